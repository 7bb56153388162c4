//! `specid unknowns name`.

use super::super::Ending;
use super::args::NameArgs;
use super::list::heading;
use crate::unknowns::Register;
use anyhow::{Result, bail};
use std::io::Write;

/// Longest name, in characters: what a notice may hold.
const LONGEST: usize = 500;

pub(super) fn run(args: &NameArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let name = args.substance.trim();
    if name.chars().any(char::is_control) || name.chars().count() > LONGEST {
        bail!("a name has at most {LONGEST} characters and no control characters");
    }
    register.unknown(&args.id)?;
    register.set_named(&args.id, Some(name).filter(|name| !name.is_empty()))?;
    let (unknown, _) = register.unknown(&args.id)?;
    writeln!(out, "{}", heading(&unknown))?;
    Ok(Ending::Found)
}

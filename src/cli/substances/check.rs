//! `specid substances check`.

use super::args::CheckArgs;
use crate::cli::{Ending, locate};
use crate::substance::{Register, Rules};
use anyhow::{Context, Result};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Ending> {
    let register = match &args.folder {
        Some(folder) => read(folder)?,
        None => locate::register()?,
    };
    let faults = register.faults();
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    if args.unchecked {
        for line in register.unchecked() {
            writeln!(out, "not compared with a published list: {line}")?;
        }
    }
    let unchecked = register.unchecked().len();
    eprintln!(
        "{} substances, {} entries of lists: {} faults; {unchecked} entries and numbers not compared with a published list yet.",
        register.substances().len(),
        register.rules().all().len(),
        faults.len()
    );
    Ok(match faults.is_empty() {
        true => Ending::Found,
        false => Ending::Nothing,
    })
}

fn read(folder: &Path) -> Result<Register> {
    let text = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let place = || format!("the register in {}", folder.display());
    let register = Register::parse(&text("substances.tsv")?).with_context(place)?;
    let rules = Rules::parse(&text("lists.tsv")?, &text("control.tsv")?).with_context(place)?;
    Ok(register.with_rules(rules))
}

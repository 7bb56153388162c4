//! `specid unknowns cluster`.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::super::keyring::today;
use super::args::ClusterArgs;
use super::list::heading;
use crate::unknowns::{Change, Register, RegisterError};
use anyhow::Result;
use serde_json::json;
use std::io::Write;

pub(super) fn run(args: &ClusterArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let year = today().year();
    let done = register.at_once::<_, RegisterError>(|register| register.cluster(year))?;
    let unknowns = register.unknowns()?;
    let ending = match unknowns.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    };
    if args.format == ViewFormat::Json {
        let value = json!({
            "observations": done.observations,
            "groups": done.groups,
            "changes": done.changes,
            "unknowns": unknowns,
        });
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
        return Ok(ending);
    }
    writeln!(
        out,
        "{} spectra in {} groups; {} changes",
        done.observations,
        done.groups,
        done.changes.len()
    )?;
    for change in &done.changes {
        match change {
            Change::Merged { unknown, into } => {
                writeln!(out, "  {unknown} was merged into {into}")?;
            }
            Change::Split {
                unknown,
                into,
                count,
            } => writeln!(out, "  {count} of {unknown} went to {into}")?,
        }
    }
    for unknown in &unknowns {
        writeln!(out, "{}", heading(unknown))?;
    }
    Ok(ending)
}

//! `specid record amend`.

use super::recorder::{Recorder, told};
use crate::cli::Ending;
use crate::record::{Draft, Kind};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct AmendArgs {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Number of the entry that no longer stands
    #[arg(value_name = "ENTRY")]
    entry: u64,
    /// Why it does not
    #[arg(long, value_name = "TEXT")]
    because: String,
}

pub(super) fn run(args: &AmendArgs, out: &mut dyn Write) -> Result<Ending> {
    let recorder = Recorder::of(args.record.clone());
    let (amends, entry) = recorder.amend(args.entry, &args.because)?;
    let result = json!({ "withdraws": amends.entry, "kind": entry.kind.id() });
    let draft = Draft {
        amends: Some(amends),
        ..Draft::new(Kind::Amendment, result)
    };
    let place = recorder.append_one(draft)?;
    writeln!(out, "entry {} is withdrawn; {}", args.entry, told(&place))?;
    Ok(Ending::Found)
}

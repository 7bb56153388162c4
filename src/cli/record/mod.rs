//! `specid record`.

use super::Ending;
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct RecordCommands {}

pub(super) fn run(_args: &RecordCommands, _out: &mut dyn Write) -> Result<Ending> {
    bail!("being built")
}

//! `specid report`.

use super::Ending;
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct ReportArgs {}

pub(super) fn run(_args: &ReportArgs, _out: &mut dyn Write) -> Result<Ending> {
    bail!("being built")
}

//! `specid case`.

use super::Ending;
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct CaseArgs {}

pub(super) fn run(_args: &CaseArgs, _out: &mut dyn Write) -> Result<Ending> {
    bail!("being built")
}

//! `specid replay`.

use super::Ending;
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {}

pub(super) fn run(_args: &ReplayArgs, _out: &mut dyn Write) -> Result<Ending> {
    bail!("being built")
}

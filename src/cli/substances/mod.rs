//! `specid status` and `specid substances`: what the register knows.

mod args;
mod check;
mod list;
mod show;
mod status;

pub(super) use args::{StatusArgs, SubstancesArgs};

use super::{Ending, locate};
use anyhow::Result;
use args::SubstancesCommand;
use std::io::Write;

pub(super) fn run(args: &SubstancesArgs, out: &mut dyn Write) -> Result<Ending> {
    match &args.command {
        SubstancesCommand::List(args) => list::run(args, &locate::register()?, out),
        SubstancesCommand::Search(args) => list::search(args, &locate::register()?, out),
        SubstancesCommand::Show(args) => show::run(args, &locate::register()?, out),
        SubstancesCommand::Check(args) => check::run(args, out),
    }
}

pub(super) fn status(args: &StatusArgs, out: &mut dyn Write) -> Result<Ending> {
    status::run(args, &locate::register()?, out)
}

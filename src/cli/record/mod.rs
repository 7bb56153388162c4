//! `specid record`, and how other commands append to one.

mod amend;
mod brief;
mod check;
mod heads;
mod host;
mod list;
mod recorder;
mod settings;
mod show;
mod verify;

pub(super) use check::{HeadArgs, checked};
pub(super) use recorder::{RecordArgs, Recorder, absolute, library_used, told, used};

use super::Ending;
use anyhow::Result;
use clap::{Args, Subcommand};
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct RecordCommands {
    #[command(subcommand)]
    command: RecordCommand,
}

#[derive(Debug, Subcommand)]
enum RecordCommand {
    /// Look for any change, removal, insertion, reordering or cutting off of entries.
    ///
    /// Exit code: 0 whole, 1 not whole, 2 error.
    Verify(verify::VerifyArgs),
    /// Give the head of a record (number of entries, hash of the last), to be kept elsewhere.
    Head(heads::HeadCommand),
    /// Give the head of a record, signed with a library key.
    Sign(heads::SignArgs),
    /// List the entries.
    ///
    /// Exit code: 0 listed, 1 there is none, 2 error.
    List(list::ListArgs),
    /// Show an entry, or give its result again.
    Show(show::ShowArgs),
    /// Withdraw an entry without a new result; `specid identify --amends` gives a new one.
    Amend(amend::AmendArgs),
}

pub(super) fn run(args: &RecordCommands, out: &mut dyn Write) -> Result<Ending> {
    match &args.command {
        RecordCommand::Verify(args) => verify::run(args, out),
        RecordCommand::Head(args) => heads::export(args, out),
        RecordCommand::Sign(args) => heads::sign(args, out),
        RecordCommand::List(args) => list::run(args, out),
        RecordCommand::Show(args) => show::run(args, out),
        RecordCommand::Amend(args) => amend::run(args, out),
    }
}

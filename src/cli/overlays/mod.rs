//! `specid overlay`, and the overlay that other commands use.

mod add;
mod check;
mod folder;
mod list;
mod loaded;
mod national;
mod show;
mod sign;

use super::Ending;
use crate::national::{EXAMPLE, TABLE_SCHEMA, TEMPLATE};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::io::Write;

pub(super) use national::{Nation, National, country};

#[derive(Debug, Args)]
pub(super) struct OverlayArgs {
    #[command(subcommand)]
    command: OverlayCommand,
}

#[derive(Debug, Subcommand)]
enum OverlayCommand {
    /// Check overlays: every error with its line, what is expected and what to do.
    ///
    /// Exit code: 0 good, 1 warnings only, 2 errors.
    Check(check::CheckArgs),
    /// Sign an overlay with one of your keys (`specid library key new` makes one).
    Sign(sign::SignArgs),
    /// Check an overlay, verify its signature and use it from now on; the one before is kept beside it.
    Add(add::AddArgs),
    /// List the overlays that are used.
    ///
    /// Exit code: 0 there are some, 1 none, 2 one of them cannot be used.
    List(list::ListArgs),
    /// Show an overlay with its entries.
    Show(show::ShowArgs),
    /// Print an empty overlay, to be filled in with a spreadsheet.
    Template,
    /// Print a worked example; it is no law of any country.
    Example,
    /// Print the columns and their rules for programs, as a Frictionless Table Schema.
    Schema,
}

pub(super) fn run(args: &OverlayArgs, out: &mut dyn Write) -> Result<Ending> {
    match &args.command {
        OverlayCommand::Check(args) => check::run(args, out),
        OverlayCommand::Sign(args) => sign::run(args, out),
        OverlayCommand::Add(args) => add::run(args, out),
        OverlayCommand::List(args) => list::run(args, out),
        OverlayCommand::Show(args) => show::run(args, out),
        OverlayCommand::Template => print(TEMPLATE, out),
        OverlayCommand::Example => print(EXAMPLE, out),
        OverlayCommand::Schema => print(TABLE_SCHEMA, out),
    }
}

fn print(text: &str, out: &mut dyn Write) -> Result<Ending> {
    out.write_all(text.as_bytes())?;
    Ok(Ending::Found)
}

//! Arguments of `specid library`.

use super::{
    AddArgs, BuildArgs, CollectArgs, DiffArgs, EditArgs, FetchArgs, ImportArgs, LogArgs, MarkArgs,
    PlotArgs, RollbackArgs, StatsArgs,
};
use crate::cli::args::{ExportArgs, InfoArgs, ListArgs, ShowArgs};
use crate::cli::check::CheckArgs;
use crate::cli::keys::KeyArgs;
use crate::cli::publish::PublishArgs;
use crate::cli::receive::ReceiveArgs;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(in crate::cli) struct LibraryArgs {
    #[command(subcommand)]
    pub command: LibraryCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LibraryCommand {
    /// Add the spectra of files, folders and zip archives to a library; makes it where it does not exist.
    Import(ImportArgs),
    /// Fetch an openly published library and import it.
    Fetch(FetchArgs),
    /// Build a library from a folder of text sources.
    Build(BuildArgs),
    /// Add one measured spectrum with the identity that you give.
    Add(AddArgs),
    /// Change metadata of entries.
    Edit(EditArgs),
    /// Take entries out of the search; they are kept, with the reason.
    Deprecate(MarkArgs),
    /// Search deprecated entries again.
    Restore(MarkArgs),
    /// Tell how each generation was made.
    Log(LogArgs),
    /// Tell what differs between two generations or libraries.
    Diff(DiffArgs),
    /// Make an earlier generation current again, as a new one.
    Rollback(RollbackArgs),
    /// Remove the files of old generations; the log stays.
    Gc(CollectArgs),
    /// List or search the entries.
    #[command(visible_alias = "search")]
    List(ListArgs),
    /// Show one entry with its provenance and plot.
    Show(ShowArgs),
    /// Describe the library: name, generation, hash, what it holds.
    Info(InfoArgs),
    /// Count entries by technique, kind, source, quality and control.
    Stats(StatsArgs),
    /// Draw one entry, or two above one another.
    Plot(PlotArgs),
    /// Write entries as MSP or JCAMP-DX.
    Export(ExportArgs),
    /// Look for entries that are probably wrong: duplicates, mislabelled spectra, contradictions.
    ///
    /// Exit code: 0 nothing at warning or above, 1 findings, 2 error.
    Check(CheckArgs),
    /// Make a library, or what changed in it, into one signed file for other laboratories.
    Publish(PublishArgs),
    /// Verify another laboratory's update and take it into a library; your own entries stay.
    Receive(ReceiveArgs),
    /// Make keys to publish with, and say whose keys you trust.
    ///
    /// Keys and the list of trusted ones lie in the folder "specid" of your settings, or in the folder that
    /// $SPECID_CONFIG names: keys/ and trust.toml.
    Key(KeyArgs),
}

//! Arguments of `specid unknowns`.

use super::super::args::{Overrides, ResultFormat, TechniqueArg, ViewFormat, WhichLibrary};
use crate::cli::day::day;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct UnknownsArgs {
    /// Register file [default: $SPECID_UNKNOWNS, else unknowns.sqlite beside your own library]
    #[arg(long, global = true, value_name = "FILE")]
    pub register: Option<PathBuf>,
    #[command(subcommand)]
    pub command: UnknownsCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum UnknownsCommand {
    /// Take in spectra that no library names; those that are alike become one unknown.
    ///
    /// Each spectrum is identified first. What is identified, or of poor quality, is not taken in. Of a
    /// file that is in the register already, the sample and the place are added where they are new.
    Add(AddArgs),
    /// List the unknowns: how often, when and where they were seen, and what they may be.
    List(ListArgs),
    /// Show one unknown with all its spectra and the one that stands for them.
    Show(ShowArgs),
    /// Group all spectra anew, and say what was merged or split.
    Cluster(ClusterArgs),
    /// Say what an unknown was found to be, until "recheck" finds a name in a library.
    Name(NameArgs),
    /// Ask all spectra, and the notices of others, again of a library that has grown.
    Recheck(RecheckArgs),
    /// Write a signed notice of unknowns for other laboratories.
    ///
    /// It holds the spectrum that stands for the unknown, what it may be, the number of spectra and
    /// laboratories, and the months of the first and the last. It holds no sample, file, place or day.
    Export(ExportArgs),
    /// Write a signed notice that earlier notices no longer hold.
    Withdraw(WithdrawArgs),
    /// Verify another laboratory's notice and watch for what it tells of.
    ///
    /// From then on "specid identify" and "specid screen" alert when a spectrum is like it.
    Receive(ReceiveArgs),
    /// List the notices that are watched for.
    Watches(WatchesArgs),
    /// Watch no longer for an unknown of another laboratory.
    Unwatch(UnwatchArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AddArgs {
    /// Files, folders, zip archives, or folders of screening runs (what they did not identify)
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Sample that the spectra are of
    #[arg(long, value_name = "ID")]
    pub sample: Option<String>,
    /// Day of the sample: 2026-11-27 [default: what the file says, else today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub day: Option<Date>,
    /// Place of the sample
    #[arg(long, value_name = "TEXT")]
    pub place: Option<String>,
    /// Laboratory that measured, where it is not your own
    #[arg(long, value_name = "NAME")]
    pub laboratory: Option<String>,
    /// Case manifest (CSV, TSV, Excel) with columns file, spectrum, sample, date, place, laboratory; what it
    /// says of a file comes before the flags above
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Take in what is identified or poor, too
    #[arg(long)]
    pub any: bool,
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
    #[command(flatten)]
    pub overrides: Overrides,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only unknowns seen on this day or later
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Date>,
    /// Only unknowns of this technique
    #[arg(long, value_enum, value_name = "NAME")]
    pub technique: Option<TechniqueArg>,
    /// Only unknowns of at least this many spectra
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_count: usize,
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ResultFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    /// Id of the unknown, such as U-2026-0001
    #[arg(value_name = "U-ID")]
    pub id: String,
    /// Form of the description
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ClusterArgs {
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NameArgs {
    /// Id of the unknown
    #[arg(value_name = "U-ID")]
    pub id: String,
    /// What it was found to be; an empty text takes the name away
    #[arg(value_name = "SUBSTANCE")]
    pub substance: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RecheckArgs {
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

/// A letter to be written.
#[derive(Debug, Args)]
pub(in crate::cli) struct LetterArgs {
    /// Ids of the unknowns
    #[arg(required = true, value_name = "U-ID")]
    pub ids: Vec<String>,
    /// File to write
    #[arg(long, short, value_name = "FILE")]
    pub out: PathBuf,
    /// Key to sign with: publisher, fingerprint or file [default: your only valid key that no other follows]
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    #[command(flatten)]
    pub letter: LetterArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WithdrawArgs {
    #[command(flatten)]
    pub letter: LetterArgs,
    /// Why, for those who received it
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReceiveArgs {
    /// Notice file
    #[arg(value_name = "NOTICE")]
    pub notice: PathBuf,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WatchesArgs {
    /// List those that have ended, too
    #[arg(long)]
    pub all: bool,
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UnwatchArgs {
    /// Id of the unknown at its publisher
    #[arg(value_name = "U-ID")]
    pub id: String,
    /// Its publisher, where several have an unknown of this id
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

//! Arguments of the command line.

use super::case::CaseArgs;
use super::day::day;
use super::export::FormsArgs;
use super::identify::{RecordingArgs, RunArgs, UnknownArgs};
use super::library::LibraryArgs;
use super::overlays::{National, OverlayArgs};
use super::record::{RecordArgs, RecordCommands};
use super::rehunt::RehuntArgs;
use super::replay::ReplayArgs;
use super::report::ReportArgs;
use super::screen::{MergeArgs, ScreenArgs};
use super::substances::{StatusArgs, SubstancesArgs};
use super::trends::TrendsArgs;
use super::unknowns::UnknownsArgs;
use super::watching::WatchArgs;
use crate::read::Limits;
use crate::screen::Given;
use crate::search::MassTolerance;
use crate::spectrum::{InfraredMode, Technique};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// Says what a sample may be, from the spectrum an instrument exported.
///
/// specid compares a Raman, infrared, near-infrared or mass spectrum with a reference library of
/// drug precursors, pre-precursors and new psychoactive substances by FFT-based correlation, and
/// prints a verdict with its measured error rate and ranked candidates with their international
/// control status. Results are presumptive.
///
/// Exit code of identify and screen: 0 identified, 1 nothing identified, 2 error or a file that could not be used.
/// Any command: 141 where the reader of its output went away before the end (specid ... | head).
/// The help of each command says what 0 and 1 mean there.
#[derive(Debug, Parser)]
#[command(name = "specid", version = crate::program::VERSION, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub(super) shared: Shared,
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

// What all commands have; documented by its fields, since a sentence here would become that of the program.
#[derive(Debug, Args)]
pub(super) struct Shared {
    /// Number of threads [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1024))]
    pub threads: Option<usize>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say what each spectrum may be: a verdict with its error rate, and ranked candidates.
    ///
    /// Raman, infrared, near-infrared, EI and MS/MS spectra are also taken apart into the components of a mixture, with
    /// their shares of the signal (not of the weight). A GC-MS run (many scans over time) is taken apart into its peaks, and each peak's own spectrum is
    /// identified. --scan identifies single scans instead.
    ///
    /// Exit code: 0 identified, or its class or several components named, or like an unknown of which notice was
    /// given, at least once, 1 nothing identified, 2 error or a file that could not be used.
    Identify(IdentifyArgs),
    /// Screen many files: a run that can be stopped, goes on, and says what needs a second look.
    ///
    /// Every file's results are stored in RUN as they come; results.jsonl, results.csv, results.xlsx,
    /// results.parquet and summary.html are written from them. The same command again goes on where it
    /// stopped: files are known by their SHA-256. Ctrl-C finishes the files in hand.
    ///
    /// Spectra are taken apart into the components of a mixture as by "identify". These are hints: they raise
    /// alerts and second looks and change no verdict. Looking for them takes EI spectra some three times as long;
    /// --max-components 1 turns it off.
    ///
    /// Exit code: 0 something identified or several components named, 1 nothing identified, 2 error, or a file that
    /// could not be used.
    Screen(Box<ScreenArgs>),
    /// Put screening runs of parts of a batch together.
    ///
    /// The runs must be of one library and one set of settings. The result is that of one run over all
    /// their files.
    Merge(MergeArgs),
    /// Write what runs and case manifests hold in the fields of authorities' forms.
    ///
    /// Each writes NAME.csv, NAME.provenance.csv (where every row comes from), NAME.not-counted.csv (what is
    /// not in it, and why) and NAME.xlsx with all of it. They are working files, not official layouts.
    /// Quantities come from the manifests alone.
    ///
    /// Exit code: 0 written, 1 written without any row, 2 error.
    Export(FormsArgs),
    /// Tell what was found when and where, what is new, and what rises.
    ///
    /// Counts the samples, seizures and quantities of screening runs and case manifests by month or quarter:
    /// by substance, class, place and control status at the day of the sample, confirmed and presumptive
    /// apart; tells first detections, substances whose share of the judged seizures rises (Fisher's exact
    /// test, corrected for all that were looked at), and unknowns of all runs that are alike.
    ///
    /// Exit code: 0 something was found, 1 nothing, 2 error.
    Trends(TrendsArgs),
    /// Keep a register of unknowns, and exchange notices of them with other laboratories.
    ///
    /// Exit code: 0 done, 1 nothing was taken in, found or listed, 2 error, or a file that could not be used.
    Unknowns(UnknownsArgs),
    /// Say what the program sees in a file.
    Inspect(InspectArgs),
    /// Write the spectra of a file as JCAMP-DX, CSV or MSP.
    Convert(ConvertArgs),
    /// Make, extend and look into reference libraries.
    Library(LibraryArgs),
    /// Keep the lists of national law that stand beside the UN conventions.
    ///
    /// An overlay is a CSV file that a librarian keeps in a spreadsheet; `template` prints an empty one. Overlays
    /// that are used lie in the folder "overlays" of your settings, or of the folder that $SPECID_CONFIG names.
    Overlay(OverlayArgs),
    /// Write a result as a document that can be signed: HTML, or PDF/A.
    ///
    /// Exit code: 0 written, 2 error.
    Report(ReportArgs),
    /// Put the results of several techniques on one sample together.
    ///
    /// Exit code: 0 the scheme's minimum is met, 1 it is not, 2 error.
    Case(CaseArgs),
    /// Keep and check the record of what was done.
    Record(RecordCommands),
    /// Run a recorded identification again and compare.
    ///
    /// Exit code: 0 the same, 1 different, 2 error or something that could not be run again.
    Replay(ReplayArgs),
    /// Measure the program on spectra whose substance is known.
    ///
    /// Each spectrum is searched without its name, identifiers and description. Who it is comes from its
    /// record (InChIKey without stereochemistry, else CAS number, else name) or from a truth table.
    /// Reported are the ranking by this program's score and by the published ones, how present and absent
    /// substances are told apart (ROC), verdicts with coverage, set sizes and calibration, and all of it
    /// per class and per instrument, with 95 % intervals.
    ///
    /// Exit code: 0 measured, 2 error or a file or spectrum that could not be used.
    Validate(ValidateArgs),
    /// Ask earlier unknowns again of a library that has grown.
    ///
    /// Takes results of `specid identify` that ended as inconclusive or not in the library, reads their raw
    /// files again (known by their SHA-256), and tells which of them have a name now, and since which
    /// generation of the library.
    ///
    /// Exit code: 0 something is named that was not, 1 nothing new, 2 error or a result that could not be
    /// asked again.
    Rehunt(RehuntArgs),
    /// Say how substances are controlled internationally, on any day.
    ///
    /// Every status that is possible is told, the strictest first, with list, entry, date, source and reason.
    /// "no UN listing known" does not mean legal.
    ///
    /// Exit code: 0 all are in the register, 1 one is not, 2 error.
    Status(StatusArgs),
    /// List, search and check the register of substances.
    Substances(SubstancesArgs),
    /// Print a completion script for a shell.
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command into a folder.
    Man(ManArgs),
}

/// Form of a result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ResultFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated rows, with a heading.
    Csv,
}

/// Form of a description.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ViewFormat {
    /// For people.
    #[default]
    Text,
    /// JSON.
    Json,
}

/// A technique, as given by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TechniqueArg {
    /// Raman scattering.
    Raman,
    /// Mid-infrared.
    #[value(alias = "ir")]
    Infrared,
    /// Near-infrared.
    #[value(alias = "nir")]
    NearInfrared,
    /// EI mass spectrum.
    EiMs,
    /// MS/MS.
    MsMs,
}

impl From<TechniqueArg> for Technique {
    fn from(arg: TechniqueArg) -> Self {
        match arg {
            TechniqueArg::Raman => Self::Raman,
            TechniqueArg::Infrared => Self::Infrared(InfraredMode::Unstated),
            TechniqueArg::NearInfrared => Self::NearInfrared,
            TechniqueArg::EiMs => Self::EiMs,
            TechniqueArg::MsMs => Self::MsMs,
        }
    }
}

/// What the user knows of a file that the file does not say.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Overrides {
    /// Technique of the spectra, where the file does not say or is wrong
    #[arg(long, value_enum, value_name = "NAME")]
    pub technique: Option<TechniqueArg>,
    /// Laser wavelength in nm, for Raman spectra whose axis is in nm
    #[arg(long, value_name = "NM", value_parser = positive)]
    pub laser: Option<f64>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

impl Overrides {
    /// These, and those of `other` where nothing is said here.
    pub fn or(self, other: Self) -> Self {
        let (limits, rest) = (self.limits, other.limits);
        Self {
            technique: self.technique.or(other.technique),
            laser: self.laser.or(other.laser),
            limits: LimitArgs {
                max_file_size: limits.max_file_size.or(rest.max_file_size),
                max_points: limits.max_points.or(rest.max_points),
                max_spectra: limits.max_spectra.or(rest.max_spectra),
            },
        }
    }

    /// What is said here, by the names of the flags.
    pub fn listed(&self) -> Vec<(String, String)> {
        let technique = self.technique.map(|t| Technique::from(t).id().to_owned());
        let limits = &self.limits;
        let number = |n: Option<usize>| n.map(|n| n.to_string());
        [
            ("technique", technique),
            ("laser", self.laser.map(|x| x.to_string())),
            ("max-file-size", limits.max_file_size.map(|n| n.to_string())),
            ("max-points", number(limits.max_points)),
            ("max-spectra", number(limits.max_spectra)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }

    /// The same in plain form.
    pub fn given(&self) -> Given {
        Given {
            technique: self.technique.map(Into::into),
            laser_nm: self.laser,
            limits: self.limits.limits(),
        }
    }
}

/// How much of a file may be read, where the usual bounds are too narrow or too wide.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArgs {
    /// Largest file, such as 500M or 2G [default: 1G]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_file_size: Option<u64>,
    /// Most points in one spectrum [default: 16777216]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    max_points: Option<usize>,
    /// Most spectra in one file [default: 2000000]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    max_spectra: Option<usize>,
}

impl LimitArgs {
    /// The limits with what the user changed.
    pub fn limits(&self) -> Limits {
        Limits::with(self.max_file_size, self.max_points, self.max_spectra)
    }
}

#[derive(Debug, Args)]
pub(super) struct IdentifyArgs {
    /// Files to identify; "-" reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Library file, or "starter" for the embedded one [default: $SPECID_LIBRARY, else your own library, else the embedded one]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Candidates to show, of the 100 that are ranked (MS/MS: 50); the verdict is the same for any number
    #[arg(long, short, value_name = "N", default_value_t = 10, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=100_000))]
    pub top: usize,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ResultFormat,
    /// Draw each spectrum with its best candidate, or over the sum of its components; an unknown also over
    /// its best analogue, whose ions that carry the change are moved by it
    #[arg(long)]
    pub plot: bool,
    #[command(flatten)]
    pub overrides: Overrides,
    /// Axis tolerance, in the unit of the axis [default: 4 for Raman, infrared and near-infrared;
    /// for components 8, near-infrared 4]
    #[arg(long, value_name = "X", value_parser = not_negative)]
    pub max_shift: Option<f64>,
    /// Identify only these spectra of each file, counted from 1 as in "inspect": 812 or 800-820,950
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = positions)]
    pub scan: Vec<RangeInclusive<usize>>,
    /// Say at what share these substances would have been noticed in the spectrum: names, also of the
    /// library, CAS numbers, InChIKeys, and lists: precursors, table-i, 1961-Schedule-I, 1971 and others of
    /// "substances list --list", and classes of the register such as fentanyls (EI and curves; not in runs)
    #[arg(long, value_name = "NAMES")]
    pub targets: Vec<String>,
    /// Substances known to be in the sample, such as a cutting agent: they are fitted first, and what else is
    /// in it is looked for; one of which nothing is seen is told and takes no place: names, also of the library,
    /// CAS numbers, InChIKeys
    #[arg(long, value_name = "NAMES")]
    pub known: Vec<String>,
    /// Most components of a mixture to name; 1 does not look for mixtures, unless --known names what is in it
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=8))]
    pub max_components: usize,
    #[command(flatten)]
    pub unknown: UnknownArgs,
    /// Tell control status as the law stood on this day, such as that of the seizure: 2024-12-03 [default:
    /// the newest law that the register knows]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    #[command(flatten)]
    pub national: National,
    /// Compare MS/MS spectra with references of any precursor
    #[arg(long)]
    pub any_precursor: bool,
    /// Largest difference of MS/MS precursors: 10ppm, or 0.02 in Da [default: 15 ppm, at least 0.01; 0.4 at unit resolution]
    #[arg(long, value_name = "X", conflicts_with = "any_precursor")]
    pub precursor_tolerance: Option<MassTolerance>,
    #[command(flatten)]
    pub watching: WatchArgs,
    #[command(flatten)]
    pub runs: RunArgs,
    #[command(flatten)]
    pub recording: RecordingArgs,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// File to look into; "-" reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Form of the description
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
    /// Show every spectrum of the file, not only the first three
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub overrides: Overrides,
}

/// A format that `convert` writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ConvertFormat {
    /// JCAMP-DX 5.01, for all techniques.
    #[default]
    #[value(alias = "jdx")]
    Jcamp,
    /// Comma-separated text, one spectrum.
    Csv,
    /// NIST MSP text, for mass spectra.
    Msp,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    /// File to convert; "-" reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Format to write
    #[arg(long, short, value_enum, default_value_t)]
    pub to: ConvertFormat,
    /// Only this spectrum of the file, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub spectrum: Option<usize>,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub overrides: Overrides,
}

/// Which library.
#[derive(Debug, Clone, Args)]
pub(super) struct WhichLibrary {
    /// Library file, or "starter" for the embedded one [default: $SPECID_LIBRARY, else your own library, else the embedded one]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Only entries of this technique
    #[arg(long, value_enum, value_name = "NAME")]
    pub technique: Option<TechniqueArg>,
    /// Only entries whose name, synonym, id, CAS number or InChIKey contains this text
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ResultFormat,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Id of the entry
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Form of the description
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(super) struct InfoArgs {
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Compute the content hash afresh and compare it
    #[arg(long)]
    pub verify: bool,
    /// Form of the description
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

/// A format that can be written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// NIST MSP text, for mass spectra.
    #[default]
    Msp,
    /// JCAMP-DX 5.01, for all techniques.
    #[value(alias = "jdx")]
    Jcamp,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Ids of the entries [default: all]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Format to write
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ExportFormat,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ValidateArgs {
    /// Files, or folders of them, whose substances the library holds
    #[arg(required = true, value_name = "QUERIES")]
    pub queries: Vec<PathBuf>,
    /// Library file, or "starter" for the embedded one [default: $SPECID_LIBRARY, else your own library, else the embedded one]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Table (TSV, CSV) of what the spectra are: columns id (record, title or file), substance (name, InChIKey or CAS number), library id; or with a header id, substance, inchikey, cas, library id
    #[arg(long, value_name = "TABLE")]
    pub truth: Option<PathBuf>,
    /// Files, or folders of them, of substances that the library does not hold; those it holds after all are counted as present
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub absent: Vec<PathBuf>,
    /// Best candidates that the published scores rank anew
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(10..=100_000))]
    pub candidates: usize,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
    /// Page with plots to write, which needs no other file and no network
    #[arg(long, value_name = "PAGE")]
    pub html: Option<PathBuf>,
    /// Keep the figures in the library, as its next generation
    #[arg(long)]
    pub store: bool,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub overrides: Overrides,
    /// Axis tolerance, in the unit of the axis [default: 4 for Raman, infrared and near-infrared]
    #[arg(long, value_name = "X", value_parser = not_negative)]
    pub max_shift: Option<f64>,
    /// Compare MS/MS spectra with references of any precursor
    #[arg(long)]
    pub any_precursor: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Folder to write all pages into [default: the main page on standard output]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

fn number(text: &str, test: impl Fn(f64) -> bool, what: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|v: &f64| v.is_finite() && test(*v))
        .ok_or_else(|| format!("expected a number {what}"))
}

fn positive(text: &str) -> Result<f64, String> {
    number(text, |v| v > 0.0, "above 0")
}

/// `812` or `800-820`, counted from 1.
fn positions(text: &str) -> Result<RangeInclusive<usize>, String> {
    let place = |part: &str| part.trim().parse::<usize>().ok().filter(|n| *n >= 1);
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (place(first), place(last)) {
        (Some(first), Some(last)) if first <= last => Ok(first..=last),
        _ => Err("write a position such as 812 or a range such as 800-820".to_owned()),
    }
}

/// Bytes, with or without one of the letters k, M and G (powers of 1024).
fn size(text: &str) -> Result<u64, String> {
    let text = text
        .trim()
        .trim_end_matches(['B', 'b'])
        .trim_end_matches('i');
    let (digits, shift) = match text.to_ascii_uppercase().chars().last() {
        Some('K') => (&text[..text.len() - 1], 10),
        Some('M') => (&text[..text.len() - 1], 20),
        Some('G') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let number = digits.trim().parse::<u64>().ok().filter(|n| *n > 0);
    number
        .and_then(|n| n.checked_mul(1 << shift))
        .ok_or_else(|| "write a number of bytes such as 500M or 2G".to_owned())
}

pub(super) fn not_negative(text: &str) -> Result<f64, String> {
    number(text, |v| v >= 0.0, "of at least 0")
}

//! Arguments of `specid screen`. Those of [`Policy`] may also stand in a policy file.

use super::super::args::{Overrides, TechniqueArg, ViewFormat, not_negative};
use super::super::identify::WhenUnknown;
use super::super::measured::MeasuredArgs;
use super::super::record::RecordArgs;
use super::super::watching::WatchArgs;
use crate::cli::day::day;
use crate::screen::settings::{Hypotheses, SampleBy};
use crate::search::MassTolerance;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct ScreenArgs {
    /// Files, folders, zip archives, patterns such as "*.jdx", a case manifest (CSV or Excel); "-" reads
    /// one file from standard input
    #[arg(value_name = "INPUT", required_unless_present_any = ["files_from", "manifest"])]
    pub inputs: Vec<PathBuf>,
    /// Folder of the run: results, and what a later run goes on from
    #[arg(long, short, value_name = "RUN")]
    pub out: PathBuf,
    /// Read names of inputs from this file, one a line; "-" for standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Case manifest (CSV, TSV, Excel) of the files named: columns file, spectrum, case, item, sample,
    /// quantity, unit, place, date, instrument, operator, remarks; files are named from the manifest's
    /// folder. Given as an input, or without any, it names the files itself
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Take the settings below from this file (TOML: long names of the flags); flags given here win
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Screen all files again where the run was made with other settings or another library
    #[arg(long)]
    pub anew: bool,
    /// Go on as files come into the folders, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// With --watch: seconds that a file must stay unchanged before it counts as complete
    #[arg(long, value_name = "S", default_value_t = 2.0, value_parser = seconds)]
    pub settle: f64,
    /// With --watch: most seconds between two looks, where the file system tells nothing
    #[arg(long, value_name = "S", default_value_t = 5.0, value_parser = seconds)]
    pub poll: f64,
    /// Form of the summary on standard output
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
    #[command(flatten)]
    pub watching: WatchArgs,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub policy_flags: Policy,
}

/// A share from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|p| (0.0..=1.0).contains(p))
        .ok_or_else(|| "expected a share from 0 to 1, such as 0.05 for 5 %".to_owned())
}

/// A time of at most a day.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds: Option<f64> = text.parse().ok();
    seconds
        .filter(|s| (0.0..=86_400.0).contains(s))
        .ok_or_else(|| "expected seconds, from 0 to 86400".to_owned())
}

/// Which spectra are of one sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SampleByArg {
    /// Each spectrum is a sample.
    Spectrum,
    /// All spectra of a file.
    File,
    /// All spectra of a folder or archive.
    Folder,
    /// All spectra whose records have the same title.
    Title,
}

impl From<SampleByArg> for SampleBy {
    fn from(arg: SampleByArg) -> Self {
        match arg {
            SampleByArg::Spectrum => Self::Spectrum,
            SampleByArg::File => Self::File,
            SampleByArg::Folder => Self::Folder,
            SampleByArg::Title => Self::Title,
        }
    }
}

/// How files are searched and what needs a second look.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Settings, also of a policy file")]
pub(in crate::cli) struct Policy {
    /// Library file, or "starter"; TECHNIQUE=LIB for one technique; may be repeated [default:
    /// $SPECID_LIBRARY, else your own library, else the embedded one]
    #[arg(long, short, value_name = "LIB")]
    pub library: Vec<String>,
    /// Candidates kept for each spectrum [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1000))]
    pub top: Option<usize>,
    /// Look only at spectra of these techniques
    #[arg(long, value_enum, value_name = "NAMES", value_delimiter = ',')]
    pub techniques: Vec<TechniqueArg>,
    /// Substances that need a second look wherever they are named, also as a component, or cannot be excluded: names, CAS
    /// numbers and InChIKeys of the register or of the libraries, and lists: precursors, table-i, 1961-Schedule-I, 1971 and
    /// others of "substances list --list", and classes of the register such as fentanyls
    #[arg(long, value_name = "NAMES")]
    pub alert: Vec<String>,
    /// Where nothing is named, raise the alert for candidates up to this rank [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(0..=5))]
    pub alert_rank: Option<usize>,
    /// Say for each spectrum at what share these substances would have been noticed (slow)
    #[arg(long, value_name = "NAMES")]
    pub targets: Vec<String>,
    /// Most components of a spectrum to name, as "identify" does; they are hints: they raise alerts and second
    /// looks and change no verdict. 1 does not look for mixtures, unless --known names what is in them, which is faster [default: 4]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=8))]
    pub max_components: Option<usize>,
    /// Substances known to be in every sample, such as a cutting agent: they are taken as components, and what else
    /// is in it is looked for: names, also of the library, CAS numbers, InChIKeys
    #[arg(long, value_name = "NAMES")]
    pub known: Vec<String>,
    /// Whether to tell what a substance that the library lacks may be, as "identify" does: column class_hypothesis
    /// (EI) and "emerging" in results.jsonl; some 50 ms a spectrum, of a GC-MS run the 40 largest peaks [default: never]
    #[arg(long, value_enum, value_name = "WHEN")]
    pub hypotheses: Option<WhenUnknown>,
    /// Axis shift above which a result needs a second look, in cm-1 [default: 3]
    #[arg(long, value_name = "X", value_parser = not_negative)]
    pub axis_limit: Option<f64>,
    /// False-positive rate (upper end of its interval) above which a result needs a second look
    /// [default: 0.1]
    #[arg(long, value_name = "P", value_parser = share)]
    pub max_false_rate: Option<f64>,
    /// Fields that the manifest must give of each sample, such as case,item
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    pub require: Vec<String>,
    /// Which spectra are of one sample, where no manifest says it [default: spectrum]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub sample_by: Option<SampleByArg>,
    /// Tell control status as the law stood on this day, where the manifest gives a sample no date: 2024-12-03
    /// [default: the newest law that the register knows]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// Axis tolerance, in the unit of the axis [default: 4 for Raman, infrared and near-infrared;
    /// for components 8, near-infrared 4]
    #[arg(long, value_name = "X", value_parser = not_negative)]
    pub max_shift: Option<f64>,
    /// Compare MS/MS spectra with references of any precursor
    #[arg(long)]
    pub any_precursor: bool,
    /// Largest difference of MS/MS precursors: 10ppm, or 0.02 in Da
    #[arg(long, value_name = "X", conflicts_with = "any_precursor")]
    pub precursor_tolerance: Option<MassTolerance>,
    #[command(flatten)]
    pub measured: MeasuredArgs,
    #[command(flatten)]
    pub overrides: Overrides,
}

impl From<WhenUnknown> for Hypotheses {
    fn from(when: WhenUnknown) -> Self {
        match when {
            WhenUnknown::Never => Self::Never,
            WhenUnknown::Unknown => Self::Unknown,
            WhenUnknown::Always => Self::Always,
        }
    }
}

/// The first list where it says something, else the second.
fn or<T>(flags: Vec<T>, file: Vec<T>) -> Vec<T> {
    if flags.is_empty() { file } else { flags }
}

impl Policy {
    /// These settings, and those of `file` where nothing is said here.
    pub fn or(self, file: Self) -> Self {
        // One of the two says what holds for precursors.
        let precursor = self.any_precursor || self.precursor_tolerance.is_some();
        Self {
            library: or(self.library, file.library),
            top: self.top.or(file.top),
            techniques: or(self.techniques, file.techniques),
            alert: or(self.alert, file.alert),
            alert_rank: self.alert_rank.or(file.alert_rank),
            targets: or(self.targets, file.targets),
            max_components: self.max_components.or(file.max_components),
            known: or(self.known, file.known),
            hypotheses: self.hypotheses.or(file.hypotheses),
            axis_limit: self.axis_limit.or(file.axis_limit),
            max_false_rate: self.max_false_rate.or(file.max_false_rate),
            require: or(self.require, file.require),
            sample_by: self.sample_by.or(file.sample_by),
            on: self.on.or(file.on),
            max_shift: self.max_shift.or(file.max_shift),
            any_precursor: self.any_precursor || (file.any_precursor && !precursor),
            precursor_tolerance: self
                .precursor_tolerance
                .or(file.precursor_tolerance.filter(|_| !precursor)),
            measured: self.measured.or(file.measured),
            overrides: self.overrides.or(file.overrides),
        }
    }
}

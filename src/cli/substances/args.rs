//! Arguments of `specid status` and `specid substances`.

use crate::cli::args::{ResultFormat, TechniqueArg, ViewFormat};
use crate::cli::day::day;
use crate::cli::overlays::National;
use crate::spectrum::Technique;
use crate::substance::{Form, On};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

/// For which day, and of what form, status is asked.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Asked {
    /// The day, such as that of the seizure: 2024-12-03 [default: the newest law that the register knows]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// Tell every status that is possible where this technique found the substance: no technique here tells
    /// enantiomers, and mass spectra do not tell salt from base
    #[arg(long, value_enum, value_name = "NAME", conflicts_with = "preparation")]
    pub measured_by: Option<TechniqueArg>,
    /// The substance is contained in a preparation
    #[arg(long)]
    pub preparation: bool,
}

impl Asked {
    /// The day.
    pub fn on(&self) -> On {
        On::from(self.on)
    }

    /// What is known of the form.
    pub fn form(&self) -> Form {
        match (self.measured_by, self.preparation) {
            (Some(technique), _) => Form::Measured(Technique::from(technique)),
            (None, true) => Form::Preparation,
            (None, false) => Form::Exact,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct StatusArgs {
    /// Names, CAS numbers or InChIKeys; names of salts are found through their base or acid
    #[arg(required = true, value_name = "SUBSTANCE")]
    pub substances: Vec<String>,
    #[command(flatten)]
    pub asked: Asked,
    #[command(flatten)]
    pub national: National,
    /// Form of the answer
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ResultFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SubstancesArgs {
    #[command(subcommand)]
    pub command: SubstancesCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SubstancesCommand {
    /// List the substances of the register with their control status.
    List(ListArgs),
    /// Search names, synonyms, CAS numbers, InChIKeys and formulas.
    ///
    /// Exit code: 0 something found, 1 nothing, 2 error.
    Search(SearchArgs),
    /// Show all that the register knows of a substance, with every entry of every list and its source.
    Show(ShowArgs),
    /// Check a register: numbers, keys, names that two substances share, entries and their dates.
    ///
    /// Exit code: 0 nothing found, 1 findings, 2 error.
    Check(CheckArgs),
}

/// How a list is told.
#[derive(Debug, Args)]
pub(in crate::cli) struct Told {
    /// The day for which status is told [default: the newest law that the register knows]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ResultFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only substances of this list: table-i, table-ii, 1961, 1971, 1988, issl, unconfirmed, none, or a code such as
    /// 1971-Schedule-III
    #[arg(long, value_name = "LIST")]
    pub list: Option<String>,
    /// Only substances of this role, such as pre-precursor
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// Only substances of a class that contains this text
    #[arg(long, value_name = "TEXT")]
    pub class: Option<String>,
    #[command(flatten)]
    pub told: Told,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SearchArgs {
    /// Part of a name, synonym, CAS number, InChIKey or formula
    #[arg(value_name = "TEXT")]
    pub text: String,
    #[command(flatten)]
    pub told: Told,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    /// Name, CAS number or InChIKey
    #[arg(value_name = "SUBSTANCE")]
    pub substance: String,
    #[command(flatten)]
    pub asked: Asked,
    /// Form of the description
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Folder with substances.tsv, lists.tsv and control.tsv [default: the embedded register]
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Also list what still has to be compared with the Red, Yellow and Green Lists
    #[arg(long)]
    pub unchecked: bool,
}

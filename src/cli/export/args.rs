//! Arguments of `specid export`.

use super::super::args::ViewFormat;
use super::super::overlays::country;
use crate::authority::Period;
use crate::cli::day::day;
use crate::national::Country;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct FormsArgs {
    #[command(subcommand)]
    pub command: FormsCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FormsCommand {
    /// Seizures of a year in the fields of INCB Form D: Tables I and II, and what is in no table.
    ///
    /// One row a substance, form and unit; confirmed and presumptive apart. Status is that of the day of each
    /// seizure. Drugs, NPS and cutting agents are listed as not counted; what the register does not know is in a
    /// part of its own, to be looked up.
    #[command(name = "form-d")]
    FormD {
        /// Year of the seizures
        #[arg(long, value_name = "Y", value_parser = clap::value_parser!(i16).range(1900..=9999))]
        year: i16,
        #[command(flatten)]
        common: Common,
    },
    /// Incidents with precursors of any kind, in fields for PICS: one row a sample and substance.
    Pics {
        /// First day
        #[arg(long, value_name = "DATE", value_parser = day)]
        from: Option<Date>,
        /// Last day
        #[arg(long, value_name = "DATE", value_parser = day)]
        to: Option<Date>,
        #[command(flatten)]
        common: Common,
    },
    /// Series of half a year for the ASEAN Drug Monitoring Report: all substances, by unit and place.
    Admr {
        /// Half-year, such as 2026-H1
        #[arg(long, value_name = "H", value_parser = Period::half_year)]
        half_year: Period,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Common {
    /// Folders of screening runs, and case manifests (CSV, TSV, Excel). Of samples that stand in several,
    /// what the run says that says more is taken; of runs that say as much, the one that is named first
    #[arg(required = true, value_name = "RUN|MANIFEST")]
    pub inputs: Vec<PathBuf>,
    /// Case manifest of what is known of the samples: columns file, spectrum, case, item, sample, quantity,
    /// unit, place, date, confirmed_as, confirmed_by, country, origin and more; rows need no file; may be
    /// repeated
    #[arg(long, value_name = "FILE")]
    pub cases: Vec<PathBuf>,
    /// Folder to write into
    #[arg(long, short, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Replace files of the same names that hold something else
    #[arg(long)]
    pub replace: bool,
    /// Reporting country, as the manifests write it
    #[arg(long, value_name = "TEXT")]
    pub country: Option<String>,
    /// Tell the status by the law of this country, too, from the overlay that was added: ISO code such as TH
    #[arg(long, value_name = "XX", value_parser = country)]
    pub national: Option<Country>,
    /// National overlay to use instead of the one that was added
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
    /// Reporting authority
    #[arg(long, value_name = "TEXT")]
    pub authority: Option<String>,
    /// Responsible officer
    #[arg(long, value_name = "TEXT")]
    pub officer: Option<String>,
    /// How to reach them
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
    /// Laboratory, where the manifests name none
    #[arg(long, value_name = "TEXT")]
    pub laboratory: Option<String>,
    /// Form of the report on standard output
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

//! `specid trends`.

use super::output_file::replace;
use super::{Ending, kept, locate};
use crate::cases;
use crate::trends::{By, Grouped, Settings, Trends, csv, page, text};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Characters of a line where standard output is no terminal.
const WIDTH: usize = 120;

/// Form of the trends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// JSON.
    Json,
    /// Comma-separated rows: one for each thing that is counted and each period.
    Csv,
}

/// Length of a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ByArg {
    /// Calendar months.
    #[default]
    Month,
    /// Quarters of a year.
    Quarter,
}

#[derive(Debug, Args)]
pub(super) struct TrendsArgs {
    /// Folders of screening runs
    #[arg(value_name = "RUN", required_unless_present = "cases")]
    runs: Vec<PathBuf>,
    /// Case manifest (CSV or Excel) with what is known of the samples: date, case, place, quantity, what was
    /// confirmed; may be repeated
    #[arg(long, value_name = "FILE")]
    cases: Vec<PathBuf>,
    /// Length of a period
    #[arg(long, value_enum, default_value_t)]
    by: ByArg,
    /// Periods that are compared with all before to say what rises [default: a quarter of a year, at most
    /// half of the periods]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1200))]
    recent: Option<usize>,
    /// Folder to write CSV files into: series, first, rising, unknown_groups, undated, doubts
    #[arg(long, short, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Page to write: one HTML file with plots, which needs no network
    #[arg(long, value_name = "PAGE")]
    html: Option<PathBuf>,
    /// Form of the trends on standard output
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &TrendsArgs, out: &mut dyn Write) -> Result<Ending> {
    if let Some(file) = args.runs.iter().find(|run| run.is_file()) {
        bail!(
            "{} is a file and not the folder of a screening run; give a case manifest with --cases",
            file.display()
        );
    }
    kept::refuse_named(args.html.as_ref(), &args.cases)?;
    let register = locate::register()?;
    let cases = cases::read(&args.runs, &args.cases)?;
    let groups = Grouped::read(&cases.samples)?;
    let settings = Settings {
        by: match args.by {
            ByArg::Month => By::Month,
            ByArg::Quarter => By::Quarter,
        },
        recent: args.recent,
    };
    let trends = Trends::of(&cases, &groups, &register, settings)?;
    // Files first: a reader of the output that goes away must not cost them.
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        for (name, bytes) in csv::files(&trends)? {
            let file = folder.join(name);
            kept::refuse_named(Some(&file), &args.cases)?;
            replace(&file, &bytes)?;
        }
    }
    if let Some(file) = &args.html {
        replace(file, &page::html(&trends, &cases.samples)?)?;
    }
    match args.format {
        Format::Text => write!(out, "{}", text::text(&trends, paper()))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &trends)?;
            writeln!(out)?;
        }
        Format::Csv => out.write_all(&csv::series(&trends)?)?,
    }
    let named = trends.totals.confirmed + trends.totals.presumptive;
    Ok(match named > 0 || !trends.unknown_groups.is_empty() {
        true => Ending::Found,
        false => Ending::Nothing,
    })
}

/// What the text is shown on.
fn paper() -> text::Paper {
    let drawn = std::io::stdout().is_terminal();
    let width = terminal_size::terminal_size().filter(|_| drawn);
    text::Paper {
        width: width.map_or(WIDTH, |(terminal_size::Width(width), _)| usize::from(width)),
        drawn,
    }
}

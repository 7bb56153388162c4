//! `specid record list`.

use super::brief;
use crate::cli::Ending;
use crate::cli::args::ResultFormat;
use crate::record::{Amendments, Entries, Entry, Kind};
use crate::write::Sheet;
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Only entries of these kinds
    #[arg(long, value_enum, value_name = "KINDS", value_delimiter = ',')]
    kind: Vec<KindArg>,
    /// Only entries written at this time or later: 2026-11-27, or 2026-11-27T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<String>,
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    format: ResultFormat,
}

/// A kind, as given by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindArg {
    Identification,
    Run,
    Failure,
    Screening,
    LibraryChange,
    Amendment,
    Recovery,
}

impl From<KindArg> for Kind {
    fn from(arg: KindArg) -> Self {
        match arg {
            KindArg::Identification => Self::Identification,
            KindArg::Run => Self::Run,
            KindArg::Failure => Self::Failure,
            KindArg::Screening => Self::Screening,
            KindArg::LibraryChange => Self::LibraryChange,
            KindArg::Amendment => Self::Amendment,
            KindArg::Recovery => Self::Recovery,
        }
    }
}

/// A day or a time, in the form in which entries tell theirs.
fn time(text: &str) -> Result<String, String> {
    let day = || {
        text.parse::<jiff::civil::Date>()
            .ok()
            .map(|day| format!("{day}T00:00:00Z"))
    };
    let time = || text.parse::<jiff::Timestamp>().ok().map(|t| t.to_string());
    time().or_else(day).ok_or_else(|| {
        "expected a day such as 2026-11-27 or a time such as 2026-11-27T08:00:00Z".to_owned()
    })
}

/// One entry in short.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub entry: u64,
    pub hash: String,
    pub time: String,
    pub kind: &'static str,
    pub by: Option<String>,
    pub host: Option<String>,
    /// What it is about.
    pub of: String,
    /// What it says.
    pub says: String,
    /// The entry that it amends.
    pub amends: Option<u64>,
    /// The entry that amends it.
    pub amended_by: Option<u64>,
}

impl Row {
    fn of(entry: &Entry) -> Self {
        Self {
            entry: entry.entry,
            hash: entry.hash.clone(),
            time: entry.time.clone(),
            kind: entry.kind.id(),
            by: entry.by.clone(),
            host: entry.host.name.clone(),
            of: brief::about(entry),
            says: brief::says(entry),
            amends: entry.amends.as_ref().map(|a| a.entry),
            amended_by: None,
        }
    }
}

pub(super) fn run(args: &ListArgs, out: &mut dyn Write) -> Result<Ending> {
    let kinds: Vec<Kind> = args.kind.iter().map(|kind| Kind::from(*kind)).collect();
    let (mut rows, mut amendments) = (Vec::new(), Amendments::default());
    for entry in Entries::open(&args.record)? {
        let entry = entry?;
        amendments.note(&entry);
        let of_kind = kinds.is_empty() || kinds.contains(&entry.kind);
        let late = args.since.as_ref().is_none_or(|since| entry.time >= *since);
        if of_kind && late {
            rows.push(Row::of(&entry));
        }
    }
    for row in &mut rows {
        row.amended_by = amendments.of(row.entry);
    }
    match args.format {
        ResultFormat::Text => rows.iter().try_for_each(|row| line(row, out))?,
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for row in &rows {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => {
            let mut table = Sheet::new(&mut *out);
            rows.iter().try_for_each(|row| table.serialize(row))?;
            table.flush()?;
        }
    }
    Ok(match rows.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    })
}

fn line(row: &Row, out: &mut dyn Write) -> Result<()> {
    let by = row.by.as_deref().unwrap_or("-");
    writeln!(
        out,
        "{:>6}  {}  {}  {:<14}  {by}  {}: {}",
        row.entry,
        row.time,
        row.hash.get(..12).unwrap_or_default(),
        row.kind,
        row.of,
        row.says
    )?;
    if let Some(by) = row.amended_by {
        writeln!(out, "        amended by entry {by}")?;
    }
    if let Some(of) = row.amends {
        writeln!(out, "        amends entry {of}")?;
    }
    Ok(())
}

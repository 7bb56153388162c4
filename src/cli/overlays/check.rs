//! `specid overlay check`.

use super::loaded::{LoadedOverlay, Unusable, bytes};
use crate::cli::Ending;
use crate::cli::args::ResultFormat;
use crate::cli::day::day;
use crate::cli::keyring::{Keyring, today};
use crate::national::{Country, Signer};
use crate::write::Sheet;
use anyhow::{Context, Result};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Overlay files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Day for which the overlay is to serve, such as 2026-11-26 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    /// Form of the report; csv has a row for each problem
    #[arg(long, short, value_enum, default_value_t)]
    format: ResultFormat,
}

/// What is said of one file.
#[derive(Serialize)]
struct Report {
    file: String,
    usable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    overlay: Option<About>,
    errors: Vec<Row>,
    warnings: Vec<Row>,
}

#[derive(Serialize)]
struct About {
    country: Country,
    title: String,
    list_version: String,
    as_of: Date,
    entries: usize,
    /// Entries that are rules in words, which the program does not evaluate.
    not_evaluated: usize,
    sha256: String,
    signer: Signer,
}

/// One problem.
#[derive(Serialize)]
struct Row {
    line: Option<usize>,
    column: Option<String>,
    message: String,
}

impl Row {
    fn of_file(message: String) -> Self {
        Self {
            line: None,
            column: None,
            message,
        }
    }
}

pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Ending> {
    let keyring = Keyring::open()?;
    let reports: Vec<Report> = args
        .files
        .iter()
        .map(|file| report(file, &keyring, args.on.unwrap_or_else(today)))
        .collect::<Result<_>>()?;
    match args.format {
        ResultFormat::Text => reports.iter().try_for_each(|report| text(report, out))?,
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &reports)?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for report in &reports {
                serde_json::to_writer(&mut *out, report)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => csv(&reports, out)?,
    }
    let endings = reports.iter().map(|report| match report {
        report if !report.usable => Ending::Failed,
        report if !report.warnings.is_empty() => Ending::Nothing,
        _ => Ending::Found,
    });
    Ok(endings.max().unwrap_or(Ending::Found))
}

fn report(file: &Path, keyring: &Keyring, day: Date) -> Result<Report> {
    let mut report = Report {
        file: file.display().to_string(),
        usable: false,
        overlay: None,
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    let bytes = match bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.errors.push(Row::of_file(format!("{error:#}")));
            return Ok(report);
        }
    };
    match LoadedOverlay::of(file, bytes, &keyring.trust()?, today()) {
        Ok(loaded) => {
            report.usable = true;
            report.warnings = warnings(&loaded, day);
            report.overlay = Some(about(&loaded));
        }
        Err(Unusable::Content(errors)) => {
            report.errors = errors
                .into_iter()
                .map(|e| Row {
                    line: Some(e.line),
                    message: format!("expected {}, found {}; {}", e.expected, e.found, e.advice),
                    column: e.column,
                })
                .collect();
        }
        Err(Unusable::Seal(_, error)) => report.errors.push(Row {
            column: Some("signature".to_owned()),
            ..Row::of_file(error.to_string())
        }),
    }
    Ok(report)
}

fn warnings(loaded: &LoadedOverlay, day: Date) -> Vec<Row> {
    let overlay = &loaded.overlay;
    let own = overlay.warnings.iter().map(|w| Row {
        line: w.line,
        column: w.column.clone(),
        message: w.message.clone(),
    });
    let as_of = overlay.header.as_of;
    let ahead = (as_of > today()).then(|| {
        Row::of_file(format!(
            "it states the law as of {as_of}, which has not come yet"
        ))
    });
    let age = overlay.age(day).map(Row::of_file);
    let signer = match &overlay.signer {
        Signer::NotTrusted { .. } => Some(Row::of_file(format!("signed by {}", overlay.signer))),
        _ => None,
    };
    own.chain(age).chain(ahead).chain(signer).collect()
}

fn about(loaded: &LoadedOverlay) -> About {
    let overlay = &loaded.overlay;
    let entries = overlay.entries();
    About {
        country: overlay.country(),
        title: overlay.header.title.clone(),
        list_version: overlay.header.list_version.clone(),
        as_of: overlay.header.as_of,
        entries: entries.len(),
        not_evaluated: entries.iter().filter(|e| !e.is_evaluated()).count(),
        sha256: overlay.sha256.clone(),
        signer: overlay.signer.clone(),
    }
}

fn text(report: &Report, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", report.file)?;
    if let Some(about) = &report.overlay {
        let About {
            country,
            title,
            list_version,
            as_of,
            entries,
            not_evaluated,
            signer,
            ..
        } = about;
        writeln!(
            out,
            "  {country}, {title}, version {list_version}, as of {as_of}, {signer}\n  {entries} entries, {not_evaluated} of them in words that the program does not evaluate"
        )?;
    }
    for (severity, rows) in [("error", &report.errors), ("warning", &report.warnings)] {
        for row in rows {
            write!(out, "  {severity:<8}")?;
            if let Some(line) = row.line {
                write!(out, "line {line}, ")?;
            }
            if let Some(column) = &row.column {
                write!(out, "{column}: ")?;
            }
            writeln!(out, "{}", row.message)?;
        }
    }
    Ok(writeln!(
        out,
        "  {} errors, {} warnings",
        report.errors.len(),
        report.warnings.len()
    )?)
}

fn csv(reports: &[Report], out: &mut dyn Write) -> Result<()> {
    let mut csv = Sheet::new(Vec::new());
    csv.write_record(["file", "severity", "line", "column", "message"])?;
    for report in reports {
        for (severity, rows) in [("error", &report.errors), ("warning", &report.warnings)] {
            for row in rows {
                csv.write_record([
                    report.file.as_str(),
                    severity,
                    &row.line.map_or(String::new(), |line| line.to_string()),
                    row.column.as_deref().unwrap_or_default(),
                    &row.message,
                ])?;
            }
        }
    }
    out.write_all(&csv.into_bytes().context("the report cannot be written")?)?;
    Ok(())
}

//! `specid library check`.

use super::Ending;
use super::args::WhichLibrary;
use super::{locate, progress};
use crate::check::{self, Check, Finding, Scope, Severity};
use crate::library::Library;
use crate::write::Sheet;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;

/// A check by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckArg {
    /// The same measurement twice.
    Duplicate,
    /// The spectrum is another substance's.
    Mislabelled,
    /// Name, CAS number, InChIKey, formula and masses contradict each other.
    Identity,
    /// The ions do not fit the formula.
    MolecularIon,
    /// A derivative or isotope-labelled substance under its parent's name.
    Derivative,
    /// Salt or base.
    Salt,
    /// Noise, saturation, too few points.
    Quality,
    /// Units, range and calibration of the axis, unit of the ordinate.
    Axis,
}

impl From<CheckArg> for Check {
    fn from(arg: CheckArg) -> Self {
        match arg {
            CheckArg::Duplicate => Self::Duplicate,
            CheckArg::Mislabelled => Self::Mislabelled,
            CheckArg::Identity => Self::Identity,
            CheckArg::MolecularIon => Self::MolecularIon,
            CheckArg::Derivative => Self::Derivative,
            CheckArg::Salt => Self::Salt,
            CheckArg::Quality => Self::Quality,
            CheckArg::Axis => Self::Axis,
        }
    }
}

/// Lowest severity that is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum SeverityArg {
    /// Everything, what need not be wrong too.
    Note,
    /// What is probably wrong.
    #[default]
    Warning,
    /// What is wrong unless the entry is very unusual.
    Error,
}

impl From<SeverityArg> for Severity {
    fn from(arg: SeverityArg) -> Self {
        match arg {
            SeverityArg::Note => Self::Note,
            SeverityArg::Warning => Self::Warning,
            SeverityArg::Error => Self::Error,
        }
    }
}

/// Form of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people, by check.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// One line a finding.
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Ids of the entries to check, against all others [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    which: WhichLibrary,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    format: CheckFormat,
    /// Only these checks, separated by commas
    #[arg(long, value_enum, value_name = "CHECK", value_delimiter = ',')]
    only: Vec<CheckArg>,
    /// Lowest severity that is shown
    #[arg(long, value_enum, default_value_t)]
    severity: SeverityArg,
}

#[derive(Serialize)]
struct Report<'a> {
    library: String,
    generation: u64,
    hash: &'a str,
    /// Entries that were checked.
    checked: usize,
    /// Entries with a finding that is shown.
    flagged: usize,
    /// Findings by check and severity, of all severities.
    summary: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    entry: &'a str,
    name: &'a str,
    check: &'static str,
    severity: &'static str,
    other: Option<&'a str>,
    message: &'a str,
}

pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let scope = scope(&library, &args.ids)?;
    let steps = check::steps(&library, &scope) as u64;
    let bar = progress::bar("checking", steps);
    let found = check::check(&library, &locate::register()?, &scope, &|| bar.inc(1))?;
    bar.finish_and_clear();
    let only: Vec<Check> = args.only.iter().map(|c| Check::from(*c)).collect();
    let asked: Vec<Finding> = found
        .into_iter()
        .filter(|f| only.is_empty() || only.contains(&f.check))
        .collect();
    let least = Severity::from(args.severity);
    let names: HashMap<usize, String> = asked
        .iter()
        .map(|f| Ok((f.index, library.entry(f.index)?.identity.name)))
        .collect::<Result<_>>()?;
    let shown: Vec<&Finding> = asked.iter().filter(|f| f.severity >= least).collect();
    let report = Report {
        library: library
            .path
            .as_ref()
            .map_or("embedded".to_owned(), |p| p.display().to_string()),
        generation: library.info.generation,
        hash: &library.info.hash,
        checked: (0..library.len()).filter(|i| scope.holds(*i)).count(),
        flagged: shown.iter().map(|f| f.index).collect::<BTreeSet<_>>().len(),
        summary: summary(&asked),
        findings: shown
            .iter()
            .map(|f| Row {
                entry: &f.entry,
                name: names.get(&f.index).map_or("", String::as_str),
                check: f.check.id(),
                severity: f.severity.label(),
                other: f.other.as_deref(),
                message: &f.message,
            })
            .collect(),
    };
    match args.format {
        CheckFormat::Text => text(&report, least, out)?,
        CheckFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)?;
        }
        CheckFormat::Csv => csv(&report, out)?,
    }
    let wrong = asked.iter().any(|f| f.severity >= Severity::Warning);
    Ok(if wrong {
        Ending::Nothing
    } else {
        Ending::Found
    })
}

fn scope(library: &Library, ids: &[String]) -> Result<Scope> {
    if ids.is_empty() {
        return Ok(Scope::All);
    }
    let mut positions = HashMap::new();
    for (index, entry) in library.entries().enumerate() {
        positions.entry(entry?.id).or_insert(index);
    }
    let found: Result<BTreeSet<usize>> = ids
        .iter()
        .map(|id| match positions.get(id) {
            Some(index) => Ok(*index),
            None => bail!(
                "the library has no entry {id:?}; `specid library list TEXT` finds ids by name"
            ),
        })
        .collect();
    Ok(Scope::Entries(found?))
}

fn summary(findings: &[Finding]) -> BTreeMap<&'static str, BTreeMap<&'static str, usize>> {
    let mut summary: BTreeMap<&'static str, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for finding in findings {
        let by_severity = summary.entry(finding.check.id()).or_default();
        *by_severity.entry(finding.severity.label()).or_default() += 1;
    }
    summary
}

fn text(report: &Report<'_>, least: Severity, out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "{}: generation {}, {} of its entries checked",
        report.library, report.generation, report.checked
    )?;
    for check in Check::ALL {
        let rows: Vec<&Row<'_>> = report
            .findings
            .iter()
            .filter(|r| r.check == check.id())
            .collect();
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", check.id())?;
        for row in rows {
            writeln!(out, "  {:<8} {}  {}", row.severity, row.entry, row.name)?;
            writeln!(out, "           {}", row.message)?;
        }
    }
    writeln!(
        out,
        "\n  {:<15} {:>7} {:>9} {:>7}",
        "check", "errors", "warnings", "notes"
    )?;
    for check in Check::ALL {
        let count = |s: Severity| {
            let found = report
                .summary
                .get(check.id())
                .and_then(|by| by.get(s.label()));
            found.copied().unwrap_or(0)
        };
        writeln!(
            out,
            "  {:<15} {:>7} {:>9} {:>7}",
            check.id(),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note)
        )?;
    }
    writeln!(
        out,
        "  {} entries have findings of severity {} and above.",
        report.flagged,
        least.label()
    )?;
    Ok(())
}

fn csv(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let mut csv = Sheet::new(Vec::new());
    if report.findings.is_empty() {
        csv.write_record(["entry", "name", "check", "severity", "other", "message"])?;
    }
    for row in &report.findings {
        csv.serialize(row)?;
    }
    out.write_all(&csv.into_bytes().context("the report cannot be written")?)?;
    Ok(())
}

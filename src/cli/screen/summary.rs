//! What a run says on standard output when it ends.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::alerts::Raised;
use crate::decide::NOTICE;
use crate::screen::Tally;
use crate::screen::output::{FILES, Summary};
use crate::screen::sample::SampleVerdict;
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// How a run with these results ends.
pub(super) fn ending(summary: &Summary) -> Ending {
    let tally = &summary.tally;
    let says = [SampleVerdict::Identified, SampleVerdict::ClassOnly];
    match (tally.failed, says.iter().any(|v| tally.of(*v) > 0)) {
        (0, true) => Ending::Found,
        (0, false) if tally.mixed > 0 => Ending::Found,
        (0, false) => Ending::Nothing,
        _ => Ending::Failed,
    }
}

/// Prints it.
pub(super) fn print(
    summary: &Summary,
    raised: &[Raised],
    folder: &Path,
    format: ViewFormat,
    out: &mut dyn Write,
) -> Result<()> {
    match format {
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &view(summary, raised, folder))?;
            writeln!(out)?;
        }
        ViewFormat::Text => text(summary, raised, folder, out)?,
    }
    Ok(())
}

fn view(summary: &Summary, raised: &[Raised], folder: &Path) -> Value {
    let tally = &summary.tally;
    let verdicts = SampleVerdict::ALL.map(|v| (v.id().to_owned(), tally.of(v).into()));
    let by_status = |counts: &BTreeMap<(usize, String), u64>| {
        let each = counts.iter();
        let each = each.map(|((_, status), n)| (status.clone(), Value::from(*n)));
        each.collect::<Map<_, _>>()
    };
    let reasons = tally
        .reasons
        .iter()
        .map(|(r, n)| (r.id().to_owned(), (*n).into()));
    json!({
        "schema": "specid.screening/1",
        "run": folder.to_string_lossy(),
        "files": summary.done,
        "waiting": summary.waiting,
        "spectra": tally.spectra,
        "peaks": tally.peaks,
        "failed": tally.failed,
        "left_out": tally.left_out,
        "samples": tally.samples,
        "second_look": tally.second_look,
        "verdict": verdicts.into_iter().collect::<Map<_, _>>(),
        "control": by_status(&tally.control),
        "possible_control": by_status(&tally.possible_control),
        "mixed": tally.mixed,
        "mixed_control": by_status(&tally.mixed_control),
        "alerts": raised,
        "reasons": reasons.collect::<Map<_, _>>(),
        "outputs": FILES.map(|name| folder.join(name).to_string_lossy().into_owned()),
    })
}

/// `1 file`, `2 files`.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

/// What was looked at: spectra, and peaks of GC-MS runs.
fn looked_at(tally: &Tally) -> String {
    let spectra = counted(tally.spectra - tally.peaks, "spectrum", "spectra");
    let peaks = counted(tally.peaks, "peak of GC-MS runs", "peaks of GC-MS runs");
    match (tally.peaks, tally.spectra - tally.peaks) {
        (0, _) => spectra,
        (_, 0) => peaks,
        _ => format!("{spectra} and {peaks}"),
    }
}

/// `1 × 1988 Table I, 2 × no UN listing known`.
fn statuses(counts: &BTreeMap<(usize, String), u64>) -> String {
    let list = counts.iter();
    let list = list.map(|((_, status), n)| format!("{n} × {status}"));
    list.collect::<Vec<_>>().join(", ")
}

fn text(summary: &Summary, raised: &[Raised], folder: &Path, out: &mut dyn Write) -> Result<()> {
    let tally = &summary.tally;
    if summary.waiting > 0 {
        writeln!(
            out,
            "NOT FINISHED: {} not looked at, and nothing below speaks of them. The same command goes on.",
            counted(summary.waiting, "file was", "files were")
        )?;
    }
    writeln!(
        out,
        "{}: {}, {} of {}",
        summary.title,
        counted(tally.samples, "sample", "samples"),
        looked_at(tally),
        counted(summary.done, "file", "files")
    )?;
    for verdict in SampleVerdict::ALL {
        let count = tally.of(verdict);
        if count == 0 {
            continue;
        }
        let detail = match verdict {
            SampleVerdict::Identified => statuses(&tally.control),
            SampleVerdict::Disagreeing if !tally.possible_control.is_empty() => {
                format!("may be {}", statuses(&tally.possible_control))
            }
            _ => String::new(),
        };
        let line = format!("  {:<15} {count:>6}   {detail}", verdict.id());
        writeln!(out, "{}", line.trim_end())?;
    }
    if tally.mixed > 0 {
        writeln!(
            out,
            "\n  several components in {} (hints, by the strictest status): {}",
            counted(tally.mixed, "sample", "samples"),
            statuses(&tally.mixed_control)
        )?;
    }
    if tally.second_look > 0 {
        let list = tally.reasons.iter();
        let list = list.map(|(reason, n)| format!("{n} × {}", reason.id()));
        writeln!(
            out,
            "\n  second look at {}: {}",
            counted(tally.second_look, "sample", "samples"),
            list.collect::<Vec<_>>().join(", ")
        )?;
    }
    for one in raised {
        writeln!(out, "\n  {} [{}]", one.path, one.index + 1)?;
        writeln!(out, "    {}", one.alert.sentence())?;
    }
    if tally.failed > 0 {
        writeln!(
            out,
            "  {} could not be used:",
            counted(tally.failed, "spectrum or file", "spectra or files")
        )?;
        for failure in &tally.failures {
            writeln!(out, "    {failure}")?;
        }
        if tally.failed > tally.failures.len() as u64 {
            let table = folder.join(FILES[1]);
            writeln!(out, "    all are in {}, column error", table.display())?;
        }
    }
    if tally.left_out > 0 {
        writeln!(
            out,
            "  {} spectra of other techniques were left out (--techniques)",
            tally.left_out
        )?;
    }
    if tally.panicked > 0 {
        writeln!(
            out,
            "  on {} of them the program itself failed; please report them",
            tally.panicked
        )?;
    }
    writeln!(out, "  {NOTICE}")?;
    writeln!(out, "\n  {}", folder.join("summary.html").display())?;
    writeln!(
        out,
        "  {}",
        folder.join("results.{jsonl,csv,xlsx,parquet}").display()
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(waiting: u64) -> String {
        let summary = Summary {
            title: "run".to_owned(),
            made: String::new(),
            done: 49,
            waiting,
            libraries: Vec::new(),
            settings: Vec::new(),
            tally: Tally::default(),
        };
        let mut out = Vec::new();
        text(&summary, &[], Path::new("run"), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_run_that_was_stopped_says_so_first() {
        assert!(told(266).starts_with("NOT FINISHED: 266 files were not looked at"));
        assert!(told(1).starts_with("NOT FINISHED: 1 file was not looked at"));
        assert!(told(0).starts_with("run: "));
    }
}

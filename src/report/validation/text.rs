//! A validation as plain text that fits a terminal.

use super::{READING, confusion, label, optional, rate, short, spread};
use crate::validate::breakdown::Part;
use crate::validate::roc::Reading;
use crate::validate::verdicts::{Calibrated, Verdicts};
use crate::validate::{Figures, Report};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use std::fmt::Write;

/// Rows of a breakdown that are shown; the machine-readable form has all.
const ROWS: usize = 30;
/// Files of one role that are named before the rest is only counted.
const FILES: usize = 4;
/// Spectra left out that are named before the rest is only counted.
const NAMED: usize = 10;

// Writing to a String cannot fail, so the results of `writeln!` are not looked at below.
/// The whole result.
pub fn text(report: &Report) -> String {
    let mut text = heading(report);
    for figures in &report.techniques {
        text.push_str(&technique(figures, report.settings.candidates));
    }
    left_out(report, &mut text);
    text.push('\n');
    for line in READING {
        text.push_str(&wrapped(line));
    }
    text
}

fn heading(report: &Report) -> String {
    let library = &report.library;
    let counts = &report.counts;
    let mut text = format!(
        "Validation of {}, generation {}, {}, {} entries, by specid {}\n",
        library.name,
        library.generation,
        short(&library.hash),
        library.entries,
        report.program
    );
    for role in ["truth", "queries", "absent"] {
        let files: Vec<_> = report.files.iter().filter(|f| f.role == role).collect();
        for file in files.iter().take(FILES) {
            let hash = file.sha256.as_deref().map_or("not readable", short);
            let _ = writeln!(
                text,
                "  {role:<8} {:>6} spectra  {hash}  {}",
                file.spectra, file.path
            );
        }
        let more = files.get(FILES..).unwrap_or_default();
        if !more.is_empty() {
            let spectra: usize = more.iter().map(|f| f.spectra).sum();
            let _ = writeln!(
                text,
                "  {role:<8} {spectra:>6} spectra  of {} more files; --format json lists all",
                more.len()
            );
        }
    }
    let _ = writeln!(
        text,
        "  tried: {} of substances in the library, {} of absent ones; left out: {} unusable, {} of the library's own",
        counts.present, counts.absent, counts.unusable, counts.own_references
    );
    for (count, what) in [
        (
            counts.moved_to_present,
            "named absent are in the library and count as present",
        ),
        (
            counts.moved_to_absent,
            "queries are of substances that the library lacks and count as absent",
        ),
    ] {
        if count > 0 {
            let _ = writeln!(text, "  {count} {what}");
        }
    }
    for note in &report.notes {
        text.push_str(&wrapped(&format!("note: {note}")));
    }
    text
}

fn technique(figures: &Figures, candidates: usize) -> String {
    let mut text = format!(
        "\n{}: {} spectra of {} substances in the library, {} spectra of {} absent ones\n",
        label(figures.technique),
        figures.all.rank1.n,
        figures.substances,
        figures.absent,
        figures.absent_substances
    );
    if figures.without_candidates > 0 {
        let _ = writeln!(
            text,
            "  {} of the former have no candidate at all and count as not found",
            figures.without_candidates
        );
    }
    if !figures.ranking.is_empty() {
        let _ = writeln!(
            text,
            "\n  Ranking, among the {candidates} best candidates\n{}",
            ranking(figures)
        );
    }
    match figures.roc.is_empty() {
        true => text.push_str(
            "\n  Present against absent: not measured; it takes spectra of both (--absent).\n",
        ),
        false => {
            let _ = writeln!(text, "\n  Present against absent\n{}", roc(figures));
        }
    }
    match &figures.verdicts {
        Some(verdicts) => text.push_str(&verdict(verdicts)),
        None => text.push_str("\n  Verdicts: none are given by this version.\n"),
    }
    for (what, parts) in [
        ("role, class", &figures.classes),
        ("instrument", &figures.instruments),
    ] {
        let _ = writeln!(text, "\n  By {what}\n{}", parts_table(what, parts));
        if parts.len() > ROWS {
            let _ = writeln!(
                text,
                "   ... {} more; --format json lists all",
                parts.len() - ROWS
            );
        }
    }
    text
}

fn ranking(figures: &Figures) -> String {
    let header = [
        "score",
        "rank 1, by spectrum",
        "by substance",
        "mean of substances",
        "rank 3",
        "rank 10",
    ];
    let rows = figures.ranking.iter().map(|r| {
        let interval = r.rank1_by_substance;
        vec![
            r.score.to_owned(),
            rate(&r.rank1),
            interval.map_or("-".to_owned(), |i| format!("{:.3} to {:.3}", i.low, i.high)),
            r.mean_of_substances
                .map_or("-".to_owned(), |m| spread(m, r.mean_interval)),
            format!("{:.3}", r.rank3.estimate),
            format!("{:.3}", r.rank10.estimate),
        ]
    });
    table(&header, rows.collect(), &[])
}

fn roc(figures: &Figures) -> String {
    let header = [
        "score",
        "area",
        "right at 1 % false",
        "at score",
        "false at 90 % right",
        "at score",
    ];
    // By substance where that is possible, else by spectrum.
    let read = |reading: &Reading| match reading.by_substance {
        Some(_) => spread(reading.rate.estimate, reading.by_substance),
        None => rate(&reading.rate),
    };
    let rows = figures.roc.iter().map(|r| {
        let right = r.right_at_1_percent_false.as_ref();
        let wrong = r.false_at_90_percent_right.as_ref();
        let at = |t: Option<f64>| t.map_or("-".to_owned(), |t| format!("{t:.4}"));
        vec![
            r.score.to_owned(),
            spread(r.area, r.area_interval),
            right.map_or("not measured".to_owned(), read),
            at(right.and_then(|r| r.threshold)),
            wrong.map_or("never reached".to_owned(), read),
            at(wrong.and_then(|w| w.threshold)),
        ]
    });
    table(&header, rows.collect(), &[3, 5])
}

fn verdict(verdicts: &Verdicts) -> String {
    let (header, rows) = confusion(verdicts);
    let mut text = format!(
        "\n  Verdicts\n{}\n",
        table(&header, rows, &[1, 2, 3, 4, 5, 6])
    );
    let number = |v: Option<f64>| v.map_or("-".to_owned(), |v| format!("{v:.2}"));
    let wrong = &verdicts.false_identified;
    for (what, value) in [
        (
            "present, identified rightly",
            rate(&verdicts.identified_right),
        ),
        (
            "absent, called identified",
            wrong.as_ref().map_or("-".to_owned(), |r| {
                let by = verdicts.false_identified_by_substance;
                let by = by.map(|i| format!("; by substance {:.3} to {:.3}", i.low, i.high));
                format!("{}{}", rate(r), by.unwrap_or_default())
            }),
        ),
        ("sets that hold the right one", rate(&verdicts.coverage)),
        (
            "substances in a set",
            format!(
                "mean {}, median {}",
                number(verdicts.mean_set_size),
                number(verdicts.median_set_size)
            ),
        ),
    ] {
        let _ = writeln!(text, "   {what:<29} {value}");
    }
    calibration(
        "stated false rate, at most",
        &verdicts.false_rate_calibration,
        &mut text,
    );
    calibration("stated coverage", &verdicts.coverage_calibration, &mut text);
    text
}

fn calibration(what: &str, points: &[Calibrated], text: &mut String) {
    for point in points {
        let stated = format!("{what} {:.3}", point.stated);
        let _ = writeln!(text, "   {stated:<33} measured {}", rate(&point.measured));
    }
}

fn parts_table(what: &str, parts: &[Part]) -> String {
    let header = [
        what,
        "n",
        "substances",
        "rank 1",
        "identified rightly",
        "absent",
        "called identified",
    ];
    let rows = parts.iter().take(ROWS).map(|p| {
        vec![
            super::super::text::shorten(&p.name, 38),
            p.rank1.n.to_string(),
            p.substances.to_string(),
            rate(&p.rank1),
            optional(p.identified_right.as_ref()),
            p.absent.to_string(),
            optional(p.false_identified.as_ref()),
        ]
    });
    table(&header, rows.collect(), &[1, 2, 5])
}

fn left_out(report: &Report, text: &mut String) {
    let failures: Vec<_> = report.left_out.iter().filter(|l| l.is_failure()).collect();
    if failures.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nLeft out: {}", failures.len());
    for item in failures.iter().take(NAMED) {
        let id = item.id.as_deref().unwrap_or_default();
        let place = format!("{} [{}] {id}", item.path, item.index + 1);
        text.push_str(&wrapped(&format!("{}: {}", place.trim_end(), item.message)));
    }
    if failures.len() > NAMED {
        let _ = writeln!(
            text,
            "  ... {} more; --format json lists all",
            failures.len() - NAMED
        );
    }
}

fn table(header: &[&str], rows: Vec<Vec<String>>, right: &[usize]) -> String {
    let mut table = Table::new();
    table.load_preset(NOTHING);
    table.set_header(header.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines().map(|line| format!("  {}", line.trim_end()));
    lines.collect::<Vec<_>>().join("\n")
}

fn wrapped(line: &str) -> String {
    super::super::text::wrapped(line)
}

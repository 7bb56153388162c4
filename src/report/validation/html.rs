//! A validation as one page with plots, for the screen and for print.

use super::page::{escaped, page, table};
use super::{READING, confusion, label, optional, plots, rate, spread};
use crate::validate::breakdown::Part;
use crate::validate::trial::{OWN_SCORE, Trial};
use crate::validate::verdicts::{Calibrated, Verdicts};
use crate::validate::{Figures, Report};

/// Rows of the lists of spectra and parts; the machine-readable form has all.
const ROWS: usize = 100;

/// The page. `date` is printed in its head, nothing else depends on the time.
pub fn html(report: &Report, date: &str) -> String {
    let title = format!("specid validation of {}", report.library.name);
    let mut body = head(report, &title, date);
    for figures in &report.techniques {
        body.push_str(&technique(figures, report));
    }
    body.push_str(&left_out(report));
    body.push_str("<h2>How to read this</h2>\n<ul>\n");
    for line in READING {
        body.push_str(&format!("<li>{}</li>\n", escaped(line)));
    }
    body.push_str("</ul>\n");
    page(&title, &body)
}

fn head(report: &Report, title: &str, date: &str) -> String {
    let library = &report.library;
    let counts = &report.counts;
    let rows: Vec<Vec<String>> = [
        ("date", date.to_owned()),
        ("program", format!("specid {}", report.program)),
        (
            "library",
            format!(
                "{}, generation {}, {} entries, {}",
                library.name, library.generation, library.entries, library.location
            ),
        ),
        ("library hash", library.hash.clone()),
        ("command", report.command.join(" ")),
        (
            "spectra",
            format!(
                "{} of substances in the library, {} of absent ones; {} unusable and {} of the library's own left out",
                counts.present, counts.absent, counts.unusable, counts.own_references
            ),
        ),
        (
            "moved",
            format!(
                "{} named absent are in the library and count as present; {} not named absent are not in it and count as absent",
                counts.moved_to_present, counts.moved_to_absent
            ),
        ),
    ]
    .into_iter()
    .map(|(name, value)| vec![name.to_owned(), value])
    .collect();
    let files: Vec<Vec<String>> = report
        .files
        .iter()
        .map(|f| {
            vec![
                f.role.to_owned(),
                f.spectra.to_string(),
                f.path.clone(),
                f.sha256
                    .clone()
                    .unwrap_or_else(|| "not readable".to_owned()),
            ]
        })
        .collect();
    let notes = report
        .notes
        .iter()
        .map(|n| format!("<p>{}</p>\n", escaped(n)));
    format!(
        "<h1>{}</h1>\n{}{}<details open><summary>Files ({})</summary>\n{}</details>\n",
        escaped(title),
        table(&["", ""], &rows, &[]),
        notes.collect::<String>(),
        files.len(),
        table(&["role", "spectra", "file", "SHA-256"], &files, &[1])
    )
}

fn technique(figures: &Figures, report: &Report) -> String {
    let mut out = format!(
        "<h2>{}</h2>\n<p>{} spectra of {} substances in the library, {} spectra of {} absent ones. {} of the former have no candidate at all and count as not found.</p>\n",
        escaped(label(figures.technique)),
        figures.all.rank1.n,
        figures.substances,
        figures.absent,
        figures.absent_substances,
        figures.without_candidates
    );
    if !figures.ranking.is_empty() {
        out.push_str(&format!(
            "<h3>Ranking, among the {} best candidates</h3>\n{}",
            report.settings.candidates,
            ranking(figures)
        ));
    }
    out.push_str("<h3>Present against absent</h3>\n");
    match figures.roc.is_empty() {
        true => out.push_str("<p>Not measured: it takes spectra of both.</p>\n"),
        false => {
            out.push_str(&plots::roc(&figures.roc, figures.absent));
            out.push_str(&roc(figures));
        }
    }
    out.push_str("<h3>Verdicts</h3>\n");
    match &figures.verdicts {
        Some(verdicts) => out.push_str(&verdict(verdicts)),
        None => out.push_str("<p>None are given by this version.</p>\n"),
    }
    for (what, parts) in [
        ("Role, class", &figures.classes),
        ("Instrument", &figures.instruments),
        ("Substance", &figures.by_substance),
    ] {
        out.push_str(&breakdown(what, parts));
    }
    out.push_str(&missed(figures, report));
    out
}

fn ranking(figures: &Figures) -> String {
    let rows: Vec<Vec<String>> = figures
        .ranking
        .iter()
        .map(|r| {
            let by = r.rank1_by_substance;
            let mean = r.mean_of_substances;
            vec![
                r.score.to_owned(),
                rate(&r.rank1),
                by.map_or("-".to_owned(), |i| format!("{:.3} to {:.3}", i.low, i.high)),
                mean.map_or("-".to_owned(), |m| spread(m, r.mean_interval)),
                rate(&r.rank3),
                rate(&r.rank10),
            ]
        })
        .collect();
    let header = [
        "score",
        "rank 1, by spectrum",
        "by substance",
        "mean of substances",
        "rank 3",
        "rank 10",
    ];
    table(&header, &rows, &[])
}

fn roc(figures: &Figures) -> String {
    let at = |t: Option<f64>| t.map_or("-".to_owned(), |t| format!("{t:.4}"));
    let interval = |r: &crate::validate::roc::Reading| {
        let by = r.by_substance;
        let by = by.map(|i| format!("; by substance {:.3} to {:.3}", i.low, i.high));
        format!("{}{}", rate(&r.rate), by.unwrap_or_default())
    };
    let rows: Vec<Vec<String>> = figures
        .roc
        .iter()
        .map(|r| {
            let right = r.right_at_1_percent_false.as_ref();
            let wrong = r.false_at_90_percent_right.as_ref();
            vec![
                r.score.to_owned(),
                spread(r.area, r.area_interval),
                right.map_or("not measured".to_owned(), interval),
                at(right.and_then(|r| r.threshold)),
                wrong.map_or("never reached".to_owned(), interval),
                at(wrong.and_then(|w| w.threshold)),
            ]
        })
        .collect();
    let header = [
        "score",
        "area",
        "right at 1 % false",
        "at score",
        "false at 90 % right",
        "at score",
    ];
    table(&header, &rows, &[3, 5])
}

fn verdict(verdicts: &Verdicts) -> String {
    let (header, rows) = confusion(verdicts);
    let number = |v: Option<f64>| v.map_or("-".to_owned(), |v| format!("{v:.2}"));
    let by = verdicts.false_identified_by_substance;
    let by = by.map(|i| format!("; by substance {:.3} to {:.3}", i.low, i.high));
    let figures = [
        (
            "present, identified rightly",
            rate(&verdicts.identified_right),
        ),
        (
            "absent, called identified",
            optional(verdicts.false_identified.as_ref()) + &by.unwrap_or_default(),
        ),
        ("sets that hold the right one", rate(&verdicts.coverage)),
        ("mean substances in a set", number(verdicts.mean_set_size)),
        ("median", number(verdicts.median_set_size)),
    ];
    let figures: Vec<Vec<String>> = figures
        .into_iter()
        .map(|(name, value)| vec![name.to_owned(), value])
        .collect();
    let mut out = table(&header, &rows, &[1, 2, 3, 4, 5, 6]) + &table(&["", ""], &figures, &[]);
    if !verdicts.set_sizes.is_empty() {
        out.push_str(&plots::set_sizes(&verdicts.set_sizes));
    }
    let calibration = |title: &'static str, points: &[Calibrated], log: bool| match points {
        [] => String::new(),
        _ => format!(
            "<h3>{title}</h3>\n{}",
            plots::calibration(title, points, log)
        ),
    };
    out.push_str(&calibration(
        "False rate: stated (at most) and measured",
        &verdicts.false_rate_calibration,
        true,
    ));
    out.push_str(&calibration(
        "Coverage: stated and measured",
        &verdicts.coverage_calibration,
        false,
    ));
    out
}

fn breakdown(what: &str, parts: &[Part]) -> String {
    let rows: Vec<Vec<String>> = parts
        .iter()
        .take(ROWS)
        .map(|p| {
            vec![
                p.name.clone(),
                p.rank1.n.to_string(),
                p.substances.to_string(),
                rate(&p.rank1),
                optional(p.identified_right.as_ref()),
                p.absent.to_string(),
                optional(p.false_identified.as_ref()),
            ]
        })
        .collect();
    let header = [
        what,
        "n",
        "substances",
        "rank 1",
        "identified rightly",
        "absent",
        "called identified",
    ];
    let more = parts.len().saturating_sub(ROWS);
    let more = match more {
        0 => String::new(),
        _ => format!("<p class=\"small\">{more} more; the JSON form lists all.</p>\n"),
    };
    format!(
        "<h3>Rank 1 by {}</h3>\n{}<details open><summary>Table ({})</summary>\n{}{more}</details>\n",
        what.to_lowercase(),
        plots::parts(what, parts),
        parts.len(),
        table(&header, &rows, &[1, 2, 5])
    )
}

/// Spectra of present substances that were not ranked first.
fn missed(figures: &Figures, report: &Report) -> String {
    let of_technique = |t: &&Trial| t.technique == figures.technique;
    let is_missed = |t: &&Trial| t.present && !t.within(OWN_SCORE, 1);
    let all: Vec<&Trial> = report
        .trials
        .iter()
        .filter(of_technique)
        .filter(is_missed)
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = all
        .iter()
        .take(ROWS)
        .map(|t| {
            let rank = t.by(OWN_SCORE).and_then(|s| s.rank);
            vec![
                format!("{} [{}]", t.path, t.index + 1),
                t.id.clone().unwrap_or_default(),
                t.substance.clone(),
                rank.map_or("-".to_owned(), |r| r.to_string()),
                t.first.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let header = ["spectrum", "id", "substance", "rank", "first candidate"];
    format!(
        "<h3>Not ranked first</h3>\n<details open><summary>{} spectra, {} shown</summary>\n{}</details>\n",
        all.len(),
        rows.len(),
        table(&header, &rows, &[3])
    )
}

fn left_out(report: &Report) -> String {
    if report.left_out.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = report
        .left_out
        .iter()
        .take(ROWS)
        .map(|l| vec![format!("{} [{}]", l.path, l.index + 1), l.message.clone()])
        .collect();
    format!(
        "<h2>Left out</h2>\n<p>{} spectra, {} shown.</p>\n{}",
        report.left_out.len(),
        rows.len(),
        table(&["spectrum", "why"], &rows, &[])
    )
}

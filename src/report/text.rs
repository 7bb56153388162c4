//! Results for people: plain text that fits a terminal.

use super::inspection::{Inspection, SpectrumView};
use super::{Candidate, Failure, Identification, Named, Outcome, VerdictView};
use crate::decide::VerdictLevel;
use crate::library::{Calibration, Rate, ReferenceKind};
use crate::prepare::Family;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use std::fmt::Write;

/// How much further than its one shift an axis may be off before the shift says too little, in its unit.
const BENT: f64 = 4.0;

/// A result or failure as text, without plots.
pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ranked(result) => identification(result),
        Outcome::Failed(failure) => failed(failure),
    }
}

fn failed(failure: &Failure) -> String {
    format!(
        "{}\n  not identified: {}\n",
        heading(&failure.source),
        failure.error.message
    )
}

fn heading(source: &super::SourceView) -> String {
    let id = source
        .id
        .as_deref()
        .map(|id| format!("  {}", shorten(id, 60)));
    format!(
        "{} [{}]{}",
        source.path,
        source.index + 1,
        id.unwrap_or_default()
    )
}

// Writing to a String cannot fail, so the results of `writeln!` are not looked at below.
fn identification(result: &Identification) -> String {
    let mut text = heading(&result.source);
    let quality = &result.quality;
    let _ = write!(
        text,
        "\n  {}, {} {}, quality {}",
        result.technique,
        quality.points,
        if result.technique.ends_with("-ms") {
            "peaks"
        } else {
            "points"
        },
        quality.level.label()
    );
    if let Some(ratio) = quality.signal_to_noise {
        let _ = write!(text, " (signal-to-noise {ratio:.0})");
    }
    let library = &result.library;
    let _ = writeln!(
        text,
        "\n  {} references compared: {}, generation {}, {}",
        library.compared,
        library.name,
        library.generation,
        library.hash.get(..12).unwrap_or(&library.hash),
    );
    for finding in &quality.findings {
        text.push_str(&wrapped(&format!("quality: {finding}")));
    }
    for warning in &result.warnings {
        text.push_str(&wrapped(&format!("warning: {warning}")));
    }
    text.push('\n');
    text.push_str(&verdict(&result.verdict));
    text.push('\n');
    for alert in &result.alerts {
        text.push_str(&wrapped(&alert.sentence()));
        text.push('\n');
    }
    // Where there is none, the verdict said so.
    if !result.candidates.is_empty() {
        text.push_str(&table(result));
        text.push('\n');
        for note in notes(result) {
            text.push_str(&wrapped(&note));
        }
    }
    if let Some(mixture) = result.mixture.as_ref().filter(|m| m.says_more()) {
        text.push('\n');
        for (line, paragraph) in mixture.paragraphs().iter().enumerate() {
            // The components, below their heading.
            let inner = (1..=mixture.components.len()).contains(&line);
            let indent = if inner { "    " } else { "  " };
            text.push_str(&wrapped_at(indent, paragraph));
        }
        text.push('\n');
    }
    if let Some(emerging) = &result.emerging {
        for (line, paragraph) in emerging.paragraphs().iter().enumerate() {
            let indent = if line > 0 { "    " } else { "  " };
            text.push_str(&wrapped_at(indent, paragraph));
        }
        text.push('\n');
    }
    for target in &result.targets {
        text.push_str(&wrapped(&format!("{}: {}.", target.name, target.note)));
    }
    text.push_str(&wrapped(&result.notice));
    text
}

/// The verdict in a few lines: what is said, how sure that is, and why.
fn verdict(verdict: &VerdictView) -> String {
    let said = match verdict.level {
        VerdictLevel::Identified => "IDENTIFIED (presumptive)",
        VerdictLevel::ClassOnly => "CLASS ONLY (presumptive)",
        VerdictLevel::Inconclusive => "INCONCLUSIVE",
        VerdictLevel::NotInLibrary => "NOT IN THIS LIBRARY",
    };
    let names: Vec<String> = verdict
        .substances
        .iter()
        .map(|named| {
            let status = named.possible_status.as_ref().unwrap_or(&named.status);
            let lacking = match named.rank {
                Some(_) => "",
                None => "; no reference in this library",
            };
            format!("{} ({status}{lacking})", shorten(&named.name, 60))
        })
        .collect();
    let mut text = match names.is_empty() {
        true => wrapped(said),
        false => wrapped(&format!("{said}: {}", names.join(" or "))),
    };
    if let Some(rate) = &verdict.false_positive_rate {
        text.push_str(&wrapped(&format!(
            "False positive rate {:.1} % (95 % interval {:.1} to {:.1} %, n = {}): {}.",
            100.0 * rate.estimate,
            100.0 * rate.low,
            100.0 * rate.high,
            rate.n,
            rate.basis
        )));
    }
    for reason in &verdict.reasons {
        text.push_str(&wrapped(reason));
    }
    text
}

fn table(result: &Identification) -> String {
    let mut table = Table::new();
    table.load_preset(NOTHING);
    table.set_header([
        "#",
        "substance",
        "score",
        "shift",
        "margin",
        "control status",
        "role, class",
    ]);
    for candidate in &result.candidates {
        table.add_row([
            candidate.rank.to_string(),
            shorten(&candidate.name, 38) + mark(candidate),
            format!("{:.4}", candidate.score),
            shift(candidate),
            candidate
                .margin
                .map_or_else(String::new, |m| format!("{m:.4}")),
            status(candidate),
            class(candidate),
        ]);
    }
    for column in [0, 2, 3, 4] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines().map(|line| format!(" {}\n", line.trim_end()));
    lines.collect()
}

fn mark(candidate: &Candidate) -> &'static str {
    match candidate.reference_kind {
        ReferenceKind::FullSpectrum => "",
        ReferenceKind::PrincipalIons => " (p)",
        ReferenceKind::BandTable => " (b)",
    }
}

fn shift(candidate: &Candidate) -> String {
    match candidate.axis_unit {
        "m/z" => String::new(),
        // One shift says nothing of an axis whose error goes far beyond it.
        unit => match worst_axis_error(candidate) {
            Some(worst) if worst.abs() > candidate.axis_shift.abs() + BENT => {
                format!("to {worst:+.1} {unit}")
            }
            _ => format!("{:+.1} {unit}", candidate.axis_shift),
        },
    }
}

/// The axis error furthest from none, where a curve was found.
fn worst_axis_error(candidate: &Candidate) -> Option<f64> {
    let errors = candidate
        .axis_error
        .iter()
        .flatten()
        .map(|[_, error]| *error);
    errors.max_by(|a, b| a.abs().total_cmp(&b.abs()))
}

fn status(candidate: &Candidate) -> String {
    let control = &candidate.control;
    if control.is_open() {
        return format!("{} (!)", control.words());
    }
    let since = match (&control.since, control.instrument) {
        (Some(since), Some(instrument)) if instrument.is_listing() => format!(", since {since}"),
        _ => String::new(),
    };
    let doubt = match control.instrument {
        Some(instrument) if instrument.is_listing() && !control.checked => " *",
        _ => "",
    };
    format!("{}{since}{doubt}", control.status)
}

fn class(candidate: &Candidate) -> String {
    let parts = [candidate.role.as_deref(), candidate.class.as_deref()];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(", ")
}

/// What the marks in the table mean, and what the first candidate cannot be told from.
fn notes(result: &Identification) -> Vec<String> {
    let mut notes = Vec::new();
    let any = |test: &dyn Fn(&Candidate) -> bool| result.candidates.iter().any(test);
    if any(&|c| c.reference_kind == ReferenceKind::PrincipalIons) {
        notes.push(
            "(p) compared with the principal ions only, not with a full spectrum.".to_owned(),
        );
    }
    if any(&|c| c.reference_kind == ReferenceKind::BandTable) {
        notes.push(
            "(b) compared with a table of band positions, not with a full spectrum.".to_owned(),
        );
    }
    if any(&|c| status(c).ends_with('*')) {
        notes.push(
            "* listed to our knowledge; not yet checked against the official list.".to_owned(),
        );
    }
    if let Some(open) = result.candidates.iter().find(|c| c.control.is_open()) {
        notes.push(format!(
            "(!) by its form, which this technique does not tell: specid status {:?} --measured-by {}.",
            open.name, result.technique
        ));
    }
    if any(&|c| c.control.matched_by == Some(crate::substance::MatchedBy::Skeleton)) {
        notes.push(
            "Where the reference's stereochemistry is not stated, the status is that of the same skeleton."
                .to_owned(),
        );
    }
    for candidate in result.candidates.iter().take(3) {
        if let Some(national) = &candidate.control.national {
            notes.push(format!(
                "{}: national law, {}.",
                candidate.name,
                national.told()
            ));
        }
    }
    if let Some(first) = result.candidates.first() {
        let set = &result.verdict.substances;
        notes.extend(neighbours(first, set));
    }
    if let Some(first) = result
        .candidates
        .first()
        .filter(|c| !c.same_skeleton.is_empty())
    {
        let others: Vec<String> = first
            .same_skeleton
            .iter()
            .take(4)
            .map(|s| format!("{} ({})", s.name, s.status))
            .collect();
        notes.push(format!(
            "{} has the same skeleton as {}: this technique usually cannot tell them apart.",
            first.name,
            others.join(", ")
        ));
    }
    notes
}

/// What the first candidate cannot be told from in this library, and what separates it from the next.
/// Of two that the verdict names together it says that this is too little.
fn neighbours(first: &Candidate, set: &[Named]) -> Vec<String> {
    const NAMED: usize = 6;
    let mut notes = Vec::new();
    if let Some(alike) = first.look_alikes.as_ref().filter(|a| !a.is_empty()) {
        let names: Vec<String> = alike
            .iter()
            .take(NAMED)
            .map(|s| format!("{} ({})", s.name, s.status))
            .collect();
        let more = match alike.len() > NAMED {
            true => format!(" and {} more", alike.len() - NAMED),
            false => String::new(),
        };
        notes.push(format!(
            "Here {} cannot be told apart from {}{more}.",
            first.name,
            names.join(", ")
        ));
    }
    let apart = first.told_apart.iter().flatten().next();
    if let Some(next) = apart.filter(|next| !next.by.is_empty()) {
        let together = set.len() > 1 && set.iter().any(|named| named.name == next.name);
        let enough = match together {
            true => "; that is too little to tell them apart here",
            false => "",
        };
        notes.push(format!(
            "{} and {} differ in: {}{enough}.",
            first.name,
            next.name,
            next.by.join(", ")
        ));
    }
    notes
}

/// A sentence in lines of at most 96 characters, indented by two.
pub(super) fn wrapped(sentence: &str) -> String {
    wrapped_at("  ", sentence)
}

/// A sentence in lines of at most 98 columns, each after `indent`.
pub fn wrapped_at(indent: &str, sentence: &str) -> String {
    let width = 98 - indent.len();
    let mut lines = vec![String::new()];
    for word in sentence.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
        .iter()
        .map(|line| format!("{indent}{line}\n"))
        .collect()
}

pub(super) fn shorten(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => text.chars().take(most - 3).chain("...".chars()).collect(),
        false => text.to_owned(),
    }
}

/// A file's contents as text, without plots.
pub fn inspection(view: &Inspection) -> String {
    let mut text = format!("{}\n", view.path);
    if let Some(format) = view.format {
        let records = view.spectra.len() + view.failures.len();
        let _ = writeln!(text, "  format {format}, {records} spectra");
    }
    if let Some(run) = &view.run {
        let _ = writeln!(text, "  {run}");
    }
    for failure in &view.failures {
        let _ = writeln!(
            text,
            "  spectrum {}: {}",
            failure.index + 1,
            failure.error.message
        );
    }
    if let (Some(error), true) = (&view.error, view.failures.is_empty()) {
        let _ = writeln!(text, "  not readable: {}", error.message);
    }
    text
}

/// One spectrum of a file as text, without its plot.
pub fn spectrum(view: &SpectrumView) -> String {
    let number = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| v.to_string());
    let mut text = format!("\n  spectrum {}: {}\n", view.index + 1, view.title);
    if let Some(what) = view.companion {
        let _ = writeln!(text, "    not a sample: {what}");
    }
    let shape = match view.shape {
        crate::spectrum::Shape::Profile => "curve",
        crate::spectrum::Shape::Sticks => "peaks",
    };
    let _ = writeln!(text, "    technique  {} ({shape})", view.technique_label);
    if let Some(time) = view.retention_s {
        let _ = writeln!(text, "    retention  {:.2} min", time / 60.0);
    }
    let _ = writeln!(
        text,
        "    axis       {}: {} to {}, {} points",
        view.x_unit,
        number(view.first_x),
        number(view.last_x),
        view.n_points
    );
    let _ = writeln!(
        text,
        "    ordinate   {}: {} to {}{}",
        view.y_unit,
        number(view.min_y),
        number(view.max_y),
        if view.n_gaps > 0 {
            format!(", {} gaps", view.n_gaps)
        } else {
            String::new()
        }
    );
    let provenance = &view.provenance;
    let laser = provenance.laser_nm.map(|l| format!("{l} nm"));
    for (label, value) in [
        ("id", &provenance.id),
        ("instrument", &provenance.instrument),
        ("laser", &laser),
        ("date", &provenance.date),
        ("owner", &provenance.owner),
        ("origin", &provenance.origin),
        ("licence", &provenance.licence),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "    {label:<10} {}", shorten(value, 100));
        }
    }
    for (label, value) in &view.metadata {
        let _ = writeln!(text, "    {}: {}", shorten(label, 40), shorten(value, 100));
    }
    for warning in &view.warnings {
        let _ = writeln!(text, "    warning: {warning}");
    }
    text
}

/// The decision rule of a family in a few lines.
pub fn calibration(family: Family, calibration: &Calibration) -> String {
    let rate = |rate: &Rate| match rate.n {
        0 => "not tried".to_owned(),
        n => format!(
            "{:.1} % ({:.1} to {:.1} %, n = {n})",
            100.0 * rate.estimate,
            100.0 * rate.low,
            100.0 * rate.high
        ),
    };
    format!(
        "{:<18} verdicts, measured on the own references\n  \
         absent, called identified            {}\n  \
         absent isomer, called identified     {}\n  \
         present, identified rightly          {}\n  \
         present, called not in the library   {}\n  \
         identified set holds the present one {}, {:.1} substances a set\n",
        family.id(),
        rate(&calibration.false_positive),
        rate(&calibration.false_positive_isomer),
        rate(&calibration.identified),
        rate(&calibration.missed),
        rate(&calibration.coverage),
        calibration.mean_set_size
    )
}

//! Results as CSV: one row per candidate, and one row for a spectrum without any. What is of the spectrum, such as its
//! components, stands in each of its rows.

use super::{Candidate, Identification, MixtureView, Named, Outcome, SourceView, Target};
use crate::write::Sheet;
use serde::Serialize;
use std::io::Write;

#[derive(Default, Serialize)]
struct Row<'a> {
    path: &'a str,
    index: usize,
    id: &'a str,
    technique: &'a str,
    quality: &'a str,
    verdict: &'a str,
    in_set: Option<bool>,
    false_positive_rate: Option<f64>,
    rank: Option<usize>,
    name: &'a str,
    inchikey: &'a str,
    cas: &'a str,
    score: Option<f64>,
    margin: Option<f64>,
    axis_shift: Option<f64>,
    control_status: &'a str,
    control_since: &'a str,
    role: &'a str,
    class: &'a str,
    reference_kind: &'a str,
    entry_id: &'a str,
    library: &'a str,
    generation: Option<u64>,
    library_hash: &'a str,
    sha256: &'a str,
    warnings: String,
    error: &'a str,
    components: String,
    identified_set: String,
    targets: String,
}

/// Writes results as CSV with a header.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(outcomes: &[Outcome], header: bool, out: &mut dyn Write) -> Result<(), csv::Error> {
    let mut writer = Sheet::with_headings(out, header);
    for outcome in outcomes {
        match outcome {
            Outcome::Ranked(result) => {
                let base = || ranked(result);
                if result.candidates.is_empty() {
                    writer.serialize(base())?;
                }
                for candidate in &result.candidates {
                    let mut row = with_candidate(base(), candidate);
                    let set = &result.verdict.substances;
                    row.in_set = Some(set.iter().any(|named| named.rank == Some(candidate.rank)));
                    writer.serialize(row)?;
                }
            }
            Outcome::Failed(failure) => {
                let mut row = from_source(&failure.source);
                row.error = &failure.error.message;
                writer.serialize(row)?;
            }
        }
    }
    writer.flush()?;
    Ok(())
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}

fn from_source(source: &SourceView) -> Row<'_> {
    Row {
        path: &source.path,
        index: source.index,
        id: text(&source.id),
        sha256: text(&source.sha256),
        ..Row::default()
    }
}

fn ranked(result: &Identification) -> Row<'_> {
    let mixture = result.mixture.as_ref();
    let components = mixture.map(MixtureView::in_words).unwrap_or_default();
    let warnings: Vec<&str> = result.warnings.iter().map(|w| w.message.as_str()).collect();
    Row {
        technique: result.technique,
        quality: result.quality.level.label(),
        verdict: result.verdict.level.id(),
        false_positive_rate: result
            .verdict
            .false_positive_rate
            .as_ref()
            .map(|rate| rate.estimate),
        library: &result.library.name,
        generation: Some(result.library.generation),
        library_hash: &result.library.hash,
        warnings: warnings.join(" "),
        components,
        identified_set: set_in_words(result),
        targets: targets_in_words(result),
        ..from_source(&result.source)
    }
}

/// The identified set in one line: `Caffeine (status); Sugar (status; no reference in this library)`.
fn set_in_words(result: &Identification) -> String {
    let words = |named: &Named| {
        let lacking = match named.rank {
            Some(_) => "",
            None => "; no reference compared",
        };
        format!("{} ({}{lacking})", named.name, named.status)
    };
    let all: Vec<String> = result.verdict.substances.iter().map(words).collect();
    all.join("; ")
}

/// What is said of the targets, in one line.
fn targets_in_words(result: &Identification) -> String {
    let words = |target: &Target| format!("{}: {}", target.name, target.note);
    let all: Vec<String> = result.targets.iter().map(words).collect();
    all.join(" | ")
}

fn with_candidate<'a>(row: Row<'a>, candidate: &'a Candidate) -> Row<'a> {
    Row {
        rank: Some(candidate.rank),
        name: &candidate.name,
        inchikey: text(&candidate.inchikey),
        cas: text(&candidate.cas),
        score: Some(candidate.score),
        margin: candidate.margin,
        axis_shift: Some(candidate.axis_shift),
        control_status: &candidate.control.status,
        control_since: text(&candidate.control.since),
        role: text(&candidate.role),
        class: text(&candidate.class),
        reference_kind: candidate.reference_kind.label(),
        entry_id: &candidate.entry_id,
        ..row
    }
}

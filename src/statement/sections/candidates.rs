//! The ranked candidates.

use crate::document::{Side, Tone};
use crate::statement::input::{Candidate, Ranked};
use crate::statement::page::{Heading, Page};

/// Columns of the ranking.
const RANKED: [Heading; 6] = [
    ("column-rank", Side::Right, 0.7),
    ("column-substance", Side::Left, 3.0),
    ("column-score", Side::Right, 0.9),
    ("column-margin", Side::Right, 0.9),
    ("column-shift", Side::Right, 1.2),
    ("column-control", Side::Left, 2.8),
];

/// Candidates that are shown; the result holds the others.
const SHOWN: usize = 10;

/// Candidates that are shown of a peak of a run.
const SHOWN_OF_PEAK: usize = 3;

/// The first candidates with their scores.
pub(super) fn leading(page: &mut Page<'_>, result: &Ranked) {
    let shown = result.candidates.iter().take(SHOWN_OF_PEAK);
    let rows = shown.map(|c| ranked(page, c)).collect();
    page.table(Some("table-candidates"), &RANKED, rows);
}

/// The candidates with their scores, and what identifies them.
pub(super) fn candidates(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-candidates");
    if result.candidates.is_empty() {
        page.say(Tone::Normal, "no-candidates", &[]);
        return;
    }
    let shown: Vec<&Candidate> = result.candidates.iter().take(SHOWN).collect();
    page.say(Tone::Normal, "candidates-words", &[]);
    let rows = shown.iter().map(|c| ranked(page, c)).collect();
    page.table(Some("table-candidates"), &RANKED, rows);
    let rows = shown.iter().map(|c| identity(page, c)).collect();
    let headings = [
        ("column-rank", Side::Right, 0.7),
        ("column-substance", Side::Left, 2.6),
        ("column-formula", Side::Left, 1.3),
        ("column-cas", Side::Left, 1.2),
        ("column-inchikey", Side::Left, 2.8),
        ("column-role", Side::Left, 2.0),
    ];
    page.table(Some("table-identities"), &headings, rows);
    if let more @ 1.. = result.candidates.len().saturating_sub(SHOWN) {
        page.say(
            Tone::Small,
            "more-candidates",
            &[("number", &more.to_string())],
        );
    }
}

fn ranked(page: &Page<'_>, candidate: &Candidate) -> Vec<String> {
    let texts = page.texts;
    let shift = match candidate.is_mass() {
        true => texts.none(),
        false => format!(
            "{} {}",
            texts.signed(candidate.axis_shift, 1),
            candidate.axis_unit
        ),
    };
    let statuses: Vec<String> = candidate
        .control
        .statuses()
        .into_iter()
        .map(|s| texts.word(s))
        .collect();
    vec![
        candidate.rank.to_string(),
        candidate.name.clone(),
        texts.number(candidate.score, 4),
        candidate
            .margin
            .map_or_else(|| texts.none(), |m| texts.number(m, 4)),
        shift,
        statuses.join(&texts.say("or")),
    ]
}

fn identity(page: &Page<'_>, candidate: &Candidate) -> Vec<String> {
    let or_none = |text: &Option<String>| {
        text.clone()
            .filter(|t| !t.is_empty())
            .unwrap_or_else(|| page.texts.none())
    };
    let role: Vec<&str> = [candidate.role.as_deref(), candidate.class.as_deref()]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    vec![
        candidate.rank.to_string(),
        candidate.name.clone(),
        or_none(&candidate.formula),
        or_none(&candidate.cas),
        or_none(&candidate.inchikey),
        role.join(", "),
    ]
}

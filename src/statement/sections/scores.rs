//! Every score of the first candidates with its definition and the definition's source.

use crate::document::{Side, Tone};
use crate::statement::input::Ranked;
use crate::statement::page::Page;

/// Candidates whose scores stand side by side.
const SHOWN: usize = 3;

/// The scores and their definitions.
pub(super) fn scores(page: &mut Page<'_>, result: &Ranked) {
    let shown: Vec<_> = result.candidates.iter().take(SHOWN).collect();
    let mut names: Vec<&str> = Vec::new();
    for name in shown.iter().flat_map(|c| c.scores.keys()) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    if shown.is_empty() {
        return;
    }
    page.heading(2, "heading-scores");
    let value = |candidate: &crate::statement::input::Candidate, name: &str| {
        let value = candidate
            .scores
            .get(name)
            .and_then(serde_json::Value::as_f64);
        value.map_or_else(
            || page.texts.none(),
            |value| page.texts.number(value, decimals(name, value)),
        )
    };
    let rows = names
        .iter()
        .map(|name| {
            let mut row = vec![label(page, name)];
            row.extend(shown.iter().map(|candidate| value(candidate, name)));
            row
        })
        .collect();
    let headings = [
        ("column-score-name", Side::Left, 2.4),
        ("column-first", Side::Right, 1.0),
        ("column-second", Side::Right, 1.0),
        ("column-third", Side::Right, 1.0),
    ];
    page.table(
        Some("table-scores"),
        headings.get(..=shown.len()).unwrap_or(&headings),
        rows,
    );
    let of = definition(
        page,
        &format!("ranking-{}", result.technique),
        "ranking-other",
    );
    page.write(Tone::Small, of);
    page.say(Tone::Small, "define-margin", &[]);
    if !result.is_mass() {
        page.say(Tone::Small, "define-axis-shift", &[]);
    }
    for name in names {
        let mass = if result.is_mass() { "-mass" } else { "" };
        let text = definition(
            page,
            &format!("define-{name}{mass}"),
            &format!("define-{name}"),
        );
        let label = label(page, name);
        page.say(
            Tone::Small,
            "definition",
            &[("name", &label), ("text", &text)],
        );
    }
}

/// Counts and large numbers are shown whole.
fn decimals(name: &str, value: f64) -> usize {
    match value.abs() {
        _ if ["matched_peaks", "support", "heaviest_ion"].contains(&name) => 0,
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        _ => 4,
    }
}

/// The score's name for people with its name in the result.
fn label(page: &Page<'_>, name: &str) -> String {
    let title = format!("score-{name}");
    match page.texts.has(&title) {
        true => format!("{} ({name})", page.texts.say(&title)),
        false => name.to_owned(),
    }
}

fn definition(page: &Page<'_>, own: &str, general: &str) -> String {
    let name = [own, general].into_iter().find(|name| page.texts.has(name));
    page.texts.say(name.unwrap_or("define-unknown"))
}

//! What the candidates can be confused with, and how to separate them.

use crate::document::{Side, Tone};
use crate::statement::input::{Candidate, Likeness, Ranked};
use crate::statement::page::Page;

/// Look-alikes, what tells candidates apart, substances of the same skeleton, and other techniques.
pub(super) fn look_alikes(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-look-alikes");
    let foremost = result.foremost();
    if foremost.is_empty() {
        page.say(Tone::Normal, "no-candidates", &[]);
        return;
    }
    let mut stereo = false;
    for candidate in &foremost {
        alike(page, candidate);
        // Of what is not identified the best alone, since the others' tables say little more.
        if candidate.rank == 1 || !result.verdict.substances.is_empty() {
            apart(page, candidate);
        }
        skeleton(page, candidate);
        stereo |= !candidate.same_skeleton.is_empty();
    }
    separate(page, &result.technique, stereo);
}

/// Look-alikes of a peak of a run; how to separate them is told once for all peaks.
pub(super) fn of_peak(page: &mut Page<'_>, result: &Ranked) {
    for candidate in &result.foremost() {
        alike(page, candidate);
        skeleton(page, candidate);
    }
}

/// How to separate look-alikes in practice.
pub(super) fn separate(page: &mut Page<'_>, technique: &str, stereo: bool) {
    page.heading(2, "heading-separate");
    page.say(
        Tone::Normal,
        &format!("separate-{}", known_technique(technique)),
        &[],
    );
    if stereo {
        page.say(Tone::Normal, "separate-stereoisomers", &[]);
    }
    page.say(Tone::Normal, "separate-salts", &[]);
}

/// A technique for which there are messages.
pub(super) fn known_technique(id: &str) -> &str {
    match id {
        "raman" | "infrared" | "near-infrared" | "ei-ms" | "ms-ms" => id,
        _ => "unknown",
    }
}

fn alike(page: &mut Page<'_>, candidate: &Candidate) {
    let name = [("name", candidate.name.as_str())];
    match &candidate.look_alikes {
        None => page.say(Tone::Normal, "look-alikes-not-looked", &name),
        Some(none) if none.is_empty() => page.say(Tone::Normal, "look-alikes-none", &name),
        Some(alike) => {
            page.say(Tone::Normal, "look-alikes-some", &name);
            listed(page, alike);
        }
    }
}

fn apart(page: &mut Page<'_>, candidate: &Candidate) {
    let rows = candidate.told_apart.iter().flatten().map(|other| {
        let by: Vec<String> = other.by.iter().map(|by| page.texts.word(by)).collect();
        let by = if by.is_empty() {
            page.texts.say("apart-as-a-whole")
        } else {
            by.join("; ")
        };
        vec![candidate.name.clone(), other.name.clone(), by]
    });
    let rows = rows.collect();
    let headings = [
        ("column-candidate", Side::Left, 1.6),
        ("column-told-from", Side::Left, 1.6),
        ("column-told-by", Side::Left, 3.6),
    ];
    page.table(Some("table-apart"), &headings, rows);
}

fn skeleton(page: &mut Page<'_>, candidate: &Candidate) {
    if !candidate.same_skeleton.is_empty() {
        page.say(Tone::Normal, "same-skeleton", &[("name", &candidate.name)]);
        listed(page, &candidate.same_skeleton);
    }
}

fn listed(page: &mut Page<'_>, substances: &[Likeness]) {
    let rows = substances.iter().map(|substance| {
        vec![
            substance.name.clone(),
            substance
                .inchikey
                .clone()
                .unwrap_or_else(|| page.texts.none()),
            page.texts.word(&substance.status),
        ]
    });
    let rows = rows.collect();
    let headings = [
        ("column-substance", Side::Left, 2.4),
        ("column-inchikey", Side::Left, 2.2),
        ("column-control", Side::Left, 2.4),
    ];
    page.table(None, &headings, rows);
}

//! What is said, that it is presumptive, and why.

use crate::decide::{NOTICE, VerdictLevel, confirm_by};
use crate::document::{Side, Tone};
use crate::spectrum::Technique;
use crate::statement::input::{Named, Ranked};
use crate::statement::page::Page;

/// PRESUMPTIVE, and what would confirm it.
pub(super) fn notice(page: &mut Page<'_>, result: &Ranked) {
    let own = match result.notice.trim() {
        "" => {
            let technique = Technique::of_id(&result.technique).unwrap_or(Technique::Unknown);
            format!("{NOTICE} {}", confirm_by(technique))
        }
        notice => notice.to_owned(),
    };
    page.sentence(Tone::Notice, &own);
}

/// The verdict in plain words with the control status of what is named.
pub(super) fn verdict(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-verdict");
    let verdict = &result.verdict;
    let level = verdict.level.id();
    let named: Vec<String> = verdict.substances.iter().map(|n| told(page, n)).collect();
    let text = match (verdict.level, named.as_slice()) {
        (VerdictLevel::Identified, [one]) => page.texts.say_with("verdict-one", &[("name", one)]),
        (VerdictLevel::Identified, [_, ..]) => {
            let number = named.len().to_string();
            let names = named.join("; ");
            page.texts
                .say_with("verdict-set", &[("number", &number), ("names", &names)])
        }
        _ => page.texts.say(&format!("verdict-{level}")),
    };
    page.write(Tone::Verdict, text);
    page.say(Tone::Normal, &format!("meaning-{level}"), &[]);
    let rows = verdict.substances.iter().map(|named| {
        vec![
            named.name.clone(),
            named.inchikey.clone().unwrap_or_else(|| page.texts.none()),
            page.texts.word(&named.status),
            named
                .possible_status
                .as_ref()
                .map_or_else(|| page.texts.none(), |s| page.texts.word(s)),
        ]
    });
    let rows = rows.collect();
    let headings = [
        ("column-substance", Side::Left, 2.0),
        ("column-inchikey", Side::Left, 2.2),
        ("column-strictest", Side::Left, 1.6),
        ("column-possible", Side::Left, 2.0),
    ];
    page.table(Some("table-named"), &headings, rows);
}

/// A substance with its control status.
fn told(page: &Page<'_>, named: &Named) -> String {
    let status = named.possible_status.as_ref().unwrap_or(&named.status);
    let status = page.texts.word(status);
    let message = match named.rank {
        Some(_) => "named",
        None => "named-without-reference",
    };
    page.texts
        .say_with(message, &[("name", &named.name), ("status", &status)])
}

/// Why, one sentence each.
pub(super) fn reasons(page: &mut Page<'_>, result: &Ranked) {
    page.heading(2, "heading-reasons");
    if result.verdict.reasons.is_empty() {
        page.say(Tone::Normal, "no-reasons", &[]);
    }
    page.sentences(result.verdict.reasons.iter().map(String::as_str));
}

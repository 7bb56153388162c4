//! The results of several techniques on a sample.

use super::record::{made_by, of_case};
use crate::document::{Side, Tone};
use crate::statement::input::{Case, CaseFinding, Named, NextTest, Supported};
use crate::statement::page::Page;
use crate::statement::writing::Part;

/// Further tests that are told.
const NEXT: usize = 6;

/// A case.
pub(in crate::statement) fn case(page: &mut Page<'_>, case: &Case, part: &Part) {
    page.sentence(Tone::Notice, &case.notice);
    page.heading(1, "heading-agreement");
    page.sentence(Tone::Verdict, &sentence(&case.agreement));
    findings(page, &case.findings);
    for supported in &case.substances {
        substance(page, supported);
    }
    if let Some(leads) = &case.leads {
        page.heading(1, "heading-leads");
        let names = names(page, &leads.substances);
        page.say(Tone::Normal, "leads-words", &[("names", &names)]);
        next(page, &leads.next);
    }
    page.heading(1, "heading-scheme");
    let mut list = page.listing();
    list.recorded("field-scheme", Some(case.scheme.name.clone()));
    list.recorded("field-edition", Some(case.scheme.edition.clone()));
    page.fields(list);
    if let Some(note) = &case.scheme.note {
        page.sentence(Tone::Notice, note);
    }
    page.say(Tone::Normal, "scheme-words", &[]);
    page.sentence(Tone::Normal, &case.limits);
    made_by(page, &case.program, part);
}

fn findings(page: &mut Page<'_>, all: &[CaseFinding]) {
    page.heading(1, "heading-results");
    let row = |(at, finding): (usize, &CaseFinding)| {
        let said = match finding.outcome.as_str() {
            "positive" => {
                let mut sets: Vec<String> = Vec::new();
                for set in finding.claims.iter().map(|c| names(page, &c.substances)) {
                    if !sets.contains(&set) {
                        sets.push(set);
                    }
                }
                sets.join("; ")
            }
            outcome => page.texts.say(&format!("outcome-{outcome}")),
        };
        let origin = &finding.origin;
        let from = match &origin.stated {
            Some(stated) => page.texts.sentence(stated).text,
            None => {
                let place = format!("{} [{}]", origin.file, origin.place);
                let hash = origin.sha256.as_ref().map(|h| format!("SHA-256 {h}"));
                let library = origin.library.as_ref().map(|library| {
                    page.texts
                        .say_with("from-library", &[("library", library.as_str())])
                });
                let all = [Some(place), hash, library, origin.recorded.clone()];
                all.into_iter().flatten().collect::<Vec<_>>().join("; ")
            }
        };
        vec![
            (at + 1).to_string(),
            technique(page, &finding.technique, None),
            said,
            from,
        ]
    };
    let rows = all.iter().enumerate().map(row).collect();
    let headings = [
        ("column-number", Side::Left, 0.5),
        ("column-technique", Side::Left, 1.4),
        ("column-said", Side::Left, 2.0),
        ("column-from", Side::Left, 2.6),
    ];
    page.table(Some("table-results"), &headings, rows);
    of_case(page, all);
    for (at, finding) in all.iter().enumerate() {
        if !finding.remarks.is_empty() {
            let number = (at + 1).to_string();
            page.say(Tone::Normal, "remarks-of", &[("number", &number)]);
            page.sentences(finding.remarks.iter().map(String::as_str));
        }
    }
}

fn substance(page: &mut Page<'_>, supported: &Supported) {
    let named = names(page, &supported.substances);
    let text = page
        .texts
        .say_with("heading-substance", &[("names", &named)]);
    page.blocks
        .push(crate::document::Block::Heading { level: 1, text });
    let judged = sentence(&supported.minimum.text);
    page.sentence(Tone::Notice, &judged);
    if !supported.minimum.findings.is_empty() {
        let by: Vec<String> = supported
            .minimum
            .findings
            .iter()
            .map(usize::to_string)
            .collect();
        page.say(Tone::Normal, "by-results", &[("numbers", &by.join(", "))]);
    }
    page.sentences(supported.contradictions.iter().map(String::as_str));
    let row = |named: &Named| {
        vec![
            named.name.clone(),
            named.inchikey.clone().unwrap_or_else(|| page.texts.none()),
            page.texts.word(&named.status),
        ]
    };
    let all = supported.substances.iter().chain(&supported.forms);
    let rows = all.map(row).collect();
    let headings = [
        ("column-substance", Side::Left, 2.0),
        ("column-inchikey", Side::Left, 2.2),
        ("column-control", Side::Left, 2.0),
    ];
    page.table(Some("table-open"), &headings, rows);
    if !supported.forms.is_empty() {
        page.say(Tone::Small, "forms-words", &[]);
    }
    let rows = supported.evidence.iter().map(|one| {
        let because = one.because.iter().map(|b| page.texts.sentence(b).text);
        let because: Vec<String> = because.collect();
        vec![
            one.finding.to_string(),
            technique(page, &one.technique, None),
            category(page, &one.category),
            category(page, &one.counts_as),
            match because.is_empty() {
                true => page.texts.none(),
                false => because.join("; "),
            },
        ]
    });
    let rows = rows.collect();
    let headings = [
        ("column-number", Side::Left, 0.5),
        ("column-technique", Side::Left, 1.6),
        ("column-category", Side::Left, 0.9),
        ("column-counts", Side::Left, 0.9),
        ("column-less", Side::Left, 2.6),
    ];
    page.table(Some("table-evidence"), &headings, rows);
    next(page, &supported.next);
}

fn next(page: &mut Page<'_>, tests: &[NextTest]) {
    let row = |test: &NextTest| {
        let share = test.tells_apart.map(|share| {
            let share = page.texts.written(&format!("{:.0}", 100.0 * share));
            page.texts.say_with("per-cent", &[("value", &share)])
        });
        vec![
            technique(page, &test.technique, Some(&test.name)),
            category(page, &test.category),
            share.unwrap_or_else(|| page.texts.none()),
            page.texts.say(if test.completes { "yes" } else { "no" }),
        ]
    };
    let rows: Vec<Vec<String>> = tests.iter().take(NEXT).map(row).collect();
    if rows.is_empty() {
        return;
    }
    let headings = [
        ("column-technique", Side::Left, 2.6),
        ("column-category", Side::Left, 0.8),
        ("column-apart", Side::Left, 1.2),
        ("column-completes", Side::Left, 1.2),
    ];
    page.table(Some("table-next"), &headings, rows);
    page.say(Tone::Small, "next-words", &[]);
}

fn names(page: &Page<'_>, named: &[Named]) -> String {
    let all: Vec<&str> = named.iter().map(|n| n.name.as_str()).collect();
    all.join(&page.texts.say("or"))
}

/// A technique in words: the message of its name, else what the scheme calls it.
fn technique(page: &Page<'_>, id: &str, name: Option<&str>) -> String {
    let message = format!("technique-{}", if id.is_empty() { "unknown" } else { id });
    match page.texts.has(&message) {
        true => page.texts.say(&message),
        false => name.unwrap_or(id).to_owned(),
    }
}

fn category(page: &Page<'_>, id: &str) -> String {
    match id {
        "none" => page.texts.say("category-none"),
        letter => letter.to_owned(),
    }
}

/// A phrase as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let point = if text.ends_with('.') { "" } else { "." };
    format!("{}{}{point}", first.unwrap_or_default(), letters.as_str())
}

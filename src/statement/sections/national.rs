//! What a country's own law says.

use crate::document::{Side, Tone};
use crate::statement::input::{Candidate, NationalEntry, NationalStatus, Ranked};
use crate::statement::page::Page;

/// The national status of what is named, else of the best candidates.
pub(super) fn national(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-national");
    let foremost = result.foremost();
    let asked: Vec<(&Candidate, &NationalStatus)> = foremost
        .iter()
        .filter_map(|c| Some((*c, c.control.national.as_ref()?)))
        .collect();
    if asked.is_empty() {
        page.say(Tone::Normal, "national-none", &[]);
    }
    for (candidate, status) in asked {
        one(page, candidate, status);
    }
}

fn one(page: &mut Page<'_>, candidate: &Candidate, status: &NationalStatus) {
    let texts = page.texts;
    let day = status
        .day
        .as_ref()
        .map_or_else(|| texts.none(), |day| texts.moment(day));
    let summary = texts.word(&status.summary);
    let values = [
        ("name", candidate.name.as_str()),
        ("country", &status.country),
        ("day", &day),
        ("summary", &summary),
    ];
    page.say(Tone::Normal, "national-heading", &values);
    let rows = status
        .standings
        .iter()
        .map(|entry| row(page, entry))
        .collect();
    let headings = [
        ("column-list", Side::Left, 1.8),
        ("column-entry", Side::Left, 1.8),
        ("column-status", Side::Left, 1.4),
        ("column-force", Side::Left, 1.4),
    ];
    page.table(None, &headings, rows);
    let caveats = status.standings.iter().flat_map(|entry| &entry.caveats);
    page.sentences(caveats.chain(&status.remarks).map(String::as_str));
    if let Some(overlay) = &status.overlay {
        let signed = texts.word(&overlay.signed_by);
        let as_of = texts.moment(&overlay.as_of);
        let values = [
            ("title", overlay.title.as_str()),
            ("issuer", &overlay.issued_by),
            ("version", &overlay.list_version),
            ("day", &as_of),
            ("signed", &signed),
            ("hash", &overlay.sha256),
        ];
        page.say(Tone::Small, "national-source", &values);
    }
}

fn row(page: &Page<'_>, entry: &NationalEntry) -> Vec<String> {
    let texts = page.texts;
    let since = entry
        .from
        .as_ref()
        .map(|day| texts.say_with("since", &[("day", day)]));
    let until = entry
        .to
        .as_ref()
        .map(|day| texts.say_with("until", &[("day", day)]));
    let period: Vec<String> = since.into_iter().chain(until).collect();
    let law = if entry.law_title_local.is_empty() {
        &entry.law_title
    } else {
        &entry.law_title_local
    };
    let list: Vec<&str> = [entry.list_label.as_str(), law]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    vec![
        list.join(", "),
        format!("{} {}", entry.entry_no, entry.name_official),
        format!(
            "{} ({})",
            texts.word(&entry.status),
            texts.word(&entry.category)
        ),
        if period.is_empty() {
            texts.none()
        } else {
            period.join("; ")
        },
    ]
}

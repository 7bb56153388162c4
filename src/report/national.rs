//! The national status of a substance for people.

use super::text::wrapped_at;
use crate::national::{NationalStanding, NationalStatus};

/// What a country's overlay says of a substance, in lines of at most 98 columns; it stands below the
/// international control and never in its place.
pub fn national_text(status: &NationalStatus) -> String {
    let country = status.country;
    let Some((overlay, day)) = status.overlay.as_ref().zip(status.day) else {
        let summary = format!("{country}: {}.", status.summary);
        return paragraphs([summary].iter().chain(&status.remarks));
    };
    let mut text = format!("  Law of {country} on {day}:\n");
    let mut is_named = false;
    for standing in status.named() {
        is_named = true;
        text.push_str(&one(standing));
    }
    if !is_named {
        text.push_str(&wrapped_at("    ", &status.summary));
    }
    text.push_str(&paragraphs(status.remarks.iter()));
    let source = format!(
        "Overlay: {}, by {}, version {}, as of {}; {}.",
        overlay.title, overlay.issued_by, overlay.list_version, overlay.as_of, overlay.signed_by
    );
    text.push_str(&wrapped_at("  ", &source));
    text
}

fn paragraphs<'a>(sentences: impl Iterator<Item = &'a String>) -> String {
    sentences
        .map(|sentence| wrapped_at("  ", sentence))
        .collect()
}

fn one(standing: &NationalStanding) -> String {
    let mut text = wrapped_at("    ", &standing.words());
    let found = standing.matched_by.map_or("not looked up", |by| by.words());
    let named = match standing.name_local.is_empty() {
        true => standing.name_official.clone(),
        false => format!("{} ({})", standing.name_official, standing.name_local),
    };
    let place = format!("{}: {named}; {found}.", standing.place());
    text.push_str(&wrapped_at("      ", &place));
    for caveat in &standing.caveats {
        text.push_str(&wrapped_at("      ", caveat));
    }
    let parts = [
        ("published in", &standing.gazette_ref),
        ("authority:", &standing.competent_authority),
        ("customs code", &standing.hs_national),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| format!("{label} {value}"))
        .collect();
    if !parts.is_empty() {
        text.push_str(&wrapped_at("      ", &format!("{}.", parts.join("; "))));
    }
    text
}

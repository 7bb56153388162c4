//! What stands at the head of each file.

use super::sift::Sifted;
use super::table::Counts;
use super::{Desk, Period};
use crate::cases::Cases;

/// The first line of every file.
pub const WORKING_FILE: &str = "working file of specid, not an official layout of INCB/ASEAN";

/// The head of an export: name and value.
pub(super) fn about(
    title: &str,
    period: &Period,
    desk: &Desk<'_>,
    cases: &Cases,
) -> Vec<(String, String)> {
    let header = &desk.header;
    let mut lines = vec![
        ("note".to_owned(), WORKING_FILE.to_owned()),
        ("for".to_owned(), title.to_owned()),
        ("period".to_owned(), period.label.clone()),
    ];
    for (name, value) in [
        ("country", &header.country),
        ("authority", &header.authority),
        ("officer", &header.officer),
        ("contact", &header.contact),
        ("laboratory", &header.laboratory),
    ] {
        lines.extend(value.as_ref().map(|value| (name.to_owned(), value.clone())));
    }
    for input in &cases.inputs {
        lines.push((
            "input".to_owned(),
            format!("{}: {}", input.path.display(), input.what),
        ));
    }
    lines.extend(
        cases
            .warnings
            .iter()
            .map(|w| ("warning".to_owned(), w.clone())),
    );
    let known = desk.register.rules().complete_to();
    let law = known.map_or_else(
        || "it is not said up to when".to_owned(),
        |day| format!("up to {day}; later ones are not in it, unless an entry says so"),
    );
    for (name, value) in [
        ("law", format!("status on the day of each seizure, by the decisions that the register holds: {law}")),
        ("national law", match desk.national {
            Some(_) => "as loaded".to_owned(),
            None => "national status not loaded".to_owned(),
        }),
        ("quantities", "from the case manifests only, as weighed; kg, l or tablets; nothing is converted from salt to base".to_owned()),
        ("presumptive", "a screening result by similarity of spectra; it is never added to confirmed ones".to_owned()),
        ("blank", "not stated by the inputs: for the authority to fill in".to_owned()),
        ("program", format!("specid {}", crate::program::VERSION)),
    ] {
        lines.push((name.to_owned(), value));
    }
    lines
}

/// How many samples went where.
pub(super) fn counts(sifted: &Sifted<'_>, cases: &Cases) -> Counts {
    let without = sifted.claimed.iter().filter(|c| c.sample.amount.is_none());
    Counts {
        samples: cases.samples.len(),
        counted: sifted.claimed.len(),
        without_quantity: without.count(),
        not_counted: cases.samples.len() - sifted.claimed.len(),
        repeated: cases.repeated.len(),
    }
}

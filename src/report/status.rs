//! The control status of one substance as an answer of its own.

use super::text::wrapped_at;
use crate::spectrum::Identity;
use crate::substance::{Instrument, On, Register, Standing, Status};
use serde::Serialize;

/// The machine-readable answer.
#[derive(Debug, Serialize)]
pub struct StatusView<'a> {
    asked: &'a str,
    name: &'a str,
    cas: Option<&'a str>,
    cas_checked: bool,
    inchikey: Option<&'a str>,
    role: Option<&'a str>,
    class: Option<&'a str>,
    end_product: Option<&'a str>,
    hs: Option<&'a str>,
    on: Option<String>,
    register_complete_to: Option<String>,
    status: &'static str,
    instrument: Option<Instrument>,
    possible: &'a [Standing],
    remarks: &'a [String],
}

impl<'a> StatusView<'a> {
    /// The view of an answer.
    pub fn of(
        asked: &'a str,
        identity: &'a Identity,
        status: &'a Status,
        register: &'a Register,
    ) -> Self {
        let substance = register.substance_of(identity);
        let strictest = status.strictest();
        Self {
            asked,
            name: &identity.name,
            cas: identity.cas.as_deref(),
            cas_checked: substance.is_some_and(|s| s.cas_checked),
            inchikey: identity.inchikey.as_deref(),
            role: substance.map(|s| s.role.as_str()),
            class: substance.map(|s| s.class.as_str()),
            end_product: substance.and_then(|s| s.end_product.as_deref()),
            hs: substance.and_then(|s| s.hs.as_deref()),
            on: status.on.day().map(|day| day.to_string()),
            register_complete_to: register.rules().complete_to().map(|w| w.to_string()),
            status: strictest.status,
            instrument: Some(strictest.instrument).filter(|i| *i != Instrument::Unregistered),
            possible: status.standings(),
            remarks: &status.remarks,
        }
    }
}

/// The answer for people, in lines of at most 98 columns.
pub fn control_text(identity: &Identity, status: &Status, register: &Register) -> String {
    let substance = register.substance_of(identity);
    let mut text = format!("{}\n", identity.name);
    let cas = identity.cas.as_ref().map(|cas| {
        let checked = substance.is_some_and(|s| s.cas_checked);
        let doubt = if checked { "" } else { " (unconfirmed)" };
        format!("CAS {cas}{doubt}")
    });
    let role = substance.map(|s| format!("{}, {}", s.role, s.class));
    let known: Vec<String> = role
        .into_iter()
        .chain(cas)
        .chain(identity.inchikey.clone())
        .collect();
    text.push_str(&wrapped_at("  ", &known.join("; ")));
    let day = match (status.on, register.rules().complete_to()) {
        (On::Day(day), _) => format!("on {day}"),
        (On::Newest, Some(known)) => format!("by decisions up to {known}"),
        (On::Newest, None) => "as far as the register goes".to_owned(),
    };
    let heading = match status.standings() {
        [_] => "",
        _ => ", one of these, strictest first",
    };
    text.push_str(&format!("\n  International control {day}{heading}:\n"));
    for standing in status.standings() {
        text.push_str(&one(standing));
    }
    for remark in &status.remarks {
        text.push_str(&wrapped_at("  ", remark));
    }
    text
}

fn one(standing: &Standing) -> String {
    let since = standing
        .since
        .as_ref()
        .filter(|_| standing.instrument.is_listing());
    let since = since
        .map(|date| format!(", since {date}"))
        .unwrap_or_default();
    let until = standing.until.as_ref();
    let until = until
        .map(|date| format!(", until {date}"))
        .unwrap_or_default();
    let mut text = format!("    {}{since}{until}\n", standing.status);
    let reason = standing.reason.trim_end_matches('.');
    text.push_str(&wrapped_at("      ", &format!("{reason}.")));
    let parts = [
        standing.decision.as_ref().map(|d| format!("decision: {d}")),
        standing
            .source
            .as_ref()
            .map(|s| format!("source: {}", s.replace('|', ", "))),
        standing.entry.as_ref().map(|_| match standing.checked {
            true => "compared with a published list".to_owned(),
            false => "to our knowledge, not yet compared with the official list".to_owned(),
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        text.push_str(&wrapped_at("      ", &format!("{}.", parts.join("; "))));
    }
    text
}

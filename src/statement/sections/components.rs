//! What a mixture is made of, and what its components leave.

use crate::decide::VerdictLevel;
use crate::document::{Side, Tone};
use crate::statement::input::{Component, Ranked, Residual};
use crate::statement::page::Page;

/// Ions of the residual that are told.
const IONS: usize = 5;

/// Components with their shares of the signal, and the residual.
pub(super) fn components(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-components");
    let Some(components) = &result.components else {
        page.say(Tone::Normal, "components-not-looked", &[]);
        return;
    };
    let number = components.len().to_string();
    // Curves have a residual that is not theirs.
    let mass = result.is_mass();
    let name = match (components.len(), mass) {
        (0, _) => "components-none",
        (1, true) => "components-one",
        (1, false) => "components-one-curve",
        (_, true) => "components-several",
        (_, false) => "components-several-curve",
    };
    page.say(Tone::Normal, name, &[("number", &number)]);
    let rows = components.iter().map(|c| row(page, c)).collect();
    let headings = [
        ("column-substance", Side::Left, 2.4),
        ("column-share", Side::Right, 1.0),
        ("column-interval", Side::Right, 1.3),
        ("column-control", Side::Left, 2.2),
        ("column-instead", Side::Left, 2.6),
    ];
    page.table(Some("table-components"), &headings, rows);
    // What the verdict explains is not unexplained.
    let explained = components.is_empty() && result.verdict.level == VerdictLevel::Identified;
    if let Some(residual) = result.residual.as_ref().filter(|_| !explained) {
        left(page, residual, mass);
    }
    page.sentences(result.component_notes.iter().map(String::as_str));
}

fn row(page: &Page<'_>, component: &Component) -> Vec<String> {
    let texts = page.texts;
    let instead: Vec<String> = component
        .look_alikes
        .iter()
        .map(|other| {
            let status = texts.word(&other.status);
            texts.say_with("named", &[("name", &other.name), ("status", &status)])
        })
        .collect();
    let name = match component.known {
        true => texts.say_with("component-known", &[("name", &component.name)]),
        false => component.name.clone(),
    };
    let (share, low, high) = (
        texts.percent(component.share, 0),
        texts.percent(component.low, 0),
        texts.percent(component.high, 0),
    );
    vec![
        name,
        texts.say_with("per-cent", &[("value", &share)]),
        texts.say_with("from-to-per-cent", &[("low", &low), ("high", &high)]),
        texts.word(&component.status),
        if instead.is_empty() {
            texts.none()
        } else {
            instead.join("; ")
        },
    ]
}

fn left(page: &mut Page<'_>, residual: &Residual, mass: bool) {
    let share = page.texts.percent(residual.share, 0);
    let name = match (residual.structured, mass) {
        (true, _) => "residual-structured",
        (false, true) => "residual-plain-ions",
        (false, false) => "residual-plain",
    };
    page.say(Tone::Normal, name, &[("share", &share)]);
    if !residual.like.is_empty() {
        page.say(
            Tone::Normal,
            "residual-like",
            &[("names", &residual.like.join(", "))],
        );
    }
    let texts = page.texts;
    let largest = residual.ions.iter().take(IONS).map(|ion| {
        let digits = if ion.mz.fract() == 0.0 { 0 } else { 4 };
        format!(
            "{} ({} %)",
            texts.number(ion.mz, digits),
            texts.percent(ion.share, 0)
        )
    });
    let largest: Vec<String> = largest.collect();
    if !largest.is_empty() {
        let ions = largest.join("; ");
        page.say(Tone::Normal, "residual-largest", &[("ions", &ions)]);
    }
}

//! Whether the spectrum is good enough, with cause and remedy of what limits it.

use crate::document::Tone;
use crate::statement::input::Ranked;
use crate::statement::page::Page;

/// Quality of the spectrum, and what was found odd on the way.
pub(super) fn quality(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-quality");
    let quality = &result.quality;
    let mut list = page.listing();
    let level = match quality.level.as_str() {
        level @ ("good" | "limited" | "poor") => Some(page.texts.say(&format!("quality-{level}"))),
        _ => None,
    };
    list.recorded("field-quality", level);
    let points = if result.is_mass() {
        "field-peaks"
    } else {
        "field-points"
    };
    list.given(points, quality.points.to_string());
    if !result.is_mass() {
        let ratio = quality
            .signal_to_noise
            .map(|ratio| page.texts.number(ratio, 0));
        list.recorded("field-signal-to-noise", ratio);
    }
    page.fields(list);
    page.say(Tone::Small, "quality-rule-of-thumb", &[]);
    if quality.findings.is_empty() {
        page.say(Tone::Normal, "no-findings", &[]);
    }
    page.sentences(quality.findings.iter().map(String::as_str));
    if !result.warnings.is_empty() {
        page.heading(2, "heading-warnings");
        page.sentences(result.warnings.iter().map(|w| w.message.as_str()));
    }
}

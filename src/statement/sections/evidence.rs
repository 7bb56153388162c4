//! Unknowns of other laboratories that the spectrum is like.

use crate::document::Tone;
use crate::statement::input::Ranked;
use crate::statement::page::Page;

/// Alerts.
pub(super) fn alerts(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-alerts");
    if result.alerts.is_empty() {
        page.say(Tone::Normal, "alerts-none", &[]);
    }
    for alert in &result.alerts {
        let similarity = page.texts.number(alert.similarity, 2);
        let values = [
            ("notice", alert.notice.as_str()),
            ("publisher", &alert.publisher),
            ("similarity", &similarity),
        ];
        page.say(Tone::Notice, "alert", &values);
        if let Some(named) = &alert.named {
            page.say(Tone::Normal, "alert-named", &[("name", named)]);
        }
        page.sentences(alert.hypothesis.iter().map(String::as_str));
    }
}

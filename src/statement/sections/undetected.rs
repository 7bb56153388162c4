//! What could not have been detected.

use crate::document::{Side, Tone};
use crate::statement::input::{Ranked, Target};
use crate::statement::page::Page;

/// What a negative means for the substances that were asked for, and for all others.
pub(super) fn undetected(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-undetected");
    if result.targets.is_empty() {
        page.say(Tone::Normal, "targets-none", &[]);
    } else {
        page.say(Tone::Normal, "targets-some", &[]);
        let (held, others): (Vec<&Target>, Vec<&Target>) =
            result.targets.iter().partition(|target| target.in_library);
        let rows = held.iter().map(|target| {
            let none = || page.texts.none();
            vec![
                target.name.clone(),
                target.inchikey.clone().unwrap_or_else(none),
                page.texts.word(&target.note),
            ]
        });
        let rows = rows.collect();
        let headings = [
            ("column-target", Side::Left, 1.8),
            ("column-inchikey", Side::Left, 2.2),
            ("column-noticed", Side::Left, 3.2),
        ];
        page.table(Some("table-targets"), &headings, rows);
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|target| target.name.as_str()).collect();
            let names = names.join(", ");
            page.say(Tone::Normal, "targets-untested", &[("names", &names)]);
        }
    }
    page.say(Tone::Normal, "undetected-general", &[]);
    let technique = super::look_alikes::known_technique(&result.technique);
    page.say(Tone::Normal, &format!("undetected-{technique}"), &[]);
}

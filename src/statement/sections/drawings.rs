//! The figures, and why some are missing.

use crate::document::Tone;
use crate::statement::figures::figures;
use crate::statement::input::{Material, Ranked};
use crate::statement::page::Page;

/// The sample over its references.
pub(super) fn drawings(page: &mut Page<'_>, result: &Ranked, material: &Material) {
    page.heading(1, "heading-figures");
    let found = figures(result, material, page.texts);
    for text in found.missing {
        page.write(Tone::Normal, text);
    }
    if found.drawn.is_empty() {
        page.say(Tone::Normal, "no-figures", &[]);
    }
    for figure in found.drawn {
        page.figure(figure);
    }
}

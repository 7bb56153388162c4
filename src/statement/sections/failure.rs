//! A spectrum for which there is no result.

use super::{origin, record};
use crate::document::Tone;
use crate::statement::input::Failure;
use crate::statement::page::Page;
use crate::statement::writing::Part;

/// That there is no result, and why.
pub(in crate::statement) fn failed(page: &mut Page<'_>, failure: &Failure, part: &Part) {
    page.heading(1, "heading-verdict");
    page.say(Tone::Verdict, "verdict-no-result", &[]);
    page.say(Tone::Normal, "no-result-because", &[]);
    page.sentence(Tone::Normal, &failure.error.message);
    page.say(Tone::Normal, "no-result-means", &[]);
    page.heading(1, "heading-raw-file");
    origin::source(page, &failure.source);
    record::made_by(page, &failure.program, part);
}

//! A spectrum for which there is no result.

use super::origin;
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
    page.heading(1, "heading-program");
    let program = &failure.program;
    let mut list = page.listing();
    let made = format!("{} {}", program.name, program.version);
    list.recorded("field-program", Some(made.trim().to_owned()));
    list.given(
        "field-written-by",
        format!("specid {}", env!("CARGO_PKG_VERSION")),
    );
    list.given("field-result-file", part.read_from.clone());
    list.given("field-result-id", part.id.clone());
    page.fields(list);
}

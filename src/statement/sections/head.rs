//! What, for whom, by whom and when.

use crate::document::Tone;
use crate::spectrum::Spectrum;
use crate::statement::input::Outcome;
use crate::statement::page::Page;
use crate::statement::writing::{Part, Statement};
use std::path::Path;

/// The name of the sample: what people call it, else what the result says.
pub(in crate::statement) fn sample_name(statement: &Statement) -> Option<String> {
    let details = &statement.details;
    let first = statement.parts.first();
    let record = || first.and_then(|part| part.outcome.source().id.clone());
    let file = || {
        let path = Path::new(&first?.outcome.source().path);
        Some(path.file_name()?.to_string_lossy().into_owned())
    };
    let named = details.sample.clone().or_else(|| statement.sample.clone());
    named.or_else(record).or_else(file)
}

/// Names of report, case and sample, and the days.
pub(in crate::statement) fn head(page: &mut Page<'_>, statement: &Statement) {
    let (details, texts) = (&statement.details, page.texts);
    let day = |text: &Option<String>| text.as_ref().map(|text| texts.moment(text));
    let mut list = page.listing();
    list.supplied("field-report", details.report.clone());
    let ids: Vec<&str> = statement.parts.iter().map(|p| p.id.as_str()).collect();
    list.given("field-result-id", ids.join(", "));
    let laboratory = details
        .laboratory
        .clone()
        .or_else(|| statement.letterhead.laboratory.clone());
    list.supplied("field-laboratory", laboratory);
    list.supplied("field-requested-by", details.requested_by.clone());
    list.supplied("field-case", details.case.clone());
    list.supplied("field-item", details.item.clone());
    list.supplied("field-sample", details.sample.clone());
    list.supplied(
        "field-sample-id",
        statement.sample.clone().or_else(|| record_ids(statement)),
    );
    list.supplied("field-description", details.description.clone());
    list.supplied("field-quantity", details.quantity.clone());
    list.supplied("field-place", details.place.clone());
    list.supplied("field-sampling", details.sampling.clone());
    list.supplied("field-date-received", day(&details.date_received));
    let measured = day(&details.date_measured);
    list.supplied(
        "field-date-measured",
        measured.or_else(|| of_spectra(statement, page, &|s| s.provenance.date.clone())),
    );
    list.recorded("field-date-identified", identified(statement, page));
    list.given("field-date-issued", texts.moment(&statement.issued));
    let method = details.method.clone();
    list.supplied(
        "field-method",
        method.or_else(|| of_spectra(statement, page, &|s| s.provenance.method.clone())),
    );
    list.given("field-technique", techniques(statement, page));
    let instrument = details.instrument.clone();
    list.supplied(
        "field-instrument",
        instrument.or_else(|| of_spectra(statement, page, &|s| s.provenance.instrument.clone())),
    );
    list.supplied("field-analyst", details.analyst.clone());
    list.supplied("field-remarks", details.remarks.clone());
    page.fields(list);
    if let Some(time) = statement.identified_later() {
        let (issued, time) = (texts.moment(&statement.issued), texts.moment(time));
        let values = [("issued", issued.as_str()), ("identified", &time)];
        page.say(Tone::Notice, "issued-before", &values);
    }
}

/// Which of several results follows.
pub(in crate::statement) fn part_heading(page: &mut Page<'_>, statement: &Statement, place: usize) {
    use crate::document::Block;
    let source = statement.parts.get(place).map(|part| part.outcome.source());
    let (number, of) = ((place + 1).to_string(), statement.parts.len().to_string());
    let spectrum = source
        .map(|s| (s.index + 1).to_string())
        .unwrap_or_default();
    let values = [
        ("number", number.as_str()),
        ("of", &of),
        ("file", source.map_or("", |s| s.path.as_str())),
        ("spectrum", &spectrum),
    ];
    if place > 0 {
        page.blocks.push(Block::NewPage);
    }
    let text = page.texts.say_with("heading-part", &values);
    page.blocks.push(Block::Heading { level: 1, text });
}

/// What the raw files say, which the document tells as theirs.
fn of_spectra(
    statement: &Statement,
    page: &Page<'_>,
    what: &dyn Fn(&Spectrum) -> Option<String>,
) -> Option<String> {
    let said = |part: &Part| part.material.spectrum.as_ref().ok().and_then(|s| what(s));
    let all = distinct(statement.parts.iter().filter_map(said));
    let told = all.into_iter().map(|value| {
        page.texts
            .say_with("as-raw-file-says", &[("value", value.trim())])
    });
    joined(told.collect())
}

fn record_ids(statement: &Statement) -> Option<String> {
    joined(distinct(
        statement
            .parts
            .iter()
            .filter_map(|p| p.outcome.source().id.clone()),
    ))
}

fn identified(statement: &Statement, page: &Page<'_>) -> Option<String> {
    let recorded = |part: &Part| match &part.outcome {
        Outcome::Ranked(result) => result.recorded.as_ref().map(|r| page.texts.moment(&r.time)),
        Outcome::Run(run) => run.recorded.as_ref().map(|r| page.texts.moment(&r.time)),
        Outcome::Failed(_) | Outcome::Case(_) => None,
    };
    joined(distinct(statement.parts.iter().filter_map(recorded)))
}

fn techniques(statement: &Statement, page: &Page<'_>) -> String {
    let name = |part: &Part| match &part.outcome {
        Outcome::Ranked(result) => {
            let exact = part.material.spectrum.as_ref().map(|s| s.technique.label());
            match exact {
                Ok(label) => page.texts.word(label),
                Err(_) => page.texts.say(&format!("technique-{}", result.technique)),
            }
        }
        Outcome::Run(_) => page.texts.say("technique-run"),
        Outcome::Failed(_) => page.texts.say("technique-unknown"),
        Outcome::Case(case) => {
            let all = case.findings.iter().map(|f| {
                let name = format!("technique-{}", f.technique);
                match page.texts.has(&name) {
                    true => page.texts.say(&name),
                    false => f.technique.clone(),
                }
            });
            distinct(all).join(", ")
        }
    };
    distinct(statement.parts.iter().map(name)).join(", ")
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for value in values {
        if !value.trim().is_empty() && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn joined(values: Vec<String>) -> Option<String> {
    (!values.is_empty()).then(|| values.join("; "))
}

//! What was measured and what it was compared with: library, references, raw file.

use crate::document::{Side, Tone};
use crate::spectrum::Spectrum;
use crate::statement::input::{Candidate, Material, Ranked, SearchedLibrary, Source};
use crate::statement::page::{Listing, Page};
use crate::statement::writing::Part;

/// References that the table tells.
const SHOWN: usize = 10;
/// Items of the raw file's own description.
const ITEMS: usize = 40;
/// Letters of such an item.
const LETTERS: usize = 200;

/// The library that was searched, and the entries that stand for the candidates.
pub(super) fn library(
    page: &mut Page<'_>,
    library: &SearchedLibrary,
    candidates: &[Candidate],
    material: &Material,
) {
    page.heading(1, "heading-library");
    let mut list = page.listing();
    list.given("field-library", library.name.clone());
    list.given("field-generation", library.generation.to_string());
    // What was opened for this report was read whole and has this hash.
    let hash = match library.verified == Some(true) || material.library.is_ok() {
        true => "field-library-hash",
        false => "field-library-hash-stated",
    };
    list.given(hash, library.hash.clone());
    list.given("field-library-location", library.location.clone());
    list.given("field-compared", library.compared.to_string());
    page.fields(list);
    let rows = candidates.iter().take(SHOWN).map(|candidate| {
        let kind = match candidate.reference_kind.as_str() {
            kind @ ("full-spectrum" | "principal-ions" | "band-table") => {
                page.texts.say(&format!("kind-{kind}"))
            }
            other => other.to_owned(),
        };
        let origin = candidate.reference_origin.clone();
        vec![
            candidate.rank.to_string(),
            candidate.entry_id.clone(),
            candidate.name.clone(),
            kind,
            origin.unwrap_or_else(|| page.texts.say("not-stated")),
        ]
    });
    let rows = rows.collect();
    let headings = [
        ("column-rank", Side::Right, 0.7),
        ("column-reference", Side::Left, 2.0),
        ("column-substance", Side::Left, 2.2),
        ("column-kind", Side::Left, 1.6),
        ("column-origin", Side::Left, 2.4),
    ];
    page.table(Some("table-references"), &headings, rows);
}

/// The raw file, and what it says of the measurement.
pub(super) fn raw_file(page: &mut Page<'_>, result: &Ranked, part: &Part) {
    page.heading(1, "heading-raw-file");
    source(page, &result.source);
    described(page, &part.material);
}

/// Name, format, hash and place of a raw file.
pub(super) fn source(page: &mut Page<'_>, source: &Source) {
    let mut list = page.listing();
    list.given("field-file", source.path.clone());
    list.recorded("field-format", source.format.clone());
    list.recorded("field-sha256", source.sha256.clone());
    list.given("field-position", (source.index + 1).to_string());
    list.recorded("field-record-id", source.id.clone());
    page.fields(list);
}

fn described(page: &mut Page<'_>, material: &Material) {
    page.heading(2, "heading-measurement");
    match &material.spectrum {
        Ok(spectrum) => {
            page.say(Tone::Normal, "raw-file-found", &[]);
            measurement(page, spectrum);
        }
        Err(absent) => {
            let name = format!("no-description-{}", absent.id());
            page.say(Tone::Normal, &name, &[("what", absent.what())]);
        }
    }
}

fn measurement(page: &mut Page<'_>, spectrum: &Spectrum) {
    let texts = page.texts;
    let own = &spectrum.provenance;
    let mut list = page.listing();
    list.supplied("field-title", Some(spectrum.title.clone()));
    list.given("field-technique", texts.word(spectrum.technique.label()));
    list.supplied("field-date-measured", own.date.clone());
    list.supplied("field-instrument", own.instrument.clone());
    list.supplied("field-method", own.method.clone());
    list.supplied("field-operator", operator(spectrum));
    list.supplied("field-owner", own.owner.clone());
    list.supplied(
        "field-resolution",
        stated(spectrum, &["resolution", "resolution / cm-1"]),
    );
    if spectrum.technique == crate::spectrum::Technique::Raman {
        let laser = own.laser_nm.map(|nm| format!("{} nm", texts.number(nm, 1)));
        list.supplied("field-laser", laser);
    }
    if let Some((low, high)) = spectrum.x_range() {
        let values = [texts.number(low, 1), texts.number(high, 1)];
        let unit = texts.word(spectrum.x_unit.label());
        let [low, high] = &values;
        let range = [("low", low.as_str()), ("high", high), ("unit", &unit)];
        list.given("field-range", texts.say_with("range", &range));
    }
    list.given("field-points", spectrum.len().to_string());
    list.given("field-ordinate", texts.word(spectrum.y_unit.label()));
    if let Some(seconds) = spectrum.retention {
        list.given(
            "field-retention",
            format!("{} min", texts.number(seconds / 60.0, 2)),
        );
    }
    precursor(&mut list, spectrum, page);
    page.fields(list);
    rest(page, spectrum);
}

fn precursor(list: &mut Listing<'_>, spectrum: &Spectrum, page: &Page<'_>) {
    if let Some(precursor) = &spectrum.precursor {
        list.supplied(
            "field-precursor",
            precursor.mz.map(|mz| page.texts.number(mz, 4)),
        );
        list.supplied("field-adduct", precursor.adduct.clone());
        list.supplied("field-collision-energy", precursor.collision_energy.clone());
    }
}

fn operator(spectrum: &Spectrum) -> Option<String> {
    let labels = [
        "operator",
        "operator name",
        "operator_name",
        "$operator",
        "analyst",
    ];
    stated(spectrum, &labels)
}

/// The first of these labels that the raw file states.
fn stated(spectrum: &Spectrum, labels: &[&str]) -> Option<String> {
    let found = labels.iter().find_map(|label| spectrum.meta(label));
    found
        .filter(|value| !value.trim().is_empty())
        .map(str::to_owned)
}

/// All else that the raw file states, as it states it.
fn rest(page: &mut Page<'_>, spectrum: &Spectrum) {
    if spectrum.metadata.is_empty() {
        return;
    }
    page.say(Tone::Small, "raw-file-states", &[]);
    let mut list = page.listing();
    for (label, value) in spectrum.metadata.iter().take(ITEMS) {
        let short = |text: &str| text.chars().take(LETTERS).collect::<String>();
        list.foreign(&short(label), &short(value));
    }
    page.fields(list);
    if let more @ 1.. = spectrum.metadata.len().saturating_sub(ITEMS) {
        page.say(
            Tone::Small,
            "raw-file-more",
            &[("number", &more.to_string())],
        );
    }
}

//! Columns and cells of the tables.

use crate::screen::brief::Brief;
use crate::screen::manifest::Fields;
use crate::screen::sample::{Component, Hint, Judged, strictest, strictness};
use crate::screen::table::{Cell, Column, Kind};

const fn text(name: &'static str, width: u16) -> Column {
    Column {
        name,
        kind: Kind::Text,
        width,
    }
}

const fn number(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Number,
        width: 9,
    }
}

const fn whole(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Whole,
        width: 9,
    }
}

/// What stands first in a row: the sample, and what the manifest says.
const MANIFEST: &[Column] = &[
    text("sample", 18),
    text("case", 12),
    text("item", 8),
    number("quantity"),
    text("unit", 6),
    text("place", 14),
    text("date", 11),
    text("instrument", 14),
    text("operator", 14),
    text("remarks", 20),
];

/// One row a spectrum, after [`MANIFEST`].
const SPECTRUM: &[Column] = &[
    text("file", 30),
    whole("spectrum"),
    text("record", 18),
    text("technique", 12),
    number("retention_min"),
    number("area_percent"),
    number("retention_index"),
    number("ratio_to_internal_standard"),
    Column {
        name: "is_internal_standard",
        kind: Kind::Flag,
        width: 8,
    },
    Column {
        name: "in_blank",
        kind: Kind::Flag,
        width: 8,
    },
    text("sample_verdict", 14),
    text("verdict", 14),
    text("substances", 28),
    number("false_positive_rate"),
    number("false_positive_low"),
    number("false_positive_high"),
    text("best_candidate", 24),
    text("inchikey", 28),
    text("cas", 12),
    number("score"),
    number("margin"),
    text("control_status", 20),
    text("controlled_since", 12),
    Column {
        name: "control_checked",
        kind: Kind::Flag,
        width: 8,
    },
    text("class", 16),
    text("role", 14),
    text("look_alikes", 24),
    text("components", 40),
    text("component_status", 20),
    number("unexplained"),
    text("class_hypothesis", 30),
    text("quality", 9),
    number("axis_shift"),
    text("axis_unit", 8),
    text("second_look", 24),
    whole("unknown_group"),
    text("targets", 30),
    text("reasons", 40),
    text("warnings", 40),
    text("error_kind", 14),
    text("error", 40),
    text("library", 14),
    whole("generation"),
    text("library_hash", 20),
    text("sha256", 20),
];

/// One row a sample, after [`MANIFEST`].
const SAMPLE: &[Column] = &[
    text("verdict", 14),
    text("substances", 28),
    text("components", 40),
    text("components_of_spectra", 40),
    text("control_status", 20),
    text("class", 16),
    number("false_positive_rate"),
    number("false_positive_low"),
    number("false_positive_high"),
    number("score"),
    whole("spectra"),
    text("techniques", 14),
    text("quality", 9),
    text("second_look", 24),
    text("why", 60),
    whole("unknown_group"),
    text("reasons", 60),
];

/// Columns of a table of one row a spectrum.
pub fn of_spectra() -> Vec<Column> {
    [MANIFEST, SPECTRUM].concat()
}

/// Columns of a table of one row a sample.
pub fn of_samples() -> Vec<Column> {
    [MANIFEST, SAMPLE].concat()
}

/// One row a setting.
pub const SETTINGS: &[Column] = &[text("setting", 24), text("value", 80)];

fn optional(value: &Option<String>) -> Cell<'_> {
    value.as_deref().map_or(Cell::Empty, Cell::text)
}

fn owned(value: String) -> Cell<'static> {
    match value.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(value.into()),
    }
}

fn real(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Empty, Cell::Number)
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Cell<'static> {
    owned(texts.collect::<Vec<_>>().join("; "))
}

fn manifest(fields: &Fields) -> impl Iterator<Item = Cell<'_>> {
    // The manifest was read with this field as a number.
    let quantity = fields.quantity.as_ref().and_then(|q| q.parse().ok());
    [
        optional(&fields.case),
        optional(&fields.item),
        real(quantity),
        optional(&fields.unit),
        optional(&fields.place),
        optional(&fields.date),
        optional(&fields.instrument),
        optional(&fields.operator),
        optional(&fields.remarks),
    ]
    .into_iter()
}

fn rate(rate: Option<[f64; 3]>) -> [Cell<'static>; 3] {
    [0, 1, 2].map(|i| real(rate.map(|r| r[i])))
}

/// The cells of [`of_spectra`]; `fields` are what the manifest says of this spectrum.
pub fn spectrum<'a>(
    brief: &'a Brief,
    judged: &'a Judged,
    fields: &'a Fields,
    group: Option<i64>,
) -> Vec<Cell<'a>> {
    let best = brief.best();
    let library = brief.library.as_ref();
    let peak = brief.peak.as_ref();
    let mut cells = vec![Cell::text(&judged.label)];
    cells.extend(manifest(fields));
    cells.extend([
        Cell::text(&brief.path),
        Cell::Whole(brief.index as i64 + 1),
        optional(&brief.id),
        optional(&brief.technique),
        real(peak.map(|p| p.retention_min)),
        real(peak.map(|p| p.area_percent)),
        real(peak.and_then(|p| p.retention_index)),
        real(peak.and_then(|p| p.ratio_to_internal_standard)),
        peak.and_then(|p| p.ratio_to_internal_standard)
            .map_or(Cell::Empty, |_| Cell::Flag(brief.is_standard())),
        peak.and_then(|p| p.in_blank)
            .map_or(Cell::Empty, Cell::Flag),
        Cell::text(judged.verdict.id()),
        brief
            .level
            .map_or(Cell::Empty, |level| Cell::text(level.id())),
        joined(brief.set.iter().map(|m| m.name.as_str())),
    ]);
    cells.extend(rate(brief.rate));
    cells.extend([
        best.map_or(Cell::Empty, |b| Cell::text(&b.member.name)),
        best.map_or(Cell::Empty, |b| optional(&b.member.inchikey)),
        best.map_or(Cell::Empty, |b| optional(&b.cas)),
        real(best.map(|b| b.score)),
        real(best.and_then(|b| b.margin)),
        best.map_or(Cell::Empty, |b| Cell::text(&b.member.status)),
        best.map_or(Cell::Empty, |b| optional(&b.since)),
        best.map_or(Cell::Empty, |b| Cell::Flag(b.checked)),
        best.map_or(Cell::Empty, |b| optional(&b.class)),
        best.map_or(Cell::Empty, |b| optional(&b.role)),
        joined(
            best.iter()
                .flat_map(|b| &b.look_alikes)
                .map(|m| m.name.as_str()),
        ),
    ]);
    cells.extend(components(brief));
    cells.extend([
        optional(&brief.class_hypothesis),
        optional(&brief.quality),
        real(best.map(|b| b.shift)),
        best.map_or(Cell::Empty, |b| Cell::text(&b.unit)),
        joined(judged.second_look.iter().map(|(reason, _)| reason.id())),
        group.map_or(Cell::Empty, Cell::Whole),
        owned(
            brief
                .targets
                .iter()
                .map(|(name, note)| format!("{name}: {note}"))
                .collect::<Vec<_>>()
                .join("; "),
        ),
        owned(brief.reasons.join(" ")),
        owned(
            brief
                .warnings
                .iter()
                .map(|(_, message)| message.as_str())
                .collect::<Vec<_>>()
                .join(" "),
        ),
        brief
            .error
            .as_ref()
            .map_or(Cell::Empty, |(kind, _)| Cell::text(kind)),
        brief
            .error
            .as_ref()
            .map_or(Cell::Empty, |(_, message)| Cell::text(message)),
        library.map_or(Cell::Empty, |(name, ..)| Cell::text(name)),
        library.map_or(Cell::Empty, |(_, generation, _)| {
            Cell::Whole(*generation as i64)
        }),
        library.map_or(Cell::Empty, |(.., hash)| Cell::text(hash)),
        optional(&brief.sha256),
    ]);
    cells
}

/// What is named: of a set, any one of which it is, joined by semicolons; of several components, all of which it
/// is, by plus signs.
fn substances(judged: &Judged) -> Cell<'static> {
    match judged.components.as_slice() {
        [] => joined(judged.named.iter().map(|m| m.name.as_str())),
        all => owned(
            all.iter()
                .map(Component::names)
                .collect::<Vec<_>>()
                .join(" + "),
        ),
    }
}

/// The components of a spectrum, the strictest control status among them, and the share of the signal that they
/// leave.
fn components(brief: &Brief) -> [Cell<'_>; 3] {
    let Some(mixture) = &brief.mixture else {
        return [Cell::Empty, Cell::Empty, Cell::Empty];
    };
    let all = || mixture.components.iter();
    let words = all().map(|component| component.words.as_str());
    let status = all().map(|component| strictest(&component.member.status));
    let status = status.min_by_key(|status| strictness(status));
    [
        joined(words),
        status.map_or(Cell::Empty, Cell::text),
        Cell::Number(mixture.residual_share),
    ]
}

fn hints(judged: &Judged) -> String {
    let all: Vec<String> = judged.hints.iter().map(Hint::sentence).collect();
    all.join("; ")
}

fn sentences(judged: &Judged) -> String {
    let all = judged.components.iter().map(Component::sentence);
    all.collect::<Vec<_>>().join("; ")
}

/// The cells of [`of_samples`].
pub fn sample(judged: &Judged, group: Option<i64>) -> Vec<Cell<'_>> {
    let mut cells = vec![Cell::text(&judged.label)];
    cells.extend(manifest(&judged.fields));
    cells.extend([
        Cell::text(judged.verdict.id()),
        substances(judged),
        owned(sentences(judged)),
        owned(hints(judged)),
        judged.control().map_or(Cell::Empty, Cell::text),
        optional(&judged.class),
    ]);
    cells.extend(rate(judged.rate));
    cells.extend([
        real(judged.score),
        Cell::Whole(judged.spectra as i64),
        joined(judged.techniques.iter().map(String::as_str)),
        optional(&judged.quality),
        joined(judged.second_look.iter().map(|(reason, _)| reason.id())),
        owned(
            judged
                .second_look
                .iter()
                .map(|(_, sentence)| sentence.as_str())
                .collect::<Vec<_>>()
                .join(" "),
        ),
        group.map_or(Cell::Empty, Cell::Whole),
        owned(judged.reasons.join(" ")),
    ]);
    cells
}

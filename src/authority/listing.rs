//! Where rows come from, and what is not in them.

use super::sift::{Claimed, Counted, Listed};
use super::table::{Heading, Table, Value, quantity, text, whole};
use crate::cases::{CaseSample, Cases, Finding, Source};

const PROVENANCE: &[Heading] = &[
    whole("row"),
    text("input"),
    text("sample"),
    text("case"),
    text("item"),
    text("date"),
    text("place"),
    text("confidence"),
    text("confirmed_as"),
    text("screening_names"),
    text("file"),
    whole("spectrum"),
    text("sha256"),
    text("technique"),
    text("quantity_as_written"),
    quantity("quantity"),
    text("unit"),
];

const NOT_COUNTED: &[Heading] = &[
    text("counted"),
    text("reason"),
    text("input"),
    text("sample"),
    text("case"),
    text("item"),
    text("date"),
    text("place"),
    text("substance"),
    text("quantity_as_written"),
    text("files"),
];

/// An empty table of provenance.
pub(super) fn provenance() -> Table {
    Table::of(PROVENANCE)
}

/// Adds where a row comes from: a line a spectrum, of which the first carries the quantity.
pub(super) fn trace(table: &mut Table, row: i64, claimed: &Claimed<'_>) {
    let sample = claimed.sample;
    let nothing = [None];
    let spectra: Vec<Option<&Source>> = match sample.spectra.is_empty() {
        true => nothing.to_vec(),
        false => sample.spectra.iter().map(Some).collect(),
    };
    for (place, source) in spectra.into_iter().enumerate() {
        let amount = sample.amount.filter(|_| place == 0);
        let mut cells = vec![Value::Whole(row)];
        cells.extend(known(sample));
        cells.extend([
            Value::text(claimed.claim.confidence()),
            Value::from(sample.fields.get("confirmed_as")),
            Value::text(joined(
                sample.named.iter().map(|identity| identity.name.as_str()),
            )),
            Value::from(source.map(|s| s.file.as_str())),
            source.map_or(Value::Empty, |s| Value::Whole(s.spectrum as i64)),
            Value::from(source.and_then(|s| s.sha256.as_deref())),
            Value::from(source.and_then(|s| s.technique).map(|t| t.id())),
            Value::from(sample.written.as_deref()),
            amount.map_or(Value::Empty, |a| Value::Quantity(a.value)),
            Value::from(amount.map(|a| a.unit.id())),
        ]);
        table.rows.push(cells);
    }
}

/// What does not count, and what must be looked at.
pub(super) fn not_counted(listed: &[Listed<'_>], cases: &Cases) -> Table {
    let mut table = Table::of(NOT_COUNTED);
    for one in listed {
        let sample = one.sample;
        let mut files: Vec<&str> = sample.spectra.iter().map(|s| s.file.as_str()).collect();
        files.dedup();
        let mut cells = vec![
            Value::text(match one.counted {
                Counted::No => "no",
                Counted::WithoutQuantity => "without quantity",
                Counted::Yes => "yes",
            }),
            Value::text(one.reason.as_str()),
        ];
        cells.extend(known(sample));
        cells.extend([
            Value::text(substance(sample)),
            Value::from(sample.written.as_deref()),
            Value::text(files.join("; ")),
        ]);
        table.rows.push(cells);
    }
    for again in &cases.repeated {
        let fields = &again.fields;
        table.rows.push(vec![
            Value::text("once"),
            Value::text(format!(
                "It stands in {}, too ({}), and counts there.",
                again.counted_in.display(),
                again.why
            )),
            Value::text(again.origin.display().to_string()),
            Value::text(again.label.as_str()),
            Value::from(fields.case.as_deref()),
            Value::from(fields.item.as_deref()),
            Value::from(fields.date.as_deref()),
            Value::from(fields.place.as_deref()),
            Value::Empty,
            Value::from(fields.quantity.as_deref()),
            Value::Empty,
        ]);
    }
    table
}

/// Input, sample, case, item, date and place.
fn known(sample: &CaseSample) -> [Value; 6] {
    let fields = &sample.fields;
    let date = sample.date.map(|date| date.to_string());
    [
        Value::text(sample.origin.display().to_string()),
        Value::text(sample.label.as_str()),
        Value::from(fields.case.as_deref()),
        Value::from(fields.item.as_deref()),
        Value::from(date.or_else(|| fields.date.clone())),
        Value::from(fields.place.as_deref()),
    ]
}

fn substance(sample: &CaseSample) -> String {
    match &sample.finding {
        Finding::Confirmed { substance, .. } => substance.name.clone(),
        Finding::Presumptive { set, .. } => joined(set.iter().map(|i| i.name.as_str())),
        Finding::None { .. } => String::new(),
    }
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("; ")
}

//! Which columns of a table are its axis and its ordinates.

use super::layout::{is_counter, is_monotonic};
use super::table::Table;
use super::units::x_unit;
use crate::read::error::{ErrorKind, ReadError};
use crate::read::words::{has, has_number, is, plain, without_numbers};
use crate::spectrum::{Warning, WarningKind};
use crate::units::XUnit;

/// Columns of the bookkeeping of an instrument; with a number in the heading (`Time 10`) they may
/// be spectra of a series.
const BOOKKEEPING: [&str; 12] = [
    "pixel",
    "pixels",
    "index",
    "header version",
    "temperature",
    "humidity",
    "scan name",
    "scan time",
    "valid length",
    "integration time",
    "pga",
    "time",
];
/// Columns that accompany a measurement and are not a spectrum of the sample.
const PARTS: [&str; 7] = [
    "dark",
    "reference",
    "ref",
    "raw",
    "background",
    "blank",
    "irradiance",
];
/// Of several columns of one measurement the first of these is the spectrum.
const PROCESSED: [&str; 11] = [
    "dark subtracted",
    "processed",
    "absorbance",
    "corrected",
    "reflectance",
    "reflection",
    "transmittance",
    "transmission",
    "tr",
    "t",
    "sample",
];

/// The axis: the column whose heading names the best unit, else the first that is not a counter and
/// runs in order. Without such a column the table has no axis.
pub(super) fn axis_column(table: &Table) -> Result<(usize, Option<Warning>), ReadError> {
    let width = table.width;
    let rank = |c: usize| match x_unit(table.header.heading(c)) {
        Some(XUnit::RamanShift) => 5,
        Some(XUnit::Wavenumber) => 4,
        Some(XUnit::MassToCharge) => 3,
        Some(XUnit::Nanometre | XUnit::Micrometre) => 2,
        Some(XUnit::Unknown) => 1,
        None => 0,
    };
    // Some programs leave a column empty: an axis must have values and change.
    let usable = |c: &usize| {
        let mut values = table.column(*c).filter(|v| v.is_finite());
        let first = values.next();
        first.is_some() && values.any(|v| Some(v) != first)
    };
    let best = (0..width).filter(usable).rev().max_by_key(|c| rank(*c));
    if let Some(c) = best.filter(|c| rank(*c) > 0) {
        return Ok((c, None));
    }
    let first = usize::from(width >= 3 && is_counter(table));
    let ordered = |c: &usize| disorder(table, *c) == Some(0);
    // A few values out of place are said where the spectrum is checked.
    let nearly = disorder(table, first).is_some_and(|odd| odd * 20 <= table.len());
    if nearly || first == 1 && ordered(&0) {
        return Ok((if nearly { first } else { 0 }, None));
    }
    // By chance a short column runs in order.
    let strictly = |c: &usize| is_monotonic(table.column(*c).filter(|v| v.is_finite()));
    let other = (0..width).find(|c| table.len() >= 8 && strictly(c));
    if other.is_none() && width == 2 {
        let message = "The first column is taken as the axis, though it is not in order and has no heading of an axis.";
        return Ok((0, Some(Warning::new(WarningKind::Axis, message))));
    }
    other
        .map(|c| {
            let name = name(table, c);
            let message = format!(
                "The axis is {name}: the first column has no heading of an axis and is not in order."
            );
            (c, Some(Warning::new(WarningKind::Axis, message)))
        })
        .ok_or_else(|| {
            ReadError::new(ErrorKind::NoData, "the table has no axis")
                .at_line(table.first_line)
                .expected("a column that runs in order, or whose heading names wavenumber, wavelength, Raman shift or m/z")
                .advise("export the spectrum with its axis")
        })
}

/// How many steps of a column go against its direction; `None` where it never changes.
fn disorder(table: &Table, column: usize) -> Option<usize> {
    let values = table.column(column).filter(|v| v.is_finite());
    let (mut up, mut down) = (0, 0);
    values.clone().zip(values.skip(1)).for_each(|(a, b)| {
        up += usize::from(a < b);
        down += usize::from(a > b);
    });
    (up + down > 0).then_some(up.min(down))
}

/// The columns beside an axis that are spectra, and the headings of those left out.
pub(super) fn ordinate_columns(
    table: &Table,
    axis: usize,
    channel: impl Fn(usize) -> Option<String>,
) -> (Vec<usize>, Vec<String>) {
    let words: Vec<String> = (0..table.width)
        .map(|c| plain(table.header.heading(c)))
        .collect();
    let heading = |c: usize| table.header.heading(c);
    let others: Vec<usize> = (0..table.width).filter(|c| *c != axis).collect();
    let empty = |c: usize| table.column(c).all(f64::is_nan);
    let position = |c: usize| is(&words[c], &["x", "y", "z"]) && table.header.headings.len() > 2;
    let kept_book = |c: usize| {
        has(&words[c], &BOOKKEEPING) && !has_number(&words[c])
            || x_unit(heading(c)).is_some()
            || c == 0 && is_counter(table)
            || position(c)
            || channel(c).is_some()
            || empty(c)
    };
    let part = |c: usize| has(&words[c], &PARTS) && !has(&words[c], &PROCESSED[..2]);
    let spectra: Vec<usize> = others.iter().copied().filter(|c| !kept_book(*c)).collect();
    let mut taken: Vec<usize> = spectra.iter().copied().filter(|c| !part(*c)).collect();
    let has_parts = taken.len() < spectra.len();
    if taken.is_empty() {
        // Nothing but raw data is data.
        let raw = spectra
            .iter()
            .copied()
            .filter(|c| has(&words[*c], &["raw"]));
        taken = raw.collect();
    }
    if taken.is_empty() {
        let any = others.iter().copied().filter(|c| !empty(*c));
        taken = spectra.first().copied().or(any.min()).into_iter().collect();
    }
    let kind = |c: usize| PROCESSED.iter().position(|word| has(&words[c], &[word]));
    if has_parts && taken.len() > 1 && taken.iter().all(|c| kind(*c).is_some()) {
        // Several columns of one measurement, or of a numbered series of them.
        let best = taken.iter().copied().min_by_key(|c| (kind(*c), *c));
        let same = |c: &usize| {
            best.is_some_and(|b| without_numbers(&words[b]) == without_numbers(&words[*c]))
        };
        taken.retain(same);
    }
    let left_out = others
        .iter()
        .filter(|c| !taken.contains(c))
        .map(|c| channel(*c).unwrap_or_else(|| name(table, *c)))
        .collect();
    (taken, left_out)
}

/// A column as a message names it.
fn name(table: &Table, column: usize) -> String {
    match table.header.heading(column) {
        "" => format!("column {}", column + 1),
        name => name.to_owned(),
    }
}

//! Which columns (or rows) of a table are axis and ordinates.

use super::header::{technique, x_unit, y_unit};
use super::table::Table;
use crate::read::error::{ErrorKind, ReadError};
use crate::read::{Limits, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, Warning, WarningKind};
use crate::units::{XUnit, YUnit};

/// Columns that accompany a measurement and are not a spectrum of the sample.
const COMPANIONS: [&str; 14] = [
    "pixel",
    "index",
    "dark",
    "reference",
    "raw",
    "background",
    "irradiance",
    "header",
    "temperature",
    "humidity",
    "scan",
    "pga",
    "blank",
    "time",
];
/// Of several columns of one measurement the first of these is the spectrum.
const PROCESSED: [&str; 6] = [
    "dark subtracted",
    "processed",
    "absorbance",
    "corrected",
    "reflect",
    "transm",
];

/// The spectra of a table.
pub(super) fn spectra(table: &Table, limits: &Limits) -> Result<Reading, ReadError> {
    if let Some(reading) = spectra_in_rows(table, limits)? {
        return Ok(reading);
    }
    let width = table.width;
    if table.len() < 2 {
        return Err(
            ReadError::new(ErrorKind::NoData, "the table has only one point")
                .at_line(table.first_line)
                .expected("a spectrum of at least two points"),
        );
    }
    let axis = axis_column(table, width);
    let (ordinates, left_out) = ordinate_columns(table, width, axis);
    if ordinates.is_empty() {
        return Err(
            ReadError::new(ErrorKind::NoData, "no point has an ordinate")
                .at_line(table.first_line)
                .advise("export the spectrum again"),
        );
    }
    if ordinates.len() > limits.spectra {
        return Err(limits.too_many_spectra().at_line(table.first_line));
    }
    let mut reading = Reading::default();
    if !left_out.is_empty() {
        reading.warnings.push(Warning::new(
            WarningKind::Skipped,
            format!("Columns not taken as spectra: {}.", left_out.join(", ")),
        ));
    }
    let x: Vec<f64> = table.column(axis).collect();
    let single = ordinates.len() == 1;
    let places = places(table, width, axis);
    for (part, c) in places
        .iter()
        .flat_map(|part| ordinates.iter().map(move |c| (part.clone(), *c)))
    {
        let title = match single {
            true => String::new(),
            false => table.header.heading(c).to_owned(),
        };
        let y = table.column(c).skip(part.start).take(part.len()).collect();
        let x = x[part].to_vec();
        reading
            .spectra
            .push(spectrum(table, x, y, axis, Some(c), title));
    }
    Ok(reading)
}

/// Rows of each spectrum: a map lists its spectra below one another, with the place of each in
/// columns named x and y.
fn places(table: &Table, width: usize, axis: usize) -> Vec<std::ops::Range<usize>> {
    let named = |c: &usize| matches!(table.header.heading(*c).to_lowercase().as_str(), "x" | "y");
    let place: Vec<usize> = (0..width).filter(|c| *c != axis).filter(named).collect();
    let rows = table.len();
    if place.len() != 2 || x_unit(table.header.heading(axis)).is_none() {
        return std::iter::once(0..rows).collect();
    }
    let changes = |i: &usize| {
        place
            .iter()
            .any(|c| table.at(*i, *c) != table.at(*i - 1, *c))
    };
    let starts: Vec<usize> = std::iter::once(0)
        .chain((1..rows).filter(changes))
        .collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(rows));
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(a, b)| a..b)
        .collect()
}

/// Spectra in rows: the axis is the first row, or the heading line.
fn spectra_in_rows(table: &Table, limits: &Limits) -> Result<Option<Reading>, ReadError> {
    let width = table.width;
    let headed: Vec<f64> = table
        .header
        .headings
        .iter()
        .skip(1)
        .map(|h| h.replace(',', ".").parse().unwrap_or(f64::NAN))
        .collect();
    let from_heading = headed.len() + 1 == width && headed.len() >= 16 && is_monotonic(&headed);
    let first = table.rows().next().unwrap_or_default();
    let from_row = width >= 16 && table.len() >= 2 && table.len() * 4 <= width;
    let (x, skip, offset) = if from_heading {
        (headed, 1, 0)
    } else if from_row && is_monotonic(first.get(1..).unwrap_or_default()) {
        // The first cell of the axis row is a label, or a number in line with the others.
        let skip = usize::from(!is_monotonic(first));
        (first[skip..].to_vec(), skip, 1)
    } else {
        return Ok(None);
    };
    if table.len() - offset > limits.spectra {
        return Err(limits.too_many_spectra().at_line(table.first_line));
    }
    let mut reading = Reading::default();
    for (i, row) in table.rows().enumerate().skip(offset) {
        let label = table.labels.get(i).cloned().flatten().unwrap_or_default();
        reading.spectra.push(spectrum(
            table,
            x.clone(),
            row[skip..].to_vec(),
            0,
            None,
            label,
        ));
    }
    Ok(Some(reading))
}

fn is_monotonic(x: &[f64]) -> bool {
    x.len() >= 2 && (x.windows(2).all(|w| w[0] < w[1]) || x.windows(2).all(|w| w[0] > w[1]))
}

/// The axis: the column whose heading names the best unit, else the first that is not a counter.
fn axis_column(table: &Table, width: usize) -> usize {
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
    match best {
        Some(c) if rank(c) > 0 => c,
        _ if width >= 3 && is_counter(table) => 1,
        _ => 0,
    }
}

/// Whether the first column only counts the rows.
fn is_counter(table: &Table) -> bool {
    let start = table.column(0).next().unwrap_or_default();
    let counts = |(i, value): (usize, f64)| value == start + i as f64;
    (start == 0.0 || start == 1.0) && table.column(0).enumerate().all(counts)
}

/// The columns that are spectra, and the headings of those left out.
fn ordinate_columns(table: &Table, width: usize, axis: usize) -> (Vec<usize>, Vec<String>) {
    let heading = |c: &usize| table.header.heading(*c).to_lowercase();
    let has = |c: &usize, words: &[&str]| words.iter().any(|w| heading(c).contains(w));
    let others: Vec<usize> = (0..width).filter(|c| *c != axis).collect();
    let empty = |c: &usize| table.column(*c).all(f64::is_nan);
    let counter = |c: &usize| *c == 0 && is_counter(table);
    let position = |c: &usize| {
        matches!(heading(c).as_str(), "x" | "y" | "z") && table.header.headings.len() > 2
    };
    let companion = |c: &usize| {
        has(c, &COMPANIONS) && !has(c, &PROCESSED[..2])
            || x_unit(&heading(c)).is_some()
            || counter(c)
            || position(c)
            || empty(c)
    };
    let mut taken: Vec<usize> = others.iter().copied().filter(|c| !companion(c)).collect();
    if taken.is_empty() {
        taken = others
            .iter()
            .copied()
            .filter(|c| !empty(c))
            .take(1)
            .collect();
    }
    let one_measurement = taken.len() > 1 && others.iter().any(|c| has(c, &COMPANIONS));
    if one_measurement {
        let best = PROCESSED
            .iter()
            .find_map(|word| taken.iter().find(|c| heading(c).contains(word)))
            .or(taken.first());
        taken = best.into_iter().copied().collect();
    }
    let left_out = others
        .iter()
        .filter(|c| !taken.contains(c))
        .map(|c| match table.header.heading(*c) {
            "" => format!("column {}", c + 1),
            name => name.to_owned(),
        })
        .collect();
    (taken, left_out)
}

fn spectrum(
    table: &Table,
    x: Vec<f64>,
    y: Vec<f64>,
    axis: usize,
    ordinate: Option<usize>,
    title: String,
) -> Result<Spectrum, ReadError> {
    // Some instruments export detector pixels that have no place on the axis.
    let all = x.len();
    let (x, y): (Vec<f64>, Vec<f64>) = x.into_iter().zip(y).filter(|(x, _)| x.is_finite()).unzip();
    let usable = y.iter().filter(|y| y.is_finite()).count();
    if usable < 2 {
        return Err(
            ReadError::new(ErrorKind::NoData, "the column has fewer than two values")
                .at_line(table.first_line),
        );
    }
    let unplaced = all - x.len();
    let header = &table.header;
    let x_named = x_unit(header.heading(axis));
    let (low, high) = x
        .iter()
        .fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
    let y_named = ordinate.and_then(|c| y_unit(header.heading(c)));
    let mut y_unit = y_named.unwrap_or(YUnit::Unknown);
    let (found, stated) = technique(
        header,
        x_named.unwrap_or(XUnit::Unknown),
        y_unit,
        (low, high),
    );
    let shape = match found {
        Technique::EiMs => Shape::Sticks,
        _ => Shape::Profile,
    };
    let mut spectrum = Spectrum::new(found, shape, Axis::Explicit(x), y);
    spectrum.x_unit = match (x_named, found) {
        (Some(XUnit::Wavenumber | XUnit::Unknown) | None, Technique::Raman) if high > 0.0 => {
            XUnit::RamanShift
        }
        (unit, _) => unit.unwrap_or(XUnit::Unknown),
    };
    if y_unit == YUnit::Unknown && found == Technique::Raman {
        y_unit = YUnit::Intensity;
    }
    spectrum.y_unit = y_unit;
    if found == Technique::Unknown {
        spectrum.warn(
            WarningKind::Technique,
            "The file does not say how the spectrum was measured; --technique says it.",
        );
    } else if !stated {
        spectrum.warn(
            WarningKind::Technique,
            format!(
                "Taken as {} from its units; the file does not say so.",
                found.label()
            ),
        );
    }
    if spectrum.x_unit == XUnit::Unknown {
        spectrum.warn(WarningKind::Unit, "The file states no unit of the axis.");
    }
    if unplaced > 0 {
        spectrum.warn(
            WarningKind::Skipped,
            format!("{unplaced} rows without an axis value were left out."),
        );
    }
    describe(table, &mut spectrum, title);
    spectrum.warnings.extend(table.warnings.iter().cloned());
    Ok(spectrum)
}

fn describe(table: &Table, spectrum: &mut Spectrum, title: String) {
    let header = &table.header;
    let given = |words: &[&str]| header.find(words).map(str::to_owned);
    spectrum.title = match title.is_empty() {
        true => given(&["title", "sample", "name"]).unwrap_or_default(),
        false => title,
    };
    spectrum.provenance.laser_nm = header.laser();
    spectrum.provenance.instrument = given(&["instrument", "spectrometer", "model", "ger\u{e4}t"]);
    spectrum.provenance.date = given(&["date", "datum", "acquired", "fecha"]);
    spectrum.provenance.owner = given(&["user", "operator", "owner", "author"]);
    spectrum.metadata.clone_from(&header.fields);
}

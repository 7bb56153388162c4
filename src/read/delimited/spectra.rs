//! From a table to spectra.

use super::columns::{axis_column, ordinate_columns};
use super::facts::Facts;
use super::layout::{self, Pairs, Rows};
use super::table::Table;
use super::units::{ABSCISSA, x_unit};
use crate::read::error::{ErrorKind, ReadError};
use crate::read::number;
use crate::read::parts::parts;
use crate::read::{Limits, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, Warning, WarningKind};
use crate::units::{XUnit, YUnit};
use std::ops::Range;

/// Axis and ordinate of a spectrum, and what is said of them.
struct Curve<'a> {
    x: Vec<f64>,
    y: Vec<f64>,
    /// Heading of the axis.
    axis: &'a str,
    /// Unit of the ordinate.
    y_unit: YUnit,
    title: String,
}

/// The spectra of a table.
pub(super) fn spectra(table: &Table, limits: &Limits) -> Result<Reading, ReadError> {
    let mut facts = Facts::read(&table.header);
    if let Some(rows) = layout::in_rows(table) {
        return in_rows(table, &mut facts, rows, limits);
    }
    if table.len() < 2 {
        return Err(
            ReadError::new(ErrorKind::NoData, "the table has only one point")
                .at_line(table.first_line)
                .expected("a spectrum of at least two points"),
        );
    }
    let mut reading = Reading::default();
    if let Some(pairs) = layout::in_pairs(table) {
        in_pairs(table, &mut facts, &pairs, limits, &mut reading)?;
    } else {
        in_columns(table, &mut facts, limits, &mut reading)?;
    }
    Ok(reading)
}

/// Spectra in columns beside one axis.
fn in_columns(
    table: &Table,
    facts: &mut Facts,
    limits: &Limits,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let (axis, warning) = axis_column(table)?;
    let place = |c: usize| c - usize::from(c > axis);
    let channel = |c: usize| {
        let other = facts.is_other_channel(place(c)) && table.header.heading(c).is_empty();
        other.then(|| facts.channel(place(c)).to_owned())
    };
    let (ordinates, left_out) = ordinate_columns(table, axis, channel);
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
    reading.warnings.extend(warning);
    note_left_out(&left_out, reading);
    let x: Vec<f64> = table.column(axis).collect();
    let titles = titles(table, &ordinates);
    let places = places(table, axis);
    facts.share(table, places.len() * ordinates.len(), reading);
    for part in places {
        for (c, title) in ordinates.iter().zip(&titles) {
            let y = table.column(*c).skip(part.start).take(part.len()).collect();
            let curve = Curve {
                x: x[part.clone()].to_vec(),
                y,
                axis: table.header.heading(axis),
                y_unit: y_unit(table, facts, *c, place(*c), &ordinates),
                title: title.clone(),
            };
            reading.spectra.push(spectrum(table, facts, curve));
        }
    }
    Ok(())
}

/// Unit of an ordinate column. `A` is absorbance, but not as the name of one sample among others.
fn y_unit(table: &Table, facts: &Facts, column: usize, place: usize, all: &[usize]) -> YUnit {
    let heading = |c: usize| table.header.heading(c);
    if all.iter().all(|c| heading(*c) == "A") {
        return YUnit::Absorbance;
    }
    facts.y_unit(heading(column), place)
}

/// Titles of the ordinates: their headings where there are several, or the names above these where
/// all headings are the same.
fn titles(table: &Table, ordinates: &[usize]) -> Vec<String> {
    let header = &table.header;
    let heading = |c: &usize| header.heading(*c).to_owned();
    let Some(first) = ordinates.first().filter(|_| ordinates.len() > 1) else {
        return vec![String::new(); ordinates.len()];
    };
    let alike = ordinates.iter().all(|c| heading(c) == heading(first));
    let name = |c: &usize| header.names.get(*c).filter(|n| !n.is_empty()).cloned();
    match ordinates.iter().map(name).collect::<Option<Vec<_>>>() {
        Some(names) if alike => names,
        _ => ordinates.iter().map(heading).collect(),
    }
}

/// Says which columns were left out.
fn note_left_out(left_out: &[String], reading: &mut Reading) {
    if !left_out.is_empty() {
        reading.warnings.push(Warning::new(
            WarningKind::Skipped,
            format!("Columns not taken as spectra: {}.", left_out.join(", ")),
        ));
    }
}

/// Rows of each spectrum: a map lists its spectra below one another, with the place of each in
/// columns named x and y.
fn places(table: &Table, axis: usize) -> Vec<Range<usize>> {
    let named = |c: &usize| matches!(table.header.heading(*c).to_lowercase().as_str(), "x" | "y");
    let place: Vec<usize> = (0..table.width)
        .filter(|c| *c != axis)
        .filter(named)
        .collect();
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
    parts(&starts, rows)
}

/// Spectra in pairs of columns, each with its own axis.
fn in_pairs(
    table: &Table,
    facts: &mut Facts,
    pairs: &Pairs,
    limits: &Limits,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    if pairs.columns.len() > limits.spectra {
        return Err(limits.too_many_spectra().at_line(table.first_line));
    }
    if pairs.inferred {
        reading.warnings.push(Warning::new(
            WarningKind::Axis,
            "Every second column was taken as an axis, because it runs in even steps.",
        ));
    }
    facts.share(table, pairs.columns.len(), reading);
    let names = &table.header.names;
    let filled = |c: usize| names.get(c).filter(|name| !name.is_empty());
    let ordinates: Vec<usize> = pairs.columns.iter().map(|(_, c)| *c).collect();
    for (axis, c) in &pairs.columns {
        // Of columns of unequal length the shorter ones are filled up.
        let values = table.column(*axis).zip(table.column(*c));
        let (x, y) = values.filter(|(x, y)| !x.is_nan() || !y.is_nan()).unzip();
        let name = filled(*axis).or_else(|| filled(*c)).cloned();
        let curve = Curve {
            x,
            y,
            axis: table.header.heading(*axis),
            y_unit: y_unit(table, facts, *c, 0, &ordinates),
            title: name.unwrap_or_else(|| table.header.heading(*c).to_owned()),
        };
        reading.spectra.push(spectrum(table, facts, curve));
    }
    Ok(())
}

/// Spectra in rows below their axis.
fn in_rows(
    table: &Table,
    facts: &mut Facts,
    rows: Rows,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    let Rows {
        axis,
        labels,
        first,
        doubtful,
    } = rows;
    if table.len() - first > limits.spectra {
        return Err(limits.too_many_spectra().at_line(table.first_line));
    }
    let mut reading = Reading::default();
    if doubtful {
        reading.warnings.push(Warning::new(
            WarningKind::Axis,
            "The first row was taken as the axis, though the first column is in order too.",
        ));
    }
    facts.share(table, table.len() - first, &mut reading);
    // What stands beside the axis may name its unit.
    let corner = match first {
        0 => (0..labels).map(|c| table.header.heading(c)).collect(),
        _ => table.labels(0, labels),
    };
    let unit = corner.into_iter().find(|text| x_unit(text).is_some());
    for (number, row) in table.rows().enumerate().skip(first) {
        let cells = table.labels(number, labels);
        let curve = Curve {
            x: axis.clone(),
            y: row[labels..].to_vec(),
            axis: unit.unwrap_or_default(),
            y_unit: facts.y_unit("", 0),
            title: row_title(&cells, &facts.title),
        };
        reading.spectra.push(spectrum(table, facts, curve));
    }
    Ok(reading)
}

/// The words among the labels of a row, else its numbers behind the name of the sample.
fn row_title(labels: &[&str], sample: &str) -> String {
    let word = |text: &&&str| !text.is_empty() && number::parse(text, true).is_none();
    let words: Vec<&str> = labels.iter().filter(word).copied().collect();
    let numbers = || labels.iter().filter(|text| !text.is_empty()).copied();
    match words.is_empty() {
        true if sample.is_empty() => numbers().collect::<Vec<_>>().join(" "),
        true => {
            let all: Vec<&str> = std::iter::once(sample).chain(numbers()).collect();
            all.join(", ")
        }
        false => words.join(" "),
    }
}

/// A spectrum of what was found, with its units and technique.
fn spectrum(table: &Table, facts: &Facts, curve: Curve) -> Result<Spectrum, ReadError> {
    // Some instruments export detector pixels that have no place on the axis.
    let all = curve.x.len();
    let points = curve.x.into_iter().zip(curve.y);
    let (x, y): (Vec<f64>, Vec<f64>) = points.filter(|(x, _)| x.is_finite()).unzip();
    if y.iter().filter(|y| y.is_finite()).count() < 2 {
        return Err(
            ReadError::new(ErrorKind::NoData, "the column has fewer than two values")
                .at_line(table.first_line),
        );
    }
    let unplaced = all - x.len();
    let ends = |(a, b): (f64, f64), v: &f64| (a.min(*v), b.max(*v));
    let range = x.iter().fold((f64::MAX, f64::MIN), ends);
    let (mut x_unit, x_inferred) = facts.x_unit(curve.axis, range);
    // "Wave" alone is a heading of an axis without a unit.
    let bare = x_unit == XUnit::Unknown;
    let y_unit = curve.y_unit;
    let found = facts.technique(x_unit, y_unit, range);
    let raman = found.technique == Technique::Raman;
    let shape = match (found.technique, x_unit) {
        (Technique::EiMs, _) => Shape::Sticks,
        (_, XUnit::MassToCharge) if !is_dense(&x) => Shape::Sticks,
        _ => Shape::Profile,
    };
    let mut spectrum = Spectrum::new(found.technique, shape, Axis::Explicit(x), y);
    if let Some(message) = x_inferred {
        spectrum.warn(WarningKind::Unit, message);
    }
    match found.inferred {
        Some(from) => spectrum.infer_technique(found.technique, from),
        None if found.technique == Technique::Unknown && x_unit == XUnit::MassToCharge => spectrum
            .warn(
                WarningKind::Technique,
                "The file names an ionisation other than electron impact; --technique says the technique.",
            ),
        None if found.technique == Technique::Unknown => spectrum.warn(
            WarningKind::Technique,
            "The file does not say how the spectrum was measured; --technique says it.",
        ),
        None => {}
    }
    // Raman shifts are often headed wavenumber; none is as large as an absolute wavenumber.
    let unnamed = curve.axis.eq_ignore_ascii_case(ABSCISSA);
    let shifts = matches!(x_unit, XUnit::Wavenumber | XUnit::Unknown) && !unnamed;
    if raman && shifts && range.1 > 0.0 && range.1 < 8000.0 {
        x_unit = XUnit::RamanShift;
        if bare {
            spectrum.warn(
                WarningKind::Unit,
                "The file states no unit of the axis; taken as Raman shift, for it is Raman.",
            );
        }
    }
    if raman && matches!(x_unit, XUnit::Nanometre | XUnit::Micrometre) {
        spectrum.warn(
            WarningKind::Unit,
            match facts.has_laser() {
                true => "The axis is a wavelength; the laser line gives the Raman shift.",
                false => "The axis is a wavelength; the Raman shift needs the laser line, which the file does not give.",
            },
        );
    }
    (spectrum.x_unit, spectrum.y_unit) = (x_unit, y_unit);
    if x_unit == XUnit::Unknown {
        spectrum.warn(WarningKind::Unit, "The file states no unit of the axis.");
    }
    if unplaced > 0 {
        spectrum.warn(
            WarningKind::Skipped,
            format!("{unplaced} rows without an axis value were left out."),
        );
    }
    facts.describe(&table.header, &mut spectrum, curve.title);
    spectrum.warnings.extend(table.warnings.iter().cloned());
    Ok(spectrum)
}

/// Whether masses follow so closely that they are a profile and no peaks.
fn is_dense(x: &[f64]) -> bool {
    let steps = x.windows(2).filter(|pair| (pair[1] - pair[0]).abs() < 0.2);
    steps.count() * 2 > x.len()
}

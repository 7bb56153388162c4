//! References prepared for searching: one group per family.

use super::entry::ReferenceKind;
use super::peak_lists::{PeakLists, PeakRow};
use super::{Bounds, IonColumns, MajorIons};
use super::{Calibration, Column};
use crate::prepare::{Family, Recipe, Signal, prepare};
use crate::spectrum::{Spectrum, Technique};
use ndarray::{ArrayView1, ArrayView2};
use std::ops::Range;

/// All references of one family, prepared by one recipe.
#[derive(Debug)]
pub struct Group {
    /// How they were prepared.
    pub recipe: Recipe,
    /// Entry index of each row.
    pub entry: Column<u32>,
    /// The numbers.
    pub prepared: Prepared,
    /// When a best candidate may be believed; `None` where the references are too few to learn it.
    pub calibration: Option<Calibration>,
}

/// Signals on a grid, or peak lists.
#[derive(Debug)]
pub enum Prepared {
    /// One row per reference on the recipe's grid.
    Curves(Curves),
    /// One peak list per reference.
    Peaks(PeakLists),
}

/// A matrix of signals, row-major, with the measured range of each row.
#[derive(Debug, Default)]
pub struct Curves {
    /// Grid points per row.
    pub points: usize,
    /// `rows * points` values; zero where not measured.
    pub values: Column<f32>,
    /// First measured grid index of each row.
    pub start: Column<u32>,
    /// Grid index after the last measured one of each row.
    pub end: Column<u32>,
    /// What bounds their correlation with a query; `None` where they are few.
    pub bounds: Option<Box<Bounds>>,
    /// What finds the best of EI references; `None` where they are few, and for curves.
    pub columns: Option<Box<IonColumns>>,
    /// Major ions of EI references; `None` where they are few, and for curves.
    pub majors: Option<Box<MajorIons>>,
}

impl Curves {
    /// All rows as a matrix; empty where the columns do not fit together (a damaged file).
    pub fn matrix(&self) -> ArrayView2<'_, f32> {
        let rows = self.start.len();
        ArrayView2::from_shape((rows, self.points), &self.values).unwrap_or_else(|_| {
            ArrayView2::from_shape((0, self.points), &[])
                .unwrap_or_else(|_| ArrayView2::from(&[[]]))
        })
    }

    /// Measured grid range of a row.
    pub fn range(&self, row: usize) -> Range<usize> {
        self.references().range(row)
    }

    /// A row as a signal, for plots.
    pub fn signal(&self, row: usize) -> Option<Signal> {
        let matrix = self.matrix();
        let values: ArrayView1<'_, f32> = (row < matrix.nrows()).then(|| matrix.row(row))?;
        let range = self.range(row);
        let inside = values.iter().skip(range.start).take(range.len());
        Some(Signal {
            start: range.start,
            values: inside.map(|v| f64::from(*v)).collect(),
        })
    }
}

impl Group {
    /// All prepared numbers as bytes, column by column, index included.
    pub(crate) fn bytes(&self) -> Vec<&[u8]> {
        let mut all = vec![self.entry.bytes()];
        match &self.prepared {
            Prepared::Curves(curves) => {
                all.extend([
                    curves.values.bytes(),
                    curves.start.bytes(),
                    curves.end.bytes(),
                ]);
                all.extend(curves.bounds.iter().flat_map(|b| b.bytes()));
                all.extend(curves.columns.iter().flat_map(|c| c.bytes()));
                all.extend(curves.majors.iter().flat_map(|m| m.bytes()));
            }
            Prepared::Peaks(lists) => all.extend(lists.bytes()),
        }
        all
    }

    /// Number of references.
    pub fn len(&self) -> usize {
        self.entry.len()
    }

    /// Whether there are no references.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of an entry; `None` where it is not of this group. Rows stand in the order of their entries.
    pub fn row_of(&self, entry: usize) -> Option<usize> {
        let entry = u32::try_from(entry).ok()?;
        self.entry.binary_search(&entry).ok()
    }
}

/// One reference, prepared.
pub(super) enum Row {
    Curve(Signal),
    Peaks(Box<PeakRow>),
}

/// The family of a reference; `None` where it cannot be searched.
pub(super) fn family_of(technique: Technique, kind: ReferenceKind) -> Option<Family> {
    match (technique, kind) {
        (Technique::EiMs, ReferenceKind::PrincipalIons) => Some(Family::EiMsPrincipal),
        (technique, _) => Family::of_query(technique).first().copied(),
    }
}

/// Prepares one reference, or says in one sentence why it cannot be searched.
pub(super) fn prepare_row(spectrum: &Spectrum, recipe: &Recipe) -> Result<Row, String> {
    if recipe.family != Family::MsMs {
        return prepare(spectrum, recipe)
            .map(|p| Row::Curve(p.signal))
            .map_err(|e| e.to_string());
    }
    PeakRow::of(spectrum)
        .map(|row| Row::Peaks(Box::new(row)))
        .ok_or_else(|| "The spectrum has no peaks.".to_owned())
}

/// Puts prepared references of one family together.
pub(super) fn assemble(recipe: Recipe, rows: Vec<(u32, Row)>) -> Group {
    let entry: Vec<u32> = rows.iter().map(|(entry, _)| *entry).collect();
    let prepared = match recipe.family {
        Family::MsMs => Prepared::Peaks(peak_lists(rows)),
        family => Prepared::Curves(curves(recipe.grid.points, family.is_mass(), rows)),
    };
    Group {
        recipe,
        entry: entry.into(),
        prepared,
        calibration: None,
    }
}

fn curves(points: usize, ions: bool, rows: Vec<(u32, Row)>) -> Curves {
    let mut values = Vec::with_capacity(points * rows.len());
    let (mut start, mut end) = (Vec::new(), Vec::new());
    for (_, row) in rows {
        if let Row::Curve(signal) = row {
            values.extend(signal.on_grid(points));
            start.push(signal.start as u32);
            end.push(signal.end() as u32);
        }
    }
    let mut curves = Curves {
        points,
        values: values.into(),
        start: start.into(),
        end: end.into(),
        bounds: None,
        columns: None,
        majors: None,
    };
    match ions {
        true => {
            curves.columns = IonColumns::of(&curves).map(Box::new);
            curves.majors = MajorIons::of(&curves).map(Box::new);
        }
        false => curves.bounds = Bounds::of(&curves).map(Box::new),
    }
    curves
}

fn peak_lists(rows: Vec<(u32, Row)>) -> PeakLists {
    let peaks = rows.into_iter().filter_map(|(_, row)| match row {
        Row::Peaks(peaks) => Some(*peaks),
        Row::Curve(_) => None,
    });
    PeakLists::from_rows(&peaks.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_stays_on_the_grid() {
        let curves = Curves {
            points: 4,
            values: vec![1.0; 16].into(),
            start: vec![1, u32::MAX, 3, 0].into(),
            end: vec![3, u32::MAX, 2, 9].into(),
            ..Curves::default()
        };
        let ranges: Vec<Range<usize>> = (0..5).map(|row| curves.range(row)).collect();
        assert_eq!(ranges, [1..3, 4..4, 2..2, 0..4, 0..0]);
        assert_eq!(curves.signal(1).map(|s| s.end()), Some(4));
    }
}

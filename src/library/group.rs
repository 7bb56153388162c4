//! References prepared for searching: one group per family.

use super::entry::ReferenceKind;
use super::{Calibration, Column};
use crate::correlate::score::entropy::{Peak, weighted_peaks};
use crate::prepare::{Family, Recipe, Signal, prepare};
use crate::spectrum::{Spectrum, Technique};
use ndarray::{ArrayView1, ArrayView2};
use std::ops::Range;

/// Peaks below this share of the base peak count as noise in MS/MS (Li et al. 2021).
pub(crate) const MSMS_NOISE: f64 = 0.01;
/// m/z within which two MS/MS peaks are the same.
pub(crate) const MSMS_TOLERANCE: f64 = 0.02;

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
}

/// Entropy-weighted peak lists, one after another.
#[derive(Debug, Default)]
pub struct PeakLists {
    /// Start of each list, and the end of the last.
    pub offsets: Column<u64>,
    /// m/z of the peaks.
    pub mz: Column<f64>,
    /// Weights of the peaks; each list sums to 1.
    pub weight: Column<f64>,
    /// Precursor m/z of each reference; not-a-number where the record states none.
    pub precursor: Column<f64>,
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
        let at = |column: &Column<u32>| column.get(row).map_or(0, |v| *v as usize);
        at(&self.start)..at(&self.end)
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

impl PeakLists {
    /// The peaks of a reference.
    pub fn peaks(&self, row: usize) -> Option<Vec<Peak>> {
        let start = usize::try_from(*self.offsets.get(row)?).ok()?;
        let end = usize::try_from(*self.offsets.get(row + 1)?).ok()?;
        let (mz, weight) = (self.mz.get(start..end)?, self.weight.get(start..end)?);
        Some(mz.iter().copied().zip(weight.iter().copied()).collect())
    }
}

impl Group {
    /// Number of references.
    pub fn len(&self) -> usize {
        self.entry.len()
    }

    /// Whether there are no references.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One reference, prepared.
pub(super) enum Row {
    Curve(Signal),
    Peaks { peaks: Vec<Peak>, precursor: f64 },
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
    let peaks: Vec<(f64, f64)> = spectrum.points().collect();
    let peaks = weighted_peaks(&peaks, MSMS_NOISE, MSMS_TOLERANCE);
    if peaks.is_empty() {
        return Err("The spectrum has no peaks.".to_owned());
    }
    let precursor = spectrum.precursor.as_ref().and_then(|p| p.mz);
    Ok(Row::Peaks {
        peaks,
        precursor: precursor.unwrap_or(f64::NAN),
    })
}

/// Puts prepared references of one family together.
pub(super) fn assemble(recipe: Recipe, rows: Vec<(u32, Row)>) -> Group {
    let entry: Vec<u32> = rows.iter().map(|(entry, _)| *entry).collect();
    let prepared = match recipe.family {
        Family::MsMs => Prepared::Peaks(peak_lists(rows)),
        _ => Prepared::Curves(curves(recipe.grid.points, rows)),
    };
    Group {
        recipe,
        entry: entry.into(),
        prepared,
        calibration: None,
    }
}

fn curves(points: usize, rows: Vec<(u32, Row)>) -> Curves {
    let mut values = Vec::with_capacity(points * rows.len());
    let (mut start, mut end) = (Vec::new(), Vec::new());
    for (_, row) in rows {
        if let Row::Curve(signal) = row {
            values.extend(signal.on_grid(points));
            start.push(signal.start as u32);
            end.push(signal.end() as u32);
        }
    }
    Curves {
        points,
        values: values.into(),
        start: start.into(),
        end: end.into(),
    }
}

fn peak_lists(rows: Vec<(u32, Row)>) -> PeakLists {
    let mut offsets = vec![0];
    let (mut mz, mut weight, mut precursors) = (Vec::new(), Vec::new(), Vec::new());
    for (_, row) in rows {
        if let Row::Peaks { peaks, precursor } = row {
            mz.extend(peaks.iter().map(|p| p.0));
            weight.extend(peaks.iter().map(|p| p.1));
            offsets.push(mz.len() as u64);
            precursors.push(precursor);
        }
    }
    PeakLists {
        offsets: offsets.into(),
        mz: mz.into(),
        weight: weight.into(),
        precursor: precursors.into(),
    }
}

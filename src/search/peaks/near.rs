//! Rows in order of mass and of precursor m/z, so that the precursor filter looks at few.

use super::precursor::Target;
use crate::library::{PeakLists, Resolution};

/// More than what comparing two masses can be rounded by, absolute and relative.
const ROUNDING: (f64, f64) = (1e-6, 1e-12);

/// How far a value may lie from another within a tolerance.
fn reach(value: f64, tolerance: f64) -> f64 {
    tolerance + ROUNDING.0 + ROUNDING.1 * value.abs()
}

/// All rows that may have a query's precursor, and others, ascending: by looking at all masses once, which
/// takes less than putting them in order.
pub(super) fn scanned(lists: &PeakLists, target: &Target) -> Vec<usize> {
    let tolerance = [Resolution::Fine, Resolution::Unit].map(|r| target.widest(r));
    let tolerance = tolerance[0].max(tolerance[1]);
    let near = |value: f64, own: f64| (value - own).abs() <= reach(own, tolerance);
    let columns = lists.precursor.iter().zip(lists.mass.iter()).enumerate();
    let may = columns.filter(|(_, (precursor, mass))| {
        near(**precursor, target.mz) || target.masses().iter().any(|own| near(**mass, *own))
    });
    may.map(|(row, _)| row).collect()
}

/// Rows by rising value, without those of which it is not known.
#[derive(Debug)]
struct Sorted {
    value: Vec<f64>,
    row: Vec<u32>,
}

impl Sorted {
    fn of(values: &[f64], keep: impl Fn(usize) -> bool) -> Self {
        let known = (0_u32..).zip(values);
        let known = known.filter(|(row, v)| !v.is_nan() && keep(*row as usize));
        let mut sorted: Vec<(f64, u32)> = known.map(|(row, v)| (*v, row)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (value, row) = sorted.into_iter().unzip();
        Self { value, row }
    }

    /// Rows of which the value may lie within a tolerance.
    fn around(&self, value: f64, tolerance: f64) -> &[u32] {
        let reach = reach(value, tolerance);
        let from = self.value.partition_point(|v| *v < value - reach);
        let to = self.value.partition_point(|v| *v <= value + reach);
        self.row.get(from..to).unwrap_or_default()
    }
}

/// Masses and precursors of the rows of each resolution.
#[derive(Debug)]
pub(super) struct Near {
    parts: [(Resolution, Sorted, Sorted); 2],
}

impl Near {
    pub fn of(lists: &PeakLists) -> Self {
        let part = |resolution| {
            let is = |row| lists.resolution(row) == resolution;
            let mass = Sorted::of(&lists.mass, is);
            (resolution, mass, Sorted::of(&lists.precursor, is))
        };
        Self {
            parts: [part(Resolution::Fine), part(Resolution::Unit)],
        }
    }

    /// All rows that may have a query's precursor, and others, ascending.
    pub fn rows(&self, target: &Target) -> Vec<usize> {
        let mut rows: Vec<u32> = Vec::new();
        for (resolution, mass, precursor) in &self.parts {
            let tolerance = target.widest(*resolution);
            for own in target.masses() {
                rows.extend(mass.around(*own, tolerance));
            }
            rows.extend(precursor.around(target.mz, tolerance));
        }
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|row| row as usize).collect()
    }
}

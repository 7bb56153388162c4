//! The prepared references of a family, compared pair by pair.

use crate::library::{Curves, Group, Prepared};
use crate::prepare::{Family, Recipe, Signal, prepare};
use crate::spectrum::Spectrum;
use std::collections::HashMap;

/// One signal on the grid: values from `start` on.
pub(super) struct Row {
    start: usize,
    values: Vec<f64>,
}

impl Row {
    fn of(signal: Signal) -> Self {
        Self {
            start: signal.start,
            values: signal.values,
        }
    }

    fn end(&self) -> usize {
        self.start + self.values.len()
    }

    /// The row with its grid indices raised by `shift`; what leaves the grid at zero is cut.
    fn moved(&self, shift: isize) -> Row {
        let start = self.start as isize + shift;
        let cut = (-start).max(0) as usize;
        Row {
            start: start.max(0) as usize,
            values: self.values.get(cut..).unwrap_or_default().to_vec(),
        }
    }
}

/// All references of a family that are curves on a grid.
pub(super) struct Rows<'a> {
    pub recipe: &'a Recipe,
    curves: &'a Curves,
    of_entry: HashMap<usize, usize>,
}

impl<'a> Rows<'a> {
    /// `None` for MS/MS, whose references are peak lists.
    pub fn of(group: &'a Group) -> Option<Self> {
        let Prepared::Curves(curves) = &group.prepared else {
            return None;
        };
        let rows = group
            .entry
            .iter()
            .enumerate()
            .map(|(row, entry)| (*entry as usize, row));
        Some(Self {
            recipe: &group.recipe,
            curves,
            of_entry: rows.collect(),
        })
    }

    /// Whether they are mass spectra.
    pub fn is_mass(&self) -> bool {
        self.recipe.family.is_mass()
    }

    /// The reference of an entry.
    pub fn get(&self, entry: usize) -> Option<Row> {
        self.curves.signal(*self.of_entry.get(&entry)?).map(Row::of)
    }

    /// A spectrum prepared like the references; `None` where it cannot be.
    pub fn prepared(&self, spectrum: &Spectrum) -> Option<Row> {
        prepare(spectrum, self.recipe)
            .ok()
            .map(|p| Row::of(p.signal))
    }

    /// Likeness of two references, 1 at most: cosine of mass spectra, the largest Pearson correlation
    /// of curves within 4 units of the axis. `None` where they share too little range.
    pub fn alike(&self, a: &Row, b: &Row) -> Option<f64> {
        let tolerance = if self.is_mass() { 0 } else { self.points(4.0) };
        self.best(a, b, tolerance).map(|(score, _)| score)
    }

    /// The largest likeness with `a` moved by up to `tolerance` grid points either way, and by how much
    /// the axis of `a` reads too high there, in the unit of the axis.
    pub fn best(&self, a: &Row, b: &Row, tolerance: isize) -> Option<(f64, f64)> {
        (-tolerance..=tolerance)
            .filter_map(|shift| Some((self.correlation(a, b, shift)?, shift)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.abs().cmp(&a.1.abs())))
            .map(|(score, shift)| (score, -(shift as f64) * self.recipe.grid.step))
    }

    /// Grid points of a width on the axis.
    pub fn points(&self, width: f64) -> isize {
        (width / self.recipe.grid.step).round() as isize
    }

    fn correlation(&self, a: &Row, b: &Row, shift: isize) -> Option<f64> {
        let moved;
        let a = if shift == 0 {
            a
        } else {
            moved = a.moved(shift);
            &moved
        };
        let (from, to) = (a.start.max(b.start), a.end().min(b.end()));
        let least = match self.recipe.family {
            family if family.is_mass() => 2,
            Family::NearInfrared => self.points(200.0) as usize,
            _ => self.points(300.0) as usize,
        };
        if to < from + least {
            return None;
        }
        let (x, y) = (
            &a.values[from - a.start..to - a.start],
            &b.values[from - b.start..to - b.start],
        );
        let n = x.len() as f64;
        let mean = |v: &[f64]| {
            if self.is_mass() {
                0.0
            } else {
                v.iter().sum::<f64>() / n
            }
        };
        let (mx, my) = (mean(x), mean(y));
        let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
        for (p, q) in x.iter().zip(y) {
            let (p, q) = (p - mx, q - my);
            xy += p * q;
            xx += p * p;
            yy += q * q;
        }
        let norm = (xx * yy).sqrt();
        (norm > 0.0).then(|| xy / norm)
    }
}

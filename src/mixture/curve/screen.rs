//! Which references could lower the error most: a look at the whole library.
//!
//! For a reference `r` and what a model leaves, `d`, the error falls by at most
//! `(r·d)² / (r·r - v' G⁻¹ v)`, where `v` holds the products of `r` with the model's references and `G` theirs
//! with one another (orthogonal matching pursuit). It is estimated on every second grid point, at three
//! shifts and in single precision: it only chooses what is fitted.

use super::linear::{Form, rough_dot};
use super::model::{Model, gram};
use super::observed::Observed;
use crate::library::{Curves, Group, Library, LibraryError, ReferenceKind};
use crate::mixture::solve::inverse;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Least part of the window that a reference must cover.
const COVERED: f64 = 0.6;
/// References kept after the first look: this part, and at least so many.
const KEPT: (f64, usize) = (0.15, 1000);
/// Least part of a reference's own square that counts as not explained by the model already.
const NEW: f32 = 0.02;

/// References that may be in the sample.
pub(super) struct Screen<'a> {
    library: &'a Library,
    group: &'a Group,
    observed: &'a Observed,
    curves: &'a Curves,
    form: Form,
    /// Half points by which a reference may be shifted.
    lags: &'static [isize],
    kept: Vec<Kept>,
    /// The first entry that could not be read.
    damage: OnceLock<LibraryError>,
}

struct Kept {
    row: usize,
    substance: u32,
    /// Intensities on every second point of the window.
    half: Vec<f32>,
    /// Squared weighted norm.
    own: f32,
    gain: f32,
}

/// A reference worth fitting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Promising {
    /// Row in the group.
    pub(super) row: usize,
    /// Its substance.
    pub(super) substance: u32,
    /// Shift at which it looked best, points.
    pub(super) shift: f64,
    gain: f32,
}

impl<'a> Screen<'a> {
    /// Looks at all references of the group.
    pub(super) fn new(
        library: &'a Library,
        group: &'a Group,
        curves: &'a Curves,
        observed: &'a Observed,
        reach: f64,
    ) -> Self {
        let form = Form::of(&group.recipe);
        let lags: &[isize] = if reach >= 1.0 { &[0, -1, 1] } else { &[0] };
        let query = halves(&observed.dual(&observed.query.weighted));
        let square: Vec<f32> = halves(&observed.weight.iter().map(|w| w * w).collect::<Vec<_>>());
        let mut screen = Self {
            library,
            group,
            observed,
            curves,
            form,
            lags,
            kept: Vec::new(),
            damage: OnceLock::new(),
        };
        let look = |half: &mut Vec<f32>, row: usize| {
            let own = screen.half(row, half)?;
            let norm: f32 = half.iter().zip(&square).map(|(h, s)| h * h * s).sum();
            let (product, _) = screen.best_lag(half, &query);
            (own && norm > 0.0 && product > 0.0).then(|| (row, norm, product * product / norm))
        };
        let rows = curves.start.len();
        let most = ((rows as f64 * KEPT.0) as usize).max(KEPT.1);
        let mut looked: Vec<(usize, f32, f32)> = (0..rows)
            .into_par_iter()
            .with_min_len(64)
            .map_init(Vec::new, look)
            .flatten()
            .collect();
        if looked.len() > most {
            looked.select_nth_unstable_by(most, |a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
            looked.truncate(most);
            looked.sort_by_key(|l| l.0);
        }
        let kept = looked.into_iter().filter_map(|(row, own, gain)| {
            let entry = *group.entry.get(row)? as usize;
            let mut half = Vec::new();
            screen.half(row, &mut half)?;
            Some(Kept {
                row,
                substance: library.substance_of(entry)?,
                half,
                own,
                gain,
            })
        });
        let kept = kept.collect();
        screen.kept = kept;
        screen
    }

    /// Rows that were kept, and by how much each alone could lower the error.
    pub(super) fn gains(&self) -> impl Iterator<Item = (usize, f32)> + '_ {
        self.kept.iter().map(|k| (k.row, k.gain))
    }

    /// The query.
    pub(super) fn observed(&self) -> &Observed {
        self.observed
    }

    /// The most promising reference of each substance that the model lacks, best first; none of `banned`.
    pub(super) fn promising(&self, model: &Model, banned: &[u32], most: usize) -> Vec<Promising> {
        let left = halves(&self.observed.dual(&model.left(self.observed)));
        let directions: Vec<Vec<f32>> = model
            .parts
            .iter()
            .map(|p| halves(&self.observed.dual(&p.column.weighted)))
            .collect();
        let inverse = inverse(&gram(&model.parts)).unwrap_or_default();
        let mut found: Vec<Promising> = self
            .kept
            .par_iter()
            .with_min_len(64)
            .filter(|k| !banned.contains(&k.substance))
            .filter_map(|kept| {
                let (product, lag) = self.best_lag(&kept.half, &left);
                let along: Vec<f64> = directions
                    .iter()
                    .map(|d| f64::from(rough_dot(&kept.half, d)))
                    .collect();
                let explained: f64 = inverse
                    .iter()
                    .zip(&along)
                    .map(|(row, a)| a * row.iter().zip(&along).map(|(i, b)| i * b).sum::<f64>())
                    .sum();
                let new = (kept.own - explained as f32).max(NEW * kept.own);
                (product > 0.0).then(|| Promising {
                    row: kept.row,
                    substance: kept.substance,
                    shift: 2.0 * lag as f64,
                    gain: product * product / new,
                })
            })
            .collect();
        found.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.row.cmp(&b.row)));
        let mut chosen: Vec<Promising> = Vec::with_capacity(most);
        for one in found {
            if chosen.len() == most {
                break;
            }
            let new = chosen.iter().all(|c| c.substance != one.substance);
            if new && self.is_curve(one.row) {
                chosen.push(one);
            }
        }
        chosen
    }

    /// Whether a reference is a measured curve: the heights of a band table are too rough to be fitted.
    fn is_curve(&self, row: usize) -> bool {
        let Some(entry) = self.group.entry.get(row) else {
            return false;
        };
        match self.library.entry(*entry as usize) {
            Ok(entry) => entry.kind == ReferenceKind::FullSpectrum,
            Err(damaged) => {
                self.damage.get_or_init(|| damaged);
                false
            }
        }
    }

    /// The first entry that could not be read on the way, without which nothing may be said of what is missing.
    pub(super) fn damage(self) -> Option<LibraryError> {
        self.damage.into_inner()
    }

    /// A reference's intensities on the window.
    pub(super) fn reference(&self, row: usize) -> Option<Arc<Vec<f64>>> {
        let window = self.window(row)?;
        Some(Arc::new(window.into_iter().map(f64::from).collect()))
    }

    /// Substance of a kept row.
    pub(super) fn substance(&self, row: usize) -> Option<u32> {
        let at = self.kept.binary_search_by_key(&row, |k| k.row).ok()?;
        self.kept.get(at).map(|k| k.substance)
    }

    /// Largest product of a reference with the weighted rest over the shifts, and that shift in half points.
    fn best_lag(&self, half: &[f32], rest: &[f32]) -> (f32, isize) {
        let mut best = (0.0, 0);
        for lag in self.lags {
            let by = lag.unsigned_abs();
            if by >= half.len() {
                continue;
            }
            // A query that reads higher by `lag` has the reference's point i at i + lag.
            let product = match *lag >= 0 {
                true => rough_dot(&half[..half.len() - by], &rest[by..]),
                false => rough_dot(&half[by..], &rest[..rest.len() - by]),
            };
            if product > best.0 {
                best = (product, *lag);
            }
        }
        best
    }

    /// What a reference and the window have in common; `None` where that is too little.
    fn common(&self, row: usize) -> Option<(&[f32], Range<usize>, Range<usize>)> {
        let measured = self.curves.range(row);
        let (start, end) = (
            self.observed.start,
            self.observed.start + self.observed.len(),
        );
        let common = measured.start.max(start)..measured.end.min(end);
        if (common.len() as f64) < COVERED * self.observed.len() as f64 {
            return None;
        }
        let at = row.checked_mul(self.curves.points)?;
        let values = self
            .curves
            .values
            .get(at + measured.start..at + measured.end)?;
        let of_values = common.start - measured.start..common.end - measured.start;
        Some((values, of_values, common.start - start..common.end - start))
    }

    fn window(&self, row: usize) -> Option<Vec<f32>> {
        let (values, from, to) = self.common(row)?;
        let mut all = Vec::new();
        self.form.intensities(values, &mut all);
        let mut window = vec![0.0; self.observed.len()];
        window.get_mut(to)?.copy_from_slice(all.get(from)?);
        Some(window)
    }

    /// A reference's intensities on every second point of the window, of any scale; whether there are any.
    fn half(&self, row: usize, half: &mut Vec<f32>) -> Option<bool> {
        let (values, from, to) = self.common(row)?;
        half.clear();
        half.resize(self.observed.len() / 2, 0.0);
        // Pairs begin at even points of the window.
        let odd = to.start % 2;
        let inside = values.get(from.start + odd..from.end)?;
        let first = (to.start + odd) / 2;
        self.form
            .halves(inside, self.form.zero(values), half.get_mut(first..)?);
        Some(half.iter().any(|v| *v != 0.0))
    }
}

/// Sums of neighbours, so that a product with means of neighbours is that of the curves.
fn halves(values: &[f64]) -> Vec<f32> {
    values
        .as_chunks::<2>()
        .0
        .iter()
        .map(|[a, b]| (a + b) as f32)
        .collect()
}

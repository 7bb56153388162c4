//! Curves and EI spectra as the query shows them.

use super::{References, largest, of_family, smallest};
use crate::correlate::ions;
use crate::correlate::score::vibrational::Centred;
use crate::decide::standing::Standing;
use crate::library::{Curves, Group};
use crate::prepare::{Signal, abundances, prepare};
use crate::search::{Hit, Ranking};
use crate::spectrum::Spectrum;
use std::cell::OnceCell;
use std::ops::Range;

/// Grid points within which two places of a curve are one band.
const BAND: f64 = 9.5;
/// Width of a set where none was learned.
const USUAL_WIDTH: f64 = 0.25;

/// The references of a group over the query's range.
pub(super) struct View<'a> {
    group: &'a Group,
    range: Range<usize>,
    /// Smallest abundance of the query in shares of its base peak; 0 for curves.
    floor: f64,
    /// Distance from a perfect comparison within which another is alike.
    reach: f64,
    /// By position in the ranking.
    seen: Vec<Option<Seen>>,
}

/// A candidate's reference as the query saw it.
struct Seen {
    /// With the grid index as position, zero outside the query's range.
    values: Vec<f64>,
    /// Over the query's range, of curves.
    centred: Option<Centred>,
    /// How it compares with itself.
    perfect: OnceCell<Option<f64>>,
}

impl<'a> View<'a> {
    pub fn of(
        spectrum: &Spectrum,
        group: &'a Group,
        curves: &Curves,
        ranking: &Ranking,
    ) -> Option<Self> {
        let query = prepare(spectrum, &group.recipe).ok()?.signal;
        let range = query.start..query.end();
        let floor = match group.recipe.family.is_mass() {
            true => smallest(abundances(&query, &group.recipe).values.into_iter()),
            false => 0.0,
        };
        let calibration = group.calibration.as_ref();
        let width = calibration.map_or(USUAL_WIDTH, |c| c.width);
        let mut view = Self {
            group,
            range,
            floor,
            reach: width * Standing::of(&ranking.hits).allowance(),
            seen: Vec::new(),
        };
        let hits = of_family(ranking, group.recipe.family);
        view.seen = hits.map(|hit| view.see(hit?, curves)).collect();
        Some(view)
    }

    /// A candidate's reference.
    fn see(&self, hit: &Hit, curves: &Curves) -> Option<Seen> {
        let signal = curves.signal(self.group.row_of(hit.entry)?)?;
        let mass = self.group.recipe.family.is_mass();
        let values = self.cut(match mass {
            true => abundances(&signal, &self.group.recipe),
            false => signal,
        });
        let centred = || Centred::of(&values[self.range.clone()]);
        Some(Seen {
            centred: (!mass).then(centred),
            values,
            perfect: OnceCell::new(),
        })
    }

    fn cut(&self, signal: Signal) -> Vec<f64> {
        let mut values = vec![0.0; self.range.end];
        for (i, value) in (signal.start..).zip(signal.values) {
            if self.range.contains(&i) {
                values[i] = value;
            }
        }
        if self.floor > 0.0 {
            let base = values.iter().copied().fold(0.0, f64::max);
            let least = self.floor * base;
            values
                .iter_mut()
                .filter(|v| **v < least)
                .for_each(|v| *v = 0.0);
        }
        values
    }

    fn compare(&self, a: &Seen, b: &Seen) -> Option<f64> {
        match a.centred.as_ref().zip(b.centred.as_ref()) {
            Some((a, b)) => Some(a.hqi(b)?.sqrt()),
            None => ions::score(&a.values, &b.values, self.range.clone()),
        }
    }

    fn at(&self, index: usize) -> Option<&Seen> {
        self.seen.get(index)?.as_ref()
    }
}

impl References for View<'_> {
    fn sees(&self, index: usize) -> bool {
        let perfect = |own: &Seen| *own.perfect.get_or_init(|| self.compare(own, own));
        self.at(index).and_then(perfect).is_some()
    }

    fn alike(&self, index: usize, other: usize) -> bool {
        let pair = self.at(index).zip(self.at(other));
        pair.is_some_and(|(own, other)| {
            let perfect = own.perfect.get_or_init(|| self.compare(own, own));
            let score = self.compare(own, other).unwrap_or(0.0);
            perfect.is_some_and(|perfect| perfect - score <= self.reach)
        })
    }

    /// By square roots of abundance in shares of the base peak for EI, values of curves of unit norm else.
    fn differences(&self, index: usize, other: usize) -> Vec<(f64, bool)> {
        let Some((own, other)) = self.at(index).zip(self.at(other)) else {
            return Vec::new();
        };
        let mass = self.group.recipe.family.is_mass();
        let scaled = |values: &[f64]| -> Vec<f64> {
            let scale = match mass {
                true => values.iter().copied().fold(0.0, f64::max),
                false => values.iter().map(|v| v * v).sum::<f64>().sqrt(),
            };
            let share = |v: &f64| if scale > 0.0 { v / scale } else { 0.0 };
            let shares = values.iter().map(share);
            match mass {
                true => shares.map(f64::sqrt).collect(),
                false => shares.collect(),
            }
        };
        let (own, other) = (scaled(&own.values), scaled(&other.values));
        let grid = &self.group.recipe.grid;
        let gaps = own.iter().zip(other).enumerate();
        let gaps: Vec<(f64, f64)> = gaps.map(|(i, (a, b))| (grid.x(i), a - b)).collect();
        let apart = if mass { 0.5 } else { BAND };
        largest(&gaps, apart * grid.step)
    }

    fn decimals(&self) -> usize {
        0
    }
}

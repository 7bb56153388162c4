//! The engine's coefficients by plain sums: for a few lags, or for few references, these cost less
//! than a transform. Equal to those of the transform within rounding, 1e-12 for signals of mean zero.

use super::{Correlation, Engine, Query, Running, Settings, sums, vertex};
use crate::correlate::cascade::Shifted;
use std::ops::{Range, RangeInclusive};

impl Query {
    /// The query as the cascade sees it: `None` where no window is left inside the tolerance.
    pub(in crate::correlate) fn shifted(&self, settings: &Settings) -> Option<Shifted<'_>> {
        let window = self.start + settings.tolerance..self.end.saturating_sub(settings.tolerance);
        let enough = window.end >= window.start + settings.min_overlap.max(2);
        enough.then(|| Shifted {
            values: &self.values,
            sums: [&self.sums.plain, &self.sums.square],
            start: self.start,
            tolerance: settings.tolerance,
            window,
        })
    }
}

impl Engine {
    /// `R(0)` of [`Engine::correlate`] by its plain sum: for signals whose axis has no tolerance, where
    /// one lag costs less than a transform. Equal to within rounding. `None` in the same cases.
    pub fn unshifted(&self, query: &Query, row: &[f32], range: Range<usize>) -> Option<f64> {
        let range = range.start..range.end.min(row.len()).min(self.settings.points);
        let window = self.window(query, &range)?;
        let inside = &row[window.clone()];
        let shifted = query
            .values
            .get(window.start - query.start..window.end - query.start)?;
        let [product, square, plain] = sums(inside, shifted);
        self.normalised(
            product,
            (plain, square),
            query.sums.over(&window),
            window.len(),
        )
    }

    /// [`Engine::correlate`] by plain sums, looking for the largest `R(t)` among these lags only, and
    /// without the background. `None` in the same cases.
    pub fn direct(
        &self,
        query: &Query,
        row: &[f32],
        range: Range<usize>,
        lags: RangeInclusive<isize>,
    ) -> Option<Correlation> {
        let range = range.start..range.end.min(row.len()).min(self.settings.points);
        let window = self.window(query, &range)?;
        let mut running = Running::default();
        let inside = row[window.clone()].iter().map(|v| f64::from(*v));
        running.fill(window.start, inside);
        let at = |lag: isize| {
            let covered = Self::covered(query, &window, lag);
            let shifted = covered.start.checked_add_signed(lag)? - query.start;
            let shifted = query.values.get(shifted..shifted + covered.len())?;
            let [product, ..] = sums(&row[covered], shifted);
            self.coefficient(query, &running, &window, lag, product)
        };
        let (lag, score) = Self::largest(lags.filter_map(|lag| at(lag).map(|r| (lag, r))))?;
        let shift = match (at(lag - 1), at(lag + 1)) {
            (Some(before), Some(after)) => lag as f64 + vertex(before, score, after),
            _ => lag as f64,
        };
        let limit = self.settings.tolerance as f64;
        Some(Correlation {
            score,
            shift: shift.clamp(-limit, limit),
            background: None,
            window,
        })
    }
}

//! A query as codes.

use super::{ColumnsView, FULL, LATEST_START, MARGIN, STARTS};
use crate::correlate::{Centring, Engine, Query};

/// Largest code of a query's value.
const LARGEST: f64 = 127.0;
/// Largest code of a value as large as the norm: keeps most sums below saturation.
const SCALE: f64 = 190.0;

/// A query ready to be compared with the columns.
pub(super) struct Coded {
    /// Grid index of its start.
    pub start: usize,
    /// Columns of its ions and their codes, the largest code first.
    pub ions: Vec<(usize, u8)>,
    /// What a sum of products is multiplied by to bound the score of a row, by the row's start.
    pub unit: [f64; STARTS],
}

impl Coded {
    /// `None` where the index cannot bound the scores of this query: the engine allows a shift or
    /// removes means, the query starts too late or ends before the grid, has a value that is negative
    /// or not finite, or no ion that some row could be compared with.
    pub fn new(view: &ColumnsView<'_>, engine: &Engine, query: &Query) -> Option<Self> {
        let settings = engine.settings();
        let points = view.fields.points;
        let range = query.range();
        let plain = settings.tolerance == 0
            && settings.centring == Centring::None
            && settings.points == points
            && settings.min_overlap.max(2) <= points.checked_sub(LATEST_START)?;
        if !plain || range.start > LATEST_START || range.end != points {
            return None;
        }
        let power = query.power(range.clone());
        let norm = power.sqrt();
        let values = query.values();
        let usable = values.iter().all(|v| v.is_finite() && *v >= 0.0);
        if !usable || !power.is_normal() {
            return None;
        }
        let largest = values.iter().copied().fold(0.0, f64::max) / norm;
        let scale = ((LARGEST - 0.01) / largest).min(SCALE);
        let mut ions: Vec<(usize, u8)> = (range.start..)
            .zip(values)
            .filter(|(_, value)| **value > 0.0)
            .map(|(column, value)| (column, (scale * (value / norm) * MARGIN).ceil() as u8))
            .collect();
        ions.sort_by_key(|(column, code)| (std::cmp::Reverse(*code), *column));
        let mut unit = [0.0; STARTS];
        for (start, unit) in unit.iter_mut().enumerate() {
            let inside = query.power(start.max(range.start)..points);
            if !inside.is_normal() || inside < 0.0 {
                return None;
            }
            *unit = 1.0 / (f64::from(FULL) * scale * (inside.sqrt() / norm));
        }
        Some(Self {
            start: range.start,
            ions,
            unit,
        })
    }

    /// The bound on the score of a row from its sum of products and its start.
    pub fn bound(&self, sum: u16, start: u8) -> f64 {
        match sum {
            u16::MAX => f64::INFINITY,
            sum => f64::from(sum) * self.unit[usize::from(start).min(LATEST_START)],
        }
    }
}

//! The common even axis of a technique, and a signal on part of it.

use crate::units::XUnit;
use serde::{Deserialize, Serialize};

/// An even axis: `points` values from `first`, `step` apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Abscissa of point 0.
    pub first: f64,
    /// Distance between neighbours, positive.
    pub step: f64,
    /// Number of points.
    pub points: usize,
    /// Unit of the abscissa.
    pub unit: XUnit,
}

impl Grid {
    /// Abscissa of point `index`.
    pub fn x(&self, index: usize) -> f64 {
        self.first + self.step * index as f64
    }

    /// Abscissa of the last point.
    pub fn last(&self) -> f64 {
        self.x(self.points.saturating_sub(1))
    }

    /// Number of points that cover `width`, at least one.
    pub fn points_in(&self, width: f64) -> usize {
        (width / self.step).round().max(1.0) as usize
    }
}

/// Values on the grid points `start .. start + values.len()`; nothing was measured elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Grid index of the first value.
    pub start: usize,
    /// One value per grid point.
    pub values: Vec<f64>,
}

impl Signal {
    /// Grid index after the last value.
    pub fn end(&self) -> usize {
        self.start + self.values.len()
    }

    /// The values with zeros on the unmeasured rest of the grid.
    pub fn on_grid(&self, points: usize) -> Vec<f32> {
        let mut row = vec![0.0; points];
        for (slot, value) in row.iter_mut().skip(self.start).zip(&self.values) {
            *slot = *value as f32;
        }
        row
    }
}

//! By how much a reference lowers the cost of what a model leaves.

use super::cost::{EFFECTIVE, quick_cost, quick_ln};
use super::query::Query;
use super::references::Reference;
use super::screen::Left;
use crate::correlate::ions::Major;

/// Quantiles of the ratios of the major ions that are tried as the scale.
const QUANTILES: [f32; 4] = [0.2, 0.4, 0.6, 0.8];
/// Ions that add less than this share to the model change nothing.
const NEGLIGIBLE: f32 = 0.01;

/// The query beside the model of the other components, in single precision.
pub(super) struct Beside {
    pub left: Left,
    low: usize,
    first: usize,
    /// Model and floor.
    model: Vec<f32>,
    logs: Vec<f32>,
    costs: Vec<f32>,
}

impl Beside {
    /// `model` by m/z from the query's start on; ions before index `first` are not compared.
    pub fn of(query: &Query, model: &[f64], first: usize) -> Self {
        let floor = query.floor as f32;
        let logs: Vec<f32> = query.logs.iter().map(|log| *log as f32).collect();
        let model_and_floor: Vec<f32> = model.iter().map(|m| *m as f32 + floor).collect();
        let pairs = logs.iter().zip(&model_and_floor);
        Self {
            left: Left::of(query, model),
            low: query.low,
            first,
            costs: pairs
                .map(|(log, m)| quick_cost(log - quick_ln(*m)))
                .collect(),
            model: model_and_floor,
            logs,
        }
    }

    /// The largest gain and its scale, without a tilt; `None` where the reference has no major ion here.
    pub fn gain(
        &self,
        reference: &Reference,
        majors: &[Major],
        start: usize,
    ) -> Option<(f64, f64)> {
        let shares = reference.shares.get(self.low + self.first..)?;
        let ions: Vec<(usize, f32)> = (self.first..self.logs.len())
            .zip(shares)
            .filter(|(_, share)| **share > 0.0)
            .map(|(i, share)| (i, *share as f32))
            .collect();
        let mut best: Option<(f32, f32)> = None;
        for quantile in QUANTILES {
            let scale = self.left.scale(majors, start, quantile)?;
            if best.is_some_and(|(_, tried)| tried == scale) {
                continue;
            }
            let gain = self.at(&ions, scale);
            if best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, scale));
            }
        }
        best.map(|(gain, scale)| (EFFECTIVE * f64::from(gain), f64::from(scale)))
    }

    fn at(&self, ions: &[(usize, f32)], scale: f32) -> f32 {
        let gains = ions.iter().map(|(i, share)| {
            let added = scale * share;
            if added < NEGLIGIBLE * self.model[*i] {
                return 0.0;
            }
            self.costs[*i] - quick_cost(self.logs[*i] - quick_ln(self.model[*i] + added))
        });
        gains.sum()
    }
}

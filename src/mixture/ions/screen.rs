//! Which references could explain what a model leaves of a query.

use super::cost::{quick_cost, quick_ln};
use super::query::Query;
use super::references::{MAJOR, Major, References};
use rayon::prelude::*;

/// Quantiles of the ratios query to reference, by weight, that are tried as the scale: low, since an
/// ion may be shared with other components and never be smaller than the component makes it.
const QUANTILES: [f32; 3] = [0.15, 0.35, 0.55];
/// Smallest scale worth trying.
const LEAST_SCALE: f32 = 1e-4;
/// Rows looked at by one thread at a time.
const TOGETHER: usize = 1024;

/// The query and a model of it at each m/z.
pub(super) struct Left {
    low: usize,
    floor: f32,
    /// What is above the model.
    above: Vec<f32>,
    model: Vec<f32>,
    logs: Vec<f32>,
    /// Cost of the model alone.
    costs: Vec<f32>,
}

impl Left {
    /// `model` by m/z from the query's start on.
    pub fn of(query: &Query, model: &[f64]) -> Self {
        let floor = query.floor as f32;
        let logs: Vec<f32> = query.logs.iter().map(|log| *log as f32).collect();
        let ions = query.ions.iter().zip(model);
        let model: Vec<f32> = model.iter().map(|m| *m as f32).collect();
        let costs = logs.iter().zip(&model);
        Self {
            low: query.low,
            floor,
            above: ions.map(|(q, m)| (q - m).max(0.0) as f32).collect(),
            costs: costs
                .map(|(log, m)| quick_cost(log - quick_ln(m + floor)))
                .collect(),
            model,
            logs,
        }
    }

    /// The ratios of what is left to a reference's major ions: sorted, with their weights.
    fn ratios(&self, majors: &[Major], start: usize, out: &mut Ratios) {
        out.count = 0;
        out.total = 0.0;
        let first = start.max(self.low);
        for major in majors.iter().take_while(|m| m.weight > 0.0) {
            let mz = usize::from(major.mz);
            if mz < first {
                continue;
            }
            let above = self.above.get(mz - self.low).copied().unwrap_or(0.0);
            let ratio = above / major.share;
            let mut at = out.count;
            while at > 0 && out.sorted[at - 1].0 > ratio {
                out.sorted[at] = out.sorted[at - 1];
                at -= 1;
            }
            out.sorted[at] = (ratio, major.weight);
            out.count += 1;
            out.total += major.weight;
        }
    }

    /// By how much a reference at this scale lowers the cost of its own major ions.
    fn gain_of_majors(&self, majors: &[Major], start: usize, scale: f32) -> f32 {
        let first = start.max(self.low);
        let mut gain = 0.0;
        for major in majors.iter().take_while(|m| m.weight > 0.0) {
            let mz = usize::from(major.mz);
            if mz < first {
                continue;
            }
            let added = scale * major.share;
            let i = mz - self.low;
            match self.logs.get(i) {
                Some(log) => {
                    let model = self.model[i] + added + self.floor;
                    gain += self.costs[i] - quick_cost(log - quick_ln(model));
                }
                None => {
                    let ratio = (added + self.floor) / self.floor;
                    gain -= quick_cost(quick_ln(ratio));
                }
            }
        }
        gain
    }

    /// The scale at a quantile of the ratios of a row's major ions; `None` where it has none here.
    pub fn scale(&self, majors: &[Major], start: usize, quantile: f32) -> Option<f32> {
        let mut ratios = Ratios::default();
        self.ratios(majors, start, &mut ratios);
        ratios.quantile(quantile).map(|c| c.max(LEAST_SCALE))
    }

    /// Largest gain of a reference over its own major ions; 0 where most of them are missing.
    pub fn best_gain(&self, majors: &[Major], start: usize) -> f32 {
        let mut ratios = Ratios::default();
        self.ratios(majors, start, &mut ratios);
        let scales = QUANTILES.iter().filter_map(|q| ratios.quantile(*q));
        scales
            .filter(|scale| *scale > LEAST_SCALE)
            .map(|scale| self.gain_of_majors(majors, start, scale))
            .fold(0.0, f32::max)
    }
}

struct Ratios {
    sorted: [(f32, f32); MAJOR],
    count: usize,
    total: f32,
}

impl Default for Ratios {
    fn default() -> Self {
        Self {
            sorted: [(0.0, 0.0); MAJOR],
            count: 0,
            total: 0.0,
        }
    }
}

impl Ratios {
    /// The ratio at which this share of the weight lies at or below.
    fn quantile(&self, share: f32) -> Option<f32> {
        let mut sum = 0.0;
        let inside = &self.sorted[..self.count];
        let at = inside.iter().find(|(_, weight)| {
            sum += weight;
            sum >= share * self.total
        });
        at.or(inside.last()).map(|(ratio, _)| *ratio)
    }
}

/// The `most` rows that lower the cost of their own major ions most, best first; rows whose major
/// ions are missing are not among them.
pub(super) fn screen(references: &References<'_>, left: &Left, most: usize) -> Vec<usize> {
    let mut found: Vec<(f32, usize)> = (0..references.len())
        .into_par_iter()
        .with_min_len(TOGETHER)
        .filter_map(|row| {
            let start = *references.start.get(row)?;
            let gain = left.best_gain(references.majors(row), start);
            (gain > 0.0).then_some((gain, row))
        })
        .collect();
    let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if found.len() > most {
        found.select_nth_unstable_by(most, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    found.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cost::cost;
    use super::*;
    use crate::prepare::Signal;

    fn major(mz: u16, share: f32) -> Major {
        Major {
            mz,
            share,
            weight: 1.0,
        }
    }

    fn query() -> Query {
        let mut values = vec![0.0; 60];
        (values[1], values[4], values[9]) = (40.0, 20.0, 40.0);
        Query::of(&Signal { start: 40, values }).unwrap()
    }

    #[test]
    fn scale_and_gain_by_hand() {
        let query = query();
        let left = Left::of(&query, &vec![0.0; query.ions.len()]);
        let mut majors = [Major::default(); MAJOR];
        majors[0] = major(41, 0.8);
        majors[1] = major(44, 0.2);
        // Ratios 0.5 and 1.0: the lower half of the weight lies at 0.5.
        assert_eq!(left.scale(&majors, 40, 0.35), Some(0.5));
        assert_eq!(left.scale(&majors, 40, 0.55), Some(1.0));
        let f = query.floor;
        let nothing = |q: f64| cost(((q + f) / f).ln());
        let with = |q: f64, m: f64| cost(((q + f) / (m + f)).ln());
        let by_hand = nothing(0.4) + nothing(0.2) - with(0.2, 0.1);
        assert!((f64::from(left.gain_of_majors(&majors, 40, 0.5)) - by_hand).abs() < 1e-3);
        // An ion below the scan is not held against a reference; one that is missing is.
        assert_eq!(left.scale(&majors, 42, 0.35), Some(1.0));
    }

    #[test]
    fn a_reference_without_its_major_ions_is_out() {
        let query = query();
        let left = Left::of(&query, &vec![0.0; query.ions.len()]);
        let mut majors = [Major::default(); MAJOR];
        majors[0] = major(41, 0.2);
        majors[1] = major(50, 0.4);
        majors[2] = major(500, 0.4);
        assert_eq!(left.best_gain(&majors, 40), 0.0);
        assert_eq!(left.best_gain(&[], 40), 0.0);
    }
}

//! A mixture's ions ready to be taken apart.

use super::cost::cost;
use crate::prepare::Signal;

/// Part of the smallest ions that may be noise: the floor is above them.
const SMALLEST: f64 = 0.05;
/// Limits of the floor in shares of the base peak.
const FLOOR: (f64, f64) = (0.002, 0.02);
/// m/z beyond the query's heaviest ion where references may still be expected to show ions.
const BEYOND: usize = 60;

/// Abundances in shares of their sum.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// By m/z from [`Query::low`] on.
    pub ions: Vec<f64>,
    /// First m/z of the scan.
    pub low: usize,
    /// Abundance at which an ion counts half: below it, instruments agree on nothing.
    pub floor: f64,
    /// `ln(abundance + floor)`.
    pub logs: Vec<f64>,
}

impl Query {
    /// Of abundances by m/z from the signal's start on; `None` where there are none.
    pub fn of(abundances: &Signal) -> Option<Self> {
        let values = &abundances.values;
        let clean = |v: &f64| if v.is_finite() { v.max(0.0) } else { 0.0 };
        let total: f64 = values.iter().map(clean).sum();
        let last = values.iter().rposition(|v| clean(v) > 0.0)?;
        if !total.is_finite() || total <= 0.0 {
            return None;
        }
        let ions: Vec<f64> = values
            .iter()
            .take(last + BEYOND)
            .map(|v| clean(v) / total)
            .collect();
        let base = ions.iter().copied().fold(0.0, f64::max);
        let mut present: Vec<f64> = ions.iter().copied().filter(|v| *v > 0.0).collect();
        present.sort_by(f64::total_cmp);
        let floor = quantile(&present, SMALLEST).clamp(FLOOR.0 * base, FLOOR.1 * base);
        Some(Self {
            logs: ions.iter().map(|v| (v + floor).ln()).collect(),
            ions,
            low: abundances.start,
            floor,
        })
    }

    /// Cost of explaining the query by nothing.
    pub fn unexplained(&self) -> f64 {
        let nothing = self.floor.ln();
        let costs = self.logs.iter().map(|log| cost(log - nothing));
        super::cost::EFFECTIVE * costs.sum::<f64>()
    }
}

/// Quantile of sorted values, between neighbours by proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let at = share * last as f64;
    let (below, part) = (at as usize, at.fract());
    let above = (below + 1).min(last);
    sorted[below] * (1.0 - part) + sorted[above] * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_floor_and_cost_by_hand() {
        let signal = Signal {
            start: 40,
            values: vec![0.0, 30.0, f64::NAN, 60.0, -3.0, 10.0, 0.0],
        };
        let query = Query::of(&signal).unwrap();
        assert_eq!(query.low, 40);
        assert!((query.ions[1] - 0.3).abs() < 1e-12 && query.ions[2] == 0.0);
        // The smallest of 0.1, 0.3 and 0.6 is above 2 % of the base peak.
        assert!((query.floor - 0.012).abs() < 1e-12);
        let by_hand: f64 = [0.1_f64, 0.3, 0.6]
            .iter()
            .map(|v| 0.35 * 2.5 * (1.0 + ((v + 0.012) / 0.012).ln().powi(2) / 0.64).ln())
            .sum();
        assert!((query.unexplained() - by_hand).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_no_query() {
        for values in [
            vec![],
            vec![0.0, -1.0],
            vec![f64::NAN],
            vec![f64::MAX, f64::MAX],
        ] {
            assert!(Query::of(&Signal { start: 0, values }).is_none());
        }
    }
}

//! Which references together explain a query.

use super::fit::{FIRST_SCALE, Fit};
use super::gain::Beside;
use super::query::Query;
use super::references::Reference;

/// By how much a component must lower the cost to join.
pub(super) const JOINS: f64 = 1.5;
/// References of the largest gain that are fitted at each step.
const TRIED: usize = 6;
/// Rounds in which each component is exchanged for a better one.
const ROUNDS: usize = 2;
/// Less is rounding.
const BETTER: f64 = 1e-6;

/// The candidates of one query.
pub(super) struct Search<'a> {
    pub query: &'a Query,
    pub candidates: &'a [Reference],
    /// How many substances have a peak at each of the query's, of how many looked at.
    pub common: &'a [u32],
    pub substances: usize,
    /// Whether the query states a precursor, so that only what was isolated with it is looked at.
    pub isolated: bool,
}

/// Which of the references that could take a place are fitted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    /// Those of the largest gain.
    Reference,
    /// The one of the largest gain of each substance.
    Substance,
}

impl Search<'_> {
    /// Fits these candidates.
    pub fn fit(&self, chosen: &[usize], scales: &[f64]) -> Fit {
        Fit::of(self.query, self.candidates, chosen, scales)
    }

    pub fn substance(&self, candidate: usize) -> &str {
        &self.candidates[candidate].substance
    }

    /// By how few substances a peak is had that `n` have: `ln((all + 1) / n)`.
    pub fn rarity(&self, n: u32) -> f64 {
        ((self.substances + 1) as f64 / f64::from(n.max(1))).ln()
    }

    /// The candidate of these with the largest gain alone.
    pub fn best_alone(&self, of: impl Fn(&Reference) -> bool) -> Option<usize> {
        let nothing = vec![0.0; self.query.len()];
        let beside = Beside::of(self.query, &nothing);
        let gains = self.gains(&beside, &of);
        gains.first().map(|(_, candidate, _)| *candidate)
    }

    /// Gains above nothing with candidate and scale, largest first.
    fn gains(
        &self,
        beside: &Beside<'_>,
        of: impl Fn(&Reference) -> bool,
    ) -> Vec<(f64, usize, f64)> {
        let own = self.candidates.iter().enumerate().filter(|(_, r)| of(r));
        let mut gains: Vec<(f64, usize, f64)> = own
            .map(|(k, reference)| {
                let (gain, scale) = beside.best(reference);
                (gain, k, scale)
            })
            .filter(|(gain, ..)| *gain > 0.0)
            .collect();
        gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        gains
    }

    /// The fixed candidates, and up to `most` in all that lower the cost enough, each the best in its place.
    pub fn build(&self, fixed: &[usize], most: usize) -> Fit {
        let mut fit = self.fit(fixed, &vec![FIRST_SCALE; fixed.len()]);
        while fit.chosen.len() < most {
            let model = &fit.model[..self.query.len()];
            let beside = Beside::of(self.query, model);
            let free = |r: &Reference| !self.holds(&fit.chosen, r);
            let tried = self.gains(&beside, free).into_iter().take(TRIED);
            let joined = tried.map(|(_, candidate, scale)| {
                let chosen: Vec<usize> = fit.chosen.iter().copied().chain([candidate]).collect();
                let scales: Vec<f64> = fit.scales.iter().copied().chain([scale]).collect();
                self.fit(&chosen, &scales)
            });
            match joined.min_by(|a, b| a.cost.total_cmp(&b.cost)) {
                Some(better) if fit.cost - better.cost >= JOINS => fit = better,
                _ => break,
            }
            self.exchange(&mut fit, fixed.len());
        }
        fit
    }

    /// Exchanges each component, but for the first `fixed`, as long as that lowers the cost.
    fn exchange(&self, fit: &mut Fit, fixed: usize) {
        for _ in 0..ROUNDS {
            let mut changed = false;
            for k in fixed..fit.chosen.len() {
                let best = self
                    .in_place_of(fit, k, TRIED, Each::Reference)
                    .into_iter()
                    .next();
                if let Some(better) = best.filter(|other| other.cost < fit.cost - BETTER) {
                    *fit = better;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Fits with another candidate, or the same, in the place of component `k`, least cost first.
    pub fn in_place_of(&self, fit: &Fit, k: usize, most: usize, each: Each) -> Vec<Fit> {
        let rest = fit.others(k, self.query.len());
        let beside = Beside::of(self.query, &rest);
        let others: Vec<usize> = (fit.chosen.iter().enumerate())
            .filter(|(i, _)| *i != k)
            .map(|(_, candidate)| *candidate)
            .collect();
        let mut gains = self.gains(&beside, |r| !self.holds(&others, r));
        if each == Each::Substance {
            let mut seen = std::collections::HashSet::new();
            gains.retain(|(_, candidate, _)| seen.insert(self.substance(*candidate)));
        }
        let mut fits: Vec<Fit> = (gains.into_iter().take(most))
            .map(|(_, candidate, scale)| {
                let (mut chosen, mut scales) = (fit.chosen.clone(), fit.scales.clone());
                (chosen[k], scales[k]) = (candidate, scale);
                self.fit(&chosen, &scales)
            })
            .collect();
        fits.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        fits
    }

    /// Whether one of these is of a reference's substance.
    fn holds(&self, chosen: &[usize], reference: &Reference) -> bool {
        chosen
            .iter()
            .any(|c| self.candidates[*c].substance == reference.substance)
    }
}

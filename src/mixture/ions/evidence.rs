//! What speaks for a component, and from when on it is named.

use super::build::{LISTED, Search, scales_of};
use super::candidate::{Candidate, LEFT_OUT, MOST_ALIKE};
use super::cost::cost;
use super::fit::Fit;
use super::rule;
use std::collections::HashSet;

/// Factor within which an ion is as the model says: `exp(0.7)` is 2.
const AS_SAID: f64 = 0.7;
/// Factor below which an ion is missing: `exp(-0.9)` is 0.4.
const MISSING: f64 = -0.9;
/// Keeps the logarithm of the probability of all others finite.
const LEAST_LEFT: f64 = 0.003;

/// A component of the final set as it is judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// Its row.
    pub row: usize,
    /// Position in the fit.
    pub index: usize,
    /// Score of its comparison with what the others leave.
    pub score: f64,
    /// Rows of other substances that could take its place, best first.
    pub alike: Vec<usize>,
    /// Logit of the rule: above [`rule::LIMIT`] it is named.
    pub logit: f64,
    /// By how much its absence raises the cost.
    pub needed: f64,
}

/// Judges every component of a set.
pub(super) fn judge(search: &mut Search<'_>, rows: &[usize]) -> Vec<Judged> {
    if rows.is_empty() {
        return Vec::new();
    }
    let fit = search.fit(rows, &[]);
    let whole = Whole::of(search, &fit);
    let one = |index: usize| of_component(search, &fit, index, &whole);
    (0..fit.rows.len()).filter_map(one).collect()
}

/// What concerns all components alike.
struct Whole {
    /// `ln((query + floor) / (model + floor))`.
    deviations: Vec<f64>,
    /// Share of the query above the model.
    above: f64,
    /// Cost an ion.
    cost: f64,
    /// Logarithm of the floor in shares of the base peak.
    floor: f64,
}

impl Whole {
    fn of(search: &Search<'_>, fit: &Fit) -> Self {
        let query = search.query;
        let pairs = || query.ions.iter().zip(&fit.model);
        let seen = pairs()
            .filter(|(q, m)| q.max(**m) > 2.0 * query.floor)
            .count();
        let base = query.ions.iter().copied().fold(0.0, f64::max);
        Self {
            deviations: (query.logs.iter().zip(&fit.model))
                .map(|(log, m)| log - (m + query.floor).ln())
                .collect(),
            above: pairs().map(|(q, m)| (q - m).max(0.0)).sum(),
            cost: fit.cost / seen.max(1) as f64,
            floor: (query.floor / base).ln(),
        }
    }
}

fn of_component(search: &mut Search<'_>, fit: &Fit, index: usize, whole: &Whole) -> Option<Judged> {
    let row = *fit.rows.get(index)?;
    let part = fit.parts.get(index)?;
    let rest: Vec<usize> = fit.rows.iter().copied().filter(|r| *r != row).collect();
    let needed = (search.cost(&rest, &scales_of(fit)) - fit.cost).max(0.0);
    let candidates = search.candidates_for(&fit.rows, row, LISTED);
    let own = candidates.iter().find(|c| c.row == row)?;
    let (alike, left) = look_alikes(search, &candidates, row);
    let floor = search.query.floor;
    let total: f64 = part.iter().sum();
    let alone: f64 = part
        .iter()
        .zip(&fit.model)
        .map(|(p, m)| p * p / (m + floor))
        .sum();
    let majors = Majors::of(search, fit, part, row, &whole.deviations);
    let quantities = [
        own.score,
        needed.ln_1p(),
        majors.cost,
        alone / total.max(1e-30),
        majors.as_said.ln_1p(),
        majors.missing,
        total.max(1e-4).ln(),
        whole.above,
        whole.cost,
        (left + LEAST_LEFT).ln(),
        alike.len() as f64,
        whole.floor,
    ];
    Some(Judged {
        row,
        index,
        score: own.score,
        alike,
        logit: rule::logit(&quantities),
        needed,
    })
}

/// How the major ions of a component are found.
#[derive(Default)]
struct Majors {
    /// Mean cost, by weight.
    cost: f64,
    /// Number that are as the model says, each counted by the component's part of it.
    as_said: f64,
    /// Weight of those that are missing, each by the component's part of the model.
    missing: f64,
}

impl Majors {
    fn of(search: &Search<'_>, fit: &Fit, part: &[f64], row: usize, deviations: &[f64]) -> Self {
        let query = search.query;
        let start = search.start(row);
        let mut found = Self::default();
        let mut total = 0.0;
        for major in search.references.majors(row) {
            let mz = usize::from(major.mz);
            let index = mz.checked_sub(query.low).filter(|_| mz >= start);
            let Some(i) = index.filter(|i| *i < deviations.len()) else {
                continue;
            };
            let weight = f64::from(major.weight);
            let own = part[i] / (fit.model[i] + query.floor);
            total += weight;
            found.cost += weight * cost(deviations[i]);
            if deviations[i].abs() < AS_SAID && weight > 0.0 {
                found.as_said += own;
            }
            if deviations[i] < MISSING {
                found.missing += weight * own;
            }
        }
        if total > 0.0 {
            found.cost /= total;
            found.missing /= total;
        }
        found
    }
}

/// The fewest other substances that together with the named one leave a probability of at most
/// [`LEFT_OUT`] to all others, at most [`MOST_ALIKE`]; and that probability. A substance counts by its
/// best entry.
fn look_alikes(search: &Search<'_>, candidates: &[Candidate], row: usize) -> (Vec<usize>, f64) {
    let mut seen: HashSet<&str> = HashSet::new();
    let each: Vec<&Candidate> = (candidates.iter())
        .filter(|c| seen.insert(search.substance(c.row)))
        .collect();
    let best = each
        .iter()
        .map(|c| c.odds)
        .fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = each.iter().map(|c| (c.odds - best).exp()).collect();
    let total: f64 = odds.iter().sum();
    let mut left = 1.0;
    let mut alike = Vec::new();
    for (candidate, odds) in each.iter().zip(&odds).take(MOST_ALIKE + 1) {
        left -= odds / total;
        if search.substance(candidate.row) != search.substance(row) {
            alike.push(candidate.row);
        }
        if left <= LEFT_OUT {
            break;
        }
    }
    (alike, left.max(0.0))
}

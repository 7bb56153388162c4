//! Which references together explain the query: forward selection, exchange, removal.

use super::model::{Axis, Model, Part};
use super::screen::{Promising, Screen};
use rayon::prelude::*;

/// References fitted at each step.
const FITTED: usize = 12;
/// Of these, fitted again from several common shifts.
const AGAIN: usize = 2;
/// References fitted in the place of one of the model's.
const RIVALS: usize = 6;
/// Common shifts, in parts of the reach, from which a fit starts again.
const STARTS: [f64; 3] = [-0.5, 0.0, 0.5];
/// A reference is tried where it lowers the logarithm of the error by this.
const TRIED: f64 = 0.12;
/// An exchange must lower the error by this part.
const EXCHANGED: f64 = 0.005;
/// Rounds of exchange.
const ROUNDS: usize = 2;

/// Puts models together.
pub(super) struct Composer<'a> {
    pub(super) screen: &'a Screen<'a>,
    pub(super) axis: Axis,
}

/// The model without one of its references, and what could stand in its place.
#[derive(Debug, Clone)]
pub(super) struct Rivals {
    /// By how much the logarithm of the error grows without the reference.
    pub(super) evidence: f64,
    /// Other substances: row, and by how much the logarithm of the error grows with it instead.
    pub(super) others: Vec<(usize, f64)>,
}

impl Composer<'_> {
    /// The references that explain the query, at most `most` beside those of `known` rows, which stay.
    pub(super) fn compose(&self, known: &[usize], most: usize) -> Model {
        let observed = self.screen.observed();
        let mut model = Model::empty(observed);
        for row in known {
            if let Some(part) = self.part(*row, 0.0) {
                let mut parts = model.parts.clone();
                parts.push(part);
                model = Model::of(observed, parts)
                    .smoothed(observed)
                    .settled(observed, &self.axis);
            }
        }
        while model.parts.len() < most + known.len() {
            let Some(next) = self.additions(&model, FITTED, AGAIN).into_iter().next() else {
                break;
            };
            if (model.error / next.error).ln() < TRIED {
                break;
            }
            model = next;
            if model.parts.len() > 1 {
                model = self.exchanged(model, known);
            }
        }
        model
    }

    /// The model with one more reference, of another substance, by falling worth.
    fn additions(&self, model: &Model, most: usize, again: usize) -> Vec<Model> {
        let observed = self.screen.observed();
        let promising = self.promising(model, most);
        let mut found: Vec<Model> = promising
            .into_par_iter()
            .filter_map(|one| self.with(model, one))
            .collect();
        let by_error = |a: &Model, b: &Model| {
            a.error
                .total_cmp(&b.error)
                .then(last_row(a).cmp(&last_row(b)))
        };
        found.sort_by(by_error);
        if again > 0 && !model.parts.is_empty() && self.axis.reach > 0.0 {
            let again = again.min(found.len());
            found[..again].par_iter_mut().for_each(|found| {
                let variance = found.variance(observed);
                for start in STARTS {
                    let moved = found.together_at(observed, start * self.axis.reach);
                    let moved = moved.settled(observed, &self.axis);
                    if moved.cost(&self.axis, variance) < found.cost(&self.axis, variance) {
                        *found = moved;
                    }
                }
            });
            found.sort_by(by_error);
        }
        found
    }

    /// References of substances that the model lacks.
    fn promising(&self, model: &Model, most: usize) -> Vec<Promising> {
        let parts = model.parts.iter();
        let banned: Vec<u32> = parts.filter_map(|p| self.screen.substance(p.row)).collect();
        self.screen.promising(model, &banned, most)
    }

    fn with(&self, model: &Model, one: Promising) -> Option<Model> {
        let observed = self.screen.observed();
        let mut parts = model.parts.clone();
        parts.push(self.part(one.row, one.shift)?);
        let model = Model::of(observed, parts);
        Some(model.smoothed(observed).settled(observed, &self.axis))
    }

    fn part(&self, row: usize, shift: f64) -> Option<Part> {
        let shift = shift.clamp(-self.axis.reach, self.axis.reach);
        Some(Part::new(
            self.screen.observed(),
            row,
            self.screen.reference(row)?,
            shift,
            0.0,
        ))
    }

    /// Each reference that is not known is exchanged for one that does better.
    fn exchanged(&self, mut model: Model, known: &[usize]) -> Model {
        let observed = self.screen.observed();
        for _ in 0..ROUNDS {
            let better = (0..model.parts.len()).find_map(|index| {
                if known.contains(&model.parts[index].row) {
                    return None;
                }
                let rest = model.without(observed, index);
                let best = self.additions(&rest, RIVALS / 2, 0).into_iter().next()?;
                (best.error < (1.0 - EXCHANGED) * model.error).then_some(best)
            });
            match better {
                Some(better) => model = better,
                None => break,
            }
        }
        model
    }

    /// Rows of the references that what is left resembles most.
    pub(super) fn unexplained(&self, model: &Model, most: usize) -> Vec<usize> {
        let promising = self.promising(model, most);
        promising.into_iter().map(|p| p.row).collect()
    }

    /// What speaks for a reference of the model, and what could stand in its place.
    pub(super) fn rivals(&self, model: &Model, index: usize) -> Rivals {
        let observed = self.screen.observed();
        let rest = model.without(observed, index);
        let own = model
            .parts
            .get(index)
            .and_then(|p| self.screen.substance(p.row));
        let others = self
            .additions(&rest, RIVALS, 0)
            .into_iter()
            .filter_map(|other| {
                let row = other.parts.last()?.row;
                let grows = (other.error / model.error).ln();
                (self.screen.substance(row) != own).then_some((row, grows))
            });
        Rivals {
            evidence: (rest.error / model.error).ln(),
            others: others.collect(),
        }
    }
}

fn last_row(model: &Model) -> usize {
    model.parts.last().map_or(0, |p| p.row)
}

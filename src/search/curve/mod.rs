//! The second stage for curves: the best references of the exhaustive search are compared again,
//! each with the corrections that suit it best.
//!
//! # Definition
//! For a query and one reference, both as prepared by the group's recipe:
//!
//! 0. a noisy query is smoothed ([`Form::denoised`]);
//! 1. the axis curve between them ([`crate::correlate::warp`]) warps the query onto the reference's axis;
//! 2. the sharper of the two is smoothed by the Gaussian width under which they agree best ([`compare`]);
//! 3. a cubic polynomial is fitted together with the reference, for what baseline is left: the
//!    agreement is the partial correlation of query and reference given the polynomial;
//! 4. the **refined** score is that correlation, charged for the axis curve and the smoothing
//!    ([`charged`]): what a flexible comparison gains must be worth more than the flexibility.
//!
//! The axis error of the [`FOLLOWED`] best is then followed from band to band ([`follow`]) and told in the place of the
//! axis curve where it leaves less than [`BETTER`] of what that leaves unexplained; scores stay. Of 50 real Raman
//! queries that is so for the ten of two handhelds out of calibration, of which it leaves 0.27 to 0.55, and for no
//! other (0.82 and more).
//!
//! All references have the same polynomial, which needs no charge. The references of the [`REFINED`] best substances by the
//! first stage are compared in this way, and of each the best is kept; the other substances keep their order below them, with
//! at most the lowest refined score. How many is a choice, as no bound of the refined score is known: of 66 real Raman
//! queries, 16 of them of handhelds out of calibration, the best by the refined score never came from
//! below the eighth place of the first stage, and the first three never from below the nineteenth.
//! References, queries and constants fix the result: nothing is random.

mod chance;
mod compare;
mod features;
mod finding;
mod follow;
mod recalibrate;
mod settings;

use super::Hit;
use crate::correlate::warp::{Fit, Fitter, charged};
use crate::library::{Curves, Group};
use crate::prepare::{Recipe, Signal};
use compare::{Agreement, Cubic, Form};
use follow::Band;
use rayon::prelude::*;
use std::collections::HashSet;
use std::ops::Range;

pub(super) use finding::TRUSTED;
pub use finding::axis_places;
pub(super) use finding::axis_warning;
pub(super) use recalibrate::put_right;
pub use recalibrate::{TRIED_AXIS, axis_error, is_out_of_calibration};
use settings::{flexibility, followed_to};

/// Substances whose references are compared again.
const REFINED: usize = 40;

/// Substances whose axis error is followed from band to band.
const FOLLOWED: usize = 10;
/// The followed curve is told where it leaves less than this share of what the axis curve leaves unexplained.
const BETTER: f64 = 0.75;
/// How far beyond the first and the last band the two are compared, in the unit of the axis.
const BEYOND: f64 = 50.0;

/// A hit of the first stage and its row in the group.
pub(super) type Found = (usize, Hit);

/// Compares the best of `found`, by falling score, again and gives them their refined scores. `chance`
/// holds correlations of the query with references whatever.
pub(super) fn refine(
    query: &Signal,
    group: &Group,
    curves: &Curves,
    max_shift: Option<f64>,
    chance: &[f64],
    mut found: Vec<Found>,
) -> Vec<Found> {
    let recipe = &group.recipe;
    let best = found.first().map(|f| f.1.score);
    let values = chance::independent_values(chance.iter().copied().chain(best));
    let form = Form::of(recipe);
    let denoised = form.denoised(&query.values);
    let stage = Stage {
        values,
        query,
        recipe,
        curves,
        form,
        fitter: Fitter::new(
            flexibility(recipe, max_shift, values),
            recipe.grid.points,
            query.start,
            &denoised,
        ),
    };
    let rest = found.split_off(until(REFINED, &found));
    let mut hits: Vec<Found> = found
        .into_par_iter()
        .with_min_len(8)
        .map_init(
            || Tools {
                fitter: stage.fitter.clone(),
                baseline: None,
            },
            |tools, (row, hit)| (row, stage.again(tools, row, hit)),
        )
        .collect();
    hits.sort_by(|a, b| super::by_score(&a.1, &b.1));
    super::keep_best_of_each_substance(&mut hits, |(_, hit)| hit.substance);
    if let Some(reach) = followed_to(recipe, max_shift) {
        let query = follow::bands(&denoised, recipe.grid.x(query.start), recipe.grid.step);
        hits.iter_mut()
            .take(FOLLOWED)
            .for_each(|(row, hit)| stage.follow(&query, reach, *row, hit));
    }
    let lowest = hits.iter().map(|h| h.1.score).fold(f64::INFINITY, f64::min);
    hits.extend(rest.into_iter().map(|(row, mut hit)| {
        hit.scores.push(("correlation", hit.score));
        hit.score = hit.score.min(lowest);
        (row, hit)
    }));
    super::keep_best_of_each_substance(&mut hits, |(_, hit)| hit.substance);
    hits
}

/// How many hits there are up to the first one of the last of so many substances.
fn until(substances: usize, found: &[Found]) -> usize {
    let mut seen = HashSet::new();
    let first = |hit: &Hit| seen.insert(hit.substance) && seen.len() == substances;
    let last = found.iter().map(|(_, hit)| hit).position(first);
    last.map_or(found.len(), |last| last + 1)
}

struct Stage<'a> {
    query: &'a Signal,
    recipe: &'a Recipe,
    curves: &'a Curves,
    /// Independent values of a comparison with this query.
    values: f64,
    form: Form,
    fitter: Fitter,
}

/// What one thread works with.
struct Tools {
    fitter: Fitter,
    baseline: Option<Cubic>,
}

impl Stage<'_> {
    fn again(&self, tools: &mut Tools, row: usize, mut hit: Hit) -> Hit {
        let first = hit.score;
        hit.scores.push(("correlation", first));
        let Some((fit, agreement, reference)) = self.agreement(tools, row) else {
            return hit;
        };
        let n = self.values;
        hit.score = charged(agreement.correlation, fit.penalty + agreement.penalty, n);
        let step = self.recipe.grid.step;
        hit.axis_curve = known_nodes(&fit)
            .map(|(i, a)| (self.recipe.grid.x(i), a * step))
            .collect();
        hit.scores.extend([
            ("refined", hit.score),
            ("axis_rms", fit.curve.rms(&fit.range) * step),
            ("flexibility", fit.penalty + agreement.penalty),
            ("smoothing", agreement.width * step),
            ("unexplained", 1.0 - agreement.correlation.max(0.0).powi(2)),
        ]);
        hit.scores
            .extend(features::bands(&agreement.query, &agreement.reference));
        hit.scores.push(("compared", reference.len() as f64 * step));
        hit
    }

    fn agreement(&self, tools: &mut Tools, row: usize) -> Option<(Fit, Agreement, Range<usize>)> {
        let (range, values) = self.reference(row)?;
        let fit = tools.fitter.fit(&range, &values)?;
        let part = fit.range.start - range.start..fit.range.end - range.start;
        let agreement = self
            .form
            .compare(&mut tools.baseline, &fit.query, values.get(part)?)?;
        let compared = fit.range.clone();
        Some((fit, agreement, compared))
    }

    /// What a reference has of the query's range.
    fn reference(&self, row: usize) -> Option<(Range<usize>, Vec<f64>)> {
        let measured = self.curves.range(row);
        let range = measured.start.max(self.query.start)..measured.end.min(self.query.end());
        let matrix = self.curves.matrix();
        let values = matrix.row(row);
        let values = values.as_slice()?.get(range.clone())?.iter();
        Some((range, values.map(|v| f64::from(*v)).collect()))
    }

    /// Puts the error as the bands show it in the place of the axis curve where it explains more, as far as the bands
    /// go.
    fn follow(&self, query: &[Band], reach: f64, row: usize, hit: &mut Hit) {
        let (Some((range, values)), grid) = (self.reference(row), &self.recipe.grid) else {
            return;
        };
        let reference = follow::bands(&values, grid.x(range.start), grid.step);
        let measured = follow::follow(&reference, query, reach);
        let Some((measured, [first, .., last])) = measured.as_ref().map(|m| (m, &m[..])) else {
            return;
        };
        let beyond = grid.points_in(BEYOND);
        let at = |x: f64| ((x - grid.x(0)) / grid.step).max(0.0) as usize;
        let from = at(first.0).saturating_sub(beyond).max(range.start);
        let part = from..(at(last.0) + beyond).min(range.end);
        let Some(values) = values.get(part.start - range.start..part.end - range.start) else {
            return;
        };
        let mut fitter = self.fitter.clone();
        let mut unexplained = |curve: &[(f64, f64)]| {
            let error = |at: f64| {
                let x = grid.x(0) + at * grid.step;
                follow::between(curve, x).unwrap_or(0.0) / grid.step
            };
            let correlation = fitter.correlation_along(&part, values, error)?;
            Some(1.0 - correlation.max(0.0).powi(2))
        };
        let (by_bands, by_fit) = (unexplained(measured), unexplained(&hit.axis_curve));
        if by_bands.zip(by_fit).is_some_and(|(b, f)| b < BETTER * f) {
            hit.axis_curve.clone_from(measured);
        }
    }
}

/// The nodes inside the compared range whose place the spectra fix to two points; all of them where
/// there is none.
fn known_nodes(fit: &Fit) -> impl Iterator<Item = (usize, f64)> + '_ {
    const KNOWN: f64 = 2.0;
    let inside = |i: &usize| fit.range.contains(i);
    let nodes = fit.curve.nodes().zip(&fit.uncertainty);
    let any = nodes.clone().any(|((i, _), u)| inside(&i) && *u <= KNOWN);
    nodes
        .filter(move |((i, _), u)| inside(i) && (**u <= KNOWN || !any))
        .map(|(node, _)| node)
}

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
//! All references have the same polynomial, which needs no charge. The [`REFINED`] best by the first
//! stage are compared in this way; the others keep their order below them, with at most the lowest
//! refined score. How many is a choice, as no bound of the refined score is known: of 66 real Raman
//! queries, 16 of them of handhelds out of calibration, the best by the refined score never came from
//! below the eighth place of the first stage, and the first three never from below the nineteenth.
//! References, queries and constants fix the result: nothing is random.

mod chance;
mod compare;
mod features;
mod finding;
mod settings;

use super::Hit;
use crate::correlate::warp::{Fit, Fitter, charged};
use crate::library::{Curves, Group};
use crate::prepare::{Recipe, Signal};
use compare::{Agreement, Cubic, Form};
use rayon::prelude::*;
use std::ops::Range;

pub use finding::TRUSTED;
pub(super) use finding::axis_warning;
use settings::flexibility;

/// References compared again.
const REFINED: usize = 40;

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
    let rest = found.split_off(REFINED.min(found.len()));
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
    let lowest = hits.iter().map(|h| h.1.score).fold(f64::INFINITY, f64::min);
    hits.extend(rest.into_iter().map(|(row, mut hit)| {
        hit.scores.push(("correlation", hit.score));
        hit.score = hit.score.min(lowest);
        (row, hit)
    }));
    hits
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
        let measured = self.curves.range(row);
        let range = measured.start.max(self.query.start)..measured.end.min(self.query.end());
        let matrix = self.curves.matrix();
        let values = matrix.row(row);
        let values: Vec<f64> = values
            .as_slice()?
            .get(range.clone())?
            .iter()
            .map(|v| f64::from(*v))
            .collect();
        let fit = tools.fitter.fit(&range, &values)?;
        let part = fit.range.start - range.start..fit.range.end - range.start;
        let agreement = self
            .form
            .compare(&mut tools.baseline, &fit.query, values.get(part)?)?;
        let compared = fit.range.clone();
        Some((fit, agreement, compared))
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

//! A query over a reference, and what is left beneath.

use super::axis::Across;
use super::chart::{Chart, LEFT, Pen, RIGHT, Ticks, shortened, thinned};
use super::curves::{Curve, Overlaid};
use super::scale::Scale;
use crate::document::Drawing;
use crate::statement::texts::Texts;

/// Where the panels lie.
const UPPER: (f32, f32) = (20.0, 170.0);
const LOWER: (f32, f32) = (178.0, 226.0);
const HEIGHT: f32 = 254.0;
/// Letters of a name in the key.
const LETTERS: usize = 42;

/// What the two curves are called.
pub(super) struct Names<'a> {
    pub query: &'a str,
    pub reference: &'a str,
}

/// Draws them: above both curves in shares of the query's height, beneath what is left on the same scale of
/// numbers.
pub(super) fn draw(pair: &Overlaid, across: Across, names: &Names<'_>, texts: &Texts) -> Drawing {
    let (low, high) = span(&pair.query);
    let height = (high - low).max(f64::MIN_POSITIVE);
    let shares = |curve: &Curve, floor: f64| -> Curve {
        curve
            .iter()
            .map(|(x, y)| (across.value(*x), (y - floor) / height))
            .collect()
    };
    let (query, reference, rest) = (
        shares(&pair.query, low),
        shares(&pair.reference, low),
        shares(&pair.rest, 0.0),
    );
    let mut chart = Chart::new(HEIGHT);
    chart.key(
        12.0,
        &[
            (Pen::Query, shortened(names.query, LETTERS)),
            (Pen::Reference, shortened(names.reference, LETTERS)),
        ],
    );
    let (x_low, x_high) = ends(&query);
    let horizontal = across.ticks(x_low, x_high, (LEFT, RIGHT), texts);
    let (r_low, r_high) = span(&reference);
    let upper = vertical(
        UPPER,
        r_low.min(0.0) - 0.03,
        r_high.max(1.0) + 0.03,
        5,
        texts.say("figure-share"),
        texts,
    );
    let (rest_low, rest_high) = span(&rest);
    let most = rest_low.abs().max(rest_high.abs()).max(0.05) * 1.08;
    let lower = vertical(LOWER, -most, most, 5, texts.say("figure-rest"), texts);
    let placed = |curve: &Curve, up: &Ticks| {
        let mut points: Vec<[f32; 2]> = curve
            .iter()
            .map(|(x, y)| [horizontal.scale.at(*x), up.scale.at(*y)])
            .collect();
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        thinned(points)
    };
    chart.line(placed(&query, &upper), Pen::Query);
    chart.line(placed(&reference, &upper), Pen::Reference);
    let zero = lower.scale.at(0.0);
    chart.line(vec![[LEFT, zero], [RIGHT, zero]], Pen::Faint);
    chart.line(placed(&rest, &lower), Pen::Rest);
    chart.frame(&horizontal, &upper, false);
    chart.frame(&horizontal, &lower, true);
    chart.finish()
}

/// An axis up the side of a panel from its floor to its top.
pub(super) fn vertical(
    (top, floor): (f32, f32),
    low: f64,
    high: f64,
    most: usize,
    title: String,
    texts: &Texts,
) -> Ticks {
    let scale = Scale {
        low,
        high,
        from: floor,
        to: top,
    };
    let (values, decimals) = scale.ticks(most);
    Ticks {
        scale,
        title,
        marks: values
            .into_iter()
            .map(|v| (v, texts.number(v, decimals)))
            .collect(),
    }
}

fn ends(curve: &Curve) -> (f64, f64) {
    let x = curve.iter().map(|p| p.0);
    (
        x.clone().fold(f64::MAX, f64::min),
        x.fold(f64::MIN, f64::max),
    )
}

fn span(curve: &Curve) -> (f64, f64) {
    let y = curve.iter().map(|p| p.1);
    (
        y.clone().fold(f64::MAX, f64::min),
        y.fold(f64::MIN, f64::max),
    )
}

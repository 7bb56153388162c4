//! Two mass spectra head to tail, and their difference beneath.

use super::axis::Across;
use super::chart::{Chart, LEFT, Pen, RIGHT, SMALL, Ticks, breadth, shortened};
use super::overlay::{Names, vertical};
use super::scale::Scale;
use super::sticks::{Ion, Mirrored, foremost};
use crate::document::{Anchor, Drawing};
use crate::statement::texts::Texts;

const UPPER: (f32, f32) = (20.0, 190.0);
const LOWER: (f32, f32) = (198.0, 246.0);
const HEIGHT: f32 = 274.0;
const LETTERS: usize = 42;
/// Ions with a label in each half.
const LABELS: usize = 9;
/// Per cent up to which the halves go, so that labels have room.
const ROOM: f64 = 116.0;

/// Draws them: the query upwards, the reference downwards, both in per cent of their base peaks.
pub(super) fn draw(pair: &Mirrored, names: &Names<'_>, texts: &Texts) -> Drawing {
    let mut chart = Chart::new(HEIGHT);
    chart.key(
        12.0,
        &[
            (Pen::Query, shortened(names.query, LETTERS)),
            (Pen::Reference, shortened(names.reference, LETTERS)),
        ],
    );
    let all = pair.rest.iter().map(|ion| ion.0);
    let (low, high) = (
        all.clone().fold(f64::MAX, f64::min),
        all.fold(f64::MIN, f64::max),
    );
    let edge = (0.04 * (high - low)).max(1.0);
    let across = Across::Mass.ticks(low - edge, high + edge, (LEFT, RIGHT), texts);
    let upper = halves(texts);
    let most = pair
        .rest
        .iter()
        .fold(10.0_f64, |most, ion| most.max(ion.1.abs()))
        * 1.08;
    let lower = vertical(LOWER, -most, most, 5, texts.say("figure-difference"), texts);
    let zero = upper.scale.at(0.0);
    chart.line(vec![[LEFT, zero], [RIGHT, zero]], Pen::Frame);
    for (ions, sign, pen) in [
        (&pair.query, 1.0, Pen::Query),
        (&pair.reference, -1.0, Pen::Reference),
    ] {
        for (mz, y) in ions {
            let x = across.scale.at(*mz);
            chart.line(vec![[x, zero], [x, upper.scale.at(sign * y)]], pen);
        }
        labels(&mut chart, ions, sign, &across.scale, &upper.scale, texts);
    }
    let middle = lower.scale.at(0.0);
    chart.line(vec![[LEFT, middle], [RIGHT, middle]], Pen::Faint);
    for (mz, y) in &pair.rest {
        let x = across.scale.at(*mz);
        chart.line(vec![[x, middle], [x, lower.scale.at(*y)]], Pen::Query);
    }
    chart.frame(&across, &upper, false);
    chart.frame(&across, &lower, true);
    chart.finish()
}

/// Per cent upwards and downwards from the middle.
fn halves(texts: &Texts) -> Ticks {
    let (top, floor) = UPPER;
    let marks = [-100.0_f64, -50.0, 0.0, 50.0, 100.0];
    Ticks {
        scale: Scale {
            low: -ROOM,
            high: ROOM,
            from: floor,
            to: top,
        },
        title: texts.say("figure-abundance"),
        marks: marks.map(|v| (v, texts.number(v.abs(), 0))).to_vec(),
    }
}

fn labels(chart: &mut Chart, ions: &[Ion], sign: f64, across: &Scale, up: &Scale, texts: &Texts) {
    let decimals = if ions.iter().all(|ion| ion.0.fract() == 0.0) {
        0
    } else {
        3
    };
    let widest = ions
        .last()
        .map(|ion| breadth(&texts.number(ion.0, decimals), SMALL));
    let per_point =
        (across.high - across.low) / f64::from((across.to - across.from).abs().max(1.0));
    let apart = per_point * f64::from(widest.unwrap_or(0.0) + 2.0);
    for (mz, y) in foremost(ions, LABELS, apart) {
        let end = up.at(sign * y);
        // Text stands on its baseline: above the stick's end, or its own height below it.
        let at = if sign > 0.0 { end - 2.0 } else { end + SMALL };
        let words = texts.number(mz, decimals);
        chart.text([across.at(mz), at], SMALL, Anchor::Middle, words);
    }
}

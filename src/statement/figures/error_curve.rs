//! The axis error over the axis.

use super::axis::Across;
use super::chart::{Chart, LEFT, Pen, RIGHT};
use super::overlay::vertical;
use crate::document::Drawing;
use crate::statement::texts::Texts;

const PANEL: (f32, f32) = (8.0, 78.0);
const HEIGHT: f32 = 106.0;

/// Draws a curve of `[place, query minus reference]` with its places marked.
pub(super) fn draw(
    curve: &[[f64; 2]],
    unit: &str,
    across: Across,
    texts: &Texts,
) -> Option<Drawing> {
    let places = curve.iter().map(|p| across.value(p[0]));
    let (low, high) = (
        places.clone().fold(f64::MAX, f64::min),
        places.fold(f64::MIN, f64::max),
    );
    if curve.len() < 2 || low >= high {
        return None;
    }
    let mut chart = Chart::new(HEIGHT);
    let horizontal = across.ticks(low, high, (LEFT, RIGHT), texts);
    let most = curve.iter().fold(1.0_f64, |most, p| most.max(p[1].abs())) * 1.15;
    let up = vertical(
        PANEL,
        -most,
        most,
        5,
        texts.say_with("figure-axis-error", &[("unit", unit)]),
        texts,
    );
    let zero = up.scale.at(0.0);
    chart.line(vec![[LEFT, zero], [RIGHT, zero]], Pen::Faint);
    let points: Vec<[f32; 2]> = curve
        .iter()
        .map(|[x, error]| [horizontal.scale.at(across.value(*x)), up.scale.at(*error)])
        .collect();
    for [x, y] in &points {
        let cross = [[x - 2.0, y - 2.0], [x + 2.0, y + 2.0]];
        let other = [[x - 2.0, y + 2.0], [x + 2.0, y - 2.0]];
        chart.line(cross.to_vec(), Pen::Query);
        chart.line(other.to_vec(), Pen::Query);
    }
    chart.line(points, Pen::Query);
    chart.frame(&horizontal, &up, true);
    Some(chart.finish())
}

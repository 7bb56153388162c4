//! A spectrum by itself.

use super::axis::Across;
use super::chart::{Chart, LEFT, Pen, RIGHT, shortened, thinned};
use super::overlay::vertical;
use super::sticks::relative;
use crate::document::Drawing;
use crate::statement::texts::Texts;

const PANEL: (f32, f32) = (20.0, 170.0);
const HEIGHT: f32 = 198.0;

/// Draws it: a curve in shares of its height, ions in per cent of the base peak. `None` without two points.
pub(super) fn draw(
    points: &[(f64, f64)],
    across: Across,
    name: &str,
    texts: &Texts,
) -> Option<Drawing> {
    let is_mass = across == Across::Mass;
    let shown: Vec<(f64, f64)> = match is_mass {
        true => relative(points)?,
        false => shares(points, across),
    };
    let x = shown.iter().map(|p| p.0);
    let (low, high) = (
        x.clone().fold(f64::MAX, f64::min),
        x.fold(f64::MIN, f64::max),
    );
    if shown.len() < 2 || low >= high {
        return None;
    }
    let mut chart = Chart::new(HEIGHT);
    chart.key(12.0, &[(Pen::Query, shortened(name, 80))]);
    let edge = if is_mass { 0.02 * (high - low) } else { 0.0 };
    let horizontal = across.ticks(low - edge, high + edge, (LEFT, RIGHT), texts);
    let up = match is_mass {
        true => vertical(PANEL, 0.0, 105.0, 5, texts.say("figure-abundance"), texts),
        false => vertical(PANEL, -0.03, 1.03, 5, texts.say("figure-share"), texts),
    };
    let place = |(x, y): &(f64, f64)| [horizontal.scale.at(*x), up.scale.at(*y)];
    if is_mass {
        let floor = up.scale.at(0.0);
        for ion in &shown {
            let [x, y] = place(ion);
            chart.line(vec![[x, floor], [x, y]], Pen::Query);
        }
    } else {
        let mut line: Vec<[f32; 2]> = shown.iter().map(place).collect();
        line.sort_by(|a, b| a[0].total_cmp(&b[0]));
        chart.line(thinned(line), Pen::Query);
    }
    chart.frame(&horizontal, &up, true);
    Some(chart.finish())
}

fn shares(points: &[(f64, f64)], across: Across) -> Vec<(f64, f64)> {
    let y = points.iter().map(|p| p.1);
    let (low, high) = (
        y.clone().fold(f64::MAX, f64::min),
        y.fold(f64::MIN, f64::max),
    );
    let height = (high - low).max(f64::MIN_POSITIVE);
    points
        .iter()
        .map(|(x, y)| (across.value(*x), (y - low) / height))
        .collect()
}

//! The total ion current of a run with the numbers and names of its peaks.

use super::chart::{Chart, LEFT, Pen, RIGHT, SMALL, Ticks, shortened, thinned};
use super::overlay::vertical;
use super::scale::Scale;
use crate::document::{Anchor, Drawing, Shape};
use crate::statement::texts::Texts;

const PANEL: (f32, f32) = (112.0, 250.0);
const HEIGHT: f32 = 278.0;
/// Where labels end, above the panel.
const FLOOR: f32 = 96.0;
/// Nearest distance of two labels.
const APART: f32 = 9.0;
/// Letters of a label.
const LETTERS: usize = 22;

/// A peak with its label.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::statement) struct Labelled {
    /// Retention time of the apex.
    pub minutes: f64,
    /// Its number.
    pub number: usize,
    /// Its name; empty where it has none.
    pub name: String,
}

/// Draws it; `None` without two points. Named peaks have their labels first; of the others those that have room.
pub(super) fn draw(total: &[(f64, f64)], peaks: &[Labelled], texts: &Texts) -> Option<Drawing> {
    let (first, last) = (total.first()?.0, total.last()?.0);
    if first >= last {
        return None;
    }
    let scale = Scale {
        low: first,
        high: last,
        from: LEFT,
        to: RIGHT,
    };
    let (values, decimals) = scale.ticks(10);
    let across = Ticks {
        scale,
        title: texts.say("axis-retention"),
        marks: values
            .into_iter()
            .map(|v| (v, texts.number(v, decimals)))
            .collect(),
    };
    let highest = total
        .iter()
        .fold(f64::MIN_POSITIVE, |most, p| most.max(p.1));
    let up = vertical(PANEL, 0.0, 104.0, 5, texts.say("figure-total"), texts);
    let place = |(x, y): &(f64, f64)| [across.scale.at(*x), up.scale.at(100.0 * y / highest)];
    let mut chart = Chart::new(HEIGHT);
    chart.line(thinned(total.iter().map(place)), Pen::Query);
    for peak in placed(peaks, &across.scale) {
        let x = across.scale.at(peak.minutes);
        let text = match peak.name.is_empty() {
            true => peak.number.to_string(),
            false => shortened(&format!("{} {}", peak.number, peak.name), LETTERS),
        };
        let top =
            total_at(total, peak.minutes).map_or(PANEL.1, |y| up.scale.at(100.0 * y / highest));
        chart.line(
            vec![[x, FLOOR + 3.0], [x, (top - 3.0).max(FLOOR + 4.0)]],
            Pen::Faint,
        );
        chart.shape(Shape::Text {
            at: [x + 0.35 * SMALL, FLOOR],
            size: SMALL,
            anchor: Anchor::Start,
            upwards: true,
            text,
        });
    }
    chart.frame(&across, &up, true);
    Some(chart.finish())
}

/// Peaks whose labels have room, the named ones first.
fn placed<'a>(peaks: &'a [Labelled], across: &Scale) -> Vec<&'a Labelled> {
    let mut kept: Vec<&Labelled> = Vec::new();
    let (named, others): (Vec<&Labelled>, Vec<&Labelled>) =
        peaks.iter().partition(|peak| !peak.name.is_empty());
    for peak in named.into_iter().chain(others) {
        let x = across.at(peak.minutes);
        if kept
            .iter()
            .all(|other| (across.at(other.minutes) - x).abs() >= APART)
        {
            kept.push(peak);
        }
    }
    kept
}

fn total_at(total: &[(f64, f64)], minutes: f64) -> Option<f64> {
    let after = total.partition_point(|p| p.0 < minutes);
    let near = total.get(after.saturating_sub(1)..(after + 1).min(total.len()))?;
    near.iter().map(|p| p.1).max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_peaks_keep_their_labels() {
        let peak = |minutes: f64, number: usize, name: &str| Labelled {
            minutes,
            number,
            name: name.to_owned(),
        };
        let peaks = [peak(5.0, 1, ""), peak(5.01, 2, "Alpha"), peak(9.0, 3, "")];
        let scale = Scale {
            low: 0.0,
            high: 10.0,
            from: LEFT,
            to: RIGHT,
        };
        let kept: Vec<usize> = placed(&peaks, &scale).iter().map(|p| p.number).collect();
        assert_eq!(kept, [2, 3]);
        let texts = Texts::of("en").unwrap();
        assert_eq!(draw(&[(1.0, 2.0)], &peaks, &texts), None);
        assert!(draw(&[(1.0, 2.0), (9.0, 5.0)], &peaks, &texts).is_some());
    }
}

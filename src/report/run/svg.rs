//! The chromatogram as a vector drawing: total ion current with named peaks, deconvoluted peaks beneath.
//!
//! Nothing is loaded from elsewhere. Lines differ by dashes and labels stand at their peaks, so that a print
//! without colours can be read.

use super::draw::{Scale, path, short};
use super::labels::spread;
use super::{PeakView, RunResult};
use crate::decide::VerdictLevel;
use crate::report::text::shorten;
use crate::report::validation::escaped;
use std::fmt::Write;

const WIDTH: f64 = 1100.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 16.0;
/// Top and floor of the total ion current.
const UPPER: (f64, f64) = (222.0, 452.0);
/// Top and floor of the deconvoluted peaks.
const LOWER: (f64, f64) = (482.0, 632.0);
const HEIGHT: f64 = 680.0;
/// Distance of upright labels.
const GAP: f64 = 13.0;
/// Height where labels begin, and where their lines bend.
const LABELS: f64 = 184.0;
const BEND: f64 = 206.0;
/// Characters of a label.
const LETTERS: usize = 30;
/// Labels at most.
const MOST: usize = 60;
/// Dashes of peaks in turn.
const DASHES: [&str; 3] = ["", "5 2", "1.5 1.5"];

/// The drawing. Peaks that the verdict names carry their name, others their number; where there is no
/// room for all, the named and the largest come first.
// Writing to a String cannot fail, so the results of `write!` are not looked at below.
pub fn chromatogram(result: &RunResult) -> String {
    let time = Scale {
        low: result.run.first_s / 60.0,
        high: result.run.last_s / 60.0,
        from: LEFT,
        to: WIDTH - RIGHT,
        root: false,
    };
    let highest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MIN_POSITIVE, f64::max);
    let total = Scale {
        low: 0.0,
        high: 1.02 * highest(&mut result.chromatogram.total.iter().map(|p| p.1)),
        from: UPPER.1,
        to: UPPER.0,
        root: false,
    };
    let single = Scale {
        low: 0.0,
        high: 1.02 * highest(&mut result.chromatogram.peaks.iter().map(|p| p.height)),
        from: LOWER.1,
        to: LOWER.0,
        root: true,
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\"><title>{0}</title><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>",
        escaped(&format!("Chromatogram of {}", result.source.path))
    );
    frame(&mut svg, &time, &total, UPPER, "total ion current");
    frame(&mut svg, &time, &single, LOWER, "single peaks, root scale");
    axis(&mut svg, &time);
    let points = result.chromatogram.total.iter();
    let points = points.map(|(s, y)| (time.at(s / 60.0), total.at(*y)));
    let _ = write!(
        svg,
        "<polyline fill=\"none\" stroke=\"#000\" stroke-width=\"0.9\" stroke-linejoin=\"round\" points=\"{}\"/>",
        path(points)
    );
    for (index, peak) in result.chromatogram.peaks.iter().enumerate() {
        let background = peak.background.is_some() || peak.in_blank == Some(true);
        let colour = if background { "#999" } else { "#0072b2" };
        let points = peak.profile.iter();
        let points = points.map(|(s, y)| (time.at(s / 60.0), single.at(*y)));
        let _ = write!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\" stroke-dasharray=\"{}\" points=\"{}\"/>",
            DASHES[index % DASHES.len()],
            path(points)
        );
    }
    labels(&mut svg, result, &time, &total);
    svg.push_str("</svg>\n");
    svg
}

fn frame(svg: &mut String, time: &Scale, y: &Scale, (top, floor): (f64, f64), name: &str) {
    for value in y.ticks(if y.root { 3.0 } else { 5.0 }) {
        let at = y.at(value);
        let _ = write!(
            svg,
            "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{:.1}\" y2=\"{at:.1}\" stroke=\"#e8e8e8\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            at + 4.0,
            short(value)
        );
    }
    for value in time.ticks(14.0) {
        let _ = write!(
            svg,
            "<line x1=\"{0:.1}\" y1=\"{top}\" x2=\"{0:.1}\" y2=\"{floor}\" stroke=\"#e8e8e8\"/>",
            time.at(value)
        );
    }
    let _ = write!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"#333\"/><text transform=\"translate(14 {:.1}) rotate(-90)\" text-anchor=\"middle\">{name}</text>",
        WIDTH - RIGHT - LEFT,
        floor - top,
        (top + floor) / 2.0
    );
}

fn axis(svg: &mut String, time: &Scale) {
    for value in time.ticks(14.0) {
        let x = time.at(value);
        for floor in [UPPER.1, LOWER.1] {
            let _ = write!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                floor + 15.0,
                short(value)
            );
        }
    }
    let _ = write!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">retention time / min</text>",
        (LEFT + WIDTH - RIGHT) / 2.0,
        LOWER.1 + 34.0
    );
}

fn labels(svg: &mut String, result: &RunResult, time: &Scale, total: &Scale) {
    let mut shown: Vec<&PeakView> = result.peaks.iter().collect();
    // Named ones first, then by area.
    shown.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.area.total_cmp(&a.area)));
    shown.truncate(MOST);
    shown.sort_by_key(|peak| peak.number);
    let wanted: Vec<f64> = shown.iter().map(|p| time.at(p.retention_min)).collect();
    let Some(places) = spread(&wanted, GAP, LEFT + GAP / 2.0, WIDTH - RIGHT) else {
        return;
    };
    for ((peak, at), x) in shown.iter().zip(places).zip(wanted) {
        let label = match peak.named() {
            Some(name) => format!("{} {}", peak.number, shorten(&name, LETTERS)),
            None => peak.number.to_string(),
        };
        let weight = if rank(peak) == 0 { "bold" } else { "normal" };
        let top = top_of(result, peak).map_or(UPPER.1, |y| total.at(y)) - 3.0;
        let _ = write!(
            svg,
            "<polyline fill=\"none\" stroke=\"#777\" stroke-width=\"0.5\" points=\"{at:.1},{:.1} {at:.1},{:.1} {x:.1},{BEND} {x:.1},{top:.1}\"/><text transform=\"translate({:.1} {LABELS}) rotate(-90)\" font-weight=\"{weight}\">{}</text>",
            LABELS + 3.0,
            LABELS + 8.0,
            at + 4.0,
            escaped(&label)
        );
    }
}

/// 0 for named peaks, 1 for others of the sample, 2 for those that are not.
fn rank(peak: &PeakView) -> u8 {
    let named = peak.verdict.as_ref().map(|v| v.level) == Some(VerdictLevel::Identified);
    match (
        peak.background.is_some() || peak.in_blank == Some(true),
        named,
    ) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 1,
    }
}

/// Total ion current at a peak's apex.
fn top_of(result: &RunResult, peak: &PeakView) -> Option<f64> {
    let total = &result.chromatogram.total;
    let seconds = 60.0 * peak.retention_min;
    let after = total.partition_point(|(s, _)| *s < seconds);
    let near = total.get(after.saturating_sub(1)..(after + 1).min(total.len()))?;
    near.iter().map(|p| p.1).max_by(f64::total_cmp)
}

//! The chromatogram as a vector drawing: total ion current with named peaks, deconvoluted peaks beneath.
//!
//! Nothing is loaded from elsewhere. Lines differ by dashes and labels stand at their peaks, so that a print
//! without colours can be read.

use super::draw::{Scale, path, short};
use super::labels::spread;
use super::{PeakView, Repeated, RunResult};
use crate::decide::{NOTICE, VerdictLevel};
use crate::report::text::shorten;
use crate::report::validation::escaped;
use std::fmt::Write;

const WIDTH: f64 = 1100.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 16.0;
/// Height of the panels, and of what lies between them and beneath.
const UPPER: f64 = 230.0;
const LOWER: f64 = 150.0;
const BETWEEN: f64 = 30.0;
const BENEATH: f64 = 64.0;
/// Distance of upright labels, and height of a letter along them.
const GAP: f64 = 13.0;
const LETTER: f64 = 7.2;
/// Height in which the lines from labels to peaks bend.
const BEND: f64 = 38.0;
/// How far a label may stand from its peak.
const ASIDE: f64 = 56.0;
/// Characters of a label.
const LETTERS: usize = 30;
/// Peaks that are tried for a label.
const MOST: usize = 120;
/// Dashes of peaks in turn.
const DASHES: [&str; 3] = ["", "5 2", "1.5 1.5"];

/// What the mark of a repeated name means.
const REPEATED: &str = " A name with ? stands at several peaks: at most one of them is it.";

/// The drawing. Peaks that the verdict names carry their name, one that several carry with a mark, others their number; where there is no
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
    let labels = Label::all(result, &time);
    let longest = labels.iter().map(|l| l.text.chars().count()).max();
    let above = 16.0 + LETTER * longest.unwrap_or(0) as f64;
    let top = above + BEND;
    let below = top + UPPER + BETWEEN;
    let height = below + LOWER + BENEATH;
    let highest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MIN_POSITIVE, f64::max);
    let total = Scale {
        low: 0.0,
        high: 1.02 * highest(&mut result.chromatogram.total.iter().map(|p| p.1)),
        from: top + UPPER,
        to: top,
        root: false,
    };
    let single = Scale {
        low: 0.0,
        high: 1.02 * highest(&mut result.chromatogram.peaks.iter().map(|p| p.height)),
        from: below + LOWER,
        to: below,
        root: true,
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\"><title>{0}</title><rect width=\"{WIDTH}\" height=\"{height:.0}\" fill=\"#fff\"/>",
        escaped(&format!("Chromatogram of {}", result.source.path))
    );
    frame(&mut svg, &time, &total, "total ion current");
    frame(&mut svg, &time, &single, "single peaks, root scale");
    let points = result.chromatogram.total.iter();
    let points = points.map(|(s, y)| (time.at(s / 60.0), total.at(*y)));
    line(
        &mut svg,
        "stroke=\"#000\" stroke-width=\"0.9\"",
        &path(points),
    );
    for (index, peak) in result.chromatogram.peaks.iter().enumerate() {
        let background = peak.background.is_some() || peak.in_blank == Some(true);
        let style = format!(
            "stroke=\"{}\" stroke-width=\"1\" stroke-dasharray=\"{}\"",
            if background { "#999" } else { "#0072b2" },
            DASHES[index % DASHES.len()]
        );
        let points = peak.profile.iter();
        let points = points.map(|(s, y)| (time.at(s / 60.0), single.at(*y)));
        line(&mut svg, &style, &path(points));
    }
    for label in &labels {
        label.draw(&mut svg, above, total.at(label.total) - 3.0);
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">retention time / min</text><text x=\"{LEFT}\" y=\"{:.1}\">{}</text></svg>",
        (LEFT + WIDTH - RIGHT) / 2.0,
        height - 30.0,
        height - 10.0,
        escaped(&format!(
            "{NOTICE}{}",
            if labels.iter().any(|l| l.repeated) {
                REPEATED
            } else {
                ""
            }
        ))
    );
    svg
}

fn line(svg: &mut String, style: &str, points: &str) {
    let _ = write!(
        svg,
        "<polyline fill=\"none\" stroke-linejoin=\"round\" {style} points=\"{points}\"/>"
    );
}

/// A panel with its lines and numbers.
fn frame(svg: &mut String, time: &Scale, y: &Scale, name: &str) {
    let (top, floor) = (y.to, y.from);
    for value in y.ticks(5.0) {
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
        let x = time.at(value);
        let _ = write!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{top:.1}\" x2=\"{x:.1}\" y2=\"{floor:.1}\" stroke=\"#e8e8e8\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            floor + 15.0,
            short(value)
        );
    }
    let _ = write!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"#333\"/><text transform=\"translate(14 {:.1}) rotate(-90)\" text-anchor=\"middle\">{name}</text>",
        WIDTH - RIGHT - LEFT,
        floor - top,
        (top + floor) / 2.0
    );
}

/// What stands above a peak.
struct Label {
    text: String,
    named: bool,
    /// Whether other peaks have the same name.
    repeated: bool,
    /// Where the peak lies, and where the label stands.
    peak: f64,
    place: f64,
    /// Total ion current at the peak.
    total: f64,
}

impl Label {
    /// The labels that have room near their peaks, by time.
    fn all(result: &RunResult, time: &Scale) -> Vec<Self> {
        let mut wanted: Vec<&PeakView> = result.peaks.iter().collect();
        wanted.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.area.total_cmp(&a.area)));
        let mut kept: Vec<&PeakView> = Vec::new();
        let mut places = Vec::new();
        let at = |peak: &PeakView| time.at(peak.retention_min);
        for peak in wanted.into_iter().take(MOST) {
            let position = kept.partition_point(|other| other.number < peak.number);
            kept.insert(position, peak);
            let near: Vec<f64> = kept.iter().map(|peak| at(peak)).collect();
            let spread = spread(&near, GAP, LEFT + GAP / 2.0, WIDTH - RIGHT);
            let fits = |places: &Vec<f64>| {
                let mut both = places.iter().zip(&near);
                both.all(|(place, peak)| (place - peak).abs() <= ASIDE)
            };
            match spread.filter(fits) {
                Some(spread) => places = spread,
                None => {
                    kept.remove(position);
                }
            }
        }
        let several = Repeated::of_peaks(&result.peaks);
        let label = |(peak, place): (&&PeakView, f64)| {
            let repeated = several.has(peak);
            let mark = if repeated { "?" } else { "" };
            Self {
                text: match peak.named() {
                    Some(name) => format!("{} {}{mark}", peak.number, shorten(&name, LETTERS)),
                    None => peak.number.to_string(),
                },
                named: rank(peak) == 0,
                repeated,
                peak: at(peak),
                place,
                total: total_at(result, peak).unwrap_or_default(),
            }
        };
        kept.iter().zip(places).map(label).collect()
    }

    /// Upright text that ends at `floor`, and a line down to `top`.
    fn draw(&self, svg: &mut String, floor: f64, top: f64) {
        let (place, peak) = (self.place, self.peak);
        let bend = floor + BEND - 10.0;
        let points = format!(
            "{place:.1},{:.1} {place:.1},{:.1} {peak:.1},{bend:.1} {peak:.1},{:.1}",
            floor + 3.0,
            floor + 8.0,
            top.max(bend)
        );
        line(svg, "stroke=\"#888\" stroke-width=\"0.5\"", &points);
        let _ = write!(
            svg,
            "<text transform=\"translate({:.1} {floor:.1}) rotate(-90)\" {}>{}</text>",
            place + 4.0,
            match (self.named, self.repeated) {
                (true, false) => "font-weight=\"bold\"",
                (true, true) => "fill=\"#777\"",
                _ => "",
            },
            escaped(&self.text)
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
fn total_at(result: &RunResult, peak: &PeakView) -> Option<f64> {
    let total = &result.chromatogram.total;
    let seconds = 60.0 * peak.retention_min;
    let after = total.partition_point(|(s, _)| *s < seconds);
    let near = total.get(after.saturating_sub(1)..(after + 1).min(total.len()))?;
    near.iter().map(|p| p.1).max_by(f64::total_cmp)
}

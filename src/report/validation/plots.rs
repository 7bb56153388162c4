//! The plots of a validation.

use super::svg::{Axis, Plot, rows};
use crate::decide::Rate;
use crate::validate::breakdown::Part;
use crate::validate::roc::Roc;
use crate::validate::verdicts::Calibrated;
use std::collections::BTreeMap;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 380.0;
/// Bars of a breakdown.
const BARS: usize = 20;

/// Right over false for each score; false logarithmic from about one spectrum up.
pub(super) fn roc(curves: &[Roc], absent: usize) -> String {
    let least = match absent {
        0..=999 => 0.001,
        _ => 1e-4,
    };
    let mut plot = Plot::new(
        Axis::log_share("absent, first candidate reaches the threshold", least),
        Axis::share("present, first candidate right and reaches it"),
        WIDTH,
        HEIGHT,
    );
    plot.guide((0.01, 0.0), (0.01, 1.0));
    for curve in curves {
        let name = format!("{} (area {:.3})", curve.score, curve.area);
        let start = curve.curve.first().map(|_| (0.0, 0.0));
        let points = curve.curve.iter().map(|p| (p.wrong, p.right));
        plot.line(&name, start.into_iter().chain(points));
    }
    plot.svg("Right over false")
}

/// Measured over stated; on the dashed line both are equal.
pub(super) fn calibration(title: &'static str, points: &[Calibrated], log: bool) -> String {
    let axis = |label| match log {
        true => Axis::log_share(label, 1e-4),
        false => Axis::share(label),
    };
    let mut plot = Plot::new(axis("stated"), axis("measured"), 420.0, 320.0);
    plot.guide((0.0, 0.0), (1.0, 1.0));
    for point in points {
        let Rate {
            estimate,
            low,
            high,
            ..
        } = point.measured;
        plot.mark(point.stated, estimate, low, high);
    }
    plot.svg(title)
}

/// How many sets have how many substances.
pub(super) fn set_sizes(sizes: &BTreeMap<usize, usize>) -> String {
    let widest = sizes.keys().last().copied().unwrap_or(1).max(1);
    let most = sizes.values().max().copied().unwrap_or(1).max(1) as f64;
    let each = widest.div_ceil(12).max(1);
    let x = Axis {
        label: "substances in the set",
        low: -0.5,
        high: widest as f64 + 0.5,
        log: false,
        ticks: (0..=widest)
            .step_by(each)
            .map(|n| (n as f64, n.to_string()))
            .collect(),
    };
    let y = Axis {
        label: "sets",
        low: 0.0,
        high: most,
        log: false,
        ticks: [0.0, most / 2.0, most]
            .map(|v| (v, format!("{v:.0}")))
            .to_vec(),
    };
    let mut plot = Plot::new(x, y, 420.0, 260.0);
    for (size, count) in sizes {
        let middle = *size as f64;
        plot.bar(middle - 0.4, middle + 0.4, *count as f64);
    }
    plot.svg("Sizes of identified sets")
}

/// Share ranked first for each part.
pub(super) fn parts(title: &str, parts: &[Part]) -> String {
    let shown = parts.iter().filter(|p| p.rank1.n > 0).take(BARS);
    let bars: Vec<_> = shown
        .map(|p| {
            let rate = &p.rank1;
            let name = super::super::text::shorten(&p.name, 40);
            let remark = format!("{:.2}, n = {}", rate.estimate, rate.n);
            (name, rate.estimate, rate.low, rate.high, remark)
        })
        .collect();
    rows(title, &bars)
}

//! Lines and scales of the drawn chromatogram.

use std::fmt::Write;

/// A range of values on a stretch of the drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    /// Where `low` and `high` lie.
    pub from: f64,
    pub to: f64,
    /// Whether roots of the values are drawn.
    pub root: bool,
}

impl Scale {
    /// Where a value lies; values beyond the ends lie at them.
    pub fn at(&self, value: f64) -> f64 {
        let of = |v: f64| if self.root { v.max(0.0).sqrt() } else { v };
        let span = of(self.high) - of(self.low);
        let part = match span > 0.0 && value.is_finite() {
            true => ((of(value) - of(self.low)) / span).clamp(0.0, 1.0),
            false => 0.0,
        };
        self.from + part * (self.to - self.from)
    }

    /// Round values: at even distances, about `count`, or for roots 0 and what lies about half and all of the way up.
    pub fn ticks(&self, count: f64) -> Vec<f64> {
        if self.root {
            let round = |value: f64| {
                let power = 10_f64.powf(value.log10().floor());
                (value / power).floor() * power
            };
            return vec![0.0, round(self.high / 4.0), round(self.high)];
        }
        let rough = (self.high - self.low) / count;
        if !(rough > 0.0 && rough.is_finite()) {
            return Vec::new();
        }
        let power = 10_f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|s| s * power);
        let step = steps
            .into_iter()
            .find(|s| *s >= rough)
            .unwrap_or(10.0 * power);
        let first = (self.low / step).ceil();
        let places = (0..100).map(|i| (first + f64::from(i)) * step);
        places
            .take_while(|v| *v <= self.high * (1.0 + 1e-9))
            .collect()
    }
}

/// A value with a power of ten where it is large: `2.5e6`.
pub(super) fn short(value: f64) -> String {
    match value.abs() >= 1e5 {
        true => format!("{value:.1e}").replace(".0e", "e"),
        false => format!("{}", (value * 1e6).round() / 1e6),
    }
}

/// A line through points, thinned to what can be seen: of the points that fall into one tenth of a drawn unit
/// the first, the lowest, the highest and the last.
pub(super) fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut text = String::new();
    let mut bin: Vec<(f64, f64)> = Vec::new();
    let mut flush = |bin: &mut Vec<(f64, f64)>| {
        let by = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        let mut kept: Vec<(f64, f64)> = [
            bin.first(),
            bin.iter().min_by(by),
            bin.iter().max_by(by),
            bin.last(),
        ]
        .into_iter()
        .flatten()
        .copied()
        .collect();
        kept.sort_by(|a, b| a.0.total_cmp(&b.0));
        kept.dedup();
        for (x, y) in kept {
            let gap = if text.is_empty() { "" } else { " " };
            let _ = write!(text, "{gap}{x:.2},{y:.1}");
        }
        bin.clear();
    };
    for point in points {
        let same = bin
            .first()
            .is_none_or(|f| (f.0 * 4.0).floor() == (point.0 * 4.0).floor());
        if !same {
            flush(&mut bin);
        }
        bin.push(point);
    }
    flush(&mut bin);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_places_within() {
        let scale = Scale {
            low: 5.09,
            high: 21.4,
            from: 0.0,
            to: 100.0,
            root: false,
        };
        assert_eq!(
            scale.ticks(10.0),
            [6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0]
        );
        assert_eq!(
            (scale.at(0.0), scale.at(99.0), scale.at(f64::NAN)),
            (0.0, 100.0, 0.0)
        );
        let root = Scale {
            low: 0.0,
            high: 100.0,
            root: true,
            ..scale
        };
        assert_eq!(root.at(25.0), 50.0);
        assert_eq!(root.ticks(5.0), [0.0, 20.0, 100.0]);
        assert_eq!(
            [short(2.5e6), short(3e7), short(0.5)],
            ["2.5e6", "3e7", "0.5"]
        );
    }

    #[test]
    fn thinning_keeps_the_heights() {
        let points = (0..1000).map(|i| (f64::from(i) / 1000.0, if i == 501 { 9.0 } else { 1.0 }));
        let drawn = path(points);
        assert!(
            drawn.contains(",9.0") && drawn.split(' ').count() <= 16,
            "{drawn}"
        );
        assert_eq!(path(std::iter::empty()), "");
    }
}

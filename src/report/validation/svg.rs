//! Small plots as inline SVG: two axes, lines, marks with intervals, bars. Nothing is loaded from
//! elsewhere, and lines differ by dashes too, so that prints in grey can be read.

use super::page::escaped;
use std::fmt::Write;

/// Colours that people of all kinds of colour vision tell apart (Okabe & Ito 2008).
const COLOURS: [&str; 8] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#e69f00", "#7f7f7f",
];
const DASHES: [&str; 4] = ["", "6 3", "2 2", "8 3 2 3"];
const LEFT: f64 = 58.0;
const BOTTOM: f64 = 46.0;
const TOP: f64 = 12.0;
const RIGHT: f64 = 14.0;
const LEGEND: f64 = 18.0;

/// One axis of a plot.
pub struct Axis {
    /// What it shows.
    pub label: &'static str,
    /// Value at its start.
    pub low: f64,
    /// Value at its end.
    pub high: f64,
    /// Whether it is logarithmic.
    pub log: bool,
    /// Places of the marks and what stands there.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// From 0 to 1.
    pub fn share(label: &'static str) -> Self {
        let ticks = (0..=5).map(|i| (f64::from(i) / 5.0, format!("{:.1}", f64::from(i) / 5.0)));
        Self {
            label,
            low: 0.0,
            high: 1.0,
            log: false,
            ticks: ticks.collect(),
        }
    }

    /// From `low` to 1 by decades.
    pub fn log_share(label: &'static str, low: f64) -> Self {
        let ticks = [1e-4, 1e-3, 0.01, 0.1, 1.0].into_iter();
        Self {
            label,
            low,
            high: 1.0,
            log: true,
            ticks: ticks
                .filter(|t| *t >= low * 0.999)
                .map(|t| (t, t.to_string()))
                .collect(),
        }
    }

    /// Where a value lies on the axis, 0 to 1; values beyond its ends lie at them.
    fn part(&self, value: f64) -> f64 {
        let to = |v: f64| if self.log { v.max(1e-300).log10() } else { v };
        let span = to(self.high) - to(self.low);
        match span > 0.0 && value.is_finite() {
            true => ((to(value) - to(self.low)) / span).clamp(0.0, 1.0),
            false => 0.0,
        }
    }
}

/// A plot that is being drawn.
pub struct Plot {
    x: Axis,
    y: Axis,
    width: f64,
    height: f64,
    body: String,
    legend: Vec<(String, usize)>,
}

// Writing to a String cannot fail, so the results of `write!` are not looked at below.
impl Plot {
    /// An empty plot of this size in points.
    pub fn new(x: Axis, y: Axis, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
            body: String::new(),
            legend: Vec::new(),
        }
    }

    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (
            LEFT + self.x.part(x) * (self.width - LEFT - RIGHT),
            self.height - BOTTOM - self.y.part(y) * (self.height - BOTTOM - TOP),
        )
    }

    /// A line through points, with its name in the legend.
    pub fn line(&mut self, name: &str, points: impl Iterator<Item = (f64, f64)>) {
        let number = self.legend.len();
        let path: Vec<String> = points
            .map(|(x, y)| self.place(x, y))
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let drawn = format!(
            "<polyline fill=\"none\" {} points=\"{}\"/>",
            stroke(number),
            path.join(" ")
        );
        // Below those before: the first is never hidden by one that runs along it.
        self.body.insert_str(0, &drawn);
        self.legend.push((name.to_owned(), number));
    }

    /// A thin grey line from one point to another, for what should be.
    pub fn guide(&mut self, from: (f64, f64), to: (f64, f64)) {
        let ((a, b), (c, d)) = (self.place(from.0, from.1), self.place(to.0, to.1));
        let _ = write!(
            self.body,
            "<line x1=\"{a:.1}\" y1=\"{b:.1}\" x2=\"{c:.1}\" y2=\"{d:.1}\" stroke=\"#999\" stroke-dasharray=\"3 3\"/>"
        );
    }

    /// A dot with an upright interval.
    pub fn mark(&mut self, x: f64, y: f64, low: f64, high: f64) {
        let ((x, y), (_, low), (_, high)) =
            (self.place(x, y), self.place(x, low), self.place(x, high));
        let _ = write!(
            self.body,
            "<line x1=\"{x:.1}\" y1=\"{low:.1}\" x2=\"{x:.1}\" y2=\"{high:.1}\" stroke=\"{0}\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{0}\"/>",
            COLOURS[0]
        );
    }

    /// An upright bar between two abscissas.
    pub fn bar(&mut self, from: f64, to: f64, height: f64) {
        let ((left, top), (right, floor)) = (self.place(from, height), self.place(to, self.y.low));
        let _ = write!(
            self.body,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{}\"/>",
            right - left,
            floor - top,
            COLOURS[5]
        );
    }

    /// The finished plot; `title` is read out to who cannot see it.
    pub fn svg(self, title: &str) -> String {
        let legend = self.legend.len() as f64 * LEGEND;
        let height = self.height + legend;
        let mut svg = open(self.width, height, title);
        let (left, top) = (LEFT, TOP);
        let (right, floor) = (self.width - RIGHT, self.height - BOTTOM);
        for (value, name) in &self.x.ticks {
            let (x, _) = self.place(*value, self.y.low);
            let _ = write!(
                svg,
                "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{floor}\" stroke=\"#e4e4e4\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                floor + 15.0,
                escaped(name)
            );
        }
        for (value, name) in &self.y.ticks {
            let (_, y) = self.place(self.x.low, *value);
            let _ = write!(
                svg,
                "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" stroke=\"#e4e4e4\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left - 6.0,
                y + 4.0,
                escaped(name)
            );
        }
        svg.push_str(&self.body);
        let _ = write!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"#333\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text><text transform=\"translate(14 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            right - left,
            floor - top,
            (left + right) / 2.0,
            floor + 34.0,
            escaped(self.x.label),
            (top + floor) / 2.0,
            escaped(self.y.label)
        );
        for (row, (name, number)) in self.legend.iter().enumerate() {
            let y = self.height + row as f64 * LEGEND + 2.0;
            let _ = write!(
                svg,
                "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" {}/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                left + 34.0,
                stroke(*number),
                left + 42.0,
                y + 4.0,
                escaped(name)
            );
        }
        svg.push_str("</svg>");
        svg
    }
}

/// Lying bars from 0 to 1 with intervals, one a row: name, share, low, high, remark.
pub fn rows(title: &str, bars: &[(String, f64, f64, f64, String)]) -> String {
    const ROW: f64 = 20.0;
    const NAMES: f64 = 250.0;
    const SPAN: f64 = 300.0;
    const WIDTH: f64 = 640.0;
    let height = ROW * bars.len() as f64 + 30.0;
    let mut svg = open(WIDTH, height, title);
    for tick in 0..=4 {
        let (share, floor) = (f64::from(tick) / 4.0, height - 22.0);
        let _ = write!(
            svg,
            "<line x1=\"{0:.1}\" y1=\"2\" x2=\"{0:.1}\" y2=\"{floor:.1}\" stroke=\"#e4e4e4\"/><text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"middle\">{share}</text>",
            NAMES + share * SPAN,
            height - 6.0
        );
    }
    for (row, (name, share, low, high, remark)) in bars.iter().enumerate() {
        let y = ROW * row as f64 + 4.0;
        let middle = y + 6.5;
        let at = |share: f64| NAMES + share.clamp(0.0, 1.0) * SPAN;
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text><rect x=\"{NAMES}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"13\" fill=\"{}\"/><line x1=\"{:.1}\" y1=\"{middle:.1}\" x2=\"{:.1}\" y2=\"{middle:.1}\" stroke=\"#000\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            NAMES - 6.0,
            y + 11.0,
            escaped(name),
            at(*share) - NAMES,
            COLOURS[5],
            at(*low),
            at(*high),
            NAMES + SPAN + 8.0,
            y + 11.0,
            escaped(remark)
        );
    }
    svg.push_str("</svg>");
    svg
}

fn open(width: f64, height: f64, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" role=\"img\"><title>{}</title>",
        escaped(title)
    )
}

fn stroke(number: usize) -> String {
    format!(
        "stroke=\"{}\" stroke-width=\"{}\" stroke-dasharray=\"{}\"",
        COLOURS[number % COLOURS.len()],
        if number == 0 { 2.4 } else { 1.4 },
        DASHES[number % DASHES.len()]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_where_the_axes_say() {
        let log = Axis::log_share("", 0.01);
        assert_eq!(
            [log.part(0.01), log.part(0.1), log.part(1.0)],
            [0.0, 0.5, 1.0]
        );
        assert_eq!([log.part(0.0), log.part(f64::NAN)], [0.0, 0.0]);
        let mut plot = Plot::new(Axis::share("x"), Axis::share("y"), 258.0, 158.0);
        plot.line("a<b", [(0.0, 0.0), (1.0, 1.0)].into_iter());
        let svg = plot.svg("t");
        assert!(svg.contains("points=\"58.0,112.0 244.0,12.0\""), "{svg}");
        assert!(svg.contains("a&lt;b") && svg.ends_with("</svg>"));
        assert!(rows("t", &[]).ends_with("</svg>"));
    }
}

//! Where the even axis of a table lies.
//!
//! FIRSTX and LASTX come before DELTAX, which is often rounded. The abscissas of the data lines are
//! rounded too, often to whole numbers, but they are written with the ordinates: where they clearly
//! contradict FIRSTX and LASTX, and a straight line runs through them that DELTAX or one of the two
//! ends confirms, the axis follows the lines.

use super::asdf::Decoded;
use super::tables::Scale;
use crate::spectrum::{Axis, Warning, WarningKind};

/// Places the axis; `None` where nothing says where it lies.
pub fn place(decoded: &Decoded, scale: Scale, warnings: &mut Vec<Warning>) -> Option<Axis> {
    let points = decoded.y.len();
    let steps = points.saturating_sub(1);
    let even = |line: Line, last: f64| Axis::Even {
        first: line.first,
        last,
        points,
    };
    let starts = Starts::of(decoded, scale);
    let slope = starts.slope();
    let (mut header, mut last, delta) = match (scale.first, scale.last) {
        (Some(first), Some(last)) if first != last || points == 1 => {
            let over = |points: f64| (last - first) / (points - 1.0).max(1.0);
            let announced = scale.points.map_or(points as f64, |p| p.max(2.0));
            // Points are missing or left over: the lines or DELTAX tell which number was meant.
            let nearest = |near: f64| {
                let off = |step: f64| (step.abs() - near.abs()).abs();
                let (stated, read) = (over(announced), over(points as f64));
                if off(stated) <= off(read) {
                    stated
                } else {
                    read
                }
            };
            let near = starts.typical_step().or(scale.delta);
            let step = near.map_or(over(points as f64), nearest);
            (Line { first, step }, last, scale.delta)
        }
        (first, _) => {
            let first = first.or(starts.first())?;
            let step = scale.delta.filter(|d| *d != 0.0).or(slope)?;
            warnings.push(Warning::new(
                WarningKind::Axis,
                "FIRSTX or LASTX is missing; the axis was placed by DELTAX or the data lines.",
            ));
            let line = Line { first, step };
            (line, line.at(steps), None)
        }
    };
    let (Some(begin), Some(slope)) = (starts.first(), slope) else {
        return Some(even(header, header_end(header, last, steps)));
    };
    let nearer_last = (begin - last).abs() + 2.0 * header.step.abs() < (begin - header.first).abs();
    if nearer_last && slope * header.step < 0.0 {
        (header, last) = (
            Line {
                first: last,
                step: -header.step,
            },
            header.first,
        );
        warnings.push(Warning::new(
            WarningKind::Axis,
            "The data lines run from LASTX to FIRSTX; the axis follows the lines.",
        ));
    }
    let end = scale.points.map_or(0, |p| p as usize).max(points) - 1;
    let seen = starts.against(header);
    let stated = even(header, header_end(header, last, steps));
    if seen.wrong == 0 && !starts.drift(header, end) {
        return Some(stated);
    }
    if let Some(line) = starts.straight(header, last, end, delta) {
        warnings.push(seen.followed(header, line, last, end.min(points - 1)));
        return Some(even(line, line.at(steps)));
    }
    // Programs differ by a point in what a line's abscissa belongs to.
    if seen.farthest > 1.1 * header.step.abs() + starts.rounding {
        warnings.push(Warning::new(
            WarningKind::Axis,
            format!(
                "The abscissas of {} data lines do not fit FIRSTX and LASTX: that of point {} is {}, \
                 not {}.",
                seen.wrong,
                seen.index + 1,
                short(header.at(seen.index)),
                short(seen.x)
            ),
        ));
    }
    Some(stated)
}

/// Where the header's axis ends: at LASTX to its last digit where all points are there.
fn header_end(header: Line, last: f64, steps: usize) -> f64 {
    let end = header.at(steps);
    let all = (end - last).abs() <= 1e-6 * header.step.abs();
    if all { last } else { end }
}

/// A straight line of abscissas.
#[derive(Debug, Clone, Copy)]
struct Line {
    first: f64,
    step: f64,
}

impl Line {
    fn at(self, index: usize) -> f64 {
        self.first + self.step * index as f64
    }
}

/// The abscissas of the data lines.
struct Starts {
    /// Abscissa and index of its point, where it belongs to the first new ordinate of its line.
    plain: Vec<(f64, usize)>,
    /// The same, where it belongs to the Y-check before that; programs differ.
    checked: Vec<(f64, usize)>,
    /// How far rounding may have moved an abscissa.
    rounding: f64,
    /// XFACTOR.
    factor: f64,
}

/// How data lines lie against an axis.
struct Seen {
    /// Lines farther off than rounding explains.
    wrong: usize,
    /// Abscissa, point and distance of the one farthest off.
    x: f64,
    index: usize,
    farthest: f64,
}

impl Starts {
    fn of(decoded: &Decoded, scale: Scale) -> Self {
        let lines = |check: usize| -> Vec<(f64, usize)> {
            let place = |s: &super::asdf::Start| {
                let before = check * usize::from(s.checked);
                (s.x * scale.x_factor, s.index.saturating_sub(before))
            };
            decoded.starts.iter().map(place).collect()
        };
        // Of a fixed number of figures large numbers have fewer behind the point.
        let largest = decoded
            .starts
            .iter()
            .fold(1.0, |m: f64, s| m.max(s.x.abs()));
        let before_point = largest.log10().floor() as i32 + 1;
        let decimals = decoded.decimals.min(decoded.figures - before_point);
        Self {
            plain: lines(0),
            checked: lines(1),
            rounding: 10_f64.powi(-decimals) * scale.x_factor.abs(),
            factor: scale.x_factor,
        }
    }

    fn first(&self) -> Option<f64> {
        self.plain.first().map(|(x, _)| *x)
    }

    fn slope(&self) -> Option<f64> {
        let ((x0, i0), (x1, i1)) = (self.plain.first()?, self.plain.last()?);
        (i1 > i0 && x1 != x0).then(|| (x1 - x0) / (i1 - i0) as f64)
    }

    /// The step within most lines, whatever a missing or damaged line does to the others.
    fn typical_step(&self) -> Option<f64> {
        let between = |w: &[(f64, usize)]| {
            let points = w[1].1.checked_sub(w[0].1).filter(|n| *n > 0)?;
            Some((w[1].0 - w[0].0) / points as f64)
        };
        let mut steps: Vec<f64> = self.plain.windows(2).filter_map(between).collect();
        let middle = steps.len() / 2;
        (!steps.is_empty()).then(|| *steps.select_nth_unstable_by(middle, f64::total_cmp).1)
    }

    /// The lines against an axis, by the reading of their places that fits better.
    fn against(&self, axis: Line) -> Seen {
        let tolerance = 0.5 * axis.step.abs() + self.rounding;
        let off = |(x, i): &(f64, usize)| (axis.at(*i) - x).abs();
        let judge = |lines: &[(f64, usize)]| Seen {
            wrong: lines.iter().filter(|line| off(line) > tolerance).count(),
            x: axis.first,
            index: 0,
            farthest: 0.0,
        };
        let (plain, checked) = (judge(&self.plain), judge(&self.checked));
        let (mut seen, lines) = match plain.wrong <= checked.wrong {
            true => (plain, &self.plain),
            false => (checked, &self.checked),
        };
        let farthest = lines.iter().max_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(line) = farthest {
            (seen.x, seen.index) = *line;
            seen.farthest = off(line);
        }
        seen
    }

    /// Whether the lines, were they to go on to point `end`, would leave the axis: the table holds
    /// fewer points than are announced.
    fn drift(&self, axis: Line, end: usize) -> bool {
        let Some((fit, span)) = self.fit(axis) else {
            return false;
        };
        let reach = end as f64 / span.max(1) as f64;
        let off = (fit.line.at(end) - axis.at(end)).abs();
        fit.lines > 2 && off > 0.5 * axis.step.abs() + self.rounding * (1.0 + reach)
    }

    /// The straight line through the data lines that fits them better, by least squares, and the
    /// points it spans.
    fn fit(&self, axis: Line) -> Option<(Fit, usize)> {
        let (plain, checked) = (Fit::of(&self.plain)?, Fit::of(&self.checked)?);
        let nearer = |fit: &Fit| (fit.line.step - axis.step).abs();
        let margin = 0.1 * plain.line.step.abs();
        let fit = match (plain.spread - checked.spread).abs() <= margin {
            true if nearer(&checked) < nearer(&plain) => checked,
            true => plain,
            false if checked.spread < plain.spread => checked,
            false => plain,
        };
        let span = self.plain.last()?.1.checked_sub(self.plain.first()?.1)?;
        Some((fit, span))
    }

    /// The axis that the data lines state, where they do so beyond doubt.
    fn straight(&self, header: Line, last: f64, end: usize, delta: Option<f64>) -> Option<Line> {
        let (fit, span) = self.fit(header)?;
        let step = fit.line.step;
        if fit.spread > self.rounding + 0.25 * step.abs() {
            return None;
        }
        // The abscissas are perhaps not to be multiplied by XFACTOR after all.
        let raw = Self {
            plain: self
                .plain
                .iter()
                .map(|(x, i)| (x / self.factor, *i))
                .collect(),
            checked: self
                .checked
                .iter()
                .map(|(x, i)| (x / self.factor, *i))
                .collect(),
            rounding: self.rounding / self.factor.abs(),
            factor: 1.0,
        };
        if self.factor != 1.0 && raw.against(header).wrong == 0 {
            return None;
        }
        let half = 0.5 * step.abs() + 2.0 * self.rounding;
        // DELTAX is often written without its sign.
        let delta = delta.map(|d| d.abs().copysign(step));
        let by_delta = |line: f64, points: usize| {
            delta.is_some_and(|d| (line - d).abs() * points as f64 <= half)
        };
        let begins = (fit.line.first - header.first).abs() <= half;
        let ends = (fit.line.at(end) - last).abs() <= half;
        let confirmed = match by_delta(step, span) {
            true => true,
            // DELTAX sides with the header, or the lines are too few to speak for themselves.
            false if by_delta(header.step, end) || fit.lines < 3 => false,
            false => begins || ends,
        };
        let first = if begins { header.first } else { fit.line.first };
        let rounded = 2.0 * self.rounding;
        let exact = delta.filter(|d| (step - d).abs() * span as f64 <= rounded);
        confirmed.then_some(Line {
            first,
            step: exact.unwrap_or(step),
        })
    }
}

impl Seen {
    fn followed(&self, header: Line, line: Line, last: f64, end: usize) -> Warning {
        Warning::new(
            WarningKind::Axis,
            format!(
                "FIRSTX {} and LASTX {} give a step of {}, but the abscissas of the data lines go by \
                 {}; the axis follows the data lines and ends at {}.",
                short(header.first),
                short(last),
                short(header.step),
                short(line.step),
                short(line.at(end))
            ),
        )
    }
}

/// A straight line and how well it goes through points.
struct Fit {
    line: Line,
    /// Largest distance of a point from it.
    spread: f64,
    lines: usize,
}

impl Fit {
    fn of(points: &[(f64, usize)]) -> Option<Self> {
        let n = points.len() as f64;
        let mean = |f: &dyn Fn(&(f64, usize)) -> f64| points.iter().map(f).sum::<f64>() / n;
        let (x, i) = (mean(&|p| p.0), mean(&|p| p.1 as f64));
        let along = mean(&|p| (p.1 as f64 - i).powi(2));
        if points.len() < 2 || along <= 0.0 {
            return None;
        }
        let step = mean(&|p| (p.1 as f64 - i) * (p.0 - x)) / along;
        let line = Line {
            first: x - step * i,
            step,
        };
        let spread = points
            .iter()
            .map(|(x, i)| (line.at(*i) - x).abs())
            .fold(0.0, f64::max);
        Some(Self {
            line,
            spread,
            lines: points.len(),
        })
    }
}

/// A number with up to 7 significant figures.
fn short(value: f64) -> String {
    let size = value.abs().max(1e-300).log10().floor();
    let decimals = (6.0 - size).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

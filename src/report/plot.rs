//! Plots in plain characters, readable without colour.

use crate::prepare::Signal;
use crate::spectrum::{Shape, Spectrum};

/// Size of the drawing area in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            width: 76,
            height: 14,
        }
    }
}

/// Points of a curve or sticks with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Name under the plot.
    pub label: String,
    /// (abscissa, ordinate); gaps left out.
    pub points: Vec<(f64, f64)>,
}

impl Series {
    /// A signal on a grid that begins at `first` with `step`.
    pub fn of_signal(label: impl Into<String>, signal: &Signal, first: f64, step: f64) -> Self {
        let points = signal
            .values
            .iter()
            .enumerate()
            .map(|(i, y)| (first + step * (signal.start + i) as f64, *y))
            .collect();
        Self {
            label: label.into(),
            points,
        }
    }

    /// A spectrum as the file states it.
    pub fn of_spectrum(spectrum: &Spectrum) -> Self {
        let finite = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
        Self {
            label: spectrum.title.clone(),
            points: spectrum.points().filter(finite).collect(),
        }
    }

    fn range(&self) -> Option<(f64, f64)> {
        let xs = self.points.iter().map(|p| p.0);
        (!self.points.is_empty()).then(|| {
            (
                xs.clone().fold(f64::MAX, f64::min),
                xs.fold(f64::MIN, f64::max),
            )
        })
    }
}

/// One spectrum: a curve of `*`, or sticks of `|`.
pub fn single(spectrum: &Spectrum, size: Size) -> String {
    let series = Series::of_spectrum(spectrum);
    let Some(range) = series.range() else {
        return String::new();
    };
    let mut canvas = Canvas::new(size, range);
    match spectrum.shape {
        Shape::Profile => canvas.curve(&series, '*'),
        Shape::Sticks => canvas.sticks(&series, size.height, size.height, '|'),
    }
    canvas.finish()
}

/// One curve of `*`.
pub fn curve(series: &Series, size: Size) -> String {
    let Some(range) = series.range() else {
        return String::new();
    };
    let mut canvas = Canvas::new(size, range);
    canvas.curve(series, '*');
    format!("{}  * {}\n", canvas.finish(), series.label)
}

/// Two curves over their common range, each scaled to its own height: query `*`, reference `.`,
/// both `#`.
pub fn overlay(query: &Series, reference: &Series, size: Size) -> String {
    let Some(range) = common(query, reference) else {
        return String::new();
    };
    let mut canvas = Canvas::new(size, range);
    canvas.curve(reference, '.');
    canvas.curve(query, '*');
    format!(
        "{}  * {}   . {}   # both\n",
        canvas.finish(),
        query.label,
        reference.label
    )
}

/// Two mass spectra head to tail: the query's sticks upwards, the reference's downwards.
pub fn mirror(query: &Series, reference: &Series, size: Size) -> String {
    let (Some(a), Some(b)) = (ions(query).range(), ions(reference).range()) else {
        return String::new();
    };
    let mut canvas = Canvas::new(size, (a.0.min(b.0), a.1.max(b.1)));
    let middle = size.height / 2;
    canvas.sticks(&ions(query), middle, middle, '|');
    canvas.sticks_down(&ions(reference), middle + 1);
    canvas.row(middle, '-');
    format!(
        "{}  up: {}   down: {}\n",
        canvas.finish(),
        query.label,
        reference.label
    )
}

fn ions(series: &Series) -> Series {
    Series {
        label: String::new(),
        points: series
            .points
            .iter()
            .copied()
            .filter(|p| p.1 > 0.0)
            .collect(),
    }
}

fn common(a: &Series, b: &Series) -> Option<(f64, f64)> {
    let ((a0, a1), (b0, b1)) = (a.range()?, b.range()?);
    let range = (a0.max(b0), a1.min(b1));
    (range.0 < range.1).then_some(range)
}

/// Characters to draw on.
pub(super) struct Canvas {
    size: Size,
    range: (f64, f64),
    cells: Vec<Vec<char>>,
}

impl Canvas {
    pub(super) fn new(size: Size, range: (f64, f64)) -> Self {
        let size = Size {
            width: size.width.clamp(20, 400),
            height: size.height.clamp(4, 200),
        };
        Self {
            size,
            range,
            cells: vec![vec![' '; size.width]; size.height],
        }
    }

    pub(super) fn column(&self, x: f64) -> Option<usize> {
        let span = (self.range.1 - self.range.0).max(f64::MIN_POSITIVE);
        let at = (x - self.range.0) / span * (self.size.width - 1) as f64;
        (at > -0.5 && at < self.size.width as f64 - 0.5).then(|| at.round() as usize)
    }

    fn put(&mut self, row: usize, column: usize, mark: char) {
        if let Some(cell) = self.cells.get_mut(row).and_then(|r| r.get_mut(column)) {
            *cell = match (*cell, mark) {
                ('.', '*') => '#',
                (_, mark) => mark,
            };
        }
    }

    fn row(&mut self, row: usize, mark: char) {
        for column in 0..self.size.width {
            if self.cells[row][column] == ' ' {
                self.put(row, column, mark);
            }
        }
    }

    /// Largest ordinate of each column, so that narrow bands are not lost.
    fn tops(&self, series: &Series) -> Vec<Option<f64>> {
        let mut tops: Vec<Option<f64>> = vec![None; self.size.width];
        for (x, y) in &series.points {
            if let Some(column) = self.column(*x) {
                tops[column] = Some(tops[column].map_or(*y, |top: f64| top.max(*y)));
            }
        }
        tops
    }

    pub(super) fn curve(&mut self, series: &Series, mark: char) {
        let tops = self.tops(series);
        let shown = || tops.iter().flatten().copied();
        let (low, high) = (
            shown().fold(f64::MAX, f64::min),
            shown().fold(f64::MIN, f64::max),
        );
        let span = (high - low).max(f64::MIN_POSITIVE);
        let last_row = self.size.height - 1;
        let row = |y: f64| {
            last_row - (((y - low) / span * last_row as f64).round() as usize).min(last_row)
        };
        let mut before: Option<usize> = None;
        for (column, top) in tops.iter().enumerate() {
            let Some(at) = top.map(row) else { continue };
            // Steep flanks are joined, half in each column.
            let joined = before.map_or(at..=at, |b| match b < at {
                true => (b + at).div_ceil(2)..=at,
                false => at..=(b + at) / 2,
            });
            joined.for_each(|r| self.put(r, column, mark));
            before = Some(at);
        }
    }

    fn heights(&self, series: &Series, rows: usize) -> Vec<usize> {
        let tops = self.tops(series);
        let high = tops
            .iter()
            .flatten()
            .copied()
            .fold(f64::MIN_POSITIVE, f64::max);
        let height = |top: &Option<f64>| match top {
            Some(top) if *top > 0.0 => ((top / high * rows as f64).round() as usize).max(1),
            _ => 0,
        };
        tops.iter().map(height).collect()
    }

    fn sticks(&mut self, series: &Series, foot: usize, rows: usize, mark: char) {
        for (column, height) in self.heights(series, rows).into_iter().enumerate() {
            for step in 1..=height.min(foot) {
                self.put(foot - step, column, mark);
            }
        }
    }

    fn sticks_down(&mut self, series: &Series, head: usize) {
        let rows = self.size.height.saturating_sub(head);
        for (column, height) in self.heights(series, rows).into_iter().enumerate() {
            for step in 0..height {
                self.put(head + step, column, '|');
            }
        }
    }

    pub(super) fn finish(self) -> String {
        let mut text = String::new();
        for row in &self.cells {
            let line: String = row.iter().collect();
            text.push_str("  ");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        let (first, last) = (
            format!("{:.6}", self.range.0),
            format!("{:.6}", self.range.1),
        );
        let short = |t: &str| t.trim_end_matches('0').trim_end_matches('.').to_owned();
        let (first, last) = (short(&first), short(&last));
        let gap = self.size.width.saturating_sub(first.len() + last.len());
        text.push_str(&format!("  {first}{}{last}\n", " ".repeat(gap)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(label: &str, points: &[(f64, f64)]) -> Series {
        Series {
            label: label.to_owned(),
            points: points.to_vec(),
        }
    }

    const SMALL: Size = Size {
        width: 20,
        height: 5,
    };

    #[test]
    fn mirror_plot() {
        let query = series("q", &[(50.0, 100.0), (69.0, 50.0)]);
        let reference = series("r", &[(50.0, 100.0)]);
        let text = mirror(&query, &reference, SMALL);
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], "  |");
        assert_eq!(rows[1], "  |                  |");
        assert_eq!(rows[2], format!("  {}", "-".repeat(20)));
        assert_eq!(rows[3], "  |");
        assert!(rows[5].starts_with("  50") && rows[5].ends_with("69"));
    }

    #[test]
    fn overlay_marks_what_both_have() {
        let a = series("a", &[(0.0, 0.0), (19.0, 1.0)]);
        let text = overlay(&a, &a, SMALL);
        assert!(text.starts_with("                     #\n"), "{text:?}");
        assert!(overlay(&a, &series("far", &[(100.0, 1.0), (200.0, 2.0)]), SMALL).is_empty());
    }

    #[test]
    fn nothing_to_draw_gives_nothing() {
        assert!(mirror(&series("", &[]), &series("", &[]), SMALL).is_empty());
    }
}

//! The chromatogram in plain characters.

use super::RunResult;
use crate::report::plot::{Canvas, Series, Size};

/// Rows of numbers above the chromatogram.
const ROWS: usize = 2;

/// The total ion current over time in min, with the numbers of peaks above it: the largest first, as many
/// as there is room for.
pub fn chromatogram(result: &RunResult, size: Size) -> String {
    let points: Vec<(f64, f64)> = result
        .chromatogram
        .total
        .iter()
        .map(|(seconds, total)| (seconds / 60.0, *total))
        .collect();
    let ends = points.first().zip(points.last());
    let Some(range) = ends.map(|(a, b)| (a.0, b.0)).filter(|r| r.0 < r.1) else {
        return String::new();
    };
    let mut canvas = Canvas::new(size, range);
    canvas.curve(
        &Series {
            label: String::new(),
            points,
        },
        '*',
    );
    let mut rows = vec![vec![' '; size.width]; ROWS];
    let mut by_area: Vec<_> = result.peaks.iter().collect();
    by_area.sort_by(|a, b| b.area.total_cmp(&a.area));
    for peak in by_area {
        if let Some(column) = canvas.column(peak.retention_min) {
            put(&mut rows, column, &peak.number.to_string());
        }
    }
    let numbers: String = rows
        .iter()
        .rev()
        .map(|row| row.iter().collect::<String>())
        .filter(|row| !row.trim().is_empty())
        .map(|row| format!("  {}\n", row.trim_end()))
        .collect();
    format!(
        "{numbers}{}  total ion current over min, with the numbers of the largest peaks\n",
        canvas.finish()
    )
}

/// Writes a number with its middle at a column, in the first row that has room.
fn put(rows: &mut [Vec<char>], column: usize, number: &str) {
    let from = column.saturating_sub(number.len() / 2);
    for row in rows {
        let around = row.get(from.saturating_sub(1)..from + number.len() + 1);
        let tight = row.get(from.saturating_sub(1)..from + number.len());
        let free = around
            .or(tight)
            .is_some_and(|cells| cells.iter().all(|c| *c == ' '));
        if free {
            for (cell, digit) in row.iter_mut().skip(from).zip(number.chars()) {
                *cell = digit;
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_touch() {
        let mut rows = vec![vec![' '; 8]; 2];
        for (column, number) in [(2, "12"), (3, "13"), (4, "14"), (7, "9")] {
            put(&mut rows, column, number);
        }
        let rows: Vec<String> = rows.iter().map(|r| r.iter().collect()).collect();
        assert_eq!(rows, [" 12    9", "  13    "]);
    }
}

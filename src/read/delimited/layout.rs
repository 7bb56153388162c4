//! Where the axes of a table are: in its first column, in its first row, or beside each ordinate.

use super::dialect::Dialect;
use super::table::Table;
use super::units::x_unit;
use crate::read::number;
use crate::read::words::plain;

/// Fewest values of an axis that runs along a row.
const ROW_AXIS: usize = 16;

/// A table whose rows are spectra.
#[derive(Debug)]
pub(super) struct Rows {
    /// The axis.
    pub axis: Vec<f64>,
    /// Columns before it: labels.
    pub labels: usize,
    /// First row that is a spectrum.
    pub first: usize,
    /// Whether a column runs in order too, so that the table can be read either way.
    pub doubtful: bool,
}

/// Whether the values go up all the way or down all the way; gaps are none of them.
pub(super) fn is_monotonic(values: impl Iterator<Item = f64> + Clone) -> bool {
    let pairs = || values.clone().zip(values.clone().skip(1));
    values.clone().nth(1).is_some() && (pairs().all(|(a, b)| a < b) || pairs().all(|(a, b)| a > b))
}

/// The values from the last one back as long as they run in one order.
fn ordered_suffix(values: &[f64]) -> &[f64] {
    let pairs = |ordered: fn(&f64, &f64) -> bool| {
        values
            .windows(2)
            .rev()
            .take_while(|pair| ordered(&pair[0], &pair[1]))
            .count()
    };
    let steps = pairs(|a, b| a < b).max(pairs(|a, b| a > b));
    let start = values.len().saturating_sub(steps + 1);
    // A zero or a number in the corner is not a value of the axis.
    let suffix = &values[start..];
    match suffix {
        [corner, first, second, ..] if suffix.len() > ROW_AXIS => {
            let step = (second - first).abs();
            let far = (first - corner).abs() > 10.0 * step;
            &suffix[usize::from(far && start == 0)..]
        }
        _ => suffix,
    }
}

/// The axis in a line above a table of rows.
pub(super) fn axis_in(cells: &[&str], dialect: Dialect) -> Option<Vec<f64>> {
    if cells.len() != dialect.cells && cells.len() + 1 != dialect.cells {
        return None;
    }
    let values: Vec<f64> = cells
        .iter()
        .map(|cell| axis_value(cell, dialect.comma).unwrap_or(f64::NAN))
        .collect();
    let axis = ordered_suffix(&values);
    (axis.len() >= ROW_AXIS).then(|| axis.to_vec())
}

/// The number of a heading: `1901.7`, or `X1901.7` as R writes it, or with its unit.
fn axis_value(cell: &str, comma: bool) -> Option<f64> {
    let text = cell.strip_prefix('X').unwrap_or(cell);
    if let Some(value) = number::parse(text, comma) {
        return Some(value);
    }
    let (value, unit) = number::leading(text)?;
    x_unit(unit.trim()).map(|_| value)
}

/// Spectra in rows: the longest ordered end of a line above the table or of its first row is the
/// axis, unless a column is.
pub(super) fn in_rows(table: &Table) -> Option<Rows> {
    let width = table.width;
    if width < ROW_AXIS {
        return None;
    }
    let (axis, first) = match &table.header.axis {
        Some(axis) => (axis.clone(), 0),
        None => (ordered_suffix(table.rows().next()?).to_vec(), 1),
    };
    if axis.len() < ROW_AXIS || table.len() <= first {
        return None;
    }
    let labels = width.checked_sub(axis.len())?;
    let candidates = 0..labels.max(1);
    // Without labels the first row belongs to the column.
    let skip = if labels == 0 { 0 } else { first };
    let columnar = candidates.into_iter().any(|c| {
        let column = table.column(c).skip(skip);
        table.len() - skip >= 3 && is_monotonic(column.clone()) && !counts(column)
    });
    let wide = table.len() * 4 <= width;
    let counted = counts(axis.iter().copied());
    (!columnar || wide && !(counted && labels > 0)).then_some(Rows {
        axis,
        labels,
        first,
        doubtful: columnar && table.len() >= 8,
    })
}

/// Whether the values only count, from 0 or 1.
pub(super) fn counts(mut values: impl Iterator<Item = f64>) -> bool {
    let Some(start) = values.next() else {
        return false;
    };
    (start == 0.0 || start == 1.0) && values.zip(1..).all(|(v, i)| v == start + f64::from(i))
}

/// Whether the first column only counts the rows.
pub(super) fn is_counter(table: &Table) -> bool {
    counts(table.column(0))
}

/// Pairs of an axis column and an ordinate column.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Axis and ordinate.
    pub columns: Vec<(usize, usize)>,
    /// Whether no heading says so, only the numbers.
    pub inferred: bool,
}

/// Pairs of columns: a heading of an axis repeats, or every second column of a table without such
/// headings runs in order and looks like an axis.
pub(super) fn in_pairs(table: &Table) -> Option<Pairs> {
    let heading = |c: usize| table.header.heading(c);
    let axes: Vec<usize> = (0..table.width)
        .filter(|c| x_unit(heading(*c)).is_some())
        .collect();
    let repeated = |c: &usize| {
        let name = plain(heading(*c));
        axes.iter().filter(|a| plain(heading(**a)) == name).count() > 1
    };
    let axes_of_pairs: Vec<usize> = axes.iter().copied().filter(repeated).collect();
    if !axes_of_pairs.is_empty() {
        let ordinates = (0..table.width).filter(|c| !axes.contains(c));
        let nearest = |c: usize| Some((axes.iter().copied().rfind(|a| *a < c)?, c));
        return Some(Pairs {
            columns: ordinates.filter_map(nearest).collect(),
            inferred: false,
        });
    }
    let bare = axes.is_empty() && table.width >= 4 && table.width.is_multiple_of(2);
    (bare && alternate(table)).then(|| Pairs {
        columns: (0..table.width).step_by(2).map(|c| (c, c + 1)).collect(),
        inferred: true,
    })
}

/// Whether columns 1, 3, 5... are axes: they run in the direction of the first in nearly even steps
/// of its size, and the columns between them do not run that way.
fn alternate(table: &Table) -> bool {
    let shape = |c: usize| {
        let column = table.column(c).filter(|v| v.is_finite());
        let (mut least, mut most, mut rows) = (f64::MAX, f64::MIN, 0_usize);
        column.clone().zip(column.skip(1)).for_each(|(a, b)| {
            rows += 1;
            least = least.min(b - a);
            most = most.max(b - a);
        });
        let down = most < 0.0;
        let (small, large) = match down {
            true => (-most, -least),
            false => (least, most),
        };
        (rows >= 2 && small > 0.0).then_some((down, small, large))
    };
    let Some((down, small, large)) = shape(0).filter(|(_, small, large)| *large <= 4.0 * small)
    else {
        return false;
    };
    let is_axis = |c: usize| {
        shape(c).is_some_and(|(d, s, l)| {
            d == down && l <= 4.0 * s && s <= 4.0 * large && l * 4.0 >= small
        })
    };
    let ordinates = (1..table.width).step_by(2);
    let axes = (2..table.width).step_by(2);
    axes.into_iter().all(is_axis)
        && ordinates
            .into_iter()
            .all(|c| shape(c).is_none_or(|(d, _, _)| d != down))
}

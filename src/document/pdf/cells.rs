//! Cells beside each other: rows of tables, names with values, points of a list.

use super::face::{Faces, Row};
use super::lines::{Style, lines};
use super::strip::{Item, Mark, Strip};
use crate::document::Side;

/// A cell whose text was broken into lines.
pub(super) struct Cell {
    pub(super) mark: Mark,
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) side: Side,
    pub(super) style: Style,
    pub(super) rows: Vec<Row>,
}

impl Cell {
    /// A cell of a text, from `left`, `width` wide.
    pub(super) fn new(
        faces: &Faces,
        mark: Mark,
        text: &str,
        style: Style,
        left: f32,
        width: f32,
    ) -> Self {
        Self {
            mark,
            left,
            width,
            side: Side::Left,
            style,
            rows: lines(faces, text, style, width),
        }
    }

    fn height(&self) -> f32 {
        self.rows.len() as f32 * self.style.line()
    }

    fn item(&self, row: &Row, top: f32) -> Item {
        let left = match self.side {
            Side::Left => self.left,
            Side::Right => self.left + self.width - row.width(self.style.size),
        };
        Item::letters(self.mark, row.clone(), self.style, left, top)
    }
}

/// Where the cells of a row stand that are lower than the highest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Top,
    Bottom,
}

/// Room above and below the cells of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Padding {
    pub(super) above: f32,
    pub(super) below: f32,
}

/// Cells as one strip.
pub(super) fn row(cells: &[Cell], padding: Padding, stand: Stand) -> Strip {
    let highest = cells.iter().map(Cell::height).fold(0.0, f32::max);
    let mut strip = Strip::of(0.0, padding.above + highest + padding.below);
    for cell in cells {
        let top = match stand {
            Stand::Top => 0.0,
            Stand::Bottom => highest - cell.height(),
        };
        strip
            .items
            .extend(cell.rows.iter().enumerate().map(|(at, line)| {
                cell.item(line, padding.above + top + at as f32 * cell.style.line())
            }));
    }
    strip
}

/// Cells as one strip, or as a strip for each of their lines where no page holds them.
pub(super) fn rows(cells: &[Cell], padding: Padding, room: f32) -> Vec<Strip> {
    let whole = row(cells, padding, Stand::Top);
    if whole.height <= room {
        return vec![whole];
    }
    let count = cells.iter().map(|c| c.rows.len()).max().unwrap_or(0);
    let line = cells.iter().map(|c| c.style.line()).fold(0.0, f32::max);
    (0..count)
        .map(|at| {
            let above = if at == 0 { padding.above } else { 0.0 };
            let below = if at + 1 == count { padding.below } else { 0.0 };
            let mut strip = Strip::of(0.0, above + line + below);
            strip.items = cells
                .iter()
                .filter_map(|cell| Some(cell.item(cell.rows.get(at)?, above)))
                .collect();
            strip
        })
        .collect()
}

//! Tables: how wide columns are, and rows as strips.

use super::cells::{self, Cell, Padding, Stand};
use super::composer::{Composer, first};
use super::face::{Faces, Weight};
use super::lines::{Style, widest_word};
use super::strip::{Bond, Item, Mark, Strip, bind};
use super::structure::{NodeId, Role};
use super::{DocumentError, WIDTH};
use crate::document::Table;
use std::rc::Rc;

const CELL: Style = Style::new(8.5, Weight::Regular);
const HEADING: Style = Style::new(8.5, Weight::Bold);
const CAPTION: Style = Style::new(9.0, Weight::Bold);
const CONTINUED: Style = Style::new(8.0, Weight::Regular);
/// Room at both sides of a cell.
const SIDE: f32 = 4.0;
const PADDING: Padding = Padding {
    above: 2.6,
    below: 2.6,
};
/// Largest part of the width that a word may claim for its column.
const CLAIM: f32 = 0.34;
/// How many rows are measured for the widths of columns.
const MEASURED: usize = 300;

/// The table's place in the tags, and where its columns lie.
struct Frame<'t> {
    table: &'t Table,
    node: NodeId,
    /// Left end and width of each column's text.
    places: Vec<[f32; 2]>,
}

impl Composer<'_> {
    /// Adds a table.
    pub(super) fn table(&mut self, table: &Table) -> Result<(), DocumentError> {
        if table.columns.is_empty() {
            return Ok(());
        }
        check(table)?;
        let frame = Frame {
            table,
            node: self.structure.add(Role::Table),
            places: places(self.faces, table),
        };
        let mut strips = self.caption(&frame);
        let headings = self.structure.add_to(frame.node, Role::Row);
        let marks = (0..table.columns.len())
            .map(|_| Mark::Node(self.structure.add_to(headings, Role::ColumnHeading)))
            .collect();
        strips.push(self.headings(&frame, marks));
        first(&mut strips, 8.0);
        for strip in &mut strips {
            strip.bond = Bond::WithNext;
        }
        let repeat = Rc::new(self.repeated(&frame));
        for (at, row) in table.rows.iter().enumerate() {
            strips.extend(self.table_row(&frame, row, at, &repeat));
        }
        let mut below = Strip::of(0.0, 6.0);
        below.items.push(Item::rule(0.0, WIDTH, 0.0, 0.9, 0));
        if let Some(last) = strips.last_mut() {
            last.bond = Bond::WithNext;
        }
        strips.push(below);
        self.push(strips);
        Ok(())
    }

    fn caption(&mut self, frame: &Frame) -> Vec<Strip> {
        let Some(caption) = &frame.table.caption else {
            return Vec::new();
        };
        let node = self.structure.add_to(frame.node, Role::Caption);
        let mut strips = self.text(Mark::Node(node), caption, CAPTION, 0.0, WIDTH);
        strips.push(Strip::of(0.0, 3.0));
        strips
    }

    fn headings(&self, frame: &Frame, marks: Vec<Mark>) -> Strip {
        let cells: Vec<Cell> = frame
            .table
            .columns
            .iter()
            .zip(&frame.places)
            .zip(marks)
            .map(|((column, [left, width]), mark)| Cell {
                side: column.side,
                ..Cell::new(self.faces, mark, &column.heading, HEADING, *left, *width)
            })
            .collect();
        let mut strip = cells::row(&cells, PADDING, Stand::Bottom);
        strip.items.push(Item::rule(0.0, WIDTH, 0.0, 0.9, 0));
        strip
            .items
            .push(Item::rule(0.0, WIDTH, strip.height, 0.6, 0));
        strip
    }

    /// What stands above the rows on the table's next pages.
    fn repeated(&self, frame: &Frame) -> Strip {
        let continued = &self.phrases.continued;
        let text = match &frame.table.caption {
            Some(caption) => format!("{caption} ({continued})"),
            None => format!("({continued})"),
        };
        let mut whole = Strip::default();
        let mut parts = self.text(Mark::Running, &text, CONTINUED, 0.0, WIDTH);
        parts.truncate(2);
        parts.push(Strip::of(0.0, 2.0));
        let mut headings = self.headings(frame, vec![Mark::Running; frame.table.columns.len()]);
        // Headings that fill a page leave no room for what they head.
        if headings.height > self.room / 3.0 {
            headings = Strip::default();
        }
        parts.push(headings);
        for part in parts {
            let top = whole.height;
            whole
                .items
                .extend(part.items.into_iter().map(|item| item.lowered(top)));
            whole.height += part.height;
        }
        whole
    }

    fn table_row(
        &mut self,
        frame: &Frame,
        row: &[String],
        at: usize,
        repeat: &Rc<Strip>,
    ) -> Vec<Strip> {
        let node = self.structure.add_to(frame.node, Role::Row);
        let cells: Vec<Cell> = frame
            .table
            .columns
            .iter()
            .zip(&frame.places)
            .enumerate()
            .map(|(column, (head, [left, width]))| {
                let role = if column == 0 {
                    Role::RowHeading
                } else {
                    Role::Cell
                };
                let mark = Mark::Node(self.structure.add_to(node, role));
                let text = row.get(column).map_or("", String::as_str);
                Cell {
                    side: head.side,
                    ..Cell::new(self.faces, mark, text, CELL, *left, *width)
                }
            })
            .collect();
        let mut strips = cells::rows(&cells, PADDING, self.room - repeat.height);
        let count = frame.table.rows.len();
        if let Some(last) = strips.last_mut() {
            if at + 1 < count {
                last.items
                    .push(Item::rule(0.0, WIDTH, last.height, 0.3, 150));
            }
            // The last row does not stand alone on a page.
            if at + 2 == count && count > 2 {
                last.bond = Bond::WithNext;
            }
        }
        for (line, strip) in strips.iter_mut().enumerate() {
            if at > 0 || line > 0 {
                strip.repeat = Some(repeat.clone());
            }
        }
        if strips.len() <= 4 {
            let bond = strips.last().map(|s| s.bond);
            bind(&mut strips);
            if let (Some(last), Some(bond)) = (strips.last_mut(), bond) {
                last.bond = bond;
            }
        }
        strips
    }
}

/// Refuses rows that have more cells than there are columns: a cell would be lost.
fn check(table: &Table) -> Result<(), DocumentError> {
    let columns = table.columns.len();
    match table.rows.iter().position(|row| row.len() > columns) {
        None => Ok(()),
        Some(at) => Err(DocumentError::Cells {
            table: table.caption.clone().unwrap_or_default(),
            row: at + 1,
            cells: table.rows[at].len(),
            columns,
        }),
    }
}

/// Left end and width of each column's text: by weight, but no narrower than the column's widest word
/// as far as there is room.
fn places(faces: &Faces, table: &Table) -> Vec<[f32; 2]> {
    let weights: Vec<f32> = table
        .columns
        .iter()
        .map(|c| {
            if c.weight.is_finite() && c.weight > 0.0 {
                c.weight
            } else {
                1.0
            }
        })
        .collect();
    let needs: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = table
                .rows
                .iter()
                .take(MEASURED)
                .filter_map(|row| row.get(at));
            let widest = cells
                .map(|cell| widest_word(faces, cell, CELL))
                .fold(widest_word(faces, &column.heading, HEADING), f32::max);
            // A little more, so that sums of floats do not break a word.
            (widest + 2.0 * SIDE + 0.1).min(CLAIM * WIDTH)
        })
        .collect();
    let mut left = 0.0;
    shares(&weights, &needs, WIDTH)
        .into_iter()
        .map(|width| {
            let place = [left + SIDE, (width - 2.0 * SIDE).max(1.0)];
            left += width;
            place
        })
        .collect()
}

/// Shares a width by weight, giving each at least what it needs where that is possible.
fn shares(weights: &[f32], needs: &[f32], width: f32) -> Vec<f32> {
    let all: f32 = weights.iter().sum();
    let needed: f32 = needs.iter().sum();
    if needed > width {
        return needs.iter().map(|need| need * width / needed).collect();
    }
    let mut given: Vec<Option<f32>> = vec![None; weights.len()];
    let (mut weight, mut rest) = (all, width);
    while let Some(short) =
        (0..weights.len()).find(|&i| given[i].is_none() && rest * weights[i] / weight < needs[i])
    {
        given[short] = Some(needs[short]);
        weight -= weights[short];
        rest -= needs[short];
    }
    given
        .into_iter()
        .zip(weights)
        .map(|(given, own)| given.unwrap_or(rest * own / weight))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_weights_unless_a_word_needs_more() {
        assert_eq!(shares(&[1.0, 3.0], &[10.0, 10.0], 400.0), [100.0, 300.0]);
        assert_eq!(shares(&[1.0, 3.0], &[160.0, 10.0], 400.0), [160.0, 240.0]);
        let scarce = shares(&[1.0, 1.0], &[300.0, 100.0], 200.0);
        assert_eq!(scarce, [150.0, 50.0]);
    }
}

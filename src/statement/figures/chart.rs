//! Panels with axes, lines and words. Lines differ by width, dash and grey, so that nothing is lost in black
//! and white.

use super::scale::Scale;
use crate::document::{Anchor, Drawing, Shape, Stroke};

/// Width of a drawing in points: that of a page's text.
pub(super) const WIDTH: f32 = 515.0;
/// Where panels begin and end.
pub(super) const LEFT: f32 = 46.0;
pub(super) const RIGHT: f32 = WIDTH - 8.0;
/// Sizes of letters.
pub(super) const NORMAL: f32 = 8.0;
pub(super) const SMALL: f32 = 7.0;
/// Length of ticks.
const TICK: f32 = 3.0;
/// Middle width of a letter in shares of its size.
const LETTER: f32 = 0.55;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pen {
    /// The query: black, full.
    Query,
    /// The reference: dark grey, dashed, wider.
    Reference,
    /// What is left: black, thin.
    Rest,
    /// Frames and ticks.
    Frame,
    /// Lines at zero and beneath curves.
    Faint,
}

impl Pen {
    fn stroke(self) -> Stroke {
        let (width, grey, dash): (f32, u8, &[f32]) = match self {
            Self::Query => (0.8, 0, &[]),
            Self::Reference => (1.1, 90, &[4.0, 2.0]),
            Self::Rest => (0.6, 0, &[]),
            Self::Frame => (0.6, 60, &[]),
            Self::Faint => (0.4, 170, &[1.0, 2.0]),
        };
        Stroke {
            width,
            grey,
            dash: dash.to_vec(),
        }
    }
}

/// A drawing as it grows.
pub(super) struct Chart {
    shapes: Vec<Shape>,
    height: f32,
}

/// A panel's axis with its title and what is written at its ticks.
pub(super) struct Ticks {
    /// Its values.
    pub scale: Scale,
    /// Title with unit.
    pub title: String,
    /// Values with their words.
    pub marks: Vec<(f64, String)>,
}

impl Chart {
    pub fn new(height: f32) -> Self {
        Self {
            shapes: Vec::new(),
            height,
        }
    }

    pub fn finish(self) -> Drawing {
        Drawing {
            width: WIDTH,
            height: self.height,
            shapes: self.shapes,
        }
    }

    /// A line through points; none through fewer than two.
    pub fn line(&mut self, points: Vec<[f32; 2]>, pen: Pen) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line {
                points,
                stroke: pen.stroke(),
            });
        }
    }

    /// Any part.
    pub fn shape(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// Words with their anchor at a place.
    pub fn text(&mut self, at: [f32; 2], size: f32, anchor: Anchor, text: impl Into<String>) {
        self.shapes.push(Shape::Text {
            at,
            size,
            anchor,
            upwards: false,
            text: text.into(),
        });
    }

    /// The frame of a panel, its ticks below and at the left, and its titles. `below` is `None` where another
    /// panel under it has the same axis.
    pub fn frame(&mut self, across: &Ticks, up: &Ticks, below: bool) {
        let (top, floor) = (
            up.scale.to.min(up.scale.from),
            up.scale.to.max(up.scale.from),
        );
        let corners = [
            [LEFT, top],
            [RIGHT, top],
            [RIGHT, floor],
            [LEFT, floor],
            [LEFT, top],
        ];
        self.line(corners.to_vec(), Pen::Frame);
        for (value, words) in &across.marks {
            let x = across.scale.at(*value);
            self.line(vec![[x, floor], [x, floor - TICK]], Pen::Frame);
            if below {
                self.text(
                    [x, floor + NORMAL + 2.0],
                    NORMAL,
                    Anchor::Middle,
                    words.clone(),
                );
            }
        }
        for (value, words) in &up.marks {
            let y = up.scale.at(*value);
            self.line(vec![[LEFT, y], [LEFT + TICK, y]], Pen::Frame);
            self.text(
                [LEFT - 3.0, y + 0.35 * SMALL],
                SMALL,
                Anchor::End,
                words.clone(),
            );
        }
        if below {
            let middle = (LEFT + RIGHT) / 2.0;
            let at = [middle, floor + 2.0 * NORMAL + 6.0];
            self.text(at, NORMAL, Anchor::Middle, across.title.clone());
        }
        self.shapes.push(Shape::Text {
            at: [10.0, (top + floor) / 2.0],
            size: NORMAL,
            anchor: Anchor::Middle,
            upwards: true,
            text: up.title.clone(),
        });
    }

    /// A row of lines with their names above a panel.
    pub fn key(&mut self, y: f32, lines: &[(Pen, String)]) {
        let mut x = LEFT;
        for (pen, name) in lines {
            self.line(vec![[x, y - 2.5], [x + 24.0, y - 2.5]], *pen);
            self.text([x + 28.0, y], NORMAL, Anchor::Start, name.clone());
            x += 28.0 + breadth(name, NORMAL) + 18.0;
        }
    }
}

/// About how broad a text is.
pub(super) fn breadth(text: &str, size: f32) -> f32 {
    LETTER * size * text.chars().count() as f32
}

/// A text of at most so many letters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => text
            .chars()
            .take(most.saturating_sub(1))
            .chain(['\u{2026}'])
            .collect(),
        false => text.to_owned(),
    }
}

/// Points thinned to what can be seen: of those that fall on one quarter of a point of the page the first, the
/// lowest, the highest and the last.
pub(super) fn thinned(points: impl IntoIterator<Item = [f32; 2]>) -> Vec<[f32; 2]> {
    let mut kept: Vec<[f32; 2]> = Vec::new();
    let mut column: Vec<[f32; 2]> = Vec::new();
    for point in points {
        let same = |first: &[f32; 2]| (4.0 * first[0]).floor() == (4.0 * point[0]).floor();
        if !column.first().is_none_or(same) {
            flush(&mut column, &mut kept);
        }
        column.push(point);
    }
    flush(&mut column, &mut kept);
    kept
}

fn flush(column: &mut Vec<[f32; 2]>, kept: &mut Vec<[f32; 2]>) {
    let by = |a: &usize, b: &usize| column[*a][1].total_cmp(&column[*b][1]);
    let places = 0..column.len();
    let mut few: Vec<usize> = [
        places.clone().next(),
        places.clone().min_by(by),
        places.clone().max_by(by),
        places.last(),
    ]
    .into_iter()
    .flatten()
    .collect();
    few.sort_unstable();
    few.dedup();
    kept.extend(few.into_iter().map(|place| column[place]));
    column.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_the_highest() {
        let points =
            (0..1000_u16).map(|i| [f32::from(i) / 1000.0, if i == 501 { 9.0 } else { 1.0 }]);
        let few = thinned(points);
        assert!(few.len() <= 16, "{few:?}");
        assert!(few.iter().any(|p| p[1] == 9.0));
        assert!(few.is_sorted_by(|a, b| a[0] <= b[0]));
        assert!(thinned([]).is_empty());
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(shortened("abcdef", 4), "abc\u{2026}");
        assert_eq!(shortened("abcd", 4), "abcd");
    }
}

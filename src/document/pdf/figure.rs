//! Figures: a drawing with its caption in one strip, scaled down where a page is too small for it.

use super::composer::Composer;
use super::face::Weight;
use super::lines::{Style, lines};
use super::strip::{Ink, Item, Mark, Strip};
use super::structure::Role;
use super::{DocumentError, WIDTH, plain};
use crate::document::{Anchor, Drawing, Figure, Shape, Stroke};
use krilla::geom::Rect;

const CAPTION: Style = Style::new(8.5, Weight::Regular);
/// Between a drawing and its caption.
const GAP: f32 = 4.0;
/// Room that is left for a heading above the drawing.
const HEADING: f32 = 60.0;
/// Furthest a point may lie from a drawing's origin, in points.
const FAR: f32 = 10_000.0;

impl Composer<'_> {
    /// Adds a figure.
    pub(super) fn figure(&mut self, figure: &Figure) -> Result<(), DocumentError> {
        check(figure)?;
        let drawing = &figure.drawing;
        let node = self
            .structure
            .add(Role::Figure(self.described([&figure.alt, &figure.caption])));
        let caption = self.structure.add(Role::Caption);
        let rows = lines(self.faces, &figure.caption, CAPTION, WIDTH);
        let below = GAP + rows.len() as f32 * CAPTION.line();
        let room = (self.room - below - HEADING).max(self.room / 4.0);
        let scale = (WIDTH / drawing.width).min(room / drawing.height).min(1.0);
        let (width, height) = (drawing.width * scale, drawing.height * scale);
        let origin = [(WIDTH - width) / 2.0, 0.0];

        let mut strip = Strip::of(8.0, height + below + 4.0);
        strip.figure = Rect::from_xywh(origin[0], 0.0, width, height).map(|area| (node, area));
        let inks = drawing
            .shapes
            .iter()
            .flat_map(|shape| self.ink(shape, origin, scale));
        strip.items.extend(inks.map(|ink| Item {
            mark: Mark::Node(node),
            ink,
        }));
        strip
            .items
            .extend(rows.into_iter().enumerate().map(|(at, row)| {
                let top = height + GAP + at as f32 * CAPTION.line();
                Item::letters(Mark::Node(caption), row, CAPTION, 0.0, top)
            }));
        self.push([strip]);
        Ok(())
    }

    /// What a picture shows: the first of these texts that says anything. The standard asks for one.
    pub(super) fn described<const N: usize>(&self, texts: [&str; N]) -> String {
        texts
            .into_iter()
            .chain([self.phrases.figure.as_str()])
            .map(plain)
            .find(|text| !text.trim().is_empty())
            .unwrap_or_else(|| "–".to_owned())
    }

    fn ink(&self, shape: &Shape, [left, top]: [f32; 2], scale: f32) -> Option<Ink> {
        let moved = |points: &[[f32; 2]]| -> Vec<[f32; 2]> {
            points
                .iter()
                .map(|[x, y]| [left + x * scale, top + y * scale])
                .collect()
        };
        match shape {
            Shape::Line { points, stroke } => Some(Ink::Line {
                points: moved(points),
                stroke: Stroke {
                    width: stroke.width * scale,
                    grey: stroke.grey,
                    dash: stroke.dash.iter().map(|d| d * scale).collect(),
                },
            }),
            Shape::Fill { points, grey } => Some(Ink::Fill {
                points: moved(points),
                grey: *grey,
            }),
            Shape::Text {
                at,
                size,
                anchor,
                upwards,
                text,
            } => {
                let printable = self.faces.printable(text).replace('\n', " ");
                if printable.trim().is_empty() {
                    return None;
                }
                let row = self.faces.row(&printable, Weight::Regular);
                let size = size * scale;
                let back = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => row.width(size) / 2.0,
                    Anchor::End => row.width(size),
                };
                let [x, y] = [left + at[0] * scale, top + at[1] * scale];
                Some(Ink::Letters {
                    at: if *upwards {
                        [x, y + back]
                    } else {
                        [x - back, y]
                    },
                    row,
                    style: Style::new(size, Weight::Regular),
                    upwards: *upwards,
                })
            }
        }
    }
}

/// Refuses drawings with numbers that are none, or that lie nowhere.
fn check(figure: &Figure) -> Result<(), DocumentError> {
    let Drawing {
        width,
        height,
        shapes,
    } = &figure.drawing;
    let sound = |number: &f32| number.is_finite() && number.abs() <= FAR;
    let is_size = |number: &f32| sound(number) && *number > 0.0;
    let is_sound = |shape: &Shape| match shape {
        Shape::Line { points, stroke } => {
            points.iter().flatten().all(sound)
                && sound(&stroke.width)
                && stroke.dash.iter().all(|d| sound(d) && *d >= 0.0)
        }
        Shape::Fill { points, .. } => points.iter().flatten().all(sound),
        Shape::Text { at, size, .. } => at.iter().all(sound) && is_size(size),
    };
    if is_size(width) && is_size(height) && shapes.iter().all(is_sound) {
        return Ok(());
    }
    Err(DocumentError::Drawing {
        caption: figure.caption.clone(),
    })
}

//! Strips: parts of a document from margin to margin that are never torn, from the top down.

use super::face::Row;
use super::lines::Style;
use super::structure::NodeId;
use crate::document::drawing::Stroke;
use krilla::geom::{Rect, Transform};
use krilla::image::Image;
use std::rc::Rc;

/// For whom something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A part of the document.
    Node(NodeId),
    /// Rules and frames.
    Layout,
    /// What is repeated on each page.
    Running,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub(super) enum Ink {
    /// A row of letters from its left end on its baseline.
    Letters {
        at: [f32; 2],
        row: Row,
        style: Style,
        upwards: bool,
    },
    /// A line.
    Line {
        points: Vec<[f32; 2]>,
        stroke: Stroke,
    },
    /// A filled polygon.
    Fill { points: Vec<[f32; 2]>, grey: u8 },
    /// A picture.
    Picture { image: Image, area: Rect },
}

/// Something drawn; places are from the strip's top left.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) mark: Mark,
    pub(super) ink: Ink,
}

impl Item {
    /// A row of letters whose top is at `top`.
    pub(super) fn letters(mark: Mark, row: Row, style: Style, left: f32, top: f32) -> Self {
        Self {
            mark,
            ink: Ink::Letters {
                at: [left, top + style.baseline()],
                row,
                style,
                upwards: false,
            },
        }
    }

    /// A level rule.
    pub(super) fn rule(left: f32, right: f32, y: f32, width: f32, grey: u8) -> Self {
        Self::line([left, y], [right, y], width, grey)
    }

    /// The same further down.
    pub(super) fn lowered(mut self, by: f32) -> Self {
        match &mut self.ink {
            Ink::Letters { at, .. } => at[1] += by,
            Ink::Line { points, .. } | Ink::Fill { points, .. } => {
                points.iter_mut().for_each(|[_, y]| *y += by);
            }
            Ink::Picture { area, .. } => {
                if let Some(moved) = area.transform(Transform::from_translate(0.0, by)) {
                    *area = moved;
                }
            }
        }
        self
    }

    /// A straight line that means nothing.
    pub(super) fn line(from: [f32; 2], to: [f32; 2], width: f32, grey: u8) -> Self {
        Self {
            mark: Mark::Layout,
            ink: Ink::Line {
                points: vec![from, to],
                stroke: Stroke {
                    width,
                    grey,
                    dash: Vec::new(),
                },
            },
        }
    }
}

/// Whether a strip may be parted from the next by a page's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Bond {
    /// It may.
    #[default]
    Loose,
    /// It may not, as far as there is room.
    WithNext,
}

/// Where a strip begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Start {
    /// Below the one before.
    #[default]
    Below,
    /// On a new page.
    NewPage,
}

/// A heading for the list of bookmarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) text: String,
}

/// A strip.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip {
    /// Room above it, but at the top of a page.
    pub(super) before: f32,
    pub(super) height: f32,
    pub(super) items: Vec<Item>,
    pub(super) bond: Bond,
    pub(super) start: Start,
    /// What is repeated where it begins a page: a table's headings.
    pub(super) repeat: Option<Rc<Strip>>,
    pub(super) bookmark: Option<Bookmark>,
    /// A picture's node and where it lies.
    pub(super) figure: Option<(NodeId, Rect)>,
}

impl Strip {
    /// Room without anything in it.
    pub(super) fn of(before: f32, height: f32) -> Self {
        Self {
            before,
            height,
            ..Self::default()
        }
    }
}

/// Binds each strip to the next, but the last one.
pub(super) fn bind(strips: &mut [Strip]) {
    if let Some((_, before)) = strips.split_last_mut() {
        for strip in before {
            strip.bond = Bond::WithNext;
        }
    }
}

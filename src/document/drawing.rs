//! A vector drawing in points (1/72 inch), origin at the top left, y downwards.
//!
//! Lines are told apart by dash and width as well as by shade, so that a black-and-white print loses
//! nothing.

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Width in points.
    pub width: f32,
    /// 0 black to 255 white.
    pub grey: u8,
    /// Lengths of dashes and gaps in points; empty for a full line.
    pub dash: Vec<f32>,
}

/// Which part of a text lies at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One part of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line through these points.
    Line {
        /// Its points, at least two.
        points: Vec<[f32; 2]>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A filled polygon.
    Fill {
        /// Its corners, at least three.
        points: Vec<[f32; 2]>,
        /// 0 black to 255 white.
        grey: u8,
    },
    /// One line of text, in the document's regular face.
    Text {
        /// Where its anchor lies, on the baseline.
        at: [f32; 2],
        /// Size in points.
        size: f32,
        /// Which part lies there.
        anchor: Anchor,
        /// Whether it runs upwards.
        upwards: bool,
        /// The text.
        text: String,
    },
}

impl Shape {
    /// Its text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::Line { .. } | Self::Fill { .. } => None,
        }
    }
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width in points; a page is 515 wide between its margins.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Its parts, later ones over earlier ones.
    pub shapes: Vec<Shape>,
}

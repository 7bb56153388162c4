//! Documents: what is written in them (`model`), drawings of lines and words (`drawing`), and the two
//! forms in which they leave the program: one HTML file that needs no other, and tagged PDF/A.
//!
//! Nothing here knows what a spectrum or a result is.

mod drawing;
mod model;

pub use drawing::{Anchor, Drawing, Shape, Stroke};
pub use model::{
    Block, Column, Document, Field, Figure, Letterhead, Logo, LogoKind, Phrases, Side, Table, Tone,
};

//! Documents: what is written in them (`model`), drawings of lines and words (`drawing`), and the two
//! forms in which they leave the program: one HTML file that needs no other, and tagged PDF/A.
//!
//! Nothing here knows what a spectrum or a result is.

mod drawing;
mod html;
mod letterhead;
mod logo;
mod model;
mod pdf;
mod svg;
mod text;

pub use drawing::{Anchor, Drawing, Shape, Stroke};
pub use html::html;
pub use letterhead::{LetterheadError, LetterheadFile};
pub use logo::LogoError;
pub use model::{
    Block, Column, Document, Field, Figure, Letterhead, Logo, LogoKind, Paper, Phrases, Side,
    Table, Tone,
};
pub use pdf::{DocumentError, missing_characters, pdf};

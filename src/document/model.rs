//! What a document says, without how it looks.

use super::drawing::{Drawing, Shape};
use serde::Deserialize;

/// A document of some pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its title, for the heading and for the file's description.
    pub title: String,
    /// Language as a BCP 47 tag: `en`, `id`.
    pub language: String,
    /// What identifies it on every page: number of the report, sample.
    pub running_head: String,
    /// What stands at the foot of every page beside "page x of y".
    pub foot: String,
    /// The laboratory's letterhead.
    pub letterhead: Letterhead,
    /// Texts that the writers themselves need.
    pub phrases: Phrases,
    /// Program that made it, such as `specid 0.1.0`.
    pub creator: String,
    /// Moment of issue, RFC 3339 with offset; the file's dates.
    pub issued: String,
    /// On what it is printed.
    pub paper: Paper,
    /// Its content, in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// All texts that are shown on its pages, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let head = [&self.title, &self.running_head, &self.foot];
        let phrases = [&self.phrases.page_of, &self.phrases.continued];
        let letterhead = &self.letterhead;
        head.into_iter()
            .chain(phrases)
            .chain(&letterhead.laboratory)
            .chain(&letterhead.lines)
            .map(String::as_str)
            .chain(self.blocks.iter().flat_map(Block::texts))
    }
}

/// On what a document is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 210 mm by 297 mm.
    #[default]
    A4,
    /// 8.5 inches by 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub fn size(self) -> [f32; 2] {
        match self {
            Self::A4 => [595.28, 841.89],
            Self::Letter => [612.0, 792.0],
        }
    }
}

/// Texts that the writers themselves need, in the document's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases {
    /// `Page {page} of {pages}`, with both places.
    pub page_of: String,
    /// For readers of the screen: what a figure's table of values or description is called.
    pub figure: String,
    /// `continued`, where a table goes on on the next page.
    pub continued: String,
}

/// A laboratory's letterhead; everything may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Name of the laboratory.
    pub laboratory: Option<String>,
    /// Lines of its address and of its accreditation.
    pub lines: Vec<String>,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// A picture of the letterhead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// How it is encoded.
    pub kind: LogoKind,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// How a logo is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// Portable network graphics.
    Png,
    /// JPEG.
    Jpeg,
}

/// How a paragraph is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Running text.
    Normal,
    /// A framed statement that nobody must miss, such as PRESUMPTIVE.
    Notice,
    /// A framed statement in large letters: the verdict.
    Verdict,
    /// Definitions and sources.
    Small,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 3; it stays with what follows.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// The text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// How it is meant.
        tone: Tone,
        /// The text.
        text: String,
        /// Its language where that is not the document's.
        language: Option<String>,
    },
    /// Points of a list.
    List(Vec<String>),
    /// Names with their values.
    Fields(Vec<Field>),
    /// A table; its headings are repeated on each page.
    Table(Table),
    /// A drawing with its caption; never parted from it.
    Figure(Figure),
    /// Lines to be signed: what stands under each.
    Signatures(Vec<String>),
    /// What follows begins on a new page.
    NewPage,
}

impl Block {
    /// All texts that it shows, in order.
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text, .. } => vec![text],
            Self::List(texts) | Self::Signatures(texts) => {
                texts.iter().map(String::as_str).collect()
            }
            Self::Fields(fields) => fields
                .iter()
                .flat_map(|field| [field.name.as_str(), field.value.as_str()])
                .collect(),
            Self::Table(table) => table
                .caption
                .iter()
                .chain(table.columns.iter().map(|column| &column.heading))
                .chain(table.rows.iter().flatten())
                .map(String::as_str)
                .collect(),
            Self::Figure(figure) => {
                let shapes = figure.drawing.shapes.iter();
                shapes
                    .filter_map(Shape::text)
                    .chain([figure.caption.as_str()])
                    .collect()
            }
            Self::NewPage => Vec::new(),
        }
    }
}

/// A name with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Whether the value is the phrase for what was not supplied.
    pub missing: bool,
}

/// To which side a column's text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left: words.
    Left,
    /// Right: numbers.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// Side.
    pub side: Side,
    /// Share of the width, relative to the other columns'.
    pub weight: f32,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows with a cell for each column; the first cell is the row's heading.
    pub rows: Vec<Vec<String>>,
}

/// A drawing with its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it shows and how it is read.
    pub caption: String,
    /// The same in words for those who do not see it.
    pub alt: String,
    /// The drawing.
    pub drawing: Drawing,
}

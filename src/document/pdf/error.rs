//! Why a document cannot be written.

use krilla::configure::ValidationError;
use krilla::error::KrillaError;
use thiserror::Error;

/// Why a document cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// The moment of issue is none.
    #[error(
        "the document's moment of issue is {found:?}; expected a date with time and offset, such as 2026-11-27T10:15:00+07:00"
    )]
    Date {
        /// What it was.
        found: String,
    },
    /// The document has no title.
    #[error(
        "the document has no title; give it one, since readers show it instead of the file's name"
    )]
    Title,
    /// A language is none.
    #[error("{found:?} names no language; expected a tag of BCP 47, such as en, id or zh-Hant")]
    Language {
        /// What it was.
        found: String,
    },
    /// The logo cannot be read.
    #[error(
        "the letterhead's logo cannot be used: {reason}; save it anew as PNG or as an RGB JPEG"
    )]
    Logo {
        /// What is wrong with it.
        reason: String,
    },
    /// A drawing holds a number that is none, or a point that lies nowhere.
    #[error(
        "the figure {caption:?} cannot be drawn: one of its numbers is no number, or lies outside any page"
    )]
    Drawing {
        /// The figure's caption.
        caption: String,
    },
    /// A row has more cells than its table has columns.
    #[error("row {row} of the table {table:?} has {cells} cells, but there are {columns} columns")]
    Cells {
        /// The table's caption.
        table: String,
        /// Which row, from 1.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many columns the table has.
        columns: usize,
    },
    /// Head and foot leave no room.
    #[error("the texts at the head and foot of each page leave no room between them; shorten them")]
    Head,
    /// The embedded fonts are damaged.
    #[error("the program's own fonts cannot be read; install the program again")]
    Fonts,
    /// The file would break PDF/A.
    #[error("the document cannot be written as PDF/A: {reasons}; write it as HTML instead")]
    Standard {
        /// What would break it.
        reasons: String,
    },
}

impl From<KrillaError> for DocumentError {
    fn from(error: KrillaError) -> Self {
        match error {
            KrillaError::Image(_, _, reason) => Self::Logo { reason },
            KrillaError::Validation(faults) => {
                let is_cmyk = |(fault, _): &(ValidationError, _)| {
                    *fault == ValidationError::MissingCMYKProfile
                };
                if faults.iter().any(is_cmyk) {
                    let reason = "its colours are CMYK".to_owned();
                    return Self::Logo { reason };
                }
                let mut reasons: Vec<String> =
                    faults.iter().map(|(fault, _)| sentence(fault)).collect();
                reasons.dedup();
                Self::Standard {
                    reasons: reasons.join("; "),
                }
            }
            other => Self::Standard {
                reasons: other.to_string(),
            },
        }
    }
}

/// What a fault means for who wrote the document.
fn sentence(fault: &ValidationError) -> String {
    match fault {
        ValidationError::TooLongString => {
            "a title or heading is longer than 32 767 bytes".to_owned()
        }
        ValidationError::TooLongArray => "a list or table has more than 8 191 entries".to_owned(),
        ValidationError::TooLargeFloat => "a number is larger than 32 767".to_owned(),
        ValidationError::NoDocumentLanguage => "its language is not named".to_owned(),
        ValidationError::MissingAltText(_) => "a picture has no description".to_owned(),
        ValidationError::ContainsNotDefGlyph(_, _, text) => {
            format!("the fonts cannot show {text:?}")
        }
        other => format!("{other:?}"),
    }
}

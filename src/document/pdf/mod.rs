//! Documents as tagged PDF/A-1a: pages that are laid out here and written by krilla, which refuses what
//! breaks the standard.
//!
//! PDF/A-1a rather than a later part, since a free validator that any machine can install (Apache PDFBox
//! Preflight) checks what level a and level b of that part share; `scripts/check-pdfa` runs it. The same
//! document gives the same bytes: dates come from the document, and nothing asks a clock.
//!
//! Characters that the embedded faces lack are shown by number, such as `[U+0E01]`, never left out;
//! [`missing_characters`] says which, so that a caller can warn and offer HTML.

mod cells;
mod composer;
mod error;
mod face;
mod figure;
mod lines;
mod opening;
mod pages;
mod paint;
mod picture;
mod strip;
mod structure;
mod table;

pub use error::DocumentError;

use super::model::{Block, Document, Paper};
use composer::Composer;
use face::{Faces, Weight};
use krilla::SerializeSettings;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata};
use lines::{Style, lines};
use paint::{Painter, Running};
use std::collections::BTreeSet;

/// Width of what is written, in points, on every paper.
const WIDTH: f32 = 515.0;
/// From the paper's edge to head and foot.
const EDGE: f32 = 30.0;
/// Between the rules of head and foot and the text.
const AIR: f32 = 14.0;
/// Width that "page x of y" has at the foot.
const NUMBER: f32 = 120.0;
/// Least height of text on a page that can be called one.
const LEAST: f32 = 300.0;
const RUNNING: Style = Style::new(7.5, Weight::Regular).grey(60);

/// A paper with its margins, in points.
struct Sheet {
    width: f32,
    height: f32,
    left: f32,
    /// Where the text begins.
    top: f32,
    /// How high the text is.
    room: f32,
}

impl Sheet {
    fn new(paper: Paper, head: usize, foot: usize) -> Self {
        let [width, height] = paper.size();
        let line = RUNNING.line();
        let top = EDGE + head as f32 * line + 3.0 + AIR;
        let bottom = EDGE + foot.max(1) as f32 * line + 4.0 + AIR;
        Self {
            width,
            height,
            left: (width - WIDTH) / 2.0,
            top,
            room: height - top - bottom,
        }
    }

    fn head_rule(&self) -> f32 {
        self.top - AIR
    }

    fn foot_rule(&self) -> f32 {
        self.top + self.room + AIR
    }
}

/// A document as the bytes of a tagged PDF/A-1a file.
///
/// # Errors
///
/// [`DocumentError`], where the document holds what cannot be written: a date that is none, a logo that
/// cannot be read, a drawing with numbers that are none, a row with too many cells.
pub fn pdf(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let faces = Faces::new()?;
    let mut set = typeset(document, &faces)?;
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A1_A)
        .finish()
        .map_err(|error| DocumentError::Standard {
            reasons: format!("{error:?}"),
        })?;
    let mut file = krilla::Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    file.set_metadata(metadata(document)?);
    let mut painter = Painter {
        faces: &faces,
        sheet: &set.sheet,
        running: &set.running,
        structure: &mut set.structure,
    };
    painter.pages(&mut file, &set.pages);
    file.set_tag_tree(set.structure.tree(&document.language));
    file.set_outline(paint::outline(&set.pages, &set.sheet));
    file.finish().map_err(DocumentError::from)
}

/// Characters of a document that the PDF shows by number, since its faces lack them.
pub fn missing_characters(document: &Document) -> Result<Vec<char>, DocumentError> {
    let faces = Faces::new()?;
    let missing: BTreeSet<char> = document
        .texts()
        .flat_map(str::chars)
        .filter(|&c| !c.is_whitespace() && !super::text::is_without_width(c) && !faces.holds(c))
        .collect();
    Ok(missing.into_iter().collect())
}

/// A document on its pages.
struct Typeset {
    sheet: Sheet,
    running: Running,
    pages: Vec<pages::Page>,
    structure: structure::Structure,
}

/// Refuses what names no language: readers of the screen would speak the wrong one.
fn check_languages(document: &Document) -> Result<(), DocumentError> {
    let of_blocks = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { language, .. } => language.as_deref(),
        _ => None,
    });
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match of_blocks
        .chain([document.language.as_str()])
        .find(|language| !language.split('-').all(is_part))
    {
        Some(found) => Err(DocumentError::Language {
            found: found.to_owned(),
        }),
        None => Ok(()),
    }
}

fn typeset(document: &Document, faces: &Faces) -> Result<Typeset, DocumentError> {
    if faces.printable(&document.title).trim().is_empty() {
        return Err(DocumentError::Title);
    }
    check_languages(document)?;
    let running = Running {
        head: lines(faces, &document.running_head, RUNNING, WIDTH),
        foot: lines(faces, &document.foot, RUNNING, WIDTH - NUMBER),
        style: RUNNING,
        page_of: document.phrases.page_of.clone(),
    };
    let sheet = Sheet::new(document.paper, running.head.len(), running.foot.len());
    if sheet.room < LEAST {
        return Err(DocumentError::Head);
    }
    let mut composer = Composer::new(faces, &document.phrases, sheet.room);
    composer.letterhead(&document.letterhead)?;
    composer.title(&document.title);
    document
        .blocks
        .iter()
        .try_for_each(|block: &Block| composer.block(block))?;
    let pages = pages::paginate(composer.strips, sheet.room);
    Ok(Typeset {
        sheet,
        running,
        pages,
        structure: composer.structure,
    })
}

fn metadata(document: &Document) -> Result<Metadata, DocumentError> {
    let metadata = Metadata::new()
        .title(plain(&document.title))
        .language(document.language.clone())
        .creator(plain(&document.creator))
        .producer(plain(&document.creator))
        .creation_date(date(&document.issued)?);
    Ok(match &document.letterhead.laboratory {
        Some(laboratory) => metadata.authors(vec![plain(laboratory)]),
        None => metadata,
    })
}

/// A text for those who do not see the page: one line, without what cannot be read.
fn plain(text: &str) -> String {
    super::text::readable(text).replace('\n', " ")
}

/// A moment of RFC 3339 as the file's date.
fn date(issued: &str) -> Result<DateTime, DocumentError> {
    let fault = || DocumentError::Date {
        found: issued.to_owned(),
    };
    let pieces = jiff::fmt::temporal::Pieces::parse(issued).map_err(|_| fault())?;
    let (day, time) = (pieces.date(), pieces.time().ok_or_else(fault)?);
    let offset = pieces.to_numeric_offset().ok_or_else(fault)?;
    let minutes = offset.seconds() / 60;
    let number = |value: i32| u8::try_from(value).map_err(|_| fault());
    Ok(
        DateTime::new(u16::try_from(day.year()).map_err(|_| fault())?)
            .month(number(day.month().into())?)
            .day(number(day.day().into())?)
            .hour(number(time.hour().into())?)
            .minute(number(time.minute().into())?)
            .second(number(time.second().into())?)
            .utc_offset_hour(i8::try_from(minutes / 60).map_err(|_| fault())?)
            .utc_offset_minute(number((minutes % 60).abs())?),
    )
}

#[cfg(test)]
mod tests;

//! The embedded faces: what they hold, how wide it is, and text as a row of their glyphs.

use super::DocumentError;
use crate::document::text;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::GlyphId as FaceGlyph;
use rustybuzz::{Direction, UnicodeBuffer};

const REGULAR: &[u8] = include_bytes!("../fonts/report-regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/report-bold.ttf");

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A text as glyphs; their advances are parts of the letters' size.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

impl Row {
    /// Width at a size, without spaces at the end.
    pub(super) fn width(&self, size: f32) -> f32 {
        let end = self.text.trim_end_matches(' ').len();
        let width: f32 = self
            .glyphs
            .iter()
            .filter(|glyph| glyph.text_range.start < end)
            .map(|glyph| glyph.x_advance)
            .sum();
        width * size
    }
}

struct Face {
    font: Font,
    shape: rustybuzz::Face<'static>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        Some(Self {
            font: Font::new(bytes.to_vec().into(), 0)?,
            shape: rustybuzz::Face::from_slice(bytes, 0)?,
        })
    }
}

/// Both faces.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    /// Reads the embedded faces.
    pub(super) fn new() -> Result<Self, DocumentError> {
        let read = |bytes| Face::new(bytes).ok_or(DocumentError::Fonts);
        Ok(Self {
            regular: read(REGULAR)?,
            bold: read(BOLD)?,
        })
    }

    /// The face for the file.
    pub(super) fn font(&self, weight: Weight) -> Font {
        self.face(weight).font.clone()
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether both faces hold a character.
    pub(super) fn holds(&self, c: char) -> bool {
        [&self.regular, &self.bold].iter().all(|face| {
            face.shape
                .glyph_index(c)
                .is_some_and(|glyph| glyph != FaceGlyph(0))
        })
    }

    /// A text as it can be printed: what the faces lack is shown by number.
    pub(super) fn printable(&self, text: &str) -> String {
        text::printable(text, |c| self.holds(c))
    }

    /// A printable text without line feeds as glyphs.
    pub(super) fn row(&self, text: &str, weight: Weight) -> Row {
        let face = self.face(weight);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&face.shape, &[], buffer);
        let em = face.font.units_per_em();
        // Glyphs run from left to right, so a letter's bytes end where the next one's begin.
        let mut ends = Vec::with_capacity(shaped.len());
        let (mut start, mut end) = (text.len(), text.len());
        for info in shaped.glyph_infos().iter().rev() {
            let cluster = info.cluster as usize;
            if cluster != start {
                (start, end) = (cluster, start);
            }
            ends.push(end);
        }
        ends.reverse();
        let glyphs = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(ends)
            .map(|((info, position), end)| {
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    position.x_advance as f32 / em,
                    position.x_offset as f32 / em,
                    position.y_offset as f32 / em,
                    position.y_advance as f32 / em,
                    info.cluster as usize..end,
                    None,
                )
            })
            .collect();
        Row {
            text: text.to_owned(),
            glyphs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_of_one_width_and_marks_find_their_letter() {
        let faces = Faces::new().unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            let one = faces.row("111,111", weight).width(10.0);
            let other = faces.row("890,764", weight).width(10.0);
            assert!((one - other).abs() < 1e-3, "{one} {other}");
        }
        // A letter and its mark become the one glyph that the face has for both.
        let parted = faces.row("e\u{301}", Weight::Regular);
        assert_eq!(parted.glyphs.len(), 1);
        assert_eq!(parted.glyphs[0].text_range, 0..3);
    }

    #[test]
    fn the_faces_hold_what_reports_need() {
        let faces = Faces::new().unwrap();
        let needed = "ĂăÂâĐđÊêÔôƠơƯưẠỹ αβγδλμνΩ cm⁻¹ m²³ H₂O ± × · − ≤ ≥ ≈ ≠ → ← ⇌ √ ∞ ∑ ∆ ∂ ° ′ ″ ‰ µ – — … • † € ₫ ₱ “”‘’ № ½";
        let lacking: String = needed.chars().filter(|c| !faces.holds(*c)).collect();
        assert_eq!(lacking, "");
        assert!(!faces.holds('ก'));
    }
}

//! Lines: where a text is broken so that it stays within a width.

use super::face::{Faces, Row, Weight};
use krilla::text::KrillaGlyph;
use std::ops::Range;

/// A long word is rather broken behind one of these, or before a hyphen: one at a line's end would be taken
/// for the break's own, and programs that read the file would leave it out.
const BEHIND: &[char] = &[' ', '/', '\\', '_', '.', ',', ';', ':', ')', ']', '=', '+'];
const HYPHENS: &[char] = &['-', '\u{2010}', '–'];
/// How full a line must be for that.
const FULL: f32 = 0.6;

/// What stays on the line of its number.
const UNITS: &[&str] = &[
    "%", "‰", "°", "cm⁻¹", "nm", "µm", "eV", "Da", "ppm", "mg", "kg", "mL",
];

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) weight: Weight,
    /// From one line to the next, in parts of the size.
    pub(super) leading: f32,
    /// 0 black to 255 white.
    pub(super) grey: u8,
}

impl Style {
    /// Black letters with usual distance between lines.
    pub(super) const fn new(size: f32, weight: Weight) -> Self {
        Self {
            size,
            weight,
            leading: 1.36,
            grey: 0,
        }
    }

    /// The same in grey.
    pub(super) const fn grey(self, grey: u8) -> Self {
        Self { grey, ..self }
    }

    /// Height of a line.
    pub(super) fn line(&self) -> f32 {
        self.size * self.leading
    }

    /// From the top of a line to its baseline.
    pub(super) fn baseline(&self) -> f32 {
        // Letters of this face rise to 0.714 and fall to 0.24 of the size.
        (self.line() - 0.95 * self.size) / 2.0 + 0.74 * self.size
    }
}

/// Breaks a text into lines; words that are wider than a line are broken, too.
pub(super) fn lines(faces: &Faces, text: &str, style: Style, width: f32) -> Vec<Row> {
    let printable = faces.printable(text);
    printable
        .split('\n')
        .flat_map(|part| broken(&faces.row(part, style.weight), width / style.size))
        .collect()
}

/// Width of the widest word.
pub(super) fn widest_word(faces: &Faces, text: &str, style: Style) -> f32 {
    faces
        .printable(text)
        .split(['\n', ' '])
        .map(|word| faces.row(word, style.weight).width(style.size))
        .fold(0.0, f32::max)
}

/// A word with the spaces behind it, as a range of glyphs.
struct Word {
    start: usize,
    spaces: usize,
    end: usize,
    width: f32,
    with_spaces: f32,
}

fn words(row: &Row) -> Vec<Word> {
    let is_space = |glyph: &KrillaGlyph| {
        row.text[glyph.text_range.clone()] == *" " && !is_tied(&row.text, glyph.text_range.clone())
    };
    let sum = |glyphs: &[KrillaGlyph]| glyphs.iter().map(|g| g.x_advance).sum::<f32>();
    let mut found = Vec::new();
    let mut start = 0;
    while start < row.glyphs.len() {
        let spaces = start
            + row.glyphs[start..]
                .iter()
                .take_while(|g| !is_space(g))
                .count();
        let end = spaces
            + row.glyphs[spaces..]
                .iter()
                .take_while(|g| is_space(g))
                .count();
        found.push(Word {
            start,
            spaces,
            end,
            width: sum(&row.glyphs[start..spaces]),
            with_spaces: sum(&row.glyphs[start..end]),
        });
        start = end;
    }
    found
}

/// Whether the space at `at` stands between a number and its unit.
fn is_tied(text: &str, at: Range<usize>) -> bool {
    let (before, after) = (&text[..at.start], &text[at.end..]);
    before.ends_with(|c: char| c.is_ascii_digit())
        && UNITS.iter().any(|unit| {
            after
                .strip_prefix(unit)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
}

/// Breaks a row; `width` in parts of the letters' size.
fn broken(row: &Row, width: f32) -> Vec<Row> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut filled = 0.0;
    for word in words(row) {
        if filled + word.width <= width {
            filled += word.with_spaces;
            continue;
        }
        if word.start > begin {
            found.push(part(row, begin, word.start));
        }
        begin = word.start;
        while let Some(at) = break_in(row, begin, word.spaces, width) {
            found.push(part(row, begin, at));
            begin = at;
        }
        filled = row.glyphs[begin..word.end]
            .iter()
            .map(|g| g.x_advance)
            .sum();
    }
    if begin < row.glyphs.len() || found.is_empty() {
        found.push(part(row, begin, row.glyphs.len()));
    }
    found
}

/// Where glyphs that are too wide for a line are broken; `None` where they are not.
fn break_in(row: &Row, begin: usize, end: usize, width: f32) -> Option<usize> {
    let mut filled = 0.0;
    let mut last = None;
    let mut behind = None;
    for at in begin..end {
        let glyph = &row.glyphs[at];
        let starts = at > begin && glyph.text_range.start != row.glyphs[at - 1].text_range.start;
        if starts {
            last = Some(at);
            let (before, after) = row.text.split_at(glyph.text_range.start);
            if filled >= FULL * width && (before.ends_with(BEHIND) || after.starts_with(HYPHENS)) {
                behind = Some(at);
            }
        }
        filled += glyph.x_advance;
        // A letter that alone is wider than the line stands there alone.
        if filled > width
            && let Some(at) = behind.or(last)
        {
            return Some(at);
        }
    }
    None
}

/// Glyphs of a row as a row of their own.
fn part(row: &Row, begin: usize, end: usize) -> Row {
    let glyphs = &row.glyphs[begin..end];
    let first = glyphs.first().map_or(0, |g| g.text_range.start);
    let last = glyphs.last().map_or(first, |g| g.text_range.end);
    Row {
        text: row.text[first..last].to_owned(),
        glyphs: glyphs
            .iter()
            .cloned()
            .map(|mut glyph| {
                glyph.text_range = glyph.text_range.start - first..glyph.text_range.end - first;
                glyph
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style::new(10.0, Weight::Regular);

    fn texts(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::new().unwrap();
        let rows = lines(&faces, text, STYLE, width);
        for row in &rows {
            assert!(row.width(STYLE.size) <= width, "{:?}", row.text);
            for glyph in &row.glyphs {
                assert!(row.text.get(glyph.text_range.clone()).is_some());
            }
        }
        rows.into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn words_stay_whole_and_nothing_is_lost() {
        let text = "The spectrum agrees with the reference within its error of measurement.";
        let found = texts(text, 120.0);
        assert!(found.len() > 2);
        assert_eq!(found.concat(), text);
        assert!(found.iter().all(|line| !line.starts_with(' ')));
        assert!(
            found[..found.len() - 1]
                .iter()
                .all(|line| line.ends_with(' '))
        );
    }

    #[test]
    fn long_words_are_broken() {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let found = texts(hash, 100.0);
        assert!(found.len() > 2);
        assert_eq!(found.concat(), hash);
        // Behind a mark rather than anywhere.
        let path = texts("/data/2026/instrument-7/measurement-0001.spc", 120.0);
        assert!(
            path[0].ends_with('/') || path[1].starts_with('-'),
            "{path:?}"
        );
        assert!(path.iter().all(|line| !line.ends_with('-')), "{path:?}");
        // A letter and its mark are not parted.
        let marks = "e\u{302}\u{323}".repeat(40);
        assert_eq!(texts(&marks, 60.0).concat(), marks);
    }

    #[test]
    fn numbers_keep_their_units() {
        for width in (60..200).map(|w| w as f32) {
            let found = texts("a rate of 0.25 % at 1602 cm⁻¹ and 3 nmol of it", width);
            assert!(
                found
                    .iter()
                    .all(|line| !line.starts_with(['%']) && !line.starts_with("cm"))
            );
        }
        assert!(texts("3 nmol", 20.0).len() > 1);
    }

    #[test]
    fn line_feeds_break_and_empty_texts_have_a_line() {
        assert_eq!(
            texts("one\ntwo\n\nthree", 200.0),
            ["one", "two", "", "three"]
        );
        assert_eq!(texts("", 200.0), [""]);
        // No width at all still ends.
        assert_eq!(
            Faces::new()
                .map(|f| lines(&f, "abc", STYLE, 0.0).len())
                .unwrap(),
            3
        );
    }
}

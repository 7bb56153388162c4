//! A manifest as delimited text.

use super::Use;
use super::columns::{Headings, no_file};
use super::rows::Builder;
use csv::{Reader, ReaderBuilder, StringRecord, Terminator};
use std::borrow::Cow;

/// Delimiters that programs write, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The heading row of a text, and how its cells are parted.
#[derive(Debug)]
pub(super) struct Heading {
    delimiter: u8,
    cells: Vec<String>,
    pub headings: Headings,
}

/// Line ends of one line feed, which the lines are counted by.
pub(super) fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        None => text,
    }
}

/// The heading row: the first that is not blank, parted by the delimiter with which most of its
/// headings are known, or that it says itself in a line such as `sep=;`, which Excel writes.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let (said, body) = said_delimiter(text);
    let one = said.map(|delimiter| vec![delimiter]);
    let candidates = one.unwrap_or_else(|| DELIMITERS.to_vec());
    let rows = candidates.into_iter().filter_map(|delimiter| {
        let row = Lines::new(body, delimiter, 1)
            .find(|(_, row)| !is_blank(row))?
            .1;
        let cells = trimmed(&row);
        Some(Heading {
            delimiter,
            headings: Headings::of(&cells),
            cells: cells.into_iter().map(Cow::into_owned).collect(),
        })
    });
    // The first of equals.
    rows.reduce(|best, next| {
        let worth = |heading: &Heading| (heading.headings.known(), heading.cells.len());
        if worth(&next) > worth(&best) {
            next
        } else {
            best
        }
    })
}

/// Reads the rows of a text with [`unix_lines`].
///
/// # Errors
/// A sentence, where there is no heading row or it does not serve.
pub(super) fn read(text: &str, used: Use) -> Result<Builder, String> {
    let heading = heading(text).ok_or("the file is empty; expected a row of headings")?;
    let cells: Vec<Cow<'_, str>> = heading
        .cells
        .iter()
        .map(|cell| cell.as_str().into())
        .collect();
    let (said, body) = said_delimiter(text);
    let mut lines = Lines::new(body, heading.delimiter, 1 + usize::from(said.is_some()));
    let line = lines
        .by_ref()
        .find(|(_, row)| !is_blank(row))
        .map_or(1, |(line, _)| line);
    if !heading.headings.serve(used) {
        return Err(format!("line {line}: {}", no_file(&cells, used)));
    }
    let mut builder = Builder::new(used, None, line, heading.headings);
    while let Some((line, row)) = lines.next() {
        if lines.unclosed {
            let message = "a quotation mark is opened here and not closed on this line; close it, \
                           or double a mark that is part of a text";
            builder.refuse(line, message);
            break;
        }
        if builder.add(line, &trimmed(&row)).is_break() {
            break;
        }
    }
    Ok(builder)
}

/// The delimiter of a first line such as `sep=;`, and the text after that line.
fn said_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first
        .trim_end_matches(['"', ' '])
        .trim_start_matches('"')
        .as_bytes()
    {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if delimiter.is_ascii() => {
            (Some(*delimiter), rest)
        }
        _ => (None, text),
    }
}

/// Whether a row holds nothing but white space and delimiters of any kind.
fn is_blank(row: &StringRecord) -> bool {
    let blank = |c: char| c.is_whitespace() || DELIMITERS.iter().any(|d| char::from(*d) == c);
    row.iter().all(|cell| cell.chars().all(blank))
}

fn trimmed(row: &StringRecord) -> Vec<Cow<'_, str>> {
    row.iter().map(|cell| cell.trim().into()).collect()
}

/// The rows of a text, each with the line it begins on.
struct Lines<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Line of the next unread byte.
    line: usize,
    /// Whether the last row swallowed lines because of an odd quotation mark.
    unclosed: bool,
}

impl<'a> Lines<'a> {
    /// `line` is that of the first byte.
    fn new(text: &'a str, delimiter: u8, line: usize) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(text.as_bytes());
        Self {
            text,
            reader,
            line,
            unclosed: false,
        }
    }

    fn bytes_read(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

impl Iterator for Lines<'_> {
    type Item = (usize, StringRecord);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.bytes_read();
        let mut row = StringRecord::new();
        // The text is valid UTF-8 in memory, and rows may be of any width: no error is possible.
        if !self.reader.read_record(&mut row).unwrap_or(false) {
            return None;
        }
        let raw = self.text.get(start..self.bytes_read()).unwrap_or_default();
        let body = raw.trim_start_matches('\n');
        let line = self.line + (raw.len() - body.len());
        self.line = line + memchr::memchr_iter(b'\n', body.as_bytes()).count();
        let many = body.trim_end_matches('\n').contains('\n');
        self.unclosed = many && memchr::memchr_iter(b'"', body.as_bytes()).count() % 2 == 1;
        Some((line, row))
    }
}

#[cfg(test)]
mod tests {
    use super::super::looks_like_one;
    use super::*;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn lines(text: &str) -> Vec<(usize, Vec<String>)> {
        let owned = |row: StringRecord| row.iter().map(str::to_owned).collect();
        let rows = Lines::new(text, b',', 1);
        rows.map(|(line, row)| (line, owned(row))).collect()
    }

    #[test]
    fn rows_know_their_lines() {
        let rows = lines("\n\na,b\n\"c\nd\",e\n\n\nf\ng");
        let found: Vec<_> = rows
            .iter()
            .map(|(line, row)| (*line, row[0].as_str()))
            .collect();
        assert_eq!(found, [(3, "a"), (4, "c\nd"), (8, "f"), (9, "g")]);
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, delimiter) in [
            ("file,case\n", b','),
            ("file;case,no\n", b';'),
            ("file\tcase\n", b'\t'),
            ("file|case\n", b'|'),
            ("sep=;\nfile;case", b';'),
            ("SEP=\t\nfile\tcase", b'\t'),
            ("file", b','),
            ("\n\nfile;case", b';'),
        ] {
            assert_eq!(heading(text).unwrap().delimiter, delimiter, "{text:?}");
        }
        assert!(heading("").is_none());
        assert!(heading(" \n ,\n").is_none());
    }

    #[test]
    fn real_spectra_are_no_manifests() {
        let shared = std::env::var_os("SPECID_SHARED").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
            PathBuf::from,
        );
        let data = shared.join("data/formats");
        if !data.is_dir() {
            eprintln!("skipped: {} is absent", data.display());
            return;
        }
        let mut folders = vec![data];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for item in fs::read_dir(folder).unwrap().flatten() {
                let path = item.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    assert!(!looks_like_one(&path), "{}", path.display());
                    files += 1;
                }
            }
        }
        assert!(files > 100, "{files} files");
    }
}

//! A country's overlay: header and entries of one file, checked as a whole.

use super::columns::Headings;
use super::country::Country;
use super::duplicate;
use super::entry::Entry;
use super::front::{Front, check_row, decoded};
use super::header::{self, Draft, Header};
use super::index::Index;
use super::limits::ROWS;
use super::problem::{OverlayError, OverlayWarning, Place, Problems};
use super::reading::Reading;
use super::rows::Rows;
use super::signer::Signer;
use crate::read::hex;
use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Years after which an overlay is old.
const OLD_AFTER: i16 = 2;

/// The national law of one country, as one file states it.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// What it says of itself.
    pub header: Header,
    /// What is doubtful in it.
    pub warnings: Vec<OverlayWarning>,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Who signed it; [`Signer::NotChecked`] until somebody who knows keys has looked.
    pub signer: Signer,
    entries: Vec<Entry>,
    pub(super) index: Index,
}

impl Overlay {
    /// Reads an overlay. `name` is the file's, for messages.
    ///
    /// # Errors
    /// Every error of the file (of very many the first 1000), in the order of lines.
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, Vec<OverlayError>> {
        let mut problems = Problems::of(name);
        let read = read(bytes, &mut problems);
        let warnings = problems.into_warnings()?;
        let Some((header, entries)) = read else {
            // What cannot be read has an error; this is for a reader that forgot it.
            return Err(vec![OverlayError {
                file: name.to_owned(),
                line: 1,
                column: None,
                expected: "an overlay".to_owned(),
                found: "a file that cannot be read".to_owned(),
                advice: "start from the template".to_owned(),
            }]);
        };
        let signed = super::signature_cell(bytes).is_some_and(|cell| {
            let value = bytes.get(cell).unwrap_or_default();
            value.iter().any(|b| !b" \t\"".contains(b))
        });
        Ok(Self {
            header,
            warnings,
            sha256: hex(&Sha256::digest(bytes)),
            signer: match signed {
                true => Signer::NotChecked,
                false => Signer::NotSigned,
            },
            index: Index::of(&entries),
            entries,
        })
    }

    /// Whose law it is.
    pub fn country(&self) -> Country {
        self.header.country
    }

    /// All entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A loud sentence where the overlay states the law of more than two years before this day.
    pub fn age(&self, day: Date) -> Option<String> {
        let Header { country, as_of, .. } = &self.header;
        let until = as_of.checked_add(OLD_AFTER.years()).ok()?;
        (day > until).then(|| {
            format!(
                "OLD OVERLAY: it states the law of {country} as of {as_of}, more than {OLD_AFTER} years before {day}; what changed since is not in it, so ask its publisher for a newer one"
            )
        })
    }
}

fn read(bytes: &[u8], problems: &mut Problems) -> Option<(Header, Vec<Entry>)> {
    let text = decoded(bytes, problems)?.text;
    let front = Front::read(text);
    if !header::is_overlay(front.as_ref(), problems) {
        return None;
    }
    let front = front?;
    let (header, draft) = header::read(&front, problems);
    let entries = table(text, &front, &draft, problems);
    Some((header?, entries))
}

fn table(text: &str, front: &Front<'_>, header: &Draft, problems: &mut Problems) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (at, line) = front.rest;
    let mut rows = Rows::new(text, front.delimiter, at, line).filter(|row| !row.is_blank());
    let Some(heading) = rows.next() else {
        problems.refuse(
            Place::line(line),
            "the row of headings below a blank line",
            "the end of the file".to_owned(),
            "start from the template, which `specid overlay template` prints",
        );
        return entries;
    };
    let headings = Headings::read(&heading, problems);
    let mut count = 0;
    for row in rows {
        if count == ROWS {
            let expected = format!("at most {ROWS} rows");
            let found = "more".to_owned();
            problems.refuse(
                Place::line(row.line),
                &expected,
                found,
                "split the file by law",
            );
            break;
        }
        count += 1;
        if check_row(&row, headings.width, problems) {
            let reading = Reading {
                row: &row,
                headings: &headings,
                header,
                problems,
            };
            entries.extend(reading.entry());
        }
    }
    if count == 0 {
        let expected = "a row for each entry below the headings";
        let found = "none".to_owned();
        let place = Place::line(heading.line);
        problems.refuse(place, expected, found, "enter what the law lists");
    }
    duplicate::check(&entries, problems);
    entries
}

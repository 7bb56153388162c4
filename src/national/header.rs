//! The two-column lines above the table.

use super::country::Country;
use super::front::{Front, SCHEMA};
use super::problem::{Place, Problems, quoted};
use super::rows::Row;
use jiff::civil::Date;
use serde::Serialize;

/// Names of the header lines, in the order of the template.
pub(super) const FIELDS: [&str; 11] = [
    "schema",
    "country",
    "title",
    "issued_by",
    "list_version",
    "as_of",
    "language",
    "default_scope_salts",
    "default_scope_isomers",
    "source_sha256",
    "signature",
];

/// Longest version, characters: it becomes part of a file name.
const VERSION: usize = 40;

/// What an overlay says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Whose law it is.
    pub country: Country,
    /// Title of the overlay.
    pub title: String,
    /// Who made it.
    pub issued_by: String,
    /// Its version: letters, digits, `.`, `-` and `_`.
    pub list_version: String,
    /// The day whose law it states.
    pub as_of: Date,
    /// Languages of the local names (BCP 47), with spaces between.
    pub language: String,
    /// Whether entries cover salts where they do not say.
    pub default_scope_salts: bool,
    /// Whether entries cover isomers (of the same skeleton) where they do not say.
    pub default_scope_isomers: bool,
    /// SHA-256 of the official document that it was taken from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_sha256: Option<String>,
}

/// The header as far as it can be read; rows are checked with it even where it has errors.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub country: Option<Country>,
    pub salts: Option<bool>,
    pub isomers: Option<bool>,
}

/// Reads the header lines and notes every problem.
pub(super) fn read(front: &Front<'_>, problems: &mut Problems) -> (Option<Header>, Draft) {
    front.check(problems);
    let mut lines = Lines { front, problems };
    lines.check_names();
    let country = lines.value(
        "country",
        "two capital letters (ISO 3166-1), such as TH",
        |t| t.parse().ok(),
    );
    let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    let title = lines.value("title", "the overlay's title", text);
    let issued_by = lines.value("issued_by", "who made the overlay", text);
    let list_version = lines.value(
        "list_version",
        "up to 40 letters, digits, points, hyphens and underscores, such as 2026-01",
        version,
    );
    let as_of = lines.value("as_of", DAY, day);
    let language = lines.value(
        "language",
        "codes of the languages of local names, such as en or \"th en\"",
        language,
    );
    let salts = lines.value("default_scope_salts", "yes or no", yes_or_no);
    let isomers = lines.value("default_scope_isomers", "yes or no", yes_or_no);
    let source = lines.value(
        "source_sha256",
        "nothing, or the 64 lower-case hexadecimal digits of the official document's SHA-256",
        |t| match t {
            "" => Some(None),
            _ => is_sha256(t).then(|| Some(t.to_owned())),
        },
    );
    // What it holds is checked by whoever knows keys.
    lines.value("signature", "a value or an empty cell", |_| Some(()));
    let draft = Draft {
        country,
        salts,
        isomers,
    };
    let header = || {
        Some(Header {
            country: country?,
            title: title?,
            issued_by: issued_by?,
            list_version: list_version?,
            as_of: as_of?,
            language: language?,
            default_scope_salts: salts?,
            default_scope_isomers: isomers?,
            source_sha256: source?,
        })
    };
    (header(), draft)
}

/// Notes where the file is no overlay, or one of another form; nothing else is read then.
pub(super) fn is_overlay(front: Option<&Front<'_>>, problems: &mut Problems) -> bool {
    let first = front.and_then(|front| front.lines.first());
    let stated = first.map(|row| row.text(1));
    if stated == Some(SCHEMA) {
        return true;
    }
    let found = match stated {
        Some(stated) => format!("\"schema\" and {}", quoted(stated)),
        None => "another first line".to_owned(),
    };
    problems.refuse(
        Place::line(1),
        &format!("the line \"schema,{SCHEMA}\" (or with a semicolon)"),
        found,
        "start from the template, which `specid overlay template` prints",
    );
    false
}

struct Lines<'a, 'b> {
    front: &'a Front<'b>,
    problems: &'a mut Problems,
}

impl Lines<'_, '_> {
    fn named(&self, name: &str) -> impl Iterator<Item = &Row<'_>> {
        let lines = self.front.lines.iter();
        lines.filter(move |row| row.text(0).eq_ignore_ascii_case(name))
    }

    fn check_names(&mut self) {
        let known = |row: &Row<'_>| FIELDS.iter().any(|f| row.text(0).eq_ignore_ascii_case(f));
        for row in self.front.lines.iter().filter(|row| !known(row)) {
            self.problems.refuse(
                Place::line(row.line),
                &format!("one of the names {}", FIELDS.join(", ")),
                quoted(row.text(0)),
                "correct the name, or remove the line",
            );
        }
        for name in FIELDS {
            let lines: Vec<usize> = self.named(name).map(|row| row.line).collect();
            if let [first, again @ ..] = lines.as_slice() {
                for line in again {
                    let found = format!("it on line {first} and here");
                    let place = Place::cell(*line, name);
                    let advice = "remove one of the two lines";
                    self.problems.refuse(place, "each name once", found, advice);
                }
            }
        }
    }

    /// The value of a header line; notes a line that is missing, and a value that cannot be read.
    fn value<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let row = self.named(name).next();
        let place = row.map_or(self.front.rest.1.saturating_sub(1).max(1), |row| row.line);
        let stated = row
            .and_then(|row| row.cells.get(1))
            .map(|c| c.text.to_string());
        if let Some(value) = stated.as_deref().and_then(read) {
            return Some(value);
        }
        let (found, advice) = match stated {
            Some(stated) => (quoted(&stated), "correct it"),
            None => ("no such line".to_owned(), "add it above the blank line"),
        };
        self.problems
            .refuse(Place::cell(place, name), expected, found, advice);
        None
    }
}

/// What is expected where a day stands.
pub(super) const DAY: &str = "a day as YYYY-MM-DD, such as 2024-12-03";

/// A day in this one form; what a spreadsheet makes of it (3/12/2024) is not guessed at.
pub(super) fn day(text: &str) -> Option<Date> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    form.then(|| text.parse().ok()).flatten()
}

pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" => Some(true),
        "no" | "No" | "NO" => Some(false),
        _ => None,
    }
}

fn version(text: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let sound = (1..=VERSION).contains(&text.len())
        && text.chars().all(allowed)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric());
    sound.then(|| text.to_owned())
}

/// One or more language tags by form: two or three letters, then parts of up to eight.
fn language(text: &str) -> Option<String> {
    let tag = |tag: &str| {
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts
                .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    let tags: Vec<&str> = text.split_whitespace().collect();
    (!tags.is_empty() && tags.iter().all(|t| tag(t))).then(|| tags.join(" "))
}

fn is_sha256(text: &str) -> bool {
    let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    text.len() == 64 && text.bytes().all(digit)
}

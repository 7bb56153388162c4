//! The case manifest: what is known of each spectrum besides its file.
//!
//! A manifest is a table with a row of headings: CSV or TSV in any usual encoding, or the first
//! sheet of an Excel or OpenDocument workbook that has them. For screening the column `file` is
//! required; a manifest for a report may name cases, items or samples without files.

mod cells;
mod columns;
mod day;
mod delimited;
mod error;
mod guard;
mod row;
mod rows;
mod workbook;

pub use day::day;
pub use error::ManifestError;
pub use row::{AS_WRITTEN, Fields, Row};

use crate::read::{Input, text};
use error::Sentences;
use rows::Builder;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest manifest, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// Bytes by which a manifest is told from a spectrum.
const HEAD_BYTES: u64 = 1 << 16;

/// A case manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// Where it was read from.
    pub path: PathBuf,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The sheet, where it is a workbook.
    pub sheet: Option<String>,
    /// Its rows that are not blank, in their order.
    pub rows: Vec<Row>,
    /// What the user should know, each with its place.
    pub warnings: Vec<String>,
}

/// What a manifest is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To say which files to look at, or what is known of them: every row names a file.
    Screening,
    /// To report cases: rows need no file, and a quantity that is no number is kept as it is written.
    Report,
}

impl Manifest {
    /// Reads a manifest for screening, of any kind; the kind is known by content, not by name.
    ///
    /// # Errors
    /// Where it cannot be read, has no file column, or any of its rows is wrong. All that is wrong
    /// is told together.
    pub fn read(path: &Path) -> Result<Self, ManifestError> {
        Self::read_for(path, Use::Screening)
    }

    /// Reads a manifest for this use.
    ///
    /// # Errors
    /// As [`Manifest::read`]; where it is for a report, rows without file and quantities that are no
    /// numbers are no errors.
    pub fn read_for(path: &Path, used: Use) -> Result<Self, ManifestError> {
        let refused = |problem| ManifestError {
            path: path.to_owned(),
            problems: vec![problem],
            more: 0,
        };
        let bytes = bytes(path, MAX_BYTES + 1).map_err(refused)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(refused(
                "the file is larger than 256 MB; split it".to_owned(),
            ));
        }
        let input = Input::new(path.to_string_lossy(), bytes);
        let builder = understand(&input, used).map_err(refused)?;
        let Builder {
            sheet,
            rows,
            problems,
            warnings,
            ..
        } = builder;
        if !problems.is_empty() {
            let Sentences { first, more } = problems;
            let path = path.to_owned();
            return Err(ManifestError {
                path,
                problems: first,
                more,
            });
        }
        Ok(Self {
            path: path.to_owned(),
            sha256: input.sha256,
            sheet,
            rows,
            warnings: warnings.into_list("warnings"),
        })
    }

    /// Where the file of a row is: its path from the manifest's folder. Both `/` and `\` part
    /// folders.
    pub fn locate(&self, row: &Row) -> PathBuf {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.join(slashes(&row.file).as_ref())
    }

    /// Where a row is, for messages: "line 5", or "sheet "Cases", row 5".
    pub fn place(&self, row: &Row) -> String {
        place(self.sheet.as_deref(), row.line)
    }
}

/// Whether a file named beside spectra is a manifest: by its name a workbook, or by its first row
/// a text table of a file column and at least one other column of a manifest.
pub fn looks_like_one(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    if matches!(extension.as_deref(), Some("xlsx" | "xlsm" | "xls" | "ods")) {
        return path.is_file();
    }
    let Ok(bytes) = bytes(path, HEAD_BYTES) else {
        return false;
    };
    let head = Input::new(path.to_string_lossy(), bytes);
    head.is_text()
        && delimited::heading(&delimited::unix_lines(head.head_text().into()))
            .is_some_and(|heading| heading.headings.has_file() && heading.headings.known() > 1)
}

/// Whether a file that nobody named, found in a folder of spectra, is a manifest: a table by its name that
/// [`looks_like_one`], and a workbook only where it can be read as a manifest.
pub fn is_one_among_spectra(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    let extension = extension.to_string_lossy().to_ascii_lowercase();
    match extension.as_str() {
        "csv" | "tsv" | "txt" | "tab" => looks_like_one(path),
        "xlsx" | "xlsm" | "xls" | "ods" => Manifest::read(path).is_ok(),
        _ => false,
    }
}

fn understand(input: &Input, used: Use) -> Result<Builder, String> {
    if let Some(kind) = workbook::Kind::of(&input.bytes) {
        return workbook::read(&input.bytes, kind, used);
    }
    if !input.bytes.is_empty() && !input.is_text() {
        return Err("the file is neither a text nor a workbook; save it as CSV or xlsx".to_owned());
    }
    let (text, warning) = text::decode(&input.bytes);
    let mut builder = delimited::read(&delimited::unix_lines(text), used)?;
    if let Some(warning) = warning {
        builder.warnings.push(warning.message);
    } else if std::str::from_utf8(&input.bytes).is_err() && !input.bytes.contains(&0) {
        builder.warnings.push(
            "the table is not in UTF-8; it was read as Western European text, so other letters are wrong: save it as \"CSV UTF-8\" or as xlsx".to_owned(),
        );
    }
    Ok(builder)
}

/// At most the first `most` bytes of a file.
fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    if path.is_dir() {
        return Err("this is a folder, not a file".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "no permission to read this file".to_owned(),
            _ => format!("the file cannot be read ({error})"),
        })?;
    Ok(bytes)
}

/// A path with `/` between its folders.
fn slashes(file: &str) -> Cow<'_, str> {
    match file.contains('\\') {
        true => file.replace('\\', "/").into(),
        false => file.into(),
    }
}

fn place(sheet: Option<&str>, line: usize) -> String {
    match sheet {
        Some(sheet) => format!("sheet {}, row {line}", error::quoted(sheet)),
        None => format!("line {line}"),
    }
}

#[cfg(test)]
mod tests;

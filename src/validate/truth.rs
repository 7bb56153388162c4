//! The truth table: which record is of which substance.
//!
//! TSV, or CSV with commas or semicolons; lines that begin with `#` are comments. With a header the
//! columns are found by name, in any order:
//! - `id` (also `query`, `record`, `file`): the record's own id, its title, its file's name or stem;
//!   `stem#3` is the third spectrum of a file;
//! - `substance` (also `name`, `compound`), `inchikey`, `cas`: what it is;
//! - `library id` (also `entry`, `reference`): the library's entry of that substance.
//!
//! Without a header the first column is the id, the second the substance by name, InChIKey or CAS
//! number, the third, if there is one, the library's entry.

use crate::spectrum::{Identity, Spectrum, cas_check_digit_holds, is_inchikey};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use thiserror::Error;

/// Why a truth table cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line}: {message}")]
pub struct TruthError {
    /// Line, counted from 1.
    pub line: u64,
    /// What is wrong and what was expected.
    pub message: String,
}

/// What the table says of one id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The record.
    pub id: String,
    /// The substance: name, InChIKey, CAS number, as far as given.
    pub identity: Identity,
    /// The library's entry of that substance.
    pub entry: Option<String>,
}

/// A truth table.
#[derive(Debug, Default)]
pub struct TruthTable {
    rows: Vec<Row>,
    by_id: HashMap<String, usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Substance,
    InchiKey,
    Cas,
    Entry,
}

impl Field {
    fn named(heading: &str) -> Option<Self> {
        let letters = heading.chars().filter(|c| c.is_alphanumeric());
        let word: String = letters.flat_map(char::to_lowercase).collect();
        Some(match word.as_str() {
            "id" | "query" | "queryid" | "record" | "recordid" | "file" => Self::Id,
            "substance" | "name" | "compound" | "substancename" => Self::Substance,
            "inchikey" => Self::InchiKey,
            "cas" | "casno" | "casnumber" | "casrn" => Self::Cas,
            "libraryid" | "libraryentry" | "entry" | "entryid" | "reference" | "referenceid" => {
                Self::Entry
            }
            _ => return None,
        })
    }
}

impl TruthTable {
    /// Reads a table.
    ///
    /// # Errors
    /// [`TruthError`] where it has no usable columns, or says two things of one id.
    pub fn parse(text: &str) -> Result<Self, TruthError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut table = Self::default();
        let mut columns: Option<Vec<Option<Field>>> = None;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            let record = record.map_err(|e| TruthError {
                line: e.position().map_or(0, csv::Position::line),
                message: "this is not a table".to_owned(),
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            let fail = |message: String| TruthError { line, message };
            if record.iter().all(str::is_empty) {
                continue;
            }
            if columns.is_none() {
                let (found, is_header) = headings(&record).map_err(fail)?;
                columns = Some(found);
                if is_header {
                    continue;
                }
            }
            let row = row(&record, columns.as_deref().unwrap_or_default());
            table.add(row).map_err(fail)?;
        }
        match table.rows.is_empty() {
            true => Err(TruthError {
                line: 1,
                message: "the table has no rows; expected an id and a substance in each".to_owned(),
            }),
            false => Ok(table),
        }
    }

    fn add(&mut self, row: Row) -> Result<(), String> {
        if row.id.is_empty() {
            return Err("the id is missing".to_owned());
        }
        match self.by_id.get(&row.id) {
            Some(index) if self.rows[*index] == row => {}
            Some(_) => {
                return Err(format!(
                    "the id {:?} stands here for another substance than before; each may stand once",
                    row.id
                ));
            }
            None => {
                self.by_id.insert(row.id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
        Ok(())
    }

    /// All rows in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row of a spectrum and its position: by the record's id, its title, its place in the file
    /// (`stem#3`), the file's stem, the file's name, in this order.
    pub fn find(&self, spectrum: &Spectrum) -> Option<(usize, &Row)> {
        let provenance = &spectrum.provenance;
        let path = Path::new(&provenance.path);
        let text = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
        let stem = text(path.file_stem());
        let place = stem
            .as_ref()
            .map(|s| format!("{s}#{}", provenance.index + 1));
        let title = Some(spectrum.title.clone());
        [
            provenance.id.clone(),
            title,
            place,
            stem,
            text(path.file_name()),
        ]
        .into_iter()
        .flatten()
        .find_map(|id| self.by_id.get(id.trim()))
        .map(|index| (*index, &self.rows[*index]))
    }

    /// Ids of rows that no spectrum used.
    pub fn unused(&self, used: &BTreeSet<usize>) -> Vec<&str> {
        let rows = self.rows.iter().enumerate();
        let unused = rows.filter(|(index, _)| !used.contains(index));
        unused.map(|(_, row)| row.id.as_str()).collect()
    }
}

fn delimiter(text: &str) -> u8 {
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    let line = lines
        .map(str::trim)
        .find(|l| !l.is_empty())
        .unwrap_or_default();
    match (line.contains('\t'), line.contains(';')) {
        (true, _) => b'\t',
        (false, true) => b';',
        _ => b',',
    }
}

/// The columns, and whether the first row is a header: its first two known headings show it.
fn headings(record: &csv::StringRecord) -> Result<(Vec<Option<Field>>, bool), String> {
    let named: Vec<Option<Field>> = record.iter().map(Field::named).collect();
    let known = named.iter().flatten().count();
    if known >= 2 || (known == 1 && named.first().is_some_and(|f| *f == Some(Field::Id))) {
        let has = |field| named.contains(&Some(field));
        let names_substance =
            has(Field::Substance) || has(Field::InchiKey) || has(Field::Cas) || has(Field::Entry);
        return match has(Field::Id) && names_substance {
            true => Ok((named, true)),
            false => {
                Err("expected a column id and one of substance, inchikey, cas, library id".into())
            }
        };
    }
    match record.len() {
        0 | 1 => Err("expected at least two columns: id and substance".to_owned()),
        _ => {
            let fields = [Field::Id, Field::Substance, Field::Entry];
            Ok((fields.into_iter().map(Some).collect(), false))
        }
    }
}

fn row(record: &csv::StringRecord, columns: &[Option<Field>]) -> Row {
    let mut row = Row::default();
    for (value, field) in record.iter().zip(columns) {
        let given = (!value.is_empty()).then(|| value.to_owned());
        match (field, given) {
            (Some(Field::Id), Some(value)) => row.id = value,
            (Some(Field::Substance), Some(value)) if is_inchikey(&value) => {
                row.identity.inchikey = Some(value);
            }
            (Some(Field::Substance), Some(value)) if cas_check_digit_holds(&value) => {
                row.identity.cas = Some(value);
            }
            (Some(Field::Substance), Some(value)) => row.identity.name = value,
            (Some(Field::InchiKey), Some(value)) if is_inchikey(&value) => {
                row.identity.inchikey = Some(value);
            }
            (Some(Field::Cas), Some(value)) => row.identity.cas = Identity::cas_number(&value),
            (Some(Field::Entry), Some(value)) => row.entry = Some(value),
            _ => {}
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Shape, Technique};

    #[test]
    fn columns_by_place_and_by_name() {
        let plain = TruthTable::parse("a\tcyclohexane\tlib1\nb\tCCCCCCCCCCCCCC-UHFFFAOYSA-N\n");
        let plain = plain.unwrap();
        assert_eq!(plain.rows()[0].entry.as_deref(), Some("lib1"));
        assert_eq!(plain.rows()[0].identity.name, "cyclohexane");
        assert!(plain.rows()[1].identity.inchikey.is_some());
        let named = "Library ID;Remark;InChIKey;ID\n# a comment\nlib1;x;;a\n";
        let named = TruthTable::parse(named).unwrap();
        assert_eq!(
            named.rows(),
            &[Row {
                id: "a".into(),
                entry: Some("lib1".into()),
                ..Row::default()
            }]
        );
    }

    #[test]
    fn contradictions_and_emptiness_are_refused_with_their_line() {
        let line = |text: &str| TruthTable::parse(text).map(|_| ()).unwrap_err().line;
        assert_eq!(line("id\tsubstance\na\tx\na\ty\n"), 3);
        assert!(TruthTable::parse("id,substance\na,x\na,x\n").is_ok());
        assert_eq!(line(""), 1);
        assert_eq!(line("only one column\n"), 1);
        assert_eq!(line("id,remark\na,b\n"), 1);
        assert_eq!(line("id,substance\n,b\n"), 2);
    }

    #[test]
    fn a_spectrum_is_found_by_id_place_and_stem() {
        let mut spectrum = Spectrum::new(
            Technique::Raman,
            Shape::Profile,
            Axis::Explicit(vec![]),
            vec![],
        );
        spectrum.provenance.path = "folder/run.jdx".into();
        spectrum.provenance.index = 2;
        let table = TruthTable::parse("run,x\nrun#3,y\nmine,z\n").unwrap();
        let name = |s: &Spectrum| table.find(s).map(|(_, r)| r.identity.name.clone());
        assert_eq!(name(&spectrum).as_deref(), Some("y"));
        spectrum.provenance.index = 0;
        assert_eq!(name(&spectrum).as_deref(), Some("x"));
        spectrum.provenance.id = Some("mine".into());
        assert_eq!(name(&spectrum).as_deref(), Some("z"));
        assert_eq!(table.unused(&BTreeSet::from([0, 2])), ["run#3"]);
    }
}

//! The columns of a manifest and the headings they go by.

use super::error::quoted;
use std::borrow::Cow;

/// A column that a manifest may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    File,
    Spectrum,
    Case,
    Item,
    Sample,
    Quantity,
    Unit,
    Place,
    Date,
    Instrument,
    Operator,
    Remarks,
}

use Column::{
    Case, Date, File, Instrument, Item, Operator, Place, Quantity, Remarks, Sample, Spectrum, Unit,
};

/// Headings of each column, its own name first, as [`bare`] makes them.
const HEADINGS: [(Column, &[&str]); 12] = [
    (
        File,
        &[
            "file",
            "filename",
            "filepath",
            "path",
            "spectrumfile",
            "spectralfile",
            "datafile",
        ],
    ),
    (
        Spectrum,
        &[
            "spectrum",
            "spectrumno",
            "spectrumnumber",
            "spectrumnr",
            "spectrumindex",
        ],
    ),
    (
        Case,
        &[
            "case",
            "caseno",
            "casenumber",
            "casenr",
            "caseid",
            "casereference",
            "caseref",
        ],
    ),
    (
        Item,
        &[
            "item",
            "itemno",
            "itemnumber",
            "itemnr",
            "itemid",
            "exhibit",
            "exhibitno",
            "exhibitnumber",
            "exhibitid",
        ],
    ),
    (
        Sample,
        &[
            "sample",
            "sampleid",
            "sampleno",
            "samplenumber",
            "samplenr",
            "samplename",
        ],
    ),
    (Quantity, &["quantity", "qty", "amount", "weight", "mass"]),
    (Unit, &["unit", "units"]),
    (
        Place,
        &[
            "place",
            "location",
            "placeofseizure",
            "seizureplace",
            "seizurelocation",
        ],
    ),
    (Date, &["date", "seizuredate", "dateofseizure"]),
    (
        Instrument,
        &["instrument", "instrumentid", "instrumentname"],
    ),
    (Operator, &["operator", "analyst"]),
    (
        Remarks,
        &["remarks", "remark", "comment", "comments", "note", "notes"],
    ),
];

impl Column {
    /// The column's own name.
    pub fn name(self) -> &'static str {
        let found = HEADINGS.iter().find(|(column, _)| *column == self);
        found.and_then(|(_, names)| names.first()).unwrap_or(&"")
    }

    /// The column of a heading.
    pub fn of(heading: &str) -> Option<Self> {
        let heading = bare(heading);
        let found = HEADINGS
            .iter()
            .find(|(_, names)| names.contains(&heading.as_str()));
        found.map(|(column, _)| *column)
    }

    /// The names of all columns, for messages.
    pub fn all() -> String {
        HEADINGS.map(|(column, _)| column.name()).join(", ")
    }
}

/// A heading without case, spaces, underscores and punctuation: "Case no." is "caseno".
fn bare(heading: &str) -> String {
    let letters = heading.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The heading row of a manifest.
#[derive(Debug)]
pub(super) struct Headings {
    /// For each cell of a row, the column it belongs to.
    pub at: Vec<Option<Column>>,
    /// Headings that no column goes by.
    pub unknown: Vec<String>,
    /// Pairs of headings of one column, as a sentence each.
    pub twice: Vec<String>,
}

impl Headings {
    /// Understands a heading row.
    pub fn of(cells: &[Cow<'_, str>]) -> Self {
        let at: Vec<Option<Column>> = cells.iter().map(|cell| Column::of(cell)).collect();
        let named = || at.iter().zip(cells).map(|(column, cell)| (*column, cell));
        let unknown = named().filter(|(column, cell)| column.is_none() && !cell.is_empty());
        let twice = named().enumerate().filter_map(|(place, (column, second))| {
            let column = column?;
            let (_, first) = named()
                .take(place)
                .find(|(earlier, _)| *earlier == Some(column))?;
            let (first, second) = (quoted(first), quoted(second));
            Some(format!(
                "the headings {first} and {second} both mean {}; rename or remove one",
                column.name()
            ))
        });
        Self {
            unknown: unknown.map(|(_, cell)| cell.to_string()).collect(),
            twice: twice.collect(),
            at,
        }
    }

    /// How many columns are known.
    pub fn known(&self) -> usize {
        self.at.iter().flatten().count()
    }

    /// Whether there is a column of file names.
    pub fn has_file(&self) -> bool {
        self.at.contains(&Some(File))
    }
}

/// What is said of a heading row without a file column.
pub(super) fn no_file(cells: &[Cow<'_, str>]) -> String {
    let found: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.is_empty())
        .take(20)
        .map(|cell| quoted(cell))
        .collect();
    format!(
        "there is no file column; found the headings {}; expected file, and any of {}; the first \
         row that is not blank must hold the headings",
        found.join(", "),
        Column::all()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(cells: &[&'a str]) -> Vec<Cow<'a, str>> {
        cells.iter().map(|cell| Cow::Borrowed(*cell)).collect()
    }

    #[test]
    fn headings_go_by_many_names() {
        for (heading, column) in [
            ("FILE", File),
            ("File name", File),
            ("file_name", File),
            ("Filename", File),
            ("path", File),
            ("Spectrum", Spectrum),
            ("Case no.", Case),
            ("CASE NUMBER", Case),
            ("Item no.", Item),
            ("sample-ID", Sample),
            ("Amount", Quantity),
            ("weight", Quantity),
            ("Units", Unit),
            ("Location", Place),
            ("Seizure date", Date),
            ("Analyst", Operator),
            ("Instrument", Instrument),
            ("Comment(s)", Remarks),
            ("notes", Remarks),
            ("remark", Remarks),
        ] {
            assert_eq!(Column::of(heading), Some(column), "{heading}");
        }
        for other in ["", "Fil", "cases", "Mass [ng]", "Wavenumber", "1"] {
            assert_eq!(Column::of(other), None, "{other}");
        }
    }

    #[test]
    fn unknown_and_repeated_headings_are_told() {
        let headings = Headings::of(&row(&["file", "Colour", "", "amount", "Weight"]));
        assert_eq!(
            headings.at,
            [Some(File), None, None, Some(Quantity), Some(Quantity)]
        );
        assert_eq!(headings.unknown, ["Colour"]);
        assert_eq!(
            headings.twice,
            ["the headings \"amount\" and \"Weight\" both mean quantity; rename or remove one"]
        );
    }
}

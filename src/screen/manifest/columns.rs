//! The columns of a manifest and the headings they go by.

use super::Use;
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
    /// One of [`MORE`].
    More(&'static str),
}

use Column::{
    Case, Date, File, Instrument, Item, More, Operator, Place, Quantity, Remarks, Sample, Spectrum,
    Unit,
};

/// What only reports to authorities need, with the other headings of each as [`bare`] makes them.
pub(super) const MORE: [(&str, &[&str]); 20] = [
    (
        "confirmed_as",
        &["confirmed", "confirmedsubstance", "confirmedidentity"],
    ),
    (
        "confirmed_by",
        &[
            "confirmedwith",
            "confirmationmethod",
            "methodofconfirmation",
        ],
    ),
    ("country", &["countryofseizure", "seizurecountry"]),
    ("origin", &["countryoforigin", "origincountry"]),
    (
        "transit",
        &["transitcountry", "transitcountries", "countryoftransit"],
    ),
    (
        "destination",
        &["countryofdestination", "destinationcountry"],
    ),
    ("context", &["seizurecontext", "contextofseizure"]),
    ("form", &["substanceform"]),
    (
        "incident",
        &["incidentid", "incidentno", "incidentnumber", "incidentnr"],
    ),
    ("incident_type", &["typeofincident"]),
    ("agency", &["reportingagency", "seizingagency"]),
    ("packaging", &["packing", "package"]),
    ("declared_as", &["labelsdeclaredas", "declaredgoods"]),
    (
        "hs_declared",
        &["hscodedeclared", "declaredhs", "declaredhscode"],
    ),
    ("transport", &["transportmode", "modeoftransport"]),
    (
        "documents",
        &["documentrefs", "documentreferences", "documentnumbers"],
    ),
    ("end_product", &["suspectedendproduct"]),
    ("sharing", &["restrictionsonsharing", "sharingrestrictions"]),
    ("laboratory", &["lab", "sourcelab", "sourcelaboratory"]),
    ("contact", &["contactpoint", "contactperson"]),
];

/// Headings of each other column, its own name first, as [`bare`] makes them.
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
        if let More(name) = self {
            return name;
        }
        let found = HEADINGS.iter().find(|(column, _)| *column == self);
        found.and_then(|(_, names)| names.first()).unwrap_or(&"")
    }

    /// The column of a heading.
    pub fn of(heading: &str) -> Option<Self> {
        let heading = bare(heading);
        let found = HEADINGS
            .iter()
            .find(|(_, names)| names.contains(&heading.as_str()));
        let more = || {
            let is_it = |name: &str| bare(name) == heading;
            let found = MORE
                .iter()
                .find(|(name, others)| is_it(name) || others.contains(&heading.as_str()));
            found.map(|(name, _)| More(name))
        };
        found.map(|(column, _)| *column).or_else(more)
    }

    /// The names of the usual columns, for messages.
    pub fn usual() -> String {
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

    /// Whether this can be the heading row of a manifest for this use: for screening one with a
    /// file column, for a report also one with a case, an item or a sample.
    pub fn serve(&self, used: Use) -> bool {
        let named = [Case, Item, Sample];
        let names_samples = || named.iter().any(|column| self.at.contains(&Some(*column)));
        self.has_file() || (used == Use::Report && names_samples())
    }
}

/// What is said of a heading row that does not serve.
pub(super) fn no_file(cells: &[Cow<'_, str>], used: Use) -> String {
    let found: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.is_empty())
        .take(20)
        .map(|cell| quoted(cell))
        .collect();
    let needed = match used {
        Use::Screening => "file",
        Use::Report => "file, case, item or sample",
    };
    format!(
        "there is no {needed} column; found the headings {}; expected {needed}, and any of {}; the \
         first row that is not blank must hold the headings",
        found.join(", "),
        Column::usual()
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
            ("Confirmed as", More("confirmed_as")),
            ("Country of origin", More("origin")),
            ("HS (declared)", More("hs_declared")),
            ("END-PRODUCT", More("end_product")),
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

//! The columns of an overlay's table.

use super::problem::{Place, Problems, quoted};
use super::rows::Row;

macro_rules! columns {
    ($($variant:ident $name:literal $need:ident,)*) => {
        /// A column; the cells of all have to be there, and some may be empty.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Column { $($variant,)* }

        impl Column {
            /// All columns in the order of the template.
            pub const ALL: &'static [Column] = &[$(Column::$variant,)*];

            /// The heading.
            pub fn name(self) -> &'static str {
                match self { $(Column::$variant => $name,)* }
            }

            /// Whether the cell may never be empty.
            pub fn is_required(self) -> bool {
                match self { $(Column::$variant => columns!(@$need),)* }
            }
        }
    };
    (@required) => { true };
    (@optional) => { false };
}

columns! {
    Country "country_iso2" required,
    LawId "law_id" required,
    LawTitle "law_title" required,
    LawTitleLocal "law_title_local" optional,
    ListId "list_id" required,
    ListLabel "list_label" required,
    EntryNo "entry_no" required,
    MatchKind "match_kind" required,
    Inchikey "inchikey" optional,
    Skeleton "inchikey_skeleton" optional,
    Cas "cas" optional,
    NameOfficial "name_official" required,
    NameLocal "name_local" optional,
    ScopeSalts "scope_salts" optional,
    ScopeIsomers "scope_isomers" optional,
    ScopeEstersEthers "scope_esters_ethers" optional,
    GenericRule "generic_rule_text" optional,
    Smarts "smarts" optional,
    Category "category" required,
    Status "status" required,
    Concentration "concentration_threshold" optional,
    Quantity "quantity_threshold" optional,
    HsNational "hs_national" optional,
    Authority "competent_authority" optional,
    From "effective_from" optional,
    To "effective_to" optional,
    Gazette "gazette_ref" optional,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        let heading = heading.to_ascii_lowercase();
        let mut all = Self::ALL.iter().copied();
        all.find(|column| column.name() == heading)
    }
}

/// Where each column stands in a row.
#[derive(Debug)]
pub(super) struct Headings {
    at: [Option<usize>; Column::ALL.len()],
    /// How many cells a row has.
    pub width: usize,
}

impl Headings {
    /// Whether a row looks like the heading row.
    pub fn is_one(row: &Row<'_>) -> bool {
        let known = row.cells.iter().filter(|c| Column::of(&c.text).is_some());
        known.count() > 2
    }

    /// Understands a heading row; notes what is missing, there twice or unknown.
    pub fn read(row: &Row<'_>, problems: &mut Problems) -> Self {
        let place = Place::line(row.line);
        let mut at = [None; Column::ALL.len()];
        for (index, cell) in row.cells.iter().enumerate() {
            match Column::of(&cell.text) {
                Some(column) if at[column as usize].is_some() => problems.refuse(
                    place,
                    &format!(
                        "each column once, and column {} is there already",
                        column.name()
                    ),
                    quoted(&cell.text),
                    "remove one of the two columns",
                ),
                Some(column) => at[column as usize] = Some(index),
                None if cell.text.is_empty() => {}
                None => {
                    let heading = quoted(&cell.text);
                    let message = format!("the column {heading} is not known and is left out");
                    problems.doubt(place, message);
                }
            }
        }
        let missing = Column::ALL.iter().filter(|c| at[**c as usize].is_none());
        let missing: Vec<&str> = missing.map(|column| column.name()).collect();
        if !missing.is_empty() {
            problems.refuse(
                place,
                &format!("{} columns, of which {} are missing", at.len(), missing.len()),
                format!("no {}", missing.join(", no ")),
                "add the columns, empty where there is nothing to say; `specid overlay template` prints all headings",
            );
        }
        let named = row.cells.iter().rposition(|cell| !cell.text.is_empty());
        Self {
            at,
            width: named.map_or(0, |last| last + 1),
        }
    }

    /// The cell of a column; empty where there is none.
    pub fn cell<'a>(&self, row: &'a Row<'_>, column: Column) -> &'a str {
        let place = self.at.get(column as usize).copied().flatten();
        place.map_or("", |index| row.text(index))
    }

    /// Whether the column is there.
    pub fn has(&self, column: Column) -> bool {
        self.at.get(column as usize).is_some_and(Option::is_some)
    }
}

//! An export as plain tables.

use rust_decimal::Decimal;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: not known, or for the authority to fill in.
    Empty,
    /// A text.
    Text(String),
    /// A count.
    Whole(i64),
    /// A quantity, exact.
    Quantity(Decimal),
}

impl Value {
    /// A text, or nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Texts.
    Text,
    /// Counts.
    Whole,
    /// Quantities.
    Quantity,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// A column of texts.
pub(super) const fn text(name: &'static str) -> Heading {
    Heading {
        name,
        holds: Holds::Text,
    }
}

/// A column of counts.
pub(super) const fn whole(name: &'static str) -> Heading {
    Heading {
        name,
        holds: Holds::Whole,
    }
}

/// A column of quantities.
pub(super) const fn quantity(name: &'static str) -> Heading {
    Heading {
        name,
        holds: Holds::Quantity,
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its columns.
    pub headings: Vec<Heading>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table without rows.
    pub(super) fn of(headings: &[Heading]) -> Self {
        Self {
            headings: headings.to_vec(),
            rows: Vec::new(),
        }
    }
}

/// How many samples went where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Samples read, each once.
    pub samples: usize,
    /// Samples in the rows.
    pub counted: usize,
    /// Samples in the rows without a quantity.
    pub without_quantity: usize,
    /// Samples that do not count, or not here.
    pub not_counted: usize,
    /// Samples that were met again in another input, and count once.
    pub repeated: usize,
}

/// An export: its rows, where each comes from, and what is not in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// Name of its files, such as `form-d-2026`.
    pub name: String,
    /// What is said at the head of each file: name and value.
    pub about: Vec<(String, String)>,
    /// The rows in the form's fields.
    pub rows: Table,
    /// One row a spectrum of each sample of each row.
    pub provenance: Table,
    /// What does not count, or counts and must be looked at, with the reason.
    pub not_counted: Table,
    /// How many samples went where.
    pub counts: Counts,
}

//! What a row of a manifest says.

use super::columns::MORE;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line or, in a workbook, row, counted from 1.
    pub line: usize,
    /// The file, as written; see [`super::Manifest::locate`]. Empty where a report's manifest names none.
    pub file: String,
    /// The spectrum in the file, counted from 1; all of them where it is `None`.
    pub spectrum: Option<usize>,
    /// What else is known.
    pub fields: Fields,
}

/// What a manifest says of a spectrum. An empty cell is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// Case number.
    pub case: Option<String>,
    /// Item or exhibit of the case.
    pub item: Option<String>,
    /// Sample of the item.
    pub sample: Option<String>,
    /// Quantity: a number as written, with a decimal point; in a report's manifest what is no such
    /// number stands as it was written.
    pub quantity: Option<String>,
    /// Unit of the quantity.
    pub unit: Option<String>,
    /// Place of the seizure.
    pub place: Option<String>,
    /// Date: a text as written, a date cell of a workbook as ISO 8601.
    pub date: Option<String>,
    /// Instrument that measured.
    pub instrument: Option<String>,
    /// Who measured.
    pub operator: Option<String>,
    /// Remarks.
    pub remarks: Option<String>,
    /// What only reports to authorities need, by the name of its column; and under
    /// [`AS_WRITTEN`] a quantity whose comma may be a decimal comma or part thousands.
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

/// Name under which a quantity is kept as it was written, where it can be read in two ways.
pub const AS_WRITTEN: &str = "quantity_as_written";

impl Fields {
    /// Names of the fields that every table of a run has, in the order in which they are told.
    pub const NAMES: &[&'static str] = &[
        "case",
        "item",
        "sample",
        "quantity",
        "unit",
        "place",
        "date",
        "instrument",
        "operator",
        "remarks",
    ];

    /// Names of all fields, in the order in which they are told.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let more = MORE.iter().map(|(name, _)| *name);
        Self::NAMES.iter().copied().chain(more)
    }

    /// Adds what is said of another spectrum of the same sample: what differs stands side by side.
    pub fn add(&mut self, other: &Fields) {
        for name in Self::NAMES {
            if let (Some(own), Some(more)) = (self.usual_mut(name), other.get(name)) {
                match own {
                    Some(text) => put_beside(text, more),
                    None => *own = Some(more.to_owned()),
                }
            }
        }
        for (name, more) in &other.more {
            match self.more.get_mut(name) {
                Some(text) => put_beside(text, more),
                None => drop(self.more.insert(name.clone(), more.clone())),
            }
        }
    }

    /// A field by its name; `None` where it is not said.
    pub fn get(&self, name: &str) -> Option<&str> {
        let field = match name {
            "case" => &self.case,
            "item" => &self.item,
            "sample" => &self.sample,
            "quantity" => &self.quantity,
            "unit" => &self.unit,
            "place" => &self.place,
            "date" => &self.date,
            "instrument" => &self.instrument,
            "operator" => &self.operator,
            "remarks" => &self.remarks,
            other => return self.more.get(other).map(String::as_str),
        };
        field.as_deref()
    }

    /// Sets a field.
    pub(super) fn set(&mut self, name: &str, text: String) {
        match self.usual_mut(name) {
            Some(field) => *field = Some(text),
            None => drop(self.more.insert(name.to_owned(), text)),
        }
    }

    /// Bytes of all texts.
    pub(super) fn bytes(&self) -> usize {
        let usual = Self::NAMES.iter().filter_map(|name| self.get(name));
        usual
            .chain(self.more.values().map(String::as_str))
            .map(str::len)
            .sum()
    }

    fn usual_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "case" => &mut self.case,
            "item" => &mut self.item,
            "sample" => &mut self.sample,
            "quantity" => &mut self.quantity,
            "unit" => &mut self.unit,
            "place" => &mut self.place,
            "date" => &mut self.date,
            "instrument" => &mut self.instrument,
            "operator" => &mut self.operator,
            "remarks" => &mut self.remarks,
            _ => return None,
        })
    }
}

/// Puts a text beside others where it is not among them.
fn put_beside(text: &mut String, more: &str) {
    // A text may hold the mark that stands between texts.
    let beside = |text: &str| format!("; {text}; ");
    if !beside(text).contains(&beside(more)) {
        text.push_str("; ");
        text.push_str(more);
    }
}

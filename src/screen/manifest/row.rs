//! What a row of a manifest says.

use super::columns::Column;
use serde::{Deserialize, Serialize};

/// A row of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line or, in a workbook, row, counted from 1.
    pub line: usize,
    /// The file, as written; see [`super::Manifest::locate`].
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
    /// Quantity: a number as written, with a decimal point.
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
}

impl Fields {
    /// Names of all fields, in the order in which they are told.
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

    /// Adds what is said of another spectrum of the same sample: what differs stands side by side.
    pub fn add(&mut self, other: &Fields) {
        let pairs = [
            (&mut self.case, &other.case),
            (&mut self.item, &other.item),
            (&mut self.sample, &other.sample),
            (&mut self.quantity, &other.quantity),
            (&mut self.unit, &other.unit),
            (&mut self.place, &other.place),
            (&mut self.date, &other.date),
            (&mut self.instrument, &other.instrument),
            (&mut self.operator, &other.operator),
            (&mut self.remarks, &other.remarks),
        ];
        for (own, other) in pairs {
            match (own.as_mut(), other) {
                (None, Some(_)) => own.clone_from(other),
                (Some(text), Some(more)) if !text.split("; ").any(|part| part == more) => {
                    text.push_str("; ");
                    text.push_str(more);
                }
                _ => {}
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
            _ => return None,
        };
        field.as_deref()
    }
}

impl Fields {
    /// The field of a column of plain text.
    pub(super) fn text(&mut self, column: Column) -> Option<&mut Option<String>> {
        Some(match column {
            Column::Case => &mut self.case,
            Column::Item => &mut self.item,
            Column::Sample => &mut self.sample,
            Column::Unit => &mut self.unit,
            Column::Place => &mut self.place,
            Column::Date => &mut self.date,
            Column::Instrument => &mut self.instrument,
            Column::Operator => &mut self.operator,
            Column::Remarks => &mut self.remarks,
            Column::File | Column::Spectrum | Column::Quantity => return None,
        })
    }

    /// Bytes of all texts.
    pub(super) fn bytes(&self) -> usize {
        let all = [
            &self.case,
            &self.item,
            &self.sample,
            &self.quantity,
            &self.unit,
            &self.place,
            &self.date,
            &self.instrument,
            &self.operator,
            &self.remarks,
        ];
        all.into_iter().flatten().map(String::len).sum()
    }
}

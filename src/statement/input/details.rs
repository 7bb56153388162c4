//! What people know of a sample and a case, and no instrument: a small TOML file.

use crate::screen::manifest::Fields;
use serde::{Deserialize, Deserializer};
use thiserror::Error;

/// Why a file of details cannot be used.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct DetailsError(String);

/// What is known of a case and its sample. Every item may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Details {
    /// Number of the report.
    #[serde(deserialize_with = "text")]
    pub report: Option<String>,
    /// The laboratory, where the letterhead does not name it.
    #[serde(deserialize_with = "text")]
    pub laboratory: Option<String>,
    /// Who asked for the examination.
    #[serde(deserialize_with = "text", alias = "customer")]
    pub requested_by: Option<String>,
    /// Number of the case.
    #[serde(deserialize_with = "text")]
    pub case: Option<String>,
    /// Item or exhibit.
    #[serde(deserialize_with = "text")]
    pub item: Option<String>,
    /// Sample of the item.
    #[serde(deserialize_with = "text")]
    pub sample: Option<String>,
    /// What the sample is and in which condition it came.
    #[serde(deserialize_with = "text")]
    pub description: Option<String>,
    /// How much of it there is.
    #[serde(deserialize_with = "text")]
    pub quantity: Option<String>,
    /// Where it was seized or taken.
    #[serde(deserialize_with = "text")]
    pub place: Option<String>,
    /// By which plan the sample was taken.
    #[serde(deserialize_with = "text")]
    pub sampling: Option<String>,
    /// Day of receipt.
    #[serde(deserialize_with = "text")]
    pub date_received: Option<String>,
    /// Day of measurement.
    #[serde(deserialize_with = "text")]
    pub date_measured: Option<String>,
    /// Method of examination.
    #[serde(deserialize_with = "text")]
    pub method: Option<String>,
    /// Instrument.
    #[serde(deserialize_with = "text")]
    pub instrument: Option<String>,
    /// Who examined.
    #[serde(deserialize_with = "text")]
    pub analyst: Option<String>,
    /// Day of the analyst's signature.
    #[serde(deserialize_with = "text")]
    pub analyst_signed: Option<String>,
    /// Who reviewed and authorised.
    #[serde(deserialize_with = "text")]
    pub reviewer: Option<String>,
    /// Day of the reviewer's signature.
    #[serde(deserialize_with = "text")]
    pub reviewer_signed: Option<String>,
    /// Remarks.
    #[serde(deserialize_with = "text")]
    pub remarks: Option<String>,
}

impl Details {
    /// Reads them from TOML.
    ///
    /// # Errors
    /// [`DetailsError`] with line and column where it is not TOML or has other fields.
    pub fn parse(toml: &str) -> Result<Self, DetailsError> {
        toml::from_str(toml).map_err(|e| DetailsError(e.to_string()))
    }

    /// The same, with what a manifest says where these say nothing.
    #[must_use]
    pub fn or_manifest(mut self, fields: &Fields) -> Self {
        let quantity = fields.quantity.as_ref().map(|number| match &fields.unit {
            Some(unit) => format!("{number} {unit}"),
            None => number.clone(),
        });
        let from = [
            (&mut self.case, &fields.case),
            (&mut self.item, &fields.item),
            (&mut self.sample, &fields.sample),
            (&mut self.quantity, &quantity),
            (&mut self.place, &fields.place),
            (&mut self.instrument, &fields.instrument),
            (&mut self.analyst, &fields.operator),
            (&mut self.remarks, &fields.remarks),
        ];
        for (own, given) in from {
            if own.is_none() {
                own.clone_from(given);
            }
        }
        self
    }
}

/// A text, a number or a day; an empty text is none.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Text(String),
        Whole(i64),
        Number(f64),
        Day(toml::value::Datetime),
    }
    let given = match Given::deserialize(deserializer)? {
        Given::Text(text) => text.trim().to_owned(),
        Given::Whole(number) => number.to_string(),
        Given::Number(number) => number.to_string(),
        Given::Day(day) => day.to_string(),
    };
    Ok((!given.is_empty()).then_some(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_numbers_and_days() {
        let details = Details::parse(
            "case = 'K/17'\nitem = 3\ndate_received = 2026-11-20\ncustomer = 'Police'\nsample = ' '",
        )
        .unwrap();
        assert_eq!(details.case.as_deref(), Some("K/17"));
        assert_eq!(details.item.as_deref(), Some("3"));
        assert_eq!(details.date_received.as_deref(), Some("2026-11-20"));
        assert_eq!(details.requested_by.as_deref(), Some("Police"));
        assert_eq!(details.sample, None);
        let error = Details::parse("case = 'a'\ncolour = 'b'")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("line 2") && error.contains("colour"),
            "{error}"
        );
    }

    #[test]
    fn the_file_goes_before_the_manifest() {
        let fields = Fields {
            case: Some("manifest".to_owned()),
            quantity: Some("2.5".to_owned()),
            unit: Some("g".to_owned()),
            ..Fields::default()
        };
        let own = Details::parse("case = 'own'").unwrap().or_manifest(&fields);
        assert_eq!(own.case.as_deref(), Some("own"));
        assert_eq!(own.quantity.as_deref(), Some("2.5 g"));
    }
}

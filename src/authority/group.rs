//! What the samples of one row have together.

use super::names::Names;
use super::sift::Claimed;
use super::table::Value;
use crate::cases::spelled;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::path::Path;

/// The samples of one row.
pub(super) struct Group<'g, 'a>(pub &'g [&'g Claimed<'a>]);

/// What makes samples of one seizure: the incident, else the case, else the sample alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Seizure<'a> {
    Incident(&'a str),
    Case(String),
    Sample(&'a Path, &'a str),
}

impl Group<'_, '_> {
    /// The sum of the quantities; nothing where none is stated.
    pub fn sum(&self) -> Value {
        let amounts = self.0.iter().filter_map(|c| c.sample.amount);
        let sum = amounts
            .map(|a| a.value)
            .try_fold(None, |sum: Option<Decimal>, value| {
                Some(Some(sum.unwrap_or_default().checked_add(value)?))
            });
        sum.flatten()
            .map_or(Value::Empty, |sum| Value::Quantity(sum.normalize()))
    }

    /// How many seizures these are.
    pub fn seizures(&self) -> Value {
        let each = self.0.iter().map(|c| {
            let sample = c.sample;
            match (sample.fields.get("incident"), &sample.fields.case) {
                (Some(incident), _) => Seizure::Incident(incident),
                (None, Some(case)) => Seizure::Case(spelled(case).to_lowercase()),
                (None, None) => Seizure::Sample(&sample.origin, &sample.key),
            }
        });
        let all: BTreeSet<Seizure<'_>> = each.collect();
        Value::Whole(i64::try_from(all.len()).unwrap_or(i64::MAX))
    }

    /// What is said of the samples, each text once, in order.
    pub fn distinct<'s>(&'s self, get: impl Fn(&'s Claimed<'_>) -> Option<&'s str>) -> Value {
        let all: BTreeSet<&str> = self.0.iter().filter_map(|c| get(c)).collect();
        Value::text(all.into_iter().collect::<Vec<_>>().join("; "))
    }

    /// A field of the manifest, each text once, in order.
    pub fn field(&self, name: &str) -> Value {
        self.distinct(|c| c.sample.fields.get(name))
    }

    /// The places, each in the spelling of the export, in order.
    pub fn places(&self, names: &Names) -> Value {
        let all: BTreeSet<String> = self.0.iter().filter_map(|c| names.place(c)).collect();
        Value::text(all.into_iter().collect::<Vec<_>>().join("; "))
    }

    /// The day, or the first and the last, as ISO 8601 writes an interval.
    pub fn dates(&self) -> String {
        let (first, last) = (self.days().min(), self.days().max());
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}/{last}"),
            (Some(first), _) => first.to_string(),
            _ => String::new(),
        }
    }

    fn days(&self) -> impl Iterator<Item = jiff::civil::Date> {
        self.0.iter().map(|c| c.date)
    }

    /// The end products that the manifests suspect; where they suspect none, what the substance is usually
    /// made into.
    pub fn end_product(&self) -> Value {
        match self.field("end_product") {
            Value::Empty => {
                let usual = self.0.first();
                let usual = usual.and_then(|c| c.claim.joined(|m| m.end_product.as_deref()));
                Value::text(usual.map_or(String::new(), |family| format!("usual: {family}")))
            }
            stated => stated,
        }
    }

    /// The highest upper end of the false-positive rates, in words.
    pub fn rate(&self) -> Option<String> {
        let highest = self.0.iter().filter_map(|c| Some(c.claim.rate?[2]));
        let highest = highest.max_by(f64::total_cmp)?;
        Some(match highest < 0.001 {
            true => "false-positive rate below 0.001".to_owned(),
            false => format!("false-positive rate at most {highest:.3}"),
        })
    }
}

//! A group of observations: an unknown.

use super::{Hypothesis, Observation};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// An unknown with what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unknown {
    /// Its id, which is never given to another.
    pub id: String,
    /// Technique.
    pub technique: String,
    /// m/z of the precursor of an MS/MS spectrum.
    pub precursor: Option<f64>,
    /// Observations.
    pub count: usize,
    /// Samples that are named.
    pub samples: usize,
    /// Laboratories: those that are named, and one's own.
    pub laboratories: usize,
    /// Earliest day.
    pub first: Date,
    /// Latest day.
    pub last: Date,
    /// Places.
    pub places: Vec<String>,
    /// What it may be.
    pub hypothesis: Hypothesis,
    /// What it was found to be.
    pub named: Option<String>,
    /// Notices of it that were given so far.
    pub notices: u32,
}

impl Unknown {
    /// What its observations say; `None` where there are none.
    pub fn of(
        id: String,
        hypothesis: Hypothesis,
        named: Option<String>,
        notices: u32,
        observations: &[&Observation],
    ) -> Option<Self> {
        let first = observations.first()?;
        let days = || observations.iter().map(|o| o.day);
        fn several<'a>(texts: impl Iterator<Item = &'a Option<String>>) -> BTreeSet<&'a str> {
            texts.filter_map(Option::as_deref).collect()
        }
        let laboratories: BTreeSet<Option<&str>> = observations
            .iter()
            .map(|o| o.laboratory.as_deref())
            .collect();
        let places = several(observations.iter().map(|o| &o.place));
        Some(Self {
            technique: first.technique.clone(),
            precursor: first.precursor,
            count: observations.len(),
            samples: several(observations.iter().map(|o| &o.sample)).len(),
            laboratories: laboratories.len(),
            first: days().min()?,
            last: days().max()?,
            places: places.into_iter().map(str::to_owned).collect(),
            id,
            hypothesis,
            named,
            notices,
        })
    }
}

//! One spectrum of the register: where it comes from and what was said of it.

use super::Hypothesis;
use crate::decide::VerdictLevel;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where the day of an observation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayIs {
    /// The user or a manifest said it.
    Given,
    /// The file states it as the day of measurement.
    Measured,
    /// Nobody said any: it is the day on which it was added.
    Added,
}

/// What a library said of an observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The verdict.
    pub level: VerdictLevel,
    /// Substances of the identified set.
    pub substances: Vec<String>,
    /// Name of the library.
    pub library: String,
    /// Its generation.
    pub generation: u64,
    /// Its hash.
    pub hash: String,
}

impl Said {
    /// The named substances, where it was identified.
    pub fn named(&self) -> Option<String> {
        let identified = self.level == VerdictLevel::Identified && !self.substances.is_empty();
        identified.then(|| self.substances.join(" or "))
    }
}

/// A spectrum that was taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Path of the file, or archive and member.
    pub path: String,
    /// Position in the file, from 0.
    pub index: usize,
    /// The record's own id or title.
    pub record: Option<String>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Sample.
    pub sample: Option<String>,
    /// Day on which it was seen.
    pub day: Date,
    /// Where the day comes from.
    pub day_is: DayIs,
    /// Place.
    pub place: Option<String>,
    /// Laboratory; `None` for one's own.
    pub laboratory: Option<String>,
    /// Technique.
    pub technique: String,
    /// m/z of the precursor.
    pub precursor: Option<f64>,
    /// What was said of it when it was added.
    pub then: Said,
    /// What was said of it when it was last asked again.
    pub now: Option<Said>,
    /// What it may be.
    pub hypothesis: Hypothesis,
}

impl Observation {
    /// What people call it: its sample, else its record, else its file and place.
    pub fn label(&self) -> String {
        let named = self.sample.as_ref().or(self.record.as_ref());
        named.cloned().unwrap_or_else(|| self.place_in_file())
    }

    /// File and place in it.
    pub fn place_in_file(&self) -> String {
        format!("{} [{}]", self.path, self.index + 1)
    }
}

//! Reasons for a second look, in the order of their gravity.

use serde::{Deserialize, Serialize};

/// Why somebody must look at a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A substance of the alert list is named, also as a component, leads, or cannot be excluded.
    Alert,
    /// A spectrum is like an unknown that another laboratory gave notice of.
    Notice,
    /// A spectrum seems to hold a controlled component that the verdict does not name.
    Component,
    /// Its spectra contradict one another.
    Disagreeing,
    /// Something of another control status cannot be told apart from what is named.
    LookAlikes,
    /// It is unlike everything in the library.
    NotInLibrary,
    /// Only a class can be said.
    ClassOnly,
    /// No statement is possible.
    Inconclusive,
    /// None of its spectra could be searched.
    Unusable,
    /// A spectrum with the very same bytes is another sample, too.
    SameBytes,
    /// Not all of its spectra carry the verdict.
    Partial,
    /// The false-positive rate may be above the limit.
    ErrorRate,
    /// The axis is off by more than the limit.
    Axis,
    /// A spectrum is of limited or poor quality.
    Quality,
    /// A field that the desk requires is not in the manifest.
    MissingField,
}

impl Reason {
    /// All, the gravest first.
    pub const ALL: [Reason; 15] = [
        Self::Alert,
        Self::Notice,
        Self::Component,
        Self::Disagreeing,
        Self::LookAlikes,
        Self::NotInLibrary,
        Self::ClassOnly,
        Self::Inconclusive,
        Self::Unusable,
        Self::SameBytes,
        Self::Partial,
        Self::ErrorRate,
        Self::Axis,
        Self::Quality,
        Self::MissingField,
    ];

    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Notice => "notice",
            Self::Component => "component",
            Self::Disagreeing => "disagreeing",
            Self::LookAlikes => "look-alikes",
            Self::Unusable => "unusable",
            Self::NotInLibrary => "not-in-library",
            Self::ClassOnly => "class-only",
            Self::Inconclusive => "inconclusive",
            Self::SameBytes => "same-bytes",
            Self::Partial => "partial",
            Self::ErrorRate => "error-rate",
            Self::Axis => "axis",
            Self::Quality => "quality",
            Self::MissingField => "missing-field",
        }
    }

    /// In words, as a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::Alert => "On the alert list",
            Self::Notice => "Like an unknown of another laboratory",
            Self::Component => "A controlled component that the verdict does not name",
            Self::Disagreeing => "Its spectra disagree",
            Self::LookAlikes => "Cannot be told apart from another substance",
            Self::Unusable => "Could not be used",
            Self::NotInLibrary => "Not in the library",
            Self::ClassOnly => "Only its class can be said",
            Self::Inconclusive => "No statement possible",
            Self::SameBytes => "The same bytes as another sample",
            Self::Partial => "Not all spectra carry the verdict",
            Self::ErrorRate => "False-positive rate above the limit",
            Self::Axis => "Axis off",
            Self::Quality => "Quality of the spectrum",
            Self::MissingField => "A required field is missing",
        }
    }

    /// Higher for what must be looked at first.
    pub fn gravity(self) -> i64 {
        let place = Self::ALL.iter().position(|r| *r == self).unwrap_or(0);
        (Self::ALL.len() - place) as i64
    }
}

//! What is said of a spectrum's class.

use crate::library::Rate;
use serde::Serialize;

/// A class by both its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Name for machines.
    pub id: String,
    /// Name for people.
    pub title: String,
}

/// The class of an unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassVerdict {
    /// The class.
    pub class: Named,
    /// Part of it whose members the spectrum is most like; `None` where no part leads clearly. It has no
    /// error rate of its own.
    pub part: Option<Named>,
}

/// A member of a class that a spectrum resembles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// Entry of the library.
    pub entry: usize,
    /// Likeness of the spectra, 0 to 1.
    pub likeness: f64,
}

/// What speaks for and against one class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassLine {
    /// The class.
    pub class: Named,
    /// Logit of the rule; a figure to order classes by, no probability.
    pub score: f64,
    /// Mean share of the spectrum's neighbourhood and of its first analogues that belongs to the class, about 0 to
    /// 1; no probability.
    pub share: f64,
    /// Substances of the library that belong to none of the classes and score as high for this one.
    pub false_positive_rate: Rate,
    /// Ions that speak for it.
    #[serde(rename = "for")]
    pub speaking: Vec<String>,
    /// Ions that speak against it.
    #[serde(rename = "against")]
    pub opposing: Vec<String>,
    /// Substances of the library that belong to it.
    pub members: usize,
    /// Its members that the spectrum is most like.
    pub nearest: Vec<Alike>,
}

/// Class evidence of one spectrum. It never names a substance.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClassEvidence {
    /// The class; `None` where the evidence is too weak, or there is nothing to judge it by.
    pub verdict: Option<ClassVerdict>,
    /// Classes by falling score; the verdict's first.
    pub ranked: Vec<ClassLine>,
    /// Spectra of this library's members of the classes that, with their substance left out, are given their
    /// class; `None` where it was not tried.
    pub found: Option<Rate>,
    /// What the evidence means and what it lacks, one sentence each.
    pub notes: Vec<String>,
}

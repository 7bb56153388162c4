//! A case as `specid case` writes it.

use super::{Named, Program, Source};
use crate::record::{Places, Superseded, Validity, standings};
use crate::report::EntryNamed;
use serde::Deserialize;

/// Where a result of a case comes from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Raw file, or the table that states the test.
    pub file: String,
    /// Position in it, from 1.
    pub place: usize,
    /// SHA-256 of the raw file.
    pub sha256: Option<String>,
    /// The library that was searched.
    pub library: Option<String>,
    /// Its entry in a record.
    pub recorded: Option<String>,
    /// Who did the test and when.
    pub stated: Option<String>,
}

/// One of these substances.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Claim {
    /// The substances.
    pub substances: Vec<Named>,
}

/// A result of a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CaseFinding {
    /// Its technique.
    pub technique: String,
    /// Where it comes from.
    pub origin: Origin,
    /// `positive`, `negative`, `class` or `nothing`.
    pub outcome: String,
    /// What it names.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// What else was said.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// What the record says of it now, as far as it was asked.
    #[serde(skip, default = "unrecorded")]
    pub validity: Validity,
}

fn unrecorded() -> Validity {
    Validity::Unrecorded
}

impl CaseFinding {
    /// The entry by which it no longer stands, where the case counted it.
    pub fn superseded(&self) -> Option<&Superseded> {
        match &self.validity {
            Validity::Superseded(by) => {
                let words = by.words();
                let is_told = self.remarks.iter().any(|told| told.contains(&words));
                (!is_told).then_some(by)
            }
            _ => None,
        }
    }
}

/// What a result counts for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Weighed {
    /// The result, from 1.
    pub finding: usize,
    /// Its technique.
    pub technique: String,
    /// The property that it observes.
    pub property: String,
    /// Category of the technique.
    pub category: String,
    /// Category that it counts for.
    pub counts_as: String,
    /// Why it counts for less.
    #[serde(default)]
    pub because: Vec<String>,
}

/// Whether the scheme's minimum is met.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Minimum {
    /// Whether it is.
    pub met: bool,
    /// The results of the combination.
    #[serde(default)]
    pub findings: Vec<usize>,
    /// In words.
    pub text: String,
}

/// A further test.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct NextTest {
    /// The technique, as the scheme names it.
    pub technique: String,
    /// Its name in words.
    pub name: String,
    /// Its category.
    pub category: String,
    /// Whether the minimum would be met with it.
    pub completes: bool,
    /// Share of the open pairs that it would tell apart.
    #[serde(default)]
    pub tells_apart: Option<f64>,
}

/// A substance of a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Supported {
    /// What the results on it leave open.
    pub substances: Vec<Named>,
    /// Others of the register with the same skeleton.
    #[serde(default)]
    pub forms: Vec<Named>,
    /// What each result counts for.
    pub evidence: Vec<Weighed>,
    /// Results that speak against it.
    #[serde(default)]
    pub contradictions: Vec<String>,
    /// Whether the minimum is met.
    pub minimum: Minimum,
    /// Further tests.
    #[serde(default)]
    pub next: Vec<NextTest>,
}

/// Candidates that no result names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Leads {
    /// The candidates.
    pub substances: Vec<Named>,
    /// Further tests.
    #[serde(default)]
    pub next: Vec<NextTest>,
}

/// The scheme that was applied.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct SchemeUsed {
    /// Its name.
    pub name: String,
    /// Its edition.
    pub edition: String,
    /// What is to be known of it wherever it is cited.
    pub note: Option<String>,
}

/// A sample with its results.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Case {
    /// The sample.
    #[serde(default)]
    pub sample: Option<String>,
    /// How the techniques agree.
    pub agreement: String,
    /// What the sample holds.
    pub substances: Vec<Supported>,
    /// Where nothing is named.
    #[serde(default)]
    pub leads: Option<Leads>,
    /// All results.
    pub findings: Vec<CaseFinding>,
    /// The scheme.
    #[serde(default)]
    pub scheme: SchemeUsed,
    /// What the program cannot know.
    #[serde(default)]
    pub limits: String,
    /// What the case is not.
    #[serde(default)]
    pub notice: String,
    /// The program.
    #[serde(default)]
    pub program: Program,
    /// The sample as the place of the case; a case has no raw file of its own.
    #[serde(skip)]
    pub source: Source,
}

impl Case {
    /// Asks the records of its results what they say now.
    ///
    /// # Errors
    /// Where a record that is at hand has another entry than a result names.
    pub fn ask(&mut self, places: Places<'_>) -> Result<(), String> {
        let named = self.findings.iter().map(|finding| {
            let words = finding.origin.recorded.as_deref()?;
            EntryNamed::read(words)
        });
        let told = standings(&named.collect::<Vec<_>>(), places)?;
        for (finding, validity) in self.findings.iter_mut().zip(told) {
            finding.validity = validity;
        }
        Ok(())
    }
}

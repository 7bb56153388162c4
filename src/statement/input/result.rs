//! A result of `specid identify` as it was written, read with what may be missing in older ones.

use super::{Candidate, Hypotheses, Likeness};
use crate::decide::{Rate, Rule, VerdictLevel};
use crate::report::{Amends, Parameters, Recorded};
use serde::Deserialize;

/// Where the spectrum came from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Source {
    /// Path as given.
    pub path: String,
    /// Position in the file, from 0.
    #[serde(default)]
    pub index: usize,
    /// The record's own id or title.
    #[serde(default)]
    pub id: Option<String>,
    /// Format of the file.
    #[serde(default)]
    pub format: Option<String>,
    /// SHA-256 of the file.
    #[serde(default)]
    pub sha256: Option<String>,
}

/// The peak of a GC-MS run that a spectrum is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct OfPeak {
    /// 1 for the first in time.
    pub number: usize,
    /// Retention time of the apex, min.
    pub retention_min: f64,
    /// Per cent of the area of all peaks of the run.
    #[serde(default)]
    pub area_percent: f64,
    /// Whether the blank has it, too; `None` without a blank.
    #[serde(default)]
    pub in_blank: Option<bool>,
    /// Height over noise.
    #[serde(default)]
    pub signal_to_noise: f64,
    /// Share of the signal at the apex that is this peak's.
    #[serde(default)]
    pub purity: f64,
    /// Retention index.
    #[serde(default)]
    pub retention_index: Option<f64>,
    /// Area over that of the internal standard.
    #[serde(default)]
    pub ratio_to_internal_standard: Option<f64>,
}

/// The library that was searched.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct SearchedLibrary {
    /// Its name.
    pub name: String,
    /// Its generation.
    pub generation: u64,
    /// Its content hash.
    pub hash: String,
    /// File, or `embedded`.
    pub location: String,
    /// References compared.
    pub compared: usize,
    /// Whether its content hash was computed for the result; `None` in results of earlier programs.
    pub verified: Option<bool>,
}

/// The program that made the result.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A substance of the identified set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// The strictest control status that is possible.
    pub status: String,
    /// Every status that is possible, where there are several.
    pub possible_status: Option<String>,
    /// Rank among the candidates; `None` for an isomer of which the library holds no reference.
    pub rank: Option<usize>,
}

/// What is said of the spectrum.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Verdict {
    /// How much is said.
    pub level: VerdictLevel,
    /// The identified set.
    #[serde(default)]
    pub substances: Vec<Named>,
    /// Share of present substances that such a set contains.
    #[serde(default)]
    pub set_coverage: Option<f64>,
    /// Share of absent substances that are called identified.
    #[serde(default)]
    pub false_positive_rate: Option<Rate>,
    /// Why.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// The decision rule as it was applied.
    #[serde(default)]
    pub rule: Option<Rule>,
}

/// Likeness to an unknown that another laboratory gave notice of.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Alert {
    /// Id of the unknown.
    pub notice: String,
    /// Who gave notice.
    pub publisher: String,
    /// How alike they are.
    pub similarity: f64,
    /// What they found it to be.
    pub named: Option<String>,
    /// What they think that it may be.
    pub hypothesis: Vec<String>,
}

/// What would have been noticed of a substance that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Whether the library has a reference of it of this technique.
    pub in_library: bool,
    /// The answer in words.
    pub note: String,
}

/// One component of a mixture.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// InChIKey.
    pub inchikey: Option<String>,
    /// Entry that stands for it.
    pub entry_id: String,
    /// Share of the signal.
    pub share: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Whether the user said that it is in the sample.
    pub known: bool,
    /// Its control status.
    pub status: String,
    /// Substances that could stand in its place.
    pub look_alikes: Vec<Likeness>,
}

/// What the components leave.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Residual {
    /// Its share of the signal.
    pub share: f64,
    /// Whether it has bands or ions of its own.
    pub structured: bool,
    /// What it resembles most.
    pub like: Vec<String>,
    /// The largest ions that stand out of the components.
    pub ions: Vec<LeftIon>,
}

/// An ion that the components do not give.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct LeftIon {
    /// Its m/z.
    pub mz: f64,
    /// Part of the whole signal.
    pub share: f64,
}

/// What was found odd.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Warning {
    /// One sentence.
    pub message: String,
}

/// Quality of the spectrum.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Quality {
    /// Overall: `good`, `limited`, `poor`.
    pub level: String,
    /// Usable points or ions.
    pub points: usize,
    /// Signal-to-noise ratio.
    pub signal_to_noise: Option<f64>,
    /// What limits it, with cause and remedy.
    pub findings: Vec<String>,
}

impl Verdict {
    /// The substance of the set that ranks first.
    pub fn best(&self) -> Option<&Named> {
        let ranked = self.substances.iter().filter(|named| named.rank.is_some());
        ranked.min_by_key(|named| named.rank)
    }
}

/// A result.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Ranked {
    /// Where the spectrum came from.
    pub source: Source,
    /// The peak of a GC-MS run that it is of.
    #[serde(default)]
    pub peak: Option<OfPeak>,
    /// How it was measured.
    pub technique: String,
    /// Title of the record.
    #[serde(default)]
    pub title: String,
    /// What is said.
    pub verdict: Verdict,
    /// Unknowns of other laboratories that it is like.
    #[serde(default)]
    pub alerts: Vec<Alert>,
    /// What a negative means for substances that were asked for.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// Components; `None` where they were not looked for.
    #[serde(default)]
    pub components: Option<Vec<Component>>,
    /// What they leave.
    #[serde(default)]
    pub residual: Option<Residual>,
    /// What the shares mean.
    #[serde(default)]
    pub component_notes: Vec<String>,
    /// Hypotheses.
    #[serde(default)]
    pub emerging: Option<Hypotheses>,
    /// Candidates, best first.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// Quality.
    #[serde(default)]
    pub quality: Quality,
    /// What reading, preparing and searching found odd.
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// What the result is not, and what would confirm it.
    #[serde(default)]
    pub notice: String,
    /// The library.
    pub library: SearchedLibrary,
    /// The program.
    #[serde(default)]
    pub program: Program,
    /// The settings; `None` in older results.
    #[serde(default)]
    pub parameters: Option<Parameters>,
    /// The earlier result that this one takes the place of.
    #[serde(default)]
    pub amends: Option<Amends>,
    /// Where it stands in a record.
    #[serde(default)]
    pub recorded: Option<Recorded>,
}

impl Ranked {
    /// Whether its axis is of mass-to-charge ratio.
    pub fn is_mass(&self) -> bool {
        self.technique.ends_with("-ms")
    }

    /// Whether several components are named.
    pub fn is_mixed(&self) -> bool {
        self.components.as_ref().is_some_and(|all| all.len() > 1)
    }

    /// Candidates of the identified set; without one, the best three.
    pub fn foremost(&self) -> Vec<&Candidate> {
        const BEST: usize = 3;
        let set: Vec<usize> = self
            .verdict
            .substances
            .iter()
            .filter_map(|named| named.rank)
            .collect();
        match set.is_empty() {
            true => self.candidates.iter().take(BEST).collect(),
            false => self
                .candidates
                .iter()
                .filter(|c| set.contains(&c.rank))
                .collect(),
        }
    }
}

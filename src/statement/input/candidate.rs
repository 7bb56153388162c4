//! A candidate of a result.

use super::NationalStatus;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A substance beside another with which it can be confused.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Likeness {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    #[serde(default)]
    pub inchikey: Option<String>,
    /// Its control status in words.
    #[serde(default)]
    pub status: String,
}

/// A candidate that another can be told apart from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Apart {
    /// Its name.
    pub name: String,
    /// What separates them.
    #[serde(default)]
    pub by: Vec<String>,
}

/// One control status that is possible.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// The list in words.
    pub status: String,
    /// The substance that has it.
    pub substance: String,
    /// The entry as the list words it.
    pub entry: Option<String>,
    /// By what it is covered.
    pub basis: String,
    /// Since when.
    pub since: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// The decision.
    pub decision: Option<String>,
    /// Where the register has it from.
    pub source: Option<String>,
    /// Whether it was compared with a published list.
    pub checked: bool,
    /// Why it is possible.
    pub reason: String,
}

/// Control status of a candidate.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Control {
    /// The strictest status that is possible.
    pub status: String,
    /// The day that was asked for.
    pub on: Option<String>,
    /// How the register found the substance.
    pub matched_by: Option<String>,
    /// Every status that is possible, strictest first.
    pub possible: Vec<Standing>,
    /// What else must be known.
    pub remarks: Vec<String>,
    /// A country's own law.
    pub national: Option<NationalStatus>,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Candidate {
    /// 1 for the best.
    pub rank: usize,
    /// Its name.
    pub name: String,
    /// InChIKey.
    #[serde(default)]
    pub inchikey: Option<String>,
    /// CAS registry number.
    #[serde(default)]
    pub cas: Option<String>,
    /// Molecular formula.
    #[serde(default)]
    pub formula: Option<String>,
    /// Entry of the library.
    #[serde(default)]
    pub entry_id: String,
    /// Ranking score.
    pub score: f64,
    /// Distance to the next substance's score.
    #[serde(default)]
    pub margin: Option<f64>,
    /// Scores by name.
    #[serde(default)]
    pub scores: Map<String, Value>,
    /// By how much the query's axis reads higher.
    #[serde(default)]
    pub axis_shift: f64,
    /// The axis error: place, query minus reference.
    #[serde(default)]
    pub axis_error: Option<Vec<[f64; 2]>>,
    /// Unit of shift and error.
    #[serde(default)]
    pub axis_unit: String,
    /// First and last abscissa compared.
    #[serde(default)]
    pub overlap: Option<[f64; 2]>,
    /// Kind of the reference.
    #[serde(default)]
    pub reference_kind: String,
    /// Where the reference comes from.
    #[serde(default)]
    pub reference_origin: Option<String>,
    /// Role in the register.
    #[serde(default)]
    pub role: Option<String>,
    /// Class in the register.
    #[serde(default)]
    pub class: Option<String>,
    /// Control status.
    #[serde(default)]
    pub control: Control,
    /// What it cannot be told apart from here; `None` where that was not looked at.
    #[serde(default)]
    pub look_alikes: Option<Vec<Likeness>>,
    /// What it can be told apart from.
    #[serde(default)]
    pub told_apart: Option<Vec<Apart>>,
    /// Substances of the register with the same skeleton.
    #[serde(default)]
    pub same_skeleton: Vec<Likeness>,
}

impl Control {
    /// Every possible status, each once, strictest first.
    pub fn statuses(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.possible.iter().map(|s| s.status.as_str()).collect();
        if all.is_empty() && !self.status.is_empty() {
            all.push(&self.status);
        }
        all.dedup();
        all
    }
}

impl Candidate {
    /// Whether its axis is of mass-to-charge ratio.
    pub fn is_mass(&self) -> bool {
        self.axis_unit == "m/z"
    }
}

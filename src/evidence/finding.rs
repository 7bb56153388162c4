//! One result on a sample: that of a spectrum or of a peak of a run, or what an analyst states of another test.

use super::run::{OfPeak, Run, gathered};
use super::scheme::Lessening;
use crate::decide::{Level, VerdictLevel};
use crate::library::{Rate, ReferenceKind};
use crate::report::{Amends, EntryNamed, Parameters, Recorded};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Candidates that lead where none has look-alikes.
const NEXT: usize = 3;
/// Most leads of a result.
const MOST_LEADS: usize = 5;

/// A substance that a result names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    #[serde(default)]
    pub inchikey: Option<String>,
    /// Its control status in words.
    #[serde(default)]
    pub status: String,
}

/// One of these substances, as far as the result tells; several where they cannot be told apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// The substances.
    pub substances: Vec<Named>,
    /// What makes it count for less.
    pub lessened: Vec<Lessening>,
    /// How often a substance that is absent would be named so.
    pub false_positive_rate: Option<Rate>,
}

/// Where a result comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The raw file; for a stated test the table that states it.
    pub file: String,
    /// Position in it, from 1.
    pub place: usize,
    /// SHA-256 of the raw file.
    pub sha256: Option<String>,
    /// The library that was searched, with generation and hash.
    pub library: Option<String>,
    /// Its entry in a record, as number and hash.
    pub recorded: Option<String>,
    /// Who did the test and when, as stated.
    pub stated: Option<String>,
    /// Hash of its entry in a record.
    #[serde(skip)]
    pub entry: Option<String>,
    /// Hash of the entry that it takes the place of.
    #[serde(skip)]
    pub amends: Option<String>,
}

/// How a result ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It names substances.
    Positive,
    /// It is unlike everything it was compared with, or a stated test was negative.
    Negative,
    /// It names a class only.
    Class,
    /// It says nothing.
    Nothing,
}

/// One result on a sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Technique, as the scheme names it.
    pub technique: String,
    /// Where it comes from.
    pub origin: Origin,
    /// How it ends.
    pub outcome: Outcome,
    /// What it names; several for the components of a mixture and the peaks of a run.
    pub claims: Vec<Claim>,
    /// Whether what it names is said to be the whole of the sample: not a peak of a run, nor a component.
    #[serde(skip)]
    pub of_whole: bool,
    /// Where it names nothing: its best candidate and what that cannot be told apart from. They are named by no
    /// result, and only help to choose the next test.
    pub leads: Vec<Named>,
    /// What else was said, one sentence each.
    pub remarks: Vec<String>,
    /// Those of the remarks that a reader of the case must not miss: what was done by hand, and why something does not
    /// count.
    #[serde(skip)]
    pub told: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Source {
    pub(super) path: String,
    pub(super) index: usize,
    #[serde(default)]
    pub(super) sha256: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Searched {
    name: String,
    generation: u64,
    hash: String,
}

#[derive(Deserialize)]
pub(super) struct Verdict {
    pub(super) level: VerdictLevel,
    #[serde(default)]
    pub(super) substances: Vec<Named>,
    #[serde(default)]
    pub(super) false_positive_rate: Option<Rate>,
    #[serde(default)]
    reasons: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Quality {
    pub(super) level: Level,
}

#[derive(Deserialize)]
pub(super) struct Candidate {
    reference_kind: ReferenceKind,
    #[serde(default)]
    name: String,
    #[serde(default)]
    inchikey: Option<String>,
    #[serde(default)]
    control: Option<Control>,
    #[serde(default)]
    look_alikes: Option<Vec<Named>>,
}

#[derive(Deserialize)]
struct Control {
    status: String,
}

#[derive(Deserialize)]
struct Component {
    #[serde(flatten)]
    named: Named,
    share: f64,
    #[serde(default)]
    look_alikes: Vec<Named>,
}

#[derive(Deserialize)]
struct Residual {
    structured: bool,
}

#[derive(Deserialize)]
pub(super) struct Spectrum {
    pub(super) source: Source,
    technique: String,
    pub(super) verdict: Verdict,
    pub(super) library: Searched,
    pub(super) quality: Quality,
    #[serde(default)]
    pub(super) candidates: Vec<Candidate>,
    #[serde(default)]
    components: Vec<Component>,
    #[serde(default)]
    residual: Option<Residual>,
    #[serde(default)]
    pub(super) parameters: Option<Parameters>,
    #[serde(default)]
    pub(super) recorded: Option<Recorded>,
    #[serde(default)]
    pub(super) amends: Option<Amends>,
}

#[derive(Deserialize)]
pub(super) struct Failed {
    source: Source,
    error: Reason,
}

#[derive(Deserialize)]
struct Reason {
    message: String,
}

impl Finding {
    /// Reads results of `specid identify` and of a screening, in which each peak of a run has one of its own: those
    /// of one run are one result.
    ///
    /// # Errors
    /// The position of a value that is no such result, and why in one sentence.
    pub fn read_all(values: &[&Value]) -> Result<Vec<Self>, (usize, String)> {
        let peaks: Vec<Option<OfPeak>> = values.iter().map(|v| OfPeak::of(v)).collect();
        let mut found = Vec::new();
        for (at, value) in values.iter().enumerate() {
            let Some(own) = &peaks[at] else {
                found.push(Self::read(value).map_err(|told| (at, told))?);
                continue;
            };
            let is_of_run =
                |other: &Option<OfPeak>| other.as_ref().is_some_and(|o| o.is_of_run(own));
            if peaks[..at].iter().any(is_of_run) {
                continue;
            }
            let of_run = values
                .iter()
                .zip(&peaks)
                .filter(|(_, peak)| is_of_run(peak));
            let of_run: Vec<&Value> = of_run.map(|(value, _)| *value).collect();
            let run = gathered(&of_run).map_err(|e| (at, incomplete(&e)))?;
            match run {
                Some(run) => found.push(Self::of_run(run)),
                None => found.push(Self::read(value).map_err(|told| (at, told))?),
            }
        }
        Ok(found)
    }

    /// Reads a result of `specid identify`, of a spectrum or a run.
    ///
    /// # Errors
    /// One sentence where it is no such result, or an incomplete one.
    pub fn read(value: &Value) -> Result<Self, String> {
        let schema = value.get("schema").and_then(Value::as_str);
        let is_error = value.get("error").is_some_and(|e| !e.is_null());
        match schema {
            Some(crate::report::SCHEMA) if is_error => {
                Failed::deserialize(value).map(Self::failed)
            }
            Some(crate::report::SCHEMA) => Spectrum::deserialize(value).map(Self::of_spectrum),
            Some(crate::report::run::SCHEMA) => Run::deserialize(value).map(Self::of_run),
            other => {
                return Err(format!(
                    "expected a result of `specid identify --format json` (schema {:?} or {:?}), found schema {:?}",
                    crate::report::SCHEMA,
                    crate::report::run::SCHEMA,
                    other.unwrap_or("none")
                ));
            }
        }
        .map_err(|e| incomplete(&e))
    }

    fn failed(failed: Failed) -> Self {
        Self {
            technique: String::new(),
            origin: Origin::of(&failed.source, None, None),
            outcome: Outcome::Nothing,
            claims: Vec::new(),
            of_whole: false,
            leads: Vec::new(),
            told: vec![failed.error.message.clone()],
            remarks: vec![failed.error.message],
        }
    }

    fn of_spectrum(result: Spectrum) -> Self {
        let mut lessened = Vec::new();
        if result.quality.level != Level::Good {
            lessened.push(Lessening::Quality);
        }
        if is_principal(&result.candidates) {
            lessened.push(Lessening::PrincipalIons);
        }
        let structured = result.residual.as_ref().is_some_and(|r| r.structured);
        let mixed = result.components.len() > 1;
        if mixed || (structured && !result.components.is_empty()) {
            lessened.push(Lessening::Mixture);
        }
        let mut remarks = result.verdict.reasons.clone();
        let outcome = outcome(result.verdict.level);
        let (outcome, claims) = match mixed {
            true => {
                let claim = |component: &Component| {
                    remarks.push(format!(
                        "{} as a component: {:.0} % of the signal, not of the weight.",
                        component.named.name,
                        100.0 * component.share
                    ));
                    let own = std::iter::once(&component.named);
                    let all = own.chain(&component.look_alikes).cloned().collect();
                    // How often a component is named wrongly is not known for each result.
                    Claim::of(all, &lessened, None)
                };
                (
                    Outcome::Positive,
                    result.components.iter().map(claim).collect(),
                )
            }
            false if outcome == Outcome::Positive => {
                let rate = result.verdict.false_positive_rate;
                let claim = Claim::of(result.verdict.substances, &lessened, rate);
                (outcome, vec![claim])
            }
            false => (outcome, Vec::new()),
        };
        if let Some(amends) = &result.amends {
            remarks.push(format!(
                "It takes the place of entry {} of the record: {}.",
                amends.entry, amends.because
            ));
        }
        let finding = Self {
            technique: result.technique,
            origin: Origin::of(
                &result.source,
                Some(&result.library),
                result.recorded.as_ref(),
            )
            .amending(result.amends.as_ref()),
            of_whole: !lessened.contains(&Lessening::Mixture),
            leads: match outcome {
                Outcome::Nothing | Outcome::Class => leads(result.candidates),
                Outcome::Positive | Outcome::Negative => Vec::new(),
            },
            outcome,
            claims,
            remarks,
            told: Vec::new(),
        };
        finding.unless_left_out(result.parameters.as_ref())
    }

    /// The result, which counts for nothing where it was made without some of the library's substances.
    pub(super) fn unless_left_out(mut self, parameters: Option<&Parameters>) -> Self {
        let names = parameters.map(|p| p.names("without")).unwrap_or_default();
        if !names.is_empty() {
            self.discount(format!(
                "It was made as if the library lacked {} (--without), so it counts for nothing; identify without that for a case.",
                names.join(", ")
            ));
        }
        self
    }

    /// Takes back what it says, for this reason.
    pub fn discount(&mut self, because: String) {
        self.outcome = Outcome::Nothing;
        self.claims.clear();
        self.leads.clear();
        self.tell_once(because);
    }

    /// Adds such a remark where it does not stand there yet: of a run each peak has the same.
    pub fn tell_once(&mut self, remark: String) {
        if !self.told.contains(&remark) {
            self.tell(remark);
        }
    }

    /// Adds a remark that a reader of the case must not miss.
    pub fn tell(&mut self, remark: String) {
        self.remarks.insert(0, remark.clone());
        self.told.push(remark);
    }
}

impl Claim {
    /// A claim of these substances.
    pub fn of(substances: Vec<Named>, lessened: &[Lessening], rate: Option<Rate>) -> Self {
        let mut lessened = lessened.to_vec();
        let mut skeletons: Vec<&str> = substances.iter().map(Named::key).collect();
        skeletons.sort_unstable();
        skeletons.dedup();
        if skeletons.len() > 1 {
            lessened.insert(0, Lessening::Set);
        }
        Self {
            substances,
            lessened,
            false_positive_rate: rate,
        }
    }
}

impl Named {
    /// What tells it from other substances, stereochemistry aside: the first block of its InChIKey, else its
    /// name.
    pub fn key(&self) -> &str {
        let block = self.inchikey.as_deref().and_then(|key| key.get(..14));
        block.unwrap_or(&self.name)
    }
}

impl Origin {
    pub(super) fn of(
        source: &Source,
        library: Option<&Searched>,
        recorded: Option<&Recorded>,
    ) -> Self {
        Self {
            file: source.path.clone(),
            place: source.index + 1,
            sha256: source.sha256.clone(),
            library: library
                .map(|l| format!("{}, generation {}, {}", l.name, l.generation, l.hash)),
            recorded: recorded.map(|r| EntryNamed::from(r).words()),
            stated: None,
            entry: recorded.map(|r| r.hash.clone()),
            amends: None,
        }
    }

    pub(super) fn amending(self, amends: Option<&Amends>) -> Self {
        Self {
            amends: amends.map(|a| a.hash.clone()),
            ..self
        }
    }
}

fn incomplete(error: &serde_json::Error) -> String {
    format!("the result is incomplete ({error})")
}

pub(super) fn outcome(level: VerdictLevel) -> Outcome {
    match level {
        VerdictLevel::Identified => Outcome::Positive,
        VerdictLevel::ClassOnly => Outcome::Class,
        VerdictLevel::NotInLibrary => Outcome::Negative,
        VerdictLevel::Inconclusive => Outcome::Nothing,
    }
}

pub(super) fn is_principal(candidates: &[Candidate]) -> bool {
    let best = candidates.first();
    best.is_some_and(|c| c.reference_kind == ReferenceKind::PrincipalIons)
}

/// The best candidate and its look-alikes; without look-alikes the next two.
fn leads(candidates: Vec<Candidate>) -> Vec<Named> {
    let alike = candidates.first().and_then(|c| c.look_alikes.clone());
    let alike = alike.filter(|a| !a.is_empty());
    let shown = if alike.is_some() { 1 } else { NEXT };
    let own = candidates.into_iter().take(shown).map(|c| Named {
        name: c.name,
        inchikey: c.inchikey,
        status: c.control.map_or_else(String::new, |c| c.status),
    });
    own.chain(alike.into_iter().flatten())
        .take(MOST_LEADS)
        .collect()
}

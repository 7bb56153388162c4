//! What a batch needs of one spectrum's result, small enough to go through thousands of them.

mod component;
mod peak;

pub use crate::report::run::MAIN_PERCENT;
pub use component::{ComponentBrief, MixtureBrief};
pub use peak::{InjectionBrief, PeakBrief};

use crate::decide::VerdictLevel;
use crate::report::{Candidate, Failure, Identification, Outcome};
use crate::spectrum::{Provenance, Spectrum};
use crate::substance::Instrument;
use serde::{Deserialize, Serialize};

/// Kind of the outcome of a spectrum whose technique is not looked at.
pub const LEFT_OUT: &str = "left-out";
/// Candidates kept in a brief.
const KEPT: usize = 5;

/// The short form of one spectrum's outcome.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brief {
    /// Path of the file, or archive and member.
    pub path: String,
    /// Position in the file, from 0.
    pub index: usize,
    /// The record's own id or title.
    pub id: Option<String>,
    /// Title of the record.
    pub title: Option<String>,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
    /// Technique, where it is known.
    pub technique: Option<String>,
    /// The verdict; `None` for a failure.
    pub level: Option<VerdictLevel>,
    /// Kind and sentence of a failure.
    pub error: Option<(String, String)>,
    /// Substances of the identified set.
    pub set: Vec<Member>,
    /// Estimate and 95 % interval of the false-positive rate.
    pub rate: Option<[f64; 3]>,
    /// Why the verdict is so.
    pub reasons: Vec<String>,
    /// Quality in one word.
    pub quality: Option<String>,
    /// What limits the quality.
    pub findings: Vec<String>,
    /// Kind and sentence of each warning.
    pub warnings: Vec<(String, String)>,
    /// The first candidates.
    pub candidates: Vec<Placed>,
    /// What it seems to be made of; `None` where it was not taken apart.
    pub mixture: Option<MixtureBrief>,
    /// The class that its substance may belong to, in words, where hypotheses were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_hypothesis: Option<String>,
    /// What was said of the targets.
    pub targets: Vec<(String, String)>,
    /// Name, generation and hash of the library.
    pub library: Option<(String, u64, String)>,
    /// Instrument and date of measurement, as the file states them.
    pub instrument: Option<String>,
    /// Date of measurement, as the file states it.
    pub date: Option<String>,
    /// The injection that it is of; `None` for what is of no GC-MS run.
    pub injection: Option<InjectionBrief>,
    /// Which peak of it; `None` where there is none.
    pub peak: Option<PeakBrief>,
}

/// A substance of an identified set, or one that cannot be told apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Its control status in words.
    pub status: String,
}

/// A candidate in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Name, InChIKey and control status.
    #[serde(flatten)]
    pub member: Member,
    /// CAS number.
    pub cas: Option<String>,
    /// Entry of the library.
    pub entry: String,
    /// Ranking score.
    pub score: f64,
    /// Distance to the next substance's score.
    pub margin: Option<f64>,
    /// Date since which it is controlled.
    pub since: Option<String>,
    /// Whether the register's entry was checked against the official list.
    pub checked: bool,
    /// Class in the register.
    pub class: Option<String>,
    /// Role in the register.
    pub role: Option<String>,
    /// By how much the sample's axis reads higher.
    pub shift: f64,
    /// Unit of the shift.
    pub unit: String,
    /// What it cannot be told apart from.
    pub look_alikes: Vec<Member>,
    /// Drawing of the reference in the run's store.
    pub reference: Option<String>,
}

#[cfg(test)]
impl Placed {
    /// A candidate of this name and score, for tests of what is made of briefs.
    pub(crate) fn made(member: Member, score: f64) -> Self {
        Self {
            member,
            cas: None,
            entry: String::new(),
            score,
            margin: None,
            since: None,
            checked: true,
            class: None,
            role: None,
            shift: 0.0,
            unit: "cm-1".to_owned(),
            look_alikes: Vec::new(),
            reference: None,
        }
    }
}

impl Member {
    /// What makes it this very form of a substance: the InChIKey, else the name.
    pub fn form(&self) -> String {
        self.inchikey
            .clone()
            .unwrap_or_else(|| self.name.to_lowercase())
    }

    /// What makes it the same substance as another: the first block of the InChIKey, since few
    /// techniques see more, else the name.
    pub fn key(&self) -> String {
        match &self.inchikey {
            Some(key) => key.split('-').next().unwrap_or(key).to_owned(),
            None => self.name.to_lowercase(),
        }
    }
}

impl Brief {
    /// The short form of an outcome; `spectrum` where it could be read.
    pub fn of(outcome: &Outcome, spectrum: Option<&Spectrum>) -> Self {
        let mut brief = match outcome {
            Outcome::Ranked(result) => ranked(result),
            Outcome::Failed(failure) => failed(failure),
        };
        if let Some(spectrum) = spectrum {
            let Provenance {
                instrument, date, ..
            } = &spectrum.provenance;
            brief.instrument.clone_from(instrument);
            brief.date.clone_from(date);
            brief.technique = Some(spectrum.technique.id().to_owned());
            brief.title = Some(spectrum.title.clone()).filter(|title| !title.is_empty());
        }
        brief
    }

    /// The best candidate.
    pub fn best(&self) -> Option<&Placed> {
        self.candidates.first()
    }

    /// Kind and sentence of why it could not be used. A spectrum that the user left out is no failure.
    pub fn failure(&self) -> Option<(&str, &str)> {
        let (kind, message) = self.error.as_ref()?;
        (kind != LEFT_OUT).then_some((kind, message))
    }

    /// Whether the user left it out.
    pub fn is_left_out(&self) -> bool {
        self.error
            .as_ref()
            .is_some_and(|(kind, _)| kind == LEFT_OUT)
    }

    /// Whether it must not be overlooked: a spectrum of its own, or a peak of the sample that is a good part of its
    /// run.
    pub fn is_main(&self) -> bool {
        let peak = self.peak.as_ref();
        peak.is_none_or(|peak| peak.area_percent >= MAIN_PERCENT) && self.is_of_sample()
    }

    /// Whether it is a peak that the blank has, too, which is not counted for its sample.
    pub fn is_of_blank(&self) -> bool {
        let peak = self.peak.as_ref();
        peak.is_some_and(|peak| peak.in_blank == Some(true))
    }

    /// Whether it is the peak of the internal standard, which the laboratory added.
    pub fn is_standard(&self) -> bool {
        self.peak.as_ref().is_some_and(PeakBrief::is_standard)
    }

    /// Whether it counts for its sample: neither a peak that the blank has, too, nor the internal standard.
    pub fn is_of_sample(&self) -> bool {
        !self.is_of_blank() && !self.is_standard()
    }

    /// Whether the spectrum was looked at and gave a verdict.
    pub fn is_judged(&self) -> bool {
        self.level.is_some()
    }
}

fn failed(failure: &Failure) -> Brief {
    Brief {
        path: failure.source.path.clone(),
        index: failure.source.index,
        id: failure.source.id.clone(),
        sha256: failure.source.sha256.clone(),
        error: Some((failure.error.kind.clone(), failure.error.message.clone())),
        ..Brief::default()
    }
}

fn ranked(result: &Identification) -> Brief {
    let verdict = &result.verdict;
    let rate = verdict.false_positive_rate.as_ref();
    let set = verdict.substances.iter().map(|named| Member {
        name: named.name.clone(),
        inchikey: named.inchikey.clone(),
        status: named.status.clone(),
    });
    let targets = result.targets.iter();
    Brief {
        path: result.source.path.clone(),
        index: result.source.index,
        id: result.source.id.clone(),
        sha256: result.source.sha256.clone(),
        technique: Some(result.technique.to_owned()),
        level: Some(verdict.level),
        error: None,
        set: set.collect(),
        rate: rate.map(|r| [r.estimate, r.low, r.high]),
        reasons: verdict.reasons.clone(),
        quality: Some(result.quality.level.label().to_owned()),
        findings: result.quality.findings.clone(),
        warnings: result
            .warnings
            .iter()
            .map(|w| (w.kind.id().to_owned(), w.message.clone()))
            .collect(),
        candidates: result.candidates.iter().take(KEPT).map(placed).collect(),
        mixture: result.mixture.as_ref().map(MixtureBrief::of),
        class_hypothesis: class_hypothesis(result),
        targets: targets.map(|t| (t.name.clone(), t.note.clone())).collect(),
        library: Some((
            result.library.name.clone(),
            result.library.generation,
            result.library.hash.clone(),
        )),
        ..Brief::default()
    }
}

/// The class that its substance may belong to, in words, where hypotheses were asked for.
pub(super) fn class_hypothesis(result: &Identification) -> Option<String> {
    result.emerging.as_ref()?.class.as_ref()?.words()
}

fn placed(candidate: &Candidate) -> Placed {
    let alike = candidate.look_alikes.iter().flatten();
    Placed {
        member: Member {
            name: candidate.name.clone(),
            inchikey: candidate.inchikey.clone(),
            status: candidate.control.status.clone(),
        },
        cas: candidate.cas.clone(),
        entry: candidate.entry_id.clone(),
        score: candidate.score,
        margin: candidate.margin,
        since: candidate.control.since.clone(),
        // What is in no list has nothing to be checked.
        checked: candidate.control.checked
            || !candidate
                .control
                .instrument
                .is_some_and(Instrument::is_listing),
        class: candidate.class.clone(),
        role: candidate.role.clone(),
        shift: candidate.axis_shift,
        unit: candidate.axis_unit.to_owned(),
        look_alikes: alike
            .map(|m| Member {
                name: m.name.clone(),
                inchikey: m.inchikey.clone(),
                status: m.status.clone(),
            })
            .collect(),
        reference: None,
    }
}

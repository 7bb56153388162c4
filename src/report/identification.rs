//! The result of identifying one spectrum: the machine-readable contract
//! `specid.identification/1` (JSON Schema in `src/report/identification.schema.json`).

use super::alert::Alert;
use super::control::{ControlView, Law};
use super::emerging::EmergingView;
use super::mixture::MixtureView;
use super::parameters::Parameters;
use super::recorded::{Amends, Recorded};
use super::target::Target;
use crate::decide::{
    ClassFound, Level, NOTICE, Neighbourhood, Neighbours, Quality, Rate, Rule, VerdictLevel,
    assess_quality, confirm_by, decide, margins,
};
use crate::library::{Library, LibraryError, ReferenceKind};
use crate::search::{Hit, Ranking};
use crate::spectrum::{Identity, Spectrum, Warning};
use crate::substance::{Form, Instrument, Substance};
use serde::Serialize;
use serde_json::{Map, Value};

/// Name and version of the result's form.
pub const SCHEMA: &str = "specid.identification/1";

/// How many candidates of a ranking a result holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Candidates.
    pub top: usize,
    /// Of these, with look-alikes.
    pub look_alikes: usize,
}

impl Shown {
    /// Candidates whose look-alikes are told where many spectra are in a hurry: comparing the references of ten
    /// takes as long as the search for an EI spectrum.
    const FEW: usize = 3;

    /// So many, the foremost with look-alikes.
    pub fn in_brief(top: usize) -> Self {
        let look_alikes = Self::FEW;
        Self { top, look_alikes }
    }

    /// So many, all with look-alikes.
    pub fn in_full(top: usize) -> Self {
        let look_alikes = top;
        Self { top, look_alikes }
    }
}

/// Where the spectrum came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// Path as given.
    pub path: String,
    /// Position in the file, from 0.
    pub index: usize,
    /// The record's own id or title.
    pub id: Option<String>,
    /// Format of the file.
    pub format: Option<String>,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
}

/// The library that was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LibraryView {
    /// Its name.
    pub name: String,
    /// Its generation.
    pub generation: u64,
    /// Its content hash.
    pub hash: String,
    /// File, or `embedded`.
    pub location: String,
    /// References of the query's technique that were compared.
    pub compared: usize,
    /// Whether the content hash was computed for this result; else it is what the file states.
    pub verified: bool,
}

impl LibraryView {
    /// What is told of a library of which so many references were compared.
    pub fn of(library: &Library, compared: usize) -> Self {
        Self {
            name: library.info.name.clone(),
            generation: library.info.generation,
            hash: library.info.hash.clone(),
            location: library.location(),
            compared,
            verified: library.is_verified(),
        }
    }
}

/// The program that made the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgramView {
    /// `specid`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// A substance that shares the candidate's skeleton.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SameSkeleton {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Its control status in words.
    pub status: String,
}

/// A candidate that another one can be told apart from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldApart {
    /// Its name.
    pub name: String,
    /// Ions or bands that separate them, such as `m/z 105 stronger in Fentanyl`.
    pub by: Vec<String>,
}

/// One candidate substance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// 1 for the best.
    pub rank: usize,
    /// Name as the library's entry states it.
    pub name: String,
    /// InChIKey.
    pub inchikey: Option<String>,
    /// CAS registry number.
    pub cas: Option<String>,
    /// Molecular formula.
    pub formula: Option<String>,
    /// Best entry of the substance.
    pub entry_id: String,
    /// Ranking score.
    pub score: f64,
    /// Distance to the next substance's score.
    pub margin: Option<f64>,
    /// All scores by name.
    pub scores: Map<String, Value>,
    /// By how much the query's axis reads higher than the reference's.
    pub axis_shift: f64,
    /// The axis error found against this candidate, `[place, query minus reference]`, where the bands
    /// fix it; `None` for mass spectra and where no curve was fitted.
    pub axis_error: Option<Vec<[f64; 2]>>,
    /// Unit of the shift, the error and the overlap.
    pub axis_unit: &'static str,
    /// First and last abscissa compared.
    pub overlap: Option<[f64; 2]>,
    /// What kind of reference the entry is.
    pub reference_kind: ReferenceKind,
    /// Laboratory or source of the reference.
    pub reference_origin: Option<String>,
    /// Role in the register.
    pub role: Option<String>,
    /// Class in the register.
    pub class: Option<String>,
    /// Control status.
    pub control: ControlView,
    /// Substances of this library that it cannot be told apart from at this quality and range,
    /// strictest control first; `None` where they were not looked for.
    pub look_alikes: Option<Vec<SameSkeleton>>,
    /// The next candidates that it can be told apart from, and by what.
    pub told_apart: Option<Vec<ToldApart>>,
    /// Other substances of the register with the same skeleton: most techniques cannot tell them apart.
    pub same_skeleton: Vec<SameSkeleton>,
}

/// A substance of the identified set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// Name as the library's entry states it.
    pub name: String,
    /// InChIKey.
    pub inchikey: Option<String>,
    /// The strictest control status that is possible, in words.
    pub status: String,
    /// Every status that is possible, in words, where there are several.
    pub possible_status: Option<String>,
    /// Rank among the candidates; `None` for an isomer of which the library holds no reference, and which
    /// nothing excludes.
    pub rank: Option<usize>,
}

/// What is said of the spectrum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictView {
    /// How much is said.
    pub level: VerdictLevel,
    /// The identified set: one of these, as far as the technique can tell; strictest control first, of equals the best
    /// candidate.
    pub substances: Vec<Named>,
    /// Measured share of present substances that such a set contains.
    pub set_coverage: Option<f64>,
    /// Measured share of absent substances that are called identified.
    pub false_positive_rate: Option<Rate>,
    /// The class that a verdict of class only says, and how often such a class is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<ClassFound>,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// The decision rule as it was applied; absent where there was none to apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
}

impl VerdictView {
    /// The name of the best of the identified set; `None` where nothing is identified.
    pub fn identified(&self) -> Option<&str> {
        let best = self.best()?;
        (self.level == VerdictLevel::Identified).then_some(best.name.as_str())
    }

    /// The substance of the set that ranks first.
    pub fn best(&self) -> Option<&Named> {
        let ranked = self.substances.iter().filter(|named| named.rank.is_some());
        ranked.min_by_key(|named| named.rank)
    }
}

/// Result for one spectrum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Identification {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where the spectrum came from.
    pub source: SourceView,
    /// How it was measured.
    pub technique: &'static str,
    /// Title of the record.
    pub title: String,
    /// What is said of it.
    pub verdict: VerdictView,
    /// Unknowns of other laboratories that it is like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Alert>,
    /// What a negative means for the substances that the user named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What the spectrum is made of; `None` where it was not asked or cannot be told.
    #[serde(flatten)]
    pub mixture: Option<MixtureView>,
    /// What may be said of a substance that the library does not have; `None` where one is identified and
    /// for techniques of which nothing can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emerging: Option<EmergingView>,
    /// Candidates, best first, one per substance.
    pub candidates: Vec<Candidate>,
    /// Quality of the query.
    pub quality: Quality,
    /// What reading, preparing and searching found odd.
    pub warnings: Vec<Warning>,
    /// What the result is not, and what would confirm it.
    pub notice: String,
    /// The library that was searched.
    pub library: LibraryView,
    /// The program.
    pub program: ProgramView,
    /// The settings under which the result was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Parameters>,
    /// The earlier result that this one takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amends: Option<Amends>,
    /// Where the result stands in a record; written after it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Recorded>,
}

/// Why there is no result for a spectrum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where the spectrum came from.
    pub source: SourceView,
    /// The reason.
    pub error: FailureReason,
    /// The program.
    pub program: ProgramView,
    /// Where the failure stands in a record; written after it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Recorded>,
}

/// Reason of a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureReason {
    /// Stable name for programs.
    pub kind: String,
    /// One sentence.
    pub message: String,
}

/// A result or the reason why there is none; one per spectrum, in input order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Candidates were ranked.
    Ranked(Box<Identification>),
    /// The spectrum could not be read or searched.
    Failed(Box<Failure>),
}

impl Outcome {
    /// Whether nothing of the library is like it, as far as it can be told: what was not searched, is too poor, or
    /// is not in the library.
    pub fn is_like_nothing(&self) -> bool {
        match self {
            Self::Ranked(result) => {
                result.verdict.level == VerdictLevel::NotInLibrary
                    || result.quality.level == Level::Poor
            }
            Self::Failed(_) => true,
        }
    }
}

impl Default for ProgramView {
    fn default() -> Self {
        Self {
            name: "specid",
            version: crate::program::VERSION,
        }
    }
}

impl SourceView {
    /// A place in a file of which no more is known.
    pub fn of_file(path: impl Into<String>, index: usize, sha256: Option<String>) -> Self {
        Self {
            path: path.into(),
            index,
            id: None,
            format: None,
            sha256,
        }
    }

    /// Source of a spectrum that was read.
    pub fn of(spectrum: &Spectrum) -> Self {
        let provenance = &spectrum.provenance;
        let title = (!spectrum.title.is_empty()).then(|| spectrum.title.clone());
        Self {
            path: provenance.path.clone(),
            index: provenance.index,
            id: provenance.id.clone().or(title),
            format: Some(provenance.format.clone()),
            sha256: Some(provenance.sha256.clone()),
        }
    }
}

impl Outcome {
    /// A failure of this kind.
    pub fn failed(source: SourceView, kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Failed(Box::new(Failure {
            schema: SCHEMA,
            source,
            error: FailureReason {
                kind: kind.into(),
                message: message.into(),
            },
            program: ProgramView::default(),
            recorded: None,
        }))
    }
}

/// Puts the first substances of a ranking into the result's form.
///
/// # Errors
/// [`LibraryError`] where a candidate's entry is damaged.
pub fn identification(
    spectrum: &Spectrum,
    ranking: &Ranking,
    library: &Library,
    law: Law<'_>,
    shown: Shown,
) -> Result<Identification, LibraryError> {
    let form = Form::Measured(spectrum.technique);
    let scores: Vec<f64> = ranking.hits.iter().map(|h| h.score).collect();
    let candidates = ranking
        .hits
        .iter()
        .zip(margins(&scores))
        .take(shown.top)
        .enumerate()
        .map(|(i, (hit, margin))| candidate(i + 1, hit, margin, library, law, form))
        .collect::<Result<Vec<_>, _>>()?;
    let mut candidates = candidates;
    let around = Neighbourhood::of(spectrum, ranking, library);
    for (index, candidate) in candidates.iter_mut().enumerate().take(shown.look_alikes) {
        if let Some(found) = around.as_ref().and_then(|a| a.neighbours(index)) {
            let (alike, apart) = neighbours_view(&found, candidate, ranking, library, law, form)?;
            candidate.look_alikes = Some(alike);
            candidate.told_apart = Some(apart);
        }
    }
    let quality = assess_quality(spectrum);
    Ok(Identification {
        schema: SCHEMA,
        source: SourceView::of(spectrum),
        technique: spectrum.technique.id(),
        title: spectrum.title.clone(),
        verdict: verdict(ranking, &quality, library, law, form)?,
        alerts: Vec::new(),
        targets: Vec::new(),
        mixture: None,
        emerging: None,
        candidates,
        quality,
        warnings: spectrum
            .warnings
            .iter()
            .chain(&ranking.warnings)
            .cloned()
            .collect(),
        notice: format!("{NOTICE} {}", confirm_by(spectrum.technique)),
        library: LibraryView::of(library, ranking.compared),
        program: ProgramView::default(),
        parameters: None,
        amends: None,
        recorded: None,
    })
}

fn neighbours_view(
    found: &Neighbours,
    candidate: &Candidate,
    ranking: &Ranking,
    library: &Library,
    law: Law<'_>,
    form: Form,
) -> Result<(Vec<SameSkeleton>, Vec<ToldApart>), LibraryError> {
    let entry = |index: usize| {
        let hit = ranking.hits.get(index);
        hit.map(|hit| library.entry(hit.entry)).transpose()
    };
    let mut alike = Vec::with_capacity(found.alike.len());
    for index in &found.alike {
        if let Some(entry) = entry(*index)? {
            let status = law.status(&entry.identity, form);
            let view = SameSkeleton {
                name: entry.identity.name,
                inchikey: entry.identity.inchikey,
                status: status.status,
            };
            alike.push((status.instrument, view));
        }
    }
    let mut apart = Vec::with_capacity(found.apart.len());
    for other in &found.apart {
        let Some(entry) = entry(other.index)? else {
            continue;
        };
        let name = entry.identity.name;
        let by = other.by.iter().map(|(x, own)| {
            let stronger = if *own { &candidate.name } else { &name };
            match candidate.axis_unit {
                "m/z" => format!("m/z {x:.*} stronger in {stronger}", other.decimals),
                unit => format!("{x:.0} {unit} stronger in {stronger}"),
            }
        });
        apart.push(ToldApart {
            by: by.collect(),
            name: name.clone(),
        });
    }
    Ok((strictest_first(alike), apart))
}

fn verdict(
    ranking: &Ranking,
    quality: &Quality,
    library: &Library,
    law: Law<'_>,
    form: Form,
) -> Result<VerdictView, LibraryError> {
    let verdict = decide(ranking, quality, library, law.register);
    let named = |identity: Identity, rank: Option<usize>| {
        let control = law.status(&identity, form);
        let named = Named {
            possible_status: control.is_open().then(|| control.words()),
            status: control.status,
            name: identity.name,
            inchikey: identity.inchikey,
            rank,
        };
        (control.instrument, named)
    };
    let mut substances = Vec::with_capacity(verdict.set.len() + verdict.lacking.len());
    for index in &verdict.set {
        if let Some(hit) = ranking.hits.get(*index) {
            let identity = library.entry(hit.entry)?.identity;
            substances.push(named(identity, Some(index + 1)));
        }
    }
    let lacking = verdict.lacking.into_iter();
    substances.extend(lacking.map(|identity| named(identity, None)));
    let of_class = verdict.level == VerdictLevel::ClassOnly;
    let class = of_class.then(|| ClassFound::of(ranking, library, law.register));
    Ok(VerdictView {
        class: class.flatten(),
        level: verdict.level,
        substances: strictest_first(substances),
        set_coverage: verdict.set_coverage,
        false_positive_rate: verdict.false_positive_rate,
        reasons: verdict.reasons,
        rule: verdict.rule,
    })
}

fn candidate(
    rank: usize,
    hit: &Hit,
    margin: Option<f64>,
    library: &Library,
    law: Law<'_>,
    form: Form,
) -> Result<Candidate, LibraryError> {
    let entry = library.entry(hit.entry)?;
    let found = law.register.find(&entry.identity);
    let substance = found.map(|(s, _)| s);
    Ok(Candidate {
        rank,
        margin,
        score: hit.score,
        scores: hit
            .scores
            .iter()
            .map(|(k, v)| ((*k).to_owned(), Value::from(*v)))
            .collect(),
        axis_shift: hit.axis_shift,
        axis_error: (!hit.axis_curve.is_empty())
            .then(|| hit.axis_curve.iter().map(|(x, d)| [*x, *d]).collect()),
        axis_unit: entry.x_unit.symbol(),
        overlap: hit.overlap.map(|(a, b)| [a, b]),
        reference_kind: entry.kind,
        reference_origin: entry.provenance.origin.clone(),
        role: substance.map(|s| s.role.clone()),
        class: substance.map(|s| s.class.clone()),
        control: law.status(&entry.identity, form),
        look_alikes: None,
        told_apart: None,
        same_skeleton: same_skeleton(&entry.identity, substance, law),
        name: entry.identity.name,
        inchikey: entry.identity.inchikey,
        cas: entry.identity.cas,
        formula: entry.identity.formula,
        entry_id: entry.id,
    })
}

/// Other substances of the register with the same skeleton, and stereoisomers that only the lists name, strictest
/// control first.
fn same_skeleton(identity: &Identity, own: Option<&Substance>, law: Law<'_>) -> Vec<SameSkeleton> {
    let others = law.register.same_skeleton(identity, own);
    let mut views: Vec<(Option<Instrument>, SameSkeleton)> = others
        .into_iter()
        .map(|other| {
            let control = law.status(&other.identity, Form::Exact);
            let view = SameSkeleton {
                name: other.identity.name.clone(),
                inchikey: other.identity.inchikey.clone(),
                status: control.status,
            };
            (control.instrument, view)
        })
        .collect();
    for rule in law.register.listed_isomers(identity, law.on) {
        let known = |view: &SameSkeleton| view.inchikey == rule.inchikey || view.name == rule.entry;
        if !views.iter().any(|(_, view)| known(view)) {
            let view = SameSkeleton {
                name: rule.entry.clone(),
                inchikey: rule.inchikey.clone(),
                status: rule.list.status().to_owned(),
            };
            views.push((Some(rule.list), view));
        }
    }
    strictest_first(views)
}

/// In the order of their lists; what the register does not know may be anything and comes where that does.
fn strictest_first<T>(mut views: Vec<(Option<Instrument>, T)>) -> Vec<T> {
    views.sort_by_key(|(instrument, _)| instrument.unwrap_or(Instrument::Unregistered));
    views.into_iter().map(|(_, view)| view).collect()
}

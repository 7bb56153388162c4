//! All figures of a validation, and their summary for a library file.

use super::bootstrap::{Clusters, DRAWS, SEED};
use super::breakdown::{Part, breakdown, part};
use super::ranking::{Ranked, ranked};
use super::roc::{Roc, roc};
use super::trial::{LeftOut, OWN_SCORE, PUBLISHED, Trial};
use super::verdicts::{Verdicts, verdicts};
use crate::library::{Library, ValidatedFigures, ValidatedFile, ValidationSummary, rounded};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Name and version of the machine-readable form.
pub const SCHEMA: &str = "specid.validation/1";

/// The library that was validated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedLibrary {
    /// Its name.
    pub name: String,
    /// Its generation.
    pub generation: u64,
    /// Its content hash.
    pub hash: String,
    /// File, or `embedded`.
    pub location: String,
    /// Number of entries.
    pub entries: usize,
}

/// A file that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedFile {
    /// Path as given.
    pub path: String,
    /// `queries`, `absent` or `truth`.
    pub role: &'static str,
    /// SHA-256 of the file; `None` where it could not be read.
    pub sha256: Option<String>,
    /// Spectra of it that were tried.
    pub spectra: usize,
}

/// How the figures were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Best candidates by the program's score, which the published scores rank anew.
    pub candidates: usize,
    /// Draws of the bootstrap.
    pub bootstrap_draws: u64,
    /// Its seed.
    pub bootstrap_seed: u64,
}

/// How many spectra there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Tried, of substances that the library holds.
    pub present: usize,
    /// Tried, of substances that it does not hold.
    pub absent: usize,
    /// Named absent, and in the library after all: counted as present.
    pub moved_to_present: usize,
    /// Not named absent, and not in the library: counted as absent.
    pub moved_to_absent: usize,
    /// The library's own spectra, left out.
    pub own_references: usize,
    /// Left out because they could not be used.
    pub unusable: usize,
}

/// Figures of one technique.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The technique.
    pub technique: &'static str,
    /// Substances among the spectra of present ones.
    pub substances: usize,
    /// Spectra of absent substances.
    pub absent: usize,
    /// Substances among these.
    pub absent_substances: usize,
    /// Spectra of present substances without any candidate: for MS/MS, no reference has the precursor.
    pub without_candidates: usize,
    /// All its spectra as one part.
    pub all: Part,
    /// Ranking by the program's own score, then by each published one.
    pub ranking: Vec<Ranked>,
    /// Present against absent ones, by the same scores.
    pub roc: Vec<Roc>,
    /// Verdicts; `None` where none are given.
    pub verdicts: Option<Verdicts>,
    /// By role and class in the register.
    pub classes: Vec<Part>,
    /// By instrument, as the records name it.
    pub instruments: Vec<Part>,
    /// By substance.
    pub by_substance: Vec<Part>,
}

/// The whole result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Version of the program.
    pub program: &'static str,
    /// The command line, word by word.
    pub command: Vec<String>,
    /// The library.
    pub library: UsedLibrary,
    /// The files.
    pub files: Vec<UsedFile>,
    /// How the figures were made.
    pub settings: Settings,
    /// How many spectra there were.
    pub counts: Counted,
    /// What the user should know of truth table and files.
    pub notes: Vec<String>,
    /// Figures by technique.
    pub techniques: Vec<Figures>,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// Each spectrum that was tried.
    pub trials: Vec<Trial>,
}

impl Figures {
    /// The figures of one technique's trials.
    pub fn of(technique: &'static str, trials: &[&Trial]) -> Self {
        let (present, absent): (Vec<&Trial>, Vec<&Trial>) = trials.iter().partition(|t| t.present);
        let clusters = |trials: &[&Trial]| Clusters::by(trials.iter().map(|t| t.key.as_str()));
        let (of_present, of_absent) = (clusters(&present), clusters(&absent));
        let carried = |score: &&str| trials.iter().any(|t| t.by(score).is_some());
        let scores: Vec<&'static str> = std::iter::once(OWN_SCORE)
            .chain(PUBLISHED.into_iter().filter(carried))
            .collect();
        // Laboratories name a substance differently; the first name stands for it.
        let mut names: HashMap<&str, &str> = HashMap::new();
        for trial in &present {
            names.entry(&trial.key).or_insert(&trial.substance);
        }
        let unnamed = |text: &Option<String>, otherwise: &str| {
            text.clone().unwrap_or_else(|| otherwise.to_owned())
        };
        Self {
            technique,
            substances: of_present.count,
            absent: absent.len(),
            absent_substances: of_absent.count,
            without_candidates: present.iter().filter(|t| t.first.is_none()).count(),
            all: part(technique.to_owned(), trials),
            ranking: match present.is_empty() {
                true => Vec::new(),
                false => {
                    let each = scores.iter();
                    each.map(|s| ranked(s, &present, &of_present)).collect()
                }
            },
            roc: scores
                .iter()
                .filter_map(|s| roc(s, &present, &absent, &of_present, &of_absent))
                .collect(),
            verdicts: verdicts(&present, &absent, &of_absent),
            classes: breakdown(trials, |t| unnamed(&t.class, "not in the register")),
            instruments: breakdown(trials, |t| unnamed(&t.instrument, "not stated")),
            by_substance: breakdown(&present, |t| {
                let name = names.get(t.key.as_str()).copied().unwrap_or_default();
                format!("{name} ({})", t.key).trim_start().to_owned()
            }),
        }
    }
}

impl Report {
    /// Computes all figures.
    pub fn new(
        library: &Library,
        command: Vec<String>,
        files: Vec<UsedFile>,
        candidates: usize,
        trials: Vec<Trial>,
        left_out: Vec<LeftOut>,
    ) -> Self {
        let mut by_technique: BTreeMap<&'static str, Vec<&Trial>> = BTreeMap::new();
        for trial in &trials {
            by_technique.entry(trial.technique).or_default().push(trial);
        }
        let count = |test: fn(&Trial) -> bool| trials.iter().filter(|t| test(t)).count();
        Self {
            schema: SCHEMA,
            program: crate::program::VERSION,
            command,
            library: UsedLibrary {
                name: library.info.name.clone(),
                generation: library.info.generation,
                hash: library.info.hash.clone(),
                location: library
                    .path
                    .as_ref()
                    .map_or_else(|| "embedded".to_owned(), |p| p.display().to_string()),
                entries: library.len(),
            },
            files,
            settings: Settings {
                candidates,
                bootstrap_draws: DRAWS,
                bootstrap_seed: SEED,
            },
            counts: Counted {
                present: count(|t| t.present),
                absent: count(|t| !t.present),
                moved_to_present: count(|t| t.moved && t.present),
                moved_to_absent: count(|t| t.moved && !t.present),
                own_references: left_out.iter().filter(|l| !l.is_failure()).count(),
                unusable: left_out.iter().filter(|l| l.is_failure()).count(),
            },
            notes: Vec::new(),
            techniques: by_technique
                .iter()
                .map(|(technique, trials)| Figures::of(technique, trials))
                .collect(),
            left_out,
            trials,
        }
    }

    /// What is kept in the library that was validated.
    pub fn summary(&self, date: String, entries_hash: String) -> ValidationSummary {
        ValidationSummary {
            date,
            program: self.program.to_owned(),
            generation: self.library.generation,
            entries_hash,
            command: self.command.clone(),
            files: self
                .files
                .iter()
                .map(|file| ValidatedFile {
                    path: file.path.clone(),
                    sha256: file.sha256.clone().unwrap_or_default(),
                    role: file.role.to_owned(),
                    spectra: file.spectra,
                })
                .collect(),
            figures: self
                .techniques
                .iter()
                .map(|figures| {
                    let verdicts = figures.verdicts.as_ref();
                    let coverage = verdicts.map(|v| &v.coverage).filter(|r| r.n > 0);
                    ValidatedFigures {
                        technique: figures.technique.to_owned(),
                        substances: figures.substances,
                        rank1: figures.all.rank1.clone(),
                        false_identified: verdicts
                            .and_then(|v| v.false_identified.as_ref())
                            .cloned(),
                        coverage: coverage.cloned(),
                        missed: verdicts.map(Verdicts::missed),
                        mean_set_size: verdicts.and_then(|v| v.mean_set_size).map(rounded),
                    }
                })
                .collect(),
        }
    }
}

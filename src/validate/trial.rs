//! One spectrum of known identity, searched without it.

use super::identity::{Classes, Handles, completed};
use super::truth::TruthTable;
use crate::decide::{Verdict, VerdictLevel, assess_quality, decide};
use crate::library::{Library, LibraryError};
use crate::search::{Hit, Options, Ranking, Searcher};
use crate::spectrum::{Identity, Spectrum, Technique};
use crate::substance::Register;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The program's own ranking score, as figures name it.
pub const OWN_SCORE: &str = "specid";

/// Published scores that are shown beside the program's own, where candidates carry them.
pub const PUBLISHED: [&str; 7] = [
    "cosine",
    "stein_scott",
    "entropy",
    "match",
    "reverse_match",
    "hqi",
    "first_derivative",
];

/// Spectra of fewer points may be equal by chance and are not compared with the library's own.
const TELLING_POINTS: usize = 5;

/// Why a spectrum was not tried. Each is one sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// File.
    pub path: String,
    /// Position in it, from 0.
    pub index: usize,
    /// The record's own id.
    pub id: Option<String>,
    /// Stable name of the reason; `reference` for a spectrum that is the library's own.
    pub kind: String,
    /// One sentence.
    pub message: String,
}

impl LeftOut {
    /// Whether it could not be used, rather than should not be.
    pub fn is_failure(&self) -> bool {
        self.kind != "reference"
    }
}

/// How the spectra of one trial fare by one score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreResult {
    /// Name of the score.
    pub score: &'static str,
    /// Rank of the right substance among the candidates; `None` where it is not among them.
    pub rank: Option<usize>,
    /// Score of the first candidate; `None` without candidates.
    pub best: Option<f64>,
}

/// What the verdict says, and whether it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictResult {
    /// Its level.
    pub level: VerdictLevel,
    /// Substances in its set.
    pub set_size: usize,
    /// Whether the right one is among them.
    pub holds_truth: bool,
    /// Stated share of absent substances that are called identified.
    pub stated_false: Option<f64>,
    /// Stated coverage of the set.
    pub stated_coverage: Option<f64>,
}

/// The outcome for one spectrum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trial {
    /// File.
    pub path: String,
    /// Position in it, from 0.
    pub index: usize,
    /// The record's own id.
    pub id: Option<String>,
    /// Technique.
    pub technique: &'static str,
    /// The substance by name.
    pub substance: String,
    /// The substance as it is compared.
    pub key: String,
    /// Whether the library holds the substance, measured by this technique.
    pub present: bool,
    /// Whether the user said otherwise.
    pub moved: bool,
    /// Instrument, as the record names it.
    pub instrument: Option<String>,
    /// Role and class in the register.
    pub class: Option<String>,
    /// Name of the first candidate.
    pub first: Option<String>,
    /// By the program's score, then by each published one.
    pub scores: Vec<ScoreResult>,
    /// The verdict, where one is given.
    pub verdict: Option<VerdictResult>,
}

impl Trial {
    /// The result by a score.
    pub fn by(&self, score: &str) -> Option<&ScoreResult> {
        self.scores.iter().find(|s| s.score == score)
    }

    /// Whether the right substance is among the first `places` by a score.
    pub fn within(&self, score: &str, places: usize) -> bool {
        let rank = self.by(score).and_then(|s| s.rank);
        rank.is_some_and(|rank| rank <= places)
    }
}

/// A library made ready for trials.
pub struct Bench<'a> {
    library: &'a Library,
    register: &'a Register,
    truth: Option<&'a TruthTable>,
    searcher: Searcher<'a>,
    classes: Classes,
    own: BTreeMap<&'static str, HashSet<u64>>,
}

struct Known {
    identity: Identity,
    right: BTreeSet<u32>,
    row: Option<usize>,
}

impl<'a> Bench<'a> {
    /// Reads what the library holds. `options.top` is the number of candidates that are ranked anew
    /// by each published score.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn new(
        library: &'a Library,
        register: &'a Register,
        truth: Option<&'a TruthTable>,
        options: Options,
    ) -> Result<Self, LibraryError> {
        let mut own: BTreeMap<&'static str, HashSet<u64>> = BTreeMap::new();
        for index in 0..library.len() {
            let spectrum = library.spectrum(index)?;
            let points = own.entry(spectrum.technique.id()).or_default();
            points.insert(fingerprint(&spectrum));
        }
        Ok(Self {
            classes: Classes::of(library, register)?,
            searcher: Searcher::new(library, options),
            library,
            register,
            truth,
            own,
        })
    }

    /// Ids of the truth table's entries that the library does not hold.
    pub fn unknown_entries(&self) -> Vec<&str> {
        let rows = self.truth.map_or(&[][..], TruthTable::rows);
        let named = rows.iter().filter_map(|row| row.entry.as_deref());
        named
            .filter(|id| self.classes.entry_with_id(id).is_none())
            .collect()
    }

    /// What a spectrum is known to be, by the truth table or its record; `None` where it is not known.
    pub fn identity(&self, spectrum: &Spectrum, declared_absent: bool) -> Option<Identity> {
        let known = self.identify(spectrum, declared_absent).ok()?;
        Some(known.identity)
    }

    /// Whether the truth table says that a spectrum is of another substance than the record's own InChIKey does,
    /// stereochemistry aside.
    pub fn contradicts(&self, spectrum: &Spectrum, declared_absent: bool) -> bool {
        let found = self.identify(spectrum, declared_absent).ok();
        let of_table = found.filter(|known| known.row.is_some());
        let skeletons = of_table.and_then(|known| {
            let told = known.identity.skeleton()?.to_owned();
            Some((told, spectrum.identity.skeleton()?))
        });
        skeletons.is_some_and(|(told, own)| told != own)
    }

    /// Searches a spectrum without its identity. The second value is the row of the truth table that
    /// was used.
    ///
    /// # Errors
    /// [`LeftOut`] where its identity is not known or it cannot be searched.
    pub fn try_one(
        &self,
        spectrum: &Spectrum,
        declared_absent: bool,
    ) -> Result<(Trial, Option<usize>), LeftOut> {
        let fail = |kind: &str, message: String| left_out(spectrum, kind, message);
        let known = self
            .identify(spectrum, declared_absent)
            .map_err(|message| fail("unknown-identity", message))?;
        let own = self.own.get(spectrum.technique.id());
        let is_own = own.is_some_and(|points| points.contains(&fingerprint(spectrum)));
        if is_own && spectrum.len() >= TELLING_POINTS {
            let message = "The library holds this very spectrum, point for point: finding it again tests nothing.";
            return Err(fail("reference", message.to_owned()));
        }
        let blind = blinded(spectrum);
        let ranking = self
            .searcher
            .search(&blind)
            .map_err(|e| fail(e.kind(), e.to_string()))?;
        let verdict = Some(decide(
            &ranking,
            &assess_quality(&blind),
            self.library,
            self.register,
        ));
        let first = ranking
            .hits
            .first()
            .map(|hit| self.library.entry(hit.entry));
        let first = first
            .transpose()
            .map_err(|e| fail("library", e.to_string()))?;
        let present = !known.right.is_empty();
        let handles = Handles::of(&known.identity);
        let key = known.right.first().map(|class| self.classes.key(*class));
        let substance = self.register.find(&known.identity).map(|(s, _)| s);
        let trial = Trial {
            path: spectrum.provenance.path.clone(),
            index: spectrum.provenance.index,
            id: spectrum.provenance.id.clone(),
            technique: spectrum.technique.id(),
            substance: known.identity.name.clone(),
            key: match key {
                Some(key) => key.to_owned(),
                // Nothing is known of this absent one: it stands for itself.
                None if handles.is_empty() => {
                    let provenance = &spectrum.provenance;
                    format!("{}#{}", provenance.path, provenance.index + 1)
                }
                None => handles.key(),
            },
            present,
            moved: present == declared_absent,
            instrument: spectrum.provenance.instrument.clone(),
            class: substance.map(|s| format!("{}, {}", s.role, s.class)),
            first: first.map(|entry| entry.identity.name),
            scores: self.by_each_score(&ranking, &known.right),
            verdict: verdict.map(|v| self.judged(&v, &ranking, &known.right)),
        };
        Ok((trial, known.row))
    }

    /// Who this is, by the truth table where there is one, else by the record itself.
    fn identify(&self, spectrum: &Spectrum, declared_absent: bool) -> Result<Known, String> {
        let technique = spectrum.technique;
        let found = self.truth.and_then(|table| table.find(spectrum));
        let row = found.map(|(index, _)| index);
        let mut identity = match found {
            Some((_, row)) => row.identity.clone(),
            None => spectrum.identity.clone(),
        };
        if identity.name.is_empty() && found.is_none() {
            identity.name.clone_from(&spectrum.title);
        }
        let entry = found.and_then(|(_, row)| self.classes.entry_with_id(row.entry.as_deref()?));
        if let Some(entry) = entry {
            let of_entry = self.library.entry(entry).map_err(|e| e.to_string())?;
            let name = std::mem::take(&mut identity.name);
            identity = of_entry.identity;
            if !name.is_empty() {
                identity.name = name;
            }
        }
        let identity = completed(&identity, self.register);
        let handles = Handles::of(&identity);
        let mut right = self.classes.same_as(&handles, technique);
        right.extend(
            entry
                .filter(|_| technique != Technique::Unknown)
                .and_then(|entry| self.classes.of_entry(entry)),
        );
        if handles.is_empty() && !declared_absent {
            return Err(
                "Neither the record nor the truth table says which substance this is.".to_owned(),
            );
        }
        if right.is_empty() && handles.is_only_named() && !declared_absent {
            return Err(format!(
                "The substance is only known as {:?}, which neither the library nor the register knows; give its InChIKey in a truth table, or name the file with --absent.",
                identity.name
            ));
        }
        Ok(Known {
            identity,
            right,
            row,
        })
    }

    fn by_each_score(&self, ranking: &Ranking, right: &BTreeSet<u32>) -> Vec<ScoreResult> {
        let hits = &ranking.hits;
        let carried = |name: &&&str| hits.iter().any(|h| value(h, name).is_some());
        let mut results = vec![self.by_score(OWN_SCORE, hits, |h| h.score, right)];
        for name in PUBLISHED.iter().filter(carried) {
            let score = |hit: &Hit| value(hit, name).unwrap_or(f64::NEG_INFINITY);
            results.push(self.by_score(name, hits, score, right));
        }
        results
    }

    /// Ranks the candidates by a score: classes by their best, equal ones in the given order.
    fn by_score(
        &self,
        name: &'static str,
        hits: &[Hit],
        score: impl Fn(&Hit) -> f64,
        right: &BTreeSet<u32>,
    ) -> ScoreResult {
        let mut order: Vec<(f64, Option<u32>)> = hits
            .iter()
            .map(|hit| (score(hit), self.classes.of_entry(hit.entry)))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = order.first().map(|o| o.0).filter(|s| s.is_finite());
        let mut seen = HashSet::new();
        let distinct = order.into_iter().filter_map(|(_, class)| class);
        let mut distinct = distinct.filter(|class| seen.insert(*class));
        let rank = distinct.position(|class| right.contains(&class));
        ScoreResult {
            score: name,
            rank: rank.map(|place| place + 1),
            best,
        }
    }

    fn judged(&self, verdict: &Verdict, ranking: &Ranking, right: &BTreeSet<u32>) -> VerdictResult {
        let hits = verdict.set.iter().filter_map(|at| ranking.hits.get(*at));
        let set: BTreeSet<u32> = hits
            .filter_map(|hit| self.classes.of_entry(hit.entry))
            .collect();
        VerdictResult {
            level: verdict.level,
            set_size: set.len() + verdict.lacking.len(),
            holds_truth: !set.is_disjoint(right),
            stated_false: verdict.false_positive_rate.as_ref().map(|r| r.estimate),
            stated_coverage: verdict.set_coverage,
        }
    }
}

fn value(hit: &Hit, name: &str) -> Option<f64> {
    let found = hit.scores.iter().find(|(n, _)| *n == name);
    found.map(|(_, v)| *v).filter(|v| !v.is_nan())
}

/// The measurement alone: everything that could name the substance is taken away. The widths of a
/// band table are part of its measurement.
pub fn blinded(spectrum: &Spectrum) -> Spectrum {
    let mut blind = spectrum.clone();
    blind.identity = Identity::default();
    blind.title.clear();
    blind.provenance.id = None;
    blind.provenance.path.clear();
    blind.warnings.clear();
    blind.metadata.retain(|(label, _)| label == "widths");
    blind
}

fn left_out(spectrum: &Spectrum, kind: &str, message: String) -> LeftOut {
    let provenance = &spectrum.provenance;
    LeftOut {
        path: provenance.path.clone(),
        index: provenance.index,
        id: provenance.id.clone(),
        kind: kind.to_owned(),
        message,
    }
}

/// Equal for spectra of equal points; FNV-1a over their bits.
fn fingerprint(spectrum: &Spectrum) -> u64 {
    let values = spectrum.points().flat_map(|(x, y)| [x, y]);
    values.fold(0xcbf2_9ce4_8422_2325, |hash, value| {
        (hash ^ value.to_bits()).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::starter;
    use crate::prepare::Family;
    use crate::spectrum::{Axis, Shape};

    #[test]
    fn nothing_that_names_the_substance_is_searched() {
        let mut spectrum = Spectrum::new(
            Technique::EiMs,
            Shape::Sticks,
            Axis::Explicit(vec![1.0]),
            vec![1.0],
        );
        spectrum.title = "caffeine".into();
        spectrum.identity.name = "caffeine".into();
        spectrum.identity.inchikey = Some("RYYVLZVUVIJVGH-UHFFFAOYSA-N".into());
        spectrum.provenance.id = Some("caffeine-1".into());
        spectrum.provenance.path = "caffeine.msp".into();
        spectrum.metadata = vec![("Comment".into(), "caffeine".into())];
        let text = format!("{:?}", blinded(&spectrum));
        assert!(
            !text.contains("caffeine") && !text.contains("RYYVLZ"),
            "{text}"
        );
    }

    #[test]
    fn a_library_does_not_test_itself() {
        let library = starter().unwrap();
        let register = Register::default();
        let bench = Bench::new(&library, &register, None, Options::default()).unwrap();
        let family = library.group(Family::EiMsPrincipal).unwrap();
        let spectrum = library.spectrum(family.entry[0] as usize).unwrap();
        assert_eq!(
            bench.try_one(&spectrum, false).unwrap_err().kind,
            "reference"
        );
        let mut other = spectrum.clone();
        other.ordinate[0] *= 1.01;
        let (trial, _) = bench.try_one(&other, true).unwrap();
        assert!(trial.present && trial.moved, "named absent, and is there");
        assert!(trial.within(OWN_SCORE, 1));
        other.identity = Identity::default();
        other.title.clear();
        let unnamed = bench.try_one(&other, false).unwrap_err();
        assert_eq!(unnamed.kind, "unknown-identity");
        other.identity.inchikey = Some("AAAAAAAAAAAAAA-UHFFFAOYSA-N".into());
        let (trial, _) = bench.try_one(&other, false).unwrap();
        assert!(
            !trial.present && trial.moved,
            "named present, and is not there"
        );
    }
}

//! Searches of references, with their substance present and left out.
//!
//! EI references and curves are disturbed, and measured again as they were. MS/MS references are asked as they are, against what other
//! contributors measured of the substance: no disturbance imitates another collision energy.

use super::standing::Standing;
use super::{class, disturb};
use crate::library::{Entry, Group, Library, Prepared};
use crate::prepare::{Family, abundances, in_units_of};
use crate::search::{Hit, Options, Searcher};
use crate::spectrum::{Identity, Spectrum};
use crate::substance::Register;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// m/z by which the precursors of two references of one ion may differ, at unit resolution too.
const SAME_ION: f64 = 0.6;

/// Imagined instruments that each reference is tried on. More of them make the rule depend less on
/// chance; comparing curves takes too long for more than one.
pub(super) fn rounds(family: Family) -> usize {
    match family {
        Family::EiMs | Family::EiMsPrincipal => 3,
        _ => 1,
    }
}

/// The same, and one of the library's own instrument; none where references are asked as they are.
pub(super) fn all_rounds(family: Family) -> usize {
    rounds(family) + usize::from(family != Family::MsMs)
}

/// How a reference is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// As another instrument would measure it.
    Disturbed,
    /// As the instrument of the library would measure it again.
    Again,
    /// As a handheld out of calibration would measure it.
    Uncalibrated,
}

/// One disturbed reference and what the search found.
pub(super) struct Trial {
    hits: Vec<Hit>,
    /// How the reference was asked.
    pub asked: Asked,
    /// Which of two halves it belongs to: each is judged by what the other taught.
    pub half: usize,
    /// Whether each hit is of the reference's own substance.
    own: Vec<bool>,
    /// Whether the library holds another reference of the substance that could be found.
    pub findable: bool,
    /// How far the true substance lies behind the best candidate; `None` where it was not found.
    pub behind: Option<f64>,
    /// By how much the most similar reference of its own substance differs from it; MS/MS only, `None` where there
    /// is none of the same ion.
    pub apart: Option<f64>,
    /// Whether the best candidate of another substance has the same formula.
    pub isomer: bool,
    /// Class of the substance, where the register knows it.
    pub class: Option<String>,
    /// Class that the leading candidates share with the substance left out.
    pub class_without: Option<String>,
}

/// All trials of one family.
pub(super) struct Trials {
    trials: Vec<Trial>,
    /// Trials of each reference on other instruments.
    pub rounds: usize,
}

impl Trial {
    /// The candidates with the substance in the library.
    pub fn present(&self) -> Standing<'_> {
        Standing::of(&self.hits)
    }

    /// The candidates with the substance left out.
    pub fn absent(&self) -> Standing<'_> {
        let others = self.hits.iter().zip(&self.own).filter(|(_, own)| !**own);
        Standing::of(others.map(|(hit, _)| hit))
    }
}

impl Trials {
    /// Tries up to `most` references of a family; `None` where there is no realistic disturbance
    /// for it or nothing could be tried.
    pub fn run(
        library: &Library,
        register: &Register,
        family: Family,
        most: usize,
        progress: &(dyn Fn() + Sync),
    ) -> Option<Self> {
        let group = library.group(family)?;
        let knowns = Known::all(library, register)?;
        let searcher = Searcher::new(
            library,
            Options {
                top: 1,
                ..Options::default()
            },
        );
        let rows = tried(group, &knowns, most);
        let rounds = rounds(family);
        let trials: Vec<Trial> = (0..all_rounds(family) * rows.len())
            .into_par_iter()
            .filter_map(|at| {
                let (chance, row) = rows[at % rows.len()];
                let round = at / rows.len();
                let seed = chance.wrapping_add(round as u64);
                let asked = match round < rounds {
                    true => Asked::Disturbed,
                    false => Asked::Again,
                };
                progress();
                let entry = *group.entry.get(row)? as usize;
                let known = knowns.get(entry)?;
                if family == Family::MsMs {
                    let alike = |k: &Known| known.identity.is_same_as(&k.identity);
                    let query = blinded(library, entry)?;
                    let skip = |e: usize| {
                        let other = knowns.get(e);
                        other.is_some_and(|k| k.origin == known.origin && alike(k))
                    };
                    let ranking = searcher.rank_without(&query, &skip).ok()?;
                    let found = |k: &Known| k.origin != known.origin && alike(k);
                    let findable = knowns.iter().any(found);
                    return trial(ranking.hits, asked, known, &knowns, findable);
                }
                let query = measured(library, group, row, seed, asked)?;
                let ranking = searcher.rank(&query).ok()?;
                trial(ranking.hits, asked, known, &knowns, true)
            })
            .collect();
        (!trials.is_empty()).then_some(Self { trials, rounds })
    }

    /// The trials by chance.
    pub fn iter(&self) -> impl Iterator<Item = &Trial> {
        self.trials.iter()
    }
}

/// A reference as an imagined other instrument would measure it: the same for the same `seed`. MS/MS
/// references are given as they are. `None` where too little is left of it.
pub fn disturbed(library: &Library, group: &Group, row: usize, seed: u64) -> Option<Spectrum> {
    measured(library, group, row, seed, Asked::Disturbed)
}

/// A reference asked in one of these ways: the same for the same `seed`. `None` where too little is left of it.
pub(super) fn measured(
    library: &Library,
    group: &Group,
    row: usize,
    seed: u64,
    asked: Asked,
) -> Option<Spectrum> {
    let entry = *group.entry.get(row)? as usize;
    let curves = match &group.prepared {
        Prepared::Curves(curves) => curves,
        Prepared::Peaks(_) => return blinded(library, entry),
    };
    let mut rng = disturb::generator(seed);
    if !group.recipe.family.is_mass() {
        let reference = blinded(library, entry)?;
        // The instrument is imagined in the units that are compared: noise on a transmittance is another thing.
        let reference = in_units_of(&reference, &group.recipe).ok()?;
        return match asked {
            Asked::Disturbed => disturb::curve(&reference, &mut rng),
            Asked::Again => disturb::curve_again(&reference, &mut rng),
            Asked::Uncalibrated => disturb::uncalibrated(&reference, &mut rng),
        };
    }
    let signal = abundances(&curves.signal(row)?, &group.recipe);
    let mut ions = vec![0.0; signal.start];
    ions.extend(signal.values);
    match asked {
        Asked::Disturbed => disturb::ei(&ions, &mut rng),
        Asked::Again => disturb::ei_again(&ions, &mut rng),
        Asked::Uncalibrated => None,
    }
}

/// What is known of an entry.
pub(super) struct Known {
    pub identity: Identity,
    /// Number that decides whether and how it is tried.
    pub chance: u64,
    /// Who measured it.
    origin: Option<String>,
    /// m/z of its precursor, of MS/MS.
    precursor: Option<f64>,
    /// Its class, where the register knows it.
    class: Option<String>,
}

/// The number that decides how it is tried, and the row, of up to `most` references, taken by chance.
pub(super) fn tried(group: &Group, knowns: &[Known], most: usize) -> Vec<(u64, usize)> {
    let mut rows: Vec<(u64, usize)> = (0..group.len())
        .filter_map(|row| {
            let entry = *group.entry.get(row)? as usize;
            Some((knowns.get(entry)?.chance, row))
        })
        .collect();
    rows.sort_unstable();
    rows.truncate(most);
    rows
}

impl Known {
    /// All entries of a library; `None` where one is damaged.
    pub fn all(library: &Library, register: &Register) -> Option<Vec<Self>> {
        let entries = library.entries();
        let known = entries.map(|entry| entry.map(|e| Self::of(e, register)));
        known.collect::<Result<_, _>>().ok()
    }

    /// Which of these hits are of its own substance.
    pub fn own(&self, hits: &[Hit], knowns: &[Known]) -> Vec<bool> {
        let is_own = |hit: &Hit| {
            let found = knowns.get(hit.entry);
            found.is_some_and(|k| self.identity.is_same_as(&k.identity))
        };
        hits.iter().map(is_own).collect()
    }

    fn of(entry: Entry, register: &Register) -> Self {
        let provenance = entry.provenance;
        Self {
            class: class::of(&entry.identity, register),
            identity: entry.identity,
            chance: chance(&entry.id),
            origin: provenance.origin.or(provenance.owner),
            precursor: entry.precursor.and_then(|p| p.mz),
        }
    }
}

/// A number that depends on an entry's id alone, so that it is tried alike whatever else a library
/// holds.
pub fn chance(id: &str) -> u64 {
    let digest = Sha256::digest(id.as_bytes());
    let bytes = digest.first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(bytes)
}

/// An entry as a query that says nothing of what it is.
fn blinded(library: &Library, entry: usize) -> Option<Spectrum> {
    let mut spectrum = library.spectrum(entry).ok()?;
    spectrum.identity = Identity::default();
    spectrum.title.clear();
    Some(spectrum)
}

fn trial(
    hits: Vec<Hit>,
    asked: Asked,
    known: &Known,
    knowns: &[Known],
    findable: bool,
) -> Option<Trial> {
    let own = known.own(&hits, knowns);
    let mut trial = Trial {
        hits,
        asked,
        half: (known.chance & 1) as usize,
        own,
        findable,
        behind: None,
        apart: None,
        isomer: false,
        class: known.class.clone(),
        class_without: None,
    };
    let mine = trial.own.iter().position(|own| *own);
    trial.behind = mine.map(|i| trial.present().behind(&trial.hits[i]));
    trial.apart = mine.and_then(|i| {
        let hit = &trial.hits[i];
        let other = knowns.get(hit.entry)?.precursor?;
        let similarity = hit.scores.iter().find(|(name, _)| *name == "similarity")?.1;
        ((other - known.precursor?).abs() <= SAME_ION).then_some(1.0 - similarity)
    });
    let class_of = |hit: &Hit| knowns.get(hit.entry)?.class.clone();
    trial.class_without = class::shared(&trial.absent(), class_of);
    // By precursor mass all candidates are isomers: there they are what can be mistaken.
    if let Some(other) = trial.absent().best().filter(|h| h.family != Family::MsMs) {
        let formula = knowns.get(other.entry)?.identity.formula.as_ref();
        trial.isomer = formula.is_some() && formula == known.identity.formula.as_ref();
    }
    Some(trial)
}

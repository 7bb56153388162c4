//! Searches of references, with their substance present and left out.
//!
//! EI references and curves are disturbed, and measured again as they were. MS/MS references are asked as they are, against what other
//! contributors measured of the substance: no disturbance imitates another collision energy. Without the substance
//! the precursor may be matched otherwise, so they are searched once more for that.

use super::standing::Standing;
use super::{class, disturb};
use crate::library::{Entry, Group, Library, LibraryError, Prepared};
use crate::prepare::{Family, abundances, in_units_of};
use crate::search::{Hit, Options, Ranking, SearchError, Searcher};
use crate::spectrum::{Identity, Spectrum};
use crate::substance::Register;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// References of one substance that are tried: what a laboratory has hundreds of spectra of must not be most of what
/// its rates are of.
const MOST_OF_ONE: usize = 4;

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
    /// Which of two halves its substance belongs to: each is judged by what the other taught.
    pub half: usize,
    /// Whether each hit is of the reference's own substance.
    own: Vec<bool>,
    /// What a search without the substance found, where that is not what is left of `hits`.
    without: Option<Vec<Hit>>,
    /// Number of the substance.
    pub substance: u64,
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
        if let Some(hits) = &self.without {
            return Standing::of(hits);
        }
        let others = self.hits.iter().zip(&self.own).filter(|(_, own)| !**own);
        Standing::of(others.map(|(hit, _)| hit))
    }
}

impl Trials {
    /// Tries up to `most` references of a family, [`MOST_OF_ONE`] of a substance; `None` where there is no realistic disturbance
    /// for it or nothing could be tried.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn run(
        library: &Library,
        register: &Register,
        family: Family,
        most: usize,
        progress: &(dyn Fn() + Sync),
    ) -> Result<Option<Self>, LibraryError> {
        let Some(group) = library.group(family) else {
            return Ok(None);
        };
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
        let trials: Vec<Option<Trial>> = (0..all_rounds(family) * rows.len())
            .into_par_iter()
            .map(|at| {
                let (chance, row) = rows[at % rows.len()];
                let round = at / rows.len();
                let seed = chance.wrapping_add(round as u64);
                let asked = match round < rounds {
                    true => Asked::Disturbed,
                    false => Asked::Again,
                };
                progress();
                let entry = group.entry.get(row).map(|entry| *entry as usize);
                let Some((entry, known)) = entry.and_then(|e| Some((e, knowns.get(e)?))) else {
                    return Ok(None);
                };
                if family == Family::MsMs {
                    let query = blinded(library, entry)?;
                    let is = |e: usize, of: &dyn Fn(&Known) -> bool| {
                        let other = knowns.get(e);
                        other.is_some_and(|k| known.identity.is_same_as(&k.identity) && of(k))
                    };
                    // The very numbers under another name are no measurement of another laboratory.
                    let own = |e: usize| {
                        is(e, &|k| k.origin == known.origin) || is(e, &|_| same(library, e, &query))
                    };
                    let other = |e: usize| is(e, &|k| k.origin != known.origin) && !own(e);
                    let findable = (0..knowns.len()).any(other);
                    let Some(present) = searched(searcher.rank_without(&query, &own))? else {
                        return Ok(None);
                    };
                    let without = searched(searcher.rank_without(&query, &|e| is(e, &|_| true)))?;
                    let found = Found {
                        hits: present.hits,
                        without: without.map(|ranking| ranking.hits),
                        findable,
                    };
                    return Ok(trial(found, asked, known, &knowns));
                }
                let Some(query) = measured(library, group, row, seed, asked)? else {
                    return Ok(None);
                };
                let found = searched(searcher.rank(&query))?.map(|ranking| Found {
                    hits: ranking.hits,
                    without: None,
                    findable: true,
                });
                Ok(found.and_then(|found| trial(found, asked, known, &knowns)))
            })
            .collect::<Result<_, LibraryError>>()?;
        let trials: Vec<Trial> = trials.into_iter().flatten().collect();
        Ok((!trials.is_empty()).then_some(Self { trials, rounds }))
    }

    /// The trials by chance.
    pub fn iter(&self) -> impl Iterator<Item = &Trial> {
        self.trials.iter()
    }
}

/// What a search found; `None` where the spectrum cannot be searched. Damage is no answer.
pub(super) fn searched(
    ranking: Result<Ranking, SearchError>,
) -> Result<Option<Ranking>, LibraryError> {
    match ranking {
        Ok(ranking) => Ok(Some(ranking)),
        Err(SearchError::Library(damaged)) => Err(damaged),
        Err(_) => Ok(None),
    }
}

/// Whether an entry has the very numbers of a spectrum.
fn same(library: &Library, entry: usize, spectrum: &Spectrum) -> bool {
    let other = library.spectrum(entry);
    other.is_ok_and(|other| other.points().eq(spectrum.points()))
}

/// A reference as an imagined other instrument would measure it: the same for the same `seed`. MS/MS
/// references are given as they are. `None` where too little is left of it.
pub fn disturbed(library: &Library, group: &Group, row: usize, seed: u64) -> Option<Spectrum> {
    measured(library, group, row, seed, Asked::Disturbed).ok()?
}

/// A reference asked in one of these ways: the same for the same `seed`. `None` where too little is left of it.
pub(super) fn measured(
    library: &Library,
    group: &Group,
    row: usize,
    seed: u64,
    asked: Asked,
) -> Result<Option<Spectrum>, LibraryError> {
    let Some(entry) = group.entry.get(row).map(|entry| *entry as usize) else {
        return Ok(None);
    };
    let curves = match &group.prepared {
        Prepared::Curves(curves) => curves,
        Prepared::Peaks(_) => return blinded(library, entry).map(Some),
    };
    let mut rng = disturb::generator(seed);
    if !group.recipe.family.is_mass() {
        let reference = blinded(library, entry)?;
        // The instrument is imagined in the units that are compared: noise on a transmittance is another thing.
        let Ok(reference) = in_units_of(&reference, &group.recipe) else {
            return Ok(None);
        };
        return Ok(match asked {
            Asked::Disturbed => disturb::curve(&reference, &mut rng),
            Asked::Again => disturb::curve_again(&reference, &mut rng),
            Asked::Uncalibrated => disturb::uncalibrated(&reference, &mut rng),
        });
    }
    let Some(signal) = curves.signal(row) else {
        return Ok(None);
    };
    let signal = abundances(&signal, &group.recipe);
    let mut ions = vec![0.0; signal.start];
    ions.extend(signal.values);
    Ok(match asked {
        Asked::Disturbed => disturb::ei(&ions, &mut rng),
        Asked::Again => disturb::ei_again(&ions, &mut rng),
        Asked::Uncalibrated => None,
    })
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
    /// Number of its substance.
    substance: u64,
    /// Its formula, where it or the register states one.
    formula: Option<String>,
    /// Its class, where the register knows it.
    class: Option<String>,
}

/// The number that decides how it is tried, and the row, of up to `most` references, [`MOST_OF_ONE`] of a substance, taken by chance.
pub(super) fn tried(group: &Group, knowns: &[Known], most: usize) -> Vec<(u64, usize)> {
    let mut rows: Vec<(u64, usize)> = (0..group.len())
        .filter_map(|row| {
            let entry = *group.entry.get(row)? as usize;
            Some((knowns.get(entry)?.chance, row))
        })
        .collect();
    rows.sort_unstable();
    let mut taken: HashMap<u64, usize> = HashMap::new();
    rows.retain(|(_, row)| {
        let entry = group.entry.get(*row).map(|entry| *entry as usize);
        let known = entry.and_then(|entry| knowns.get(entry));
        let own = taken.entry(known.map_or(0, |k| k.substance)).or_default();
        *own += 1;
        *own <= MOST_OF_ONE
    });
    rows.truncate(most);
    rows
}

impl Known {
    /// All entries of a library.
    ///
    /// # Errors
    /// [`LibraryError`] where one is damaged.
    pub fn all(library: &Library, register: &Register) -> Result<Vec<Self>, LibraryError> {
        let entries = library.entries();
        entries
            .map(|entry| entry.map(|e| Self::of(e, register)))
            .collect()
    }

    /// Which of two halves its substance belongs to.
    pub fn half(&self) -> usize {
        (self.substance & 1) as usize
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
        let skeleton = entry.identity.skeleton();
        let substance = skeleton.map_or_else(|| entry.substance_key(), str::to_owned);
        Self {
            class: class::of(&entry.identity, register),
            formula: register.formula_of(&entry.identity),
            substance: chance(&substance),
            chance: chance(&entry.id),
            precursor: entry.precursor.and_then(|p| p.mz),
            origin: entry.provenance.contributor().map(str::to_owned),
            identity: entry.identity,
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
fn blinded(library: &Library, entry: usize) -> Result<Spectrum, LibraryError> {
    let mut spectrum = library.spectrum(entry)?;
    spectrum.identity = Identity::default();
    spectrum.title.clear();
    Ok(spectrum)
}

/// What the searches of a trial found.
struct Found {
    hits: Vec<Hit>,
    without: Option<Vec<Hit>>,
    findable: bool,
}

fn trial(found: Found, asked: Asked, known: &Known, knowns: &[Known]) -> Option<Trial> {
    let Found {
        hits,
        without,
        findable,
    } = found;
    let own = known.own(&hits, knowns);
    let mut trial = Trial {
        hits,
        asked,
        half: known.half(),
        own,
        without,
        substance: known.substance,
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
        let formula = knowns.get(other.entry)?.formula.as_ref();
        trial.isomer = formula.is_some() && formula == known.formula.as_ref();
    }
    Some(trial)
}

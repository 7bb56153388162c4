//! Searches of disturbed references, with their substance present and left out.

use super::disturb;
use super::standing::Standing;
use crate::library::{Group, Library, Prepared};
use crate::prepare::{Family, abundances};
use crate::search::{Hit, Options, Searcher};
use crate::spectrum::{Identity, Spectrum};
use rayon::prelude::*;

/// One disturbed reference and what the search found.
pub(super) struct Trial {
    hits: Vec<Hit>,
    /// Whether each hit is of the reference's own substance.
    own: Vec<bool>,
    /// How far the true substance lies behind the best candidate; `None` where it was not found.
    pub behind: Option<f64>,
    /// Whether the best candidate of another substance has the same formula.
    pub isomer: bool,
}

/// All trials of one family.
pub(super) struct Trials {
    trials: Vec<Trial>,
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
        family: Family,
        most: usize,
        progress: &(dyn Fn() + Sync),
    ) -> Option<Self> {
        let group = library.group(family)?;
        let identities: Vec<Identity> = library
            .entries()
            .map(|entry| entry.map(|e| e.identity))
            .collect::<Result<_, _>>()
            .ok()?;
        let searcher = Searcher::new(
            library,
            Options {
                top: 1,
                ..Options::default()
            },
        );
        let count = group.len().min(most);
        let rows: Vec<usize> = (0..count).map(|i| i * group.len() / count).collect();
        let trials: Vec<Trial> = rows
            .into_par_iter()
            .filter_map(|row| {
                progress();
                let query = disturbed(group, row)?;
                let ranking = searcher.rank(&query).ok()?;
                let own = identities.get(*group.entry.get(row)? as usize)?;
                trial(ranking.hits, own, &identities)
            })
            .collect();
        (!trials.is_empty()).then_some(Self { trials })
    }

    /// The trials in the order of their references.
    pub fn iter(&self) -> impl Iterator<Item = &Trial> {
        self.trials.iter()
    }
}

fn disturbed(group: &Group, row: usize) -> Option<Spectrum> {
    let Prepared::Curves(curves) = &group.prepared else {
        return None;
    };
    let mut rng = disturb::generator(row);
    match group.recipe.family {
        Family::EiMs | Family::EiMsPrincipal => {
            let signal = abundances(&curves.signal(row)?, &group.recipe);
            let mut ions = vec![0.0; signal.start];
            ions.extend(signal.values);
            disturb::ei(&ions, &mut rng)
        }
        _ => None,
    }
}

fn trial(hits: Vec<Hit>, own: &Identity, identities: &[Identity]) -> Option<Trial> {
    let flags: Vec<bool> = hits
        .iter()
        .map(|hit| identities.get(hit.entry).is_some_and(|i| same(i, own)))
        .collect();
    let mut trial = Trial {
        hits,
        own: flags,
        behind: None,
        isomer: false,
    };
    let mine = trial.own.iter().position(|own| *own);
    trial.behind = mine.map(|i| trial.present().behind(&trial.hits[i]));
    let other = trial.absent().best()?;
    let formula = identities.get(other.entry)?.formula.as_ref();
    trial.isomer = formula.is_some() && formula == own.formula.as_ref();
    Some(trial)
}

/// Whether two entries are of one substance, stereochemistry aside.
fn same(a: &Identity, b: &Identity) -> bool {
    match (skeleton(a), skeleton(b)) {
        (Some(a), Some(b)) => a == b,
        _ => match (&a.cas, &b.cas) {
            (Some(a), Some(b)) => a == b,
            _ => a.name.trim().eq_ignore_ascii_case(b.name.trim()),
        },
    }
}

fn skeleton(identity: &Identity) -> Option<&str> {
    identity.inchikey.as_deref().and_then(|key| key.get(..14))
}

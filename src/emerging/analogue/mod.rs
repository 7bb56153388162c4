#![doc = include_str!("guide.md")]

mod bound;
mod change;
mod masses;
mod pair;
mod peaks;
mod rates;
mod references;
mod weigh;

pub use change::{Change, Difference, double, single};
pub use references::formula_of;

use crate::library::{Group, Library, LibraryError, Prepared, Rate};
use crate::prepare::{Family, prepare};
use crate::spectrum::{Spectrum, Technique};
use crate::substance::Register;
use crate::threads::apart;
use masses::{Match, Possible};
use peaks::Near;
use references::{Reference, References};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Hypotheses that are given.
pub const MOST: usize = 10;
/// References of each molecular mass from which hypotheses are made.
const EACH_MASS: usize = 5;
/// Molecular masses that are told.
const MASSES: usize = 3;
/// Share of the similarity from which a pair of ions is told.
const TELLING: f64 = 0.02;
/// Fewest ions of an EI spectrum from which analogues are looked for: fewer agree with anything once they are
/// moved.
const FEWEST: usize = 5;
/// Relative error of a precursor's m/z that is allowed for in a difference of masses.
const PPM: f64 = 10e-6;

/// A known substance that differs from the unknown by a change of mass: a hypothesis.
#[derive(Debug, Clone, PartialEq)]
pub struct Analogue {
    /// Entry index of the reference.
    pub entry: usize,
    /// Its substance's index.
    pub substance: u32,
    /// What hypotheses are ranked by: for EI, similarity and the agreement at its molecular mass; for
    /// MS/MS, the similarity.
    pub score: f64,
    /// Sum of products of the ions that stay or move, spectra of norm 1: 0 to 1.
    pub similarity: f64,
    /// Mass of the reference's molecule.
    pub reference_mass: f64,
    /// Mass of the unknown's molecule less that.
    pub difference: Difference,
    /// m/z of ions that do not carry the change, those that say most first.
    pub kept: Vec<f64>,
    /// m/z of ions that carry it, in the reference and in the unknown, those that say most first.
    pub moved: Vec<(f64, f64)>,
    /// Share of the similarity that is of ions that carry it.
    pub moved_share: f64,
}

/// A possible molecular mass of the unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Molecule {
    /// Nominal (EI) or monoisotopic mass.
    pub mass: f64,
    /// Mean similarity of the ten best references at this mass; `None` where the precursor states it.
    pub agreement: Option<f64>,
}

/// Known substances that an unknown may be derived from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Molecular masses, that of the best hypothesis first.
    pub molecules: Vec<Molecule>,
    /// Hypotheses, best first, one per substance.
    pub analogues: Vec<Analogue>,
    /// How often one of the first three was an analogue with the right difference of masses, where the first
    /// had such a score: of emerging substances, and of others. Empty for MS/MS, where it was not measured.
    pub right: Vec<Rate>,
    /// What could not be looked at, one sentence each.
    pub notes: Vec<String>,
}

/// Looks for analogues among the references of one library.
pub struct Analogues<'a> {
    library: &'a Library,
    register: &'a Register,
    /// The EI references, read when the first such spectrum comes.
    references: OnceLock<Option<References>>,
}

impl<'a> Analogues<'a> {
    /// Looks among the references of `library`; `register` tells formulas that records do not state.
    pub fn new(library: &'a Library, register: &'a Register) -> Self {
        Self {
            library,
            register,
            references: OnceLock::new(),
        }
    }

    /// Known substances from which the spectrum's substance may differ by a change of mass; `None` for
    /// techniques of which nothing is known (curves), or where the library has no such references. `skip`
    /// leaves out substances by their index.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn find(
        &self,
        spectrum: &Spectrum,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Option<Found>, LibraryError> {
        let group = |family| self.library.group(family).filter(|g| !g.is_empty());
        match spectrum.technique {
            Technique::EiMs => group(Family::EiMs)
                .map(|group| self.by_ions(spectrum, group, skip))
                .transpose(),
            Technique::MsMs => group(Family::MsMs)
                .map(|group| self.by_peaks(spectrum, group, skip))
                .transpose(),
            _ => Ok(None),
        }
    }

    fn by_ions(
        &self,
        spectrum: &Spectrum,
        group: &Group,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Found, LibraryError> {
        // What cannot be prepared was told by the search.
        let Ok(prepared) = prepare(spectrum, &group.recipe) else {
            return Ok(Found::default());
        };
        self.of_ions(&weigh::ions(&prepared.signal, &group.recipe), group, skip)
    }

    /// The same for a row of the library's whole EI spectra; nothing where there is none.
    pub(super) fn of_row(
        &self,
        row: usize,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Found, LibraryError> {
        let group = self.library.group(Family::EiMs);
        let Some((group, Prepared::Curves(curves))) = group.map(|g| (g, &g.prepared)) else {
            return Ok(Found::default());
        };
        let signal = curves.signal(row);
        let ions = signal.map(|signal| weigh::ions(&signal, &group.recipe));
        self.of_ions(&ions.unwrap_or_default(), group, skip)
    }

    /// Reads the EI references now. Where threads share what follows, none of them should begin with that.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub(super) fn read(&self) -> Result<(), LibraryError> {
        match self.library.group(Family::EiMs) {
            Some(group) => self.references(group).map(drop),
            None => Ok(()),
        }
    }

    /// The EI references, read when first needed.
    fn references(&self, group: &Group) -> Result<Option<&References>, LibraryError> {
        let read = match self.references.get() {
            Some(read) => read,
            None => {
                let read = apart(|| References::of(self.library, group, self.register))?;
                self.references.get_or_init(|| read)
            }
        };
        Ok(read.as_ref())
    }

    fn of_ions(
        &self,
        ions: &[pair::Ion],
        group: &Group,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Found, LibraryError> {
        let mut found = Found::default();
        let Some(references) = self.references(group)? else {
            return Ok(found);
        };
        if references.without_formula > 0 {
            found.notes.push(format!(
                "{} references state no formula and were not looked at: their molecular mass is not known.",
                references.without_formula
            ));
        }
        if ions.len() < FEWEST {
            found.notes.push(format!(
                "The spectrum has {} ions, too few for analogues to be looked for.",
                ions.len()
            ));
            return Ok(found);
        }
        let list = &references.list;
        let ranked = masses::rank(ions, list, &|r: &Reference| skip(r.substance));
        let score = |p: &Possible, m: &Match| p.agreement + m.similarity;
        let mut hypotheses: Vec<(f32, &Possible, &Match)> = ranked
            .iter()
            .flat_map(|p| {
                p.best
                    .iter()
                    .take(EACH_MASS)
                    .map(move |m| (score(p, m), p, m))
            })
            .collect();
        hypotheses.sort_by(|a, b| {
            let place = |m: &Match| m.place;
            b.0.total_cmp(&a.0).then(place(a.2).cmp(&place(b.2)))
        });
        let mut masses: Vec<&Possible> = Vec::new();
        for (_, possible, _) in &hypotheses {
            if masses.iter().all(|p| p.mass != possible.mass) {
                masses.push(possible);
            }
        }
        let molecule = |p: &&Possible| Molecule {
            mass: f64::from(p.mass),
            agreement: Some(f64::from(p.agreement)),
        };
        found.molecules = masses.iter().take(MASSES).map(molecule).collect();
        let mut seen = Seen::new(self.library);
        for (score, possible, matched) in hypotheses {
            if found.analogues.len() == MOST {
                break;
            }
            let reference = &list[matched.place];
            if seen.is_new(reference.entry, reference.substance)? {
                let pairs = explained(ions, reference, possible.mass);
                found
                    .analogues
                    .push(hypothesis(reference, possible.mass, score, matched, &pairs));
            }
        }
        if let Some(first) = found.analogues.first() {
            found.right = rates::right(first.score);
        }
        Ok(found)
    }

    fn by_peaks(
        &self,
        spectrum: &Spectrum,
        group: &Group,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Found, LibraryError> {
        let mut found = Found::default();
        let Some(query) = peaks::Query::of(spectrum) else {
            found.notes.push(
                "The spectrum states no precursor m/z, or has no fragments beside it, so that no change of mass can be told."
                    .to_owned(),
            );
            return Ok(found);
        };
        found.molecules.push(Molecule {
            mass: query.mass,
            agreement: None,
        });
        let within = query.mass * PPM + query.tolerance() / 4.0;
        let mut seen = Seen::new(self.library);
        for near in query.near(self.library, group, skip) {
            if found.analogues.len() == MOST {
                break;
            }
            if seen.is_new(near.entry, near.substance)? {
                found.analogues.push(of_peaks(&near, within));
            }
        }
        Ok(found)
    }
}

/// Substances that were given already, stereoisomers as one.
struct Seen<'a> {
    library: &'a Library,
    keys: HashSet<String>,
}

impl<'a> Seen<'a> {
    fn new(library: &'a Library) -> Self {
        Self {
            library,
            keys: HashSet::new(),
        }
    }

    fn is_new(&mut self, entry: usize, substance: u32) -> Result<bool, LibraryError> {
        let identity = self.library.entry(entry)?.identity;
        let skeleton = identity.skeleton().map(str::to_owned);
        Ok(self
            .keys
            .insert(skeleton.unwrap_or_else(|| format!("#{substance}"))))
    }
}

fn explained(ions: &[pair::Ion], reference: &Reference, mass: i32) -> Vec<pair::Paired> {
    let last = |ions: &[pair::Ion]| ions.last().map_or(0, |ion| usize::from(ion.0));
    let points = last(ions).max(last(&reference.ions)) + 1;
    let query = weigh::by_mz(ions, points);
    pair::pairs(&query, &reference.ions, mass - reference.mass)
}

fn hypothesis(
    reference: &Reference,
    mass: i32,
    score: f32,
    matched: &Match,
    pairs: &[pair::Paired],
) -> Analogue {
    let pairs = pairs.iter().map(|p| Told {
        reference: f64::from(p.reference),
        query: f64::from(p.query),
        product: f64::from(p.product),
        moved: p.reference != p.query,
    });
    let told = Parts::of(pairs);
    Analogue {
        entry: reference.entry,
        substance: reference.substance,
        score: f64::from(score),
        similarity: f64::from(matched.similarity),
        reference_mass: f64::from(reference.mass),
        difference: Difference::Nominal(mass - reference.mass),
        kept: told.kept,
        moved: told.moved,
        moved_share: told.moved_share,
    }
}

fn of_peaks(near: &Near, within: f64) -> Analogue {
    let pairs = near.pairs.iter().map(|p| Told {
        reference: p.reference,
        query: p.query,
        product: p.product,
        moved: p.moved,
    });
    let told = Parts::of(pairs);
    Analogue {
        entry: near.entry,
        substance: near.substance,
        score: near.similarity,
        similarity: near.similarity,
        reference_mass: near.mass,
        difference: Difference::Accurate {
            mass: near.change,
            within,
        },
        kept: told.kept,
        moved: told.moved,
        moved_share: told.moved_share,
    }
}

/// A pair of ions.
struct Told {
    reference: f64,
    query: f64,
    product: f64,
    moved: bool,
}

/// The ions that stay and those that move.
#[derive(Default)]
struct Parts {
    kept: Vec<f64>,
    moved: Vec<(f64, f64)>,
    moved_share: f64,
}

impl Parts {
    /// Of pairs by falling product; those that say little are counted and not listed.
    fn of(pairs: impl Iterator<Item = Told>) -> Self {
        let mut parts = Self::default();
        let (mut all, mut moved) = (0.0, 0.0);
        let pairs: Vec<Told> = pairs.collect();
        for pair in &pairs {
            all += pair.product;
            moved += if pair.moved { pair.product } else { 0.0 };
        }
        for pair in pairs.iter().filter(|p| p.product >= TELLING * all) {
            match pair.moved {
                true => parts.moved.push((pair.reference, pair.query)),
                false => parts.kept.push(pair.query),
            }
        }
        parts.moved_share = if all > 0.0 { moved / all } else { 0.0 };
        parts
    }
}

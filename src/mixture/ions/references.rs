//! The references of a group as a mixture is compared with them.

use crate::correlate::ions::{MAJOR, Major, majors};
use crate::library::{Curves, Group, Library, LibraryError, MajorIons, Prepared};
use crate::prepare::{Recipe, Step, abundances};
use crate::spectrum::nominal_mass;
use crate::threads::apart;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// What a candidate's record says of it.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// Skeleton of the InChIKey and nominal mass, so that stereoisomers are one and labelled
    /// substances are not; else the substance's number.
    pub substance: String,
    /// Nominal molecular mass.
    pub mass: Option<usize>,
}

/// Major ions of all references of a group, as the library keeps them, and what is read of a reference when first
/// needed.
pub(super) struct References<'a> {
    pub library: &'a Library,
    pub group: &'a Group,
    pub curves: &'a Curves,
    rows: usize,
    /// m/z of the major ions, [`MAJOR`] a row.
    mz: Cow<'a, [u16]>,
    /// Their shares, 0 where a reference has fewer.
    share: Cow<'a, [f32]>,
    identities: RwLock<HashMap<usize, Identity>>,
}

/// One reference in full.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// Shares of its summed abundances by m/z.
    pub shares: Vec<f64>,
    pub identity: Identity,
}

impl<'a> References<'a> {
    /// Of a group of unit-mass spectra; `None` for others.
    pub fn of(library: &'a Library, group: &'a Group) -> Option<Self> {
        let Prepared::Curves(curves) = &group.prepared else {
            return None;
        };
        if !group.recipe.family.is_mass() || !is_root_weighted(&group.recipe) {
            return None;
        }
        let matrix = curves.matrix();
        let rows = matrix.nrows().min(group.len());
        let kept = curves.majors.as_deref().and_then(MajorIons::view);
        let (mz, share) = match kept.filter(|(mz, _)| mz.len() >= rows * MAJOR) {
            Some((mz, share)) => (Cow::Borrowed(mz), Cow::Borrowed(share)),
            // Libraries of few references, or of earlier programs, do not keep them.
            None => {
                let made = apart(|| majors(rows, |row| curves.references().row(row)));
                (Cow::Owned(made.0), Cow::Owned(made.1))
            }
        };
        Some(Self {
            library,
            group,
            curves,
            rows,
            mz,
            share,
            identities: RwLock::default(),
        })
    }

    /// Number of references.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// First m/z that a reference was measured at.
    pub fn start(&self, row: usize) -> usize {
        self.curves.range(row).start
    }

    /// m/z and shares of the major ions of a row.
    pub fn ions(&self, row: usize) -> (&[u16], &[f32]) {
        let all = row * MAJOR..(row + 1) * MAJOR;
        let mz = self.mz.get(all.clone());
        mz.zip(self.share.get(all)).unwrap_or_default()
    }

    /// The major ions of a row, those that it lacks of weight 0.
    pub fn majors(&self, row: usize) -> [Major; MAJOR] {
        let (mz, share) = self.ions(row);
        let mut majors = [Major::default(); MAJOR];
        for ((major, mz), share) in majors.iter_mut().zip(mz).zip(share) {
            *major = Major::new(*mz, *share);
        }
        majors
    }

    /// Entry of a row.
    pub fn entry(&self, row: usize) -> Option<usize> {
        self.group.entry.get(row).map(|entry| *entry as usize)
    }

    /// What the record of a row's entry says.
    fn identity(&self, row: usize, entry: usize) -> Result<Identity, LibraryError> {
        // A thread that panicked while it held the lock left whole values behind.
        let known = self
            .identities
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(identity) = known.get(&row) {
            return Ok(identity.clone());
        }
        drop(known);
        let identity = self.read_identity(entry)?;
        let mut known = self
            .identities
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.insert(row, identity.clone());
        Ok(identity)
    }

    fn read_identity(&self, entry: usize) -> Result<Identity, LibraryError> {
        let number = self.library.substance_of(entry);
        let identity = self.library.entry(entry)?.identity;
        let mass = identity.formula.as_deref().and_then(nominal_mass);
        Ok(Identity {
            substance: identity.skeleton().map_or_else(
                || format!("#{}", number.unwrap_or_default()),
                |skeleton| format!("{skeleton}/{}", mass.unwrap_or(0)),
            ),
            mass,
        })
    }

    /// A row in full; `None` where it has no ions.
    ///
    /// # Errors
    /// [`LibraryError`] where its entry is damaged.
    pub fn reference(&self, row: usize) -> Result<Option<Reference>, LibraryError> {
        let (Some(entry), Some(signal)) = (self.entry(row), self.curves.signal(row)) else {
            return Ok(None);
        };
        let identity = self.identity(row, entry)?;
        let signal = abundances(&signal, &self.group.recipe);
        let total: f64 = signal.values.iter().sum();
        let mut shares = vec![0.0; signal.start];
        shares.extend(signal.values.iter().map(|v| v / total));
        let usable = total > 0.0 && total.is_finite();
        Ok(usable.then_some(Reference { shares, identity }))
    }
}

/// Whether rows are square roots of abundance times m/z, as the standard recipe makes them.
fn is_root_weighted(recipe: &Recipe) -> bool {
    let weigh = |step: &Step| matches!(step, Step::Weigh { abundance, mass } if *abundance == 0.5 && *mass == 1.0);
    recipe.steps.iter().any(weigh)
}

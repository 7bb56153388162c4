//! Unknowns that resemble each other: samples that match nothing, grouped by mutual similarity.
//!
//! Leader clustering in the order of the run: an unknown joins the group whose first member it is most
//! like, if it is like it enough, else it begins a group of its own. The groups depend on the order, which
//! is that of the paths, and on nothing else; the memory depends on the number of groups.

use super::fingerprint::{Comparer, Fingerprint, Kept};
use crate::prepare::Family;
use rayon::prelude::*;

/// Most groups that are begun; later unknowns that are like none of them stay alone.
pub const MOST_GROUPS: usize = 20_000;
/// Similarity from which unknowns are one group: EI mass spectra, curves, MS/MS.
pub const ALIKE: [f64; 3] = [0.90, 0.90, 0.70];

/// The groups so far.
#[derive(Default)]
pub struct Groups {
    comparer: Comparer,
    leaders: Vec<Kept>,
}

impl Groups {
    /// The group of an unknown, counted from 0 in the order of their first members; `None` where no more
    /// groups are begun.
    pub fn place(&mut self, print: &Fingerprint) -> Option<usize> {
        let ready = self.comparer.ready(print);
        let comparer = &self.comparer;
        let alike = |(place, kept)| Some((place, comparer.similarity(&ready, kept)?));
        let best = self
            .leaders
            .par_iter()
            .enumerate()
            .filter_map(alike)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match best {
            Some((group, similarity)) if similarity >= least(print) => Some(group),
            _ if self.leaders.len() >= MOST_GROUPS => None,
            _ => {
                self.leaders.push(Kept::of(print));
                Some(self.leaders.len() - 1)
            }
        }
    }
}

fn least(print: &Fingerprint) -> f64 {
    let [ei, curves, peaks] = ALIKE;
    match print {
        Fingerprint::Peaks(..) => peaks,
        Fingerprint::Grid(Family::EiMs, _) => ei,
        Fingerprint::Grid(..) => curves,
    }
}

//! Sets of terms that records share.
//!
//! Every record of a set has all its terms, so that a set of a thousand terms in a library of a
//! thousand records would be a million: a set is kept once, and is cut at [`SET_TERMS`].

use super::terms::Term;
use std::collections::HashMap;
use std::rc::Rc;

/// Most terms of one set that are taken.
pub(super) const SET_TERMS: usize = 256;
/// Longest name or value of a shared term, in bytes.
const TERM_BYTES: usize = 1024;

/// One set of terms.
pub(super) type Set = Rc<Vec<Term>>;

/// The sets of a library by kind and name, such as `Spectrum=all`.
#[derive(Default)]
pub(super) struct Shared {
    sets: HashMap<String, Set>,
    /// Whether a set had more terms than are taken.
    pub overfull: bool,
}

impl Shared {
    /// Adds terms to a set.
    pub fn extend(&mut self, name: &str, terms: impl IntoIterator<Item = Term>) {
        let set = Rc::make_mut(self.sets.entry(name.to_owned()).or_default());
        for term in terms {
            if set.len() < SET_TERMS && term.name.len().max(term.value.len()) <= TERM_BYTES {
                set.push(term);
            } else {
                self.overfull = true;
            }
        }
    }

    /// The set of this name.
    pub fn get(&self, name: &str) -> Option<&Set> {
        self.sets.get(name)
    }
}

//! What the spectra of a sample seem to be mixed of: hints beside the verdict, which they never change.

use super::{strictest, strictness};
use crate::screen::brief::{Brief, ComponentBrief, Member};
use serde::{Deserialize, Serialize};

/// A substance that spectra of a sample have as a component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hint {
    /// The component, with every possible control status in words.
    pub member: Member,
    /// Smallest and largest share of a spectrum's signal, 0 to 1; never of mass.
    pub share: [f64; 2],
    /// Spectra that have it.
    pub spectra: usize,
    /// Spectra that were taken apart.
    pub of: usize,
    /// Whether the user said that it is in the sample.
    pub known: bool,
    /// What could stand in its place in one of these spectra.
    pub look_alikes: Vec<Member>,
}

impl Hint {
    fn of(component: &ComponentBrief, of: usize) -> Self {
        Self {
            member: component.member.clone(),
            share: [component.share; 2],
            spectra: 0,
            of,
            known: component.known,
            look_alikes: Vec::new(),
        }
    }

    fn take(&mut self, component: &ComponentBrief) {
        self.spectra += 1;
        let [low, high] = self.share;
        self.share = [low.min(component.share), high.max(component.share)];
        for alike in &component.look_alikes {
            if !self.look_alikes.iter().any(|m| m.form() == alike.form()) {
                self.look_alikes.push(alike.clone());
            }
        }
    }

    /// Its share of the signal in words: `25 %`, or `20 to 25 % in 2 of 3 spectra`.
    pub fn amount(&self) -> String {
        let [low, high] = self.share.map(|share| format!("{:.0}", 100.0 * share));
        let share = match low == high {
            true => format!("{high} %"),
            false => format!("{low} to {high} %"),
        };
        match self.of {
            1 => share,
            of => format!("{share} in {} of {of} spectra", self.spectra),
        }
    }

    /// As a desk reads it: "Caffeine 72 % (no UN listing known)".
    pub fn sentence(&self) -> String {
        let Member { name, status, .. } = &self.member;
        format!("{name} {} ({status})", self.amount())
    }
}

/// The components of all spectra of a sample, those of the largest share first, and how many of the spectra have
/// several.
pub(super) fn together(spectra: &[&Brief]) -> (Vec<Hint>, usize) {
    // Components of the traces of a run would be too many false hints.
    let main = spectra.iter().filter(|b| b.is_main());
    let apart: Vec<_> = main.filter_map(|b| b.mixture.as_ref()).collect();
    let mut found: Vec<Hint> = Vec::new();
    for component in apart.iter().flat_map(|mixture| &mixture.components) {
        let form = component.member.form();
        let at = match found.iter().position(|hint| hint.member.form() == form) {
            Some(at) => at,
            None => {
                found.push(Hint::of(component, apart.len()));
                found.len() - 1
            }
        };
        if let Some(hint) = found.get_mut(at) {
            hint.take(component);
        }
    }
    found.sort_by(|a, b| {
        let by_share = b.share[1].total_cmp(&a.share[1]);
        let place = |hint: &Hint| strictness(strictest(&hint.member.status));
        by_share.then(place(a).cmp(&place(b)))
    });
    let mixed = apart.iter().filter(|mixture| mixture.is_mixed()).count();
    (found, mixed)
}

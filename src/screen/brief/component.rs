//! What a batch needs of the components of a spectrum.

use super::Member;
use crate::report::{ComponentView, MixtureView};
use serde::{Deserialize, Serialize};

/// What a spectrum seems to be made of: a hint, which changes no verdict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MixtureBrief {
    /// Its components, the largest share first; empty where none is certain enough to be named.
    pub components: Vec<ComponentBrief>,
    /// Share of the signal that they leave, 0 to 1.
    pub residual_share: f64,
    /// The same in a sentence, with what it resembles.
    pub residual: String,
}

/// One component of a spectrum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComponentBrief {
    /// Name, InChIKey and every possible control status in words.
    #[serde(flatten)]
    pub member: Member,
    /// As a table has it: `Caffeine 72 % (no UN listing known)`.
    pub words: String,
    /// Share of the spectrum's signal, 0 to 1; never of mass.
    pub share: f64,
    /// Both ends of its 95 % interval.
    pub interval: [f64; 2],
    /// Whether the user said that it is in the sample.
    pub known: bool,
    /// What could stand in its place with nearly the same fit.
    pub look_alikes: Vec<Member>,
}

impl MixtureBrief {
    pub(super) fn of(view: &MixtureView) -> Self {
        Self {
            components: view.components.iter().map(ComponentBrief::of).collect(),
            residual_share: view.residual.share,
            residual: view.residual.sentence(),
        }
    }

    /// Whether several components are named.
    pub fn is_mixed(&self) -> bool {
        self.components.len() > 1
    }
}

impl ComponentBrief {
    fn of(view: &ComponentView) -> Self {
        let alike = view.look_alikes.iter().map(|one| Member {
            name: one.name.clone(),
            inchikey: one.inchikey.clone(),
            status: one.status.clone(),
        });
        Self {
            member: Member {
                name: view.name.clone(),
                inchikey: view.inchikey.clone(),
                status: view.status.clone(),
            },
            words: view.words(),
            share: view.share,
            interval: [view.low, view.high],
            known: view.known,
            look_alikes: alike.collect(),
        }
    }

    /// As a desk reads it, with the ends of the interval and what could stand in its place.
    pub fn sentence(&self) -> String {
        let [low, high] = self.interval.map(|end| 100.0 * end);
        let Member { name, status, .. } = &self.member;
        let mut text = format!(
            "{name} {:.0} % ({low:.0} to {high:.0} %; {status})",
            100.0 * self.share
        );
        if self.known {
            text.push_str(", known to be in it");
        }
        if !self.look_alikes.is_empty() {
            let names = self.look_alikes.iter();
            let names: Vec<String> = names
                .map(|m| format!("{} ({})", m.name, m.status))
                .collect();
            text.push_str(&format!("; could be {} instead", names.join(" or ")));
        }
        text
    }
}

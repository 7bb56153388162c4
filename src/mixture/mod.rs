//! What a spectrum is made of: the components of a mixture, their shares of the signal, and what is left.

pub mod ions;

use crate::search::Hit;
use crate::spectrum::Identity;

/// One component of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// The reference that stands for it.
    pub hit: Hit,
    /// Share of the spectrum's signal, 0 to 1: of signal, never of mass.
    pub share: f64,
    /// Lower end of the share's 95 % interval.
    pub low: f64,
    /// Upper end of the share's 95 % interval.
    pub high: f64,
    /// Whether the user said that it is in the sample.
    pub known: bool,
    /// Entries of other substances that could take its place with nearly the same fit.
    pub look_alikes: Vec<usize>,
}

/// What the components leave of a spectrum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Residual {
    /// Its share of the signal, 0 to 1.
    pub share: f64,
    /// Whether it has bands or ions that noise does not explain.
    pub structured: bool,
    /// References that it resembles, best first; none of them is named as a component.
    pub like: Vec<Hit>,
}

/// The components of a spectrum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mixture {
    /// Components, largest share first.
    pub components: Vec<Component>,
    /// What they leave.
    pub residual: Residual,
    /// Why no more components are named, one sentence each.
    pub reasons: Vec<String>,
}

/// What the user says of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct MixtureOptions {
    /// Most components that are named.
    pub max_components: usize,
    /// Substances that are known to be in the sample.
    pub known: Vec<Identity>,
}

impl Default for MixtureOptions {
    fn default() -> Self {
        Self {
            max_components: 4,
            known: Vec::new(),
        }
    }
}

#![doc = include_str!("guide.md")]

mod curve;
mod fragments;
mod hidden;
pub mod ions;
mod share;
mod solve;
mod unnamed;

pub use hidden::smallest_named;

use crate::library::{Group, Library, LibraryError, Prepared};
use crate::prepare::Family;
use crate::search::{Hit, SearchError};
use crate::spectrum::{Identity, Spectrum};
use ions::Ions;
use std::sync::OnceLock;

/// One component of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// The reference that stands for it.
    pub hit: Hit,
    /// Share of the signal, 0 to 1, never of mass: of a mass spectrum's ions, or of what all fitted curves
    /// explain.
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
    /// What the components mean and how far they are believed, one sentence each.
    pub reasons: Vec<String>,
    /// Query and components together, for plots; curves only.
    pub drawn: Option<Drawn>,
}

/// Share from which a component is most of a spectrum.
const MOST: f64 = 0.5;

impl Mixture {
    /// Whether a component, or what could stand in its place, is the substance of one of these entries,
    /// stereochemistry aside.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn names_one_of(&self, library: &Library, entries: &[usize]) -> Result<bool, LibraryError> {
        let identity = |entry: &usize| library.entry(*entry).map(|e| e.identity);
        let wanted: Vec<Identity> = entries.iter().map(identity).collect::<Result<_, _>>()?;
        for component in &self.components {
            for entry in component.look_alikes.iter().chain([&component.hit.entry]) {
                let found = identity(entry)?;
                if wanted.iter().any(|w| w.is_same_as(&found)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Says of the component that is most of the spectrum that it could be one of these entries, too; whether
    /// there is such a component. What the user knows to be in the sample is what it is.
    pub fn could_be(&mut self, entries: &[usize]) -> bool {
        match self.components.first_mut() {
            Some(first) if first.share >= MOST && !first.known => {
                first.look_alikes.extend(entries);
                true
            }
            _ => false,
        }
    }
}

/// The query of a mixture and the sum of its components on one grid, in the same unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawn {
    /// First abscissa.
    pub first: f64,
    /// Distance of two points.
    pub step: f64,
    /// The query's intensities above its baseline, strongest 1.
    pub query: Vec<f64>,
    /// The sum of the named components.
    pub fitted: Vec<f64>,
}

/// What the user says of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct MixtureOptions {
    /// Most components that are named.
    pub max_components: usize,
    /// Substances that are known to be in the sample.
    pub known: Vec<Identity>,
    /// Largest error of the axis, in its unit; `None` for what is usual.
    pub max_shift: Option<f64>,
}

impl Default for MixtureOptions {
    fn default() -> Self {
        Self {
            max_components: 4,
            known: Vec::new(),
            max_shift: None,
        }
    }
}

/// Of a substance that is said to be in the sample and of which the spectrum shows nothing.
fn adds_nothing(name: &str) -> String {
    format!("{name:?}, which is said to be in the sample, adds nothing to the fit.")
}

/// Takes spectra of one library apart.
pub struct Mixtures<'a> {
    library: &'a Library,
    options: MixtureOptions,
    /// Ions of the EI references, read when the first such spectrum comes.
    ions: OnceLock<Option<Ions<'a>>>,
}

impl<'a> Mixtures<'a> {
    /// Takes spectra apart into references of `library`.
    pub fn new(library: &'a Library, options: MixtureOptions) -> Self {
        Self {
            library,
            options,
            ions: OnceLock::new(),
        }
    }

    /// What a spectrum is made of; `None` where the library or the program has nothing to say of it: no
    /// references of its technique, no usable signal, or a technique that is not taken apart.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn components(&self, spectrum: &Spectrum) -> Result<Option<Mixture>, LibraryError> {
        for family in Family::of_query(spectrum.technique) {
            let Some(group) = self.library.group(*family).filter(|g| !g.is_empty()) else {
                continue;
            };
            match &group.prepared {
                Prepared::Curves(curves) if !family.is_mass() => {
                    return curve::components(self.library, group, curves, spectrum, &self.options);
                }
                Prepared::Curves(_) if *family == Family::EiMs => {
                    return self.of_ions(group, spectrum);
                }
                Prepared::Peaks(lists) => {
                    return fragments::components(
                        self.library,
                        group,
                        lists,
                        spectrum,
                        &self.options,
                    );
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn of_ions(
        &self,
        group: &'a Group,
        spectrum: &Spectrum,
    ) -> Result<Option<Mixture>, LibraryError> {
        let ions = self.ions.get_or_init(|| Ions::of(self.library, group));
        let Some(ions) = ions else {
            return Ok(None);
        };
        match ions.components(spectrum, &self.options) {
            Ok(mixture) => Ok(Some(mixture)),
            Err(SearchError::Library(error)) => Err(error),
            // What cannot be prepared was told by the search.
            Err(_) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Builder, Info, ReferenceKind};
    use crate::spectrum::{Axis, Shape, Technique};

    #[test]
    fn the_verdict_is_among_what_could_be() {
        let mut builder = Builder::new(Info::default());
        for name in ["caffeine", "heroin", "sugar"] {
            let axis = Axis::Explicit(vec![58.0, 77.0, 105.0]);
            let y = vec![100.0, 20.0, 10.0];
            let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y);
            spectrum.identity.name = name.to_owned();
            builder.add(spectrum, ReferenceKind::FullSpectrum);
        }
        let (library, _) = builder.build(&|| {});
        let mixture = |share: f64| Mixture {
            components: vec![Component {
                hit: Hit {
                    entry: 0,
                    ..Hit::scored(0.9)
                },
                share,
                low: 0.0,
                high: 1.0,
                known: false,
                look_alikes: vec![1],
            }],
            ..Mixture::default()
        };
        let mut most = mixture(0.6);
        assert!(most.names_one_of(&library, &[2, 0]).unwrap());
        assert!(most.names_one_of(&library, &[1]).unwrap());
        assert!(!most.names_one_of(&library, &[2]).unwrap());
        assert!(most.could_be(&[2]));
        assert!(most.names_one_of(&library, &[2]).unwrap());
        let mut little = mixture(0.4);
        assert!(!little.could_be(&[2]) && little.components[0].look_alikes == [1]);
        let mut known = mixture(0.6);
        known.components[0].known = true;
        assert!(!known.could_be(&[2]));
        assert!(!Mixture::default().could_be(&[2]));
    }
}

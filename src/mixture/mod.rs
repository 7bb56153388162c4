#![doc = include_str!("guide.md")]

mod curve;
mod fragments;
mod hidden;
pub mod ions;
mod known;
mod residual;
mod share;
mod solve;
mod unnamed;

pub use hidden::Hidden;
pub use known::Unseen;
pub use residual::{LeftIon, Outstanding};

use crate::library::{Group, Library, LibraryError, Prepared};
use crate::prepare::Family;
use crate::search::{Hit, SearchError};
use crate::spectrum::{Identity, Spectrum};
use ions::Ions;
use std::sync::OnceLock;

/// One component of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// The reference that stands for it: the one that fits best, unless a verdict on the whole spectrum names
    /// another that it could be ([`Mixture::follow`]).
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
    /// The ions that stand out of the components; mass spectra only.
    pub outstanding: Option<Outstanding>,
}

/// The components of a spectrum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mixture {
    /// Components, largest share first.
    pub components: Vec<Component>,
    /// What they leave.
    pub residual: Residual,
    /// What is said to be in the sample and is none of them.
    pub unseen: Vec<Unseen>,
    /// What the components mean and how far they are believed, one sentence each.
    pub reasons: Vec<String>,
    /// Query and components together, for plots; curves only.
    pub drawn: Option<Drawn>,
    /// The same; mass spectra only.
    pub sticks: Option<Sticks>,
}

/// Share from which a component is most of a spectrum.
const MOST: f64 = 0.5;

impl Component {
    /// Names it by another entry; the one that it was named by becomes a look-alike.
    fn rename(&mut self, library: &Library, entry: usize) {
        self.look_alikes.insert(0, self.hit.entry);
        self.hit.entry = entry;
        self.hit.substance = library.substance_of(entry).unwrap_or(self.hit.substance);
    }
}

impl Mixture {
    /// Names a component as a verdict on the whole spectrum does, whose substances are those of these entries, best
    /// first; whether there is such a component, or one that is named so already.
    ///
    /// It is the largest that could be one of them, else the one that is most of the spectrum; what it was called, and
    /// what else of the verdict's set is no other component, is then what it could be instead. What the user knows to be
    /// in the sample is what it is.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn follow(&mut self, library: &Library, entries: &[usize]) -> Result<bool, LibraryError> {
        let Some(best) = entries.first() else {
            return Ok(false);
        };
        let identity = |entry: &usize| library.entry(*entry).map(|e| e.identity);
        let wanted: Vec<Identity> = entries.iter().map(identity).collect::<Result<_, _>>()?;
        let is_wanted = |entry: &usize| -> Result<bool, LibraryError> {
            let found = identity(entry)?;
            Ok(wanted.iter().any(|w| w.is_same_as(&found)))
        };
        let mut named: Vec<Identity> = Vec::with_capacity(self.components.len());
        for component in &self.components {
            named.push(identity(&component.hit.entry)?);
        }
        let is_named = |one: &Identity| wanted.iter().any(|w| w.is_same_as(one));
        let mut followed = named.iter().position(is_named);
        for (at, component) in self.components.iter_mut().enumerate() {
            if followed.is_some() || component.known {
                continue;
            }
            for index in 0..component.look_alikes.len() {
                if is_wanted(&component.look_alikes[index])? {
                    let entry = component.look_alikes.remove(index);
                    component.rename(library, entry);
                    followed = Some(at);
                    break;
                }
            }
        }
        let most = |c: &Component| c.share >= MOST && !c.known;
        if followed.is_none() && self.components.first().is_some_and(most) {
            self.components[0].rename(library, *best);
            followed = Some(0);
        }
        let component = followed.and_then(|at| self.components.get_mut(at));
        let Some(component) = component else {
            return Ok(false);
        };
        if !component.known {
            named.push(identity(&component.hit.entry)?);
            for entry in &component.look_alikes {
                named.push(identity(entry)?);
            }
            let more = entries.iter().zip(&wanted);
            let more = more.filter(|(_, one)| !named.iter().any(|told| told.is_same_as(one)));
            component.look_alikes.extend(more.map(|(entry, _)| *entry));
        }
        Ok(true)
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

/// The ions of a mixture and of the sum of its named components, in shares of the query's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sticks {
    /// m/z and share of the query.
    pub query: Vec<(f64, f64)>,
    /// m/z and share of the sum.
    pub fitted: Vec<(f64, f64)>,
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
    fn a_component_is_named_as_the_verdict_names_it() {
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
        let follow = |mut mixture: Mixture, entries: &[usize]| {
            let follows = mixture.follow(&library, entries).unwrap();
            let first = mixture.components.first();
            first.map(|c| (follows, c.hit.entry, c.look_alikes.clone()))
        };
        // Named so already; by what it could be; most of the spectrum; too little of it; known.
        assert_eq!(follow(mixture(0.6), &[0]), Some((true, 0, vec![1])));
        assert_eq!(follow(mixture(0.4), &[1]), Some((true, 1, vec![0])));
        assert_eq!(follow(mixture(0.6), &[2]), Some((true, 2, vec![0, 1])));
        assert_eq!(follow(mixture(0.4), &[2]), Some((false, 0, vec![1])));
        let mut known = mixture(0.6);
        known.components[0].known = true;
        assert_eq!(follow(known.clone(), &[2]), Some((false, 0, vec![1])));
        // What else the verdict's set holds is what it could be instead.
        assert_eq!(follow(mixture(0.6), &[2, 0]), Some((true, 0, vec![1, 2])));
        assert_eq!(follow(mixture(0.4), &[2, 1]), Some((true, 1, vec![0, 2])));
        assert_eq!(follow(known, &[0, 2]), Some((true, 0, vec![1])));
        assert_eq!(follow(mixture(0.6), &[]), Some((false, 0, vec![1])));
        assert!(!Mixture::default().follow(&library, &[2]).unwrap());
    }
}

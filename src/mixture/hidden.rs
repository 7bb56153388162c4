//! What could hide in a mixture: from which share on a substance would be named.

use super::{Component, Mixtures};
use crate::decide::Admixture;
use crate::library::LibraryError;
use crate::spectrum::Identity;

/// Shares tried upwards.
const SHARES: [f64; 7] = [0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6];
/// Halvings between the first share at which it is named and the one below it.
const STEPS: usize = 3;

/// What adding a substance to a sample's spectrum does to its components.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hidden {
    /// A component of the sample alone is it.
    Named,
    /// A component of the sample alone is another and could be it as well.
    Possible,
    /// From this share of the summed signal on a component is it, or is another that the sample alone has not and
    /// that could be it.
    From(f64),
    /// None of the shares tried is enough.
    Never,
}

impl Mixtures<'_> {
    /// Takes the sample apart with more and more of the target: at seven shares from 2 to 60 % upwards, then halved
    /// three times. `None` where such spectra are not taken apart.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn smallest_named(
        &self,
        admixture: &Admixture,
        target: &Identity,
    ) -> Result<Option<Hidden>, LibraryError> {
        let Some(alone) = self.components(&admixture.at(0.0))? else {
            return Ok(None);
        };
        let alone = alone.components;
        if any(&alone, |c| self.is(&[c.hit.entry], target))? {
            return Ok(Some(Hidden::Named));
        }
        if any(&alone, |c| self.is(&c.look_alikes, target))? {
            return Ok(Some(Hidden::Possible));
        }
        let before: Vec<u32> = alone.iter().map(|c| c.hit.substance).collect();
        let named = |share: f64| -> Result<bool, LibraryError> {
            let found = self.components(&admixture.at(share))?.unwrap_or_default();
            any(&found.components, |c| {
                let is_new = !before.contains(&c.hit.substance);
                Ok(self.is(&[c.hit.entry], target)?
                    || (is_new && self.is(&c.look_alikes, target)?))
            })
        };
        let mut below = 0.0;
        for share in SHARES {
            if !named(share)? {
                below = share;
                continue;
            }
            let mut high = share;
            for _ in 0..STEPS {
                let middle = (below + high) / 2.0;
                match named(middle)? {
                    true => high = middle,
                    false => below = middle,
                }
            }
            return Ok(Some(Hidden::From(high)));
        }
        Ok(Some(Hidden::Never))
    }

    /// Whether one of these entries is of the target.
    fn is(&self, entries: &[usize], target: &Identity) -> Result<bool, LibraryError> {
        for entry in entries {
            if target.is_same_as(&self.library.entry(*entry)?.identity) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether the test holds for one of the components.
fn any(
    components: &[Component],
    test: impl Fn(&Component) -> Result<bool, LibraryError>,
) -> Result<bool, LibraryError> {
    for component in components {
        if test(component)? {
            return Ok(true);
        }
    }
    Ok(false)
}

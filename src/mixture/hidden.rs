//! What could hide in a mixture: from which share on a substance would be named.

use super::Mixtures;
use crate::decide::{Negatives, same};
use crate::library::LibraryError;
use crate::spectrum::{Identity, Spectrum};

/// Shares tried upwards.
const SHARES: [f64; 7] = [0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6];
/// Halvings between the first share at which it is named and the one below it.
const STEPS: usize = 3;

/// Adds the target's reference to the sample's spectrum and takes the mixture apart: the smallest share of the
/// summed signal, of seven from 2 to 60 % and halved three times, at which the target or a look-alike of it is among the
/// components. `None` where the library has no reference that could be added, or none of the shares is enough.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub fn smallest_named(
    negatives: &Negatives<'_>,
    sample: &Spectrum,
    target: &Identity,
    mixtures: &Mixtures<'_>,
) -> Result<Option<f64>, LibraryError> {
    let Some(reference) = negatives.reference(sample, target)? else {
        return Ok(None);
    };
    let named = |share: f64| -> Result<bool, LibraryError> {
        let Some(mixture) = crate::decide::mixed(sample, &reference, share) else {
            return Ok(false);
        };
        let Some(found) = mixtures.components(&mixture)? else {
            return Ok(false);
        };
        for component in &found.components {
            for entry in component.look_alikes.iter().chain([&component.hit.entry]) {
                if same(&negatives.library.entry(*entry)?.identity, target) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
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
        return Ok(Some(high));
    }
    Ok(None)
}

//! The published scores of a candidate, on the spectra before weighting and baseline removal.

use super::{Hit, SearchError};
use crate::correlate::score::{entropy, mass, vibrational};
use crate::library::Library;
use crate::prepare::{Family, Recipe, Signal, prepare};
use crate::spectrum::Spectrum;
use std::ops::Range;

/// A query before weighting and baseline removal, prepared once for all candidates of a family.
pub(super) struct Plain<'a> {
    library: &'a Library,
    spectrum: &'a Spectrum,
    query: Option<(Family, Recipe, Signal)>,
}

impl<'a> Plain<'a> {
    pub(super) fn new(library: &'a Library, spectrum: &'a Spectrum) -> Self {
        Self {
            library,
            spectrum,
            query: None,
        }
    }

    /// Query and reference on the technique's grid.
    ///
    /// # Errors
    /// [`SearchError`] where one of them cannot be put on the grid.
    pub(super) fn pair(&mut self, hit: &Hit) -> Result<(&Signal, Signal, &Recipe), SearchError> {
        let kept = self
            .query
            .take()
            .filter(|(family, ..)| *family == hit.family);
        let (_, recipe, query) = match kept {
            Some(kept) => self.query.insert(kept),
            None => {
                let recipe = Recipe::standard(hit.family).plain();
                let query = prepare(self.spectrum, &recipe)?.signal;
                self.query.insert((hit.family, recipe, query))
            }
        };
        let reference = self.library.spectrum(hit.entry)?;
        let reference = prepare(&reference, recipe)?.signal;
        Ok((query, reference, recipe))
    }
}

/// Scores by name.
///
/// Curves: `hqi` and `first_derivative` over the common range at no shift. EI: `cosine`,
/// `stein_scott`, `entropy`, `match` and `reverse_match` on unit-mass abundances. `background` and
/// `excess` come from the correlation of the first stage. What the search itself found stands before
/// them.
pub(super) fn published(
    plain: &mut Plain<'_>,
    hit: &Hit,
) -> Result<Vec<(&'static str, f64)>, SearchError> {
    if hit.family == Family::MsMs {
        return Ok(Vec::new());
    }
    let mut scores = Vec::new();
    let correlation = hit.scores.iter().find(|(name, _)| *name == "correlation");
    if let (Some(background), Some((_, correlation))) = (hit.background, correlation) {
        scores.push(("background", background.mean));
        scores.push(("excess", correlation - background.mean));
    }
    let (query, reference, _) = plain.pair(hit)?;
    if hit.family.is_mass() {
        let common = query.start.max(reference.start)..query.end().min(reference.end());
        let (q, r) = (from_zero(query, &common), from_zero(&reference, &common));
        scores.extend([
            ("cosine", mass::cosine(&q, &r)),
            ("stein_scott", mass::stein_scott(&q, &r)),
            ("entropy", entropy::similarity(&q, &r)),
            ("match", mass::match_factor(&q, &r)),
            ("reverse_match", mass::reverse_match_factor(&q, &r)),
        ]);
    } else {
        let common = query.start.max(reference.start)..query.end().min(reference.end());
        let (q, r) = (part(query, &common), part(&reference, &common));
        let named = [
            ("hqi", vibrational::hqi(q, r)),
            ("first_derivative", vibrational::first_derivative(q, r)),
        ];
        scores.extend(named.into_iter().filter_map(|(name, s)| Some((name, s?))));
    }
    Ok(scores)
}

fn part<'a>(signal: &'a Signal, range: &Range<usize>) -> &'a [f64] {
    let from = range.start.saturating_sub(signal.start);
    let to = range.end.saturating_sub(signal.start);
    signal.values.get(from..to).unwrap_or_default()
}

/// Abundances with the index as m/z, zero below the common range.
fn from_zero(signal: &Signal, range: &Range<usize>) -> Vec<f64> {
    let mut values = vec![0.0; range.start];
    values.extend(part(signal, range));
    values
}

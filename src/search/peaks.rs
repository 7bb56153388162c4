//! MS/MS peak lists, compared peak by peak.

use super::{Hit, Options, Ranking, SearchError};
use crate::correlate::score::entropy::{similarity_of_peaks, weighted_peaks};
use crate::library::{Group, Library, MSMS_NOISE, MSMS_TOLERANCE, PeakLists};
use crate::prepare::{Family, PrepareError};
use crate::spectrum::{Spectrum, Warning, WarningKind};
use rayon::prelude::*;

/// Adds the references with the query's precursor (where that is asked and known) to the ranking,
/// by spectral entropy similarity.
pub(super) fn search(
    library: &Library,
    spectrum: &Spectrum,
    group: &Group,
    lists: &PeakLists,
    options: &Options,
    ranking: &mut Ranking,
) -> Result<(), SearchError> {
    let points: Vec<(f64, f64)> = spectrum.points().collect();
    let query = weighted_peaks(&points, MSMS_NOISE, MSMS_TOLERANCE);
    if query.is_empty() {
        return Err(PrepareError::TooFewPoints {
            found: 0,
            needed: 1,
        }
        .into());
    }
    let precursor = precursor_to_match(spectrum, options, ranking);
    let found: Vec<Option<Hit>> = (0..group.len())
        .into_par_iter()
        .with_min_len(512)
        .map(|row| {
            let wanted = match (precursor, lists.precursor.get(row)) {
                (Some(query), Some(reference)) => {
                    (query - reference).abs() <= options.precursor_tolerance
                }
                _ => true,
            };
            let peaks = wanted.then(|| lists.peaks(row)).flatten()?;
            let entry = *group.entry.get(row)? as usize;
            Some(Hit {
                entry,
                substance: library.substance_of(entry)?,
                family: Family::MsMs,
                score: similarity_of_peaks(&query, &peaks, MSMS_TOLERANCE),
                axis_shift: 0.0,
                background: None,
                overlap: None,
                axis_curve: Vec::new(),
                scores: Vec::new(),
            })
        })
        .collect();
    ranking.compared += found.iter().flatten().count();
    ranking.left_out += found.iter().filter(|f| f.is_none()).count();
    ranking
        .hits
        .extend(found.into_iter().flatten().filter(|h| h.score > 0.0));
    Ok(())
}

fn precursor_to_match(
    spectrum: &Spectrum,
    options: &Options,
    ranking: &mut Ranking,
) -> Option<f64> {
    if !options.match_precursor {
        return None;
    }
    let precursor = spectrum.precursor.as_ref().and_then(|p| p.mz);
    if precursor.is_none() {
        ranking.warnings.push(Warning::new(
            WarningKind::Format,
            "The file states no precursor m/z; all references were compared.",
        ));
    }
    precursor
}

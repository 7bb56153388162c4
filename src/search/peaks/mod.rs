//! MS/MS peak lists, compared peak by peak.
//!
//! A substance is a candidate where one of its references has the query's precursor (`precursor`:
//! the neutral mass where both adducts are known, in ppm), and is ranked by its best reference
//! (`evidence`: spectral entropy similarity at the resolution of the pair). The references of a
//! substance differ in collision energy, so its best is the one at the energy most like the query's.
//! Without the filter, spectra of the other polarity are left out and neutral losses count too.
//!
//! What was chosen, and on what: the tolerances from the instruments' m/z errors against accurate
//! spectra of the same substances (95 % within 0.2 at unit resolution, within 0.007 else); the weight
//! of the losses (the best of 0, 1/4, 1/2, 1) on half of the substances of a library, each spectrum
//! against what other contributors measured; the other half prefers 1 by a little. Tried and left
//! out, since they gained nothing there: rare peaks weighted up, the mean over the best references,
//! the share of explained peaks, the number of matched peaks, tolerances below 0.02, a discount for
//! pairs of unlike resolution, losses where precursors are compared.

mod evidence;
mod precursor;

use super::{Hit, Options, Ranking, SearchError, Skip};
use crate::library::{Group, Library, PeakLists, is_positive};
use crate::prepare::{Family, PrepareError};
use crate::spectrum::{Spectrum, Warning, WarningKind};
use evidence::{Evidence, Query};
use precursor::{Fit, Target};
use rayon::prelude::*;
use std::collections::HashMap;

/// Substances that get their named features, at least.
const DESCRIBED: usize = 50;
/// Similarity from which a reference counts as agreeing with the query.
const AGREES: f64 = 0.5;

/// One substance: its best reference, and how many of them agree.
struct Found {
    row: usize,
    entry: usize,
    evidence: Evidence,
    support: usize,
}

/// Adds the best reference of each substance to the ranking.
pub(super) fn search(
    library: &Library,
    spectrum: &Spectrum,
    group: &Group,
    lists: &PeakLists,
    options: &Options,
    skip: Skip<'_>,
    ranking: &mut Ranking,
) -> Result<(), SearchError> {
    let query = Query::of(spectrum);
    if query.is_empty() {
        return Err(PrepareError::TooFewPoints {
            found: 0,
            needed: 1,
        }
        .into());
    }
    if query.is_only_precursor() {
        ranking.warnings.push(Warning::new(
            WarningKind::Ordinate,
            "Only the precursor ion is left in this spectrum: the ranking rests on its mass and identifies nothing. Measure at a higher collision energy.",
        ));
    }
    let target = Target::of(spectrum, options.precursor_tolerance);
    let fit = fit(target.as_ref(), lists, group.len(), options, ranking);
    let positive = is_positive(spectrum);
    let compared: Vec<Option<Evidence>> = (0..group.len())
        .into_par_iter()
        .with_min_len(512)
        .map(|row| match (&target, fit) {
            _ if group.entry.get(row).is_none_or(|e| skip(*e as usize)) => None,
            (Some(target), Some(fit)) => target
                .fits(lists, row, fit)
                .then(|| query.compare(lists, row, false))?,
            _ => precursor::polarity_agrees(positive, lists, row)
                .then(|| query.compare(lists, row, true))?
                .filter(|e| e.score > 0.0),
        })
        .collect();
    let count = compared.iter().flatten().count();
    ranking.compared += count;
    ranking.left_out += compared.len() - count;
    let mut found: Vec<(u32, Found)> = best_of_each(library, group, &compared);
    found.sort_by(|(_, a), (_, b)| {
        let score = b.evidence.score.total_cmp(&a.evidence.score);
        score.then(a.entry.cmp(&b.entry))
    });
    found.truncate(options.top.max(DESCRIBED));
    ranking.hits.extend(found.into_iter().map(|(substance, f)| {
        let mut scores = query.published(lists, f.row);
        scores.extend(f.evidence.features());
        let deviation = target.as_ref().and_then(|t| t.deviation_ppm(lists, f.row));
        scores.extend(deviation.map(|ppm| ("precursor_ppm", ppm)));
        scores.push(("support", f.support as f64));
        Hit {
            entry: f.entry,
            substance,
            family: Family::MsMs,
            score: f.evidence.score,
            axis_shift: 0.0,
            background: None,
            overlap: None,
            axis_curve: Vec::new(),
            scores,
        }
    }));
    Ok(())
}

/// How the precursor is to be matched; `None` where it is not.
fn fit(
    target: Option<&Target>,
    lists: &PeakLists,
    rows: usize,
    options: &Options,
    ranking: &mut Ranking,
) -> Option<Fit> {
    options.match_precursor.then_some(())?;
    let mut warn = |message: String| {
        let warning = Warning::new(WarningKind::Format, message);
        ranking.warnings.push(warning);
    };
    let Some(target) = target else {
        warn("The file states no precursor m/z; all references were compared.".to_owned());
        return None;
    };
    let any = |fit| (0..rows).any(|row| target.fits(lists, row, fit));
    if any(Fit::Mass) {
        return Some(Fit::Mass);
    }
    if !any(Fit::Mz) {
        warn(format!(
            "No reference has the precursor m/z {} within {:.3}; --any-precursor compares all of them.",
            target.mz, target.tolerance
        ));
    }
    Some(Fit::Mz)
}

fn best_of_each(
    library: &Library,
    group: &Group,
    compared: &[Option<Evidence>],
) -> Vec<(u32, Found)> {
    let mut best: HashMap<u32, Found> = HashMap::new();
    for (row, evidence) in compared.iter().enumerate() {
        let entry = group.entry.get(row).map(|e| *e as usize);
        let (Some(evidence), Some(entry)) = (*evidence, entry) else {
            continue;
        };
        let Some(substance) = library.substance_of(entry) else {
            continue;
        };
        let agrees = usize::from(evidence.fragments.similarity >= AGREES);
        let new = Found {
            row,
            entry,
            evidence,
            support: 0,
        };
        let held = best.entry(substance).or_insert(new);
        held.support += agrees;
        if evidence.score > held.evidence.score {
            (held.row, held.entry, held.evidence) = (row, entry, evidence);
        }
    }
    best.into_iter().collect()
}

#[cfg(test)]
mod tests;

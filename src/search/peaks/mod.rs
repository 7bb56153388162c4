//! MS/MS peak lists, compared peak by peak.
//!
//! A substance is a candidate where one of its references has the query's precursor (`precursor`:
//! the neutral mass where both adducts are known, in ppm), and is ranked by its best reference
//! (`evidence`: spectral entropy similarity at the resolution of the pair). The references of a
//! substance differ in collision energy, so its best is the one at the energy most like the query's.
//! Without the filter, spectra of the other polarity are left out and neutral losses count too.
//!
//! Where references are many, an index says which of them to compare: those of masses near the
//! query's (`near`), or those that a bound of the score lets be among the best (`bounded`, on
//! [`crate::correlate::fragments`]). Hits, scores and counts are those of comparing all.
//!
//! What was chosen, and on what: the tolerances from the instruments' m/z errors against accurate
//! spectra of the same substances (95 % within 0.2 at unit resolution, within 0.007 else); the weight
//! of the losses (the best of 0, 1/4, 1/2, 1) on half of the substances of a library, each spectrum
//! against what other contributors measured; the other half prefers 1 by a little. Tried and left
//! out, since they gained nothing there: rare peaks weighted up, the mean over the best references,
//! the share of explained peaks, the number of matched peaks, tolerances below 0.02, a discount for
//! pairs of unlike resolution, losses where precursors are compared.

mod bounded;
mod evidence;
mod index;
mod near;
pub(crate) mod precursor;
mod references;

pub(super) use index::{Index, Quick};
pub(super) use references::References;

use super::{Hit, Options, Ranking, SearchError};
use crate::prepare::{Family, PrepareError};
use crate::spectrum::{Spectrum, Warning, WarningKind};
use evidence::{Evidence, Query};
use precursor::{Fit, Target};
use rayon::prelude::*;
use references::{Compared, Found};
use std::collections::HashMap;

/// Substances that are ranked, however many are shown.
const DESCRIBED: usize = 50;
/// Similarity from which a reference counts as agreeing with the query.
const AGREES: f64 = 0.5;

/// Whether an MS/MS spectrum shows no fragment: no peak that is worth comparing lies below the precursor's.
pub fn is_only_precursor(spectrum: &Spectrum) -> bool {
    let query = Query::of(spectrum);
    !query.is_empty() && query.is_only_precursor()
}

/// Adds the best reference of each substance to the ranking. The index changes how long it takes and
/// nothing else.
pub(super) fn search(
    references: &References<'_>,
    quick: Option<Quick<'_>>,
    spectrum: &Spectrum,
    options: &Options,
    ranking: &mut Ranking,
) -> Result<(), SearchError> {
    let lists = references.lists;
    let query = Query::of(spectrum);
    if query.is_empty() {
        return Err(PrepareError::TooFewPoints {
            found: 0,
            needed: 1,
        }
        .into());
    }
    let target = Target::of(spectrum, options.precursor_tolerance);
    let all = 0..references.group.len();
    let wanting = target.as_ref().filter(|_| options.match_precursor);
    let near = wanting.zip(quick).and_then(|(_, quick)| quick.near(lists));
    let rows = match (wanting, near) {
        (Some(target), Some(near)) => near.rows(target),
        (Some(target), None) => near::scanned(lists, target),
        (None, _) => Vec::new(),
    };
    let compared = match (
        &target,
        fit(references, target.as_ref(), &rows, options, ranking),
    ) {
        (Some(target), Some(fit)) => each(references, &rows, |row| {
            let fits = target.fits(lists, row, fit) && references.holds(row);
            fits.then(|| query.compare(lists, row, false))?
        }),
        _ => quick
            .and_then(|quick| quick.peaks(lists))
            .and_then(|index| bounded::search(references, index, &query, DESCRIBED))
            .unwrap_or_else(|| {
                let rows: Vec<usize> = all.clone().collect();
                each(references, &rows, |row| {
                    let takes = references.takes(row);
                    let evidence = takes.then(|| query.compare(lists, row, true))?;
                    evidence.filter(|e| e.score > 0.0)
                })
            }),
    };
    ranking.compared += compared.count;
    ranking.left_out += all.len() - compared.count;
    let mut found = compared.found;
    found.sort_by(|(_, a), (_, b)| {
        let score = b.evidence.score.total_cmp(&a.evidence.score);
        score.then(a.entry.cmp(&b.entry))
    });
    found.truncate(DESCRIBED);
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

/// How the precursor is to be matched, by the rows that may have it; `None` where it is not.
fn fit(
    references: &References<'_>,
    target: Option<&Target>,
    rows: &[usize],
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
    let lists = references.lists;
    let fits = |row, fit| target.fits(lists, row, fit) && references.holds(row);
    let any = |fit| rows.iter().any(|row| fits(*row, fit));
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

/// Compares each of these rows, ascending.
fn each(
    references: &References<'_>,
    rows: &[usize],
    compare: impl Fn(usize) -> Option<Evidence> + Sync,
) -> Compared {
    let compared: Vec<(usize, Evidence)> = rows
        .par_iter()
        .with_min_len(512)
        .filter_map(|row| Some((*row, compare(*row)?)))
        .collect();
    let mut best: HashMap<u32, Found> = HashMap::new();
    for (row, evidence) in &compared {
        let Some((substance, new)) = references.found(*row, *evidence) else {
            continue;
        };
        let held = best.entry(substance).or_insert(new);
        held.support += usize::from(evidence.fragments.similarity >= AGREES);
        if evidence.score > held.evidence.score {
            (held.row, held.entry, held.evidence) = (new.row, new.entry, new.evidence);
        }
    }
    Compared {
        count: compared.len(),
        found: best.into_iter().collect(),
    }
}

#[cfg(test)]
mod same;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod tests;

//! The search without precursor filter through an index: the same as comparing all rows.

use super::AGREES;
use super::evidence::{Evidence, LOSSES, Query};
use super::references::{Compared, Found, References};
use crate::correlate::fragments::Bounds;
use crate::library::{Part, PeakIndex, Resolution};
use std::collections::HashMap;

/// Comparisons after which it is looked again at what is needed to be among the best.
const OFTEN: usize = 8;

/// The best `wanted` substances at least, and the number of rows that share anything with the query.
/// `None` where the index does not cover all rows: then each must be compared.
pub(super) fn search(
    references: &References<'_>,
    index: &PeakIndex,
    query: &Query,
    wanted: usize,
) -> Option<Compared> {
    let (bounds, agreeing) = bounds(references, index, query)?;
    let compare = |row| {
        let evidence = query.compare(references.lists, row, true);
        evidence.filter(|e| e.score > 0.0)
    };
    let unsure = |row: &u32| {
        let row = *row as usize;
        references.takes(row) && compare(row).is_none()
    };
    let mut rows = bounds.unsure().to_vec();
    rows.sort_unstable();
    rows.dedup();
    let count = touched(references, &bounds) - rows.iter().filter(|row| unsure(row)).count();
    let mut best: HashMap<u32, Found> = HashMap::new();
    let mut needed = 0.0;
    let (whole, mut since) = (query.most(), 0);
    for (row, bound) in bounds.falling() {
        if bound / whole < needed {
            break;
        }
        if !references.takes(row) {
            continue;
        }
        let Some((substance, new)) = compare(row).and_then(|e| references.found(row, e)) else {
            continue;
        };
        let held = best.entry(substance).or_insert(new);
        let better = new.evidence.score > held.evidence.score;
        if better || (new.evidence.score == held.evidence.score && row < held.row) {
            *held = new;
        }
        since += 1;
        if since % OFTEN == 0 && best.len() >= wanted {
            needed = nth_score(&best, wanted);
        }
    }
    let last = nth_score(&best, wanted);
    best.retain(|_, found| found.evidence.score >= last);
    // Only rows that agree by their bound can agree.
    for row in agreeing.into_iter().map(|row| row as usize) {
        let substance = references.substance(row);
        let held = substance.and_then(|substance| best.get_mut(&substance));
        if let Some(held) = held.filter(|_| references.takes(row)) {
            let agrees = |e: &Evidence| e.fragments.similarity >= AGREES;
            held.support += usize::from(compare(row).as_ref().is_some_and(agrees));
        }
    }
    Some(Compared {
        count,
        found: best.into_iter().collect(),
    })
}

/// Bounds of the score before it is divided, and the rows that may agree with the query.
fn bounds(
    references: &References<'_>,
    index: &PeakIndex,
    query: &Query,
) -> Option<(Bounds, Vec<u32>)> {
    let parts = [Resolution::Fine, Resolution::Unit].map(|rows| Part {
        rows,
        at: query.common(rows),
    });
    let mut bounds = Bounds::new(references.group.len());
    for part in parts {
        let (fragments, _) = index.part(part)?;
        let peaks = &query.at(part.at).peaks;
        bounds.add(&fragments, peaks, 1.0).ok()?.then_some(())?;
    }
    let agreeing = bounds.at_least(AGREES);
    for part in parts {
        let (_, losses) = index.part(part)?;
        let own = &query.at(part.at).losses;
        bounds.add(&losses, own, LOSSES).ok()?.then_some(())?;
    }
    Some((bounds, agreeing))
}

/// Rows to be compared of which the bound is above zero.
fn touched(references: &References<'_>, bounds: &Bounds) -> usize {
    let sums = bounds.sums();
    match references.skip {
        Some(_) => (0..sums.len())
            .filter(|row| sums[*row] > 0 && references.takes(*row))
            .count(),
        None => {
            let opposite = references
                .positive
                .map(|positive| if positive { -1 } else { 1 });
            let rows = sums.iter().zip(references.lists.polarity.iter());
            rows.filter(|(sum, polarity)| **sum > 0 && Some(**polarity) != opposite)
                .count()
        }
    }
}

/// The `n`-th best score of a substance; zero where there are fewer.
fn nth_score(best: &HashMap<u32, Found>, n: usize) -> f64 {
    let mut scores: Vec<f64> = best.values().map(|found| found.evidence.score).collect();
    match n.checked_sub(1).filter(|last| *last < scores.len()) {
        Some(last) => *scores.select_nth_unstable_by(last, |a, b| b.total_cmp(a)).1,
        None => 0.0,
    }
}

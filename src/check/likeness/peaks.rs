//! MS/MS entries against those of other energies and contributors.

use super::{Comparison, blinded, hits};
use crate::check::{Check, Finding, Severity};
use crate::library::LibraryError;
use crate::search::Hit;
use crate::spectrum::Technique;

/// Likeness (entropy similarity) above which another substance explains a spectrum, and below which its
/// own does not. Energies differ, so that entries of one substance may be quite unlike.
const EXPLAINS: f64 = 0.85;
const UNLIKE: f64 = 0.15;

pub(super) fn check(comparison: &Comparison<'_>) -> Result<Vec<Finding>, LibraryError> {
    let record = comparison.record;
    if record.entry.technique != Technique::MsMs {
        return Ok(Vec::new());
    }
    let substance = &record.substance;
    let precursor = |r: &super::Record| r.entry.precursor.as_ref().and_then(|p| p.mz);
    let near = |r: &super::Record| match (precursor(r), precursor(record)) {
        (Some(a), Some(b)) => (a - b).abs() < 0.5,
        _ => false,
    };
    let siblings = comparison.records.of_substance(substance);
    if siblings
        .filter(|r| r.index != record.index && near(r))
        .count()
        < 2
    {
        return Ok(Vec::new());
    }
    let spectrum = blinded(comparison.library, record.index)?;
    let skip = |entry: usize| entry == record.index;
    let hits = hits(comparison.searcher.rank_without(&spectrum, &skip))?;
    let of = |hit: &&Hit| comparison.records.get(hit.entry);
    let own = hits
        .iter()
        .filter(|h| of(h).is_some_and(|r| r.substance == *substance));
    let own = own.map(|h| h.score).fold(0.0, f64::max);
    let Some(best) = hits
        .iter()
        .find(|h| of(h).is_some_and(|r| r.substance != *substance))
    else {
        return Ok(Vec::new());
    };
    let Some(other) = of(&best).filter(|_| best.score >= EXPLAINS && own < UNLIKE) else {
        return Ok(Vec::new());
    };
    Ok(vec![record.finding_with(other, Check::Mislabelled, Severity::Warning, format!("The spectrum resembles {} (entry {}, {:.2}) and no other entry of {} ({own:.2} at most). It is perhaps {}'s; compare with the source of the spectrum.", other.name(), other.entry.id, best.score, record.name(), other.name()))])
}

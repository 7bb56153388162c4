//! Hypotheses about the peaks of a run: of the largest that nothing names, since each takes its time.

use super::identifier::Identifier;
use crate::report::Outcome;
use crate::report::run::Explained;
use crate::spectrum::Spectrum;
use rayon::prelude::*;

/// Most peaks of a run of which it is told what they may be.
const MOST: usize = 40;

/// A peak with what is found for it.
pub(super) struct PeakOutcome<'a> {
    pub area: f64,
    pub spectrum: &'a Spectrum,
    pub outcome: &'a mut Outcome,
}

/// Adds hypotheses to the largest of these peaks that nothing names and that are good enough (of all, where that
/// is asked); `None` where none are asked for.
pub(super) fn explain(
    identifier: &Identifier<'_>,
    peaks: Vec<PeakOutcome<'_>>,
) -> Option<Explained> {
    if !identifier.explains() {
        return None;
    }
    let is_asked = |peak: &PeakOutcome<'_>| match &*peak.outcome {
        Outcome::Ranked(result) => identifier.is_to_explain(result),
        Outcome::Failed(_) => false,
    };
    let mut asked: Vec<PeakOutcome<'_>> = peaks.into_iter().filter(is_asked).collect();
    asked.sort_by(|a, b| b.area.total_cmp(&a.area));
    let left = asked.len().saturating_sub(MOST);
    asked.truncate(MOST);
    let explained = asked.len();
    asked.into_par_iter().for_each(|peak| {
        let Outcome::Ranked(result) = peak.outcome else {
            return;
        };
        if let Err(error) = identifier.explain(peak.spectrum, result) {
            let source = result.source.clone();
            *peak.outcome = Outcome::failed(source, "library", error.to_string());
        }
    });
    Some(Explained {
        peaks: explained,
        left,
    })
}

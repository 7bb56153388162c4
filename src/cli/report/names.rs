//! Names of a result against the entries of the library that they were taken from.

use crate::library::Library;
use crate::statement::input::{Candidate, Outcome, Verdict};
use crate::statement::positions;
use anyhow::{Result, bail};

/// Refuses a result that calls an entry of the library otherwise than the library does.
///
/// # Errors
/// Where a name or InChIKey differs, with both.
pub(super) fn agree(outcome: &Outcome, library: &Library) -> Result<()> {
    let parts: Vec<(Option<&Verdict>, &[Candidate])> = match outcome {
        Outcome::Ranked(result) => vec![(Some(&result.verdict), &result.candidates)],
        Outcome::Run(run) => {
            let peaks = run.peaks.iter();
            peaks
                .map(|peak| (peak.verdict.as_ref(), peak.candidates.as_slice()))
                .collect()
        }
        Outcome::Failed(_) | Outcome::Case(_) => Vec::new(),
    };
    let all = parts.iter().flat_map(|(_, candidates)| *candidates);
    let ids: Vec<&str> = all.clone().map(|c| c.entry_id.as_str()).collect();
    let places = positions(library, &ids);
    for candidate in all {
        let Some(entry) = places.get(&candidate.entry_id) else {
            continue;
        };
        let held = library.entry(*entry)?.identity;
        if (&held.name, &held.inchikey) != (&candidate.name, &candidate.inchikey) {
            bail!(
                "the result calls the entry {} of the library {}, and the library calls it {}: the result was changed, and no report is made of it; identify the file again",
                candidate.entry_id,
                called(&candidate.name, candidate.inchikey.as_deref()),
                called(&held.name, held.inchikey.as_deref())
            );
        }
    }
    for (verdict, candidates) in parts {
        for named in verdict.into_iter().flat_map(|v| &v.substances) {
            let own = candidates.iter().find(|c| Some(c.rank) == named.rank);
            if own.is_some_and(|c| (&c.name, &c.inchikey) != (&named.name, &named.inchikey)) {
                bail!(
                    "the verdict of the result names {}, which is not its candidate of rank {}: the result was changed, and no report is made of it; identify the file again",
                    called(&named.name, named.inchikey.as_deref()),
                    named.rank.unwrap_or_default()
                );
            }
        }
    }
    Ok(())
}

fn called(name: &str, inchikey: Option<&str>) -> String {
    match inchikey {
        Some(key) => format!("{name} ({key})"),
        None => format!("{name} (without InChIKey)"),
    }
}

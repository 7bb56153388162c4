//! Samples that stand in several runs, and those that may.

use super::draft::{Draft, Triple};
use super::{Finding, Repeated, Source};
use std::collections::HashMap;
use std::path::Path;

/// Hash and place of each spectrum of a sample, and which of the samples of a run with these it is.
type Print = (Vec<(String, usize)>, usize);

/// Which spectra the samples of earlier runs have.
#[derive(Default)]
pub(super) struct Prints {
    earlier: HashMap<Print, usize>,
    /// How often the present run had the same spectra so far.
    present: HashMap<Vec<(String, usize)>, usize>,
}

impl Prints {
    pub fn next_run(&mut self) {
        self.present.clear();
    }

    /// That of a sample of the present run; `None` where a file could not be read.
    pub fn of(&mut self, spectra: &[Source]) -> Option<Print> {
        let each = spectra
            .iter()
            .map(|s| Some((s.sha256.clone()?, s.spectrum)));
        let mut all: Vec<(String, usize)> = each.collect::<Option<_>>()?;
        if all.is_empty() {
            return None;
        }
        all.sort_unstable();
        let count = self.present.entry(all.clone()).or_default();
        *count += 1;
        Some((all, *count))
    }

    /// The sample of an earlier run with the same spectra.
    pub fn earlier(&self, print: &Print) -> Option<usize> {
        self.earlier.get(print).copied()
    }

    pub fn keep(&mut self, print: Print, at: usize) {
        self.earlier.entry(print).or_insert(at);
    }
}

/// Says that `again` is counted as `first`; where their results differ that is a doubt of the first.
pub(super) fn tell(first: &mut Draft, again: &Draft, why: &str) -> Repeated {
    let (a, b) = (names(&first.finding), names(&again.finding));
    if a != b {
        first.doubts.push(format!(
            "{} says {b} of this sample, {} says {a}; what the first named run says is taken.",
            again.origin.display(),
            first.origin.display()
        ));
    }
    Repeated {
        origin: again.origin.clone(),
        label: again.label.clone(),
        fields: again.fields(),
        counted_in: first.origin.clone(),
        why: why.to_owned(),
    }
}

fn names(finding: &Finding) -> String {
    match finding {
        Finding::Confirmed { substance, .. } => substance.name.clone(),
        Finding::Presumptive { set, .. } => {
            let mut names: Vec<&str> = set.iter().map(|member| member.name.as_str()).collect();
            names.sort_unstable();
            names.join(" or ")
        }
        Finding::None { verdict, .. } => verdict.replace('-', " "),
    }
}

/// Notes samples of several inputs that have the same item and sample and no case number: they may be one.
pub(super) fn tell_possible(drafts: &mut [Draft], triples: &HashMap<Triple, Vec<usize>>) {
    for (_, all) in triples
        .iter()
        .filter(|(t, all)| t.case.is_none() && all.len() > 1)
    {
        for at in all {
            let Some(own) = drafts.get(*at).map(|draft| draft.origin.clone()) else {
                continue;
            };
            let other = |at: &usize| Some(drafts.get(*at)?.origin.as_path()).filter(|o| *o != own);
            let others: Vec<&Path> = all.iter().filter_map(other).collect();
            let Some(other) = others.first().map(|path| path.display().to_string()) else {
                continue;
            };
            if let Some(draft) = drafts.get_mut(*at) {
                draft.doubts.push(format!(
                    "A sample of this name without a case number stands in {other}, too; both are counted. If they are one, give both the same case number."
                ));
            }
        }
    }
}

//! Samples that stand in several runs, and those that may.

use super::draft::{Draft, Triple};
use super::{Finding, Repeated, Source};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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

/// Counts two drafts of one sample as one, in the place of `first`, and gives the other one: that of the run that
/// says more stays, the first where both say as much. Where they differ that is a doubt.
pub(super) fn put_together(first: &mut Draft, again: Draft, why: &str) -> Repeated {
    let (a, b) = (names(&first.finding), names(&again.finding));
    let says_more = weight(&again.finding) > weight(&first.finding);
    let doubt = (a != b).then(|| {
        let taken = match weight(&again.finding) == weight(&first.finding) {
            true => "what the first named run says is taken",
            false => "what says more is taken",
        };
        format!(
            "{} says {b} of this sample, {} says {a}; {taken}.",
            again.origin.display(),
            first.origin.display()
        )
    });
    let mut again = again;
    if says_more {
        std::mem::swap(first, &mut again);
        first.differences.append(&mut again.differences);
    }
    first.triple = first.triple.take().or_else(|| again.triple.clone());
    again.statements.iter().for_each(|s| first.state(s.clone()));
    first.differences.extend(doubt);
    Repeated {
        origin: again.origin.clone(),
        label: again.label.clone(),
        fields: again.fields(),
        counted_in: first.origin.clone(),
        why: why.to_owned(),
    }
}

/// How much a screening says: a substance more than a class, and that more than nothing.
fn weight(finding: &Finding) -> u8 {
    match finding {
        Finding::Confirmed { .. } => 3,
        Finding::Presumptive { .. } => 2,
        Finding::None { verdict, .. } => u8::from(verdict == "class-only"),
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

/// Notes samples of different names that have a spectrum with the very same bytes: one file may have been given
/// two names.
pub(super) fn tell_same_bytes(drafts: &mut [Draft]) {
    let mut holders: HashMap<(String, usize), BTreeSet<usize>> = HashMap::new();
    for (at, draft) in drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.triple.is_some())
    {
        for source in &draft.spectra {
            if let Some(sha256) = &source.sha256 {
                let bytes = (sha256.clone(), source.spectrum);
                holders.entry(bytes).or_default().insert(at);
            }
        }
    }
    let mut others: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for together in holders.into_values().filter(|all| all.len() > 1) {
        for at in &together {
            let rest = together.iter().filter(|other| *other != at);
            others.entry(*at).or_default().extend(rest);
        }
    }
    for (at, others) in others {
        let names = others
            .iter()
            .filter_map(|other| Some(named(drafts.get(*other)?)));
        let names: Vec<String> = names.collect();
        if let Some(draft) = drafts.get_mut(at) {
            draft.doubts.push(format!(
                "A spectrum with the very same bytes stands in {}, too; each is counted. If the file was given two names by mistake, correct the manifest.",
                names.join(" and in ")
            ));
        }
    }
}

/// A sample with its case, for people.
fn named(draft: &Draft) -> String {
    let case = draft
        .triple
        .as_ref()
        .and_then(|triple| triple.case.as_ref());
    match case {
        Some(case) => format!("sample {} of case {case}", draft.label),
        None => format!("sample {} of {}", draft.label, draft.origin.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::Identity;

    fn nothing(verdict: &str) -> Finding {
        Finding::None {
            verdict: verdict.to_owned(),
            why: String::new(),
        }
    }

    fn heroin() -> Finding {
        Finding::Presumptive {
            set: vec![Identity {
                name: "Heroin".to_owned(),
                ..Identity::default()
            }],
            rate: None,
        }
    }

    fn draft(origin: &str, case: &str, finding: Finding) -> Draft {
        Draft {
            origin: origin.into(),
            key: origin.to_owned(),
            label: "S".to_owned(),
            triple: Some(Triple {
                case: Some(case.to_owned()),
                item: None,
                sample: Some("S".to_owned()),
            }),
            statements: Vec::new(),
            finding,
            spectra: vec![Source {
                file: format!("{case}.msp"),
                spectrum: 1,
                sha256: Some("ab".repeat(32)),
                technique: None,
            }],
            unknown_group: None,
            doubts: Vec::new(),
            differences: Vec::new(),
        }
    }

    #[test]
    fn the_order_of_runs_does_not_drop_what_one_of_them_names() {
        let drafts = || {
            [
                draft("q1", "C", nothing("inconclusive")),
                draft("q2", "C", heroin()),
                draft("q3", "C", nothing("class-only")),
            ]
        };
        for order in [[0, 1, 2], [1, 0, 2], [2, 0, 1], [0, 2, 1]] {
            let all = drafts();
            let mut runs = order.iter().map(|at| all[*at].clone());
            let mut first = runs.next().unwrap();
            let others: Vec<Repeated> = runs
                .map(|again| put_together(&mut first, again, "the same"))
                .collect();
            assert_eq!(first.origin, Path::new("q2"), "{order:?}");
            assert_eq!(first.finding, heroin());
            assert_eq!(first.differences.len(), 2, "{:?}", first.differences);
            assert!(others.iter().all(|it| it.origin != Path::new("q2")));
        }
        let mut first = draft("q1", "C", heroin());
        put_together(&mut first, draft("q2", "C", heroin()), "the same");
        assert_eq!(
            (first.origin.as_path(), first.differences.len()),
            (Path::new("q1"), 0)
        );
    }

    #[test]
    fn the_same_bytes_under_two_cases_are_told_of_both() {
        let mut drafts = [draft("q1", "A-1", heroin()), draft("q1", "A-2", heroin())];
        tell_same_bytes(&mut drafts);
        assert!(drafts[0].doubts[0].contains("sample S of case A-2"));
        assert!(drafts[1].doubts[0].contains("sample S of case A-1"));
        let mut other = [draft("q1", "A-1", heroin()), draft("q1", "A-2", heroin())];
        other[1].spectra[0].sha256 = Some("cd".repeat(32));
        tell_same_bytes(&mut other);
        assert!(other.iter().all(|draft| draft.doubts.is_empty()));
    }
}

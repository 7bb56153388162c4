#![doc = include_str!("guide.md")]

mod build;
mod cost;
mod evidence;
mod fit;
mod gain;
mod query;
mod references;
mod residual;
mod rule;
mod screen;
mod share;

use super::{Component, Mixture, MixtureOptions, Residual, Sticks};
use crate::library::{Group, Library, LibraryError, PeakLists};
use crate::mixture::known::{self, Known};
use crate::mixture::unnamed::Unnamed;
use crate::prepare::Family;
use crate::search::Hit;
use crate::search::precursor::Target;
use crate::spectrum::Spectrum;
use build::Search;
use evidence::Judged;
use query::Query;
use references::{Reference, References};
use std::collections::HashSet;

/// How often a named component was wrong, in words; where and how it was measured stands above.
const ERROR_RATE: &str = "In made mixtures of MS/MS spectra of other contributors 2.5 % (1.3 to 4.8 %, n = 354) of the named components were wrong where a precursor was stated, and 2.8 % (1.3 to 6.0 %, n = 215) where none was, look-alikes counted; of 60 mixtures each with a component that the library lacks, 18 and 3 had something wrong named.";

/// Logit of the rule from which something of a known substance is seen: it is more probable than not.
const SEEN: f64 = 0.0;

/// The components of an MS/MS spectrum.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub(super) fn components(
    library: &Library,
    group: &Group,
    lists: &PeakLists,
    spectrum: &Spectrum,
    options: &MixtureOptions,
) -> Result<Option<Mixture>, LibraryError> {
    let Some(query) = Query::of(spectrum) else {
        return Ok(None);
    };
    let references = References {
        library,
        group,
        lists,
    };
    let target = Target::of(spectrum, None);
    let rows = references.rows(spectrum, target.as_ref());
    let known = Known::of(&options.known, library, group)?;
    let always: HashSet<usize> = known.iter().flat_map(|k| k.rows.iter().copied()).collect();
    let screened = screen::screen(&references, &query, &rows, &always);
    let mut candidates = Vec::with_capacity(screened.rows.len());
    for row in &screened.rows {
        candidates.extend(references.reference(*row, &query)?);
    }
    let search = Search {
        query: &query,
        candidates: &candidates,
        common: &screened.common,
        substances: screened.substances,
        isolated: target.is_some(),
    };
    let mut mixture = Mixture::default();
    let most = options.max_components.max(1);
    let found = Found::of(&search, &known, most);
    let named = found.named(most);
    report(&references, &search, &found, &named, &known, &mut mixture);
    if !mixture.components.is_empty() {
        mixture.reasons.push(ERROR_RATE.to_owned());
    }
    Ok(Some(mixture))
}

/// What was found in a spectrum.
struct Found {
    /// Candidates that stand for known substances of which something is seen.
    fixed: Vec<usize>,
    judged: Vec<Judged>,
}

impl Found {
    fn of(search: &Search<'_>, known: &[Known], most: usize) -> Self {
        let mut fixed: Vec<usize> = Vec::new();
        for known in known {
            let best = search.best_alone(|reference| known.rows.contains(&reference.row));
            fixed.extend(best.filter(|candidate| !fixed.contains(candidate)));
        }
        let fit = |fixed: &[usize]| {
            // One more than are named, so that what cannot be named does not disturb what can.
            let fit = search.build(fixed, fixed.len() + most + 1);
            evidence::judge(search, &fit, fixed.len())
        };
        let unseen = |judged: &Vec<Judged>, candidate: usize| {
            let own = judged.iter().find(|j| j.candidate == candidate);
            let seen = own.is_some_and(|j| j.needed >= build::JOINS && j.logit >= SEEN);
            (!seen).then(|| own.map_or(0.0, |j| j.needed))
        };
        let (fixed, judged) = known::settled(fixed, fit, unseen);
        Self { fixed, judged }
    }

    /// What is named: the known ones, and of the others those that the rule accepts, the most needed first.
    fn named(&self, most: usize) -> Vec<&Judged> {
        let is_fixed = |j: &&Judged| self.fixed.contains(&j.candidate);
        let mut free: Vec<&Judged> = (self.judged.iter())
            .filter(|j| !is_fixed(j) && j.certain)
            .collect();
        free.sort_by(|a, b| {
            b.needed
                .total_cmp(&a.needed)
                .then(a.candidate.cmp(&b.candidate))
        });
        let known = self.judged.iter().filter(is_fixed);
        let most = most.max(self.fixed.len());
        known.chain(free).take(most).collect()
    }
}

fn report(
    references: &References<'_>,
    search: &Search<'_>,
    found: &Found,
    named: &[&Judged],
    known: &[Known],
    mixture: &mut Mixture,
) {
    // What is named is fitted again without what is not.
    let chosen: Vec<usize> = named.iter().map(|j| j.candidate).collect();
    let scales: Vec<f64> = named.iter().map(|j| j.fit.scales[j.k]).collect();
    let fit = search.fit(&chosen, &scales);
    let mut explained = 0.0;
    for (k, judged) in named.iter().enumerate() {
        let share = share::with_interval(share::share(&fit, k));
        explained += share.share;
        let scores = vec![
            ("similarity", judged.score),
            ("needed", judged.needed),
            ("rule", judged.logit),
        ];
        let reference = &search.candidates[judged.candidate];
        let alike = judged.alike.iter();
        mixture
            .components
            .extend(
                hit(references, reference, judged.score, scores).map(|hit| Component {
                    hit,
                    share: share.share,
                    low: share.low,
                    high: share.high,
                    known: Known::are(known, reference.row),
                    look_alikes: alike.map(|c| search.candidates[*c].entry).collect(),
                }),
            );
    }
    mixture.unseen = Known::unseen(known, |row| {
        (chosen.iter()).any(|candidate| search.candidates[*candidate].row == row)
    });
    mixture
        .components
        .sort_by(|a, b| b.share.total_cmp(&a.share));
    // What would be named is told by the notes.
    let (certain, doubtful): (Vec<&Judged>, Vec<&Judged>) = (found.judged.iter())
        .filter(|j| !chosen.contains(&j.candidate))
        .partition(|j| j.certain);
    mixture.residual = Residual {
        share: (1.0 - explained).clamp(0.0, 1.0),
        ..residual::of(search.query, &fit)
    };
    let places = |values: &[f64]| fit.mz.iter().copied().zip(values.iter().copied()).collect();
    mixture.sticks = Some(Sticks {
        query: places(&fit.query),
        fitted: places(&fit.model),
    });
    if mixture.residual.structured {
        let like = residual::like(&doubtful).into_iter().filter_map(|judged| {
            hit(
                references,
                &search.candidates[judged.candidate],
                judged.score,
                Vec::new(),
            )
        });
        mixture.residual.like = like.collect();
    }
    let name = |judged: &&Judged| search.candidates[judged.candidate].name.clone();
    let unnamed = Unnamed {
        certain: certain.iter().map(name).collect(),
        doubtful: doubtful.len(),
    };
    mixture.reasons.extend(unnamed.reasons(named.len()));
}

fn hit(
    references: &References<'_>,
    reference: &Reference,
    score: f64,
    scores: Vec<(&'static str, f64)>,
) -> Option<Hit> {
    Some(Hit {
        entry: reference.entry,
        substance: references.library.substance_of(reference.entry)?,
        family: Family::MsMs,
        score,
        axis_shift: 0.0,
        background: None,
        overlap: None,
        axis_curve: Vec::new(),
        scores,
    })
}

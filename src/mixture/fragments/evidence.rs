//! What speaks for a component and for each substance in its place.

use super::build::{Each, Search};
use super::fit::Fit;
use super::references::Reference;
use super::{rule, share};
use crate::correlate::score::entropy;

/// Substances that are compared in the place of a component.
const COMPARED: usize = 12;
/// `|ln(query / model)|` within which a peak is as the model says.
const AS_SAID: f64 = 0.9;
/// Below this it is missing.
const MISSING: f64 = -1.2;
/// m/z around the precursor within which a peak is no fragment.
const PRECURSOR: f64 = 0.5;
/// Share of a reference from which one of its peaks counts.
const COUNTED: f64 = 0.01;
/// Similarity from which a further reference of the substance agrees with what the others leave.
const AGREES: f64 = 0.6;
/// Probability that may be left to substances that are not told.
const LEFT_OUT: f64 = 0.02;
/// Most look-alikes.
const MOST_ALIKE: usize = 6;
/// Keeps the logarithm of a share finite.
const LEAST_SHARE: f64 = 1e-4;
/// Keeps the logarithm of the probability of all others finite.
const LEAST_LEFT: f64 = 0.003;

/// A component as it is judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// The fit with the named candidate in its place.
    pub fit: Fit,
    /// Its position in that fit.
    pub k: usize,
    /// The candidate.
    pub candidate: usize,
    /// Similarity of its fragments with what the others leave.
    pub score: f64,
    /// By how much its absence raises the cost.
    pub needed: f64,
    /// Candidates of other substances that could take its place, best first.
    pub alike: Vec<usize>,
    /// The rule's logit.
    pub logit: f64,
    /// Whether the rule names it.
    pub certain: bool,
}

/// What is known of one candidate in the place of a component.
#[derive(Debug, Clone)]
struct Evidence {
    /// By how much the absence of any in this place raises the cost.
    needed: f64,
    /// Entropy similarity of the candidate with what the others leave at its peaks.
    similarity: f64,
    /// The same of its fragments, without the precursor's peaks.
    fragments: f64,
    /// Share of the candidate that is its precursor.
    at_precursor: f64,
    /// Part of its signal that is at peaks of its own.
    alone: f64,
    /// Fragments that are as the model says, each by its part of the model and by how few substances have it.
    rare: f64,
    /// Part of its weight that is missing, each peak by its part of the model.
    missing: f64,
    /// Share of the query's signal.
    share: f64,
    /// Its peaks of at least 1 %.
    counted: f64,
    /// Its peaks that the query has.
    matched: f64,
    /// Mean distance of these from the query's, in tolerances.
    distance: f64,
}

/// One substance in the place of a component.
struct Named {
    fit: Fit,
    evidence: Evidence,
}

/// Judges each component of a fit and names it anew, the most needed first; the first `fixed` keep their
/// names.
pub(super) fn judge(search: &Search<'_>, fit: &Fit, fixed: usize) -> Vec<Judged> {
    let mut places: Vec<(usize, Vec<Named>)> = (0..fit.chosen.len())
        .map(|k| (k, in_place(search, fit, k, k < fixed)))
        .collect();
    let most = |place: &[Named]| {
        let needed = place.iter().map(|o| o.evidence.needed);
        needed.fold(f64::NEG_INFINITY, f64::max)
    };
    places.sort_by(|(a, own), (b, other)| {
        let known = (*b < fixed).cmp(&(*a < fixed));
        known.then(most(other).total_cmp(&most(own)))
    });
    let mut taken: Vec<&str> = Vec::new();
    let mut judged = Vec::new();
    for (k, mut place) in places {
        place.retain(|o| !taken.contains(&search.substance(o.fit.chosen[k])));
        if let Some(one) = name(search, place, k) {
            taken.push(search.substance(one.candidate));
            judged.push(one);
        }
    }
    judged
}

/// The substances that could stand in the place of component `k`.
fn in_place(search: &Search<'_>, fit: &Fit, k: usize, fixed: bool) -> Vec<Named> {
    let without = |values: &[f64]| -> Vec<f64> {
        let others = values.iter().enumerate().filter(|(i, _)| *i != k);
        others.map(|(_, value)| *value).collect()
    };
    let mut rest = fit.chosen.clone();
    rest.remove(k);
    let absent = search.fit(&rest, &without(&fit.scales)).cost;
    let fits = match fixed {
        true => vec![fit.clone()],
        false => search.in_place_of(fit, k, COMPARED, Each::Substance),
    };
    let with_evidence = fits.into_iter().map(|fit| Named {
        evidence: Evidence::of(search, &fit, k, absent),
        fit,
    });
    with_evidence.collect()
}

/// Names the most probable substance of a place; the fewest others that leave at most [`LEFT_OUT`] to the rest
/// are its look-alikes.
fn name(search: &Search<'_>, mut place: Vec<Named>, k: usize) -> Option<Judged> {
    let odds = |o: &Named| {
        let e = &o.evidence;
        rule::odds(&[
            -o.fit.cost,
            e.similarity,
            e.distance,
            e.missing,
            e.matched.ln_1p(),
            e.counted.max(1.0).ln(),
        ])
    };
    place.sort_by(|a, b| odds(b).total_cmp(&odds(a)));
    let best = odds(place.first()?);
    let weights: Vec<f64> = place.iter().map(|o| (odds(o) - best).exp()).collect();
    let total: f64 = weights.iter().sum();
    let (mut left, mut alike) = (1.0, Vec::new());
    for (n, (option, weight)) in place.iter().zip(&weights).take(MOST_ALIKE + 1).enumerate() {
        left -= weight / total;
        if n > 0 {
            alike.push(option.fit.chosen[k]);
        }
        if left <= LEFT_OUT {
            break;
        }
    }
    let Named { fit, evidence: e } = place.into_iter().next()?;
    let candidate = fit.chosen[k];
    let quantities = [
        e.fragments,
        e.fragments * e.rare.ln_1p(),
        agreeing(search, &fit, k).ln_1p(),
        e.needed.max(0.0).ln_1p(),
        e.share.max(LEAST_SHARE).ln(),
        e.counted.max(1.0).ln(),
        e.distance,
        e.alone,
        (left.max(0.0) + LEAST_LEFT).ln(),
        alike.len() as f64,
        (search.substances.max(1) as f64).ln(),
        e.missing,
        e.at_precursor,
    ];
    let logit = rule::logit(&quantities);
    Some(Judged {
        k,
        candidate,
        score: e.fragments,
        needed: e.needed,
        alike,
        logit,
        certain: rule::is_certain(logit, search.isolated),
        fit,
    })
}

impl Evidence {
    fn of(search: &Search<'_>, fit: &Fit, k: usize, absent: f64) -> Self {
        let reference = &search.candidates[fit.chosen[k]];
        let (own, part) = (&fit.shares[k], &fit.parts[k]);
        let floor = search.query.floor;
        let fragment: Vec<bool> = fit
            .mz
            .iter()
            .map(|mz| is_fragment(reference, *mz))
            .collect();
        let mut left = vec![0.0; own.len()];
        let (mut alone, mut rare, mut missing, mut weights) = (0.0, 0.0, 0.0, 0.0);
        let (mut counted, mut matched, mut at_precursor) = (0.0, 0.0, 0.0);
        for i in (0..own.len()).filter(|i| own[*i] > 0.0) {
            let model = fit.model[i] + floor;
            let deviation = fit.logs[i] - model.ln();
            let of_model = part[i] / model;
            let weight = own[i].sqrt();
            left[i] = (fit.query[i] - (fit.model[i] - part[i])).max(0.0);
            alone += part[i] * of_model;
            weights += weight;
            counted += f64::from(u8::from(own[i] > COUNTED));
            if deviation < MISSING {
                missing += weight * of_model;
            }
            match fragment[i] {
                true if deviation.abs() < AS_SAID => {
                    let common = search.common.get(i).map_or(0.0, |n| search.rarity(*n));
                    rare += of_model * common;
                }
                true => {}
                false => at_precursor += own[i],
            }
            matched += f64::from(u8::from(i < search.query.len()));
        }
        let only = |values: &[f64]| -> Vec<f64> {
            let pairs = values.iter().zip(&fragment);
            pairs.map(|(v, is)| if *is { *v } else { 0.0 }).collect()
        };
        Self {
            needed: absent - fit.cost,
            similarity: entropy::similarity(&left, own),
            fragments: entropy::similarity(&only(&left), &only(own)),
            at_precursor,
            alone: alone / part.iter().sum::<f64>().max(f64::MIN_POSITIVE),
            rare,
            missing: missing / weights.max(f64::MIN_POSITIVE),
            share: share::share(fit, k),
            counted,
            matched,
            distance: distance(search, reference),
        }
    }
}

/// Mean distance of a reference's peaks from the query's, by weight, in tolerances.
fn distance(search: &Search<'_>, reference: &Reference) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for peak in &reference.peaks {
        if let Some(at) = peak.at {
            sum += peak.weight * (peak.mz - search.query.mz[at]).abs();
            weights += peak.weight;
        }
    }
    match weights > 0.0 {
        true => sum / weights / reference.tolerance,
        false => 1.0,
    }
}

/// How many references of a component's substance agree by themselves with what the others leave.
fn agreeing(search: &Search<'_>, fit: &Fit, k: usize) -> f64 {
    let named = &search.candidates[fit.chosen[k]];
    let rest = fit.others(k, search.query.len());
    let agrees = |reference: &&Reference| {
        // What is missing counts as one peak.
        let mut own = vec![0.0; rest.len() + 1];
        for peak in &reference.peaks {
            let at = peak.at.unwrap_or(rest.len());
            let counts = peak
                .at
                .is_none_or(|at| is_fragment(named, search.query.mz[at]));
            own[at] += if counts { peak.share } else { 0.0 };
        }
        let pairs = search.query.shares.iter().zip(&rest).zip(&own);
        let mut left: Vec<f64> = pairs
            .map(|((q, m), own)| if *own > 0.0 { (q - m).max(0.0) } else { 0.0 })
            .collect();
        left.push(0.0);
        entropy::similarity(&left, &own) >= AGREES
    };
    let same = search
        .candidates
        .iter()
        .filter(|r| r.substance == named.substance);
    same.filter(agrees).count() as f64
}

/// Whether an m/z is not that of a reference's precursor.
fn is_fragment(reference: &Reference, mz: f64) -> bool {
    reference
        .precursor
        .is_none_or(|own| (mz - own).abs() >= PRECURSOR)
}

#[cfg(test)]
mod tests {
    use super::super::fit::tests::{A, B, MIXED, query, reference};
    use super::*;

    #[test]
    fn quantities_by_hand() {
        let query = query(&MIXED);
        let candidates = [
            reference("a", 134.096, &A, &query),
            reference("b", 150.0, &B, &query),
        ];
        let search = Search {
            query: &query,
            candidates: &candidates,
            common: &[1, 1, 2, 1],
            substances: 3,
            isolated: true,
        };
        let fit = search.fit(&[0, 1], &[0.7, 0.3]);
        let absent = search.fit(&[1], &[0.3]).cost;
        let of_a = Evidence::of(&search, &fit, 0, absent);
        // What is left at its three peaks is the reference; one of them is its precursor.
        assert!((of_a.similarity - 1.0).abs() < 1e-3 && (of_a.fragments - 1.0).abs() < 1e-3);
        assert!((of_a.at_precursor - 0.2).abs() < 1e-12);
        assert_eq!((of_a.counted, of_a.matched, of_a.missing), (3.0, 3.0, 0.0));
        assert!(of_a.needed > 1.0 && of_a.distance < 1e-9);
        assert!((of_a.share - 0.7).abs() < 0.01);
        // Fragments at 58 (one of three substances, nearly all its own) and 91 (two of three, 0.21 of 0.33).
        let f = query.floor;
        let by_hand = 0.35 / (0.35 + f) * 4_f64.ln() + 0.21 / (0.33 + f) * 2_f64.ln();
        assert!(
            (of_a.rare - by_hand).abs() < 0.02,
            "{} {by_hand}",
            of_a.rare
        );
        assert_eq!(agreeing(&search, &fit, 0), 1.0);
    }

    #[test]
    fn both_components_are_judged_once() {
        let query = query(&MIXED);
        let candidates = [
            reference("a", 134.096, &A, &query),
            reference("b", 150.0, &B, &query),
        ];
        let search = Search {
            query: &query,
            candidates: &candidates,
            common: &[1, 1, 2, 1],
            substances: 2,
            isolated: true,
        };
        let fit = search.build(&[], 5);
        let mut found: Vec<usize> = judge(&search, &fit, 0)
            .iter()
            .map(|j| j.candidate)
            .collect();
        found.sort_unstable();
        assert_eq!(found, [0, 1]);
        assert!(judge(&search, &search.fit(&[], &[]), 0).is_empty());
    }
}

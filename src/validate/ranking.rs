//! How often the right substance is ranked first, among the first three and the first ten.

use super::bootstrap::{Clusters, Interval, interval};
use super::trial::Trial;
use crate::decide::Rate;
use serde::Serialize;

/// Ranking by one score, over the spectra of substances that the library holds.
///
/// A spectrum whose substance is not among the candidates counts as not found. Candidates of one
/// skeleton are one place of the ranking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// Name of the score.
    pub score: &'static str,
    /// Share ranked first; Wilson interval, each spectrum a trial of its own.
    pub rank1: Rate,
    /// Share among the first three.
    pub rank3: Rate,
    /// Share among the first ten.
    pub rank10: Rate,
    /// Interval of `rank1` by the bootstrap over substances.
    pub rank1_by_substance: Option<Interval>,
    /// Mean over the substances of each one's own share ranked first.
    pub mean_of_substances: Option<f64>,
    /// Its interval by the same bootstrap.
    pub mean_interval: Option<Interval>,
}

/// Figures of `score` over `present` trials, whose substances are `clusters`.
pub fn ranked(score: &'static str, present: &[&Trial], clusters: &Clusters) -> Ranked {
    let within = |places: usize| {
        let count = present.iter().filter(|t| t.within(score, places));
        Rate::wilson(
            count.count(),
            present.len(),
            "spectra of present substances",
        )
    };
    let mut sums = vec![(0_u32, 0_u32); clusters.count];
    for (trial, cluster) in present.iter().zip(&clusters.of) {
        sums[*cluster].0 += 1;
        sums[*cluster].1 += u32::from(trial.within(score, 1));
    }
    let pooled = |weights: &[u32]| {
        let weighed = sums.iter().zip(weights);
        let (n, k) = weighed.fold((0, 0), |(n, k), (s, w)| (n + s.0 * w, k + s.1 * w));
        (n > 0).then(|| f64::from(k) / f64::from(n))
    };
    let mean = |weights: &[u32]| {
        let shares = sums.iter().map(|s| f64::from(s.1) / f64::from(s.0));
        let weighed = shares.zip(weights);
        let (n, k) = weighed.fold((0, 0.0), |(n, k), (s, w)| (n + w, k + s * f64::from(*w)));
        (n > 0).then(|| k / f64::from(n))
    };
    let sets = [clusters.count];
    Ranked {
        score,
        rank1: within(1),
        rank3: within(3),
        rank10: within(10),
        rank1_by_substance: interval(&sets, |w| pooled(&w[0])),
        mean_of_substances: mean(&vec![1; clusters.count]),
        mean_interval: interval(&sets, |w| mean(&w[0])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::sample::trial;
    use approx::assert_relative_eq;

    #[test]
    fn shares_and_the_mean_over_substances() {
        // Substance a: ranks 1, 1, 1, 2; substance b: rank 12.
        let trials = [
            trial("a", true, Some(1), 0.9),
            trial("a", true, Some(1), 0.9),
            trial("a", true, Some(1), 0.9),
            trial("a", true, Some(2), 0.9),
            trial("b", true, Some(12), 0.9),
        ];
        let present: Vec<&Trial> = trials.iter().collect();
        let clusters = Clusters::by(present.iter().map(|t| t.key.as_str()));
        let figures = ranked("specid", &present, &clusters);
        assert_relative_eq!(figures.rank1.estimate, 0.6);
        assert_relative_eq!(figures.rank3.estimate, 0.8);
        assert_relative_eq!(figures.rank10.estimate, 0.8);
        // (3/4 + 0/1) / 2
        assert_relative_eq!(figures.mean_of_substances.unwrap(), 0.375);
        let range = figures.rank1_by_substance.unwrap();
        assert_eq!((range.low, range.high), (0.0, 0.75));
    }
}

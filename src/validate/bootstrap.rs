//! Intervals for spectra that are not independent: the bootstrap by substance.
//!
//! Replicates of one substance succeed or fail together, so an interval that takes each spectrum as
//! a trial of its own is too narrow. Here whole substances are drawn with replacement, as many as
//! there are, with all their spectra (the cluster bootstrap of Davison & Hinkley 1997, Bootstrap
//! Methods and their Application, section 3.8); the interval runs from the 2.5th to the 97.5th
//! percentile of the figure over the draws. The generator is SplitMix64 (Steele, Lea & Flood 2014,
//! doi:10.1145/2660193.2660195) from a fixed seed: equal input, equal interval.

use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Draws for one interval.
pub const DRAWS: u64 = 1000;
/// Where the generator of the first draw starts.
pub const SEED: u64 = 20_261_125;

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Which spectra belong to one substance: the cluster of each, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clusters {
    /// Cluster of each spectrum.
    pub of: Vec<usize>,
    /// Number of clusters.
    pub count: usize,
}

impl Clusters {
    /// Spectra of equal key are of one cluster; numbered as they first occur.
    pub fn by<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut of = Vec::new();
        for key in keys {
            let next = numbers.len();
            of.push(*numbers.entry(key).or_insert(next));
        }
        Self {
            of,
            count: numbers.len(),
        }
    }
}

/// The interval of `figure`, which is given how often each cluster was drawn; one list of weights
/// for each set of clusters, drawn apart. `None` where a set has fewer than two clusters or the
/// figure does not exist in at least nine of ten draws.
pub fn interval(
    sets: &[usize],
    figure: impl Fn(&[Vec<u32>]) -> Option<f64> + Sync,
) -> Option<Interval> {
    if sets.iter().any(|count| *count < 2) {
        return None;
    }
    let draws: Vec<Option<f64>> = (0..DRAWS)
        .into_par_iter()
        .map(|draw| {
            let mut generator = SplitMix(SEED.wrapping_add(draw << 32));
            let weights: Vec<Vec<u32>> = sets.iter().map(|n| generator.weights(*n)).collect();
            figure(&weights)
        })
        .collect();
    let mut values: Vec<f64> = draws.into_iter().flatten().collect();
    if (values.len() as u64) < DRAWS * 9 / 10 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    Some(Interval {
        low: quantile(&values, 0.025)?,
        high: quantile(&values, 0.975)?,
    })
}

/// Quantile of sorted values, linear between them (definition 7 of Hyndman & Fan 1996).
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + part * (high - low))
}

struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// How often each of `count` clusters is drawn in `count` draws.
    fn weights(&mut self, count: usize) -> Vec<u32> {
        let mut weights = vec![0; count];
        for _ in 0..count {
            // The high half of the product is below `count` (Lemire 2019).
            let drawn = (u128::from(self.next()) * count as u128) >> 64;
            weights[drawn as usize] += 1;
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn splitmix_as_published() {
        // First outputs of the reference implementation for the seed 1234567.
        let mut generator = SplitMix(1_234_567);
        let first = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973];
        assert_eq!([generator.next(), generator.next()], first);
    }

    #[test]
    fn quantiles_by_hand() {
        let values = [1.0, 2.0, 3.0, 5.0];
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(quantile(&values, 1.0), Some(5.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn equal_input_equal_interval_and_clusters_widen_it() {
        let share = |clusters: &Clusters, right: &[bool]| {
            interval(&[clusters.count], |weights| {
                let weighed = clusters.of.iter().map(|c| weights[0][*c]).zip(right);
                let (sum, hits) = weighed.fold((0, 0), |(n, k), (w, right)| {
                    (n + w, k + w * u32::from(*right))
                });
                (sum > 0).then(|| f64::from(hits) / f64::from(sum))
            })
        };
        let right: Vec<bool> = (0..100).map(|i| i < 80).collect();
        let names: Vec<String> = (0..100).map(|i| format!("{}", i / 10)).collect();
        let ten = Clusters::by(names.iter().map(String::as_str));
        let single = Clusters {
            of: (0..100).collect(),
            count: 100,
        };
        let narrow = share(&single, &right).unwrap();
        let wide = share(&ten, &right).unwrap();
        assert_eq!(share(&ten, &right).unwrap(), wide);
        // A mean of 100 has a standard error of 0.04; of 10 substances, of 0.126.
        assert_relative_eq!(narrow.low, 0.72, epsilon = 0.02);
        assert_relative_eq!(wide.low, 0.5, epsilon = 0.101);
        assert!(share(&Clusters::by(["a", "a"].into_iter()), &right).is_none());
    }
}

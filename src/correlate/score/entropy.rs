//! Spectral entropy similarity (Li et al. 2021, doi:10.1038/s41592-021-01331-z), natural logarithm.

/// Entropy similarity of two unit-mass spectra of equal length, 0 to 1.
pub fn similarity(query: &[f64], reference: &[f64]) -> f64 {
    let (Some(q), Some(r)) = (Weighted::of(query), Weighted::of(reference)) else {
        return 0.0;
    };
    let common = query.iter().zip(reference).enumerate();
    let common = common.filter(|(_, (q, r))| **q > 0.0 && **r > 0.0);
    let parts = common.map(|(i, _)| {
        let ((a, ln_a), (b, ln_b)) = (q.at(i), r.at(i));
        let sum = a + b;
        sum * sum.ln() - a * ln_a - b * ln_b
    });
    parts.sum::<f64>() / std::f64::consts::LN_2 / 2.0
}

/// Weights of a spectrum, from one logarithm of each abundance: powers and further logarithms would
/// take most of the time of a comparison.
struct Weighted {
    /// Natural logarithms of the abundances; those of nothing are not used.
    ln: Vec<f64>,
    power: f64,
    /// Logarithm of the sum of the raised abundances.
    ln_total: f64,
}

impl Weighted {
    /// `None` where nothing is above zero.
    fn of(values: &[f64]) -> Option<Self> {
        let ln: Vec<f64> = values
            .iter()
            .map(|v| if *v > 0.0 { v.ln() } else { f64::NEG_INFINITY })
            .collect();
        let (mut total, mut product) = (0.0, 0.0);
        for (value, ln) in values.iter().zip(&ln).filter(|(v, _)| **v > 0.0) {
            total += value;
            product += value * ln;
        }
        if total <= 0.0 || !total.is_finite() {
            return None;
        }
        // -sum p ln p with p = v / total
        let power = power(total.ln() - product / total);
        let raised = match power == 1.0 {
            true => total,
            false => ln.iter().map(|ln| (power * ln).exp()).sum(),
        };
        Some(Self {
            ln,
            power,
            ln_total: raised.ln(),
        })
    }

    /// Weight at `index` and its logarithm.
    fn at(&self, index: usize) -> (f64, f64) {
        let ln = self.power * self.ln[index] - self.ln_total;
        (ln.exp(), ln)
    }
}

/// A peak of a list: m/z and weighted intensity.
pub type Peak = (f64, f64);

/// Entropy similarity of two peak lists made by [`weighted_peaks`], 0 to 1: peaks within
/// `tolerance` of one another (inclusive) are the same; each peak is used once, in order of m/z.
pub fn similarity_of_peaks(query: &[Peak], reference: &[Peak], tolerance: f64) -> f64 {
    let (query, reference) = (query.iter().copied(), reference.iter().copied());
    Shared::of(query, reference, tolerance).similarity
}

/// What two peak lists have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shared {
    /// Entropy similarity.
    pub similarity: f64,
    /// Peaks in common.
    pub peaks: usize,
    /// Their part of the query's weights.
    pub of_query: f64,
    /// Their part of the reference's weights.
    pub of_reference: f64,
}

impl Shared {
    /// Compares two lists of ascending m/z as [`similarity_of_peaks`] does.
    pub fn of(
        mut query: impl Iterator<Item = Peak>,
        mut reference: impl Iterator<Item = Peak>,
        tolerance: f64,
    ) -> Self {
        let mut found = Self::default();
        let (mut a, mut b) = (query.next(), reference.next());
        while let (Some(q), Some(r)) = (a, b) {
            let distance = q.0 - r.0;
            if distance < -tolerance {
                a = query.next();
            } else if distance > tolerance {
                b = reference.next();
            } else {
                found.similarity += shared(q.1, r.1);
                found.peaks += 1;
                found.of_query += q.1;
                found.of_reference += r.1;
                (a, b) = (query.next(), reference.next());
            }
        }
        found
    }
}

/// Cleans and weighs a peak list as the published program does: peaks below `noise` times the base
/// peak go, peaks closer than twice `tolerance` merge into the stronger one's place (weighted mean
/// m/z, summed intensity), intensities are weighted by entropy and sum to 1. Ascending m/z.
pub fn weighted_peaks(peaks: &[(f64, f64)], noise: f64, tolerance: f64) -> Vec<Peak> {
    let mut merged = merged_peaks(peaks, noise, tolerance);
    let weights = weighted(&merged.iter().map(|p| p.1).collect::<Vec<_>>());
    for (peak, weight) in merged.iter_mut().zip(weights) {
        peak.1 = weight;
    }
    merged
}

/// [`weighted_peaks`] with the summed intensities as they are, not weighted.
pub fn merged_peaks(peaks: &[(f64, f64)], noise: f64, tolerance: f64) -> Vec<Peak> {
    let mut list: Vec<Peak> = peaks
        .iter()
        .copied()
        .filter(|(mz, i)| mz.is_finite() && *mz > 0.0 && i.is_finite() && *i > 0.0)
        .collect();
    list.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<Peak> = Vec::with_capacity(list.len());
    for (mz, intensity) in list {
        match merged.last_mut() {
            Some(last) if mz - last.0 < 2.0 * tolerance => {
                let total = last.1 + intensity;
                last.0 = (last.0 * last.1 + mz * intensity) / total;
                last.1 = total;
            }
            _ => merged.push((mz, intensity)),
        }
    }
    let base = merged.iter().fold(0.0, |base: f64, p| base.max(p.1));
    merged.retain(|p| p.1 >= noise * base);
    merged
}

/// Shannon entropy of abundances taken as a distribution.
pub fn entropy(values: &[f64]) -> f64 {
    let total: f64 = values.iter().sum();
    values
        .iter()
        .filter(|v| **v > 0.0)
        .map(|v| v / total)
        .map(|p| -p * p.ln())
        .sum()
}

/// The power of the weights: `0.25 + 0.25 S` where the entropy `S` is below 3, else 1.
fn power(entropy: f64) -> f64 {
    match entropy < 3.0 {
        true => 0.25 + 0.25 * entropy,
        false => 1.0,
    }
}

/// Abundances to the power `0.25 + 0.25 S` where the entropy `S` is below 3, then summing to 1.
fn weighted(values: &[f64]) -> Vec<f64> {
    let power = power(entropy(values));
    let raised: Vec<f64> = values
        .iter()
        .map(|v| if *v > 0.0 { v.powf(power) } else { 0.0 })
        .collect();
    let total: f64 = raised.iter().sum();
    match total > 0.0 {
        true => raised.iter().map(|v| v / total).collect(),
        false => raised,
    }
}

/// One peak's part of `1 - (2 S_AB - S_A - S_B) / ln 4`.
pub(crate) fn shared(a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        return 0.0;
    }
    let sum = a + b;
    (sum * sum.ln() - a * a.ln() - b * b.ln()) / std::f64::consts::LN_2 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    /// The formula as published: 1 - (2 S_AB - S_A - S_B) / ln 4.
    fn published(a: &[f64], b: &[f64]) -> f64 {
        let mixed: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
        1.0 - (2.0 * entropy(&mixed) - entropy(a) - entropy(b)) / 4f64.ln()
    }

    #[test]
    fn agrees_with_the_published_formula() {
        let q = [0.0, 10.0, 5.0, 1.0, 0.0];
        let r = [2.0, 8.0, 0.0, 1.0, 0.0];
        assert_relative_eq!(
            similarity(&q, &r),
            published(&weighted(&q), &weighted(&r)),
            epsilon = 1e-12
        );
        assert_relative_eq!(similarity(&q, &q), 1.0, epsilon = 1e-12);
        assert_eq!(similarity(&[0.0; 3], &[1.0, 0.0, 0.0]), 0.0);
    }

    #[test]
    fn peak_lists_agree_with_bins() {
        let q = weighted_peaks(&[(100.001, 10.0), (150.0, 5.0), (200.0, 0.01)], 0.01, 0.02);
        let r = weighted_peaks(&[(100.011, 8.0), (180.0, 3.0)], 0.01, 0.02);
        assert_eq!(q.len(), 2);
        let expected = similarity(&[10.0, 5.0, 0.0], &[8.0, 0.0, 3.0]);
        assert_relative_eq!(similarity_of_peaks(&q, &r, 0.02), expected, epsilon = 1e-12);
        assert_eq!(similarity_of_peaks(&q, &[], 0.02), 0.0);
    }

    #[test]
    fn close_peaks_merge() {
        let list = weighted_peaks(&[(100.00, 3.0), (100.03, 1.0)], 0.0, 0.02);
        assert_eq!(list.len(), 1);
        assert_relative_eq!(list[0].0, 100.0075, epsilon = 1e-9);
    }
}

//! Fisher's exact test of two shares, one-sided, and Holm's correction for many tests.
//!
//! Of `n1` things in the recent window `x1` have a mark, of `n0` before `x0`. Given that `x0 + x1` of all
//! `n0 + n1` have it, and where time and mark have nothing to do with each other, the number in the recent
//! window is hypergeometric:
//!
//! ```text
//! P(X = x) = C(n1, x) C(n0, K - x) / C(n0 + n1, K),   K = x0 + x1
//! p = P(X >= x1)
//! ```
//!
//! R. A. Fisher, The Design of Experiments, 1935, chapter II; the conditional test of two binomial shares.
//! It is exact: under no change `P(p <= a) <= a` for every `a` and every number of things.

/// Two shares to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// With the mark in the recent window.
    pub recent: usize,
    /// All in the recent window.
    pub recent_of: usize,
    /// With the mark before.
    pub before: usize,
    /// All before.
    pub before_of: usize,
}

impl Shares {
    /// The probability of so many in the recent window or more, if nothing changed; 1 where one of the
    /// windows is empty.
    pub fn p(&self) -> f64 {
        let (n1, n0) = (self.recent_of, self.before_of);
        let marked = self.recent + self.before;
        let (least, most) = (marked.saturating_sub(n0), marked.min(n1));
        // Nothing below what is possible: everything is at least so much.
        if self.recent <= least {
            return 1.0;
        }
        // Weights relative to the most probable number, so that none is too large; what is too small for
        // a number adds nothing to the sum.
        let ratio = |x: usize| {
            let up = (marked - x) as f64 * (n1 - x) as f64;
            up / ((x + 1) as f64 * (n0 + x + 1 - marked) as f64)
        };
        let mode = ((marked + 1) as f64 * (n1 + 1) as f64 / (n0 + n1 + 2) as f64) as usize;
        let mode = mode.clamp(least, most);
        let upwards = (mode..most).scan(1.0, |weight, x| {
            *weight *= ratio(x);
            Some((x + 1, *weight))
        });
        let downwards = (least..mode).rev().scan(1.0, |weight, x| {
            *weight /= ratio(x);
            Some((x, *weight))
        });
        let weights = std::iter::once((mode, 1.0)).chain(upwards).chain(downwards);
        let (mut tail, mut rest) = (0.0, 0.0);
        for (x, weight) in weights {
            match x >= self.recent {
                true => tail += weight,
                false => rest += weight,
            }
        }
        tail / (tail + rest)
    }
}

/// p-values adjusted so that the chance of even one false alarm among all of them is kept: the i-th smallest
/// of m times (m - i + 1), never below the one before, at most 1. S. Holm, A simple sequentially rejective
/// multiple test procedure, Scandinavian Journal of Statistics 6 (1979) 65-70.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut highest = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        highest = highest.max(p[at] * (p.len() - rank) as f64).min(1.0);
        adjusted[at] = highest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn p(recent: usize, recent_of: usize, before: usize, before_of: usize) -> f64 {
        let shares = Shares {
            recent,
            recent_of,
            before,
            before_of,
        };
        shares.p()
    }

    #[test]
    fn the_lady_tasting_tea() {
        // Fisher 1935: of 70 ways to choose 4 of 8 cups one is all right, 16 more have 3 right.
        assert_relative_eq!(p(4, 4, 0, 4), 1.0 / 70.0, epsilon = 1e-15);
        assert_relative_eq!(p(3, 4, 1, 4), 17.0 / 70.0, epsilon = 1e-15);
        assert_relative_eq!(p(2, 4, 2, 4), 53.0 / 70.0, epsilon = 1e-15);
    }

    #[test]
    fn another_program_finds_the_same() {
        // scipy 1.17.1: fisher_exact([[x1, n1 - x1], [x0, n0 - x0]], alternative="greater").
        for (x1, n1, x0, n0, expected) in [
            (9, 58, 4, 240, 8.673_277_962_503_74e-5),
            (3, 15, 1, 300, 0.000_342_551_704_957_842_34),
            (12, 400, 25, 20_000, 3.263_498_878_079_765e-12),
            (40, 50, 5, 1000, 2.940_014_355_224_772e-57),
            (250, 2000, 1000, 12_000, 4.177_679_888_179_373e-9),
        ] {
            assert_relative_eq!(p(x1, n1, x0, n0), expected, max_relative = 1e-9);
        }
    }

    #[test]
    fn nothing_seen_and_nothing_looked_at_are_no_rise() {
        assert_eq!(p(0, 10, 3, 10), 1.0);
        assert_eq!(p(0, 0, 3, 10), 1.0);
        assert_eq!(p(3, 10, 0, 0), 1.0);
        assert_eq!(p(10, 10, 10, 10), 1.0);
        // One of 10 against none of 10: as likely in either.
        assert_relative_eq!(p(1, 10, 0, 10), 0.5, epsilon = 1e-15);
    }

    #[test]
    fn a_million_cases_are_no_trouble() {
        // Equal shares: half, but for the discreteness.
        let even = p(5_000, 500_000, 5_000, 500_000);
        assert!((0.5..0.51).contains(&even), "{even}");
        assert!(p(100_000, 500_000, 0, 500_000) < 1e-300);
    }

    #[test]
    fn holm_as_by_hand_and_as_r() {
        // By hand: 0.005 x 4, 0.01 x 3, 0.03 x 2, then not below 0.06.
        let close = |p: &[f64], expected: &[f64]| {
            let pairs = holm(p).into_iter().zip(expected);
            pairs.for_each(|(a, b)| assert_relative_eq!(a, *b, epsilon = 1e-12));
        };
        close(&[0.01, 0.04, 0.03, 0.005], &[0.03, 0.06, 0.06, 0.02]);
        // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm").
        close(
            &[0.01, 0.02, 0.03, 0.04, 0.05],
            &[0.05, 0.08, 0.09, 0.09, 0.09],
        );
        close(&[0.04, 0.04, 0.2, 0.9, 1.0], &[0.2, 0.2, 0.6, 1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }
}

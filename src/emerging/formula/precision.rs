//! How exactly a file states m/z.

/// Decimals from which m/z may be an accurate mass.
pub(super) const ACCURATE: usize = 3;
/// Most decimals that are looked for.
const LOOKED_FOR: usize = 6;

/// Decimals with which a number is written, up to six.
pub(super) fn decimals(x: f64) -> usize {
    let exact = |d: &usize| {
        let scaled = x * 10_f64.powi(*d as i32);
        (scaled - scaled.round()).abs() < 1e-4
    };
    (0..LOOKED_FOR).find(exact).unwrap_or(LOOKED_FOR)
}

/// Most decimals of several numbers: trailing zeros are lost, so that one alone may show fewer.
pub(super) fn most_decimals(all: impl Iterator<Item = f64>) -> usize {
    let finite = all.filter(|x| x.is_finite());
    finite.map(decimals).max().unwrap_or(0)
}

/// Half a unit of the last decimal.
pub(super) fn rounding(decimals: usize) -> f64 {
    0.5 * 10_f64.powi(-(decimals as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_as_written() {
        for (x, expected) in [
            (305.0, 0),
            (91.1, 1),
            (305.17, 2),
            (167.034, 3),
            (305.1742, 4),
            (136.112_08, 5),
            (1.0 / 3.0, 6),
        ] {
            assert_eq!(decimals(x), expected, "{x}");
        }
        assert_eq!(most_decimals([91.1, 305.1742, f64::NAN].into_iter()), 4);
        assert_eq!(most_decimals([].into_iter()), 0);
        assert_eq!(rounding(3), 0.0005);
    }
}

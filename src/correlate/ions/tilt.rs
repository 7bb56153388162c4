//! The slow change of relative sensitivity over m/z between two instruments.

use std::ops::Range;

/// m/z at which the tilt changes nothing.
const CENTRE: f64 = 150.0;
/// Unit of the slope, in m/z.
const UNIT: f64 = 100.0;
/// Ridge on the slope in shares of the summed weight, so that few common ions do not invent a tilt.
const RIDGE: f64 = 0.05;
/// Deviation (natural logarithm) at which an ion's weight is halved: ions that differ chemically
/// must not steer the fit.
const ROBUST: f64 = 0.4;

/// `ln(query / reference) = level + slope (m/z - 150) / 100` over the ions in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tilt {
    /// Natural logarithm of the ratio of the abundances at m/z 150.
    pub level: f64,
    /// Its change per 100 m/z.
    pub slope: f64,
}

impl Tilt {
    /// Fits the common ions of `range` by weighted least squares (weight: the geometric mean of both
    /// abundances), three times, each time with less weight on ions that deviate. No ions in common:
    /// no tilt.
    pub fn fit(query: &[f64], reference: &[f64], range: &Range<usize>) -> Self {
        let common: Vec<(f64, f64, f64)> = range
            .clone()
            .filter_map(|mz| {
                let (q, r) = (*query.get(mz)?, *reference.get(mz)?);
                (q > 0.0 && r > 0.0).then(|| (position(mz), (q / r).ln(), (q * r).sqrt()))
            })
            .collect();
        let mut tilt = Self::default();
        for pass in 0..3 {
            let (mut s, mut sx, mut sxx, mut sy, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (x, y, weight) in &common {
                let deviation = (y - tilt.level - tilt.slope * x) / ROBUST;
                let w = match pass {
                    0 => *weight,
                    _ => weight / (1.0 + deviation * deviation),
                };
                s += w;
                sx += w * x;
                sxx += w * x * x;
                sy += w * y;
                sxy += w * x * y;
            }
            let determinant = s * (sxx + RIDGE * s) - sx * sx;
            if determinant.is_nan() || determinant <= 0.0 {
                return tilt;
            }
            tilt = Self {
                level: ((sxx + RIDGE * s) * sy - sx * sxy) / determinant,
                slope: (s * sxy - sx * sy) / determinant,
            };
        }
        tilt
    }

    /// Half of the tilt at `mz`, as a factor on the reference; the query is divided by it.
    pub(super) fn half(&self, mz: usize) -> f64 {
        (0.5 * self.slope * position(mz)).exp()
    }
}

fn position(mz: usize) -> f64 {
    (mz as f64 - CENTRE) / UNIT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_tilt_is_found_beside_a_foreign_ion() {
        let mut reference = vec![0.0; 400];
        let mut query = vec![0.0; 400];
        for mz in (40..300).step_by(7) {
            reference[mz] = 10.0 + (mz % 13) as f64;
            query[mz] = reference[mz] * (0.3 + 0.5 * (mz as f64 - 150.0) / 100.0).exp();
        }
        // Six times the expected abundance: chemistry, not tune.
        query[103] *= 6.0;
        let tilt = Tilt::fit(&query, &reference, &(0..400));
        // The ridge shrinks the slope a little.
        assert!((tilt.slope - 0.5).abs() < 0.06, "{tilt:?}");
        assert!((tilt.level - 0.3).abs() < 0.06, "{tilt:?}");
    }

    #[test]
    fn nothing_in_common_has_no_tilt() {
        assert_eq!(
            Tilt::fit(&[1.0, 0.0], &[0.0, 1.0], &(0..2)),
            Tilt::default()
        );
        assert_eq!(Tilt::fit(&[], &[], &(0..9)), Tilt::default());
    }
}

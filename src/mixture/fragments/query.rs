//! An MS/MS spectrum ready to be taken apart.

use crate::correlate::score::entropy::Peak;
use crate::library::Resolution;
use crate::spectrum::Spectrum;

/// Peaks below this share of the base peak are left out: of a component of a twentieth only the strongest
/// reach the hundredth from which peaks of pure spectra count.
const NOISE: f64 = 0.002;
/// Part of the smallest peaks that may be noise: the floor is above them.
const SMALLEST: f64 = 0.05;
/// Limits of the floor in shares of the base peak.
const FLOOR: (f64, f64) = (0.004, 0.02);
/// m/z from which on every instrument measures.
const LATEST_START: f64 = 50.0;
/// By how much a scan starts before its first peak.
const BEFORE: f64 = 0.5;

/// The query's peaks in shares of their sum.
#[derive(Debug, Clone)]
pub(super) struct Query {
    pub resolution: Resolution,
    /// Ascending.
    pub mz: Vec<f64>,
    /// Sum 1.
    pub shares: Vec<f64>,
    /// `ln(share + floor)`.
    pub logs: Vec<f64>,
    /// Below this a share means nothing.
    pub floor: f64,
    /// m/z below which the query was not measured.
    pub start: f64,
}

impl Query {
    /// `None` where nothing is above zero.
    pub fn of(spectrum: &Spectrum) -> Option<Self> {
        let resolution = Resolution::of(spectrum);
        Self::of_peaks(&resolution.intensities(spectrum, NOISE), resolution)
    }

    /// Of merged peaks of ascending m/z.
    pub fn of_peaks(peaks: &[Peak], resolution: Resolution) -> Option<Self> {
        let total: f64 = peaks.iter().map(|p| p.1).sum();
        let first = peaks.first()?.0;
        (total > 0.0 && total.is_finite()).then_some(())?;
        let shares: Vec<f64> = peaks.iter().map(|p| p.1 / total).collect();
        let mut rising = shares.clone();
        rising.sort_by(f64::total_cmp);
        let base = *rising.last()?;
        let small = *rising.get((SMALLEST * rising.len() as f64) as usize)?;
        let floor = small.clamp(FLOOR.0 * base, FLOOR.1 * base);
        Some(Self {
            resolution,
            mz: peaks.iter().map(|p| p.0).collect(),
            logs: shares.iter().map(|share| (share + floor).ln()).collect(),
            shares,
            floor,
            start: LATEST_START.min(first - BEFORE),
        })
    }

    /// Number of peaks.
    pub fn len(&self) -> usize {
        self.mz.len()
    }

    /// Where a reference's peak stands among the query's: the nearest within the tolerance; of a reference at
    /// unit resolution beside a finer query the strongest within it.
    pub fn place(&self, mz: f64, of: Resolution) -> Option<usize> {
        let tolerance = self.resolution.tolerance();
        if self.resolution == Resolution::Fine && of == Resolution::Unit {
            let wide = of.tolerance();
            let from = self.mz.partition_point(|own| *own < mz - wide);
            let to = self.mz.partition_point(|own| *own < mz + wide);
            return (from..to)
                .rev()
                .max_by(|a, b| self.shares[*a].total_cmp(&self.shares[*b]));
        }
        let above = self.mz.partition_point(|own| *own < mz);
        let distance = |i: usize| (self.mz[i] - mz).abs();
        let sides = [above.checked_sub(1), (above < self.len()).then_some(above)];
        let nearest = sides.into_iter().flatten();
        nearest
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
            .filter(|i| distance(*i) <= tolerance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_floor_and_start_by_hand() {
        let peaks = [(91.0542, 60.0), (119.0855, 39.0), (150.0, 1.0)];
        let query = Query::of_peaks(&peaks, Resolution::Fine).unwrap();
        assert_eq!(query.shares, [0.6, 0.39, 0.01]);
        // The smallest peak, within 0.4 and 2 % of 0.6.
        assert_eq!(query.floor, 0.01);
        assert_eq!(query.start, 50.0);
        assert!(Query::of_peaks(&[], Resolution::Fine).is_none());
        assert!(Query::of_peaks(&[(91.0, 0.0)], Resolution::Fine).is_none());
    }

    #[test]
    fn peaks_find_their_place() {
        let peaks = [(91.03, 1.0), (91.06, 5.0), (91.4, 9.0), (119.08, 4.0)];
        let query = Query::of_peaks(&peaks, Resolution::Fine).unwrap();
        assert_eq!(query.place(91.055, Resolution::Fine), Some(1));
        assert_eq!(query.place(91.0, Resolution::Fine), None);
        assert_eq!(query.place(200.0, Resolution::Fine), None);
        // 91.1 at unit resolution: the strongest from 90.8 to 91.4.
        assert_eq!(query.place(91.05, Resolution::Unit), Some(1));
        assert_eq!(query.place(91.2, Resolution::Unit), Some(2));
    }
}

//! A mass spectrum as relative abundances in unit-mass bins.

use super::nitrogen::nominal;

/// Highest nominal m/z that is looked at.
const MOST: u32 = 2000;

/// Abundances by nominal m/z, base peak 100.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bins(Vec<f64>);

impl Bins {
    /// Sums peaks into unit-mass bins; `None` where there is no peak.
    pub fn of(peaks: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let mut bins = Vec::new();
        for (mz, abundance) in peaks {
            let bin = nominal(mz);
            if abundance > 0.0 && abundance.is_finite() && mz > 0.0 && bin < MOST {
                let bin = bin as usize;
                if bins.len() <= bin {
                    bins.resize(bin + 1, 0.0);
                }
                bins[bin] += abundance;
            }
        }
        let top = bins.iter().copied().fold(0.0, f64::max);
        if !(top > 0.0 && top.is_finite()) {
            return None;
        }
        bins.iter_mut().for_each(|v| *v *= 100.0 / top);
        Some(Self(bins))
    }

    /// Abundance at a nominal m/z, per cent of the base peak.
    pub fn at(&self, mz: u32) -> f64 {
        self.0.get(mz as usize).copied().unwrap_or(0.0)
    }

    /// Heaviest ion of at least this abundance.
    pub fn heaviest(&self, least: f64) -> Option<u32> {
        let place = self.0.iter().rposition(|y| *y >= least)?;
        u32::try_from(place).ok()
    }

    /// m/z of the most abundant ion, the lightest of several.
    pub fn base_peak(&self) -> u32 {
        let place = self.0.iter().position(|y| *y >= 100.0 - 1e-9);
        place.and_then(|p| u32::try_from(p).ok()).unwrap_or(0)
    }

    /// Least abundance that the spectrum tells.
    pub fn floor(&self) -> f64 {
        let told = self.0.iter().copied().filter(|y| *y > 0.0);
        told.fold(100.0, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_by_hand() {
        let peaks = [
            (58.05, 40.0),
            (58.1, 10.0),
            (91.0, 25.0),
            (f64::NAN, 9.0),
            (1e9, 9.0),
            (77.0, -1.0),
        ];
        let bins = Bins::of(peaks.into_iter()).unwrap();
        assert_eq!(
            (bins.at(58), bins.at(91), bins.at(77), bins.at(5000)),
            (100.0, 50.0, 0.0, 0.0)
        );
        assert_eq!(
            (bins.base_peak(), bins.heaviest(10.0), bins.floor()),
            (58, Some(91), 50.0)
        );
        assert_eq!(Bins::of([].into_iter()), None);
        assert_eq!(Bins::of([(58.0, f64::INFINITY)].into_iter()), None);
    }
}

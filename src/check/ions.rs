//! A mass spectrum as relative abundances in unit-mass bins.

use crate::prepare::UNIT_MASS_OFFSET;
use crate::spectrum::Spectrum;

/// Highest m/z that is looked at.
const MOST: f64 = 4000.0;

/// Abundances by nominal m/z, base peak 100.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ions(Vec<f64>);

impl Ions {
    /// Sums the peaks of a spectrum into unit-mass bins; `None` where there is no peak.
    pub fn of(spectrum: &Spectrum) -> Option<Self> {
        let mut bins = Vec::new();
        for (mz, abundance) in spectrum.points() {
            let bin = (mz + UNIT_MASS_OFFSET).floor();
            if abundance > 0.0 && abundance.is_finite() && (0.0..MOST).contains(&bin) {
                let bin = bin as usize;
                if bins.len() <= bin {
                    bins.resize(bin + 1, 0.0);
                }
                bins[bin] += abundance;
            }
        }
        let top = bins.iter().copied().fold(0.0, f64::max);
        if top <= 0.0 {
            return None;
        }
        bins.iter_mut().for_each(|v| *v *= 100.0 / top);
        Some(Self(bins))
    }

    /// Abundance at a nominal m/z, per cent of the base peak.
    pub fn at(&self, mz: u32) -> f64 {
        self.0.get(mz as usize).copied().unwrap_or(0.0)
    }

    /// Ions of at least this abundance, as (m/z, abundance).
    pub fn above(&self, least: f64) -> impl Iterator<Item = (u32, f64)> + '_ {
        let all = (0..).zip(self.0.iter().copied());
        all.filter(move |(_, y)| *y >= least)
    }

    /// m/z of the most abundant ion, the lightest of several.
    pub fn base_peak(&self) -> u32 {
        self.above(100.0 - 1e-9).next().map_or(0, |(mz, _)| mz)
    }
}

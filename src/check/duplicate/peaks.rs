//! Equal mass spectra.

use super::super::ions::Ions;
use super::super::record::Records;
use super::{Measured, hash, step};
use crate::library::{Library, LibraryError, ReferenceKind};
use crate::spectrum::{Spectrum, Technique};
use rayon::prelude::*;

/// Bits of evidence that a pair must give: each peak gives the logarithm of its abundance over what
/// rounding allows, so that spectra of two or three coarse peaks never suffice.
const EVIDENCE: f64 = 40.0;
/// Numbers of strongest peaks that make a block.
const BLOCKS: [usize; 3] = [4, 7, 11];

/// A mass spectrum as abundances relative to the base peak.
pub(super) struct Peaks {
    index: usize,
    msms: bool,
    precursor: Option<f64>,
    /// Nominal m/z and abundance (base peak 1), by m/z.
    ions: Vec<(u32, f64)>,
    /// What one unit of the last decimal is, on that scale.
    rounding: f64,
    /// The least abundance that is listed.
    least: f64,
}

/// All measured mass spectra of a library.
pub(super) fn all(library: &Library, records: &Records) -> Result<Vec<Peaks>, LibraryError> {
    let mass: Vec<usize> = records
        .iter()
        .filter(|r| r.entry.technique.is_mass() && r.entry.kind == ReferenceKind::FullSpectrum)
        .map(|r| r.index)
        .collect();
    let read = mass
        .into_par_iter()
        .map(|index| Ok(Peaks::of(index, &library.spectrum(index)?)));
    let found: Result<Vec<Option<Peaks>>, LibraryError> = read.collect();
    Ok(found?.into_iter().flatten().collect())
}

impl Peaks {
    fn of(index: usize, spectrum: &Spectrum) -> Option<Self> {
        let ions: Vec<(u32, f64)> = Ions::of(spectrum)?
            .above(f64::MIN_POSITIVE)
            .map(|(mz, y)| (mz, y / 100.0))
            .collect();
        let written: Vec<f64> = spectrum
            .ordinate
            .iter()
            .copied()
            .filter(|v| *v > 0.0)
            .collect();
        let top = written.iter().copied().fold(0.0, f64::max);
        let rounding = step(&written).map_or(1e-6, |s| (s / top).max(1e-6));
        let least = ions.iter().map(|i| i.1).fold(f64::INFINITY, f64::min);
        Some(Self {
            index,
            msms: spectrum.technique == Technique::MsMs,
            precursor: spectrum.precursor.as_ref().and_then(|p| p.mz),
            ions,
            rounding,
            least,
        })
    }

    fn strongest(&self) -> Vec<(u32, f64)> {
        let mut strongest = self.ions.clone();
        strongest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        strongest
    }
}

impl Measured for Peaks {
    fn index(&self) -> usize {
        self.index
    }

    /// The sets of the strongest peaks: of fixed numbers, and up to the largest step between
    /// neighbours, which rounding cannot move.
    fn blocks(&self) -> Vec<u64> {
        let strongest = self.strongest();
        let key = |n: usize| {
            let mut masses: Vec<u64> = strongest
                .iter()
                .take(n)
                .map(|(mz, _)| u64::from(*mz))
                .collect();
            masses.sort_unstable();
            hash(std::iter::once(n as u64).chain(masses))
        };
        let step = |i: &usize| strongest[i - 1].1 / strongest[*i].1;
        let cut = (3..strongest.len().min(11)).max_by(|a, b| step(a).total_cmp(&step(b)));
        let fixed = BLOCKS.into_iter().filter(|n| *n <= strongest.len());
        let whole = (strongest.len() < BLOCKS[0]).then_some(strongest.len());
        let cut = cut.filter(|n| !BLOCKS.contains(n));
        fixed.chain(cut).chain(whole).map(key).collect()
    }

    fn same(&self, other: &Self) -> bool {
        let precursors = match (self.precursor, other.precursor) {
            (Some(a), Some(b)) => (a - b).abs() < 0.02,
            _ => true,
        };
        if self.msms != other.msms || !precursors {
            return false;
        }
        // A half unit of each from rounding, a whole one from cutting off decimals, and the base peak's own.
        let allowed = 1.01 * (self.rounding + other.rounding) + 1e-6;
        let mut bits = 0.0;
        let (mut a, mut b) = (self.ions.iter().peekable(), other.ions.iter().peekable());
        let lowest = self.first().max(other.first());
        loop {
            let (mz, p, q) = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x.0 == y.0 => (x.0, x.1, y.1),
                (Some(x), Some(y)) if x.0 < y.0 => (x.0, x.1, 0.0),
                (_, Some(y)) => (y.0, 0.0, y.1),
                (Some(x), None) => (x.0, x.1, 0.0),
                (None, None) => break,
            };
            if p > 0.0 {
                a.next();
            }
            if q > 0.0 {
                b.next();
            }
            // What one of the two lists leaves out: below its threshold, or below its first m/z.
            let left_out = |value: f64, least: f64| value <= least + allowed || mz < lowest;
            let fits = match (p > 0.0, q > 0.0) {
                (true, true) => (p - q).abs() <= allowed,
                (true, false) => left_out(p, other.least),
                _ => left_out(q, self.least),
            };
            if !fits {
                return false;
            }
            let value = p.min(q);
            // The base peak is 1 in every spectrum.
            if value < 1.0 - allowed {
                bits += (value / allowed).max(1.0).log2();
            }
        }
        bits >= EVIDENCE
    }
}

impl Peaks {
    fn first(&self) -> u32 {
        self.ions.first().map_or(0, |i| i.0)
    }
}

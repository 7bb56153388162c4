//! What is kept of an unknown so that it can be compared with other unknowns.
//!
//! Curves and EI mass spectra are kept on their family's grid as they are prepared for a search, MS/MS
//! spectra as weighted peaks with their precursor.

use crate::correlate::Engine;
use crate::correlate::score::entropy::{Peak, similarity_of_peaks, weighted_peaks};
use crate::correlate::{Centring, Query, Settings};
use crate::prepare::{Family, Recipe, Signal, prepare};
use crate::search::Options;
use crate::spectrum::Spectrum;
use std::collections::BTreeMap;
use std::ops::Range;

/// m/z within which two MS/MS peaks are one.
const TOLERANCE: f64 = 0.02;
/// m/z within which two precursors are one.
const PRECURSOR: f64 = 0.5;
/// Share of the base peak below which an MS/MS peak is noise.
const NOISE: f64 = 0.01;

/// An unknown, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Fingerprint {
    /// On the grid of a family.
    Grid(Family, Signal),
    /// Peaks, and the precursor where it is known.
    Peaks(Option<f64>, Vec<Peak>),
}

impl Fingerprint {
    /// The fingerprint of a spectrum; `None` where it cannot be prepared.
    pub fn of(spectrum: &Spectrum) -> Option<Self> {
        let family = *Family::of_query(spectrum.technique).first()?;
        if family == Family::MsMs {
            let points: Vec<(f64, f64)> = spectrum.points().collect();
            let precursor = spectrum.precursor.as_ref().and_then(|p| p.mz);
            let peaks = weighted_peaks(&points, NOISE, TOLERANCE);
            return (!peaks.is_empty()).then_some(Self::Peaks(precursor, peaks));
        }
        let signal = prepare(spectrum, &Recipe::standard(family)).ok()?.signal;
        Some(Self::Grid(family, signal))
    }
}

/// Compares fingerprints; keeps the engines of the families seen.
#[derive(Default)]
pub struct Comparer {
    engines: BTreeMap<Family, Engine>,
}

/// A fingerprint made ready to be compared with many others.
pub struct Prepared<'a> {
    print: &'a Fingerprint,
    query: Option<Query>,
}

impl Comparer {
    /// Makes a fingerprint ready for [`Comparer::similarity`].
    pub fn ready<'a>(&mut self, print: &'a Fingerprint) -> Prepared<'a> {
        let query = match print {
            Fingerprint::Grid(family, signal) => {
                let engine = self
                    .engines
                    .entry(*family)
                    .or_insert_with(|| Engine::new(settings(*family)));
                Some(engine.query(signal))
            }
            Fingerprint::Peaks(..) => None,
        };
        Prepared { print, query }
    }

    /// How alike two unknowns are: cosine of weighted unit-mass spectra (EI), the largest Pearson
    /// correlation within two grid points (curves), spectral entropy similarity (MS/MS of one
    /// precursor). `None` where they cannot be compared.
    pub fn similarity(&self, one: &Prepared<'_>, other: &Kept) -> Option<f64> {
        match (one.print, other) {
            (Fingerprint::Grid(family, _), Kept::Row(kept, row, range)) if family == kept => {
                let engine = self.engines.get(family)?;
                let query = one.query.as_ref()?;
                match family.is_mass() {
                    true => engine.unshifted(query, row, range.clone()),
                    false => engine
                        .direct(query, row, range.clone(), -LAGS..=LAGS)
                        .map(|c| c.score),
                }
            }
            (Fingerprint::Peaks(a, peaks), Kept::Peaks(b, others)) => {
                let one_ion = match (a, b) {
                    (Some(a), Some(b)) => (a - b).abs() <= PRECURSOR,
                    _ => true,
                };
                one_ion.then(|| similarity_of_peaks(peaks, others, TOLERANCE))
            }
            _ => None,
        }
    }
}

/// Grid points by which two curves may be shifted.
const LAGS: isize = 2;

/// The usual settings of a family, with room for [`LAGS`] only.
fn settings(family: Family) -> Settings {
    let usual = Options::default().settings(&Recipe::standard(family));
    Settings {
        tolerance: match usual.centring {
            Centring::Mean => LAGS as usize,
            Centring::None => 0,
        },
        ..usual
    }
}

/// A fingerprint that others are compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// A row of a family's grid and where it was measured.
    Row(Family, Vec<f32>, Range<usize>),
    /// Peaks and precursor.
    Peaks(Option<f64>, Vec<Peak>),
}

impl Kept {
    /// Keeps a fingerprint.
    pub fn of(print: &Fingerprint) -> Self {
        match print {
            Fingerprint::Grid(family, signal) => {
                let points = Recipe::standard(*family).grid.points;
                let end = signal.end().min(points);
                Self::Row(*family, signal.on_grid(points), signal.start..end)
            }
            Fingerprint::Peaks(precursor, peaks) => Self::Peaks(*precursor, peaks.clone()),
        }
    }
}

impl Fingerprint {
    /// As bytes for a store: the family's place in [`Family::ALL`], then little-endian numbers.
    pub fn to_bytes(&self) -> Vec<u8> {
        let place = |family: Family| Family::ALL.iter().position(|f| *f == family).unwrap_or(0);
        match self {
            Self::Grid(family, signal) => {
                let mut bytes = vec![place(*family) as u8];
                bytes.extend((signal.start as u32).to_le_bytes());
                bytes.extend(signal.values.iter().flat_map(|v| (*v as f32).to_le_bytes()));
                bytes
            }
            Self::Peaks(precursor, peaks) => {
                let mut bytes = vec![place(Family::MsMs) as u8];
                bytes.extend(precursor.unwrap_or(f64::NAN).to_le_bytes());
                let numbers = peaks.iter().flat_map(|(mz, weight)| [*mz, *weight]);
                bytes.extend(numbers.flat_map(f64::to_le_bytes));
                bytes
            }
        }
    }

    /// The fingerprint of such bytes; `None` where they are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (place, rest) = bytes.split_first()?;
        let family = *Family::ALL.get(usize::from(*place))?;
        if family == Family::MsMs {
            let numbers = rest
                .chunks_exact(8)
                .map(|c| c.try_into().map(f64::from_le_bytes));
            let numbers: Vec<f64> = numbers.collect::<Result<_, _>>().ok()?;
            let (precursor, peaks) = numbers.split_first()?;
            let peaks = peaks.chunks_exact(2).map(|pair| (pair[0], pair[1]));
            let precursor = Some(*precursor).filter(|mz| mz.is_finite());
            return Some(Self::Peaks(precursor, peaks.collect()));
        }
        let (start, values) = rest.split_at_checked(4)?;
        let values = values
            .chunks_exact(4)
            .map(|c| c.try_into().map(f32::from_le_bytes));
        let values = values.map(|v| v.map(f64::from));
        Some(Self::Grid(
            family,
            Signal {
                start: u32::from_le_bytes(start.try_into().ok()?) as usize,
                values: values.collect::<Result<_, _>>().ok()?,
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ions(peaks: &[(usize, f64)]) -> Fingerprint {
        let mut values = vec![0.0; 200];
        peaks.iter().for_each(|(mz, y)| values[*mz] = *y);
        Fingerprint::Grid(Family::EiMs, Signal { start: 0, values })
    }

    fn similarity(a: &Fingerprint, b: &Fingerprint) -> Option<f64> {
        let mut comparer = Comparer::default();
        let ready = comparer.ready(a);
        comparer.similarity(&ready, &Kept::of(b))
    }

    #[test]
    fn ions_are_compared_by_their_cosine() {
        // (3*4 + 4*3) / (5 * 5) = 0.96
        let (a, b) = (ions(&[(60, 3.0), (70, 4.0)]), ions(&[(60, 4.0), (70, 3.0)]));
        assert!((similarity(&a, &b).unwrap() - 0.96).abs() < 1e-6);
    }

    #[test]
    fn peaks_of_other_precursors_are_not_compared() {
        let peaks = |mz: f64| Fingerprint::Peaks(Some(mz), vec![(80.0, 0.5), (90.0, 0.5)]);
        assert_eq!(similarity(&peaks(200.0), &peaks(214.0)), None);
        assert!((similarity(&peaks(200.0), &peaks(200.1)).unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(similarity(&peaks(200.0), &ions(&[(60, 1.0)])), None);
    }

    #[test]
    fn bytes_give_the_fingerprint_back() {
        for print in [
            ions(&[(60, 0.5), (70, 0.25)]),
            Fingerprint::Peaks(None, vec![(80.05, 0.125)]),
            Fingerprint::Peaks(Some(181.07), Vec::new()),
        ] {
            let bytes = print.to_bytes();
            assert_eq!(Fingerprint::from_bytes(&bytes), Some(print));
            // Cut anywhere it is refused or shorter, never a panic.
            (0..bytes.len()).for_each(|n| drop(Fingerprint::from_bytes(&bytes[..n])));
        }
    }
}

//! Quality of EI spectra: what shows noise, artefacts and a scan that begins late.
//!
//! The limits were chosen on the library of the first measurements (3430 spectra of forensic laboratories), against
//! ions drawn at random; `src/decide/guide/verdicts.md` says how many spectra each finds.

use super::{Level, Quality};
use crate::spectrum::Spectrum;
use std::collections::BTreeMap;

/// Ions below this share of the base peak count for nothing here.
const SEEN: f64 = 0.005;
/// Fewest ions by which their abundances can be told from noise, and many.
const SOME: usize = 20;
const MANY: usize = 100;
/// Evenness of noise alone; no spectrum of the library has more than 0.75.
const NOISE: f64 = 0.78;
/// Evenness from which noise has a part, by the number of ions, and where ions lack isotopes.
const UNEVEN: f64 = 0.7;
const UNEVEN_OF_MANY: f64 = 0.58;
const UNEVEN_ALONE: f64 = 0.5;
/// Share of the abundance of strong ions (from [`STRONG`] of the base peak on) that has an isotope peak, which real
/// spectra reach.
const WITH_ISOTOPE: f64 = 0.6;
const STRONG: f64 = 0.1;
/// Least share of an ion in its isotope peak that is one.
const ISOTOPE: f64 = 0.005;
/// A base peak from this mass on has carbon enough for an isotope peak of this share.
const HEAVY: u32 = 100;
const OF_BASE: f64 = 0.01;
/// Scans begin below this mass: of the library's spectra all but one.
const LATE: u32 = 80;
/// Fewest ions by which the start of a scan shows.
const LISTED: usize = 12;

/// Judges an EI spectrum by its ions at unit mass.
pub(super) fn judge(spectrum: &Spectrum, quality: &mut Quality) {
    let mut ions: BTreeMap<u32, f64> = BTreeMap::new();
    let points = spectrum.axis.iter().zip(&spectrum.ordinate);
    for (mz, abundance) in points.filter(|(mz, a)| mz.is_finite() && **a > 0.0) {
        *ions.entry(mz.round() as u32).or_default() += abundance;
    }
    let strongest = ions.iter().max_by(|a, b| a.1.total_cmp(b.1));
    let Some((base, top)) = strongest.map(|(mz, a)| (*mz, *a)) else {
        return;
    };
    even(&ions, top, quality);
    let at = |mz: u32| ions.get(&mz).copied().unwrap_or(0.0);
    let least = ions.values().copied().fold(top, f64::min);
    if base >= HEAVY && least <= OF_BASE * top && at(base + 1) < OF_BASE * top {
        quality.find(
            Level::Limited,
            format!("The strongest ion, m/z {base}, has no isotope peak at {} although far smaller ions are there: it is perhaps an artefact. Look at the scans beside this one, and measure again.", base + 1),
        );
    }
    if let Some(first) = ions.keys().next().filter(|mz| **mz >= LATE)
        && ions.len() >= LISTED
    {
        quality.scan_from = Some(*first);
        quality.find(
            Level::Limited,
            format!("The ions begin at m/z {first}: lighter ones were not measured, or were cut off. Scan from m/z 40 on, or export the whole peak list."),
        );
    }
}

/// Noise has ions nearly alike in abundance, and without isotope peaks.
fn even(ions: &BTreeMap<u32, f64>, top: f64, quality: &mut Quality) {
    let seen: Vec<f64> = ions
        .values()
        .copied()
        .filter(|a| *a >= SEEN * top)
        .collect();
    if seen.len() < SOME {
        return;
    }
    let evenness = evenness(&seen);
    let isotopes = with_isotope(ions, top);
    if evenness >= NOISE {
        quality.find(
            Level::Poor,
            "The ions are as even in abundance as noise. Inject more, or take the spectrum at the top of the peak and subtract the background.".to_owned(),
        );
    } else if evenness >= UNEVEN
        || (seen.len() >= MANY && evenness >= UNEVEN_OF_MANY)
        || (isotopes <= WITH_ISOTOPE && evenness >= UNEVEN_ALONE)
    {
        quality.find(
            Level::Limited,
            "Many ions are as even in abundance as noise, or lack their isotope peaks: noise, or small ions were cut off. Subtract the background, and export the whole peak list.".to_owned(),
        );
    }
}

/// The exponential of the entropy of the abundances over their number: 1 where all are equal.
fn evenness(abundances: &[f64]) -> f64 {
    let sum: f64 = abundances.iter().sum();
    let entropy: f64 = abundances.iter().map(|a| -(a / sum) * (a / sum).ln()).sum();
    entropy.exp() / abundances.len() as f64
}

/// Share of the abundance of strong ions that lies in ions with something at the next mass.
fn with_isotope(ions: &BTreeMap<u32, f64>, top: f64) -> f64 {
    let (mut all, mut with) = (0.0, 0.0);
    for (mz, abundance) in ions.iter().filter(|(_, a)| **a >= STRONG * top) {
        all += abundance;
        let next = ions.get(&(mz + 1)).copied().unwrap_or(0.0);
        if next >= ISOTOPE * abundance {
            with += abundance;
        }
    }
    if all > 0.0 { with / all } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::{Level, Quality, assess_quality};
    use crate::prepare::noise::uniform;
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn judged(ions: impl Iterator<Item = (f64, f64)>) -> Quality {
        let (x, y) = ions.unzip();
        let axis = Axis::Explicit(x);
        assess_quality(&Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y))
    }

    /// Clusters of three ions every 14 u, as of a chain, that fall by half each; every ion with its isotope.
    fn chain(from: u32) -> impl Iterator<Item = (f64, f64)> {
        (0..12_i32).flat_map(move |k| {
            let (mz, a) = (
                f64::from(from) + 14.0 * f64::from(k),
                999.0 * 0.5_f64.powi(k),
            );
            [(mz - 1.0, 0.3 * a), (mz, a), (mz + 1.0, 0.06 * a)]
        })
    }

    fn tells(quality: &Quality, level: Level, words: &str) {
        let told = quality.findings.iter().any(|f| f.contains(words));
        assert!(told && quality.level == level, "{words}: {quality:?}");
    }

    #[test]
    fn a_spectrum_and_noise() {
        let good = judged(chain(43));
        assert_eq!(
            (good.level, good.scan_from),
            (Level::Good, None),
            "{good:?}"
        );
        let random = uniform(260).into_iter().zip(40_u32..);
        let noise = judged(random.map(|(v, mz)| (f64::from(mz), 2.0 + v)));
        tells(&noise, Level::Poor, "as noise");
    }

    #[test]
    fn noise_beside_a_spectrum() {
        let random = uniform(260).into_iter().zip(40_u32..);
        let random = random.map(|(v, mz)| (f64::from(mz), 20.0 * (2.0 + v)));
        tells(&judged(chain(43).chain(random)), Level::Limited, "noise");
    }

    #[test]
    fn an_artefact_and_a_late_scan() {
        let artefact = judged(chain(43).chain([(333.0, 3000.0)]));
        tells(
            &artefact,
            Level::Limited,
            "m/z 333, has no isotope peak at 334",
        );
        let late = judged(chain(101));
        tells(&late, Level::Limited, "The ions begin at m/z 100");
        assert_eq!(late.scan_from, Some(100));
    }
}

//! The heaviest cluster of an electron-ionisation spectrum: which of its ions is the lightest isotope,
//! and which chlorine and bromine its pattern shows.

use super::atoms::{Atoms, BR, C, CL};
use super::bins::Bins;
use super::pattern::{LENGTH, pattern, similarity};

/// Abundance, per cent of the base peak, from which an ion may belong to the molecular ion.
const SEEN: f64 = 0.5;
/// Most chlorine and bromine atoms that are looked for.
const MOST_CHLORINE: u8 = 5;
const MOST_BROMINE: u8 = 4;
/// Least likeness of a pattern with chlorine or bromine, and of a weak one: below this abundance.
const ALIKE: f64 = 0.90;
const WEAKLY_ALIKE: f64 = 0.94;
const WEAK: f64 = 2.0;
/// Largest share of a cluster that has lost a hydrogen.
const MOST_LOST: f64 = 0.75;
/// Abundance of one isotope of carbon, 13C over 12C.
pub(super) const CARBON_13: f64 = 0.010_816;
/// What M + 2 may be over M without chlorine and bromine, beside two 13C: two sulfur atoms.
const SECOND: f64 = 0.09;

/// The heaviest cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cluster {
    /// Nominal m/z of its lightest isotope.
    pub mz: u32,
    /// Abundance there, per cent of the base peak.
    pub abundance: f64,
    /// Chlorine atoms.
    pub chlorine: u8,
    /// Bromine atoms.
    pub bromine: u8,
    /// Likeness of its pattern with these atoms and a usual number of carbon atoms.
    pub similarity: f64,
}

impl Cluster {
    /// The heaviest cluster of a spectrum.
    pub fn of(bins: &Bins) -> Option<Self> {
        let heaviest = bins.heaviest(SEEN)?;
        let plain = Self::plain(bins, heaviest)?;
        let halogens = (heaviest.saturating_sub(12)..=heaviest)
            .filter(|mz| bins.at(*mz) >= SEEN / 2.0)
            .flat_map(|mz| Self::with_halogens(bins, mz, heaviest))
            .max_by(|a, b| a.similarity.total_cmp(&b.similarity));
        let alike = |found: &Self| {
            let least = if found.abundance < WEAK {
                WEAKLY_ALIKE
            } else {
                ALIKE
            };
            found.similarity >= least && found.similarity > plain.similarity
        };
        Some(halogens.filter(alike).unwrap_or(plain))
    }

    fn at(bins: &Bins, mz: u32, chlorine: u8, bromine: u8) -> Self {
        Self {
            mz,
            abundance: bins.at(mz),
            chlorine,
            bromine,
            similarity: likeness(bins, mz, chlorine, bromine).unwrap_or(0.0),
        }
    }

    /// The heaviest ion that is no heavier isotope of a lighter one.
    fn plain(bins: &Bins, heaviest: u32) -> Option<Self> {
        let mut mz = heaviest;
        while mz > 12 {
            let one = CARBON_13 * f64::from(mz) / 13.0;
            let two = one * one / 2.0 + SECOND;
            let before = bins.at(mz - 1);
            let explained = 1.4 * one * before + two * bins.at(mz - 2);
            if bins.at(mz) >= SEEN.min(bins.at(heaviest)) && bins.at(mz) > explained {
                return Some(Self::at(bins, mz, 0, 0));
            }
            mz -= 1;
        }
        None
    }

    fn with_halogens(bins: &Bins, mz: u32, heaviest: u32) -> Vec<Self> {
        let mut found = Vec::new();
        for chlorine in 0..=MOST_CHLORINE {
            for bromine in 0..=MOST_BROMINE {
                let number = u32::from(chlorine + bromine);
                let weight = 35 * u32::from(chlorine) + 79 * u32::from(bromine);
                if number > 0 && weight + 12 <= mz && heaviest <= mz + 2 * number + 2 {
                    found.push(Self::at(bins, mz, chlorine, bromine));
                }
            }
        }
        found
    }
}

/// Likeness of the ions from M - 2 on with the pattern of these halogens, at M and, where a hydrogen is
/// lost, at M - 1 in any share up to [`MOST_LOST`].
fn likeness(bins: &Bins, mz: u32, chlorine: u8, bromine: u8) -> Option<f64> {
    let halogens = 35 * u32::from(chlorine) + 79 * u32::from(bromine);
    let mut atoms = Atoms::default();
    atoms.0[C] = (mz.saturating_sub(halogens) / 15).clamp(1, 100) as u8;
    atoms.0[CL] = chlorine;
    atoms.0[BR] = bromine;
    let expected = pattern(&atoms);
    let last = (2 * usize::from(chlorine + bromine) + 2).min(LENGTH - 1);
    let at = |shift: usize| {
        let before = vec![0.0; shift];
        let all = before.into_iter().chain(expected);
        all.take(last + 3).collect::<Vec<f64>>()
    };
    let (whole, lost) = (at(2), at(1));
    let first = mz.checked_sub(2)?;
    let measured: Vec<f64> = (first..).take(last + 3).map(|m| bins.at(m)).collect();
    let share = share_lost(&measured, &whole, &lost);
    let both: Vec<f64> = (whole.iter().zip(&lost))
        .map(|(a, b)| (1.0 - share) * a + share * b)
        .collect();
    similarity(&measured, &both)
}

/// Share of the ion that has lost a hydrogen, by least squares.
fn share_lost(measured: &[f64], whole: &[f64], lost: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let (ww, ll, wl) = (dot(whole, whole), dot(lost, lost), dot(whole, lost));
    let (mw, ml) = (dot(measured, whole), dot(measured, lost));
    let determinant = ww * ll - wl * wl;
    let (a, b) = (mw * ll - ml * wl, ml * ww - mw * wl);
    let share = b / (a + b);
    if determinant > 0.0 && a > 0.0 && b > 0.0 && share.is_finite() {
        share.min(MOST_LOST)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(peaks: &[(u32, f64)]) -> Cluster {
        let peaks = peaks.iter().map(|(mz, y)| (f64::from(*mz), *y));
        Cluster::of(&Bins::of(peaks).unwrap()).unwrap()
    }

    #[test]
    fn halogens_by_their_patterns() {
        // Chlorobenzene, bromobenzene and hexachlorobenzene's pattern by molmass, cut at M + 6.
        let found = cluster(&[
            (77, 45.0),
            (112, 100.0),
            (113, 6.6),
            (114, 32.5),
            (115, 2.1),
        ]);
        assert_eq!((found.mz, found.chlorine, found.bromine), (112, 1, 0));
        let found = cluster(&[
            (77, 100.0),
            (156, 80.0),
            (157, 5.2),
            (158, 78.0),
            (159, 5.1),
        ]);
        assert_eq!((found.mz, found.chlorine, found.bromine), (156, 0, 1));
        let found = cluster(&[
            (77, 50.0),
            (234, 24.1),
            (235, 1.6),
            (236, 46.9),
            (237, 3.1),
            (238, 22.9),
            (239, 1.5),
        ]);
        assert_eq!((found.mz, found.chlorine, found.bromine), (234, 0, 2));
    }

    #[test]
    fn plain_clusters() {
        // Caffeine: 194 with M + 1; dibenzothiophene: 184 with 34S; benzaldehyde: M - 1 and M.
        let found = cluster(&[
            (109, 50.0),
            (193, 10.0),
            (194, 100.0),
            (195, 9.6),
            (196, 0.9),
        ]);
        assert_eq!((found.mz, found.chlorine, found.bromine), (194, 0, 0));
        let found = cluster(&[(139, 20.0), (184, 100.0), (185, 13.8), (186, 5.4)]);
        assert_eq!((found.mz, found.chlorine, found.bromine), (184, 0, 0));
        let found = cluster(&[(77, 98.0), (105, 98.0), (106, 100.0), (107, 8.0)]);
        assert_eq!((found.mz, found.chlorine, found.bromine), (106, 0, 0));
    }

    #[test]
    fn one_ion_or_none() {
        assert_eq!(cluster(&[(43, 100.0)]).mz, 43);
        let bins = Bins::of([(2.0, 1.0)].into_iter()).unwrap();
        assert_eq!(Cluster::of(&bins), None);
    }
}

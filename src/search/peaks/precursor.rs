//! Which references have the query's precursor.

use super::super::MassTolerance;
use crate::library::{PeakLists, Resolution, is_positive};
use crate::spectrum::{Adduct, Spectrum};

/// Adducts that a query may be of where it does not say.
const COMMON: [&str; 3] = ["[M+H]+", "[M]+", "[M-H]-"];
/// Error of a precursor m/z at unit resolution.
const UNIT_ERROR: f64 = 0.4;
/// Relative error of a precursor m/z at fine resolution, ppm, and the least that is allowed for.
const FINE_ERROR_PPM: f64 = 15.0;
const LEAST_ERROR: f64 = 0.01;

/// What a reference must agree in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// The neutral mass where it is known, else m/z and polarity.
    Mass,
    /// m/z and polarity.
    Mz,
}

/// The query's precursor.
#[derive(Debug)]
pub(crate) struct Target {
    /// As stated.
    pub mz: f64,
    /// Largest difference.
    pub tolerance: f64,
    /// Neutral masses that it may be the ion of.
    masses: Vec<f64>,
    adduct_known: bool,
    positive: Option<bool>,
    /// Whether the user set the tolerance, which then holds for every reference.
    fixed: bool,
}

impl Target {
    /// `None` where the spectrum states no precursor.
    pub fn of(spectrum: &Spectrum, tolerance: Option<MassTolerance>) -> Option<Self> {
        let precursor = spectrum.precursor.as_ref()?;
        let mz = precursor.mz.filter(|mz| mz.is_finite() && *mz > 0.0)?;
        let adduct = precursor.adduct.as_deref().and_then(Adduct::parse);
        let positive = is_positive(spectrum);
        let common = COMMON.iter().filter_map(|text| Adduct::parse(text));
        let adducts: Vec<Adduct> = match adduct {
            Some(adduct) => vec![adduct],
            None => common
                .filter(|a| positive.is_none_or(|p| p == a.positive))
                .collect(),
        };
        Some(Self {
            mz,
            tolerance: tolerance.map_or_else(
                || usual_tolerance(mz, Resolution::of(spectrum)),
                |t| t.at(mz),
            ),
            masses: adducts.iter().map(|a| a.neutral_mass(mz)).collect(),
            adduct_known: adduct.is_some(),
            positive,
            fixed: tolerance.is_some(),
        })
    }

    /// Neutral masses that the precursor may be the ion of.
    pub fn masses(&self) -> &[f64] {
        &self.masses
    }

    /// The largest difference from a reference of a resolution, in mass or m/z.
    pub fn widest(&self, resolution: Resolution) -> f64 {
        self.tolerance.max(match resolution {
            _ if self.fixed => 0.0,
            Resolution::Unit => UNIT_ERROR,
            Resolution::Fine => LEAST_ERROR,
        })
    }

    /// Whether a reference has this precursor.
    pub fn fits(&self, lists: &PeakLists, row: usize, fit: Fit) -> bool {
        let same_mz = |tolerance: f64| {
            let at = lists.precursor.get(row);
            at.is_some_and(|at| (at - self.mz).abs() <= tolerance)
                && polarity_agrees(self.positive, lists, row)
        };
        let wide = self.widest(lists.resolution(row));
        let exact = lists.mass_exact.get(row) == Some(&1);
        let narrow = if exact { self.tolerance } else { wide };
        match (fit, self.mass_difference(lists, row)) {
            (Fit::Mass, Some(difference)) => {
                difference.abs() <= narrow || (!self.adduct_known && same_mz(narrow))
            }
            _ => same_mz(wide),
        }
    }

    /// By how much the query's precursor lies above the reference's, ppm of its m/z.
    pub fn deviation_ppm(&self, lists: &PeakLists, row: usize) -> Option<f64> {
        let of_mz = || Some(self.mz - lists.precursor.get(row).filter(|mz| mz.is_finite())?);
        let difference = self.mass_difference(lists, row).or_else(of_mz)?;
        Some(difference / self.mz * 1e6)
    }

    /// The query's neutral mass less the reference's, the nearest where the adduct is not known.
    fn mass_difference(&self, lists: &PeakLists, row: usize) -> Option<f64> {
        let mass = lists.mass.get(row).filter(|mass| mass.is_finite())?;
        let differences = self.masses.iter().map(|own| own - mass);
        differences.min_by(|a, b| a.abs().total_cmp(&b.abs()))
    }
}

/// Whether polarities do not contradict one another.
pub(crate) fn polarity_agrees(positive: Option<bool>, lists: &PeakLists, row: usize) -> bool {
    let polarity = (positive, lists.polarity.get(row));
    !matches!(polarity, (Some(true), Some(-1)) | (Some(false), Some(1)))
}

/// 0.4 at unit resolution; else 15 ppm, at least 0.01, and one unit of the last decimal written.
fn usual_tolerance(mz: f64, resolution: Resolution) -> f64 {
    if resolution == Resolution::Unit {
        return UNIT_ERROR;
    }
    let written = |power: f64| (mz * power - (mz * power).round()).abs() < 1e-6 * power;
    let rounding = match (written(1.0), written(10.0)) {
        (true, _) => 0.5,
        (_, true) => 0.1,
        _ => 0.0,
    };
    (mz * FINE_ERROR_PPM * 1e-6).max(LEAST_ERROR).max(rounding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Precursor, Shape, Technique};

    fn query(mz: f64, adduct: Option<&str>, positive: Option<bool>) -> Target {
        let axis = Axis::Explicit(vec![91.0542]);
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, vec![1.0]);
        spectrum.precursor = Some(Precursor {
            mz: Some(mz),
            adduct: adduct.map(str::to_owned),
            positive,
            ..Precursor::default()
        });
        Target::of(&spectrum, None).unwrap()
    }

    /// Estriol (C18H24O3, 288.1725) by formula, a record of m/z alone, and one at unit resolution.
    fn lists() -> PeakLists {
        PeakLists {
            at_unit: vec![1, 0, 1].into(),
            precursor: vec![271.1693, 289.1798, 289.3].into(),
            mass: vec![288.172_545, f64::NAN, 288.29].into(),
            mass_exact: vec![1, 0, 0].into(),
            polarity: vec![1, 1, 1].into(),
            ..PeakLists::default()
        }
    }

    #[test]
    fn neutral_masses_where_known_else_mz() {
        let lists = lists();
        let fits = |target: &Target, fit| [0, 1, 2].map(|row| target.fits(&lists, row, fit));
        let estriol = query(289.1798, Some("[M+H]+"), None);
        assert_eq!(fits(&estriol, Fit::Mass), [true, true, true]);
        assert_eq!(fits(&estriol, Fit::Mz), [false, true, true]);
        assert!(estriol.deviation_ppm(&lists, 0).unwrap().abs() < 1.0);
        let water = query(271.1693, Some("[M-H2O+H]+"), None);
        assert_eq!(fits(&water, Fit::Mass), [true, false, true]);
        let negative = query(287.1653, None, Some(false));
        assert_eq!(fits(&negative, Fit::Mass), [true, false, true]);
        assert_eq!(fits(&query(290.2, None, None), Fit::Mass), [false; 3]);
    }

    #[test]
    fn tolerances() {
        assert_eq!(usual_tolerance(300.1594, Resolution::Unit), 0.4);
        assert_eq!(usual_tolerance(300.1594, Resolution::Fine), 0.01);
        assert!((usual_tolerance(1000.1594, Resolution::Fine) - 0.015_002_391).abs() < 1e-12);
        assert_eq!(usual_tolerance(265.0, Resolution::Fine), 0.5);
        assert_eq!(usual_tolerance(265.1, Resolution::Fine), 0.1);
    }
}

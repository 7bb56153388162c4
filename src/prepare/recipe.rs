//! Ordered preparation steps, their defaults per technique, and their hash.

use super::{Curve, Grid, PrepareError, Signal, Stage};
use super::{baseline, cosmic, mass, normalise, resample, smooth};
use crate::read::hex;
use crate::spectrum::{Shape, Spectrum, Technique, Warning, WarningKind};
use crate::units::XUnit;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Spectra that are prepared alike and may be compared with one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Raman, curves and band tables.
    Raman,
    /// Mid-infrared in any mode, curves and band tables.
    Infrared,
    /// Near-infrared.
    NearInfrared,
    /// EI mass spectra at unit mass.
    EiMs,
    /// EI mass spectra of which only the principal ions are known.
    EiMsPrincipal,
    /// MS/MS peak lists; compared peak by peak, not on a grid.
    MsMs,
}

impl Family {
    /// All families, in a fixed order.
    pub const ALL: [Family; 6] = [
        Family::Raman,
        Family::Infrared,
        Family::NearInfrared,
        Family::EiMs,
        Family::EiMsPrincipal,
        Family::MsMs,
    ];

    /// Stable name, also the group's name in a library file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Raman => "raman",
            Self::Infrared => "infrared",
            Self::NearInfrared => "near-infrared",
            Self::EiMs => "ei-ms",
            Self::EiMsPrincipal => "ei-ms-principal",
            Self::MsMs => "ms-ms",
        }
    }

    /// The families a query of this technique is searched in.
    pub fn of_query(technique: Technique) -> &'static [Family] {
        match technique {
            Technique::Raman => &[Self::Raman],
            Technique::Infrared(_) => &[Self::Infrared],
            Technique::NearInfrared => &[Self::NearInfrared],
            Technique::EiMs => &[Self::EiMs, Self::EiMsPrincipal],
            Technique::MsMs => &[Self::MsMs],
            Technique::Unknown => &[],
        }
    }

    /// Whether a spectrum is a mass spectrum.
    pub fn is_mass(self) -> bool {
        matches!(self, Self::EiMs | Self::EiMsPrincipal | Self::MsMs)
    }

    /// Fewest usable points that can be compared.
    pub(super) fn fewest_points(self, shape: Shape) -> usize {
        match (self.is_mass(), shape) {
            (true, _) => 1,
            (false, Shape::Sticks) => 4,
            (false, Shape::Profile) => 16,
        }
    }
}

/// One preparation step with its parameters, in the unit of the grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// Transmittance and reflectance become absorbance, -log10; fractions below `floor` count as `floor`.
    Absorbance {
        /// Smallest fraction.
        floor: f64,
    },
    /// Cosmic-ray spikes narrower than a band are replaced by a straight line.
    CosmicRays {
        /// Height in robust standard deviations of the noise.
        threshold: f64,
        /// Narrowest real band, full width at half maximum.
        narrowest_band: f64,
    },
    /// The bands of a band table become Lorentzian curves; curves pass unchanged.
    Broaden {
        /// Full width at half maximum where the table states none.
        width: f64,
    },
    /// Mean of the curve over each cell of the grid.
    Resample,
    /// Asymmetrically reweighted penalised least squares baseline (Baek et al. 2015).
    ArPls {
        /// Smoothness.
        lambda: f64,
        /// Most iterations.
        iterations: usize,
    },
    /// Statistics-sensitive non-linear iterative peak-clipping baseline (Ryan et al. 1988).
    Snip {
        /// Half of the widest band kept.
        half_width: f64,
    },
    /// Savitzky-Golay smoothing, or derivative.
    SavitzkyGolay {
        /// Window in grid points, odd.
        window: usize,
        /// Degree of the polynomial.
        degree: usize,
        /// 0 smooths, 1 and 2 differentiate.
        derivative: usize,
    },
    /// The region is bridged by a straight line, so that it carries no band (CO2, laser line).
    Exclude {
        /// Start of the region.
        from: f64,
        /// End of the region.
        to: f64,
    },
    /// The ordinate's sign times its absolute value to the power `exponent`: below 1 it lowers the
    /// weight of the strongest bands, whose relative heights differ most between instruments.
    Power {
        /// Exponent, above 0.
        exponent: f64,
    },
    /// Standard normal variate: mean 0, standard deviation 1.
    Snv,
    /// Euclidean norm 1.
    UnitNorm,
    /// Ions are summed into unit-mass bins.
    UnitMass,
    /// Only the most abundant ions are kept.
    Principal {
        /// Most ions kept.
        ions: usize,
        /// Ions below this m/z are left out where others exist.
        from: f64,
    },
    /// Abundance^`abundance` times (m/z)^`mass`.
    Weigh {
        /// Exponent of the abundance.
        abundance: f64,
        /// Exponent of m/z.
        mass: f64,
    },
}

impl Step {
    /// Applies the step; gives the signal once the grid has been reached.
    pub(super) fn apply(
        &self,
        stage: Stage<'_>,
        grid: &Grid,
        spectrum: &Spectrum,
    ) -> Result<Option<Signal>, PrepareError> {
        match stage {
            Stage::Curve(curve) => self.on_curve(curve, grid, spectrum),
            Stage::Signal(mut signal) => {
                self.on_signal(&mut signal, grid);
                Ok(Some(signal))
            }
        }
    }

    fn on_curve(
        &self,
        curve: &mut Curve,
        grid: &Grid,
        spectrum: &Spectrum,
    ) -> Result<Option<Signal>, PrepareError> {
        match *self {
            Self::Absorbance { floor } => super::units::to_absorbance(curve, spectrum, floor),
            Self::CosmicRays {
                threshold,
                narrowest_band,
            } if curve.shape == Shape::Profile => {
                let spikes =
                    cosmic::remove_spikes(&curve.x, &mut curve.y, threshold, narrowest_band);
                if spikes > 0 {
                    curve.warnings.push(Warning::new(
                        WarningKind::Ordinate,
                        format!("{spikes} points looked like cosmic-ray spikes and were bridged."),
                    ));
                }
            }
            Self::Broaden { width } if curve.shape == Shape::Sticks => {
                return resample::lorentzian(&curve.x, &curve.y, spectrum, width, grid).map(Some);
            }
            Self::Resample => return resample::resample(&curve.x, &curve.y, grid).map(Some),
            Self::UnitMass => return mass::unit_mass(&curve.x, &curve.y, grid).map(Some),
            _ => {}
        }
        Ok(None)
    }

    fn on_signal(&self, signal: &mut Signal, grid: &Grid) {
        let values = &mut signal.values;
        match *self {
            Self::ArPls { lambda, iterations } => {
                let base = baseline::arpls(values, lambda, iterations);
                subtract(values, &base);
            }
            Self::Snip { half_width } => {
                let base = baseline::snip(values, grid.points_in(half_width));
                subtract(values, &base);
            }
            Self::SavitzkyGolay {
                window,
                degree,
                derivative,
            } => *values = smooth::savitzky_golay(values, window, degree, derivative),
            Self::Exclude { from, to } => resample::bridge(signal, grid, from, to),
            Self::Power { exponent } => normalise::power(values, exponent),
            Self::Snv => normalise::snv(values),
            Self::UnitNorm => normalise::unit_norm(values),
            Self::Principal { ions, from } => mass::keep_principal(signal, grid, ions, from),
            Self::Weigh { abundance, mass } => mass::weigh(signal, grid, abundance, mass),
            Self::Absorbance { .. }
            | Self::CosmicRays { .. }
            | Self::Broaden { .. }
            | Self::Resample
            | Self::UnitMass => {}
        }
    }
}

fn subtract(values: &mut [f64], base: &[f64]) {
    values.iter_mut().zip(base).for_each(|(v, b)| *v -= b);
}

/// Most points of a grid; the longest in use has under 2000.
const MOST_POINTS: usize = 1 << 16;
/// Smallest distance between them, in the unit of the axis.
const SMALLEST_STEP: f64 = 1e-3;
/// Largest distance and abscissa of the first.
const LARGEST: f64 = 1e6;
/// Most steps.
const MOST_STEPS: usize = 64;
/// Most iterations of a baseline.
const MOST_ITERATIONS: usize = 1000;
/// Widest window of a smoothing.
const LARGEST_WINDOW: usize = 1001;
/// Highest degree of its polynomial.
const LARGEST_DEGREE: usize = 20;

/// An ordered list of steps on one grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// What it is for.
    pub family: Family,
    /// The axis that the signal ends on.
    pub grid: Grid,
    /// Steps in order.
    pub steps: Vec<Step>,
}

impl Recipe {
    /// The recipe that specid uses for a family unless told otherwise.
    pub fn standard(family: Family) -> Self {
        let grid = |first, step, points, unit| Grid {
            first,
            step,
            points,
            unit,
        };
        let unit_mass = grid(0.0, 1.0, 1024, XUnit::MassToCharge);
        let weigh = Step::Weigh {
            abundance: 0.5,
            mass: 1.0,
        };
        let (grid, steps) = match family {
            Family::Raman => (
                grid(100.0, 2.0, 1751, XUnit::RamanShift),
                vec![
                    Step::CosmicRays {
                        threshold: 12.0,
                        narrowest_band: 4.0,
                    },
                    Step::Broaden { width: 12.0 },
                    Step::Resample,
                    // A curved background leaves a share of its curvature, which the power would
                    // lift; the second pass takes that share.
                    Step::Snip { half_width: 60.0 },
                    Step::Snip { half_width: 60.0 },
                    Step::Power { exponent: 0.5 },
                    Step::Snv,
                ],
            ),
            Family::Infrared => (
                grid(400.0, 2.0, 1801, XUnit::Wavenumber),
                vec![
                    Step::Absorbance { floor: 1e-4 },
                    Step::Broaden { width: 16.0 },
                    Step::Resample,
                    Step::Exclude {
                        from: 2280.0,
                        to: 2400.0,
                    },
                    Step::ArPls {
                        lambda: 1e6,
                        iterations: 30,
                    },
                    Step::Snv,
                ],
            ),
            Family::NearInfrared => (
                grid(800.0, 4.0, 426, XUnit::Nanometre),
                vec![
                    Step::Absorbance { floor: 1e-4 },
                    Step::Resample,
                    Step::SavitzkyGolay {
                        window: 9,
                        degree: 2,
                        derivative: 1,
                    },
                    Step::Snv,
                ],
            ),
            Family::EiMs => (unit_mass, vec![Step::UnitMass, weigh, Step::UnitNorm]),
            Family::EiMsPrincipal => (
                unit_mass,
                vec![
                    Step::UnitMass,
                    Step::Principal {
                        ions: 20,
                        from: 40.0,
                    },
                    weigh,
                    Step::UnitNorm,
                ],
            ),
            Family::MsMs => (unit_mass, Vec::new()),
        };
        Self {
            family,
            grid,
            steps,
        }
    }

    /// Whether a spectrum can be prepared by it in the time and memory that this program has: recipes are read from
    /// library files.
    pub fn is_sound(&self) -> bool {
        let Grid {
            first,
            step,
            points,
            ..
        } = self.grid;
        let grid = (1..=MOST_POINTS).contains(&points)
            && (SMALLEST_STEP..=LARGEST).contains(&step)
            && first.abs() <= LARGEST;
        let steps = self.steps.iter().all(|step| match *step {
            Step::ArPls { lambda, iterations } => lambda > 0.0 && iterations <= MOST_ITERATIONS,
            Step::SavitzkyGolay {
                window,
                degree,
                derivative,
            } => window <= LARGEST_WINDOW && degree <= LARGEST_DEGREE && derivative <= degree,
            _ => true,
        });
        grid && steps && self.steps.len() <= MOST_STEPS
    }

    /// The recipe without what changes the ordinate for ranking (baseline, weights, powers,
    /// derivatives, normalisation): the spectrum as measured, on the grid.
    pub fn plain(&self) -> Self {
        let kept = |step: &&Step| {
            matches!(
                step,
                Step::Absorbance { .. }
                    | Step::Broaden { .. }
                    | Step::Resample
                    | Step::UnitMass
                    | Step::Principal { .. }
            )
        };
        Self {
            family: self.family,
            grid: self.grid,
            steps: self.steps.iter().filter(kept).cloned().collect(),
        }
    }

    /// SHA-256 of the recipe's JSON form: equal where two signals were prepared alike.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.to_json().as_bytes()))
    }

    /// The recipe as JSON, fields in declaration order.
    pub fn to_json(&self) -> String {
        // A recipe holds only numbers, names and lists, which always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_survives_json_and_its_hash_tells_a_change() {
        for family in Family::ALL {
            let recipe = Recipe::standard(family);
            assert!(recipe.is_sound());
            let back: Recipe = serde_json::from_str(&recipe.to_json()).unwrap();
            assert_eq!(back, recipe);
            assert_eq!(back.hash(), recipe.hash());
            let mut other = recipe.clone();
            other.steps.push(Step::UnitNorm);
            assert_ne!(other.hash(), recipe.hash());
        }
    }
}

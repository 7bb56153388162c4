//! Mass spectra on the unit-mass axis.

use super::{Grid, PrepareError, Recipe, Signal, Step};

/// Added to m/z before rounding down to a unit-mass bin.
///
/// Ions of organic molecules lie between about 0.1 below (many halogens) and 0.3 to 0.4 above (many
/// hydrogens) their nominal mass, so a bin reaches from 0.38 below to 0.62 above it.
pub const UNIT_MASS_OFFSET: f64 = 0.38;

/// Highest m/z at which a scan is assumed to begin. A peak list does not say where the scan began;
/// it began at the first ion or below, and nearly always below m/z 50.
const LATEST_SCAN_START: usize = 50;

/// Sums ions into unit-mass bins from the assumed start of the scan to the end of the grid.
///
/// # Errors
/// [`PrepareError::Constant`] where no ion of positive abundance lies on the grid.
pub fn unit_mass(x: &[f64], y: &[f64], grid: &Grid) -> Result<Signal, PrepareError> {
    let mut bins = vec![0.0; grid.points];
    let mut first = None;
    for (mz, abundance) in x.iter().zip(y) {
        let bin = ((mz - grid.first) / grid.step + UNIT_MASS_OFFSET).floor();
        if *abundance > 0.0 && bin >= 0.0 && bin < grid.points as f64 {
            bins[bin as usize] += abundance;
            first = first.or(Some(bin as usize));
        }
    }
    let first = first.ok_or(PrepareError::Constant(0.0))?;
    let start = first.min(LATEST_SCAN_START);
    bins.drain(..start);
    Ok(Signal {
        start,
        values: bins,
    })
}

/// Keeps the `ions` most abundant ions at or above m/z `from`; where there are none, of all.
pub(super) fn keep_principal(signal: &mut Signal, grid: &Grid, ions: usize, from: f64) {
    let start = signal.start;
    let heavy = |i: usize| grid.x(start + i) >= from;
    if (0..signal.values.len()).any(|i| heavy(i) && signal.values[i] > 0.0) {
        for i in 0..signal.values.len() {
            if !heavy(i) {
                signal.values[i] = 0.0;
            }
        }
    }
    let mut order: Vec<usize> = (0..signal.values.len()).collect();
    // Of equals the heavier ion stays: it says more.
    order.sort_by(|a, b| {
        signal.values[*b]
            .total_cmp(&signal.values[*a])
            .then(b.cmp(a))
    });
    for i in order.into_iter().skip(ions) {
        signal.values[i] = 0.0;
    }
}

/// Weighs each ion by abundance^`abundance` times (m/z)^`mass` (Stein & Scott 1994,
/// doi:10.1016/1044-0305(94)87009-8).
pub(super) fn weigh(signal: &mut Signal, grid: &Grid, abundance: f64, mass: f64) {
    for (i, value) in signal.values.iter_mut().enumerate() {
        if *value > 0.0 {
            *value = value.powf(abundance) * grid.x(signal.start + i).powf(mass);
        }
    }
}

/// The abundances of a signal that `recipe` has weighted, but for a common factor.
pub fn abundances(signal: &Signal, recipe: &Recipe) -> Signal {
    let mut values = signal.values.clone();
    for step in recipe.steps.iter().rev() {
        if let Step::Weigh { abundance, mass } = *step {
            for (i, value) in values.iter_mut().enumerate() {
                if *value > 0.0 {
                    let x = recipe.grid.x(signal.start + i);
                    // The first power is the number itself, and powers take long.
                    let weight = if mass == 1.0 { x } else { x.powf(mass) };
                    let share = *value / weight;
                    *value = match abundance == 0.5 {
                        true => share * share,
                        false => share.powf(1.0 / abundance),
                    };
                }
            }
        }
    }
    Signal {
        start: signal.start,
        values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::XUnit;

    const GRID: Grid = Grid {
        first: 0.0,
        step: 1.0,
        points: 200,
        unit: XUnit::MassToCharge,
    };

    #[test]
    fn tenths_fall_into_their_nominal_mass() {
        let signal = unit_mass(
            &[57.9, 58.1, 58.3, 150.2, 999.0],
            &[1.0, 2.0, 4.0, 8.0, 16.0],
            &GRID,
        )
        .unwrap();
        assert_eq!(signal.start, 50);
        assert_eq!(signal.values[8], 7.0);
        assert_eq!(signal.values[100], 8.0);
        assert_eq!(signal.values.iter().sum::<f64>(), 15.0);
        assert!(unit_mass(&[58.0], &[0.0], &GRID).is_err());
    }

    #[test]
    fn principal_ions_prefer_heavier_ones() {
        let mut signal =
            unit_mass(&[28.0, 58.0, 77.0, 91.0], &[99.0, 50.0, 7.0, 7.0], &GRID).unwrap();
        keep_principal(&mut signal, &GRID, 2, 40.0);
        let kept: Vec<usize> = (0..signal.values.len())
            .filter(|i| signal.values[*i] > 0.0)
            .map(|i| i + signal.start)
            .collect();
        assert_eq!(kept, [58, 91]);
    }

    #[test]
    fn weights_by_hand() {
        let mut signal = Signal {
            start: 100,
            values: vec![4.0, 0.0],
        };
        weigh(&mut signal, &GRID, 0.5, 1.0);
        assert_eq!(signal.values, [200.0, 0.0]);
    }

    #[test]
    fn the_first_power_is_the_number_itself() {
        assert!((0..4096).all(|x| f64::from(x).powf(std::hint::black_box(1.0)) == f64::from(x)));
    }

    #[test]
    fn abundances_come_back_from_weights() {
        let recipe = Recipe::standard(crate::prepare::Family::EiMs);
        let plain = Signal {
            start: 58,
            values: vec![100.0, 0.0, 7.0],
        };
        let mut weighted = plain.clone();
        weigh(&mut weighted, &recipe.grid, 0.5, 1.0);
        let back = abundances(&weighted, &recipe);
        for (a, b) in back.values.iter().zip(&plain.values) {
            assert!((a - b).abs() < 1e-9);
        }
    }
}

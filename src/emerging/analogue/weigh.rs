//! Unit-mass spectra as analogues are looked for in them.

use super::pair::Ion;
use crate::prepare::{Recipe, Signal, abundances};

/// Share of the base peak below which an ion is not compared.
const FLOOR: f64 = 0.002;

/// Ions by ascending m/z with the weight `sqrt(abundance * m/z)`, of Euclidean norm 1. `signal` is weighted
/// as `recipe` says. Empty where there are no ions.
pub fn ions(signal: &Signal, recipe: &Recipe) -> Vec<Ion> {
    let plain = abundances(signal, recipe);
    let base = plain.values.iter().copied().fold(0.0, f64::max);
    let ion = |(place, abundance): (usize, &f64)| {
        let mz = recipe.grid.x(plain.start + place).round();
        let weight = (abundance * mz).sqrt();
        let kept = *abundance >= FLOOR * base && weight.is_finite() && weight > 0.0;
        (kept && mz <= f64::from(u16::MAX)).then_some((mz as u16, weight))
    };
    let found: Vec<(u16, f64)> = plain.values.iter().enumerate().filter_map(ion).collect();
    let norm = found.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    let scaled = found.iter().map(|(mz, w)| (*mz, (w / norm) as f32));
    scaled.collect()
}

/// Weights by m/z.
pub fn by_mz(ions: &[Ion], points: usize) -> Vec<f32> {
    let mut values = vec![0.0; points];
    for (mz, weight) in ions {
        if let Some(slot) = values.get_mut(usize::from(*mz)) {
            *slot = *weight;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::Family;

    #[test]
    fn weights_by_hand() {
        // The recipe's rows hold sqrt(abundance) * m/z: abundances 9, 4 and 0.009 at 50, 100 and 110.
        let recipe = Recipe::standard(Family::EiMs);
        let place = |mz: f64| ((mz - recipe.grid.first) / recipe.grid.step) as usize;
        let mut values = vec![0.0; place(120.0)];
        values[place(50.0)] = 3.0 * 50.0;
        values[place(100.0)] = 2.0 * 100.0;
        values[place(110.0)] = 0.009_f64.sqrt() * 110.0;
        let found = ions(&Signal { start: 0, values }, &recipe);
        // sqrt(9 * 50) and sqrt(4 * 100) over sqrt(450 + 400); 0.009 of 9 is below 0.002.
        assert_eq!(found.iter().map(|i| i.0).collect::<Vec<_>>(), [50, 100]);
        let norm = 850.0_f64.sqrt();
        assert!((f64::from(found[0].1) - 450.0_f64.sqrt() / norm).abs() < 1e-6);
        assert!((f64::from(found[1].1) - 20.0 / norm).abs() < 1e-6);
        assert_eq!(by_mz(&found, 60)[50], found[0].1);
    }
}

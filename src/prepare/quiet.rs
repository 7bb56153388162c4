//! A noisy curve before its baseline is removed and its strong bands are weighed down: both lift the noise.

use super::{Family, Recipe, Signal, gaussian, snip};

/// Full width at half maximum by which a noisy curve is smoothed, cm⁻¹: that of an ordinary Raman band.
const WIDTH: f64 = 10.0;
/// A curve is noisy whose strongest band is lower than this many standard deviations of its noise.
const NOISY: f64 = 50.0;
/// Half of the widest band that counts for that, cm⁻¹.
const WIDEST: f64 = 60.0;
/// Fewest points that tell of noise.
const FEWEST: usize = 16;

/// Smooths a noisy curve on the grid, in place. Near-infrared bands are too broad to need it.
pub(super) fn quieten(signal: &mut Signal, recipe: &Recipe) {
    if !matches!(recipe.family, Family::Raman | Family::Infrared) || signal.values.len() < FEWEST {
        return;
    }
    let baseline = snip(&signal.values, recipe.grid.points_in(WIDEST));
    let above = signal.values.iter().zip(&baseline).map(|(y, b)| y - b);
    let height = above.fold(0.0, f64::max);
    if noise(&signal.values) * NOISY > height {
        let deviation = WIDTH / (8.0 * 2f64.ln()).sqrt() / recipe.grid.step;
        signal.values = gaussian(&signal.values, deviation);
    }
}

/// Standard deviation of white noise, by the median absolute second difference, which has sqrt(6) times it.
fn noise(values: &[f64]) -> f64 {
    let mut second: Vec<f64> = values
        .windows(3)
        .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
        .collect();
    let middle = second.len() / 2;
    1.4826 * *second.select_nth_unstable_by(middle, f64::total_cmp).1 / 6f64.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};

    /// A band of height 1 at 1000 cm-1 on a slope, with noise of this deviation.
    fn curve(recipe: &Recipe, deviation: f64) -> Signal {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        let values = (0..700).map(|i| {
            let x = 300.0 + recipe.grid.step * f64::from(i);
            // The sum of twelve uniform numbers has a variance of 1.
            let random: f64 = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
            0.001 * x + 1.0 / (1.0 + ((x - 1000.0) / 8.0).powi(2)) + deviation * random
        });
        Signal {
            start: 100,
            values: values.collect(),
        }
    }

    #[test]
    fn only_noisy_curves_are_smoothed() {
        let recipe = Recipe::standard(Family::Raman);
        for (deviation, smoothed) in [(0.0, false), (0.005, false), (0.05, true)] {
            let before = curve(&recipe, deviation);
            let mut after = before.clone();
            quieten(&mut after, &recipe);
            assert_eq!(before != after, smoothed, "{deviation}");
            assert_eq!(
                (before.start, before.values.len()),
                (after.start, after.values.len())
            );
        }
        // A Gaussian of deviation w points leaves 1 / sqrt(2 sqrt(pi) w) of white noise: 0.36 for 2.12 points.
        let mut after = curve(&recipe, 0.05);
        quieten(&mut after, &recipe);
        let plain = curve(&recipe, 0.0);
        let far =
            |i: &usize| plain.values[*i] - 0.001 * (300.0 + recipe.grid.step * *i as f64) < 0.01;
        let left: Vec<f64> = (0..700)
            .filter(far)
            .map(|i| after.values[i] - plain.values[i])
            .collect();
        let deviation = (left.iter().map(|d| d * d).sum::<f64>() / left.len() as f64).sqrt();
        assert!((0.012..0.025).contains(&deviation), "{deviation}");
    }

    #[test]
    fn noise_of_known_deviation() {
        let recipe = Recipe::standard(Family::Raman);
        let found = noise(&curve(&recipe, 0.05).values);
        assert!((found - 0.05).abs() < 0.01, "{found}");
    }
}

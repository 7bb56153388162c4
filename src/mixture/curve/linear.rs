//! Intensities that add up: prepared signals without powers and normalisation.

use crate::prepare::{Recipe, Step};

/// The recipe without what makes intensities not add up (power, normalisation).
pub(super) fn recipe(recipe: &Recipe) -> Recipe {
    let kept = |step: &&Step| !matches!(step, Step::Power { .. } | Step::Snv | Step::UnitNorm);
    Recipe {
        family: recipe.family,
        grid: recipe.grid,
        steps: recipe.steps.iter().filter(kept).cloned().collect(),
    }
}

/// What a recipe does to intensities last, so that it can be undone but for a scale and a constant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Form {
    /// 1 over the power taken.
    root: f64,
    /// Whether values are signed (a derivative): their zero is not their lowest value.
    signed: bool,
}

impl Form {
    /// The form of signals prepared by `recipe`.
    pub(super) fn of(recipe: &Recipe) -> Self {
        let exponent = recipe.steps.iter().rev().find_map(|step| match step {
            Step::Power { exponent } if *exponent > 0.0 => Some(*exponent),
            _ => None,
        });
        let derived =
            |step: &Step| matches!(step, Step::SavitzkyGolay { derivative, .. } if *derivative > 0);
        Self {
            root: 1.0 / exponent.unwrap_or(1.0),
            signed: recipe.steps.iter().any(derived),
        }
    }

    /// Whether values are signed.
    pub(super) fn is_signed(self) -> bool {
        self.signed
    }

    /// The prepared value that counts as no intensity: the lowest, but for derivatives their mean.
    pub(super) fn zero(self, values: &[f32]) -> f32 {
        match self.signed {
            true => values.iter().sum::<f32>() / values.len().max(1) as f32,
            false => values.iter().copied().fold(f32::INFINITY, f32::min),
        }
    }

    /// Intensities behind the prepared values of a reference, scaled to a largest magnitude of 1.
    pub(super) fn intensities(self, values: &[f32], out: &mut Vec<f32>) {
        out.clear();
        let zero = self.zero(values);
        let above = values.iter().map(|v| v - zero);
        match self.kind() {
            Kind::Square => out.extend(above.map(|v| v * v)),
            Kind::Same => out.extend(above),
            Kind::Power(root) => out.extend(above.map(|v| v.powf(root))),
        }
        let most = out.iter().fold(0.0_f32, |m, v| m.max(v.abs()));
        if most > 0.0 && most.is_finite() {
            out.iter_mut().for_each(|v| *v /= most);
        } else {
            out.iter_mut().for_each(|v| *v = 0.0);
        }
    }

    /// Means of the intensities of neighbours, of any scale, into as many places as there are.
    pub(super) fn halves(self, values: &[f32], zero: f32, out: &mut [f32]) {
        let pairs = values.as_chunks::<2>().0.iter().zip(out);
        match self.kind() {
            Kind::Square => pairs.for_each(|([a, b], out)| {
                let (a, b) = (a - zero, b - zero);
                *out = 0.5 * (a * a + b * b);
            }),
            Kind::Same => pairs.for_each(|([a, b], out)| *out = 0.5 * (a + b) - zero),
            Kind::Power(root) => pairs.for_each(|([a, b], out)| {
                *out = 0.5 * ((a - zero).powf(root) + (b - zero).powf(root));
            }),
        }
    }

    fn kind(self) -> Kind {
        match self.root {
            _ if self.signed => Kind::Same,
            1.0 => Kind::Same,
            2.0 => Kind::Square,
            root => Kind::Power(root as f32),
        }
    }
}

/// What makes intensities of prepared values.
enum Kind {
    Same,
    Square,
    Power(f32),
}

/// Values of a curve that reads `shift` points higher, on the same points; its ends are held at 0.
pub(super) fn shifted(values: &[f64], shift: f64) -> Vec<f64> {
    let whole = shift.floor();
    let part = shift - whole;
    let at = |i: i64| {
        usize::try_from(i)
            .ok()
            .and_then(|i| values.get(i))
            .copied()
            .unwrap_or(0.0)
    };
    let whole = whole as i64;
    // The value at i is the curve's at i - shift, between i - whole - 1 and i - whole.
    (0..values.len() as i64)
        .map(|i| (1.0 - part) * at(i - whole) + part * at(i - whole - 1))
        .collect()
}

/// A curve less its running mean over `2 broad + 1` points, taken twice: bands much broader than that are
/// lost with the background. Ends count as 0 beyond. No change at 0.
pub(super) fn sharpened(values: &[f64], broad: usize) -> Vec<f64> {
    if broad == 0 {
        return values.to_vec();
    }
    let mean = running_mean(&running_mean(values, broad), broad);
    values.iter().zip(mean).map(|(v, m)| v - m).collect()
}

fn running_mean(values: &[f64], broad: usize) -> Vec<f64> {
    let n = values.len();
    let width = (2 * broad + 1) as f64;
    let mut sum: f64 = values.iter().take(broad).sum();
    (0..n)
        .map(|i| {
            sum += values.get(i + broad).copied().unwrap_or(0.0);
            let mean = sum / width;
            sum -= i.checked_sub(broad).map_or(0.0, |first| values[first]);
            mean
        })
        .collect()
}

/// Slope of a curve, per point.
pub(super) fn slope(values: &[f64]) -> Vec<f64> {
    let n = values.len();
    (0..n)
        .map(|i| {
            let (a, b) = (i.saturating_sub(1), (i + 1).min(n.saturating_sub(1)));
            match b > a {
                true => (values[b] - values[a]) / (b - a) as f64,
                false => 0.0,
            }
        })
        .collect()
}

/// Standard deviation of the white noise of a curve, from the median of its second differences.
pub(super) fn noise(values: &[f64]) -> f64 {
    let mut second: Vec<f64> = values
        .windows(3)
        .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
        .collect();
    if second.is_empty() {
        return 0.0;
    }
    let middle = second.len() / 2;
    // The second difference of white noise has sqrt(6) times its standard deviation; the median of
    // the magnitude of a normal variate is its deviation over 1.4826.
    1.4826 * *second.select_nth_unstable_by(middle, f64::total_cmp).1 / 6f64.sqrt()
}

/// Sum of products in single precision and sixteen lanes, for ordering only.
pub(super) fn rough_dot(a: &[f32], b: &[f32]) -> f32 {
    let (a16, b16) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    let mut lanes = [0.0; 16];
    for (a, b) in a16.0.iter().zip(b16.0) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    let rest: f32 = a16.1.iter().zip(b16.1).map(|(a, b)| a * b).sum();
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::Family;

    #[test]
    fn a_square_root_is_undone_up_to_a_scale() {
        // Roots 0, 1, 2, 3 of intensities 0, 1, 4, 9, as mean 1.5 and some scale would leave them.
        let values: Vec<f32> = [0.0, 1.0, 2.0, 3.0]
            .iter()
            .map(|v: &f32| (v - 1.5) * 0.7)
            .collect();
        let mut out = Vec::new();
        Form::of(&Recipe::standard(Family::Raman)).intensities(&values, &mut out);
        for (found, wanted) in out.iter().zip([0.0, 1.0 / 9.0, 4.0 / 9.0, 1.0]) {
            assert!((found - wanted).abs() < 1e-6, "{out:?}");
        }
        let form = Form::of(&Recipe::standard(Family::Infrared));
        form.intensities(&[-1.0, 0.0, 3.0], &mut out);
        assert_eq!(out, [0.0, 0.25, 1.0]);
        let form = Form::of(&Recipe::standard(Family::NearInfrared));
        form.intensities(&[-2.0, 1.0, 1.0], &mut out);
        assert_eq!(out, [-1.0, 0.5, 0.5]);
        form.intensities(&[1.0, 1.0], &mut out);
        assert_eq!(out, [0.0, 0.0]);
        let mut half = [0.0; 2];
        Form::of(&Recipe::standard(Family::Raman)).halves(
            &[1.0, 3.0, 2.0, 2.0, 9.0],
            1.0,
            &mut half,
        );
        assert_eq!(half, [2.0, 1.0]);
    }

    #[test]
    fn shifts_by_parts_of_a_point() {
        let values = [0.0, 4.0, 0.0, 0.0];
        assert_eq!(shifted(&values, 1.0), [0.0, 0.0, 4.0, 0.0]);
        assert_eq!(shifted(&values, 0.25), [0.0, 3.0, 1.0, 0.0]);
        assert_eq!(shifted(&values, -0.5), [2.0, 2.0, 0.0, 0.0]);
        assert_eq!(shifted(&values, -9.0), [0.0; 4]);
    }

    #[test]
    fn sums_of_products() {
        // Sum of squares to 20: 20 * 21 * 41 / 6.
        let a: Vec<f32> = (0..21u8).map(f32::from).collect();
        assert_eq!(rough_dot(&a, &a), 2870.0);
    }
}

//! Agreement of two curves on one axis, whatever their resolution and what is left of a baseline.

use crate::correlate::dot;
use crate::prepare::{Recipe, Step, gaussian as smooth};

/// Widths of the smoothing tried, standard deviation in grid points.
const WIDTHS: [f64; 5] = [1.0, 1.5, 2.0, 3.0, 4.0];
/// Usual width, grid points: smoothing costs `(width / this)² / 2`, as under a normal prior.
const USUAL_WIDTH: f64 = 4.0;
/// Terms of the polynomial: a cubic.
const TERMS: usize = 4;

/// How the ordinate was weighted, so that it can be smoothed as intensity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Form {
    exponent: f64,
}

/// The best agreement found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Agreement {
    /// Partial correlation.
    pub(super) correlation: f64,
    /// Width in grid points by which the query (positive) or the reference (negative) was smoothed.
    pub(super) width: f64,
    /// Cost of the smoothing.
    pub(super) penalty: f64,
    /// The query's intensities, smoothed.
    pub(super) query: Vec<f64>,
    /// The reference's intensities, smoothed.
    pub(super) reference: Vec<f64>,
}

impl Form {
    /// The form of signals prepared by `recipe`.
    pub(super) fn of(recipe: &Recipe) -> Self {
        let exponent = recipe.steps.iter().rev().find_map(|step| match step {
            Step::Power { exponent } if *exponent > 0.0 => Some(*exponent),
            _ => None,
        });
        Self {
            exponent: exponent.unwrap_or(1.0),
        }
    }

    /// The intensity behind prepared values. Where a power was taken, the lowest value is the
    /// baseline.
    fn intensity(self, values: &[f64]) -> Vec<f64> {
        if self.exponent == 1.0 {
            return values.to_vec();
        }
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let power = 1.0 / self.exponent;
        match self.exponent == 0.5 {
            true => values.iter().map(|v| (v - low) * (v - low)).collect(),
            false => values.iter().map(|v| (v - low).powf(power)).collect(),
        }
    }

    /// Prepared values freed of noise: smoothed by the Gaussian width, at most four points, under
    /// which white noise is left with a fiftieth of the strongest band's height. Curves of little
    /// noise stay as they are.
    pub(super) fn denoised(self, values: &[f64]) -> Vec<f64> {
        const WANTED: f64 = 50.0;
        let intensity = self.intensity(values);
        let mut second: Vec<f64> = intensity
            .windows(3)
            .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
            .collect();
        if second.len() < 16 {
            return values.to_vec();
        }
        let middle = second.len() / 2;
        // The second difference of white noise has sqrt(6) times its standard deviation.
        let median = *second.select_nth_unstable_by(middle, f64::total_cmp).1;
        let noise = 1.4826 * median / 6f64.sqrt();
        let range = intensity
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
                (a.min(*v), b.max(*v))
            });
        // Smoothing by a width w leaves 1 / sqrt(2 sqrt(pi) w) of white noise.
        let excess = noise * WANTED / (range.1 - range.0).max(f64::MIN_POSITIVE);
        let width = excess.powi(2) / (2.0 * std::f64::consts::PI.sqrt());
        match width >= WIDTHS[0] / 2.0 {
            true => self.weighted(&smooth(&intensity, width.min(USUAL_WIDTH))),
            false => values.to_vec(),
        }
    }

    fn weighted(self, intensity: &[f64]) -> Vec<f64> {
        match self.exponent {
            1.0 => intensity.to_vec(),
            0.5 => intensity.iter().map(|v| v.max(0.0).sqrt()).collect(),
            e => intensity.iter().map(|v| v.max(0.0).powf(e)).collect(),
        }
    }

    /// Compares two curves of equal length. `None` where one of them is constant or a cubic. `baseline` is
    /// kept for curves as long as the last ones.
    pub(super) fn compare(
        self,
        baseline: &mut Option<Cubic>,
        query: &[f64],
        reference: &[f64],
    ) -> Option<Agreement> {
        let points = query.len().min(reference.len());
        let kept = baseline.take().filter(|kept| kept.points() == points);
        *baseline = kept.or_else(|| Cubic::new(points));
        let baseline = baseline.as_ref()?;
        let plain = baseline.partial(query, reference)?;
        let (q, r) = (self.intensity(query), self.intensity(reference));
        let mut best = (worth(plain, 0.0), plain, 0.0);
        for of_query in [true, false] {
            let mut last = plain;
            for width in WIDTHS {
                let found = match of_query {
                    true => baseline.partial(&self.weighted(&smooth(&q, width)), reference),
                    false => baseline.partial(query, &self.weighted(&smooth(&r, width))),
                };
                let Some(found) = found.filter(|f| *f > last) else {
                    break;
                };
                last = found;
                if worth(found, width) > best.0 {
                    best = (
                        worth(found, width),
                        found,
                        if of_query { width } else { -width },
                    );
                }
            }
        }
        let (_, correlation, width) = best;
        let smoothed = |values: Vec<f64>, width: f64| match width > 0.0 {
            true => smooth(&values, width),
            false => values,
        };
        Some(Agreement {
            correlation,
            width,
            penalty: cost(width),
            query: smoothed(q, width),
            reference: smoothed(r, -width),
        })
    }
}

fn cost(width: f64) -> f64 {
    0.5 * (width / USUAL_WIDTH).powi(2)
}

/// For choosing among widths: the correlation less what its smoothing costs for about fifty
/// independent values.
fn worth(correlation: f64, width: f64) -> f64 {
    crate::correlate::warp::charged(correlation, cost(width), 50.0)
}

/// Orthonormal polynomials to the third degree on evenly spaced points.
#[derive(Clone)]
pub(super) struct Cubic {
    terms: [Vec<f64>; TERMS],
}

impl Cubic {
    /// `None` where too few points are left beside the polynomial.
    fn new(n: usize) -> Option<Self> {
        if n < 4 * TERMS {
            return None;
        }
        let mut terms: [Vec<f64>; TERMS] = Default::default();
        for degree in 0..TERMS {
            let mut term: Vec<f64> = (0..n)
                .map(|i| (2.0 * i as f64 / (n - 1) as f64 - 1.0).powi(degree as i32))
                .collect();
            for lower in &terms[..degree] {
                let share = dot(&term, lower);
                term.iter_mut()
                    .zip(lower)
                    .for_each(|(t, l)| *t -= share * l);
            }
            let norm = dot(&term, &term).sqrt();
            term.iter_mut().for_each(|t| *t /= norm);
            terms[degree] = term;
        }
        Some(Self { terms })
    }

    fn points(&self) -> usize {
        self.terms[0].len()
    }

    /// Correlation of what the polynomial leaves of two curves.
    fn partial(&self, a: &[f64], b: &[f64]) -> Option<f64> {
        let (mut ab, mut aa, mut bb) = (dot(a, b), dot(a, a), dot(b, b));
        let (raw_a, raw_b) = (aa, bb);
        for term in &self.terms {
            let (x, y) = (dot(a, term), dot(b, term));
            ab -= x * y;
            aa -= x * x;
            bb -= y * y;
        }
        let signal = aa > 1e-9 * raw_a && bb > 1e-9 * raw_b;
        signal.then(|| (ab / (aa.sqrt() * bb.sqrt())).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests;

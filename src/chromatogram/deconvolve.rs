//! What each component contributes to each ion.
//!
//! In a window around a component every ion's trace is taken as a sum of the peak shapes there, each with
//! a factor that is not negative, and a straight baseline: `y(t) = sum_j a_j M_j(t) + b_0 + b_1 t`,
//! by least squares. The baseline is projected out, so that one small system serves all ions.

use super::Ion;
use super::model::Model;
use super::nnls::{MOST, nnls};
use super::noise::Noise;
use super::skew::Skew;
use super::traces::Traces;
use rayon::prelude::*;

/// Standard errors above zero from which an ion counts.
const CLEAR: f64 = 3.0;

/// A component taken out of its surroundings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Component {
    /// Its shape.
    pub model: Model,
    /// Its ions by rising m/z.
    pub ions: Vec<Ion>,
    /// Share of what stands above the baseline in the highest scan that is the component's.
    pub purity: f64,
    /// Sum of its ions over the noise of their sum.
    pub ratio: f64,
    /// Whether an ion reaches the ceiling of the run.
    pub clipped: bool,
}

/// Takes out the models at these positions; `None` for those without any clear ion.
pub(super) fn components(
    models: &[Model],
    wanted: &[usize],
    traces: &Traces,
    noise: &Noise,
    skew: &Skew,
) -> Vec<Option<Component>> {
    let longest = models.iter().map(|m| m.shape.len()).max().unwrap_or(0);
    let one = |index: &usize| {
        let model = models.get(*index)?;
        let around = neighbours(models, *index, longest);
        component(model, &around, traces, noise, skew)
    };
    wanted.par_iter().map(one).collect()
}

/// Whether one model reaches into the window of another.
pub(super) fn touch(one: &Model, other: &Model) -> bool {
    let reach = |a: &Model, b: &Model| {
        let (from, to) = window(a, usize::MAX);
        b.from < to && from < b.end()
    };
    reach(one, other) || reach(other, one)
}

/// Scans that a component is fitted on.
fn window(model: &Model, scans: usize) -> (usize, usize) {
    let more = (0.75 * model.width).ceil() as usize + 3;
    let from = model.from.saturating_sub(more);
    (from, (model.end() + more).min(scans))
}

/// The models that reach into another's window, those that may contribute most first.
fn neighbours(models: &[Model], index: usize, longest: usize) -> Vec<&Model> {
    let Some(model) = models.get(index) else {
        return Vec::new();
    };
    let (from, to) = window(model, usize::MAX);
    let far = (longest + to - from) as f64;
    let near = |m: &&Model| (m.apex - model.apex).abs() <= far;
    let before = models[..index].iter().rev().take_while(near);
    let after = models[index + 1..].iter().take_while(near);
    let mut found: Vec<(f64, &Model)> = before
        .chain(after)
        .map(|m| {
            let inside = m.from.max(from)..m.end().min(to);
            (m.height * inside.map(|scan| m.at(scan)).sum::<f64>(), m)
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(MOST - 1);
    found.into_iter().map(|(_, m)| m).collect()
}

/// Shapes on a window with the straight line projected out.
struct System {
    from: usize,
    /// Scans of the window.
    points: usize,
    /// The projected shapes, the component's own first.
    shapes: Vec<Vec<f64>>,
    /// Their products with each other, by rows.
    gram: Vec<f64>,
    /// Their products with the two unit vectors of the line.
    onto_line: Vec<(f64, f64)>,
    /// The line's vectors: the constant and, at each scan, the slope.
    level: f64,
    slope: Vec<f64>,
    /// Variance of the component's factor at unit variance of the ordinate.
    variance: f64,
}

impl System {
    fn new(model: &Model, around: &[&Model], scans: usize) -> Option<Self> {
        let (from, to) = window(model, scans);
        let points = to.checked_sub(from).filter(|n| *n >= 5)?;
        let level = (points as f64).sqrt().recip();
        let middle = (points - 1) as f64 / 2.0;
        let norm = (0..points)
            .map(|i| (i as f64 - middle).powi(2))
            .sum::<f64>()
            .sqrt();
        let slope: Vec<f64> = (0..points).map(|i| (i as f64 - middle) / norm).collect();
        let mut shapes = Vec::new();
        let mut onto_line = Vec::new();
        for shape in std::iter::once(&model).chain(around) {
            let mut values: Vec<f64> = (from..to).map(|scan| shape.at(scan)).collect();
            let before = dot(&values, &values);
            let (c, s) = (level * values.iter().sum::<f64>(), dot(&slope, &values));
            for (value, x) in values.iter_mut().zip(&slope) {
                *value -= c * level + s * x;
            }
            let left = dot(&values, &values);
            if shapes.is_empty() && left < 0.02 * before {
                return None;
            }
            // What is a straight line here is baseline.
            if shapes.is_empty() || left >= 0.01 * before {
                shapes.push(values);
                onto_line.push((c, s));
            }
        }
        let gram: Vec<f64> = shapes
            .iter()
            .flat_map(|a| shapes.iter().map(move |b| dot(a, b)))
            .collect();
        let mut unit = vec![0.0; shapes.len()];
        unit[0] = 1.0;
        let alone = gram.first().map_or(0.0, |g| g.recip());
        let variance = nnls_free(&gram, &unit).unwrap_or(alone).max(alone);
        Some(Self {
            from,
            points,
            shapes,
            gram,
            onto_line,
            level,
            slope,
            variance,
        })
    }

    /// Factors, baseline at a scan of the window, and sum of squares that is left.
    fn fit(&self, y: &[f64], at: usize) -> ([f64; MOST], f64, f64) {
        let mut rhs = [0.0; MOST];
        for (value, shape) in rhs.iter_mut().zip(&self.shapes) {
            *value = dot(shape, y);
        }
        let n = self.shapes.len();
        let x = nnls(&self.gram, &rhs[..n]);
        let (mut c, mut s) = (self.level * y.iter().sum::<f64>(), dot(&self.slope, y));
        let whole = dot(y, y) - c * c - s * s;
        let mut left = whole;
        for j in 0..n {
            let row = self.gram.get(j * n..(j + 1) * n).unwrap_or_default();
            left += x[j] * (dot(row, &x[..n]) - 2.0 * rhs[j]);
            c -= x[j] * self.onto_line[j].0;
            s -= x[j] * self.onto_line[j].1;
        }
        let base = c * self.level + s * self.slope.get(at).copied().unwrap_or(0.0);
        (x, base, left.max(0.0))
    }
}

fn component(
    model: &Model,
    around: &[&Model],
    traces: &Traces,
    noise: &Noise,
    skew: &Skew,
) -> Option<Component> {
    let system = System::new(model, around, traces.len())?;
    let top = model.top - system.from;
    let mut y = vec![0.0; system.points];
    let mut room = Vec::new();
    let mut ions = Vec::new();
    let (mut own, mut above, mut noisy) = (0.0, 0.0, 0.0);
    let mut clipped = false;
    let freedom = (system.points - 2)
        .saturating_sub(system.shapes.len())
        .max(1) as f64;
    for (ion, trace) in traces.ions.iter().enumerate() {
        if !trace.is_in(model.from, model.end()) {
            continue;
        }
        skew.window(traces, ion, system.from, &mut y, &mut room);
        let (x, base, left) = system.fit(&y, top);
        let sigma = noise.sigma(ion, base);
        let standing = y.get(top).copied().unwrap_or_default() - base.max(0.0);
        let error = (left / freedom).sqrt() * system.variance.sqrt();
        let clear = x[0] > CLEAR * error && x[0] > CLEAR * sigma * system.variance.sqrt().min(1.0);
        if clear {
            ions.push(Ion {
                mz: trace.mz,
                abundance: x[0],
            });
            own += x[0];
            noisy += sigma * sigma;
            clipped |= traces
                .ceiling
                .is_some_and(|c| y.iter().any(|v| *v >= 0.99 * c));
        }
        if clear || standing > CLEAR * noise.sigma(ion, y.get(top).copied().unwrap_or_default()) {
            above += standing.max(x[0] * f64::from(u8::from(clear)));
        }
    }
    (!ions.is_empty()).then(|| Component {
        model: model.clone(),
        ions,
        purity: if above > 0.0 {
            (own / above).min(1.0)
        } else {
            0.0
        },
        ratio: own / noisy.sqrt().max(f64::MIN_POSITIVE),
        clipped,
    })
}

/// First component of the solution of `gram z = unit`, where the system has one.
fn nnls_free(gram: &[f64], unit: &[f64]) -> Option<f64> {
    let mut free = [false; MOST];
    free.iter_mut().take(unit.len()).for_each(|f| *f = true);
    let z = super::nnls::solve(gram, unit, &free, unit.len().min(MOST))?;
    (z[0] > 0.0).then_some(z[0])
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

//! Spectral skew: a scanning instrument measures the ions of one scan one after another, so the same peak
//! is highest at different times for light and heavy ions.

use super::cluster::Cluster;
use super::maxima::Maximum;
use super::traces::Traces;

/// Height over noise from which a maximum tells the skew.
const CLEAR: f64 = 30.0;
/// Maxima from which the skew is believed.
const ENOUGH: usize = 30;
/// Largest skew over the range of the ions, scans.
const MOST: f64 = 1.0;

/// By how many scans an ion's maximum comes late: `slope (m/z - middle)`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Skew {
    /// Scans per m/z.
    pub slope: f64,
    /// m/z without skew.
    pub middle: f64,
}

impl Skew {
    /// The skew by which the clear maxima of the clusters differ from their clusters' apexes, by least
    /// squares through their means; none where they are too few, or where it is within twice its error.
    pub fn of(clusters: &[Cluster], maxima: &[Maximum], traces: &Traces) -> Self {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for cluster in clusters {
            let own: Vec<(f64, f64)> = cluster
                .members
                .iter()
                .filter_map(|i| maxima.get(*i))
                .filter(|m| m.ratio >= CLEAR)
                .map(|m| (mz(traces, m), m.apex))
                .collect();
            if own.len() < 3 {
                continue;
            }
            let n = own.len() as f64;
            let mean_mz = own.iter().map(|p| p.0).sum::<f64>() / n;
            let mut apexes: Vec<f64> = own.iter().map(|p| p.1).collect();
            let middle = super::noise::median(&mut apexes);
            // What lies far off belongs to a neighbour.
            let near = own.iter().filter(|p| (p.1 - middle).abs() <= MOST);
            points.extend(near.map(|p| (p.0 - mean_mz, p.1 - middle)));
        }
        let square: f64 = points.iter().map(|p| p.0 * p.0).sum();
        if points.len() < ENOUGH || square <= 0.0 {
            return Self::default();
        }
        let slope = points.iter().map(|p| p.0 * p.1).sum::<f64>() / square;
        let rest: f64 = points.iter().map(|p| (p.1 - slope * p.0).powi(2)).sum();
        let error = (rest / (points.len() - 1) as f64 / square).sqrt();
        let clear = maxima.iter().filter(|m| m.ratio >= CLEAR);
        let (low, high, sum, n) = clear.fold((f64::MAX, 0.0_f64, 0.0, 0.0), |acc, m| {
            let mz = mz(traces, m);
            (acc.0.min(mz), acc.1.max(mz), acc.2 + mz, acc.3 + 1.0)
        });
        let whole = slope.abs() * (high - low);
        match slope.abs() > 2.0 * error && (0.05..=MOST).contains(&whole) {
            true => Self {
                slope,
                middle: sum / n,
            },
            false => Self::default(),
        }
    }

    /// By how many scans an ion comes late.
    pub fn shift(&self, mz: u32) -> f64 {
        (self.slope * (f64::from(mz) - self.middle)).clamp(-MOST, MOST)
    }

    /// The abundances of an ion in the scans `from..from + out.len()`, at the time of the scan's middle: by
    /// the parabola through the nearest three scans, never below zero.
    pub fn window(
        &self,
        traces: &Traces,
        ion: usize,
        from: usize,
        out: &mut [f64],
        room: &mut Vec<f64>,
    ) {
        let Some(trace) = traces.ions.get(ion) else {
            return out.fill(0.0);
        };
        let shift = self.shift(trace.mz);
        if shift.abs() < 0.01 {
            return trace.window(from, out);
        }
        // Two more scans on either side, as far as the run has them.
        let before = from.min(2);
        room.resize(before + out.len() + 2, 0.0);
        trace.window(from - before, room);
        let last = room.len() - 1;
        for (i, value) in out.iter_mut().enumerate() {
            let at = (i + before) as f64 + shift;
            let middle = (at.round().max(0.0) as usize).min(last);
            let d = at - middle as f64;
            let (y0, y1, y2) = (
                room[middle.saturating_sub(1)],
                room[middle],
                room[(middle + 1).min(last)],
            );
            let parabola = y1 + d * (y2 - y0) / 2.0 + d * d * (y0 - 2.0 * y1 + y2) / 2.0;
            *value = parabola.max(0.0);
        }
    }
}

fn mz(traces: &Traces, maximum: &Maximum) -> f64 {
    traces
        .ions
        .get(maximum.ion)
        .map_or(0.0, |t| f64::from(t.mz))
}

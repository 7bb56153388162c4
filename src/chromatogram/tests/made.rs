//! Runs whose truth is known.

use crate::spectrum::{Axis, Shape, Spectrum, Technique};

/// Seconds from scan to scan.
pub const STEP: f64 = 0.5;

/// A substance of a run.
#[derive(Clone)]
pub struct Made {
    /// Apex, scans.
    pub at: f64,
    /// Standard deviation, scans.
    pub sigma: f64,
    /// Time constant of an exponential tail, scans; 0 for none.
    pub tail: f64,
    /// Height of the tailing shape.
    pub top: f64,
    /// Ions with their abundance at the apex.
    pub ions: Vec<(u32, f64)>,
}

impl Made {
    pub fn new(at: f64, sigma: f64, ions: &[(u32, f64)]) -> Self {
        Self {
            at,
            sigma,
            tail: 0.0,
            top: 1.0,
            ions: ions.to_vec(),
        }
    }

    pub fn height(&self) -> f64 {
        self.ions.iter().map(|i| i.1).sum()
    }

    /// The same with an exponential tail.
    pub fn tailing(mut self, tail: f64) -> Self {
        self.tail = tail;
        let grid = (0..200).map(|k| self.folded(self.at + 0.05 * f64::from(k)));
        self.top = grid.fold(0.0, f64::max);
        self
    }

    /// Height of the shape, 1 at its top.
    pub fn shape(&self, scan: f64) -> f64 {
        match self.tail > 0.0 {
            true => self.folded(scan) / self.top,
            false => self.gauss(scan),
        }
    }

    fn gauss(&self, scan: f64) -> f64 {
        (-0.5 * ((scan - self.at) / self.sigma).powi(2)).exp()
    }

    /// The Gaussian folded with the exponential, by sums.
    fn folded(&self, scan: f64) -> f64 {
        let parts = (0..100).map(|k| 0.1 * f64::from(k));
        parts
            .map(|u| (-u).exp() * self.gauss(scan - self.tail * u))
            .sum()
    }
}

/// Normal deviates by a fixed sequence.
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// 0 to 1.
    pub fn even(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Mean 0, standard deviation 1 (twelve even ones).
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.even()).sum::<f64>() - 6.0
    }
}

/// A background by the scan.
pub type OfScan = fn(f64) -> f64;

/// Scans of a run: substances, a background of each ion that depends on the scan, noise of `factor` times the
/// root of the abundance, ions below `threshold` not recorded, and ions measured `skew` scans late per m/z.
pub struct Run {
    pub scans: usize,
    pub substances: Vec<Made>,
    pub background: Vec<(u32, OfScan)>,
    pub factor: f64,
    pub threshold: f64,
    pub skew: f64,
    pub ceiling: f64,
}

impl Run {
    pub fn new(scans: usize, substances: &[Made]) -> Self {
        Self {
            scans,
            substances: substances.to_vec(),
            background: Vec::new(),
            factor: 0.0,
            threshold: 1.0,
            skew: 0.0,
            ceiling: f64::MAX,
        }
    }

    pub fn made(&self, seed: u64) -> Vec<Spectrum> {
        let mut noise = Noise::new(seed);
        let of_substances = self
            .substances
            .iter()
            .flat_map(|s| s.ions.iter().map(|i| i.0));
        let mut ions: Vec<u32> = of_substances.collect();
        ions.extend(self.background.iter().map(|b| b.0));
        ions.sort_unstable();
        ions.dedup();
        (0..self.scans)
            .map(|scan| {
                let (mut x, mut y) = (Vec::new(), Vec::new());
                for mz in &ions {
                    let at = scan as f64 - self.skew * (f64::from(*mz) - 100.0);
                    let from = |s: &Made| {
                        let own = s.ions.iter().find(|i| i.0 == *mz);
                        own.map_or(0.0, |i| i.1 * s.shape(at))
                    };
                    let back = self.background.iter().filter(|b| b.0 == *mz);
                    let back: f64 = back.map(|b| (b.1)(scan as f64)).sum();
                    let pure = back + self.substances.iter().map(from).sum::<f64>();
                    let value = pure + self.factor * pure.sqrt() * noise.normal();
                    if value >= self.threshold {
                        x.push(f64::from(*mz) + 0.1);
                        y.push(value.min(self.ceiling));
                    }
                }
                spectrum(scan, x, y)
            })
            .collect()
    }
}

pub fn spectrum(scan: usize, x: Vec<f64>, y: Vec<f64>) -> Spectrum {
    let axis = Axis::Explicit(x);
    let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y);
    spectrum.retention = Some(60.0 + STEP * scan as f64);
    spectrum.provenance.index = scan;
    spectrum
}

//! Ion traces: the abundance of each unit-mass ion over the scans of a run.

use super::ChromatogramError;
use crate::prepare::UNIT_MASS_OFFSET;
use crate::spectrum::Spectrum;

/// Highest m/z that is looked at.
const HIGHEST_MZ: usize = 2_000;
/// Fewest scans of a run.
const FEWEST: usize = 10;
/// Times that the highest abundance must occur to be taken as a ceiling.
const CLIPPED: usize = 3;

/// Abundances of one unit-mass ion, at the scans that have it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Trace {
    /// Nominal m/z.
    pub mz: u32,
    /// Positions of the scans, ascending.
    pub at: Vec<u32>,
    /// Abundances there, all above zero.
    pub abundance: Vec<f64>,
}

/// The ions of a run over its scans. Takes memory by the ions that the scans have, not by scans times m/z.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Traces {
    /// Retention time of each scan, s, ascending.
    pub times: Vec<f64>,
    /// Position of each scan in its file, from 0.
    pub places: Vec<usize>,
    /// Total ion current of each scan.
    pub total: Vec<f64>,
    /// Ions by rising m/z; each has at least one scan.
    pub ions: Vec<Trace>,
    /// The highest abundance of the run where it stands there so often that the detector or the data
    /// system ends there.
    pub ceiling: Option<f64>,
}

impl Trace {
    /// Writes the abundances of the scans `from..from + out.len()`, 0 where the ion is absent.
    pub fn window(&self, from: usize, out: &mut [f64]) {
        out.fill(0.0);
        let first = self.at.partition_point(|at| (*at as usize) < from);
        let inside = self.at.iter().zip(&self.abundance).skip(first);
        for (at, abundance) in inside {
            match out.get_mut(*at as usize - from) {
                Some(value) => *value = *abundance,
                None => break,
            }
        }
    }

    /// Whether the ion is in any of the scans `from..to`.
    pub fn is_in(&self, from: usize, to: usize) -> bool {
        let first = self.at.partition_point(|at| (*at as usize) < from);
        self.at.get(first).is_some_and(|at| (*at as usize) < to)
    }
}

impl Traces {
    /// Sums the ions of each scan into unit-mass bins.
    ///
    /// # Errors
    /// Where scans are too few, without a time of their own, not in order of time, or without ions.
    pub fn of(scans: &[&Spectrum]) -> Result<Self, ChromatogramError> {
        if scans.len() < FEWEST {
            return Err(ChromatogramError::TooFew(scans.len()));
        }
        let times: Vec<f64> = scans.iter().filter_map(|s| s.retention).collect();
        let ordered = times.windows(2).all(|w| w[0] <= w[1]);
        let spans = times.first() < times.last() && times.iter().all(|t| t.is_finite());
        if times.len() != scans.len() || !ordered || !spans {
            return Err(ChromatogramError::Time);
        }
        let mut columns: Vec<Trace> = Vec::new();
        let mut total = Vec::with_capacity(scans.len());
        let mut highest = (0.0, 0_usize);
        for (position, scan) in (0_u32..).zip(scans) {
            let mut sum = 0.0;
            for (mz, abundance) in scan.points() {
                let bin = (mz + UNIT_MASS_OFFSET).floor();
                let inside = (1.0..=HIGHEST_MZ as f64).contains(&bin);
                if !(inside && abundance > 0.0 && abundance.is_finite()) {
                    continue;
                }
                let bin = bin as usize;
                if columns.len() <= bin {
                    columns.resize_with(bin + 1, Trace::default);
                }
                sum += abundance;
                match abundance > highest.0 {
                    true => highest = (abundance, 1),
                    false => highest.1 += usize::from(abundance == highest.0),
                }
                let column = &mut columns[bin];
                match column.abundance.last_mut() {
                    Some(last) if column.at.last() == Some(&position) => *last += abundance,
                    _ => {
                        column.at.push(position);
                        column.abundance.push(abundance);
                    }
                }
            }
            total.push(sum);
        }
        for (mz, column) in (0..).zip(&mut columns) {
            column.mz = mz;
        }
        columns.retain(|column| !column.at.is_empty());
        if columns.is_empty() {
            return Err(ChromatogramError::NoIons);
        }
        Ok(Self {
            times,
            places: scans.iter().map(|s| s.provenance.index).collect(),
            total,
            ions: columns,
            ceiling: (highest.1 >= CLIPPED).then_some(highest.0),
        })
    }

    /// Number of scans.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// The retention time at a place between scans, s.
    pub fn time_at(&self, scan: f64) -> f64 {
        let last = self.times.len().saturating_sub(1);
        let low = (scan.max(0.0) as usize).min(last);
        let high = (low + 1).min(last);
        let part = (scan - low as f64).clamp(0.0, 1.0);
        self.times[low] + part * (self.times[high] - self.times[low])
    }

    /// Time that a scan stands for, s: half of the way to its neighbours on either side.
    pub fn seconds(&self, scan: usize) -> f64 {
        let last = self.times.len().saturating_sub(1);
        let (low, high) = (scan.saturating_sub(1), (scan + 1).min(last));
        match high > low {
            true => (self.times[high] - self.times[low]) / (high - low) as f64,
            false => 0.0,
        }
    }
}

//! Which references could explain what a model leaves of a query.

use super::cost::{quick_cost, quick_ln};
use super::query::Query;
use super::references::References;
use crate::correlate::ions::{MAJOR, Major};
use rayon::prelude::*;

/// Quantiles of the ratios query to reference, by weight, that are tried as the scale: low, since an
/// ion may be shared with other components and never be smaller than the component makes it.
const QUANTILES: [f32; 3] = [0.15, 0.35, 0.55];
/// Smallest scale worth trying.
const LEAST_SCALE: f32 = 1e-4;
/// Share of the weight of its major ions that a reference must have in what is left, so that one of the ratios at
/// [`QUANTILES`] is above 0; less what single precision may lose.
const PRESENT: f32 = 1.0 - QUANTILES[2] - 1e-4;
/// What single precision may take from a sum of costs, as part of it.
const MARGIN: f32 = 1.0 + 1e-5;
/// Rows of the highest bounds that are looked at first, in multiples of those that are wanted.
const FIRST: usize = 4;
/// Rows looked at by one thread at a time.
const TOGETHER: usize = 1024;

/// The query and a model of it at each m/z.
pub(super) struct Left {
    low: usize,
    floor: f32,
    /// What is above the model.
    above: Vec<f32>,
    model: Vec<f32>,
    logs: Vec<f32>,
    /// Cost of the model alone.
    costs: Vec<f32>,
}

impl Left {
    /// `model` by m/z from the query's start on.
    pub fn of(query: &Query, model: &[f64]) -> Self {
        let floor = query.floor as f32;
        let logs: Vec<f32> = query.logs.iter().map(|log| *log as f32).collect();
        let ions = query.ions.iter().zip(model);
        let model: Vec<f32> = model.iter().map(|m| *m as f32).collect();
        let costs = logs.iter().zip(&model);
        Self {
            low: query.low,
            floor,
            above: ions.map(|(q, m)| (q - m).max(0.0) as f32).collect(),
            costs: costs
                .map(|(log, m)| quick_cost(log - quick_ln(m + floor)))
                .collect(),
            model,
            logs,
        }
    }

    /// The ratios of what is left to a reference's major ions: sorted, with their weights.
    fn ratios(&self, majors: &[Major], start: usize, out: &mut Ratios) {
        out.count = 0;
        out.total = 0.0;
        let first = start.max(self.low);
        for major in majors.iter().take_while(|m| m.weight > 0.0) {
            let mz = usize::from(major.mz);
            if mz < first {
                continue;
            }
            let above = self.above.get(mz - self.low).copied().unwrap_or(0.0);
            let ratio = above / major.share;
            let mut at = out.count;
            while at > 0 && out.sorted[at - 1].0 > ratio {
                out.sorted[at] = out.sorted[at - 1];
                at -= 1;
            }
            out.sorted[at] = (ratio, major.weight);
            out.count += 1;
            out.total += major.weight;
        }
    }

    /// By how much a reference at this scale lowers the cost of its own major ions.
    fn gain_of_majors(&self, majors: &[Major], start: usize, scale: f32) -> f32 {
        let first = start.max(self.low);
        let mut gain = 0.0;
        for major in majors.iter().take_while(|m| m.weight > 0.0) {
            let mz = usize::from(major.mz);
            if mz < first {
                continue;
            }
            let added = scale * major.share;
            let i = mz - self.low;
            match self.logs.get(i) {
                Some(log) => {
                    let model = self.model[i] + added + self.floor;
                    gain += self.costs[i] - quick_cost(log - quick_ln(model));
                }
                None => {
                    let ratio = (added + self.floor) / self.floor;
                    gain -= quick_cost(quick_ln(ratio));
                }
            }
        }
        gain
    }

    /// What the gain of a reference over its own major ions is at most; `None` where it is 0.
    ///
    /// At any scale an ion gains at most what it costs without the reference. Where more of the weight than the
    /// highest quantile lies in ions of which nothing is left, the ratios at all quantiles are 0.
    fn bound(&self, (mz, share): (&[u16], &[f32]), start: usize) -> Option<f32> {
        let first = start.max(self.low);
        let (mut bound, mut present, mut total) = (0.0, 0.0, 0.0);
        for (mz, share) in mz.iter().zip(share) {
            let major = Major::new(*mz, *share);
            if major.weight <= 0.0 {
                break;
            }
            let mz = usize::from(*mz);
            if mz < first {
                continue;
            }
            total += major.weight;
            if let (Some(above), Some(cost)) =
                (self.above.get(mz - self.low), self.costs.get(mz - self.low))
            {
                bound += cost;
                present += if *above > 0.0 { major.weight } else { 0.0 };
            }
        }
        (present >= PRESENT * total && bound > 0.0).then_some(bound * MARGIN)
    }

    /// The scale at a quantile of the ratios of a row's major ions; `None` where it has none here.
    pub fn scale(&self, majors: &[Major], start: usize, quantile: f32) -> Option<f32> {
        let mut ratios = Ratios::default();
        self.ratios(majors, start, &mut ratios);
        ratios.quantile(quantile).map(|c| c.max(LEAST_SCALE))
    }

    /// Largest gain of a reference over its own major ions; 0 where most of them are missing.
    pub fn best_gain(&self, majors: &[Major], start: usize) -> f32 {
        let mut ratios = Ratios::default();
        self.ratios(majors, start, &mut ratios);
        let scales = QUANTILES.iter().filter_map(|q| ratios.quantile(*q));
        scales
            .filter(|scale| *scale > LEAST_SCALE)
            .map(|scale| self.gain_of_majors(majors, start, scale))
            .fold(0.0, f32::max)
    }
}

struct Ratios {
    sorted: [(f32, f32); MAJOR],
    count: usize,
    total: f32,
}

impl Default for Ratios {
    fn default() -> Self {
        Self {
            sorted: [(0.0, 0.0); MAJOR],
            count: 0,
            total: 0.0,
        }
    }
}

impl Ratios {
    /// The ratio at which this share of the weight lies at or below.
    fn quantile(&self, share: f32) -> Option<f32> {
        let mut sum = 0.0;
        let inside = &self.sorted[..self.count];
        let at = inside.iter().find(|(_, weight)| {
            sum += weight;
            sum >= share * self.total
        });
        at.or(inside.last()).map(|(ratio, _)| *ratio)
    }
}

/// The `most` rows that lower the cost of their own major ions most, best first; rows whose major
/// ions are missing are not among them.
///
/// Rows are looked at by their bounds: those whose bound is below the `most`-th best gain of the first ones cannot be
/// among the result, which is that of looking at all.
pub(super) fn screen(references: &References<'_>, left: &Left, most: usize) -> Vec<usize> {
    let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    let mut bounds: Vec<(f32, usize)> = (0..references.len())
        .into_par_iter()
        .with_min_len(TOGETHER)
        .filter_map(|row| {
            Some((
                left.bound(references.ions(row), references.start(row))?,
                row,
            ))
        })
        .collect();
    let gain = |(_, row): &(f32, usize)| {
        let gain = left.best_gain(&references.majors(*row), references.start(*row));
        (gain > 0.0).then_some((gain, *row))
    };
    let first = FIRST * most.max(1);
    let mut rest = Vec::new();
    if bounds.len() > first {
        bounds.select_nth_unstable_by(first, order);
        rest = bounds.split_off(first);
    }
    let mut found: Vec<(f32, usize)> = bounds.iter().filter_map(gain).collect();
    found.sort_unstable_by(order);
    if let Some((least, _)) = found.get(most.max(1) - 1) {
        rest.retain(|(bound, _)| bound >= least);
    }
    let more = rest.par_iter().with_min_len(TOGETHER).filter_map(gain);
    found.extend(more.collect::<Vec<_>>());
    found.sort_unstable_by(order);
    found.truncate(most);
    found.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cost::cost;
    use super::*;
    use crate::library::{Builder, Info, Library, ReferenceKind};
    use crate::prepare::{Family, Signal, abundances, prepare};
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn major(mz: u16, share: f32) -> Major {
        Major {
            mz,
            share,
            weight: 1.0,
        }
    }

    fn query() -> Query {
        let mut values = vec![0.0; 60];
        (values[1], values[4], values[9]) = (40.0, 20.0, 40.0);
        Query::of(&Signal { start: 40, values }).unwrap()
    }

    #[test]
    fn scale_and_gain_by_hand() {
        let query = query();
        let left = Left::of(&query, &vec![0.0; query.ions.len()]);
        let mut majors = [Major::default(); MAJOR];
        majors[0] = major(41, 0.8);
        majors[1] = major(44, 0.2);
        // Ratios 0.5 and 1.0: the lower half of the weight lies at 0.5.
        assert_eq!(left.scale(&majors, 40, 0.35), Some(0.5));
        assert_eq!(left.scale(&majors, 40, 0.55), Some(1.0));
        let f = query.floor;
        let nothing = |q: f64| cost(((q + f) / f).ln());
        let with = |q: f64, m: f64| cost(((q + f) / (m + f)).ln());
        let by_hand = nothing(0.4) + nothing(0.2) - with(0.2, 0.1);
        assert!((f64::from(left.gain_of_majors(&majors, 40, 0.5)) - by_hand).abs() < 1e-3);
        // An ion below the scan is not held against a reference; one that is missing is.
        assert_eq!(left.scale(&majors, 42, 0.35), Some(1.0));
    }

    fn made_up(seed: u64) -> Spectrum {
        let mut state = seed;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005) + 1_442_695;
            (state >> 40) as f64 / (1 << 24) as f64
        };
        let mut mz: Vec<f64> = (0..40).map(|_| (35.0 + 150.0 * random()).floor()).collect();
        mz.sort_by(f64::total_cmp);
        mz.dedup();
        let y = mz.iter().map(|_| 1.0 + 999.0 * random().powi(3)).collect();
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(mz), y);
        spectrum.title = format!("made-up {seed}");
        spectrum
    }

    fn library(spectra: u64) -> Library {
        let mut builder = Builder::new(Info::default());
        for seed in 0..spectra {
            builder.add(made_up(seed), ReferenceKind::FullSpectrum);
        }
        builder.build(&|| {}).0
    }

    #[test]
    fn bounds_leave_out_none_that_comparing_all_would_find() {
        let library = library(2_100);
        let group = library.group(Family::EiMs).unwrap();
        let references = References::of(&library, group).unwrap();
        // One of the library, one that it lacks, and one of which part is explained already.
        for (seed, explained) in [(7, 0.0), (9_000, 0.0), (11, 0.6)] {
            let signal = prepare(&made_up(seed), &group.recipe).unwrap().signal;
            let query = Query::of(&abundances(&signal, &group.recipe)).unwrap();
            let model: Vec<f64> = (query.ions.iter().enumerate())
                .map(|(i, ion)| {
                    if i % 2 == 0 {
                        explained * ion
                    } else {
                        1.5 * explained * ion
                    }
                })
                .collect();
            let left = Left::of(&query, &model);
            let mut all: Vec<(f32, usize)> = (0..references.len())
                .map(|row| {
                    (
                        left.best_gain(&references.majors(row), references.start(row)),
                        row,
                    )
                })
                .filter(|(gain, _)| *gain > 0.0)
                .collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for most in [1, 30, 100] {
                let want: Vec<usize> = all.iter().take(most).map(|(_, row)| *row).collect();
                assert_eq!(screen(&references, &left, most), want, "{seed} {most}");
            }
            for (gain, row) in &all {
                let bound = left.bound(references.ions(*row), references.start(*row));
                assert!(
                    bound.is_some_and(|bound| bound >= *gain),
                    "{row} {gain} {bound:?}"
                );
            }
        }
    }

    #[test]
    fn a_reference_without_its_major_ions_is_out() {
        let query = query();
        let left = Left::of(&query, &vec![0.0; query.ions.len()]);
        let mut majors = [Major::default(); MAJOR];
        majors[0] = major(41, 0.2);
        majors[1] = major(50, 0.4);
        majors[2] = major(500, 0.4);
        assert_eq!(left.best_gain(&majors, 40), 0.0);
        assert_eq!(left.best_gain(&[], 40), 0.0);
    }
}

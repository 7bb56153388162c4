//! The best references for a query.

use super::bounds::Bounds;
use super::kernel;
use super::query::Shifted;
use super::{Cascade, MARGIN};
use crate::correlate::shortlist::Shortlist;
use crate::correlate::{Correlation, Engine, Query, Wanted};
use rayon::prelude::*;
use std::ops::Range;

/// One in so many references may be left after the second level; else all are scored at once.
const TOO_MANY: usize = 2;
/// Substances of which a reference is scored first, beside twice as many as are asked for.
const SEEDS: usize = 16;
/// References on which the second level is tried first.
const TRIED: usize = 256;
/// Candidates between two looks at the score that is needed.
const STEP: usize = 24;

/// Prepared references, row by row on the whole grid.
#[derive(Debug, Clone, Copy)]
pub struct References<'a> {
    /// `rows * points` values.
    pub values: &'a [f32],
    /// Grid points.
    pub points: usize,
    /// First measured grid index of each row.
    pub start: &'a [u32],
    /// Grid index after the last measured one of each row.
    pub end: &'a [u32],
}

impl<'a> References<'a> {
    /// Rows whose values and range are there.
    pub fn rows(&self) -> usize {
        let whole = self.values.len() / self.points.max(1);
        whole.min(self.start.len()).min(self.end.len())
    }

    /// A row on the whole grid.
    pub fn row(&self, row: usize) -> &'a [f32] {
        &self.values[row * self.points..][..self.points]
    }

    /// Measured grid range of a row, on the grid whatever the columns say; empty where there is no such row.
    pub fn range(&self, row: usize) -> Range<usize> {
        let at = |column: &[u32]| column.get(row).map_or(0, |v| *v as usize);
        let end = at(self.end).min(self.points);
        at(self.start).min(end)..end
    }
}

/// The best references and how they were found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Row and comparison, by falling score, of equal scores the lower row first.
    pub best: Vec<(usize, Correlation)>,
    /// Rows with too little range in common with the query.
    pub left_out: usize,
    /// What was looked at.
    pub examined: Examined,
}

/// References that reached each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Examined {
    /// Left by the first codes.
    pub first: usize,
    /// Scored in single precision.
    pub scored: usize,
    /// Scored as the engine does.
    pub exact: usize,
}

/// A query against references, with or without bounds.
pub struct Search<'a> {
    /// How signals are compared.
    pub engine: &'a Engine,
    /// The query, made by that engine.
    pub query: &'a Query,
    /// The references.
    pub references: References<'a>,
    /// Bounds of just these references.
    pub cascade: Option<&'a Cascade<'a>>,
}

/// A score in single precision and by how much it may be wrong.
#[derive(Debug, Clone, Copy)]
struct Rough {
    row: usize,
    score: f32,
    margin: f32,
    /// First and last lag at which the best score may lie.
    lags: [isize; 2],
}

/// What single-precision scores over one window share.
struct Scale {
    window: Range<usize>,
    /// Mean and one by the norm of the query, by lag.
    lags: Vec<[f32; 2]>,
    /// Largest norm of the query before its mean is taken off, by the norm after.
    worst: f32,
}

/// The score that a row must reach to be wanted.
fn least(best: &Shortlist<'_>) -> f32 {
    best.least().map_or(f32::NEG_INFINITY, |least| least as f32)
}

impl Search<'_> {
    /// The wanted references: the same, in the same order, as by comparing all with
    /// [`Engine::correlate`], whose scores these equal within rounding (1e-12 for
    /// signals of mean zero); without its background.
    pub fn best(&self, wanted: Wanted<'_>) -> Found {
        let Some(run) = self.run() else {
            let left_out = self.references.rows();
            return Found {
                left_out,
                ..Found::default()
            };
        };
        let cascade = self.cascade.filter(|c| c.rows() == self.references.rows());
        let bounds = cascade.and_then(|cascade| {
            Bounds::of(cascade, &run.query, self.engine.settings().min_overlap)
        });
        let mut found = Found {
            left_out: run.left_out(cascade),
            ..Found::default()
        };
        let rough = match bounds {
            Some(bounds) => run.by_bounds(&bounds, wanted, &mut found),
            None => run.all(&mut found),
        };
        run.exact(rough, wanted, &mut found);
        found
    }

    /// Scores, within 1e-4, of at most this many references, spread evenly over the library: what
    /// chance gives.
    pub fn typical(&self, count: usize) -> Vec<f64> {
        let rows = self.references.rows();
        let spread: Vec<usize> = (0..rows)
            .step_by(rows.div_ceil(count.max(1)).max(1))
            .collect();
        let mut rough = Vec::with_capacity(spread.len());
        if let Some(run) = self.run() {
            run.rough(&spread, &mut rough);
        }
        let sure = rough.iter().map(|r| f64::from(r.score));
        sure.filter(|score| score.is_finite()).collect()
    }

    fn run(&self) -> Option<Run<'_>> {
        let query = self.query.shifted(self.engine.settings())?;
        Some(Run {
            search: self,
            common: Scale::of(&query, query.window.clone()),
            single: query.values.iter().map(|v| *v as f32).collect(),
            query,
        })
    }
}

impl Scale {
    fn of(query: &Shifted<'_>, window: Range<usize>) -> Self {
        let mut worst = 1.0f64;
        let mut lags = Vec::with_capacity(query.lags());
        for t in 0..query.lags() {
            let [square, mean, raw] = query.moments(&window, t);
            worst = worst.max((raw / square).sqrt());
            lags.push([mean as f32, (1.0 / square.sqrt()) as f32]);
        }
        Self {
            window,
            lags,
            worst: worst as f32,
        }
    }
}

/// One query on its way through the references.
struct Run<'a> {
    search: &'a Search<'a>,
    query: Shifted<'a>,
    single: Vec<f32>,
    common: Scale,
}

impl Run<'_> {
    fn window(&self, row: usize) -> Option<Range<usize>> {
        self.search
            .engine
            .window(self.search.query, &self.search.references.range(row))
    }

    /// Rows of too little range in common with the query.
    fn left_out(&self, cascade: Option<&Cascade<'_>>) -> usize {
        let Search {
            engine,
            query,
            references,
            ..
        } = self.search;
        let short = |range: &Range<usize>| engine.window(query, range).is_none();
        match cascade {
            Some(cascade) => {
                let measured = cascade.measured().filter(|(range, _)| !range.is_empty());
                measured
                    .filter(|(range, _)| short(range))
                    .map(|(_, rows)| rows)
                    .sum()
            }
            None => (0..references.rows())
                .filter(|row| short(&references.range(*row)))
                .count(),
        }
    }

    /// Scores of rows in single precision, three of one window together; rows that cannot be
    /// compared are left out.
    fn rough(&self, rows: &[usize], out: &mut Vec<Rough>) {
        let mut three = Vec::with_capacity(3);
        for row in rows {
            match self.window(*row) {
                Some(window) if window == self.common.window => three.push(*row),
                Some(window) => out.extend(self.together([*row], &Scale::of(&self.query, window))),
                None => {}
            }
            if let [a, b, c] = three[..] {
                out.extend(self.together([a, b, c], &self.common));
                three.clear();
            }
        }
        for row in three {
            out.extend(self.together([row], &self.common));
        }
    }

    fn together<const R: usize>(&self, rows: [usize; R], scale: &Scale) -> [Rough; R] {
        let lags = scale.lags.len();
        let window = &scale.window;
        let values = rows.map(|row| &self.search.references.row(row)[window.clone()]);
        let query = &self.single[self.query.offset(window)..][..window.len() + lags - 1];
        let mut products = [const { Vec::new() }; R];
        products
            .iter_mut()
            .for_each(|p: &mut Vec<f32>| p.resize(lags, 0.0));
        kernel::lag_products(values, query, products.each_mut().map(|p| &mut p[..]));
        std::array::from_fn(|a| {
            let [sum, raw] = kernel::row_sums(values[a]);
            let square = raw - sum * sum / window.len() as f32;
            let norm = square.max(0.0).sqrt();
            let scores = &mut products[a];
            for (score, [mean, per_norm]) in scores.iter_mut().zip(&scale.lags) {
                *score = (*score - sum * mean) * per_norm / norm;
            }
            let score = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let worst = (raw / square).sqrt() * scale.worst;
            let margin = MARGIN * worst * worst;
            let limit = self.query.tolerance as isize;
            if !(score.is_finite() && margin.is_finite()) {
                let (score, margin) = (f32::INFINITY, f32::INFINITY);
                return Rough {
                    row: rows[a],
                    score,
                    margin,
                    lags: [-limit, limit],
                };
            }
            let near = |s: &f32| *s >= score - 2.0 * margin;
            let lag = |at: Option<usize>| at.map_or(0, |at| at as isize - limit);
            let lags = [
                lag(scores.iter().position(near)),
                lag(scores.iter().rposition(near)),
            ];
            Rough {
                row: rows[a],
                score,
                margin,
                lags,
            }
        })
    }

    /// All rows.
    fn all(&self, found: &mut Found) -> Vec<Rough> {
        const TASK: usize = 96;
        let rows: Vec<usize> = (0..self.search.references.rows()).collect();
        let parts: Vec<Vec<Rough>> = rows
            .par_chunks(TASK)
            .map(|rows| {
                let mut out = Vec::with_capacity(rows.len());
                self.rough(rows, &mut out);
                out
            })
            .collect();
        let rough = parts.concat();
        found.examined.first = rows.len();
        found.examined.scored = rough.len();
        rough
    }

    /// Rows whose bounds say that they can be wanted.
    fn by_bounds(&self, bounds: &Bounds<'_>, wanted: Wanted<'_>, found: &mut Found) -> Vec<Rough> {
        let rows = self.search.references.rows();
        let first = &bounds.first[..rows];
        // More than are wanted: one of a loose bound and a low score must not set the first score that is needed.
        let count = 2 * wanted.substances.max(1) + SEEDS;
        let mut highest = Shortlist::new(wanted.first(count));
        let bounded = (0..rows).filter(|row| first[*row] > f32::NEG_INFINITY);
        bounded.for_each(|row| highest.add(row, f64::from(first[row])));
        let mut seeds: Vec<usize> = highest
            .into_rows()
            .into_iter()
            .map(|(row, _)| row)
            .collect();
        seeds.sort_unstable();
        let mut rough = Vec::new();
        self.rough(&seeds, &mut rough);
        let mut best = Shortlist::new(wanted.first(wanted.substances));
        let note = |best: &mut Shortlist<'_>, rough: &[Rough]| {
            let finite = rough.iter().filter(|r| r.score.is_finite());
            finite.for_each(|r| best.add(r.row, f64::from(r.score - r.margin)));
        };
        note(&mut best, &rough);
        let mut left: Vec<usize> = (0..rows)
            .filter(|row| {
                first[*row] >= least(&best)
                    && first[*row] > f32::NEG_INFINITY
                    && seeds.binary_search(row).is_err()
            })
            .collect();
        found.examined.first = left.len() + seeds.len();
        let finish = bounds.finish();
        let mut products = vec![0; bounds.projected.lags.len()];
        let mut stays =
            |row: usize, least: f32| bounds.second(&finish, row, &mut products) >= least;
        // Where the second level would leave most of them too, it is not worth its time.
        let tried = left.iter().step_by(left.len().div_ceil(TRIED).max(1));
        let (tried, kept) = tried.fold((0, 0), |(tried, kept), row| {
            (tried + 1, kept + usize::from(stays(*row, least(&best))))
        });
        if left.len() * kept > rows * tried / TOO_MANY {
            return self.all(found);
        }
        left.sort_unstable_by(|a, b| first[*b].total_cmp(&first[*a]).then(a.cmp(b)));
        let mut waiting = Vec::with_capacity(STEP);
        for rows in left.chunks(STEP) {
            if first[rows[0]] < least(&best) {
                break;
            }
            waiting.extend(rows.iter().filter(|row| stays(**row, least(&best))));
            if waiting.len() >= 3 {
                let known = rough.len();
                self.rough(&waiting, &mut rough);
                note(&mut best, &rough[known..]);
                waiting.clear();
            }
        }
        self.rough(&waiting, &mut rough);
        found.examined.scored = rough.len();
        rough
    }

    /// Scores in double precision what can be wanted.
    fn exact(&self, mut rough: Vec<Rough>, wanted: Wanted<'_>, found: &mut Found) {
        let mut best = Shortlist::new(wanted.first(wanted.substances));
        let finite = rough.iter().filter(|r| r.score.is_finite());
        finite.for_each(|r| best.add(r.row, f64::from(r.score - r.margin)));
        let needed = least(&best);
        rough.retain(|r| r.score.is_infinite() || r.score + r.margin >= needed);
        found.examined.exact = rough.len();
        let Search {
            engine,
            query,
            references,
            ..
        } = self.search;
        let compared = rough.par_iter().with_min_len(16).filter_map(|r| {
            let c = engine.direct(
                query,
                references.row(r.row),
                references.range(r.row),
                r.lags[0]..=r.lags[1],
            )?;
            Some((r.row, c))
        });
        found.best = compared.collect();
        found
            .best
            .sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        wanted.cut(&mut found.best);
    }
}

//! Curves: all references at all lags, through the bounds of the cascade and without.

use super::data::{numbers, resident, shape};
use super::{Peer, TOP, batch, pools};
use rayon::ThreadPool;
use serde_json::{Value, json};
use specid::correlate::cascade::{Cascade, Found, References, Search};
use specid::correlate::{Centring, Engine, Query, Settings, Wanted};
use specid::prepare::Signal;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

pub(super) struct Curves {
    values: Vec<f32>,
    start: Vec<u32>,
    end: Vec<u32>,
    points: usize,
    engine: Engine,
    queries: Vec<Query>,
    cascade: Cascade<'static>,
    pools: [ThreadPool; 2],
}

impl Curves {
    pub fn read(folder: &Path) -> Self {
        let number = shape(folder);
        let points = number("points");
        let mut engine = Engine::new(Settings {
            points,
            tolerance: number("tolerance"),
            background: number("tolerance") + 50,
            min_overlap: 100,
            centring: Centring::Mean,
        });
        let mut values: Vec<f32> = numbers(&folder.join("library.f32"));
        let queries: Vec<f32> = numbers(&folder.join("queries.f32"));
        let queries = queries.chunks_exact(points).map(|row| {
            let range = measured(row);
            engine.query(&Signal {
                start: range.start,
                values: row[range].iter().map(|v| f64::from(*v)).collect(),
            })
        });
        let queries = queries.collect();
        let rows = values.len() / points;
        let ranges = values.chunks_exact(points).map(measured);
        let (start, end): (Vec<u32>, Vec<u32>) =
            ranges.map(|r| (r.start as u32, r.end as u32)).unzip();
        values
            .iter_mut()
            .filter(|v| v.is_nan())
            .for_each(|v| *v = 0.0);
        let references = References {
            values: &values,
            points,
            start: &start,
            end: &end,
        };
        let began = Instant::now();
        let cascade = Cascade::build(references);
        let built = began.elapsed().as_secs_f64();
        println!(
            "{}",
            json!({"rows": rows, "build_seconds": built, "index_bytes": cascade.bytes(),
                   "coefficients": cascade.shape, "resident_bytes": resident()})
        );
        Self {
            values,
            start,
            end,
            points,
            engine,
            queries,
            cascade,
            pools: pools(),
        }
    }

    fn references(&self) -> References<'_> {
        References {
            values: &self.values,
            points: self.points,
            start: &self.start,
            end: &self.end,
        }
    }

    fn search(&self, query: usize, bounded: bool) -> Found {
        let search = Search {
            engine: &self.engine,
            query: &self.queries[query],
            references: self.references(),
            cascade: bounded.then_some(&self.cascade),
        };
        search.best(Wanted::rows(TOP))
    }

    fn by_transform(&self, query: usize) -> Vec<(usize, f64)> {
        let references = self.references();
        let mut engine = self.engine.clone();
        let mut all: Vec<(usize, f64)> = (0..references.rows())
            .filter_map(|row| {
                let range = references.range(row);
                let c = engine.correlate(&self.queries[query], references.row(row), range)?;
                Some((row, c.score))
            })
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(TOP);
        all
    }
}

impl Peer for Curves {
    fn answer(&self, method: &str, query: usize) -> Value {
        let began = Instant::now();
        let ms = |began: Instant| began.elapsed().as_secs_f64() * 1e3;
        match method {
            "read" => {
                black_box(sum(&self.values));
                json!({"ms": ms(began)})
            }
            "batch1" | "batch2" => batch(&self.pools, method, (query, self.queries.len()), |q| {
                self.search(q, true).best.len()
            }),
            "transform" => {
                let found = self.by_transform(query);
                let ms = ms(began);
                let (rows, scores): (Vec<_>, Vec<_>) = found.into_iter().unzip();
                json!({"ms": ms, "rows": rows, "scores": scores})
            }
            _ => {
                let found = self.pools[0].install(|| self.search(query, method == "cascade"));
                let ms = ms(began);
                let rows: Vec<usize> = found.best.iter().map(|b| b.0).collect();
                let scores: Vec<f64> = found.best.iter().map(|b| b.1.score).collect();
                let e = found.examined;
                json!({"ms": ms, "rows": rows, "scores": scores,
                       "left": e.first, "scored": e.scored, "exact": e.exact})
            }
        }
    }
}

/// What of a row was measured; it is not-a-number outside.
fn measured(row: &[f32]) -> std::ops::Range<usize> {
    let is = |v: &f32| !v.is_nan();
    let first = row.iter().position(is).unwrap_or(0);
    first..row.iter().rposition(is).map_or(first, |last| last + 1)
}

/// Touches every value once, in as many sums as hide the latency of adding.
pub(super) fn sum(values: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 64];
    for chunk in values.chunks_exact(64) {
        lanes.iter_mut().zip(chunk).for_each(|(l, v)| *l += v);
    }
    lanes.iter().sum()
}

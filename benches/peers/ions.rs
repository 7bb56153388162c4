//! Unit-mass EI spectra: by the index of columns, by scoring all, by an inverted index, and as the
//! program searches them, second comparison included.

use super::data::{Lists, resident, rows, shape};
use super::{Peer, TOP, batch, first, found, pools};
use rayon::ThreadPool;
use serde_json::{Value, json};
use specid::correlate::columns::Columns;
use specid::correlate::{Centring, Engine, Query, Settings, Wanted};
use specid::library::Library;
use specid::prepare::Signal;
use specid::search::{Options, Searcher};
use specid::spectrum::{Spectrum, Technique};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

pub(super) struct Ions {
    /// Row-major square roots of abundances.
    values: Vec<f32>,
    points: usize,
    /// Where the scan of each row begins.
    start: Vec<u32>,
    engine: Engine,
    signals: Vec<Signal>,
    queries: Vec<Query>,
    columns: Columns,
    inverted: Inverted,
    whole: Option<Whole>,
    pools: [ThreadPool; 2],
}

/// The library as the program holds it.
struct Whole {
    /// Kept for as long as the process lives.
    searcher: Searcher<'static>,
    rows: Vec<usize>,
    spectra: Vec<Spectrum>,
}

/// For each m/z the rows that have it, with their share of the row's norm.
struct Inverted {
    lists: Vec<Vec<(u32, f32)>>,
    rows: usize,
}

impl Inverted {
    fn of(values: &[f32], points: usize) -> Self {
        let mut lists = vec![Vec::new(); points];
        for (row, values) in (0..).zip(values.chunks_exact(points)) {
            let norm = values.iter().map(|v| v * v).sum::<f32>().sqrt();
            for (list, value) in lists.iter_mut().zip(values).filter(|(_, v)| **v > 0.0) {
                list.push((row, value / norm));
            }
        }
        Self {
            lists,
            rows: values.len() / points,
        }
    }

    fn best(&self, query: &Signal) -> Vec<(usize, f64)> {
        let norm = query.values.iter().map(|v| v * v).sum::<f64>().sqrt();
        let mut sums = vec![0.0f32; self.rows];
        for (mz, value) in (query.start..).zip(&query.values) {
            if *value > 0.0 {
                let weight = (value / norm) as f32;
                for (row, value) in &self.lists[mz] {
                    sums[*row as usize] += weight * value;
                }
            }
        }
        // Only what is above the tenth best so far is kept.
        let (mut kept, mut least) = (Vec::with_capacity(8 * TOP), 0.0);
        for (row, sum) in sums.iter().enumerate() {
            if *sum > least {
                kept.push((row, f64::from(*sum)));
                if kept.len() == 8 * TOP {
                    kept = first(kept);
                    least = kept[TOP - 1].1 as f32;
                    kept.reserve(8 * TOP);
                }
            }
        }
        first(kept)
    }
}

impl Ions {
    pub fn read(folder: &Path) -> Self {
        let number = shape(folder);
        let points = number("points");
        let (library, asked) = (
            Lists::read(folder, "library"),
            Lists::read(folder, "queries"),
        );
        let mut values = vec![0.0f32; library.len() * points];
        for (row, values) in values.chunks_exact_mut(points).enumerate() {
            for (mz, height) in library.peaks(row) {
                values[mz as usize] = height.sqrt() as f32;
            }
        }
        let mut engine = Engine::new(Settings {
            points,
            tolerance: 0,
            background: 20,
            min_overlap: 1,
            centring: Centring::None,
        });
        let signal = |query: usize| {
            let start = asked.precursor(query) as usize;
            let mut values = vec![0.0; points - start];
            for (mz, height) in asked.peaks(query) {
                values[mz as usize - start] = height.sqrt();
            }
            Signal { start, values }
        };
        let signals: Vec<Signal> = (0..asked.len()).map(signal).collect();
        let queries = signals.iter().map(|s| engine.query(s)).collect();
        let start: Vec<u32> = (0..library.len())
            .map(|row| library.precursor(row) as u32)
            .collect();
        let end = vec![points as u32; library.len()];
        let began = Instant::now();
        let columns = Columns::build(points, &values, &start, &end).expect("an index");
        let built = began.elapsed().as_secs_f64();
        println!(
            "{}",
            json!({"rows": library.len(), "build_seconds": built, "index_bytes": columns.bytes(),
                   "resident_bytes": resident()})
        );
        let whole = (number("whole") > 0).then(|| Whole::of(&library, &asked));
        Self {
            inverted: Inverted::of(&values, points),
            values,
            points,
            start,
            engine,
            signals,
            queries,
            columns,
            whole,
            pools: pools(),
        }
    }

    fn by_columns(&self, query: usize) -> Vec<(usize, f64)> {
        let row = |at: usize| {
            let values = self.values.chunks_exact(self.points).nth(at)?;
            Some((values, self.start[at] as usize..self.points))
        };
        let view = self.columns.view().expect("a whole index");
        let best = view.best(&self.engine, &self.queries[query], Wanted::rows(TOP), row);
        best.map_or_else(|| self.by_all(query), |best| best.rows)
    }

    fn by_all(&self, query: usize) -> Vec<(usize, f64)> {
        let all = self.values.chunks_exact(self.points).enumerate();
        let score = |(row, values): (usize, &[f32])| {
            let range = self.start[row] as usize..self.points;
            let score = self.engine.unshifted(&self.queries[query], values, range)?;
            Some((row, score))
        };
        first(all.filter_map(score).collect())
    }
}

impl Whole {
    fn of(library: &Lists, asked: &Lists) -> Self {
        let library: &'static Library = Box::leak(Box::new(library.library(Technique::EiMs)));
        Self {
            searcher: Searcher::new(library, Options::default()),
            rows: rows(library),
            spectra: (0..asked.len())
                .map(|query| asked.spectrum(query, Technique::EiMs, false))
                .collect(),
        }
    }

    fn best(&self, query: usize) -> Vec<(usize, f64)> {
        let ranking = self.searcher.rank(&self.spectra[query]);
        let hits = ranking.expect("candidates").hits;
        let listed = hits.iter().take(TOP);
        listed.map(|h| (self.rows[h.entry], h.score)).collect()
    }
}

impl Peer for Ions {
    fn answer(&self, method: &str, query: usize) -> Value {
        let began = Instant::now();
        let one = &self.pools[0];
        match method {
            "read" => {
                black_box(super::curves::sum(&self.values));
                json!({"ms": began.elapsed().as_secs_f64() * 1e3})
            }
            "columns" => found(began, one.install(|| self.by_columns(query))),
            "inverted" => found(
                began,
                one.install(|| self.inverted.best(&self.signals[query])),
            ),
            "whole" => {
                let whole = self.whole.as_ref().expect("\"whole\" in shape.json");
                found(began, one.install(|| whole.best(query)))
            }
            "batch1" | "batch2" => batch(&self.pools, method, (query, self.queries.len()), |q| {
                self.by_columns(q).len()
            }),
            _ => found(began, one.install(|| self.by_all(query))),
        }
    }
}

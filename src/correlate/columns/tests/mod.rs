//! The index against scoring every row.

use super::kernel::Level;
use super::{Best, Columns, ColumnsView, LATEST_START};
use crate::correlate::shortlist::made::{plainly, wanted};
use crate::correlate::{Centring, Engine, Query, Settings};
use crate::prepare::Signal;
use proptest::prelude::*;

mod exact;
mod limits;

const POINTS: usize = 120;
/// A library: rows on the grid and their starts.
#[derive(Debug, Clone, Default)]
struct Rows {
    values: Vec<f32>,
    start: Vec<u32>,
}

impl Rows {
    fn of(signals: &[Signal]) -> Self {
        Self {
            values: signals.iter().flat_map(|s| s.on_grid(POINTS)).collect(),
            start: signals.iter().map(|s| s.start as u32).collect(),
        }
    }

    fn columns(&self) -> Option<Columns> {
        let end = vec![POINTS as u32; self.start.len()];
        Columns::build(POINTS, &self.values, &self.start, &end)
    }

    fn row(&self, at: usize) -> Option<(&[f32], std::ops::Range<usize>)> {
        let values = self.values.get(at * POINTS..(at + 1) * POINTS)?;
        Some((values, *self.start.get(at)? as usize..POINTS))
    }

    /// What scoring every row gives.
    fn all(&self, engine: &Engine, query: &Query, k: usize) -> (Vec<(usize, u64)>, usize) {
        let mut found: Vec<(usize, f64)> = (0..self.start.len())
            .filter_map(|at| {
                let (values, range) = self.row(at)?;
                Some((at, engine.unshifted(query, values, range)?))
            })
            .collect();
        let left_out = self.start.len() - found.len();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let wanted = plainly(found, k, |one| one.0);
        (bits(&wanted), left_out)
    }
}

fn bits(rows: &[(usize, f64)]) -> Vec<(usize, u64)> {
    rows.iter().map(|(at, s)| (*at, s.to_bits())).collect()
}

fn engine() -> Engine {
    Engine::new(Settings {
        points: POINTS,
        tolerance: 0,
        background: 20,
        min_overlap: 1,
        centring: Centring::None,
    })
}

/// Values of very different size, many of them zero.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => Just(0.0),
        2 => 0.0..1.0_f64,
        1 => (0..12_i32).prop_map(|e| 10_f64.powi(-e)),
        1 => Just(0.5),
    ]
}

fn signal() -> impl Strategy<Value = Signal> {
    let any = (0..=LATEST_START).prop_flat_map(|start| {
        prop::collection::vec(value(), POINTS - start)
            .prop_map(move |values| Signal { start, values })
    });
    let one = (0..=LATEST_START, 0..POINTS, value()).prop_map(|(start, at, value)| {
        let mut values = vec![0.0; POINTS - start];
        values[at.max(start) - start] = value;
        Signal { start, values }
    });
    let last = (0..=LATEST_START).prop_map(|start| {
        let mut values = vec![0.0; POINTS - start];
        values[POINTS - start - 1] = 1.0;
        Signal { start, values }
    });
    let flat = (0..=LATEST_START).prop_map(|start| Signal {
        start,
        values: vec![0.25; POINTS - start],
    });
    let empty = (0..=LATEST_START).prop_map(|start| Signal {
        start,
        values: vec![0.0; POINTS - start],
    });
    prop_oneof![6 => any, 2 => one, 1 => last, 1 => flat, 1 => empty]
}

/// Signals, some of them several times.
fn library() -> impl Strategy<Value = Vec<Signal>> {
    (
        prop::collection::vec(signal(), 1..60),
        prop::collection::vec(any::<prop::sample::Index>(), 0..60),
    )
        .prop_map(|(mut signals, again)| {
            let copies: Vec<Signal> = again.iter().map(|i| i.get(&signals).clone()).collect();
            signals.extend(copies);
            signals
        })
}

/// Every level's result, if it is one result.
fn best(
    view: &ColumnsView<'_>,
    rows: &Rows,
    engine: &Engine,
    query: &Query,
    k: usize,
) -> Option<Best> {
    let results: Vec<Option<Best>> = Level::all()
        .into_iter()
        .map(|level| view.best_at(level, engine, query, wanted(k), |at| rows.row(at)))
        .collect();
    assert!(results.iter().all(|r| *r == results[0]), "{results:?}");
    results.into_iter().next()?
}

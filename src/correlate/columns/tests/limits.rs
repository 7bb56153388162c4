//! Processors, damage, and what the index refuses.

use super::super::kernel::{self, Level, Pair};
use super::super::{Columns, LATEST_START, LINE};
use super::{POINTS, Rows, best, engine, library, signal, wanted};
use crate::prepare::Signal;
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_level_adds_and_relieves_alike(
        strips in prop::collection::vec(prop::collection::vec(any::<u8>(), 2 * LINE), 1..30),
        weights in prop::collection::vec((0_u8..128, 0_u8..128), 15),
    ) {
        let pairs: Vec<Pair<'_>> = strips
            .chunks(2)
            .zip(&weights)
            .map(|(strips, (a, b))| Pair {
                strips: [&strips[0], &strips[strips.len() - 1]],
                weights: [*a, (*b).min(kernel::HEAVIEST - *a)],
            })
            .collect();
        let all: Vec<Vec<u16>> = Level::all()
            .into_iter()
            .map(|level| {
                let mut sums = vec![7; 2 * LINE];
                kernel::add(level, &mut sums, &pairs);
                kernel::relieve(level, &mut sums, &strips[0]);
                sums
            })
            .collect();
        prop_assert!(all.iter().all(|sums| *sums == all[0]));
    }

    /// A damaged file may give wrong rows, but neither a panic nor a read outside the vectors.
    #[test]
    fn damage_is_survived(
        signals in library(), query in signal(), field in 0..8, at in any::<prop::sample::Index>(),
        bits in any::<u32>(), cut in any::<bool>(),
    ) {
        fn harm<T>(values: &mut Vec<T>, at: prop::sample::Index, cut: bool, value: T) {
            match values.len() {
                0 => values.push(value),
                len if cut => values.truncate(at.index(len)),
                len => values[at.index(len)] = value,
            }
        }
        let rows = Rows::of(&signals);
        let mut columns = rows.columns().unwrap();
        match field {
            0 => harm(&mut columns.start, at, cut, bits as u8),
            1 => harm(&mut columns.gone, at, cut, bits),
            2 => harm(&mut columns.strip_at, at, cut, bits),
            3 => harm(&mut columns.strips, at, cut, bits as u8),
            4 => harm(&mut columns.list_at, at, cut, bits),
            5 => harm(&mut columns.list_row, at, cut, bits as u16),
            6 => harm(&mut columns.list_code, at, cut, bits as u8),
            _ => columns.points = bits as usize,
        }
        let mut engine = engine();
        let query = engine.query(&query);
        if let Some(view) = columns.view() {
            best(&view, &rows, &engine, &query, 5);
        }
    }
}

#[test]
fn what_cannot_be_bounded_is_refused() {
    let plain = Signal {
        start: 40,
        values: vec![1.0; POINTS - 40],
    };
    let rows = Rows::of(std::slice::from_ref(&plain));
    let columns = rows.columns().unwrap();
    let view = columns.view().unwrap();
    let mut exact = engine();
    let mut with = |change: &dyn Fn(&mut Signal)| {
        let mut signal = plain.clone();
        change(&mut signal);
        let query = exact.query(&signal);
        view.best(&exact, &query, wanted(1), |at| rows.row(at))
            .is_some()
    };
    assert!(with(&|_| ()));
    assert!(!with(&|s| s.values[3] = -1.0));
    assert!(!with(&|s| s.values[3] = f64::NAN));
    assert!(!with(&|s| s.values[3] = f64::INFINITY));
    assert!(!with(&|s| s.values.fill(0.0)));
    assert!(!with(&|s| s.values.truncate(50)));
    assert!(!with(&|s| s.start = LATEST_START + 1));
    for value in [-1.0, f32::NAN, f32::INFINITY] {
        let mut rows = rows.clone();
        rows.values[60] = value;
        assert!(rows.columns().is_none(), "{value}");
    }
    let mut late = rows.clone();
    late.start[0] = LATEST_START as u32 + 1;
    assert!(late.columns().is_none());
    assert!(Columns::build(POINTS, &rows.values, &[40], &[POINTS as u32 - 1]).is_none());
    assert!(Columns::build(POINTS, &rows.values[1..], &[40], &[POINTS as u32]).is_none());
    let none = Rows::default().columns().unwrap();
    assert_eq!(none.view().map(|view| view.rows()), Some(0));
}

//! Rows, order and scores to the bit.

use super::super::kernel::Level;
use super::super::{BLOCK, LATEST_START};
use super::{POINTS, Rows, best, bits, engine, library, signal};
use crate::prepare::Signal;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_scoring_every_row(
        signals in library(), query in signal(), k in 0_usize..20,
    ) {
        let rows = Rows::of(&signals);
        let columns = rows.columns().unwrap();
        let mut engine = engine();
        let query = engine.query(&query);
        if let Some(found) = best(&columns.view().unwrap(), &rows, &engine, &query, k) {
            let expected = rows.all(&engine, &query, k);
            prop_assert_eq!((bits(&found.rows), found.left_out), expected);
        }
    }

    /// No bound is below the score that it stands for, whatever is done with it afterwards.
    #[test]
    fn no_bound_is_below_its_score(signals in library(), query in signal()) {
        let rows = Rows::of(&signals);
        let columns = rows.columns().unwrap();
        let mut engine = engine();
        let query = engine.query(&query);
        for level in Level::all() {
            let Some(bounds) = columns.view().unwrap().bounds(level, &engine, &query) else {
                continue;
            };
            for (at, bound) in bounds.into_iter().enumerate() {
                let (values, range) = rows.row(at).unwrap();
                let score = engine.unshifted(&query, values, range).unwrap_or(0.0);
                prop_assert!(bound >= score, "row {at}: {bound} < {score}");
            }
        }
    }
}

#[test]
fn several_blocks_are_searched() {
    let count = 2 * BLOCK + 700;
    let mut state = 1_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize
    };
    let mut made = || {
        let start = 20 + random() % (LATEST_START - 20);
        let mut values = vec![0.0; POINTS - start];
        for _ in 0..12 {
            let at = random() % values.len();
            values[at] = (random() % 1000) as f64;
        }
        Signal { start, values }
    };
    let signals: Vec<Signal> = (0..count).map(|_| made()).collect();
    let rows = Rows::of(&signals);
    let columns = rows.columns().unwrap();
    assert!(columns.list_row.len() > 1000 && columns.strips.len() > 1000);
    let view = columns.view().unwrap();
    let mut engine = engine();
    for at in [0, BLOCK - 1, BLOCK, count - 1] {
        let query = engine.query(&signals[at]);
        let found = best(&view, &rows, &engine, &query, 10).unwrap();
        assert_eq!(bits(&found.rows), rows.all(&engine, &query, 10).0);
        assert_eq!(found.rows[0].0, at);
        assert!(found.scored < 200, "{}", found.scored);
    }
}

//! The bounds against the similarity that they bound.

use super::*;
use crate::correlate::score::entropy::{Shared, weighted_peaks};
use proptest::collection::vec;
use proptest::prelude::*;

/// m/z at, just within and just beyond the tolerance of one another, and far off.
fn mz() -> impl Strategy<Value = f64> {
    let base = prop_oneof![
        Just(91.0542),
        Just(119.0855),
        50.0..51.0,
        Just(4095.99),
        Just(7e5)
    ];
    let off = prop_oneof![
        Just(0.0),
        Just(0.02),
        Just(-0.02),
        Just(0.02 + 1e-12),
        Just(0.04),
        -0.05..0.05
    ];
    (base, off).prop_map(|(base, off)| base + off)
}

/// Lists with peaks more than a tolerance apart, or as the program makes them, twice as far.
fn list(tolerance: f64) -> impl Strategy<Value = Vec<Peak>> {
    let apart = prop::sample::select(vec![0.51 * tolerance, tolerance]);
    (vec((mz(), 1e-4..1.0), 0..9), apart).prop_map(|(raw, apart)| weighted_peaks(&raw, 0.01, apart))
}

/// A tolerance, lists, and a query below the highest m/z.
fn case() -> impl Strategy<Value = (f64, Vec<Vec<Peak>>, Vec<Peak>)> {
    prop::sample::select(vec![0.02, 0.3]).prop_flat_map(|tolerance| {
        let query = list(tolerance).prop_map(|mut query| {
            query.retain(|peak| peak.0 < 4095.6);
            query
        });
        (Just(tolerance), vec(list(tolerance), 0..40), query)
    })
}

proptest! {
    #[test]
    fn bounds_are_close_above(
        (tolerance, lists, query) in case(), factor in prop_oneof![Just(1.0), Just(0.5)],
    ) {
        let index = Index::of(lists.iter().map(|l| l.iter().copied()), tolerance).unwrap();
        index.view().unwrap().check().unwrap();
        let mut bounds = Bounds::new(lists.len());
        prop_assert!(bounds.add(&index.view().unwrap(), &query, factor).unwrap());
        for (row, list) in lists.iter().enumerate() {
            let shared = Shared::of(query.iter().copied(), list.iter().copied(), tolerance);
            let (exact, bound) = (factor * shared.similarity, bounds.of(row));
            prop_assert!(bound >= exact, "{bound} below {exact}");
            if !bounds.unsure().contains(&(row as u32)) {
                prop_assert_eq!(bound > 0.0, exact > 0.0);
            }
            let sole = |a: &[Peak], b: &[Peak]| a.iter().all(|p| {
                b.iter().filter(|o| (o.0 - p.0).abs() <= tolerance + 1e-6).count() <= 1
            });
            if sole(&query, list) && sole(list, &query) && bounds.unsure().is_empty() {
                prop_assert!(bound <= 1.07 * exact + 1e-3 * query.len() as f64);
            }
        }
        let given: Vec<(usize, f64)> = bounds.falling().collect();
        let mut all: Vec<(usize, f64)> = (0..lists.len()).map(|r| (r, bounds.of(r))).collect();
        all.retain(|(_, bound)| *bound > 0.0);
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        prop_assert_eq!(&given, &all);
        let reached = all.iter().filter(|(_, bound)| *bound >= 0.25).count();
        prop_assert_eq!(bounds.at_least(0.25).len(), reached);
    }
}

#[test]
fn rows_of_all_blocks_are_found() {
    let rows = BLOCK + 300;
    let list = |row: usize| vec![(100.0 + (row % 7) as f64, 0.4), (300.0, 0.6)];
    let index = Index::of((0..rows).map(|row| list(row).into_iter()), 0.02).unwrap();
    let mut bounds = Bounds::new(rows);
    let view = index.view().unwrap();
    assert!(bounds.add(&view, &[(103.0, 1.0)], 1.0).unwrap());
    let expected: Vec<u32> = (0..rows as u32).filter(|row| row % 7 == 3).collect();
    assert_eq!(bounds.at_least(1e-3), expected);
    let given: Vec<u32> = bounds.falling().map(|(row, _)| row as u32).collect();
    assert_eq!(given, expected);
    assert!(bounds.unsure().is_empty());
}

#[test]
fn sums_are_kept_from_overflowing() {
    // Each peak has two partners: as much as lists can have in common.
    let list = [(100.0, 0.5), (100.03, 0.5)];
    let index = Index::of([list.into_iter()].into_iter(), 0.02).unwrap();
    let view = index.view().unwrap();
    let mut bounds = Bounds::new(1);
    let query = [(99.995, 0.3), (100.015, 0.4), (100.035, 0.3)];
    assert_eq!(bounds.add(&view, &query, 1.0), Ok(false), "too close");
    let query = [(100.015 - 0.0101, 0.5), (100.015 + 0.0101, 0.5)];
    let mut added = 0.0;
    while bounds.add(&view, &query, 1.0).unwrap() {
        added += 1.0;
        assert!((bounds.of(0) / added - 1.0).abs() < 0.05);
    }
    assert_eq!(added, 3.0);
    assert_eq!(bounds.add(&view, &[(4095.99, 1.0)], 0.0), Ok(false));
    let many: Vec<Peak> = (0..30_000).map(|i| (f64::from(i) / 10.0, 1e-5)).collect();
    assert_eq!(Bounds::new(1).add(&view, &many, 0.0), Ok(false));
}

#[test]
fn lists_that_cannot_be_bounded_are_refused() {
    let bad: [&[Peak]; 8] = [
        &[(100.0, 0.5), (100.02, 0.5)],
        &[(100.0, 0.6), (101.0, 0.6)],
        &[(100.0, 0.5), (99.0, 0.5)],
        &[(f64::NAN, 1.0)],
        &[(f64::INFINITY, 1.0)],
        &[(-1.0, 1.0)],
        &[(100.0, 0.0)],
        &[(100.0, 1.5)],
    ];
    let good = Index::of([vec![(100.0, 1.0)].into_iter()].into_iter(), 0.02).unwrap();
    for list in bad {
        assert!(Index::of([list.iter().copied()].into_iter(), 0.02).is_none());
        let mut bounds = Bounds::new(1);
        assert_eq!(bounds.add(&good.view().unwrap(), list, 1.0), Ok(false));
        assert_eq!(bounds.of(0), 0.0);
    }
}

#[test]
fn damaged_indexes_are_refused() {
    let list = |row: usize| vec![(50.0 + row as f64, 0.4), (300.0, 0.6)];
    let good = Index::of((0..20).map(|row| list(row).into_iter()), 0.02).unwrap();
    let refused = |damage: &dyn Fn(&mut Index)| {
        let mut index = good.clone();
        damage(&mut index);
        index.view().is_err()
    };
    assert!(!refused(&|_| {}));
    assert!(refused(&|i| i.tolerance = f64::NAN));
    assert!(refused(&|i| i.blocks.clear()));
    assert!(refused(&|i| i.blocks[0] = 1));
    assert!(refused(&|i| i.blocks.push(7)));
    assert!(refused(&|i| i.buckets.clear()));
    assert!(refused(&|i| i.place.truncate(3)));
    assert!(refused(&|i| i.row.push(0)));
    assert!(refused(&|i| i.code.truncate(3)));
    let mut bounds = Bounds::new(BLOCK + 1);
    assert_eq!(bounds.add(&good.view().unwrap(), &[], 1.0), Err(Damaged));
    // Starts of buckets are found wrong by `check`, and by the search that meets them.
    let mut index = good.clone();
    index.buckets.fill(1000);
    let view = index.view().unwrap();
    assert_eq!(view.check(), Err(Damaged));
    assert_eq!(Bounds::new(20).add(&view, &list(1), 1.0), Err(Damaged));
}

proptest! {
    /// Whatever the numbers of an index are, a search of it ends without a panic.
    #[test]
    fn damage_never_panics(at in vec((0_usize..5, any::<prop::sample::Index>(), any::<u32>()), 1..6)) {
        let list = |row: usize| vec![(50.0 + row as f64, 0.4), (80.0, 0.6)];
        let mut index = Index::of((0..20).map(|row| list(row).into_iter()), 0.02).unwrap();
        for (part, at, value) in at {
            match part {
                0 => *at.get_mut(&mut index.blocks) = u64::from(value),
                1 => *at.get_mut(&mut index.buckets) = value % 50,
                2 => *at.get_mut(&mut index.place) = value as u16,
                3 => *at.get_mut(&mut index.row) = value as u16,
                _ => *at.get_mut(&mut index.code) = value as u8,
            }
        }
        if let Ok(view) = index.view() {
            let _ = view.check();
            let mut bounds = Bounds::new(20);
            let _ = bounds.add(&view, &[(50.0, 0.2), (55.0, 0.2), (80.0, 0.6)], 1.0);
            prop_assert!(bounds.falling().all(|(row, _)| row < 20));
        }
    }
}

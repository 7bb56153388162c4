//! The cascade against comparing everything by transform.

use super::*;
use crate::correlate::shortlist::made::{plainly, wanted};
use crate::correlate::{Centring, Engine, Settings};
use crate::prepare::Signal;
use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

const POINTS: usize = 256;

/// A library with every oddity that matters: band spectra, noise, flat rows, copies, short ranges.
struct Made {
    values: Vec<f32>,
    start: Vec<u32>,
    end: Vec<u32>,
}

impl Made {
    fn references(&self) -> References<'_> {
        References {
            values: &self.values,
            points: POINTS,
            start: &self.start,
            end: &self.end,
        }
    }

    fn signal(&self, row: usize) -> Signal {
        let references = self.references();
        let range = references.range(row);
        let values = &references.row(row)[range.clone()];
        Signal {
            start: range.start,
            values: values.iter().map(|v| f64::from(*v)).collect(),
        }
    }
}

fn bands(random: &mut ChaCha8Rng, noise: f64) -> Vec<f64> {
    let mut values = vec![0.0; POINTS];
    for _ in 0..random.random_range(1..9) {
        let centre = random.random_range(0.0..POINTS as f64);
        let width = random.random_range(1.5..12.0);
        let height = random.random_range(0.1..2.0);
        for (i, value) in values.iter_mut().enumerate() {
            *value += height / (1.0 + ((i as f64 - centre) / width).powi(2));
        }
    }
    for value in &mut values {
        let dice: f64 = StandardNormal.sample(random);
        *value += noise * dice;
    }
    values
}

/// Bands on a high ground, with one in the middle of the row's range: a flat row on high ground loses nearly all
/// digits of its variance in single precision, and any two ways of summing then differ.
fn above_zero(random: &mut ChaCha8Rng, middle: f64) -> Vec<f64> {
    let high = bands(random, 0.0).into_iter().enumerate();
    high.map(|(i, v)| v + 20.0 + 1.0 / (1.0 + ((i as f64 - middle) / 5.0).powi(2)))
        .collect()
}

fn library(seed: u64, rows: usize) -> Made {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut made = Made {
        values: Vec::new(),
        start: Vec::new(),
        end: Vec::new(),
    };
    for row in 0..rows {
        let (start, end) = match row % 7 {
            0 => (
                random.random_range(0..90),
                random.random_range(160..=POINTS),
            ),
            1 => (40, 200),
            _ => (0, POINTS),
        };
        let mut values = match row % 11 {
            3 => vec![1.5; POINTS],
            5 => (0..POINTS)
                .map(|_| StandardNormal.sample(&mut random))
                .collect(),
            7 => above_zero(&mut random, (start + end) as f64 / 2.0),
            _ => bands(&mut random, 0.02),
        };
        values[..start].fill(0.0);
        values[end..].fill(0.0);
        match row % 13 {
            // A copy of the row before: a tie.
            4 => {
                let (at, last) = (made.values.len() - POINTS, made.values.len());
                made.values.extend_from_within(at..last);
                made.start.push(made.start[row - 1]);
                made.end.push(made.end[row - 1]);
            }
            _ => {
                made.values.extend(values.iter().map(|v| *v as f32));
                made.start.push(start as u32);
                made.end.push(end as u32);
            }
        }
    }
    made
}

fn settings(tolerance: usize) -> Settings {
    Settings {
        points: POINTS,
        tolerance,
        background: 40,
        min_overlap: 60,
        centring: Centring::Mean,
    }
}

/// Row, score and shift of the best by comparing everything.
fn exhaustive(
    engine: &mut Engine,
    query: &Signal,
    references: References<'_>,
    k: usize,
) -> Vec<(usize, f64, f64)> {
    let query = engine.query(query);
    let mut all: Vec<(usize, f64, f64)> = (0..references.rows())
        .filter_map(|row| {
            let c = engine.correlate(&query, references.row(row), references.range(row))?;
            Some((row, c.score, c.shift))
        })
        .collect();
    // Equal within rounding of a transform: copies.
    all.sort_by(|a, b| match (a.1 - b.1).abs() < 1e-10 {
        true => a.0.cmp(&b.0),
        false => b.1.total_cmp(&a.1),
    });
    plainly(all, k, |one| one.0)
}

fn queries(made: &Made, seed: u64) -> Vec<Signal> {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 77);
    let whole = |values: Vec<f64>| Signal { start: 0, values };
    let mut noisy = made.signal(40);
    for value in &mut noisy.values {
        let dice: f64 = StandardNormal.sample(&mut random);
        *value += 0.3 * dice;
    }
    let mut part = made.signal(9);
    part.values.truncate(170);
    part.values.drain(..30);
    part.start += 30;
    let noise = (0..POINTS)
        .map(|_| StandardNormal.sample(&mut random))
        .collect();
    vec![
        made.signal(2),
        made.signal(7),
        noisy,
        part,
        whole(bands(&mut random, 0.05)),
        whole(noise),
        whole(vec![3.0; POINTS]),
        Signal {
            start: 0,
            values: bands(&mut random, 0.0)[..50].to_vec(),
        },
    ]
}

fn check(
    made: &Made,
    query: &Signal,
    tolerance: usize,
    k: usize,
) -> Result<Examined, TestCaseError> {
    let mut engine = Engine::new(settings(tolerance));
    let expected = exhaustive(&mut engine, query, made.references(), k);
    let cascade = Cascade::build(made.references());
    prop_assert!(cascade.is_sound());
    let prepared = engine.query(query);
    let mut examined = Examined::default();
    for cascade in [Some(&cascade), None] {
        let search = Search {
            engine: &engine,
            query: &prepared,
            references: made.references(),
            cascade,
        };
        let wanted = wanted(k);
        let found = search.best(wanted);
        let rows: Vec<usize> = found.best.iter().map(|b| b.0).collect();
        let want: Vec<usize> = expected.iter().map(|e| e.0).collect();
        prop_assert_eq!(rows, want);
        for ((_, got), (_, score, shift)) in found.best.iter().zip(&expected) {
            prop_assert!((got.score - score).abs() < 1e-9, "{} {}", got.score, score);
            prop_assert!((got.shift - shift).abs() < 1e-6, "{} {}", got.shift, shift);
        }
        if cascade.is_some() {
            examined = found.examined;
        }
    }
    Ok(examined)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_best_are_those_of_the_exhaustive_search(seed in any::<u64>(), tolerance in 0_usize..18, k in 1_usize..30) {
        let made = library(seed, 300);
        for query in queries(&made, seed) {
            check(&made, &query, tolerance, k)?;
        }
    }
}

#[test]
fn a_row_whose_bands_lie_outside_its_range_is_found_at_the_same_shift() {
    let seed = 9_540_366_133_035_866_495;
    let made = library(seed, 300);
    for query in queries(&made, seed) {
        check(&made, &query, 14, 1).unwrap();
    }
}

#[test]
fn bounds_are_never_below_the_score_and_prune() {
    let made = library(5, 2000);
    let cascade = Cascade::build(made.references());
    let mut engine = Engine::new(settings(6));
    let references = made.references();
    for query in queries(&made, 5) {
        let query = engine.query(&query);
        let Some(shifted) = query.shifted(engine.settings()) else {
            continue;
        };
        let Some(bounds) = bounds::Bounds::of(&cascade, &shifted, 60) else {
            continue;
        };
        let finish = bounds.finish();
        let mut products = vec![0; 13];
        for row in 0..references.rows() {
            let score = engine.correlate(&query, references.row(row), references.range(row));
            let Some(score) = score else { continue };
            let (first, all) = (
                bounds.first[row],
                bounds.second(&finish, row, &mut products),
            );
            assert!(
                f64::from(first) >= score.score,
                "{row}: {first} {}",
                score.score
            );
            assert!(
                f64::from(all) >= score.score,
                "{row}: {all} {}",
                score.score
            );
        }
    }
}

#[test]
fn most_references_are_never_scored() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut made = Made {
        values: Vec::new(),
        start: vec![0; 3000],
        end: vec![POINTS as u32; 3000],
    };
    for _ in 0..3000 {
        made.values
            .extend(bands(&mut random, 0.01).iter().map(|v| *v as f32));
    }
    let examined = check(&made, &made.signal(2), 4, 10).unwrap();
    assert!(
        examined.first < 600 && examined.scored < 100 && examined.exact < 20,
        "{examined:?}"
    );
}

#[test]
fn a_damaged_cascade_is_not_sound() {
    let made = library(1, 50);
    let cascade = Cascade::build(made.references());
    let damaged = |change: &dyn Fn(&mut Cascade<'static>)| {
        let mut cascade = cascade.clone();
        change(&mut cascade);
        assert!(!cascade.is_sound());
    };
    damaged(&|c| c.shape[0] = u32::MAX);
    damaged(&|c| c.shape[1] += 1);
    damaged(&|c| c.shape[3] = 600);
    damaged(&|c| {
        c.shape[3] = 0;
        c.first = Vec::new().into();
    });
    damaged(&|c| c.codes.to_mut().truncate(3));
    damaged(&|c| c.ranges.to_mut()[1] = 9999);
}

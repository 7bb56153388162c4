//! The engine against its definition.

use super::*;
use proptest::prelude::*;

/// The definition, written as plainly as possible.
fn by_definition(settings: &Settings, q: &Signal, r: &Signal, lag: isize) -> Option<f64> {
    let l = settings.tolerance;
    let lo = r.start.max(q.start + l);
    let hi = r.end().min(q.end().saturating_sub(l));
    let pairs: Vec<(f64, f64)> = (lo..hi)
        .filter_map(|i| {
            let j = i as isize + lag;
            let inside = j >= q.start as isize && j < q.end() as isize;
            inside.then(|| {
                (
                    f64::from(r.values[i - r.start] as f32),
                    q.values[j as usize - q.start],
                )
            })
        })
        .collect();
    if pairs.len() < settings.min_overlap.max(2) {
        return None;
    }
    let n = pairs.len() as f64;
    let (ma, mb) = match settings.centring {
        Centring::None => (0.0, 0.0),
        Centring::Mean => (
            pairs.iter().map(|p| p.0).sum::<f64>() / n,
            pairs.iter().map(|p| p.1).sum::<f64>() / n,
        ),
    };
    let sum =
        |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| f(a - ma, b - mb)).sum::<f64>();
    let (ab, aa, bb) = (sum(&|a, b| a * b), sum(&|a, _| a * a), sum(&|_, b| b * b));
    (aa > 0.0 && bb > 0.0).then(|| ab / (aa * bb).sqrt())
}

fn signal(points: usize) -> impl Strategy<Value = Signal> {
    (0..points / 3, points / 2..points).prop_flat_map(|(start, end)| {
        prop::collection::vec(-3.0..5.0_f64, end - start)
            .prop_map(move |values| Signal { start, values })
    })
}

proptest! {
    #[test]
    fn agrees_with_the_definition(
        q in signal(120), r in signal(120), tolerance in 0_usize..9, mean in any::<bool>(),
    ) {
        let settings = Settings {
            points: 120, tolerance, background: 20, min_overlap: 12,
            centring: if mean { Centring::Mean } else { Centring::None },
        };
        let mut engine = Engine::new(settings);
        let query = engine.query(&q);
        let got = engine.correlate(&query, &r.on_grid(120), r.start..r.end());
        let l = tolerance as isize;
        let best = (-l..=l)
            .filter_map(|t| by_definition(&settings, &q, &r, t))
            .max_by(f64::total_cmp);
        let unshifted = engine.unshifted(&query, &r.on_grid(120), r.start..r.end());
        match (unshifted, by_definition(&settings, &q, &r, 0)) {
            (Some(got), Some(expected)) => prop_assert!((got - expected).abs() < 1e-9),
            (None, None) => {}
            (got, expected) => prop_assert!(false, "{got:?} against {expected:?}"),
        }
        match (got, best) {
            (Some(got), Some(best)) => {
                prop_assert!((got.score - best).abs() < 1e-9, "{} {best}", got.score);
                let outside: Vec<f64> = (l + 1..=20).flat_map(|t| [-t, t])
                    .filter_map(|t| by_definition(&settings, &q, &r, t)).collect();
                let mean = outside.iter().sum::<f64>() / outside.len() as f64;
                if let Some(background) = got.background {
                    prop_assert!((background.mean - mean).abs() < 1e-9);
                }
            }
            (None, None) => {}
            (got, best) => prop_assert!(false, "{got:?} against {best:?}"),
        }
    }
}

fn bands(centres: &[f64], start: usize, end: usize) -> Signal {
    let value = |i: usize| {
        centres
            .iter()
            .map(|c| 1.0 / (1.0 + ((i as f64 - c) / 4.0).powi(2)))
            .sum()
    };
    Signal {
        start,
        values: (start..end).map(value).collect(),
    }
}

const RAMAN: Settings = Settings {
    points: 800,
    tolerance: 10,
    background: 60,
    min_overlap: 100,
    centring: Centring::Mean,
};

#[test]
fn finds_a_known_shift_between_different_ranges() {
    let mut engine = Engine::new(RAMAN);
    let centres = [210.0, 330.0, 405.0, 520.0];
    let moved: Vec<f64> = centres.iter().map(|c| c + 3.5).collect();
    let query = engine.query(&bands(&moved, 150, 600));
    let reference = bands(&centres, 0, 800);
    let found = engine
        .correlate(&query, &reference.on_grid(800), 0..800)
        .unwrap();
    assert!((found.shift - 3.5).abs() < 0.1, "{}", found.shift);
    assert!(found.score > 0.98);
    assert_eq!(found.window, 160..590);
    assert!(found.background.unwrap().mean < 0.3);
}

#[test]
fn too_little_overlap_and_flat_signals_give_nothing() {
    let mut engine = Engine::new(RAMAN);
    let query = engine.query(&bands(&[100.0], 0, 180));
    let reference = bands(&[100.0], 0, 800).on_grid(800);
    assert!(engine.correlate(&query, &reference, 100..800).is_none());
    let flat = engine.query(&Signal {
        start: 0,
        values: vec![2.0; 800],
    });
    assert!(engine.correlate(&flat, &reference, 0..800).is_none());
}

#[test]
fn equal_spectra_score_one_at_no_shift() {
    let mut engine = Engine::new(RAMAN);
    let signal = bands(&[210.0, 330.0], 0, 800);
    let query = engine.query(&signal);
    let found = engine
        .correlate(&query, &signal.on_grid(800), 0..800)
        .unwrap();
    assert!((found.score - 1.0).abs() < 1e-6);
    assert!(found.shift.abs() < 1e-3);
}

proptest! {
    /// Ranks and stored rates rest on the last bit of scores.
    #[test]
    fn sums_are_the_same_on_every_processor(
        pairs in prop::collection::vec((-2.0_f32..3.0, -2.0..3.0_f64), 0..70),
    ) {
        let (r, q): (Vec<f32>, Vec<f64>) = pairs.into_iter().unzip();
        let mut lanes = [[0.0_f64; 8]; 3];
        for (at, (r, q)) in r.iter().zip(&q).enumerate() {
            let r = f64::from(*r);
            lanes[0][at % 8] += r * q;
            lanes[1][at % 8] += r * r;
            lanes[2][at % 8] += r;
        }
        let expected = lanes.map(|l| l.iter().sum::<f64>().to_bits());
        prop_assert_eq!(sums(&r, &q).map(f64::to_bits), expected);
        prop_assert_eq!(sums_here(&r, &q).map(f64::to_bits), expected);
    }
}

#[test]
fn transform_sizes() {
    assert_eq!(transform_size(1852), 1920);
    assert_eq!(transform_size(1), 2);
}

use super::*;

const FREE: Flexibility = Flexibility {
    spacing: 25,
    reach: 20,
    size: 2.0,
    bend: 0.25,
    values: 60.0,
};
const BANDS: [f64; 11] = [
    60.0, 130.0, 190.0, 260.0, 330.0, 395.0, 470.0, 540.0, 600.0, 660.0, 740.0,
];

fn lorentzians(places: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let height = |k: usize| 1.0 + ((k * 7) % 5) as f64;
    (0..800)
        .map(|i| {
            let band =
                |(k, c): (usize, f64)| height(k) / (1.0 + ((f64::from(i) - c) / 4.0).powi(2));
            places.clone().enumerate().map(band).sum()
        })
        .collect()
}

#[test]
fn equal_spectra_need_no_curve() {
    let y = lorentzians(BANDS.into_iter());
    let fit = Fitter::new(FREE, 800, 0, &y).fit(&(0..800), &y).unwrap();
    assert!(fit.curve.nodes().all(|(_, a)| a.abs() < 1e-3));
    assert_eq!(fit.range, 0..800);
    assert!(fit.penalty < 1e-6);
}

#[test]
fn a_known_smooth_error_is_recovered() {
    // A handheld's error: nothing below, rising to 14 points at the upper end.
    let error = |x: f64| -3.0 + 17.0 * (x / 740.0).powi(3);
    let reference = lorentzians(BANDS.into_iter());
    let query = lorentzians(BANDS.into_iter().map(|c| c + error(c)));
    let mut fitter = Fitter::new(FREE, 800, 10, &query[10..790]);
    let fit = fitter.fit(&(10..790), &reference[10..790]).unwrap();
    for band in BANDS {
        let found = fit.curve.at(band as usize);
        assert!(
            (found - error(band)).abs() < 1.0,
            "{found} at {band}, {}",
            error(band)
        );
    }
    assert!(fit.penalty > 1.0);
}

#[test]
fn no_reach_means_no_curve_and_no_signal_means_nothing() {
    let reference = lorentzians(BANDS.into_iter());
    let query = lorentzians(BANDS.into_iter().map(|c| c + 3.0));
    let exact = Flexibility { reach: 0, ..FREE };
    let fit = Fitter::new(exact, 800, 0, &query).fit(&(0..800), &reference);
    assert!(fit.unwrap().curve.nodes().all(|(_, a)| a == 0.0));
    let mut fitter = Fitter::new(FREE, 800, 100, &query[100..300]);
    assert!(fitter.fit(&(150..250), &[1.0; 100]).is_none());
    assert!(fitter.fit(&(0..250), &reference[..250]).is_none());
    assert!(Fitter::new(FREE, 800, 0, &[]).fit(&(0..0), &[]).is_none());
    let unusable = vec![f64::NAN; 800];
    assert!(
        Fitter::new(FREE, 800, 0, &unusable)
            .fit(&(0..800), &reference)
            .is_none()
    );
}

/// Flexibility must not turn noise into likeness: over many pairs of unrelated noise the charged
/// correlation exceeds the plain one by little.
#[test]
fn noise_gains_little() {
    let mut state = 7_u64;
    let mut noise = || -> Vec<f64> {
        let white: Vec<f64> = (0..812)
            .map(|_| {
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
            })
            .collect();
        // As wide as bands are: about 60 independent values.
        white.windows(13).map(|w| w.iter().sum()).collect()
    };
    let mut gains = Vec::new();
    for _ in 0..20 {
        let (a, b) = (noise(), noise());
        let fit = Fitter::new(FREE, 800, 0, &a).fit(&(0..800), &b).unwrap();
        let plain = pearson(&a, &b);
        let warped = pearson(&fit.query, &b[fit.range.clone()]);
        gains.push(charged(warped, fit.penalty, FREE.values) - plain.max(0.0));
    }
    let mean = gains.iter().sum::<f64>() / gains.len() as f64;
    assert!(mean < 0.15, "{mean}: {gains:?}");
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let ((am, an), (bm, bn)) = (level(a).unwrap(), level(b).unwrap());
    let sum: f64 = a.iter().zip(b).map(|(a, b)| (a - am) * (b - bm)).sum();
    sum / (an * bn)
}

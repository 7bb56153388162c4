use super::*;
use approx::assert_relative_eq;

const LINEAR: Form = Form { exponent: 1.0 };

fn gaussians(width: f64) -> Vec<f64> {
    // Area is kept, so that a wider band is the narrow one smoothed: widths add in squares.
    let band = |x: f64, c: f64| (-0.5 * ((x - c) / width).powi(2)).exp() / width;
    (0..400)
        .map(f64::from)
        .map(|x| band(x, 80.0) + 2.0 * band(x, 170.0) + band(x, 230.0) + 1.5 * band(x, 330.0))
        .collect()
}

#[test]
fn resolution_is_matched_and_the_sharper_is_smoothed() {
    let (sharp, wide) = (gaussians(3.0), gaussians(13f64.sqrt()));
    let found = LINEAR.compare(&mut None, &sharp, &wide).unwrap();
    assert_eq!(found.width, 2.0);
    assert!(found.correlation > 0.9999);
    assert_eq!(
        LINEAR.compare(&mut None, &wide, &sharp).unwrap().width,
        -2.0
    );
    let same = LINEAR.compare(&mut None, &sharp, &sharp).unwrap();
    assert_eq!((same.width, same.penalty), (0.0, 0.0));
    assert_relative_eq!(same.correlation, 1.0, epsilon = 1e-12);
}

#[test]
fn a_cubic_baseline_does_not_count() {
    let sharp = gaussians(3.0);
    let lifted: Vec<f64> = (0..400)
        .map(|i| f64::from(i) / 400.0)
        .zip(&sharp)
        .map(|(t, y)| 0.5 * y + 3.0 - t + 4.0 * t * t - 2.0 * t.powi(3))
        .collect();
    let found = LINEAR.compare(&mut None, &lifted, &sharp).unwrap();
    assert_relative_eq!(found.correlation, 1.0, epsilon = 1e-9);
}

#[test]
fn without_signal_there_is_no_agreement() {
    let sharp = gaussians(3.0);
    assert!(LINEAR.compare(&mut None, &[1.0; 400], &sharp).is_none());
    assert!(
        LINEAR
            .compare(&mut None, &sharp[..8], &sharp[..8])
            .is_none()
    );
    assert!(LINEAR.compare(&mut None, &[], &[]).is_none());
}

#[test]
fn only_noisy_curves_are_smoothed() {
    let clean = gaussians(3.0);
    assert_eq!(LINEAR.denoised(&clean), clean);
    let top = clean.iter().copied().fold(0.0, f64::max);
    let noise = |i: usize| ((i * 7919 + i * i * 104_729) % 997) as f64 / 997.0 - 0.5;
    let noisy: Vec<f64> = clean
        .iter()
        .enumerate()
        .map(|(i, y)| y + 0.5 * top * noise(i))
        .collect();
    let found = LINEAR.denoised(&noisy);
    let error = |y: &[f64]| -> f64 { y.iter().zip(&clean).map(|(a, b)| (a - b).powi(2)).sum() };
    assert!(
        error(&found) < error(&noisy),
        "{} {}",
        error(&found),
        error(&noisy)
    );
    assert!(LINEAR.denoised(&[]).is_empty());
}

#[test]
fn a_power_is_undone_for_smoothing() {
    let form = Form { exponent: 0.5 };
    let sharp = gaussians(3.0);
    let back = form.intensity(&form.weighted(&sharp));
    for (a, b) in back.iter().zip(&sharp) {
        assert_relative_eq!(a, b, epsilon = 1e-9);
    }
}

//! Runs whose truth is known, and runs of anything.

mod hostile;
mod made;

use super::*;
use approx::assert_relative_eq;
use made::{Made, Run, STEP, spectrum};

fn found(scans: &[Spectrum]) -> Chromatogram {
    let scans: Vec<&Spectrum> = scans.iter().collect();
    Chromatogram::of(&scans, &Settings::default()).unwrap()
}

/// Cosine of square-rooted abundances with the truth.
fn likeness(peak: &Peak, truth: &Made) -> f64 {
    let ion = |(mz, abundance): &(u32, f64)| Ion {
        mz: *mz,
        abundance: *abundance,
    };
    let mut ions: Vec<Ion> = truth.ions.iter().map(ion).collect();
    ions.sort_by_key(|i| i.mz);
    blank::cosine(&peak.ions, &ions)
}

fn assert_is(peak: &Peak, truth: &Made, scans: f64, area: f64) {
    let at = (peak.retention_s - 60.0) / STEP;
    assert!((at - truth.at).abs() <= scans, "{at} for {}", truth.at);
    assert!(likeness(peak, truth) > 0.98, "{peak:?}");
    // A Gaussian of height 1 has the area sigma sqrt(2 pi).
    let true_area = truth.height() * truth.sigma * (2.0 * std::f64::consts::PI).sqrt() * STEP;
    assert_relative_eq!(peak.area, true_area, max_relative = area);
}

/// Amphetamine- and caffeine-like, with two ions in common.
fn pair(first: f64, second: f64, sigma: f64) -> (Made, Made) {
    let a = [
        (44, 9e4),
        (91, 4e4),
        (65, 1e4),
        (120, 5e3),
        (55, 8e3),
        (82, 9e3),
    ];
    let b = [
        (194, 9e4),
        (109, 6e4),
        (67, 3e4),
        (193, 1e4),
        (55, 3e4),
        (82, 2e4),
    ];
    (Made::new(first, sigma, &a), Made::new(second, sigma, &b))
}

#[test]
fn one_peak_is_what_was_put_in() {
    let truth = pair(50.3, 0.0, 3.0).0;
    let run = Run::new(100, std::slice::from_ref(&truth));
    let result = found(&run.made(1));
    let [peak] = result.peaks.as_slice() else {
        panic!("{:?}", result.peaks);
    };
    assert_is(peak, &truth, 0.1, 0.01);
    assert_relative_eq!(peak.height, truth.height(), max_relative = 0.02);
    assert_relative_eq!(peak.width_s, 2.3548 * 3.0 * STEP, max_relative = 0.02);
    assert_eq!(
        (peak.scan, peak.saturated, peak.background),
        (50, false, None)
    );
    assert!(peak.purity > 0.98 && (peak.area_percent - 100.0).abs() < 1e-9);
    assert!(peak.start_s < 60.0 + 44.0 * STEP && peak.end_s > 60.0 + 56.0 * STEP);
}

#[test]
fn peaks_three_scans_apart_are_separated() {
    for apart in [3.0, 4.0, 5.0, 8.0] {
        let (a, b) = pair(50.0, 50.0 + apart, 2.5);
        let mut run = Run::new(100, &[a.clone(), b.clone()]);
        run.factor = 1.0;
        for seed in 1..6 {
            let result = found(&run.made(seed));
            let [first, second] = result.peaks.as_slice() else {
                panic!("{apart} scans, seed {seed}: {:#?}", result.peaks);
            };
            assert_is(first, &a, 0.5, 0.1);
            assert_is(second, &b, 0.5, 0.1);
            // The true share of the first at its apex, by hand: its height over the sum.
            let beside = b.height() * b.shape(50.0);
            let share = a.height() / (a.height() + beside);
            assert!(
                (first.purity - share).abs() < 0.1,
                "{} for {share}",
                first.purity
            );
        }
    }
}

#[test]
fn drift_bleed_and_tails_do_not_matter() {
    let truth: Vec<Made> = (0..5)
        .map(|i| {
            let base = 60 + 17 * i;
            let ions = [(base, 8e4), (base + 15, 3e4), (base + 27, 9e3), (91, 2e4)];
            let made = Made::new(60.0 + 70.0 * f64::from(i), 3.0, &ions);
            if i % 2 == 1 { made.tailing(2.0) } else { made }
        })
        .collect();
    let mut run = Run::new(420, &truth);
    run.factor = 2.0;
    run.background = vec![
        (207, |x| 4e3 + 40.0 * x),
        (281, |x| 2e3 + 10.0 * x),
        (44, |_| 3e3),
        (91, |x| 500.0 + 5.0 * x),
    ];
    let result = found(&run.made(7));
    assert_eq!(result.peaks.len(), 5, "{:#?}", result.peaks);
    for (peak, truth) in result.peaks.iter().zip(&truth) {
        let at = (peak.retention_s - 60.0) / STEP;
        let top = (0..100).map(|k| truth.at + 0.1 * f64::from(k));
        let top = top.max_by(|a, b| truth.shape(*a).total_cmp(&truth.shape(*b)));
        assert!((at - top.unwrap()).abs() < 1.0, "{at} for {top:?}");
        assert!(likeness(peak, truth) > 0.98, "{peak:?}");
        assert!(
            peak.ions.iter().all(|i| ![207, 281, 44].contains(&i.mz)),
            "{peak:?}"
        );
        let area: f64 = (0..420)
            .map(|s| truth.height() * truth.shape(f64::from(s)) * STEP)
            .sum();
        assert_relative_eq!(peak.area, area, max_relative = 0.1);
    }
    // Noise was made as twice the root of the abundance.
    assert!(
        (1.5..2.6).contains(&result.noise_factor),
        "{}",
        result.noise_factor
    );
}

#[test]
fn skew_is_found_and_taken_out() {
    let ions: Vec<(u32, f64)> = (0..12).map(|i| (50 + 30 * i, 5e4)).collect();
    let truth: Vec<Made> = (0..8)
        .map(|i| Made::new(40.0 + 40.0 * f64::from(i), 1.6, &ions))
        .collect();
    let mut run = Run::new(360, &truth);
    // 0.8 scans from m/z 50 to 380.
    run.skew = 0.8 / 330.0;
    run.factor = 1.0;
    let result = found(&run.made(3));
    assert_eq!(result.peaks.len(), 8);
    assert!((result.skew - 0.8).abs() < 0.1, "{}", result.skew);
    for peak in &result.peaks {
        let heights = peak.ions.iter().map(|i| i.abundance);
        let (low, high) = heights.fold((f64::MAX, 0.0_f64), |(l, h), y| (l.min(y), h.max(y)));
        // At the middle scan alone the ends would differ from the middle by exp(-0.5 (0.4/1.6)^2), 3 %, and
        // on a flank by 30 %.
        assert_eq!(peak.ions.len(), 12);
        assert!(low / high > 0.93, "{low} {high}");
    }
}

#[test]
fn a_ceiling_is_noticed() {
    let (a, b) = pair(40.0, 90.0, 3.0);
    let mut run = Run::new(130, &[a, b]);
    run.ceiling = 6.5e4;
    run.substances[1].ions = vec![(194, 2e4), (109, 1e4), (67, 5e3)];
    let result = found(&run.made(1));
    let clipped: Vec<bool> = result.peaks.iter().map(|p| p.saturated).collect();
    assert_eq!(clipped, [true, false]);
}

#[test]
fn noise_spikes_and_steady_ions_are_no_peaks() {
    let mut run = Run::new(600, &[]);
    run.factor = 3.0;
    run.background = vec![
        (207, |_| 5e3),
        (73, |x| 1e3 + 2.0 * x),
        (44, |_| 80.0),
        (28, |x| 9e3 - x),
        (40, |_| 6.0),
    ];
    for seed in 1..4 {
        let mut scans = run.made(seed);
        assert_eq!(found(&scans).peaks, [], "seed {seed}");
        // One scan with everything, as of a discharge.
        let all: Vec<f64> = (40..400).map(f64::from).collect();
        scans[300] = spectrum(300, all.clone(), vec![5e5; all.len()]);
        assert_eq!(found(&scans).peaks, [], "seed {seed}, with a spike");
    }
}

#[test]
fn bleed_and_air_are_marked() {
    let d4 = Made::new(
        60.0,
        3.0,
        &[(281, 9e4), (282, 2e4), (283, 1e4), (73, 8e3), (265, 7e3)],
    );
    let air = Made::new(20.0, 2.0, &[(28, 9e4), (32, 2e4), (40, 1e3), (44, 900.0)]);
    let drug = Made::new(100.0, 3.0, &[(58, 9e4), (91, 2e4), (65, 9e3)]);
    let result = found(&Run::new(140, &[air, d4, drug]).made(1));
    let marked: Vec<Option<Background>> = result.peaks.iter().map(|p| p.background).collect();
    let expected = [Some(Background::Air), Some(Background::ColumnBleed), None];
    assert_eq!(marked, expected);
}

#[test]
fn a_blank_marks_what_it_has() {
    let (a, b) = pair(40.0, 90.0, 3.0);
    let mut sample = found(&Run::new(130, &[a.clone(), b.clone()]).made(1));
    assert!(sample.peaks.iter().all(|p| p.in_blank.is_none()));
    let mut less = b.clone();
    less.at = 92.0;
    less.ions.iter_mut().for_each(|i| i.1 /= 4.0);
    let blank = found(&Run::new(130, std::slice::from_ref(&less)).made(1));
    mark_blank(&mut sample, &blank);
    let marked: Vec<Option<bool>> = sample.peaks.iter().map(|p| p.in_blank).collect();
    assert_eq!(marked, [Some(false), Some(true)]);
    // Six times the blank's is more than a blank explains.
    less.ions.iter_mut().for_each(|i| i.1 *= 4.0 / 6.0);
    mark_blank(&mut sample, &found(&Run::new(130, &[less]).made(1)));
    assert_eq!(sample.peaks[1].in_blank, Some(false));
    // Another substance at the same time says nothing.
    let mut other = a;
    other.at = 90.0;
    mark_blank(&mut sample, &found(&Run::new(130, &[other]).made(1)));
    assert_eq!(sample.peaks[1].in_blank, Some(false));
}

#[test]
fn the_spectrum_is_traced_to_its_scan() {
    let truth = pair(50.0, 0.0, 3.0).0;
    let scans = Run::new(100, std::slice::from_ref(&truth)).made(1);
    let peak = found(&scans).peaks.remove(0);
    let spectrum = peak.spectrum("peak 1".into(), &scans[0]);
    assert_eq!(
        (spectrum.provenance.index, spectrum.title.as_str()),
        (50, "peak 1")
    );
    let base = spectrum
        .points()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap();
    assert_eq!((base.0, spectrum.len()), (44.0, 6));
}

#[test]
fn small_peaks_go_as_asked() {
    let (a, mut b) = pair(40.0, 90.0, 3.0);
    b.ions.iter_mut().for_each(|i| i.1 /= 50.0);
    let scans = Run::new(130, &[a, b]).made(1);
    let scans: Vec<&Spectrum> = scans.iter().collect();
    let count = |min_area_percent, min_signal_to_noise| {
        let settings = Settings {
            min_area_percent,
            min_signal_to_noise,
        };
        Chromatogram::of(&scans, &settings).unwrap().peaks.len()
    };
    // The second has 2.4e5 / 50 of 1.62e5 + 4.8e3: 2.9 %.
    assert_eq!(
        [count(0.0, 10.0), count(2.5, 10.0), count(3.5, 10.0)],
        [2, 2, 1]
    );
    assert_eq!(count(0.0, 1e8), 0);
}

//! Scans that no instrument makes.

use super::made::{Noise, spectrum};
use super::*;
use proptest::prelude::*;

fn of(scans: &[Spectrum]) -> Result<Chromatogram, ChromatogramError> {
    let scans: Vec<&Spectrum> = scans.iter().collect();
    Chromatogram::of(&scans, &Settings::default())
}

#[test]
fn what_is_no_run_is_told() {
    let scan = |i: usize| spectrum(i, vec![58.0], vec![100.0]);
    let few: Vec<Spectrum> = (0..9).map(scan).collect();
    assert_eq!(of(&few), Err(ChromatogramError::TooFew(9)));
    let empty: Vec<Spectrum> = (0..20).map(|i| spectrum(i, vec![], vec![])).collect();
    assert_eq!(of(&empty), Err(ChromatogramError::NoIons));
    let mut still: Vec<Spectrum> = (0..20).map(scan).collect();
    still.iter_mut().for_each(|s| s.retention = Some(5.0));
    assert_eq!(of(&still), Err(ChromatogramError::Time));
    let mut back: Vec<Spectrum> = (0..20).map(scan).collect();
    back.reverse();
    assert_eq!(of(&back), Err(ChromatogramError::Time));
    back[3].retention = None;
    assert_eq!(of(&back), Err(ChromatogramError::Time));
    let flat: Vec<Spectrum> = (0..20).map(scan).collect();
    assert_eq!(of(&flat).unwrap().peaks, []);
}

#[test]
fn values_out_of_all_range_are_left_out_or_borne() {
    let odd = [f64::NAN, f64::INFINITY, -5.0, 0.0, 1e300, 1e-300, f64::MAX];
    let mz = [f64::NAN, -1.0, 0.2, 1e18, 58.0, 91.0, 2_000.9];
    let scan = |i: usize| {
        let x = (0..7).map(|k| mz[(k + i) % 7]).collect();
        let y = (0..7).map(|k| odd[(k * 3 + i) % 7]).collect();
        spectrum(i, x, y)
    };
    let scans: Vec<Spectrum> = (0..60).map(scan).collect();
    // Whatever it finds, it ends; sums beyond the range of numbers are no peaks.
    let result = of(&scans).unwrap();
    assert!(
        result.peaks.iter().all(|p| p.area.is_finite()),
        "{result:?}"
    );
}

#[test]
fn sizes_of_all_kinds_end_soon() {
    // Two thousand ions in every scan, and a long run of one.
    let all: Vec<f64> = (1..=2000).map(f64::from).collect();
    let mut noise = Noise::new(5);
    let scan = |i: usize, noise: &mut Noise| {
        let y = all.iter().map(|_| 1e3 * noise.even()).collect();
        spectrum(i, all.clone(), y)
    };
    let wide: Vec<Spectrum> = (0..60).map(|i| scan(i, &mut noise)).collect();
    assert!(of(&wide).is_ok());
    let long = (0..50_000).map(|i| spectrum(i, vec![58.0], vec![1.0 + (i % 7) as f64]));
    assert!(of(&long.collect::<Vec<_>>()).is_ok());
}

/// Whatever the ions are, what is called a peak is one.
fn sound_peaks(seed: u64, scans: usize, ions: usize, kind: u8) -> Result<(), TestCaseError> {
    let mut noise = Noise::new(seed);
    let mz: Vec<f64> = (0..ions).map(|_| 1.0 + 500.0 * noise.even()).collect();
    let tops: Vec<f64> = (0..4).map(|_| scans as f64 * noise.even()).collect();
    let made: Vec<Spectrum> = (0..scans)
        .map(|i| {
            let value = |k: usize, noise: &mut Noise| {
                let top = tops[k % tops.len()];
                let peak = 1e5 * (-0.5 * ((i as f64 - top) / 2.5).powi(2)).exp();
                match kind {
                    0 => 1e6 * noise.even(),
                    1 => peak,
                    2 => peak + 100.0 * noise.even(),
                    _ => {
                        if noise.even() < 0.1 {
                            1e9 * noise.even()
                        } else {
                            0.0
                        }
                    }
                }
            };
            let y = (0..ions).map(|k| value(k, &mut noise)).collect();
            spectrum(i, mz.clone(), y)
        })
        .collect();
    if let Ok(result) = of(&made) {
        let shares: f64 = result.peaks.iter().map(|p| p.area_percent).sum();
        prop_assert!(shares <= 100.0 + 1e-6);
        for pair in result.peaks.windows(2) {
            prop_assert!(pair[0].retention_s <= pair[1].retention_s);
        }
        for peak in &result.peaks {
            prop_assert!(peak.scan < scans && (0.0..=1.0).contains(&peak.purity));
            prop_assert!(peak.start_s <= peak.retention_s && peak.retention_s <= peak.end_s);
            prop_assert!(peak.area.is_finite() && peak.area > 0.0 && peak.width_s >= 0.0);
            prop_assert!(peak.ions.iter().all(|i| i.abundance > 0.0));
            prop_assert!(peak.ions.windows(2).all(|w| w[0].mz < w[1].mz));
            prop_assert!(peak.signal_to_noise >= 10.0);
        }
    }
    Ok(())
}

/// A peak of one scan beside its apex.
#[test]
fn an_apex_beside_the_only_scan_lies_within_the_peak() {
    sound_peaks(11_199_757_867_459_898_556, 37, 26, 3).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_run_gives_sound_peaks(
        seed in 1_u64..u64::MAX,
        scans in 10_usize..160,
        ions in 1_usize..30,
        kind in 0_u8..4,
    ) {
        sound_peaks(seed, scans, ions, kind)?;
    }
}

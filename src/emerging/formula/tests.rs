//! Hints from whole spectra.

use super::*;
use crate::spectrum::{Axis, Precursor, Shape};

fn spectrum(technique: Technique, peaks: &[(f64, f64)]) -> Spectrum {
    let axis = Axis::Explicit(peaks.iter().map(|(mz, _)| *mz).collect());
    let ordinate = peaks.iter().map(|(_, y)| *y).collect();
    Spectrum::new(technique, Shape::Sticks, axis, ordinate)
}

fn selected(mz: f64, adduct: Option<&str>, peaks: &[(f64, f64)]) -> Spectrum {
    let mut spectrum = spectrum(Technique::MsMs, peaks);
    spectrum.precursor = Some(Precursor {
        mz: Some(mz),
        adduct: adduct.map(Into::into),
        ..Precursor::default()
    });
    spectrum
}

/// Cocaine's [M+H]+ and the ions that it is known for, m/z by pyteomics 5.0.1 for C10H16NO2+, C9H12NO+,
/// C7H5O+ and C5H8N+.
const COCAINE: [(f64, f64); 5] = [
    (304.1543, 40.0),
    (182.1176, 100.0),
    (150.0913, 12.0),
    (105.0335, 9.0),
    (82.0651, 20.0),
];

#[test]
fn cocaine_by_its_accurate_mass() {
    let hints = hints(&selected(304.1543, Some("[M+H]+"), &COCAINE));
    assert_eq!(hints.basis, Basis::AccuratePrecursor);
    let first = &hints.candidates[0];
    assert_eq!(first.formula, "C17H21NO4");
    assert!((first.calculated_mz - 304.1543).abs() < 1e-4);
    assert_eq!(first.rings_and_double_bonds, 8.0);
    assert!((first.explained.unwrap() - 1.0).abs() < 1e-9);
    assert!(first.error_ppm.unwrap().abs() < 1.0 && first.isotope_similarity.is_none());
    let text = first.to_string();
    assert!(text.starts_with("C17H21NO4 as [M+H]+ at m/z 304.1543, +") || text.contains(", -0."));
    assert!(text.ends_with("ppm, 8 rings and double bonds, explains 100 % of the fragments"));
    let nitrogen = hints.nitrogen.unwrap();
    assert!(nitrogen.odd && nitrogen.nominal_mass == 303);
    assert!(hints.fitting >= hints.candidates.len() && !hints.more);
    let order = hints.candidates.windows(2);
    assert!(
        order
            .clone()
            .all(|w| w[0].score >= w[1].score && w[0].rank < w[1].rank)
    );
}

#[test]
fn an_ion_type_that_is_not_stated() {
    let hints = hints(&selected(304.1543, None, &COCAINE));
    assert_eq!(hints.candidates[0].formula, "C17H21NO4");
    assert!(hints.notes[0].contains("[M+H]+, [M+Na]+"));
}

#[test]
fn two_decimals_are_no_accurate_mass() {
    let hints = hints(&selected(
        304.15,
        Some("[M+H]+"),
        &[(182.1, 100.0), (82.0, 20.0)],
    ));
    assert_eq!(hints.basis, Basis::NominalPrecursor);
    assert!(hints.candidates.is_empty() && hints.nitrogen.unwrap().odd);
    assert!(hints.notes[0].contains("not an accurate mass"));
}

#[test]
fn the_precursors_own_peak_is_more_exact() {
    let hints = hints(&selected(304.2, Some("[M+H]+"), &COCAINE));
    assert_eq!(
        (hints.basis, hints.mz),
        (Basis::AccuratePrecursor, Some(304.1543))
    );
    assert!(hints.notes[0].contains("stated as m/z 304.2"));
}

/// Diazepam as its formula's pattern by molmass 2026.1.8 gives it, with M - 28 and M - H.
#[test]
fn diazepam_at_unit_mass() {
    let peaks = [
        (77.0, 20.0),
        (256.0, 90.0),
        (283.0, 70.0),
        (284.0, 112.8),
        (285.0, 43.2),
        (286.0, 37.9),
        (287.0, 7.3),
    ];
    let hints = hints(&spectrum(Technique::EiMs, &peaks));
    assert_eq!(
        (hints.basis, hints.mz),
        (Basis::NominalMolecularIon, Some(284.0))
    );
    let isotopes = hints.isotopes.unwrap();
    assert_eq!((isotopes.chlorine, isotopes.bromine), (1, 0));
    assert!(!hints.nitrogen.unwrap().odd);
    assert!(hints.masses[0].nominal_mass == 284 && hints.masses[0].frequency < 0.9);
    assert!(hints.notes[0].starts_with("All this holds if m/z 284"));
    let carbons = hints.carbons;
    assert!(carbons.is_none_or(|c| (c.low..=c.high).contains(&16)));
}

#[test]
fn an_impossible_loss_stops_it() {
    let peaks = [
        (44.0, 100.0),
        (91.0, 30.0),
        (120.0, 40.0),
        (131.0, 50.0),
        (132.0, 5.0),
    ];
    let hints = hints(&spectrum(Technique::EiMs, &peaks));
    assert!(hints.candidates.is_empty() && hints.masses.len() == 1);
    assert!(
        hints
            .notes
            .iter()
            .any(|note| note.contains("loss of 11 from m/z 131"))
    );
}

#[test]
fn an_accurate_molecular_ion() {
    // Caffeine, C8H10N4O2: 194.0798 less an electron; fragment C5H7N3+ 109.0634 (pyteomics 5.0.1).
    let peaks = [
        (109.0634, 60.0),
        (194.0799, 100.0),
        (195.0828, 9.9),
        (196.086, 0.9),
    ];
    let hints = hints(&spectrum(Technique::EiMs, &peaks));
    assert_eq!(hints.basis, Basis::AccurateMolecularIon);
    let caffeine = hints
        .candidates
        .iter()
        .find(|hint| hint.formula == "C8H10N4O2")
        .unwrap();
    assert!(caffeine.rank <= 5 && caffeine.isotope_similarity.unwrap() > 0.98);
}

#[test]
fn what_says_nothing() {
    assert_eq!(
        hints(&spectrum(Technique::Raman, &[(1000.0, 1.0)])).basis,
        Basis::Nothing
    );
    assert_eq!(hints(&spectrum(Technique::EiMs, &[])).basis, Basis::Nothing);
    assert_eq!(
        hints(&spectrum(Technique::MsMs, &[(82.0, 1.0)])).basis,
        Basis::Nothing
    );
}

#[test]
fn hostile_numbers() {
    let odd = [
        (f64::NAN, 1.0),
        (f64::INFINITY, 1.0),
        (-5.0, 1.0),
        (1e300, 1.0),
        (0.0, f64::NAN),
        (12.3456, f64::INFINITY),
        (1.0, 1e-300),
        (999.123456, 1e300),
    ];
    for mz in [
        f64::NAN,
        f64::INFINITY,
        -1.0,
        0.0,
        1e300,
        999.123_456,
        1.000_1,
        13.3,
    ] {
        for adduct in [None, Some("[9M+9Na]9+"), Some("[M-9H]9-"), Some("nonsense")] {
            let found = hints(&selected(mz, adduct, &odd));
            assert!(found.candidates.len() <= 20);
        }
    }
    hints(&spectrum(Technique::EiMs, &odd));
    let comb: Vec<(f64, f64)> = (1..3000).map(|mz| (f64::from(mz), 1.0)).collect();
    hints(&spectrum(Technique::EiMs, &comb));
    for mz in 1..16 {
        hints(&spectrum(
            Technique::EiMs,
            &[(f64::from(mz), 1.0), (f64::from(mz + 1), 0.5)],
        ));
    }
}

#[test]
fn ions_that_were_cut_off_say_nothing_of_chlorine() {
    // 149 has no M + 1, which one carbon atom would give; 136 would be a loss of 13.
    let weak = [
        (43.0, 30.0),
        (58.0, 999.0),
        (135.0, 60.0),
        (136.0, 8.0),
        (149.0, 7.0),
    ];
    let hints = hints(&spectrum(Technique::EiMs, &weak));
    let isotopes = hints.isotopes.as_ref().unwrap();
    assert_eq!((hints.mz, isotopes.first), (Some(149.0), 0.0));
    assert!(
        isotopes.statement.contains("cut off") && !isotopes.statement.contains("no chlorine"),
        "{}",
        isotopes.statement
    );
    assert!(
        hints
            .doubt()
            .unwrap()
            .contains("m/z 149 is probably no molecular ion")
    );
    // With M + 1 it is told.
    let whole = [(77.0, 300.0), (105.0, 999.0), (134.0, 240.0), (135.0, 20.0)];
    let hints = super::hints(&spectrum(Technique::EiMs, &whole));
    assert!(
        hints
            .isotopes
            .unwrap()
            .statement
            .contains("no chlorine and no bromine")
    );
    assert_eq!(
        hints
            .notes
            .iter()
            .filter(|n| n.contains("probably"))
            .count(),
        0
    );
}

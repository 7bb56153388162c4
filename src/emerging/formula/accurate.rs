//! Hints from the accurate mass of a precursor.

use super::fragments::How;
use super::hint::{Basis, FormulaHints};
use super::ion::Ion;
use super::nitrogen;
use super::precision::{ACCURATE, decimals, most_decimals, rounding};
use super::rank::{Question, Ranked};
use crate::spectrum::{Precursor, Spectrum};

/// Half-width of the search for a precursor, ppm, and at least, in u.
const WINDOW_PPM: f64 = 10.0;
const WINDOW: f64 = 0.001;
/// Standard deviation of an accurate m/z, ppm, where nothing else is known.
const DEVIATION_PPM: f64 = 4.0;
/// Above this m/z, and this mass of the molecule, too many formulas fit.
const HEAVIEST: f64 = 1000.0;

pub(super) fn hints(spectrum: &Spectrum) -> FormulaHints {
    let stated = spectrum.precursor.clone().unwrap_or_default();
    let peaks: Vec<(f64, f64)> = spectrum
        .points()
        .filter(|(mz, y)| mz.is_finite() && y.is_finite() && *mz > 0.0 && *y > 0.0)
        .collect();
    let Some(written) = stated.mz.filter(|mz| mz.is_finite() && *mz > 1.0) else {
        return FormulaHints {
            notes: vec!["No m/z of a precursor is stated: nothing is told of the formula.".into()],
            ..FormulaHints::default()
        };
    };
    let mut notes = Vec::new();
    let fragments = most_decimals(peaks.iter().map(|(mz, _)| *mz));
    let (mz, places) = better(written, fragments, &peaks, &mut notes);
    let ions = ions(&stated, &mut notes);
    let mut hints = FormulaHints {
        mz: Some(mz),
        nitrogen: nitrogen::of_precursor(mz, &ions),
        notes,
        ..FormulaHints::default()
    };
    if places < ACCURATE {
        hints.basis = Basis::NominalPrecursor;
        hints.notes.push(format!(
            "The precursor's m/z {mz} is not an accurate mass: no formulas are told, only the nitrogen rule."
        ));
        return hints;
    }
    hints.basis = Basis::AccuratePrecursor;
    let molecule = |ion: &Ion| ion.adduct.neutral_mass(mz);
    if mz > HEAVIEST || ions.iter().map(molecule).any(|mass| mass > HEAVIEST) {
        hints.notes.push(format!(
            "Above a mass of {HEAVIEST:.0} too many formulas fit an accurate mass; none are told."
        ));
        return hints;
    }
    let tolerance = (mz * WINDOW_PPM * 1e-6).max(WINDOW) + rounding(places);
    let how = (fragments >= ACCURATE).then_some(How {
        positive: ions.first().is_none_or(|ion| ion.adduct.positive),
        decimals: fragments,
        radicals: false,
    });
    if how.is_none() {
        hints.notes.push(
            "The fragments' m/z are not accurate: formulas are ranked by the precursor alone."
                .into(),
        );
    }
    let pattern = isotopes(mz, &ions, &peaks);
    if pattern.is_some() {
        hints.notes.push(
            "Isotopes of the precursor are in the spectrum. How much of them its selection let through is not known: the likeness of the pattern is told, and not ranked by."
                .into(),
        );
    }
    let ranked = Question {
        mz,
        tolerance,
        deviation: (mz * DEVIATION_PPM * 1e-6).hypot(rounding(places)),
        ions: &ions,
        peaks: &peaks,
        how,
        pattern,
        halogens: None,
    }
    .rank();
    tell(&mut hints, ranked, tolerance / mz * 1e6);
    if hints.candidates.len() > 1 {
        hints.notes.push(
            "Of a hundred such lists the first formula was the true one in 76, one of the first five in 90."
                .into(),
        );
    }
    hints
}

/// Takes over the formulas, and says how many there are.
pub(super) fn tell(hints: &mut FormulaHints, ranked: Ranked, ppm: f64) {
    hints.fitting = ranked.fitting;
    hints.more = ranked.more;
    let more = if ranked.more { "at least " } else { "" };
    hints.notes.push(match ranked.fitting {
        0 => format!("No formula of C, H, N, O, S, P, F, Cl, Br, I fits within {ppm:.0} ppm: another element, another ion type, or a labelled substance."),
        1 => format!("One formula fits within {ppm:.0} ppm."),
        n => format!("{}{n} formulas fit within {ppm:.0} ppm; the first {} are told.", more, ranked.hints.len()),
    });
    hints.candidates = ranked.hints;
}

/// The precursor's m/z with its decimals; that of its peak in the spectrum where it is more exact.
fn better(
    written: f64,
    fragments: usize,
    peaks: &[(f64, f64)],
    notes: &mut Vec<String>,
) -> (f64, usize) {
    let places = decimals(written);
    if places >= ACCURATE || fragments < ACCURATE {
        return (written, places);
    }
    // Within the width of a unit-mass selection, the strongest.
    let near = peaks.iter().filter(|(mz, _)| (mz - written).abs() < 0.3);
    match near.max_by(|a, b| a.1.total_cmp(&b.1)) {
        Some((mz, _)) => {
            notes.push(format!(
                "The precursor is stated as m/z {written}; the peak at m/z {mz} is taken for it, which is more exact."
            ));
            (*mz, fragments)
        }
        // Trailing zeros are lost: 305.100 reads as 305.1.
        None => (written, places),
    }
}

/// M, M + 1 and M + 2 of a precursor, where the spectrum has all of them.
fn isotopes(mz: f64, ions: &[Ion], peaks: &[(f64, f64)]) -> Option<Vec<f64>> {
    ions.iter()
        .all(|ion| ion.adduct.charges == 1.0)
        .then_some(())?;
    let near = |above: f64| {
        let inside = peaks.iter().filter(|(x, _)| (x - mz - above).abs() < 0.02);
        inside.map(|(_, y)| *y).max_by(f64::total_cmp)
    };
    [0.0, 1.0034, 2.0].map(near).into_iter().collect()
}

fn ions(stated: &Precursor, notes: &mut Vec<String>) -> Vec<Ion> {
    let label = stated.adduct.as_deref().unwrap_or_default();
    if let Some(ion) = Ion::stated(label) {
        return vec![ion];
    }
    let positive = stated.positive.unwrap_or(true);
    let ions = Ion::usual(positive);
    let labels: Vec<&str> = ions.iter().map(|ion| ion.label.as_str()).collect();
    notes.push(format!(
        "The ion type is not stated; {} are tried, the first is by far the most usual.",
        labels.join(", ")
    ));
    ions
}

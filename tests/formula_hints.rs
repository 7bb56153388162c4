//! Hints on formulas against the formulas that records state: the error rates of their guide hold.
//! Skips, saying so, where the shared data are absent.

mod common;

use common::shared_data;
use specid::emerging::formula::{Basis, hints};
use specid::read::{Input, Limits, read_input};
use specid::spectrum::{Spectrum, nominal_mass};
use std::collections::BTreeMap;
use std::path::Path;

const ELEMENTS: [&str; 10] = ["C", "H", "N", "O", "S", "P", "F", "Cl", "Br", "I"];

fn spectra(path: &Path) -> Vec<Spectrum> {
    let bytes = std::fs::read(path).unwrap();
    let input = Input::new("spectra.msp", bytes);
    let reading = read_input(&input, &Limits::default()).unwrap().1;
    reading.spectra.into_iter().map(Result::unwrap).collect()
}

/// Elements and counts; `None` for salts, labelled substances and other elements.
fn atoms(formula: &str) -> Option<BTreeMap<&'static str, u32>> {
    let inside = formula.trim_start_matches('[');
    let mut rest = inside.split([']', '+']).next()?;
    let mut found = BTreeMap::new();
    while !rest.is_empty() {
        let letters = 1 + rest[1..].bytes().take_while(u8::is_ascii_lowercase).count();
        let (symbol, after) = rest.split_at(letters);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let count = if digits == 0 {
            1
        } else {
            after[..digits].parse().ok()?
        };
        *found
            .entry(*ELEMENTS.iter().find(|e| **e == symbol)?)
            .or_default() += count;
        rest = &after[digits..];
    }
    Some(found)
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn formulas_of_accurate_precursors() {
    let Some(data) = shared_data() else { return };
    let (mut looked_at, mut first, mut five) = (0, 0, 0);
    for (i, mut spectrum) in spectra(&data.join("msms/queries.msp"))
        .into_iter()
        .enumerate()
    {
        let stated = spectrum.identity.formula.clone().unwrap_or_default();
        let Some(truth) = atoms(&stated) else {
            continue;
        };
        // Many precursors are calculated: an error of 3 ppm, up and down in turn.
        if let Some(mz) = spectrum.precursor.as_mut().and_then(|p| p.mz.as_mut()) {
            let written = (*mz * 1e3).fract().abs() > 1e-6;
            let error = if i % 2 == 0 { 3e-6 } else { -3e-6 };
            if written {
                *mz = (*mz * (1.0 + error) * 1e5).round() / 1e5;
            }
        }
        let found = hints(&spectrum);
        if found.basis != Basis::AccuratePrecursor {
            continue;
        }
        looked_at += 1;
        let right = |hint: &specid::emerging::formula::FormulaHint| {
            atoms(&hint.formula).as_ref() == Some(&truth)
        };
        let place = found.candidates.iter().position(right);
        first += usize::from(place == Some(0));
        five += usize::from(place.is_some_and(|place| place < 5));
    }
    assert!(looked_at > 350, "{looked_at}");
    assert!(share(first, looked_at) > 0.70, "{first} of {looked_at}");
    assert!(share(five, looked_at) > 0.86, "{five} of {looked_at}");
}

#[test]
fn molecular_ions_at_unit_mass() {
    let Some(data) = shared_data() else { return };
    for (file, least) in [
        ("ei-ms/swgdrug-3.9.msp", [0.60, 0.72, 0.98, 0.94]),
        (
            "ei-ms/background-not-in-swgdrug.msp",
            [0.50, 0.66, 0.97, 0.86],
        ),
    ] {
        let mut of = [(0, 0); 4];
        let mut count = |what: usize, right: bool| {
            of[what].0 += usize::from(right);
            of[what].1 += 1;
        };
        for spectrum in spectra(&data.join(file)).iter().step_by(3) {
            let stated = spectrum.identity.formula.clone().unwrap_or_default();
            let (Some(truth), Some(mass)) = (atoms(&stated), nominal_mass(&stated)) else {
                continue;
            };
            let atoms = |symbol| truth.get(symbol).copied().unwrap_or(0);
            let found = hints(spectrum);
            let Some(nitrogen) = found.nitrogen else {
                continue;
            };
            let molecular = nitrogen.nominal_mass as usize == mass;
            count(0, molecular);
            count(1, nitrogen.odd == (atoms("N") % 2 == 1));
            if !molecular {
                continue;
            }
            if let Some(seen) = found.isotopes {
                let halogens = (u32::from(seen.chlorine), u32::from(seen.bromine));
                count(2, halogens == (atoms("Cl"), atoms("Br")));
            }
            if let Some(carbons) = found.carbons {
                count(
                    3,
                    (u32::from(carbons.low)..=u32::from(carbons.high)).contains(&atoms("C")),
                );
            }
        }
        for ((right, all), least) in of.into_iter().zip(least) {
            assert!(
                all > 200 && share(right, all) > least,
                "{file}: {right} of {all} for {least}"
            );
        }
    }
}

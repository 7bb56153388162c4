//! The ions of a mass spectrum against the formula, and the precursor against formula and adduct.

use super::atoms::Atoms;
use super::ions::Ions;
use super::record::Record;
use super::{Check, Finding, Severity};
use crate::library::ReferenceKind;
use crate::spectrum::{Adduct, Spectrum, Technique, monoisotopic_mass};

/// Ions of bleeding columns and septa (polysiloxanes), which say nothing of the substance.
const BLEED: [u32; 25] = [
    207, 208, 209, 221, 253, 281, 282, 283, 327, 341, 342, 343, 355, 356, 357, 401, 405, 415, 429,
    430, 431, 475, 489, 503, 549,
];
/// Abundances in per cent of the base peak: what noise seldom reaches, what it never does, what is
/// certainly the substance's.
const SEEN: f64 = 1.0;
const CLEAR: f64 = 2.0;
const STRONG: f64 = 10.0;
/// What a group adds to a molecule: name, mass, an ion that shows it, whether it may come off first.
const GROUPS: [(&str, u32, u32); 9] = [
    ("a trimethylsilyl group", 72, 73),
    ("two trimethylsilyl groups", 144, 73),
    ("three trimethylsilyl groups", 216, 73),
    ("a tert-butyldimethylsilyl group", 114, 73),
    ("a trifluoroacetyl group", 96, 69),
    ("two trifluoroacetyl groups", 192, 69),
    ("a pentafluoropropionyl group", 146, 119),
    ("a heptafluorobutyryl group", 196, 169),
    ("an acetyl group", 42, 43),
];

pub(super) fn check(record: &Record, spectrum: &Spectrum) -> Vec<Finding> {
    match spectrum.technique {
        Technique::EiMs => electron_ionisation(record, spectrum),
        Technique::MsMs => precursor(record, spectrum),
        _ => Vec::new(),
    }
}

fn electron_ionisation(record: &Record, spectrum: &Spectrum) -> Vec<Finding> {
    let formula = record.entry.identity.formula.as_deref().unwrap_or_default();
    let atoms = Atoms::of_molecule(formula).filter(Atoms::is_plain);
    let (Some(atoms), Some(ions)) = (atoms, Ions::of(spectrum)) else {
        return Vec::new();
    };
    let molecule = Molecule {
        record,
        formula,
        mass: atoms.nominal_mass(),
        atoms,
        ions,
    };
    let mut found: Vec<Finding> = molecule
        .labelled()
        .or_else(|| molecule.above())
        .into_iter()
        .collect();
    // A list of principal ions leaves out what these judge by.
    if found.is_empty() && record.entry.kind == ReferenceKind::FullSpectrum {
        let beside = || molecule.beside().or_else(|| molecule.isotopes());
        found.extend(molecule.impossible_loss().or_else(beside));
    }
    found
}

struct Molecule<'a> {
    record: &'a Record,
    formula: &'a str,
    atoms: Atoms,
    mass: u32,
    ions: Ions,
}

impl Molecule<'_> {
    fn finding(&self, check: Check, severity: Severity, message: String) -> Option<Finding> {
        Some(self.record.finding(check, severity, message))
    }

    /// The heaviest ion of some abundance that is no isotope of a lighter one.
    fn heaviest(&self, least: f64) -> Option<(u32, f64)> {
        let seen: Vec<(u32, f64)> = self.ions.above(least).collect();
        let (last, _) = *seen.last()?;
        let cluster = seen.into_iter().filter(|(mz, _)| last - mz <= 4);
        cluster.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The molecular ion of a labelled analogue: nothing at M, and a cluster 2 to 12 above it.
    fn labelled(&self) -> Option<Finding> {
        if self.atoms.count("D") > 0 {
            return None;
        }
        if let Some(finding) = self.faintly_labelled() {
            return Some(finding);
        }
        let (mz, abundance) = self.heaviest(SEEN)?;
        let heavier = mz.checked_sub(self.mass).filter(|d| (3..=12).contains(d))?;
        let own: f64 = (self.mass..self.mass + 2)
            .map(|m| self.ions.at(m))
            .fold(0.0, f64::max);
        let isotope = self.atoms.isotope_reach() >= heavier
            && self.atoms.count("Cl") + self.atoms.count("Br") > 0;
        if abundance < CLEAR || own > 0.15 * abundance || isotope {
            return None;
        }
        self.finding(
            Check::Derivative,
            if abundance >= STRONG { Severity::Error } else { Severity::Warning },
            format!("The heaviest ions lie at m/z {mz}, {heavier} above the molecular ion of {} (m/z {}), which is missing: an isotope-labelled analogue is perhaps entered under the name of the unlabelled substance. Compare with the source of the spectrum.", self.formula, self.mass),
        )
    }

    /// The same where the molecular ion is faint: some ions 3 to 12 above M, more than what is at M.
    fn faintly_labelled(&self) -> Option<Finding> {
        let isotopes = ["Cl", "Br", "Si", "S"]
            .iter()
            .any(|s| self.atoms.count(s) > 0);
        let above = (3..=12)
            .map(|d| self.mass + d)
            .filter(|mz| !BLEED.contains(mz));
        let seen: Vec<(u32, f64)> = above
            .map(|mz| (mz, self.ions.at(mz)))
            .filter(|(_, y)| *y >= 0.2)
            .collect();
        let sum: f64 = seen.iter().map(|(_, y)| y).sum();
        let heavier = self.ions.above(SEEN).any(|(mz, _)| mz > self.mass + 12);
        if isotopes
            || heavier
            || seen.len() < 2
            || sum < 0.5
            || sum < 2.0 * self.ions.at(self.mass)
            || sum >= 2.0 * CLEAR
        {
            return None;
        }
        let (mz, _) = seen.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        self.finding(
            Check::Derivative,
            Severity::Warning,
            format!("Faint ions lie up to 12 above the molecular ion of {} (m/z {}), the strongest at m/z {mz}, and little at it: an isotope-labelled analogue is perhaps entered under the name of the unlabelled substance. Compare with the source of the spectrum.", self.formula, self.mass),
        )
    }

    /// The heaviest ions one beside the molecular ion: a shifted axis, or a hydrogen miscounted.
    fn beside(&self) -> Option<Finding> {
        // The defects of large and of silylated molecules may be rounded to the next mass.
        if self.atoms.count("Si") > 0 || self.mass > 450 {
            return None;
        }
        let at = |shift: i64| self.ions.at((i64::from(self.mass) + shift).max(0) as u32);
        let (own, next, before) = (at(0), at(1), at(-1));
        let carbon = 0.0108 * f64::from(self.atoms.count("C") + self.atoms.count("S"));
        let beyond = self
            .ions
            .above(SEEN)
            .any(|(mz, _)| mz > self.mass + 1 + self.atoms.isotope_reach());
        let (place, strength, sure) =
            if next >= CLEAR && own < 0.3 * next && before < 0.3 * next && !beyond {
                ("one above", next, 10.0)
            } else if before >= CLEAR && own < 1.6 * carbon * before + 0.2 && at(-2) < 0.5 * before
            {
                ("one below", before, 5.0)
            } else {
                return None;
            };
        let severity = if strength >= sure {
            Severity::Warning
        } else {
            Severity::Note
        };
        self.finding(Check::Axis, severity, format!("The heaviest ions lie {place} the molecular ion of {} (m/z {}), {strength:.0} % of the base peak, and little at it: m/z are perhaps shifted, or a hydrogen was miscounted in the formula; some molecules take or lose one. Compare with the source of the spectrum.", self.formula, self.mass))
    }

    /// Ions heavier than molecular ion and isotopes.
    fn above(&self) -> Option<Finding> {
        let limit = self.mass + self.atoms.isotope_reach();
        let all: Vec<(u32, f64)> = self
            .ions
            .above(SEEN)
            .filter(|(mz, _)| *mz > limit)
            .collect();
        let own: Vec<(u32, f64)> = all
            .iter()
            .copied()
            .filter(|(mz, y)| !BLEED.contains(mz) || *y >= 20.0)
            .collect();
        let (strongest, most) = own.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
        // A saturated or overloaded molecular ion lifts its third isotope and takes a proton.
        let near = strongest <= limit + 2 && self.ions.at(self.mass) >= 5.0 * most;
        let clear = own.iter().filter(|(_, y)| *y >= CLEAR).count();
        let group = self.group(&own).filter(|_| !near);
        if most < CLEAR && own.len() < 3 && group.is_none() {
            return None;
        }
        let severity = match (most, clear) {
            _ if group.is_some() && most < CLEAR => Severity::Warning,
            _ if near || most < CLEAR => Severity::Note,
            (y, n) if y >= STRONG || n >= 3 => Severity::Error,
            _ => Severity::Warning,
        };
        let heaviest = own
            .iter()
            .filter(|(_, y)| *y >= SEEN.min(most))
            .map(|(mz, _)| *mz)
            .max()?;
        if severity > Severity::Note
            && let Some(group) = group
        {
            return self.finding(Check::Derivative, severity, format!("Ions up to m/z {heaviest} lie above the molecular ion of {} (m/z {}), at the distance of {group}: a derivative is perhaps entered under its parent's name. Give the derivative's name, formula and InChIKey.", self.formula, self.mass));
        }
        self.finding(Check::MolecularIon, severity, format!("Ions up to m/z {heaviest} ({most:.0} % of the base peak at m/z {strongest}) lie above the molecular ion of {} (m/z {}) and its isotopes. The spectrum is another substance's or a mixture's, or the formula is wrong.", self.formula, self.mass))
    }

    /// The group whose mass the heaviest ions lie above M, themselves or without a methyl.
    fn group(&self, above: &[(u32, f64)]) -> Option<&'static str> {
        let found = GROUPS.iter().find(|(_, mass, shows)| {
            let whole = self.mass + mass;
            let at = |mz: u32| above.iter().any(|(m, _)| *m == mz);
            let silyl = *shows == 73;
            let lost = silyl && (at(whole - 15) || at(whole - 57));
            let higher = above.iter().any(|(m, y)| *m > whole + 4 && *y >= CLEAR);
            (at(whole) || lost) && !higher && self.ions.at(*shows) >= SEEN
        });
        found.map(|(name, ..)| *name)
    }

    /// No molecular ion, and the heaviest ion at a distance that no molecule loses: 4 to 12, 21 to 25.
    fn impossible_loss(&self) -> Option<Finding> {
        if (self.mass.saturating_sub(3)..self.mass + 2).any(|m| self.ions.at(m) >= 0.5) {
            return None;
        }
        let under = self.ions.above(SEEN).filter(|(mz, _)| *mz <= self.mass + 2);
        let (last, _) = under.last()?;
        let lost = self.mass.checked_sub(last)?;
        let (mz, most) = self.heaviest(SEEN)?;
        let plain = !matches!(mz, 207 | 281) && (4..=12).contains(&lost);
        let more = (21..=25).contains(&lost);
        let sure = (most >= CLEAR && plain) || (most >= STRONG && more);
        if !plain && !more {
            return None;
        }
        let severity = if sure {
            Severity::Warning
        } else {
            Severity::Note
        };
        self.finding(Check::MolecularIon, severity, format!("There is no molecular ion of {} at m/z {}, and the heaviest ion at m/z {last} would be a loss of {lost}, which no molecule loses. The formula or the spectrum is another substance's.", self.formula, self.mass))
    }

    /// Chlorine and bromine in the molecular ion.
    fn isotopes(&self) -> Option<Finding> {
        let own = self.ions.at(self.mass);
        if own < 20.0
            || self.ions.at(self.mass - 1) > own
            || self.ions.at(self.mass - 2) > 0.5 * own
        {
            return None;
        }
        let expected = self.atoms.second_isotope();
        let seen = self.ions.at(self.mass + 2) / own;
        let halogen = self.atoms.count("Cl") + self.atoms.count("Br") > 0;
        let message = match halogen {
            false if seen > expected + 0.25 => format!(
                "The molecular ion at m/z {} has an isotope peak of {:.0} % two above it, where {} gives {:.0} %: chlorine or bromine is missing in the formula, or the spectrum is another substance's.",
                self.mass,
                100.0 * seen,
                self.formula,
                100.0 * expected
            ),
            true if seen < 0.4 * expected => format!(
                "The molecular ion at m/z {} has an isotope peak of {:.0} % two above it, where {} gives {:.0} %: the halogen is not in the substance, or the spectrum was cut off or is another substance's.",
                self.mass,
                100.0 * seen,
                self.formula,
                100.0 * expected
            ),
            _ => return None,
        };
        self.finding(Check::MolecularIon, Severity::Warning, message)
    }
}

/// Precursor m/z against formula and adduct.
fn precursor(record: &Record, spectrum: &Spectrum) -> Vec<Finding> {
    let stated = spectrum.precursor.as_ref();
    let (Some(mz), Some(text)) = (
        stated.and_then(|p| p.mz),
        stated.and_then(|p| p.adduct.as_deref()),
    ) else {
        return Vec::new();
    };
    let formula = record.entry.identity.formula.as_deref().unwrap_or_default();
    let heaviest = formula.split('.').max_by(|a, b| {
        let mass = |f: &str| monoisotopic_mass(f).unwrap_or(0.0);
        mass(a).total_cmp(&mass(b))
    });
    let mass = heaviest.and_then(monoisotopic_mass);
    let (Some(adduct), Some(mass)) = (Adduct::parse(text), mass) else {
        return Vec::new();
    };
    let expected = adduct.mz(mass);
    let deviation = (mz - expected).abs();
    let decimals = (mz * 10.0 - (mz * 10.0).round()).abs() > 1e-6;
    // A precursor may be the ion of a heavier isotope, or be isolated at unit mass.
    let isotope = [1.003_355, 1.997_05, 1.995_8, 2.006_71]
        .iter()
        .any(|d| (mz - expected - d / adduct.charges).abs() < 0.02);
    let severity = match deviation {
        d if d > 0.6 && !isotope => Severity::Error,
        d if d > 0.6 => Severity::Note,
        d if decimals && d > 0.3 => Severity::Warning,
        // Quadrupoles and ion traps give precursors to a tenth or two.
        d if decimals && d > 0.02 + 5e-5 * mz => Severity::Note,
        _ => return Vec::new(),
    };
    vec![record.finding(Check::MolecularIon, severity, format!("The precursor at m/z {mz:.4} is not the {text} of {formula}, which lies at {expected:.4}. Correct the precursor, the adduct or the formula."))]
}

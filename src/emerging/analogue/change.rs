//! What a difference of mass may mean: the table `spectra-library/changes.tsv`.

use crate::spectrum::atoms;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Vec<Change>> =
    LazyLock::new(|| parse(include_str!("../../../spectra-library/changes.tsv")));

/// A change of structure that is common among drugs and their precursors.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Short name, such as `H to F`.
    pub name: String,
    /// Difference of formulas, such as `+F-H`.
    pub formula: String,
    /// Difference of monoisotopic masses, query minus reference.
    pub mass: f64,
    /// What it usually is, in words.
    pub meaning: String,
    /// Whether the query has less of it than the reference.
    pub reversed: bool,
}

impl Change {
    /// The atoms that the reference loses by it.
    fn taken(&self) -> impl Iterator<Item = (&str, u32)> {
        let taken = self.formula.split('-').skip(1);
        let parts = taken.map(|part| part.split('+').next().unwrap_or_default());
        parts.filter_map(atoms).flatten()
    }

    /// Whether it is a derivative or a labelled standard, not what a seized sample holds.
    fn is_made_in_laboratories(&self) -> bool {
        ["derivatised", "labelled"]
            .iter()
            .any(|word| self.meaning.contains(word))
    }
}

/// A difference of mass as it was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Difference {
    /// Of nominal masses.
    Nominal(i32),
    /// Of accurate masses, with what it may be wrong by.
    Accurate {
        /// The difference.
        mass: f64,
        /// Largest error.
        within: f64,
    },
}

impl Difference {
    /// The difference in daltons.
    pub fn mass(self) -> f64 {
        match self {
            Self::Nominal(mass) => f64::from(mass),
            Self::Accurate { mass, .. } => mass,
        }
    }

    /// Whether there is none.
    pub fn is_none(self) -> bool {
        match self {
            Self::Nominal(mass) => mass == 0,
            Self::Accurate { mass, within } => mass.abs() <= within,
        }
    }

    fn allows(self, mass: f64) -> bool {
        match self {
            Self::Nominal(nominal) => mass.round() as i32 == nominal,
            Self::Accurate {
                mass: found,
                within,
            } => (mass - found).abs() <= within,
        }
    }
}

/// Whether a reference of this formula has all atoms that the changes take from it together. Yes, where its
/// formula is not known.
fn can_undergo(reference: Option<&str>, changes: &[&Change]) -> bool {
    let Some(mut left) = reference.and_then(atoms) else {
        return true;
    };
    let taken = changes.iter().flat_map(|change| change.taken());
    take_all(&mut left, taken)
}

fn take_all<'a>(
    left: &mut BTreeMap<&str, u32>,
    mut taken: impl Iterator<Item = (&'a str, u32)>,
) -> bool {
    taken.all(|(symbol, count)| {
        let rest = left
            .get_mut(symbol)
            .and_then(|has| Some((has.checked_sub(count)?, has)));
        rest.map(|(rest, has)| *has = rest).is_some()
    })
}

/// The single changes of a reference of this formula that give a difference, in the table's order: those as
/// written before reversed ones, and what laboratories do to substances last. A change that takes atoms
/// which the reference has not is none.
pub fn single(difference: Difference, reference: Option<&str>) -> Vec<Change> {
    let reversed = TABLE.iter().map(|c| Change {
        mass: -c.mass,
        formula: negative(&c.formula),
        reversed: true,
        ..c.clone()
    });
    let mut found: Vec<Change> = Vec::new();
    for change in TABLE.iter().cloned().chain(reversed) {
        // A row and the reverse of another may be the same.
        let new = found.iter().all(|f| f.formula != change.formula);
        if difference.allows(change.mass) && new && can_undergo(reference, &[&change]) {
            found.push(change);
        }
    }
    found.sort_by_key(Change::is_made_in_laboratories);
    found
}

/// Two changes of a reference of this formula that together give a difference, in the table's order; both in
/// the reference, so that none takes what the other brings.
pub fn double(difference: Difference, reference: Option<&str>) -> Vec<[Change; 2]> {
    let usual = || TABLE.iter().filter(|c| !c.is_made_in_laboratories());
    let mut found = Vec::new();
    for (place, one) in usual().enumerate() {
        for other in usual().skip(place) {
            if difference.allows(one.mass + other.mass) && can_undergo(reference, &[one, other]) {
                found.push([one.clone(), other.clone()]);
            }
        }
    }
    found
}

/// The formula with its signs turned: `+F-H` becomes `+H-F`.
fn negative(formula: &str) -> String {
    let turned: String = formula
        .chars()
        .map(|c| match c {
            '+' => '-',
            '-' => '+',
            other => other,
        })
        .collect();
    match turned.strip_prefix('-').and_then(|t| t.split_once('+')) {
        Some((lost, gained)) => format!("+{gained}-{lost}"),
        None => turned,
    }
}

fn parse(text: &str) -> Vec<Change> {
    let rows = text.lines().filter(|l| !l.starts_with('#')).skip(1);
    let row = |line: &str| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().map(str::to_owned);
        Some(Change {
            name: next()?,
            formula: next()?,
            mass: next()?.parse().ok()?,
            meaning: next()?,
            reversed: false,
        })
    };
    rows.filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::monoisotopic_mass;

    #[test]
    fn every_row_is_read_and_its_mass_is_that_of_its_formula() {
        let text = include_str!("../../../spectra-library/changes.tsv");
        let rows = text.lines().filter(|l| !l.starts_with('#')).count() - 1;
        assert_eq!(TABLE.len(), rows);
        for change in TABLE.iter() {
            let mut mass = 0.0;
            let mut sign = 1.0;
            let mut part = String::new();
            for c in change.formula.chars().chain("+".chars()) {
                match c {
                    '+' | '-' => {
                        if !part.is_empty() {
                            mass += sign * monoisotopic_mass(&part).unwrap();
                        }
                        part.clear();
                        sign = if c == '+' { 1.0 } else { -1.0 };
                    }
                    other => part.push(other),
                }
            }
            assert!((mass - change.mass).abs() < 1e-4, "{}: {mass}", change.name);
        }
    }

    #[test]
    fn differences_have_names() {
        let names = |difference| -> Vec<String> {
            single(difference, None)
                .into_iter()
                .map(|c| c.name)
                .collect()
        };
        assert_eq!(names(Difference::Nominal(18))[0], "H to F");
        let accurate = Difference::Accurate {
            mass: 17.9906,
            within: 0.003,
        };
        assert_eq!(names(accurate), ["H to F"]);
        let lost = single(
            Difference::Accurate {
                mass: -33.961,
                within: 0.003,
            },
            None,
        );
        assert!(lost[0].reversed && lost[0].formula == "+H-Cl");
        assert_eq!(negative("+CH2"), "-CH2");
        // 14.01565 and 17.99058.
        let both = double(
            Difference::Accurate {
                mass: 32.006228,
                within: 0.001,
            },
            None,
        );
        assert!(
            both.iter()
                .any(|[a, b]| a.name == "methylene" && b.name == "H to F")
        );
    }

    #[test]
    fn a_reference_loses_only_what_it_has() {
        let formulas = |nominal, reference| -> Vec<String> {
            let found = single(Difference::Nominal(nominal), Some(reference));
            found.into_iter().map(|c| c.formula).collect()
        };
        // Isotopes' mass numbers by hand: H 1, D 2, Br 79, Cl 35.
        assert!(formulas(-78, "C9H8BrNO2").contains(&"+H-Br".to_owned()));
        assert!(formulas(-78, "C9H9NO2").is_empty());
        assert_eq!(formulas(-3, "C10H12D3N"), ["+H3-D3"]);
        assert!(formulas(-3, "C10H15N").is_empty());
        // Humulene has no chlorine for -68, and one atom is not two.
        assert!(!formulas(-68, "C15H24").contains(&"+H2-Cl2".to_owned()));
        assert!(!formulas(-68, "C15H23Cl").contains(&"+H2-Cl2".to_owned()));
        assert!(formulas(-68, "C15H22Cl2").contains(&"+H2-Cl2".to_owned()));
        // A formula that cannot be read forbids nothing.
        assert!(!formulas(-78, "C9H13N.HBr").is_empty());
        assert!(!single(Difference::Nominal(-78), None).is_empty());

        let pairs = |reference| -> Vec<String> {
            let found = double(Difference::Nominal(50), Some(reference));
            let pair = |[a, b]: &[Change; 2]| format!("{} {}", a.formula, b.formula);
            found.iter().map(pair).collect()
        };
        // +16 and +34, of mass 15.970450 and 33.961028; the one fluorine cannot be taken twice (32).
        let both = "+Cl-H +Cl-F".to_owned();
        assert!(pairs("C10H12FN").contains(&both));
        assert!(!pairs("C10H13N").contains(&both));
        let twice = |reference| {
            let found = double(Difference::Nominal(32), Some(reference));
            found.iter().any(|[a, b]| a == b && a.name == "F to Cl")
        };
        assert!(twice("C10H11F2N") && !twice("C10H12FN"));
    }
}

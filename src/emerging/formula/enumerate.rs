//! All formulas of a mass.

use super::atoms::{Atoms, BR, C, CL, F, H, I, MASSES, MOST, N, O, P, S};
use super::limits::usual;

/// Elements that are counted up before carbon and hydrogen, rarest first, with the most atoms.
const COUNTED: [(usize, u8); 8] = [
    (I, 4),
    (BR, 4),
    (P, 3),
    (S, 4),
    (CL, 6),
    (F, 15),
    (O, 20),
    (N, 15),
];
/// Natural logarithm of how usual a combination of all but N and O is at least, where a molecule is
/// looked for.
pub(super) const RAREST: f64 = -13.0;
/// Formulas of one mass that are gathered at most.
const ENOUGH: usize = 40_000;

/// What is searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    /// Mass of the atoms.
    pub mass: f64,
    /// Half-width.
    pub tolerance: f64,
    /// Most atoms of each element.
    pub most: Atoms,
    /// Rarer combinations than this are left out, as of [`RAREST`].
    pub rarest: f64,
}

/// Formulas within the tolerance of the mass for which `keep` holds, and whether that is all.
pub(super) fn formulas(range: &Range, keep: impl Fn(&Atoms) -> bool) -> (Vec<Atoms>, bool) {
    let mut search = Search {
        range,
        keep,
        found: Vec::new(),
        all: true,
    };
    if range.mass.is_finite() && range.mass > 0.0 && range.tolerance >= 0.0 {
        search.count_up(0, Atoms::default(), range.mass, 0.0);
    }
    (search.found, search.all)
}

struct Search<'a, K> {
    range: &'a Range,
    keep: K,
    found: Vec<Atoms>,
    all: bool,
}

impl<K: Fn(&Atoms) -> bool> Search<'_, K> {
    fn count_up(&mut self, level: usize, mut atoms: Atoms, rest: f64, rare: f64) {
        let Some((element, limit)) = COUNTED.get(level).copied() else {
            return self.carbon_and_hydrogen(atoms, rest);
        };
        let most = limit.min(self.range.most.0[element]);
        for n in 0..=most {
            let left = rest - f64::from(n) * MASSES[element];
            if left < -self.range.tolerance || !self.all {
                return;
            }
            let rare = match element {
                N | O => rare,
                _ => rare + usual(element, n),
            };
            if rare < self.range.rarest {
                return;
            }
            atoms.0[element] = n;
            self.count_up(level + 1, atoms, left, rare);
        }
    }

    fn carbon_and_hydrogen(&mut self, mut atoms: Atoms, rest: f64) {
        let (tolerance, most) = (self.range.tolerance, self.range.most);
        // Hydrogen is at most what carbon, nitrogen and phosphorus bind, and one or two of the ion.
        let bound = atoms.count(N) + atoms.count(P) + 4.0;
        let least = ((rest - bound * MASSES[H] - 1.0) / (MASSES[C] + 2.0 * MASSES[H])).max(0.0);
        let mut carbon = least.floor();
        while carbon <= f64::from(most.0[C].min(MOST)) {
            let left = rest - carbon * MASSES[C];
            if left < -tolerance {
                return;
            }
            let hydrogen = (left / MASSES[H]).round().max(0.0);
            if (left - hydrogen * MASSES[H]).abs() <= tolerance
                && hydrogen <= f64::from(most.0[H].min(MOST))
            {
                atoms.0[C] = carbon as u8;
                atoms.0[H] = hydrogen as u8;
                if (self.keep)(&atoms) {
                    if self.found.len() >= ENOUGH {
                        self.all = false;
                        return;
                    }
                    self.found.push(atoms);
                }
            }
            carbon += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::parse;
    use super::super::limits::possible;
    use super::*;

    fn range(mass: f64, tolerance: f64) -> Range {
        Range {
            mass,
            tolerance,
            most: Atoms([MOST; 10]),
            rarest: RAREST,
        }
    }

    #[test]
    fn cocaine_is_among_few_of_its_mass() {
        let (found, all) = formulas(&range(303.147_058, 0.0015), |a| possible(a, Some(true)));
        assert!(all && found.contains(&parse("C17H21NO4")));
        assert!(
            found
                .iter()
                .all(|a| (a.mass() - 303.147_058).abs() <= 0.0015)
        );
    }

    /// CHNO formulas of mass 46.0055 and 60.0211 by hand: formic acid, NO2H3 is none; acetic acid.
    #[test]
    fn small_masses_by_hand() {
        let chno = Atoms([MOST, MOST, MOST, MOST, 0, 0, 0, 0, 0, 0]);
        let of = |mass| {
            let range = Range {
                most: chno,
                ..range(mass, 0.0005)
            };
            formulas(&range, |a| possible(a, Some(true))).0
        };
        assert_eq!(of(60.021_129), [parse("C2H4O2")]);
        assert_eq!(of(44.026_215), [parse("C2H4O")]);
    }

    #[test]
    fn odd_ranges_end() {
        for mass in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert!(formulas(&range(mass, 0.01), |_| true).0.is_empty());
        }
        assert!(formulas(&range(300.0, f64::NAN), |_| true).0.is_empty());
        let (found, all) = formulas(&range(800.0, 0.5), |_| true);
        assert!(!all && found.len() == ENOUGH);
    }
}

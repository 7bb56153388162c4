//! The formula of a SMILES string, for ordinary organic ones.
//!
//! Hydrogens that are not written follow from the normal valences of the OpenSMILES specification
//! (sections 3.1 and 3.5): B 3, C 4, N 3 or 5, O 2, P 3 or 5, S 2, 4 or 6, halogens 1; an aromatic
//! atom gives one valence to the ring. What does not follow from it gives `None`, never a guess.

use super::atoms::Atoms;

/// One atom while its bonds are counted.
struct Atom {
    symbol: &'static str,
    /// Normal valences; `None` for an atom in brackets, whose hydrogens are written.
    valences: Option<&'static [u32]>,
    aromatic: bool,
    bonds: u32,
}

/// The atoms of a SMILES string, all components together.
pub(super) fn formula(smiles: &str) -> Option<Atoms> {
    let mut reader = Reader::default();
    let mut rest = smiles.trim();
    while let Some(next) = rest.chars().next() {
        rest = reader.step(next, rest)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    atoms: Vec<Atom>,
    sum: Atoms,
    last: Option<usize>,
    branches: Vec<Option<usize>>,
    bond: Option<u32>,
    rings: Vec<(u32, usize, Option<u32>)>,
}

impl Reader {
    /// Takes what stands at the beginning of `rest`; gives what follows.
    fn step<'a>(&mut self, next: char, rest: &'a str) -> Option<&'a str> {
        match next {
            '(' => self.branches.push(self.last),
            ')' => self.last = self.branches.pop()?,
            '.' => self.last = None,
            '-' | '/' | '\\' => self.bond = Some(1),
            '=' => self.bond = Some(2),
            '#' => self.bond = Some(3),
            ':' => self.bond = Some(1),
            '[' => {
                let (inside, after) = rest[1..].split_once(']')?;
                self.bracket(inside)?;
                return Some(after);
            }
            '%' => {
                let digits = rest.get(1..3)?;
                self.ring(digits.parse().ok()?)?;
                return Some(&rest[3..]);
            }
            '0'..='9' => self.ring(next.to_digit(10)?)?,
            _ => return self.plain(rest),
        }
        Some(&rest[next.len_utf8()..])
    }

    fn plain<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        const PLAIN: [(&str, &str, &[u32]); 16] = [
            ("Cl", "Cl", &[1]),
            ("Br", "Br", &[1]),
            ("B", "B", &[3]),
            ("C", "C", &[4]),
            ("N", "N", &[3, 5]),
            ("O", "O", &[2]),
            ("P", "P", &[3, 5]),
            ("S", "S", &[2, 4, 6]),
            ("F", "F", &[1]),
            ("I", "I", &[1]),
            ("b", "B", &[3]),
            ("c", "C", &[4]),
            ("n", "N", &[3]),
            ("o", "O", &[2]),
            ("p", "P", &[3]),
            ("s", "S", &[2]),
        ];
        let (written, symbol, valences) = PLAIN.iter().find(|(w, ..)| rest.starts_with(w))?;
        let aromatic = written.starts_with(|c: char| c.is_ascii_lowercase());
        self.atom(symbol, Some(valences), aromatic)?;
        Some(&rest[written.len()..])
    }

    /// `[13CH3]`, `[nH]`, `[N+]`, `[C@@H]`.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        let isotope = inside.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = inside.split_at(isotope);
        let first = rest.chars().next().filter(char::is_ascii_alphabetic)?;
        let two = rest
            .get(..2)
            .and_then(|s| Some(s).filter(|s| s.as_bytes()[1].is_ascii_lowercase()));
        let two = two
            .filter(|_| first.is_ascii_uppercase())
            .and_then(Atoms::symbol);
        let (symbol, rest) = match two {
            Some(symbol) => (symbol, &rest[2..]),
            None => (
                Atoms::symbol(&first.to_ascii_uppercase().to_string())?,
                &rest[1..],
            ),
        };
        let symbol = if symbol == "H" && number == "2" {
            "D"
        } else {
            symbol
        };
        let rest = rest.trim_start_matches('@');
        if let Some(after) = rest.strip_prefix('H') {
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            self.sum.add(
                "H",
                if digits.is_empty() {
                    1
                } else {
                    digits.parse().ok()?
                },
            );
        }
        self.atom(symbol, None, first.is_ascii_lowercase())
    }

    fn atom(
        &mut self,
        symbol: &'static str,
        valences: Option<&'static [u32]>,
        aromatic: bool,
    ) -> Option<()> {
        let order = self.bond.take().unwrap_or(1);
        let mut bonds = 0;
        if let Some(last) = self.last {
            self.atoms.get_mut(last)?.bonds += order;
            bonds = order;
        }
        self.last = Some(self.atoms.len());
        self.atoms.push(Atom {
            symbol,
            valences,
            aromatic,
            bonds,
        });
        Some(())
    }

    fn ring(&mut self, number: u32) -> Option<()> {
        let (last, bond) = (self.last?, self.bond.take());
        let open = self.rings.iter().position(|(n, ..)| *n == number);
        let Some(open) = open else {
            self.rings.push((number, last, bond));
            return Some(());
        };
        let (_, other, before) = self.rings.swap_remove(open);
        let order = bond.or(before).unwrap_or(1);
        self.atoms.get_mut(last)?.bonds += order;
        self.atoms.get_mut(other)?.bonds += order;
        Some(())
    }

    fn finish(mut self) -> Option<Atoms> {
        if !self.rings.is_empty() || !self.branches.is_empty() || self.atoms.is_empty() {
            return None;
        }
        for atom in &self.atoms {
            self.sum.add(atom.symbol, 1);
            if let Some(valences) = atom.valences {
                // Three bonds in the rings and one outside leave an aromatic atom nothing to give.
                let valence = valences.iter().find(|v| **v >= atom.bonds);
                let free = valence.map_or(0, |v| v - atom.bonds);
                let given = u32::from(atom.aromatic);
                self.sum.add("H", free.saturating_sub(given));
            }
        }
        Some(self.sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::substance::Register;

    #[test]
    fn by_hand() {
        let of = |smiles| formula(smiles);
        assert_eq!(of("CC(N)Cc1ccccc1"), Atoms::parse("C9H13N"));
        assert_eq!(of("O=C(O)c1ccccc1O"), Atoms::parse("C7H6O3"));
        assert_eq!(of("C[N+](C)(C)C.[Cl-]"), Atoms::parse("C4H12ClN"));
        assert_eq!(of("[2H]C([2H])([2H])O"), Atoms::parse("CHD3O"));
        assert_eq!(of("c1ccc2[nH]ccc2c1"), Atoms::parse("C8H7N"));
        for wrong in ["", "C1CC", "C(C", "C)", "X", "[", "C%1", "é", "[é]"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    /// The register's formulas were confirmed by other programs.
    #[test]
    fn every_formula_of_the_register() {
        let text = include_str!("../../spectra-library/substances.tsv");
        let register = Register::parse(text).unwrap();
        let mut compared = 0;
        for substance in register.substances() {
            let identity = &substance.identity;
            let (Some(smiles), Some(stated)) = (&identity.smiles, &identity.formula) else {
                continue;
            };
            let (Some(found), Some(stated)) = (formula(smiles), Atoms::parse(stated)) else {
                continue;
            };
            compared += 1;
            assert_eq!(found, stated, "{} {smiles}", identity.name);
        }
        assert!(compared > 500, "{compared}");
    }
}

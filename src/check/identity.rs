//! What one record states of its substance, against itself and the register.

use super::atoms::Atoms;
use super::record::Record;
use super::{Check, Finding, Severity, smiles};
use crate::spectrum::{Identity, cas_check_digit_holds, is_inchikey, monoisotopic_mass};
use crate::substance::{MatchedBy, Register, normalised};

/// Shortest name that is looked up in the register: shorter ones are abbreviations of several substances.
const SHORTEST_NAME: usize = 6;

pub(super) fn check(record: &Record, register: &Register) -> Vec<Finding> {
    let identity = &record.entry.identity;
    let mut found = Found {
        record,
        findings: Vec::new(),
    };
    found.name();
    found.cas(identity);
    found.inchikey(identity);
    found.formula(identity);
    found.structure(identity);
    found.masses();
    found.register(identity, register);
    found.findings
}

struct Found<'a> {
    record: &'a Record,
    findings: Vec<Finding>,
}

impl Found<'_> {
    fn add(&mut self, severity: Severity, message: String) {
        let finding = self.record.finding(Check::Identity, severity, message);
        self.findings.push(finding);
    }

    fn name(&mut self) {
        let entry = &self.record.entry;
        if entry.is_nameless() {
            let message = format!(
                "Nameless: the record names no substance. Look it up and name it: `specid library edit {} --set name=NAME`.",
                entry.id
            );
            self.add(Severity::Warning, message);
        }
    }

    fn cas(&mut self, identity: &Identity) {
        let Some(cas) = identity
            .cas
            .as_deref()
            .filter(|c| !cas_check_digit_holds(c))
        else {
            return;
        };
        let digits: String = cas.chars().filter(char::is_ascii_digit).collect();
        let message = if digits == i32::MAX.to_string() {
            format!(
                "CAS number {cas} is the largest number of a 32-bit field and no CAS number: the program that wrote the record lost it. Look the number up and correct the record."
            )
        } else {
            format!(
                "The check digit of CAS number {cas} does not hold: a digit is wrong or two are swapped. Look the number up and correct the record."
            )
        };
        self.add(Severity::Error, message);
    }

    fn inchikey(&mut self, identity: &Identity) {
        let Some(key) = identity.inchikey.as_deref() else {
            return;
        };
        if !is_inchikey(key) {
            self.add(Severity::Error, format!("{key:?} has not the form of an InChIKey (14, 10 and 1 capital letters). Copy it again from its source."));
            return;
        }
        // InChI Technical Manual: no triplet of the hash begins with E, or lies from TAA to TTV.
        let impossible =
            |triplet: &[u8]| triplet[0] == b'E' || (b"TAA".as_slice()..=b"TTV").contains(&triplet);
        let hash = key.as_bytes();
        if hash[..12]
            .chunks_exact(3)
            .chain(hash[15..21].chunks_exact(3))
            .any(impossible)
        {
            self.add(Severity::Error, format!("{key} cannot be an InChIKey: letters of it never occur together. It was mistyped; copy it again from its source."));
        } else if !matches!(&hash[23..25], b"SA" | b"NA") {
            self.add(Severity::Warning, format!("{key} is not an InChIKey of version 1 (its second block ends with SA): letters of it are perhaps wrong. Copy it again from its source."));
        } else if hash[23] == b'N' {
            self.add(Severity::Note, format!("{key} is not a standard InChIKey, so it does not meet those of other sources. Replace it by the standard one."));
        }
    }

    fn formula(&mut self, identity: &Identity) {
        let Some(stated) = identity
            .formula
            .as_deref()
            .map(str::trim)
            .filter(|f| !f.is_empty())
        else {
            return;
        };
        let charged = stated.ends_with(['+', '-']) || stated.contains(']');
        match &self.record.atoms {
            None if monoisotopic_mass(stated).is_none() => self.add(
                Severity::Note,
                format!("Formula {stated:?} cannot be read, so nothing was checked with it."),
            ),
            Some(atoms) if !charged && atoms.is_closed_shell() == Some(false) => {
                let neutral = identity
                    .inchikey
                    .as_deref()
                    .is_none_or(|k| k.ends_with('N'));
                if neutral {
                    // Ammonium and other cations are often given without their charge.
                    let cation = std::iter::once(&identity.name).chain(&identity.synonyms);
                    let cation = cation.into_iter().any(|n| n.to_lowercase().contains("ium"));
                    self.add(
                        if cation { Severity::Note } else { Severity::Warning },
                        format!("Formula {stated} cannot be that of a whole molecule: its valences leave an odd electron. Hydrogen or nitrogen was probably miscounted; correct the formula, or give its charge."),
                    );
                }
            }
            _ => {}
        }
    }

    /// Formula against SMILES and InChI of the same record.
    fn structure(&mut self, identity: &Identity) {
        let (Some(stated), Some(text)) = (&self.record.atoms, &identity.formula) else {
            return;
        };
        let stated = stated.clone();
        let meta = &self.record.entry.metadata;
        let value = |label: &str| {
            let named = meta
                .iter()
                .find(|(k, _)| k.trim_start_matches('$').eq_ignore_ascii_case(label));
            named.map(|(_, v)| v.as_str())
        };
        let drawn = identity.smiles.as_deref().or_else(|| value("SMILES"));
        let of_smiles = drawn.and_then(smiles::formula).map(|f| (f, "SMILES"));
        let of_inchi = value("InChI").and_then(of_inchi).map(|f| (f, "InChI"));
        let charged = drawn.is_some_and(|s| s.contains("+]") || s.contains("-]"));
        for (found, source) in of_smiles.into_iter().chain(of_inchi) {
            let same = found.unlabelled() == stated.unlabelled();
            // A charged structure and its formula may count the proton differently.
            let proton = charged && differs_by_protons(&found, &stated);
            if !same && !proton {
                self.add(Severity::Warning, format!("Formula {text} is not that of the record's {source}. One of the two is another substance's; correct it."));
            }
        }
    }

    /// Molecular weight and exact mass against the formula.
    fn masses(&mut self) {
        let Some(atoms) = &self.record.atoms else {
            return;
        };
        let formula = self
            .record
            .entry
            .identity
            .formula
            .clone()
            .unwrap_or_default();
        let exact = monoisotopic_mass(&formula);
        let (weight, nominal) = (atoms.molecular_weight(), f64::from(atoms.nominal_mass()));
        for (label, value) in self.record.entry.metadata.clone() {
            let Some(kind) = MassKind::of(&label) else {
                continue;
            };
            let Some(stated) = value
                .split_whitespace()
                .next()
                .and_then(|v| v.parse::<f64>().ok())
            else {
                continue;
            };
            if stated <= 0.0 {
                continue;
            }
            let near = |mass: f64, within: f64| (stated - mass).abs() <= within;
            let fits = match (kind, exact) {
                (MassKind::Exact, Some(exact)) => near(exact, 0.01) || near(weight, 0.05),
                (MassKind::Exact, None) => true,
                // Weights are rounded, nominal or exact, as the source pleases.
                (MassKind::Weight, _) => {
                    near(weight, 0.002 * weight + 0.05)
                        || near(nominal, 0.5)
                        || exact.is_some_and(|e| near(e, 0.05))
                }
            };
            if !fits {
                let expected = exact.filter(|_| kind == MassKind::Exact).unwrap_or(weight);
                self.add(Severity::Warning, format!("{label} {stated} does not fit formula {formula}, which gives {expected:.3}. One of the two is wrong; correct it."));
            }
        }
    }

    fn register(&mut self, identity: &Identity, register: &Register) {
        if let Some(substance) = register
            .substances()
            .iter()
            .find(|s| s.identity.inchikey.is_some() && s.identity.inchikey == identity.inchikey)
            && let (Some(stated), Some(known)) = (
                &self.record.atoms,
                substance.identity.formula.as_deref().and_then(Atoms::parse),
            )
            && *stated != known
        {
            let known = substance.identity.formula.clone().unwrap_or_default();
            self.add(Severity::Error, format!("Formula {} is not that of its InChIKey, which is {}'s: {known}. Correct the one that is wrong.", identity.formula.clone().unwrap_or_default(), substance.identity.name));
        }
        if let Some(own) = identity.skeleton().filter(|_| valid_key(identity)) {
            self.other_substance(identity, register, own);
        }
    }

    /// Name or CAS number are another substance's than the InChIKey.
    fn other_substance(&mut self, identity: &Identity, register: &Register, own: &str) {
        let asked = |cas: Option<String>, name: String| Identity {
            cas,
            name,
            ..Identity::default()
        };
        let other = |asked: &Identity| {
            let (substance, _) = register.find(asked)?;
            let differs = substance.identity.skeleton().is_some_and(|s| s != own);
            (differs && !is_salt_of(self.record, &substance.identity)).then_some(substance)
        };
        let by_cas = identity
            .cas
            .clone()
            .and_then(|c| other(&asked(Some(c), String::new())));
        let long = normalised(&identity.name).chars().count() >= SHORTEST_NAME;
        let by_name = other(&asked(None, identity.name.clone()))
            .filter(|s| long && normalised_is_known(&identity.name, &s.identity));
        let Some(known) = by_name.or(by_cas) else {
            return;
        };
        let what = match (by_name, by_cas) {
            (Some(_), Some(_)) => "Name and CAS number are",
            (Some(_), None) => "The name is",
            _ => "The CAS number is",
        };
        let of_key = register.find(&Identity {
            inchikey: identity.inchikey.clone(),
            ..Identity::default()
        });
        let formula = known.identity.formula.as_deref().and_then(Atoms::parse);
        let isomer = formula.is_some() && formula == self.record.atoms;
        let unknown = self.record.atoms.is_none();
        let name = &known.identity.name;
        match of_key {
            Some((key, MatchedBy::InchiKey)) => self.add(Severity::Warning, format!("{what} that of {name} in the register, and the InChIKey that of {}. Correct the one that is wrong.", key.identity.name)),
            _ if isomer || (unknown && by_name.is_some() && by_cas.is_some()) => self.add(Severity::Note, format!("{what} that of {name} in the register, and the InChIKey is not: it is an isomer's, or the structure was drawn as another tautomer or ring. Give the register's InChIKey where it is {name}.")),
            _ => self.add(Severity::Warning, format!("{what} that of {name} in the register, and InChIKey and formula are another substance's. Correct the one that is wrong.")),
        }
    }
}

fn valid_key(identity: &Identity) -> bool {
    identity.inchikey.as_deref().is_some_and(is_inchikey)
}

/// Whether a name is one of a substance's.
fn normalised_is_known(name: &str, known: &Identity) -> bool {
    let name = normalised(name);
    let names = std::iter::once(&known.name).chain(&known.synonyms);
    names.into_iter().any(|n| normalised(n) == name)
}

/// Whether the record's formula has several components, or holds more than the other's: a salt of it.
fn is_salt_of(record: &Record, base: &Identity) -> bool {
    let formula = record.entry.identity.formula.as_deref().unwrap_or_default();
    let more = || {
        let base = Atoms::parse(base.formula.as_deref()?)?;
        let rest = record.atoms.as_ref()?.minus(&base)?;
        Some(rest.count("Cl") + rest.count("Br") + rest.count("S") + rest.count("P") > 0)
    };
    formula.contains('.') || more().unwrap_or(false)
}

fn differs_by_protons(a: &Atoms, b: &Atoms) -> bool {
    let only_hydrogen =
        |rest: Atoms| rest.nominal_mass() == rest.count("H") && rest.nominal_mass() <= 4;
    a.minus(b).is_some_and(only_hydrogen) || b.minus(a).is_some_and(only_hydrogen)
}

/// The formula layer of an InChI, with the protons that `/p` adds or takes.
fn of_inchi(inchi: &str) -> Option<Atoms> {
    let mut layers = inchi
        .trim()
        .trim_matches('"')
        .strip_prefix("InChI=1")?
        .split('/')
        .skip(1);
    let formula = layers.next()?;
    // Protons added or taken change the formula in ways that records count differently.
    (!layers.any(|l| l.starts_with('p'))).then(|| Atoms::parse(formula))?
}

#[derive(Clone, Copy, PartialEq)]
enum MassKind {
    Exact,
    Weight,
}

impl MassKind {
    fn of(label: &str) -> Option<Self> {
        let letters: String = label.chars().filter(char::is_ascii_alphabetic).collect();
        match letters.to_ascii_lowercase().as_str() {
            "exactmass" | "monoisotopicmass" | "chexactmass" => Some(Self::Exact),
            "mw" | "molecularweight" | "molweight" | "molecularmass" => Some(Self::Weight),
            _ => None,
        }
    }
}

//! The register of substances, read from `spectra-library/substances.tsv`.

use super::control::Rules;
use super::table::{Column, Fault, Row, Table};
use crate::spectrum::normalised;
use crate::spectrum::{Identity, hill};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::OnceLock;
use thiserror::Error;

/// A register has a name or synonym in so many bytes, about.
const BYTES_A_NAME: usize = 40;

/// What part a substance plays in this library. A grouping, not a legal status.
pub type Role = String;

/// One chemical identity of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substance {
    /// Identity: name, synonyms, CAS, InChIKey, formula, SMILES.
    pub identity: Identity,
    /// Whether the CAS number was confirmed by a source, not only by its check digit.
    pub cas_checked: bool,
    /// Grouping such as `precursor`, `pre-precursor`, `NPS`, `cutting agent`.
    pub role: Role,
    /// Chemical or pharmacological class.
    pub class: String,
    /// Family of end products in whose manufacture it is used, as the INCB publishes it.
    pub end_product: Option<String>,
    /// Code of the Harmonized System.
    pub hs: Option<String>,
    /// What identity, number and class rest on.
    pub source: String,
    /// Remarks of the register.
    pub notes: String,
}

/// How a candidate was found in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchedBy {
    /// Same InChIKey.
    InchiKey,
    /// Same first block of the InChIKey: stereochemistry, isotopes or charge may differ.
    Skeleton,
    /// Same CAS number, confirmed.
    Cas,
    /// Same name or synonym.
    Name,
}

/// A row of the register that cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("substance register, line {line}: {message}")]
pub struct RegisterError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Where the register's text has what.
struct Columns {
    name: Column,
    synonyms: Column,
    cas: Column,
    cas_checked: Column,
    formula: Column,
    smiles: Column,
    inchikey: Column,
    role: Column,
    class: Column,
    end_product: Option<Column>,
    hs: Option<Column>,
    source: Option<Column>,
    notes: Column,
}

/// All substances with look-ups by InChIKey, skeleton, CAS number and name.
#[derive(Debug, Default)]
pub struct Register {
    substances: Vec<Substance>,
    by_key: HashMap<String, usize>,
    by_skeleton: HashMap<String, Vec<usize>>,
    by_cas: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    rules: Rules,
    fingerprint: OnceLock<String>,
    by_formula: OnceLock<HashMap<String, Vec<usize>>>,
}

impl Register {
    /// Reads the register from its tab-separated text.
    ///
    /// # Errors
    /// [`RegisterError`] with the line of the first row that breaks the format.
    pub fn parse(text: &str) -> Result<Self, RegisterError> {
        let mut table = Table::of(text);
        let columns = Columns::of(&table)?;
        let mut register = Self::default();
        register.by_name.reserve(text.len() / BYTES_A_NAME);
        while let Some(row) = table.next().transpose()? {
            register.add(columns.substance(&row));
        }
        Ok(register)
    }

    /// The same register with the rules of international control.
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// The rules of international control; none unless they were given.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The substance of a name or synonym, whatever its case, blanks and punctuation.
    pub fn named(&self, name: &str) -> Option<&Substance> {
        let index = self.by_name.get(&normalised(name))?;
        self.substances.get(*index)
    }

    fn add(&mut self, substance: Substance) {
        let index = self.substances.len();
        let identity = &substance.identity;
        if let (Some(key), Some(skeleton)) = (&identity.inchikey, identity.skeleton()) {
            self.by_key.entry(key.clone()).or_insert(index);
            self.by_skeleton
                .entry(skeleton.to_owned())
                .or_default()
                .push(index);
        }
        if let (Some(cas), true) = (&identity.cas, substance.cas_checked) {
            self.by_cas.entry(cas.clone()).or_insert(index);
        }
        for name in std::iter::once(&identity.name).chain(&identity.synonyms) {
            self.by_name.entry(normalised(name)).or_insert(index);
        }
        self.substances.push(substance);
    }

    /// SHA-256 over the substances' InChIKeys, CAS numbers and names, which decide what is found: the same
    /// for the same substances in the same order.
    pub fn fingerprint(&self) -> String {
        let computed = self.fingerprint.get_or_init(|| {
            let mut hasher = Sha256::new();
            for identity in self.substances.iter().map(|s| &s.identity) {
                let fields = [&identity.inchikey, &identity.cas];
                let fields = fields.into_iter().flatten().chain([&identity.name]);
                for field in fields.chain(&identity.synonyms) {
                    hasher.update(field.as_bytes());
                    hasher.update([0]);
                }
                hasher.update([1]);
            }
            let digest = hasher.finalize();
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        });
        computed.clone()
    }

    /// The formula of a substance in Hill's order: as its record states it, else as this register does.
    pub fn formula_of(&self, identity: &Identity) -> Option<String> {
        let stated = identity.formula.as_deref().and_then(hill);
        stated.or_else(|| {
            let (known, _) = self.find(identity)?;
            known.identity.formula.as_deref().and_then(hill)
        })
    }

    /// Substances of this formula, whatever the order of its atoms, in register order.
    pub fn of_formula(&self, formula: &str) -> impl Iterator<Item = &Substance> {
        let by_formula = self.by_formula.get_or_init(|| {
            let mut by_formula: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, substance) in self.substances.iter().enumerate() {
                if let Some(formula) = substance.identity.formula.as_deref().and_then(hill) {
                    by_formula.entry(formula).or_default().push(index);
                }
            }
            by_formula
        });
        let found = hill(formula).and_then(|formula| by_formula.get(&formula));
        found.into_iter().flatten().map(|i| &self.substances[*i])
    }

    /// All substances in register order.
    pub fn substances(&self) -> &[Substance] {
        &self.substances
    }

    /// Finds the register's entry for an identity: by InChIKey, then skeleton, then CAS, then name.
    /// CAS and name serve where no InChIKey is given, and among the stereoisomers of a skeleton. A structure that
    /// the register does not know is overruled only by both of them: a tautomer has another InChIKey.
    pub fn find(&self, identity: &Identity) -> Option<(&Substance, MatchedBy)> {
        let at = |index: &usize| &self.substances[*index];
        if let Some(key) = &identity.inchikey {
            let exact = self.by_key.get(key).map(|i| (at(i), MatchedBy::InchiKey));
            let skeleton = || {
                let isomers = self.by_skeleton.get(identity.skeleton()?)?;
                let stated = |index: &&usize| self.is_stated(**index, identity);
                let found = isomers.iter().find(stated).or(isomers.first())?;
                Some((at(found), MatchedBy::Skeleton))
            };
            return exact.or_else(skeleton).or_else(|| self.by_both(identity));
        }
        let by_cas = identity.cas.as_ref().and_then(|c| self.by_cas.get(c));
        let by_name = || self.by_name.get(&normalised(&identity.name));
        by_cas
            .map(|i| (at(i), MatchedBy::Cas))
            .or_else(|| by_name().map(|i| (at(i), MatchedBy::Name)))
    }

    /// The substance of which an identity states the CAS number and a name.
    fn by_both(&self, identity: &Identity) -> Option<(&Substance, MatchedBy)> {
        let index = self.by_cas.get(identity.cas.as_ref()?)?;
        let mut names = std::iter::once(&identity.name).chain(&identity.synonyms);
        let named = names.any(|name| self.by_name.get(&normalised(name)) == Some(index));
        named.then(|| (&self.substances[*index], MatchedBy::Cas))
    }

    /// Whether the CAS number or, where the identity gives none that the register knows, the name is that of
    /// the substance at `index`.
    fn is_stated(&self, index: usize, identity: &Identity) -> bool {
        let by_cas = identity.cas.as_ref().and_then(|cas| self.by_cas.get(cas));
        let by_name = || self.by_name.get(&normalised(&identity.name));
        by_cas.or_else(by_name) == Some(&index)
    }

    /// Substances that share the skeleton of `identity` and are not `substance` itself: most
    /// techniques cannot tell them apart. In register order.
    pub fn same_skeleton(
        &self,
        identity: &Identity,
        substance: Option<&Substance>,
    ) -> Vec<&Substance> {
        let own = substance.and_then(|s| s.identity.inchikey.as_ref());
        identity
            .skeleton()
            .and_then(|s| self.by_skeleton.get(s))
            .into_iter()
            .flatten()
            .map(|i| &self.substances[*i])
            .filter(|s| s.identity.inchikey.as_ref() != own)
            .collect()
    }
}

impl From<Fault> for RegisterError {
    fn from(Fault { line, message }: Fault) -> Self {
        Self { line, message }
    }
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, Fault> {
        Ok(Self {
            name: table.column("name")?,
            synonyms: table.column("synonyms")?,
            cas: table.column("cas")?,
            cas_checked: table.column("cas_checked")?,
            formula: table.column("formula")?,
            smiles: table.column("smiles")?,
            inchikey: table.column("inchikey")?,
            role: table.column("role")?,
            class: table.column("class")?,
            end_product: table.find("end_product"),
            hs: table.find("hs"),
            source: table.find("source"),
            notes: table.column("notes")?,
        })
    }

    fn substance(&self, row: &Row<'_>) -> Substance {
        let known = |column: Option<Column>| column.and_then(|column| row.given(column));
        Substance {
            identity: Identity {
                name: row.text(self.name),
                synonyms: row
                    .text(self.synonyms)
                    .split('|')
                    .filter(|s| !s.is_empty())
                    .map(str::to_owned)
                    .collect(),
                cas: row.given(self.cas),
                inchikey: row.given(self.inchikey),
                formula: row.given(self.formula),
                smiles: row.given(self.smiles),
            },
            cas_checked: row.text(self.cas_checked) == "yes",
            role: row.text(self.role),
            class: row.text(self.class),
            end_product: known(self.end_product).filter(|family| family != "-"),
            hs: known(self.hs),
            source: known(self.source).unwrap_or_default(),
            notes: row.text(self.notes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "name\tsynonyms\tcas\tcas_checked\tformula\tsmiles\tinchikey\tmass\trole\tclass\tinstrument\tcontrol_date\tin_force\tsince\tconfidence\tcontrol_checked\tnotes\n\
        Ephedrine\tL-ephedrine\t299-42-3\tyes\tC10H15NO\tCN\tKWGRBVOPPLSCSI-WPRPVWTQSA-N\t165.1\tprecursor\tATS precursor\t1988-Table-I\t1988 (original Table I)\t\t1988\thigh\tyes\t\n\
        Pseudoephedrine\t\t90-82-4\tno\tC10H15NO\tCN\tKWGRBVOPPLSCSI-WCBMZHEXSA-N\t165.1\tprecursor\tATS precursor\t1988-Table-I\t1988\t\t1988\thigh\tyes\t\n";

    fn identity(name: &str, key: Option<&str>, cas: Option<&str>) -> Identity {
        Identity {
            name: name.to_owned(),
            inchikey: key.map(str::to_owned),
            cas: cas.map(str::to_owned),
            ..Identity::default()
        }
    }

    #[test]
    fn finds_by_key_skeleton_cas_and_name() {
        let register = Register::parse(TEXT).unwrap();
        let find = |i: Identity| {
            register
                .find(&i)
                .map(|(s, by)| (s.identity.name.clone(), by))
        };
        let ephedrine = |by| Some(("Ephedrine".to_owned(), by));
        assert_eq!(
            find(identity("x", Some("KWGRBVOPPLSCSI-WPRPVWTQSA-N"), None)),
            ephedrine(MatchedBy::InchiKey)
        );
        assert_eq!(
            find(identity("x", Some("KWGRBVOPPLSCSI-UHFFFAOYSA-N"), None)),
            ephedrine(MatchedBy::Skeleton)
        );
        // Of the skeleton's stereoisomers the one that the name or the CAS number says.
        let flat = Some("KWGRBVOPPLSCSI-UHFFFAOYSA-N");
        let pseudo = Some(("Pseudoephedrine".to_owned(), MatchedBy::Skeleton));
        assert_eq!(find(identity("pseudoephedrine", flat, None)), pseudo);
        let (name, cas) = ("Pseudoephedrine", Some("299-42-3"));
        let found = find(identity(name, flat, cas));
        assert_eq!(found, ephedrine(MatchedBy::Skeleton));
        assert_eq!(
            find(identity("x", None, Some("299-42-3"))),
            ephedrine(MatchedBy::Cas)
        );
        assert_eq!(
            find(identity("x", None, Some("90-82-4"))),
            None,
            "CAS not confirmed"
        );
        assert_eq!(
            find(identity("l Ephedrine", None, None)),
            ephedrine(MatchedBy::Name)
        );
        assert_eq!(
            find(identity(
                "Ephedrine",
                Some("AAAAAAAAAAAAAA-UHFFFAOYSA-N"),
                None
            )),
            None
        );
    }

    #[test]
    fn names_the_stereoisomer() {
        let register = Register::parse(TEXT).unwrap();
        let own = &register.substances()[0];
        let others = register.same_skeleton(&own.identity, Some(own));
        assert_eq!(others.len(), 1);
        assert_eq!(others[0].identity.name, "Pseudoephedrine");
    }
}

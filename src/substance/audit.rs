//! What is wrong in a register.

use super::control::{Kind, Rule};
use super::register::{Register, Substance};
use crate::spectrum::normalised;
use crate::spectrum::{cas_check_digit_holds, is_inchikey};
use std::collections::{BTreeMap, BTreeSet};

impl Register {
    /// Faults of the register, a sentence each: CAS numbers whose check digit is wrong, InChIKeys of a wrong
    /// form, keys, numbers and names that two substances share, entries without a substance or a source, and
    /// entries of one substance on one list whose times overlap.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for substance in self.substances() {
            let identity = &substance.identity;
            let name = &identity.name;
            if let Some(cas) = identity
                .cas
                .as_ref()
                .filter(|cas| !cas_check_digit_holds(cas))
            {
                faults.push(format!(
                    "{name}: the check digit of CAS number {cas} is wrong."
                ));
            }
            if let Some(key) = identity.inchikey.as_ref().filter(|key| !is_inchikey(key)) {
                faults.push(format!("{name}: {key} is no InChIKey."));
            }
        }
        faults.extend(self.shared("InChIKey", |s| {
            s.identity.inchikey.iter().cloned().collect()
        }));
        faults.extend(self.shared("CAS number", |s| s.identity.cas.iter().cloned().collect()));
        faults.extend(self.shared("name", |s| {
            let names = std::iter::once(&s.identity.name).chain(&s.identity.synonyms);
            names.map(|name| normalised(name)).collect()
        }));
        faults.extend(
            self.rules()
                .all()
                .iter()
                .flat_map(|rule| self.faults_of(rule)),
        );
        faults
    }

    /// What two substances share that should be one's own.
    fn shared(&self, what: &str, values: fn(&Substance) -> BTreeSet<String>) -> Vec<String> {
        let mut holders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for substance in self.substances() {
            for value in values(substance) {
                holders
                    .entry(value)
                    .or_default()
                    .push(&substance.identity.name);
            }
        }
        let several = holders.into_iter().filter(|(_, names)| names.len() > 1);
        several
            .map(|(value, names)| {
                format!("The {what} {value} belongs to {}.", names.join(" and to "))
            })
            .collect()
    }

    fn faults_of(&self, rule: &Rule) -> Vec<String> {
        let (name, list) = (&rule.name, rule.list.status());
        let mut faults = Vec::new();
        let holder = self.substances().iter().find(|s| s.identity.name == *name);
        match holder {
            None => faults.push(format!("{list}: the register has no substance {name:?}.")),
            Some(_) if rule.kind == Kind::Enantiomer => {}
            Some(substance) if substance.identity.inchikey != rule.inchikey => {
                faults.push(format!(
                    "{list}: {name} has another InChIKey in substances.tsv."
                ));
            }
            Some(_) => {}
        }
        if rule.source.trim().is_empty() {
            faults.push(format!("{list}: the entry for {name} names no source."));
        }
        let clashes = |other: &&Rule| {
            let same = other.name == *name
                && other.list == rule.list
                && other.inchikey == rule.inchikey
                && other.kind == rule.kind;
            let after = |to: Option<super::When>, from: Option<super::When>| match (to, from) {
                (Some(to), Some(from)) => to.last() <= from.last(),
                _ => false,
            };
            same && !std::ptr::eq(*other, rule)
                && !after(rule.to, other.from)
                && !after(other.to, rule.from)
        };
        if self
            .rules()
            .all()
            .iter()
            .find(clashes)
            .is_some_and(|o| (o as *const Rule) > rule)
        {
            faults.push(format!("{list}: two entries for {name} hold at one time."));
        }
        faults
    }

    /// What nobody compared with a published list yet, a line each.
    pub fn unchecked(&self) -> Vec<String> {
        let rules = self.rules().all().iter().filter(|rule| !rule.checked);
        let entries =
            rules.map(|rule| format!("{}: {} ({})", rule.list.status(), rule.name, rule.source));
        let numbers = self.substances().iter().filter_map(|substance| {
            let cas = substance
                .identity
                .cas
                .as_ref()
                .filter(|_| !substance.cas_checked)?;
            Some(format!("CAS {cas}: {}", substance.identity.name))
        });
        entries.chain(numbers).collect()
    }
}

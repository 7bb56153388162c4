//! What is known of each entry before its spectrum is looked at.

use super::atoms::Atoms;
use super::{Check, Finding, Severity};
use crate::library::{Entry, Library, LibraryError};
use crate::spectrum::Identity;
use crate::substance::{Register, normalised};
use std::collections::HashMap;

/// One entry.
pub(super) struct Record {
    /// Position in the library.
    pub index: usize,
    /// As the library holds it.
    pub entry: Entry,
    /// What stands for its substance, stereochemistry and isotopes aside: skeleton, else the CAS
    /// number, else the name; the register's InChIKey where the record states none.
    pub substance: String,
    /// The stated formula, where it can be read.
    pub atoms: Option<Atoms>,
}

impl Record {
    fn of(index: usize, entry: Entry, register: &Register) -> Self {
        let identity = &entry.identity;
        let skeleton = |i: &Identity| i.skeleton().map(str::to_owned);
        let known = || {
            register
                .find(identity)
                .and_then(|(s, _)| skeleton(&s.identity))
        };
        let substance = skeleton(identity)
            .or_else(known)
            .unwrap_or_else(|| match &identity.cas {
                Some(cas) => format!("cas:{cas}"),
                None => format!("name:{}", normalised(&identity.name)),
            });
        Self {
            index,
            substance,
            atoms: identity.formula.as_deref().and_then(Atoms::parse),
            entry,
        }
    }

    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.entry.identity.name
    }

    /// A finding of this entry.
    pub fn finding(&self, check: Check, severity: Severity, message: String) -> Finding {
        Finding {
            entry: self.entry.id.clone(),
            index: self.index,
            check,
            severity,
            message,
            other: None,
        }
    }

    /// A finding of this entry that concerns another.
    pub fn finding_with(
        &self,
        other: &Record,
        check: Check,
        severity: Severity,
        message: String,
    ) -> Finding {
        Finding {
            other: Some(other.entry.id.clone()),
            ..self.finding(check, severity, message)
        }
    }
}

/// All entries, with look-ups by substance and by name.
pub(super) struct Records {
    all: Vec<Record>,
    by_substance: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Records {
    /// Reads all entries of a library.
    ///
    /// # Errors
    /// [`LibraryError::Entry`] where one is damaged.
    pub fn of(library: &Library, register: &Register) -> Result<Self, LibraryError> {
        let mut records = Self {
            all: Vec::with_capacity(library.len()),
            by_substance: HashMap::new(),
            by_name: HashMap::new(),
        };
        for (index, entry) in library.entries().enumerate() {
            let record = Record::of(index, entry?, register);
            if record.entry.deprecated.is_some() {
                records.all.push(record);
                continue;
            }
            let substance = record.substance.clone();
            records
                .by_substance
                .entry(substance)
                .or_default()
                .push(index);
            let name = normalised(record.name());
            records.by_name.entry(name).or_default().push(index);
            records.all.push(record);
        }
        Ok(records)
    }

    /// The entry at a position; `None` for a deprecated one.
    pub fn get(&self, index: usize) -> Option<&Record> {
        let record = self.all.get(index);
        record.filter(|r| r.entry.deprecated.is_none())
    }

    /// All entries in order, but for deprecated ones.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.all.iter().filter(|r| r.entry.deprecated.is_none())
    }

    /// The entries of a substance.
    pub fn of_substance(&self, substance: &str) -> impl Iterator<Item = &Record> {
        let found = self.by_substance.get(substance);
        found.into_iter().flatten().filter_map(|i| self.all.get(*i))
    }

    /// The entries of a name, as [`normalised`] writes it.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Record> {
        let found = self.by_name.get(name);
        found.into_iter().flatten().filter_map(|i| self.all.get(*i))
    }
}

/// Whether two InChIKeys agree but for the skeleton's stereochemistry, isotopes and charge.
pub(super) fn same_skeleton(a: &Identity, b: &Identity) -> Option<bool> {
    Some(a.skeleton()? == b.skeleton()?)
}

//! Which entries were amended by which.

use super::entry::Entry;
use super::error::RecordError;
use super::read::Entries;
use crate::report::Amends;
use std::collections::BTreeMap;

/// Entries that were amended, and by which; of several the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amendments(BTreeMap<u64, u64>);

impl Amendments {
    /// Takes an entry into account.
    pub fn note(&mut self, entry: &Entry) {
        if let Some(amends) = &entry.amends {
            self.0.entry(amends.entry).or_insert(entry.entry);
        }
    }

    /// The entry that amends this one.
    pub fn of(&self, entry: u64) -> Option<u64> {
        self.0.get(&entry).copied()
    }

    /// The newest in the line of entries that amend this one.
    pub fn newest(&self, entry: u64) -> Option<u64> {
        let mut newest = self.of(entry);
        while let Some(next) = newest.and_then(|n| self.of(n).filter(|next| *next > n)) {
            newest = Some(next);
        }
        newest
    }

    /// What an amendment of an entry says of it, where it may be amended.
    ///
    /// # Errors
    /// Where it is not there, is amended already, or holds nothing that can be amended.
    pub fn amend(
        entries: Entries,
        number: u64,
        because: &str,
    ) -> Result<(Amends, Entry), RecordError> {
        let path = entries.path().to_owned();
        let refused = |message: String| RecordError::Entry {
            path: path.clone(),
            message,
        };
        let (mut found, mut count, mut amendments) = (None, 0, Self::default());
        for entry in entries {
            let entry = entry?;
            amendments.note(&entry);
            count = entry.entry;
            if entry.entry == number {
                found = Some(entry);
            }
        }
        let Some(entry) = found else {
            return Err(refused(format!(
                "there is no entry {number} to be amended; the record has {}",
                match count {
                    0 => "none".to_owned(),
                    n => format!("entries 1 to {n}"),
                }
            )));
        };
        if let Some(newest) = amendments.newest(number) {
            return Err(refused(format!(
                "entry {number} was amended by entry {} already; amend entry {newest} instead",
                amendments.of(number).unwrap_or(newest)
            )));
        }
        let cannot = match entry.kind {
            super::Kind::Recovery => Some("tells what an interrupted append had left"),
            super::Kind::Amendment => Some("withdraws another one"),
            _ => None,
        };
        if let Some(why) = cannot {
            return Err(refused(format!(
                "entry {number} {why}, which cannot be amended"
            )));
        }
        let amends = Amends {
            entry: number,
            hash: entry.hash.clone(),
            because: because.to_owned(),
        };
        Ok((amends, entry))
    }
}

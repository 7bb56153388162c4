//! Where a result stands in a record, and what it replaces there.

use serde::{Deserialize, Serialize};

/// The entry of a record that holds a result. It is no part of what the entry's hash covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The record's file.
    pub record: String,
    /// Number of the entry, from 1.
    pub entry: u64,
    /// SHA-256 of the entry.
    pub hash: String,
    /// When it was written, RFC 3339.
    pub time: String,
    /// Who ran the program, where that is known.
    pub by: Option<String>,
    /// Computer that it ran on.
    pub host: Option<String>,
}

/// The earlier entry that a result takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amends {
    /// Number of the entry, from 1.
    pub entry: u64,
    /// SHA-256 of that entry.
    pub hash: String,
    /// Why, in the amender's words.
    pub because: String,
}

/// The entry that holds a result, as a case names it in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryNamed {
    /// Number of the entry, from 1.
    pub entry: u64,
    /// The record's file.
    pub record: String,
    /// SHA-256 of the entry.
    pub hash: String,
}

impl From<&Recorded> for EntryNamed {
    fn from(recorded: &Recorded) -> Self {
        Self {
            entry: recorded.entry,
            record: recorded.record.clone(),
            hash: recorded.hash.clone(),
        }
    }
}

impl EntryNamed {
    /// In words.
    pub fn words(&self) -> String {
        format!("entry {} of {}, {}", self.entry, self.record, self.hash)
    }

    /// Reads such words; `None` where they are none.
    pub fn read(words: &str) -> Option<Self> {
        let (entry, rest) = words.strip_prefix("entry ")?.split_once(" of ")?;
        let (record, hash) = rest.rsplit_once(", ")?;
        Some(Self {
            entry: entry.parse().ok()?,
            record: record.to_owned(),
            hash: hash.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read_from_its_words() {
        let named = EntryNamed {
            entry: 12,
            record: "/srv/a, b of c/lab.record".to_owned(),
            hash: "ab12".to_owned(),
        };
        assert_eq!(EntryNamed::read(&named.words()), Some(named));
        assert_eq!(EntryNamed::read("by A. Analyst, 2026-11-27"), None);
    }
}

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

//! What a package says of itself: the text that is signed.

use super::credential::Credential;
use super::hex::{Fingerprint, Hex};
use super::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Form of packages that this program reads and writes.
pub const SCHEMA: &str = "specid.update/1";

/// Whether a package holds all records or the changes since an earlier state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Content {
    /// All records.
    Full,
    /// New and changed records; the others stay.
    Delta {
        /// Generation that it changes.
        base_generation: u64,
        /// State of the publisher's records in it.
        base_state: Hex<32>,
    },
}

/// Numbers of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Records in the package.
    pub records: usize,
    /// Records that the publisher has after the update.
    pub total: usize,
    /// Ids that the update takes out.
    pub removed: usize,
}

/// A record that the publisher no longer stands by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
}

/// The member `manifest.json`. Everything else in a package is bound to it by hashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// Who publishes it.
    pub publisher: String,
    /// Fingerprint of the key that signs it.
    pub fingerprint: Fingerprint,
    /// The key that signs it, with the certificates of those before it.
    pub credential: Credential,
    /// Name of the publisher's library.
    pub library: String,
    /// Generation of the publisher's library: a later update has a higher one.
    pub generation: u64,
    /// State of all of the publisher's records after the update.
    pub state: Hex<32>,
    /// All, or changes.
    pub content: Content,
    /// When it was made.
    pub created: Timestamp,
    /// Version of the program that made it.
    pub program: String,
    /// Numbers of records.
    pub counts: Counts,
    /// Licence of the records as a whole.
    pub licence: String,
    /// One sentence on what it holds.
    pub description: String,
    /// SHA-256 of `records.jsonl`.
    pub records_sha256: Hex<32>,
    /// Its length, bytes.
    pub records_bytes: u64,
    /// Records that the update takes out.
    pub removed: Vec<Removal>,
}

#[derive(Deserialize)]
struct Form {
    schema: String,
}

impl Manifest {
    /// Reads the text; says nothing on who wrote it.
    ///
    /// # Errors
    /// [`Refusal::WrongSchema`], or [`Refusal::Damaged`] where it is no manifest.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let damaged = |e: serde_json::Error| Refusal::Damaged {
            member: super::container::MANIFEST,
            why: e.to_string(),
        };
        let form: Form = serde_json::from_slice(bytes).map_err(damaged)?;
        if form.schema != SCHEMA {
            return Err(Refusal::WrongSchema {
                found: form.schema,
                expected: SCHEMA,
            });
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }
}

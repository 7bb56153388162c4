//! The letters that notices came in, byte by byte as they were signed.

use super::Register;
use crate::read::hex;
use crate::unknowns::RegisterError;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Registers of earlier programs have no such table.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS letter (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID";

impl Register {
    /// Keeps a letter, and gives its hash.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn keep_letter(&self, bytes: &[u8]) -> Result<String, RegisterError> {
        let hash = hex(&Sha256::digest(bytes));
        self.checked(self.db.execute_batch(TABLE))?;
        let sql = "INSERT OR REPLACE INTO letter VALUES (?1, ?2)";
        self.checked(self.db.execute(sql, params![hash, bytes]))?;
        Ok(hash)
    }

    /// The letter of this hash; `None` where none is kept.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read.
    pub fn letter(&self, hash: &str) -> Result<Option<Vec<u8>>, RegisterError> {
        let sql = "SELECT count(*) FROM sqlite_master WHERE name = 'letter'";
        let tables: i64 = self.checked(self.db.query_row(sql, [], |r| r.get(0)))?;
        if tables == 0 {
            return Ok(None);
        }
        let sql = "SELECT bytes FROM letter WHERE sha256 = ?1";
        let found = self.db.query_row(sql, [hash], |r| r.get(0));
        self.checked(found.optional())
    }
}

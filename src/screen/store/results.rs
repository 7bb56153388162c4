//! Results of files, written as they come and read back in the order of the paths.

use super::{Seen, Store, StoreError};
use crate::screen::brief::Brief;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::params;
use std::io::Read;

/// One spectrum's result, ready to be stored.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Short form.
    pub brief: Brief,
    /// The result as `identify` gives it, JSON, compressed.
    pub outcome: Vec<u8>,
    /// Small form for plots, JSON.
    pub drawing: Option<String>,
    /// Of an unknown, to compare it with others.
    pub fingerprint: Option<Vec<u8>>,
    /// Drawings of references that were not stored yet: key, name, JSON.
    pub references: Vec<(String, String, String)>,
}

/// Where a result stands in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Row of the spectrum.
    pub spectrum: i64,
    /// Row of its file.
    pub file: i64,
    /// Resolved path of the file, and the member's name.
    pub name: String,
}

/// What a worker tells of a file, in this order.
#[derive(Debug)]
pub enum Finished {
    /// The file's earlier results no longer hold.
    Begun(i64),
    /// Results of this file, from this place among them.
    Part(i64, usize, Vec<Stored>),
    /// All of this file's results were told; the hash of its bytes where they could be read.
    Whole(i64, Option<String>),
    /// The file's bytes are those of before: its results hold.
    Unchanged(i64),
    /// The file cannot be read now, and could before: its results are kept. Path and reason.
    Lost(i64, String, String),
}

/// JSON, compressed as it is stored.
///
/// # Errors
/// Where `value` cannot be JSON.
pub fn packed<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut encoder, value)?;
    encoder.finish().map_err(serde_json::Error::io)
}

/// Most bytes of an unpacked row. The longest spectrum that is read by the usual limits, of 2^24 points, has some 40 for
/// each.
const MOST_UNPACKED: u64 = 1 << 30;

/// Unpacks what [`packed`] gives.
///
/// # Errors
/// Where it is damaged, or longer than a row may be.
pub fn unpacked(bytes: &[u8]) -> std::io::Result<String> {
    unpack(bytes, MOST_UNPACKED)
}

fn unpack(bytes: &[u8], most: u64) -> std::io::Result<String> {
    let mut raw = Vec::new();
    ZlibDecoder::new(bytes)
        .take(most + 1)
        .read_to_end(&mut raw)?;
    match raw.len() as u64 > most {
        true => Err(std::io::Error::other(format!(
            "it unpacks to more than {most} bytes"
        ))),
        false => String::from_utf8(raw).map_err(std::io::Error::other),
    }
}

impl Store {
    /// Takes what a worker tells.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn take(&self, finished: &Finished) -> Result<(), StoreError> {
        match finished {
            Finished::Begun(file) => {
                let sql = "DELETE FROM spectrum WHERE file = ?1";
                self.checked(self.db.execute(sql, [file]))?;
                let sql = "UPDATE file SET state = 0, sha256 = NULL WHERE id = ?1";
                self.checked(self.db.execute(sql, [file]))?;
            }
            Finished::Part(file, first, spectra) => {
                for (offset, stored) in spectra.iter().enumerate() {
                    self.add(*file, first + offset, stored)?;
                }
            }
            Finished::Whole(file, sha256) => {
                let sql = "UPDATE file SET state = 1, sha256 = ?2 WHERE id = ?1";
                self.checked(self.db.execute(sql, params![file, sha256]))?;
            }
            Finished::Unchanged(file) | Finished::Lost(file, ..) => self.unchanged(*file)?,
        }
        Ok(())
    }

    /// Takes a file that cannot be looked at into the queue as done, with one failure as its result;
    /// where there are results of its bytes from before they stay. Tells whether they did.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn refuse(&self, seen: &Seen, number: i64, failure: Stored) -> Result<bool, StoreError> {
        self.see(seen, number)?;
        let (id, sha256) = self.row_of(seen)?;
        if sha256.is_some() {
            self.unchanged(id)?;
            return Ok(true);
        }
        self.take(&Finished::Begun(id))?;
        self.take(&Finished::Part(id, 0, vec![failure]))?;
        self.take(&Finished::Whole(id, None))?;
        self.set_refused(id)?;
        Ok(false)
    }

    fn add(&self, file: i64, position: usize, stored: &Stored) -> Result<(), StoreError> {
        let sql = "INSERT INTO spectrum (file, position, brief, outcome, drawing, fingerprint)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let brief = serde_json::to_string(&stored.brief)?;
        self.checked(statement.execute(params![
            file,
            position as i64,
            brief,
            stored.outcome,
            stored.drawing,
            stored.fingerprint
        ]))?;
        let sql = "INSERT OR IGNORE INTO reference (key, name, drawing) VALUES (?1, ?2, ?3)";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        for (key, name, drawing) in &stored.references {
            self.checked(statement.execute([key, name, drawing]))?;
        }
        Ok(())
    }

    /// Gives each spectrum's row and short form to `sink`, in the order of path and place in the file.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read, and the first error of `sink`.
    pub fn each_brief<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(Row, Brief) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT s.id, s.brief, f.id, f.name FROM spectrum s JOIN file f ON f.id = s.file
            WHERE f.state <> 0 ORDER BY f.path, f.name, s.position";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        while let Some(row) = self.checked(rows.next())? {
            let json: String = self.checked(row.get(1))?;
            let place = Row {
                spectrum: self.checked(row.get(0))?,
                file: self.checked(row.get(2))?,
                name: self.checked(row.get(3))?,
            };
            sink(place, self.read(&json)?)?;
        }
        Ok(())
    }

    /// Gives each spectrum's result as `identify` gives it, with its and its sample's row, to `sink`, in the
    /// order of path and place in the file.
    ///
    /// # Errors
    /// As [`Store::each_brief`].
    pub fn each_outcome<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(i64, i64, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT b.sample, s.outcome, s.id FROM spectrum s JOIN file f ON f.id = s.file
            JOIN belongs b ON b.spectrum = s.id ORDER BY f.path, f.name, s.position";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        while let Some(row) = self.checked(rows.next())? {
            let bytes = self.checked(row.get_ref(1))?;
            let bytes = bytes.as_blob().map_err(|e| self.damaged(e))?;
            let text = unpacked(bytes).map_err(|e| self.damaged(e))?;
            sink(self.checked(row.get(2))?, self.checked(row.get(0))?, &text)?;
        }
        Ok(())
    }

    /// Gives each spectrum's sample's row, short form and result, both JSON as they are stored, to `sink`, in the order
    /// of path and place in the file.
    ///
    /// # Errors
    /// As [`Store::each_brief`].
    pub fn each_stored<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(i64, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT b.sample, s.brief, s.outcome FROM spectrum s JOIN file f ON f.id = s.file
            JOIN belongs b ON b.spectrum = s.id ORDER BY f.path, f.name, s.position";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        while let Some(row) = self.checked(rows.next())? {
            let brief: String = self.checked(row.get(1))?;
            let bytes = self.checked(row.get_ref(2))?;
            let bytes = bytes.as_blob().map_err(|e| self.damaged(e))?;
            let outcome = unpacked(bytes).map_err(|e| self.damaged(e))?;
            sink(self.checked(row.get(0))?, &brief, &outcome)?;
        }
        Ok(())
    }

    /// The fingerprint of an unknown; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn fingerprint(&self, spectrum: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT fingerprint FROM spectrum WHERE id = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.query_row([spectrum], |r| r.get(0)))
    }

    /// The drawing of a spectrum, JSON.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn drawing(&self, spectrum: i64) -> Result<Option<String>, StoreError> {
        let sql = "SELECT drawing FROM spectrum WHERE id = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.query_row([spectrum], |r| r.get(0)))
    }

    /// Gives key, name and drawing (JSON) of each stored reference to `sink`, by key.
    ///
    /// # Errors
    /// As [`Store::each_brief`].
    pub fn each_reference<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(&str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT key, name, drawing FROM reference ORDER BY key";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        while let Some(row) = self.checked(rows.next())? {
            let text = |i| row.get_ref(i).map(|v| v.as_str().unwrap_or_default());
            sink(
                self.checked(text(0))?,
                self.checked(text(1))?,
                self.checked(text(2))?,
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let row = "0".repeat(998);
        let bytes = packed(&row).unwrap();
        // With its two quotation marks.
        assert_eq!(unpack(&bytes, 1000).unwrap(), format!("\"{row}\""));
        let refused = unpack(&bytes, 999).unwrap_err().to_string();
        assert!(refused.contains("more than 999 bytes"), "{refused}");
        assert!(unpack(&bytes[..bytes.len() / 2], 1000).is_err());
    }
}

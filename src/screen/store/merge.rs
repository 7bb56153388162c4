//! Runs of parts of a batch, put together.

use super::{FILE, Store, StoreError};
use rusqlite::OptionalExtension;
use std::path::Path;

/// Takes what the attached run has and this one has not: what was read wins over what could not be, and
/// that over what waits.
const TAKE: &str = "
    CREATE TEMP TABLE taken AS SELECT p.id AS part_id, p.place, p.name FROM part.file p
        LEFT JOIN file f ON f.place = p.place AND f.name = p.name
        WHERE f.id IS NULL OR (p.state <> 0 AND (f.state = 0
            OR (f.sha256 IS NULL AND p.sha256 IS NOT NULL)));
    DELETE FROM spectrum WHERE file IN
        (SELECT f.id FROM file f JOIN taken t ON f.place = t.place AND f.name = t.name);
    INSERT INTO file (path, place, name, member, state, seen, size, modified, sha256, refused)
        SELECT p.path, p.place, p.name, p.member, min(p.state, 1), 1, p.size, p.modified, p.sha256,
            p.refused
        FROM part.file p JOIN taken t ON t.part_id = p.id WHERE true
        ON CONFLICT (place, name) DO UPDATE SET state = excluded.state, sha256 = excluded.sha256,
            size = excluded.size, modified = excluded.modified, refused = excluded.refused;
    INSERT INTO spectrum (file, position, brief, outcome, drawing, fingerprint)
        SELECT f.id, s.position, s.brief, s.outcome, s.drawing, s.fingerprint
        FROM taken t JOIN part.file p ON p.id = t.part_id AND p.state <> 0
        JOIN part.spectrum s ON s.file = p.id
        JOIN file f ON f.place = t.place AND f.name = t.name;
    INSERT OR IGNORE INTO reference SELECT * FROM part.reference;
    INSERT OR IGNORE INTO manifest SELECT * FROM part.manifest;
    DROP TABLE taken;";

impl Store {
    /// Takes all files and results of the run in `folder`, which must be of the same settings; judgements
    /// are made anew.
    ///
    /// # Errors
    /// [`StoreError::Differing`] where a file has other bytes, or the manifest says something else of it, in
    /// the two runs; others where the run cannot be read.
    pub fn take_run(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        let Some(text) = path.to_str() else {
            return Err(StoreError::Differing(format!(
                "the name of {} is not in UTF-8; rename the folder",
                folder.display()
            )));
        };
        self.checked(self.db.execute("ATTACH ?1 AS part", [text]))?;
        let taken = self.at_once(Self::take_attached);
        // Where the transaction failed its error is the one to tell.
        let detached = self.checked(self.db.execute_batch("DETACH part"));
        taken.and(detached)
    }

    fn take_attached(&self) -> Result<(), StoreError> {
        let first = |sql: &str| -> Result<Option<String>, StoreError> {
            self.checked(self.db.query_row(sql, [], |r| r.get(0)).optional())
        };
        let sql = "SELECT f.path FROM file f JOIN part.file p USING (place, name)
            WHERE f.state <> 0 AND p.state <> 0 AND f.sha256 <> p.sha256 LIMIT 1";
        if let Some(path) = first(sql)? {
            return Err(StoreError::Differing(format!(
                "{path} has other bytes in two of the runs; screen it again in one of them"
            )));
        }
        let sql = "SELECT m.place FROM manifest m JOIN part.manifest p USING (place, spectrum)
            WHERE m.fields <> p.fields LIMIT 1";
        if let Some(place) = first(sql)? {
            return Err(StoreError::Differing(format!(
                "the manifests of two of the runs say different things of {place}; use one manifest"
            )));
        }
        self.checked(self.db.execute_batch(TAKE))
    }
}

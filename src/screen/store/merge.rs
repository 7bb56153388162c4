//! Runs of parts of a batch, put together.

use super::{FILE, Store, StoreError};
use rusqlite::OptionalExtension;
use std::path::Path;

impl Store {
    /// Takes all files and results of the run in `folder`, which must be of the same settings; its own
    /// judgements are made anew. Gives the number of files taken.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a file has other bytes in the two runs, and where the run cannot be
    /// read.
    pub fn take_run(&self, folder: &Path) -> Result<u64, StoreError> {
        let path = folder.join(FILE);
        let text = path.to_string_lossy().into_owned();
        self.checked(self.db.execute("ATTACH ?1 AS part", [&text]))?;
        let taken = self.at_once(Self::take_attached);
        // Where the transaction failed its error is the one to tell.
        let detached = self.checked(self.db.execute_batch("DETACH part"));
        let taken = taken?;
        detached?;
        Ok(taken)
    }

    fn take_attached(&self) -> Result<u64, StoreError> {
        let sql = "SELECT f.path FROM file f JOIN part.file p USING (place, member)
            WHERE f.state <> 0 AND p.state <> 0 AND f.sha256 IS NOT p.sha256 LIMIT 1";
        let differing = self.checked(self.db.query_row(sql, [], |r| r.get(0)).optional())?;
        if let Some(path) = differing {
            let path: String = path;
            return Err(self.damaged(format!(
                "{path} has other bytes in two of the runs; screen it again in one of them"
            )));
        }
        // A file that waits here and is done there is taken from there.
        self.checked(self.db.execute_batch(
            "CREATE TEMP TABLE taken AS SELECT p.id AS part_id, p.place, p.member FROM part.file p
                WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.place = p.place
                    AND f.member = p.member AND (f.state <> 0 OR p.state = 0));
            INSERT INTO file (path, place, name, member, state, seen, size, modified, sha256)
                SELECT p.path, p.place, p.name, p.member, min(p.state, 1), 1, p.size, p.modified, p.sha256
                FROM part.file p JOIN taken t ON t.part_id = p.id WHERE true
                ON CONFLICT (place, member) DO UPDATE SET state = excluded.state,
                    sha256 = excluded.sha256;
            INSERT INTO spectrum (file, position, brief, outcome, drawing, fingerprint)
                SELECT f.id, s.position, s.brief, s.outcome, s.drawing, s.fingerprint
                FROM taken t JOIN part.file p ON p.id = t.part_id AND p.state <> 0
                JOIN part.spectrum s ON s.file = p.id
                JOIN file f ON f.place = t.place AND f.member = t.member;
            INSERT OR IGNORE INTO reference SELECT * FROM part.reference;
            INSERT OR IGNORE INTO manifest SELECT * FROM part.manifest;",
        ))?;
        let count = self
            .db
            .query_row("SELECT count(*) FROM taken", [], |r| r.get::<_, i64>(0));
        let count = self.checked(count)?;
        self.checked(self.db.execute_batch("DROP TABLE taken"))?;
        Ok(count as u64)
    }
}

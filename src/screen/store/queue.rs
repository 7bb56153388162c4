//! The files of a run: which there are, which wait, which are done.

use super::place::{from_columns, to_columns};
use super::{Place, Store, StoreError};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use std::path::Path;

/// Looked at, its results are stored.
const DONE: i64 = 1;
/// Looked at in an earlier session: to be compared by hash.
const EARLIER: i64 = 2;

/// A file that a listing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// As it is shown: the path as given, or archive and member.
    pub path: String,
    /// Where it is.
    pub place: Place,
    /// The same as text: the resolved path, and the member's name.
    pub name: String,
    /// Its size and the time of its last change in nanoseconds since 1970, where the system tells.
    pub stamp: Option<(u64, i64)>,
}

/// A file that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its row.
    pub id: i64,
    /// As it is shown.
    pub path: String,
    /// Where it is.
    pub place: Place,
    /// The same as text: the resolved path, and the member's name.
    pub name: String,
    /// Hash of its bytes when it was looked at before: unchanged bytes need no second look.
    pub known: Option<String>,
    /// The day that the manifest gives each of its spectra, counted from 1, or with 0 all of them.
    pub days: Vec<(usize, Date)>,
}

impl Queued {
    /// The day of a spectrum, counted from 1; `None` where the manifest gives none.
    pub fn day(&self, spectrum: usize) -> Option<Date> {
        let of = |wanted| self.days.iter().find(|(which, _)| *which == wanted);
        of(spectrum).or_else(|| of(0)).map(|(_, day)| *day)
    }
}

/// How many files are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// Looked at.
    pub done: u64,
    /// Not looked at, or not compared with what they were.
    pub waiting: u64,
    /// Looked at, and not found by the last listing.
    pub gone: u64,
    /// Never looked at, and not found by the last listing.
    pub missed: u64,
}

impl Store {
    /// Begins a session: what was done before is compared by hash.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn begin_session(&self) -> Result<(), StoreError> {
        let sql = "UPDATE file SET state = ?1 WHERE state = ?2";
        self.checked(self.db.execute(sql, params![EARLIER, DONE]))?;
        Ok(())
    }

    /// Number of the next listing.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn next_listing(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seen), 0) + 1 FROM file";
        self.checked(self.db.query_row(sql, [], |r| r.get(0)))
    }

    /// Takes a file of listing `number` into the queue; one that is done and has not changed since stays
    /// done.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn see(&self, seen: &Seen, number: i64) -> Result<(), StoreError> {
        let (place, member) = to_columns(&seen.place);
        let (size, modified) = seen.stamp.unzip();
        let sql = "INSERT INTO file (path, place, member, state, seen, size, modified, name)
            VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7)
            ON CONFLICT (place, name) DO UPDATE SET seen = ?4, member = ?3, refused = 0,
                path = CASE WHEN state = 0 THEN min(path, ?1) ELSE path END,
                state = CASE WHEN state = 1 AND (size IS NOT ?5 OR modified IS NOT ?6) THEN 2 ELSE state END,
                size = ?5, modified = ?6";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let size = size.map(|s| s as i64);
        let done = statement.execute(params![
            seen.path, place, member, number, size, modified, seen.name
        ]);
        self.checked(done)?;
        Ok(())
    }

    /// The next files that wait, in the order of their paths, after `after`.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn waiting(
        &self,
        after: Option<&Queued>,
        most: usize,
        number: i64,
    ) -> Result<Vec<Queued>, StoreError> {
        let sql = "SELECT id, path, place, member, sha256, name FROM file
            WHERE state IN (0, 2) AND seen = ?3 AND (?1 IS NULL OR (path, id) > (?1, ?4))
            ORDER BY path, id LIMIT ?2";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let (path, id) = after.map(|q| (&q.path, q.id)).unzip();
        let rows = statement.query_map(params![path, most as i64, number, id], |row| {
            let place: Vec<u8> = row.get(2)?;
            Ok(Queued {
                id: row.get(0)?,
                path: row.get(1)?,
                place: from_columns(&place, row.get(3)?),
                known: row.get(4)?,
                name: row.get(5)?,
                days: Vec::new(),
            })
        });
        let mut files: Vec<Queued> = self.checked(rows.and_then(Iterator::collect))?;
        for file in &mut files {
            file.days = self.days(&file.name)?;
        }
        Ok(files)
    }

    /// How many files are done, wait and are gone, as listing `number` saw them.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn queue(&self, number: i64) -> Result<Queue, StoreError> {
        let sql = "SELECT
            (SELECT count(*) FROM file WHERE state <> 0),
            (SELECT count(*) FROM file WHERE state IN (0, 2) AND seen = ?1),
            (SELECT count(*) FROM file WHERE state <> 0 AND seen <> ?1),
            (SELECT count(*) FROM file WHERE state = 0 AND seen <> ?1)";
        let row = self.db.query_row(sql, [number], |r| {
            let number = |i| r.get::<_, i64>(i).map(|n| n as u64);
            Ok(Queue {
                done: number(0)?,
                waiting: number(1)?,
                gone: number(2)?,
                missed: number(3)?,
            })
        });
        self.checked(row)
    }

    /// A file's bytes are those of before: its results hold.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn unchanged(&self, file: i64) -> Result<(), StoreError> {
        let sql = "UPDATE file SET state = ?1 WHERE id = ?2";
        self.checked(self.db.execute(sql, params![DONE, file]))?;
        Ok(())
    }

    /// Row and hash of a file that was seen.
    pub(super) fn row_of(&self, seen: &Seen) -> Result<(i64, Option<String>), StoreError> {
        let (place, _) = to_columns(&seen.place);
        let sql = "SELECT id, sha256 FROM file WHERE place = ?1 AND name = ?2";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let row = statement.query_row(params![place, seen.name], |r| Ok((r.get(0)?, r.get(1)?)));
        self.checked(row)
    }

    /// Marks a file as one that a listing could not look at.
    pub(super) fn set_refused(&self, file: i64) -> Result<(), StoreError> {
        let sql = "UPDATE file SET refused = 1 WHERE id = ?1";
        self.checked(self.db.execute(sql, [file]))?;
        Ok(())
    }

    /// Forgets what earlier listings could not look at and this one did not come upon: a pattern that
    /// fitted nothing, a folder that was not there.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn forget_refusals(&self, number: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM file WHERE refused = 1 AND seen <> ?1";
        self.checked(self.db.execute(sql, [number]))?;
        Ok(())
    }

    /// Lets files whose bytes could not be read be tried again.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn retry_unread(&self, number: i64) -> Result<(), StoreError> {
        let sql = "UPDATE file SET state = ?1, seen = ?3
            WHERE state = ?2 AND sha256 IS NULL AND refused = 0";
        self.checked(self.db.execute(sql, params![EARLIER, DONE, number]))?;
        Ok(())
    }

    /// Whether the run has results of this file.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn knows(&self, path: &Path) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM file WHERE name = ?1 AND refused = 0)";
        let name = path.to_string_lossy();
        self.checked(self.db.query_row(sql, [name], |r| r.get(0)))
    }

    /// Whether a file is done and has this stamp.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn is_done(&self, seen: &Seen) -> Result<bool, StoreError> {
        let (place, _) = to_columns(&seen.place);
        let sql = "SELECT state, size, modified FROM file WHERE place = ?1 AND name = ?2";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let row: Option<(i64, Option<i64>, Option<i64>)> = self.checked(
            statement
                .query_row(params![place, seen.name], |r| {
                    Ok((r.get(0)?, r.get(1)?, r.get(2)?))
                })
                .optional(),
        )?;
        let stamp = seen.stamp.map(|(size, modified)| (size as i64, modified));
        Ok(row.is_some_and(|(state, size, modified)| state == DONE && size.zip(modified) == stamp))
    }
}

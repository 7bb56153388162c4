//! What is made of the results after each session: which spectra are of one sample, and what is said of it.

use super::{Store, StoreError};
use crate::screen::brief::Brief;
use crate::screen::manifest::{Fields, day};
use crate::screen::sample::Judged;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

/// A spectrum's row and its short form.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped {
    /// Its row.
    pub spectrum: i64,
    /// Its short form.
    pub brief: Brief,
}

/// What a session left undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Files that were not looked at.
    pub waiting: u64,
    /// Spectra with results that are of no sample.
    pub unjudged: u64,
}

impl Store {
    /// Forgets what was made of the results.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn clear_derived(&self) -> Result<(), StoreError> {
        self.checked(
            self.db
                .execute_batch("DELETE FROM belongs; DELETE FROM sample;"),
        )
    }

    /// Replaces what the case manifest says: resolved file, spectrum counted from 1 or 0, fields. Files to
    /// whose spectra it gives another day are looked at again, since control status is that of the day. Tells
    /// how many.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn set_manifest<'a>(
        &self,
        rows: impl Iterator<Item = (String, usize, &'a Fields)>,
    ) -> Result<u64, StoreError> {
        self.checked(self.db.execute_batch(
            "CREATE TEMP TABLE earlier AS
                SELECT place, spectrum, json_extract(fields, '$.date') AS day FROM manifest;
            DELETE FROM manifest",
        ))?;
        let sql = "INSERT OR REPLACE INTO manifest VALUES (?1, ?2, ?3)";
        let mut statement = self.checked(self.db.prepare(sql))?;
        for (place, spectrum, fields) in rows {
            let fields = serde_json::to_string(fields)?;
            self.checked(statement.execute(params![place, spectrum as i64, fields]))?;
        }
        let sql = "WITH given AS
                (SELECT place, spectrum, json_extract(fields, '$.date') AS day FROM manifest),
            dated AS (SELECT * FROM given WHERE day IS NOT NULL),
            before AS (SELECT * FROM earlier WHERE day IS NOT NULL)
            UPDATE file SET state = 0, sha256 = NULL WHERE state <> 0 AND sha256 IS NOT NULL AND name IN (
                SELECT place FROM (SELECT * FROM dated EXCEPT SELECT * FROM before)
                UNION SELECT place FROM (SELECT * FROM before EXCEPT SELECT * FROM dated))";
        let changed = self.checked(self.db.execute(sql, []))?;
        self.checked(self.db.execute_batch("DROP TABLE earlier"))?;
        Ok(changed as u64)
    }

    /// The days that the manifest gives the spectra of a file, counted from 1, or with 0 all of them; a text
    /// that is no day gives none.
    pub(super) fn days(&self, place: &str) -> Result<Vec<(usize, Date)>, StoreError> {
        let sql = "SELECT spectrum, json_extract(fields, '$.date') AS day FROM manifest
            WHERE place = ?1 AND day IS NOT NULL";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let rows = statement.query_map([place], |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?))
        });
        let rows: Vec<(i64, String)> = self.checked(rows.and_then(Iterator::collect))?;
        let days = rows
            .into_iter()
            .filter_map(|(which, text)| Some((which as usize, day(&text).ok()?)));
        Ok(days.collect())
    }

    /// Rows of the manifest whose files are not in the queue, and the file of the first.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn idle_rows(&self) -> Result<(u64, Option<String>), StoreError> {
        let sql = "SELECT count(*), min(place) FROM manifest
            WHERE place NOT IN (SELECT name FROM file)";
        let row = self.db.query_row(sql, [], |r| {
            Ok((r.get::<_, i64>(0)? as u64, r.get::<_, Option<String>>(1)?))
        });
        self.checked(row)
    }

    /// Rows of the manifest that name a spectrum which its file, looked at, does not have: how many, the
    /// file and number of the first.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn rows_without_spectrum(&self) -> Result<(u64, Option<String>), StoreError> {
        let sql = "SELECT count(*), min(m.place || ' [' || m.spectrum || ']') FROM manifest m
            JOIN file f ON f.name = m.place AND f.state <> 0 AND f.sha256 IS NOT NULL
            WHERE m.spectrum > 0 AND NOT EXISTS (SELECT 1 FROM spectrum s WHERE s.file = f.id
                AND (json_extract(s.brief, '$.index') + 1 = m.spectrum
                    OR (m.spectrum = 1 AND json_extract(s.brief, '$.injection') IS NOT NULL)))";
        let row = self.db.query_row(sql, [], |r| {
            Ok((r.get::<_, i64>(0)? as u64, r.get::<_, Option<String>>(1)?))
        });
        self.checked(row)
    }

    /// What the manifest says of a spectrum of a file: of itself, else of all of its file. Of a GC-MS run spectrum 1
    /// is all of it, too.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn fields(&self, spectrum: i64) -> Result<Option<Fields>, StoreError> {
        let sql = "SELECT m.fields FROM spectrum s JOIN file f ON f.id = s.file
            JOIN manifest m ON m.place = f.name
                AND (m.spectrum IN (0, json_extract(s.brief, '$.index') + 1)
                    OR (m.spectrum = 1 AND json_extract(s.brief, '$.injection') IS NOT NULL))
            WHERE s.id = ?1 ORDER BY m.spectrum DESC LIMIT 1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let found = statement.query_row([spectrum], |r| r.get::<_, String>(0));
        let found = self.checked(found.optional())?;
        found.map(|json| self.read(&json)).transpose()
    }

    /// Puts a spectrum into the sample of this key, which is made where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn put(&self, spectrum: i64, key: &str, unknown: Option<i64>) -> Result<(), StoreError> {
        let sql =
            "INSERT OR IGNORE INTO sample (key, priority, judged, verdict) VALUES (?1, 0, '', '')";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.execute([key]))?;
        let sql = "INSERT INTO belongs VALUES (?1, (SELECT id FROM sample WHERE key = ?2), ?3)";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.execute(params![spectrum, key, unknown]))?;
        Ok(())
    }

    /// Gives each sample with its spectra to `sink`, in the order of their first spectra.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read, and the first error of `sink`.
    pub fn each_sample<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(i64, Vec<Grouped>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT b.sample, s.id, s.brief FROM belongs b
            JOIN spectrum s ON s.id = b.spectrum JOIN file f ON f.id = s.file
            ORDER BY b.sample, f.path, f.name, s.position";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        let mut current: Option<(i64, Vec<Grouped>)> = None;
        while let Some(row) = self.checked(rows.next())? {
            let sample: i64 = self.checked(row.get(0))?;
            let json: String = self.checked(row.get(2))?;
            let one = Grouped {
                spectrum: self.checked(row.get(1))?,
                brief: self.read(&json)?,
            };
            match &mut current {
                Some((id, group)) if *id == sample => group.push(one),
                _ => {
                    if let Some((id, group)) = current.replace((sample, vec![one])) {
                        sink(id, group)?;
                    }
                }
            }
        }
        match current {
            Some((id, group)) => sink(id, group),
            None => Ok(()),
        }
    }

    /// Gives each spectrum's row, its sample's row and its short form to `sink`, in the order of path and place in the file.
    ///
    /// # Errors
    /// As [`Store::each_sample`].
    pub fn each_placed<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(i64, i64, Brief) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT b.sample, s.brief, s.id FROM spectrum s JOIN file f ON f.id = s.file
            JOIN belongs b ON b.spectrum = s.id ORDER BY f.path, f.name, s.position";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        while let Some(row) = self.checked(rows.next())? {
            let json: String = self.checked(row.get(1))?;
            let (spectrum, sample) = (self.checked(row.get(2))?, self.checked(row.get(0))?);
            sink(spectrum, sample, self.read(&json)?)?;
        }
        Ok(())
    }

    /// Keeps what is said of a sample.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn judge(&self, sample: i64, judged: &Judged) -> Result<(), StoreError> {
        let sql = "UPDATE sample SET priority = ?2, judged = ?3, verdict = ?4 WHERE id = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let json = serde_json::to_string(judged)?;
        let (priority, verdict) = (judged.priority(), judged.verdict.id());
        self.checked(statement.execute(params![sample, priority, json, verdict]))?;
        Ok(())
    }

    /// Numbers the groups of unknowns: those of at least two samples that are not identified, or of which a peak
    /// is not, in the order of their first samples, from 1.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn number_unknowns(&self) -> Result<(), StoreError> {
        let sql = "
            CREATE TEMP TABLE member (sample INTEGER, begun INTEGER, PRIMARY KEY (sample, begun));
            INSERT INTO member SELECT DISTINCT b.sample, b.unknown FROM belongs b
                JOIN sample s ON s.id = b.sample JOIN spectrum p ON p.id = b.spectrum
                WHERE b.unknown IS NOT NULL AND s.verdict <> 'unusable' AND (s.verdict <> 'identified'
                    OR json_extract(p.brief, '$.peak') IS NOT NULL);
            CREATE TEMP TABLE numbered (begun INTEGER PRIMARY KEY, number INTEGER NOT NULL);
            INSERT INTO numbered SELECT begun, row_number() OVER (ORDER BY min(sample)) FROM member
                GROUP BY begun HAVING count(*) > 1;
            UPDATE sample SET unknown = (SELECT min(number) FROM member JOIN numbered USING (begun)
                WHERE member.sample = sample.id);
            UPDATE belongs SET unknown = (SELECT number FROM numbered
                WHERE numbered.begun = belongs.unknown) WHERE unknown IS NOT NULL;
            DROP TABLE member;
            DROP TABLE numbered;";
        self.checked(self.db.execute_batch(sql))
    }

    /// What a sample is known by in its run.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn key(&self, sample: i64) -> Result<String, StoreError> {
        let sql = "SELECT key FROM sample WHERE id = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.query_row([sample], |r| r.get(0)))
    }

    /// What the last session left undone.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn left(&self) -> Result<Left, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM file WHERE state = 0),
            (SELECT count(*) FROM spectrum s JOIN file f ON f.id = s.file
                WHERE f.state <> 0 AND s.id NOT IN (SELECT spectrum FROM belongs))";
        let row = self.db.query_row(sql, [], |r| {
            let (waiting, unjudged): (i64, i64) = (r.get(0)?, r.get(1)?);
            Ok(Left {
                waiting: waiting as u64,
                unjudged: unjudged as u64,
            })
        });
        self.checked(row)
    }

    /// The row of the sample that a spectrum is of; `None` where it was not judged.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn sample_of(&self, spectrum: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT sample FROM belongs WHERE spectrum = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let row = statement.query_row([spectrum], |r| r.get(0)).optional();
        self.checked(row)
    }

    /// The number of a sample's group of unknowns; `None` where it has none.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn unknown_group(&self, sample: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT unknown FROM sample WHERE id = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.query_row([sample], |r| r.get(0)))
    }

    /// The number of the group of unknowns that a spectrum is like; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn unknown_group_of_spectrum(&self, spectrum: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT unknown FROM belongs WHERE spectrum = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        self.checked(statement.query_row([spectrum], |r| r.get(0)))
    }

    /// What is said of a sample.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn judged(&self, sample: i64) -> Result<Judged, StoreError> {
        let sql = "SELECT judged FROM sample WHERE id = ?1";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let json: String = self.checked(statement.query_row([sample], |r| r.get(0)))?;
        self.read(&json)
    }

    /// Gives each sample's row and what is said of it to `sink`, what needs a second look first.
    ///
    /// # Errors
    /// As [`Store::each_sample`].
    pub fn each_judged<E: From<StoreError>>(
        &self,
        mut sink: impl FnMut(i64, Judged) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT id, judged FROM sample ORDER BY priority DESC, id";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let mut rows = self.checked(statement.query([]))?;
        while let Some(row) = self.checked(rows.next())? {
            let json: String = self.checked(row.get(1))?;
            sink(self.checked(row.get(0))?, self.read(&json)?)?;
        }
        Ok(())
    }

    /// The spectra of a sample in order.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn spectra_of(&self, sample: i64) -> Result<Vec<Grouped>, StoreError> {
        let sql = "SELECT s.id, s.brief FROM belongs b
            JOIN spectrum s ON s.id = b.spectrum JOIN file f ON f.id = s.file
            WHERE b.sample = ?1 ORDER BY f.path, f.name, s.position";
        let mut statement = self.checked(self.db.prepare_cached(sql))?;
        let mut rows = self.checked(statement.query([sample]))?;
        let mut found = Vec::new();
        while let Some(row) = self.checked(rows.next())? {
            let json: String = self.checked(row.get(1))?;
            found.push(Grouped {
                spectrum: self.checked(row.get(0))?,
                brief: self.read(&json)?,
            });
        }
        Ok(found)
    }
}

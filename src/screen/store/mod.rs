//! The store of a run: one SQLite file in the run's folder, from which all outputs are made.
//!
//! A file's row says whether its results are whole; those of a file that was begun and not finished are
//! never read, and after a crash the file is looked at again. SQLite's rollback journal is used, since its
//! other journal does not work on network folders. The file is locked for as long as a run works on it.

mod about;
mod derived;
mod merge;
mod place;
mod queue;
mod results;
#[cfg(test)]
mod tests;

pub use about::{About, Changed};
pub use derived::{Grouped, Left};
pub use place::{Place, path_of_bytes};
pub use queue::{Queue, Queued, Seen};
pub use results::{Finished, Row, Stored, packed, unpacked};

use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Name of the store in a run's folder.
pub const FILE: &str = "run.sqlite";
/// Version of the tables.
const VERSION: &str = "specid.run/1";

/// Why a run's store cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file system or SQLite refused.
    #[error("the store {} cannot be used", path.display())]
    Sql {
        /// The store.
        path: PathBuf,
        /// The reason.
        source: rusqlite::Error,
    },
    /// Another process works on the run.
    #[error("{} is in use: another specid works on this run; wait for it, or name another --out", .0.display())]
    Busy(PathBuf),
    /// The file is not a store of this program's version.
    #[error("{} is no store of this version ({found:?}, expected {VERSION:?}); name another --out", path.display())]
    Foreign {
        /// The store.
        path: PathBuf,
        /// What it says of itself.
        found: String,
    },
    /// A row that cannot be understood.
    #[error("{}: a row is damaged ({message}); screen the files again into another --out", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// What is written cannot be put into the store's form.
    #[error("a result cannot be stored ({0})")]
    Form(#[from] serde_json::Error),
    /// Two runs that are no parts of one batch.
    #[error("{0}")]
    Differing(String),
    /// Nothing was screened into the run.
    #[error("{} holds no results", .0.display())]
    Empty(PathBuf),
    /// The run's folder cannot be made.
    #[error("{} cannot be used", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
}

/// An open store.
pub struct Store {
    pub(super) db: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the store of a run's folder, or makes both.
    ///
    /// # Errors
    /// [`StoreError`] where the folder cannot be made, or the store is in use, foreign or damaged.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let refused = |source| StoreError::Folder {
            path: folder.to_owned(),
            source,
        };
        std::fs::create_dir_all(folder).map_err(refused)?;
        let path = folder.join(FILE);
        let db = Connection::open(&path).map_err(|e| sql_error(&path, e))?;
        let store = Self { db, path };
        store.begin()?;
        Ok(store)
    }

    /// Opens the store of an existing run.
    ///
    /// # Errors
    /// [`StoreError`] where there is none, or it cannot be used.
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(StoreError::Folder {
                path,
                source: std::io::Error::new(
                    std::io::ErrorKind::NotFound,
                    "this folder holds no screening run",
                ),
            });
        }
        Self::open(folder)
    }

    fn begin(&self) -> Result<(), StoreError> {
        let run = || -> rusqlite::Result<Option<String>> {
            self.db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
            self.db.pragma_update(None, "foreign_keys", true)?;
            self.db.pragma_update(None, "journal_mode", "TRUNCATE")?;
            self.db.pragma_update(None, "synchronous", "FULL")?;
            self.db.execute_batch("BEGIN EXCLUSIVE")?;
            let tables: i64 = self
                .db
                .query_row("SELECT count(*) FROM sqlite_master", [], |r| r.get(0))?;
            if tables == 0 {
                self.db.execute_batch(include_str!("schema.sql"))?;
                self.db
                    .execute("INSERT INTO run VALUES ('version', ?1)", params![VERSION])?;
            }
            let of_run = "SELECT count(*) FROM sqlite_master WHERE name = 'run'";
            let known: i64 = self.db.query_row(of_run, [], |r| r.get(0))?;
            let version = match known {
                0 => None,
                _ => self
                    .db
                    .query_row("SELECT value FROM run WHERE name = 'version'", [], |r| {
                        r.get(0)
                    })
                    .optional()?,
            };
            self.db.execute_batch("COMMIT")?;
            Ok(version)
        };
        match run().map_err(|e| sql_error(&self.path, e))? {
            Some(version) if version == VERSION => Ok(()),
            found => Err(StoreError::Foreign {
                path: self.path.clone(),
                found: found.unwrap_or_default(),
            }),
        }
    }

    /// Ends the use of the store and removes it.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be removed.
    pub fn remove(self) -> Result<(), StoreError> {
        let Self { db, path } = self;
        db.close().map_err(|(_, e)| sql_error(&path, e))?;
        for file in [path.clone(), path.with_file_name(format!("{FILE}-journal"))] {
            match std::fs::remove_file(&file) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::Folder { path: file, source });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Ends the use of the store and renames it, so that a new one can take its place. Gives its new name.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be renamed.
    pub fn set_aside(self) -> Result<PathBuf, StoreError> {
        let Self { db, path } = self;
        db.close().map_err(|(_, e)| sql_error(&path, e))?;
        let free = (1..).map(|n| path.with_file_name(format!("run-{n}.sqlite")));
        let kept = free.into_iter().find(|name| !name.exists());
        let kept = kept.unwrap_or_else(|| path.with_extension("sqlite.before"));
        std::fs::rename(&path, &kept).map_err(|source| StoreError::Folder {
            path: kept.clone(),
            source,
        })?;
        Ok(kept)
    }

    /// A value that the run keeps of itself.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn value(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM run WHERE name = ?1";
        let found = self.db.query_row(sql, [name], |r| r.get(0)).optional();
        self.checked(found)
    }

    /// Keeps a value.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn set_value(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO run VALUES (?1, ?2)";
        self.checked(self.db.execute(sql, [name, value]))?;
        Ok(())
    }

    /// Does all of `work` or nothing of it.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] where the store cannot be written.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.checked(self.db.execute_batch("BEGIN IMMEDIATE"))?;
        match work(self) {
            Ok(done) => {
                self.checked(self.db.execute_batch("COMMIT"))?;
                Ok(done)
            }
            Err(error) => {
                // The first error is the one to tell; SQLite rolls back by itself where this fails.
                let _ = self.db.execute_batch("ROLLBACK");
                Err(error)
            }
        }
    }

    fn checked<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|e| sql_error(&self.path, e))
    }

    fn damaged(&self, message: impl std::fmt::Display) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            message: message.to_string(),
        }
    }

    fn read<T: serde::de::DeserializeOwned>(&self, json: &str) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|e| self.damaged(e))
    }
}

fn sql_error(path: &Path, source: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, NotADatabase};
    match source.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy(path.to_owned()),
        Some(NotADatabase) => StoreError::Foreign {
            path: path.to_owned(),
            found: "no SQLite file".to_owned(),
        },
        _ => StoreError::Sql {
            path: path.to_owned(),
            source,
        },
    }
}

//! The register: one SQLite file. Every change is a transaction.

mod groups;
mod letters;
mod placing;
mod rows;
#[cfg(test)]
mod tests;
mod watches;

pub use groups::{Change, Clustered};
pub use placing::Placed;
pub use rows::Kept;

use super::RegisterError;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Version of the tables.
const VERSION: &str = "specid.unknowns/1";
/// How long another process is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open register.
pub struct Register {
    db: Connection,
    path: PathBuf,
}

impl Register {
    /// Opens a register, or makes it.
    ///
    /// # Errors
    /// [`RegisterError`] where it cannot be made, is in use, or is another file.
    pub fn open(path: &Path) -> Result<Self, RegisterError> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| RegisterError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let register = Self::with(path, flags)?;
        register.at_once::<_, RegisterError>(|register| {
            let tables = "SELECT count(*) FROM sqlite_master";
            let tables: i64 = register.checked(register.db.query_row(tables, [], |r| r.get(0)))?;
            if tables == 0 {
                register.checked(register.db.execute_batch(include_str!("schema.sql")))?;
                register.set_value("version", VERSION)?;
            }
            Ok(())
        })?;
        register.known()
    }

    /// Opens a register that is there already.
    ///
    /// # Errors
    /// As [`Register::open`], and where there is none.
    pub fn open_existing(path: &Path) -> Result<Self, RegisterError> {
        match path.is_file() {
            true => Self::open(path),
            false => Err(RegisterError::Missing(path.to_owned())),
        }
    }

    /// Opens a register to be read only.
    ///
    /// # Errors
    /// As [`Register::open_existing`].
    pub fn read(path: &Path) -> Result<Self, RegisterError> {
        if !path.is_file() {
            return Err(RegisterError::Missing(path.to_owned()));
        }
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?.known()
    }

    fn with(path: &Path, flags: OpenFlags) -> Result<Self, RegisterError> {
        let open = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let register = Self {
            db: open.map_err(|e| sql_error(path, e))?,
            path: path.to_owned(),
        };
        register.checked(register.db.busy_timeout(PATIENCE))?;
        register.checked(register.db.pragma_update(None, "foreign_keys", true))?;
        Ok(register)
    }

    /// This register, where it is one of this version.
    fn known(self) -> Result<Self, RegisterError> {
        let tables = "SELECT count(*) FROM sqlite_master WHERE name = 'register'";
        let tables: i64 = self.checked(self.db.query_row(tables, [], |r| r.get(0)))?;
        let version = match tables {
            0 => None,
            _ => self.value("version")?,
        };
        match version {
            Some(version) if version == VERSION => Ok(self),
            found => Err(RegisterError::Foreign {
                path: self.path,
                found: found.map_or("it is another database".to_owned(), |v| format!("{v:?}")),
            }),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does all of `work` or nothing of it.
    ///
    /// # Errors
    /// Those of `work`, and [`RegisterError`] where the register cannot be written.
    pub fn at_once<T, E: From<RegisterError>>(
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

    fn value(&self, name: &str) -> Result<Option<String>, RegisterError> {
        let sql = "SELECT value FROM register WHERE name = ?1";
        self.checked(self.db.query_row(sql, [name], |r| r.get(0)).optional())
    }

    fn set_value(&self, name: &str, value: &str) -> Result<(), RegisterError> {
        let sql = "INSERT OR REPLACE INTO register VALUES (?1, ?2)";
        self.checked(self.db.execute(sql, params![name, value]))?;
        Ok(())
    }

    fn checked<T>(&self, result: rusqlite::Result<T>) -> Result<T, RegisterError> {
        result.map_err(|e| sql_error(&self.path, e))
    }

    fn damaged(&self, message: impl std::fmt::Display) -> RegisterError {
        RegisterError::Damaged {
            path: self.path.clone(),
            message: message.to_string(),
        }
    }

    fn parsed<T: serde::de::DeserializeOwned>(&self, json: &str) -> Result<T, RegisterError> {
        serde_json::from_str(json).map_err(|e| self.damaged(e))
    }
}

fn sql_error(path: &Path, source: rusqlite::Error) -> RegisterError {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, NotADatabase};
    match source.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => RegisterError::Busy(path.to_owned()),
        Some(NotADatabase) => RegisterError::Foreign {
            path: path.to_owned(),
            found: "it is no SQLite file".to_owned(),
        },
        _ => RegisterError::Sql {
            path: path.to_owned(),
            source,
        },
    }
}

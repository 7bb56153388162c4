//! The file of trusted keys: read whole and checked, written beside the old one and renamed.

use super::trust::{SCHEMA, Trust, TrustedKey};
use crate::file::{Readers, beside, folder_of, put};
use std::io::Write;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why the trust file cannot be used.
#[derive(Debug, Error)]
pub enum TrustError {
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The file is damaged.
    #[error("{}: the list of trusted keys is damaged ({message}); restore it from a copy", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

impl Trust {
    /// Reads the file; nobody is trusted where there is none.
    ///
    /// # Errors
    /// [`TrustError`] where it cannot be read or is damaged.
    pub fn load(path: &Path) -> Result<Self, TrustError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => {
                return Err(TrustError::Io {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        Self::parse(&text).map_err(|message| TrustError::Format {
            path: path.to_owned(),
            message,
        })
    }

    fn parse(text: &str) -> Result<Self, String> {
        let trust: Self = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        if trust.schema != SCHEMA {
            return Err(format!(
                "expected schema {SCHEMA:?}, found {:?}",
                trust.schema
            ));
        }
        let sound = |name: &str, key: &TrustedKey| {
            key.key.publisher() == name && key.key.fingerprint() == key.fingerprint
        };
        let wrong = trust.publishers.iter().flat_map(|(name, keys)| {
            let keys = keys.iter().filter(move |key| !sound(name, key));
            keys.map(|key| key.fingerprint)
        });
        match wrong.into_iter().next() {
            Some(fingerprint) => Err(format!("the key {fingerprint} is not what it says")),
            None => Ok(trust),
        }
    }

    /// Writes the file: beside the old one, flushed, then renamed.
    ///
    /// # Errors
    /// [`TrustError`] where it cannot be written; the old file stays.
    pub fn save(&self, path: &Path) -> Result<(), TrustError> {
        let io = |source| TrustError::Io {
            path: path.to_owned(),
            source,
        };
        let text = toml::to_string(self).map_err(|e| TrustError::Format {
            path: path.to_owned(),
            message: e.to_string(),
        })?;
        std::fs::create_dir_all(folder_of(path)).map_err(io)?;
        let mut file = beside(path, Readers::Owner).map_err(io)?;
        file.write_all(text.as_bytes()).map_err(io)?;
        put(file, path).map_err(io)
    }
}

//! Notices of other laboratories that the spectra of a command are compared with.

use super::locate;
use crate::unknowns::{Register, Watches};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Which register is watched.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct WatchArgs {
    /// Register of unknowns with the notices that alert [default: $SPECID_UNKNOWNS, else your own register,
    /// where there is one]
    #[arg(long, value_name = "FILE")]
    pub register: Option<PathBuf>,
}

impl WatchArgs {
    /// The notices that alert; none where there is no register. A register that nobody named and that cannot
    /// be used is told and costs no result.
    pub fn open(&self) -> Result<Watches> {
        let named = self.register.as_deref();
        let path = match locate::unknowns(named) {
            Ok(path) if named.is_some() || path.is_file() => path,
            _ => return Ok(Watches::default()),
        };
        match Register::read(&path).and_then(|register| register.watches()) {
            Ok(watches) => Ok(Watches::of(watches)),
            Err(error) if named.is_some() => Err(error.into()),
            Err(error) => {
                let error = anyhow::Error::from(error);
                eprintln!(
                    "specid: {}; no notice of an unknown is watched for",
                    super::told(&error)
                );
                Ok(Watches::default())
            }
        }
    }
}

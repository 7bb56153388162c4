//! Notices of other laboratories that the spectra of a command are compared with.

use super::keyring::{Keyring, today};
use super::locate;
use crate::unknowns::{KeptLetter, Proof, Register, Watch, Watches};
use anyhow::Result;
use clap::Args;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

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
        match alerting(&path) {
            Ok(watches) => Ok(Watches::of(watches)),
            Err(error) if named.is_some() => Err(error),
            Err(error) => {
                eprintln!(
                    "specid: {}; no notice of an unknown is watched for",
                    super::told(&error)
                );
                Ok(Watches::default())
            }
        }
    }
}

/// The notices that may alert: what was changed since it came, or is of a key that is not trusted now, is told and does
/// not.
fn alerting(path: &Path) -> Result<Vec<Watch>> {
    let register = Register::read(path)?;
    let watches = register.watches()?;
    let open = watches.into_iter().filter(|watch| watch.ended.is_none());
    let mut alerting = Vec::new();
    for (watch, proof) in proven(&register, open.collect())? {
        if let Some(told) = proof.told(&watch) {
            eprintln!("specid: {told}");
        }
        if proof.alerts() {
            alerting.push(watch);
        }
    }
    Ok(alerting)
}

/// Each notice with what its letter says of it.
pub(super) fn proven(register: &Register, watches: Vec<Watch>) -> Result<Vec<(Watch, Proof)>> {
    if watches.is_empty() {
        return Ok(Vec::new());
    }
    let (trust, today) = (Keyring::open()?.trust()?, today());
    let mut letters: HashMap<Option<String>, Result<KeptLetter, Proof>> = HashMap::new();
    let mut proven = Vec::with_capacity(watches.len());
    for watch in watches {
        let proof = match letters.entry(watch.letter.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let bytes = match &watch.letter {
                    Some(hash) => register.letter(hash)?,
                    None => None,
                };
                free.insert(KeptLetter::open(
                    bytes.as_deref(),
                    &trust,
                    today,
                    watch.received,
                ))
            }
        };
        let proof = match proof {
            Ok(letter) => letter.proof(&watch),
            Err(proof) => proof.clone(),
        };
        proven.push((watch, proof));
    }
    Ok(proven)
}

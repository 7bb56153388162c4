//! A record checked with its heads.

use crate::cli::keyring::{Keyring, today};
use crate::cli::progress;
use crate::record::{Checked, Head, Known, SignedHead, Standing, verify};
use anyhow::Result;
use clap::Args;
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};

/// What a record is compared with.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct HeadArgs {
    /// A head that was kept elsewhere (`specid record head`, `sign`): the record must hold its entry, and its
    /// signature must be by a key that is trusted here
    #[arg(long, value_name = "FILE")]
    pub head: Vec<PathBuf>,
    /// Number and hash of an entry, as a report shows them: 12:1a2b...
    #[arg(long, value_name = "ENTRY:HASH", value_parser = Known::noted)]
    pub against: Vec<Known>,
    /// Check the chain although there is no head: entries cut off the end are then not noticed
    #[arg(long)]
    pub chain_only: bool,
}

/// What was found of a record and its heads.
pub(in crate::cli) struct CheckedRecord {
    pub found: Checked,
    /// Heads that were named, and what each is worth.
    pub standings: Vec<(String, Standing)>,
    /// Why it is not accepted although its chain holds.
    beside: Vec<String>,
}

impl CheckedRecord {
    /// Why the record is not accepted; empty where it is whole.
    pub fn problems(&self) -> Vec<String> {
        let wrong = self.found.wrong.as_ref();
        let wrong = wrong.map(|wrong| format!("entry {}: {}", wrong.entry, wrong.message));
        wrong
            .into_iter()
            .chain(self.beside.iter().cloned())
            .collect()
    }
}

/// Checks a record from the first entry to the last, with a progress bar.
///
/// # Errors
/// Where it cannot be read, or a head is no head.
pub(in crate::cli) fn checked(path: &Path, args: &HeadArgs) -> Result<CheckedRecord> {
    let mut known = args.against.clone();
    let (mut standings, mut problems) = (Vec::new(), Vec::new());
    let own = Head::file_of(path);
    match Head::beside(path) {
        Ok(Some(head)) => known.push(Known::of(own.display().to_string(), head, true)),
        // A record that was never appended to has none.
        Ok(None) if std::fs::metadata(path).is_ok_and(|m| m.len() == 0) => {}
        Ok(None) if args.head.is_empty() && args.against.is_empty() && !args.chain_only => {
            problems.push(format!(
                "its head {} is missing, so that entries cut off the end would not be noticed; give a head that was kept elsewhere (--head, --against), or check the chain alone (--chain-only)",
                own.display()
            ));
        }
        Ok(None) => {}
        Err(error) => problems.push(error.to_string()),
    }
    if !args.head.is_empty() {
        let trust = Keyring::open()?.trust()?;
        for file in &args.head {
            let (head, standing) = SignedHead::open(file, &trust, today())?;
            let name = file.display().to_string();
            if let Standing::NotTrusted {
                publisher, reason, ..
            } = &standing
            {
                problems.push(format!("{name} is signed by {publisher}, and {reason}"));
            }
            known.push(Known::of(name.clone(), head, false));
            standings.push((name, standing));
        }
    }
    let bar = progress::bar("verifying", 0);
    let found = verify(path, &known, &|done, all| tell(&bar, done, all))?;
    bar.finish_and_clear();
    Ok(CheckedRecord {
        found,
        standings,
        beside: problems,
    })
}

fn tell(bar: &ProgressBar, done: u64, all: u64) {
    bar.set_length(all);
    bar.set_position(done);
}

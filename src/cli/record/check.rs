//! A record checked with its heads.

use crate::cli::keyring::{Keyring, today};
use crate::cli::progress;
use crate::record::{Checked, Known, NoHead, SignedHead, Standing, verify};
use anyhow::Result;
use clap::Args;
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};

/// What a record is compared with.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct HeadArgs {
    /// A head that was kept elsewhere (`specid record head`, `sign`): the record must hold its entry, and its
    /// signature must be by a key that is trusted here, or was until it expired, which is told
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
    /// Heads by keys that are not trusted, each with the reason. The record may be whole all the same.
    pub untrusted: Vec<String>,
    /// Whether entries may have been cut off where the head was missing, and nobody asked for the chain alone.
    pub may_be_cut: bool,
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

    /// Names of heads by keys that have expired since.
    pub fn expired(&self) -> Vec<&str> {
        let heads = self.standings.iter();
        let by_expired = heads.filter(|(_, standing)| matches!(standing, Standing::Expired { .. }));
        by_expired.map(|(name, _)| name.as_str()).collect()
    }
}

/// Checks a record from the first entry to the last, with a progress bar.
///
/// # Errors
/// Where it cannot be read, or a head is no head.
pub(in crate::cli) fn checked(path: &Path, args: &HeadArgs) -> Result<CheckedRecord> {
    let mut known = args.against.clone();
    let (mut standings, mut problems, mut untrusted) = (Vec::new(), Vec::new(), Vec::new());
    if !args.head.is_empty() {
        let keyring = Keyring::open()?;
        let (trust, own) = (keyring.trust()?, keyring.own()?);
        let is_own = |fingerprint: &str| {
            let mut keys = own.iter().map(|secret| secret.key().fingerprint());
            keys.any(|key| key.to_string() == fingerprint)
        };
        for file in &args.head {
            let (head, standing) = SignedHead::open(file, &trust, today())?;
            let name = file.display().to_string();
            let standing = match standing {
                Standing::NotTrusted {
                    publisher,
                    fingerprint,
                    is_unknown: true,
                    ..
                } if is_own(&fingerprint) => Standing::Own {
                    publisher,
                    fingerprint,
                },
                other => other,
            };
            if let Standing::NotTrusted {
                publisher, reason, ..
            } = &standing
            {
                untrusted.push(format!("{name} is signed by {publisher}, and {reason}"));
            }
            known.push(Known::of(name.clone(), head, false));
            standings.push((name, standing));
        }
    }
    let bar = progress::bar("verifying", 0);
    let found = verify(path, &known, &|done, all| tell(&bar, done, all))?;
    bar.finish_and_clear();
    let no_other = args.head.is_empty() && args.against.is_empty() && !args.chain_only;
    match &found.no_head {
        Some(NoHead::Missing(head)) if no_other => problems.push(format!(
            "its head {head} is missing, so that entries cut off the end would not be noticed; give a head that was kept elsewhere (--head, --against), or check the chain alone (--chain-only)"
        )),
        Some(NoHead::Damaged(why)) => problems.push(why.clone()),
        Some(NoHead::Missing(_)) | None => {}
    }
    Ok(CheckedRecord {
        may_be_cut: !found.head_missing_before.is_empty() && !args.chain_only,
        found,
        standings,
        beside: problems,
        untrusted,
    })
}

fn tell(bar: &ProgressBar, done: u64, all: u64) {
    bar.set_length(all);
    bar.set_position(done);
}

//! `specid record head` and `specid record sign`.

use super::check::{HeadArgs, checked};
use crate::cli::Ending;
use crate::cli::kept;
use crate::cli::keyring::{Keyring, today};
use crate::cli::output_file::replace;
use crate::record::{Head, SignedHead};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct HeadCommand {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SignArgs {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Key to sign with: publisher, fingerprint or file (`specid library key`) [default: your only valid key
    /// that no other follows]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The head of a record that is whole, for a file that is not the record.
fn head(record: &PathBuf, out: Option<&PathBuf>) -> Result<Head> {
    kept::refuse_named(out, std::slice::from_ref(record))?;
    let checked = checked(record, &HeadArgs::default())?;
    match checked.problems().first() {
        None => Ok(checked.found.head(record)),
        Some(problem) => bail!(
            "{} is not whole, so no head of it is given: {problem}",
            record.display()
        ),
    }
}

fn give(line: &str, file: Option<&Path>, out: &mut dyn Write) -> Result<()> {
    match file {
        Some(file) => replace(file, line.as_bytes()),
        None => Ok(out.write_all(line.as_bytes())?),
    }
}

pub(super) fn export(args: &HeadCommand, out: &mut dyn Write) -> Result<Ending> {
    let head = head(&args.record, args.out.as_ref())?;
    give(&head.line(), args.out.as_deref(), out)?;
    eprintln!(
        "specid: head of {} entries; keep it where nobody who can change the record can change it",
        head.entries
    );
    Ok(Ending::Found)
}

pub(super) fn sign(args: &SignArgs, out: &mut dyn Write) -> Result<Ending> {
    let today = today();
    let secret = Keyring::open()?.pick_valid(args.key.as_deref(), today)?;
    let key = secret.key();
    let head = head(&args.record, args.out.as_ref())?;
    let entries = head.entries;
    let sealed = SignedHead::seal(head, &secret, today);
    let line = sealed.line().context("the head cannot be written")?;
    give(&line, args.out.as_deref(), out)?;
    eprintln!(
        "specid: head of {entries} entries, signed by {}, key {}",
        key.publisher(),
        key.fingerprint()
    );
    Ok(Ending::Found)
}

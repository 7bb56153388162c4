//! `specid library receive`.

use super::Ending;
use super::args::{LimitArgs, ViewFormat};
use super::keyring::{Keyring, today};
use super::library::{ChangeArgs, Session, told_findings};
use super::locate;
use super::publish::print_manifest;
use crate::check::Finding;
use crate::exchange::{
    Changes, Limits, Manifest, Package, Reception, Refusal, Replay, Update, UpdateError, update,
};
use crate::impact::Impact;
use crate::library::{Action, Library};
use crate::read::hex;
use crate::report::impact as told;
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Ids printed one by one before the rest is only counted.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
pub(super) struct ReceiveArgs {
    /// Package file
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    /// Library file; made where it does not exist [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    library: Option<PathBuf>,
    /// Verify the package and say what it would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Go back to a generation that is not newer than the one received last
    #[arg(long)]
    allow_older: bool,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

fn limits(args: &LimitArgs) -> Limits {
    let read = args.limits();
    Limits {
        package_bytes: read.file_bytes,
        records_bytes: read.file_bytes,
        records: read.spectra,
        points: read.points,
        ..Limits::default()
    }
}

/// The file's bytes; one more than allowed where it is too large.
fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
        .with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(bytes)
}

pub(super) fn run(args: &ReceiveArgs, out: &mut dyn Write) -> Result<Ending> {
    let limits = limits(&args.limits);
    let bytes = bytes(&args.package, limits.package_bytes)?;
    match take(args, &bytes, &limits, out) {
        Err(error) => {
            let refusal = error.downcast_ref::<Refusal>();
            if let Some(refusal) = refusal.filter(|_| args.format == ViewFormat::Json) {
                let refused = serde_json::json!({
                    "accepted": false,
                    "refusal": refusal.kind(),
                    "message": refusal.to_string(),
                });
                serde_json::to_writer_pretty(&mut *out, &refused)?;
                writeln!(out)?;
                out.flush()?;
            }
            Err(error.context(format!("{} was not received", args.package.display())))
        }
        ended => ended,
    }
}

fn take(args: &ReceiveArgs, bytes: &[u8], limits: &Limits, out: &mut dyn Write) -> Result<Ending> {
    let keyring = Keyring::open()?;
    let trust = keyring.trust()?;
    let package = Package::open(bytes, limits)?.verify(&trust, today())?;
    let path = locate::writable(args.library.as_deref())?;
    let mut session = Session::begin(&path, Action::Receive, &args.change)?;
    let reception = Reception {
        replay: match args.allow_older {
            true => Replay::Allow,
            false => Replay::Refuse,
        },
        now: Timestamp::now(),
    };
    let Update {
        builder,
        changes,
        manifest,
        introduced,
    } = update(session.parent.as_ref(), package, reception).map_err(|error| match error {
        UpdateError::Refused(refusal) => anyhow::Error::from(refusal),
        other => other.into(),
    })?;
    if builder.is_empty() {
        bail!("the library would be left without entries; nothing was changed");
    }
    session.source(
        &args.package.to_string_lossy(),
        &hex(&Sha256::digest(bytes)),
    );
    session
        .change
        .reason
        .get_or_insert_with(|| received(&manifest));
    let held = Held {
        manifest: &manifest,
        changes: &changes,
        new_keys: introduced
            .iter()
            .map(|new| (new.key.fingerprint().to_string(), new.by.to_string()))
            .collect(),
    };
    let finished = match session.finish(builder, args.dry_run) {
        Ok(finished) => finished,
        Err(error) => {
            // Who decides whether to accept it must see what it is.
            let mut text = Vec::new();
            tell_held(args, &held, &mut text)?;
            eprint!("{}", String::from_utf8_lossy(&text));
            return Err(error);
        }
    };
    if !introduced.is_empty() && !args.dry_run {
        // Read again: it may have been changed while the library was made.
        let mut trust = keyring.trust()?;
        trust.accept(&introduced, today());
        keyring.save_trust(&trust)?;
    }
    let outcome = Outcome {
        accepted: true,
        library: path.display().to_string(),
        written: finished
            .record
            .as_ref()
            .map(|_| Written::of(&finished.library)),
        findings: finished.findings.as_deref(),
        impact: finished.impact.as_ref(),
        held,
    };
    report(args, &outcome, out)?;
    Ok(Ending::Found)
}

/// What is received, for the log.
fn received(manifest: &Manifest) -> String {
    format!(
        "generation {} of {:?} by {}, key {}",
        manifest.generation, manifest.library, manifest.publisher, manifest.fingerprint
    )
}

/// What was done, or would be.
#[derive(Serialize)]
struct Outcome<'a> {
    accepted: bool,
    library: String,
    /// The library that was written; `None` for a trial.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<Written<'a>>,
    /// New and changed entries that are probably wrong; `None` where they were not checked.
    findings: Option<&'a [Finding]>,
    /// What it does to identification; `None` for a new library.
    #[serde(skip_serializing_if = "Option::is_none")]
    impact: Option<&'a Impact>,
    #[serde(flatten)]
    held: Held<'a>,
}

/// What a package holds, against the library here.
#[derive(Serialize)]
struct Held<'a> {
    manifest: &'a Manifest,
    changes: &'a Changes,
    /// Fingerprints of newly accepted keys and of those that certify them.
    new_keys: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Written<'a> {
    generation: u64,
    entries: usize,
    hash: &'a str,
}

impl<'a> Written<'a> {
    fn of(library: &'a Library) -> Self {
        Self {
            generation: library.info.generation,
            entries: library.len(),
            hash: &library.info.hash,
        }
    }
}

fn report(args: &ReceiveArgs, outcome: &Outcome<'_>, out: &mut dyn Write) -> Result<()> {
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, outcome)?;
        return Ok(writeln!(out)?);
    }
    tell_held(args, &outcome.held, out)?;
    if let Some(findings) = outcome.findings.filter(|f| !f.is_empty()) {
        told_findings(findings, out)?;
    }
    if let Some(impact) = outcome.impact {
        write!(out, "{}", told::text(impact))?;
    }
    match &outcome.written {
        Some(written) => writeln!(
            out,
            "{}: generation {}, {} entries, {}",
            outcome.library, written.generation, written.entries, written.hash
        )?,
        None => writeln!(out, "{}: nothing was changed (--dry-run)", outcome.library)?,
    }
    Ok(())
}

/// Tells what a package holds.
fn tell_held(args: &ReceiveArgs, held: &Held<'_>, out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "{}: the package is whole and its key is trusted",
        args.package.display()
    )?;
    print_manifest(held.manifest, out)?;
    for (new, by) in &held.new_keys {
        writeln!(out, "  new key       {new}, certified by {by}")?;
    }
    let changes = held.changes;
    for (what, ids) in [
        ("added", &changes.added),
        ("updated", &changes.updated),
        ("removed", &changes.removed),
    ] {
        writeln!(out, "  {what:<13} {}", ids.len())?;
        print_some(ids.iter(), out)?;
    }
    writeln!(out, "  {:<13} {}", "unchanged", changes.unchanged.len())?;
    if !changes.renamed.is_empty() {
        writeln!(
            out,
            "  {:<13} {} (their ids belong to other entries)",
            "renamed",
            changes.renamed.len()
        )?;
        let renamed = changes.renamed.iter();
        print_some(
            renamed.map(|r| format!("{} is now {}", r.published_as, r.id)),
            out,
        )?;
    }
    Ok(())
}

fn print_some<T: std::fmt::Display>(
    items: impl ExactSizeIterator<Item = T>,
    out: &mut dyn Write,
) -> Result<()> {
    let more = items.len().saturating_sub(SHOWN);
    for item in items.take(SHOWN) {
        writeln!(out, "    {item}")?;
    }
    if more > 0 {
        writeln!(out, "    ... {more} more; --format json lists all")?;
    }
    Ok(())
}

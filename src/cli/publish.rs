//! `specid library publish`.

use super::Ending;
use super::args::{ViewFormat, WhichLibrary};
use super::keyring::Keyring;
use super::{kept, library, locate, output_file, whole};
use crate::exchange::{Content, Manifest, Publication};
use crate::library::Store;
use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use std::io::Write;
use std::path::PathBuf;

/// Removed ids printed one by one before the rest is only counted.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    #[command(flatten)]
    which: WhichLibrary,
    /// Package file to write
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Key to sign with: publisher, fingerprint or file [default: your only valid key that no other follows]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Only what changed since this generation (by number) or older library file, for those who have it
    #[arg(long, value_name = "BASE")]
    since: Option<String>,
    /// Licence of the entries [default: the library's]
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    /// What the package holds, in a sentence [default: the library's description]
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Why entries were taken out since BASE: TEXT for all, ID=TEXT for one
    #[arg(long, value_name = "[ID=]TEXT", requires = "since")]
    reason: Vec<String>,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
}

pub(super) fn run(args: &PublishArgs, out: &mut dyn Write) -> Result<Ending> {
    kept::refuse(&args.out, [])?;
    let library = locate::open(args.which.library.as_deref())?;
    let store = library.path.as_deref().map(Store::at);
    let base = args.since.as_deref().map(|base| {
        library::side(base, store.as_ref()).with_context(|| {
            format!(
                "the base {base} cannot be used; name an earlier generation (`specid library log`) or an older file of the library"
            )
        })
    });
    let base = base.transpose()?;
    for library in std::iter::once(&library).chain(&base) {
        whole::required(library)?;
    }
    let key = Keyring::open()?.pick(args.key.as_deref())?;
    let split = |text: &String| {
        let (id, reason) = text.split_once('=')?;
        Some((id.to_owned(), reason.to_owned()))
    };
    let general = args.reason.iter().find(|text| split(text).is_none());
    let publication = Publication {
        library: &library,
        base: base.as_ref(),
        key: &key,
        now: Timestamp::now(),
        licence: args.licence.clone(),
        description: args.description.clone(),
        reasons: args.reason.iter().filter_map(split).collect(),
        reason: general
            .map_or("taken out by the publisher", String::as_str)
            .to_owned(),
    };
    let (manifest, bytes) = publication.pack()?;
    output_file::replace(&args.out, &bytes)?;
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &manifest)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}: {} bytes", args.out.display(), bytes.len())?;
        print_manifest(&manifest, out)?;
    }
    Ok(Ending::Found)
}

/// What a package says of itself, for people.
pub(super) fn print_manifest(manifest: &Manifest, out: &mut dyn Write) -> Result<()> {
    let kind = match manifest.content {
        Content::Full => "all records".to_owned(),
        Content::Delta {
            base_generation, ..
        } => format!("changes since generation {base_generation}"),
    };
    let counts = manifest.counts;
    for (label, value) in [
        ("publisher", manifest.publisher.clone()),
        ("key", manifest.fingerprint.to_string()),
        ("library", manifest.library.clone()),
        ("generation", format!("{}, {kind}", manifest.generation)),
        (
            "made",
            format!("{}, specid {}", manifest.created, manifest.program),
        ),
        ("licence", manifest.licence.clone()),
        ("description", manifest.description.clone()),
        ("records", format!("{} of {}", counts.records, counts.total)),
        ("state", manifest.state.to_string()),
    ] {
        if !value.is_empty() {
            writeln!(out, "  {label:<13} {value}")?;
        }
    }
    for removal in manifest.removed.iter().take(SHOWN) {
        writeln!(
            out,
            "  {:<13} {}: {}",
            "takes out", removal.id, removal.reason
        )?;
    }
    Ok(())
}

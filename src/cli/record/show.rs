//! `specid record show`.

use super::brief;
use crate::cli::Ending;
use crate::cli::args::ViewFormat;
use crate::record::{Amendments, Entries, Entry};
use crate::report::Parameters;
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Number of the entry
    #[arg(value_name = "ENTRY")]
    entry: u64,
    /// Form: text tells of the entry, json is its result as the command gave it, with its place in the record
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
    /// With --format json: the whole entry instead, the bytes that its hash is of
    #[arg(long)]
    whole: bool,
}

pub(super) fn run(args: &ShowArgs, out: &mut dyn Write) -> Result<Ending> {
    let (mut found, mut count, mut amendments) = (None, 0, Amendments::default());
    for entry in Entries::open(&args.record)? {
        let entry = entry?;
        amendments.note(&entry);
        count = entry.entry;
        if entry.entry == args.entry {
            found = Some(entry);
        }
    }
    let Some(entry) = found else {
        bail!(
            "there is no entry {}; {} has {count} entries",
            args.entry,
            args.record.display()
        );
    };
    let newer = amendments.of(entry.entry);
    match args.format {
        ViewFormat::Text => out.write_all(text(&args.record, &entry, newer).as_bytes())?,
        ViewFormat::Json => {
            if let Some(newer) = newer {
                eprintln!(
                    "specid: entry {} was amended by entry {newer}; it no longer stands",
                    entry.entry
                );
            }
            match args.whole {
                // Without a newline: its SHA-256 is the entry's hash.
                true => out.write_all(entry.json.as_bytes())?,
                false => {
                    let result = entry.result_with_place(&args.record.to_string_lossy());
                    serde_json::to_writer_pretty(&mut *out, &result)?;
                    writeln!(out)?;
                }
            }
        }
    }
    Ok(Ending::Found)
}

fn text(record: &Path, entry: &Entry, newer: Option<u64>) -> String {
    let mut lines = vec![
        format!("entry {} of {}", entry.entry, record.display()),
        format!("  hash      {}", entry.hash),
        format!("  before    {}", entry.before),
        format!("  time      {}", entry.time),
        format!("  kind      {}", entry.kind.id()),
        format!("  by        {}", entry.by.as_deref().unwrap_or("not known")),
        format!(
            "  host      {} ({}, {})",
            entry.host.name.as_deref().unwrap_or("not known"),
            entry.host.os,
            entry.host.architecture
        ),
        format!(
            "  program   {} {}",
            entry.program.name, entry.program.version
        ),
        format!("  folder    {}", entry.folder),
    ];
    for file in &entry.inputs {
        lines.push(format!(
            "  {:<9} {} (SHA-256 {})",
            file.role,
            file.path,
            file.sha256.as_deref().unwrap_or("not known")
        ));
    }
    if let Some(library) = &entry.library {
        lines.push(format!(
            "  library   {}, generation {}, {} ({})",
            library.name, library.generation, library.hash, library.location
        ));
    }
    let settings = entry.parameters.as_ref().map(Parameters::arguments);
    if let Some(settings) = settings.filter(|list| !list.is_empty()) {
        lines.push(format!("  settings  {}", settings.join(" ")));
    }
    lines.push(format!("  about     {}", brief::about(entry)));
    lines.push(format!("  says      {}", brief::says(entry)));
    if let Some(amends) = &entry.amends {
        lines.push(format!(
            "  amends    entry {} (hash {}): {}",
            amends.entry, amends.hash, amends.because
        ));
    }
    if let Some(newer) = newer {
        lines.push(format!(
            "  AMENDED   by entry {newer}; this entry no longer stands"
        ));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

//! `specid library log`: what became of a library, and whether all that is kept of it is what was written.

use super::generations::store_of;
use crate::cli::args::{ViewFormat, WhichLibrary};
use crate::cli::{Ending, locate, whole};
use crate::library::{Record, Store};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::Write;

/// Sources that are listed of a change.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
pub(in crate::cli) struct LogArgs {
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Read the file of every generation and check it against the log (seconds for a large one); one that is
    /// damaged or was replaced ends with exit code 2
    #[arg(long)]
    pub verify: bool,
    /// Form of the log
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

/// What is known of the file of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "fault")]
enum File {
    /// It is there and was not read.
    There,
    /// It was read and is what the log tells of.
    Verified,
    /// It is not what was written.
    Damaged(String),
    /// It is not there.
    Missing,
}

#[derive(Serialize)]
struct Logged<'a> {
    #[serde(flatten)]
    record: &'a Record,
    /// Whether its file is kept.
    kept: bool,
    /// The file; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a File>,
}

pub(super) fn log(args: &LogArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    library.verify_history()?;
    let records = library.history()?;
    let store = library.path.as_deref().map(store_of);
    let older = match args.verify {
        true => whole::older(&library)?,
        false => None,
    };
    let kept = store.as_ref().map(Store::kept).transpose()?;
    let kept = kept.unwrap_or_default();
    let file = |record: &Record| match &store {
        Some(store) if kept.iter().any(|k| k.generation == record.generation) => {
            match args.verify {
                true => verified(store, record.generation),
                false => File::There,
            }
        }
        _ => File::Missing,
    };
    let files: Vec<File> = records.iter().map(file).collect();
    let all = records.iter().zip(&files).map(|(record, file)| Logged {
        record,
        kept: *file != File::Missing,
        file: args.verify.then_some(file),
    });
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &all.collect::<Vec<_>>())?;
        writeln!(out)?;
    } else {
        for logged in all.rev() {
            describe(&logged, out)?;
        }
        if args.verify {
            writeln!(out, "{}", summary(&files))?;
            if older.is_some() {
                writeln!(
                    out,
                    "NOT THE NEWEST: this log ends before the newest generation that is kept."
                )?;
            }
        }
    }
    Ok(match files.as_slice() {
        _ if older.is_some() => Ending::Failed,
        [] => Ending::Nothing,
        files if files.iter().any(|f| matches!(f, File::Damaged(_))) => Ending::Failed,
        _ => Ending::Found,
    })
}

/// Reads a generation's file.
fn verified(store: &Store, generation: u64) -> File {
    let read = store.open(generation).and_then(|library| {
        library.verify()?;
        library.verify_history()
    });
    match read {
        Ok(()) => File::Verified,
        Err(error) => File::Damaged(error.to_string()),
    }
}

fn summary(files: &[File]) -> String {
    let count = |test: &dyn Fn(&File) -> bool| files.iter().filter(|f| test(f)).count();
    let mut said = format!(
        "{} of {} generations verified",
        count(&|f| *f == File::Verified),
        files.len()
    );
    match count(&|f| matches!(f, File::Damaged(_))) {
        0 => {}
        damaged => said.push_str(&format!("; {damaged} DAMAGED: restore from a copy")),
    }
    match count(&|f| *f == File::Missing) {
        0 => {}
        missing => said.push_str(&format!(
            "; of {missing} there is no file: what the library was then cannot be shown, only that the log tells of it"
        )),
    }
    said + "."
}

fn describe(logged: &Logged<'_>, out: &mut dyn Write) -> Result<()> {
    let Record {
        generation,
        change,
        content,
        hash,
        ..
    } = logged.record;
    let counts = &change.counts;
    let file = match (logged.kept, logged.file) {
        (false, _) => "  (no file: removed by `library gc`, or lost)".to_owned(),
        (true, Some(File::Verified)) => "  (verified)".to_owned(),
        (true, Some(File::Damaged(fault))) => format!("  (DAMAGED: {fault})"),
        (true, _) => String::new(),
    };
    writeln!(
        out,
        "generation {generation}  {}  {}  by {}{file}",
        change.date,
        change.action.id(),
        match change.by.is_empty() {
            true => "unknown user",
            false => &change.by,
        }
    )?;
    writeln!(
        out,
        "    {} entries: {} added, {} changed, {} removed",
        counts.entries, counts.added, counts.changed, counts.removed
    )?;
    let mut line = |label: &str, value: &str| match value.is_empty() {
        true => Ok(()),
        false => writeln!(out, "    {label:<9} {value}"),
    };
    line("reason", change.reason.as_deref().unwrap_or_default())?;
    for source in change.sources.iter().take(SHOWN) {
        let hash = source.sha256.get(..12).unwrap_or(&source.sha256);
        line("source", &format!("{} (SHA-256 {hash})", source.path))?;
    }
    if change.sources.len() > SHOWN {
        let more = change.sources.len() - SHOWN;
        line(
            "",
            &format!("... {more} more sources; --format json lists all"),
        )?;
    }
    line("entries", &change.entries.join(", "))?;
    line("effect", change.effect.as_deref().unwrap_or_default())?;
    line("accepted", change.accepted.as_deref().unwrap_or_default())?;
    line("content", content)?;
    line("record", hash)?;
    Ok(())
}

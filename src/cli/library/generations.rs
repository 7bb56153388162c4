//! `specid library diff` and `rollback`: the generations of a library.

use super::change::{ChangeArgs, Session, measure};
use crate::cli::args::ViewFormat;
use crate::cli::{Ending, locate};
use crate::impact::{self, EntryChange, EntryDifference, Impact};
use crate::library::{Action, ImportReport, Library, Store};
use crate::report::impact as told;
use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Entries named one by one before the rest is only counted.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// Older generation by number, or a library file
    #[arg(value_name = "A")]
    pub old: String,
    /// Newer generation by number, or a library file [default: the current generation]
    #[arg(value_name = "B")]
    pub new: Option<String>,
    /// Library file whose generations are meant [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Only compare entries and substances; do not search with both
    #[arg(long)]
    pub entries_only: bool,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RollbackArgs {
    /// Generation to bring back
    #[arg(long, value_name = "N")]
    pub to: u64,
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// The library that a file is a generation of.
pub(super) fn store_of(path: &Path) -> Store {
    let folder = path.parent().and_then(|folder| folder.to_str());
    let library = folder.and_then(|folder| folder.strip_suffix(".generations"));
    Store::at(library.map_or(path, Path::new))
}

/// A generation of a library by its number, or another library by its path.
pub(in crate::cli) fn side(text: &str, store: Option<&Store>) -> Result<Library> {
    match (text.parse::<u64>(), store) {
        (Ok(generation), Some(store)) => Ok(store.open(generation)?),
        _ => locate::open_file(Path::new(text)),
    }
}

#[derive(Serialize)]
struct Difference<'a> {
    old: &'a str,
    new: &'a str,
    entries: &'a EntryDifference,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact: Option<&'a Impact>,
}

pub(super) fn diff(args: &DiffArgs, out: &mut dyn Write) -> Result<Ending> {
    let store = locate::writable(args.library.as_deref()).map(|path| Store::at(&path));
    let store = store.ok().filter(|s| s.path().exists());
    let old = side(&args.old, store.as_ref())?;
    let new = match (&args.new, &store) {
        (Some(text), store) => side(text, store.as_ref())?,
        (None, Some(store)) => locate::open_file(store.path())?,
        (None, None) => bail!("name a second library to compare with"),
    };
    let entries = impact::entries(&old, &new)?;
    let impact = match args.entries_only {
        true => None,
        false => Some(measure(&old, &new)?),
    };
    if args.format == ViewFormat::Json {
        let difference = Difference {
            old: &old.info.hash,
            new: &new.info.hash,
            entries: &entries,
            impact: impact.as_ref(),
        };
        serde_json::to_writer_pretty(&mut *out, &difference)?;
        writeln!(out)?;
    } else {
        for (which, library) in [("from", &old), ("to  ", &new)] {
            writeln!(
                out,
                "{which} generation {}, {} entries, {}",
                library.info.generation,
                library.len(),
                library.info.hash
            )?;
        }
        named("added", &entries.added, out)?;
        named("removed", &entries.removed, out)?;
        named("changed", &entries.changed, out)?;
        listed("new substances", &entries.substances_added, out)?;
        listed("substances gone", &entries.substances_removed, out)?;
        if let Some(impact) = &impact {
            write!(out, "{}", told::text(impact))?;
        }
    }
    Ok(match entries.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    })
}

fn named(what: &str, changes: &[EntryChange], out: &mut dyn Write) -> Result<()> {
    let lines = changes.iter().map(|change| match change.fields.is_empty() {
        true => format!("{}  {}", change.id, change.name),
        false => format!(
            "{}  {}: {}",
            change.id,
            change.name,
            change.fields.join(", ")
        ),
    });
    listed(what, &lines.collect::<Vec<_>>(), out)
}

fn listed(what: &str, lines: &[String], out: &mut dyn Write) -> Result<()> {
    writeln!(out, "  {what:<16} {}", lines.len())?;
    for line in lines.iter().take(SHOWN) {
        writeln!(out, "    {line}")?;
    }
    if lines.len() > SHOWN {
        let more = lines.len() - SHOWN;
        writeln!(out, "    ... {more} more; --format json lists all")?;
    }
    Ok(())
}

pub(super) fn rollback(args: &RollbackArgs, out: &mut dyn Write) -> Result<Ending> {
    let path = locate::writable(args.library.as_deref())?;
    let mut session = Session::begin(&path, Action::Rollback, &args.change)?;
    let library = session.store().open(args.to)?;
    library.verify()?;
    let current = session.writer().current().ok().flatten();
    if current.is_some_and(|c| c.info.generation == args.to) {
        bail!("generation {} is the current one already", args.to);
    }
    let back = format!("back to generation {}", args.to);
    session.change.reason = Some(match session.change.reason.take() {
        Some(reason) => format!("{back}: {reason}"),
        None => back.clone(),
    });
    let finished = session.commit(library, ImportReport::default(), false)?;
    let info = &finished.library.info;
    writeln!(
        out,
        "generation {}: {back}, {} entries, {}",
        info.generation,
        finished.library.len(),
        info.hash
    )?;
    if let Some(impact) = &finished.impact {
        write!(out, "{}", told::text(impact))?;
    }
    Ok(Ending::Found)
}

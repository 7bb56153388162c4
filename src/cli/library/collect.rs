//! `specid library gc`: files of old generations are removed, and what can no longer be proved then is said before.

use super::change::{ChangeArgs, Session};
use super::recording;
use crate::cli::record::RecordArgs;
use crate::cli::{Ending, locate};
use crate::library::{Action, Kept, Library, Record, storage};
use crate::record::{Entries, Entry, Kind};
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(in crate::cli) struct CollectArgs {
    /// Newest generations whose files stay, the current one among them
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub keep: usize,
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Say which files would go and what could no longer be proved, and remove nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Remove the files although results of the record were made with them, for this reason, which is recorded
    #[arg(long, value_name = "REASON")]
    pub accept: Option<String>,
    #[command(flatten)]
    pub record: RecordArgs,
}

pub(super) fn run(args: &CollectArgs, out: &mut dyn Write) -> Result<Ending> {
    let path = locate::writable(args.library.as_deref())?;
    if !path.exists() {
        bail!("there is no library at {}", path.display());
    }
    // No generation is made, so what is noted of the change is not kept.
    let change = ChangeArgs {
        record: args.record.clone(),
        ..ChangeArgs::default()
    };
    let session = Session::begin(&path, Action::Edit, &change)?;
    let going = session.writer().collectable(args.keep)?;
    let Some(current) = session.parent.as_ref().filter(|_| !going.is_empty()) else {
        let all = session.store().kept()?.len();
        writeln!(out, "{all} of {all} generations kept")?;
        return Ok(Ending::Found);
    };
    let record = session.recorder.as_ref().map(|recorder| recorder.path());
    let made = made_with(&going, current, record)?;
    writeln!(out, "{}", warning(&going, current)?)?;
    match (record, made.entries) {
        (None, _) => writeln!(
            out,
            "No record is known here, so whether recorded results were made with them is not known; --record FILE names one."
        )?,
        (Some(record), 0) => {
            writeln!(out, "No result in {} was made with them.", record.display())?;
        }
        (Some(record), entries) => writeln!(
            out,
            "Results in {} that were made with them, which `specid replay` could not repeat any more: {entries} (entries {})",
            record.display(),
            made.places
        )?,
    }
    if args.dry_run {
        writeln!(out, "nothing was removed (--dry-run)")?;
        return Ok(Ending::Found);
    }
    if let (1.., None, Some(record)) = (made.entries, &args.accept, record) {
        out.flush()?;
        bail!(
            "nothing was removed, since results in {} were made with these generations (entries {}); keep more with --keep, or copy the files to a safe place and say with --accept REASON why they may go",
            record.display(),
            made.places
        );
    }
    // Said before it is done, also where the output is a pipe.
    out.flush()?;
    for kept in session.store().kept()? {
        intact(&kept)?;
    }
    let gone = session.writer().collect(args.keep)?;
    if let Some(recorder) = &session.recorder {
        let loss = recording::Removal {
            gone: &gone,
            entries: made.entries,
            accepted: args.accept.as_deref(),
        };
        recording::removal(recorder, session.store(), current, &loss)?;
    }
    for kept in &gone {
        writeln!(
            out,
            "generation {}: file removed, {} bytes",
            kept.generation, kept.bytes
        )?;
    }
    let left = session.store().kept()?.len();
    writeln!(out, "{left} of {} generations kept", left + gone.len())?;
    Ok(Ending::Found)
}

/// What can no longer be proved without these files, in sentences.
fn warning(going: &[Kept], current: &Library) -> Result<String> {
    let history = current.history()?;
    let mut lines = vec![format!(
        "{} removed: `LIB@TIME` for the times below, and `specid replay` of results made with them, need these files, and nothing else brings them back.",
        match going.len() {
            1 => "1 generation is to be".to_owned(),
            n => format!("{n} generations are to be"),
        }
    )];
    for kept in going {
        let [from, until] = current_times(kept.generation, &history);
        lines.push(format!(
            "  generation {}: the library from {from} until {until}; {}",
            kept.generation,
            kept.path.display()
        ));
    }
    Ok(lines.join("\n"))
}

/// From when until when a generation was the library.
fn current_times(generation: u64, history: &[Record]) -> [&str; 2] {
    let unknown = "a time that its log does not tell";
    let own = history.iter().position(|r| r.generation == generation);
    let Some(own) = own else {
        return [unknown; 2];
    };
    [own, own + 1].map(|at| history.get(at).map_or(unknown, |r| r.change.date.as_str()))
}

/// Entries of a record.
#[derive(Default)]
struct Made {
    /// How many.
    entries: usize,
    /// Their numbers, the first of them.
    places: String,
}

/// The results in a record that were made with these generations.
fn made_with(going: &[Kept], current: &Library, record: Option<&Path>) -> Result<Made> {
    const SHOWN: usize = 10;
    let Some(record) = record.filter(|path| path.is_file()) else {
        return Ok(Made::default());
    };
    let going: Vec<(u64, String)> = current
        .history()?
        .into_iter()
        .filter(|r| going.iter().any(|kept| kept.generation == r.generation))
        .map(|r| (r.generation, r.content))
        .collect();
    let mut numbers = Vec::new();
    let mut entries = 0;
    for entry in Entries::open(record)? {
        let entry = entry?;
        if is_made_with(&entry, &going) {
            entries += 1;
            if numbers.len() < SHOWN {
                numbers.push(entry.entry.to_string());
            }
        }
    }
    let more = match entries - numbers.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Ok(Made {
        entries,
        places: format!("{}{more}", numbers.join(", ")),
    })
}

/// Whether a result was made with one of these generations, known by number and content.
fn is_made_with(entry: &Entry, going: &[(u64, String)]) -> bool {
    let is_result = entry.kind.is_result() || entry.kind == Kind::Screening;
    let is_it = |generation: u64, hash: &str| {
        let mut going = going.iter();
        going.any(|(own, content)| (*own, content.as_str()) == (generation, hash))
    };
    // A screening may have a library for each technique.
    let result = entry.result();
    let mut several = result["libraries"].as_array().into_iter().flatten();
    let several = several.any(|library| {
        let generation = library["generation"].as_u64().unwrap_or_default();
        is_it(generation, library["hash"].as_str().unwrap_or_default())
    });
    let used = entry.library.as_ref();
    is_result && (several || used.is_some_and(|used| is_it(used.generation, &used.hash)))
}

/// Refuses to remove anything beside a file that is not what was written: the others show what it was.
fn intact(kept: &Kept) -> Result<()> {
    match storage::open(&kept.path).and_then(|library| library.verify()) {
        Ok(()) => Ok(()),
        Err(error) => bail!(
            "generation {} ({}) does not verify: {error}. No generation was removed, since the others tell what it was; move that file elsewhere when you have looked into it, then try again",
            kept.generation,
            kept.path.display()
        ),
    }
}

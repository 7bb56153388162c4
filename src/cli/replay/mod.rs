//! `specid replay`.

mod answer;
mod files;
mod library;
mod pick;
mod told;

pub(super) use pick::{Pick, range};

use super::args::{Cli, Command, IdentifyArgs, ViewFormat};
use super::identify::{Again, Asked, prepared};
use super::record::{self, HeadArgs};
use super::{Ending, progress};
use crate::record::{Amendments, Entries, Entry, compare};
use answer::{Answer, Outcome};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Parser};
use files::Files;
use serde_json::Value;
use std::io::Write;
use std::ops::RangeInclusive;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Entries to run again: 12 or 3-9 [default: all identifications]
    #[arg(value_name = "ENTRY", value_parser = range)]
    entries: Vec<RangeInclusive<u64>>,
    /// Where the library is now; the generation of the entry is taken [default: where it was]
    #[arg(long, short, value_name = "LIB")]
    library: Option<PathBuf>,
    /// Folders where raw files are now, where they have moved; they are known by their SHA-256
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    heads: HeadArgs,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
}

pub(super) fn run(args: &ReplayArgs, out: &mut dyn Write) -> Result<Ending> {
    let checked = record::checked(&args.record, &args.heads)?;
    if let Some(wrong) = checked.problems().iter().chain(&checked.untrusted).next() {
        bail!(
            "{}: the record is not whole, so nothing is run again: {wrong} (`specid record verify` tells more)",
            args.record.display()
        );
    }
    for head in checked.expired() {
        eprintln!(
            "specid: {head} is signed with a key that has expired since, so that its day is the signer's word alone"
        );
    }
    let pick = Pick::of(&args.entries);
    if let Some(highest) = pick.highest().filter(|n| *n > checked.found.good) {
        bail!(
            "there is no entry {highest}; {} has {} entries",
            args.record.display(),
            checked.found.good
        );
    }
    let bar = progress::bar("replaying", checked.found.good);
    let mut answers = Vec::new();
    let mut amendments = Amendments::default();
    let mut files = Files::new(&args.files);
    // Entries of one command share library and settings, which are opened once for them.
    let mut group: Vec<Entry> = Vec::new();
    for entry in Entries::open(&args.record)? {
        let entry = entry?;
        amendments.note(&entry);
        bar.inc(1);
        let wanted = pick.has(entry.entry) && (entry.kind.is_result() || !pick.is_all());
        if !wanted {
            continue;
        }
        let ends =
            group.first().is_some_and(|first| !together(first, &entry)) || group.len() >= 256;
        if ends {
            answers.extend(replay(&std::mem::take(&mut group), args, &mut files));
        }
        group.push(entry);
    }
    if !group.is_empty() {
        answers.extend(replay(&group, args, &mut files));
    }
    bar.finish_and_clear();
    for answer in &mut answers {
        answer.amended_by = amendments.of(answer.entry);
    }
    match args.format {
        ViewFormat::Text => write!(out, "{}", told::text(&answers))?,
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &answers)?;
            writeln!(out)?;
        }
    }
    if answers.is_empty() {
        eprintln!("specid: {} holds no identification", args.record.display());
        return Ok(Ending::Nothing);
    }
    Ok(answers
        .iter()
        .map(Answer::ending)
        .max()
        .unwrap_or(Ending::Nothing))
}

/// Whether two entries are of one library and one set of settings.
fn together(a: &Entry, b: &Entry) -> bool {
    let of = |e: &Entry| {
        let library = e
            .library
            .as_ref()
            .map(|l| (l.hash.clone(), l.location.clone()));
        let others: Vec<_> = e
            .inputs
            .iter()
            .filter(|f| f.role != "spectrum")
            .cloned()
            .collect();
        (
            e.kind.is_result(),
            library,
            e.parameters.clone(),
            others,
            e.time.get(..10).map(str::to_owned),
        )
    };
    of(a) == of(b)
}

/// Runs entries that belong together again.
fn replay(group: &[Entry], args: &ReplayArgs, files: &mut Files<'_>) -> Vec<Answer> {
    let mut answers = Vec::with_capacity(group.len());
    if let Err(why) = replay_into(group, args, files, &mut answers) {
        // What failed for the first concerns all of them.
        let done = answers.len();
        let failed = |entry| Answer::of(entry, Outcome::failed(format!("{why:#}")));
        answers.extend(group.iter().skip(done).map(failed));
    }
    answers
}

fn replay_into(
    group: &[Entry],
    args: &ReplayArgs,
    files: &mut Files<'_>,
    answers: &mut Vec<Answer>,
) -> Result<()> {
    let Some(first) = group.first() else {
        return Ok(());
    };
    if !first.kind.is_result() {
        bail!("{}", not_replayed(first));
    }
    let used = first
        .library
        .as_ref()
        .context("the entry names no library")?;
    let library = library::open(used, args.library.as_deref()).map_err(|why| anyhow!(why))?;
    let identify = settings(first, files)?;
    let day = first.time.parse::<jiff::Timestamp>();
    let day = day.ok().map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date());
    prepared(&identify, &library, day, |session, _| {
        let mut again = Again::new(&identify, session)?;
        for entry in group {
            let outcome = match one(entry, &mut again, files) {
                Ok(now) => Outcome::Compared(Box::new(compare(&entry.result(), &now))),
                Err(why) => Outcome::failed(why),
            };
            answers.push(Answer::of(entry, outcome));
        }
        Ok(())
    })
}

/// The recorded settings as `identify` takes them, with the recorded files where they are now.
fn settings(entry: &Entry, files: &mut Files<'_>) -> Result<IdentifyArgs> {
    let mut parameters = entry.parameters.clone().unwrap_or_default();
    for role in ["overlay", "blank", "ri-ladder"] {
        if let Some(file) = entry.used(role) {
            let path = files.find(file).map_err(|why| anyhow!(why))?;
            parameters.set(role, path.to_string_lossy());
        } else if let Some(Value::String(name)) = parameters.0.get(role).cloned() {
            // Such a file was named, and no entry is made without its hash.
            bail!("the entry names {name} as {role}, and not its hash");
        }
    }
    if let Some(register) = entry
        .used("register")
        .filter(|file| PathBuf::from(&file.path).is_file())
    {
        parameters.set("register", register.path.clone());
    }
    let mut typed = vec!["specid".to_owned(), "identify".to_owned()];
    typed.extend(parameters.arguments());
    typed.extend(["--".to_owned(), "-".to_owned()]);
    let parsed = Cli::try_parse_from(&typed);
    let parsed = parsed.map_err(|e| {
        let text = e.render().to_string();
        let line = text.lines().next().unwrap_or_default().to_owned();
        anyhow!(
            "version {} of this program does not take the settings of version {}: {line}",
            crate::program::VERSION,
            entry.program.version
        )
    })?;
    match parsed.command {
        Command::Identify(args) => Ok(args),
        _ => bail!("the settings of the entry are not those of identify"),
    }
}

fn one(entry: &Entry, again: &mut Again<'_, '_>, files: &mut Files<'_>) -> Result<Value, String> {
    let file = entry.used("spectrum").ok_or("the entry names no file")?;
    let path = files.find(file)?;
    let result = entry.result();
    let index = result.pointer("/source/index").and_then(Value::as_u64);
    let asked = Asked {
        file: &path,
        kind: entry.kind,
        index: index.and_then(|i| usize::try_from(i).ok()).unwrap_or(0),
    };
    let mut now = again.ask(&asked).map_err(|e| format!("{e:#}"))?;
    restate(&mut now, &result);
    Ok(now)
}

/// Puts the names under which files were given then in place of those of now: their content is known to be the
/// same by their hashes.
fn restate(now: &mut Value, before: &Value) {
    for place in [
        "/parameters/overlay",
        "/parameters/blank",
        "/parameters/ri-ladder",
        "/run/blank",
        "/run/ri_ladder",
    ] {
        if let (Some(now), Some(before)) = (now.pointer_mut(place), before.pointer(place)) {
            now.clone_from(before);
        }
    }
}

fn not_replayed(entry: &Entry) -> String {
    let how = match entry.kind {
        crate::record::Kind::Screening => {
            "it is replayed by screening again: `specid screen` with the inputs and settings of the entry into another --out; the verdicts and the SHA-256 of results.jsonl stand in the entry (`specid record show`)"
        }
        _ => "it holds no identification",
    };
    format!(
        "an entry of kind {} is not run again: {how}",
        entry.kind.id()
    )
}

//! `specid rehunt`: earlier unknowns asked again of a library that has grown.

use super::args::{Overrides, ResultFormat};
use super::values::{file_of_results, no_results, unreadable};
use super::{Ending, gather, locate, progress};
use crate::decide::VerdictLevel;
use crate::library::Library;
use crate::report::earlier::{Earlier, Record};
use crate::report::{Identification, Law, identification};
use crate::screen::Injection;
use crate::search::{Options, Searcher};
use crate::spectrum::Spectrum;
use crate::substance::Register;
use crate::write::Sheet;
use anyhow::{Context, Result, bail};
use clap::Args;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct RehuntArgs {
    /// Results of `specid identify --format jsonl` or json, or the folder of a screening run
    #[arg(required = true, value_name = "RECORDS")]
    pub records: Vec<PathBuf>,
    /// Library file, or "starter" for the embedded one [default: $SPECID_LIBRARY, else your own library, else the embedded one]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Folders where raw files are now, where they have moved; they are known by their SHA-256
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    pub files: Vec<PathBuf>,
    /// Ask every result again, not only those that were inconclusive or not in the library
    #[arg(long)]
    pub all: bool,
    /// Show what stays as it was, too
    #[arg(long)]
    pub unchanged: bool,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ResultFormat,
    #[command(flatten)]
    pub overrides: Overrides,
}

/// An earlier result beside what is said now.
#[derive(Debug, Serialize)]
struct Rehunted {
    path: String,
    index: usize,
    id: Option<String>,
    sha256: Option<String>,
    before: VerdictLevel,
    best_before: Option<String>,
    generation_before: u64,
    after: VerdictLevel,
    /// The identified set; empty where none was named.
    substances: Vec<String>,
    best_after: Option<String>,
    generation_after: u64,
    hash_after: String,
    /// Generation that added the reference which now answers; `None` where that was not kept.
    since: Option<u64>,
    /// Whether something is named now that was not before, or was named otherwise.
    news: bool,
}

#[derive(Default)]
struct Tally {
    asked: usize,
    named: usize,
    changed: usize,
    failed: usize,
}

pub(super) fn run(args: &RehuntArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.library.as_deref())?;
    let register = locate::register()?;
    if let Some(folder) = args.files.iter().find(|folder| !folder.exists()) {
        bail!("there is no folder {}", folder.display());
    }
    let earlier = read(args)?;
    let mut tally = Tally::default();
    let mut found = Vec::new();
    let mut missing: Vec<Earlier> = Vec::new();
    let session = Session {
        searcher: Searcher::new(&library, Options::default()),
        library: &library,
        register: &register,
    };
    let bar = progress::bar("asking again", earlier.len() as u64);
    for (path, group) in by(earlier, lying) {
        let rest = match path.is_file() {
            true => session.ask(&path, group, args, &mut found, &mut tally),
            false => group,
        };
        bar.inc(1);
        missing.extend(rest);
    }
    if !missing.is_empty() {
        session.look_for(&mut missing, args, &mut found, &mut tally);
    }
    bar.finish_and_clear();
    tally.failed += missing.len();
    for (path, group) in by(missing, |path| path.to_owned()) {
        eprintln!(
            "specid: {} ({} results): the raw file is not there any more, or is another one now; name the folder where it is with --files",
            path.display(),
            group.len()
        );
    }
    found.sort_by(|a: &Rehunted, b| (&a.path, a.index).cmp(&(&b.path, b.index)));
    print(&found, &tally, args, out)?;
    Ok(match (tally.failed, tally.named) {
        (0, 0) => Ending::Nothing,
        (0, _) => Ending::Found,
        _ => Ending::Failed,
    })
}

/// Results to be asked again.
fn read(args: &RehuntArgs) -> Result<Vec<Earlier>> {
    let mut all = Vec::new();
    for path in &args.records {
        let path = &file_of_results(path)?;
        let context = || unreadable(path);
        let file = File::open(path).with_context(context)?;
        let mut reader = BufReader::new(file);
        let is_array = reader
            .fill_buf()
            .with_context(context)?
            .trim_ascii_start()
            .starts_with(b"[");
        let mut take = |value: serde_json::Value, place: usize| match Record::read(value) {
            Ok(Record::Result(earlier)) => {
                let unknown = matches!(
                    earlier.level,
                    VerdictLevel::Inconclusive | VerdictLevel::NotInLibrary
                );
                if args.all || unknown {
                    all.push(earlier);
                }
                Ok(())
            }
            Ok(Record::Failure) => Ok(()),
            Err(message) => bail!("{}, result {place}: {message}", path.display()),
        };
        if is_array {
            let values: Vec<serde_json::Value> = serde_json::from_reader(reader)
                .with_context(|| no_results(&path.display().to_string()))?;
            for (place, value) in values.into_iter().enumerate() {
                take(value, place + 1)?;
            }
            continue;
        }
        for (place, line) in reader.lines().enumerate() {
            let line = line.with_context(context)?;
            if !line.trim().is_empty() {
                let value = serde_json::from_str(&line).with_context(|| {
                    no_results(&format!("{}, line {},", path.display(), place + 1))
                })?;
                take(value, place + 1)?;
            }
        }
    }
    Ok(all)
}

/// The file that a path leads into: itself, or the archive of a member.
fn lying(path: &Path) -> PathBuf {
    gather::archive_of(path).unwrap_or(path).to_owned()
}

/// Results by what `place` makes of their paths, in their order.
fn by(earlier: Vec<Earlier>, place: impl Fn(&Path) -> PathBuf) -> Vec<(PathBuf, Vec<Earlier>)> {
    let mut places: HashMap<PathBuf, usize> = HashMap::new();
    let mut groups: Vec<(PathBuf, Vec<Earlier>)> = Vec::new();
    for one in earlier {
        let path = place(Path::new(&one.path));
        let place = *places.entry(path.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(one),
            None => groups.push((path, vec![one])),
        }
    }
    groups
}

struct Session<'a> {
    searcher: Searcher<'a>,
    library: &'a Library,
    register: &'a Register,
}

impl Session<'_> {
    /// Asks the results of one file again; gives back those whose raw file this is not.
    fn ask(
        &self,
        path: &Path,
        group: Vec<Earlier>,
        args: &RehuntArgs,
        found: &mut Vec<Rehunted>,
        tally: &mut Tally,
    ) -> Vec<Earlier> {
        let mut group = group;
        let mut named: HashSet<String> = group.iter().map(|one| one.path.clone()).collect();
        named.insert(path.to_string_lossy().into_owned());
        for source in gather::Sources::of(path, &args.overrides) {
            match source {
                Ok(source) => group = self.answer(source, group, args, found, tally),
                // Other members of an archive are nobody's question.
                Err(failure) if named.contains(&failure.path) => {
                    eprintln!("specid: {}: {}", failure.path, failure.message);
                }
                Err(_) => {}
            }
        }
        group
    }

    /// Looks for raw files that have moved, by their hash.
    fn look_for(
        &self,
        missing: &mut Vec<Earlier>,
        args: &RehuntArgs,
        found: &mut Vec<Rehunted>,
        tally: &mut Tally,
    ) {
        for folder in &args.files {
            for source in gather::Sources::of(folder, &args.overrides) {
                // A folder holds other files, too; that one itself cannot be read is told.
                let source = match source {
                    Ok(source) => source,
                    Err(failure) if Path::new(&failure.path) == folder => {
                        eprintln!("specid: {}: {}", failure.path, failure.message);
                        continue;
                    }
                    Err(_) => continue,
                };
                *missing = self.answer(source, std::mem::take(missing), args, found, tally);
                if missing.is_empty() {
                    return;
                }
            }
        }
    }

    /// Asks those of the results again whose raw file this is; gives the others back.
    fn answer(
        &self,
        source: gather::Source,
        group: Vec<Earlier>,
        args: &RehuntArgs,
        found: &mut Vec<Rehunted>,
        tally: &mut Tally,
    ) -> Vec<Earlier> {
        let is_it = |e: &Earlier| e.sha256.as_ref() == Some(&source.sha256);
        let (own, others): (Vec<_>, Vec<_>) = group.into_iter().partition(is_it);
        let is_peak = |e: &Earlier| e.peak.is_some();
        let peaks = own
            .iter()
            .any(is_peak)
            .then(|| Injection::of(&source.reading).spectra());
        let answers: Vec<Result<Rehunted, String>> = own
            .par_iter()
            .map(|earlier| {
                let place = format!("{} [{}]", source.path, earlier.index + 1);
                if let (Some((number, minutes)), Some(peaks)) = (earlier.peak, &peaks) {
                    let peaks = peaks.as_ref().map_err(|e| format!("{place}: {e}"))?;
                    let Some(spectrum) = peaks.get(number, minutes) else {
                        return Err(format!(
                            "{place}: the run has no such peak ({number}, at {minutes:.2} min)"
                        ));
                    };
                    return self
                        .identify(spectrum, earlier)
                        .map_err(|message| format!("{place}: {message}"));
                }
                match source.reading.spectra.get(earlier.index) {
                    Some(Ok(spectrum)) => self
                        .identify(spectrum, earlier)
                        .map_err(|message| format!("{place}: {message}")),
                    Some(Err(error)) => Err(format!("{place}: {error}")),
                    None => Err(format!("{place}: the file has no such spectrum")),
                }
            })
            .collect();
        for (answer, earlier) in answers.into_iter().zip(&own) {
            tally.asked += 1;
            match answer {
                Ok(rehunted) => {
                    tally.named += usize::from(rehunted.news);
                    let changed = rehunted.before != rehunted.after
                        || earlier.substances != rehunted.substances;
                    tally.changed += usize::from(changed);
                    if rehunted.news || changed || args.unchanged {
                        found.push(rehunted);
                    }
                }
                Err(message) => {
                    tally.failed += 1;
                    eprintln!("specid: {message}");
                }
            }
        }
        others
    }

    fn identify(&self, spectrum: &Spectrum, earlier: &Earlier) -> Result<Rehunted, String> {
        let ranking = self.searcher.search(spectrum).map_err(|e| e.to_string())?;
        let best = ranking.hits.first();
        let since = best.and_then(|hit| self.library.since(hit.entry));
        let result: Identification = identification(
            spectrum,
            &ranking,
            self.library,
            Law::newest(self.register),
            1,
        )
        .map_err(|e| e.to_string())?;
        let named: Vec<String> = result
            .verdict
            .substances
            .into_iter()
            .map(|s| s.name)
            .collect();
        let says = |level| matches!(level, VerdictLevel::Identified | VerdictLevel::ClassOnly);
        Ok(Rehunted {
            path: earlier.path.clone(),
            index: earlier.index,
            id: earlier.id.clone(),
            sha256: earlier.sha256.clone(),
            before: earlier.level,
            best_before: earlier.best.clone(),
            generation_before: earlier.generation,
            after: result.verdict.level,
            news: says(result.verdict.level)
                && (!says(earlier.level) || earlier.substances != named),
            substances: named,
            best_after: result.candidates.into_iter().next().map(|c| c.name),
            generation_after: self.library.info.generation,
            hash_after: self.library.info.hash.clone(),
            since,
        })
    }
}

fn print(found: &[Rehunted], tally: &Tally, args: &RehuntArgs, out: &mut dyn Write) -> Result<()> {
    match args.format {
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, found)?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for one in found {
                serde_json::to_writer(&mut *out, one)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => {
            let mut csv = Sheet::new(out);
            csv.write_record([
                "path",
                "spectrum",
                "before",
                "after",
                "substances",
                "since_generation",
                "news",
            ])?;
            for one in found {
                csv.write_record([
                    one.path.as_str(),
                    &(one.index + 1).to_string(),
                    one.before.id(),
                    one.after.id(),
                    &one.substances.join("; "),
                    &one.since.map_or_else(String::new, |g| g.to_string()),
                    if one.news { "yes" } else { "no" },
                ])?;
            }
            csv.flush()?;
        }
        ResultFormat::Text => {
            for one in found {
                text(one, out)?;
            }
            writeln!(
                out,
                "{} earlier results asked again: {} now named, {} with another verdict, {} could not be asked",
                tally.asked, tally.named, tally.changed, tally.failed
            )?;
        }
    }
    Ok(())
}

fn text(one: &Rehunted, out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "{} [{}]  {}",
        one.path,
        one.index + 1,
        one.id.as_deref().unwrap_or_default()
    )?;
    let before = one.best_before.as_deref().unwrap_or("none");
    let after = match one.substances.is_empty() {
        true => format!(
            "best candidate {}",
            one.best_after.as_deref().unwrap_or("none")
        ),
        false => one.substances.join(" or "),
    };
    writeln!(
        out,
        "  was {} (generation {}, best candidate {before})",
        one.before.id(),
        one.generation_before
    )?;
    let since = match one.since {
        Some(generation) => format!(", reference since generation {generation}"),
        None => String::new(),
    };
    writeln!(
        out,
        "  is  {} (generation {}{since}): {after}; presumptive",
        one.after.id(),
        one.generation_after
    )?;
    Ok(())
}

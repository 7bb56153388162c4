//! Spectra to be added: of files, and of screening runs.

use super::super::{gather, progress};
use super::args::AddArgs;
use super::facts::{Facts, Known};
use crate::decide::VerdictLevel;
use crate::read::Input;
use crate::report::Outcome;
use crate::screen::Injection;
use crate::screen::manifest::Fields;
use crate::screen::samples::samples;
use crate::screen::store::{FILE, Store, StoreError};
use crate::spectrum::Spectrum;
use anyhow::Result;
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A spectrum with what is known of it.
pub(super) struct Item {
    pub spectrum: Spectrum,
    pub facts: Facts,
}

/// A file or spectrum that cannot be used.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub path: String,
    pub index: Option<usize>,
    pub message: String,
}

/// All spectra of a command, in the order in which they are named.
pub(super) fn items(args: &AddArgs, known: &Known) -> Result<Vec<Result<Item, Fault>>> {
    let mut all = Vec::new();
    let bar = progress::bar("reading", args.files.len() as u64);
    for name in &args.files {
        match run_folder(name) {
            Some(folder) => of_run(&folder, args, known, (&mut all, &bar))?,
            None => {
                for source in gather::Sources::of(name, &args.overrides) {
                    of_file(source, known, None, &mut all)?;
                }
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(all)
}

/// The folder of a screening run, where the name is one or its store.
fn run_folder(name: &Path) -> Option<PathBuf> {
    if name.join(FILE).is_file() {
        return Some(name.to_owned());
    }
    let is_store = name.file_name().is_some_and(|n| n == FILE) && name.is_file();
    let folder = name.parent().filter(|_| is_store)?;
    Some(match folder.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => folder.to_owned(),
    })
}

/// What a run knows of the spectra of a file that it did not identify.
struct Wanted {
    sha256: Option<String>,
    spectra: BTreeMap<usize, Facts>,
    /// Peaks of a GC-MS run: number and retention time (min).
    peaks: Vec<(usize, f64, Facts)>,
}

fn of_run(
    folder: &Path,
    args: &AddArgs,
    known: &Known,
    (all, bar): (&mut Vec<Result<Item, Fault>>, &ProgressBar),
) -> Result<()> {
    let store = Store::open_existing(folder)?;
    let mut files: BTreeMap<String, Wanted> = BTreeMap::new();
    let mut rows = Vec::new();
    store.each_brief(|row, brief| -> Result<(), StoreError> {
        // The traces of a run would fill the register.
        if !brief.is_main() {
            return Ok(());
        }
        let unknown = brief.is_judged() && brief.level != Some(VerdictLevel::Identified);
        if unknown || (args.any && brief.is_judged()) {
            rows.push((row, brief));
        }
        Ok(())
    })?;
    for (row, brief) in rows {
        let fields = store.fields(row.spectrum)?.unwrap_or_default();
        let facts = match known.with(&fields) {
            Ok(facts) => facts,
            Err(why) => {
                all.push(Err(Fault {
                    path: brief.path.clone(),
                    index: Some(brief.index),
                    message: format!("{}{why}", of_sample(&fields)),
                }));
                continue;
            }
        };
        let wanted = files.entry(row.name).or_insert_with(|| Wanted {
            sha256: brief.sha256.clone(),
            spectra: BTreeMap::new(),
            peaks: Vec::new(),
        });
        match &brief.peak {
            Some(peak) => wanted.peaks.push((peak.number, peak.retention_min, facts)),
            None => drop(wanted.spectra.insert(brief.index, facts)),
        }
    }
    drop(store);
    // Members of one archive are looked for in one go.
    let mut places: BTreeMap<&Path, BTreeMap<&str, &Wanted>> = BTreeMap::new();
    for (file, wanted) in &files {
        let path = Path::new(file);
        let place = gather::archive_of(path).unwrap_or(path);
        places.entry(place).or_default().insert(file, wanted);
    }
    bar.inc_length(places.len() as u64);
    for (place, mut missing) in places {
        for source in gather::Sources::of(place, &args.overrides) {
            let Ok(found) = &source else {
                continue;
            };
            let file = found.path.clone();
            let is_it = |wanted: &&Wanted| Some(&found.sha256) == wanted.sha256.as_ref();
            if let Some(wanted) = missing.get(file.as_str()).copied().filter(is_it) {
                missing.remove(file.as_str());
                of_file(source, known, Some(wanted), all)?;
            }
        }
        for file in missing.into_keys() {
            all.push(Err(Fault {
                path: file.to_owned(),
                index: None,
                message: "the file that was screened is not there any more, or is another one now"
                    .to_owned(),
            }));
        }
        bar.inc(1);
    }
    Ok(())
}

/// The case and sample of a row, before what is said of it.
fn of_sample(fields: &Fields) -> String {
    let named = |what: &str, text: &Option<String>| Some(format!("{what} {}", text.as_ref()?));
    let parts = [
        named("case", &fields.case),
        named("item", &fields.item),
        named("sample", &fields.sample),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("{}: ", parts.join(", ")),
    }
}

fn of_file(
    source: Result<gather::Source, gather::Failure>,
    known: &Known,
    wanted: Option<&Wanted>,
    all: &mut Vec<Result<Item, Fault>>,
) -> Result<()> {
    let source = match source {
        Ok(source) => source,
        Err(gather::Failure { path, message }) => {
            all.push(Err(Fault {
                path,
                index: None,
                message,
            }));
            return Ok(());
        }
    };
    if let Some(wanted) = wanted.filter(|wanted| !wanted.peaks.is_empty()) {
        of_peaks(&source, wanted, all);
    }
    let mut input = Input::new(source.path.as_str(), Vec::new());
    input.sha256.clone_from(&source.sha256);
    for item in samples(&input, source.reading, &[]) {
        match item {
            Ok(mut spectrum) => {
                let index = spectrum.provenance.index;
                spectrum.provenance.path.clone_from(&source.path);
                spectrum.provenance.sha256.clone_from(&source.sha256);
                let facts = match wanted {
                    Some(wanted) => wanted.spectra.get(&index).cloned(),
                    None => Some(known.facts(&source.path, index)?),
                };
                if let Some(facts) = facts {
                    all.push(Ok(Item { spectrum, facts }));
                }
            }
            Err(Outcome::Failed(failure)) if wanted.is_none() => all.push(Err(Fault {
                path: source.path.clone(),
                index: Some(failure.source.index),
                message: failure.error.message,
            })),
            // A run has told already what it could not use.
            Err(_) => {}
        }
    }
    Ok(())
}

/// The peaks of a GC-MS run that a screening did not identify.
fn of_peaks(source: &gather::Source, wanted: &Wanted, all: &mut Vec<Result<Item, Fault>>) {
    let fault = |message: String| Fault {
        path: source.path.clone(),
        index: None,
        message,
    };
    let found = match Injection::of(&source.reading).spectra() {
        Ok(found) => found,
        Err(error) => return all.push(Err(fault(error.to_string()))),
    };
    for (number, minutes, facts) in &wanted.peaks {
        let Some(spectrum) = found.get(*number, *minutes) else {
            let message = format!("the run has no peak {number} at {minutes:.2} min now");
            all.push(Err(fault(message)));
            continue;
        };
        let mut spectrum = spectrum.clone();
        spectrum.provenance.path.clone_from(&source.path);
        spectrum.provenance.sha256.clone_from(&source.sha256);
        all.push(Ok(Item {
            spectrum,
            facts: facts.clone(),
        }));
    }
}

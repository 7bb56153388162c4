//! `specid validate`.

use super::Ending;
use super::args::{ValidateArgs, ViewFormat};
use super::gather::walk;
use super::identify::load;
use super::library::{now, record_change};
use super::output_file::replace;
use super::record::Recorder;
use super::{kept, locate, progress, whole};
use crate::library::{Action, Change, Entry, Library, Probe, ReferenceKind, SourceFile, Store};
use crate::read::Input;
use crate::report::{Failure, Outcome, validation};
use crate::screen::samples::{samples, unreadable};
use crate::search::Options;
use crate::spectrum::Spectrum;
use crate::validate::trial::{Bench, LeftOut, Trial};
use crate::validate::truth::TruthTable;
use crate::validate::{Report, UsedFile};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Spectra tried between two looks at the progress bar.
const BATCH: usize = 64;

/// Ids named in a note before the rest is only counted.
const NAMED: usize = 5;

pub(super) fn run(args: &ValidateArgs, out: &mut dyn Write) -> Result<Ending> {
    let read = [&args.queries[..], &args.absent, args.truth.as_slice()].concat();
    kept::refuse_named(args.html.as_ref(), &read)?;
    let recorder = match args.store {
        true => args.record.recorder()?,
        false => None,
    };
    let store = match args.store {
        true => {
            let path = locate::writable(args.library.as_deref())?;
            let parent = locate::open_file(&path)?;
            whole::required(&parent)?;
            Some((path, parent))
        }
        false => None,
    };
    let mut library = locate::open(args.library.as_deref())?;
    if store.is_some() {
        whole::required(&library)?;
    }
    let (report, probes) = measure(args, &library)?;
    if report.trials.is_empty() {
        bail!("no spectrum of known identity could be tried, so nothing was measured");
    }
    let kept = keep(
        args,
        &report,
        &probes,
        &mut library,
        store,
        recorder.as_ref(),
    );
    // Printed last, as a reader may go away, and also where nothing could be kept.
    match args.format {
        ViewFormat::Text => write!(out, "{}", validation::text(&report))?,
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)?;
        }
    }
    kept?;
    Ok(match report.left_out.iter().any(LeftOut::is_failure) {
        true => Ending::Failed,
        false => Ending::Found,
    })
}

/// Writes the page, and the figures and probes into the library at this path, which came from the one beside it.
fn keep(
    args: &ValidateArgs,
    report: &Report,
    probes: &[Probe],
    library: &mut Library,
    store: Option<(PathBuf, Library)>,
    recorder: Option<&Recorder>,
) -> Result<()> {
    if let Some(page) = &args.html {
        let date = jiff::Zoned::now().strftime("%Y-%m-%d").to_string();
        replace(page, validation::html(report, &date).as_bytes())?;
    }
    let Some((path, parent)) = store else {
        return Ok(());
    };
    let date = now();
    library.set_validation(report.summary(date.clone(), library.entries_hash()));
    library.set_probes(probes);
    let writer = Store::at(&path).lock("specid validate --store")?;
    let mut change = Change::new(Action::Validate, date);
    change.by = locate::user()?;
    change.sources = sources(&report.files);
    let record = writer.commit(library, Some(&parent), change)?;
    if let Some(recorder) = recorder {
        record_change(recorder, writer.store(), Some(&parent), library, &record)?;
    }
    eprintln!(
        "specid: stored in {} as generation {}",
        path.display(),
        library.info.generation
    );
    warn_of_truth(library);
    Ok(())
}

/// The files that a validation was made from, the truth table among them.
fn sources(files: &[UsedFile]) -> Vec<SourceFile> {
    let read = files.iter().filter_map(|file| {
        Some(SourceFile {
            path: file.path.clone(),
            sha256: file.sha256.clone()?,
        })
    });
    read.collect()
}

/// Says so where most identified sets lack what the truth names: results will tell that rate from now on.
fn warn_of_truth(library: &Library) {
    let figures = library.validation.iter().flat_map(|v| &v.figures);
    for (technique, rate) in figures.filter_map(|f| Some((&f.technique, f.coverage.as_ref()?))) {
        if rate.n > 0 && rate.estimate < 0.5 {
            eprintln!(
                "specid: of the identified sets of {technique} only {:.1} % hold the substance that the truth names, and results will say so; look whether the truth table is that of these files (`specid library rollback` undoes the step)",
                100.0 * rate.estimate
            );
        }
    }
}

/// Figures, and the spectra that were tried, to be kept where that is asked for.
fn measure(args: &ValidateArgs, library: &Library) -> Result<(Report, Vec<Probe>)> {
    let register = locate::register()?;
    let options = Options {
        top: args.candidates,
        max_shift: args.max_shift,
        match_precursor: !args.any_precursor,
        ..Options::default()
    };
    let mut session = Session::default();
    let table = match &args.truth {
        Some(path) => Some(session.truth_table(path, args)?),
        None => None,
    };
    let bench = Bench::new(library, &register, table.as_ref(), options)?;
    let mut files = session.below(&args.queries, "queries");
    files.extend(session.below(&args.absent, "absent"));
    for (file, role) in files {
        session.try_file(&file, role, &bench, args);
    }
    let mut notes = Vec::new();
    if let Some(table) = &table {
        notes.extend(named(
            "rows of the truth table name no spectrum of these files",
            &table.unused(&session.used_rows),
        ));
        notes.extend(named(
            "entries of the truth table are not in the library, so the rest of their row decided",
            &bench.unknown_entries(),
        ));
    }
    let others: Vec<&str> = session.contradicted.iter().map(String::as_str).collect();
    notes.extend(named(
        "spectra state by their InChIKey another substance than the truth table does, which was followed",
        &others,
    ));
    for file in session.files.iter_mut().filter(|f| f.role == "truth") {
        file.spectra = session.by_truth;
    }
    let Session {
        files,
        trials,
        left_out,
        probes,
        ..
    } = session;
    let command = std::env::args_os().map(|a| a.to_string_lossy().into_owned());
    let command = std::iter::once("specid".to_owned()).chain(command.skip(1));
    let mut report = Report::new(
        library,
        command.collect(),
        files,
        args.candidates,
        trials,
        left_out,
    );
    report.notes.extend(notes);
    Ok((report, probes))
}

fn named(what: &str, ids: &[&str]) -> Option<String> {
    let shown = ids.iter().take(NAMED).copied().collect::<Vec<_>>();
    let more = match ids.len() > NAMED {
        true => ", ...",
        false => "",
    };
    (!ids.is_empty()).then(|| format!("{} {what}: {}{more}.", ids.len(), shown.join(", ")))
}

#[derive(Default)]
struct Session {
    files: Vec<UsedFile>,
    trials: Vec<Trial>,
    left_out: Vec<LeftOut>,
    used_rows: BTreeSet<usize>,
    /// Spectra whose substance the truth table told.
    by_truth: usize,
    /// Spectra of which the truth table says something else than their record.
    contradicted: Vec<String>,
    /// Spectra tried, where they are to be kept.
    probes: Vec<Probe>,
}

/// What became of a spectrum.
struct Tried {
    trial: Trial,
    /// The row of the truth table that was used.
    row: Option<usize>,
    probe: Option<Probe>,
    /// Whether that row contradicts the record.
    contradicted: bool,
}

impl Session {
    fn truth_table(&mut self, path: &Path, args: &ValidateArgs) -> Result<TruthTable> {
        let context = || format!("the truth table {} cannot be used", path.display());
        let input = Input::open(path, &args.overrides.limits.limits()).with_context(context)?;
        let text = String::from_utf8_lossy(&input.bytes);
        let table = TruthTable::parse(&text).with_context(context)?;
        self.files.push(UsedFile {
            path: input.name,
            role: "truth",
            sha256: Some(input.sha256),
            spectra: 0,
        });
        Ok(table)
    }

    /// The files that these names stand for, those below folders among them, each with its role.
    fn below(&mut self, names: &[PathBuf], role: &'static str) -> Vec<(PathBuf, &'static str)> {
        let mut files = Vec::new();
        let mut failures = Vec::new();
        for name in names {
            match name.is_dir() {
                true => walk(name, &mut files, &mut failures),
                false => files.push(name.clone()),
            }
        }
        for failure in failures {
            self.leave_out(LeftOut {
                path: failure.path,
                index: 0,
                id: None,
                kind: "unreadable".to_owned(),
                message: failure.message,
            });
        }
        files.into_iter().map(|file| (file, role)).collect()
    }

    /// Tries all spectra of a file; what cannot be used is told and kept in mind.
    fn try_file(&mut self, file: &Path, role: &'static str, bench: &Bench, args: &ValidateArgs) {
        let (sha256, items) = match load(file, &args.overrides) {
            Ok((input, reading)) => {
                let items = samples(&input, reading, &[]);
                (Some(input.sha256), items)
            }
            Err(error) => (None, vec![Err(unreadable(file.to_string_lossy(), &error))]),
        };
        let bar = progress::bar("validating", items.len() as u64);
        let before = self.trials.len();
        if items.is_empty() {
            self.leave_out(LeftOut {
                path: file.to_string_lossy().into_owned(),
                index: 0,
                id: None,
                kind: "no-sample".to_owned(),
                message: "The file holds no spectrum of a sample.".to_owned(),
            });
        }
        for batch in items.chunks(BATCH) {
            let tried: Vec<_> = batch
                .par_iter()
                .map(|item| attempt(bench, item, role == "absent"))
                .collect();
            bar.inc(batch.len() as u64);
            for item in tried {
                match item {
                    Ok(tried) => {
                        self.used_rows.extend(tried.row);
                        self.by_truth += usize::from(tried.row.is_some());
                        if tried.contradicted {
                            self.contradicted.push(place(&tried.trial));
                        }
                        self.trials.push(tried.trial);
                        self.probes.extend(tried.probe.filter(|_| args.store));
                    }
                    Err(left_out) => bar.suspend(|| self.leave_out(left_out)),
                }
            }
        }
        bar.finish_and_clear();
        self.files.push(UsedFile {
            path: file.to_string_lossy().into_owned(),
            role,
            sha256,
            spectra: self.trials.len() - before,
        });
    }

    fn leave_out(&mut self, left_out: LeftOut) {
        if left_out.is_failure() {
            let (path, place) = (&left_out.path, left_out.index + 1);
            eprintln!("specid: {path} [{place}]: {}", left_out.message);
        }
        self.left_out.push(left_out);
    }
}

fn attempt(
    bench: &Bench,
    item: &Result<Spectrum, Outcome>,
    absent: bool,
) -> Result<Tried, LeftOut> {
    match item {
        Ok(spectrum) => {
            let (trial, row) = bench.try_one(spectrum, absent)?;
            let probe = bench.identity(spectrum, absent).map(|identity| {
                let provenance = &spectrum.provenance;
                let id = format!("{}#{}", provenance.path, provenance.index + 1);
                let mut entry = Entry::of(spectrum, id, ReferenceKind::FullSpectrum);
                entry.identity = identity;
                Probe::of(entry, spectrum)
            });
            Ok(Tried {
                trial,
                row,
                probe,
                contradicted: bench.contradicts(spectrum, absent),
            })
        }
        Err(Outcome::Failed(failure)) => Err(of_failure(failure)),
        Err(Outcome::Ranked(result)) => Err(LeftOut {
            path: result.source.path.clone(),
            index: result.source.index,
            id: result.source.id.clone(),
            kind: "no-sample".to_owned(),
            message: "This was identified already.".to_owned(),
        }),
    }
}

/// The name of a spectrum in the notes.
fn place(trial: &Trial) -> String {
    let own = || format!("{} [{}]", trial.path, trial.index + 1);
    trial.id.clone().unwrap_or_else(own)
}

fn of_failure(failure: &Failure) -> LeftOut {
    LeftOut {
        path: failure.source.path.clone(),
        index: failure.source.index,
        id: failure.source.id.clone(),
        kind: failure.error.kind.clone(),
        message: failure.error.message.clone(),
    }
}

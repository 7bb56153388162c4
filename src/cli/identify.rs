//! `specid identify`.

use super::Ending;
use super::args::{IdentifyArgs, Overrides, ResultFormat};
use super::samples::{samples, unreadable};
use super::{locate, progress, targets};
use crate::decide::{Negatives, VerdictLevel};
use crate::library::{Library, LibraryError};
use crate::read::{self, Input, Limits, ReadError, Reading};
use crate::report::{Identification, Outcome, SourceView, Target, csv, identification, plot, text};
use crate::search::{Hit, Options, Ranking, Searcher, plain_pair};
use crate::spectrum::{Identity, Spectrum};
use crate::substance::Register;
use anyhow::Result;
use rayon::prelude::*;
use std::io::{Read, Write};
use std::path::Path;

/// Spectra searched between two looks at the output: enough for all cores, few enough that results
/// come soon.
const BATCH: usize = 64;

pub(super) fn run(args: &IdentifyArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.library.as_deref())?;
    let register = locate::register()?;
    let options = Options {
        top: args.top,
        max_shift: args.max_shift,
        match_precursor: !args.any_precursor,
        precursor_tolerance: args.precursor_tolerance,
    };
    let targets = targets::resolve(&register, &args.targets)?;
    let session = Session {
        targets: &targets,
        searcher: Searcher::new(&library, options),
        library: &library,
        register: &register,
        plot: args.plot && args.format == ResultFormat::Text,
        top: args.top,
    };
    let mut printer = Printer {
        format: args.format,
        out,
        printed: 0,
    };
    let mut ending = Ending::Nothing;
    let mut failed = false;
    for file in &args.files {
        let items = match load(file, &args.overrides) {
            Ok((input, reading)) => samples(&input, reading, &args.scan),
            Err(error) => vec![Err(unreadable(file, &error))],
        };
        let bar = progress::bar("identifying", items.len() as u64);
        for batch in items.chunks(BATCH) {
            let answers: Vec<Answer> = batch.par_iter().map(|item| session.answer(item)).collect();
            bar.inc(batch.len() as u64);
            for answer in answers {
                match &answer.outcome {
                    Outcome::Ranked(result) if says_something(result.verdict.level) => {
                        ending = Ending::Found
                    }
                    Outcome::Ranked(_) => {}
                    Outcome::Failed(failure) => {
                        failed = true;
                        eprintln!(
                            "specid: {} [{}]: {}",
                            failure.source.path,
                            failure.source.index + 1,
                            failure.error.message
                        );
                    }
                }
                bar.suspend(|| printer.print(answer))?;
            }
        }
        bar.finish_and_clear();
    }
    printer.finish()?;
    Ok(if failed { Ending::Failed } else { ending })
}

/// Whether a verdict names substances or their class.
fn says_something(level: VerdictLevel) -> bool {
    matches!(level, VerdictLevel::Identified | VerdictLevel::ClassOnly)
}

/// Loads a file or standard input and applies what the user said of it.
pub(super) fn load(file: &Path, overrides: &Overrides) -> Result<(Input, Reading), ReadError> {
    let limits = overrides.limits.limits();
    let input = match file == Path::new("-") {
        true => standard_input(&limits)?,
        false => Input::open(file, &limits)?,
    };
    let (_, mut reading) = read::read_input(&input, &limits)?;
    for spectrum in reading.spectra.iter_mut().flatten() {
        apply(overrides, spectrum);
    }
    Ok((input, reading))
}

fn standard_input(limits: &Limits) -> Result<Input, ReadError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(limits.file_bytes + 1)
        .read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() as u64 <= limits.file_bytes => Ok(Input::new("-", bytes)),
        Ok(_) => Err(limits.too_large()),
        Err(e) => Err(ReadError::new(
            read::ErrorKind::Io,
            format!("standard input cannot be read ({e})"),
        )),
    }
}

pub(super) fn apply(overrides: &Overrides, spectrum: &mut Spectrum) {
    if let Some(technique) = overrides.technique {
        spectrum.technique = technique.into();
    }
    if let Some(laser) = overrides.laser {
        spectrum.provenance.laser_nm = Some(laser);
    }
}

struct Session<'a> {
    targets: &'a [Identity],
    searcher: Searcher<'a>,
    library: &'a Library,
    register: &'a Register,
    plot: bool,
    top: usize,
}

struct Answer {
    outcome: Outcome,
    plot: Option<String>,
}

impl Session<'_> {
    fn answer(&self, item: &Result<Spectrum, Outcome>) -> Answer {
        let spectrum = match item {
            Ok(spectrum) => spectrum,
            Err(outcome) => {
                return Answer {
                    outcome: outcome.clone(),
                    plot: None,
                };
            }
        };
        let failed = |kind: &str, message: String| Answer {
            outcome: Outcome::failed(SourceView::of(spectrum), kind, message),
            plot: None,
        };
        let ranking = match self.searcher.search(spectrum) {
            Ok(ranking) => ranking,
            Err(error) => return failed(error.kind(), error.to_string()),
        };
        match identification(spectrum, &ranking, self.library, self.register, self.top) {
            Ok(mut result) => {
                if let Err(error) = self.add_negatives(spectrum, &ranking, &mut result) {
                    return failed("library", error.to_string());
                }
                let best = ranking.hits.first().filter(|_| self.plot);
                let name = result.candidates.first().map(|c| c.name.clone());
                Answer {
                    plot: best.and_then(|hit| self.draw(spectrum, hit, name.unwrap_or_default())),
                    outcome: Outcome::Ranked(Box::new(result)),
                }
            }
            Err(error) => failed("library", error.to_string()),
        }
    }

    /// What would have been noticed of the targets.
    fn add_negatives(
        &self,
        spectrum: &Spectrum,
        ranking: &Ranking,
        result: &mut Identification,
    ) -> Result<(), LibraryError> {
        let negatives = Negatives {
            searcher: &self.searcher,
            library: self.library,
            register: self.register,
        };
        for target in self.targets {
            let noticed = negatives.smallest_noticed(spectrum, ranking, target)?;
            result.targets.push(Target::of(target, &noticed));
        }
        Ok(())
    }

    fn draw(&self, spectrum: &Spectrum, hit: &Hit, name: String) -> Option<String> {
        let size = plot::Size::default();
        let label = |text: &str| text.chars().take(40).collect::<String>();
        if hit.overlap.is_none() {
            let reference = plot::Series::of_spectrum(&self.library.spectrum(hit.entry).ok()?);
            return Some(plot::mirror(
                &plot::Series::of_spectrum(spectrum),
                &reference,
                size,
            ));
        }
        let (query, reference, recipe) = plain_pair(self.library, spectrum, hit).ok()?;
        let (first, step) = (recipe.grid.first, recipe.grid.step);
        let query = plot::Series::of_signal(label("query"), &query, first, step);
        let reference = plot::Series::of_signal(label(&name), &reference, first, step);
        Some(match hit.family.is_mass() {
            true => plot::mirror(&query, &reference, size),
            false => plot::overlay(&query, &reference, size),
        })
    }
}

struct Printer<'a> {
    format: ResultFormat,
    out: &'a mut dyn Write,
    printed: usize,
}

impl Printer<'_> {
    fn print(&mut self, answer: Answer) -> Result<()> {
        let first = self.printed == 0;
        self.printed += 1;
        match self.format {
            ResultFormat::Text => {
                let gap = if first { "" } else { "\n" };
                write!(self.out, "{gap}{}", text::outcome(&answer.outcome))?;
                if let Some(plot) = answer.plot {
                    write!(self.out, "\n{plot}")?;
                }
            }
            ResultFormat::Jsonl => {
                serde_json::to_writer(&mut *self.out, &answer.outcome)?;
                writeln!(self.out)?;
            }
            ResultFormat::Json => {
                write!(self.out, "{}", if first { "[\n" } else { ",\n" })?;
                serde_json::to_writer_pretty(&mut *self.out, &answer.outcome)?;
            }
            ResultFormat::Csv => csv::write(&[answer.outcome], first, self.out)?,
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        if self.format == ResultFormat::Json {
            writeln!(self.out, "{}", if self.printed == 0 { "[]" } else { "\n]" })?;
        }
        Ok(())
    }
}

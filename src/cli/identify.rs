//! `specid identify`.

mod again;
mod analogue_plot;
mod parameters;
mod recording;
mod run_args;
mod runs;
mod unknown_args;

pub(super) use again::{Again, Asked};
pub(super) use recording::RecordingArgs;
pub(super) use run_args::RunArgs;
pub(super) use unknown_args::{UnknownArgs, WhenUnknown};

use super::Ending;
use super::args::{IdentifyArgs, Overrides, ResultFormat};
use super::overlays::Nation;
use super::{locate, progress, targets};
use crate::decide::VerdictLevel;
use crate::library::Library;
use crate::mixture::MixtureOptions;
use crate::read::{Input, ReadError, Reading};
use crate::report::{
    EmergingView, Identification, Law, MixtureView, Outcome, Parameters, SourceView, csv, plot,
    text,
};
use crate::screen::samples::{samples, unreadable};
use crate::screen::{Identifier, Injection, beside};
use crate::search::{Hit, Options, plain_pair};
use crate::spectrum::{Identity, Spectrum};
use crate::substance::On;
use crate::unknowns::Watches;
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use recording::{Recording, file_of, lines};
use runs::Runs;
use std::io::Write;
use std::path::Path;

/// Spectra searched between two looks at the output: enough for all cores, few enough that results
/// come soon.
const BATCH: usize = 64;

pub(super) fn run(args: &IdentifyArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.library.as_deref())?;
    locate::tell_small_default(args.library.as_deref(), &library);
    let register = locate::register()?;
    targets::tell_lists(&register, &[&library], "--targets", &args.targets)?;
    targets::tell_unknown(&register, &[&library], "--known", &args.known)?;
    prepared(args, &library, None, |session, nation| {
        let recording = Recording::new(args, &library, nation)?;
        identify(args, session, &recording, out)
    })
}

/// Does `work` with what the arguments ask for. Where they name no day, national status is that of `today`,
/// or of the computer's clock.
pub(super) fn prepared<R>(
    args: &IdentifyArgs,
    library: &Library,
    today: Option<Date>,
    work: impl FnOnce(&Session<'_>, &Nation) -> Result<R>,
) -> Result<R> {
    let register = locate::register()?;
    let options = Options {
        top: args.top,
        max_shift: args.max_shift,
        match_precursor: !args.any_precursor,
        precursor_tolerance: args.precursor_tolerance,
    };
    let nation = args.national.load(args.on)?;
    let national =
        |identity: &Identity, day: Option<Date>| nation.status(&register, identity, day.or(today));
    let law = Law {
        register: &register,
        on: On::from(args.on),
        national: nation.is_asked().then_some(&national),
    };
    let targets = targets::resolve(&register, &[library], "--targets", &args.targets)?;
    let known = targets::known(&register, &[library], &args.known)?;
    let without = targets::substances(library, &register, "--without", &args.unknown.without)?;
    let mut identifier = Identifier::new(library, law, options, &targets).without(without);
    if args.unknown.hypotheses != WhenUnknown::Never {
        identifier = identifier.with_hypotheses(args.unknown.hypotheses == WhenUnknown::Always);
    }
    if args.max_components > 1 || !known.is_empty() {
        identifier = identifier.with_components(MixtureOptions {
            max_components: args.max_components,
            known,
            max_shift: args.max_shift,
        });
    }
    let session = Session {
        identifier,
        parameters: args.parameters(),
        plot: args.plot && args.format == ResultFormat::Text,
    };
    work(&session, &nation)
}

fn identify(
    args: &IdentifyArgs,
    session: &Session<'_>,
    recording: &Recording,
    out: &mut dyn Write,
) -> Result<Ending> {
    let mut printer = Printer {
        format: args.format,
        out,
        printed: 0,
        kind: None,
    };
    let ended = answer_all(args, session, recording, &mut printer);
    // What was printed is whole, whatever ended it.
    if ended.is_ok() || printer.printed > 0 {
        printer.finish()?;
    }
    ended
}

fn answer_all(
    args: &IdentifyArgs,
    session: &Session<'_>,
    recording: &Recording,
    printer: &mut Printer<'_>,
) -> Result<Ending> {
    let mut watches = args.watching.open()?;
    let mut runs = Runs::new(args)?;
    let mut ending = Ending::Nothing;
    let mut failed = false;
    for path in &args.files {
        let loaded = load(path, &args.overrides);
        let file = file_of(path, loaded.as_ref().ok().map(|(input, _)| input));
        let items = match loaded {
            Ok((input, reading)) if args.scan.is_empty() && Injection::of(&reading).is_whole() => {
                match runs.identify(&input, &reading, &session.identifier) {
                    Ok(mut result) => {
                        let unread = Injection::of(&reading).unread();
                        if let Some(unread) = unread {
                            failed = true;
                            eprintln!("specid: {}: {unread}", path.display());
                        }
                        let others = beside(reading);
                        recording.check_count(1 + others.spectra.len())?;
                        recording.run(&file, &mut result)?;
                        if result.says_something() {
                            ending = Ending::Found;
                        }
                        runs.draw(&result)?;
                        printer.print_run(&result, session.plot)?;
                        if others.spectra.is_empty() {
                            continue;
                        }
                        samples(&input, others, &[])
                    }
                    Err(message) => vec![Err(no_chromatogram(&input, message))],
                }
            }
            Ok((input, reading)) => samples(&input, reading, &args.scan),
            Err(error) => vec![Err(unreadable(path.to_string_lossy(), &error))],
        };
        recording.check_count(items.len())?;
        let bar = progress::bar("identifying", items.len() as u64);
        for batch in items.chunks(BATCH) {
            let mut answers: Vec<Answer> =
                batch.par_iter().map(|item| session.answer(item)).collect();
            bar.inc(batch.len() as u64);
            for (answer, item) in answers.iter_mut().zip(batch) {
                alert(&mut answer.outcome, item, &mut watches);
            }
            recording.outcomes(&file, answers.iter_mut().map(|a| &mut a.outcome))?;
            for answer in answers {
                match &answer.outcome {
                    Outcome::Ranked(result) if says_something(result) => ending = Ending::Found,
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
    if let Some(file) = runs.undrawn() {
        failed = true;
        eprintln!(
            "specid: {} is not written: --svg draws the chromatogram of a run, and there was none; --plot draws spectra",
            file.display()
        );
    }
    Ok(if failed { Ending::Failed } else { ending })
}

/// Adds the notices of other laboratories that a spectrum is like.
pub(super) fn alert(
    outcome: &mut Outcome,
    item: &Result<Spectrum, Outcome>,
    watches: &mut Watches,
) {
    if let (Outcome::Ranked(result), Ok(spectrum)) = (outcome, item) {
        result.alerts = watches.alerts(spectrum);
    }
}

fn no_chromatogram(input: &Input, message: String) -> Outcome {
    let source = SourceView::of_file(input.name.as_str(), 0, Some(input.sha256.clone()));
    Outcome::failed(source, "run", message)
}

/// Whether a result names substances, their class or components, or alerts.
fn says_something(result: &Identification) -> bool {
    let named = matches!(
        result.verdict.level,
        VerdictLevel::Identified | VerdictLevel::ClassOnly
    );
    let class = result
        .emerging
        .as_ref()
        .is_some_and(EmergingView::gives_class);
    let mixed = result.mixture.as_ref().is_some_and(MixtureView::is_mixed);
    named || class || mixed || !result.alerts.is_empty()
}

/// Loads a file or standard input and applies what the user said of it.
pub(super) fn load(file: &Path, overrides: &Overrides) -> Result<(Input, Reading), ReadError> {
    let given = overrides.given();
    let input = match file == Path::new("-") {
        true => given.standard_input()?,
        false => Input::open(file, &given.limits)?,
    };
    let reading = given.read(&input)?;
    Ok((input, reading))
}

pub(super) struct Session<'a> {
    identifier: Identifier<'a>,
    parameters: Parameters,
    plot: bool,
}

struct Answer {
    outcome: Outcome,
    plot: Option<String>,
}

impl Session<'_> {
    fn answer(&self, item: &Result<Spectrum, Outcome>) -> Answer {
        match item {
            Ok(spectrum) => {
                let (mut outcome, ranking) = self.identifier.identify(spectrum);
                if let Outcome::Ranked(result) = &mut outcome {
                    result.parameters = Some(self.parameters.clone());
                }
                let best = ranking.hits.first().filter(|_| self.plot);
                let mut plot = best.and_then(|hit| match mixture_plot(&outcome) {
                    Some(plot) => Some(plot),
                    None => self.draw(spectrum, hit),
                });
                if self.plot {
                    let library = self.identifier.library();
                    let analogue = analogue_plot::draw(library, spectrum, &outcome);
                    let all: Vec<String> = plot.into_iter().chain(analogue).collect();
                    plot = (!all.is_empty()).then(|| all.join("\n"));
                }
                Answer { outcome, plot }
            }
            Err(outcome) => Answer {
                outcome: outcome.clone(),
                plot: None,
            },
        }
    }

    fn draw(&self, spectrum: &Spectrum, hit: &Hit) -> Option<String> {
        let library = self.identifier.library();
        let name = library.entry(hit.entry).ok()?.identity.name;
        let size = plot::Size::default();
        let label = |text: &str| text.chars().take(40).collect::<String>();
        if hit.overlap.is_none() {
            let reference = plot::Series::of_spectrum(&library.spectrum(hit.entry).ok()?);
            return Some(plot::mirror(
                &plot::Series::of_spectrum(spectrum),
                &reference,
                size,
            ));
        }
        let (query, reference, recipe) = plain_pair(library, spectrum, hit).ok()?;
        let (first, step) = (recipe.grid.first, recipe.grid.step);
        let query = plot::Series::of_signal(label("query"), &query, first, step);
        let reference = plot::Series::of_signal(label(&name), &reference, first, step);
        Some(match hit.family.is_mass() {
            true => plot::mirror(&query, &reference, size),
            false => plot::overlay(&query, &reference, size),
        })
    }
}

/// The plot of a spectrum that is of several components.
fn mixture_plot(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Ranked(result) => result.mixture.as_ref()?.plot(plot::Size::default()),
        Outcome::Failed(_) => None,
    }
}

/// Lines on what a result amends and where it was recorded.
fn placed(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ranked(result) => lines(result.amends.as_ref(), result.recorded.as_ref()),
        Outcome::Failed(failure) => lines(None, failure.recorded.as_ref()),
    }
}

struct Printer<'a> {
    format: ResultFormat,
    out: &'a mut dyn Write,
    printed: usize,
    kind: Option<Kind>,
}

/// What a result is of; tables of different kinds have different columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Spectrum,
    Run,
}

impl Printer<'_> {
    /// Counts a result; whether a table needs a heading before it.
    fn begin(&mut self, kind: Kind) -> bool {
        self.printed += 1;
        self.kind.replace(kind) != Some(kind)
    }

    fn print(&mut self, answer: Answer) -> Result<()> {
        let first = self.printed == 0;
        let header = self.begin(Kind::Spectrum);
        match self.format {
            ResultFormat::Text => {
                let gap = if first { "" } else { "\n" };
                let place = placed(&answer.outcome);
                write!(self.out, "{gap}{}{place}", text::outcome(&answer.outcome))?;
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
            ResultFormat::Csv => csv::write(&[answer.outcome], header, self.out)?,
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

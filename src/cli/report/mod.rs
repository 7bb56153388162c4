//! `specid report`.

mod fit;
mod libraries;
mod names;
mod peaks;
mod raw;
mod results;
mod runs;
mod stationery;
mod write;

use super::Ending;
use super::args::Overrides;
use crate::document;
use crate::statement::input::{Absent, Details, Material, Outcome, Run};
use crate::statement::texts::Texts;
use crate::statement::{Part, Statement, document as written};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use libraries::Libraries;
use raw::RawFiles;
use results::Found;
use std::io::Write;
use std::path::PathBuf;

/// A form of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// One HTML file that needs no other.
    Html,
    /// Tagged PDF/A.
    Pdf,
}

impl Form {
    fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Results of `specid identify --format json` or jsonl ("-" reads them from standard input), or the folder
    /// of a screening run
    #[arg(value_name = "RESULT|RUN")]
    pub results: PathBuf,
    /// Form of the documents [default: by the ending of --out, else html]
    #[arg(long, value_enum, value_name = "FORM")]
    pub to: Option<Form>,
    /// File to write, or folder to write into [default: beside the results]
    #[arg(long, short, value_name = "FILE|FOLDER")]
    pub out: Option<PathBuf>,
    /// Only this sample: its name in the run, or the name, title or file of a result
    #[arg(long, value_name = "ID")]
    pub sample: Option<String>,
    /// Only results of this spectrum of its file, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub spectrum: Option<usize>,
    /// Language of the documents: en, id
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// The laboratory's letterhead: a TOML file with its name, address, accreditation and logo
    #[arg(long, value_name = "FILE")]
    pub letterhead: Option<PathBuf>,
    /// What is known of case and sample: a TOML file with case, item, sample, date_received, requested_by,
    /// analyst, reviewer, method, instrument and others, each of which may be missing
    #[arg(long, value_name = "FILE")]
    pub details: Option<PathBuf>,
    /// Where the library is now, where it has moved; it is known by its hash
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Where the record of the results is now, where it has moved [default: where the results say, else beside them]
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Folders where raw files are now, where they have moved; they are known by their SHA-256
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    pub files: Vec<PathBuf>,
    /// Day or moment of issue, such as 2026-11-27 or 2026-11-27T10:30:00+07:00 [default: now]
    #[arg(long, value_name = "DATE", value_parser = stationery::moment)]
    pub date: Option<String>,
    /// Write over files that are there
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub overrides: Overrides,
}

pub(super) fn run(args: &ReportArgs, out: &mut dyn Write) -> Result<Ending> {
    let texts = Texts::of(&args.language)?;
    if let Some(folder) = args.files.iter().find(|folder| !folder.exists()) {
        bail!("there is no folder {}", folder.display());
    }
    let stationery = stationery::read(args)?;
    let samples = match args.results.is_dir() {
        true => runs::samples(args)?,
        false => results::samples(args)?,
    };
    let files = write::names(args, &samples)?;
    let mut studio = Studio {
        raw: RawFiles::new(args),
        libraries: Libraries::new(args),
    };
    let mut documents = Vec::with_capacity(samples.len());
    for sample in samples {
        let parts = sample.results.into_iter().map(|found| studio.part(found));
        let details = match &sample.fields {
            Some(fields) => stationery.details.clone().or_manifest(fields),
            None => stationery.details.clone(),
        };
        let statement = Statement {
            parts: parts.collect::<Result<_>>()?,
            sample: sample.name,
            details,
            letterhead: stationery.letterhead.clone(),
            foot: stationery.foot.clone(),
            paper: stationery.paper,
            issued: stationery.issued.clone(),
        };
        if let Some(time) = statement.identified_later() {
            eprintln!(
                "specid: --date: the stated date of issue is before the identification ({time}); the document says so"
            );
        }
        documents.push(written(&statement, &texts));
    }
    for (document, file) in documents.iter().zip(&files) {
        let bytes = match file.form {
            Form::Html => document::html(document).into_bytes(),
            Form::Pdf => document::pdf(document)
                .with_context(|| format!("{} cannot be made", file.path.display()))?,
        };
        write::write(file, &bytes, args.force)?;
        writeln!(out, "{}", file.path.display())?;
    }
    Ok(Ending::Found)
}

/// Results of one sample.
struct Sample {
    /// Its name, where something gives it one.
    name: Option<String>,
    /// What its files are called by.
    file_name: String,
    /// What a run's manifest says of it.
    fields: Option<crate::screen::manifest::Fields>,
    /// Its results, at least one.
    results: Vec<Found>,
}

/// Finds what results were made from.
struct Studio<'a> {
    raw: RawFiles<'a>,
    libraries: Libraries<'a>,
}

impl Studio<'_> {
    fn part(&mut self, mut found: Found) -> Result<Part> {
        let material = match &mut found.outcome {
            Outcome::Failed(_) | Outcome::Case(_) => Material::none(),
            Outcome::Run(run) => self.of_run(run),
            Outcome::Ranked(result) => {
                let spectrum = self.raw.spectrum(result);
                let library = self.libraries.open(&result.library);
                let place = format!("{} [{}]", result.source.path, result.source.index + 1);
                warn(&place, "raw file", spectrum.as_ref().err());
                warn(&place, "library", library.as_ref().err());
                let fit = match (&spectrum, &library) {
                    (Ok(spectrum), Ok(library)) => fit::again(result, spectrum, library),
                    _ => None,
                };
                Material {
                    spectrum,
                    library,
                    fit,
                    total: None,
                }
            }
        };
        if let Ok(library) = &material.library {
            names::agree(&found.outcome, library).with_context(|| found.read_from.clone())?;
        }
        Ok(Part {
            outcome: found.outcome,
            material,
            id: found.id,
            read_from: found.read_from,
            validity: found.validity,
        })
    }
}

impl Studio<'_> {
    fn of_run(&mut self, run: &mut Run) -> Material {
        let total = self.raw.total(&run.source);
        if let (Ok(total), 0) = (&total, run.run.scans) {
            // The results for the peaks of a screened run do not tell of the run.
            let seconds = |at: Option<&(f64, f64)>| at.map_or(0.0, |at| 60.0 * at.0);
            run.run.scans = total.len();
            run.run.first_s = seconds(total.first());
            run.run.last_s = seconds(total.last());
            for peak in run.peaks.iter_mut().filter(|peak| peak.ions.is_empty()) {
                let (source, settings) = (&run.source, run.parameters.as_ref());
                let spectrum = self.raw.peak(
                    source,
                    settings,
                    (peak.place.number, peak.place.retention_min),
                );
                if let Ok(spectrum) = spectrum {
                    peak.ions = spectrum.points().collect();
                }
            }
        }
        let library = self.libraries.open(&run.library);
        warn(&run.source.path, "raw file", total.as_ref().err());
        warn(&run.source.path, "library", library.as_ref().err());
        Material {
            // Each peak has a spectrum of its own.
            spectrum: Err(total.as_ref().err().cloned().unwrap_or(Absent::NotRecorded)),
            library,
            fit: None,
            total: total.ok(),
        }
    }
}

/// Says on standard error what the document says, too.
fn warn(place: &str, what: &str, absent: Option<&Absent>) {
    let why = match absent {
        None => return,
        Some(Absent::NotRecorded) => format!("the result does not record the hash of its {what}"),
        Some(Absent::NotFound) => format!("its {what} with the recorded hash was not found"),
        Some(Absent::Changed(hash)) => {
            format!("its {what} has changed and has now the hash {hash}")
        }
        Some(Absent::Unreadable(message)) => format!("its {what} cannot be read: {message}"),
    };
    let advice = match what {
        "library" => "say where it is with --library",
        _ => "name the folder where it is with --files",
    };
    eprintln!("specid: {place}: {why}; it is not drawn ({advice})");
}

/// What people know of the sample, from a file.
fn details(path: Option<&PathBuf>) -> Result<Details> {
    let Some(path) = path else {
        return Ok(Details::default());
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    Details::parse(&text)
        .with_context(|| format!("{} cannot be used as details of a sample", path.display()))
}

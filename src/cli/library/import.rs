//! `specid library import` and `build`.

use super::change::{ChangeArgs, Finished, Session, now};
use crate::check::{Finding, suspicion};
use crate::cli::args::{Overrides, ViewFormat};
use crate::cli::{Ending, gather, locate, progress};
use crate::decide;
use crate::emerging::class;
use crate::library::{
    Action, Deprecated, Entry, ImportReport, Incoming, Library, Oddity, Sources, Twins,
};
use crate::report::impact as told;
use crate::spectrum::Spectrum;
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Oddities printed one by one before the rest is only counted.
const SHOWN: usize = 20;
/// Entries named for an oddity that several have.
const NAMED: usize = 3;

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// Files, folders and zip archives to import
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Name of a new library [default: the file's name]
    #[arg(long)]
    pub name: Option<String>,
    /// Where the library has the very numbers of a record under the same substance, let the entry say what the record
    /// says (name, CAS number, licence and others); else it stays as it is, which is told
    #[arg(long)]
    pub update_metadata: bool,
    /// What becomes of records whose axis or ordinate is probably another than they say, such as transmittance called
    /// absorbance, or wavelengths called wavenumbers
    #[arg(long, value_enum, default_value_t)]
    pub suspect: Suspect,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub fields: FieldArgs,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
    #[command(flatten)]
    pub change: ChangeArgs,
    #[command(flatten)]
    pub overrides: Overrides,
}

/// What becomes of records with which something is probably wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Suspect {
    /// They are kept and not searched, so that nothing is named after them; `library restore` takes one into the search.
    #[default]
    Keep,
    /// They are not taken in.
    Refuse,
    /// They are searched as all others.
    Search,
}

/// What the records' own labels mean, and what they do not say.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Fields")]
pub(in crate::cli) struct FieldArgs {
    /// Take a field from a label of the records, such as cas=Registry; fields: name, synonyms, cas,
    /// inchikey, formula, smiles, instrument, laboratory, date, licence, owner, method, kind, laser
    #[arg(long, value_name = "FIELD=LABEL", value_parser = assignment)]
    pub map: Vec<(String, String)>,
    /// Set a field of all records, such as licence=CC0 or "laboratory=Forensic Laboratory"; of a new one also
    /// ordinate=absorbance or ordinate=transmittance, where the records call it wrongly
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// Fields of records that do not state them.
    #[arg(skip)]
    pub default: Vec<(String, String)>,
}

/// `field=text`.
pub(in crate::cli) fn assignment(text: &str) -> Result<(String, String), String> {
    let (field, value) = text
        .split_once('=')
        .ok_or_else(|| "expected FIELD=VALUE".to_owned())?;
    match field.trim().is_empty() {
        true => Err("expected a field before the \"=\"".to_owned()),
        false => Ok((field.trim().to_owned(), value.trim().to_owned())),
    }
}

#[derive(Serialize)]
struct Imported<'a> {
    library: String,
    generation: u64,
    hash: &'a str,
    entries: usize,
    /// Whether a new generation was made.
    changed: bool,
    #[serde(flatten)]
    report: &'a ImportReport,
    rejected: &'a [Rejected],
    /// Backgrounds, interferograms and the like beside samples.
    left_out: usize,
    /// New and changed entries that are probably wrong; `null` where they were not checked.
    findings: Option<&'a [Finding]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact: Option<&'a crate::impact::Impact>,
}

impl<'a> Imported<'a> {
    fn of(path: &Path, finished: &'a Finished, rejected: &'a [Rejected], left_out: usize) -> Self {
        let library = &finished.library;
        Self {
            library: path.display().to_string(),
            generation: library.info.generation,
            hash: &library.info.hash,
            entries: library.len(),
            changed: finished.record.is_some(),
            report: &finished.report,
            rejected,
            left_out,
            findings: finished.findings.as_deref(),
            impact: finished.impact.as_ref(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Rejected {
    path: String,
    index: usize,
    message: String,
}

/// A record ready for a library: judged, and with the fields that the user gave.
pub(super) fn incoming(
    mut spectrum: Spectrum,
    fields: &FieldArgs,
    suspect: Suspect,
) -> Result<Incoming, String> {
    let FieldArgs { map, set, default } = fields;
    let kind = crate::library::map_fields(&mut spectrum, map, default, set)?;
    let entry = Entry::of(&spectrum, String::new(), kind);
    let text = serde_json::to_vec(&entry).map_err(|e| e.to_string())?;
    if serde_json::from_slice::<Entry>(&text).ok() != Some(entry) {
        return Err(
            "its axis or another figure of its record is not a finite number, so it cannot be kept"
                .to_owned(),
        );
    }
    let why = match suspect {
        Suspect::Search => None,
        Suspect::Keep | Suspect::Refuse => suspicion(&spectrum, kind),
    };
    if let (Suspect::Refuse, Some(why)) = (suspect, &why) {
        return Err(format!("{why} It was not taken in (--suspect refuse)."));
    }
    let quality = decide::assess_quality(&spectrum).level.label().to_owned();
    Ok(Incoming {
        spectrum,
        kind,
        quality: Some(quality),
        suspect: why.map(|why| Deprecated::suspect(&why, now())),
    })
}

pub(super) fn import(args: &ImportArgs, out: &mut dyn Write) -> Result<Ending> {
    let path = locate::writable(args.library.as_deref())?;
    let mut session = Session::begin(&path, Action::Import, &args.change)?;
    let mut builder = session.builder(|| args.name.clone().unwrap_or_else(|| stem(&path)))?;
    let (mut taken, mut rejected, mut left_out) = (Vec::new(), Vec::new(), 0);
    let bar = progress::bar("reading", args.files.len() as u64);
    for name in &args.files {
        for source in gather::Sources::of(name, &args.overrides) {
            let (path, reading) = match source {
                Ok(source) => {
                    session.source(&source.path, &source.sha256);
                    for warning in &source.reading.warnings {
                        eprintln!("specid: {}: {}", source.path, warning.message);
                    }
                    (source.path, source.reading)
                }
                Err(failure) => {
                    rejected.push(Rejected {
                        path: failure.path,
                        index: 0,
                        message: failure.message,
                    });
                    continue;
                }
            };
            for (index, item) in reading.spectra.into_iter().enumerate() {
                let item = match item {
                    Ok(spectrum) if spectrum.companion.is_some() => {
                        left_out += 1;
                        continue;
                    }
                    Ok(spectrum) => incoming(spectrum, &args.fields, args.suspect),
                    Err(error) => Err(error.to_string()),
                };
                match item {
                    Ok(incoming) => taken.push(incoming),
                    Err(message) => rejected.push(Rejected {
                        path: path.clone(),
                        index,
                        message,
                    }),
                }
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    for record in rejected.iter().take(SHOWN) {
        eprintln!(
            "specid: {} [{}]: {}",
            record.path,
            record.index + 1,
            record.message
        );
    }
    if rejected.len() > SHOWN {
        eprintln!(
            "specid: ... {} more could not be used; --format json lists all",
            rejected.len() - SHOWN
        );
    }
    let twins = match args.update_metadata {
        true => Twins::Followed,
        false => Twins::Left,
    };
    builder.import(taken, twins);
    if builder.is_empty() {
        bail!(
            "nothing could be imported: {} files and records could not be used, {left_out} are backgrounds and the like; {} was not made",
            rejected.len(),
            path.display()
        );
    }
    let finished = session.finish(builder, args.dry_run)?;
    print(&path, &finished, (&rejected, left_out), args, out)?;
    Ok(if rejected.is_empty() {
        Ending::Found
    } else {
        Ending::Failed
    })
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    stem.to_string_lossy().into_owned()
}

fn print(
    path: &Path,
    finished: &Finished,
    (rejected, left_out): (&[Rejected], usize),
    args: &ImportArgs,
    out: &mut dyn Write,
) -> Result<()> {
    let library = &finished.library;
    let imported = Imported::of(path, finished, rejected, left_out);
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &imported)?;
        writeln!(out)?;
        return Ok(());
    }
    let what = match (args.dry_run, finished.record.is_some()) {
        (true, _) => "nothing was changed (dry run); would be",
        (false, true) => "is now",
        (false, false) => "nothing is new; stays",
    };
    writeln!(
        out,
        "{}: {what} generation {}, {} entries, {}",
        imported.library, imported.generation, imported.entries, imported.hash
    )?;
    lists(&imported, library, out)?;
    match &finished.findings {
        Some(findings) => told_findings(findings, out)?,
        None if finished.report.touched.is_empty() => {}
        None => writeln!(
            out,
            "  probably wrong        not checked, too many at once; `specid library check` does it"
        )?,
    }
    if let Some(impact) = &finished.impact {
        write!(out, "{}", told::text(impact))?;
    }
    Ok(())
}

fn lists(imported: &Imported<'_>, library: &Library, out: &mut dyn Write) -> Result<()> {
    let report = imported.report;
    writeln!(out, "  added                 {}", report.added)?;
    writeln!(
        out,
        "  updated               {}{}",
        report.updated,
        match report.updated_metadata {
            0 => String::new(),
            n => format!(", of them {n} in metadata only"),
        }
    )?;
    writeln!(out, "  already there         {}", report.identical)?;
    if !report.other_metadata.is_empty() {
        list("... saying otherwise", &report.other_metadata, out)?;
        writeln!(
            out,
            "    These entries stay as they are; --update-metadata lets them say what the records say."
        )?;
    }
    list("conflicting", &report.conflicting, out)?;
    writeln!(out, "  rejected              {}", imported.rejected.len())?;
    if imported.left_out > 0 {
        writeln!(out, "  backgrounds and such  {}", imported.left_out)?;
    }
    writeln!(
        out,
        "  without InChIKey      {}, of them {} known by CAS number or name",
        report.without_inchikey, report.resolved
    )?;
    for group in library.groups() {
        writeln!(
            out,
            "  {:<21} {} references ready to search",
            group.recipe.family.id(),
            group.len()
        )?;
    }
    if !report.suspect.is_empty() {
        list("kept, not searched", &report.suspect, out)?;
        writeln!(
            out,
            "    Nothing is named after these. Import them again as advised, or `specid library restore ID` where one is right; --suspect refuse leaves all out, --suspect search searches all."
        )?;
    }
    list("of unknown substance", &report.unresolved, out)?;
    list("not searchable", &report.unsearchable, out)?;
    list("odd", &report.odd, out)
}

/// What the checks say of new and changed entries.
pub(in crate::cli) fn told_findings(findings: &[Finding], out: &mut dyn Write) -> Result<()> {
    let oddities: Vec<Oddity> = findings
        .iter()
        .map(|finding| Oddity {
            entry: finding.entry.clone(),
            message: finding.message.clone(),
        })
        .collect();
    list("probably wrong", &oddities, out)
}

/// Oddities by what is said: once, with the ids it is said of.
fn list(what: &str, list: &[Oddity], out: &mut dyn Write) -> Result<()> {
    writeln!(out, "  {what:<21} {}", list.len())?;
    let mut by_message: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for oddity in list {
        let place = *places.entry(&oddity.message).or_insert(by_message.len());
        match by_message.get_mut(place) {
            Some((_, entries)) => entries.push(&oddity.entry),
            None => by_message.push((&oddity.message, vec![&oddity.entry])),
        }
    }
    for (message, entries) in by_message.iter().take(SHOWN) {
        let shown = entries.iter().take(NAMED).copied().collect::<Vec<_>>();
        let more = match entries.len() > NAMED {
            true => format!(" and {} more", entries.len() - NAMED),
            false => String::new(),
        };
        writeln!(out, "    {}{more}: {message}", shown.join(", "))?;
    }
    if by_message.len() > SHOWN {
        let more: usize = by_message.iter().skip(SHOWN).map(|(_, e)| e.len()).sum();
        writeln!(out, "    ... {more} more; --format json lists all")?;
    }
    Ok(())
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BuildArgs {
    /// Folder with library.toml, principal-ions.tsv, bands.tsv
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Library file to write; what an existing one holds is replaced, as its next generation
    #[arg(long, short, value_name = "LIB")]
    pub library: PathBuf,
    #[command(flatten)]
    pub change: ChangeArgs,
}

pub(super) fn build(args: &BuildArgs, out: &mut dyn Write) -> Result<Ending> {
    let sources = Sources::load(&args.folder)?;
    let (mut library, report) = sources.build(&|| {})?;
    let bar = progress::bar("measuring error rates", decide::trials(&library) as u64);
    let register = locate::register()?;
    decide::calibrate(&mut library, &register, &|| bar.inc(1))?;
    class::calibrate(&mut library, &register)?;
    bar.finish_and_clear();
    let session = Session::begin(&args.library, Action::Build, &args.change)?;
    let finished = session.commit(library, report, false)?;
    let imported = Imported::of(&args.library, &finished, &[], 0);
    writeln!(
        out,
        "{}: is now generation {}, {} entries, {}",
        imported.library, imported.generation, imported.entries, imported.hash
    )?;
    lists(&imported, &finished.library, out)?;
    if let Some(impact) = &finished.impact {
        write!(out, "{}", told::text(impact))?;
    }
    Ok(Ending::Found)
}

//! `specid library`.

use super::Ending;
use super::args::{
    BuildArgs, ExportArgs, ExportFormat, ImportArgs, InfoArgs, LibraryArgs, LibraryCommand,
    ListArgs, ResultFormat, ShowArgs, ViewFormat,
};
use super::{check, identify, locate, progress};
use crate::decide;
use crate::library::{
    Builder, Calibration, Entry, ImportReport, Info, Library, ReferenceKind, Sources,
    ValidationSummary, storage,
};
use crate::prepare::Family;
use crate::report::{inspection::SpectrumView, plot, text, validation};
use crate::spectrum::Technique;
use crate::write;
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Oddities printed one by one before the rest is only counted.
const SHOWN: usize = 20;

pub(super) fn run(args: &LibraryArgs, out: &mut dyn Write) -> Result<Ending> {
    match &args.command {
        LibraryCommand::Import(args) => import(args, out),
        LibraryCommand::Build(args) => build(args, out),
        LibraryCommand::List(args) => list(args, out),
        LibraryCommand::Show(args) => show(args, out),
        LibraryCommand::Info(args) => info(args, out),
        LibraryCommand::Export(args) => export(args, out),
        LibraryCommand::Check(args) => check::run(args, out),
    }
}

#[derive(Serialize)]
struct Imported<'a> {
    library: String,
    generation: u64,
    hash: &'a str,
    entries: usize,
    #[serde(flatten)]
    report: &'a ImportReport,
    rejected: &'a [Rejected],
}

#[derive(Serialize)]
struct Rejected {
    path: String,
    index: usize,
    message: String,
}

fn import(args: &ImportArgs, out: &mut dyn Write) -> Result<Ending> {
    let path = locate::writable(args.library.as_deref())?;
    let mut builder = match path.exists() {
        true => Builder::from_library(&storage::open(&path)?)?,
        false => Builder::new(Info {
            name: args.name.clone().unwrap_or_else(|| stem(&path)),
            ..Info::default()
        }),
    };
    let mut rejected = Vec::new();
    let bar = progress::bar("reading", args.files.len() as u64);
    for file in &args.files {
        let name = file.to_string_lossy().into_owned();
        match identify::load(file, &args.overrides) {
            Ok((_, reading)) => {
                for (index, item) in reading.spectra.into_iter().enumerate() {
                    match item {
                        Ok(spectrum) if spectrum.companion.is_some() => {}
                        Ok(spectrum) => builder.add(spectrum, ReferenceKind::FullSpectrum),
                        Err(error) => rejected.push(Rejected {
                            path: name.clone(),
                            index,
                            message: error.to_string(),
                        }),
                    }
                }
            }
            Err(error) => rejected.push(Rejected {
                path: name,
                index: 0,
                message: error.to_string(),
            }),
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
    if builder.is_empty() {
        bail!("nothing could be imported; {} was not made", path.display());
    }
    let (library, report) = finish(builder, &path)?;
    let imported = Imported {
        library: path.display().to_string(),
        generation: library.info.generation,
        hash: &library.info.hash,
        entries: library.len(),
        report: &report,
        rejected: &rejected,
    };
    match args.format {
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &imported)?;
            writeln!(out)?;
        }
        ViewFormat::Text => print_import(&imported, &library, out)?,
    }
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

/// Prepares the references and writes the new generation.
fn finish(builder: Builder, path: &Path) -> Result<(Library, ImportReport)> {
    let bar = progress::bar("preparing", builder.len() as u64);
    let (mut library, report) = builder.build(&|| bar.inc(1));
    bar.finish_and_clear();
    let bar = progress::bar("measuring error rates", decide::trials(&library) as u64);
    decide::calibrate(&mut library, &locate::register()?, &|| bar.inc(1));
    bar.finish_and_clear();
    library.info.created = jiff::Timestamp::now().to_string();
    storage::write(&library, path)?;
    Ok((library, report))
}

fn print_import(imported: &Imported<'_>, library: &Library, out: &mut dyn Write) -> Result<()> {
    let report = imported.report;
    writeln!(
        out,
        "{}: generation {}, {} entries, {}",
        imported.library, imported.generation, imported.entries, imported.hash
    )?;
    writeln!(out, "  added                 {}", report.added)?;
    writeln!(out, "  already there         {}", report.identical)?;
    writeln!(out, "  rejected              {}", imported.rejected.len())?;
    writeln!(out, "  without InChIKey      {}", report.without_inchikey)?;
    for group in library.groups() {
        writeln!(
            out,
            "  {:<21} {} references ready to search",
            group.recipe.family.id(),
            group.len()
        )?;
    }
    for (what, list) in [
        ("not searchable", &report.unsearchable),
        ("odd", &report.odd),
    ] {
        writeln!(out, "  {what:<21} {}", list.len())?;
        for oddity in list.iter().take(SHOWN) {
            writeln!(out, "    {}: {}", oddity.entry, oddity.message)?;
        }
        if list.len() > SHOWN {
            writeln!(
                out,
                "    ... {} more; --format json lists all",
                list.len() - SHOWN
            )?;
        }
    }
    Ok(())
}

fn build(args: &BuildArgs, out: &mut dyn Write) -> Result<Ending> {
    let sources = Sources::load(&args.folder)?;
    let (mut library, report) = sources.build(&|| {})?;
    let bar = progress::bar("measuring error rates", decide::trials(&library) as u64);
    decide::calibrate(&mut library, &locate::register()?, &|| bar.inc(1));
    bar.finish_and_clear();
    library.info.created = jiff::Timestamp::now().to_string();
    storage::write(&library, &args.library)?;
    let imported = Imported {
        library: args.library.display().to_string(),
        generation: library.info.generation,
        hash: &library.info.hash,
        entries: library.len(),
        report: &report,
        rejected: &[],
    };
    print_import(&imported, &library, out)?;
    Ok(Ending::Found)
}

#[derive(Serialize)]
struct Listed<'a> {
    entry_id: &'a str,
    name: &'a str,
    inchikey: Option<&'a str>,
    cas: Option<&'a str>,
    technique: &'static str,
    reference_kind: &'static str,
    origin: Option<&'a str>,
}

impl<'a> Listed<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            entry_id: &entry.id,
            name: &entry.identity.name,
            inchikey: entry.identity.inchikey.as_deref(),
            cas: entry.identity.cas.as_deref(),
            technique: entry.technique.id(),
            reference_kind: entry.kind.label(),
            origin: entry.provenance.origin.as_deref(),
        }
    }
}

fn matches(entry: &Entry, args: &ListArgs) -> bool {
    let technique = args.technique.map(|t| Technique::from(t).id());
    if technique.is_some_and(|t| t != entry.technique.id()) {
        return false;
    }
    let Some(text) = args.text.as_ref().map(|t| t.to_lowercase()) else {
        return true;
    };
    let identity = &entry.identity;
    [
        Some(&entry.id),
        Some(&identity.name),
        identity.cas.as_ref(),
        identity.inchikey.as_ref(),
    ]
    .into_iter()
    .flatten()
    .chain(&identity.synonyms)
    .any(|value| value.to_lowercase().contains(&text))
}

fn list(args: &ListArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut all = Vec::new();
    let mut found = 0;
    for entry in library.entries() {
        let entry = entry?;
        if !matches(&entry, args) {
            continue;
        }
        found += 1;
        let row = Listed::of(&entry);
        match args.format {
            ResultFormat::Text => writeln!(
                out,
                "{:<28} {:<14} {:<15} {}",
                row.entry_id, row.technique, row.reference_kind, row.name
            )?,
            ResultFormat::Jsonl => {
                serde_json::to_writer(&mut *out, &row)?;
                writeln!(out)?;
            }
            ResultFormat::Json => all.push(serde_json::to_value(&row)?),
            ResultFormat::Csv => csv.serialize(&row)?,
        }
    }
    match args.format {
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &all)?;
            writeln!(out)?;
        }
        ResultFormat::Csv => {
            out.write_all(&csv.into_inner().context("the list cannot be written")?)?
        }
        ResultFormat::Text | ResultFormat::Jsonl => {}
    }
    Ok(if found > 0 {
        Ending::Found
    } else {
        Ending::Nothing
    })
}

fn index_of(library: &Library, id: &str) -> Result<usize> {
    for (index, entry) in library.entries().enumerate() {
        if entry?.id == id {
            return Ok(index);
        }
    }
    bail!("the library has no entry {id:?}; `specid library list TEXT` finds ids by name")
}

fn show(args: &ShowArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let index = index_of(&library, &args.id)?;
    let (entry, spectrum) = (library.entry(index)?, library.spectrum(index)?);
    if args.format == ViewFormat::Json {
        let mut value = serde_json::to_value(&entry)?;
        value["x"] = serde_json::to_value(spectrum.axis.to_vec())?;
        value["y"] = serde_json::to_value(&spectrum.ordinate)?;
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
        return Ok(Ending::Found);
    }
    let identity = &entry.identity;
    writeln!(
        out,
        "{}  {} ({})",
        entry.id,
        identity.name,
        entry.kind.label()
    )?;
    for (label, value) in [
        ("InChIKey", &identity.inchikey),
        ("CAS", &identity.cas),
        ("formula", &identity.formula),
    ] {
        if let Some(value) = value {
            writeln!(out, "    {label:<10} {value}")?;
        }
    }
    if !identity.synonyms.is_empty() {
        writeln!(out, "    synonyms   {}", identity.synonyms.join("; "))?;
    }
    let register = locate::register()?;
    if let Some((substance, _)) = register.find(identity) {
        let control = &substance.control;
        writeln!(
            out,
            "    control    {} {}",
            control.instrument.status(),
            control.since
        )?;
        writeln!(
            out,
            "    role       {}, {}",
            substance.role, substance.class
        )?;
    }
    write!(out, "{}", text::spectrum(&SpectrumView::of(&spectrum)))?;
    write!(out, "\n{}", plot::single(&spectrum, plot::Size::default()))?;
    Ok(Ending::Found)
}

#[derive(Serialize)]
struct Described<'a> {
    #[serde(flatten)]
    info: &'a Info,
    location: String,
    entries: usize,
    references: BTreeMap<&'static str, usize>,
    calibration: BTreeMap<Family, &'a Calibration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation: Option<&'a ValidationSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation_is_current: Option<bool>,
}

fn info(args: &InfoArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let verified = args
        .verify
        .then(|| library.content_hash() == library.info.hash);
    let described = Described {
        info: &library.info,
        location: library
            .path
            .as_ref()
            .map_or("embedded".to_owned(), |p| p.display().to_string()),
        entries: library.len(),
        references: library
            .groups()
            .map(|g| (g.recipe.family.id(), g.len()))
            .collect(),
        verified,
        calibration: library
            .groups()
            .filter_map(|g| Some((g.recipe.family, g.calibration.as_ref()?)))
            .collect(),
        validation: library.validation.as_ref(),
        validation_is_current: library.validation_is_current(),
    };
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &described)?;
        writeln!(out)?;
    } else {
        let info = &library.info;
        for (label, value) in [
            ("name", &info.name),
            ("location", &described.location),
            ("generation", &info.generation.to_string()),
            ("hash", &info.hash),
            ("created", &info.created),
            ("written by", &format!("specid {}", info.program)),
            ("description", &info.description),
            ("licence", &info.licence),
            ("entries", &library.len().to_string()),
        ] {
            if !value.is_empty() {
                writeln!(out, "{label:<12} {value}")?;
            }
        }
        for group in library.groups() {
            let recipe = &group.recipe;
            let hash = recipe.hash();
            writeln!(
                out,
                "{:<18} {:>7} references, recipe {}",
                recipe.family.id(),
                group.len(),
                hash.get(..12).unwrap_or(&hash)
            )?;
        }
        for (family, calibration) in &described.calibration {
            write!(out, "{}", text::calibration(*family, calibration))?;
        }
        if let Some(validation) = &library.validation {
            let current = described.validation_is_current.unwrap_or(false);
            write!(out, "{}", validation::stored(validation, current))?;
        }
    }
    match verified {
        Some(false) => {
            bail!("the content does not match the library's hash; restore it from a copy")
        }
        Some(true) if args.format == ViewFormat::Text => writeln!(out, "content matches the hash")?,
        _ => {}
    }
    Ok(Ending::Found)
}

fn export(args: &ExportArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let indices: Vec<usize> = match args.ids.is_empty() {
        true => (0..library.len()).collect(),
        false => args
            .ids
            .iter()
            .map(|id| index_of(&library, id))
            .collect::<Result<_>>()?,
    };
    let mut text = Vec::new();
    let mut left_out = 0;
    for index in indices {
        let spectrum = library.spectrum(index)?;
        match args.format {
            ExportFormat::Jcamp => write::jcamp::write(&spectrum, &mut text)?,
            ExportFormat::Msp if spectrum.technique.is_mass() => {
                write::msp::write(&spectrum, &mut text)?
            }
            ExportFormat::Msp => left_out += 1,
        }
    }
    if left_out > 0 {
        eprintln!(
            "specid: {left_out} entries are not mass spectra and were left out; --format jcamp writes them"
        );
    }
    match &args.out {
        Some(path) => replace(path, &text)?,
        None => out.write_all(&text)?,
    }
    Ok(if text.is_empty() {
        Ending::Nothing
    } else {
        Ending::Found
    })
}

/// Writes a whole file or nothing.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let context = || format!("{} cannot be written", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(context)?;
    file.write_all(bytes).with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

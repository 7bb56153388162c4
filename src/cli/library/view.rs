//! `specid library list`, `show`, `info` and `export`: looking into a library.

use crate::cli::args::{
    ExportArgs, ExportFormat, InfoArgs, ListArgs, ResultFormat, ShowArgs, ViewFormat,
};
use crate::cli::kept;
use crate::cli::output_file::replace;
use crate::cli::{Ending, locate, whole};
use crate::library::{Calibration, Entry, Info, Library, Resolver, ValidationSummary};
use crate::prepare::Family;
use crate::report::{inspection::SpectrumView, plot, text, validation};
use crate::spectrum::Technique;
use crate::substance::{Form, On};
use crate::write::{self, Sheet};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

#[derive(Serialize)]
struct Listed<'a> {
    entry_id: &'a str,
    name: &'a str,
    inchikey: Option<&'a str>,
    cas: Option<&'a str>,
    technique: &'static str,
    reference_kind: &'static str,
    origin: Option<&'a str>,
    quality: Option<&'a str>,
    deprecated: Option<&'a str>,
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
            quality: entry.quality.as_deref(),
            deprecated: entry.deprecated.as_ref().map(|d| d.reason.as_str()),
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

pub(super) fn list(args: &ListArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let mut csv = Sheet::new(Vec::new());
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
                "{:<28} {:<14} {:<15} {}{}",
                row.entry_id,
                row.technique,
                row.reference_kind,
                row.name,
                row.deprecated
                    .map_or_else(String::new, |reason| format!("  (deprecated: {reason})"))
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
            out.write_all(&csv.into_bytes().context("the list cannot be written")?)?
        }
        ResultFormat::Text | ResultFormat::Jsonl => {}
    }
    Ok(if found > 0 {
        Ending::Found
    } else {
        Ending::Nothing
    })
}

pub(super) fn index_of(library: &Library, id: &str) -> Result<usize> {
    for (index, entry) in library.entries().enumerate() {
        if entry?.id == id {
            return Ok(index);
        }
    }
    bail!("the library has no entry {id:?}; `specid library list TEXT` finds ids by name")
}

pub(super) fn show(args: &ShowArgs, out: &mut dyn Write) -> Result<Ending> {
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
        ("publisher", &entry.publisher),
        ("their id", &entry.published_as),
    ] {
        if let Some(value) = value {
            writeln!(out, "    {label:<10} {value}")?;
        }
    }
    if !identity.synonyms.is_empty() {
        writeln!(out, "    synonyms   {}", identity.synonyms.join("; "))?;
    }
    let register = locate::register()?;
    if identity.inchikey.is_none() {
        let entries: Vec<Entry> = library.entries().collect::<Result<_, _>>()?;
        match Resolver::new(Some(&register), entries.iter()).resolve(identity) {
            Some((key, by)) => writeln!(out, "    taken as   {key}, by {}", by.label())?,
            None => writeln!(
                out,
                "    InChIKey   not stated and not found; stands for itself"
            )?,
        }
    }
    if let Some(why) = &entry.deprecated {
        writeln!(
            out,
            "    deprecated {} by {}: {}; it is kept but not searched",
            why.date, why.by, why.reason
        )?;
    }
    let provenance = &entry.provenance;
    let source = match provenance.sha256.get(..12) {
        Some(hash) => format!("{}, SHA-256 {hash}", provenance.path),
        None => provenance.path.clone(),
    };
    let since = library.since(index).map(|g| g.to_string());
    for (label, value) in [
        ("source", Some(source).filter(|s| !s.is_empty())),
        ("record", provenance.id.clone()),
        ("laboratory", provenance.origin.clone()),
        ("method", provenance.method.clone()),
        ("measured", provenance.date.clone()),
        ("licence", provenance.licence.clone()),
        ("quality", entry.quality.clone()),
        ("generation", since),
    ] {
        if let Some(value) = value {
            writeln!(out, "    {label:<10} {value}")?;
        }
    }
    if entry.edited {
        writeln!(out, "    edited     by hand since it was imported")?;
    }
    if let Some((substance, _)) = register.find(identity) {
        for standing in register
            .status(identity, On::Newest, Form::Exact)
            .standings()
        {
            let since = standing.since.as_deref().unwrap_or_default();
            writeln!(out, "    control    {} {since}", standing.status)?;
        }
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

/// Whether the file is whole, and the newest that is kept.
fn verified(library: &Library) -> Result<()> {
    library.verify()?;
    match whole::older(library)? {
        Some(told) => bail!("{told}"),
        None => Ok(()),
    }
}

pub(super) fn info(args: &InfoArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let verified = args.verify.then(|| verified(&library));
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
        verified: verified.as_ref().map(Result::is_ok),
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
            ("record", &info.record),
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
        for (publisher, last) in &info.received {
            writeln!(
                out,
                "{:<12} generation {} of {:?} by {publisher}, on {}",
                "received", last.generation, last.library, last.date
            )?;
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
        Some(Err(error)) => return Err(error),
        Some(Ok(())) if args.format == ViewFormat::Text => writeln!(
            out,
            "verified: entries and prepared spectra match their hashes, and the log is unbroken"
        )?,
        _ => {}
    }
    Ok(Ending::Found)
}

pub(super) fn export(args: &ExportArgs, out: &mut dyn Write) -> Result<Ending> {
    kept::refuse_named(args.out.as_ref(), &[])?;
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

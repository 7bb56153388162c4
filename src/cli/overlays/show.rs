//! `specid overlay show`.

use super::loaded::{LoadedOverlay, load};
use super::national::country;
use crate::cli::Ending;
use crate::cli::args::ViewFormat;
use crate::cli::keyring::{Keyring, today};
use crate::national::{Entry, Header, NOT_LOADED, Signer};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::Write;
use std::path::Path;

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Country whose overlay is used (ISO code such as TH), or an overlay file
    #[arg(value_name = "COUNTRY|FILE")]
    which: String,
    /// Only entries whose law, list, number, names, CAS number or InChIKey contains this text
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// Form of the description
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
}

#[derive(Serialize)]
struct Shown<'a> {
    header: &'a Header,
    file: String,
    sha256: &'a str,
    signer: &'a Signer,
    entries: Vec<&'a Entry>,
}

pub(super) fn run(args: &ShowArgs, out: &mut dyn Write) -> Result<Ending> {
    let file = Path::new(&args.which);
    let loaded = match country(&args.which) {
        Ok(country) if !file.is_file() => {
            let Some(loaded) = load(&country.to_string())? else {
                eprintln!(
                    "specid: {country}: {NOT_LOADED}; add an overlay with `specid overlay add FILE`"
                );
                return Ok(Ending::Nothing);
            };
            loaded
        }
        _ => LoadedOverlay::open(file, &Keyring::open()?)?,
    };
    for alarm in loaded.alarms(today()) {
        eprintln!("specid: {alarm}");
    }
    let overlay = &loaded.overlay;
    let wanted = args.text.as_deref().map(str::to_lowercase);
    let entries = overlay.entries().iter();
    let shown = Shown {
        header: &overlay.header,
        file: loaded.path.display().to_string(),
        sha256: &overlay.sha256,
        signer: &overlay.signer,
        entries: entries
            .filter(|entry| wanted.as_ref().is_none_or(|text| contains(entry, text)))
            .collect(),
    };
    match args.format {
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &shown)?;
            writeln!(out)?;
        }
        ViewFormat::Text => text(&shown, out)?,
    }
    Ok(match shown.entries.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    })
}

fn contains(entry: &Entry, text: &str) -> bool {
    let named = [
        &entry.law_id,
        &entry.law_title,
        &entry.law_title_local,
        &entry.list_id,
        &entry.list_label,
        &entry.entry_no,
        &entry.name_official,
        &entry.name_local,
    ];
    let identifiers = [&entry.inchikey, &entry.skeleton, &entry.cas];
    let mut texts = named
        .into_iter()
        .chain(identifiers.into_iter().flatten())
        .map(|t| t.to_lowercase());
    texts.any(|t| t.contains(text))
}

fn text(shown: &Shown<'_>, out: &mut dyn Write) -> Result<()> {
    let header = shown.header;
    let default = |covered: bool| if covered { "yes" } else { "no" };
    for (label, value) in [
        ("country", header.country.to_string()),
        ("title", header.title.clone()),
        ("issued by", header.issued_by.clone()),
        ("version", header.list_version.clone()),
        ("as of", header.as_of.to_string()),
        ("language", header.language.clone()),
        ("salts", default(header.default_scope_salts).to_owned()),
        ("isomers", default(header.default_scope_isomers).to_owned()),
        ("source", header.source_sha256.clone().unwrap_or_default()),
        ("signed by", shown.signer.to_string()),
        ("file", shown.file.clone()),
        ("SHA-256", shown.sha256.to_owned()),
    ] {
        if !value.is_empty() {
            writeln!(out, "{label:<10} {value}")?;
        }
    }
    let mut list = None;
    for entry in &shown.entries {
        let own = (&entry.law_title, &entry.list_label);
        if list != Some(own) {
            writeln!(out, "\n{}, {}", entry.law_title, entry.list_label)?;
            list = Some(own);
        }
        entry_text(entry, out)?;
    }
    Ok(())
}

fn entry_text(entry: &Entry, out: &mut dyn Write) -> Result<()> {
    let local = match entry.name_local.is_empty() {
        true => String::new(),
        false => format!(" ({})", entry.name_local),
    };
    writeln!(out, "  {}  {}{local}", entry.entry_no, entry.name_official)?;
    let day = |day: Option<jiff::civil::Date>| day.map_or("...".to_owned(), |d| d.to_string());
    let period = format!("{} to {}", day(entry.from), day(entry.to));
    let named = entry.inchikey.as_ref().or(entry.skeleton.as_ref());
    let mut said = vec![
        format!("{}, {}", entry.status.word(), entry.category.word()),
        period,
        entry.kind.word().to_owned(),
    ];
    said.extend(named.into_iter().chain(&entry.cas).cloned());
    let limits = entry.concentration.iter().chain(&entry.quantity);
    said.extend(limits.map(|limit| limit.stated.clone()));
    writeln!(out, "      {}", said.join(" | "))?;
    if !entry.is_evaluated() {
        writeln!(out, "      not evaluated: {}", entry.generic_rule_text)?;
    }
    Ok(())
}

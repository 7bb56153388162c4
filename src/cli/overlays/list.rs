//! `specid overlay list`.

use super::folder::Folder;
use super::loaded::LoadedOverlay;
use crate::cli::Ending;
use crate::cli::args::ResultFormat;
use crate::cli::keyring::{Keyring, today};
use crate::national::{Country, Header, Signer};
use crate::write::Sheet;
use anyhow::{Context, Result};
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    format: ResultFormat,
}

/// An overlay as lists show it.
#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    header: Header,
    entries: usize,
    sha256: String,
    signer: Signer,
    /// Whether it states the law of more than two years ago.
    old: bool,
    file: String,
}

impl Listed {
    fn of(loaded: &LoadedOverlay, today: Date) -> Self {
        let overlay = &loaded.overlay;
        Self {
            header: overlay.header.clone(),
            entries: overlay.entries().len(),
            sha256: overlay.sha256.clone(),
            signer: overlay.signer.clone(),
            old: overlay.age(today).is_some(),
            file: loaded.path.display().to_string(),
        }
    }
}

pub(super) fn run(args: &ListArgs, out: &mut dyn Write) -> Result<Ending> {
    let keyring = Keyring::open()?;
    let folder = Folder::of(&keyring);
    let today = today();
    let mut listed = Vec::new();
    let mut ending = Ending::Found;
    for (country, path) in folder.all()? {
        match LoadedOverlay::open(&path, &keyring) {
            Ok(loaded) if loaded.overlay.country() == country => {
                let stripped = folder.stripped(country, &loaded)?;
                if stripped.is_some() {
                    ending = Ending::Failed;
                }
                for alarm in loaded.alarms(today).into_iter().chain(stripped) {
                    eprintln!("specid: {alarm}");
                }
                listed.push(Listed::of(&loaded, today));
            }
            Ok(loaded) => {
                ending = Ending::Failed;
                told_other(country, &loaded);
            }
            Err(error) => {
                ending = Ending::Failed;
                eprintln!("specid: {error:#}");
            }
        }
    }
    match args.format {
        ResultFormat::Text => {
            for one in &listed {
                text(one, out)?;
            }
        }
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &listed)?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for one in &listed {
                serde_json::to_writer(&mut *out, one)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => csv(&listed, out)?,
    }
    if listed.is_empty() && ending == Ending::Found {
        eprintln!(
            "specid: no overlay is used; add one with `specid overlay add FILE`, or start one from `specid overlay template`"
        );
        return Ok(Ending::Nothing);
    }
    Ok(ending)
}

fn told_other(country: Country, loaded: &LoadedOverlay) {
    eprintln!(
        "specid: {}: expected an overlay of {country}, found one of {}; remove the file and add it with `specid overlay add`",
        loaded.path.display(),
        loaded.overlay.country()
    );
}

fn text(one: &Listed, out: &mut dyn Write) -> Result<()> {
    let Header {
        country,
        title,
        list_version,
        as_of,
        ..
    } = &one.header;
    let age = if one.old { " (OLD)" } else { "" };
    Ok(writeln!(
        out,
        "{country}  {title}, version {list_version}, as of {as_of}{age}, {} entries, {}",
        one.entries, one.signer
    )?)
}

fn csv(listed: &[Listed], out: &mut dyn Write) -> Result<()> {
    let mut csv = Sheet::new(Vec::new());
    csv.write_record([
        "country",
        "title",
        "issued_by",
        "list_version",
        "as_of",
        "old",
        "entries",
        "signed_by",
        "sha256",
        "file",
    ])?;
    for one in listed {
        let header = &one.header;
        csv.write_record([
            header.country.to_string().as_str(),
            &header.title,
            &header.issued_by,
            &header.list_version,
            &header.as_of.to_string(),
            if one.old { "yes" } else { "no" },
            &one.entries.to_string(),
            &one.signer.to_string(),
            &one.sha256,
            &one.file,
        ])?;
    }
    out.write_all(&csv.into_bytes().context("the list cannot be written")?)?;
    Ok(())
}

//! `specid library fetch`: openly published libraries, downloaded or taken from a file.

use super::import::{ImportArgs, Suspect, import};
use crate::cli::{Ending, progress};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Largest file that is downloaded.
const LARGEST: u64 = 4 << 30;
/// How long a server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(in crate::cli) struct FetchArgs {
    /// Library to fetch [default: list those that are known]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Take this file, downloaded before, instead of the network
    #[arg(long, value_name = "FILE", requires = "name")]
    pub from: Option<PathBuf>,
    /// Release to download [default: the one shown in the list]
    #[arg(long, value_name = "RELEASE")]
    pub release: Option<String>,
    /// Download from this address instead, such as a mirror in your own network
    #[arg(long, value_name = "URL", conflicts_with = "from")]
    pub url: Option<String>,
    /// SHA-256 that the file must have
    #[arg(long, value_name = "HEX", value_parser = sha256)]
    pub sha256: Option<String>,
    #[command(flatten)]
    pub import: FetchedArgs,
}

/// What [`ImportArgs`] has besides its files.
#[derive(Debug, Args)]
pub(in crate::cli) struct FetchedArgs {
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub fields: super::import::FieldArgs,
    /// Form of the report
    #[arg(long, short, value_enum, default_value_t)]
    pub format: crate::cli::args::ViewFormat,
    #[command(flatten)]
    pub change: super::change::ChangeArgs,
    #[command(flatten)]
    pub overrides: crate::cli::args::Overrides,
}

fn sha256(text: &str) -> Result<String, String> {
    let text = text.to_ascii_lowercase();
    match text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => Ok(text),
        false => Err("expected 64 hexadecimal digits".to_owned()),
    }
}

#[derive(Deserialize)]
struct Known {
    source: Vec<Source>,
}

#[derive(Deserialize)]
struct Source {
    name: String,
    title: String,
    techniques: String,
    page: String,
    file: Option<String>,
    release: Option<String>,
    licence: String,
    laboratory: String,
    advice: Option<String>,
}

fn known() -> Result<Vec<Source>> {
    let text = include_str!("../../../spectra-library/public-sources.toml");
    let known: Known = toml::from_str(text).context("the program's list of sources is damaged")?;
    Ok(known.source)
}

pub(super) fn fetch(args: &FetchArgs, out: &mut dyn Write) -> Result<Ending> {
    let sources = known()?;
    let Some(name) = &args.name else {
        for source in &sources {
            list(source, out)?;
        }
        return Ok(Ending::Found);
    };
    let source = sources.iter().find(|s| s.name == name.to_lowercase());
    let source = source.ok_or_else(|| {
        let names: Vec<&str> = sources.iter().map(|s| s.name.as_str()).collect();
        anyhow!(
            "no library is known by the name {name:?}; known are {}, and `specid library import` takes any file",
            names.join(", ")
        )
    })?;
    let downloaded;
    let file = match (&args.from, address(source, args)) {
        (Some(file), _) => {
            check(file, args.sha256.as_deref())?;
            file
        }
        (None, Some(url)) => {
            downloaded = download(&url, source, args.sha256.as_deref())?;
            &downloaded.1
        }
        (None, None) => bail!(
            "{} cannot be downloaded by a program: open {}, {}",
            source.title,
            source.page,
            source
                .advice
                .as_deref()
                .unwrap_or("download it and name the file with --from")
        ),
    };
    taken(source, file, args, out)
}

fn list(source: &Source, out: &mut dyn Write) -> Result<()> {
    let how = match (&source.file, &source.release) {
        (Some(_), Some(release)) => format!("downloaded, release {release}"),
        (Some(_), None) => "downloaded".to_owned(),
        (None, _) => source.advice.clone().unwrap_or_default(),
    };
    writeln!(out, "{:<10} {}", source.name, source.title)?;
    writeln!(
        out,
        "           {}; licence: {}",
        source.techniques, source.licence
    )?;
    writeln!(out, "           {}", source.page)?;
    writeln!(out, "           {how}")?;
    Ok(())
}

fn address(source: &Source, args: &FetchArgs) -> Option<String> {
    let release = args.release.as_ref().or(source.release.as_ref());
    let file = source.file.as_ref();
    args.url
        .clone()
        .or_else(|| file.map(|url| url.replace("{release}", release.map_or("", String::as_str))))
}

/// Imports the file with what is known of its source, where its records do not say.
fn taken(source: &Source, file: &Path, args: &FetchArgs, out: &mut dyn Write) -> Result<Ending> {
    let given = &args.import;
    let mut fields = given.fields.clone();
    for (field, value) in [
        ("licence", &source.licence),
        ("laboratory", &source.laboratory),
    ] {
        if !fields.set.iter().any(|(f, _)| f == field) {
            fields.default.push((field.to_owned(), value.clone()));
        }
    }
    let mut change = given.change.clone();
    change
        .reason
        .get_or_insert_with(|| format!("fetched {}", source.title));
    let arguments = ImportArgs {
        files: vec![file.to_owned()],
        library: given.library.clone(),
        name: None,
        update_metadata: false,
        suspect: Suspect::default(),
        dry_run: given.dry_run,
        fields,
        format: given.format,
        change,
        overrides: given.overrides.clone(),
    };
    import(&arguments, out)
}

fn check(file: &Path, wanted: Option<&str>) -> Result<()> {
    let Some(wanted) = wanted else {
        return Ok(());
    };
    let context = || format!("{} cannot be read", file.display());
    let mut bytes = std::fs::File::open(file).with_context(context)?;
    let mut hasher = Sha256::new();
    std::io::copy(&mut bytes, &mut hasher).with_context(context)?;
    same(&crate::read::hex(&hasher.finalize()), wanted)
}

fn same(found: &str, wanted: &str) -> Result<()> {
    match found == wanted {
        true => Ok(()),
        false => bail!(
            "the file has SHA-256 {found}, not {wanted}; it is another release, or was damaged or changed on its way; nothing was imported"
        ),
    }
}

/// Downloads into a folder that is removed when it is dropped.
fn download(
    url: &str,
    source: &Source,
    wanted: Option<&str>,
) -> Result<(tempfile::TempDir, PathBuf)> {
    let by_hand = || {
        format!(
            "{url} cannot be downloaded; without a network, open {} elsewhere, bring the file here and name it with `specid library fetch {} --from FILE`",
            source.page, source.name
        )
    };
    eprintln!("specid: downloading {url}");
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .build()
        .into();
    let response = agent.get(url).call().with_context(by_hand)?;
    let (_, body) = response.into_parts();
    let length = body.content_length();
    if length.is_some_and(|l| l > LARGEST) {
        bail!("{url} is larger than {LARGEST} bytes; download it by hand and name it with --from");
    }
    let folder = tempfile::tempdir().context("no temporary folder can be made")?;
    let name = url.rsplit('/').next().filter(|n| !n.is_empty());
    let name: String = name
        .unwrap_or("library.msp")
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let path = folder.path().join(format!("{}-{name}", source.name));
    let mut file = std::fs::File::create(&path).context("the download cannot be written")?;
    let bar = progress::bar("downloading", length.unwrap_or(0));
    let mut reader = body.into_with_config().limit(LARGEST).reader();
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        let read = reader.read(&mut buffer).with_context(by_hand)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        file.write_all(&buffer[..read])
            .context("the download cannot be written; is the disk full?")?;
        total += read as u64;
        bar.set_position(total);
    }
    bar.finish_and_clear();
    if length.is_some_and(|l| l != total) {
        bail!("{url} broke off after {total} bytes; try again");
    }
    let found = crate::read::hex(&hasher.finalize());
    match wanted {
        Some(wanted) => same(&found, wanted)?,
        None => eprintln!(
            "specid: {total} bytes, SHA-256 {found}; compare it with the publisher's, or have it checked with --sha256"
        ),
    }
    Ok((folder, path))
}

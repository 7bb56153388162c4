//! `specid overlay add`.

use super::folder::Folder;
use super::loaded::LoadedOverlay;
use crate::cli::Ending;
use crate::cli::keyring::{Keyring, today};
use crate::cli::output_file::replace;
use crate::national::Overlay;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// Overlay file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Go back to an overlay that states the law of an earlier day than the one that is used
    #[arg(long)]
    allow_older: bool,
    /// Put an overlay that is not signed, or by a key that is not trusted here, in the place of one that is signed by a
    /// trusted key
    #[arg(long)]
    allow_unsigned: bool,
}

pub(super) fn run(args: &AddArgs, out: &mut dyn Write) -> Result<Ending> {
    let keyring = Keyring::open()?;
    let new = LoadedOverlay::open(&args.file, &keyring)?;
    for warning in &new.overlay.warnings {
        eprintln!("specid: {warning}");
    }
    for alarm in new.alarms(today()) {
        eprintln!("specid: {alarm}");
    }
    let folder = Folder::of(&keyring);
    let country = new.overlay.country();
    let current = folder.current(country);
    std::fs::create_dir_all(folder.path())
        .with_context(|| format!("{} cannot be made", folder.path().display()))?;
    let header = &new.overlay.header;
    let mut kept = None;
    if current.exists() {
        let held = super::loaded::bytes(&current)?;
        if held == new.bytes {
            folder.note_signed(country, &new)?;
            writeln!(out, "{}: is used already", current.display())?;
            return Ok(Ending::Found);
        }
        refuse_weaker(args, &new, &keyring, &folder)?;
        kept = Some(keep(args, &new, &held, &folder)?);
    }
    replace(&current, &new.bytes)?;
    folder.note_signed(country, &new)?;
    writeln!(
        out,
        "{}: {country}, {}, version {}, as of {}, {} entries, {}",
        current.display(),
        header.title,
        header.list_version,
        header.as_of,
        new.overlay.entries().len(),
        new.overlay.signer
    )?;
    if let Some(kept) = kept {
        writeln!(out, "{}: the one used until now", kept.display())?;
    }
    Ok(Ending::Found)
}

/// Refuses to put an overlay that nobody here vouches for in the place of one by a trusted key, unless that is meant.
fn refuse_weaker(
    args: &AddArgs,
    new: &LoadedOverlay,
    keyring: &Keyring,
    folder: &Folder,
) -> Result<()> {
    let country = new.overlay.country();
    let current = LoadedOverlay::open(&folder.current(country), keyring).ok();
    let current = current.filter(LoadedOverlay::is_trusted);
    let signer = match current {
        Some(held) => Some(held.overlay.signer.to_string()),
        None => folder.signed(country)?,
    };
    let Some(signer) = signer.filter(|_| !new.is_trusted()) else {
        return Ok(());
    };
    let told = format!(
        "{} is {}, and the overlay of {country} that is used was signed by {signer}",
        args.file.display(),
        new.overlay.signer
    );
    if !args.allow_unsigned {
        bail!(
            "{told}; ask its publisher for a signed one, or give --allow-unsigned to use it on purpose"
        );
    }
    eprintln!("specid: {told}: one that is signed is replaced by one that is not");
    Ok(())
}

/// Keeps the overlay that is used now under another name, before the new one takes its place.
fn keep(args: &AddArgs, new: &LoadedOverlay, held: &[u8], folder: &Folder) -> Result<PathBuf> {
    let country = new.overlay.country();
    let current = folder.current(country);
    let (version, header) = match Overlay::parse(held, &current.to_string_lossy()) {
        Ok(old) => (old.header.list_version.clone(), Some(old.header)),
        // Somebody damaged it by hand; it is kept all the same.
        Err(_) => ("damaged".to_owned(), None),
    };
    if let Some(old) = header {
        let header = &new.overlay.header;
        if header.as_of < old.as_of && !args.allow_older {
            bail!(
                "{} states the law as of {}, and the overlay of {country} that is used that of {}; give --allow-older to go back on purpose",
                args.file.display(),
                header.as_of,
                old.as_of
            );
        }
        if header.list_version == old.list_version {
            eprintln!(
                "specid: {}: the overlay that is used has the same list_version {version:?} and other content; give each version its own",
                args.file.display()
            );
        }
    }
    let path = folder.older(country, &version, held)?;
    write_once(&path, held)?;
    Ok(path)
}

fn write_once(path: &Path, bytes: &[u8]) -> Result<()> {
    match path.exists() {
        true => Ok(()),
        false => replace(path, bytes),
    }
}

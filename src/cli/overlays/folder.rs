//! The folder `overlays` in the folder of settings: `CC.csv` is used, `CC.VERSION.csv` are older ones.

use super::loaded::LoadedOverlay;
use crate::cli::keyring::Keyring;
use crate::cli::output_file::replace;
use crate::national::{Country, Signer};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The folder, which need not exist.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn of(keyring: &Keyring) -> Self {
        Self(keyring.overlays())
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The file of a country's overlay that is used.
    pub fn current(&self, country: Country) -> PathBuf {
        self.0.join(format!("{country}.csv"))
    }

    /// A file for an older overlay; the same bytes keep their file, others get the next free name.
    pub fn older(&self, country: Country, version: &str, bytes: &[u8]) -> Result<PathBuf> {
        let first = self.0.join(format!("{country}.{version}.csv"));
        let others = (2_u32..).map(|n| self.0.join(format!("{country}.{version}.{n}.csv")));
        for path in std::iter::once(first).chain(others) {
            match std::fs::read(&path) {
                Ok(held) if held != bytes => {}
                Ok(_) => return Ok(path),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(path),
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("{} cannot be read", path.display()));
                }
            }
        }
        unreachable_name()
    }

    /// Who had signed the overlay of a country that is used when it was added, where that key was trusted.
    pub fn signed(&self, country: Country) -> Result<Option<String>> {
        let path = self.note(country);
        match std::fs::read_to_string(&path) {
            Ok(signer) => Ok(Some(signer.trim().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// Notes who signed the overlay that is used from now on, so that it is noticed where the signature is taken out.
    pub fn note_signed(&self, country: Country, used: &LoadedOverlay) -> Result<()> {
        let path = self.note(country);
        let written = match used.is_trusted() {
            true => replace(&path, format!("{}\n", used.overlay.signer).as_bytes()),
            false => match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            },
        };
        written.with_context(|| format!("{} cannot be written", path.display()))
    }

    /// What is wrong where the overlay that is used was signed when it was added, and is not now.
    pub fn stripped(&self, country: Country, used: &LoadedOverlay) -> Result<Option<String>> {
        if used.overlay.signer != Signer::NotSigned {
            return Ok(None);
        }
        let signer = self.signed(country)?;
        Ok(signer.map(|signer| {
            format!(
                "{} is not signed, and was signed by {signer} when it was added: somebody changed it since; add the signed one again (`specid overlay add FILE`), or one that is not signed with --allow-unsigned",
                used.path.display()
            )
        }))
    }

    fn note(&self, country: Country) -> PathBuf {
        self.0.join(format!("{country}.signed"))
    }

    /// The overlays that are used, by country.
    pub fn all(&self) -> Result<Vec<(Country, PathBuf)>> {
        let context = || format!("{} cannot be read", self.0.display());
        let items = match std::fs::read_dir(&self.0) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            items => items.with_context(context)?,
        };
        let mut found = Vec::new();
        for item in items {
            let path = item.with_context(context)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let stem = name.and_then(|name| name.strip_suffix(".csv"));
            if let Some(country) = stem.and_then(|stem| stem.parse().ok()) {
                found.push((country, path));
            }
        }
        found.sort();
        Ok(found)
    }
}

/// After four thousand million versions of one name.
fn unreachable_name() -> Result<PathBuf> {
    anyhow::bail!("no name is free for the older overlay; move old ones out of the folder")
}

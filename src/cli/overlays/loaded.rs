//! An overlay read from a file, checked, with its signer.

use super::folder::Folder;
use crate::cli::keyring::{Keyring, today};
use crate::exchange::{SealError, Trust, overlay_signer};
use crate::national::{Country, FILE_BYTES, Overlay, OverlayError, Signer};
use anyhow::{Context, Result, anyhow, bail};
use jiff::civil::Date;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// An overlay that can be used.
#[derive(Debug)]
pub(in crate::cli) struct LoadedOverlay {
    /// Where it lies.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it says; who signed it is checked.
    pub overlay: Overlay,
}

/// Why a file is no overlay that can be used.
#[derive(Debug)]
pub(super) enum Unusable {
    /// Its text has errors.
    Content(Vec<OverlayError>),
    /// Its signature does not hold.
    Seal(PathBuf, SealError),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(errors) => {
                write!(f, "the overlay cannot be used:")?;
                errors.iter().try_for_each(|error| write!(f, "\n  {error}"))
            }
            Self::Seal(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Unusable {}

/// The bytes of a file, no more than an overlay may have and one more.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>> {
    let context = || format!("{} cannot be read", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(context)?;
    file.take(FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(context)?;
    Ok(bytes)
}

impl LoadedOverlay {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`Unusable`] with all that is wrong.
    pub(super) fn of(
        path: &Path,
        bytes: Vec<u8>,
        trust: &Trust,
        today: Date,
    ) -> Result<Self, Unusable> {
        let name = path.to_string_lossy();
        let mut overlay = Overlay::parse(&bytes, &name).map_err(Unusable::Content)?;
        overlay.signer = overlay_signer(&bytes, trust, today)
            .map_err(|error| Unusable::Seal(path.to_owned(), error))?;
        Ok(Self {
            path: path.to_owned(),
            bytes,
            overlay,
        })
    }

    /// Reads and checks a file with the keys that are trusted here.
    pub fn open(path: &Path, keyring: &Keyring) -> Result<Self> {
        Ok(Self::of(path, bytes(path)?, &keyring.trust()?, today())?)
    }

    /// Whether it is signed by a key that is trusted here.
    pub fn is_trusted(&self) -> bool {
        matches!(self.overlay.signer, Signer::Trusted { .. })
    }

    /// What whoever relies on it has to know, as sentences: that it is old, or its signer not trusted.
    pub fn alarms(&self, day: Date) -> Vec<String> {
        let path = self.path.display();
        let age = self.overlay.age(day).map(|age| format!("{path}: {age}"));
        let signer = match &self.overlay.signer {
            Signer::NotTrusted { .. } => Some(format!("{path}: signed by {}", self.overlay.signer)),
            _ => None,
        };
        age.into_iter().chain(signer).collect()
    }
}

/// The overlay of a country that is used; `None` where there is none.
///
/// # Errors
/// Where the code is none, or the country's overlay cannot be used.
pub(in crate::cli) fn load(country: &str) -> Result<Option<LoadedOverlay>> {
    let country: Country = country.parse().map_err(|e: String| anyhow!(e))?;
    let keyring = Keyring::open()?;
    let path = Folder::of(&keyring).current(country);
    if !path.exists() {
        return Ok(None);
    }
    let loaded = LoadedOverlay::open(&path, &keyring)?;
    let stated = loaded.overlay.country();
    if stated != country {
        bail!(
            "{} is an overlay of {stated}, not of {country}; remove it and add the right one with `specid overlay add FILE`",
            path.display()
        );
    }
    if let Some(told) = Folder::of(&keyring).stripped(country, &loaded)? {
        bail!("{told}");
    }
    Ok(Some(loaded))
}

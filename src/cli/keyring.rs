//! The user's own keys and the list of trusted ones, in the folder of settings.

use super::locate;
use crate::exchange::{Fingerprint, SecretKey, Trust};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// Extension of private key files.
const PRIVATE: &str = "key";

/// The folder of settings.
pub(super) struct Keyring {
    folder: PathBuf,
}

/// Today, UTC.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

impl Keyring {
    pub(super) fn open() -> Result<Self> {
        Ok(Self {
            folder: locate::config_folder()?,
        })
    }

    /// The list of trusted keys.
    pub(super) fn trust_file(&self) -> PathBuf {
        self.folder.join("trust.toml")
    }

    /// Where national overlays lie.
    pub(super) fn overlays(&self) -> PathBuf {
        self.folder.join("overlays")
    }

    pub(super) fn trust(&self) -> Result<Trust> {
        Ok(Trust::load(&self.trust_file())?)
    }

    pub(super) fn save_trust(&self, trust: &Trust) -> Result<()> {
        Ok(trust.save(&self.trust_file())?)
    }

    /// Writes a new key: private, and public beside it to be mailed. Gives both paths.
    pub(super) fn add(&self, secret: &SecretKey) -> Result<(PathBuf, PathBuf)> {
        let folder = self.folder.join("keys");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let key = secret.key();
        let stem = file_stem(key.publisher(), &key.fingerprint());
        let private = folder.join(format!("{stem}.{PRIVATE}"));
        let public = folder.join(format!("{stem}.pub"));
        secret.save(&private)?;
        super::output_file::replace(&public, secret.credential().to_string().as_bytes())?;
        Ok((private, public))
    }

    /// The user's own keys, by file name.
    pub(super) fn own(&self) -> Result<Vec<SecretKey>> {
        let folder = self.folder.join("keys");
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let context = || format!("{} cannot be read", folder.display());
        let mut paths = Vec::new();
        for item in std::fs::read_dir(&folder).with_context(context)? {
            let path = item.with_context(context)?.path();
            if path.extension().is_some_and(|e| e == PRIVATE) {
                paths.push(path);
            }
        }
        paths.sort();
        let loaded = paths.iter().map(|path| Ok(SecretKey::load(path)?));
        loaded.collect()
    }

    /// The key to sign with today, as [`Self::pick`] finds it.
    pub(super) fn pick_valid(&self, named: Option<&str>, today: Date) -> Result<SecretKey> {
        let secret = self.pick(named)?;
        let key = secret.key();
        if !(key.created()..=key.expires()).contains(&today) {
            bail!(
                "the key {} of {:?} is valid from {} to {}, and today is {today}; make a new one with `specid library key rotate` or `key new`",
                key.fingerprint(),
                key.publisher(),
                key.created(),
                key.expires()
            );
        }
        Ok(secret)
    }

    /// The key to use: a file, a publisher's or one of this fingerprint; without a name the only one.
    /// Of several keys of a publisher it is the one that no other follows and that has not expired.
    pub(super) fn pick(&self, named: Option<&str>) -> Result<SecretKey> {
        if let Some(file) = named.map(Path::new).filter(|path| path.is_file()) {
            return Ok(SecretKey::load(file)?);
        }
        let keys = self.own()?;
        if keys.is_empty() {
            bail!("you have no key; make one with `specid library key new --publisher NAME`");
        }
        let followed: Vec<Fingerprint> = keys
            .iter()
            .flat_map(|key| &key.credential().certified_by)
            .map(|certificate| certificate.by.fingerprint())
            .collect();
        let today = today();
        let by_fingerprint =
            |key: &SecretKey| named.is_some_and(|name| key.key().fingerprint().starts_with(name));
        let fits = |key: &SecretKey| match named {
            Some(name) if name == key.key().publisher() => true,
            None => true,
            Some(_) => false,
        };
        let usable = |key: &SecretKey| {
            key.key().expires() >= today && !followed.contains(&key.key().fingerprint())
        };
        let (mut found, others): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .partition(|key| by_fingerprint(key) || (fits(key) && usable(key)));
        match (found.pop(), found.len()) {
            (Some(key), 0) => Ok(key),
            (None, _) => bail!(
                "there is no key{} to use; you have {}. Make one with `specid library key new` or `key rotate`",
                named.map_or(String::new(), |name| format!(" of {name:?}")),
                listed(&others)
            ),
            (Some(key), _) => {
                found.push(key);
                bail!(
                    "there is more than one key to use: {}; choose with --key FINGERPRINT",
                    listed(&found)
                )
            }
        }
    }
}

fn listed(keys: &[SecretKey]) -> String {
    let one = |key: &SecretKey| {
        let key = key.key();
        format!(
            "{} of {:?} (until {})",
            key.fingerprint(),
            key.publisher(),
            key.expires()
        )
    };
    keys.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// File name for a key: its publisher and the first digits of its fingerprint.
fn file_stem(publisher: &str, fingerprint: &Fingerprint) -> String {
    let name = publisher.to_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let short = fingerprint.short();
    words
        .filter(|word| !word.is_empty())
        .chain([short.as_str()])
        .collect::<Vec<_>>()
        .join("-")
}

//! A public key with the certificates of the keys before it, and its text file.
//!
//! ```text
//! specid public key 1
//! # A comment.
//! publisher:   National Laboratory
//! created:     2026-01-01
//! expires:     2028-01-01
//! fingerprint: 1a2b 3c4d ...
//! key:         64 digits
//! signature:   128 digits
//!
//! publisher:   National Laboratory        the key before it, and so on
//! ...
//! certificate: 128 digits: the signature of this key over the one above
//! ```

use super::hex::{Fingerprint, Hex};
use super::key::{Certificate, KeyError, PublicKey, Stated};
use jiff::civil::Date;
use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// First line of a public key file.
pub const PUBLIC: &str = "specid public key 1";
/// Most older keys that are carried; older ones have long expired.
pub const CHAIN: usize = 8;

/// A key, and the keys before it that certify it, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// The key.
    pub key: PublicKey,
    /// The first certifies `key`, each further one the key before it.
    #[serde(
        default,
        deserialize_with = "chain",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub certified_by: Vec<Certificate>,
}

/// At most [`CHAIN`] certificates: reading each costs the check of a signature.
fn chain<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Certificate>, D::Error> {
    struct Chain;
    impl<'de> Visitor<'de> for Chain {
        type Value = Vec<Certificate>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {CHAIN} older keys")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while all.len() < CHAIN {
                match from.next_element()? {
                    Some(certificate) => all.push(certificate),
                    None => return Ok(all),
                }
            }
            match from.next_element::<IgnoredAny>()? {
                None => Ok(all),
                Some(_) => Err(A::Error::custom(too_long())),
            }
        }
    }
    from.deserialize_seq(Chain)
}

fn too_long() -> String {
    format!("the key carries more than {CHAIN} older keys; ask its publisher for it again")
}

impl Credential {
    /// Each certificate with the key that it certifies, newest first.
    pub fn steps(&self) -> impl Iterator<Item = (&PublicKey, &Certificate)> {
        let older = self.certified_by.iter().map(|c| &c.by);
        std::iter::once(&self.key)
            .chain(older)
            .zip(&self.certified_by)
    }
}

impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{PUBLIC}")?;
        writeln!(
            f,
            "# Mail this file to the laboratories that receive your library. They ask you for the\n\
             # fingerprint by telephone: it shows that nobody has put another key in its place."
        )?;
        f.write_str(&block(&self.key))?;
        for certificate in &self.certified_by {
            writeln!(
                f,
                "\n# An older key of the same publisher, which certifies the one above."
            )?;
            f.write_str(&block(&certificate.by))?;
            writeln!(f, "certificate: {}", certificate.signature)?;
        }
        Ok(())
    }
}

fn block(key: &PublicKey) -> String {
    let mut text = String::new();
    for (label, value) in [
        ("publisher", key.publisher().to_owned()),
        ("created", key.created().to_string()),
        ("expires", key.expires().to_string()),
        ("fingerprint", key.fingerprint().to_string()),
        ("key", key.key().to_string()),
        ("signature", key.signature().to_string()),
    ] {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:<12} {value}", format!("{label}:"));
    }
    text
}

impl FromStr for Credential {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let fields = Fields::parse(text, PUBLIC).ok_or_else(|| {
            KeyError::Content(format!(
                "this is not a public key file, which begins with {PUBLIC:?}; ask the publisher for it again"
            ))
        })?;
        fields.credential()
    }
}

/// The labelled lines of a key file; every `publisher` begins a new key.
pub(super) struct Fields<'a>(Vec<BTreeMap<&'a str, &'a str>>);

impl<'a> Fields<'a> {
    /// `None` where the file does not begin with this line.
    pub fn parse(text: &'a str, first_line: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        lines.next().filter(|line| *line == first_line)?;
        let mut blocks = Vec::new();
        for line in lines.filter(|l| !l.starts_with('#')) {
            let (label, value) = line.split_once(':').unwrap_or((line, ""));
            if label == "publisher" || blocks.is_empty() {
                blocks.push(BTreeMap::new());
            }
            if let Some(block) = blocks.last_mut() {
                block.insert(label.trim(), value.trim());
            }
        }
        Some(Self(blocks))
    }

    /// The keys that the lines state.
    pub fn credential(&self) -> Result<Credential, KeyError> {
        let (first, older) = self
            .0
            .split_first()
            .ok_or_else(|| KeyError::Content("the key file names no publisher".to_owned()))?;
        if older.len() > CHAIN {
            return Err(KeyError::Content(too_long()));
        }
        let certified_by = older.iter().map(|block| {
            Ok(Certificate {
                by: public_key(block)?,
                signature: value(block, "certificate")?,
            })
        });
        Ok(Credential {
            key: public_key(first)?,
            certified_by: certified_by.collect::<Result<_, KeyError>>()?,
        })
    }

    /// What follows the first block.
    pub fn without_first(mut self) -> Self {
        self.0.drain(..self.0.len().min(1));
        self
    }

    /// A value of the first block.
    pub fn value<T: FromStr>(&self, label: &str) -> Result<T, KeyError> {
        let first = self.0.first();
        value(first.unwrap_or(&BTreeMap::new()), label)
    }
}

fn value<T: FromStr>(block: &BTreeMap<&str, &str>, label: &str) -> Result<T, KeyError> {
    let text = block.get(label).copied();
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        KeyError::Content(format!(
            "the line {label:?} of the key file is missing or damaged; ask for the file again"
        ))
    })
}

fn public_key(block: &BTreeMap<&str, &str>) -> Result<PublicKey, KeyError> {
    let key: Hex<32> = value(block, "key")?;
    let fingerprint: Fingerprint = value(block, "fingerprint")?;
    if fingerprint != Fingerprint::of(&key) {
        return Err(KeyError::Content(
            "the fingerprint in the key file is not that of its key; ask the publisher for the file again"
                .to_owned(),
        ));
    }
    Stated {
        publisher: value(block, "publisher")?,
        created: value::<Date>(block, "created")?,
        expires: value::<Date>(block, "expires")?,
        key,
        signature: value(block, "signature")?,
    }
    .try_into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::SecretKey;
    use jiff::civil::date;

    #[test]
    fn a_long_chain_is_refused_in_both_forms() {
        let (made, expires) = (date(2026, 1, 1), date(2028, 1, 1));
        let mut secret = SecretKey::generate("Lab A", made, expires).unwrap();
        for _ in 0..CHAIN + 2 {
            secret = secret.rotate(made, expires).unwrap();
        }
        let mut credential = secret.credential().clone();
        assert_eq!(credential.certified_by.len(), CHAIN);
        let json = serde_json::to_string(&credential).unwrap();
        let back: Credential = serde_json::from_str(&json).unwrap();
        assert_eq!(back, credential);
        let one = credential.certified_by[0].clone();
        credential.certified_by.push(one);
        let json = serde_json::to_string(&credential).unwrap();
        let refused = serde_json::from_str::<Credential>(&json).unwrap_err();
        assert!(refused.to_string().contains("more than 8"), "{refused}");
        assert!(credential.to_string().parse::<Credential>().is_err());
        // What comes after is not even read.
        let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
        value["certified_by"][CHAIN] = 0.into();
        let refused = serde_json::from_value::<Credential>(value).unwrap_err();
        assert!(refused.to_string().contains("more than 8"), "{refused}");
    }
}

//! A publisher's public key, and the certificate by which one key names the next.

use super::hex::{Fingerprint, Hex};
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use thiserror::Error;

/// Longest name of a publisher, in characters.
const NAME_LENGTH: usize = 100;

/// What a signature is for; it is signed with the message, so that none passes for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A key's own signature of its publisher and dates.
    Statement,
    /// An old key's signature of a new key.
    Certificate,
    /// A package's manifest.
    Manifest,
    /// A national overlay, without the signature's own value.
    Overlay,
    /// Notices of unknowns.
    Notice,
    /// The head of a record.
    RecordHead,
}

impl Purpose {
    /// The bytes that are signed: what it is for, a zero, and the message.
    pub fn message(self, bytes: &[u8]) -> Vec<u8> {
        let name: &[u8] = match self {
            Self::Statement => b"specid.key/1 statement\0",
            Self::Certificate => b"specid.key/1 certificate\0",
            Self::Manifest => b"specid.update/1 manifest\0",
            Self::Overlay => b"specid.overlay/1 file\0",
            Self::Notice => b"specid.notice/1 file\0",
            Self::RecordHead => b"specid.record/1 head\0",
        };
        [name, bytes].concat()
    }
}

/// Why a key cannot be made, read or used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// What the key says of itself cannot be.
    #[error("{0}")]
    Content(String),
    /// The file is no key file, or damaged.
    #[error("{}: {message}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
}

/// A public key with its publisher and dates, signed by itself so that nobody else can alter them.
///
/// A value of this type has passed its own signature; it is not thereby trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stated")]
pub struct PublicKey {
    publisher: String,
    created: Date,
    expires: Date,
    key: Hex<32>,
    signature: Hex<64>,
}

/// What a file states of a key, before its signature is checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    pub publisher: String,
    pub created: Date,
    pub expires: Date,
    pub key: Hex<32>,
    pub signature: Hex<64>,
}

impl TryFrom<Stated> for PublicKey {
    type Error = KeyError;

    fn try_from(stated: Stated) -> Result<Self, KeyError> {
        check_name(&stated.publisher)?;
        if stated.expires < stated.created {
            return Err(KeyError::Content(format!(
                "the key expires on {}, before it was made on {}",
                stated.expires, stated.created
            )));
        }
        let key = Self {
            publisher: stated.publisher,
            created: stated.created,
            expires: stated.expires,
            key: stated.key,
            signature: stated.signature,
        };
        let statement = key.statement();
        match key.has_signed(Purpose::Statement, statement.as_bytes(), &key.signature) {
            true => Ok(key),
            false => Err(KeyError::Content(
                "the key's signature of its own name and dates does not hold; the key was altered or \
                 damaged, ask its publisher for it again"
                    .to_owned(),
            )),
        }
    }
}

/// A publisher's name appears in ids and messages: letters, digits, spaces and some signs.
///
/// # Errors
/// [`KeyError::Content`] where it is empty, too long or has other characters.
pub fn check_name(name: &str) -> Result<(), KeyError> {
    let allowed = |c: char| c.is_alphanumeric() || " .,-_&()'".contains(c);
    let length = name.chars().count();
    let spaced = name.trim() != name || name.contains("  ");
    match (1..=NAME_LENGTH).contains(&length) && name.chars().all(allowed) && !spaced {
        true => Ok(()),
        false => Err(KeyError::Content(format!(
            "{name:?} cannot be a publisher's name: use up to {NAME_LENGTH} letters, digits, single spaces \
             and .,-_&()'"
        ))),
    }
}

/// What a key signs of itself: name, dates and key, a line each. No value holds a line break.
pub(super) fn statement(publisher: &str, created: Date, expires: Date, key: &Hex<32>) -> String {
    format!("publisher: {publisher}\ncreated: {created}\nexpires: {expires}\nkey: {key}\n")
}

impl PublicKey {
    /// Whose key it is.
    pub fn publisher(&self) -> &str {
        &self.publisher
    }

    /// First day of use, UTC.
    pub fn created(&self) -> Date {
        self.created
    }

    /// Last day of use, UTC.
    pub fn expires(&self) -> Date {
        self.expires
    }

    /// The key's 32 bytes.
    pub fn key(&self) -> &Hex<32> {
        &self.key
    }

    /// The key's signature of its statement.
    pub fn signature(&self) -> &Hex<64> {
        &self.signature
    }

    /// What people compare.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.key)
    }

    /// What the key signs of itself, and what an older key signs to certify it.
    pub fn statement(&self) -> String {
        statement(&self.publisher, self.created, self.expires, &self.key)
    }

    /// Whether this key signed these bytes for this purpose. Weak keys have signed nothing.
    pub fn has_signed(&self, purpose: Purpose, bytes: &[u8], signature: &Hex<64>) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.key.0) else {
            return false;
        };
        let signature = Signature::from_bytes(&signature.0);
        // verify_strict refuses keys and signatures of small order, which fit many messages.
        key.verify_strict(&purpose.message(bytes), &signature)
            .is_ok()
    }
}

/// An old key's word for the key that follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The old key.
    pub by: PublicKey,
    /// Its signature of the new key's statement.
    pub signature: Hex<64>,
}

impl Certificate {
    /// Whether it certifies this key: signed by the old key, for the same publisher.
    pub fn is_of(&self, key: &PublicKey) -> bool {
        self.by.publisher == key.publisher
            && self.by.has_signed(
                Purpose::Certificate,
                key.statement().as_bytes(),
                &self.signature,
            )
    }
}

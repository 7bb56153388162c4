//! A head that was signed with a library key: whoever has it can prove what the record was.
//!
//! The file is one line of JSON with `head`, `credential` (the signer's public key with the certificates of
//! those before it), `signed` (the day) and `signature`. What is signed are the bytes `specid.record/1 head`, a
//! zero, and the statement: five lines, each with its newline.
//!
//! ```text
//! record: lab.record
//! entries: 12
//! hash: 1a2b...
//! bytes: 45678
//! time: 2026-11-27T12:00:00Z
//! signed: 2026-11-27
//! ```

use super::error::RecordError;
use super::head::{self, Head};
use crate::exchange::{Credential, Hex, Purpose, Refusal, SecretKey, Trust};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A head with a signature that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHead {
    /// What is signed.
    pub head: Head,
    /// The day, UTC, as the signer says.
    pub signed: Date,
    /// The signer's key.
    credential: Credential,
    /// Signature of the statement.
    signature: Hex<64>,
}

/// What a head file is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Not signed: as good as the place it was kept in.
    NotSigned,
    /// Signed by a key that is trusted.
    Trusted {
        /// Publisher of the key.
        publisher: String,
        /// Its fingerprint.
        fingerprint: String,
        /// The day, as the signer says.
        on: Date,
    },
    /// One of the user's own keys.
    Own {
        /// Whose key.
        publisher: String,
        /// Its fingerprint.
        fingerprint: String,
    },
    /// Signed by a key that is not.
    NotTrusted {
        /// Publisher that the key names.
        publisher: String,
        /// Its fingerprint.
        fingerprint: String,
        /// Why it is not trusted.
        reason: String,
        /// Whether nobody ever said whether to trust it: it is neither revoked nor expired.
        is_unknown: bool,
    },
}

fn statement(head: &Head, signed: Date) -> String {
    format!(
        "record: {}\nentries: {}\nhash: {}\nbytes: {}\ntime: {}\nsigned: {signed}\n",
        head.record.replace(['\n', '\r'], " "),
        head.entries,
        head.hash,
        head.bytes,
        head.time
    )
}

impl SignedHead {
    /// Signs a head.
    pub fn seal(head: Head, secret: &SecretKey, today: Date) -> Self {
        let text = statement(&head, today);
        Self {
            signature: secret.sign(Purpose::RecordHead, text.as_bytes()),
            credential: secret.credential().clone(),
            signed: today,
            head,
        }
    }

    /// One line of JSON.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn line(&self) -> serde_json::Result<String> {
        Ok(format!("{}\n", serde_json::to_string(self)?))
    }

    /// Reads a head file, signed or not, and says what it is worth.
    ///
    /// # Errors
    /// [`RecordError`] where it cannot be read, is no head, or its signature does not hold.
    pub fn open(path: &Path, trust: &Trust, today: Date) -> Result<(Head, Standing), RecordError> {
        let bytes = head::bytes(path)?;
        let wrong = |message: String| RecordError::Head {
            path: path.to_owned(),
            message,
        };
        let is_signed = serde_json::from_slice::<serde_json::Value>(&bytes)
            .is_ok_and(|value| value.get("signature").is_some());
        if !is_signed {
            return Ok((Head::parse(path, &bytes)?, Standing::NotSigned));
        }
        let sealed: Self = serde_json::from_slice(&bytes)
            .map_err(|e| wrong(format!("this is no signed head of a record ({e})")))?;
        if let Some(problem) = sealed.head.problem() {
            return Err(wrong(format!("this is no head of a record ({problem})")));
        }
        let key = &sealed.credential.key;
        let text = statement(&sealed.head, sealed.signed);
        if !key.has_signed(Purpose::RecordHead, text.as_bytes(), &sealed.signature) {
            return Err(wrong(
                "its signature does not hold: the head was changed after it was signed".to_owned(),
            ));
        }
        let publisher = key.publisher().to_owned();
        let fingerprint = key.fingerprint().to_string();
        let standing = match trust.judge(&sealed.credential, sealed.signed.min(today)) {
            Ok(_) => Standing::Trusted {
                publisher,
                fingerprint,
                on: sealed.signed,
            },
            Err(refusal) => Standing::NotTrusted {
                publisher,
                fingerprint,
                is_unknown: matches!(
                    refusal,
                    Refusal::Untrusted {
                        other_key: false,
                        ..
                    }
                ),
                reason: refusal
                    .of_trust()
                    .ok_or_else(|| wrong(format!("its key is not what it says: {refusal}")))?,
            },
        };
        Ok((sealed.head, standing))
    }
}

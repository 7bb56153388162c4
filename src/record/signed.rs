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
    /// Signed by a key that was trusted and has expired since, on a day before that by the signer's word alone:
    /// whoever comes by an expired key can write any day.
    Expired {
        /// Publisher of the key.
        publisher: String,
        /// Its fingerprint.
        fingerprint: String,
        /// The day, as the signer says.
        on: Date,
        /// The key's last day.
        expired: Date,
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
        /// Whether nobody ever said whether to trust it: it is not revoked, and had not expired on the day that
        /// the signer states.
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
        // Today, as for packages; the stated day only says whether the head can be one of an earlier time.
        let judged = trust.judge(&sealed.credential, today);
        let then = trust.judge(&sealed.credential, sealed.signed.min(today));
        let own_expiry = match &judged {
            Err(Refusal::Expired {
                fingerprint, on, ..
            }) if *fingerprint == key.fingerprint() => Some(*on),
            _ => None,
        };
        let refusal = match (judged, then, own_expiry) {
            (Ok(_), Ok(_), _) => {
                let standing = Standing::Trusted {
                    publisher,
                    fingerprint,
                    on: sealed.signed,
                };
                return Ok((sealed.head, standing));
            }
            // Nobody here has trusted a key that an expired one certifies: anybody may have made it since.
            (Err(_), Ok(certified), Some(expired)) if certified.is_empty() => {
                let standing = Standing::Expired {
                    publisher,
                    fingerprint,
                    on: sealed.signed,
                    expired,
                };
                return Ok((sealed.head, standing));
            }
            (_, Err(refusal), Some(_)) | (Ok(_), Err(refusal), _) | (Err(refusal), ..) => refusal,
        };
        let standing = Standing::NotTrusted {
            publisher,
            fingerprint,
            is_unknown: matches!(
                refusal,
                Refusal::Untrusted {
                    other_key: false,
                    ..
                }
            ),
            reason: untrusted(&refusal, own_expiry)
                .ok_or_else(|| wrong(format!("its key is not what it says: {refusal}")))?,
        };
        Ok((sealed.head, standing))
    }
}

/// Why a key is not trusted, in words. One that has expired can no longer be trusted by hand.
fn untrusted(refusal: &Refusal, expired: Option<Date>) -> Option<String> {
    match (refusal, expired) {
        (Refusal::Untrusted { other_key, .. }, Some(expired)) => Some(match other_key {
            true => format!(
                "another key is trusted under that name, so it may be forged; it expired on {expired}"
            ),
            false => format!("nobody here trusted the key, which expired on {expired}"),
        }),
        _ => refusal.of_trust(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Voucher;
    use jiff::civil::date;

    const MADE: Date = date(2025, 1, 1);
    const EXPIRES: Date = date(2025, 12, 31);
    const LATER: Date = date(2026, 11, 28);

    fn key() -> SecretKey {
        SecretKey::generate("Lab A", MADE, EXPIRES).unwrap()
    }

    fn trusting(key: &SecretKey) -> Trust {
        let mut trust = Trust::default();
        let voucher = Voucher {
            by: "T. Ester".to_owned(),
            on: MADE,
        };
        trust.add(key.key(), voucher).unwrap();
        trust
    }

    /// The standing, on a day, of a head that says it was signed on another.
    fn standing(secret: &SecretKey, trust: &Trust, signed: Date, today: Date) -> Standing {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("head");
        let head = Head::empty(Path::new("lab.record"));
        let line = SignedHead::seal(head, secret, signed).line().unwrap();
        std::fs::write(&path, line).unwrap();
        SignedHead::open(&path, trust, today).unwrap().1
    }

    fn kind(standing: &Standing) -> String {
        format!("{standing:?}")
            .split(' ')
            .next()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_key_that_has_expired_proves_no_day() {
        let key = key();
        let trust = trusting(&key);
        let told = |signed, today| kind(&standing(&key, &trust, signed, today));
        assert_eq!(told(MADE, MADE), "Trusted");
        assert_eq!(told(MADE, EXPIRES), "Trusted");
        // Signed last year, or this year by whoever found the old key.
        assert_eq!(told(EXPIRES, LATER), "Expired");
        assert_eq!(told(LATER, LATER), "NotTrusted");
        assert_eq!(told(date(2024, 12, 31), EXPIRES), "NotTrusted");
    }

    #[test]
    fn an_expired_key_certifies_no_other() {
        let old = key();
        let trust = trusting(&old);
        let new = old.rotate(date(2025, 6, 1), date(2028, 1, 1)).unwrap();
        let signed = date(2025, 7, 1);
        assert_eq!(kind(&standing(&new, &trust, signed, EXPIRES)), "Trusted");
        assert_eq!(kind(&standing(&new, &trust, signed, LATER)), "NotTrusted");
    }

    #[test]
    fn an_expired_key_that_nobody_trusted_stays_unknown() {
        let own = standing(&key(), &Trust::default(), MADE, LATER);
        let Standing::NotTrusted {
            is_unknown: true,
            reason,
            ..
        } = own
        else {
            panic!("{own:?}");
        };
        // To trust it by hand would be refused.
        assert!(reason.ends_with("expired on 2025-12-31"), "{reason}");
    }
}

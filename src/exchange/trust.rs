//! The publishers' keys that this laboratory trusts.
//!
//! One TOML file: `[[publishers."NAME"]]` for each key, with who trusted it and when. Nothing is ever
//! taken out; a key that is no longer trusted stays with day and reason, so that it cannot come back.
//!
//! A new key is accepted without anybody's doing where a trusted key certifies it. Checked are, for
//! each certificate from the new key back to the trusted one: that the older key signed the newer
//! key's whole statement (name, dates, key); that both have one publisher; that the older key is not
//! revoked here; and that *today* is not after the older key's last day, as recorded here for a trusted
//! key. Today, and not a date in the certificate, because whoever steals an expired key can write any
//! date into a certificate, but cannot turn back the receiver's clock. So a laboratory that hears of
//! the new key only after the old one expired must trust it by hand.

use super::credential::Credential;
use super::hex::Fingerprint;
use super::key::PublicKey;
use super::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Form of the file.
pub(super) const SCHEMA: &str = "specid.trust/1";

/// That a key is no longer trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// When it was revoked here.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// One key with who trusted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedKey {
    /// What people compare; follows from the key.
    pub fingerprint: Fingerprint,
    /// Who trusted it, or `certificate`.
    pub trusted_by: String,
    /// Since when.
    pub trusted_on: Date,
    /// The older key whose certificate brought it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certified_by: Option<Fingerprint>,
    /// The key; its dates here are those that count.
    #[serde(flatten)]
    pub key: PublicKey,
    /// Set when it is no longer trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
}

/// A key that a trusted key certifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduced {
    /// The new key.
    pub key: PublicKey,
    /// The older key that certifies it.
    pub by: Fingerprint,
}

/// A person's word for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Who trusts it.
    pub by: String,
    /// When.
    pub on: Date,
}

/// All keys that are or were trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    pub(super) schema: String,
    #[serde(default)]
    pub(super) publishers: BTreeMap<String, Vec<TrustedKey>>,
}

impl Default for Trust {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            publishers: BTreeMap::new(),
        }
    }
}

impl Trust {
    /// All keys, by publisher.
    pub fn keys(&self) -> impl Iterator<Item = &TrustedKey> {
        self.publishers.values().flatten()
    }

    fn find(&self, key: &PublicKey) -> Option<&TrustedKey> {
        self.keys().find(|k| k.key.key() == key.key())
    }

    /// Whether a key may speak for its publisher today: trusted itself (nothing is returned), or
    /// certified by a trusted one (the keys to record are returned, oldest first).
    ///
    /// # Errors
    /// [`Refusal`] with the reason why not.
    pub fn judge(&self, credential: &Credential, today: Date) -> Result<Vec<Introduced>, Refusal> {
        let key = &credential.key;
        if let Some(known) = self.find(key) {
            self.usable(known, key, today)?;
            return Ok(Vec::new());
        }
        is_current(key, today)?;
        let mut introduced = Vec::new();
        for (newer, certificate) in credential.steps() {
            let older = &certificate.by;
            if !certificate.is_of(newer) {
                return Err(Refusal::ForgedCertificate {
                    publisher: newer.publisher().to_owned(),
                    by: older.fingerprint(),
                });
            }
            introduced.push(Introduced {
                key: newer.clone(),
                by: older.fingerprint(),
            });
            if let Some(known) = self.find(older) {
                self.usable(known, older, today)?;
                introduced.reverse();
                return Ok(introduced);
            }
            is_current(older, today)?;
        }
        Err(Refusal::Untrusted {
            publisher: key.publisher().to_owned(),
            fingerprint: key.fingerprint(),
            other_key: self.publishers.contains_key(key.publisher()),
        })
    }

    /// A recorded key, used as `claimed`: by its own publisher, not revoked, within its recorded dates.
    fn usable(&self, known: &TrustedKey, claimed: &PublicKey, today: Date) -> Result<(), Refusal> {
        if known.key.publisher() != claimed.publisher() {
            return Err(Refusal::PublisherMismatch {
                claimed: claimed.publisher().to_owned(),
                owner: known.key.publisher().to_owned(),
                fingerprint: known.fingerprint,
            });
        }
        match &known.revoked {
            Some(revoked) => Err(Refusal::Revoked {
                publisher: known.key.publisher().to_owned(),
                fingerprint: known.fingerprint,
                on: revoked.on,
                reason: revoked.reason.clone(),
            }),
            None => is_current(&known.key, today),
        }
    }

    /// Records keys that [`Trust::judge`] found certified.
    pub fn accept(&mut self, introduced: &[Introduced], today: Date) {
        for new in introduced {
            self.record(TrustedKey {
                fingerprint: new.key.fingerprint(),
                trusted_by: "certificate".to_owned(),
                trusted_on: today,
                certified_by: Some(new.by),
                key: new.key.clone(),
                revoked: None,
            });
        }
    }

    fn record(&mut self, key: TrustedKey) {
        let name = key.key.publisher().to_owned();
        self.publishers.entry(name).or_default().push(key);
    }

    /// Trusts a key on a person's word.
    ///
    /// # Errors
    /// [`Refusal`] where the key is revoked, recorded for someone else or not current, or the name
    /// (whatever its capitals) is that of a publisher with another key that is still trusted.
    pub fn add(&mut self, key: &PublicKey, voucher: Voucher) -> Result<(), Refusal> {
        if let Some(known) = self.find(key) {
            return self.usable(known, key, voucher.on);
        }
        is_current(key, voucher.on)?;
        if let Some(other) = self.holder(key.publisher(), voucher.on) {
            return Err(Refusal::NameCollision {
                name: key.publisher().to_owned(),
                held: other.key.publisher().to_owned(),
                fingerprint: other.fingerprint,
            });
        }
        self.record(TrustedKey {
            fingerprint: key.fingerprint(),
            trusted_by: voucher.by,
            trusted_on: voucher.on,
            certified_by: None,
            key: key.clone(),
            revoked: None,
        });
        Ok(())
    }

    /// Who has this name, whatever its capitals: a key that is not revoked, and of the very same name
    /// has not expired.
    fn holder(&self, name: &str, today: Date) -> Option<&TrustedKey> {
        let lower = name.to_lowercase();
        self.keys().find(|known| {
            let key = &known.key;
            let expired = key.expires() < today && key.publisher() == name;
            known.revoked.is_none() && key.publisher().to_lowercase() == lower && !expired
        })
    }

    /// Revokes the key of this fingerprint; `false` where there is none. A key that is revoked already
    /// keeps its first reason.
    pub fn revoke(&mut self, fingerprint: Fingerprint, revocation: Revocation) -> bool {
        let mut keys = self.publishers.values_mut().flatten();
        match keys.find(|k| k.fingerprint == fingerprint) {
            Some(key) => {
                key.revoked.get_or_insert(revocation);
                true
            }
            None => false,
        }
    }
}

fn is_current(key: &PublicKey, today: Date) -> Result<(), Refusal> {
    if today < key.created() {
        return Err(Refusal::NotYetValid {
            what: format!("the key {} of {:?}", key.fingerprint(), key.publisher()),
            on: key.created(),
        });
    }
    match today > key.expires() {
        true => Err(Refusal::Expired {
            publisher: key.publisher().to_owned(),
            fingerprint: key.fingerprint(),
            on: key.expires(),
        }),
        false => Ok(()),
    }
}

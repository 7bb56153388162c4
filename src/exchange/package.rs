//! A package: signed by its publisher, verified by its receiver.
//!
//! What is checked, in this order: the zip file and its members; the manifest's form; the signature
//! over the manifest's exact bytes; whether the key is trusted today and belongs to the publisher; the
//! length and hash of the records; and only then the records are parsed, within limits, and counted.
//! For a full package their state must be the manifest's; for a delta that is checked when it is merged.

use super::container::{Limits, Members, RECORDS, within};
use super::hex::Hex;
use super::key::Purpose;
use super::manifest::{Content, Counts, Manifest, Removal, SCHEMA};
use super::record::Record;
use super::refusal::Refusal;
use super::secret::SecretKey;
use super::state::State;
use super::trust::{Introduced, Trust};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashSet;
use std::io;

/// A package that has been unpacked; nothing of it is to be believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    manifest: Manifest,
    members: Members,
    limits: Limits,
}

/// A package that a trusted publisher signed and that is whole.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Verified {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its records, in their order.
    pub records: Vec<Record>,
    /// Keys that a trusted key certifies, to be recorded when the package is received.
    pub introduced: Vec<Introduced>,
}

/// What goes into a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Name of the publisher's library.
    pub library: String,
    /// Its generation.
    pub generation: u64,
    /// State of all of the publisher's records.
    pub state: State,
    /// All, or changes.
    pub content: Content,
    /// When it is made.
    pub created: Timestamp,
    /// Licence of the records as a whole.
    pub licence: String,
    /// One sentence on what it holds.
    pub description: String,
    /// The records: all, or the new and changed ones.
    pub records: Vec<Record>,
    /// What is taken out.
    pub removed: Vec<Removal>,
}

impl Draft {
    /// Signs and packs it.
    ///
    /// # Errors
    /// Where it is too large for a plain zip file (4 GiB).
    pub fn seal(self, secret: &SecretKey) -> io::Result<(Manifest, Vec<u8>)> {
        let mut records = Vec::new();
        for record in &self.records {
            serde_json::to_writer(&mut records, record)?;
            records.push(b'\n');
        }
        let manifest = Manifest {
            schema: SCHEMA.to_owned(),
            publisher: secret.key().publisher().to_owned(),
            fingerprint: secret.key().fingerprint(),
            credential: secret.credential().clone(),
            library: self.library,
            generation: self.generation,
            state: self.state.hash(),
            content: self.content,
            created: self.created,
            program: crate::program::VERSION.to_owned(),
            counts: Counts {
                records: self.records.len(),
                total: self.state.len(),
                removed: self.removed.len(),
            },
            licence: self.licence,
            description: self.description,
            records_sha256: Hex::sha256(&records),
            records_bytes: records.len() as u64,
            removed: self.removed,
        };
        let text = serde_json::to_vec_pretty(&manifest)?;
        let members = Members {
            signature: secret.sign(Purpose::Manifest, &text).0.to_vec(),
            manifest: text,
            records,
        };
        Ok((manifest, members.pack()?))
    }
}

impl Package {
    /// Unpacks a package file.
    ///
    /// # Errors
    /// [`Refusal`] where it is no package of this form within the limits.
    pub fn open(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let members = Members::unpack(bytes, limits)?;
        Ok(Self {
            manifest: Manifest::parse(&members.manifest)?,
            members,
            limits: *limits,
        })
    }

    /// What it claims to be.
    pub fn claims(&self) -> &Manifest {
        &self.manifest
    }

    /// Checks all that can be checked without the receiver's library.
    ///
    /// # Errors
    /// [`Refusal`] with the reason.
    pub fn verify(self, trust: &Trust, today: Date) -> Result<Verified, Refusal> {
        self.check_signature()?;
        let manifest = &self.manifest;
        let introduced = trust.judge(&manifest.credential, today)?;
        self.check_owner()?;
        let made = manifest.created.to_zoned(TimeZone::UTC).date();
        // Clocks of two laboratories may differ by some hours.
        if made > today.tomorrow().unwrap_or(today) {
            return Err(Refusal::NotYetValid {
                what: "the package".to_owned(),
                on: made,
            });
        }
        self.check_hash()?;
        let records = self.records()?;
        self.check_counts(&records)?;
        Ok(Verified {
            manifest: self.manifest,
            records,
            introduced,
        })
    }

    fn check_signature(&self) -> Result<(), Refusal> {
        let signature = self.members.signature.as_slice().try_into().map(Hex);
        let signed = signature.is_ok_and(|signature| {
            let key = &self.manifest.credential.key;
            key.has_signed(Purpose::Manifest, &self.members.manifest, &signature)
        });
        match signed {
            true => Ok(()),
            false => Err(Refusal::BadSignature),
        }
    }

    /// That the package calls itself by the name and fingerprint of its key.
    fn check_owner(&self) -> Result<(), Refusal> {
        let (manifest, key) = (&self.manifest, &self.manifest.credential.key);
        let named = manifest.publisher == key.publisher();
        match named && manifest.fingerprint == key.fingerprint() {
            true => Ok(()),
            false => Err(Refusal::PublisherMismatch {
                claimed: manifest.publisher.clone(),
                owner: key.publisher().to_owned(),
                fingerprint: key.fingerprint(),
            }),
        }
    }

    fn check_hash(&self) -> Result<(), Refusal> {
        let (manifest, records) = (&self.manifest, &self.members.records);
        let length = records.len() as u64 == manifest.records_bytes;
        match length && Hex::sha256(records) == manifest.records_sha256 {
            true => Ok(()),
            false => Err(Refusal::Tampered {
                what: "its records are not those that were signed".to_owned(),
            }),
        }
    }

    fn records(&self) -> Result<Vec<Record>, Refusal> {
        let lines = self.members.records.split(|byte| *byte == b'\n');
        let mut records = Vec::new();
        for (index, line) in lines.filter(|line| !line.is_empty()).enumerate() {
            let damaged = |why: String| Refusal::Damaged {
                member: RECORDS,
                why: format!("line {}: {why}", index + 1),
            };
            within("records", index as u64 + 1, self.limits.records as u64)?;
            let record: Record =
                serde_json::from_slice(line).map_err(|e| damaged(e.to_string()))?;
            let points = record.y.len().max(record.x.len());
            within(
                "points in one record",
                points as u64,
                self.limits.points as u64,
            )?;
            let entry = &record.entry;
            if !record.is_sound() || entry.publisher.is_some() || entry.published_as.is_some() {
                return Err(damaged(format!(
                    "the record {:?} does not fit together",
                    entry.id
                )));
            }
            records.push(record);
        }
        Ok(records)
    }

    /// That numbers, ids and, for a full package, the state are those of the manifest.
    fn check_counts(&self, records: &[Record]) -> Result<(), Refusal> {
        let tampered = |what: String| Err(Refusal::Tampered { what });
        let manifest = &self.manifest;
        let state = match State::of(records) {
            Ok(state) => state,
            Err(id) => return tampered(format!("it holds the record {id:?} twice")),
        };
        let removed: HashSet<&str> = manifest.removed.iter().map(|r| r.id.as_str()).collect();
        if let Some(id) = removed.iter().find(|id| state.get(id).is_some()) {
            return tampered(format!("it both holds and takes out the record {id:?}"));
        }
        let counts = manifest.counts;
        if counts.records != records.len() || counts.removed != removed.len() {
            return tampered("it holds another number of records than it says".to_owned());
        }
        match manifest.content == Content::Full && manifest.state != state.hash() {
            true => Err(wrong_state(manifest)),
            false => Ok(()),
        }
    }
}

/// The records do not give the state that the publisher signed.
pub(super) fn wrong_state(manifest: &Manifest) -> Refusal {
    let own = crate::program::VERSION;
    Refusal::Tampered {
        what: match manifest.program == own {
            true => "its records are not the library that its publisher signed".to_owned(),
            false => format!(
                "its records are not the library that its publisher signed, or version {} of the program \
                 writes what version {own} does not know (then use the same version)",
                manifest.program
            ),
        },
    }
}

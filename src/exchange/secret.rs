//! A publisher's private key and its file, which only its owner can read.

use super::credential::{CHAIN, Credential, Fields};
use super::hex::Hex;
use super::key::{Certificate, KeyError, PublicKey, Purpose, Stated, check_name, statement};
use ed25519_dalek::{Signer, SigningKey};
use jiff::civil::Date;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// First line of a private key file.
const PRIVATE: &str = "specid private key 1";
/// Largest key file, bytes.
pub const KEY_FILE: u64 = 64 << 10;

/// A private key with what is public of it. The secret is wiped from memory when it is dropped.
pub struct SecretKey {
    signing: SigningKey,
    credential: Credential,
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey({})", self.credential.key.fingerprint())
    }
}

impl SecretKey {
    /// A new key from the system's random numbers, for use from one day to another.
    ///
    /// # Errors
    /// [`KeyError::Content`] where the name or the dates cannot be, or there are no random numbers.
    pub fn generate(publisher: &str, created: Date, expires: Date) -> Result<Self, KeyError> {
        check_name(publisher)?;
        let mut secret = Zeroizing::new([0_u8; 32]);
        getrandom::fill(secret.as_mut()).map_err(|e| {
            KeyError::Content(format!(
                "the system gives no random numbers ({e}); no key was made"
            ))
        })?;
        let signing = SigningKey::from_bytes(&secret);
        let key = Hex(signing.verifying_key().to_bytes());
        let text = statement(publisher, created, expires, &key);
        let stated = Stated {
            publisher: publisher.to_owned(),
            created,
            expires,
            key,
            signature: sign(&signing, Purpose::Statement, text.as_bytes()),
        };
        Ok(Self {
            credential: Credential {
                key: stated.try_into()?,
                certified_by: Vec::new(),
            },
            signing,
        })
    }

    /// The key that follows this one, certified by it.
    ///
    /// # Errors
    /// As [`SecretKey::generate`].
    pub fn rotate(&self, created: Date, expires: Date) -> Result<Self, KeyError> {
        let mut next = Self::generate(self.key().publisher(), created, expires)?;
        let text = next.key().statement();
        let certificate = Certificate {
            by: self.key().clone(),
            signature: self.sign(Purpose::Certificate, text.as_bytes()),
        };
        let older = self.credential.certified_by.iter().cloned();
        next.credential.certified_by = std::iter::once(certificate)
            .chain(older)
            .take(CHAIN)
            .collect();
        Ok(next)
    }

    /// The public key.
    pub fn key(&self) -> &PublicKey {
        &self.credential.key
    }

    /// The public key with the certificates of those before it.
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// Signature of these bytes for this purpose.
    pub fn sign(&self, purpose: Purpose, bytes: &[u8]) -> Hex<64> {
        sign(&self.signing, purpose, bytes)
    }

    /// Writes a new file that only its owner can read.
    ///
    /// # Errors
    /// [`KeyError`] where the file is there already, cannot be written, or the file system cannot
    /// keep it from others; nothing stays in these cases.
    pub fn save(&self, path: &Path) -> Result<(), KeyError> {
        let io = |source| KeyError::Io {
            path: path.to_owned(),
            source,
        };
        let mut file = create_private(path).map_err(io)?;
        let digits = digits(&Zeroizing::new(self.signing.to_bytes()));
        let public = self.credential.to_string();
        let rest = public.split_once("publisher:").map_or("", |(_, rest)| rest);
        let text = Zeroizing::new(format!(
            "{PRIVATE}\n# Keep this file to yourself: who has it can publish in your name.\n\
             secret:      {}\npublisher:{rest}",
            digits.as_str()
        ));
        let written = check_private(&file, path).and_then(|()| {
            file.write_all(text.as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(io)
        });
        if written.is_err() {
            drop(file);
            // The first error is the one to tell.
            let _ = std::fs::remove_file(path);
        }
        written
    }

    /// Reads a private key file.
    ///
    /// # Errors
    /// [`KeyError`] where it cannot be read, is damaged, or others can read it too.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let io = |source| KeyError::Io {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(io)?;
        check_private(&file, path)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(KEY_FILE as usize));
        file.take(KEY_FILE).read_to_end(&mut bytes).map_err(io)?;
        Self::parse(&bytes).map_err(|error| KeyError::File {
            path: path.to_owned(),
            message: error.to_string(),
        })
    }

    fn parse(bytes: &[u8]) -> Result<Self, KeyError> {
        let wrong = |message: &str| KeyError::Content(message.to_owned());
        let text = std::str::from_utf8(bytes).ok();
        // The secret stands before the first publisher, so it is a block of its own.
        let fields = text
            .and_then(|text| Fields::parse(text, PRIVATE))
            .ok_or_else(|| wrong("this is not a private key file; restore it from a copy"))?;
        let secret = fields.value::<Hex<32>>("secret").map(Zeroizing::new)?;
        let credential = fields.without_first().credential()?;
        let signing = SigningKey::from_bytes(&secret.0);
        match signing.verifying_key().as_bytes() == &credential.key.key().0 {
            true => Ok(Self {
                signing,
                credential,
            }),
            false => Err(wrong(
                "the secret does not belong to the public key beside it; restore the file from a copy",
            )),
        }
    }
}

/// Hexadecimal digits in one piece of memory, which is wiped.
fn digits(secret: &[u8; 32]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(64));
    let halves = secret.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(halves.filter_map(|half| char::from_digit(u32::from(half), 16)));
    text
}

fn sign(signing: &SigningKey, purpose: Purpose, bytes: &[u8]) -> Hex<64> {
    Hex(signing.sign(&purpose.message(bytes)).to_bytes())
}

#[cfg(unix)]
fn create_private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// The folder of keys lies in the user's profile, which Windows keeps from other users.
#[cfg(not(unix))]
fn create_private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// That nobody but the owner can read the file, by what the file system really holds.
#[cfg(unix)]
fn check_private(file: &File, path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = file.metadata().map_err(|source| KeyError::Io {
        path: path.to_owned(),
        source,
    })?;
    match metadata.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(KeyError::File {
            path: path.to_owned(),
            message: format!(
                "other users can read this private key; run `chmod 600 {}`, or keep keys on a disk that \
                 knows permissions",
                path.display()
            ),
        }),
    }
}

#[cfg(not(unix))]
fn check_private(_file: &File, _path: &Path) -> Result<(), KeyError> {
    Ok(())
}

//! The signature of a national overlay.
//!
//! It stands in the overlay's header line `signature` and covers every other byte of the file, the byte
//! order mark, line ends and delimiters included. To check it by other means:
//!
//! 1. Cut the value out of the file: what stands on that line behind its first delimiter, up to the next
//!    delimiter or the end of the line ([`signature_cell`]).
//! 2. The value is base64url without padding of a JSON object: `credential` (the signer's public key with
//!    the certificates of those before it, as in a package's manifest) and `signature` (128 hexadecimal
//!    digits).
//! 3. The message is `specid.overlay/1 file`, a zero byte, and the file without the value.
//!    Verify it as Ed25519 (RFC 8032) with `credential.key.key`.
//!
//! The value has one spelling only: another spelling of the same JSON is refused, so that no byte of a
//! signed file can change unnoticed.

use super::credential::Credential;
use super::hex::Hex;
use super::key::Purpose;
use super::refusal::Refusal;
use super::secret::SecretKey;
use super::trust::Trust;
use crate::national::{Signer, signature_cell};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use thiserror::Error;

/// Why an overlay cannot be signed, or its signature does not hold.
#[derive(Debug, Error)]
pub enum SealError {
    /// There is no line for it.
    #[error(
        "the header has not exactly one line \"signature\" with a cell for it; take the line from the template (`specid overlay template`)"
    )]
    NoPlace,
    /// The value is no signature.
    #[error(
        "the value of the header line \"signature\" is damaged ({0}); ask the publisher for the file again, or empty the cell to use the overlay as not signed"
    )]
    Damaged(String),
    /// The file is not what was signed.
    #[error(
        "the signature does not hold: the file was changed, or saved again by a spreadsheet, after it was signed; ask the publisher for it again, or sign it anew with `specid overlay sign` where it is your own"
    )]
    Changed,
    /// The key is not what it says.
    #[error("the signature's key is not what it says: {0}")]
    Forged(Refusal),
}

/// What the header line `signature` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    credential: Credential,
    signature: Hex<64>,
}

/// What is signed: the file without the signature's value.
fn unsigned(bytes: &[u8], cell: &Range<usize>) -> Vec<u8> {
    let part = |range: Option<&[u8]>| range.unwrap_or_default().to_vec();
    [part(bytes.get(..cell.start)), part(bytes.get(cell.end..))].concat()
}

/// The overlay with a signature by this key in place of the one it may have.
///
/// # Errors
/// [`SealError::NoPlace`] where it has no line for it.
pub fn seal_overlay(bytes: &[u8], secret: &SecretKey) -> Result<Vec<u8>, SealError> {
    let cell = signature_cell(bytes).ok_or(SealError::NoPlace)?;
    let message = unsigned(bytes, &cell);
    let seal = Seal {
        signature: secret.sign(Purpose::Overlay, &message),
        credential: secret.credential().clone(),
    };
    let mut sealed = message;
    let value = written(&seal)?;
    sealed.splice(cell.start..cell.start, value.into_bytes());
    Ok(sealed)
}

/// Who signed an overlay, and whether the key is trusted on this day.
///
/// # Errors
/// [`SealError`] where there is a signature that does not hold. A file without one is no error.
pub fn overlay_signer(bytes: &[u8], trust: &Trust, today: Date) -> Result<Signer, SealError> {
    let cell = signature_cell(bytes).ok_or(SealError::NoPlace)?;
    let value = bytes.get(cell.clone()).unwrap_or_default();
    if value.iter().all(|b| b" \t\"".contains(b)) {
        return Ok(Signer::NotSigned);
    }
    let seal = read(value)?;
    let key = &seal.credential.key;
    if !key.has_signed(Purpose::Overlay, &unsigned(bytes, &cell), &seal.signature) {
        return Err(SealError::Changed);
    }
    let publisher = key.publisher().to_owned();
    let fingerprint = key.fingerprint().to_string();
    let reason = match trust.judge(&seal.credential, today) {
        Ok(_) => {
            return Ok(Signer::Trusted {
                publisher,
                fingerprint,
            });
        }
        Err(refusal) => match refusal.of_trust() {
            Some(reason) => reason,
            None => return Err(SealError::Forged(refusal)),
        },
    };
    Ok(Signer::NotTrusted {
        publisher,
        fingerprint,
        reason,
    })
}

fn written(seal: &Seal) -> Result<String, SealError> {
    let json = serde_json::to_vec(seal).map_err(|e| SealError::Damaged(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

fn read(value: &[u8]) -> Result<Seal, SealError> {
    let json = URL_SAFE_NO_PAD
        .decode(value)
        .map_err(|e| SealError::Damaged(e.to_string()))?;
    let seal: Seal =
        serde_json::from_slice(&json).map_err(|e| SealError::Damaged(e.to_string()))?;
    match written(&seal)?.as_bytes() == value {
        true => Ok(seal),
        false => Err(SealError::Damaged(
            "it is spelled in another way than it was written".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests;

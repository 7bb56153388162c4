//! A signed letter: one text file that carries notices of unknowns to other laboratories.
//!
//! The first line is `specid notice 1 ` with the signature in 128 hexadecimal digits; all bytes behind it
//! are a JSON object, and they are what is signed (with [`Purpose::Notice`]). So whoever receives it can read
//! it, and no byte of it can change unnoticed: the first line has one spelling.

use super::credential::Credential;
use super::hex::{Fingerprint, Hex};
use super::key::Purpose;
use super::refusal::Refusal;
use super::secret::SecretKey;
use super::trust::{Introduced, Trust};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Form of letters that this program reads and writes.
pub const NOTICE_SCHEMA: &str = "specid.notice/1";
/// Beginning of the first line.
const HEAD: &str = "specid notice 1 ";
/// Largest letter, bytes.
const LARGEST: u64 = 16 << 20;

/// What is signed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    schema: String,
    publisher: String,
    fingerprint: Fingerprint,
    credential: Credential,
    made: Date,
    program: String,
    body: Value,
}

#[derive(Deserialize)]
struct Form {
    schema: String,
}

/// A letter that a trusted publisher signed and that is whole.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Letter {
    /// Who wrote it.
    pub publisher: String,
    /// The key that signed it.
    pub fingerprint: Fingerprint,
    /// When, UTC.
    pub made: Date,
    /// What it says.
    pub body: Value,
    /// Keys that a trusted key certifies, to be recorded when the letter is received.
    pub introduced: Vec<Introduced>,
}

/// Writes and signs a letter.
///
/// # Errors
/// Where the body cannot be written as JSON.
pub fn seal_letter(body: Value, secret: &SecretKey, today: Date) -> serde_json::Result<Vec<u8>> {
    let text = serde_json::to_vec_pretty(&Text {
        schema: NOTICE_SCHEMA.to_owned(),
        publisher: secret.key().publisher().to_owned(),
        fingerprint: secret.key().fingerprint(),
        credential: secret.credential().clone(),
        made: today,
        program: crate::program::VERSION.to_owned(),
        body,
    })?;
    let signature = secret.sign(Purpose::Notice, &text);
    let mut letter = format!("{HEAD}{signature}\n").into_bytes();
    letter.extend(text);
    Ok(letter)
}

/// Checks a letter: its first line, its form, the signature over the exact bytes, and whether the key is
/// trusted today and belongs to the publisher.
///
/// # Errors
/// [`Refusal`] with the reason.
pub fn open_letter(bytes: &[u8], trust: &Trust, today: Date) -> Result<Letter, Refusal> {
    super::container::within("bytes", bytes.len() as u64, LARGEST)?;
    let no_letter = |why: &str| Refusal::NoLetter {
        why: why.to_owned(),
    };
    let rest = bytes.strip_prefix(HEAD.as_bytes());
    let rest = rest.ok_or_else(|| no_letter("it does not begin as one"))?;
    let (digits, text) = rest
        .split_at_checked(128)
        .ok_or_else(|| no_letter("it is cut off"))?;
    let text = text
        .strip_prefix(b"\n")
        .ok_or_else(|| no_letter("its first line is damaged"))?;
    let lower = digits
        .iter()
        .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b));
    let signature: Option<Hex<64>> = std::str::from_utf8(digits)
        .ok()
        .filter(|_| lower)
        .and_then(|digits| digits.parse().ok());
    let signature = signature.ok_or_else(|| no_letter("its signature is damaged"))?;
    let damaged = |e: serde_json::Error| no_letter(&e.to_string());
    let form: Form = serde_json::from_slice(text).map_err(damaged)?;
    if form.schema != NOTICE_SCHEMA {
        return Err(Refusal::WrongSchema {
            found: form.schema,
            expected: NOTICE_SCHEMA,
        });
    }
    let said: Text = serde_json::from_slice(text).map_err(damaged)?;
    let key = &said.credential.key;
    if !key.has_signed(Purpose::Notice, text, &signature) {
        return Err(Refusal::BadSignature);
    }
    let introduced = trust.judge(&said.credential, today)?;
    if said.publisher != key.publisher() || said.fingerprint != key.fingerprint() {
        return Err(Refusal::PublisherMismatch {
            claimed: said.publisher,
            owner: key.publisher().to_owned(),
            fingerprint: key.fingerprint(),
        });
    }
    // Clocks of two laboratories may differ by some hours.
    if said.made > today.tomorrow().unwrap_or(today) {
        return Err(Refusal::NotYetValid {
            what: "the notice".to_owned(),
            on: said.made,
        });
    }
    Ok(Letter {
        publisher: said.publisher,
        fingerprint: said.fingerprint,
        made: said.made,
        body: said.body,
        introduced,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::trust::Voucher;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 27);

    fn pair() -> (SecretKey, Trust) {
        let secret = SecretKey::generate("Lab", date(2026, 1, 1), date(2028, 1, 1)).unwrap();
        let mut trust = Trust::default();
        let voucher = Voucher {
            by: "T".to_owned(),
            on: TODAY,
        };
        trust.add(secret.key(), voucher).unwrap();
        (secret, trust)
    }

    #[test]
    fn a_letter_is_read_as_it_was_written() {
        let (secret, trust) = pair();
        let body = serde_json::json!({"x": [1.5, 2]});
        let letter = seal_letter(body.clone(), &secret, TODAY).unwrap();
        let read = open_letter(&letter, &trust, TODAY).unwrap();
        assert_eq!((read.body, read.publisher.as_str()), (body, "Lab"));
        let yesterday = date(2026, 11, 20);
        let early = open_letter(&letter, &trust, yesterday);
        assert!(matches!(early, Err(Refusal::NotYetValid { .. })));
        let stranger = open_letter(&letter, &Trust::default(), TODAY);
        assert!(matches!(stranger, Err(Refusal::Untrusted { .. })));
    }

    #[test]
    fn every_flipped_or_missing_byte_is_noticed() {
        let (secret, trust) = pair();
        let letter = seal_letter(serde_json::json!({"a": "b"}), &secret, TODAY).unwrap();
        for at in 0..letter.len() {
            assert!(open_letter(&letter[..at], &trust, TODAY).is_err(), "{at}");
            for bit in [1, 0x20, 0x80] {
                let mut other = letter.clone();
                other[at] ^= bit;
                assert!(open_letter(&other, &trust, TODAY).is_err(), "{at} {bit}");
            }
        }
        let longer = [letter.as_slice(), b"\n"].concat();
        assert!(open_letter(&longer, &trust, TODAY).is_err());
    }

    #[test]
    fn a_signature_for_something_else_does_not_serve() {
        let (secret, trust) = pair();
        let letter = seal_letter(serde_json::json!({}), &secret, TODAY).unwrap();
        let text = &letter[HEAD.len() + 129..];
        let other = secret.sign(Purpose::Manifest, text);
        let forged = [format!("{HEAD}{other}\n").as_bytes(), text].concat();
        assert_eq!(
            open_letter(&forged, &trust, TODAY),
            Err(Refusal::BadSignature)
        );
    }
}

//! Fixed numbers of bytes, written as hexadecimal text.

use crate::read::hex;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroize;

/// `N` bytes; lower-case hexadecimal in every text form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

impl Hex<32> {
    /// SHA-256 of these bytes.
    pub fn sha256(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl<const N: usize> Zeroize for Hex<N> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("expected {} hexadecimal digits", 2 * N);
        let text = text.as_bytes();
        if text.len() != 2 * N {
            return Err(wrong());
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let mut bytes = [0; N];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            let (high, low) = (digit(pair[0]), digit(pair[1]));
            let (Some(high), Some(low)) = (high, low) else {
                return Err(wrong());
            };
            *byte = (high * 16 + low) as u8;
        }
        Ok(Self(bytes))
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// What people compare to tell keys apart: the first 16 bytes of the public key's SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Fingerprint of a public key's 32 bytes.
    pub fn of(key: &Hex<32>) -> Self {
        let mut first = [0; 16];
        for (to, from) in first.iter_mut().zip(Hex::sha256(&key.0).0) {
            *to = from;
        }
        Self(first)
    }

    /// The first eight digits, for file names.
    pub fn short(&self) -> String {
        hex(&self.0[..4])
    }

    /// Whether this text is the beginning of it, at least eight digits, in groups or not.
    pub fn starts_with(&self, text: &str) -> bool {
        let digits = plain(text);
        digits.len() >= 8 && hex(&self.0).starts_with(&digits)
    }
}

/// Digits without what people put between groups.
fn plain(text: &str) -> String {
    let digits = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | ':'));
    digits.collect::<String>().to_ascii_lowercase()
}

impl fmt::Display for Fingerprint {
    /// Eight groups of four digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.chunks(2).enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{}", hex(pair))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        plain(text)
            .parse()
            .map(|Hex(bytes): Hex<16>| Self(bytes))
            .map_err(|_| {
                format!("{text:?} is no fingerprint: write its 32 digits, in groups or not")
            })
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_of_the_published_digest() {
        // SHA-256 of 32 zero bytes: 66687aadf862bd776c8fc18b8e9f8e20 089714856ee233b3902a591d0d5f2925
        let fingerprint = Fingerprint::of(&Hex([0; 32]));
        let text = "6668 7aad f862 bd77 6c8f c18b 8e9f 8e20";
        assert_eq!(fingerprint.to_string(), text);
        for form in [
            text,
            "66687AADF862BD776C8FC18B8E9F8E20",
            "6668-7aad-f862-bd77-6c8f-c18b-8e9f-8e20",
        ] {
            assert_eq!(form.parse(), Ok(fingerprint), "{form}");
        }
        assert!("6668 7aad".parse::<Fingerprint>().is_err());
        assert!(fingerprint.starts_with("6668 7AAD") && !fingerprint.starts_with("6668"));
    }

    #[test]
    fn hex_needs_all_its_digits() {
        assert_eq!("00ff".parse(), Ok(Hex([0, 255])));
        for wrong in ["00f", "00ff0", "00fg", "+0ff", "0\u{e9}f"] {
            assert!(wrong.parse::<Hex<2>>().is_err(), "{wrong}");
        }
    }
}

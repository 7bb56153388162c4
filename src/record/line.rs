//! One line of a record, and whether it follows the one before.

use crate::read::hex;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Form of the entries that this program writes and reads.
pub const SCHEMA: &str = "specid.record/1";
/// Hexadecimal digits of a hash.
pub(super) const DIGITS: usize = 64;
/// Longest line that is read, bytes.
pub(super) const LONGEST: u64 = 1 << 30;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// No newline.
    #[error("the line has no end: it was cut off, or was never written whole")]
    Unfinished,
    /// Not the form of an entry.
    #[error(
        "the line is no entry: expected 64 hexadecimal digits, a space and a JSON object of {SCHEMA}"
    )]
    NotAnEntry,
    /// The hash does not fit.
    #[error(
        "its content and its hash do not fit: the one or the other was changed (the content has {found})"
    )]
    Changed {
        /// Hash of the content as it is.
        found: String,
    },
    /// The number is too high.
    #[error("it is entry {found}: {missing} before it were removed, or entries were moved")]
    Missing {
        /// Number found.
        found: u64,
        /// `entry 4` or `entries 4 to 6`.
        missing: String,
    },
    /// The number is too low.
    #[error("it is entry {found} again: an entry was inserted, repeated or moved")]
    Repeated {
        /// Number found.
        found: u64,
    },
    /// It was made after another entry than the one that stands before it.
    #[error(
        "it does not follow the entry before it: it was written after one of hash {says}, and the one that stands there now has {is}; one of the two was written anew"
    )]
    NotFollowing {
        /// Hash that it names.
        says: String,
        /// Hash of what stands before it.
        is: String,
    },
    /// It names an append that cannot be.
    #[error("it says that it was appended together with entry {0}, which cannot be")]
    Together(u64),
    /// No JSON.
    #[error("its hash fits, but its content is no JSON ({0}): no program of this kind wrote it")]
    NotJson(String),
}

/// A place in the chain: what the next entry has to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Number of the last entry, 0 at the beginning.
    pub entry: u64,
    /// Its hash.
    pub hash: String,
    /// First entry of its append.
    pub appended_from: u64,
}

impl Link {
    /// Before the first entry.
    pub fn start() -> Self {
        Self {
            entry: 0,
            hash: "0".repeat(DIGITS),
            appended_from: 0,
        }
    }

    /// The JSON of the entry that follows, up to the rest of its fields (an object that is not empty).
    pub fn compose(&self, appended_from: u64, rest: &str) -> String {
        format!(
            "{{\"schema\":\"{SCHEMA}\",\"entry\":{},\"before\":\"{}\",\"appended_from\":{appended_from},{}",
            self.entry + 1,
            self.hash,
            rest.strip_prefix('{').unwrap_or(rest),
        )
    }

    /// Checks a line (without its newline) as the one that follows.
    ///
    /// # Errors
    /// [`Fault`] with what is wrong.
    pub fn follow(&self, line: &[u8]) -> Result<Self, Fault> {
        let (hash, json) = split(line).ok_or(Fault::NotAnEntry)?;
        let found = digest(json.as_bytes());
        if found != hash {
            return Err(Fault::Changed { found });
        }
        let (number, before, appended_from) = beginning(json).ok_or(Fault::NotAnEntry)?;
        let expected = self.entry + 1;
        if number > expected {
            let missing = match number - 1 {
                last if last == expected => format!("entry {last}"),
                last => format!("entries {expected} to {last}"),
            };
            return Err(Fault::Missing {
                found: number,
                missing,
            });
        }
        if number < expected {
            return Err(Fault::Repeated { found: number });
        }
        if before != self.hash {
            return Err(Fault::NotFollowing {
                says: before.to_owned(),
                is: self.hash.clone(),
            });
        }
        if appended_from != number && appended_from != self.appended_from {
            return Err(Fault::Together(appended_from));
        }
        if let Err(error) = serde_json::from_str::<IgnoredAny>(json) {
            return Err(Fault::NotJson(error.to_string()));
        }
        Ok(Self {
            entry: number,
            hash: found,
            appended_from,
        })
    }
}

/// SHA-256 in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Whether this is a hash as this program writes it.
pub(super) fn is_hash(text: &str) -> bool {
    let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    text.len() == DIGITS && text.bytes().all(digit)
}

/// Hash and JSON of a line.
pub(super) fn split(line: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(line).ok()?;
    let (hash, json) = text.split_once(' ')?;
    (is_hash(hash) && json.starts_with('{')).then_some((hash, json))
}

/// Number, hash of the entry before, and first entry of the append, which begin the JSON in one spelling.
fn beginning(json: &str) -> Option<(u64, &str, u64)> {
    let rest = json.strip_prefix("{\"schema\":\"")?.strip_prefix(SCHEMA)?;
    let (number, rest) = rest
        .strip_prefix("\",\"entry\":")?
        .split_once(",\"before\":\"")?;
    let (before, rest) = rest.split_once("\",\"appended_from\":")?;
    let (appended_from, _) = rest.split_once(',')?;
    is_hash(before).then_some((whole(number)?, before, whole(appended_from)?))
}

/// A number from 1 in its one spelling.
fn whole(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> Vec<u8> {
        format!("{} {json}", digest(json.as_bytes())).into_bytes()
    }

    #[test]
    fn a_line_follows_only_the_one_it_was_written_after() {
        let start = Link::start();
        let one = start.compose(1, "{\"a\":1}");
        let first = start.follow(&line(&one)).unwrap();
        assert_eq!((first.entry, first.appended_from), (1, 1));
        let second = first.compose(2, "{\"a\":1.50}");
        assert_eq!(first.follow(&line(&second)).unwrap().entry, 2);
        assert!(matches!(
            start.follow(&line(&second)),
            Err(Fault::Missing { found: 2, .. })
        ));
        assert!(matches!(
            first.follow(&line(&one)),
            Err(Fault::Repeated { found: 1 })
        ));
        let other = start.compose(1, "{\"a\":2}");
        let other = start.follow(&line(&other)).unwrap();
        assert!(matches!(
            other.follow(&line(&second)),
            Err(Fault::NotFollowing { .. })
        ));
        let mut changed = line(&second);
        let place = changed.len() - 3;
        changed[place] = b'1';
        assert!(matches!(first.follow(&changed), Err(Fault::Changed { .. })));
        // The same JSON in another spelling is another line.
        for spelled in [
            second.replace(":2,", ":02,"),
            second.replace("{\"s", "{ \"s"),
        ] {
            assert_eq!(first.follow(&line(&spelled)), Err(Fault::NotAnEntry));
        }
        assert_eq!(
            first.follow(&line(
                &second.replace("\"appended_from\":2", "\"appended_from\":9")
            )),
            Err(Fault::Together(9))
        );
        assert!(matches!(
            first.follow(&line(&second[..second.len() - 1])),
            Err(Fault::NotJson(_))
        ));
    }
}

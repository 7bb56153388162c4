//! Whether a notice that was received still says what its publisher signed.

use super::notice::{Notice, Notices};
use super::watch::Watch;
use crate::exchange::{Letter, Refusal, Trust, open_letter};
use jiff::civil::Date;

/// What the signed letter says of a notice that is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It is what was signed, by a key that is trusted.
    Holds,
    /// No letter is kept: it was received by an earlier program, or the letter was taken out.
    NoLetter,
    /// It is not what was signed, for this reason.
    Changed(String),
    /// Its key is not trusted any more, for this reason.
    NotTrusted(String),
}

/// A letter that is kept, opened again.
#[derive(Debug)]
pub struct KeptLetter {
    letter: Letter,
    notices: Vec<Notice>,
}

impl KeptLetter {
    /// Opens a letter as it was opened when it came. A key that has expired since `received` still vouches for it.
    ///
    /// # Errors
    /// What that says of all its notices.
    pub fn open(
        bytes: Option<&[u8]>,
        trust: &Trust,
        today: Date,
        received: Date,
    ) -> Result<Self, Proof> {
        let bytes = bytes.ok_or(Proof::NoLetter)?;
        let opened = match open_letter(bytes, trust, today) {
            Err(Refusal::Expired { .. }) => open_letter(bytes, trust, received),
            opened => opened,
        };
        let mut letter = opened.map_err(|refusal| match &refusal {
            Refusal::Untrusted { .. }
            | Refusal::Revoked { .. }
            | Refusal::Expired { .. }
            | Refusal::NotYetValid { .. } => Proof::NotTrusted(refusal.to_string()),
            _ => Proof::Changed(refusal.to_string()),
        })?;
        let read = Notices::read(letter.body.take());
        let notices = read.map_err(|e| Proof::Changed(e.to_string()))?.notices;
        Ok(Self { letter, notices })
    }

    /// What it says of a notice.
    pub fn proof(&self, watch: &Watch) -> Proof {
        let letter = &self.letter;
        let is_own = letter.publisher == watch.publisher
            && letter.fingerprint.to_string() == watch.key
            && letter.made == watch.made;
        match is_own && self.notices.contains(&watch.notice) {
            true => Proof::Holds,
            false => Proof::Changed("it is not what the letter says that it came in".to_owned()),
        }
    }
}

impl Proof {
    /// Whether it may alert.
    pub fn alerts(&self) -> bool {
        matches!(self, Self::Holds | Self::NoLetter)
    }

    /// What is to be told of it, in words; `None` where it holds.
    pub fn told(&self, watch: &Watch) -> Option<String> {
        let (id, publisher) = (&watch.notice.unknown, &watch.publisher);
        match self {
            Self::Holds => None,
            Self::NoLetter => Some(format!(
                "the notice of {id} by {publisher} is kept without the letter that it came in, so that a change of it would not be noticed; receive it again"
            )),
            Self::Changed(why) => Some(format!(
                "the notice of {id} by {publisher} was changed after it was received, and does not alert: {why}; receive it again"
            )),
            Self::NotTrusted(why) => Some(format!(
                "the notice of {id} by {publisher} does not alert, since its key is not trusted now: {why}"
            )),
        }
    }
}

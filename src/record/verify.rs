//! Whether a record is whole: every entry as it was written, in its place, and none missing at the end.

use super::Kind;
use super::entry::Entry;
use super::error::RecordError;
use super::head::{Head, ZEROS};
use super::line::{Fault, Link, is_hash, split};
use super::place::{self, Snapshot};
use super::read::Lines;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// A head that the record is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where it comes from, for people.
    pub from: String,
    /// Number of entries.
    pub entries: u64,
    /// Hash of the last.
    pub hash: String,
    /// Size of the record up to it, where it is known.
    pub bytes: Option<u64>,
    /// When it was written; empty where it is not known.
    pub time: String,
    /// Whether it is the one that is kept beside the record and follows it.
    pub companion: bool,
}

impl Known {
    /// What a head file tells.
    pub fn of(from: String, head: Head, companion: bool) -> Self {
        Self {
            from,
            entries: head.entries,
            hash: head.hash,
            bytes: Some(head.bytes),
            time: head.time,
            companion,
        }
    }

    /// Number and hash of an entry, as a report or a notebook has them: `12:1a2b...`.
    ///
    /// # Errors
    /// A sentence where the text is not that.
    pub fn noted(text: &str) -> Result<Self, String> {
        let parts = text.split_once(':');
        let entry = parts.and_then(|(entry, hash)| {
            let entry: u64 = entry.trim().parse().ok().filter(|n| *n > 0)?;
            let hash = hash.trim().to_ascii_lowercase();
            is_hash(&hash).then_some((entry, hash))
        });
        let Some((entries, hash)) = entry else {
            return Err(
                "write the number of an entry, a colon and its hash of 64 digits: 12:1a2b..."
                    .to_owned(),
            );
        };
        Ok(Self {
            from: format!("the noted entry {entries}"),
            entries,
            hash,
            bytes: None,
            time: String::new(),
            companion: false,
        })
    }
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// Number that the entry at this place should have; also its line.
    pub entry: u64,
    /// Where the line begins, in bytes; `None` where only a head tells that it is wrong.
    pub offset: Option<u64>,
    /// What is wrong, in words.
    pub message: String,
}

/// What a head says of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadFound {
    /// Where it comes from.
    pub from: String,
    /// Number of entries that it tells of.
    pub entries: u64,
    /// When its last entry was written.
    pub time: String,
    /// Why it does not hold.
    pub problem: Option<String>,
    /// What is to be known of it although it holds.
    pub note: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Entries that are good, from the first on.
    pub good: u64,
    /// Hash of the last good one.
    pub hash: String,
    /// Size of the record up to it.
    pub bytes: u64,
    /// When the first was written.
    pub first: Option<String>,
    /// When the last good one was written.
    pub last: Option<String>,
    /// The first thing that is wrong; `None` where the record is whole.
    pub wrong: Option<Wrong>,
    /// The heads that it was compared with.
    pub heads: Vec<HeadFound>,
    /// Entries that tell what interrupted appends had left.
    pub recoveries: Vec<u64>,
    /// Entries before which there was no head: what was cut off the end then is not known.
    pub head_missing_before: Vec<u64>,
    /// Entries whose time is before that of the entry before: the clock was set back.
    pub earlier: Vec<u64>,
    /// Why there is no head beside the record, where there should be one.
    pub no_head: Option<NoHead>,
}

/// Why the head beside a record tells nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoHead {
    /// There is no such file.
    Missing(String),
    /// It is no head, for this reason.
    Damaged(String),
}

impl Checked {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.wrong.is_none()
    }

    /// The head of what was found, for a record of this name.
    pub fn head(&self, record: &Path) -> Head {
        Head {
            entries: self.good,
            hash: self.hash.clone(),
            bytes: self.bytes,
            time: self.last.clone().unwrap_or_default(),
            ..Head::empty(record)
        }
    }
}

/// A head while the record is read.
struct Followed<'a> {
    known: &'a Known,
    /// Whether the entry that it tells of was seen as it tells.
    seen: Option<bool>,
    /// First entry after those that one interrupted append may have left.
    too_late: Option<u64>,
}

impl<'a> Followed<'a> {
    fn of(known: &'a Known) -> Self {
        let none = known.entries == 0;
        Self {
            known,
            seen: none.then_some(known.bytes == Some(0)),
            too_late: None,
        }
    }

    fn note(&mut self, link: &Link, bytes: u64) {
        let head = self.known;
        if link.entry == head.entries {
            let place = head.bytes.is_none_or(|known| known == bytes);
            self.seen = Some(link.hash == head.hash && place);
        }
        let later = link.entry > head.entries && link.appended_from != head.entries + 1;
        if head.companion && later && self.too_late.is_none() {
            self.too_late = Some(link.entry);
        }
    }

    /// What is wrong, from which entry on, once all is read.
    fn judge(&self, last: u64) -> (Option<(u64, String)>, Option<String>) {
        let head = self.known;
        let from = &head.from;
        match (self.seen, self.too_late) {
            (None, _) => {
                let missing = head.entries - last;
                let message = format!(
                    "{from} tells of {} entries, the record has {last}: the last {missing} were cut off",
                    head.entries
                );
                (Some((last + 1, message)), None)
            }
            (Some(false), _) => {
                let message = format!(
                    "it is not the entry that {from} tells of (hash {}): it was written anew",
                    head.hash
                );
                (Some((head.entries.max(1), message)), None)
            }
            (Some(true), Some(entry)) => {
                let message = format!(
                    "{from} is of entry {}, and this entry was appended later than the append that may have been interrupted: the head is an older one, or entries were appended by other means",
                    head.entries
                );
                (Some((entry, message)), None)
            }
            (Some(true), None) if head.companion && last > head.entries => {
                let note = format!(
                    "entries {} to {last} are not noted in it: the append that wrote them was interrupted (the next one tells so)",
                    head.entries + 1
                );
                (None, Some(note))
            }
            (Some(true), None) => (None, None),
        }
    }
}

/// Reads a record from the first entry to the last and says what is wrong with it, by its own head and those that
/// are `known` besides. `progress` is told the bytes that were read, and of how many.
///
/// # Errors
/// [`RecordError`] where it cannot be read at all.
pub fn verify(
    path: &Path,
    known: &[Known],
    progress: &dyn Fn(u64, u64),
) -> Result<Checked, RecordError> {
    let Snapshot { file, length, head } = place::to_read(path)?;
    let mut lines = Lines::new(file.take(length));
    let own = Head::file_of(path).display().to_string();
    let (companion, no_head) = match head {
        Ok(Some(head)) => (Some(Known::of(own, head, true)), None),
        // A record that was never appended to has none.
        Ok(None) if length == 0 => (None, None),
        Ok(None) => (None, Some(NoHead::Missing(own))),
        Err(error) => (None, Some(NoHead::Damaged(error.to_string()))),
    };
    let all = companion.iter().chain(known);
    let mut heads: Vec<Followed<'_>> = all.map(Followed::of).collect();
    let mut link = Link::start();
    let mut checked = Checked {
        good: 0,
        hash: ZEROS.to_owned(),
        bytes: 0,
        first: None,
        last: None,
        wrong: None,
        heads: Vec::new(),
        recoveries: Vec::new(),
        head_missing_before: Vec::new(),
        earlier: Vec::new(),
        no_head,
    };
    let mut clock: Option<Timestamp> = None;
    while let Some((line, ended)) = lines.next().map_err(RecordError::io(path))? {
        match step(&link, line, ended) {
            Ok((next, entry)) => {
                link = next;
                checked.bytes += line.len() as u64 + 1;
                let time: Option<Timestamp> = entry.time.parse().ok();
                if time.zip(clock).is_some_and(|(now, before)| now < before) {
                    checked.earlier.push(link.entry);
                }
                clock = time.or(clock);
                if entry.kind == Kind::Recovery {
                    let (headless, interrupted) = recovered(&entry.result());
                    let of_appends = interrupted.then_some(link.entry);
                    let of_heads = headless.then_some(link.entry);
                    checked.recoveries.extend(of_appends);
                    checked.head_missing_before.extend(of_heads);
                }
                checked.first.get_or_insert_with(|| entry.time.clone());
                checked.last = Some(entry.time);
                for head in &mut heads {
                    head.note(&link, checked.bytes);
                }
                progress(checked.bytes, length);
            }
            Err(fault) => {
                checked.wrong = Some(Wrong {
                    entry: link.entry + 1,
                    offset: Some(checked.bytes),
                    message: fault.to_string(),
                });
                break;
            }
        }
    }
    (checked.good, checked.hash) = (link.entry, link.hash);
    for head in &heads {
        let (problem, note) = match (&checked.wrong, head.seen) {
            (Some(wrong), None) => {
                let message = format!("not reached: the record is wrong at entry {}", wrong.entry);
                (Some((u64::MAX, message)), None)
            }
            _ => head.judge(link.entry),
        };
        if let Some((entry, message)) = &problem {
            let earlier = checked.wrong.as_ref().is_none_or(|w| *entry < w.entry);
            if earlier {
                checked.wrong = Some(Wrong {
                    entry: *entry,
                    offset: None,
                    message: message.clone(),
                });
                checked.good = checked.good.min(entry - 1);
            }
        }
        checked.heads.push(HeadFound {
            from: head.known.from.clone(),
            entries: head.known.entries,
            time: head.known.time.clone(),
            problem: problem.map(|(_, message)| message),
            note,
        });
    }
    Ok(checked)
}

/// Whether a recovery tells of a missing head, and whether of an append that was interrupted.
fn recovered(result: &Value) -> (bool, bool) {
    let is_told = |name: &str| match result.get(name) {
        Some(Value::Array(list)) => !list.is_empty(),
        Some(value) => !value.is_null(),
        None => false,
    };
    let headless = result.get("head_was_missing") == Some(&Value::Bool(true));
    let interrupted = is_told("torn") || is_told("not_in_head");
    (headless, interrupted || !headless)
}

/// Checks a line and reads what it says.
fn step(link: &Link, line: &[u8], ended: bool) -> Result<(Link, Entry), Fault> {
    if !ended {
        return Err(Fault::Unfinished);
    }
    let next = link.follow(line)?;
    let (hash, json) = split(line).ok_or(Fault::NotAnEntry)?;
    let entry = Entry::parse(hash, json).map_err(|e| Fault::NotJson(e.to_string()))?;
    Ok((next, entry))
}

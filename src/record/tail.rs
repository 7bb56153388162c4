//! The end of a record that is about to be appended to: where it is whole, and what an interrupted append left.

use super::error::RecordError;
use super::head::Head;
use super::line::{DIGITS, Fault, Link, SCHEMA, digest, split};
use super::place::{beside, sync_folder};
use super::read::Lines;
use crate::file::folder_of;
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Bytes that are read at a time, backwards, to find where the last line begins.
const STEP: u64 = 1 << 16;

/// What an earlier append left, which the next entry tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Recovery {
    /// In words.
    pub message: String,
    /// Bytes after the last whole entry, which were moved to files beside the record.
    pub torn: Vec<Torn>,
    /// Entries that were written, but not noted in the head: first and last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_in_head: Option<(u64, u64)>,
    /// Whether there was no head.
    pub head_was_missing: bool,
}

/// Bytes that were moved out of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Torn {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// How many.
    pub bytes: u64,
}

/// The end of a record.
pub(super) struct Tail {
    /// The last whole entry.
    pub link: Link,
    /// Size of the record up to it.
    pub bytes: u64,
    /// Whether its head tells of fewer entries.
    pub is_behind: bool,
    /// What is to be told of.
    pub recovery: Option<Recovery>,
}

/// Looks at the end of a locked record, and moves what is torn out of it. `now` is RFC 3339.
pub(super) fn find(path: &Path, file: &mut File, now: &str) -> Result<Tail, RecordError> {
    let io = RecordError::io(path);
    let length = file.metadata().map_err(&io)?.len();
    let mut recovery = Recovery::default();
    let head = match Head::beside(path)? {
        Some(head) => head,
        None if length == 0 => {
            // So that a record without a head is always one whose head was taken away.
            sync_folder(path)?;
            let head = Head::empty(path);
            head.replace(path)?;
            head
        }
        None => {
            recovery.head_was_missing = true;
            whole_head(path, file, length)?
        }
    };
    if length < head.bytes {
        return Err(RecordError::not_whole(
            path,
            format!(
                "its head tells of {} entries in {} bytes, and the file has {length} bytes: it was cut off",
                head.entries, head.bytes
            ),
        ));
    }
    let mut link = at_head(path, file, &head)?;
    let mut bytes = head.bytes;
    file.seek(SeekFrom::Start(bytes)).map_err(&io)?;
    let mut lines = Lines::new((&*file).take(length - bytes));
    while let Some((line, ended)) = lines.next().map_err(&io)? {
        let size = line.len() as u64 + 1;
        let followed = match ended {
            true => link.follow(line),
            false => Err(Fault::Unfinished),
        };
        match followed {
            Ok(next) if next.appended_from == head.entries + 1 => link = next,
            Ok(next) => {
                return Err(RecordError::not_whole(
                    path,
                    format!(
                        "its head is of entry {}, and entry {} was appended later than that of which this program may have been interrupted: the head is an older one, or entries were appended by other means",
                        head.entries, next.entry
                    ),
                ));
            }
            Err(_) => break,
        }
        bytes += size;
    }
    if link.entry > head.entries {
        recovery.not_in_head = Some((head.entries + 1, link.entry));
    }
    if bytes < length {
        set_aside(path, file, &link, bytes..length, now)?;
    }
    recovery.torn = torn_after(path, link.entry)?;
    recovery.message = told(&recovery);
    Ok(Tail {
        is_behind: link.entry > head.entries,
        link,
        bytes,
        recovery: (!recovery.message.is_empty()).then_some(recovery),
    })
}

fn told(recovery: &Recovery) -> String {
    let head = recovery.head_was_missing.then(|| {
        "the head was missing, so that entries cut off the end would not have been noticed"
            .to_owned()
    });
    let behind = recovery.not_in_head.map(|(first, last)| {
        format!("entries {first} to {last} were written by an append that was interrupted before it was noted in the head")
    });
    let torn = recovery.torn.iter().map(|torn| {
        format!(
            "an interrupted append left {} bytes that are no entry; they are kept in {}",
            torn.bytes, torn.file
        )
    });
    let all: Vec<String> = head.into_iter().chain(behind).chain(torn).collect();
    all.join("; ")
}

/// The head of a record that has none, which must be whole.
fn whole_head(path: &Path, file: &mut File, length: u64) -> Result<Head, RecordError> {
    let io = RecordError::io(path);
    file.seek(SeekFrom::Start(0)).map_err(&io)?;
    let mut start = vec![0; DIGITS + 2 + SCHEMA.len() + 12];
    let read = (&*file)
        .take(start.len() as u64)
        .read(&mut start)
        .map_err(&io)?;
    start.truncate(read);
    let begins = split(&start).is_some_and(|(_, json)| json.contains(SCHEMA));
    if !begins {
        return Err(RecordError::place(
            path,
            format!(
                "this is no record of {SCHEMA}, and it was left as it is; name a new file or a record with --record"
            ),
        ));
    }
    file.seek(SeekFrom::Start(0)).map_err(&io)?;
    let (mut link, mut bytes) = (Link::start(), 0);
    let mut lines = Lines::new((&*file).take(length));
    while let Some((line, ended)) = lines.next().map_err(&io)? {
        let followed = match ended {
            true => link.follow(line),
            false => Err(Fault::Unfinished),
        };
        link = followed.map_err(|fault| {
            let entry = link.entry + 1;
            RecordError::not_whole(
                path,
                format!("its head is missing, and it is not whole at entry {entry}: {fault}"),
            )
        })?;
        bytes += line.len() as u64 + 1;
    }
    Ok(Head {
        entries: link.entry,
        hash: link.hash,
        bytes,
        ..Head::empty(path)
    })
}

/// Checks that the entry that a head tells of ends where it says.
fn at_head(path: &Path, file: &mut File, head: &Head) -> Result<Link, RecordError> {
    if head.entries == 0 {
        return Ok(Link::start());
    }
    let io = RecordError::io(path);
    let mut line: Vec<u8> = Vec::new();
    let mut from = head.bytes;
    let begins = loop {
        let step = STEP.min(from);
        from -= step;
        let mut part = vec![0; usize::try_from(step).unwrap_or_default()];
        file.seek(SeekFrom::Start(from)).map_err(&io)?;
        file.read_exact(&mut part).map_err(&io)?;
        part.append(&mut line);
        line = part;
        // The newline at the end belongs to the line itself.
        let inside = line.len().saturating_sub(1);
        let newline = line.get(..inside).and_then(|l| memchr::memrchr(b'\n', l));
        if let Some(place) = newline {
            break place + 1;
        }
        if from == 0 {
            break 0;
        }
    };
    let line = line.get(begins..).unwrap_or_default();
    let checked = line.strip_suffix(b"\n").and_then(split);
    let same = checked.is_some_and(|(hash, json)| {
        let number = format!("{{\"schema\":\"{SCHEMA}\",\"entry\":{},", head.entries);
        hash == head.hash && digest(json.as_bytes()) == hash && json.starts_with(&number)
    });
    match same {
        true => Ok(Link {
            entry: head.entries,
            hash: head.hash.clone(),
            // What follows was appended later.
            appended_from: 0,
        }),
        false => Err(RecordError::not_whole(
            path,
            format!(
                "entry {} is not the one that its head tells of: the record or the head was changed",
                head.entries
            ),
        )),
    }
}

/// Moves torn bytes into a file beside the record.
fn set_aside(
    path: &Path,
    file: &mut File,
    link: &Link,
    range: std::ops::Range<u64>,
    now: &str,
) -> Result<(), RecordError> {
    let io = RecordError::io(path);
    let day: String = now.chars().filter(|c| !"-:".contains(*c)).collect();
    let mut place = beside(path, &format!(".torn-{}-{day}", link.entry));
    let mut number = 1;
    let mut kept = loop {
        match OpenOptions::new().write(true).create_new(true).open(&place) {
            Ok(file) => break file,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists && number < 1000 => {
                number += 1;
                place = beside(path, &format!(".torn-{}-{day}-{number}", link.entry));
            }
            Err(e) => return Err(RecordError::io(&place)(e)),
        }
    };
    file.seek(SeekFrom::Start(range.start)).map_err(&io)?;
    std::io::copy(&mut (&*file).take(range.end - range.start), &mut kept)
        .and_then(|_| kept.flush())
        .and_then(|()| kept.sync_all())
        .map_err(RecordError::io(&place))?;
    sync_folder(path)?;
    file.set_len(range.start)
        .and_then(|()| file.sync_all())
        .map_err(&io)
}

/// Torn bytes after this entry that no entry has told of yet: those after an earlier one were told by the
/// entry that came next.
fn torn_after(path: &Path, entry: u64) -> Result<Vec<Torn>, RecordError> {
    let folder = folder_of(path);
    let io = RecordError::io(folder);
    let start = beside(
        Path::new(path.file_name().unwrap_or_default()),
        &format!(".torn-{entry}-"),
    );
    let start = start.to_string_lossy().into_owned();
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).map_err(&io)? {
        let item = item.map_err(&io)?;
        let name = item.file_name().to_string_lossy().into_owned();
        if !name.starts_with(&start) || !item.file_type().map_err(&io)?.is_file() {
            continue;
        }
        let bytes = std::fs::read(item.path()).map_err(RecordError::io(&item.path()))?;
        found.push(Torn {
            file: name,
            sha256: digest(&bytes),
            bytes: bytes.len() as u64,
        });
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(found)
}

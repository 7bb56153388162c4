//! Reading a record line by line.

use super::entry::Entry;
use super::error::RecordError;
use super::line::{Fault, LONGEST, Link, split};
use super::place;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Take};
use std::path::{Path, PathBuf};

/// Lines of a stream, each with whether it ended.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader: BufReader::with_capacity(1 << 20, reader),
            line: Vec::new(),
        }
    }

    /// The next line without its newline, and whether it had one; `None` at the end.
    pub fn next(&mut self) -> std::io::Result<Option<(&[u8], bool)>> {
        self.line.clear();
        let read = (&mut self.reader)
            .take(LONGEST)
            .read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        let ended = self.line.last() == Some(&b'\n');
        if !ended && read as u64 == LONGEST {
            return Err(std::io::Error::other(format!(
                "a line is longer than {LONGEST} bytes, which no entry is"
            )));
        }
        let end = self.line.len() - usize::from(ended);
        Ok(Some((&self.line[..end], ended)))
    }
}

/// Entries of a record from the first on, each checked to follow the one before.
pub struct Entries {
    path: PathBuf,
    lines: Lines<Take<File>>,
    link: Link,
    failed: bool,
}

impl Entries {
    /// Opens a record.
    ///
    /// # Errors
    /// [`RecordError`] where it cannot be read or can be no record.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        let (file, length) = place::to_read(path)?;
        Ok(Self::of(path, file, length))
    }

    /// The entries in the first bytes of a file.
    pub(super) fn of(path: &Path, file: File, length: u64) -> Self {
        Self {
            path: path.to_owned(),
            lines: Lines::new(file.take(length)),
            link: Link::start(),
            failed: false,
        }
    }

    /// The record.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn step(&mut self) -> Result<Option<Entry>, RecordError> {
        let Some((line, ended)) = self.lines.next().map_err(RecordError::io(&self.path))? else {
            return Ok(None);
        };
        let wrong = |fault: Fault| {
            let place = self.link.entry + 1;
            RecordError::place(
                &self.path,
                format!(
                    "the record is not whole at entry {place}: {fault} (`specid record verify` tells more)"
                ),
            )
        };
        if !ended {
            return Err(wrong(Fault::Unfinished));
        }
        let link = self.link.follow(line).map_err(wrong)?;
        let (hash, json) = split(line).ok_or_else(|| wrong(Fault::NotAnEntry))?;
        let entry = Entry::parse(hash, json).map_err(|e| wrong(Fault::NotJson(e.to_string())))?;
        self.link = link;
        Ok(Some(entry))
    }
}

impl Iterator for Entries {
    type Item = Result<Entry, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let step = self.step().transpose();
        self.failed = matches!(step, Some(Err(_)));
        step
    }
}

//! The zip file around a package: exactly three members, read into memory within limits.
//!
//! The central directory is walked here before a member is unpacked, because what is refused (a name
//! twice, a link, a folder, a locked member, a lie about sizes) is what zip libraries pass over. No
//! name from the file is ever used as a path.

use super::refusal::Refusal;
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What the package says of itself.
pub const MANIFEST: &str = "manifest.json";
/// The signature of the manifest: 64 bytes.
pub const SIGNATURE: &str = "manifest.sig";
/// The records, a line each.
pub const RECORDS: &str = "records.jsonl";

/// Members that may unpack to more than [`Limits::ratio`] times their size: they are small.
const SMALL: u64 = 1 << 20;

/// How much of a package may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the package file.
    pub package_bytes: u64,
    /// Bytes of the unpacked manifest.
    pub manifest_bytes: u64,
    /// Bytes of the unpacked records.
    pub records_bytes: u64,
    /// How many times its packed size a member larger than 1 MiB may have.
    pub ratio: u64,
    /// Records.
    pub records: usize,
    /// Points of one record.
    pub points: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            package_bytes: 1 << 30,
            manifest_bytes: 64 << 20,
            records_bytes: 1 << 30,
            ratio: 200,
            records: 2_000_000,
            points: 1 << 24,
        }
    }
}

/// The three members, unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// [`MANIFEST`].
    pub manifest: Vec<u8>,
    /// [`SIGNATURE`].
    pub signature: Vec<u8>,
    /// [`RECORDS`].
    pub records: Vec<u8>,
}

impl Members {
    /// The package file.
    ///
    /// # Errors
    /// Where the members are too large for a plain zip file (4 GiB).
    pub fn pack(&self) -> std::io::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .unix_permissions(0o644);
        for (name, bytes) in [
            (MANIFEST, &self.manifest),
            (SIGNATURE, &self.signature),
            (RECORDS, &self.records),
        ] {
            zip.start_file(name, options)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    /// Unpacks a package file.
    ///
    /// # Errors
    /// [`Refusal`] where it is anything else than these three members within the limits.
    pub fn unpack(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        within("bytes", bytes.len() as u64, limits.package_bytes)?;
        let sizes = walk(bytes)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| not_whole(&e))?;
        let mut member = |name: &'static str, limit: u64| {
            let size = sizes.get(name).ok_or_else(|| Refusal::NotAPackage {
                why: format!("it has no {name}"),
            })?;
            within("unpacked bytes", size.unpacked, limit)?;
            if size.unpacked > SMALL && size.unpacked / size.packed.max(1) > limits.ratio {
                return Err(Refusal::TooLarge {
                    what: "times its packed size",
                    found: size.unpacked / size.packed.max(1),
                    limit: limits.ratio,
                });
            }
            let file = archive.by_name(name).map_err(|e| not_whole(&e))?;
            let mut unpacked = Vec::new();
            let damaged = |why: String| Refusal::Damaged { member: name, why };
            file.take(size.unpacked + 1)
                .read_to_end(&mut unpacked)
                .map_err(|e| damaged(e.to_string()))?;
            match unpacked.len() as u64 == size.unpacked {
                true => Ok(unpacked),
                false => Err(damaged("its length is not the stated one".to_owned())),
            }
        };
        Ok(Self {
            manifest: member(MANIFEST, limits.manifest_bytes)?,
            signature: member(SIGNATURE, 64)?,
            records: member(RECORDS, limits.records_bytes)?,
        })
    }
}

/// An error where more is found than may be.
pub(super) fn within(what: &'static str, found: u64, limit: u64) -> Result<(), Refusal> {
    match found <= limit {
        true => Ok(()),
        false => Err(Refusal::TooLarge { what, found, limit }),
    }
}

fn not_whole(error: &zip::result::ZipError) -> Refusal {
    Refusal::NotAPackage {
        why: error.to_string(),
    }
}

#[derive(Debug, Clone, Copy)]
struct Size {
    packed: u64,
    unpacked: u64,
}

/// Little-endian numbers at a place, checked.
struct Place<'a>(&'a [u8]);

impl Place<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(*self.0.get(at..)?.first_chunk()?))
    }

    fn long(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.0.get(at..)?.first_chunk()?))
    }
}

/// Bytes of the record at the end of a zip file without comment, and of a directory entry.
const END: usize = 22;
const ENTRY: usize = 46;

/// Sizes of the members by name, from the central directory (APPNOTE.TXT 4.3.12, 4.3.16).
fn walk(bytes: &[u8]) -> Result<HashMap<&'static str, Size>, Refusal> {
    let broken = |why: &str| Refusal::NotAPackage {
        why: why.to_owned(),
    };
    let end_at = bytes.len().checked_sub(END);
    let end_at = end_at.ok_or_else(|| broken("it is too short"))?;
    let end = Place(&bytes[end_at..]);
    if end.long(0) != Some(0x0605_4b50) || end.short(20) != Some(0) {
        return Err(broken("its end is missing or is not that of a zip file"));
    }
    let (first_disk, count, all) = (end.long(4), end.short(8), end.short(10));
    let (length, start) = (end.long(12).unwrap_or(0), end.long(16).unwrap_or(0));
    let (length, start) = (length as usize, start as usize);
    if first_disk != Some(0) || count != all || start.checked_add(length) != Some(end_at) {
        return Err(broken("its directory is not where its end says"));
    }
    let mut rest = bytes.get(start..end_at).unwrap_or_default();
    let mut sizes = HashMap::new();
    while !rest.is_empty() {
        let place = Place(rest);
        let name_length = place.short(28).map_or(0, usize::from);
        let name = rest.get(ENTRY..ENTRY + name_length);
        let name = name.ok_or_else(|| broken("its directory is cut off"))?;
        if place.long(0) != Some(0x0201_4b50) {
            return Err(broken("its directory is damaged"));
        }
        let (known, size) = directory_entry(&place, name)?;
        if sizes.insert(known, size).is_some() {
            return Err(Refusal::DuplicateMember {
                name: known.to_owned(),
            });
        }
        rest = &rest[ENTRY + name_length..];
    }
    match usize::from(count.unwrap_or(0)) == sizes.len() {
        true => Ok(sizes),
        false => Err(broken("its directory has another length than it says")),
    }
}

/// One member: known by name, a plain file, deflated or stored, not locked, with nothing attached.
fn directory_entry(place: &Place<'_>, name: &[u8]) -> Result<(&'static str, Size), Refusal> {
    let shown = || String::from_utf8_lossy(name).into_owned();
    let number = |at| place.short(at).unwrap_or(u16::MAX);
    let long = |at| place.long(at).unwrap_or(u32::MAX);
    // The upper half of the outer attributes is the Unix mode where the maker was Unix.
    let (attributes, unix) = (long(38), number(4) >> 8 == 3);
    let kind = (attributes >> 16) & 0o170_000;
    let unsafe_member = |what| {
        Err(Refusal::UnsafeMember {
            name: shown(),
            what,
        })
    };
    if name.ends_with(b"/") || attributes & 0x10 != 0 || (unix && kind == 0o040_000) {
        return unsafe_member("a folder");
    }
    if unix && kind == 0o120_000 {
        return unsafe_member("a link to another file");
    }
    let path = String::from_utf8_lossy(name).replace('\\', "/");
    if path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..") {
        return unsafe_member("a path to somewhere else");
    }
    if number(8) & 0x2041 != 0 {
        return unsafe_member("encrypted");
    }
    let known = [MANIFEST, SIGNATURE, RECORDS]
        .into_iter()
        .find(|known| known.as_bytes() == name);
    let known = known.ok_or_else(|| Refusal::UnknownMember { name: shown() })?;
    if !matches!(number(10), 0 | 8) {
        return unsafe_member("packed in another way than deflate");
    }
    // Extra fields and comments could carry a second name or second sizes.
    if number(30) != 0 || number(32) != 0 {
        return unsafe_member("a file with extra fields or comments");
    }
    if long(20) == u32::MAX || long(24) == u32::MAX {
        return unsafe_member("a file in the form for more than 4 GB");
    }
    let size = Size {
        packed: u64::from(long(20)),
        unpacked: u64::from(long(24)),
    };
    Ok((known, size))
}

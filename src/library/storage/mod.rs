//! Library files: HDF5, written beside the old file and renamed into place, read memory-mapped.
//!
//! This folder is the only one that names `hdf5`. Layout, all datasets contiguous and one-dimensional,
//! numbers little-endian:
//!
//! ```text
//! /                      attributes: schema, info (JSON: name, generation, hash, created, ...),
//!                        prepared (SHA-256 of all below /prepared; absent in old files),
//!                        validation (JSON; absent where none was stored)
//! /entries/json          u8   one JSON object per entry, UTF-8, one after another
//! /entries/json_offsets  u64  start of each, and the end of the last
//! /entries/y, y_offsets  f64, u64   ordinates as imported
//! /entries/x, x_offsets  f64, u64   abscissas of entries whose axis is not even
//! /entries/substance     u32  equal for entries of one substance
//! /entries/since         u32  generation that added or last changed each (absent in old files)
//! /probes                u8   JSON array of spectra kept with a validation (absent in old files)
//! /history               u8   JSON array of the records of all generations (absent in old files)
//! /prepared/FAMILY       attributes: recipe (JSON), calibration (JSON, where there is one)
//!   entry, start, end    u32  entry of each row, its measured grid range
//!   values               f32  rows * grid points, row-major
//!   bounds/              many curves only: the columns of [`Bounds`]
//!   columns/             many EI references only: those of [`IonColumns`]
//!   majors/              many EI references only: those of [`MajorIons`](super::MajorIons) (absent in old files)
//! /prepared/ms-ms
//!   entry                u32  entry of each row
//!   offsets, mz, weight  u64, f64, f64   peaks at 0.02 m/z
//!   unit_offsets, ...    the same at unit resolution
//!   at_unit, mass_exact  u8   measured at unit resolution; mass is of the formula
//!   precursor, mass      f64  m/z of the ion, neutral monoisotopic mass; NaN where not known
//!   polarity             i8   1, -1, 0 where not stated
//!   index/               many only: six groups, of peaks and of losses, each with the columns of
//!                        [`Placed`](super::Placed) (absent in old files)
//! ```
//!
//! After the HDF5 part stands a directory of the same attributes and datasets (`directory.rs`; absent in old files).
//!
//! A file is never changed in place: an interrupted write leaves the old generation as it was.

mod directory;
mod read;
mod write;

use super::{Group, Info, Library, LibraryError, Prepared, SCHEMA};
use crate::file::{folder_of, put};
use crate::prepare::Family;
use directory::{Behind, Directory};
use memmap2::Mmap;
use read::{Filed, Place};
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::Arc;
use write::write_hdf5;

/// Datasets of at least this many bytes start at a multiple of it, so that they can be mapped.
const ALIGNMENT: u64 = 4096;
/// How often a library is opened anew that is replaced meanwhile.
const OPENINGS: usize = 100;

/// Writes a library to `path`: a new file beside it, flushed, read back and checked, then renamed.
/// Keeps no record and no earlier generation; [`Store`](super::Store) does.
///
/// # Errors
/// [`LibraryError::Io`] where the folder cannot be written, [`LibraryError::Format`] where HDF5
/// fails or the file does not read back as it was written. The old file stays in both cases.
pub fn write(library: &Library, path: &Path) -> Result<(), LibraryError> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder).map_err(|e| refused(path, e))?;
    let new = tempfile::Builder::new()
        .prefix(".specid-")
        .suffix(".new")
        .tempfile_in(folder)
        .map_err(|e| refused(path, e))?;
    write_checked(library, new.path())?;
    put(new, path).map_err(|e| refused(path, e))
}

/// Writes a library into the file `path`, flushes it to the disk, reads it back and compares.
///
/// # Errors
/// As [`write()`]; what was written of the file may stay.
pub(super) fn write_checked(library: &Library, path: &Path) -> Result<(), LibraryError> {
    check_room(path, write::size(library)).map_err(|e| refused(path, e))?;
    let written = write_hdf5(library, path).and_then(|()| Directory::append(path));
    written.map_err(|e| failed(path, &e))?;
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .map_err(|e| refused(path, e))?;
    file.sync_all().map_err(|e| refused(path, e))?;
    let back = open(path)?;
    let same = back.info == library.info && back.history[..] == library.history[..];
    match same && back.verify().is_ok() {
        true => Ok(()),
        false => Err(LibraryError::Format {
            path: path.to_owned(),
            message: "the new file does not read back as it was written; the old one was kept"
                .to_owned(),
        }),
    }
}

/// Looks whether the disk has room for a file of this size now: the HDF5 library cannot be relied on to end in
/// order where it has not. Nothing is reserved, since HDF5 empties the file and gives the room back: what others
/// write meanwhile may take it. File systems that cannot tell are taken at their word.
#[cfg(unix)]
fn check_room(path: &Path, bytes: u64) -> std::io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;
    let file = File::create(path)?;
    match fallocate(&file, FallocateFlags::empty(), 0, bytes) {
        Ok(()) | Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Room cannot be asked for there.
#[cfg(not(unix))]
fn check_room(_path: &Path, _bytes: u64) -> std::io::Result<()> {
    Ok(())
}

/// The system's refusal, with the file.
pub(super) fn refused(path: &Path, source: std::io::Error) -> LibraryError {
    LibraryError::Io {
        path: path.to_owned(),
        source,
    }
}

fn failed(path: &Path, error: &hdf5::Error) -> LibraryError {
    LibraryError::Format {
        path: path.to_owned(),
        message: format!("the library file cannot be written ({error}); is the disk full?"),
    }
}

/// Opens a library file. Reads its directory, or where it has none the attributes of its HDF5 part, and maps
/// the rest.
///
/// # Errors
/// [`LibraryError::Io`] where the file cannot be read, [`LibraryError::Format`] where it is not a
/// library, was written by a newer program, or is damaged.
pub fn open(path: &Path) -> Result<Library, LibraryError> {
    for _ in 0..OPENINGS {
        if let Some(library) = open_once(path)? {
            return Ok(library);
        }
    }
    Err(LibraryError::Format {
        path: path.to_owned(),
        message: "the library was replaced again and again while it was being opened; try again"
            .to_owned(),
    })
}

/// Whether a file's directory is whole and says what HDF5 says of it, or there is nothing behind the HDF5 part:
/// programs that read HDF5 then see the same library.
///
/// # Errors
/// [`LibraryError::Io`] where the file cannot be read, [`LibraryError::Format`] where HDF5 cannot read it.
pub(super) fn directory_holds(path: &Path) -> Result<bool, LibraryError> {
    let bytes = std::fs::File::open(path).and_then(|file| {
        // SAFETY: as in `open_once`.
        unsafe { Mmap::map(&file) }
    });
    let bytes = bytes.map_err(|source| LibraryError::Io {
        path: path.to_owned(),
        source,
    })?;
    let directory = match Directory::of(&bytes) {
        Behind::Nothing => return Ok(true),
        Behind::Damaged => return Ok(false),
        Behind::Directory(directory) => directory,
    };
    let own = Directory::of_hdf5(path).map_err(|e| damaged(path, &e))?;
    Ok(own == Some(directory))
}

/// Whether `path` still names the file that was opened.
#[cfg(unix)]
fn is_still(opened: &File, path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (a, b) = (opened.metadata()?, std::fs::metadata(path)?);
    Ok((a.dev(), a.ino()) == (b.dev(), b.ino()))
}

/// An open file cannot be replaced there.
#[cfg(not(unix))]
fn is_still(_opened: &File, _path: &Path) -> std::io::Result<bool> {
    Ok(true)
}

/// Maps the file and lets HDF5 open it; `None` where a new generation took its place between the two.
fn open_once(path: &Path) -> Result<Option<Library>, LibraryError> {
    let io = |source| LibraryError::Io {
        path: path.to_owned(),
        source,
    };
    let wrong = |message: String| wrong(path, message);
    let raw = File::open(path).map_err(io)?;
    if raw.metadata().map_err(io)?.is_dir() {
        return Err(wrong(
            "this is a folder, not a library; name the library's file".to_owned(),
        ));
    }
    if raw.metadata().map_err(io)?.len() == 0 {
        return Err(wrong(
            "the file is empty; it is not a specid library".to_owned(),
        ));
    }
    // SAFETY: library files are write-once: this program replaces them by renaming and never
    // changes one in place, so the mapped bytes do not change while the map lives.
    let map = Arc::new(unsafe { Mmap::map(&raw) }.map_err(io)?);
    if !map.starts_with(b"\x89HDF\r\n\x1a\n") {
        return Err(wrong(
            "this is not a specid library (no HDF5 file); make one with `specid library import`"
                .to_owned(),
        ));
    }
    // What a damaged one says is not needed.
    if let Behind::Directory(directory) = Directory::of(&map) {
        return library(&directory.root(&map), path).map(Some);
    }
    let file = hdf5::File::open(path);
    if !is_still(&raw, path).map_err(io)? {
        return Ok(None);
    }
    let group = file.and_then(|file| file.group("/"));
    let group = group.map_err(|e| damaged(path, &e))?;
    library(&Filed { group, map: &map }, path).map(Some)
}

fn wrong(path: &Path, message: String) -> LibraryError {
    LibraryError::Format {
        path: path.to_owned(),
        message,
    }
}

fn damaged(path: &Path, error: &hdf5::Error) -> LibraryError {
    wrong(
        path,
        format!("the library is damaged ({error}); restore it from a copy"),
    )
}

/// The library whose outermost group this is.
fn library(root: &impl Place, path: &Path) -> Result<Library, LibraryError> {
    let wrong = |message: String| wrong(path, message);
    let damaged = |e: hdf5::Error| damaged(path, &e);
    let schema = root.text("schema").map_err(damaged)?.unwrap_or_default();
    if schema != SCHEMA {
        return Err(wrong(format!(
            "this is not a library that this version reads; expected schema {SCHEMA:?}, found {schema:?}"
        )));
    }
    let info = root.text("info").map_err(damaged)?.unwrap_or_default();
    let info: Info = serde_json::from_str(&info)
        .map_err(|e| wrong(format!("the library's description is damaged ({e})")))?;
    let validation = root.text("validation").map_err(damaged)?;
    let validation = validation.map(|json| serde_json::from_str(&json));
    let validation = validation
        .transpose()
        .map_err(|e| wrong(format!("the stored validation is damaged ({e})")))?;
    let library = Library {
        info,
        path: Some(path.to_owned()),
        validation,
        entries: read::entries(root).map_err(damaged)?,
        probes: root.optional("probes").map_err(damaged)?,
        history: root.optional("history").map_err(damaged)?,
        groups: read::groups(root).map_err(damaged)?,
        prepared: root.text("prepared").map_err(damaged)?.unwrap_or_default(),
        ..Library::default()
    };
    check_recipes(&library).map_err(wrong)?;
    check_lengths(&library).map_err(wrong)?;
    Ok(library)
}

/// What must hold for a query to be prepared as the references of its family were.
fn check_recipes(library: &Library) -> Result<(), String> {
    let sound = |(family, group): (&Family, &Group)| {
        group.recipe.family == *family && group.recipe.is_sound()
    };
    let wrong = library.groups.iter().find(|group| !sound(*group));
    match wrong {
        None => Ok(()),
        Some((family, _)) => Err(format!(
            "the library is damaged (nothing can be prepared as its {} references say they were); restore it from a copy",
            family.id()
        )),
    }
}

/// What must hold for every look-up to stay inside the columns.
fn check_lengths(library: &Library) -> Result<(), String> {
    let entries = &library.entries;
    let rows = entries.substance.len();
    let fits = [
        &entries.json_offsets,
        &entries.y_offsets,
        &entries.x_offsets,
    ]
    .iter()
    .all(|offsets| offsets.len() == rows + 1)
        && (entries.since.is_empty() || entries.since.len() == rows);
    let groups = library.groups.values().all(|group| match &group.prepared {
        Prepared::Curves(c) => {
            c.start.len() == group.len()
                && c.end.len() == group.len()
                && c.points == group.recipe.grid.points
                && Some(c.values.len()) == group.len().checked_mul(c.points)
                && c.bounds.as_ref().is_none_or(|bounds| {
                    let rows = bounds.view().map(|view| view.rows());
                    rows == Some(group.len())
                })
                && c.columns.as_ref().is_none_or(|columns| {
                    let rows = columns.view().map(|view| view.rows());
                    rows == Some(group.len())
                })
                && (c.majors.as_ref()).is_none_or(|majors| majors.rows() == Some(group.len()))
        }
        Prepared::Peaks(p) => p.fits(group.len()),
    });
    match fits && groups {
        true => Ok(()),
        false => Err(
            "the library is damaged (its columns differ in length); restore it from a copy"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests;

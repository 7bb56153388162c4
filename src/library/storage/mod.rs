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

use super::{Info, Library, LibraryError, Prepared, SCHEMA};
use crate::file::{folder_of, put};
use directory::Directory;
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

/// Whether a file's directory says what HDF5 says of it, or there is none: programs that read HDF5 then see the
/// same library.
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
    let Some(directory) = Directory::of(&bytes) else {
        return Ok(true);
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
    if let Some(directory) = Directory::of(&map) {
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
    let schema = root.text("schema").ok().flatten().unwrap_or_default();
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
    check_lengths(&library).map_err(wrong)?;
    Ok(library)
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
                && c.values.len() == group.len() * c.points
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
mod tests {
    use super::*;
    use crate::library::{
        Builder, Rate, ReferenceKind, ValidatedFigures, ValidatedFile, ValidationSummary,
    };
    use crate::prepare::Family;
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn library() -> Library {
        let mut builder = Builder::new(Info {
            name: "test".to_owned(),
            ..Info::default()
        });
        let mut add = |technique, shape, axis: Axis, y: Vec<f64>, name: &str| {
            let mut spectrum = Spectrum::new(technique, shape, axis, y);
            spectrum.title = name.to_owned();
            builder.add(spectrum, ReferenceKind::FullSpectrum);
        };
        let even = Axis::Even {
            first: 200.0,
            last: 2198.0,
            points: 1000,
        };
        let curve = (0..1000).map(|i| f64::from((i * 37) % 101)).collect();
        add(Technique::Raman, Shape::Profile, even, curve, "curve");
        let ions = Axis::Explicit(vec![58.0, 77.0, 105.0]);
        add(
            Technique::EiMs,
            Shape::Sticks,
            ions.clone(),
            vec![100.0, 7.0, 9.0],
            "ions",
        );
        add(
            Technique::MsMs,
            Shape::Sticks,
            ions,
            vec![100.0, 7.0, 9.0],
            "product ions",
        );
        add(
            Technique::Unknown,
            Shape::Sticks,
            Axis::Explicit(vec![1.0]),
            vec![1.0],
            "unknown",
        );
        builder.build(&|| {}).0
    }

    #[test]
    fn what_is_written_is_read_back_mapped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.h5");
        let made = library();
        write(&made, &path).unwrap();
        let back = open(&path).unwrap();
        assert_eq!(back.info, made.info);
        assert_eq!(back.content_hash(), made.info.hash);
        for index in 0..made.len() {
            assert_eq!(back.entry(index).unwrap(), made.entry(index).unwrap());
            assert_eq!(back.spectrum(index).unwrap(), made.spectrum(index).unwrap());
        }
        let (Some(Prepared::Curves(a)), Some(Prepared::Curves(b))) = (
            made.group(Family::Raman).map(|g| &g.prepared),
            back.group(Family::Raman).map(|g| &g.prepared),
        ) else {
            panic!("no Raman group");
        };
        assert_eq!(a.matrix(), b.matrix());
        assert_eq!(a.range(0), b.range(0));
        assert!(b.values.is_mapped() && !a.values.is_mapped());
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "no temporary file stays");
    }

    #[test]
    fn a_validation_is_kept_and_hashed_only_where_there_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.h5");
        let mut library = library();
        let plain = library.info.hash.clone();
        assert_eq!(plain, library.entries_hash());
        assert_eq!(library.validation_is_current(), None);
        let files = (0..2000).map(|i| ValidatedFile {
            path: format!("a rather long name of a folder/and of a file {i}.jdx"),
            ..ValidatedFile::default()
        });
        let rate = Rate::wilson(2, 3, "tries");
        library.set_validation(ValidationSummary {
            entries_hash: library.entries_hash(),
            files: files.collect(),
            figures: vec![ValidatedFigures {
                rank1: rate,
                ..ValidatedFigures::default()
            }],
            ..ValidationSummary::default()
        });
        assert_ne!(library.info.hash, plain);
        write(&library, &path).unwrap();
        let back = open(&path).unwrap();
        assert_eq!(back.validation, library.validation);
        assert_eq!(back.content_hash(), library.info.hash);
        let kept = |library: Library| library.validation_is_current();
        let same = Builder::from_library(&back).unwrap().build(&|| {}).0;
        assert_eq!(kept(same), Some(true));
        let mut more = Builder::from_library(&back).unwrap();
        let axis = Axis::Explicit(vec![41.0, 43.0]);
        let ions = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, vec![9.0, 1.0]);
        more.add(ions, ReferenceKind::FullSpectrum);
        assert_eq!(kept(more.build(&|| {}).0), Some(false));
    }

    #[test]
    fn a_file_says_the_same_with_and_without_its_directory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.h5");
        let made = library();
        write(&made, &path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let end = directory::end_of_hdf5(&whole).unwrap();
        assert!(Directory::of(&whole).is_some());
        // Cut off, damaged, and moved: read through HDF5 each time.
        let mut damaged = whole.clone();
        damaged[end + 9] ^= 1;
        let moved = [&whole[..end], b"behind it", &whole[end..]].concat();
        for other in [whole[..end].to_vec(), damaged, moved] {
            assert!(Directory::of(&other).is_none());
            let path = folder.path().join("other.h5");
            std::fs::write(&path, other).unwrap();
            let (listed, filed) = (
                open(folder.path().join("a.h5").as_path()).unwrap(),
                open(&path).unwrap(),
            );
            for back in [&listed, &filed] {
                assert_eq!(back.info, made.info);
                assert_eq!(back.entries.since[..], made.entries.since[..]);
                assert_eq!(back.groups.len(), made.groups.len());
                back.verify().unwrap();
            }
            assert_eq!(listed.prepared, filed.prepared);
            assert_eq!(listed.prepared_hash(), filed.prepared_hash());
        }
    }

    #[test]
    fn a_directory_that_says_otherwise_than_hdf5_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.h5");
        write(&library(), &path).unwrap();
        open(&path).unwrap().verify().unwrap();
        let whole = std::fs::read(&path).unwrap();
        let directory = Directory::of(&whole).unwrap();
        std::fs::write(&path, &whole[..directory::end_of_hdf5(&whole).unwrap()]).unwrap();
        directory.falsify(&path, "note", "not in the HDF5 part");
        assert!(!directory_holds(&path).unwrap());
        let refused = open(&path).unwrap().verify().unwrap_err().to_string();
        assert!(refused.contains("its directory"), "{refused}");
    }

    #[test]
    fn a_cut_or_foreign_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.h5");
        write(&library(), &path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        // Without its directory the file is whole: the next test.
        let whole = &whole[..directory::end_of_hdf5(&whole).unwrap()];
        let cut = folder.path().join("cut.h5");
        for part in 0..64 {
            std::fs::write(&cut, &whole[..whole.len() * part / 64]).unwrap();
            assert!(open(&cut).is_err(), "cut at {part}/64");
        }
        std::fs::write(&cut, "Name: x\nNum Peaks: 1\n1 1\n").unwrap();
        let message = open(&cut).unwrap_err().to_string();
        assert!(message.contains("not a specid library"), "{message}");
    }
}

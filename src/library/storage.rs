//! Library files: HDF5, written beside the old file and renamed into place, read memory-mapped.
//!
//! This is the only module that names `hdf5`. Layout, all datasets contiguous and one-dimensional,
//! numbers little-endian:
//!
//! ```text
//! /                      attributes: schema, info (JSON: name, generation, hash, created, ...),
//!                        validation (JSON; absent where none was stored)
//! /entries/json          u8   one JSON object per entry, UTF-8, one after another
//! /entries/json_offsets  u64  start of each, and the end of the last
//! /entries/y, y_offsets  f64, u64   ordinates as imported
//! /entries/x, x_offsets  f64, u64   abscissas of entries whose axis is not even
//! /entries/substance     u32  equal for entries of one substance
//! /prepared/FAMILY       attributes: recipe (JSON), calibration (JSON, where there is one)
//!   entry, start, end    u32  entry of each row, its measured grid range
//!   values               f32  rows * grid points, row-major
//!   bounds/              many curves only: the columns of [`Bounds`]
//!   columns/             many EI references only: those of [`IonColumns`]
//! /prepared/ms-ms
//!   entry                u32  entry of each row
//!   offsets, mz, weight  u64, f64, f64   peaks at 0.02 m/z
//!   unit_offsets, ...    the same at unit resolution
//!   at_unit, mass_exact  u8   measured at unit resolution; mass is of the formula
//!   precursor, mass      f64  m/z of the ion, neutral monoisotopic mass; NaN where not known
//!   polarity             i8   1, -1, 0 where not stated
//! ```
//!
//! A file is never changed in place: an interrupted write leaves the old generation as it was.

use super::{
    Bounds, Column, Curves, EntryColumns, Group, Info, IonColumns, Library, LibraryError, Lists,
    PeakLists, Prepared, SCHEMA,
};
use crate::prepare::{Family, Recipe};
use bytemuck::Pod;
use hdf5::H5Type;
use hdf5::types::VarLenUnicode;
use memmap2::Mmap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Datasets of at least this many bytes start at a multiple of it, so that they can be mapped.
const ALIGNMENT: u64 = 4096;

/// Writes a library to `path`: a new file beside it, flushed, read back and checked, then renamed.
///
/// # Errors
/// [`LibraryError::Io`] where the folder cannot be written, [`LibraryError::Format`] where HDF5
/// fails or the file does not read back as it was written. The old file stays in both cases.
pub fn write(library: &Library, path: &Path) -> Result<(), LibraryError> {
    let io = |source| LibraryError::Io {
        path: path.to_owned(),
        source,
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(io)?;
    let new = tempfile::Builder::new()
        .prefix(".specid-")
        .suffix(".new")
        .tempfile_in(folder)
        .map_err(io)?;
    write_hdf5(library, new.path()).map_err(|e| failed(path, &e))?;
    new.as_file().sync_all().map_err(io)?;
    let back = open(new.path())?;
    if back.content_hash() != library.info.hash {
        return Err(LibraryError::Format {
            path: path.to_owned(),
            message: "the new file does not read back as it was written; the old one was kept"
                .to_owned(),
        });
    }
    drop(back);
    new.persist(path).map_err(|e| io(e.error))?;
    sync_folder(folder).map_err(io)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

fn failed(path: &Path, error: &hdf5::Error) -> LibraryError {
    LibraryError::Format {
        path: path.to_owned(),
        message: format!("the library file cannot be written or read ({error})"),
    }
}

fn write_hdf5(library: &Library, path: &Path) -> hdf5::Result<()> {
    let file = hdf5::File::with_options()
        .with_fapl(|p| p.alignment(ALIGNMENT, ALIGNMENT))
        .create(path)?;
    write_text(&file, "schema", SCHEMA)?;
    write_text(
        &file,
        "info",
        &serde_json::to_string(&library.info).unwrap_or_default(),
    )?;
    if let Some(validation) = &library.validation {
        let json = serde_json::to_string(validation).unwrap_or_default();
        write_text(&file, "validation", &json)?;
    }
    let entries = file.create_group("entries")?;
    let columns = &library.entries;
    write_column(&entries, "json", &columns.json)?;
    write_column(&entries, "json_offsets", &columns.json_offsets)?;
    write_column(&entries, "y", &columns.y)?;
    write_column(&entries, "y_offsets", &columns.y_offsets)?;
    write_column(&entries, "x", &columns.x)?;
    write_column(&entries, "x_offsets", &columns.x_offsets)?;
    write_column(&entries, "substance", &columns.substance)?;
    let prepared = file.create_group("prepared")?;
    for (family, group) in &library.groups {
        let place = prepared.create_group(family.id())?;
        write_text(&place, "recipe", &group.recipe.to_json())?;
        if let Some(calibration) = &group.calibration {
            let text = serde_json::to_string(calibration).unwrap_or_default();
            write_text(&place, "calibration", &text)?;
        }
        write_column(&place, "entry", &group.entry)?;
        match &group.prepared {
            Prepared::Curves(curves) => {
                write_column(&place, "start", &curves.start)?;
                write_column(&place, "end", &curves.end)?;
                write_column(&place, "values", &curves.values)?;
                if let Some(bounds) = &curves.bounds {
                    write_bounds(&place.create_group("bounds")?, bounds)?;
                }
                if let Some(columns) = &curves.columns {
                    write_ion_columns(&place.create_group("columns")?, columns)?;
                }
            }
            Prepared::Peaks(lists) => {
                write_lists(&place, "", &lists.fine)?;
                write_lists(&place, "unit_", &lists.unit)?;
                write_column(&place, "at_unit", &lists.at_unit)?;
                write_column(&place, "precursor", &lists.precursor)?;
                write_column(&place, "mass", &lists.mass)?;
                write_column(&place, "mass_exact", &lists.mass_exact)?;
                write_column(&place, "polarity", &lists.polarity)?;
            }
        }
    }
    file.flush()?;
    file.close()
}

fn write_lists(place: &hdf5::Group, prefix: &str, lists: &Lists) -> hdf5::Result<()> {
    write_column(place, &format!("{prefix}offsets"), &lists.offsets)?;
    write_column(place, &format!("{prefix}mz"), &lists.mz)?;
    write_column(place, &format!("{prefix}weight"), &lists.weight)
}

fn write_ion_columns(place: &hdf5::Group, columns: &IonColumns) -> hdf5::Result<()> {
    write_column(place, "start", &columns.start)?;
    write_column(place, "gone", &columns.gone)?;
    write_column(place, "strip_at", &columns.strip_at)?;
    write_column(place, "strips", &columns.strips)?;
    write_column(place, "list_at", &columns.list_at)?;
    write_column(place, "list_row", &columns.list_row)?;
    write_column(place, "list_code", &columns.list_code)
}

fn write_bounds(place: &hdf5::Group, bounds: &Bounds) -> hdf5::Result<()> {
    write_column(place, "shape", &bounds.shape)?;
    write_column(place, "basis", &bounds.basis)?;
    write_column(place, "steps", &bounds.steps)?;
    write_column(place, "first", &bounds.first)?;
    write_column(place, "codes", &bounds.codes)?;
    write_column(place, "norms", &bounds.norms)?;
    write_column(place, "rest", &bounds.rest)?;
    write_column(place, "sums", &bounds.sums)?;
    write_column(place, "squares", &bounds.squares)?;
    write_column(place, "ranges", &bounds.ranges)?;
    write_column(place, "range_of", &bounds.range_of)
}

fn write_column<T: Pod + H5Type>(
    place: &hdf5::Group,
    name: &str,
    column: &Column<T>,
) -> hdf5::Result<()> {
    let data = place.new_dataset::<T>().shape(column.len()).create(name)?;
    if column.is_empty() {
        return Ok(());
    }
    data.write_raw(&**column)
}

fn write_text(place: &hdf5::Location, name: &str, text: &str) -> hdf5::Result<()> {
    let value: VarLenUnicode = text
        .parse()
        .map_err(|_| hdf5::Error::from("text with a zero character"))?;
    place
        .new_attr::<VarLenUnicode>()
        .create(name)?
        .write_scalar(&value)
}

/// Opens a library file. Reads its attributes and maps the rest.
///
/// # Errors
/// [`LibraryError::Io`] where the file cannot be read, [`LibraryError::Format`] where it is not a
/// library, was written by a newer program, or is damaged.
pub fn open(path: &Path) -> Result<Library, LibraryError> {
    let io = |source| LibraryError::Io {
        path: path.to_owned(),
        source,
    };
    let wrong = |message: String| LibraryError::Format {
        path: path.to_owned(),
        message,
    };
    let raw = File::open(path).map_err(io)?;
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
    let file = hdf5::File::open(path).map_err(|e| {
        wrong(format!(
            "the library is damaged ({e}); restore it from a copy"
        ))
    })?;
    let schema = read_text(&file, "schema").unwrap_or_default();
    if schema != SCHEMA {
        return Err(wrong(format!(
            "this is not a library that this version reads; expected schema {SCHEMA:?}, found {schema:?}"
        )));
    }
    let reader = Reader { map };
    let damaged = |e: hdf5::Error| {
        wrong(format!(
            "the library is damaged ({e}); restore it from a copy"
        ))
    };
    let info = read_text(&file, "info").map_err(damaged)?;
    let info: Info = serde_json::from_str(&info)
        .map_err(|e| wrong(format!("the library's description is damaged ({e})")))?;
    let validation = match file.attr_names().map_err(damaged)? {
        names if names.iter().any(|n| n == "validation") => {
            let json = read_text(&file, "validation").map_err(damaged)?;
            let parsed = serde_json::from_str(&json);
            Some(parsed.map_err(|e| wrong(format!("the stored validation is damaged ({e})")))?)
        }
        _ => None,
    };
    let library = Library {
        info,
        path: Some(path.to_owned()),
        validation,
        entries: reader.entries(&file).map_err(damaged)?,
        groups: reader.groups(&file).map_err(damaged)?,
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
    .all(|offsets| offsets.len() == rows + 1);
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

struct Reader {
    map: Arc<Mmap>,
}

impl Reader {
    fn entries(&self, file: &hdf5::File) -> hdf5::Result<EntryColumns> {
        let place = file.group("entries")?;
        Ok(EntryColumns {
            json: self.column(&place, "json")?,
            json_offsets: self.column(&place, "json_offsets")?,
            y: self.column(&place, "y")?,
            y_offsets: self.column(&place, "y_offsets")?,
            x: self.column(&place, "x")?,
            x_offsets: self.column(&place, "x_offsets")?,
            substance: self.column(&place, "substance")?,
        })
    }

    fn groups(&self, file: &hdf5::File) -> hdf5::Result<std::collections::BTreeMap<Family, Group>> {
        let prepared = file.group("prepared")?;
        let names = prepared.member_names()?;
        Family::ALL
            .into_iter()
            .filter(|family| names.iter().any(|n| n == family.id()))
            .map(|family| Ok((family, self.group(&prepared.group(family.id())?, family)?)))
            .collect()
    }

    fn group(&self, place: &hdf5::Group, family: Family) -> hdf5::Result<Group> {
        let recipe: Recipe = serde_json::from_str(&read_text(place, "recipe")?)
            .map_err(|e| hdf5::Error::from(format!("recipe of {}: {e}", family.id())))?;
        let prepared = match family {
            Family::MsMs => Prepared::Peaks(PeakLists {
                fine: self.lists(place, "")?,
                unit: self.lists(place, "unit_")?,
                at_unit: self.column(place, "at_unit")?,
                precursor: self.column(place, "precursor")?,
                mass: self.column(place, "mass")?,
                mass_exact: self.column(place, "mass_exact")?,
                polarity: self.column(place, "polarity")?,
            }),
            _ => Prepared::Curves(Curves {
                points: recipe.grid.points,
                values: self.column(place, "values")?,
                start: self.column(place, "start")?,
                end: self.column(place, "end")?,
                bounds: self.bounds(place)?.map(Box::new),
                columns: self.ion_columns(place, recipe.grid.points)?.map(Box::new),
            }),
        };
        let calibration = match place.attr_names()?.iter().any(|name| name == "calibration") {
            true => Some(
                serde_json::from_str(&read_text(place, "calibration")?).map_err(|e| {
                    hdf5::Error::from(format!("calibration of {}: {e}", family.id()))
                })?,
            ),
            false => None,
        };
        Ok(Group {
            recipe,
            entry: self.column(place, "entry")?,
            prepared,
            calibration,
        })
    }

    /// What bounds the curves; libraries of few references, or made before there were bounds, have none.
    fn bounds(&self, place: &hdf5::Group) -> hdf5::Result<Option<Bounds>> {
        if !place.member_names()?.iter().any(|name| name == "bounds") {
            return Ok(None);
        }
        let place = place.group("bounds")?;
        Ok(Some(Bounds {
            shape: self.column(&place, "shape")?,
            basis: self.column(&place, "basis")?,
            steps: self.column(&place, "steps")?,
            first: self.column(&place, "first")?,
            codes: self.column(&place, "codes")?,
            norms: self.column(&place, "norms")?,
            rest: self.column(&place, "rest")?,
            sums: self.column(&place, "sums")?,
            squares: self.column(&place, "squares")?,
            ranges: self.column(&place, "ranges")?,
            range_of: self.column(&place, "range_of")?,
        }))
    }

    /// What finds the best EI references; libraries of few, or made before there was one, have none.
    fn ion_columns(&self, place: &hdf5::Group, points: usize) -> hdf5::Result<Option<IonColumns>> {
        if !place.member_names()?.iter().any(|name| name == "columns") {
            return Ok(None);
        }
        let place = place.group("columns")?;
        Ok(Some(IonColumns {
            points,
            start: self.column(&place, "start")?,
            gone: self.column(&place, "gone")?,
            strip_at: self.column(&place, "strip_at")?,
            strips: self.column(&place, "strips")?,
            list_at: self.column(&place, "list_at")?,
            list_row: self.column(&place, "list_row")?,
            list_code: self.column(&place, "list_code")?,
        }))
    }

    fn lists(&self, place: &hdf5::Group, prefix: &str) -> hdf5::Result<Lists> {
        Ok(Lists {
            offsets: self.column(place, &format!("{prefix}offsets"))?,
            mz: self.column(place, &format!("{prefix}mz"))?,
            weight: self.column(place, &format!("{prefix}weight"))?,
        })
    }

    /// Maps a dataset where it lies contiguous and aligned in the file, copies it otherwise.
    fn column<T: Pod + H5Type>(&self, place: &hdf5::Group, name: &str) -> hdf5::Result<Column<T>> {
        let data = place.dataset(name)?;
        let stored = data.dtype()?.to_descriptor()?;
        if stored != T::type_descriptor() {
            return Err(format!("{name} holds {stored}, not {}", T::type_descriptor()).into());
        }
        let bytes = data.size() * size_of::<T>();
        let contiguous = data.layout() == hdf5::dataset::Layout::Contiguous;
        let mapped = data.offset().filter(|_| contiguous).and_then(|offset| {
            let start = usize::try_from(offset).ok()?;
            Column::mapped(&self.map, start..start.checked_add(bytes)?)
        });
        match mapped {
            Some(column) => Ok(column),
            None => Ok(data.read_raw::<T>()?.into()),
        }
    }
}

fn read_text(place: &hdf5::Location, name: &str) -> hdf5::Result<String> {
    let value: VarLenUnicode = place.attr(name)?.read_scalar()?;
    Ok(value.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{
        Builder, Rate, ReferenceKind, ValidatedFigures, ValidatedFile, ValidationSummary,
    };
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
    fn a_cut_or_foreign_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.h5");
        write(&library(), &path).unwrap();
        let whole = std::fs::read(&path).unwrap();
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

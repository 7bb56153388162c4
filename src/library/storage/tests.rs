//! Tests of library files.

use super::*;
use crate::library::{
    Builder, Rate, ReferenceKind, ValidatedFigures, ValidatedFile, ValidationSummary,
};
use crate::library::{Column, Curves};
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
    assert!(matches!(Directory::of(&whole), Behind::Directory(_)));
    // Cut off whole: as files of earlier programs. Cut in the middle, damaged, and moved: read through HDF5,
    // too, but not whole.
    let mut damaged = whole.clone();
    damaged[end + 9] ^= 1;
    let moved = [&whole[..end], b"behind it", &whole[end..]].concat();
    let unmarked = whole[..whole.len() - 1].to_vec();
    for (other, is_whole) in [
        (whole[..end].to_vec(), true),
        (damaged, false),
        (moved, false),
        (unmarked, false),
    ] {
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
        }
        listed.verify().unwrap();
        match (is_whole, filed.verify()) {
            (true, verified) => verified.unwrap(),
            (false, Ok(())) => panic!("a damaged directory was called whole"),
            (false, Err(found)) => assert!(found.to_string().contains("its directory"), "{found}"),
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
    let Behind::Directory(directory) = Directory::of(&whole) else {
        panic!("no directory");
    };
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

/// A file of this library, though its columns do not fit together.
fn forced(library: &Library) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("forced.h5");
    write_hdf5(library, &path).unwrap();
    Directory::append(&path).unwrap();
    (folder, path)
}

/// A library whose Raman references were prepared by another recipe, with no row where `rows` is false.
fn prepared_by(change: impl FnOnce(&mut crate::prepare::Recipe), rows: bool) -> Library {
    let mut library = library();
    let group = library.groups.get_mut(&Family::Raman).unwrap();
    change(&mut group.recipe);
    if !rows {
        group.entry = Column::default();
        group.prepared = Prepared::Curves(Curves {
            points: group.recipe.grid.points,
            ..Curves::default()
        });
    }
    library
}

#[test]
fn a_recipe_that_would_take_all_memory_is_refused() {
    use crate::prepare::Step;
    let (_folder, path) = forced(&prepared_by(|_| {}, false));
    open(&path).unwrap();
    let smooth = |window, degree| Step::SavitzkyGolay {
        window,
        degree,
        derivative: 0,
    };
    let wrong: Vec<(&str, Library)> = vec![
        ("points", prepared_by(|r| r.grid.points = 1 << 40, false)),
        ("no points", prepared_by(|r| r.grid.points = 0, false)),
        ("a tiny step", prepared_by(|r| r.grid.step = 1e-300, true)),
        ("a step of 0", prepared_by(|r| r.grid.step = 0.0, true)),
        (
            "a step backwards",
            prepared_by(|r| r.grid.step = -2.0, true),
        ),
        ("a giant first", prepared_by(|r| r.grid.first = 1e300, true)),
        (
            "a window",
            prepared_by(|r| r.steps.push(smooth(1 << 40, 2)), true),
        ),
        (
            "a degree",
            prepared_by(|r| r.steps.push(smooth(9, 1 << 40)), true),
        ),
        (
            "iterations",
            prepared_by(
                |r| {
                    r.steps.push(Step::ArPls {
                        lambda: 1e5,
                        iterations: 1 << 40,
                    });
                },
                true,
            ),
        ),
        ("a family", prepared_by(|r| r.family = Family::EiMs, true)),
    ];
    for (what, library) in wrong {
        let (_folder, path) = forced(&library);
        let Err(refused) = open(&path) else {
            panic!("{what}: opened");
        };
        assert!(refused.to_string().contains("damaged"), "{what}: {refused}");
    }
}

#[test]
fn a_column_larger_than_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.h5");
    write_hdf5(&library(), &path).unwrap();
    let file = hdf5::File::open_rw(&path).unwrap();
    let place = file.group("prepared/raman").unwrap();
    place.unlink("values").unwrap();
    let declared = place.new_dataset::<f32>().shape([1_usize << 40]);
    declared.create("values").unwrap();
    file.close().unwrap();
    let refused = open(&path).unwrap_err().to_string();
    assert!(refused.contains("values is larger"), "{refused}");
}

#[test]
fn a_compressed_copy_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.h5");
    let made = library();
    write_hdf5(&made, &path).unwrap();
    let file = hdf5::File::open_rw(&path).unwrap();
    let place = file.group("prepared/ei-ms").unwrap();
    let values = place.dataset("values").unwrap().read_raw::<f32>().unwrap();
    place.unlink("values").unwrap();
    let packed = place.new_dataset_builder().deflate(9).with_data(&values);
    packed.chunk((values.len(),)).create("values").unwrap();
    file.close().unwrap();
    open(&path).unwrap().verify().unwrap();
}

#[test]
fn an_unreadable_form_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.h5");
    write_hdf5(&library(), &path).unwrap();
    let file = hdf5::File::open_rw(&path).unwrap();
    file.delete_attr("schema").unwrap();
    let number = file.new_attr::<u64>().create("schema").unwrap();
    number.write_scalar(&3_u64).unwrap();
    file.close().unwrap();
    let refused = open(&path).unwrap_err().to_string();
    assert!(refused.contains("is damaged"), "{refused}");
}

//! The index that a library file brings along.

use super::{Index, References, search};
use crate::library::{
    Builder, Group, Info, Library, Prepared, ReferenceKind, WORTH_INDEXING, is_positive, storage,
};
use crate::prepare::Family;
use crate::search::{Options, Ranking};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};

/// Eight peaks whose places and heights follow from the seed.
fn spectrum(seed: usize) -> Spectrum {
    let mz = (0..8).map(|k| 60.0 + 40.0 * k as f64 + 0.07 * (seed * (k + 3) % 397) as f64);
    let height = (0..8).map(|k| 1.0 + (seed * (2 * k + 5) % 89) as f64);
    let axis = Axis::Explicit(mz.map(|mz| mz + 0.001_3).collect());
    let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, height.collect());
    spectrum.precursor = Some(Precursor {
        mz: Some(400.0 + (seed % 50) as f64),
        positive: Some(true),
        ..Precursor::default()
    });
    spectrum
}

fn library() -> Library {
    let mut builder = Builder::new(Info::default());
    for row in 0..WORTH_INDEXING {
        let mut reference = spectrum(row);
        reference.identity.name = format!("made up {row}");
        builder.add(reference, ReferenceKind::FullSpectrum);
    }
    builder.build(&|| {}).0
}

/// Everything that a first search says of a library, with numbers to the last bit.
fn told(library: &Library, group: &Group, query: &Spectrum, by_index: bool) -> String {
    let Prepared::Peaks(lists) = &group.prepared else {
        panic!("no peak lists");
    };
    let references = References {
        library,
        group,
        lists,
        skip: None,
        positive: is_positive(query),
    };
    let options = Options {
        match_precursor: false,
        ..Options::default()
    };
    let (mut ranking, index) = (Ranking::default(), Index::default());
    let quick = by_index.then(|| index.next(group.len()));
    search(&references, quick, query, &options, &mut ranking).unwrap();
    format!("{ranking:#?}")
}

#[test]
fn a_file_brings_its_index_along_and_results_are_those_of_comparing_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.h5");
    storage::write(&library(), &path).unwrap();
    let mut library = storage::open(&path).unwrap();
    for query in [3, 4_999, 7_123].map(spectrum) {
        let group = library.group(Family::MsMs).unwrap();
        let all = told(&library, group, &query, false);
        assert_eq!(told(&library, group, &query, true), all);
    }
    // The first search uses it: what it says follows the index's weights once they are wrong.
    let query = spectrum(3);
    let all = told(
        &library,
        library.group(Family::MsMs).unwrap(),
        &query,
        false,
    );
    let group = library.groups.get_mut(&Family::MsMs).unwrap();
    let Prepared::Peaks(lists) = &mut group.prepared else {
        panic!("no peak lists");
    };
    let index = lists.index.as_mut().unwrap();
    for placed in index.fragments.iter_mut().chain(&mut index.losses) {
        placed.code = vec![0; placed.code.len()].into();
    }
    let group = library.group(Family::MsMs).unwrap();
    assert_ne!(told(&library, group, &query, true), all);
}

#[test]
fn a_damaged_index_is_not_used() {
    let mut library = library();
    let query = spectrum(3);
    let all = told(
        &library,
        library.group(Family::MsMs).unwrap(),
        &query,
        false,
    );
    let group = library.groups.get_mut(&Family::MsMs).unwrap();
    if let Prepared::Peaks(lists) = &mut group.prepared {
        let index = lists.index.as_mut().unwrap();
        index.fragments[0].buckets = vec![u32::MAX; index.fragments[0].buckets.len()].into();
    }
    let group = library.group(Family::MsMs).unwrap();
    assert_eq!(told(&library, group, &query, true), all);
}

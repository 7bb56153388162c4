//! The search through an index against the search of all rows.

use super::{Index, Quick, References, search};
use crate::correlate::score::entropy::{Peak, weighted_peaks};
use crate::library::{
    Builder, Group, Info, Library, Lists, PeakLists, Prepared, ReferenceKind, is_positive,
};
use crate::prepare::{Family, Recipe};
use crate::search::{Options, Ranking};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::LazyLock;

/// Rows, and substances that they are of: more than the search describes.
const ROWS: usize = 260;
const SUBSTANCES: usize = 90;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut builder = Builder::new(Info::default());
    for row in 0..ROWS {
        let axis = Axis::Explicit(vec![50.0 + row as f64]);
        let mut reference = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, vec![1.0]);
        reference.identity.name = format!("{}", row * 7 % SUBSTANCES);
        builder.add(reference, ReferenceKind::FullSpectrum);
    }
    builder.build(&|| {}).0
});

/// One row: its peaks, and what is known of its ion.
#[derive(Debug, Clone)]
struct Row {
    raw: Vec<(f64, f64)>,
    cleaned: bool,
    at_unit: bool,
    precursor: f64,
    mass: f64,
    exact: bool,
    polarity: i8,
}

/// Few m/z, at and about the tolerances of one another, so that ties, duplicates and several
/// partners of a peak are common.
fn mz() -> impl Strategy<Value = f64> {
    let base = prop::sample::select(vec![77.0386, 91.0542, 119.0855, 120.0]);
    let off = prop::sample::select(vec![0.0, 0.0, 0.0, 0.02, -0.02, 0.0201, 0.03, 0.3, -0.5]);
    (base, off).prop_map(|(base, off)| base + off)
}

fn raw(least: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
    vec((mz(), prop::sample::select(vec![1.0, 2.0, 10.0])), least..6)
}

fn precursor() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![
        136.1121,
        136.1121,
        136.12,
        136.4,
        150.0,
        f64::NAN,
        121.0,
    ])
}

fn row() -> impl Strategy<Value = Row> {
    let mass = prop::sample::select(vec![135.1048, 135.11, 135.5, 137.12, f64::NAN, f64::NAN]);
    let flags = (
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.3),
        any::<bool>(),
    );
    let polarity = prop::sample::select(vec![1_i8, 1, 0, -1]);
    (raw(0), flags, precursor(), mass, polarity).prop_map(
        |(raw, (cleaned, at_unit, exact), precursor, mass, polarity)| Row {
            raw,
            cleaned,
            at_unit,
            precursor,
            mass,
            exact,
            polarity,
        },
    )
}

/// Rows drawn from few different ones.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let few = vec(row(), 1..60);
    (few, vec(any::<prop::sample::Index>(), ROWS))
        .prop_map(|(few, at)| at.iter().map(|at| at.get(&few).clone()).collect())
}

fn query() -> impl Strategy<Value = Spectrum> {
    let adduct = prop::sample::select(vec![None, None, Some("[M+H]+"), Some("[M-H]-")]);
    let positive = prop::sample::select(vec![None, Some(true), Some(false)]);
    let unit = prop::bool::weighted(0.3);
    (raw(1), precursor(), adduct, positive, unit).prop_map(|(raw, mz, adduct, positive, unit)| {
        let (x, y): (Vec<f64>, Vec<f64>) = raw.into_iter().unzip();
        let axis = Axis::Explicit(x);
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, y);
        spectrum.precursor = Some(Precursor {
            mz: Some(mz),
            adduct: adduct.map(str::to_owned),
            positive,
            ..Precursor::default()
        });
        if unit {
            spectrum.provenance.instrument = Some("QqQ".to_owned());
        }
        spectrum
    })
}

fn lists(rows: &[Row], tolerance: f64) -> Lists {
    let (mut offsets, mut mz, mut weight) = (vec![0], Vec::new(), Vec::new());
    for row in rows {
        // Peaks that are not twice the tolerance apart may have two partners.
        let apart = if row.cleaned { 1.0 } else { 0.51 };
        let list: Vec<Peak> = weighted_peaks(&row.raw, 0.01, apart * tolerance);
        mz.extend(list.iter().map(|p| p.0));
        weight.extend(list.iter().map(|p| p.1));
        offsets.push(mz.len() as u64);
    }
    Lists {
        offsets: offsets.into(),
        mz: mz.into(),
        weight: weight.into(),
    }
}

fn group(rows: &[Row]) -> Group {
    fn column<T>(rows: &[Row], of: impl Fn(&Row) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    let lists = PeakLists {
        fine: lists(rows, 0.02),
        unit: lists(rows, 0.3),
        at_unit: column(rows, |r| u8::from(r.at_unit)).into(),
        precursor: column(rows, |r| r.precursor).into(),
        mass: column(rows, |r| r.mass).into(),
        mass_exact: column(rows, |r| u8::from(r.exact)).into(),
        polarity: column(rows, |r| r.polarity).into(),
        index: None,
    };
    Group {
        recipe: Recipe::standard(Family::MsMs),
        entry: (0..rows.len() as u32).collect::<Vec<_>>().into(),
        prepared: Prepared::Peaks(lists),
        calibration: None,
    }
}

/// Everything that a search says, with numbers to the last bit.
fn told(
    group: &Group,
    quick: Option<Quick<'_>>,
    query: &Spectrum,
    filter: bool,
    skip: bool,
) -> String {
    let Prepared::Peaks(lists) = &group.prepared else {
        return String::new();
    };
    let references = References {
        library: &LIBRARY,
        group,
        lists,
        skip: skip.then_some(&|entry| entry % 3 == 0),
        positive: is_positive(query),
    };
    let options = Options {
        match_precursor: filter,
        ..Options::default()
    };
    let mut ranking = Ranking::default();
    let result = search(&references, quick, query, &options, &mut ranking);
    format!("{result:?} {ranking:#?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn an_index_changes_nothing(
        rows in rows(), queries in vec((query(), any::<bool>(), any::<bool>()), 6),
    ) {
        let group = group(&rows);
        let index = Index::default();
        for (query, filter, skip) in queries {
            let all = told(&group, None, &query, filter, skip);
            let found = told(&group, Some(index.at_once()), &query, filter, skip);
            prop_assert_eq!(all, found);
        }
    }
}

#[test]
fn lists_that_cannot_be_indexed_are_searched_row_by_row() {
    let plain = Row {
        raw: vec![(91.0542, 1.0), (119.0855, 1.0)],
        cleaned: true,
        at_unit: false,
        precursor: 136.1121,
        mass: 135.1048,
        exact: true,
        polarity: 1,
    };
    let mut group = group(&vec![plain; 9]);
    if let Prepared::Peaks(lists) = &mut group.prepared {
        let mut mz = lists.fine.mz.to_vec();
        mz.swap(0, 1);
        lists.fine.mz = mz.into();
    }
    let axis = Axis::Explicit(vec![91.0542, 119.0855]);
    let query = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, vec![1.0, 1.0]);
    let index = Index::default();
    let all = told(&group, None, &query, false, false);
    assert!(all.contains("compared: 9"));
    assert_eq!(
        all,
        told(&group, Some(index.at_once()), &query, false, false)
    );
}

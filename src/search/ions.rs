//! The first stage for EI spectra: the references best by correlation without a shift.

use crate::correlate::columns::ColumnsView;
use crate::correlate::{Engine, Query, Wanted};
use crate::library::Curves;
use rayon::prelude::*;

/// The wanted rows and their correlations, best first, of equals the earlier row; and the number
/// of rows that have nothing to be compared. With `columns` few rows are scored, with the same result;
/// where they do not cover the query, or there are none, every row is.
pub(super) fn best(
    engine: &Engine,
    query: &Query,
    curves: &Curves,
    columns: Option<ColumnsView<'_>>,
    wanted: Wanted<'_>,
) -> (Vec<(usize, f64)>, usize) {
    let matrix = curves.matrix();
    let rows = matrix.nrows();
    let row = |at: usize| {
        let values = (at < rows).then(|| matrix.row(at).to_slice())??;
        Some((values, curves.range(at)))
    };
    let columns = columns.filter(|columns| columns.rows() == rows);
    if let Some(best) = columns.and_then(|columns| columns.best(engine, query, wanted, row)) {
        return (best.rows, best.left_out);
    }
    let mut found: Vec<(usize, f64)> = (0..rows)
        .into_par_iter()
        .with_min_len(512)
        .filter_map(|at| {
            let (values, range) = row(at)?;
            Some((at, engine.unshifted(query, values, range)?))
        })
        .collect();
    let left_out = rows - found.len();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    wanted.cut(&mut found);
    (found, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlate::ions::majors;
    use crate::library::{Builder, Info, Prepared, ReferenceKind, storage};
    use crate::prepare::{Family, prepare};
    use crate::search::Options;
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};
    use crate::units::{XUnit, YUnit};

    fn spectrum(seed: u64) -> Spectrum {
        let mut state = seed;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005) + 1_442_695;
            (state >> 40) as f64 / (1 << 24) as f64
        };
        let mut mz: Vec<f64> = (0..40).map(|_| (30.0 + 200.0 * random()).floor()).collect();
        mz.sort_by(f64::total_cmp);
        mz.dedup();
        let y = mz.iter().map(|_| 1.0 + 999.0 * random().powi(3)).collect();
        let axis = Axis::Explicit(mz);
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        spectrum.title = format!("made-up {seed}");
        spectrum
    }

    #[test]
    fn an_index_changes_no_result() {
        let mut builder = Builder::new(Info::default());
        for seed in 0..2_100 {
            builder.add(spectrum(seed), ReferenceKind::FullSpectrum);
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("many.h5");
        storage::write(&builder.build(&|| {}).0, &path).unwrap();
        let library = storage::open(&path).unwrap();
        let group = library.group(Family::EiMs).unwrap();
        let Prepared::Curves(curves) = &group.prepared else {
            panic!("EI spectra are signals");
        };
        let columns = curves.columns.as_ref().unwrap();
        let kept = curves.majors.as_ref().and_then(|majors| majors.view());
        let (mz, share) = majors(group.len(), |row| curves.references().row(row));
        assert_eq!(kept, Some((&mz[..], &share[..])));
        let mut engine = Engine::new(Options::default().settings(&group.recipe));
        for seed in [3, 399, 5000, 5001] {
            let signal = prepare(&spectrum(seed), &group.recipe).unwrap().signal;
            let query = engine.query(&signal);
            let plain = best(&engine, &query, curves, None, Wanted::rows(100));
            assert_eq!(
                best(&engine, &query, curves, columns.view(), Wanted::rows(100)),
                plain
            );
            assert_eq!(plain.0.len(), 100);
        }
    }
}

//! An unknown over its best analogue.

use crate::library::Library;
use crate::report::plot::{self, Series, Size};
use crate::report::{Identification, Outcome};
use crate::spectrum::Spectrum;

/// m/z by which an ion of the reference may differ from what the hypothesis calls it: at unit mass, and
/// accurately.
const WITHIN: [f64; 2] = [0.5, 0.02];

/// The spectrum over its best analogue's, whose ions that carry the change are moved by it; `None` where
/// there is no hypothesis.
pub(super) fn draw(library: &Library, spectrum: &Spectrum, outcome: &Outcome) -> Option<String> {
    let Outcome::Ranked(result) = outcome else {
        return None;
    };
    let (label, reference) = moved(library, result)?;
    let query = Series {
        label: "unknown".to_owned(),
        ..Series::of_spectrum(spectrum)
    };
    let reference = Series { label, ..reference };
    Some(plot::mirror(&query, &reference, Size::default()))
}

fn moved(library: &Library, result: &Identification) -> Option<(String, Series)> {
    let analogue = result.emerging.as_ref()?.analogues.first()?;
    let mut series = Series::of_spectrum(&library.spectrum(analogue.entry).ok()?);
    for point in &mut series.points {
        let carries = |[from, _]: &&[f64; 2]| {
            let [unit, accurate] = WITHIN;
            let within = if from.fract() == 0.0 { unit } else { accurate };
            (from - point.0).abs() <= within
        };
        if let Some([from, to]) = analogue.changed_ions.iter().find(carries) {
            point.0 += to - from;
        }
    }
    let name: String = analogue.name.chars().take(40).collect();
    let label = match analogue.changed_ions.is_empty() {
        true => name,
        false => format!(
            "{name}, its ions that carry the change moved by {:+.0}",
            analogue.mass_difference
        ),
    };
    Some((label, series))
}

//! EI candidates compared with the instruments' differences taken out.

use crate::correlate::ions::{Evidence, compare};
use crate::library::{Curves, Library, LibraryError};
use crate::prepare::{Recipe, Signal, abundances};
use crate::search::Hit;
use crate::spectrum::nominal_mass;

/// Compares the hits of one group (rows in `rows`, parallel to `hits`) with the query, which was
/// prepared by the group's recipe: both are taken back to abundances, compared, and ranked by what
/// the comparison gives.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub(in crate::search) fn refine(
    library: &Library,
    query: &Signal,
    curves: &Curves,
    recipe: &Recipe,
    hits: &mut [(usize, Hit)],
) -> Result<(), LibraryError> {
    let query = abundances(query, recipe);
    let query_ions = from_zero(query.clone());
    for (row, hit) in hits {
        let Some(signal) = curves.signal(*row) else {
            continue;
        };
        let reference = abundances(&signal, recipe);
        let mass = library.entry(hit.entry)?.identity.formula;
        let mass = mass.as_deref().and_then(nominal_mass);
        let range = query.start.max(reference.start)..query.end().min(reference.end());
        let found = compare(&query_ions, &from_zero(reference), range, mass);
        match found {
            Some(evidence) => {
                hit.scores = named(hit.score, &evidence);
                hit.score = evidence.score;
            }
            None => hit.score = 0.0,
        }
    }
    Ok(())
}

/// Abundances with the index as m/z.
fn from_zero(signal: Signal) -> Vec<f64> {
    let mut values = vec![0.0; signal.start];
    values.extend(signal.values);
    values
}

fn named(correlation: f64, evidence: &Evidence) -> Vec<(&'static str, f64)> {
    vec![
        ("correlation", correlation),
        ("tilt", evidence.tilt.slope),
        ("foreign", evidence.foreign),
        ("lacking", evidence.lacking),
        ("surplus", evidence.surplus),
        ("deficit", evidence.deficit),
        ("scatter", evidence.scatter),
        ("largest_surplus", evidence.largest_surplus),
        ("largest_deficit", evidence.largest_deficit),
        (
            "molecular_ion",
            evidence.molecular_ion.map_or(0.5, f64::from),
        ),
        ("above_molecular_ion", evidence.above_molecular_ion),
        ("heaviest_ion", evidence.heaviest as f64),
    ]
}

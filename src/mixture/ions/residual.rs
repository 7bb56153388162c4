//! What the named components leave.

use super::build::{LISTED, Search};
use super::candidate;
use super::evidence::Judged;
use super::fit::Fit;
use super::gain::Beside;
use super::query::Query;
use crate::mixture::Residual;
use crate::mixture::residual::Limits;

/// An ion stands out above twice the model and three floors above it; three such ions of a twentieth of the signal are
/// not of noise.
const LIMITS: Limits = Limits {
    above: 2.0,
    floors: 3.0,
    fewest: 3,
    share: 0.05,
};
/// References named that the residual is like, and the least score of one.
pub(super) const NAMED: usize = 3;
const LIKE: f64 = 0.4;

/// The ions that stand out of the model.
pub(super) fn of(query: &Query, model: &[f64]) -> Residual {
    let ions = query.ions.iter().zip(model).enumerate();
    let places = ions.map(|(i, (q, m))| ((query.low + i) as f64, *q, *m));
    LIMITS.residual(places, query.floor)
}

/// References that what the named components leave is most like, with their scores, best first: those
/// that were fitted beside them and not named, and the best of another search.
pub(super) fn like(
    search: &mut Search<'_>,
    named: Option<&Fit>,
    unnamed: &[&Judged],
) -> Vec<(usize, f64)> {
    let nothing = vec![0.0; search.query.ions.len()];
    let (model, first) = named.map_or((nothing.as_slice(), 0), |fit| (&fit.model, fit.first));
    let mut rows: Vec<usize> = unnamed.iter().map(|judged| judged.row).collect();
    rows.extend(search.screened(model));
    let taken: Vec<String> = named.map_or(Vec::new(), |fit| {
        fit.rows
            .iter()
            .map(|row| search.substance(*row).to_owned())
            .collect()
    });
    let beside = Beside::of(search.query, model, first);
    let mut found: Vec<(usize, f64)> = Vec::new();
    for (_, row, scale) in search.gains(&beside, &rows).into_iter().take(LISTED) {
        let Some(reference) = search.reference(row) else {
            continue;
        };
        let score = candidate::score(search.query, model, reference, search.start(row), scale);
        if score >= LIKE && !taken.iter().any(|t| t == &reference.identity.substance) {
            found.push((row, score));
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut seen: Vec<String> = Vec::new();
    found.retain(|(row, _)| {
        let substance = search.substance(*row).to_owned();
        let new = !seen.contains(&substance);
        seen.push(substance);
        new
    });
    found.truncate(NAMED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::Signal;

    #[test]
    fn three_ions_of_a_twentieth_are_structure() {
        let mut values = vec![0.0; 50];
        (values[1], values[5], values[9], values[20]) = (80.0, 10.0, 6.0, 4.0);
        let query = Query::of(&Signal { start: 40, values }).unwrap();
        let mut model = vec![0.0; query.ions.len()];
        model[1] = 0.8;
        // The floor is at most 2 % of 0.8; what is left is 0.1, 0.06 and 0.04 from 0.048 on.
        assert!(!of(&query, &model).structured);
        let values: Vec<f64> = query
            .ions
            .iter()
            .map(|v| if *v == 0.04 { 0.05 } else { *v })
            .collect();
        let query = Query::of(&Signal { start: 40, values }).unwrap();
        assert!(of(&query, &model).structured);
    }
}

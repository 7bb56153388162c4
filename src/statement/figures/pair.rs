//! A query and a reference of the library as they are compared.

use crate::library::{Library, ReferenceKind, Resolution};
use crate::prepare::{Family, Recipe, Signal, prepare};
use crate::search::{Hit, plain_pair};
use crate::spectrum::Spectrum;
use std::collections::HashMap;

/// Points by rising abscissa.
type Points = Vec<(f64, f64)>;

/// A query and a reference.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub query: Points,
    pub reference: Points,
    /// m/z within which ions are the same.
    pub tolerance: f64,
}

/// Positions of entries in a library, by their ids.
pub(crate) fn positions(library: &Library, ids: &[&str]) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (position, entry) in library.entries().enumerate() {
        if found.len() == ids.len() {
            break;
        }
        // A damaged entry is none of those that were compared.
        let Ok(entry) = entry else { continue };
        if ids.contains(&entry.id.as_str()) {
            found.insert(entry.id, position);
        }
    }
    found
}

/// A spectrum on the grid of its technique, as measured; peak lists as they are.
pub(super) fn alone(spectrum: &Spectrum) -> Option<Points> {
    let family = Family::of_query(spectrum.technique).first()?;
    if *family == Family::MsMs {
        return Some(points(spectrum));
    }
    let recipe = Recipe::standard(*family).plain();
    let signal = prepare(spectrum, &recipe).ok()?.signal;
    Some(placed(&signal, &recipe))
}

fn placed(signal: &Signal, recipe: &Recipe) -> Points {
    let values = signal.values.iter().enumerate();
    values
        .map(|(i, y)| (recipe.grid.x(signal.start + i), *y))
        .collect()
}

impl Pair {
    /// The query and an entry on the grid of their technique, before weighting and baseline removal; MS/MS
    /// peak lists as they are. `None` where they cannot be brought onto one.
    pub fn of(library: &Library, spectrum: &Spectrum, entry: usize) -> Option<Self> {
        let about = library.entry(entry).ok()?;
        let family = match (Family::of_query(about.technique), about.kind) {
            ([Family::EiMs, ..], ReferenceKind::PrincipalIons) => Family::EiMsPrincipal,
            ([first, ..], _) => *first,
            ([], _) => return None,
        };
        if family == Family::MsMs {
            let reference = library.spectrum(entry).ok()?;
            let tolerance = |of: &Spectrum| Resolution::of(of).tolerance();
            return Some(Self {
                query: points(spectrum),
                reference: points(&reference),
                tolerance: tolerance(spectrum).max(tolerance(&reference)),
            });
        }
        let hit = Hit {
            entry,
            substance: library.substance_of(entry)?,
            family,
            score: 0.0,
            axis_shift: 0.0,
            background: None,
            overlap: None,
            axis_curve: Vec::new(),
            scores: Vec::new(),
        };
        let (query, reference, recipe) = plain_pair(library, spectrum, &hit).ok()?;
        Some(Self {
            query: placed(&query, &recipe),
            reference: placed(&reference, &recipe),
            tolerance: 0.5 * recipe.grid.step,
        })
    }
}

/// A spectrum's points as the file states them, gaps left out.
pub(super) fn points(spectrum: &Spectrum) -> Points {
    let finite = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
    let mut all: Points = spectrum.points().filter(finite).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all
}

//! Search of a library for the references most like a query: those that comparing all would give.
//!
//! Curves and EI mass spectra are first compared by the largest `R(t)` within the axis tolerance
//! ([`crate::correlate`]), and the best of the EI spectra then in detail
//! ([`crate::correlate::ions`]); MS/MS peak lists are compared by spectral entropy similarity at the
//! resolution of the instruments (`peaks`). Each substance is ranked by its best entry. The
//! published scores are computed for the candidates that are shown.

mod curve;
mod ions;
mod peaks;
mod refine;
mod scores;
mod settings;

pub use curve::{TRIED_AXIS, axis_error, axis_places, is_out_of_calibration};
pub use peaks::is_only_precursor;
pub(crate) use peaks::precursor;
pub use settings::{MassTolerance, Options};

use crate::correlate::cascade::Search;
use crate::correlate::{Background, Correlation, Engine, Query, Wanted};
use crate::library::{
    Bounds, Curves, Group, IonColumns, Library, LibraryError, Prepared, is_positive,
};
use crate::prepare::{Family, PrepareError, Recipe, Signal, prepare, prepare_query};
use crate::spectrum::{Spectrum, Technique, Warning, WarningKind};
use scores::Plain;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::HashSet;
use thiserror::Error;

/// Substances of a group, the best by correlation, that are ranked, however many are shown.
pub const SHORTLIST: usize = 100;
/// References of each of them, the best by correlation, that are compared in detail.
const EACH: usize = 3;
/// References looked at for what chance gives, where each look is a search of its own, and where it is
/// not.
const FEW: usize = 128;
const MANY: usize = 1024;

/// Why a spectrum cannot be searched. Each is one sentence for the user.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The file does not say how it was measured.
    #[error("The technique of this spectrum is not known; say it with --technique.")]
    UnknownTechnique,
    /// The library has nothing to compare with.
    #[error("The library {library:?} holds no {technique} references.")]
    NoReferences {
        /// Name of the library.
        library: String,
        /// The query's technique.
        technique: &'static str,
    },
    /// The query cannot be prepared.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// The library is damaged.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

impl SearchError {
    /// Stable name for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::UnknownTechnique => "unknown-technique",
            Self::NoReferences { .. } => "no-references",
            Self::Prepare(_) => "not-searchable",
            Self::Library(_) => "library",
        }
    }
}

/// A reference found like the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Entry index in the library.
    pub entry: usize,
    /// Substance index in the library.
    pub substance: u32,
    /// Family in which it was found.
    pub family: Family,
    /// Ranking score.
    pub score: f64,
    /// By how much the query's axis reads higher than the reference's, in the grid's unit.
    pub axis_shift: f64,
    /// What this pair gives outside the axis tolerance.
    pub background: Option<Background>,
    /// First and last abscissa compared, in the grid's unit.
    pub overlap: Option<(f64, f64)>,
    /// By how much the query's axis reads higher than the reference's, at places of the reference's
    /// axis, in the grid's unit; empty where no curve was fitted.
    pub axis_curve: Vec<(f64, f64)>,
    /// Scores by name: those of the search, and for candidates that are shown the published ones.
    pub scores: Vec<(&'static str, f64)>,
}

#[cfg(test)]
impl Hit {
    /// A Raman hit of this score, for tests of what is made of hits.
    pub(crate) fn scored(score: f64) -> Self {
        Self {
            entry: 0,
            substance: 0,
            family: Family::Raman,
            score,
            axis_shift: 0.0,
            background: None,
            overlap: None,
            axis_curve: Vec::new(),
            scores: Vec::new(),
        }
    }
}

/// The candidates for one spectrum, best first, one per substance, whatever is shown of them.
#[derive(Debug, Default)]
pub struct Ranking {
    /// Best entry of each substance, by falling score.
    pub hits: Vec<Hit>,
    /// References compared.
    pub compared: usize,
    /// References left out for too little common range, or another precursor.
    pub left_out: usize,
    /// What preparation and search found odd.
    pub warnings: Vec<Warning>,
    /// Substances, by the library's index, that were searched as if the library did not hold them.
    pub without: Vec<u32>,
    /// Where the best candidate fits well, and only with the axis off by more than [`TRIED_AXIS`]: the ranking of the
    /// spectrum with its axis put right by that candidate's bands ([`Searcher::recalibrated`]).
    pub recalibrated: Option<Box<Ranking>>,
}

/// Entries, by index, that a search leaves out.
pub type Skip<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// A library ready to be searched many times.
pub struct Searcher<'a> {
    library: &'a Library,
    options: Options,
    engines: BTreeMap<Family, Engine>,
    masses: refine::Masses,
    /// Of the MS/MS references, of which a library has one group.
    peaks: peaks::Index,
    /// Substances that are searched as if the library did not hold them.
    without: HashSet<u32>,
}

impl<'a> Searcher<'a> {
    /// Plans the transforms for every group of the library.
    pub fn new(library: &'a Library, options: Options) -> Self {
        let engines = library
            .groups()
            .filter(|g| matches!(g.prepared, Prepared::Curves(_)))
            .map(|g| (g.recipe.family, Engine::new(options.settings(&g.recipe))))
            .collect();
        Self {
            library,
            options,
            engines,
            masses: refine::Masses::default(),
            peaks: peaks::Index::default(),
            without: HashSet::new(),
        }
    }

    /// The same, as if the library did not hold these substances (by index). They still count among the
    /// references compared.
    #[must_use]
    pub fn without(mut self, substances: HashSet<u32>) -> Self {
        self.without = substances;
        self
    }

    /// Ranks the library's substances by likeness to `spectrum`, with the published scores of the
    /// first `top`.
    ///
    /// # Errors
    /// [`SearchError`] where the technique is unknown, the library has no such references, or the
    /// spectrum has no usable signal.
    pub fn search(&self, spectrum: &Spectrum) -> Result<Ranking, SearchError> {
        let mut ranking = self.rank(spectrum)?;
        let mut plain = Plain::new(self.library, spectrum);
        for hit in ranking.hits.iter_mut().take(self.options.top) {
            hit.scores.extend(scores::published(&mut plain, hit)?);
        }
        Ok(ranking)
    }

    /// [`Searcher::search`] without the published scores.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn rank(&self, spectrum: &Spectrum) -> Result<Ranking, SearchError> {
        self.rank_unless(spectrum, None)
    }

    /// The ranking of a spectrum after its axis was put right by the bands of this candidate, over the range of those
    /// bands; `None` where the axis is right to within what was tried, its error is not known, or too little is left.
    pub fn recalibrated(&self, spectrum: &Spectrum, best: &Hit) -> Option<Ranking> {
        let right = curve::put_right(spectrum, best)?;
        self.rank_as_it_is(&right, None).ok()
    }

    /// [`Searcher::rank`] as if the library did not hold the MS/MS entries that `skip` names.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn rank_without(
        &self,
        spectrum: &Spectrum,
        skip: Skip<'_>,
    ) -> Result<Ranking, SearchError> {
        self.rank_unless(spectrum, Some(skip))
    }

    fn rank_unless(
        &self,
        spectrum: &Spectrum,
        skip: Option<Skip<'_>>,
    ) -> Result<Ranking, SearchError> {
        let mut ranking = self.rank_as_it_is(spectrum, skip)?;
        let best = ranking.hits.first();
        let again = best.and_then(|best| self.recalibrated(spectrum, best));
        ranking.recalibrated = again.map(Box::new);
        Ok(ranking)
    }

    fn rank_as_it_is(
        &self,
        spectrum: &Spectrum,
        skip: Option<Skip<'_>>,
    ) -> Result<Ranking, SearchError> {
        if spectrum.technique == Technique::Unknown {
            return Err(SearchError::UnknownTechnique);
        }
        let groups: Vec<&Group> = Family::of_query(spectrum.technique)
            .iter()
            .filter_map(|f| self.library.group(*f))
            .filter(|g| !g.is_empty())
            .collect();
        if groups.is_empty() {
            return Err(SearchError::NoReferences {
                library: self.library.info.name.clone(),
                technique: spectrum.technique.label(),
            });
        }
        let mut ranking = Ranking::default();
        for group in groups {
            match &group.prepared {
                Prepared::Curves(curves) if group.recipe.family.is_mass() => {
                    self.search_ions(spectrum, group, curves, &mut ranking)?
                }
                Prepared::Curves(curves) => {
                    self.search_curves(spectrum, group, curves, &mut ranking)?
                }
                Prepared::Peaks(lists) => {
                    let references = peaks::References {
                        library: self.library,
                        group,
                        lists,
                        skip,
                        positive: is_positive(spectrum),
                    };
                    let quick = Some(self.peaks.next(group.len()));
                    peaks::search(&references, quick, spectrum, &self.options, &mut ranking)?;
                }
            }
        }
        ranking
            .hits
            .retain(|hit| !self.without.contains(&hit.substance));
        ranking.without = self.without.iter().copied().collect();
        ranking.without.sort_unstable();
        ranking.hits.sort_by(by_score);
        keep_best_of_each_substance(&mut ranking.hits, |hit| hit.substance);
        ranking.hits.truncate(SHORTLIST);
        self.warn_of_axis(&mut ranking);
        Ok(ranking)
    }

    /// The engine planned for a group.
    fn engine(&self, group: &Group) -> Cow<'_, Engine> {
        match self.engines.get(&group.recipe.family) {
            Some(engine) => Cow::Borrowed(engine),
            None => Cow::Owned(Engine::new(self.options.settings(&group.recipe))),
        }
    }

    /// The highest correlation of an EI spectrum with a reference, which takes a small part of a search; `None` where
    /// there is none.
    pub fn nearest_ions(&self, spectrum: &Spectrum) -> Option<f64> {
        let families = Family::of_query(spectrum.technique).iter();
        let groups = families.filter_map(|family| self.library.group(*family));
        let nearest = groups.filter_map(|group| {
            let Prepared::Curves(curves) = &group.prepared else {
                return None;
            };
            let signal = prepare(spectrum, &group.recipe).ok()?.signal;
            let found = self
                .shortlist(&signal, group, curves, Wanted::rows(1))
                .found;
            found.first().map(|(_, correlation)| *correlation)
        });
        nearest.max_by(f64::total_cmp)
    }

    /// EI: the wanted rows, best by correlation.
    fn shortlist(
        &self,
        signal: &Signal,
        group: &Group,
        curves: &Curves,
        wanted: Wanted<'_>,
    ) -> Shortlist {
        let mut engine = self.engine(group).into_owned();
        let query = engine.query(signal);
        let columns = curves.columns.as_deref().and_then(IonColumns::view);
        let (found, left_out) = ions::best(&engine, &query, curves, columns, wanted);
        Shortlist {
            engine,
            query,
            found,
            left_out,
        }
    }

    /// The substance of each row of a group.
    fn substances<'g>(&'g self, group: &'g Group) -> impl Fn(usize) -> u32 + Sync + 'g {
        move |row| {
            let entry = group.entry.get(row);
            let substance = entry.and_then(|entry| self.library.substance_of(*entry as usize));
            substance.unwrap_or(u32::MAX)
        }
    }

    /// EI: the best by correlation are compared in detail.
    fn search_ions(
        &self,
        spectrum: &Spectrum,
        group: &Group,
        curves: &Curves,
        ranking: &mut Ranking,
    ) -> Result<(), SearchError> {
        let prepared = prepare(spectrum, &group.recipe)?;
        let of = self.substances(group);
        let Shortlist {
            mut engine,
            query,
            found,
            left_out,
        } = self.shortlist(&prepared.signal, group, curves, shortlist(&of));
        let matrix = curves.matrix();
        ranking.compared += matrix.nrows() - left_out;
        ranking.left_out += left_out;
        ranking.warnings.extend(prepared.warnings);
        let ions = refine::Ions::new(self.library, &self.masses, &prepared.signal, group);
        let mut hits = Vec::with_capacity(found.len());
        for (row, correlation) in found {
            let hit = ions.compare(row, curves, correlation)?;
            hits.extend(hit.map(|hit| (row, hit)));
        }
        hits.sort_by(|a, b| by_score(&a.1, &b.1));
        keep_best_of_each_substance(&mut hits, |(_, hit)| hit.substance);
        // What the pair gives by chance is looked at for those only that may be shown.
        for (row, hit) in hits.iter_mut().take(self.options.top) {
            let values = matrix.row(*row);
            let correlation = values
                .as_slice()
                .and_then(|values| engine.correlate(&query, values, curves.range(*row)));
            hit.background = correlation.and_then(|c| c.background);
        }
        ranking.hits.extend(hits.into_iter().map(|(_, hit)| hit));
        Ok(())
    }

    fn search_curves(
        &self,
        spectrum: &Spectrum,
        group: &Group,
        curves: &Curves,
        ranking: &mut Ranking,
    ) -> Result<(), SearchError> {
        let prepared = prepare_query(spectrum, &group.recipe)?;
        let engine = self.engine(group);
        let query = engine.as_ref().clone().query(&prepared.signal);
        let bounds = curves.bounds.as_deref().and_then(Bounds::view);
        let search = Search {
            engine: engine.as_ref(),
            query: &query,
            references: curves.references(),
            cascade: bounds.as_ref(),
        };
        let of = self.substances(group);
        let best = search.best(shortlist(&of));
        let chance = search.typical(if bounds.is_some() { FEW } else { MANY });
        ranking.compared += curves.start.len() - best.left_out;
        ranking.left_out += best.left_out;
        ranking.warnings.extend(prepared.warnings);
        self.warn_of_short_overlap(best.left_out, &group.recipe, &mut ranking.warnings);
        let grid = &group.recipe.grid;
        let hit = |(row, c): (usize, Correlation)| {
            let entry = *group.entry.get(row)? as usize;
            let hit = Hit {
                entry,
                substance: self.library.substance_of(entry)?,
                family: group.recipe.family,
                score: c.score,
                axis_shift: c.shift * grid.step,
                background: None,
                overlap: Some((grid.x(c.window.start), grid.x(c.window.end - 1))),
                axis_curve: Vec::new(),
                scores: vec![("correlation", c.score)],
            };
            Some((row, hit))
        };
        let found = best.best.into_iter().filter_map(hit).collect();
        let limit = self.options.max_shift;
        let mut hits = curve::refine(&prepared.signal, group, curves, limit, &chance, found);
        hits.sort_by(|a, b| by_score(&a.1, &b.1));
        // What the pair gives by chance is looked at for those only that may be shown.
        let mut engine = engine.into_owned();
        for (row, hit) in hits.iter_mut().take(self.options.top) {
            let values = curves.references().row(*row);
            let correlation = engine.correlate(&query, values, curves.range(*row));
            hit.background = correlation.and_then(|c| c.background);
        }
        ranking.hits.extend(hits.into_iter().map(|(_, hit)| hit));
        Ok(())
    }

    /// A large axis error is told; else a best shift at the limit of the tolerance may be the foot of
    /// a better match beyond it.
    fn warn_of_axis(&self, ranking: &mut Ranking) {
        let Some(best) = ranking.hits.first().filter(|h| !h.family.is_mass()) else {
            return;
        };
        let recipe = Recipe::standard(best.family);
        if let Some(warning) = curve::axis_warning(best, recipe.grid.unit.symbol()) {
            ranking.warnings.push(warning);
            return;
        }
        let limit = self.options.settings(&recipe).tolerance as f64 * recipe.grid.step;
        // The place of a chance match says nothing of the axis.
        let trusted = best.score >= curve::TRUSTED;
        if trusted && limit > 0.0 && best.axis_shift.abs() >= limit {
            ranking.warnings.push(Warning::new(
                WarningKind::Axis,
                format!(
                    "The axis shift of the best candidate lies at the limit of {limit} {}: check the calibration of the axis, or widen the limit with --max-shift.",
                    recipe.grid.unit.symbol()
                ),
            ));
        }
    }

    fn warn_of_short_overlap(&self, short: usize, recipe: &Recipe, warnings: &mut Vec<Warning>) {
        if short == 0 || recipe.family.is_mass() {
            return;
        }
        let needed = self.options.settings(recipe).min_overlap as f64 * recipe.grid.step;
        warnings.push(Warning::new(
            WarningKind::Skipped,
            format!(
                "{short} references were not compared: they share less than {needed} {} with this spectrum.",
                recipe.grid.unit.symbol()
            ),
        ));
    }
}

/// The references that an EI spectrum is compared with in detail.
struct Shortlist {
    engine: Engine,
    query: Query,
    /// Rows and correlations, best first.
    found: Vec<(usize, f64)>,
    left_out: usize,
}

/// The higher score first; of equals the earlier entry.
fn by_score(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry))
}

/// What the first stage passes on: replicates of one substance do not push another out.
fn shortlist(of: &(dyn Fn(usize) -> u32 + Sync)) -> Wanted<'_> {
    Wanted {
        substances: SHORTLIST,
        each: EACH,
        of,
    }
}

/// Leaves of hits by falling score the first of each substance.
fn keep_best_of_each_substance<T>(hits: &mut Vec<T>, substance: impl Fn(&T) -> u32) {
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert(substance(hit)));
}

/// Query and reference on the technique's grid before weighting and baseline removal, for plots and
/// published scores.
///
/// # Errors
/// [`SearchError`] where one of them cannot be put on the grid.
pub fn plain_pair(
    library: &Library,
    spectrum: &Spectrum,
    hit: &Hit,
) -> Result<(Signal, Signal, Recipe), SearchError> {
    let mut plain = Plain::new(library, spectrum);
    let (query, reference, recipe) = plain.pair(hit)?;
    Ok((query.clone(), reference, recipe.clone()))
}

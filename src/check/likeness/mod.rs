//! Entries against the others of their substance, and against other substances where they are unlike
//! those: leave-one-out, each entry against what else the library holds.

mod otherwise;
mod peaks;
mod rows;

use super::atoms::Atoms;
use super::ions::Ions;
use super::names;
use super::record::{Record, Records};
use super::{Check, Finding, Scope, Severity};
use crate::library::{Library, LibraryError};
use crate::prepare::Family;
use crate::search::{Hit, Options, Ranking, SearchError, Searcher};
use crate::spectrum::{Identity, Spectrum};
use rayon::prelude::*;
use rows::{Row, Rows};

/// Abundance of ions that are no noise, per cent of the base peak.
const SEEN: f64 = 1.0;
/// Entries of one substance that an entry is compared with.
const SIBLINGS: usize = 24;
/// Likeness from which entries confirm each other.
const ALIKE: f64 = 0.8;
/// Likeness below which two entries of a substance contradict each other.
const UNLIKE: f64 = 0.4;
/// By how much another explanation must be better.
const CLEARLY: f64 = 0.2;
/// Axis errors that are looked for, cm⁻¹ or nm, and the least that is told.
const FARTHEST: f64 = 60.0;
const NEAREST: f64 = 6.0;

pub(super) fn check(
    library: &Library,
    records: &Records,
    scope: &Scope,
    progress: &(dyn Fn() + Sync),
) -> Result<Vec<Finding>, LibraryError> {
    let options = Options {
        top: 1,
        ..Options::default()
    };
    let searcher = Searcher::new(library, options);
    let groups: Vec<Rows<'_>> = library.groups().filter_map(Rows::of).collect();
    let lone: Vec<&Record> = records.iter().filter(|r| scope.holds(r.index)).collect();
    let found: Result<Vec<Vec<Finding>>, LibraryError> = lone
        .into_par_iter()
        .map(|record| {
            let comparison = Comparison {
                library,
                records,
                scope,
                searcher: &searcher,
                record,
            };
            let mut found = Vec::new();
            for rows in &groups {
                if let Some(own) = rows.get(record.index) {
                    found.extend(comparison.curves(rows, &own)?);
                }
            }
            found.extend(peaks::check(&comparison)?);
            progress();
            Ok(found)
        })
        .collect();
    Ok(found?.into_iter().flatten().collect())
}

/// One entry while it is compared with others.
struct Comparison<'a> {
    library: &'a Library,
    records: &'a Records,
    scope: &'a Scope,
    searcher: &'a Searcher<'a>,
    record: &'a Record,
}

/// What the others of a substance say of one entry.
struct Siblings<'a> {
    all: Vec<(&'a Record, Row)>,
    /// The entry most like it, with its likeness.
    best: Option<(&'a Record, f64)>,
}

impl Comparison<'_> {
    fn curves(&self, rows: &Rows<'_>, own: &Row) -> Result<Vec<Finding>, LibraryError> {
        let siblings = self.siblings(rows, own);
        let Some((nearest, likeness)) = siblings.best else {
            return self.alone(rows);
        };
        // Broad bands are alike on a shifted axis too.
        if let Some(finding) = self.moved(rows, own, &siblings, likeness) {
            return Ok(vec![finding]);
        }
        if rows.recipe.family == Family::EiMs
            && let Some(finding) = self.heavier_base_peak(&siblings)?
        {
            return Ok(vec![finding]);
        }
        if likeness >= ALIKE {
            return Ok(Vec::new());
        }
        let spectrum = blinded(self.library, self.record.index)?;
        if let Some(finding) = self.axis(rows, &spectrum, &siblings, likeness) {
            return Ok(vec![finding]);
        }
        let foreign = self.foreign(&spectrum)?;
        if let Some((other, score)) = &foreign
            && *score >= ALIKE + 0.05
            && score - likeness >= CLEARLY
            && !self.near_isomers(other)
        {
            let severity = match likeness {
                l if l < 0.5 && *score >= 0.95 => Severity::Error,
                // Homologues and fatty acids come as near as this.
                l if l < 0.6 => Severity::Warning,
                _ => Severity::Note,
            };
            return Ok(vec![self.record.finding_with(other, Check::Mislabelled, severity, format!("The spectrum resembles {} (entry {}, {score:.2}) clearly more than any other entry of {} ({likeness:.2}). It is perhaps {}'s; compare with the source of the spectrum.", other.name(), other.entry.id, self.record.name(), other.name()))]);
        }
        Ok(self
            .outlier(rows, &siblings, nearest, likeness)
            .into_iter()
            .collect())
    }

    /// The other entries of the substance with the same isotopes, and which is most like this one.
    fn siblings(&self, rows: &Rows<'_>, own: &Row) -> Siblings<'_> {
        let heavy = |r: &Record| {
            let counted = r.atoms.as_ref().map_or(0, |a| a.count("D"));
            (counted, names::is_labelled(r.name()))
        };
        let all: Vec<(&Record, Row)> = self
            .records
            .of_substance(&self.record.substance)
            .filter(|r| r.index != self.record.index && heavy(r) == heavy(self.record))
            .take(SIBLINGS)
            .filter_map(|r| Some((r, rows.get(r.index)?)))
            .collect();
        let scores = all
            .iter()
            .filter_map(|(r, row)| Some((*r, rows.alike(own, row)?)));
        let best = scores.max_by(|a, b| a.1.total_cmp(&b.1));
        Siblings { all, best }
    }

    /// The base peak 1 to 12 above that of every other entry, and little where theirs is: heavy isotopes
    /// in the ion, though the other ions agree.
    fn heavier_base_peak(&self, siblings: &Siblings<'_>) -> Result<Option<Finding>, LibraryError> {
        let Some(own) = Ions::of(&self.library.spectrum(self.record.index)?) else {
            return Ok(None);
        };
        if names::is_labelled(self.record.name()) {
            return Ok(None);
        }
        let mut least: Option<(&Record, u32)> = None;
        for (other, _) in &siblings.all {
            let Some(theirs) = Ions::of(&self.library.spectrum(other.index)?) else {
                continue;
            };
            let (mine, base) = (own.base_peak(), theirs.base_peak());
            let heavier = mine.checked_sub(base).filter(|d| (1..=12).contains(d));
            let Some(heavier) = heavier.filter(|_| own.at(base) < 10.0 && theirs.at(mine) < 10.0)
            else {
                return Ok(None);
            };
            least = least.or(Some((other, heavier)));
        }
        Ok(least.map(|(other, heavier)| self.record.finding_with(other, Check::Derivative, Severity::Warning, format!("The base peak at m/z {} lies {heavier} above that of entry {} of the same substance, and little where that one has it: an isotope-labelled analogue is perhaps entered under the name of the unlabelled substance, or m/z are shifted. Compare both with their sources.", own.base_peak(), other.entry.id))))
    }

    /// Whether the axis of a curve lies beside those of its siblings.
    fn moved(
        &self,
        rows: &Rows<'_>,
        own: &Row,
        siblings: &Siblings<'_>,
        likeness: f64,
    ) -> Option<Finding> {
        if rows.is_mass() {
            return None;
        }
        let moved = siblings.all.iter().filter_map(|(r, s)| {
            let (score, shift) = rows.best(own, s, rows.points(FARTHEST))?;
            Some((*r, score, shift))
        });
        let (other, score, shift) = moved.max_by(|a, b| a.1.total_cmp(&b.1))?;
        let better = score >= 0.7 && 1.0 - likeness >= 2.0 * (1.0 - score) + 0.03;
        if !better || !(NEAREST..FARTHEST).contains(&shift.abs()) {
            return None;
        }
        // Of two, the later is told; of more, the one that stands alone.
        let earlier = other.index < self.record.index;
        let told = siblings.all.len() > 1 || earlier || !self.scope.holds(other.index);
        let unit = rows.recipe.grid.unit.symbol();
        let direction = if shift > 0.0 { "higher" } else { "lower" };
        told.then(|| self.record.finding_with(other, Check::Axis, Severity::Warning, format!("The axis reads {:.0} {unit} {direction} than that of entry {} of the same substance ({score:.2} alike then, {likeness:.2} as it is). One of the two instruments was not calibrated; compare both with a third, and correct or remove the wrong one.", shift.abs(), other.entry.id)))
    }

    /// Whether another axis or ordinate makes the entry like its siblings.
    fn axis(
        &self,
        rows: &Rows<'_>,
        spectrum: &Spectrum,
        siblings: &Siblings<'_>,
        likeness: f64,
    ) -> Option<Finding> {
        let others = |row: &Row| {
            let scores = siblings
                .all
                .iter()
                .filter_map(|(r, s)| Some((*r, rows.alike(row, s)?)));
            scores.max_by(|a, b| a.1.total_cmp(&b.1))
        };
        let family = rows.recipe.family;
        let best = otherwise::all(spectrum, family)
            .into_iter()
            .filter_map(|o| {
                let row = rows.prepared(&o.spectrum)?;
                let (other, score) = others(&row)?;
                Some((o.what, other, score))
            })
            .max_by(|a, b| a.2.total_cmp(&b.2))?;
        let (what, other, score) = best;
        let gain = score - likeness;
        let better = match rows.is_mass() {
            // Analogues with heavy isotopes share the fragments without them.
            true => {
                likeness < 0.65
                    && ((score >= 0.85 && gain >= 0.25) || (score >= 0.7 && gain >= 0.3))
            }
            false => score >= 0.7 && gain >= 0.25,
        };
        better.then(|| {
            self.record.finding_with(other, Check::Axis, Severity::Error, format!("The spectrum fits entry {} of the same substance if its {what} ({score:.2} alike then, {likeness:.2} as it is). Correct the unit or the axis, and import it again.", other.entry.id))
        })
    }

    /// The entry of another substance that is most like a spectrum, by the search's own correlation.
    fn foreign(&self, spectrum: &Spectrum) -> Result<Option<(&Record, f64)>, LibraryError> {
        let hits = hits(self.searcher.rank(spectrum))?;
        let other = hits.iter().filter_map(|hit| {
            let record = self.records.get(hit.entry)?;
            (record.substance != self.record.substance)
                .then(|| Some((record, correlation(hit)?)))?
        });
        Ok(other.max_by(|a, b| a.1.total_cmp(&b.1)))
    }

    /// Whether two substances may give one spectrum: unlabelled, of one formula, and so near to each
    /// other that the technique does not decide.
    fn near_isomers(&self, other: &Record) -> bool {
        let plain = |r: &Record| r.atoms.as_ref().map(Atoms::unlabelled);
        let technique = self.record.entry.technique.is_mass();
        technique && plain(self.record).is_some() && plain(self.record) == plain(other)
    }

    /// Unlike the others of its substance, which agree; or one of two that contradict each other.
    fn outlier(
        &self,
        rows: &Rows<'_>,
        siblings: &Siblings<'_>,
        nearest: &Record,
        likeness: f64,
    ) -> Option<Finding> {
        if likeness >= UNLIKE {
            return None;
        }
        let pairs = siblings.all.iter().enumerate().flat_map(|(i, (_, a))| {
            siblings
                .all
                .iter()
                .skip(i + 1)
                .filter_map(move |(_, b)| rows.alike(a, b))
        });
        let pairs: Vec<f64> = pairs.collect();
        let agree = pairs.iter().filter(|s| **s >= 0.7).count();
        if !pairs.is_empty() && 2 * agree >= pairs.len() {
            return Some(self.record.finding_with(nearest, Check::Mislabelled, Severity::Warning, format!("The spectrum does not resemble the other {} entries of {} ({likeness:.2} at most), which resemble each other. It is probably another substance's; compare with its source.", siblings.all.len(), self.record.name())));
        }
        let told = siblings.all.len() == 1
            && (nearest.index < self.record.index || !self.scope.holds(nearest.index));
        // Curves of one substance in several forms, or of narrow ranges, are less alike.
        let severity = match rows.is_mass() || likeness < 0.25 {
            true => Severity::Warning,
            false => Severity::Note,
        };
        told.then(|| self.record.finding_with(nearest, Check::Mislabelled, severity, format!("The spectrum does not resemble that of entry {} of the same substance ({likeness:.2}). One of the two is probably another substance's, or was measured in another form; compare both with their sources.", nearest.entry.id)))
    }

    /// An EI spectrum whose substance has no other entry and whose molecular ion is missing: another
    /// substance explains it wholly, molecular ion and all; or many do if its m/z are shifted.
    fn alone(&self, rows: &Rows<'_>) -> Result<Vec<Finding>, LibraryError> {
        let record = self.record;
        let formula = |r: &Record| {
            let atoms = Atoms::of_molecule(r.entry.identity.formula.as_deref()?);
            atoms.filter(Atoms::is_plain)
        };
        let (Family::EiMs, Some(own)) = (rows.recipe.family, formula(record)) else {
            return Ok(Vec::new());
        };
        let spectrum = blinded(self.library, record.index)?;
        let Some(ions) = Ions::of(&spectrum) else {
            return Ok(Vec::new());
        };
        let mass = own.nominal_mass();
        if ions.at(mass) >= 2.0 && ions.at(mass) >= ions.at(mass + 1) {
            return Ok(Vec::new());
        }
        let Some((other, score)) = self.foreign(&spectrum)? else {
            return Ok(Vec::new());
        };
        if score >= 0.95
            && let Some(found) = formula(other)
        {
            let (theirs, reach) = (found.nominal_mass(), found.isotope_reach());
            let above = ions.above(SEEN).any(|(mz, _)| mz > theirs + reach);
            let missing = ions.at(mass) < 0.3;
            if theirs != mass && missing && ions.at(theirs) >= 2.0 * SEEN && !above {
                return Ok(vec![record.finding_with(other, Check::Mislabelled, Severity::Warning, format!("The spectrum resembles {} (entry {}, {score:.2}) and has its molecular ion at m/z {theirs}, not that of {} at m/z {mass}. The name is wrong, or what it decomposes to before it is ionised was measured; compare with the source of the spectrum, and say so in the name.", other.name(), other.entry.id, record.name()))]);
            }
        }
        if score >= 0.7 {
            return Ok(Vec::new());
        }
        for shift in [1.0_f64, -1.0] {
            let moved = otherwise::shifted(&spectrum, shift);
            if let Some((other, better)) = self.foreign(&moved)?
                && better >= 0.85
                && better - score >= 0.25
            {
                let direction = if shift > 0.0 { "high" } else { "low" };
                let severity = match better {
                    b if b >= 0.9 && score < 0.6 => Severity::Warning,
                    _ => Severity::Note,
                };
                return Ok(vec![record.finding_with(other, Check::Axis, severity, format!("The spectrum resembles no other ({score:.2} at most), and {} (entry {}, {better:.2}) if its m/z are too {direction} by 1. Compare the m/z with the source of the spectrum.", other.name(), other.entry.id))]);
            }
        }
        Ok(Vec::new())
    }
}

/// The correlation of the search's first stage, else its score.
fn correlation(hit: &Hit) -> Option<f64> {
    let named = hit.scores.iter().find(|(name, _)| *name == "correlation");
    Some(named.map_or(hit.score, |(_, score)| *score))
}

/// The hits of a search; none where the spectrum cannot be searched, which the import has told.
fn hits(ranking: Result<Ranking, SearchError>) -> Result<Vec<Hit>, LibraryError> {
    match ranking {
        Ok(ranking) => Ok(ranking.hits),
        Err(SearchError::Library(error)) => Err(error),
        Err(
            SearchError::UnknownTechnique
            | SearchError::NoReferences { .. }
            | SearchError::Prepare(_),
        ) => Ok(Vec::new()),
    }
}

/// An entry as a query that says nothing of what it is.
fn blinded(library: &Library, index: usize) -> Result<Spectrum, LibraryError> {
    let mut spectrum = library.spectrum(index)?;
    spectrum.identity = Identity::default();
    spectrum.title.clear();
    Ok(spectrum)
}

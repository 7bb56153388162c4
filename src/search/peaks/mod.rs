//! MS/MS peak lists, compared peak by peak.
//!
//! A substance is a candidate where one of its references has the query's precursor (`precursor`:
//! the neutral mass where both adducts are known, in ppm), and is ranked by its best reference
//! (`evidence`: spectral entropy similarity at the resolution of the pair). The references of a
//! substance differ in collision energy, so its best is the one at the energy most like the query's.
//! Without the filter, spectra of the other polarity are left out and neutral losses count too.
//!
//! What was chosen, and on what: the tolerances from the instruments' m/z errors against accurate
//! spectra of the same substances (95 % within 0.2 at unit resolution, within 0.007 else); the weight
//! of the losses (the best of 0, 1/4, 1/2, 1) on half of the substances of a library, each spectrum
//! against what other contributors measured; the other half prefers 1 by a little. Tried and left
//! out, since they gained nothing there: rare peaks weighted up, the mean over the best references,
//! the share of explained peaks, the number of matched peaks, tolerances below 0.02, a discount for
//! pairs of unlike resolution, losses where precursors are compared.

mod evidence;
mod precursor;

use super::{Hit, Options, Ranking, SearchError};
use crate::library::{Group, Library, PeakLists, is_positive};
use crate::prepare::{Family, PrepareError};
use crate::spectrum::{Spectrum, Warning, WarningKind};
use evidence::{Evidence, Query};
use precursor::{Fit, Target};
use rayon::prelude::*;
use std::collections::HashMap;

/// Substances that get their named features, at least.
const DESCRIBED: usize = 50;
/// Similarity from which a reference counts as agreeing with the query.
const AGREES: f64 = 0.5;

/// One substance: its best reference, and how many of them agree.
struct Found {
    row: usize,
    entry: usize,
    evidence: Evidence,
    support: usize,
}

/// Adds the best reference of each substance to the ranking.
pub(super) fn search(
    library: &Library,
    spectrum: &Spectrum,
    group: &Group,
    lists: &PeakLists,
    options: &Options,
    ranking: &mut Ranking,
) -> Result<(), SearchError> {
    let query = Query::of(spectrum);
    if query.is_empty() {
        return Err(PrepareError::TooFewPoints {
            found: 0,
            needed: 1,
        }
        .into());
    }
    if query.is_only_precursor() {
        ranking.warnings.push(Warning::new(
            WarningKind::Ordinate,
            "Only the precursor ion is left in this spectrum: the ranking rests on its mass and identifies nothing. Measure at a higher collision energy.",
        ));
    }
    let target = Target::of(spectrum, options.precursor_tolerance);
    let fit = fit(target.as_ref(), lists, group.len(), options, ranking);
    let positive = is_positive(spectrum);
    let compared: Vec<Option<Evidence>> = (0..group.len())
        .into_par_iter()
        .with_min_len(512)
        .map(|row| match (&target, fit) {
            (Some(target), Some(fit)) => target
                .fits(lists, row, fit)
                .then(|| query.compare(lists, row, false))?,
            _ => precursor::polarity_agrees(positive, lists, row)
                .then(|| query.compare(lists, row, true))?
                .filter(|e| e.score > 0.0),
        })
        .collect();
    let count = compared.iter().flatten().count();
    ranking.compared += count;
    ranking.left_out += compared.len() - count;
    let mut found: Vec<(u32, Found)> = best_of_each(library, group, &compared);
    found.sort_by(|(_, a), (_, b)| {
        let score = b.evidence.score.total_cmp(&a.evidence.score);
        score.then(a.entry.cmp(&b.entry))
    });
    found.truncate(options.top.max(DESCRIBED));
    ranking.hits.extend(found.into_iter().map(|(substance, f)| {
        let mut scores = query.published(lists, f.row);
        scores.extend(f.evidence.features());
        let deviation = target.as_ref().and_then(|t| t.deviation_ppm(lists, f.row));
        scores.extend(deviation.map(|ppm| ("precursor_ppm", ppm)));
        scores.push(("support", f.support as f64));
        Hit {
            entry: f.entry,
            substance,
            family: Family::MsMs,
            score: f.evidence.score,
            axis_shift: 0.0,
            background: None,
            overlap: None,
            scores,
        }
    }));
    Ok(())
}

/// How the precursor is to be matched; `None` where it is not.
fn fit(
    target: Option<&Target>,
    lists: &PeakLists,
    rows: usize,
    options: &Options,
    ranking: &mut Ranking,
) -> Option<Fit> {
    options.match_precursor.then_some(())?;
    let mut warn = |message: String| {
        let warning = Warning::new(WarningKind::Format, message);
        ranking.warnings.push(warning);
    };
    let Some(target) = target else {
        warn("The file states no precursor m/z; all references were compared.".to_owned());
        return None;
    };
    let any = |fit| (0..rows).any(|row| target.fits(lists, row, fit));
    if any(Fit::Mass) {
        return Some(Fit::Mass);
    }
    if !any(Fit::Mz) {
        warn(format!(
            "No reference has the precursor m/z {} within {:.3}; --any-precursor compares all of them.",
            target.mz, target.tolerance
        ));
    }
    Some(Fit::Mz)
}

fn best_of_each(
    library: &Library,
    group: &Group,
    compared: &[Option<Evidence>],
) -> Vec<(u32, Found)> {
    let mut best: HashMap<u32, Found> = HashMap::new();
    for (row, evidence) in compared.iter().enumerate() {
        let entry = group.entry.get(row).map(|e| *e as usize);
        let (Some(evidence), Some(entry)) = (*evidence, entry) else {
            continue;
        };
        let Some(substance) = library.substance_of(entry) else {
            continue;
        };
        let agrees = usize::from(evidence.fragments.similarity >= AGREES);
        let new = Found {
            row,
            entry,
            evidence,
            support: 0,
        };
        let held = best.entry(substance).or_insert(new);
        held.support += agrees;
        if evidence.score > held.evidence.score {
            (held.row, held.entry, held.evidence) = (row, entry, evidence);
        }
    }
    best.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::library::{Builder, Info, Library, ReferenceKind};
    use crate::search::{Options, Ranking, Searcher};
    use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};

    fn spectrum(peaks: &[(f64, f64)], adduct: &str, precursor: f64) -> Spectrum {
        let (mz, y): (Vec<f64>, Vec<f64>) = peaks.iter().copied().unzip();
        let axis = Axis::Explicit(mz);
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, y);
        spectrum.precursor = Some(Precursor {
            mz: Some(precursor),
            adduct: Some(adduct.to_owned()),
            ..Precursor::default()
        });
        spectrum
    }

    fn library() -> Library {
        let mut builder = Builder::new(Info::default());
        let mut add = |name: &str, formula: &str, peaks: &[(f64, f64)], adduct, precursor| {
            let mut reference = spectrum(peaks, adduct, precursor);
            reference.identity.name = name.to_owned();
            reference.identity.formula = Some(formula.to_owned());
            builder.add(reference, ReferenceKind::FullSpectrum);
        };
        let ephedrine = [(148.1121, 100.0), (133.0886, 30.0), (117.0699, 20.0)];
        add("ephedrine", "C10H15NO", &ephedrine, "[M+H]+", 166.1226);
        let again = [(148.1121, 90.0), (115.0542, 60.0), (117.0699, 80.0)];
        add("ephedrine", "C10H15NO", &again, "[M+H]+", 166.1226);
        let benzoate = [(121.0295, 20.0), (77.0397, 100.0)];
        add("benzoic acid", "C7H6O2", &benzoate, "[M-H]-", 121.0295);
        let amphetamine = [(119.0855, 60.0), (91.0542, 100.0)];
        add("amphetamine", "C9H13N", &amphetamine, "[M+H]+", 136.1121);
        builder.build(&|| {}).0
    }

    fn ranked(query: &Spectrum, options: Options) -> (Vec<String>, Ranking) {
        let library = library();
        let ranking = Searcher::new(&library, options).search(query).unwrap();
        let name = |entry: usize| library.entry(entry).unwrap().identity.name;
        let names = ranking.hits.iter().map(|h| name(h.entry)).collect();
        (names, ranking)
    }

    fn any() -> Options {
        Options {
            match_precursor: false,
            ..Options::default()
        }
    }

    #[test]
    fn an_in_source_loss_meets_its_molecule() {
        let peaks = [(133.0887, 25.0), (117.0698, 22.0), (148.112, 100.0)];
        let query = spectrum(&peaks, "[M-H2O+H]+", 148.1121);
        let (names, ranking) = ranked(&query, Options::default());
        assert_eq!(names, ["ephedrine"]);
        let feature = |name| {
            ranking.hits[0]
                .scores
                .iter()
                .find(|s| s.0 == name)
                .unwrap()
                .1
        };
        assert_eq!((feature("support"), feature("matched_peaks")), (2.0, 3.0));
        assert!(feature("precursor_ppm").abs() < 2.0 && feature("missing") < 1e-9);
        assert_eq!(feature("entropy"), ranking.hits[0].score);
        assert!(ranking.warnings.is_empty());
    }

    #[test]
    fn unit_resolution_meets_accurate_mass() {
        let query = spectrum(&[(119.2, 50.0), (91.1, 100.0)], "[M+H]+", 136.1);
        let (names, ranking) = ranked(&query, Options::default());
        assert_eq!(names, ["amphetamine"]);
        assert!(ranking.hits[0].score > 0.95);
        let strict = Options {
            precursor_tolerance: "10ppm".parse().ok(),
            ..Options::default()
        };
        let (names, ranking) = ranked(&query, strict);
        assert!(names.is_empty() && ranking.warnings[0].message.contains("No reference"));
    }

    #[test]
    fn without_the_filter_fragments_decide() {
        let peaks = [(119.0855, 60.0), (91.0542, 100.0), (121.0295, 90.0)];
        let wrong = spectrum(&peaks, "[M+H]+", 500.5);
        assert_eq!(ranked(&wrong, any()).0, ["amphetamine"], "no negative ions");
        let right = spectrum(&peaks, "[M+H]+", 136.1121);
        let (scores, other) = (ranked(&right, any()).1, ranked(&wrong, any()).1);
        assert!(scores.hits[0].score > other.hits[0].score);
    }

    #[test]
    fn the_precursor_alone_identifies_nothing() {
        let query = spectrum(&[(136.1121, 100.0)], "[M+H]+", 136.1121);
        let (names, ranking) = ranked(&query, Options::default());
        assert_eq!(names, ["amphetamine"]);
        assert!(ranking.warnings[0].message.contains("identifies nothing"));
        let odd = spectrum(&[(91.05, 1.0)], "[M+H", f64::INFINITY);
        assert_eq!(ranked(&odd, any()).0, ["amphetamine"]);
        assert_eq!(ranked(&odd, Options::default()).0, ["amphetamine"]);
    }
}

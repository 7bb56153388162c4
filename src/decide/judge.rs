//! From a ranking to a verdict.

use super::class::{self, AGREEING};
use super::lacking::{self, Isomers};
use super::learn::{FALSE_SHARE_AGAIN, false_share};
use super::quality::{Level, Quality};
use super::rates::Rates;
use super::standing::Standing;
use super::uncalibrated::agree;
use super::verdict::{Rule, Verdict, VerdictLevel};
use crate::library::{Calibration, Feature, Library, LibraryError, Rate, Uncalibrated};
use crate::prepare::{Family, Recipe};
use crate::search::{Hit, Ranking, TRIED_AXIS, axis_places, is_out_of_calibration};
use crate::spectrum::Identity;
use crate::substance::Register;

/// Most substances that a set names before it says nothing useful.
pub const MOST_NAMED: usize = 10;
/// Quantities that are told of what speaks against the best candidate.
const AGAINST: usize = 2;
/// Candidates among which the stereoisomers of those named are looked for.
const STEREO: usize = 20;

/// Quantities of ions that the sample lacks.
const ABSENT: [&str; 3] = ["lacking", "deficit", "largest_deficit"];

const NOTHING_COMPARED: &str = "No reference could be compared with this spectrum: the library has none of its technique with an overlapping range or, for MS/MS, with its precursor. Name another library, or for MS/MS ask for any precursor (--any-precursor).";

/// The verdict on a spectrum of this quality, by the rule that the library carries.
///
/// - Poor quality, no candidates or no rule for the best candidate's family: inconclusive.
/// - The acceptance model's logit above its limit: identified, as the set of candidates that lie
///   within the measured width of the best, with their stereoisomers.
/// - Where the best candidate fits well, and only with the axis off by more than was tried: identified by the ranking of
///   the spectrum with its axis put right (the rule of `uncalibrated.rs`), else inconclusive.
/// - Below the lower limit: not in the library.
/// - Between them: the class where the three leading candidates share one and that is right often
///   enough; else inconclusive, with what speaks against the best candidate.
pub fn decide(
    ranking: &Ranking,
    quality: &Quality,
    library: &Library,
    register: &Register,
) -> Verdict {
    let standing = Standing::of(&ranking.hits);
    let Some(best) = standing.best() else {
        return Verdict::inconclusive(NOTHING_COMPARED);
    };
    if quality.level == Level::Poor {
        let mut verdict =
            Verdict::inconclusive("The spectrum is too poor for a verdict; measure it again.");
        verdict.reasons.extend(quality.findings.iter().cloned());
        return verdict;
    }
    let calibration = library
        .group(best.family)
        .and_then(|group| group.calibration.as_ref());
    let Some(calibration) = calibration else {
        return Verdict::inconclusive(without_rule(best.family));
    };
    let names = calibration.features.iter().map(|f| f.name.as_str());
    let values = standing.quantities(names, calibration.width);
    let logit = values.as_deref().and_then(|v| calibration.logit(v));
    let (Some(values), Some(logit)) = (values, logit) else {
        return Verdict::inconclusive(
            "The library's decision rule is of another version of the program; import it again.",
        );
    };
    let isomer = &calibration.false_positive_isomer;
    let rates = Rates::of(calibration, library, best.family);
    let rule = Rule {
        value: logit,
        identified_above: calibration.accept,
        not_in_library_below: calibration.reject,
        set_width: calibration.width,
        most_named: MOST_NAMED,
        accepted_false_share: false_share(best.family),
        missed: rates.missed().clone(),
        isomer: (isomer.n > 0).then(|| isomer.clone()),
        coverage: Some(rates.coverage().0.clone()),
    };
    let case = Case {
        late: quality.scan_from.is_some(),
        standing: &standing,
        without: &ranking.without,
        best,
        calibration,
        rates: &rates,
        library,
        register,
    };
    if let (true, Some(learned), Some(again)) = (
        is_out_of_calibration(best),
        &calibration.uncalibrated,
        &ranking.recalibrated,
    ) {
        return case.put_right(rule, learned, again);
    }
    Verdict {
        rule: Some(rule),
        ..case.judge(&values, logit)
    }
}

/// What the rule is applied to.
struct Case<'a> {
    /// Whether lighter ions were not measured, so that nothing is known to be missing.
    late: bool,
    standing: &'a Standing<'a>,
    without: &'a [u32],
    best: &'a Hit,
    calibration: &'a Calibration,
    rates: &'a Rates<'a>,
    library: &'a Library,
    register: &'a Register,
}

impl Case<'_> {
    /// The verdict at this acceptance value.
    fn judge(&self, values: &[f64], logit: f64) -> Verdict {
        let Self {
            late,
            standing,
            best,
            calibration,
            rates,
            library,
            register,
            ..
        } = *self;
        let size = standing.set_size(calibration.width);
        if logit > calibration.accept && size <= MOST_NAMED {
            let set = with_stereoisomers(standing.leading(STEREO.max(size)), size, library);
            return match set.and_then(|set| self.with_lacking(set)) {
                Ok((set, isomers)) => identified(set, isomers, calibration, rates),
                Err(damaged) => Verdict::inconclusive(damaged.to_string()),
            };
        }
        if logit > calibration.accept {
            return not_told_apart(size);
        }
        let against = what_speaks_against(&calibration.features, values, late);
        if is_out_of_calibration(best) {
            return beyond_calibration(best);
        }
        if logit < calibration.reject {
            return not_in_library(best.family, against, rates.missed());
        }
        if let Some(rate) = &calibration.class_right {
            let class_of =
                |hit: &Hit| class::of(&library.entry(hit.entry).ok()?.identity, register);
            if let Some(class) = class::shared(standing, class_of) {
                return class_only(&class, rate, against);
            }
        }
        let mut verdict = Verdict::inconclusive(
            "The best candidate is no more like the sample than substances that are not in the library can be.",
        );
        verdict.reasons.extend(against);
        verdict
    }

    /// A set, and the isomers of its members that belong to it without a reference.
    fn with_lacking(&self, set: Vec<usize>) -> Result<(Vec<usize>, Isomers), LibraryError> {
        let named = |i: &usize| self.standing.leading(i + 1)[*i];
        let hits: Vec<&Hit> = set.iter().map(named).collect();
        let isomers = lacking::isomers(&hits, self.without, self.library, self.register)?;
        Ok((set, isomers))
    }

    /// The verdict by the ranking of the spectrum with its axis put right, by the limit and the rates for that.
    fn put_right(&self, rule: Rule, learned: &Uncalibrated, again: &Ranking) -> Verdict {
        let Self {
            best, calibration, ..
        } = *self;
        let standing = Standing::of(&again.hits);
        let names = calibration.features.iter().map(|f| f.name.as_str());
        let values = standing.quantities(names, calibration.width);
        let logit = values.and_then(|values| calibration.logit(&values));
        let Some(logit) = logit.filter(|_| agree(best, &standing)) else {
            return Verdict {
                rule: Some(rule),
                ..beyond_calibration(best)
            };
        };
        let size = standing.set_size(calibration.width);
        let rates = Rates::uncalibrated(calibration, learned);
        let verdict = match (logit > learned.accept, size <= MOST_NAMED) {
            (false, _) => beyond_calibration(best),
            (true, false) => not_told_apart(size),
            (true, true) => match self.set_of(&standing, size) {
                Ok(Some((set, isomers))) => {
                    let mut verdict = identified(set, isomers, calibration, &rates);
                    verdict.reasons.insert(0, compared_again(best, again));
                    verdict
                }
                Ok(None) => beyond_calibration(best),
                Err(damaged) => Verdict::inconclusive(damaged.to_string()),
            },
        };
        Verdict {
            rule: Some(Rule {
                value: logit,
                identified_above: learned.accept,
                accepted_false_share: FALSE_SHARE_AGAIN,
                coverage: Some(learned.coverage.clone()),
                ..rule
            }),
            ..verdict
        }
    }

    /// The first `size` candidates of another ranking of the same spectrum as a set of this one; `None` where this one
    /// lacks one of them.
    fn set_of(
        &self,
        other: &Standing<'_>,
        size: usize,
    ) -> Result<Option<(Vec<usize>, Isomers)>, LibraryError> {
        let leading = other.leading(STEREO.max(size));
        let named = with_stereoisomers(leading, size, self.library)?;
        let all = self.standing.leading(usize::MAX);
        let place = |i: usize| {
            all.iter()
                .position(|hit| hit.substance == leading[i].substance)
        };
        let set: Option<Vec<usize>> = named.into_iter().map(place).collect();
        set.map(|set| self.with_lacking(set)).transpose()
    }
}

fn not_told_apart(size: usize) -> Verdict {
    Verdict::inconclusive(format!(
        "{size} substances of the library cannot be told apart at this quality."
    ))
}

fn beyond_calibration(best: &Hit) -> Verdict {
    Verdict::inconclusive(format!(
        "The best candidate fits only where the axis is off ({}), more than the rule was measured on, so that nothing can be said. Calibrate the axis with a standard and measure again.",
        axis_places(best, unit_of(best))
    ))
}

/// How a spectrum was compared whose axis was put right.
fn compared_again(best: &Hit, again: &Ranking) -> String {
    let (low, high) = again
        .hits
        .first()
        .and_then(|hit| hit.overlap)
        .unwrap_or_default();
    let unit = unit_of(best);
    format!(
        "The axis is off against the best candidate ({}); it was put right by that candidate's bands and the spectrum compared again, from {low:.0} to {high:.0} {unit}. The rates are those of references treated so. Calibrate the instrument with a standard.",
        axis_places(best, unit)
    )
}

fn unit_of(hit: &Hit) -> &'static str {
    Recipe::standard(hit.family).grid.unit.symbol()
}

/// The first `size` of these candidates, and those that have the skeleton of one of them: most techniques do
/// not tell stereoisomers apart, however far one lies behind.
fn with_stereoisomers(
    hits: &[&Hit],
    size: usize,
    library: &Library,
) -> Result<Vec<usize>, LibraryError> {
    let mut skeletons: Vec<String> = Vec::new();
    let mut set = Vec::with_capacity(size);
    for (index, hit) in hits.iter().enumerate() {
        let identity = library.entry(hit.entry)?.identity;
        let skeleton = identity.stereo_skeleton().map(str::to_owned);
        let known = skeleton.as_ref().is_some_and(|s| skeletons.contains(s));
        if index < size || known {
            set.push(index);
            skeletons.extend(skeleton.filter(|_| !known));
        }
    }
    Ok(set)
}

/// How often identified sets hold the true substance, and what that was measured on.
fn held(rates: &Rates<'_>) -> String {
    let (rate, own) = rates.coverage();
    let on = if own {
        "identified spectra of the laboratory's own validation"
    } else {
        "trials with references of this library; with spectra of other laboratories it can be less"
    };
    format!(
        "Such sets held the true substance in {} of {} {on}.",
        percent(rate.estimate, rate.low, rate.high),
        rate.n
    )
}

fn identified(
    set: Vec<usize>,
    isomers: Isomers,
    calibration: &Calibration,
    rates: &Rates<'_>,
) -> Verdict {
    let Isomers {
        lacking,
        without_formula,
    } = isomers;
    let mut reasons = vec![held(rates)];
    if set.len() > 1 {
        let size = set.len();
        reasons.push(format!(
            "{size} substances of the library cannot be told apart here; one of them, not a certain one, is named."
        ));
    }
    if !lacking.is_empty() {
        reasons.push(not_excluded(&lacking));
    }
    if !without_formula.is_empty() {
        reasons.push(format!(
            "Neither the library nor the register gives a formula of {}, so that no isomers without a reference were looked for.",
            without_formula.join(", ")
        ));
    }
    let isomer = &calibration.false_positive_isomer;
    if isomer.n > 0 {
        reasons.push(format!(
            "An isomer that neither the library nor the register knows would be called identified in {} of cases.",
            percent(isomer.estimate, isomer.low, isomer.high)
        ));
    }
    Verdict {
        level: VerdictLevel::Identified,
        set,
        lacking,
        set_coverage: Some(rates.coverage().0.estimate),
        false_positive_rate: Some(rates.false_positive().clone()),
        reasons,
        rule: None,
    }
}

/// What is said of isomers without a reference.
fn not_excluded(lacking: &[Identity]) -> String {
    let names: Vec<&str> = lacking.iter().map(|i| i.name.as_str()).collect();
    let (has, is, it) = match names.len() {
        1 => ("has", "it is", "it"),
        _ => ("have", "they are", "them"),
    };
    format!(
        "No reference of {} was compared, which {has} the same formula; {is} part of the set, since no comparison excludes {it}.",
        names.join(", ")
    )
}

fn class_only(class: &str, rate: &Rate, against: Vec<String>) -> Verdict {
    let mut reasons = vec![
        format!(
            "It resembles the class {class:?}: its {AGREEING} best candidates are of it, but none is like enough to be named."
        ),
        format!(
            "Where substances that are not in the library were so, the class was right in {} of cases.",
            percent(rate.estimate, rate.low, rate.high)
        ),
    ];
    reasons.extend(against);
    Verdict {
        level: VerdictLevel::ClassOnly,
        set: Vec::new(),
        lacking: Vec::new(),
        set_coverage: None,
        false_positive_rate: None,
        reasons,
        rule: None,
    }
}

fn not_in_library(family: Family, against: Vec<String>, missed: &Rate) -> Verdict {
    let mut reasons = vec![format!(
        "The best candidate is too unlike the sample. A substance of the library is called so in {} of cases.",
        percent(missed.estimate, missed.low, missed.high)
    )];
    if !family.is_mass() {
        reasons.push(axis(family));
    }
    reasons.extend(against);
    Verdict {
        level: VerdictLevel::NotInLibrary,
        set: Vec::new(),
        lacking: Vec::new(),
        set_coverage: None,
        false_positive_rate: None,
        reasons,
        rule: None,
    }
}

/// What a negative of a curve rests on: the references were tried on axes off by a shift and a bend of standard
/// deviation 3 each, so that 97 of 100 places were off by less than [`TRIED_AXIS`].
fn axis(family: Family) -> String {
    let unit = Recipe::standard(family).grid.unit.symbol();
    format!(
        "That was measured on axes that are right to within some {TRIED_AXIS} {unit}; a larger error hides a substance. Check the calibration with a standard, or ask again with --max-shift."
    )
}

fn without_rule(family: Family) -> &'static str {
    match family {
        Family::EiMsPrincipal => {
            "The best candidate is known by its principal ions only, for which no error rate was measured; import a library of full spectra for a verdict."
        }
        _ => {
            "The library holds too few references of this technique to measure how often a wrong substance would be named, so no verdict is given."
        }
    }
}

/// `1.2 % (0.8 to 1.9 %)`.
fn percent(estimate: f64, low: f64, high: f64) -> String {
    format!(
        "{:.1} % ({:.1} to {:.1} %)",
        100.0 * estimate,
        100.0 * low,
        100.0 * high
    )
}

/// The two quantities that lower the logit most below its average, in words, each sentence once. Where a scan
/// began `late`, ions are not said to be missing.
fn what_speaks_against(features: &[Feature], values: &[f64], late: bool) -> Vec<String> {
    let mut terms: Vec<(f64, &str, f64)> = features
        .iter()
        .zip(values)
        .map(|(f, v)| (f.weight * (v - f.mean) / f.scale, f.name.as_str(), *v))
        .filter(|(term, name, v)| *term < -0.3 && in_words(name, *v).is_some())
        .filter(|(_, name, _)| !(late && ABSENT.contains(name)))
        .collect();
    terms.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut words: Vec<String> = Vec::with_capacity(AGAINST);
    for sentence in terms.iter().filter_map(|(_, name, v)| in_words(name, *v)) {
        // Several quantities may say the same.
        if words.len() < AGAINST && !words.contains(&sentence) {
            words.push(sentence);
        }
    }
    words
}

fn in_words(name: &str, value: f64) -> Option<String> {
    let share = 100.0 * value;
    Some(match name {
        "foreign" => format!(
            "{share:.0} % of the sample's weighted ion abundance lies in ions that the best candidate lacks."
        ),
        "lacking" => format!(
            "{share:.0} % of the best candidate's weighted ion abundance lies in ions that the sample lacks."
        ),
        "surplus" => format!(
            "{share:.0} % of the sample's weighted ion abundance is not explained by the best candidate."
        ),
        "deficit" => format!(
            "{share:.0} % of the best candidate's weighted ion abundance is missing in the sample."
        ),
        "scatter" => format!(
            "The common ions' abundances scatter by a factor of {:.1}.",
            value.exp()
        ),
        "molecular_ion" if value < 0.5 => {
            "The best candidate's molecular ion is not seen in the sample.".to_owned()
        }
        "above_molecular_ion" if value > 0.0 => format!(
            "{share:.1} % of the sample's ions lie above the best candidate's molecular ion."
        ),
        "largest_surplus" => {
            "A strong ion of the sample is not explained by the best candidate.".to_owned()
        }
        "largest_deficit" => {
            "A strong ion of the best candidate is missing in the sample.".to_owned()
        }
        "fragments" if value < 0.5 => format!(
            "The best candidate's spectrum is mostly its molecular ion (fragments: {share:.0} %), which its isomers have, too."
        ),
        "tilt" if value > 0.5 => format!(
            "The two instruments' sensitivity differs by a factor of {:.1} per 100 m/z.",
            value.exp()
        ),
        "unexplained" => {
            format!("{share:.0} % of the sample's signal is not explained by the best candidate.")
        }
        "missing" => {
            format!("{share:.0} % of the best candidate's signal is missing in the sample.")
        }
        "score" | "closeness" => "The best score is low.".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Builder, Info, ReferenceKind};
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    #[test]
    fn stereoisomers_join_the_set() {
        let mut builder = Builder::new(Info::default());
        for key in [
            "KWGRBVOPPLSCSI-WPRPVWTQSA-N",
            "QCCDLTOVEPVEJK-UHFFFAOYSA-N",
            "KWGRBVOPPLSCSI-WCBMZHEXSA-N",
        ] {
            let axis = Axis::Explicit(vec![58.0, 77.0, 105.0]);
            let y = vec![100.0, 20.0, 10.0];
            let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y);
            spectrum.identity.name = key[15..].to_owned();
            spectrum.identity.inchikey = Some(key.to_owned());
            builder.add(spectrum, ReferenceKind::FullSpectrum);
        }
        let (library, _) = builder.build(&|| {});
        let hits = [0, 1, 2].map(|entry| Hit {
            entry,
            ..Hit::scored(0.9)
        });
        let hits: Vec<&Hit> = hits.iter().collect();
        let set = |size| with_stereoisomers(&hits, size, &library).unwrap();
        assert_eq!(set(1), [0, 2]);
        assert_eq!(set(2), [0, 1, 2]);
        assert_eq!(with_stereoisomers(&hits[..2], 1, &library).unwrap(), [0]);
    }

    #[test]
    fn a_negative_names_the_unit_of_its_axis() {
        assert!(axis(Family::NearInfrared).contains("within some 8 nm;"));
    }

    #[test]
    fn what_speaks_against_is_said_once() {
        let feature = |name: &str| Feature {
            name: name.to_owned(),
            mean: 1.0,
            scale: 1.0,
            weight: 1.0,
        };
        let features = ["score", "closeness", "unexplained"].map(feature);
        let said = what_speaks_against(&features, &[-3.0, -2.0, 0.5], false);
        assert_eq!(
            said,
            [
                "The best score is low.",
                "50 % of the sample's signal is not explained by the best candidate."
            ]
        );
    }

    #[test]
    fn ions_below_a_late_scan_are_not_missing() {
        let feature = |name: &str| Feature {
            name: name.to_owned(),
            mean: 0.0,
            scale: 1.0,
            weight: -1.0,
        };
        let features = ["deficit", "largest_deficit", "surplus"].map(feature);
        let said = |late| what_speaks_against(&features, &[0.9, 0.8, 0.5], late);
        assert!(
            said(false)
                .iter()
                .any(|s| s.contains("missing in the sample"))
        );
        assert!(
            !said(true)
                .iter()
                .any(|s| s.contains("missing in the sample"))
        );
        assert_eq!(said(true).len(), 1);
    }
}

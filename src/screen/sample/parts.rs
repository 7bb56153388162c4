//! Samples with GC-MS runs: their peaks are parts of the sample, not replicates of one spectrum.
//!
//! No peak contradicts another. Named are all that are identified, the strictest control status first; what the
//! sample's other spectra name is one more part, unless a peak may be the same.

use super::component::{Component, Place, together};
use super::{Judged, SampleVerdict, alike};
use crate::decide::VerdictLevel;
use crate::screen::brief::{Brief, InjectionBrief};

/// Judges a sample that has peaks, or a run without any.
pub(super) fn judge(spectra: &[&Brief]) -> Judged {
    let of_run = |b: &&&Brief| b.injection.is_some();
    let all: Vec<&Brief> = spectra.iter().filter(of_run).copied().collect();
    let runs = runs(&all);
    let (peaks, aside): (Vec<&Brief>, Vec<&Brief>) = all.iter().partition(|b| b.is_of_sample());
    let others: Vec<&Brief> = spectra.iter().filter(|b| !of_run(b)).copied().collect();
    let beside = (!others.is_empty()).then(|| alike(&others));
    let identified = peaks
        .iter()
        .filter(|b| b.level == Some(VerdictLevel::Identified));
    let mut components = together(identified.map(|b| Component::of(b)));
    let named_by_peaks = components.len();
    let mut partial: Vec<String> = Vec::new();
    if let Some(beside) = &beside {
        partial.extend(beside.partial.clone());
        if let Some(message) = add(&mut components, beside, &others) {
            partial.push(message);
        }
        partial.extend(without_name(beside, &others));
    }
    partial.extend(missing(&components, runs.len()));
    partial.extend(of_runs(&runs, |run| run.unread.as_ref()));
    partial.extend(of_runs(&runs, |run| run.no_standard.as_ref()));
    let mut judged = Judged {
        spectra: spectra.len(),
        verdict: verdict(&components, &peaks, beside.as_ref()),
        partial: (!partial.is_empty()).then(|| partial.join(" ")),
        reasons: vec![summary(&components, &peaks, &runs, &aside)],
        ..Judged::default()
    };
    match judged.verdict {
        SampleVerdict::Identified => {
            if let Some(first) = components.first() {
                judged.named.clone_from(&first.set);
                judged.class.clone_from(&first.class);
                judged.score = first.score;
            }
            judged.rate = rate(&components, &peaks, beside.as_ref());
            judged.reasons.extend(tests(named_by_peaks, &peaks));
            judged.components = components;
        }
        SampleVerdict::Disagreeing => {
            let sets = components.into_iter().flat_map(|c| c.set);
            let possible = beside.iter().flat_map(|b| b.possible.iter().cloned());
            judged.possible = possible.chain(sets).collect();
        }
        verdict => {
            let resembling = largest(&peaks, VerdictLevel::ClassOnly);
            if verdict == SampleVerdict::ClassOnly {
                let class = resembling.and_then(|b| b.best()?.class.clone());
                judged.class = class.or(beside.as_ref().and_then(|b| b.class.clone()));
            }
            let best = peaks.iter().filter_map(|b| b.best());
            judged.score = best.map(|best| best.score).max_by(f64::total_cmp);
            // Of a run without a peak its one row says why.
            let telling = resembling.or_else(|| by_area(peaks.iter().copied()));
            judged
                .reasons
                .extend(telling.into_iter().flat_map(|b| b.reasons.iter().cloned()));
        }
    }
    judged
        .reasons
        .extend(beside.into_iter().flat_map(|b| b.reasons));
    judged
}

/// The spectra of a sample that carry its verdict, by which its quality is told: of runs the peaks that are
/// identified, where none is those that must not be overlooked.
pub fn carrying<'a>(spectra: &[&'a Brief]) -> Vec<&'a Brief> {
    let is_part = |b: &&Brief| b.peak.is_some();
    let is_named =
        |b: &&Brief| is_part(b) && b.is_of_sample() && b.level == Some(VerdictLevel::Identified);
    let any_named = spectra.iter().any(is_named);
    let carries = |b: &&Brief| match (is_part(b), any_named) {
        (false, _) => true,
        (true, true) => is_named(b),
        (true, false) => b.is_main(),
    };
    spectra.iter().copied().filter(carries).collect()
}

fn verdict(components: &[Component], peaks: &[&Brief], beside: Option<&Judged>) -> SampleVerdict {
    let says = |verdict| beside.is_some_and(|b| b.verdict == verdict);
    if says(SampleVerdict::Disagreeing) {
        return SampleVerdict::Disagreeing;
    }
    if !components.is_empty() {
        return SampleVerdict::Identified;
    }
    let of = |level| peaks.iter().any(|b| b.level == Some(level));
    if of(VerdictLevel::ClassOnly) || says(SampleVerdict::ClassOnly) {
        return SampleVerdict::ClassOnly;
    }
    let main: Vec<&&Brief> = peaks.iter().filter(|b| b.is_main()).collect();
    let absent = |b: &&&Brief| b.level == Some(VerdictLevel::NotInLibrary);
    let silent = beside.is_none_or(|b| {
        use SampleVerdict::{LeftOut, NotInLibrary, Unusable};
        matches!(b.verdict, NotInLibrary | Unusable | LeftOut)
    });
    match silent && !main.is_empty() && main.iter().all(absent) {
        true => SampleVerdict::NotInLibrary,
        false => SampleVerdict::Inconclusive,
    }
}

/// Adds what the other spectra of the sample name. Tells where no peak may be that.
fn add(components: &mut Vec<Component>, beside: &Judged, others: &[&Brief]) -> Option<String> {
    if beside.verdict != SampleVerdict::Identified {
        return None;
    }
    let named = others.iter().filter(|b| !b.set.is_empty());
    let one = Component {
        set: beside.named.clone(),
        found: named
            .map(|b| Place {
                path: b.path.clone(),
                spectrum: b.index + 1,
                retention_min: None,
                area_percent: None,
            })
            .collect(),
        rate: beside.rate,
        score: beside.score,
        class: beside.class.clone(),
    };
    let known = components.iter().position(|c| c.shares(&one));
    let Some(known) = known else {
        let message = format!(
            "What other spectra of the sample say, {}, is no identified peak of its runs.",
            one.names()
        );
        let all = std::mem::take(components);
        *components = together(all.into_iter().chain([one]));
        return Some(message);
    };
    // As of several techniques: the one that names the fewest, where the other names these, too.
    let holds = |set: &Component, m: &str| set.set.iter().any(|o| o.form() == m);
    let known = &mut components[known];
    if one.set.iter().all(|m| holds(known, &m.form())) {
        known.set = one.set;
    } else if !known.set.iter().all(|m| holds(&one, &m.form())) {
        let more = one.set.into_iter().filter(|m| !holds(known, &m.form()));
        let more: Vec<_> = more.collect();
        known.set.extend(more);
    }
    known.found.extend(one.found);
    None
}

/// Where other spectra could not be used, or say that nothing in the library is like the sample, which a spectrum
/// of a mixture may well do.
fn without_name(beside: &Judged, others: &[&Brief]) -> Option<String> {
    match beside.verdict {
        SampleVerdict::Unusable => {
            let (failed, (_, message)) = others.iter().find_map(|b| Some((b, b.failure()?)))?;
            let place = super::place(failed);
            Some(format!("{place} could not be used ({message})."))
        }
        SampleVerdict::NotInLibrary => {
            let place = super::place(others.first()?);
            Some(format!(
                "{place} says not in library, as a spectrum of a mixture may."
            ))
        }
        _ => None,
    }
}

/// What one of several runs of a sample has, and another has not.
fn missing(components: &[Component], runs: usize) -> Option<String> {
    let seen = |component: &Component| {
        let mut paths: Vec<&str> = component
            .found
            .iter()
            .filter(|p| p.retention_min.is_some())
            .map(|p| p.path.as_str())
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths.len()
    };
    let rare = components.iter().find(|c| (1..runs).contains(&seen(c)))?;
    Some(format!(
        "{} is identified in {} of {runs} runs.",
        rare.names(),
        seen(rare)
    ))
}

/// A run: its path, and what is known of it.
type Run<'a> = (&'a str, &'a InjectionBrief);

/// What is said of runs one by one, each with its file.
fn of_runs<'a>(
    runs: &[Run<'a>],
    said: impl Fn(&'a InjectionBrief) -> Option<&'a String>,
) -> Option<String> {
    let of = runs
        .iter()
        .filter_map(|(path, run)| Some((path, said(run)?)));
    let told = of.map(|(path, said)| format!("{}: {said}", file_name(path)));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The runs that the peaks are of, each once.
fn runs<'a>(peaks: &[&'a Brief]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for brief in peaks {
        let known = |(path, _): &Run<'_>| *path == brief.path;
        if let Some(injection) = &brief.injection
            && !runs.iter().any(known)
        {
            runs.push((&brief.path, injection));
        }
    }
    runs
}

/// Peaks that could have been named falsely: of poor quality nothing is named.
fn tested(peaks: &[&Brief]) -> usize {
    let is_tested = |b: &&&Brief| b.peak.is_some() && b.quality.as_deref() != Some("poor");
    peaks.iter().filter(is_tested).count()
}

/// A bound on how often any of the tests names something falsely (Boole's inequality): the number of peaks that
/// were tested times the highest rate of those that are named, and that of the other spectra.
fn rate(components: &[Component], peaks: &[&Brief], beside: Option<&Judged>) -> Option<[f64; 3]> {
    let rates = peaks
        .iter()
        .filter_map(|b| b.rate.filter(|_| !b.set.is_empty()));
    let highest = rates.max_by(|a, b| a[2].total_cmp(&b[2]));
    let beside = beside.filter(|b| b.verdict == SampleVerdict::Identified);
    let beside = beside.and_then(|b| b.rate);
    if components.is_empty() || (highest.is_none() && beside.is_none()) {
        return None;
    }
    let (highest, beside) = (highest.unwrap_or_default(), beside.unwrap_or_default());
    let tests = tested(peaks) as f64;
    Some([0, 1, 2].map(|i| (tests * highest[i] + beside[i]).min(1.0)))
}

fn tests(named: usize, peaks: &[&Brief]) -> Option<String> {
    let tests = tested(peaks);
    (named > 0 && tests > 1).then(|| {
        format!(
            "The rate is a bound on naming any of {tests} peaks falsely: {tests} times the highest of theirs, as if the library had none of their substances. It was measured on whole spectra, not on deconvoluted ones."
        )
    })
}

/// The largest peak of a level.
fn largest<'a>(peaks: &[&'a Brief], level: VerdictLevel) -> Option<&'a Brief> {
    by_area(peaks.iter().copied().filter(|b| b.level == Some(level)))
}

/// The largest peak.
fn by_area<'a>(peaks: impl Iterator<Item = &'a Brief>) -> Option<&'a Brief> {
    let area = |b: &Brief| b.peak.as_ref().map_or(0.0, |p| p.area_percent);
    peaks.max_by(|a, b| area(a).total_cmp(&area(b)))
}

/// What is said of peaks that are not of the sample: those that the blank has, too, and internal standards.
fn of_none(aside: &[&Brief]) -> String {
    let (standard, blank): (Vec<&Brief>, Vec<&Brief>) = aside.iter().partition(|b| b.is_standard());
    let told = [
        (
            blank,
            [
                "peak that the blank has, too,",
                "peaks that the blank has, too,",
            ],
        ),
        (standard, ["internal standard", "internal standards"]),
    ];
    let told = told.into_iter().filter(|(all, _)| !all.is_empty());
    let told = told.map(|(all, [one, many])| not_counted(&all, one, many));
    told.collect()
}

/// That these peaks are not counted, and what is identified among them.
fn not_counted(peaks: &[&Brief], one: &str, many: &str) -> String {
    let are = match peaks.len() {
        1 => format!("1 {one} is not counted"),
        n => format!("{n} {many} are not counted"),
    };
    let named = peaks
        .iter()
        .filter(|b| b.level == Some(VerdictLevel::Identified));
    let named = together(named.map(|b| Component::of(b)));
    let named: Vec<String> = named.iter().map(Component::sentence).collect();
    match named.is_empty() {
        true => format!(" {are}."),
        false => format!(" {are}; identified among them: {}.", named.join(", ")),
    }
}

/// What a run holds, as a desk reads it.
fn summary(
    components: &[Component],
    peaks: &[&Brief],
    runs: &[Run<'_>],
    aside: &[&Brief],
) -> String {
    let named: Vec<String> = components.iter().map(Component::sentence).collect();
    let count = |level| {
        let of = |b: &&&Brief| b.peak.is_some() && b.level == Some(level);
        peaks.iter().filter(of).count()
    };
    let rest = [
        (
            VerdictLevel::ClassOnly,
            "of which only the class can be said",
        ),
        (VerdictLevel::NotInLibrary, "not in the library"),
        (VerdictLevel::Inconclusive, "inconclusive"),
    ];
    let rest = rest.map(|(level, words)| (count(level), words));
    let rest = rest.iter().filter(|(n, _)| *n > 0);
    let rest = rest.map(|(n, words)| match n {
        1 => format!("1 peak {words}"),
        n => format!("{n} peaks {words}"),
    });
    let said: Vec<String> = named.into_iter().chain(rest).collect();
    let said = match said.is_empty() {
        true => "nothing is named".to_owned(),
        false => said.join(", "),
    };
    let left = runs.iter().filter_map(|(path, injection)| {
        let left = injection.left()?;
        Some(match runs.len() {
            1 => left,
            _ => format!("{left} ({})", file_name(path)),
        })
    });
    let left: Vec<String> = left.collect();
    let left = match left.is_empty() {
        true => String::new(),
        false => format!(" Peaks not looked at: {}.", left.join("; ")),
    };
    let what = match runs.len() {
        1 => "GC-MS run".to_owned(),
        n => format!("{n} GC-MS runs"),
    };
    let aside = of_none(aside);
    format!("{what}: {said}.{left}{aside}")
}

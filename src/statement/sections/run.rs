//! A chromatographic run: its peaks, and what is said of each that is named.

use super::{
    candidates, components, control, drawings, hypotheses, look_alikes, national, origin, quality,
    record, rule, scores, verdict,
};
use crate::decide::{NOTICE, VerdictLevel, confirm_by};
use crate::document::{Block, Side, Tone};
use crate::report::run::MAIN_PERCENT;
use crate::spectrum::Technique;
use crate::statement::figures::{Labelled, chromatogram};
use crate::statement::input::{Hypotheses, Material, Peak, Run};
use crate::statement::page::Page;
use crate::statement::writing::Part;
use std::rc::Rc;

/// The run, its peaks, and each named peak by itself.
pub(in crate::statement) fn run(page: &mut Page<'_>, run: &Run, part: &Part) {
    let notice = match run.notice.trim() {
        "" => format!("{NOTICE} {}", confirm_by(Technique::EiMs)),
        notice => notice.to_owned(),
    };
    page.sentence(Tone::Notice, &notice);
    page.heading(1, "heading-verdict");
    let named: Vec<&Peak> = run.peaks.iter().filter(|p| is_named(run, p)).collect();
    said(page, run, &named);
    drawn(page, run, part);
    table(page, run);
    let mut results = named.iter().filter_map(|peak| run.result_of(peak));
    if let Some(first) = results.next() {
        // Rule and scores are the same for all peaks.
        rule::rule(page, &first);
        scores::scores(page, &first);
    }
    for peak in named {
        one(page, run, peak, part);
    }
    for peak in open(run) {
        unnamed(page, run, peak);
    }
    look_alikes::separate(page, Technique::EiMs.id(), true);
    page.heading(1, "heading-undetected");
    let targets = run.parameters.as_ref().map(|p| p.names("targets"));
    match targets.filter(|names| !names.is_empty()) {
        None => page.say(Tone::Normal, "targets-none", &[]),
        Some(names) => {
            let names = names.join(", ");
            page.say(Tone::Normal, "targets-of-runs", &[("names", &names)]);
        }
    }
    page.say(Tone::Normal, "undetected-general", &[]);
    page.say(Tone::Normal, "undetected-ei-ms", &[]);
    if !run.warnings.is_empty() {
        page.heading(1, "heading-warnings");
        page.sentences(run.warnings.iter().map(|w| w.message.as_str()));
    }
    origin::library(page, &run.library, &[], &part.material);
    page.heading(1, "heading-raw-file");
    origin::source(page, &run.source);
    record::made_by(page, &run.program, part);
    record::parameters(page, run.parameters.as_ref());
    record::record(page, run.recorded.as_ref(), run.amends.as_ref(), part);
}

fn is_named(run: &Run, peak: &Peak) -> bool {
    is_identified(peak) && run.is_own(peak)
}

fn is_identified(peak: &Peak) -> bool {
    let level = peak.verdict.as_ref().map(|verdict| verdict.level);
    level == Some(VerdictLevel::Identified)
}

/// Most peaks without a name that are told by themselves.
const OPEN: usize = 6;

/// The largest peaks of the sample that have no name and of which there is more to say: a class, components, or
/// hypotheses about a good part of the run.
fn open(run: &Run) -> Vec<&Peak> {
    let says_more = |peak: &&Peak| {
        let class = |found: &Hypotheses| found.class.as_ref().is_some_and(|c| c.verdict.is_some());
        let found = peak.emerging.as_ref();
        peak.components.is_some()
            || found.is_some_and(|found| class(found) || peak.place.area_percent >= MAIN_PERCENT)
    };
    let unnamed = run
        .peaks
        .iter()
        .filter(|p| !is_identified(p) && run.is_own(p));
    let mut open: Vec<&Peak> = unnamed.filter(says_more).collect();
    open.sort_by(|a, b| b.place.area_percent.total_cmp(&a.place.area_percent));
    open.truncate(OPEN);
    open
}

/// Most named peaks that the verdict lists.
const LISTED: usize = 6;

fn said(page: &mut Page<'_>, run: &Run, named: &[&Peak]) {
    let told: Vec<String> = named
        .iter()
        .map(|peak| {
            let (number, time) = (
                peak.place.number.to_string(),
                page.texts.number(peak.place.retention_min, 2),
            );
            let names = names(page, peak);
            let values = [
                ("number", number.as_str()),
                ("time", &time),
                ("names", &names),
            ];
            page.texts.say_with("peak-named", &values)
        })
        .collect();
    match told.len() {
        0 if run.peaks.iter().any(is_identified) => {
            page.say(Tone::Verdict, "run-none-own", &[]);
        }
        0 => page.say(Tone::Verdict, "run-none", &[]),
        many if many > LISTED => {
            let number = many.to_string();
            page.say(Tone::Verdict, "run-many", &[("number", &number)]);
        }
        _ => page.say(Tone::Verdict, "run-named", &[("peaks", &told.join("; "))]),
    }
    page.say(Tone::Normal, "run-means", &[]);
    standard(page, run);
}

/// Which peak is the internal standard.
fn standard(page: &mut Page<'_>, run: &Run) {
    let Some(standard) = &run.run.internal_standard else {
        return;
    };
    let asked = ("asked", standard.asked.as_str());
    let Some(peak) = run.peaks.iter().find(|p| run.is_standard(p)) else {
        page.say(Tone::Normal, "run-standard-none", &[asked]);
        return;
    };
    let (number, time) = (
        peak.place.number.to_string(),
        page.texts.number(peak.place.retention_min, 2),
    );
    let values = [asked, ("number", &number), ("time", &time)];
    page.say(Tone::Normal, "run-standard", &values);
}

/// The substances that a peak may be.
fn names(page: &Page<'_>, peak: &Peak) -> String {
    let set = peak.verdict.iter().flat_map(|verdict| &verdict.substances);
    let names: Vec<&str> = set.map(|named| named.name.as_str()).collect();
    names.join(&page.texts.say("or"))
}

fn drawn(page: &mut Page<'_>, run: &Run, part: &Part) {
    page.heading(1, "heading-chromatogram");
    let labels: Vec<Labelled> = run
        .peaks
        .iter()
        .map(|peak| Labelled {
            minutes: peak.place.retention_min,
            number: peak.place.number,
            name: if is_named(run, peak) {
                names(page, peak)
            } else {
                String::new()
            },
        })
        .collect();
    match (&part.material.total, &part.material.spectrum) {
        (Some(total), _) => {
            if let Some(figure) = chromatogram(total, &labels, page.texts) {
                page.figure(figure);
            }
        }
        (None, Err(absent)) => {
            let name = format!("no-raw-{}", absent.id());
            page.say(Tone::Normal, &name, &[("what", absent.what())]);
        }
        (None, Ok(_)) => page.say(Tone::Normal, "no-figures", &[]),
    }
    let facts = &run.run;
    let mut list = page.listing();
    // Of a screened run only its raw file tells them.
    let is_known = facts.scans > 0;
    list.recorded("field-scans", is_known.then(|| facts.scans.to_string()));
    let ends = [facts.first_s, facts.last_s].map(|s| page.texts.number(s / 60.0, 2));
    let [low, high] = &ends;
    let values = [("low", low.as_str()), ("high", high), ("unit", "min")];
    let range = page.texts.say_with("range", &values);
    list.recorded("field-retention", is_known.then_some(range));
    let decimals = if facts.min_area_percent < 0.01 { 3 } else { 2 };
    let area = page.texts.number(facts.min_area_percent, decimals);
    list.given(
        "field-least-area",
        page.texts.say_with("per-cent", &[("value", &area)]),
    );
    list.given(
        "field-least-ratio",
        page.texts.number(facts.min_signal_to_noise, 1),
    );
    for (field, path, hash) in [
        ("field-blank", &facts.blank, &facts.blank_sha256),
        ("field-ladder", &facts.ri_ladder, &facts.ri_ladder_sha256),
    ] {
        let unknown = || page.texts.say("not-recorded");
        let hash = hash.clone().unwrap_or_else(unknown);
        let named = path.as_ref();
        list.supplied(field, named.map(|path| format!("{path}; SHA-256 {hash}")));
    }
    page.fields(list);
}

fn table(page: &mut Page<'_>, run: &Run) {
    page.heading(1, "heading-peaks");
    let ratios = run.run.internal_standard.is_some();
    let rows = run.peaks.iter().map(|peak| row(page, run, peak)).collect();
    let mut headings = vec![
        ("column-number", Side::Right, 0.5),
        ("column-retention", Side::Right, 0.9),
        ("column-index", Side::Right, 0.9),
        ("column-area", Side::Right, 0.9),
        ("column-ratio", Side::Right, 0.9),
        ("column-purity", Side::Right, 0.9),
        ("column-said", Side::Left, 3.6),
    ];
    if ratios {
        headings.insert(4, ("column-to-standard", Side::Right, 1.2));
    }
    page.table(Some("table-peaks"), &headings, rows);
}

fn row(page: &Page<'_>, run: &Run, peak: &Peak) -> Vec<String> {
    let texts = page.texts;
    let what = match (&peak.verdict, &peak.error) {
        _ if peak.background.is_some() => texts.say("peak-background"),
        (Some(verdict), _) if verdict.substances.is_empty() => {
            texts.say(&format!("said-{}", verdict.level.id()))
        }
        (Some(_), _) => names(page, peak),
        (None, Some(error)) => texts.word(&error.message),
        (None, None) => texts.none(),
    };
    let aside = [
        (run.is_standard(peak), "peak-standard"),
        (peak.place.in_blank == Some(true), "peak-in-blank"),
    ];
    let aside = aside.iter().filter(|(is_so, _)| *is_so);
    let aside = aside.map(|(_, message)| texts.say(message));
    let what: Vec<String> = std::iter::once(what).chain(aside).collect();
    let mut row = vec![
        peak.place.number.to_string(),
        texts.number(peak.place.retention_min, 2),
        peak.place
            .retention_index
            .map_or_else(|| texts.none(), |index| texts.number(index, 0)),
        texts.number(peak.place.area_percent, 2),
        texts.number(peak.place.signal_to_noise, 0),
        texts.percent(peak.place.purity, 0),
        what.join("; "),
    ];
    if run.run.internal_standard.is_some() {
        let ratio = peak.place.ratio_to_internal_standard;
        let ratio = ratio.map_or_else(|| texts.none(), |ratio| texts.number(ratio, 4));
        row.insert(4, ratio);
    }
    row
}

/// A named peak as a spectrum by itself.
fn one(page: &mut Page<'_>, run: &Run, peak: &Peak, part: &Part) {
    let Some(result) = run.result_of(peak) else {
        return;
    };
    heading(page, peak);
    verdict::verdict(page, &result);
    rule::followed(page, &result);
    verdict::reasons(page, &result);
    candidates::leading(page, &result);
    if result.is_mixed() {
        components::components(page, &result);
    }
    let own = Material {
        spectrum: match (peak.ions.is_empty(), &part.material.spectrum) {
            (true, Err(absent)) => Err(absent.clone()),
            _ => Ok(Rc::new(peak.spectrum())),
        },
        library: part.material.library.clone(),
        fit: None,
        total: None,
    };
    drawings::drawings(page, &result, &own);
    look_alikes::of_peak(page, &result);
    quality::quality(page, &result);
    control::control(page, &result);
    national::national(page, &result);
}

fn heading(page: &mut Page<'_>, peak: &Peak) {
    let (number, time) = (
        peak.place.number.to_string(),
        page.texts.number(peak.place.retention_min, 2),
    );
    let values = [("number", number.as_str()), ("time", &time)];
    let text = page.texts.say_with("heading-peak", &values);
    page.blocks.push(Block::Heading { level: 1, text });
}

/// A peak without a name: why, and what it may be made of or be.
fn unnamed(page: &mut Page<'_>, run: &Run, peak: &Peak) {
    let Some(result) = run.result_of(peak) else {
        return;
    };
    heading(page, peak);
    verdict::reasons(page, &result);
    if result.is_mixed() {
        components::components(page, &result);
    }
    if result.emerging.is_some() {
        hypotheses::hypotheses(page, &result);
        page.say(Tone::Normal, "hypotheses-of-peaks", &[]);
    }
}

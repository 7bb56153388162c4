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
    let named: Vec<&Peak> = run.peaks.iter().filter(|peak| is_named(peak)).collect();
    said(page, &named);
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
    page.say(Tone::Normal, "targets-none", &[]);
    page.say(Tone::Normal, "undetected-general", &[]);
    page.say(Tone::Normal, "undetected-ei-ms", &[]);
    if !run.warnings.is_empty() {
        page.heading(1, "heading-warnings");
        page.sentences(run.warnings.iter().map(|w| w.message.as_str()));
    }
    origin::library(page, &run.library, &[]);
    page.heading(1, "heading-raw-file");
    origin::source(page, &run.source);
    record::made_by(page, &run.program, part);
    record::parameters(page, run.parameters.as_ref());
    record::record(page, run.recorded.as_ref(), run.amends.as_ref());
}

fn is_named(peak: &Peak) -> bool {
    let level = peak.verdict.as_ref().map(|verdict| verdict.level);
    level == Some(VerdictLevel::Identified) && !peak.is_background()
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
            || found.is_some_and(|found| class(found) || peak.area_percent >= MAIN_PERCENT)
    };
    let unnamed = run
        .peaks
        .iter()
        .filter(|p| !is_named(p) && !p.is_background());
    let mut open: Vec<&Peak> = unnamed.filter(says_more).collect();
    open.sort_by(|a, b| b.area_percent.total_cmp(&a.area_percent));
    open.truncate(OPEN);
    open
}

/// Most named peaks that the verdict lists.
const LISTED: usize = 6;

fn said(page: &mut Page<'_>, named: &[&Peak]) {
    let told: Vec<String> = named
        .iter()
        .map(|peak| {
            let (number, time) = (
                peak.number.to_string(),
                page.texts.number(peak.retention_min, 2),
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
        0 => page.say(Tone::Verdict, "run-none", &[]),
        many if many > LISTED => {
            let number = many.to_string();
            page.say(Tone::Verdict, "run-many", &[("number", &number)]);
        }
        _ => page.say(Tone::Verdict, "run-named", &[("peaks", &told.join("; "))]),
    }
    page.say(Tone::Normal, "run-means", &[]);
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
            minutes: peak.retention_min,
            number: peak.number,
            name: if is_named(peak) {
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
    list.given("field-scans", facts.scans.to_string());
    let ends = [facts.first_s, facts.last_s].map(|s| page.texts.number(s / 60.0, 2));
    let [low, high] = &ends;
    let values = [("low", low.as_str()), ("high", high), ("unit", "min")];
    list.given("field-retention", page.texts.say_with("range", &values));
    let area = page.texts.number(facts.min_area_percent, 2);
    list.given(
        "field-least-area",
        page.texts.say_with("per-cent", &[("value", &area)]),
    );
    list.given(
        "field-least-ratio",
        page.texts.number(facts.min_signal_to_noise, 1),
    );
    list.supplied("field-blank", facts.blank.clone());
    list.supplied("field-ladder", facts.ri_ladder.clone());
    page.fields(list);
}

fn table(page: &mut Page<'_>, run: &Run) {
    page.heading(1, "heading-peaks");
    let rows = run.peaks.iter().map(|peak| row(page, peak)).collect();
    let headings = [
        ("column-number", Side::Right, 0.5),
        ("column-retention", Side::Right, 0.9),
        ("column-index", Side::Right, 0.9),
        ("column-area", Side::Right, 0.9),
        ("column-ratio", Side::Right, 0.9),
        ("column-purity", Side::Right, 0.9),
        ("column-said", Side::Left, 3.6),
    ];
    page.table(Some("table-peaks"), &headings, rows);
}

fn row(page: &Page<'_>, peak: &Peak) -> Vec<String> {
    let texts = page.texts;
    let what = match (&peak.verdict, &peak.error) {
        _ if peak.background.is_some() => texts.say("peak-background"),
        _ if peak.in_blank == Some(true) => texts.say("peak-in-blank"),
        (Some(verdict), _) if verdict.substances.is_empty() => {
            texts.say(&format!("said-{}", verdict.level.id()))
        }
        (Some(_), _) => names(page, peak),
        (None, Some(error)) => texts.word(&error.message),
        (None, None) => texts.none(),
    };
    vec![
        peak.number.to_string(),
        texts.number(peak.retention_min, 2),
        peak.retention_index
            .map_or_else(|| texts.none(), |index| texts.number(index, 0)),
        texts.number(peak.area_percent, 2),
        texts.number(peak.signal_to_noise, 0),
        texts.percent(peak.purity, 0),
        what,
    ]
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
        spectrum: Ok(Rc::new(peak.spectrum())),
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
        peak.number.to_string(),
        page.texts.number(peak.retention_min, 2),
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

//! Control status under the three conventions, with every status that is possible.

use crate::document::{Side, Tone};
use crate::statement::input::{Candidate, Ranked, Standing};
use crate::statement::page::Page;

/// The status of what is named, else of the best candidates.
pub(super) fn control(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-control");
    let foremost = result.foremost();
    if foremost.is_empty() {
        page.say(Tone::Normal, "no-candidates", &[]);
        return;
    }
    let name = match result.verdict.substances.is_empty() {
        true => "control-of-candidates",
        false => "control-of-named",
    };
    page.say(Tone::Normal, name, &[]);
    for candidate in foremost {
        one(page, candidate);
    }
    let form = match result.is_mass() {
        true => "salt-open",
        false => "salt-by-reference",
    };
    page.say(Tone::Normal, form, &[]);
    page.say(Tone::Normal, "stereo-open", &[]);
}

fn one(page: &mut Page<'_>, candidate: &Candidate) {
    let texts = page.texts;
    let control = &candidate.control;
    let day = match &control.on {
        Some(day) => texts.say_with("control-on", &[("day", &texts.moment(day))]),
        None => texts.say("control-newest"),
    };
    page.say(
        Tone::Normal,
        "control-heading",
        &[("name", &candidate.name), ("day", &day)],
    );
    let rows = control
        .possible
        .iter()
        .map(|standing| row(page, standing))
        .collect();
    let headings = [
        ("column-status", Side::Left, 1.6),
        ("column-entry", Side::Left, 1.9),
        ("column-force", Side::Left, 1.3),
        ("column-decision", Side::Left, 2.0),
        ("column-why", Side::Left, 2.6),
    ];
    page.table(None, &headings, rows);
    if control.possible.is_empty() {
        let status = page.texts.word(&control.status);
        page.write(Tone::Normal, status);
    }
    page.sentences(control.remarks.iter().map(String::as_str));
}

fn row(page: &Page<'_>, standing: &Standing) -> Vec<String> {
    let texts = page.texts;
    let since = standing
        .since
        .as_ref()
        .map(|since| texts.say_with("since", &[("day", since)]));
    let until = standing
        .until
        .as_ref()
        .map(|until| texts.say_with("until", &[("day", until)]));
    let force: Vec<String> = since.into_iter().chain(until).collect();
    let source = standing
        .source
        .as_ref()
        .map(|s| texts.say_with("source", &[("source", &s.replace('|', ", "))]));
    let checked = standing.entry.as_ref().map(|_| match standing.checked {
        true => texts.say("checked"),
        false => texts.say("not-checked"),
    });
    let decided: Vec<String> = standing
        .decision
        .clone()
        .into_iter()
        .chain(source)
        .chain(checked)
        .collect();
    let or_none = |list: Vec<String>| {
        if list.is_empty() {
            texts.none()
        } else {
            list.join("; ")
        }
    };
    vec![
        texts.word(&standing.status),
        or_none(standing.entry.clone().into_iter().collect()),
        or_none(force),
        or_none(decided),
        texts.word(&standing.reason),
    ]
}

//! The decision rule in words and numbers, with its risks (ISO/IEC 17025, 7.8.6).

use crate::decide::{Rate, Rule, VerdictLevel};
use crate::document::{Side, Tone};
use crate::statement::input::Ranked;
use crate::statement::page::Page;

/// The rule as it was applied, and how often it is wrong.
pub(super) fn rule(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-rule");
    match &result.verdict.rule {
        Some(rule) => applied(page, result, rule),
        None => page.say(Tone::Normal, "rule-not-stated", &[]),
    }
    risks(page, result);
}

/// What follows from the rule, where it is told elsewhere.
pub(super) fn followed(page: &mut Page<'_>, result: &Ranked) {
    let Some(rule) = &result.verdict.rule else {
        return page.say(Tone::Normal, "rule-not-stated", &[]);
    };
    let [value, above, below] = [rule.value, rule.identified_above, rule.not_in_library_below]
        .map(|number| page.texts.number(number, 3));
    let values = [
        ("value", value.as_str()),
        ("above", &above),
        ("below", &below),
    ];
    let name = format!("rule-follows-{}", result.verdict.level.id());
    page.say(Tone::Normal, &name, &values);
}

fn applied(page: &mut Page<'_>, result: &Ranked, rule: &Rule) {
    let texts = page.texts;
    let (value, above, below) = (
        texts.number(rule.value, 3),
        texts.number(rule.identified_above, 3),
        texts.number(rule.not_in_library_below, 3),
    );
    let (width, most) = (texts.number(rule.set_width, 3), rule.most_named.to_string());
    let share = texts.percent(rule.accepted_false_share, 1);
    let values = [
        ("value", value.as_str()),
        ("above", &above),
        ("below", &below),
        ("width", &width),
        ("most", &most),
        ("share", &share),
    ];
    page.say(Tone::Normal, "rule-words", &values);
    page.say(Tone::Normal, "rule-set", &values);
    page.say(
        Tone::Normal,
        &format!("rule-follows-{}", result.verdict.level.id()),
        &values,
    );
    let mut list = page.listing();
    list.given("field-rule-value", value.clone());
    list.given("field-rule-above", above.clone());
    list.given("field-rule-below", below.clone());
    list.given("field-rule-width", width.clone());
    list.given("field-rule-most", most.clone());
    list.given(
        "field-rule-share",
        page.texts.say_with("per-cent", &[("value", &share)]),
    );
    page.fields(list);
}

fn risks(page: &mut Page<'_>, result: &Ranked) {
    let verdict = &result.verdict;
    page.heading(2, "heading-risks");
    let (missed, isomer) = match &verdict.rule {
        Some(rule) => (Some(&rule.missed), rule.isomer.as_ref()),
        None => (None, None),
    };
    match &verdict.false_positive_rate {
        Some(rate) => in_words(page, "risk-accept-words", rate),
        None if verdict.level == VerdictLevel::Identified => {
            page.say(Tone::Normal, "risk-accept-unknown", &[]);
        }
        None => page.say(Tone::Normal, "risk-accept-not-applied", &[]),
    }
    if let Some(rate) = isomer {
        in_words(page, "risk-isomer-words", rate);
    }
    match missed {
        Some(rate) => in_words(page, "risk-reject-words", rate),
        None => page.say(Tone::Normal, "risk-reject-unknown", &[]),
    }
    let coverage = verdict
        .rule
        .as_ref()
        .and_then(|rule| rule.coverage.as_ref());
    match (coverage, verdict.set_coverage) {
        (_, None) => {}
        (Some(rate), _) => in_words(page, "set-coverage-words", rate),
        // Results of earlier programs.
        (None, Some(share)) => {
            let share = page.texts.percent(share, 1);
            page.say(Tone::Normal, "set-coverage", &[("share", &share)]);
        }
    }
    let rates = [
        ("risk-accept", verdict.false_positive_rate.as_ref()),
        ("risk-isomer", isomer),
        ("risk-reject", missed),
    ];
    let rows = rates
        .iter()
        .map(|(name, rate)| row(page, name, *rate))
        .collect();
    let headings = [
        ("column-risk", Side::Left, 2.2),
        ("column-estimate", Side::Right, 1.0),
        ("column-interval", Side::Right, 1.4),
        ("column-trials", Side::Right, 0.8),
        ("column-basis", Side::Left, 3.4),
    ];
    page.table(Some("table-risks"), &headings, rows);
}

/// A rate as a number of a thousand, so that it can be imagined.
fn in_words(page: &mut Page<'_>, name: &str, rate: &Rate) {
    let of_thousand = |share: f64| page.texts.number(1000.0 * share, 0);
    let (about, least, most) = (
        of_thousand(rate.estimate),
        of_thousand(rate.low),
        of_thousand(rate.high),
    );
    let (share, low, high) = percentages(page, rate);
    let trials = rate.n.to_string();
    let basis = page.texts.word(&rate.basis);
    let values = [
        ("about", about.as_str()),
        ("least", &least),
        ("most", &most),
        ("share", &share),
        ("low", &low),
        ("high", &high),
        ("trials", &trials),
        ("basis", &basis),
    ];
    page.say(Tone::Normal, name, &values);
}

fn percentages(page: &Page<'_>, rate: &Rate) -> (String, String, String) {
    let of = |share: f64| page.texts.percent(share, 1);
    (of(rate.estimate), of(rate.low), of(rate.high))
}

fn row(page: &Page<'_>, name: &str, rate: Option<&Rate>) -> Vec<String> {
    let texts = page.texts;
    let Some(rate) = rate else {
        let none = || texts.none();
        return vec![
            texts.say(name),
            texts.say("not-stated"),
            none(),
            none(),
            none(),
        ];
    };
    let (share, low, high) = percentages(page, rate);
    vec![
        texts.say(name),
        texts.say_with("per-cent", &[("value", &share)]),
        texts.say_with("from-to-per-cent", &[("low", &low), ("high", &high)]),
        rate.n.to_string(),
        texts.word(&rate.basis),
    ]
}

//! The comparison in words.

use super::answer::{Answer, Outcome};
use crate::record::{Comparison, Difference};
use serde_json::Value;
use std::fmt::Write;

/// Differences told of one entry.
const SHOWN: usize = 20;
/// Longest value told, in characters.
const LONGEST: usize = 60;

pub(super) fn text(answers: &[Answer]) -> String {
    let mut text = String::new();
    let (mut same, mut different, mut not_run) = (0, 0, 0);
    for answer in answers {
        let head = format!("entry {} ({}, {})", answer.entry, answer.kind, answer.of);
        let line = match &answer.outcome {
            Outcome::Compared(found) if found.is_same() => {
                same += 1;
                format!(
                    "{head}: the same, {} numbers bit for bit{}\n{}",
                    found.numbers,
                    versions(answer).map_or(String::new(), |v| format!(" ({v})")),
                    alerts(found)
                )
            }
            Outcome::Compared(found) => {
                different += 1;
                format!("{head}: DIFFERENT\n{}", differences(answer, found))
            }
            Outcome::NotRun(why) => {
                not_run += 1;
                format!("{head}: not run again: {why}\n")
            }
        };
        text.push_str(&line);
        if let Some(newer) = answer.amended_by {
            // Writing into a string cannot fail.
            let _ = writeln!(
                text,
                "  AMENDED by entry {newer}: entry {} no longer stands",
                answer.entry
            );
        }
    }
    // Writing into a string cannot fail.
    let _ = writeln!(
        text,
        "{same} the same, {different} different, {not_run} not run again"
    );
    text
}

fn versions(answer: &Answer) -> Option<String> {
    let version = (!answer.same_version()).then(|| {
        format!(
            "made by version {}, run again by {}",
            answer.version_before, answer.version_now
        )
    });
    let machine = (answer.architecture_before != answer.architecture_now).then(|| {
        format!(
            "made on {}, run again on {}",
            answer.architecture_before, answer.architecture_now
        )
    });
    let all: Vec<String> = version.into_iter().chain(machine).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn differences(answer: &Answer, found: &Comparison) -> String {
    let mut text = String::new();
    let why = versions(answer).unwrap_or_else(|| {
        "the same version of the program and the same architecture: this should not be".to_owned()
    });
    let same = |yes: bool| if yes { "the same" } else { "DIFFERENT" };
    // Writing into a string cannot fail.
    let _ = writeln!(text, "  {why}");
    let _ = writeln!(
        text,
        "  verdict {}, substances named {}, candidates and their order {}",
        same(found.verdict_same),
        same(found.set_same),
        same(found.order_same)
    );
    if let Some(largest) = &found.largest_score {
        let _ = writeln!(text, "  largest difference of a score: {}", one(largest));
    }
    for difference in found.differences.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", one(difference));
    }
    if let Some(more) = found
        .differences
        .len()
        .checked_sub(SHOWN)
        .filter(|n| *n > 0)
    {
        let _ = writeln!(text, "  and {more} more (--format json tells all)");
    }
    text.push_str(&alerts(found));
    text
}

fn alerts(found: &Comparison) -> String {
    match found.alerts.is_empty() {
        true => String::new(),
        false => "  alerts differ: they depend on the notices that the register of unknowns holds, which change as notices come in\n".to_owned(),
    }
}

fn one(difference: &Difference) -> String {
    let by = difference
        .by
        .map_or(String::new(), |by| match by.abs() < 1e-3 {
            true => format!(" (by {by:e})"),
            false => format!(" (by {by})"),
        });
    format!(
        "{}: was {}, is {}{by}",
        difference.at,
        value(difference.before.as_ref()),
        value(difference.now.as_ref())
    )
}

fn value(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "absent".to_owned();
    };
    let text = value.to_string();
    match text.chars().count() > LONGEST {
        true => format!("{}...", text.chars().take(LONGEST).collect::<String>()),
        false => text,
    }
}

//! By what program and with what settings, and where the result is recorded.

use crate::document::{Side, Tone};
use crate::record::{Superseded, Validity};
use crate::report::{Amends, Parameters, Recorded};
use crate::statement::input::{CaseFinding, Outcome, Program, Ranked};
use crate::statement::page::Page;
use crate::statement::writing::{Part, Statement};
use serde_json::Value;

/// Program and settings.
pub(super) fn program(page: &mut Page<'_>, result: &Ranked, part: &Part) {
    made_by(page, &result.program, part);
    parameters(page, result.parameters.as_ref());
}

/// The settings, as one would type them.
pub(super) fn parameters(page: &mut Page<'_>, parameters: Option<&Parameters>) {
    page.heading(2, "heading-parameters");
    let Some(parameters) = parameters else {
        page.say(Tone::Normal, "parameters-none", &[]);
        return;
    };
    page.say(Tone::Normal, "parameters-words", &[]);
    let rows = parameters
        .0
        .iter()
        .map(|(name, value)| vec![format!("--{name}"), written(page, value)]);
    let rows = rows.collect();
    let headings = [
        ("column-parameter", Side::Left, 1.0),
        ("column-value", Side::Left, 2.0),
    ];
    page.table(Some("table-parameters"), &headings, rows);
}

/// The program that made a result, and the file that holds it.
pub(super) fn made_by(page: &mut Page<'_>, program: &Program, part: &Part) {
    page.heading(1, "heading-program");
    let mut list = page.listing();
    let made = format!("{} {}", program.name, program.version);
    list.recorded("field-program", Some(made.trim().to_owned()));
    list.given(
        "field-written-by",
        format!("specid {}", crate::program::VERSION),
    );
    list.given("field-result-file", part.read_from.clone());
    list.given("field-result-id", part.id.clone());
    page.fields(list);
}

fn written(page: &Page<'_>, value: &Value) -> String {
    match value {
        Value::Null => page.texts.say("value-usual"),
        Value::Bool(true) => page.texts.say("yes"),
        Value::Bool(false) => page.texts.say("no"),
        Value::String(text) => text.clone(),
        Value::Number(number) => page.texts.written(&number.to_string()),
        Value::Array(none) if none.is_empty() => page.texts.say("value-none"),
        Value::Array(several) => {
            let all: Vec<String> = several.iter().map(|value| written(page, value)).collect();
            all.join(", ")
        }
        Value::Object(_) => value.to_string(),
    }
}

/// That results no longer stand, before all else.
pub(in crate::statement) fn superseded(page: &mut Page<'_>, statement: &Statement) {
    for part in &statement.parts {
        if let Validity::Superseded(by) = &part.validity {
            no_longer(page, by);
        }
        let Outcome::Case(case) = &part.outcome else {
            continue;
        };
        for (at, finding) in case.findings.iter().enumerate() {
            if let Some(by) = finding.superseded() {
                counted_still(page, at + 1, by);
            }
        }
    }
}

/// That a case counts a result that no longer stands.
fn counted_still(page: &mut Page<'_>, number: usize, by: &Superseded) {
    let number = number.to_string();
    let (entry, newer) = (by.entry.to_string(), by.by.to_string());
    let values = [
        ("number", number.as_str()),
        ("entry", &entry),
        ("by", &newer),
        ("because", by.because.trim()),
    ];
    let message = match by.withdrawn {
        true => "case-no-longer-withdrawn",
        false => "case-no-longer-amended",
    };
    page.say(Tone::Notice, message, &values);
}

/// What the records say of the results of a case.
pub(super) fn of_case(page: &mut Page<'_>, findings: &[CaseFinding]) {
    let mut standing: Vec<String> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let number = (at + 1).to_string();
        match &finding.validity {
            // A case names entries, so that nothing is looked for, and a broken record is refused before.
            Validity::Unrecorded
            | Validity::Superseded(_)
            | Validity::Broken(_)
            | Validity::NotHeld(_)
            | Validity::Held { .. } => {}
            Validity::Stands => standing.push(number),
            Validity::Headless(record) => {
                let words = page
                    .texts
                    .say_with("record-headless", &[("record", record.as_str())]);
                page.say(
                    Tone::Notice,
                    "case-record-headless",
                    &[("number", &number), ("words", &words)],
                );
            }
            Validity::NotAsked(why) => {
                let values = [("number", number.as_str()), ("why", why)];
                page.say(Tone::Notice, "case-record-not-asked", &values);
            }
        }
    }
    if !standing.is_empty() {
        let values = [("numbers", &*standing.join(", "))];
        page.say(Tone::Normal, "case-record-stands", &values);
    }
    for (at, finding) in findings.iter().enumerate() {
        if let Some(by) = finding.superseded() {
            counted_still(page, at + 1, by);
        }
    }
}

fn no_longer(page: &mut Page<'_>, by: &Superseded) {
    let (entry, newer) = (by.entry.to_string(), by.by.to_string());
    let values = [
        ("entry", entry.as_str()),
        ("by", &newer),
        ("because", by.because.trim()),
    ];
    let message = match by.withdrawn {
        true => "no-longer-withdrawn",
        false => "no-longer-amended",
    };
    page.say(Tone::Notice, message, &values);
}

/// Where the result is recorded, and what it amends.
pub(super) fn record(
    page: &mut Page<'_>,
    recorded: Option<&Recorded>,
    amends: Option<&Amends>,
    part: &Part,
) {
    page.heading(1, "heading-record");
    match recorded {
        None => page.say(Tone::Normal, "record-none", &[]),
        Some(recorded) => {
            let mut list = page.listing();
            list.given("field-record", recorded.record.clone());
            list.given("field-entry", recorded.entry.to_string());
            list.given("field-entry-hash", recorded.hash.clone());
            list.given("field-entry-time", recorded.time.clone());
            list.recorded("field-by", recorded.by.clone());
            list.recorded("field-host", recorded.host.clone());
            page.fields(list);
        }
    }
    match &part.validity {
        Validity::Unrecorded => {}
        Validity::Broken(why) => page.say(Tone::Notice, "record-broken", &[("why", why)]),
        Validity::Headless(record) => {
            page.say(Tone::Notice, "record-headless", &[("record", record)]);
        }
        Validity::NotHeld(record) => {
            page.say(Tone::Notice, "record-not-held", &[("record", record)]);
        }
        Validity::Held { entry, record } => {
            let values = [("entry", &entry.to_string()), ("record", record)];
            let values = values.map(|(name, value)| (name, value.as_str()));
            page.say(Tone::Normal, "record-held", &values);
        }
        Validity::NotAsked(why) => page.say(Tone::Notice, "record-not-asked", &[("why", why)]),
        Validity::Stands => page.say(Tone::Normal, "record-same", &[]),
        Validity::Superseded(by) => {
            page.say(Tone::Normal, "record-same-then", &[]);
            no_longer(page, by);
        }
    }
    match amends {
        None => page.say(Tone::Normal, "amends-none", &[]),
        Some(amends) => {
            let entry = amends.entry.to_string();
            let values = [
                ("entry", entry.as_str()),
                ("hash", &amends.hash),
                ("because", amends.because.trim()),
            ];
            page.say(Tone::Notice, "amends", &values);
        }
    }
}

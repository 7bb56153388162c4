//! `specid status`.

use super::args::StatusArgs;
use crate::cli::Ending;
use crate::cli::args::ResultFormat;
use crate::national::NationalStatus;
use crate::report::{StatusView, control_text, national_text};
use crate::spectrum::Identity;
use crate::substance::{Register, Status};
use crate::write::Sheet;
use anyhow::Result;
use serde::Serialize;
use std::io::Write;

/// One substance, with its status under the conventions and, where a country was asked for, by its law.
struct Answer<'a> {
    asked: &'a str,
    identity: Identity,
    status: Status,
    national: Option<NationalStatus>,
}

/// An answer for programs.
#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    status: StatusView<'a>,
    /// Beside the status above, never in its place; missing where no country was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    national: Option<&'a NationalStatus>,
}

pub(super) fn run(args: &StatusArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let mut ending = Ending::Found;
    let mut found = Vec::new();
    let nation = args.national.load(args.asked.on)?;
    for text in &args.substances {
        match register.look_up(text) {
            Ok(identity) => {
                let status = register.status(&identity, args.asked.on(), args.asked.form());
                found.push(Answer {
                    asked: text,
                    national: nation.status(register, &identity, args.asked.on),
                    identity,
                    status,
                });
            }
            Err(unknown) => {
                eprintln!("specid: {unknown}");
                ending = Ending::Nothing;
            }
        }
    }
    let answers = found.iter().map(|answer| View {
        status: StatusView::of(answer.asked, &answer.identity, &answer.status, register),
        national: answer.national.as_ref(),
    });
    match args.format {
        ResultFormat::Text => {
            for (index, answer) in found.iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                let Answer {
                    identity, status, ..
                } = answer;
                write!(out, "{}", control_text(identity, status, register))?;
                match &answer.national {
                    Some(national) => write!(out, "\n{}", national_text(national))?,
                    None => writeln!(out, "\n  National status not loaded (--country XX).")?,
                }
            }
        }
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &answers.collect::<Vec<_>>())?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for answer in answers {
                serde_json::to_writer(&mut *out, &answer)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => rows(&found, out)?,
    }
    Ok(ending)
}

/// A row a possible status, strictest first; the national status in a line stands in each.
fn rows(found: &[Answer<'_>], out: &mut dyn Write) -> Result<()> {
    let mut table = Sheet::new(out);
    table.write_record([
        "asked",
        "name",
        "inchikey",
        "on",
        "status",
        "list",
        "substance",
        "entry",
        "basis",
        "since",
        "until",
        "decision",
        "source",
        "checked",
        "reason",
        "country",
        "national_status",
    ])?;
    for answer in found {
        let Answer {
            asked,
            identity,
            status,
            national,
        } = answer;
        let country = national.as_ref().map(|n| n.country.to_string());
        let country = country.unwrap_or_default();
        let summary = national.as_ref().map(|n| n.summary.clone());
        let summary = summary.unwrap_or_default();
        let on = status.on.day().map(|day| day.to_string());
        for standing in status.standings() {
            let code = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            table.write_record([
                (*asked).to_owned(),
                identity.name.clone(),
                text(&identity.inchikey),
                text(&on),
                standing.status.to_owned(),
                code(serde_json::to_value(standing.instrument)?),
                standing.substance.clone(),
                text(&standing.entry),
                code(serde_json::to_value(standing.basis)?),
                text(&standing.since),
                text(&standing.until),
                text(&standing.decision),
                text(&standing.source),
                standing.checked.to_string(),
                standing.reason.clone(),
                country.clone(),
                summary.clone(),
            ])?;
        }
    }
    table.flush()?;
    Ok(())
}

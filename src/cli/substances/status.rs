//! `specid status`.

use super::args::StatusArgs;
use crate::cli::Ending;
use crate::cli::args::ResultFormat;
use crate::report::{StatusView, control_text};
use crate::spectrum::Identity;
use crate::substance::{Register, Status};
use anyhow::Result;
use std::io::Write;

pub(super) fn run(args: &StatusArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let mut ending = Ending::Found;
    let mut found = Vec::new();
    for text in &args.substances {
        match register.look_up(text) {
            Ok(identity) => {
                let status = register.status(&identity, args.asked.on(), args.asked.form());
                found.push((text.as_str(), identity, status));
            }
            Err(unknown) => {
                eprintln!("specid: {unknown}.");
                ending = Ending::Nothing;
            }
        }
    }
    let answers = found
        .iter()
        .map(|(text, identity, status)| StatusView::of(text, identity, status, register));
    match args.format {
        ResultFormat::Text => {
            for (index, (_, identity, status)) in found.iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}", control_text(identity, status, register))?;
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

/// A row a possible status, strictest first.
fn rows(found: &[(&str, Identity, Status)], out: &mut dyn Write) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
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
    ])?;
    for (asked, identity, status) in found {
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
            ])?;
        }
    }
    table.flush()?;
    Ok(())
}

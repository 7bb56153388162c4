//! `specid unknowns list`.

use super::super::Ending;
use super::super::args::ResultFormat;
use super::args::ListArgs;
use crate::spectrum::Technique;
use crate::unknowns::{Register, Unknown};
use crate::write::Sheet;
use anyhow::Result;
use std::io::Write;

pub(super) fn run(args: &ListArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let technique = args.technique.map(|t| Technique::from(t).id());
    let mut found = register.unknowns()?;
    found.retain(|unknown| {
        args.since.is_none_or(|day| unknown.last >= day)
            && technique.is_none_or(|id| unknown.technique == id)
            && unknown.count >= args.min_count
    });
    match args.format {
        ResultFormat::Text => text(&found, register, out)?,
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &found)?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for unknown in &found {
                serde_json::to_writer(&mut *out, unknown)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => csv(&found, out)?,
    }
    Ok(match found.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    })
}

fn text(found: &[Unknown], register: &Register, out: &mut dyn Write) -> Result<()> {
    if found.is_empty() {
        return Ok(writeln!(
            out,
            "{} holds no such unknown.",
            register.path().display()
        )?);
    }
    for unknown in found {
        writeln!(out, "{}", heading(unknown))?;
        if let Some(first) = unknown.hypothesis.sentences.first() {
            writeln!(out, "    {first}")?;
        }
    }
    Ok(())
}

/// `1 spectrum`, `2 spectra`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

/// An unknown in one line.
pub(super) fn heading(unknown: &Unknown) -> String {
    let mut parts = vec![format!("{}  {}", unknown.id, unknown.technique)];
    if let Some(mz) = unknown.precursor {
        parts.push(format!("precursor m/z {mz:.2}"));
    }
    parts.push(counted(unknown.count, "spectrum", "spectra"));
    if unknown.samples > 0 {
        parts.push(counted(unknown.samples, "sample", "samples"));
    }
    if unknown.laboratories > 1 {
        parts.push(format!("{} laboratories", unknown.laboratories));
    }
    parts.push(match unknown.first == unknown.last {
        true => unknown.first.to_string(),
        false => format!("{} to {}", unknown.first, unknown.last),
    });
    parts.extend((!unknown.places.is_empty()).then(|| unknown.places.join("; ")));
    let named = unknown.named.as_ref();
    parts.extend(named.map(|named| format!("found to be {named}")));
    parts.join(", ")
}

fn csv(found: &[Unknown], out: &mut dyn Write) -> Result<()> {
    let mut table = Sheet::new(out);
    table.write_record([
        "unknown",
        "technique",
        "precursor",
        "spectra",
        "samples",
        "laboratories",
        "first",
        "last",
        "places",
        "named",
        "hypothesis",
        "notices",
    ])?;
    for unknown in found {
        let precursor = unknown.precursor.map(|mz| mz.to_string());
        table.write_record([
            &unknown.id,
            &unknown.technique,
            &precursor.unwrap_or_default(),
            &unknown.count.to_string(),
            &unknown.samples.to_string(),
            &unknown.laboratories.to_string(),
            &unknown.first.to_string(),
            &unknown.last.to_string(),
            &unknown.places.join("; "),
            unknown.named.as_deref().unwrap_or_default(),
            &unknown.hypothesis.sentences.join(" "),
            &unknown.notices.to_string(),
        ])?;
    }
    Ok(table.flush()?)
}

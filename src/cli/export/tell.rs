//! What was exported, on standard output.

use super::super::args::ViewFormat;
use crate::authority::Export;
use anyhow::Result;
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    about: &'a [(String, String)],
    rows: usize,
    samples: usize,
    counted: usize,
    without_quantity: usize,
    not_counted: usize,
    repeated: usize,
    files: Vec<String>,
}

pub(super) fn tell(
    export: &Export,
    files: &[PathBuf],
    format: ViewFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let counts = export.counts;
    let rows = export.rows.rows.len();
    let names = files.iter().map(|path| path.display().to_string());
    if format == ViewFormat::Json {
        let view = View {
            name: &export.name,
            about: &export.about,
            rows,
            samples: counts.samples,
            counted: counts.counted,
            without_quantity: counts.without_quantity,
            not_counted: counts.not_counted,
            repeated: counts.repeated,
            files: names.collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &view)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(
        out,
        "{}: {rows} rows of {} samples",
        export.name, counts.counted
    )?;
    for (count, what) in [
        (
            counts.without_quantity,
            "of these without a quantity that can be used",
        ),
        (counts.not_counted, "samples not counted"),
        (
            counts.repeated,
            "samples that stand in several inputs, counted once",
        ),
    ] {
        if count > 0 {
            writeln!(out, "  {count} {what}")?;
        }
    }
    writeln!(
        out,
        "  {} lines tell what is not counted or must be looked at",
        export.not_counted.rows.len()
    )?;
    if let Some((_, note)) = export.about.first() {
        writeln!(out, "  {}", note.to_uppercase())?;
    }
    writeln!(out)?;
    for name in names {
        writeln!(out, "  {name}")?;
    }
    Ok(())
}

//! `specid inspect`.

use super::Ending;
use super::args::{InspectArgs, ViewFormat};
use crate::read;
use crate::report::inspection::{Inspection, inspection, unreadable};
use crate::report::{plot, text};
use crate::spectrum::Spectrum;
use anyhow::Result;
use std::io::Write;

/// Spectra shown of a file with many, unless all are asked for.
const SHOWN: usize = 3;

pub(super) fn run(args: &InspectArgs, out: &mut dyn Write) -> Result<Ending> {
    let name = args.file.to_string_lossy();
    let (view, spectra) = match super::identify::load(&args.file, &args.overrides) {
        Ok((input, reading)) => {
            let format = read::find_reader(&input).map_or("unknown", |reader| reader.id());
            let view = inspection(&name, format, &reading);
            (view, reading.spectra.into_iter().flatten().collect())
        }
        Err(error) => (unreadable(&name, &error), Vec::new()),
    };
    match args.format {
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &view)?;
            writeln!(out)?;
        }
        ViewFormat::Text => show(&view, &spectra, args.all, out)?,
    }
    if let Some(error) = &view.error {
        eprintln!("specid: {name}: {}", error.message);
        return Ok(Ending::Failed);
    }
    // What could not be read is shown; a script sees it by the exit code.
    match view.failures.is_empty() {
        true => Ok(Ending::Found),
        false => Ok(Ending::Failed),
    }
}

fn show(view: &Inspection, spectra: &[Spectrum], all: bool, out: &mut dyn Write) -> Result<()> {
    write!(out, "{}", text::inspection(view))?;
    let shown = if all { spectra.len() } else { SHOWN };
    for (view, spectrum) in view.spectra.iter().zip(spectra).take(shown) {
        write!(out, "{}", text::spectrum(view))?;
        let drawn = plot::single(spectrum, plot::Size::default());
        if !drawn.is_empty() {
            write!(out, "\n{drawn}")?;
        }
    }
    if spectra.len() > shown {
        writeln!(
            out,
            "\n  ... {} more; --all shows them",
            spectra.len() - shown
        )?;
    }
    Ok(())
}

//! `specid convert`.

use super::Ending;
use super::args::{ConvertArgs, ConvertFormat};
use super::identify::load;
use super::kept;
use super::output_file::replace;
use crate::spectrum::Spectrum;
use crate::write;
use anyhow::{Result, bail};
use std::io::Write;

pub(super) fn run(args: &ConvertArgs, out: &mut dyn Write) -> Result<Ending> {
    kept::refuse_named(args.out.as_ref(), std::slice::from_ref(&args.file))?;
    let name = args.file.display();
    let reading = match load(&args.file, &args.overrides) {
        Ok((_, reading)) => reading,
        Err(error) => bail!("{name}: {error}"),
    };
    let mut failed = false;
    let mut spectra: Vec<(usize, Spectrum)> = Vec::new();
    for (index, item) in reading.spectra.into_iter().enumerate() {
        let wanted = args.spectrum.is_none_or(|n| n == index + 1);
        match item {
            Ok(spectrum) if wanted => spectra.push((index, spectrum)),
            Err(error) if wanted => {
                failed = true;
                eprintln!("specid: {name} [{}]: {error}", index + 1);
            }
            _ => {}
        }
    }
    // Backgrounds are left out unless they are asked for.
    if args.spectrum.is_none() && spectra.iter().any(|(_, s)| s.companion.is_none()) {
        spectra.retain(|(_, s)| s.companion.is_none());
    }
    if spectra.is_empty() {
        bail!("{name}: no spectrum could be converted; `specid inspect` shows what is in the file");
    }
    if args.to == ConvertFormat::Csv && spectra.len() > 1 {
        bail!(
            "{name} holds {} spectra and CSV holds one; choose one with --spectrum N, or convert to jcamp",
            spectra.len()
        );
    }
    let mut text = Vec::new();
    for (index, spectrum) in &spectra {
        match args.to {
            ConvertFormat::Jcamp => write::jcamp::write(spectrum, &mut text)?,
            ConvertFormat::Csv => write::csv::write(spectrum, &mut text)?,
            ConvertFormat::Msp if spectrum.x_unit == crate::units::XUnit::MassToCharge => {
                write::msp::write(spectrum, &mut text)?;
            }
            ConvertFormat::Msp => {
                failed = true;
                eprintln!(
                    "specid: {name} [{}]: MSP holds mass spectra only; convert to jcamp or csv",
                    index + 1
                );
            }
        }
    }
    match &args.out {
        Some(path) => replace(path, &text)?,
        None => out.write_all(&text)?,
    }
    Ok(if failed {
        Ending::Failed
    } else {
        Ending::Found
    })
}

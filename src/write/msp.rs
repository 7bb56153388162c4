//! NIST MSP text.

use super::one_line;
use crate::spectrum::Spectrum;
use std::io::{Result, Write};

/// Writes a mass spectrum as an MSP record and a blank line. Numbers have the fewest digits that
/// read back to the same value.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(spectrum: &Spectrum, out: &mut dyn Write) -> Result<()> {
    let identity = &spectrum.identity;
    let name = match identity.name.is_empty() {
        true => &spectrum.title,
        false => &identity.name,
    };
    let name = one_line(name);
    writeln!(
        out,
        "Name: {}",
        if name.is_empty() { "unnamed" } else { &name }
    )?;
    for synonym in &identity.synonyms {
        writeln!(out, "Synon: {}", one_line(synonym))?;
    }
    let provenance = &spectrum.provenance;
    let precursor = spectrum.precursor.clone().unwrap_or_default();
    let kind = match spectrum.technique {
        crate::spectrum::Technique::EiMs => Some("EI".to_owned()),
        crate::spectrum::Technique::MsMs => Some("MS2".to_owned()),
        _ => None,
    };
    let kind = spectrum.meta("instrumenttype").map(str::to_owned).or(kind);
    for (key, value) in [
        ("InChIKey", identity.inchikey.clone()),
        ("Formula", identity.formula.clone()),
        ("CASNO", identity.cas.clone()),
        ("SMILES", identity.smiles.clone()),
        ("ID", provenance.id.clone()),
        ("PrecursorMZ", precursor.mz.map(|mz| mz.to_string())),
        ("Precursor_type", precursor.adduct),
        (
            "Ion_mode",
            precursor
                .positive
                .map(|p| if p { "P" } else { "N" }.to_owned()),
        ),
        ("Collision_energy", precursor.collision_energy),
        ("Instrument", provenance.instrument.clone()),
        ("Instrument_type", kind),
        ("Date", provenance.date.clone()),
        ("Contributor", provenance.origin.clone()),
        ("License", provenance.licence.clone()),
    ] {
        if let Some(value) = value.map(|v| one_line(&v)).filter(|v| !v.is_empty()) {
            writeln!(out, "{key}: {value}")?;
        }
    }
    let points: Vec<(f64, f64)> = spectrum
        .points()
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .collect();
    writeln!(out, "Num Peaks: {}", points.len())?;
    for (mz, abundance) in points {
        writeln!(out, "{mz} {abundance}")?;
    }
    writeln!(out)
}

//! Comma-separated text: what is known of the spectrum in lines that begin with `#`, a line of
//! headings with units, then one point a line.

use super::one_line;
use crate::spectrum::Spectrum;
use crate::units::{XUnit, YUnit};
use std::io::{Result, Write};

/// Writes a spectrum as CSV. Numbers have the fewest digits that read back to the same value; gaps
/// are `nan`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(spectrum: &Spectrum, out: &mut dyn Write) -> Result<()> {
    let provenance = &spectrum.provenance;
    let identity = &spectrum.identity;
    for (label, text) in [
        ("title", Some(spectrum.title.clone())),
        ("technique", Some(spectrum.technique.label().to_owned())),
        ("id", provenance.id.clone()),
        ("InChIKey", identity.inchikey.clone()),
        ("CAS", identity.cas.clone()),
        ("instrument", provenance.instrument.clone()),
        ("laser / nm", provenance.laser_nm.map(|nm| nm.to_string())),
        ("date", provenance.date.clone()),
        ("owner", provenance.owner.clone()),
        ("origin", provenance.origin.clone()),
        ("licence", provenance.licence.clone()),
        ("source sha256", Some(provenance.sha256.clone())),
    ] {
        if let Some(text) = text.map(|t| one_line(&t)).filter(|t| !t.is_empty()) {
            writeln!(out, "# {label}: {text}")?;
        }
    }
    writeln!(
        out,
        "{},{}",
        x_heading(spectrum.x_unit),
        y_heading(spectrum.y_unit)
    )?;
    for (x, y) in spectrum.points() {
        match y.is_finite() {
            true => writeln!(out, "{x},{y}")?,
            false => writeln!(out, "{x},nan")?,
        }
    }
    Ok(())
}

fn x_heading(unit: XUnit) -> &'static str {
    match unit {
        XUnit::RamanShift => "Raman shift (cm-1)",
        XUnit::Wavenumber => "Wavenumber (cm-1)",
        XUnit::Nanometre => "Wavelength (nm)",
        XUnit::Micrometre => "Wavelength (um)",
        XUnit::MassToCharge => "m/z",
        XUnit::Unknown => "abscissa",
    }
}

fn y_heading(unit: YUnit) -> &'static str {
    match unit {
        YUnit::Counts => "Counts",
        YUnit::Intensity => "Intensity",
        YUnit::Absorbance => "Absorbance",
        YUnit::Transmittance => "Transmittance",
        YUnit::PercentTransmittance => "Transmittance (%)",
        YUnit::Reflectance => "Reflectance",
        YUnit::PercentReflectance => "Reflectance (%)",
        YUnit::LogInverseReflectance => "log(1/R)",
        YUnit::KubelkaMunk => "Kubelka-Munk",
        YUnit::Abundance => "Abundance",
        YUnit::Unknown => "ordinate",
    }
}

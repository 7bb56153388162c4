//! JCAMP-DX 5.01 text.

use super::one_line;
use crate::spectrum::{InfraredMode, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};
use std::io::{Result, Write};

/// Writes a spectrum as one JCAMP-DX block: pairs `(XY..XY)`, as XYPOINTS for curves and PEAK TABLE
/// for sticks. Numbers have the fewest digits that read back to the same value; gaps are `?`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(spectrum: &Spectrum, out: &mut dyn Write) -> Result<()> {
    let mut label = |name: &str, value: &str| writeln!(out, "##{name}= {value}");
    label("TITLE", &value(&spectrum.title))?;
    label("JCAMP-DX", "5.01")?;
    label("DATA TYPE", data_type(spectrum.technique))?;
    label("DATA CLASS", class(spectrum.shape))?;
    let identity = &spectrum.identity;
    let provenance = &spectrum.provenance;
    let precursor = spectrum.precursor.clone().unwrap_or_default();
    let names = match identity.name == spectrum.title {
        true => identity.synonyms.clone(),
        false => std::iter::once(&identity.name)
            .chain(&identity.synonyms)
            .cloned()
            .collect(),
    };
    let names: Vec<String> = names
        .iter()
        .map(|n| value(n))
        .filter(|n| !n.is_empty())
        .collect();
    for (name, text) in [
        ("ORIGIN", provenance.origin.clone()),
        ("OWNER", provenance.owner.clone()),
        ("LONGDATE", provenance.date.clone()),
        ("SPECTROMETER/DATA SYSTEM", provenance.instrument.clone()),
        ("NAMES", (!names.is_empty()).then(|| names.join("\n"))),
        ("CAS REGISTRY NO", identity.cas.clone()),
        ("MOLFORM", identity.formula.clone()),
        ("$INCHIKEY", identity.inchikey.clone()),
        ("$SMILES", identity.smiles.clone()),
        ("$ID", provenance.id.clone()),
        ("$LICENCE", provenance.licence.clone()),
        ("$LASER", provenance.laser_nm.map(|nm| nm.to_string())),
        ("$MODE", mode(spectrum).map(str::to_owned)),
        (
            ".IONIZATION MODE",
            (spectrum.technique == Technique::EiMs).then(|| "EI+".to_owned()),
        ),
        ("$PRECURSOR MZ", precursor.mz.map(|mz| mz.to_string())),
        ("$PRECURSOR TYPE", precursor.adduct),
        ("$COLLISION ENERGY", precursor.collision_energy),
        (
            "$ION MODE",
            precursor
                .positive
                .map(|p| if p { "P" } else { "N" }.to_owned()),
        ),
    ] {
        let text = text.map(|t| t.lines().map(value).collect::<Vec<_>>().join("\n"));
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            label(name, &text)?;
        }
    }
    for (key, text) in &spectrum.metadata {
        let key: String = key
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || " -/_.".contains(*c))
            .collect();
        let key = key.trim_start_matches(['$', '.', ' ']);
        if !key.is_empty() && !text.is_empty() && !already_written(key) {
            label(&format!("${}", key.to_ascii_uppercase()), &value(text))?;
        }
    }
    label("XUNITS", x_units(spectrum.x_unit))?;
    label("YUNITS", y_units(spectrum.y_unit))?;
    label("NPOINTS", &spectrum.len().to_string())?;
    if let (Some(first), Some(last)) = (spectrum.axis.first(), spectrum.axis.last()) {
        label("FIRSTX", &first.to_string())?;
        label("LASTX", &last.to_string())?;
    }
    label("XFACTOR", "1")?;
    label("YFACTOR", "1")?;
    points(spectrum, out)?;
    writeln!(out, "##END=")
}

fn points(spectrum: &Spectrum, out: &mut dyn Write) -> Result<()> {
    let table = match spectrum.shape {
        Shape::Profile => "XYPOINTS",
        Shape::Sticks => "PEAK TABLE",
    };
    writeln!(out, "##{table}= (XY..XY)")?;
    for (x, y) in spectrum.points() {
        if y.is_finite() {
            writeln!(out, "{x}, {y}")?;
        } else {
            writeln!(out, "{x}, ?")?;
        }
    }
    Ok(())
}

/// A value that cannot be taken for a label or a comment: no two `#` or `$` stand side by side.
fn value(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '#' | '$') && parted.ends_with(c) {
            parted.push(' ');
        }
        parted.push(c);
    }
    parted
}

fn class(shape: Shape) -> &'static str {
    match shape {
        Shape::Profile => "XYPOINTS",
        Shape::Sticks => "PEAK TABLE",
    }
}

/// Private labels that [`write`] puts out from the spectrum itself.
fn already_written(key: &str) -> bool {
    [
        "MODE", "ID", "INCHIKEY", "SMILES", "LASER", "LICENCE", "LICENSE",
    ]
    .iter()
    .any(|k| key.eq_ignore_ascii_case(k))
}

fn mode(spectrum: &Spectrum) -> Option<&str> {
    spectrum
        .meta("$MODE")
        .or_else(|| spectrum.meta("mode"))
        .or(match spectrum.technique {
            Technique::Infrared(InfraredMode::Atr) => Some("ATR"),
            Technique::Infrared(InfraredMode::Gas) => Some("gas"),
            Technique::Infrared(InfraredMode::Diffuse) => Some("diffuse reflection"),
            Technique::Infrared(InfraredMode::Transmission) => Some("transmission"),
            _ => None,
        })
}

fn data_type(technique: Technique) -> &'static str {
    match technique {
        Technique::Raman => "RAMAN SPECTRUM",
        Technique::Infrared(_) => "INFRARED SPECTRUM",
        Technique::NearInfrared => "NEAR INFRARED SPECTRUM",
        Technique::EiMs | Technique::MsMs => "MASS SPECTRUM",
        Technique::Unknown => "SPECTRUM",
    }
}

fn x_units(unit: XUnit) -> &'static str {
    match unit {
        XUnit::RamanShift | XUnit::Wavenumber => "1/CM",
        XUnit::Nanometre => "NANOMETERS",
        XUnit::Micrometre => "MICROMETERS",
        XUnit::MassToCharge => "M/Z",
        XUnit::Unknown => "ARBITRARY UNITS",
    }
}

fn y_units(unit: YUnit) -> &'static str {
    match unit {
        YUnit::Counts => "COUNTS",
        YUnit::Intensity => "INTENSITY",
        YUnit::Absorbance => "ABSORBANCE",
        YUnit::Transmittance => "TRANSMITTANCE",
        YUnit::PercentTransmittance => "PERCENT TRANSMITTANCE",
        YUnit::Reflectance => "REFLECTANCE",
        YUnit::PercentReflectance => "PERCENT REFLECTANCE",
        YUnit::LogInverseReflectance => "LOG(1/R)",
        YUnit::KubelkaMunk => "KUBELKA-MUNK",
        YUnit::Abundance => "RELATIVE ABUNDANCE",
        YUnit::Unknown => "UNKNOWN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Input, Limits, read_input};
    use crate::spectrum::Axis;
    use proptest::prelude::*;

    fn back(spectrum: &Spectrum) -> Spectrum {
        let mut text = Vec::new();
        write(spectrum, &mut text).unwrap();
        let (_, mut reading) = read_input(&Input::new("x.jdx", text), &Limits::default()).unwrap();
        assert_eq!(reading.spectra.len(), 1);
        reading.spectra.remove(0).unwrap()
    }

    proptest! {
        #[test]
        fn numbers_and_names_come_back(
            points in prop::collection::vec((-1e4..1e4_f64, -1e6..1e6_f64), 1..40),
            name in "[ -~]{0,30}|[$#= a]{0,12}",
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
            let mut spectrum = Spectrum::new(Technique::Raman, Shape::Profile, Axis::Explicit(x), y);
            spectrum.title = name.clone();
            spectrum.x_unit = XUnit::RamanShift;
            spectrum.y_unit = YUnit::Counts;
            let got = back(&spectrum);
            prop_assert_eq!(got.axis.to_vec(), spectrum.axis.to_vec());
            prop_assert_eq!(got.ordinate, spectrum.ordinate);
            prop_assert_eq!(got.y_unit, YUnit::Counts);
            prop_assert_eq!(got.title, value(&name));
        }
    }

    #[test]
    fn a_value_cannot_break_the_file() {
        let axis = Axis::Even {
            first: 400.0,
            last: 402.0,
            points: 3,
        };
        let mut spectrum = Spectrum::new(
            Technique::Infrared(InfraredMode::Atr),
            Shape::Profile,
            axis,
            vec![1.0, f64::NAN, 3.0],
        );
        spectrum.title = "a\n##END=\n##TITLE= b $$ c".to_owned();
        spectrum.identity.inchikey = Some("QCCDLTOVEPVEJK-UHFFFAOYSA-N".to_owned());
        let got = back(&spectrum);
        assert_eq!(got.title, "a # #END= # #TITLE= b $ $ c");
        assert_eq!(got.technique, spectrum.technique);
        assert_eq!(got.identity.inchikey, spectrum.identity.inchikey);
        assert!(got.ordinate[1].is_nan());
    }
}

//! Units, identity and provenance of a block.

use super::labels::Labels;
use crate::read::polarity::polarity;
use crate::read::{laser, number};
use crate::spectrum::{Identity, Precursor, Spectrum, Technique};
use crate::units::{XUnit, YUnit};

/// Unit of an abscissa as XUNITS or UNITS name it.
pub fn x_unit(text: &str) -> XUnit {
    let text: String = text
        .to_uppercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    match text.as_str() {
        t if t.contains("RAMANSHIFT") => XUnit::RamanShift,
        "1/CM" | "CM-1" | "CM^-1" | "CM**-1" | "CM<-1>" | "/CM" | "CM\u{207b}\u{b9}"
        | "1/CENTIMETERS" => XUnit::Wavenumber,
        t if t.starts_with("WAVENUMBER") || t.starts_with("1/CM") || t.contains("(CM-1)") => {
            XUnit::Wavenumber
        }
        t if t.starts_with("NANOMET") || t == "NM" || t.contains("(NM)") => XUnit::Nanometre,
        t if t.starts_with("MICROMET") || t.starts_with("MICRON") || t == "UM" => XUnit::Micrometre,
        t if t.starts_with("M/Z") || t == "MASS" || t == "AMU" || t == "DA" => XUnit::MassToCharge,
        _ => XUnit::Unknown,
    }
}

/// Unit of an ordinate as YUNITS or UNITS name it.
pub fn y_unit(text: &str) -> YUnit {
    let text = text.to_uppercase();
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let percent = has(&["%", "PERCENT"]);
    if has(&[
        "ABSORBANCE",
        "OPTICAL DENSITY",
        "MICROMOL/MOL",
        "ABSORPTION",
    ]) {
        YUnit::Absorbance
    } else if has(&["TRANSMI", "%T"]) {
        if percent {
            YUnit::PercentTransmittance
        } else {
            YUnit::Transmittance
        }
    } else if has(&["LOG(1/R", "LOG 1/R"]) {
        YUnit::LogInverseReflectance
    } else if has(&["REFLECTANCE"]) {
        if percent {
            YUnit::PercentReflectance
        } else {
            YUnit::Reflectance
        }
    } else if has(&["KUBELKA"]) {
        YUnit::KubelkaMunk
    } else if has(&["COUNT"]) {
        YUnit::Counts
    } else if has(&["ABUNDANCE", "RELATIVE INTENSITY"]) {
        YUnit::Abundance
    } else if has(&["INTENSITY", "ARBITRARY", "RAMAN", "NORMALI", "A.U"]) {
        YUnit::Intensity
    } else {
        YUnit::Unknown
    }
}

/// Labels that are kept elsewhere, or only describe the table.
const USED: [&str; 34] = [
    "TITLE",
    "JCAMPDX",
    "DATATYPE",
    "DATACLASS",
    "XUNITS",
    "YUNITS",
    "FIRSTX",
    "LASTX",
    "FIRSTY",
    "DELTAX",
    "NPOINTS",
    "XFACTOR",
    "YFACTOR",
    "MAXX",
    "MINX",
    "MAXY",
    "MINY",
    "XYDATA",
    "XYPOINTS",
    "PEAKTABLE",
    "DATATABLE",
    "NTUPLES",
    "ENDNTUPLES",
    "VARNAME",
    "SYMBOL",
    "VARTYPE",
    "VARFORM",
    "VARDIM",
    "UNITS",
    "FIRST",
    "LAST",
    "FACTOR",
    "BLOCKS",
    "END",
];

/// Fills in everything a block says beside its numbers.
pub fn describe(
    labels: &Labels<'_, '_>,
    header: &[super::records::Record<'_>],
    spectrum: &mut Spectrum,
) {
    let one_line = |text: String| text.replace('\n', " ");
    let any = |list: &[&str]| labels.any(list).map(one_line);
    spectrum.title = any(&["TITLE"]).unwrap_or_default();
    let identity = &mut spectrum.identity;
    let mut names: Vec<String> = labels
        .text("NAMES")
        .map(|n| n.lines().map(str::to_owned).collect())
        .unwrap_or_default();
    identity.name.clone_from(&spectrum.title);
    names.retain(|n| *n != identity.name && !n.is_empty());
    identity.synonyms = names;
    identity.cas = any(&["CASREGISTRYNO", "CASREGISTRYNUMBER", "CAS"])
        .and_then(|cas| Identity::cas_number(&cas));
    identity.inchikey = any(&["INCHIKEY"]).map(|k| k.trim_start_matches("InChIKey=").to_owned());
    identity.formula =
        any(&["MOLFORM"]).map(|f| f.chars().filter(|c| !c.is_whitespace()).collect());
    identity.smiles = any(&["SMILES"]);
    let provenance = &mut spectrum.provenance;
    provenance.id = labels
        .text("$ID")
        .or_else(|| labels.text("ID"))
        .map(one_line);
    provenance.instrument = any(&["SPECTROMETERDATASYSTEM", "INSTRUMENT"]);
    provenance.origin = any(&["ORIGIN"]);
    provenance.owner = any(&["OWNER"]);
    provenance.date = any(&["LONGDATE", "DATE"]);
    provenance.licence = any(&["LICENSE", "LICENCE"]);
    provenance.laser_nm = laser(labels);
    if spectrum.technique == Technique::MsMs {
        spectrum.precursor = Some(Precursor {
            mz: any(&["PRECURSORMZ", "PRECURSORMASS"]).and_then(|t| number::parse(&t, false)),
            adduct: any(&["PRECURSORTYPE", "ADDUCT"]),
            collision_energy: any(&["COLLISIONENERGY"]),
            positive: any(&["IONMODE", "POLARITY"]).and_then(|p| polarity(&p)),
        });
    }
    for record in header.iter().chain(labels.page()) {
        if !USED.contains(&record.label.as_str()) && !record.value().is_empty() {
            spectrum
                .metadata
                .push((record.written.to_owned(), record.value()));
        }
    }
}

/// Laser wavelength in nm: a number between 200 and 2000 behind a label of the laser, or before
/// "nm" in the mode.
fn laser(labels: &Labels<'_, '_>) -> Option<f64> {
    const LABELS: [&str; 7] = [
        "LASER",
        "LASERWAVELENGTH",
        "LASERLINE",
        "EXCITATION",
        "EXCITATIONWAVELENGTH",
        "EXCITATIONLASER",
        "RAMANWAVELENGTH",
    ];
    let plausible = |nm: &f64| (200.0..2000.0).contains(nm);
    let stated = LABELS
        .iter()
        .find_map(|label| laser::wavelength("laser", &labels.any(&[label])?));
    stated.or_else(|| {
        let mode = labels.any(&["MODE"])?;
        let words: Vec<&str> = mode.split([' ', ';', ',']).collect();
        words
            .windows(2)
            .find(|w| w[1].eq_ignore_ascii_case("nm"))
            .and_then(|w| number::parse(w[0], false).filter(plausible))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_as_written() {
        assert_eq!(x_unit("1/CM"), XUnit::Wavenumber);
        assert_eq!(x_unit("cm-1"), XUnit::Wavenumber);
        assert_eq!(x_unit("MICROMETERS"), XUnit::Micrometre);
        assert_eq!(x_unit("M/Z"), XUnit::MassToCharge);
        assert_eq!(x_unit("SECONDS"), XUnit::Unknown);
        assert_eq!(y_unit("% TRANSMITTANCE"), YUnit::PercentTransmittance);
        assert_eq!(y_unit("TRANSMITTANCE"), YUnit::Transmittance);
        assert_eq!(y_unit("RELATIVE ABUNDANCE"), YUnit::Abundance);
        assert_eq!(y_unit("REFLECTANCE"), YUnit::Reflectance);
    }
}

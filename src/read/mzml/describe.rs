//! A spectrum from its terms and arrays, by the accessions of the PSI-MS vocabulary.

use super::super::Limits;
use super::super::error::{ErrorKind, ReadError};
use super::{Array, File, Found, Term, arrays, has, value};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};

const MZ_ARRAY: &str = "MS:1000514";
const WAVELENGTH_ARRAY: &str = "MS:1000617";
const INTENSITY_ARRAY: &str = "MS:1000515";
const MS_LEVEL: &str = "MS:1000511";
const PROFILE: &str = "MS:1000128";
const ELECTRON_IONISATION: &str = "MS:1000389";

/// The spectrum that was found between its tags.
pub(super) fn spectrum(found: Found, file: &File, limits: &Limits) -> Result<Spectrum, ReadError> {
    let array = |accession: &str| found.arrays.iter().find(|a| has(&a.terms, accession));
    let decode = |what: &str, array: Option<&Array>| match array {
        None => Ok(Vec::new()),
        Some(array) => arrays::decode(array, limits).map_err(|error| ReadError {
            message: format!("{what} of {:?}: {}", found.id, error.message),
            ..error
        }),
    };
    let (x, x_unit) = match (array(MZ_ARRAY), array(WAVELENGTH_ARRAY)) {
        (None, Some(_)) => (
            decode("wavelength", array(WAVELENGTH_ARRAY))?,
            XUnit::Nanometre,
        ),
        (mz, _) => (decode("m/z", mz)?, XUnit::MassToCharge),
    };
    let y = decode("intensity", array(INTENSITY_ARRAY))?;
    if x.len() != y.len() {
        return Err(ReadError::new(
            ErrorKind::Malformed,
            format!("the arrays of {:?} differ in length", found.id),
        )
        .found(format!("{} and {} values", x.len(), y.len())));
    }
    let shape = match has(&found.terms, PROFILE) {
        true => Shape::Profile,
        false => Shape::Sticks,
    };
    let read = x.len();
    let mut spectrum = Spectrum::new(Technique::Unknown, shape, Axis::Explicit(x), y);
    spectrum.x_unit = x_unit;
    spectrum.title.clone_from(&found.id);
    spectrum.provenance.id = Some(found.id.clone());
    spectrum.provenance.instrument.clone_from(&file.instrument);
    spectrum.provenance.date.clone_from(&file.date);
    spectrum.retention = found.retention;
    name(&found, file, &mut spectrum);
    if let Some(announced) = found.announced.filter(|n| *n != read) {
        spectrum.warn(
            WarningKind::Count,
            format!("The file announces {announced} points; {read} were read."),
        );
    } else if read == 0 {
        spectrum.warn(WarningKind::Count, "The spectrum has no points.");
    }
    Ok(spectrum)
}

/// Technique, unit of the ordinate and, for product ions, the precursor.
fn name(found: &Found, file: &File, spectrum: &mut Spectrum) {
    if spectrum.x_unit == XUnit::Nanometre {
        spectrum.y_unit = YUnit::Intensity;
        spectrum.warn(
            WarningKind::Technique,
            "A spectrum over wavelengths in a mass-spectrometric file: not compared.",
        );
        return;
    }
    spectrum.y_unit = YUnit::Abundance;
    let level = value(&found.terms, MS_LEVEL).and_then(|v| v.parse::<u32>().ok());
    if level.is_some_and(|level| level > 1) {
        spectrum.technique = Technique::MsMs;
        spectrum.precursor = Some(precursor(found));
    } else if has(&file.terms, ELECTRON_IONISATION) {
        spectrum.technique = Technique::EiMs;
    } else {
        spectrum.warn(
            WarningKind::Technique,
            "The file does not say that this is an EI spectrum; --technique ei-ms says it.",
        );
    }
}

fn precursor(found: &Found) -> Precursor {
    let terms: &[Term] = &found.precursor;
    let number = |accession: &str| value(terms, accession).and_then(|v| v.parse().ok());
    let energy = value(terms, "MS:1000045").map(|v| format!("{v} eV"));
    let normalised = value(terms, "MS:1000138").map(|v| format!("{v} % (normalised)"));
    Precursor {
        // The selected ion, else the centre of the window that was selected.
        mz: number("MS:1000744").or_else(|| number("MS:1000827")),
        adduct: None,
        collision_energy: energy.or(normalised),
        positive: match (
            has(&found.terms, "MS:1000130"),
            has(&found.terms, "MS:1000129"),
        ) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
    }
}

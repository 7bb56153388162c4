//! PerkinElmer SP: nested blocks of a 16-bit id and a 32-bit size.
//!
//! Block 120 is the container; its members are read by id: range, step, number of points, labels,
//! 64-bit ordinates. Known from two files and one other reader.

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use std::collections::HashMap;

const START: usize = 44;
const CONTAINER: u16 = 120;
const X_RANGE: u16 = 35698;
const POINTS: u16 = 35701;
const X_LABEL: u16 = 35703;
const Y_LABEL: u16 = 35704;
const DATA: u16 = 35708;
const NAME: u16 = 35713;

/// Reader of SP files.
pub struct PerkinElmer;

impl Reader for PerkinElmer {
    fn id(&self) -> &'static str {
        "perkinelmer"
    }

    fn label(&self) -> &'static str {
        "PerkinElmer SP"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sp"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        Confidence::certain_if(input.bytes.starts_with(b"PEPE"))
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let bytes = Bytes::new(&input.bytes, Order::Little);
        if !bytes.text(4, 40).contains("constant interval") {
            return Err(ReadError::new(
                ErrorKind::Unsupported,
                "this kind of PerkinElmer file is not read",
            )
            .at_byte(4)
            .expected("a 2D constant interval data set")
            .found(bytes.text(4, 40))
            .advise("export the spectrum as JCAMP-DX or text"));
        }
        let members = members(&bytes)?;
        let mut reading = Reading::default();
        reading.spectra.push(spectrum(&bytes, &members, limits));
        Ok(reading)
    }
}

/// Units and technique from the labels of the axes.
fn name(x: &str, y: &str, spectrum: &mut Spectrum) {
    spectrum.x_unit = match x.to_lowercase().as_str() {
        "cm-1" => XUnit::Wavenumber,
        "nm" => XUnit::Nanometre,
        "um" | "micron" => XUnit::Micrometre,
        _ => XUnit::Unknown,
    };
    spectrum.y_unit = match y.to_lowercase().as_str() {
        "a" | "abs" => YUnit::Absorbance,
        "%t" => YUnit::PercentTransmittance,
        "t" => YUnit::Transmittance,
        "%r" => YUnit::PercentReflectance,
        "km" | "k-m" => YUnit::KubelkaMunk,
        "log(1/r)" | "log 1/r" => YUnit::LogInverseReflectance,
        _ => YUnit::Unknown,
    };
    let lowest = spectrum.x_range().map_or(0.0, |range| range.0);
    match (spectrum.x_unit, spectrum.y_unit) {
        _ if y.eq_ignore_ascii_case("EGY") => {
            spectrum.companion = Some("single-beam spectrum");
        }
        (_, YUnit::Unknown) => spectrum.warn(
            WarningKind::Unit,
            format!("The ordinate {y:?} is not known; --technique says what was measured."),
        ),
        (XUnit::Wavenumber, _) => spectrum.infer_technique(
            Technique::absorbing(lowest, InfraredMode::Unstated),
            "its units and range",
        ),
        _ => {}
    }
}

/// Place and size of each member, the container's own included.
fn members(bytes: &Bytes<'_>) -> Result<HashMap<u16, (usize, usize)>, ReadError> {
    let mut found = HashMap::new();
    let mut at = START;
    while at.saturating_add(6) <= bytes.len() {
        let (id, size) = (bytes.u16(at)?, bytes.size(at + 2)?);
        found.entry(id).or_insert((at + 6, size));
        // The container is entered, other blocks are passed over.
        at = match id {
            CONTAINER => at + 6,
            _ => at.saturating_add(6).saturating_add(size),
        };
    }
    Ok(found)
}

fn spectrum(
    bytes: &Bytes<'_>,
    members: &HashMap<u16, (usize, usize)>,
    limits: &Limits,
) -> Result<Spectrum, ReadError> {
    // Each member begins with the 16-bit code of its type.
    let member = |id: u16, what: &str| {
        members.get(&id).map(|(at, _)| at + 2).ok_or_else(|| {
            ReadError::new(ErrorKind::Malformed, format!("the file states no {what}"))
                .at_byte(START)
        })
    };
    let range = member(X_RANGE, "range of the axis")?;
    let (first, last) = (bytes.f64(range)?, bytes.f64(range + 8)?);
    let points = bytes.size(member(POINTS, "number of points")?)?;
    let data = member(DATA, "ordinates")?;
    let held = bytes.size(data)? / 8;
    if points == 0 || points > limits.points || held < points {
        return Err(
            ReadError::new(ErrorKind::Malformed, "the number of points cannot be right")
                .at_byte(data)
                .expected(format!("{points} points"))
                .found(format!("{held} points")),
        );
    }
    let y = bytes.doubles(data + 4, points)?;
    let label = |id: u16| match members.get(&id) {
        Some((at, size)) => bytes.text(at + 4, size.saturating_sub(4).min(64)),
        None => String::new(),
    };
    let axis = Axis::Even {
        first,
        last,
        points,
    };
    let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Profile, axis, y);
    spectrum.title = label(NAME);
    name(&label(X_LABEL), &label(Y_LABEL), &mut spectrum);
    Ok(spectrum)
}

//! Renishaw WDF: blocks with a four-letter name, an id and a size.
//!
//! After the layout that independent readers agree on. `WDF1` is the header, `DATA` holds the
//! ordinates of all spectra, `XLST` the common axis, usually descending, `ORGN` time and place of each
//! spectrum. Unknown blocks are passed over by their size. A series that was stopped holds fewer
//! spectra than it has room for; only the collected ones are read.

mod origins;

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit, nanometre_to_wavenumber};
use origins::Origins;

/// Size of a block's head.
const HEAD: usize = 16;

/// Reader of WDF files.
pub struct Wdf;

impl Reader for Wdf {
    fn id(&self) -> &'static str {
        "wdf"
    }

    fn label(&self) -> &'static str {
        "Renishaw WDF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["wdf"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        Confidence::certain_if(input.bytes.starts_with(b"WDF1"))
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let bytes = Bytes::new(&input.bytes, Order::Little);
        let points = bytes.size(0x3c)?;
        let collected = usize::try_from(bytes.u64(0x48)?).unwrap_or(usize::MAX);
        let data = block(&bytes, "DATA")?;
        let axis = block(&bytes, "XLST")?;
        refuse_other_layouts(&bytes, points, axis.1)?;
        let room = (data.1 / 4).checked_div(points).unwrap_or(0);
        if points == 0 || points > limits.points || collected.min(room) > limits.spectra {
            return Err(ReadError::new(
                ErrorKind::Malformed,
                "the header's counts cannot be right",
            )
            .at_byte(0x3c)
            .found(format!("{collected} spectra of {points} points")));
        }
        let unit = bytes.u32(axis.0 + 4)?;
        let x = bytes.floats(axis.0 + 8, points)?;
        let origins = Origins::find(&bytes)?;
        let mut reading = Reading::default();
        for index in 0..collected.min(room) {
            let y = bytes.floats(data.0 + 4 * points * index, points)?;
            let mut spectrum = Spectrum::new(
                Technique::Raman,
                Shape::Profile,
                Axis::Explicit(x.clone()),
                y,
            );
            describe(&bytes, unit, &mut spectrum);
            origins.apply(&bytes, index, &mut spectrum);
            reading.spectra.push(Ok(spectrum));
        }
        if collected > room {
            reading.spectra.push(Err(ReadError::new(
                ErrorKind::Truncated,
                format!(
                    "{} spectra are missing at the end of the file",
                    collected - room
                ),
            )
            .at_byte(data.0)));
        }
        if reading.spectra.is_empty() {
            return Err(
                ReadError::new(ErrorKind::NoData, "the file holds no collected spectrum")
                    .at_byte(0x48),
            );
        }
        Ok(reading)
    }
}

/// Place and length of the content of the first block of this name.
fn block(bytes: &Bytes<'_>, name: &str) -> Result<(usize, usize), ReadError> {
    let mut at = 0_usize;
    while at.saturating_add(HEAD) <= bytes.len() {
        let size = usize::try_from(bytes.u64(at + 8)?).unwrap_or(usize::MAX);
        if bytes.text(at, 4) == name {
            let length = size.saturating_sub(HEAD).min(bytes.len() - at - HEAD);
            return Ok((at + HEAD, length));
        }
        // A size below its own head would never come to an end.
        if size < HEAD {
            return Err(ReadError::new(
                ErrorKind::Malformed,
                "a block states a size that cannot be right",
            )
            .at_byte(at + 8)
            .expected("at least 16")
            .found(size.to_string()));
        }
        at = at.saturating_add(size);
    }
    Err(
        ReadError::new(ErrorKind::NoData, format!("the file has no {name} block"))
            .advise("the file was perhaps cut off: export it again"),
    )
}

/// Files whose ordinates do not all lie over one list of abscissas.
fn refuse_other_layouts(bytes: &Bytes<'_>, points: usize, axis: usize) -> Result<(), ReadError> {
    /// Each spectrum has its own abscissas.
    const XY_XY: u32 = 1;
    let (x_values, y_values) = (bytes.size(0x58)?, bytes.size(0x54)?);
    let found = if bytes.u32(0x10)? & XY_XY != 0 {
        "an axis for each spectrum".to_owned()
    } else if y_values > 1 {
        format!("an image of {x_values} x {y_values} values")
    } else if axis < 8 + 4 * points || (x_values != points && x_values != 0) {
        format!("{x_values} abscissas in a list of {axis} bytes")
    } else {
        return Ok(());
    };
    Err(
        ReadError::new(ErrorKind::Unsupported, "this layout of spectra is not read")
            .at_byte(0x54)
            .expected(format!("one list of {points} abscissas for all spectra"))
            .found(found)
            .advise("export the spectra as text"),
    )
}

fn describe(bytes: &Bytes<'_>, unit: u32, spectrum: &mut Spectrum) {
    spectrum.x_unit = match unit {
        1 => XUnit::RamanShift,
        2 => XUnit::Wavenumber,
        3 => XUnit::Nanometre,
        5 => XUnit::Micrometre,
        _ => XUnit::Unknown,
    };
    if spectrum.x_unit != XUnit::RamanShift {
        spectrum.technique = Technique::Unknown;
        spectrum.warn(
            WarningKind::Technique,
            format!(
                "The axis is not a Raman shift but code {unit} ({}); --technique raman and --laser say what it is.",
                spectrum.x_unit.label()
            ),
        );
    }
    spectrum.y_unit = match bytes.u32(0x98) {
        Ok(6) => YUnit::Counts,
        _ => YUnit::Intensity,
    };
    spectrum.title = bytes.utf8(0xf0, 0x110);
    let given = |text: String| (!text.is_empty()).then_some(text);
    spectrum.provenance.owner = given(bytes.utf8(0xd0, 32));
    spectrum.provenance.instrument = given(bytes.utf8(0x60, 24));
    if let Ok(accumulations @ 1..) = bytes.u32(0x50) {
        let field = ("accumulations".to_owned(), accumulations.to_string());
        spectrum.metadata.push(field);
    }
    // The laser is stored as its wavenumber.
    let laser = bytes.f32(0x9c).map(f64::from).unwrap_or_default();
    spectrum.provenance.laser_nm = (laser > 1000.0).then(|| nanometre_to_wavenumber(laser));
}

//! Thermo OMNIC SPA and SPG: a table of keys that point to headers and ordinates.
//!
//! After the layout that independent readers agree on: 16-byte entries from byte 304 (key, 32-bit
//! offset, 32-bit length). Key 2 is a spectrum's header, key 3 its ordinates, key 0x6B its title in
//! groups. Offsets come from the table alone, never from fixed places.

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};

const MAGIC: &[u8] = b"Spectral Data File";
const TABLE: usize = 304;
const ENTRY: usize = 16;

/// Reader of OMNIC files.
pub struct Omnic;

impl Reader for Omnic {
    fn id(&self) -> &'static str {
        "omnic"
    }

    fn label(&self) -> &'static str {
        "Thermo OMNIC SPA, SPG"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["spa", "spg"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        match input.bytes.starts_with(MAGIC) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let bytes = Bytes::new(&input.bytes, Order::Little);
        let keys = keys(&bytes)?;
        let of = |key: u8| keys.iter().filter(move |k| k.key == key);
        let mut titles = of(0x6b).map(|k| bytes.text(k.at, k.length.min(256)));
        let group = of(2).count() > 1;
        let mut reading = Reading::default();
        for (header, data) in of(2).zip(of(3)) {
            let title = match group {
                true => titles.next().unwrap_or_default(),
                false => bytes.text(30, 256),
            };
            reading
                .spectra
                .push(spectrum(&bytes, header, data, title, limits));
        }
        if reading.spectra.is_empty() {
            return Err(
                ReadError::new(ErrorKind::NoData, "the file holds no spectrum")
                    .at_byte(TABLE)
                    .expected("a header (key 2) with its ordinates (key 3)"),
            );
        }
        Ok(reading)
    }
}

struct Key {
    key: u8,
    at: usize,
    length: usize,
}

fn keys(bytes: &Bytes<'_>) -> Result<Vec<Key>, ReadError> {
    let count = usize::from(bytes.u16(294)?);
    (0..count)
        .map(|i| TABLE + ENTRY * i)
        // The count may include entries that the file never had.
        .take_while(|at| at + ENTRY <= bytes.len())
        .map(|at| {
            Ok(Key {
                key: bytes.u8(at)?,
                at: bytes.size(at + 2)?,
                length: bytes.size(at + 6)?,
            })
        })
        .collect()
}

fn spectrum(
    bytes: &Bytes<'_>,
    header: &Key,
    data: &Key,
    title: String,
    limits: &Limits,
) -> Result<Spectrum, ReadError> {
    let points = bytes.size(header.at.saturating_add(4))?;
    if points > limits.points {
        return Err(limits.too_many_points().at_byte(header.at + 4));
    }
    if points == 0 || data.length / 4 < points {
        return Err(ReadError::new(
            ErrorKind::Malformed,
            "the ordinates are fewer than the header says",
        )
        .at_byte(header.at + 4)
        .expected(format!("{points} points"))
        .found(format!("{} points", data.length / 4)));
    }
    let (x_code, y_code) = (bytes.u8(header.at + 8)?, bytes.u8(header.at + 12)?);
    let axis = Axis::Even {
        first: f64::from(bytes.f32(header.at + 16)?),
        last: f64::from(bytes.f32(header.at + 20)?),
        points,
    };
    let raman = x_code == 32 || y_code == 31;
    let technique = match (raman, x_code) {
        (true, _) => Technique::Raman,
        (false, 1 | 4) => Technique::Infrared(InfraredMode::Unstated),
        _ => Technique::Unknown,
    };
    let y = bytes.floats(data.at, points)?;
    let mut spectrum = Spectrum::new(technique, Shape::Profile, axis, y);
    spectrum.title = title;
    spectrum.x_unit = match x_code {
        1 if raman => XUnit::RamanShift,
        1 => XUnit::Wavenumber,
        3 => XUnit::Nanometre,
        4 => XUnit::Micrometre,
        32 => XUnit::RamanShift,
        _ => XUnit::Unknown,
    };
    spectrum.y_unit = match y_code {
        17 => YUnit::Absorbance,
        16 => YUnit::PercentTransmittance,
        11 => YUnit::PercentReflectance,
        12 => YUnit::LogInverseReflectance,
        20 => YUnit::KubelkaMunk,
        21 => YUnit::Reflectance,
        31 => YUnit::Intensity,
        _ => YUnit::Unknown,
    };
    spectrum.companion = match y_code {
        15 => Some("single-beam spectrum"),
        22 => Some("interferogram"),
        _ => None,
    };
    let laser = f64::from(bytes.f32(header.at + 80).unwrap_or_default());
    if raman && laser > 1000.0 {
        spectrum.provenance.laser_nm = Some(crate::units::nanometre_to_wavenumber(laser));
    }
    Ok(spectrum)
}

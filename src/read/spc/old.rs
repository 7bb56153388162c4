//! Old SPC files, version 0x4D: a header of 224 bytes, then sub-files to the end of the file.
//!
//! The number of points is a 32-bit float, the ordinates are 32-bit integers whose two halves are
//! exchanged, and the number of sub-files is not stored.

use super::header::{Flags, SUB_SIZE, labels};
use super::units;
use crate::read::bytes::{Bytes, Order};
use crate::read::error::{ErrorKind, ReadError};
use crate::read::{Limits, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Technique};

/// Size of the header without the first sub-file's.
const SIZE: usize = 224;

/// Whether the numbers look like those of a real file.
pub(super) fn is_plausible(data: &[u8]) -> bool {
    let bytes = Bytes::new(data, Order::Little);
    let points = bytes.f32(4).unwrap_or_default();
    (1.0..1e8).contains(&points) && points.fract() == 0.0 && data.len() > SIZE + SUB_SIZE
}

/// Reads an old file.
pub(super) fn read(data: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let bytes = Bytes::new(data, Order::Little);
    let flags = Flags(bytes.u8(0)?);
    let announced = bytes.f32(4)?;
    if !is_plausible(data) || announced as usize > limits.points {
        return Err(
            ReadError::new(ErrorKind::Malformed, "the number of points cannot be right")
                .at_byte(4)
                .found(announced.to_string()),
        );
    }
    let points = announced as usize;
    let width = if flags.has(Flags::SHORT) { 2 } else { 4 };
    let size = SUB_SIZE + width * points;
    let room = bytes.len() - SIZE;
    let count = match flags.has(Flags::MULTIFILE) {
        true => room / size,
        false => 1,
    };
    if count == 0 || count > limits.spectra {
        bytes.part(SIZE, size)?;
        return Err(limits.too_many_spectra());
    }
    let mut reading = Reading::default();
    for index in 0..count {
        reading
            .spectra
            .push(sub_file(&bytes, flags, SIZE + index * size, points));
    }
    Ok(reading)
}

fn sub_file(
    bytes: &Bytes<'_>,
    flags: Flags,
    at: usize,
    points: usize,
) -> Result<Spectrum, ReadError> {
    let exponent = match flags.has(Flags::MULTIFILE) {
        true => i32::from(bytes.u8(at + 1)? as i8),
        // One byte would do; some writers leave it without its sign in the word.
        false => i32::from(bytes.u8(2)? as i8),
    };
    let place = at + SUB_SIZE;
    let y: Vec<f64> = if exponent == -128 {
        bytes.floats(place, points)?
    } else if flags.has(Flags::SHORT) {
        let part = bytes.part(place, 2 * points)?;
        let scale = 2f64.powi(exponent - 16);
        (0..points)
            .map(|i| part.i16(2 * i).map(|v| f64::from(v) * scale))
            .collect::<Result<_, _>>()?
    } else {
        let part = bytes.part(place, 4 * points)?;
        let scale = 2f64.powi(exponent - 32);
        let value = |i: usize| -> Result<f64, ReadError> {
            let (high, low) = (part.u16(4 * i)?, part.u16(4 * i + 2)?);
            let joined = (u32::from(high) << 16) | u32::from(low);
            Ok(f64::from(joined as i32) * scale)
        };
        (0..points).map(value).collect::<Result<_, _>>()?
    };
    let axis = Axis::Even {
        first: f64::from(bytes.f32(8)?),
        last: f64::from(bytes.f32(12)?),
        points,
    };
    let (x_type, y_type) = (bytes.u8(16)?, bytes.u8(17)?);
    let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Profile, axis, y);
    let named = labels(bytes, 194);
    let label = |i: usize| named.get(i).map_or("", String::as_str);
    let codes = units::Codes {
        experiment: 0,
        x: x_type,
        y: y_type,
    };
    codes.apply((label(0), label(1)), &mut spectrum);
    spectrum.title = bytes.text(64, 130);
    Ok(spectrum)
}

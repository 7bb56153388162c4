//! Galactic / Thermo SPC: new files (0x4B little-endian, 0x4C big-endian) and old ones (0x4D).
//!
//! Layout after the published "Universal Data Format Specification" of Galactic Industries. One
//! spectrum per sub-file. Points that other readers get wrong, each held by a file of the corpus:
//! the exponent is a signed byte; outside multifiles the header's exponent counts and the
//! sub-file's does not, in multifiles the sub-file's own counts even where it is 0; -128 stands for
//! 32-bit floats; the x arrays of XYXY files are never scaled; a count of 0 sub-files means 1.

mod header;
mod old;
pub(super) mod units;

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Warning, WarningKind};
use header::{Flags, Header};

/// Reader of SPC files.
pub struct Spc;

impl Reader for Spc {
    fn id(&self) -> &'static str {
        "spc"
    }

    fn label(&self) -> &'static str {
        "Galactic SPC"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["spc"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        let version = input.bytes.get(1).copied();
        // Zip archives begin with "PK", which looks like flags and a version.
        if super::input::foreign_format(&input.bytes).is_some()
            || !matches!(version, Some(0x4b..=0x4d))
            || super::text::looks_like_text(input.head())
        {
            return Confidence::No;
        }
        let plausible = match version {
            Some(0x4d) => old::is_plausible(&input.bytes),
            _ => Header::read(&input.bytes).is_ok_and(|h| h.is_plausible()),
        };
        if plausible {
            Confidence::Likely
        } else {
            Confidence::Possible
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        match input.bytes.get(1) {
            Some(0x4d) => old::read(&input.bytes, limits),
            Some(0x4b | 0x4c) => read_new(&input.bytes, limits),
            found => Err(
                ReadError::new(ErrorKind::Unsupported, "this is not a Galactic SPC file")
                    .at_byte(1)
                    .expected("version 0x4B, 0x4C or 0x4D")
                    .found(found.map_or("the end of the file".to_owned(), |b| format!("{b:#04x}")))
                    .advise("other programs use the name .spc too; export as JCAMP-DX or text"),
            ),
        }
    }
}

fn read_new(data: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let header = Header::read(data)?;
    let bytes = Bytes::new(data, header.order);
    let count = header.sub_files.max(1);
    if count > limits.spectra {
        return Err(limits
            .too_many_spectra()
            .at_byte(24)
            .found(count.to_string()));
    }
    if header.points > limits.points {
        let found = header.points.to_string();
        return Err(limits.too_many_points().at_byte(4).found(found));
    }
    let mut at = header::SIZE;
    let shared = header.flags.has(Flags::X_VALUES) && !header.flags.has(Flags::XY_XY);
    let shared_x = match shared {
        true => {
            at += 4 * header.points;
            Some(bytes.floats(header::SIZE, header.points)?)
        }
        false => None,
    };
    let mut reading = Reading::default();
    let log = log_fields(&bytes, &header, &mut reading);
    let directory = header.directory(&bytes);
    for index in 0..count {
        let start = match directory.get(index) {
            Some(place) => *place,
            None => at,
        };
        match sub_file(&bytes, &header, start, shared_x.as_deref(), limits) {
            Ok((mut spectrum, end)) => {
                at = end;
                header.describe(&bytes, &mut spectrum);
                spectrum.metadata.extend(log.iter().cloned());
                reading.spectra.push(Ok(spectrum));
            }
            Err(error) => {
                reading.spectra.push(Err(error));
                // Where one sub-file ends is where the next begins, unless there is a directory.
                if directory.is_empty() {
                    break;
                }
            }
        }
    }
    Ok(reading)
}

/// Spectrum of the sub-file whose header begins at `at`, and where it ends.
fn sub_file(
    bytes: &Bytes<'_>,
    header: &Header,
    at: usize,
    shared_x: Option<&[f64]>,
    limits: &Limits,
) -> Result<(Spectrum, usize), ReadError> {
    let own_x = header.flags.has(Flags::XY_XY);
    let points = if own_x {
        bytes.size(at + 16)?
    } else {
        header.points
    };
    if points > limits.points {
        return Err(limits.too_many_points().at_byte(at + 16));
    }
    if points == 0 {
        return Err(ReadError::new(ErrorKind::NoData, "the sub-file has no points").at_byte(at));
    }
    let own_exponent = bytes.u8(at + 1)? as i8;
    let exponent = match header.flags.has(Flags::MULTIFILE) {
        true => own_exponent,
        false => header.exponent,
    };
    let mut place = at + header::SUB_SIZE;
    let axis = if own_x {
        let x = bytes.floats(place, points)?;
        place += 4 * points;
        Axis::Explicit(x)
    } else if let Some(x) = shared_x {
        Axis::Explicit(x.to_vec())
    } else {
        Axis::Even {
            first: header.first,
            last: header.last,
            points,
        }
    };
    // A sub-file may hold floats even where the file's exponent says integers.
    let float = exponent == -128 || own_exponent == -128;
    let short = header.flags.has(Flags::SHORT) && !float;
    let y = if float {
        bytes.floats(place, points)?
    } else if short {
        let scale = 2f64.powi(i32::from(exponent) - 16);
        let part = bytes.part(place, 2 * points)?;
        (0..points)
            .map(|i| part.i16(2 * i).map(|v| f64::from(v) * scale))
            .collect::<Result<_, _>>()?
    } else {
        let scale = 2f64.powi(i32::from(exponent) - 32);
        let part = bytes.part(place, 4 * points)?;
        (0..points)
            .map(|i| part.i32(4 * i).map(|v| f64::from(v) * scale))
            .collect::<Result<_, _>>()?
    };
    place += points * if short { 2 } else { 4 };
    let technique = units::technique(header.experiment, header.x_type, header.y_type);
    let shape = match own_x && technique.is_mass() {
        true => Shape::Sticks,
        false => Shape::Profile,
    };
    let mut spectrum = Spectrum::new(technique, shape, axis, y);
    let z = bytes.f32(at + 4)?;
    if header.flags.has(Flags::MULTIFILE) && z != 0.0 {
        spectrum.metadata.push(("z".to_owned(), z.to_string()));
    }
    Ok((spectrum, place))
}

/// `key = value` lines of the log block; a damaged block is said and loses nothing else.
fn log_fields(bytes: &Bytes<'_>, header: &Header, reading: &mut Reading) -> Vec<(String, String)> {
    if header.log == 0 {
        return Vec::new();
    }
    let text = bytes.size(header.log).and_then(|size| {
        let offset = bytes.size(header.log + 8)?;
        let start = header.log.saturating_add(offset);
        Ok(bytes.text(start, size.saturating_sub(offset)))
    });
    match text {
        Ok(text) => text
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()))
            .filter(|(k, v)| !k.is_empty() && !v.is_empty())
            .collect(),
        Err(_) => {
            reading.warnings.push(Warning::new(
                WarningKind::Skipped,
                "The log block lies outside the file and was left out.",
            ));
            Vec::new()
        }
    }
}

fn order_of(version: u8) -> Order {
    match version {
        0x4c => Order::Big,
        _ => Order::Little,
    }
}

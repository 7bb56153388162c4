//! Galactic / Thermo SPC: new files (0x4B little-endian, 0x4C big-endian) and old ones (0x4D).
//!
//! Layout after the published "Universal Data Format Specification" of Galactic Industries. One
//! spectrum per sub-file. Points that other readers get wrong, each held by a file of the corpus:
//! the exponent is a signed byte; outside multifiles the header's exponent counts and the
//! sub-file's does not, in multifiles the sub-file's own counts even where it is 0; -128 stands for
//! 32-bit floats; the x arrays of XYXY files are never scaled; a count of 0 sub-files means 1.

mod header;
mod log;
mod old;
pub(super) mod units;

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, WarningKind};
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
            || input.is_text()
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
    let log = log::Log::read(&bytes, &header, &mut reading);
    let directory = header.directory(&bytes);
    let mut budget = Budget::new(limits, data.len(), 1);
    for index in 0..count {
        let start = match directory.get(index) {
            Some(place) => *place,
            None => at,
        };
        let place = Place { at: start, index };
        match sub_file(&bytes, &header, place, shared_x.as_deref(), &mut budget) {
            Ok((mut spectrum, end)) => {
                at = end;
                header.describe(&bytes, &mut spectrum);
                log.describe(&header, &mut spectrum);
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

/// A sub-file: where its header begins, and its number.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    index: usize,
}

/// Spectrum of a sub-file, and where it ends.
fn sub_file(
    bytes: &Bytes<'_>,
    header: &Header,
    place: Place,
    shared_x: Option<&[f64]>,
    budget: &mut Budget,
) -> Result<(Spectrum, usize), ReadError> {
    let Place { at, index } = place;
    let own_x = header.flags.has(Flags::XY_XY);
    let multifile = header.flags.has(Flags::MULTIFILE);
    let points = match bytes.size(at + 16)? {
        // Some programs state the points of a single file in its header only.
        0 if own_x && !multifile => header.points,
        own if own_x => own,
        _ => header.points,
    };
    budget.take(points).map_err(|e| e.at_byte(at))?;
    if points == 0 {
        return Err(ReadError::new(ErrorKind::NoData, "the sub-file has no points").at_byte(at));
    }
    let own_exponent = bytes.u8(at + 1)? as i8;
    let exponent = match multifile {
        true => own_exponent,
        false => header.exponent,
    };
    // Some programs leave the exponent of the sub-files at 0 where the header says floats.
    let undeclared = multifile && own_exponent == 0 && header.exponent == -128;
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
    let float = exponent == -128 || own_exponent == -128 || undeclared;
    let short = header.flags.has(Flags::SHORT) && !float;
    let y = if float {
        bytes.floats(place, points)?
    } else if short {
        let scale = 2f64.powi(i32::from(exponent) - 16);
        scaled(bytes.short_integers(place, points)?, scale)
    } else {
        let scale = 2f64.powi(i32::from(exponent) - 32);
        scaled(bytes.integers(place, points)?, scale)
    };
    place += points * if short { 2 } else { 4 };
    let shape = match own_x && header.is_mass() {
        true => Shape::Sticks,
        false => Shape::Profile,
    };
    let mut spectrum = Spectrum::new(Technique::Unknown, shape, axis, y);
    if undeclared {
        spectrum.warn(
            WarningKind::Format,
            "The sub-file states no exponent; its ordinates are taken as floats, as the header says.",
        );
    }
    if multifile {
        let z = header.z(bytes, at, index)?;
        spectrum.metadata.push(("z".to_owned(), z.to_string()));
    }
    Ok((spectrum, place))
}

fn scaled(mut values: Vec<f64>, scale: f64) -> Vec<f64> {
    values.iter_mut().for_each(|v| *v *= scale);
    values
}

fn order_of(version: u8) -> Order {
    match version {
        0x4c => Order::Big,
        _ => Order::Little,
    }
}

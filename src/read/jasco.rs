//! JASCO Spectra Manager JWS: an OLE2 container with streams `DataInfo`, `X-Data`, `Y-Data`.
//!
//! `DataInfo` states points, channels, range and unit codes; `X-Data` is present where the axis is
//! not evenly spaced. Known from files, their text exports and other readers; no written definition.

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use std::io::{Cursor, Read};

/// Reader of JWS files.
pub struct Jasco;

const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

impl Reader for Jasco {
    fn id(&self) -> &'static str {
        "jasco"
    }

    fn label(&self) -> &'static str {
        "JASCO JWS"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jws"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        // Names of streams are UTF-16 in the container's directory, which may stand anywhere.
        let named = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            input.bytes.windows(wide.len()).any(|w| w == wide)
        };
        Confidence::certain_if(
            input.bytes.starts_with(OLE2) && named("DataInfo") && named("Y-Data"),
        )
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let mut container = Container::open(input)?;
        let info = container.stream("DataInfo")?.ok_or_else(|| {
            ReadError::new(ErrorKind::Malformed, "the file has no stream \"DataInfo\"")
        })?;
        let info = Bytes::new(&info, Order::Little);
        let (channels, points) = (info.size(12)?, info.size(20)?);
        let y = container.stream("Y-Data")?.unwrap_or_default();
        let expected = points.saturating_mul(channels).saturating_mul(4);
        if points == 0 || channels == 0 || points > limits.points || y.len() < expected {
            return Err(ReadError::new(
                ErrorKind::Malformed,
                "the number of points cannot be right",
            )
            .expected(format!(
                "{channels} channels of {points} points, {expected} bytes"
            ))
            .found(format!("{} bytes of ordinates", y.len())));
        }
        let axis = match container.stream("X-Data")? {
            Some(x) => Axis::Explicit(Bytes::new(&x, Order::Little).floats(0, points)?),
            None => Axis::Even {
                first: info.f64(24)?,
                last: info.f64(32)?,
                points,
            },
        };
        let titles = container.stream("SampleInfo")?.unwrap_or_default();
        let module = container.stream("ModuleInfo")?.unwrap_or_default();
        let (title, instrument) = (first_text(&titles), first_text(&module));
        let x_code = info.u32(48)?;
        let y = Bytes::new(&y, Order::Little);
        let mut reading = Reading::default();
        for channel in 0..channels.min(limits.spectra) {
            let ordinate = y.floats(4 * points * channel, points)?;
            let y_code = info.u32(52 + 4 * channel).unwrap_or(u32::MAX);
            let mut spectrum =
                Spectrum::new(Technique::Unknown, Shape::Profile, axis.clone(), ordinate);
            spectrum.title.clone_from(&title);
            spectrum.provenance.instrument = Some(instrument.clone()).filter(|i| !i.is_empty());
            units(x_code, y_code, &mut spectrum);
            reading.spectra.push(Ok(spectrum));
        }
        Ok(reading)
    }
}

/// Codes seen in files whose text exports state the unit.
fn units(x_code: u32, y_code: u32, spectrum: &mut Spectrum) {
    (spectrum.x_unit, spectrum.technique) = match x_code {
        0x1000_0100 => (
            XUnit::Wavenumber,
            Technique::Infrared(InfraredMode::Unstated),
        ),
        0x1000_0101 => (XUnit::RamanShift, Technique::Raman),
        0x1000_0103 => (XUnit::Nanometre, Technique::Unknown),
        _ => (XUnit::Unknown, Technique::Unknown),
    };
    (spectrum.y_unit, spectrum.companion) = match y_code {
        0 => (YUnit::PercentTransmittance, None),
        3 => (YUnit::Absorbance, None),
        8 => (YUnit::Intensity, Some("a single channel")),
        14 => (YUnit::Intensity, None),
        _ => (YUnit::Unknown, None),
    };
    if let Technique::Infrared(mode) = spectrum.technique {
        let lowest = spectrum.x_range().map_or(0.0, |range| range.0);
        match spectrum.companion {
            None => {
                spectrum.infer_technique(Technique::absorbing(lowest, mode), "its units and range");
            }
            Some(_) => spectrum.technique = Technique::Unknown,
        }
    }
    for (axis, known, code) in [
        ("abscissa", spectrum.x_unit != XUnit::Unknown, x_code),
        ("ordinate", spectrum.y_unit != YUnit::Unknown, y_code),
    ] {
        if !known {
            spectrum.warn(
                WarningKind::Unit,
                format!("The unit of the {axis} is not known (JASCO code {code})."),
            );
        }
    }
}

/// The first text of a stream of length-prefixed UTF-16 texts; empty where there is none.
fn first_text(stream: &[u8]) -> String {
    let bytes = Bytes::new(stream, Order::Little);
    let text_at = |at: usize| {
        let length = bytes.size(at).ok()?;
        let plausible = (4..=256).contains(&length) && length.is_multiple_of(2);
        let part = plausible.then(|| stream.get(at + 4..at + 4 + length))??;
        let wide: Vec<u16> = part
            .chunks_exact(2)
            .map(|c| u16::from_le_bytes([c[0], c[1]]))
            .collect();
        let (zero, letters) = wide.split_last()?;
        let text = String::from_utf16(letters).ok()?;
        (*zero == 0 && text.chars().all(|c| !c.is_control())).then_some(text)
    };
    (4..stream.len().min(64))
        .step_by(4)
        .find_map(text_at)
        .unwrap_or_default()
}

struct Container<'a> {
    file: cfb::CompoundFile<Cursor<&'a [u8]>>,
    size: u64,
}

impl<'a> Container<'a> {
    fn open(input: &'a Input) -> Result<Self, ReadError> {
        let file = cfb::CompoundFile::open(Cursor::new(&input.bytes[..])).map_err(broken)?;
        let size = input.bytes.len() as u64;
        Ok(Self { file, size })
    }

    /// Bytes of a stream; `None` where there is no such stream.
    fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.file.is_stream(name) {
            return Ok(None);
        }
        let stream = self.file.open_stream(name).map_err(broken)?;
        // A stream cannot be longer than the file it lies in.
        let mut bytes = Vec::new();
        stream
            .take(self.size)
            .read_to_end(&mut bytes)
            .map_err(broken)?;
        Ok(Some(bytes))
    }
}

fn broken(error: std::io::Error) -> ReadError {
    ReadError::new(
        ErrorKind::Malformed,
        "the container of this file is damaged",
    )
    .expected("a complete OLE2 compound file")
    .found(error.to_string())
    .advise("the file was perhaps cut off: export it again, or as JCAMP-DX")
}

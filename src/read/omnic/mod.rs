//! Thermo OMNIC SPA and SPG: a table of keys that point to headers and ordinates.
//!
//! After the layout that independent readers agree on: 16-byte entries from byte 304 (key, 32-bit
//! offset, 32-bit length). Key 2 is a spectrum's header, key 3 its ordinates, key 0x6B its title in
//! groups. A key 3 belongs to the latest key 2 before it. Offsets come from the table alone, never from
//! fixed places.

mod history;

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};

const MAGIC: &[u8] = b"Spectral Data File";
const TABLE: usize = 304;
const ENTRY: usize = 16;
/// Key of a spectrum's header.
const HEADER: u8 = 0x02;
/// Key of its ordinates.
const ORDINATES: u8 = 0x03;
/// Key of a comment.
const COMMENT: u8 = 0x04;
/// Key of what was done to the spectrum, as text.
const HISTORY: u8 = 0x1b;
/// Key of a spectrum's title in a group, of the background's in a single file.
const TITLE: u8 = 0x6b;
/// Key of the experiment, among others.
const EXPERIMENT: u8 = 0x82;
/// Size of the block of [`EXPERIMENT`] that names the accessory.
const EXPERIMENT_SIZE: usize = 932;

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
        Confidence::certain_if(input.bytes.starts_with(MAGIC))
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let bytes = Bytes::new(&input.bytes, Order::Little);
        let keys = keys(&bytes)?;
        let titles: Vec<&Key> = keys.iter().filter(|k| k.key == TITLE).collect();
        let headers = keys.iter().filter(|k| k.key == HEADER).count();
        let group = headers > 1 || input.extension() == "spg";
        let about = About::read(&bytes, &keys, group);
        let mut budget = Budget::new(limits, input.bytes.len(), 1);
        let mut reading = Reading::default();
        let (mut open, mut seen) = (None, 0);
        for key in &keys {
            match (key.key, open) {
                (HEADER, _) => {
                    open = Some(key);
                    seen += 1;
                }
                (ORDINATES, Some(header)) => {
                    let title = titles.get(seen - 1).filter(|_| group).copied();
                    let mut item = spectrum(&bytes, header, key, &mut budget);
                    if let Ok(spectrum) = &mut item {
                        about.describe(&bytes, header, title, spectrum);
                    }
                    reading.spectra.push(item);
                    if reading.spectra.len() > limits.spectra {
                        return Err(limits.too_many_spectra());
                    }
                    open = None;
                }
                _ => {}
            }
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

/// Ordinates, axis, technique and units of one spectrum.
fn spectrum(
    bytes: &Bytes<'_>,
    header: &Key,
    data: &Key,
    budget: &mut Budget,
) -> Result<Spectrum, ReadError> {
    let points = bytes.size(header.at.saturating_add(4))?;
    if points == 0 || data.length / 4 < points {
        return Err(ReadError::new(
            ErrorKind::Malformed,
            "the ordinates are fewer than the header says",
        )
        .at_byte(header.at + 4)
        .expected(format!("{points} points"))
        .found(format!("{} points", data.length / 4)));
    }
    budget.take(points).map_err(|e| e.at_byte(header.at + 4))?;
    let (x_code, y_code) = (bytes.u8(header.at + 8)?, bytes.u8(header.at + 12)?);
    let axis = Axis::Even {
        first: f64::from(bytes.f32(header.at + 16)?),
        last: f64::from(bytes.f32(header.at + 20)?),
        points,
    };
    let y = bytes.floats(data.at, points)?;
    let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Profile, axis, y);
    let raman = x_code == 32 || y_code == 31;
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
    let lowest = spectrum.x_range().map_or(0.0, |range| range.0);
    match spectrum.x_unit {
        _ if spectrum.companion.is_some() => {}
        XUnit::RamanShift => spectrum.technique = Technique::Raman,
        _ if spectrum.y_unit == YUnit::Unknown => spectrum.warn(
            WarningKind::Unit,
            format!("The ordinate's code {y_code} is not known; --technique says what it is."),
        ),
        XUnit::Wavenumber => spectrum.infer_technique(
            Technique::absorbing(lowest, InfraredMode::Unstated),
            "its units and range",
        ),
        XUnit::Micrometre => {
            spectrum.infer_technique(Technique::Infrared(InfraredMode::Unstated), "its units")
        }
        _ => {}
    }
    Ok(spectrum)
}

/// What the file says beside its numbers.
struct About {
    title: String,
    date: Option<String>,
    history: String,
    fields: Vec<(String, String)>,
    mode: Option<InfraredMode>,
}

impl About {
    fn read(bytes: &Bytes<'_>, keys: &[Key], group: bool) -> Self {
        let texts = |wanted: u8| keys.iter().filter(move |k| k.key == wanted);
        let history = match texts(HISTORY).next() {
            Some(key) if !group => bytes.text(key.at, key.length.min(1 << 16)),
            _ => String::new(),
        };
        let mut fields = Vec::new();
        let mut put = |label: &str, text: String| {
            if !text.is_empty() {
                fields.push((label.to_owned(), text));
            }
        };
        if let Some(key) = texts(COMMENT).next().filter(|_| !group) {
            put("comment", bytes.text(key.at, key.length.min(1 << 16)));
        }
        let experiment = texts(EXPERIMENT).find(|k| k.length == EXPERIMENT_SIZE);
        let part = |offset: usize, length: usize| {
            experiment.map_or_else(String::new, |k| {
                bytes.text(k.at.saturating_add(offset), length)
            })
        };
        let (name, accessory) = (part(90, 64), part(413, 64));
        // "Smart iTR" is an ATR accessory that does not say so in its name.
        let mode = InfraredMode::named_in(&accessory.replace("iTR", "ATR"))
            .or_else(|| InfraredMode::named_in(&name));
        put("experiment", name);
        put("accessory", accessory);
        put("history", history.clone());
        Self {
            title: bytes.text(30, 256),
            date: bytes.u32(296).ok().and_then(date).filter(|_| !group),
            history,
            fields,
            mode,
        }
    }

    fn describe(
        &self,
        bytes: &Bytes<'_>,
        header: &Key,
        title: Option<&Key>,
        spectrum: &mut Spectrum,
    ) {
        let own = title.map(|k| bytes.text(k.at, k.length.min(256)));
        let stamp = title.and_then(|k| bytes.u32(k.at.saturating_add(256)).ok());
        spectrum.title = own
            .filter(|t| !t.is_empty())
            .unwrap_or_else(|| self.title.clone());
        spectrum.provenance.date = stamp.and_then(date).or_else(|| self.date.clone());
        if let Ok(scans) = bytes.u32(header.at.saturating_add(36)) {
            let field = ("scans".to_owned(), scans.to_string());
            spectrum.metadata.push(field);
        }
        spectrum.metadata.extend(self.fields.iter().cloned());
        if let (Technique::Infrared(mode), Some(named)) = (&mut spectrum.technique, self.mode) {
            *mode = named;
            spectrum.warn(
                WarningKind::Technique,
                "The infrared mode is taken from the names of experiment and accessory.",
            );
        }
        if spectrum.technique == Technique::Raman {
            spectrum.provenance.laser_nm = history::laser_nm(&self.history, spectrum.x_range());
        }
    }
}

/// Seconds since 1899-12-31, as a date in the instrument's own time.
fn date(seconds: u32) -> Option<String> {
    /// 1899-12-31 to 1970-01-01, s.
    const UNIX_EPOCH: i64 = 25_568 * 86_400;
    let since = i64::from(seconds) - UNIX_EPOCH;
    let time = jiff::Timestamp::from_second(since).ok()?;
    // Zero and other times before the format existed are none.
    (since > 0).then(|| time.to_string().trim_end_matches('Z').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_count_from_the_end_of_1899() {
        // The history of a file with this number says 2007-05-09, 14:00 at UTC-5, for its background.
        let found = date(3_387_812_558).unwrap();
        assert!(found.starts_with("2007-05-09T"), "{found}");
        assert_eq!(date(0), None);
    }
}

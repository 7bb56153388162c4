//! Header of a new SPC file, 512 bytes.

use super::units;
use crate::read::bytes::{Bytes, Order};
use crate::read::error::ReadError;
use crate::spectrum::Spectrum;

/// Size of the header.
pub(super) const SIZE: usize = 512;
/// Size of a sub-file's header.
pub(super) const SUB_SIZE: usize = 32;
/// Size of an entry of the directory of an XYXY multifile.
const ENTRY_SIZE: usize = 12;

/// The first byte: how the data are stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flags(pub u8);

impl Flags {
    /// 16-bit ordinates.
    pub const SHORT: u8 = 0x01;
    /// More than one sub-file.
    pub const MULTIFILE: u8 = 0x04;
    /// Axis labels in the header.
    pub const LABELS: u8 = 0x20;
    /// Each sub-file has its own abscissas.
    pub const XY_XY: u8 = 0x40;
    /// z in any order.
    pub const ANY_Z: u8 = 0x08;
    /// z ordered, but not evenly spaced.
    pub const ORDERED_Z: u8 = 0x10;
    /// Abscissas are stored.
    pub const X_VALUES: u8 = 0x80;

    pub fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }
}

/// What the header says of the data.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub order: Order,
    pub flags: Flags,
    experiment: u8,
    pub exponent: i8,
    pub points: usize,
    pub first: f64,
    pub last: f64,
    pub sub_files: usize,
    x_type: u8,
    y_type: u8,
    pub log: usize,
    /// Step of z in an evenly spaced multifile.
    z_step: f32,
    directory: usize,
}

impl Header {
    pub fn read(data: &[u8]) -> Result<Self, ReadError> {
        let version = data.get(1).copied().unwrap_or_default();
        let order = super::order_of(version);
        let bytes = Bytes::new(data, order);
        bytes.part(0, SIZE)?;
        let flags = Flags(bytes.u8(0)?);
        let points = bytes.size(4)?;
        let per_sub_file = flags.has(Flags::XY_XY);
        Ok(Self {
            order,
            flags,
            experiment: bytes.u8(2)?,
            exponent: bytes.u8(3)? as i8,
            // In XYXY multifiles this is the place of the directory.
            points: match per_sub_file && flags.has(Flags::MULTIFILE) {
                true => 0,
                false => points,
            },
            first: bytes.f64(8)?,
            last: bytes.f64(16)?,
            sub_files: bytes.size(24)?,
            x_type: bytes.u8(28)?,
            y_type: bytes.u8(29)?,
            log: bytes.size(248)?,
            z_step: bytes.f32(312)?,
            directory: if per_sub_file && flags.has(Flags::MULTIFILE) {
                points
            } else {
                0
            },
        })
    }

    /// Whether the numbers look like those of a real file.
    pub fn is_plausible(&self) -> bool {
        self.first.is_finite()
            && self.last.is_finite()
            && self.sub_files < 1 << 24
            && self.points < 1 << 28
    }

    /// Places of the sub-files of an XYXY multifile; empty where there is no directory.
    pub fn directory(&self, bytes: &Bytes<'_>) -> Vec<usize> {
        if self.directory == 0 {
            return Vec::new();
        }
        (0..self.sub_files)
            .map_while(|i| bytes.size(self.directory.checked_add(ENTRY_SIZE * i)?).ok())
            .collect()
    }

    /// Whether the codes say mass spectra.
    pub fn is_mass(&self) -> bool {
        units::is_mass(self.experiment, self.x_type)
    }

    /// Whether nothing in the codes contradicts a Raman spectrum over wavelengths.
    pub fn may_be_raman(&self) -> bool {
        matches!(self.experiment, 0 | 11 | 12) && matches!(self.y_type, 0 | 4 | 12 | 13)
    }

    /// Place of the sub-file at `at` along z: stated, or counted where z is evenly spaced.
    pub fn z(&self, bytes: &Bytes<'_>, at: usize, index: usize) -> Result<f64, ReadError> {
        let own = f64::from(bytes.f32(at + 4)?);
        let even = !self.flags.has(Flags::ORDERED_Z) && !self.flags.has(Flags::ANY_Z);
        if !even {
            return Ok(own);
        }
        let place = header_of_first(self, bytes);
        let first = f64::from(bytes.f32(place + 4)?);
        // Where the header states no step, the first sub-file's two places give it.
        let step = match self.z_step {
            0.0 => f64::from(bytes.f32(place + 8)?) - first,
            step => f64::from(step),
        };
        Ok(first + step * index as f64)
    }

    /// Fills in units and what the header says of the measurement.
    pub fn describe(&self, bytes: &Bytes<'_>, spectrum: &mut Spectrum) {
        let labels = match self.flags.has(Flags::LABELS) {
            true => labels(bytes, 218),
            false => Vec::new(),
        };
        let label = |i: usize| labels.get(i).map_or("", String::as_str);
        let codes = units::Codes {
            experiment: self.experiment,
            x: self.x_type,
            y: self.y_type,
        };
        codes.apply((label(0), label(1)), spectrum);
        let provenance = &mut spectrum.provenance;
        let given = |text: String| (!text.is_empty()).then_some(text);
        provenance.date = bytes.u32(32).ok().and_then(date);
        provenance.instrument = given(bytes.text(45, 9));
        let memo = bytes.text(88, 130);
        if !memo.is_empty() {
            spectrum.title.clone_from(&memo);
            spectrum.metadata.push(("memo".to_owned(), memo));
        }
        for (name, text) in [
            ("resolution", bytes.text(36, 9)),
            ("method", bytes.text(264, 48)),
        ] {
            if !text.is_empty() {
                spectrum.metadata.push((name.to_owned(), text));
            }
        }
    }
}

/// Where the first sub-file begins.
fn header_of_first(header: &Header, bytes: &Bytes<'_>) -> usize {
    let shared = header.flags.has(Flags::X_VALUES) && !header.flags.has(Flags::XY_XY);
    let behind = SIZE + if shared { 4 * header.points } else { 0 };
    header.directory(bytes).first().copied().unwrap_or(behind)
}

/// Axis labels, parted by zero bytes.
pub(super) fn labels(bytes: &Bytes<'_>, at: usize) -> Vec<String> {
    let mut place = at;
    (0..2)
        .map(|_| {
            let room = (at + 30).saturating_sub(place);
            let label = bytes.text(place, room);
            let raw = (0..room)
                .take_while(|i| bytes.u8(place + i).is_ok_and(|b| b != 0))
                .count();
            place += raw + 1;
            label
        })
        .collect()
}

/// Packed date: minute 6 bits, hour 5, day 5, month 4, year 12, from the low end.
fn date(packed: u32) -> Option<String> {
    let field = |shift: u32, bits: u32| (packed >> shift) & ((1 << bits) - 1);
    let (minute, hour, day, month, year) = (
        field(0, 6),
        field(6, 5),
        field(11, 5),
        field(16, 4),
        field(20, 12),
    );
    let real = (1..=12).contains(&month) && (1..=31).contains(&day) && year > 1900;
    real.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_dates() {
        let packed = (1997 << 20) | (10 << 16) | (17 << 11) | (14 << 6) | 35;
        assert_eq!(date(packed).as_deref(), Some("1997-10-17T14:35"));
        assert_eq!(date(0), None);
    }
}

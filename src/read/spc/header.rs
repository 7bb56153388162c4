//! Header of a new SPC file, 512 bytes.

use super::units;
use crate::read::bytes::{Bytes, Order};
use crate::read::error::ReadError;
use crate::spectrum::{Spectrum, Technique};
use crate::units::XUnit;

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
    pub experiment: u8,
    pub exponent: i8,
    pub points: usize,
    pub first: f64,
    pub last: f64,
    pub sub_files: usize,
    pub x_type: u8,
    pub y_type: u8,
    pub log: usize,
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
            points: if per_sub_file { 0 } else { points },
            first: bytes.f64(8)?,
            last: bytes.f64(16)?,
            sub_files: bytes.size(24)?,
            x_type: bytes.u8(28)?,
            y_type: bytes.u8(29)?,
            log: bytes.size(248)?,
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

    /// Fills in units and what the header says of the measurement.
    pub fn describe(&self, bytes: &Bytes<'_>, spectrum: &mut Spectrum) {
        let labels = match self.flags.has(Flags::LABELS) {
            true => labels(bytes, 218),
            false => Vec::new(),
        };
        let label = |i: usize| labels.get(i).map_or("", String::as_str);
        units::apply(spectrum, (self.x_type, label(0)), (self.y_type, label(1)));
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
        if spectrum.technique == Technique::Raman && spectrum.x_unit == XUnit::Wavenumber {
            spectrum.x_unit = XUnit::RamanShift;
        }
    }
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

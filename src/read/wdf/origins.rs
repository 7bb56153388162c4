//! Where and when each spectrum of a map or series was measured: the `ORGN` block.

use super::block;
use crate::read::bytes::Bytes;
use crate::read::error::ReadError;
use crate::spectrum::Spectrum;
use jiff::Timestamp;

/// Bytes of an origin before its values: kind, unit, label.
const HEAD: usize = 24;
/// Unit of times: steps of 100 ns since 1601-01-01 UTC.
const FILETIME: u32 = 24;
/// 1601-01-01 to 1970-01-01, in steps of 100 ns.
const UNIX_EPOCH: i64 = 116_444_736_000_000_000;

/// One quantity that is stated for every spectrum.
struct Origin {
    unit: u32,
    label: String,
    /// Place of its values.
    at: usize,
}

/// All quantities of a file; empty where it has no such block.
#[derive(Default)]
pub(super) struct Origins {
    all: Vec<Origin>,
    /// Spectra that each quantity has room for.
    capacity: usize,
}

/// Most quantities looked at; real files have some eight.
const QUANTITIES: usize = 32;

impl Origins {
    /// Reads what the block states, not yet its values.
    pub fn find(bytes: &Bytes<'_>) -> Result<Self, ReadError> {
        let Ok((start, length)) = block(bytes, "ORGN") else {
            return Ok(Self::default());
        };
        let capacity = usize::try_from(bytes.u64(0x40)?).unwrap_or(usize::MAX);
        let each = capacity.saturating_mul(8).saturating_add(HEAD);
        let fits = length.saturating_sub(4) / each;
        let count = bytes.size(start)?.min(fits).min(QUANTITIES);
        let origin = |i: usize| -> Result<Origin, ReadError> {
            let at = start + 4 + each * i;
            Ok(Origin {
                unit: bytes.u32(at + 4)?,
                label: bytes.text(at + 8, 16),
                at: at + HEAD,
            })
        };
        Ok(Self {
            all: (0..count).map(origin).collect::<Result<_, _>>()?,
            capacity,
        })
    }

    /// Adds what is stated for the spectrum at `index`.
    pub fn apply(&self, bytes: &Bytes<'_>, index: usize, spectrum: &mut Spectrum) {
        let known = self.all.iter().filter(|_| index < self.capacity);
        for origin in known {
            let at = origin.at + 8 * index;
            if origin.unit == FILETIME {
                let date = bytes.u64(at).ok().and_then(timestamp);
                spectrum.provenance.date = date.map(|t| t.to_string());
                continue;
            }
            let Ok(value) = bytes.f64(at) else { continue };
            let unit = match origin.unit {
                1 | 2 => " cm-1",
                3 => " nm",
                5 => " um",
                8 => " mm",
                9 => " m",
                10 => " K",
                11 => " Pa",
                12 => " s",
                13 => " ms",
                21 => " \u{b0}C",
                _ => "",
            };
            let named =
                !matches!(origin.label.as_str(), "" | "Flags" | "Checksum") && value.is_finite();
            if named {
                let text = format!("{value}{unit}");
                spectrum.metadata.push((origin.label.clone(), text));
            }
        }
    }
}

/// A time in steps of 100 ns since 1601.
fn timestamp(steps: u64) -> Option<Timestamp> {
    let since = i64::try_from(steps).ok()?.checked_sub(UNIX_EPOCH)?;
    Timestamp::from_second(since.div_euclid(10_000_000))
        .ok()
        .filter(|_| steps > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_since_1601() {
        // 11 644 473 600 s lie between the two epochs.
        assert_eq!(
            timestamp(116_444_736_000_000_000),
            Some(Timestamp::UNIX_EPOCH)
        );
        let day = 864_000_000_000;
        let next = timestamp(116_444_736_000_000_000 + day).unwrap();
        assert_eq!(next.to_string(), "1970-01-02T00:00:00Z");
        assert_eq!(timestamp(0), None);
        assert_eq!(timestamp(u64::MAX), None);
    }
}

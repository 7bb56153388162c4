//! The directory of blocks, and what the bit field of a block's type says.

use crate::read::bytes::Bytes;
use crate::read::error::ReadError;

/// Marks data before atmospheric compensation.
const BEFORE_COMPENSATION: u32 = 1 << 30;
/// Size of a directory entry.
const ENTRY: usize = 12;
/// Most blocks looked at; real files have some dozens.
const BLOCKS: usize = 1024;

/// A block of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    kind: u32,
    /// Where it begins.
    pub at: usize,
    /// Its length in bytes.
    pub length: usize,
}

/// What a data block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    SingleChannel,
    Interferogram,
    Absorbance,
    Transmittance,
    KubelkaMunk,
    Raman,
    Emission,
    Reflectance,
    LogReflectance,
    Atr,
    Photoacoustic,
    /// Anything else: results of quality tests, traces over time.
    Other,
}

impl Block {
    /// Bits 2 and 3: 1 sample, 2 reference, 3 ratio.
    fn channel(self) -> u32 {
        (self.kind >> 2) & 0x3
    }

    /// Bits 4 to 9, the kind of parameters; 0 for data.
    pub fn parameter(self) -> u32 {
        (self.kind >> 4) & 0x3f
    }

    /// Bits 10 to 16: the kind of data, and 32 for each further detector channel.
    fn data(self) -> u32 {
        (self.kind >> 10) & 0x7f
    }

    /// Bits 17 and 18: the order of a derivative.
    fn derivative(self) -> u32 {
        (self.kind >> 17) & 0x3
    }

    /// Bits 19 to 21: how the data are laid out.
    fn layout(self) -> u32 {
        (self.kind >> 19) & 0x7
    }

    /// Whether this is a series: many spectra behind a header of their own.
    pub fn is_series(self) -> bool {
        self.layout() == 2
    }

    /// What the data are.
    pub fn content(self) -> Content {
        match self.data() & 0x1f {
            1 => Content::SingleChannel,
            2 => Content::Interferogram,
            4 | 19 => Content::Absorbance,
            5 | 18 => Content::Transmittance,
            6 => Content::KubelkaMunk,
            10 => Content::Raman,
            11 => Content::Emission,
            12 => Content::Reflectance,
            15 => Content::LogReflectance,
            16 => Content::Atr,
            17 => Content::Photoacoustic,
            _ => Content::Other,
        }
    }

    /// Whether the program calls it the result of a calculation that looks like a spectrum.
    pub fn is_calculated(self) -> bool {
        matches!(self.data() & 0x1f, 18 | 19)
    }

    /// Whether it holds data that are spectra in the widest sense.
    pub fn is_data(self) -> bool {
        // 3 are phase spectra, 13 is the directory itself; layouts 1, 3 and 5 are texts and structures.
        self.parameter() == 0
            && !matches!(self.data() & 0x1f, 0 | 3 | 13)
            && matches!(self.layout(), 0 | 2 | 4)
            && self.length > 0
    }

    /// Whether `other` is the status of this data block.
    pub fn has_status(self, other: Self) -> bool {
        other.parameter() == 1 && other.kind & !(0x3f << 4) == self.kind
    }

    /// The sample's own spectrum first; of two of a kind the one without the mark of data before
    /// atmospheric compensation.
    pub fn rank(self) -> (u32, bool) {
        let order = match (self.companion(), self.content()) {
            (None, Content::Absorbance) => 0,
            (None, Content::Transmittance) => 1,
            (None, Content::Raman) => 2,
            (None, Content::Reflectance) => 3,
            (None, Content::KubelkaMunk) => 4,
            (None, Content::Emission) => 5,
            (None, _) => 6,
            (Some(_), Content::SingleChannel) if self.data() < 32 => 7 + self.channel(),
            (Some(_), _) => 20,
        };
        (order, self.kind & BEFORE_COMPENSATION != 0)
    }

    /// What it is where it is not the sample's spectrum.
    pub fn companion(self) -> Option<&'static str> {
        if self.derivative() != 0 {
            return Some("derivative of a spectrum");
        }
        match (self.content(), self.channel()) {
            (Content::SingleChannel, 3) => None,
            (Content::SingleChannel, 2) => Some("single channel of the reference"),
            (Content::SingleChannel, _) => Some("single channel of the sample"),
            (Content::Interferogram, _) => Some("interferogram"),
            (Content::Other, _) => Some("block of processed data"),
            _ if self.data() >= 32 => Some("spectrum of a further detector channel"),
            _ => None,
        }
    }
}

/// Reads the directory.
pub(super) fn directory(bytes: &Bytes<'_>) -> Result<Vec<Block>, ReadError> {
    let start = bytes.size(12)?;
    let count = bytes.size(20)?.min(BLOCKS);
    let mut blocks = Vec::new();
    for index in 0..count {
        let at = start.saturating_add(ENTRY * index);
        let block = Block {
            kind: bytes.u32(at)?,
            length: bytes.size(at + 4)?.saturating_mul(4),
            at: bytes.size(at + 8)?,
        };
        if block.at == 0 {
            break;
        }
        blocks.push(block);
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: u32) -> Block {
        Block {
            kind,
            at: 1,
            length: 4,
        }
    }

    /// A ratio of these data, amplitude.
    fn ratio(data: u32) -> u32 {
        3 | (3 << 2) | (data << 10)
    }

    #[test]
    fn samples_and_companions() {
        assert_eq!(block(ratio(4)).companion(), None);
        assert_eq!(block(ratio(16)).content(), Content::Atr);
        assert!(block(ratio(4) | (2 << 17)).companion().is_some());
        assert!(block(ratio(36)).companion().is_some());
        assert!(block(ratio(4) | (2 << 19)).is_series());
        assert!(!block(ratio(4) | (5 << 19)).is_data());
        assert!(block(ratio(4)).rank() < block(ratio(4) | BEFORE_COMPENSATION).rank());
        assert!(block(ratio(4)).has_status(block(ratio(4) | (1 << 4))));
    }
}

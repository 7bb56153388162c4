//! MS-Numpress 0.2 (Teleman et al. 2014, doi:10.1074/mcp.O114.037879): three packings of numbers.

/// A packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numpress {
    /// Fixed point, each value as its difference from the line through the two before it.
    Linear,
    /// Whole numbers.
    PositiveInteger,
    /// 16-bit logarithms.
    ShortLoggedFloat,
}

impl Numpress {
    /// Unpacks; `None` where the bytes end within a number.
    pub fn decode(self, bytes: &[u8]) -> Option<Vec<f64>> {
        if bytes.is_empty() {
            return Some(Vec::new());
        }
        match self {
            Self::Linear => linear(bytes),
            Self::PositiveInteger => {
                let values: Option<Vec<i32>> = HalfBytes::new(bytes).collect();
                Some(values?.into_iter().map(f64::from).collect())
            }
            Self::ShortLoggedFloat => {
                let scale = fixed_point(bytes)?;
                let logged = bytes[8..].chunks_exact(2);
                Some(
                    logged
                        .map(|c| (f64::from(u16::from_le_bytes([c[0], c[1]])) / scale).exp() - 1.0)
                        .collect(),
                )
            }
        }
    }
}

/// The scale stands first, most significant byte first.
fn fixed_point(bytes: &[u8]) -> Option<f64> {
    Some(f64::from_be_bytes(bytes.get(..8)?.try_into().ok()?))
}

fn linear(bytes: &[u8]) -> Option<Vec<f64>> {
    let scale = fixed_point(bytes)?;
    let start = |at: usize| -> Option<i64> {
        let raw: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(i64::from(i32::from_le_bytes(raw)))
    };
    let mut values: Vec<i64> = Vec::new();
    for at in [8, 12] {
        if bytes.len() > at {
            values.push(start(at)?);
        }
    }
    for difference in HalfBytes::new(bytes.get(16..).unwrap_or_default()) {
        let (a, b) = (values[values.len() - 2], values[values.len() - 1]);
        let line = b.checked_mul(2)?.checked_sub(a)?;
        values.push(line.checked_add(i64::from(difference?))?);
    }
    Some(values.into_iter().map(|v| v as f64 / scale).collect())
}

/// Whole numbers of a variable count of half bytes, the high half of a byte first. The first half
/// byte says how many leading half bytes are left out: up to 8 of zeros, above 8 of ones.
struct HalfBytes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> HalfBytes<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn half(&mut self) -> Option<u32> {
        let byte = *self.bytes.get(self.at / 2)?;
        let half = if self.at.is_multiple_of(2) {
            byte >> 4
        } else {
            byte & 15
        };
        self.at += 1;
        Some(u32::from(half))
    }

    fn number(&mut self) -> Option<i32> {
        let head = self.half()?;
        let (left_out, mut value) = match head {
            0..=8 => (head, 0_u32),
            _ => (head - 8, u32::MAX << (32 - 4 * (head - 8))),
        };
        for place in 0..8 - left_out {
            value |= self.half()? << (4 * place);
        }
        Some(value as i32)
    }
}

impl Iterator for HalfBytes<'_> {
    /// `None` for a number that the bytes do not hold to its end; nothing follows it.
    type Item = Option<i32>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.bytes.len() * 2 - self.at;
        // A half byte of zeros fills the last byte up.
        let filler = left == 1 && self.bytes.last().is_some_and(|b| b & 15 == 0);
        if left == 0 || filler {
            return None;
        }
        let number = self.number();
        if number.is_none() {
            self.at = self.bytes.len() * 2;
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_bytes_by_hand() {
        // 1: seven zeros left out, then 1; -1: head 16 does not exist, so seven ones left out (15),
        // then F; 0: all eight left out (8); 300 = 0x12C: five left out, C, 2, 1.
        let values: Vec<_> = HalfBytes::new(&[0x71, 0xff, 0x85, 0xc2, 0x10]).collect();
        assert_eq!(values, [Some(1), Some(-1), Some(0), Some(300)]);
        assert_eq!(HalfBytes::new(&[0x5c]).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn linear_by_hand() {
        // Scale 100: 1.00, 2.00, then on the line (3.00), then 0.01 above it (4.01).
        let mut bytes = 100.0_f64.to_be_bytes().to_vec();
        bytes.extend(100_i32.to_le_bytes());
        bytes.extend(200_i32.to_le_bytes());
        bytes.extend([0x87, 0x10]);
        assert_eq!(
            Numpress::Linear.decode(&bytes),
            Some(vec![1.0, 2.0, 3.0, 4.01])
        );
        assert_eq!(Numpress::Linear.decode(&bytes[..10]), None);
    }

    #[test]
    fn logged_by_hand() {
        let mut bytes = 1000.0_f64.to_be_bytes().to_vec();
        bytes.extend(693_u16.to_le_bytes());
        let values = Numpress::ShortLoggedFloat.decode(&bytes).unwrap();
        // exp(0.693) - 1
        assert!((values[0] - 0.999_705_6).abs() < 1e-6);
    }
}

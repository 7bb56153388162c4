//! Numbers and text at places of a binary file; every look-up is checked.

use super::error::{ErrorKind, ReadError};
use encoding_rs::WINDOWS_1252;

/// Byte order of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// A binary file, or a part of one, with its byte order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a> {
    data: &'a [u8],
    order: Order,
}

macro_rules! number {
    ($name:ident, $type:ty) => {
        #[doc = concat!("The `", stringify!($type), "` at byte `at`.")]
        pub fn $name(&self, at: usize) -> Result<$type, ReadError> {
            const SIZE: usize = size_of::<$type>();
            let end = at.checked_add(SIZE).ok_or_else(|| self.short(at, SIZE))?;
            let found = self.data.get(at..end).and_then(|b| b.try_into().ok());
            let raw: [u8; SIZE] = found.ok_or_else(|| self.short(at, SIZE))?;
            Ok(match self.order {
                Order::Little => <$type>::from_le_bytes(raw),
                Order::Big => <$type>::from_be_bytes(raw),
            })
        }
    };
}

macro_rules! array {
    ($name:ident, $type:ty, $label:literal) => {
        #[doc = concat!("`count` ", $label, " from `at`; nothing is allocated before their bytes are known to be there.")]
        pub fn $name(&self, at: usize, count: usize) -> Result<Vec<f64>, ReadError> {
            const SIZE: usize = size_of::<$type>();
            let part = self.part(at, count.saturating_mul(SIZE))?;
            let (values, _) = part.data.as_chunks::<SIZE>();
            Ok(match self.order {
                Order::Little => values.iter().map(|b| f64::from(<$type>::from_le_bytes(*b))).collect(),
                Order::Big => values.iter().map(|b| f64::from(<$type>::from_be_bytes(*b))).collect(),
            })
        }
    };
}

impl<'a> Bytes<'a> {
    /// A file in this byte order.
    pub fn new(data: &'a [u8], order: Order) -> Self {
        Self { data, order }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    number!(u16, u16);
    number!(i16, i16);
    number!(u32, u32);
    number!(i32, i32);
    number!(u64, u64);
    number!(f32, f32);
    number!(f64, f64);

    /// The byte at `at`.
    pub fn u8(&self, at: usize) -> Result<u8, ReadError> {
        self.data.get(at).copied().ok_or_else(|| self.short(at, 1))
    }

    /// A 32-bit length or offset at `at`, as a size.
    pub fn size(&self, at: usize) -> Result<usize, ReadError> {
        Ok(self.u32(at)? as usize)
    }

    /// The part from `at` of `length` bytes.
    pub fn part(&self, at: usize, length: usize) -> Result<Bytes<'a>, ReadError> {
        let end = at
            .checked_add(length)
            .ok_or_else(|| self.short(at, length))?;
        let data = self
            .data
            .get(at..end)
            .ok_or_else(|| self.short(at, length))?;
        Ok(Self {
            data,
            order: self.order,
        })
    }

    array!(floats, f32, "32-bit floats");
    array!(doubles, f64, "64-bit floats");
    array!(integers, i32, "32-bit integers");
    array!(short_integers, i16, "16-bit integers");

    /// UTF-8 text of at most `length` bytes from `at`, up to the first zero byte; Windows-1252 where it
    /// is no UTF-8.
    pub fn utf8(&self, at: usize, length: usize) -> String {
        let field = self.data.get(at..).unwrap_or_default();
        let field = &field[..field.len().min(length)];
        let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
        match std::str::from_utf8(&field[..end]) {
            Ok(text) => text.trim().to_owned(),
            Err(_) => self.text(at, length),
        }
    }

    /// Windows-1252 text of at most `length` bytes from `at`, up to the first zero byte.
    pub fn text(&self, at: usize, length: usize) -> String {
        let field = self.data.get(at..).unwrap_or_default();
        let field = &field[..field.len().min(length)];
        let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
        WINDOWS_1252
            .decode_without_bom_handling(&field[..end])
            .0
            .trim()
            .to_owned()
    }

    fn short(&self, at: usize, length: usize) -> ReadError {
        ReadError::new(ErrorKind::Truncated, "the file ends before its data do")
            .at_byte(at)
            .expected(format!("{length} bytes here"))
            .found(format!("a part of {} bytes", self.data.len()))
            .advise("the file was perhaps cut off: export it again")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_both_orders_and_nothing_past_the_end() {
        let data = [0x00, 0x00, 0x80, 0x3f, b'a', 0xb5, 0, b'b'];
        let little = Bytes::new(&data, Order::Little);
        assert_eq!(little.f32(0), Ok(1.0));
        assert_eq!(Bytes::new(&data, Order::Big).u16(2), Ok(0x803f));
        assert_eq!(little.text(4, 4), "a\u{b5}");
        assert!(little.f64(1).is_err() && little.u32(usize::MAX).is_err());
        assert!(little.floats(0, usize::MAX).is_err());
    }
}

//! What a file states once and every spectrum of it repeats: a log, a preamble, a header of pages.
//!
//! Small files can hold many spectra and many such lines; their product must stay within the file's size.

use crate::spectrum::{Warning, WarningKind};

/// Bytes that may be repeated in any file.
const FLOOR: usize = 8 << 20;
/// Bytes that may be repeated for each byte of the file.
const EACH: usize = 16;
/// Bytes that a line takes beside its text.
const LINE: usize = 64;

/// How many of these lines, of so many bytes of text, may go with each of `copies` spectra of a file
/// of `file` bytes.
pub(super) fn lines_each(sizes: impl Iterator<Item = usize>, copies: usize, file: usize) -> usize {
    let allowed = FLOOR.saturating_add(EACH.saturating_mul(file)) / copies.max(1);
    let mut taken = 0_usize;
    sizes
        .take_while(|size| {
            taken = taken.saturating_add(*size + LINE);
            taken <= allowed
        })
        .count()
}

/// Says that only some of the lines go with each spectrum; `None` where all do.
pub(super) fn note(all: usize, kept: usize) -> Option<Warning> {
    (kept < all).then(|| {
        let message =
            format!("{kept} of {all} lines that describe the file go with each spectrum.");
        Warning::new(WarningKind::Skipped, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_copies_take_all_and_many_take_few() {
        let sizes = || std::iter::repeat_n(936, 10_000);
        // 1 000 bytes a line.
        assert_eq!(lines_each(sizes(), 1, 1 << 20), 10_000);
        assert_eq!(lines_each(sizes(), 8192, 0), 1);
        assert!(note(5, 5).is_none() && note(5, 2).is_some());
    }
}

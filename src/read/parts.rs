//! Parts of a whole that begin at given places.

use std::ops::Range;

/// From each start to the next, the last one to `end`.
pub(super) fn parts(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).chain(std::iter::once(&end));
    starts.iter().zip(ends).map(|(a, b)| *a..*b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_ends_where_the_next_begins() {
        assert_eq!(parts(&[0, 3, 5], 9), [0..3, 3..5, 5..9]);
        assert!(parts(&[], 9).is_empty());
    }
}

//! Counts as a line of Unicode blocks.

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const GAP: char = '\u{b7}';

/// One block for each count: the lowest for none, from the second on for some, a dot where nothing was
/// screened.
pub(super) fn line(counts: &[Option<usize>]) -> String {
    let most = counts.iter().flatten().max().copied().unwrap_or(0).max(1);
    let block = |count: &Option<usize>| match count {
        None => GAP,
        Some(0) => BLOCKS[0],
        Some(count) => BLOCKS[1 + (count - 1) * 6 / (most - 1).max(1)],
    };
    counts.iter().map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_some_most_and_gaps_are_told_apart() {
        let counts = [Some(0), Some(1), None, Some(7), Some(4)];
        assert_eq!(line(&counts), "▁▂·█▅");
        assert_eq!(line(&[Some(0), Some(0)]), "▁▁");
        assert_eq!(line(&[Some(1)]), "▂");
        assert_eq!(line(&[]), "");
    }
}

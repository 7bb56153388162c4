//! Places for labels side by side, as near as possible to what they name.

/// Moves places (ascending) apart to at least `gap`, within `low..=high`, so that the sum of squares of the
/// moves is least: neighbours that are too near become a block around their mean (pool adjacent violators).
/// `None` where they do not fit.
pub(super) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Option<Vec<f64>> {
    let length = gap * wanted.len().saturating_sub(1) as f64;
    if length > high - low {
        return None;
    }
    // With the gaps taken out, the places need only not descend.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (i, place) in wanted.iter().enumerate() {
        let mut block = (place - gap * i as f64, 1);
        while let Some((sum, count)) = blocks.last().copied() {
            if sum / count as f64 <= block.0 / block.1 as f64 {
                break;
            }
            blocks.pop();
            block = (block.0 + sum, block.1 + count);
        }
        blocks.push(block);
    }
    let (first, last) = (low, high - length);
    let shrunk = blocks
        .iter()
        .flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count));
    let placed = shrunk
        .enumerate()
        .map(|(i, place)| place.clamp(first, last) + gap * i as f64);
    Some(placed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_ones_share_the_way() {
        // 10 and 11 become 8 and 13 around their mean 10.5; 30 stays.
        let placed = spread(&[10.0, 11.0, 30.0], 5.0, 0.0, 100.0).unwrap();
        assert_eq!(placed, [8.0, 13.0, 30.0]);
        let placed = spread(&[0.0, 0.0, 0.0], 5.0, 0.0, 100.0).unwrap();
        assert_eq!(placed, [0.0, 5.0, 10.0]);
        let placed = spread(&[99.0, 100.0], 5.0, 0.0, 100.0).unwrap();
        assert_eq!(placed, [95.0, 100.0]);
        assert_eq!(spread(&[1.0; 30], 5.0, 0.0, 100.0), None);
        assert_eq!(spread(&[], 5.0, 0.0, 100.0), Some(Vec::new()));
    }
}

//! Which entries of a record.

use std::ops::RangeInclusive;

/// Numbers and ranges of entries; empty stands for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::cli) struct Pick(Vec<RangeInclusive<u64>>);

impl Pick {
    pub fn of(ranges: &[RangeInclusive<u64>]) -> Self {
        Self(ranges.to_vec())
    }

    /// Whether none was named.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an entry is meant.
    pub fn has(&self, entry: u64) -> bool {
        self.is_all() || self.0.iter().any(|range| range.contains(&entry))
    }

    /// The highest entry that was named.
    pub fn highest(&self) -> Option<u64> {
        self.0.iter().map(|range| *range.end()).max()
    }
}

/// `12` or `3-9`.
pub(in crate::cli) fn range(text: &str) -> Result<RangeInclusive<u64>, String> {
    let place = |part: &str| part.trim().parse::<u64>().ok().filter(|n| *n >= 1);
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (place(first), place(last)) {
        (Some(first), Some(last)) if first <= last => Ok(first..=last),
        _ => Err("write an entry such as 12 or a range such as 3-9".to_owned()),
    }
}

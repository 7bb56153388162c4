//! m/z as whole steps: buckets of 1/256, and a place within the bucket.

/// Steps in one m/z.
const STEPS: f64 = (1_u64 << 22) as f64;
/// m/z from which on peaks are not indexed.
pub(super) const REACH: f64 = 4096.0;
/// Bits of a place within its bucket.
const WITHIN: u32 = 14;
/// More than what the differences and sums of two m/z below 4096 can be rounded by.
const ROUNDING: f64 = 1e-9;

/// An m/z, rounded down to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u64);

impl Place {
    /// Of an m/z below [`REACH`].
    pub fn of(mz: f64) -> Self {
        Self((mz.max(0.0) * STEPS) as u64)
    }

    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// At most 34 of them.
    pub fn bits(self) -> u64 {
        self.0
    }

    pub fn bucket(self) -> usize {
        (self.0 >> WITHIN) as usize
    }

    pub fn within(self) -> u16 {
        (self.0 & ((1 << WITHIN) - 1)) as u16
    }

    fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The steps that may lie within a tolerance of a query's peak, from `first` to before `end`; those
/// from `sure` to before `unsure` do so whatever rounding did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub first: Place,
    pub sure: Place,
    pub unsure: Place,
    pub end: Place,
}

impl Stretch {
    /// `None` where it would end at [`REACH`] or beyond.
    pub fn around(mz: f64, tolerance: f64) -> Option<Self> {
        let (low, high) = (mz - tolerance, mz + tolerance);
        (high + ROUNDING < REACH).then_some(())?;
        let unsure = Place::of(high - ROUNDING);
        Some(Self {
            first: Place::of(low - ROUNDING),
            sure: Place::of(low + ROUNDING).next().min(unsure),
            unsure,
            end: Place::of(high + ROUNDING).next(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sure_lies_within() {
        assert!(Stretch::around(4095.99, 0.3).is_none() && Stretch::around(1e300, 0.3).is_none());
        for (mz, tolerance) in [(100.0, 0.02), (0.01, 0.02), (4095.5, 0.3), (91.05, 0.0)] {
            let s = Stretch::around(mz, tolerance).unwrap();
            assert!(s.first <= s.sure && s.sure <= s.unsure && s.unsure < s.end);
            for offset in [-tolerance, -tolerance / 2.0, 0.0, tolerance] {
                let other = Place::of(mz + offset);
                assert!(s.first <= other && other < s.end);
            }
            for offset in [-tolerance - 1e-6, tolerance + 1e-6] {
                let other = Place::of((mz + offset).max(0.0));
                assert!(other < s.sure || other >= s.unsure, "{mz} {offset}");
            }
        }
    }
}

//! The cross-correlation of a query with a reference at every mass shift.
//!
//! `R(change)` is the sum over m/z of `reference(m) query(m + change)`. `R(0) + R(change)` counts every ion
//! that may stay and every one that may move, some of them twice, so it is never below the sum over ions
//! taken once ([`super::pair`]). It is the same at equal neutral losses: an ion that keeps its distance to the
//! molecule moves by the change of the molecule's mass.
//!
//! An FFT gives `R` at every change and is its definition. Of a stick spectrum's hundred ions plain sums give the
//! hundred or two changes that are asked for sooner; a test holds them against the FFT.

use super::pair::Ion;
use std::ops::RangeInclusive;

/// Room for rounding of sums of a few hundred products, which compare spectra of norm 1.
const ROUNDING: f32 = 1e-5;

/// A query as references are correlated with it.
#[derive(Clone)]
pub(super) struct Bounds {
    /// Weights by m/z, with `reach` zeros before and behind.
    query: Vec<f32>,
    reach: i32,
    /// First change of the last reference.
    first: i32,
    /// `R` from that change on.
    moved: Vec<f32>,
    /// `R` without a change.
    kept: f32,
}

impl Bounds {
    /// A query by m/z, for changes up to `reach` either way.
    pub fn new(query: &[f32], reach: i32) -> Self {
        let mut padded = vec![0.0; query.len() + 2 * reach as usize];
        padded[reach as usize..][..query.len()].copy_from_slice(query);
        Self {
            query: padded,
            reach,
            first: 0,
            moved: Vec::new(),
            kept: 0.0,
        }
    }

    /// Correlates with a reference at `changes`, as far as they are within reach; [`Bounds::at`] then tells the
    /// bounds.
    pub fn correlate(&mut self, ions: &[Ion], changes: RangeInclusive<i32>) {
        self.first = (*changes.start()).max(-self.reach);
        let last = (*changes.end()).min(self.reach);
        self.kept = 0.0;
        self.moved.clear();
        self.moved
            .resize(usize::try_from(last - self.first + 1).unwrap_or(0), 0.0);
        for (mz, weight) in ions {
            // Never below 0: no change is below the reach.
            let unmoved = usize::from(*mz) + self.reach as usize;
            let from = (unmoved as i32 + self.first) as usize;
            self.kept += weight * self.query.get(unmoved).copied().unwrap_or(0.0);
            let at = self.query.get(from..).unwrap_or(&[]);
            for (sum, value) in self.moved.iter_mut().zip(at) {
                *sum += weight * value;
            }
        }
    }

    /// What the best pairing with a reference at a change within reach cannot exceed, either: each ion of the
    /// reference goes where it finds more, though another may have gone there. Nearer, and slower, than
    /// [`Bounds::at`].
    pub fn nearer(&self, ions: &[Ion], change: i32) -> f32 {
        let moved = (self.reach + change) as usize;
        let at = |place: usize| self.query.get(place).copied().unwrap_or(0.0);
        let most = |(mz, weight): &Ion| {
            let mz = usize::from(*mz);
            weight * at(mz + self.reach as usize).max(at(mz + moved))
        };
        ions.iter().map(most).sum::<f32>() + ROUNDING
    }

    /// What the best pairing of ions at this change cannot exceed; nothing where it was not asked for.
    pub fn at(&self, change: i32) -> Option<f32> {
        let place = usize::try_from(change - self.first).ok()?;
        let moved = *self.moved.get(place)?;
        let moved = if change == 0 { 0.0 } else { moved };
        Some(self.kept + moved + ROUNDING)
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair::Pairing;
    use super::*;
    use crate::correlate::transform::Transform;
    use proptest::prelude::*;

    /// `R` at every change by its definition; negative changes stand at the change plus the length.
    fn by_transform(query: &[f32], ions: &[Ion]) -> Vec<f64> {
        let size = 256;
        let mut transform = Transform::new(size);
        transform.forward(query.iter().map(|v| f64::from(*v)));
        let query = transform.complex.clone();
        let mut values = vec![0.0; size];
        (ions.iter()).for_each(|(mz, weight)| values[usize::from(*mz)] = f64::from(*weight));
        transform.forward(values.into_iter());
        let reference = transform.complex.clone();
        let mut lags = vec![0.0; size];
        transform.products(&reference, &query, &mut lags);
        lags
    }

    #[test]
    fn correlation_by_hand() {
        let mut query = vec![0.0; 100];
        (query[58], query[91]) = (0.6, 0.8);
        let mut bounds = Bounds::new(&query, 50);
        bounds.correlate(&[(44, 0.6), (91, 0.8)], -60..=14);
        let is = |change, value: f32| (bounds.at(change).unwrap() - value).abs() < 1e-4;
        // 91 on itself; 44 on 58 where the change is 14.
        assert!(is(0, 0.64) && is(14, 1.0) && is(-14, 0.64));
        // Beyond the reach, and not asked for.
        assert_eq!((bounds.at(-51), bounds.at(15)), (None, None));
        bounds.correlate(&[(44, 0.6)], 60..=70);
        assert_eq!(bounds.at(60), None);
    }

    proptest! {
        #[test]
        fn never_below_the_pairing_and_as_the_transform_gives_it(
            query in proptest::collection::vec(0.0_f32..1.0, 64),
            ions in proptest::collection::btree_map(0_u16..64, 0.0_f32..1.0, 0..20),
            change in -30_i32..31,
        ) {
            let scale = |norm: f32| if norm > 0.0 { 1.0 / norm } else { 0.0 };
            let norm = scale(query.iter().map(|v| v * v).sum::<f32>().sqrt());
            let query: Vec<f32> = query.iter().map(|v| v * norm).collect();
            let norm = scale(ions.values().map(|v| v * v).sum::<f32>().sqrt());
            let ions: Vec<Ion> = ions.into_iter().map(|(mz, w)| (mz, w * norm)).collect();
            let mut bounds = Bounds::new(&query, 31);
            bounds.correlate(&ions, -30..=30);
            let bound = bounds.at(change).unwrap();
            let best = Pairing::new(64).best(&query, &ions, change);
            let nearer = bounds.nearer(&ions, change);
            prop_assert!(bound >= best && nearer >= best && nearer <= bound + 1e-5);
            let lags = by_transform(&query, &ions);
            let moved = if change == 0 { 0.0 } else { lags[change.rem_euclid(256) as usize] };
            let defined = lags[0] + moved + f64::from(ROUNDING);
            prop_assert!((f64::from(bound) - defined).abs() < 1e-5);
        }
    }
}

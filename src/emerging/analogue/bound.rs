//! The FFT cross-correlation of a query with a reference at every mass shift.
//!
//! `R(change)` is the sum over m/z of `reference(m) query(m + change)`. `R(0) + R(change)` counts every ion
//! that may stay and every one that may move, some of them twice, so it is never below the sum over ions
//! taken once ([`super::pair`]). It is the same at equal neutral losses: an ion that keeps its distance to the
//! molecule moves by the change of the molecule's mass.

use super::pair::Ion;
use crate::correlate::transform::Transform;
use rustfft::num_complex::Complex;

/// Room for rounding of the transforms, which compare spectra of norm 1.
const ROUNDING: f64 = 1e-6;

/// A query, transformed.
#[derive(Clone)]
pub(super) struct Bounds {
    size: usize,
    transform: Transform,
    query: Vec<Complex<f64>>,
    lags: Vec<f64>,
}

impl Bounds {
    /// Transforms a query for changes of less than `reach` either way.
    pub fn new(query: &[f32], reach: usize) -> Self {
        let size = (query.len() + reach).next_power_of_two();
        let mut transform = Transform::new(size);
        transform.forward(query.iter().map(|v| f64::from(*v)));
        Self {
            size,
            query: transform.complex.clone(),
            transform,
            lags: vec![0.0; size],
        }
    }

    /// Correlates with a reference; [`Bounds::at`] then tells the bounds.
    pub fn correlate(&mut self, ions: &[Ion]) {
        let mut values = vec![0.0; self.size];
        for (mz, weight) in ions {
            if let Some(slot) = values.get_mut(usize::from(*mz)) {
                *slot = f64::from(*weight);
            }
        }
        self.transform.forward(values.into_iter());
        let reference = self.transform.complex.clone();
        self.transform
            .products(&reference, &self.query, &mut self.lags);
    }

    /// What the best pairing of ions at this change cannot exceed.
    pub fn at(&self, change: i32) -> f32 {
        let place = change.rem_euclid(self.size as i32) as usize;
        let moved = if change == 0 { 0.0 } else { self.lags[place] };
        (self.lags[0] + moved + ROUNDING) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair::Pairing;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn correlation_by_hand() {
        let mut query = vec![0.0; 100];
        (query[58], query[91]) = (0.6, 0.8);
        let mut bounds = Bounds::new(&query, 50);
        bounds.correlate(&[(44, 0.6), (91, 0.8)]);
        // 91 on itself; 44 on 58 where the change is 14.
        assert!((bounds.at(0) - 0.64).abs() < 1e-5);
        assert!((bounds.at(14) - 1.0).abs() < 1e-5);
        assert!((bounds.at(-14) - 0.64).abs() < 1e-5);
    }

    proptest! {
        #[test]
        fn never_below_the_pairing(
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
            bounds.correlate(&ions);
            prop_assert!(bounds.at(change) >= Pairing::new(64).best(&query, &ions, change));
        }
    }
}

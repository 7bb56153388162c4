//! FFT products of two real signals at every lag.

use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::num_complex::Complex;
use std::sync::Arc;

/// Plans and work space for one length.
#[derive(Clone)]
pub(crate) struct Transform {
    size: usize,
    forward: Arc<dyn RealToComplex<f64>>,
    inverse: Arc<dyn ComplexToReal<f64>>,
    real: Vec<f64>,
    pub(crate) complex: Vec<Complex<f64>>,
    scratch: Vec<Complex<f64>>,
}

impl Transform {
    pub(crate) fn new(size: usize) -> Self {
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) = (
            planner.plan_fft_forward(size),
            planner.plan_fft_inverse(size),
        );
        let scratch = forward.get_scratch_len().max(inverse.get_scratch_len());
        Self {
            size,
            forward,
            inverse,
            real: vec![0.0; size],
            complex: vec![Complex::default(); size / 2 + 1],
            scratch: vec![Complex::default(); scratch],
        }
    }

    /// Transform of `values`, zeros after them; it stays in `self.complex`.
    pub(crate) fn forward(&mut self, values: impl Iterator<Item = f64>) {
        self.real.fill(0.0);
        for (slot, value) in self.real.iter_mut().zip(values) {
            *slot = value;
        }
        let done =
            self.forward
                .process_with_scratch(&mut self.real, &mut self.complex, &mut self.scratch);
        debug_assert!(done.is_ok(), "buffer lengths come from the planner");
    }

    /// `sum w(i) s(i + t)` for `t` from 0, where `window` is the transform of `w`, into `out`; negative `t`
    /// stand at `t` plus the length.
    pub(crate) fn products(
        &mut self,
        window: &[Complex<f64>],
        segment: &[Complex<f64>],
        out: &mut [f64],
    ) {
        for ((slot, w), s) in self.complex.iter_mut().zip(window).zip(segment) {
            *slot = w.conj() * s;
        }
        let last = self.complex.len() - 1;
        self.complex[0].im = 0.0;
        self.complex[last].im = 0.0;
        let done =
            self.inverse
                .process_with_scratch(&mut self.complex, &mut self.real, &mut self.scratch);
        debug_assert!(done.is_ok(), "buffer lengths come from the planner");
        for (slot, value) in out.iter_mut().zip(&self.real) {
            *slot = value / self.size as f64;
        }
    }
}

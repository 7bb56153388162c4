//! Symmetric systems of equations with two bands beside the diagonal.

/// A system of equations with two bands beside the diagonal.
pub(super) struct Banded {
    pub(super) diagonal: Vec<f64>,
    pub(super) one: Vec<f64>,
    pub(super) two: Vec<f64>,
    pub(super) right: Vec<f64>,
}

impl Banded {
    pub(super) fn new(n: usize) -> Self {
        let zeros = || vec![0.0; n];
        Self {
            diagonal: zeros(),
            one: zeros(),
            two: zeros(),
            right: zeros(),
        }
    }

    /// Solution by LDL' without pivoting; `None` where the system is not positive definite.
    pub(super) fn solve(mut self) -> Option<Vec<f64>> {
        let n = self.diagonal.len();
        for i in 0..n {
            let pivot = self.diagonal[i];
            if !(pivot > 0.0 && pivot.is_finite()) {
                return None;
            }
            let (one, two, right) = (self.one[i], self.two[i], self.right[i]);
            if i + 1 < n {
                let factor = one / pivot;
                self.diagonal[i + 1] -= factor * one;
                self.one[i + 1] -= factor * two;
                self.right[i + 1] -= factor * right;
            }
            if i + 2 < n {
                let factor = two / pivot;
                self.diagonal[i + 2] -= factor * two;
                self.right[i + 2] -= factor * right;
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let after = |k: usize| x.get(k).copied().unwrap_or(0.0);
            let rest = self.one[i] * after(i + 1) + self.two[i] * after(i + 2);
            x[i] = (self.right[i] - rest) / self.diagonal[i];
        }
        Some(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_small_system_by_hand() {
        // [[4,1,1],[1,3,0],[1,0,2]] x = [8,7,7] has the solution 1/19 [13,40,60].
        let mut system = Banded::new(3);
        system.diagonal = vec![4.0, 3.0, 2.0];
        system.one = vec![1.0, 0.0, 0.0];
        system.two = vec![1.0, 0.0, 0.0];
        system.right = vec![8.0, 7.0, 7.0];
        let x = system.solve().unwrap();
        for (x, by_hand) in x.iter().zip([13.0 / 19.0, 40.0 / 19.0, 60.0 / 19.0]) {
            assert_relative_eq!(*x, by_hand, epsilon = 1e-12);
        }
        assert!(Banded::new(2).solve().is_none());
    }
}

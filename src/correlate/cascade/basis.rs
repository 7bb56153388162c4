//! An orthonormal basis in which a library's spectra are short.

use ndarray::{Array2, ArrayView2, Axis, s};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// References that the basis is taken from, at most.
const SAMPLE: usize = 4096;
/// Rounds of the power iteration. Any orthonormal basis gives a valid bound; more rounds give a
/// tighter one, which levels off after three.
const ROUNDS: usize = 4;

/// The leading principal directions of a sample of the rows, as rows of unit norm, by falling
/// variance: subspace iteration on the covariance (Golub & Van Loan, Matrix Computations, 8.2.4).
/// The seed is fixed: equal rows give an equal basis.
pub(super) fn principal(rows: ArrayView2<'_, f32>, directions: usize) -> Array2<f32> {
    let (count, points) = rows.dim();
    let directions = directions.min(points);
    let step = count.div_ceil(SAMPLE).max(1);
    let sample = rows.slice(s![..;step, ..]);
    let covariance = sample.t().dot(&sample);
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut basis =
        Array2::from_shape_simple_fn((directions, points), || StandardNormal.sample(&mut random));
    orthonormalise(&mut basis);
    for _ in 0..ROUNDS {
        basis = basis.dot(&covariance);
        orthonormalise(&mut basis);
    }
    let variance = (&basis.dot(&covariance) * &basis).sum_axis(Axis(1));
    let mut order: Vec<usize> = (0..directions).collect();
    order.sort_by(|a, b| variance[*b].total_cmp(&variance[*a]));
    basis.select(Axis(0), &order)
}

/// Gram-Schmidt, twice, in blocks: rows become orthonormal; a row that depends on those before it
/// becomes zero.
fn orthonormalise(basis: &mut Array2<f32>) {
    const BLOCK: usize = 32;
    let count = basis.nrows();
    for start in (0..count).step_by(BLOCK) {
        let end = (start + BLOCK).min(count);
        let (done, mut rest) = basis.view_mut().split_at(Axis(0), start);
        let mut block = rest.slice_mut(s![..end - start, ..]);
        for _ in 0..2 {
            let shares = block.dot(&done.t());
            block -= &shares.dot(&done);
            for row in 0..block.nrows() {
                let (before, mut own) = block.view_mut().split_at(Axis(0), row);
                let mut own = own.row_mut(0);
                let size = own.dot(&own).sqrt();
                let shares = before.dot(&own);
                own -= &shares.dot(&before);
                let norm = own.dot(&own).sqrt();
                match norm > 1e-5 * size && norm > 0.0 {
                    true => own /= norm,
                    false => own.fill(0.0),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_is_orthonormal_and_holds_what_the_rows_span() {
        // Every row is a mixture of five waves: five directions hold all of them.
        let rows = Array2::from_shape_fn((200, 96), |(row, i)| {
            (1..=5)
                .map(|wave| ((row * wave) as f32).sin() * ((i * wave) as f32 / 15.0).cos())
                .sum::<f32>()
        });
        let basis = principal(rows.view(), 8);
        let products = basis.dot(&basis.t());
        for ((a, b), product) in products.indexed_iter() {
            let zero = products[[a, a]] == 0.0;
            let expected = f32::from(u8::from(a == b && !zero));
            assert!((product - expected).abs() < 1e-5, "{a} {b} {product}");
        }
        let five = basis.slice(s![..5, ..]);
        let shares = rows.dot(&five.t());
        let rest = &rows - &shares.dot(&five);
        assert!(rest.iter().all(|v| v.abs() < 1e-3));
    }
}

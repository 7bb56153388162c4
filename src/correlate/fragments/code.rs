//! Weights as one byte, and what a coded weight adds at most.

/// Sums are kept in steps of one over this.
pub(super) const STEPS: f64 = 8192.0;
/// More than what rounding of one term can come to.
const ROUNDING: f64 = 1e-12;

/// Bits of a weight below its exponent and the four highest of its mantissa.
const DROPPED: u32 = 48;
/// What is left of 2^-16, the weight at the lower end of the first step.
const LOWEST: u64 = (1023 - 16) << 4;

/// What one peak of a query adds to the row of a peak, by that peak's code.
pub(super) type Table = [u16; 256];

/// The least code whose [`edge`] is no smaller than a weight in (0, 1]. There are 16 codes to each
/// doubling, from 2^-16.
pub(super) fn code(weight: f64) -> u8 {
    let below = weight.to_bits().saturating_sub(1) >> DROPPED;
    u8::try_from(below.saturating_sub(LOWEST)).unwrap_or(u8::MAX)
}

/// The largest weight of a code.
pub(super) fn edge(code: u8) -> f64 {
    f64::from_bits((LOWEST + u64::from(code) + 1) << DROPPED)
}

/// Codes that share the logarithm of one in their middle.
const SHARING: usize = 4;

/// Makes [`Table`]s.
pub(super) struct Tables {
    /// By `SHARING` codes: the weight in their middle, and its logarithm.
    middle: [(f64, f64); 256 / SHARING],
    edge: [f64; 256],
}

impl Tables {
    pub fn new() -> Self {
        let edge: [f64; 256] = std::array::from_fn(|code| edge(code as u8));
        let middle = |i| edge[i * SHARING + SHARING / 2];
        Self {
            middle: std::array::from_fn(|i| (middle(i), middle(i).ln())),
            edge,
        }
    }

    /// Upper bounds, in steps, of `factor` times the similarity that a peak of this weight adds.
    ///
    /// Similarity is a concave function of the other weight, so its tangent at one code bounds it at
    /// the codes beside, and is too high by less than 1 % of the other weight.
    pub fn table(&self, weight: f64, factor: f64) -> Table {
        let own = weight * weight.ln();
        let scale = factor * STEPS / std::f64::consts::LN_2 / 2.0;
        let mut table = [0; 256];
        let codes = self.edge.as_chunks::<SHARING>().0.iter();
        let parts = codes.zip(table.as_chunks_mut::<SHARING>().0);
        for ((at, ln_at), (edges, bounds)) in self.middle.iter().zip(parts) {
            let ln_sum = (weight + at).ln();
            let value = (weight + at) * ln_sum - own - at * ln_at + ROUNDING;
            let slope = ln_sum - ln_at;
            for (edge, bound) in edges.iter().zip(bounds) {
                *bound = rounded_up((value + slope * (edge - at)) * scale);
            }
        }
        table
    }
}

/// A whole number no smaller, of a number from 0 to below 65 535: the low bits of a sum of which the
/// last bit counts ones. Unlike `ceil` and a cast, that is done for several numbers at a time.
fn rounded_up(value: f64) -> u16 {
    const ONES: f64 = (1_u64 << 52) as f64;
    ((value + 0.5) + ONES).to_bits() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlate::score::entropy::shared;

    #[test]
    fn a_code_is_the_next_step_above() {
        assert_eq!((edge(255), code(1.0)), (1.0, 255));
        assert_eq!((code(f64::MIN_POSITIVE), code(1e-9)), (0, 0));
        for code_of in 0..=u8::MAX {
            let edge_of = edge(code_of);
            assert_eq!(code(edge_of), code_of);
            assert_eq!(code(edge_of.next_up()), code_of.saturating_add(1));
        }
        assert!((1..=255).all(|c| edge(c) / edge(c - 1) <= 1.0625));
    }

    #[test]
    fn tables_bound_from_above() {
        for weight in [1e-9, 1e-4, 0.013, 0.4, 1.0] {
            let table = Tables::new().table(weight, 0.5);
            for other in [1e-9, 1.7e-5, 0.0021, 0.0625, 0.37, 0.99, 1.0] {
                let bound = f64::from(table[usize::from(code(other))]) / STEPS;
                let exact = shared(weight, other) / 2.0;
                assert!(bound >= exact && bound < exact * 1.07 + 1e-3 + 2.0 / STEPS);
            }
        }
    }
}

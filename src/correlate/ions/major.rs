//! The major ions of a unit-mass spectrum.

use rayon::prelude::*;

/// Major ions of a spectrum: those of the highest weight (square root of abundance times m/z).
pub const MAJOR: usize = 24;
/// Rows read by one thread at a time.
const TOGETHER: usize = 1024;

/// A major ion.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Major {
    /// Its m/z.
    pub mz: u16,
    /// Abundance in shares of the spectrum's summed abundances.
    pub share: f32,
    /// Square root of the share, times m/z.
    pub weight: f32,
}

impl Major {
    /// An ion of this share; of weight 0 where that is no share.
    pub fn new(mz: u16, share: f32) -> Self {
        // The rows' norm is arbitrary; the weight is of shares.
        let weight = share.sqrt() * f32::from(mz.max(1));
        Self {
            mz,
            share,
            weight: if share > 0.0 && share.is_finite() {
                weight
            } else {
                0.0
            },
        }
    }
}

/// The major ions of rows of weighted spectra (square roots of abundance times m/z, of any norm, by m/z from
/// 0 on): m/z and share, [`MAJOR`] a row, the heaviest first, share 0 where a row has fewer.
pub fn majors<'r>(rows: usize, row: impl Fn(usize) -> &'r [f32] + Sync) -> (Vec<u16>, Vec<f32>) {
    let found: Vec<[Major; MAJOR]> = (0..rows)
        .into_par_iter()
        .with_min_len(TOGETHER)
        .map(|at| {
            let present = (0_u16..).zip(row(at)).filter(|(_, v)| **v > 0.0);
            let mut ions: Vec<(u16, f32)> = present.map(|(mz, v)| (mz, *v)).collect();
            of_row(&mut ions)
        })
        .collect();
    let all = || found.iter().flatten();
    let share = |major: &Major| if major.weight > 0.0 { major.share } else { 0.0 };
    (all().map(|m| m.mz).collect(), all().map(share).collect())
}

fn of_row(ions: &mut [(u16, f32)]) -> [Major; MAJOR] {
    let abundance = |(mz, v): &(u16, f32)| (v / f32::from((*mz).max(1))).powi(2);
    let total: f32 = ions.iter().map(abundance).sum();
    let heavier = |a: &(u16, f32), b: &(u16, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if ions.len() > MAJOR {
        ions.select_nth_unstable_by(MAJOR - 1, heavier);
    }
    let kept = ions.len().min(MAJOR);
    // Sums of weights do not depend on how the selection leaves its ions.
    ions[..kept].sort_unstable_by(heavier);
    let mut majors = [Major::default(); MAJOR];
    for (major, ion) in majors.iter_mut().zip(&ions[..kept]) {
        *major = Major::new(ion.0, abundance(ion) / total);
    }
    majors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn majors_by_hand() {
        // Abundances 9 and 1: rows hold 3 x 50 and 1 x 100, over any norm.
        let mut row = vec![0.0; 120];
        (row[50], row[100]) = (0.15, 0.10);
        let (mz, share) = majors(1, |_| &row);
        assert_eq!((mz.len(), mz[0], mz[1]), (MAJOR, 50, 100));
        assert!((share[0] - 0.9).abs() < 1e-6 && (share[1] - 0.1).abs() < 1e-6);
        assert!((Major::new(100, share[1]).weight - 0.1_f32.sqrt() * 100.0).abs() < 1e-4);
        assert!(share[2..].iter().all(|s| *s == 0.0));
        assert_eq!(Major::new(7, f32::NAN).weight, 0.0);
    }

    #[test]
    fn the_weightiest_are_kept() {
        let mut row = vec![0.0; 40];
        row.extend((40..140_u16).map(f32::from));
        let (mz, _) = majors(1, |_| &row);
        assert_eq!(mz, (116..140).rev().collect::<Vec<_>>());
    }
}

//! Peaks that a blank has, too.

use super::{Chromatogram, Ion, Peak};

/// Smallest tolerance of retention times, s.
const LEAST_S: f64 = 3.0;
/// Cosine of square-rooted abundances from which spectra are of one substance.
const ALIKE: f64 = 0.8;
/// Area over that of the blank from which a peak is more than the blank's.
pub const CLEARLY_GREATER: f64 = 5.0;

/// Whether a blank was measured at this time, s.
pub fn is_measured(blank: &Chromatogram, seconds: f64) -> bool {
    let end = |scan: Option<&(f64, f64)>| scan.map_or(0.0, |(seconds, _)| *seconds);
    let (first, last) = (end(blank.total.first()), end(blank.total.last()));
    (first - LEAST_S..=last + LEAST_S).contains(&seconds)
}

/// Marks the peaks that a blank measured alike has, too: the apex within the peak's width at half
/// height, or 3 s where that is more; spectra with a cosine of square-rooted abundances of 0.8 or more; and
/// an area of at most five times the blank's. Peaks at times that the blank was not measured at are not marked.
pub fn mark_blank(sample: &mut Chromatogram, blank: &Chromatogram) {
    let measured = |peak: &&mut Peak| is_measured(blank, peak.retention_s);
    for peak in sample.peaks.iter_mut().filter(measured) {
        let near = |other: &&Peak| {
            (other.retention_s - peak.retention_s).abs() <= peak.width_s.max(LEAST_S)
        };
        let same = |other: &&Peak| cosine(&other.ions, &peak.ions) >= ALIKE;
        let found = blank.peaks.iter().filter(near).filter(same);
        let area: f64 = found.map(|other| other.area).sum();
        peak.in_blank = Some(area > 0.0 && peak.area <= CLEARLY_GREATER * area);
    }
}

/// Cosine of square-rooted abundances, 0 to 1. Both ascend by m/z.
pub(super) fn cosine(a: &[Ion], b: &[Ion]) -> f64 {
    let (mut i, mut j, mut product) = (0, 0, 0.0);
    while let (Some(p), Some(q)) = (a.get(i), b.get(j)) {
        if p.mz == q.mz {
            product += (p.abundance * q.abundance).sqrt();
        }
        i += usize::from(p.mz <= q.mz);
        j += usize::from(q.mz <= p.mz);
    }
    let sum = |ions: &[Ion]| ions.iter().map(|i| i.abundance).sum::<f64>();
    product / (sum(a) * sum(b)).sqrt().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosine_by_hand() {
        let ions = |list: &[(u32, f64)]| -> Vec<Ion> {
            let ion = |(mz, abundance): &(u32, f64)| Ion {
                mz: *mz,
                abundance: *abundance,
            };
            list.iter().map(ion).collect()
        };
        let (q, r) = (
            ions(&[(50, 100.0), (60, 25.0)]),
            ions(&[(50, 100.0), (55, 16.0)]),
        );
        // sqrt: 10 5 and 10 4; product 100, norms sqrt(125) and sqrt(116).
        assert!((cosine(&q, &r) - 100.0 / (125.0_f64 * 116.0).sqrt()).abs() < 1e-12);
        assert_eq!(cosine(&q, &[]), 0.0);
    }
}

//! What a pair of matched curves says beside its correlation.

/// A band of the reference is strong from this share of its strongest.
const STRONG: f64 = 0.1;
/// A band is absent where the query has less than this share of the height it should have.
const ABSENT: f64 = 0.3;

/// `missing`, the share of the strong bands of the reference that the query lacks, and `extra`, the
/// share of the query's strong bands that the reference lacks. Heights are compared after scaling by
/// the median ratio of the strong bands. Both curves are intensities above their baseline.
pub(super) fn bands(query: &[f64], reference: &[f64]) -> [(&'static str, f64); 2] {
    [
        ("missing", absent(reference, query)),
        ("extra", absent(query, reference)),
    ]
}

fn absent(of: &[f64], from: &[f64]) -> f64 {
    let (of, from) = (above_lowest(of), above_lowest(from));
    let strongest = of.iter().copied().fold(0.0, f64::max);
    let bands: Vec<(f64, f64)> = (1..of.len().min(from.len()).saturating_sub(1))
        .filter(|i| of[*i] >= STRONG * strongest && of[*i] > of[i - 1] && of[*i] >= of[i + 1])
        .map(|i| {
            // The neighbours too: a band may lie one point off.
            let near = from[i - 1].max(from[i]).max(from[i + 1]);
            (of[i], near)
        })
        .collect();
    if bands.is_empty() {
        return 0.0;
    }
    let mut ratios: Vec<f64> = bands.iter().map(|(a, b)| b / a).collect();
    let middle = ratios.len() / 2;
    let usual = *ratios.select_nth_unstable_by(middle, f64::total_cmp).1;
    let gone = bands.iter().filter(|(a, b)| *b <= ABSENT * usual * a);
    gone.count() as f64 / bands.len() as f64
}

fn above_lowest(values: &[f64]) -> Vec<f64> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    values.iter().map(|v| v - low).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_that_is_gone_and_one_that_is_added() {
        let spectrum = |bands: &[usize]| -> Vec<f64> {
            let mut y = vec![0.0; 100];
            for b in bands {
                (y[b - 1], y[*b], y[b + 1]) = (2.0, 5.0, 2.0);
            }
            y
        };
        let reference = spectrum(&[20, 40, 60, 80]);
        assert_eq!(bands(&reference, &reference).map(|b| b.1), [0.0, 0.0]);
        let query = spectrum(&[20, 40, 60, 90]);
        assert_eq!(bands(&query, &reference).map(|b| b.1), [0.25, 0.25]);
        assert_eq!(bands(&[], &[]).map(|b| b.1), [0.0, 0.0]);
        assert_eq!(bands(&[1.0; 9], &[1.0; 9]).map(|b| b.1), [0.0, 0.0]);
    }
}

//! Quality of mass spectra and band tables.

use super::{Level, Quality};
use crate::spectrum::{Spectrum, Technique};

/// Fewest peaks of an EI spectrum for a verdict. Decision rules are learned from spectra of more: with three to
/// five ions the best of many references stands out by chance, and how often that is so was never measured.
const FEWEST_EI: usize = 6;
/// Fewest peaks of other mass spectra and of band tables.
const FEWEST: usize = 3;

pub(super) fn judge(spectrum: &Spectrum, y: &[f64], quality: &mut Quality) {
    let fewest = match spectrum.technique {
        Technique::EiMs => FEWEST_EI,
        _ => FEWEST,
    };
    let peaks = y.iter().filter(|v| **v > 0.0).count();
    quality.points = peaks;
    match peaks {
        few if few < fewest => quality.find(
            Level::Poor,
            format!("Only {peaks} peaks: many substances share them. Export the whole peak list, with no threshold."),
        ),
        0..6 => quality.find(
            Level::Limited,
            format!("Only {peaks} peaks. Export the whole peak list, with no threshold."),
        ),
        _ => {}
    }
    let top = y.iter().copied().fold(0.0, f64::max);
    let at_top = y.iter().filter(|v| **v == top).count();
    if at_top >= 4 {
        quality.find(
            Level::Limited,
            format!("{at_top} peaks share the highest value: the detector was perhaps saturated. Inject less, or dilute."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Level, assess_quality};
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn level_of(technique: Technique, y: Vec<f64>) -> Level {
        let axis = Axis::Explicit((0..y.len()).map(|i| 58.0 + i as f64).collect());
        assess_quality(&Spectrum::new(technique, Shape::Sticks, axis, y)).level
    }

    fn level(y: Vec<f64>) -> Level {
        level_of(Technique::EiMs, y)
    }

    #[test]
    fn few_peaks_and_equal_peaks() {
        assert_eq!(level(vec![100.0, 4.0]), Level::Poor);
        let five = vec![100.0, 4.0, 9.0, 7.0, 5.0];
        assert_eq!(level(five.clone()), Level::Poor);
        assert_eq!(level_of(Technique::MsMs, five), Level::Limited);
        assert_eq!(level_of(Technique::MsMs, vec![100.0, 4.0]), Level::Poor);
        assert_eq!(level(vec![100.0, 4.0, 9.0, 7.0, 5.0, 1.0]), Level::Good);
        assert_eq!(
            level(vec![99.0, 99.0, 99.0, 99.0, 5.0, 1.0]),
            Level::Limited
        );
    }
}

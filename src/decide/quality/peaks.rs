//! Quality of mass spectra and band tables.

use super::{Level, Quality, ions};
use crate::search::is_only_precursor;
use crate::spectrum::{Spectrum, Technique};

/// Fewest peaks of an EI spectrum for a verdict. Decision rules are learned from spectra of more: with three to
/// five ions the best of many references stands out by chance, and how often that is so was never measured.
const FEWEST_EI: usize = 6;
/// Below this number of peaks of an EI spectrum no error rate was measured: five of 3430 spectra of the first library
/// have fewer.
const MEASURED_EI: usize = 12;
/// Fewest peaks of other mass spectra and of band tables.
const FEWEST: usize = 3;

const ONLY_PRECURSOR: &str = "Only the precursor ion is left in this spectrum: the ranking rests on its mass and identifies nothing. Measure at a higher collision energy.";

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
        6..MEASURED_EI if spectrum.technique == Technique::EiMs => quality.find(
            Level::Limited,
            format!("Only {peaks} peaks: error rates were measured on spectra of more, so that what is told here may not hold. Export the whole peak list, with no threshold."),
        ),
        _ => {}
    }
    if spectrum.technique == Technique::EiMs {
        ions::judge(spectrum, quality);
    }
    if spectrum.technique == Technique::MsMs && is_only_precursor(spectrum) {
        quality.find(Level::Poor, ONLY_PRECURSOR.to_owned());
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
    use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};

    fn level_of(technique: Technique, y: Vec<f64>) -> Level {
        let axis = Axis::Explicit((0..y.len()).map(|i| 58.0 + i as f64).collect());
        assess_quality(&Spectrum::new(technique, Shape::Sticks, axis, y)).level
    }

    fn level(y: Vec<f64>) -> Level {
        level_of(Technique::EiMs, y)
    }

    #[test]
    fn ms_ms_without_fragments_is_poor() {
        let axis = Axis::Explicit(vec![314.9, 315.23, 316.23, 317.24]);
        let y = vec![2.0, 100.0, 21.0, 3.0];
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, y);
        let precursor = |mz| Precursor {
            mz: Some(mz),
            ..Precursor::default()
        };
        spectrum.precursor = Some(precursor(315.23));
        let found = assess_quality(&spectrum);
        assert_eq!(found.level, Level::Poor);
        assert!(
            found
                .findings
                .iter()
                .any(|f| f.contains("precursor ion is left"))
        );
        // The same peaks are fragments of something heavier.
        spectrum.precursor = Some(precursor(402.3));
        assert_ne!(assess_quality(&spectrum).level, Level::Poor);
    }

    #[test]
    fn few_peaks_and_equal_peaks() {
        assert_eq!(level(vec![100.0, 4.0]), Level::Poor);
        let five = vec![100.0, 4.0, 9.0, 7.0, 5.0];
        assert_eq!(level(five.clone()), Level::Poor);
        assert_eq!(level_of(Technique::MsMs, five), Level::Limited);
        assert_eq!(level_of(Technique::MsMs, vec![100.0, 4.0]), Level::Poor);
        let six = vec![100.0, 4.0, 9.0, 7.0, 5.0, 1.0];
        assert_eq!(level(six.clone()), Level::Limited);
        assert_eq!(level_of(Technique::MsMs, six.clone()), Level::Good);
        assert_eq!(level([six.clone(), six].concat()), Level::Good);
        assert_eq!(
            level(vec![99.0, 99.0, 99.0, 99.0, 5.0, 1.0]),
            Level::Limited
        );
    }
}

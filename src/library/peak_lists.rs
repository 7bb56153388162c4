//! MS/MS references: peak lists at two resolutions, and what is known of each ion.

use super::peak_index::{PeakIndex, WORTH_INDEXING};
use super::{Column, Resolution};
use crate::correlate::score::entropy::Peak;
use crate::spectrum::{Adduct, Spectrum, monoisotopic_mass};

/// m/z by which a formula and a stated precursor may differ and still mean the same ion: half of the
/// distance of two isotopes, and what unit resolution leaves open.
const SAME_ION: f64 = 0.6;

/// Losses below this, in m/z, are the precursor itself.
pub const LEAST_LOSS: f64 = 0.5;

/// Losses from a precursor with the weights of the peaks that they lead to, ascending; the precursor
/// itself is none.
pub fn neutral_losses<P: DoubleEndedIterator<Item = Peak> + Clone>(
    peaks: P,
    precursor: f64,
) -> impl Iterator<Item = Peak> + Clone + use<P> {
    peaks
        .rev()
        .map(move |(mz, weight)| (precursor - mz, weight))
        .filter(|(loss, _)| *loss > LEAST_LOSS)
}

/// Peak lists one after another.
#[derive(Debug, Default)]
pub struct Lists {
    /// Start of each list, and the end of the last.
    pub offsets: Column<u64>,
    /// m/z of the peaks.
    pub mz: Column<f64>,
    /// Entropy weights of the peaks; each list sums to 1.
    pub weight: Column<f64>,
}

impl Lists {
    /// The peaks of a row, ascending.
    pub fn row(&self, row: usize) -> Option<impl DoubleEndedIterator<Item = Peak> + Clone + '_> {
        let start = usize::try_from(*self.offsets.get(row)?).ok()?;
        let end = usize::try_from(*self.offsets.get(row + 1)?).ok()?;
        let (mz, weight) = (self.mz.get(start..end)?, self.weight.get(start..end)?);
        Some(mz.iter().copied().zip(weight.iter().copied()))
    }

    fn from_rows<'a>(rows: impl Iterator<Item = &'a Vec<Peak>>) -> Self {
        let (mut offsets, mut mz, mut weight) = (vec![0], Vec::new(), Vec::new());
        for peaks in rows {
            mz.extend(peaks.iter().map(|p| p.0));
            weight.extend(peaks.iter().map(|p| p.1));
            offsets.push(mz.len() as u64);
        }
        Self {
            offsets: offsets.into(),
            mz: mz.into(),
            weight: weight.into(),
        }
    }

    /// Whether there are lists for this many rows.
    pub(super) fn fits(&self, rows: usize) -> bool {
        self.offsets.len() == rows + 1 && self.mz.len() == self.weight.len()
    }
}

/// All MS/MS references of a library. Not-a-number stands for what a record does not state.
#[derive(Debug, Default)]
pub struct PeakLists {
    /// Peaks at [`Resolution::Fine`].
    pub fine: Lists,
    /// Peaks at [`Resolution::Unit`].
    pub unit: Lists,
    /// 1 where the reference itself was measured at unit resolution, else 0.
    pub at_unit: Column<u8>,
    /// Precursor m/z: of the formula and adduct where they agree with what is stated, else as stated.
    pub precursor: Column<f64>,
    /// Monoisotopic mass of the neutral molecule: of the formula, else of precursor and adduct.
    pub mass: Column<f64>,
    /// 1 where `mass` is of the formula and so exact, else 0.
    pub mass_exact: Column<u8>,
    /// 1 for positive ions, -1 for negative ones, 0 where not stated.
    pub polarity: Column<i8>,
    /// What finds the best of them; `None` where they are few or such as cannot be indexed.
    pub index: Option<Box<PeakIndex>>,
}

impl PeakLists {
    /// All columns as bytes.
    pub(super) fn bytes(&self) -> Vec<&[u8]> {
        let mut all = vec![
            self.fine.offsets.bytes(),
            self.fine.mz.bytes(),
            self.fine.weight.bytes(),
            self.unit.offsets.bytes(),
            self.unit.mz.bytes(),
            self.unit.weight.bytes(),
            self.at_unit.bytes(),
            self.precursor.bytes(),
            self.mass.bytes(),
            self.mass_exact.bytes(),
            self.polarity.bytes(),
        ];
        all.extend(self.index.iter().flat_map(|index| index.bytes()));
        all
    }

    /// How a reference was measured.
    pub fn resolution(&self, row: usize) -> Resolution {
        match self.at_unit.get(row) {
            Some(1) => Resolution::Unit,
            _ => Resolution::Fine,
        }
    }

    /// The peak lists at a resolution.
    pub fn at(&self, resolution: Resolution) -> &Lists {
        match resolution {
            Resolution::Fine => &self.fine,
            Resolution::Unit => &self.unit,
        }
    }

    /// Whether the columns hold this many rows.
    pub(super) fn fits(&self, rows: usize) -> bool {
        let one_each = [
            self.at_unit.len(),
            self.precursor.len(),
            self.mass.len(),
            self.mass_exact.len(),
            self.polarity.len(),
        ];
        self.fine.fits(rows)
            && self.unit.fits(rows)
            && one_each.iter().all(|n| *n == rows)
            && self.index.as_ref().is_none_or(|index| index.fits(rows))
    }

    pub(super) fn from_rows(rows: &[PeakRow]) -> Self {
        let mut lists = Self {
            fine: Lists::from_rows(rows.iter().map(|r| &r.fine)),
            unit: Lists::from_rows(rows.iter().map(|r| &r.unit)),
            at_unit: column(rows, |r| u8::from(r.resolution == Resolution::Unit)),
            precursor: column(rows, |r| r.precursor),
            mass: column(rows, |r| r.mass),
            mass_exact: column(rows, |r| u8::from(r.mass_exact)),
            polarity: column(rows, |r| r.polarity),
            index: None,
        };
        if rows.len() >= WORTH_INDEXING {
            lists.index = PeakIndex::of(&lists).map(Box::new);
        }
        lists
    }
}

fn column<T: bytemuck::Pod>(rows: &[PeakRow], value: impl Fn(&PeakRow) -> T) -> Column<T> {
    rows.iter().map(value).collect::<Vec<T>>().into()
}

/// Polarity of a spectrum's ions as stated, else as its adduct says.
pub fn is_positive(spectrum: &Spectrum) -> Option<bool> {
    let precursor = spectrum.precursor.as_ref()?;
    let adduct = || Adduct::parse(precursor.adduct.as_deref()?).map(|a| a.positive);
    precursor.positive.or_else(adduct)
}

/// One reference, prepared.
pub(super) struct PeakRow {
    fine: Vec<Peak>,
    unit: Vec<Peak>,
    resolution: Resolution,
    precursor: f64,
    mass: f64,
    mass_exact: bool,
    polarity: i8,
}

impl PeakRow {
    /// `None` where the spectrum has no peaks.
    pub(super) fn of(spectrum: &Spectrum) -> Option<Self> {
        let fine = Resolution::Fine.peaks(spectrum);
        (!fine.is_empty()).then_some(())?;
        let stated = spectrum.precursor.as_ref().and_then(|p| p.mz);
        let stated = stated.filter(|mz| mz.is_finite());
        let adduct = spectrum
            .precursor
            .as_ref()
            .and_then(|p| p.adduct.as_deref());
        let adduct = adduct.and_then(Adduct::parse);
        let formula = spectrum.identity.formula.as_deref();
        let formula = formula.and_then(monoisotopic_mass);
        let exact = formula.zip(adduct).map(|(mass, adduct)| adduct.mz(mass));
        let agrees = |exact: &f64| stated.is_none_or(|mz| (mz - exact).abs() < SAME_ION);
        let of_ion = || {
            stated
                .zip(adduct)
                .map(|(mz, adduct)| adduct.neutral_mass(mz))
        };
        Some(Self {
            fine,
            unit: Resolution::Unit.peaks(spectrum),
            resolution: Resolution::of(spectrum),
            precursor: exact.filter(agrees).or(stated).unwrap_or(f64::NAN),
            mass: formula.or_else(of_ion).unwrap_or(f64::NAN),
            mass_exact: formula.is_some(),
            polarity: is_positive(spectrum).map_or(0, |p| if p { 1 } else { -1 }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Precursor, Shape, Technique};

    fn spectrum(mz: &[f64], adduct: &str, stated: Option<f64>) -> Spectrum {
        let axis = Axis::Explicit(mz.to_vec());
        let y = vec![1.0; mz.len()];
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, y);
        spectrum.precursor = Some(Precursor {
            mz: stated,
            adduct: Some(adduct.to_owned()),
            ..Precursor::default()
        });
        spectrum
    }

    #[test]
    fn the_ion_is_known_from_formula_and_adduct() {
        let mut amphetamine = spectrum(&[91.05, 119.09], "[M+H]+", Some(136.1));
        let row = PeakRow::of(&amphetamine).unwrap();
        assert!((row.mass - 135.0927).abs() < 1e-3 && !row.mass_exact && row.polarity == 1);
        amphetamine.identity.formula = Some("C9H13N".to_owned());
        let row = PeakRow::of(&amphetamine).unwrap();
        assert!((row.mass - 135.1048).abs() < 1e-4 && row.mass_exact);
        assert!((row.precursor - 136.1121).abs() < 1e-4);
        amphetamine.precursor.as_mut().unwrap().mz = Some(144.2);
        assert_eq!(
            PeakRow::of(&amphetamine).unwrap().precursor,
            144.2,
            "labelled"
        );
    }
}

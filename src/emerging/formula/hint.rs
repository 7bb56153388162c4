//! What is told of an unknown.

use serde::Serialize;

/// What the hints rest on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The accurate mass of a selected precursor.
    AccuratePrecursor,
    /// The accurate mass of what may be the molecular ion of an electron-ionisation spectrum.
    AccurateMolecularIon,
    /// The nominal mass of a precursor.
    NominalPrecursor,
    /// The unit-mass cluster of what may be the molecular ion of an electron-ionisation spectrum.
    NominalMolecularIon,
    /// Nothing in the spectrum says anything of the formula.
    #[default]
    Nothing,
}

/// The nitrogen rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nitrogen {
    /// Nominal mass of the molecule that is assumed.
    pub nominal_mass: u32,
    /// Whether the number of nitrogen atoms is odd.
    pub odd: bool,
    /// The same in words.
    pub statement: String,
}

/// Chlorine, bromine and sulfur by the ions above the molecular ion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Isotopes {
    /// Chlorine atoms.
    pub chlorine: u8,
    /// Bromine atoms.
    pub bromine: u8,
    /// Whether M + 2 is what one sulfur atom gives; only told without chlorine and bromine.
    pub sulfur: bool,
    /// Abundance of M + 1 over M.
    pub first: f64,
    /// Abundance of M + 2 over M.
    pub second: f64,
    /// Likeness of measured and calculated pattern, 0 to 1.
    pub similarity: f64,
    /// The same in words.
    pub statement: String,
}

/// Number of carbon atoms by M + 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carbons {
    /// Fewest.
    pub low: u8,
    /// Most.
    pub high: u8,
    /// The same in words.
    pub statement: String,
}

/// A molecular mass that the spectrum allows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MassHint {
    /// Place in the list, from 1.
    pub rank: usize,
    /// Nominal mass.
    pub nominal_mass: u32,
    /// Share of the drug spectra of this kind in which it was so, 0 to 1; of other substances it is less.
    pub frequency: f64,
    /// Why.
    pub statement: String,
}

/// A formula that fits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormulaHint {
    /// Place in the list, from 1.
    pub rank: usize,
    /// Formula of the molecule in Hill's order.
    pub formula: String,
    /// Ion that was measured.
    pub ion: String,
    /// m/z of the ion by the formula.
    pub calculated_mz: f64,
    /// Measured less calculated m/z, ppm; none where only the nominal mass is known.
    pub error_ppm: Option<f64>,
    /// Likeness of measured and calculated isotope pattern, 0 to 1; none where there is no pattern.
    pub isotope_similarity: Option<f64>,
    /// Rings plus double bonds.
    pub rings_and_double_bonds: f64,
    /// Share of the fragments' intensity that parts of the formula explain, 0 to 1.
    pub explained: Option<f64>,
    /// Its share of the weight of all formulas that fit, 0 to 1: an order, not a probability.
    pub score: f64,
}

/// What is said of an ion that a loss shows to be none of a molecule.
pub(super) const DOUBT: &str = "is probably no molecular ion";

impl FormulaHints {
    /// Why all that is said of isotopes and nitrogen is probably not of the molecule; `None` where nothing speaks against it.
    pub fn doubt(&self) -> Option<&String> {
        self.notes.iter().find(|note| note.contains(DOUBT))
    }
}

impl std::fmt::Display for FormulaHint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} as {} at m/z {:.4}",
            self.formula, self.ion, self.calculated_mz
        )?;
        if let Some(error) = self.error_ppm {
            write!(f, ", {error:+.1} ppm")?;
        }
        let rings = self.rings_and_double_bonds;
        write!(f, ", {rings} rings and double bonds")?;
        if let Some(share) = self.explained {
            write!(f, ", explains {:.0} % of the fragments", 100.0 * share)?;
        }
        if let Some(alike) = self.isotope_similarity {
            write!(f, ", isotope pattern {alike:.2}")?;
        }
        Ok(())
    }
}

/// Hints on the formula of an unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FormulaHints {
    /// What they rest on.
    pub basis: Basis,
    /// m/z of the ion that they are about.
    pub mz: Option<f64>,
    /// Nitrogen rule.
    pub nitrogen: Option<Nitrogen>,
    /// Chlorine, bromine, sulfur.
    pub isotopes: Option<Isotopes>,
    /// Carbon.
    pub carbons: Option<Carbons>,
    /// Molecular masses, most frequent first; only where the molecular ion is not certain.
    pub masses: Vec<MassHint>,
    /// Formulas, best first.
    pub candidates: Vec<FormulaHint>,
    /// How many formulas fit in all.
    pub fitting: usize,
    /// Whether the search stopped early and more fit than are counted.
    pub more: bool,
    /// What all this means, one sentence each.
    pub notes: Vec<String>,
}

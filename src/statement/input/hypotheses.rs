//! What a result says of a substance that the library does not have.

use crate::decide::Rate;
use serde::Deserialize;

/// A possible molecular mass.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Molecule {
    /// The mass.
    pub mass: f64,
    /// `precursor` or `agreement`.
    pub basis: String,
    /// Agreement of the references.
    pub agreement: Option<f64>,
}

/// What a difference of mass may be.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Difference of formulas.
    pub formula: String,
    /// What it usually is.
    pub meaning: String,
}

/// A known substance from which the unknown may be derived.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Analogue {
    /// 1 for the best.
    pub rank: usize,
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Its entry.
    pub entry_id: String,
    /// Similarity of the ions that stay or move.
    pub similarity: f64,
    /// Mass of its molecule.
    pub reference_mass: f64,
    /// Mass of the unknown's molecule less that.
    pub mass_difference: f64,
    /// What that may be.
    pub changes: Vec<Change>,
    /// Ions that do not carry the change.
    pub unchanged_ions: Vec<f64>,
    /// Ions that carry it: in the reference, in the unknown.
    pub changed_ions: Vec<[f64; 2]>,
}

/// A class that the unknown may belong to.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ClassLine {
    /// Name for programs.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// How many substances of no class score as high.
    pub false_positive_rate: Rate,
    /// Ions that speak for it.
    #[serde(rename = "for")]
    pub speaking: Vec<String>,
    /// Ions that speak against it.
    #[serde(rename = "against")]
    pub opposing: Vec<String>,
}

/// To which class the unknown belongs.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Class {
    /// The class that is given; `None` where the evidence is too weak.
    pub verdict: Option<GivenClass>,
    /// Classes by falling score.
    pub ranked: Vec<ClassLine>,
    /// What the evidence means.
    pub notes: Vec<String>,
}

/// A class that is given.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct GivenClass {
    /// The class.
    pub class: ClassName,
    /// A part of it that the unknown is most like.
    pub part: Option<ClassName>,
}

/// Name of a class.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ClassName {
    /// Name for programs.
    pub id: String,
    /// Name for people.
    pub title: String,
}

/// What is said in words of one side of the formula.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Said {
    /// One sentence.
    pub statement: String,
}

/// A formula that fits.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct FormulaLine {
    /// 1 for the best.
    pub rank: usize,
    /// The molecule's formula.
    pub formula: String,
    /// The ion that it makes.
    pub ion: String,
    /// Calculated m/z of that ion.
    pub calculated_mz: f64,
    /// Measured less calculated, ppm; `None` for a nominal mass.
    pub error_ppm: Option<f64>,
    /// Likeness of the isotope patterns.
    pub isotope_similarity: Option<f64>,
    /// Rings and double bonds.
    pub rings_and_double_bonds: f64,
    /// Share of the fragments that it explains.
    pub explained: Option<f64>,
}

/// What the ions say of the formula.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Formula {
    /// m/z of the ion that it is of.
    pub mz: Option<f64>,
    /// The nitrogen rule.
    pub nitrogen: Option<Said>,
    /// Chlorine, bromine and sulfur.
    pub isotopes: Option<Said>,
    /// Number of carbon atoms.
    pub carbons: Option<Said>,
    /// What the mass of the molecule may be, the most frequent first.
    pub masses: Vec<Said>,
    /// Formulas that fit, best first.
    pub candidates: Vec<FormulaLine>,
    /// What was found, one sentence each.
    pub notes: Vec<String>,
}

/// What may be said of a substance that the library does not have.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Hypotheses {
    /// What all this is, and is not.
    pub notice: String,
    /// To which class it belongs.
    pub class: Option<Class>,
    /// Molecular masses.
    pub molecular_masses: Vec<Molecule>,
    /// Known substances from which it may differ by a change of mass.
    pub analogues: Vec<Analogue>,
    /// How often one of the first three analogues was one.
    pub analogues_right: Vec<Rate>,
    /// What the ions say of the formula.
    pub formula: Formula,
    /// What could not be looked at.
    pub notes: Vec<String>,
}

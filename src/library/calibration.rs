//! What was learned about one family of references: when a best candidate may be believed.

use super::{Held, Rate};
use serde::{Deserialize, Serialize};

/// One quantity that the acceptance model weighs, standardised by `(value - mean) / scale`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Name of the quantity.
    pub name: String,
    /// Mean over the training spectra.
    pub mean: f64,
    /// Standard deviation over the training spectra.
    pub scale: f64,
    /// Weight of the standardised quantity in the logit.
    pub weight: f64,
}

impl Feature {
    /// Mean, scale and weight, as [`logit`] takes them.
    pub(crate) fn numbers(&self) -> [f64; 3] {
        [self.mean, self.scale, self.weight]
    }
}

/// The logit of a logistic rule, `bias + sum of weight (value - mean) / scale`, from mean, scale and weight of each
/// quantity and its value.
pub(crate) fn logit<'a>(bias: f64, terms: impl Iterator<Item = ([f64; 3], &'a f64)>) -> f64 {
    let added = terms.map(|([mean, scale, weight], value)| weight * (value - mean) / scale);
    bias + added.sum::<f64>()
}

/// The decision rule of one family and its error rates, measured when the library was built: each half of its
/// substances was judged by a rule and at limits that the other half set. The rule kept is learned from both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The acceptance model: a logistic regression.
    pub features: Vec<Feature>,
    /// Constant of the logit.
    pub bias: f64,
    /// Logit from which the best candidate's set is called identified.
    pub accept: f64,
    /// Logit below which the substance is called not in the library.
    pub reject: f64,
    /// Width of the set: candidates within `width * (0.05 + 1 - best score)` of the best score.
    pub width: f64,
    /// Substances left out of the library that were called identified, without those of which the
    /// library holds an isomer.
    pub false_positive: Rate,
    /// The same for substances whose best candidate was an isomer of theirs.
    pub false_positive_isomer: Rate,
    /// Present substances called identified whose set contained them.
    pub coverage: Rate,
    /// Present substances that were called not in the library.
    pub missed: Rate,
    /// Present substances identified rightly.
    pub identified: Rate,
    /// Left-out substances between the two limits whose leading candidates were of one class that was
    /// theirs; `None` where that was seldom so or seldom tried, and no class is named.
    #[serde(default)]
    pub class_right: Option<Rate>,
    /// Mean number of substances in an identified set.
    pub mean_set_size: f64,
    /// What was tried for classes; EI only, `None` where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classes: Option<ClassLimits>,
    /// Substances of the register that the library holds references of; mass spectra only, `None` in
    /// libraries of earlier programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// What holds for instruments out of calibration; Raman only, `None` where too few references were tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncalibrated: Option<Uncalibrated>,
    /// By how much (1 less the similarity) three of four references differ from the most similar that another
    /// contributor measured of their substance; MS/MS only, `None` where too few were or an earlier program learned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<f64>,
}

/// Limit and rates for spectra whose best candidate fits only where the axis is off by more than was tried, judged after
/// their axis was put right by that candidate's bands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Uncalibrated {
    /// Logit of the family's model from which the best candidate's set is called identified.
    pub accept: f64,
    /// Substances left out of the library that were called identified.
    pub false_positive: Rate,
    /// Present substances called identified whose set contained them.
    pub coverage: Rate,
    /// Present substances identified rightly.
    pub identified: Rate,
}

/// How often spectra of a library would be given a class, each without its own substance.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassLimits {
    /// SHA-256 of the list of classes and of the rule that were tried.
    pub list: String,
    /// Logit from which a class is given; `None` where too few spectra of no class teach it.
    pub accept: Option<f64>,
    /// Spectra of no class that were tried.
    pub none_tried: usize,
    /// By class, in the list's order: ranks and the logits that spectra of no class reach there, highest first.
    pub none: Vec<Vec<(usize, f64)>>,
    /// Members that were tried.
    pub members: usize,
    /// Of these, given their class.
    pub found: usize,
}

impl ClassLimits {
    /// How many of the spectra of no class reach this logit for this class, at most.
    pub fn reaching(&self, class: usize, logit: f64) -> usize {
        let ranks = self.none.get(class).map_or(&[][..], Vec::as_slice);
        let below = ranks.iter().find(|(_, reached)| *reached < logit);
        match (ranks.is_empty(), below) {
            (true, _) => 0,
            (false, Some((rank, _))) => rank - 1,
            (false, None) => self.none_tried,
        }
    }
}

impl Calibration {
    /// The logit of the model at these quantities, in the order of `features`; `None` where their
    /// number differs.
    pub fn logit(&self, values: &[f64]) -> Option<f64> {
        let features = self.features.iter().map(Feature::numbers);
        (values.len() == self.features.len()).then(|| logit(self.bias, features.zip(values)))
    }
}

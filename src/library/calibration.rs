//! What was learned about one family of references: when a best candidate may be believed.

use super::Rate;
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

/// The decision rule of one family and its error rates, measured when the library was built on
/// spectra that took no part in learning the rule.
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
}

impl Calibration {
    /// The logit of the model at these quantities, in the order of `features`; `None` where their
    /// number differs.
    pub fn logit(&self, values: &[f64]) -> Option<f64> {
        (values.len() == self.features.len()).then(|| {
            let terms = self.features.iter().zip(values);
            self.bias
                + terms
                    .map(|(f, v)| f.weight * (v - f.mean) / f.scale)
                    .sum::<f64>()
        })
    }
}

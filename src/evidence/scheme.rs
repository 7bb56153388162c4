//! The scheme that says what results count for, and how many are needed.

use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The scheme that ships with the program.
const SHIPPED: &str = include_str!("../../spectra-library/scheme.toml");

/// Discriminating power of a technique, the greatest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    /// It tells structure.
    A,
    /// It tells physical and chemical characteristics.
    B,
    /// It tells a class or group.
    C,
    /// It counts for nothing in the scheme.
    #[serde(rename = "none")]
    Uncounted,
}

impl Category {
    /// This category, so many steps lower, never below C.
    #[must_use]
    pub fn lowered(self, steps: u8) -> Self {
        let order = [Self::A, Self::B, Self::C];
        match order.iter().position(|c| *c == self) {
            Some(at) => order[(at + usize::from(steps)).min(2)],
            None => self,
        }
    }

    /// As it is written.
    pub fn id(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::Uncounted => "none",
        }
    }
}

/// How two substances differ, as far as techniques tell them apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Different formulae.
    Formula,
    /// One formula, different skeletons.
    Isomers,
    /// One skeleton, different arrangement in space.
    Stereoisomers,
    /// Salts or base of one substance.
    Salts,
}

/// Why a result counts for less than its technique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lessening {
    /// Several substances are named.
    Set,
    /// A mixture whose components were not separated.
    Mixture,
    /// Limited quality.
    Quality,
    /// The reference is a list of principal ions.
    PrincipalIons,
}

/// A technique of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Stable name; that of this program for techniques that it reads.
    pub id: String,
    /// Name in words.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// The property of the substance that it observes.
    pub property: String,
    /// What it usually tells apart.
    pub tells_apart: Vec<Difference>,
}

/// A combination of techniques that is enough.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// Stable name.
    pub id: String,
    /// Least category of each technique that is needed.
    pub needs: Vec<Category>,
    /// The same in words.
    pub text: String,
}

/// By how much a result counts for less.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Downgrade {
    /// Why.
    pub id: Lessening,
    /// Steps.
    pub steps: u8,
    /// Why, in words.
    pub text: String,
}

/// A scheme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// Its edition.
    pub edition: String,
    /// What is to be known of it wherever it is cited.
    #[serde(default)]
    pub note: Option<String>,
    /// Combinations that are enough, either of them.
    pub minimum: Vec<Minimum>,
    /// What lowers a result.
    #[serde(default)]
    pub downgrade: Vec<Downgrade>,
    /// Techniques.
    pub technique: Vec<Method>,
}

/// Why a scheme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemeError {
    /// It has not the form of a scheme.
    #[error("not a scheme: {0}")]
    Form(#[from] toml::de::Error),
    /// It contradicts itself.
    #[error("{0}")]
    Content(String),
}

impl Scheme {
    /// The scheme that ships with the program.
    ///
    /// # Errors
    /// Where the program is damaged.
    pub fn shipped() -> Result<Self, SchemeError> {
        Self::parse(SHIPPED)
    }

    /// Reads a scheme in the form of `spectra-library/scheme.toml`.
    ///
    /// # Errors
    /// [`SchemeError`] where the form is another, a name stands twice, or nothing would be enough.
    pub fn parse(text: &str) -> Result<Self, SchemeError> {
        let scheme: Self = toml::from_str(text)?;
        let mut seen = HashSet::new();
        if let Some(twice) = scheme.technique.iter().find(|m| !seen.insert(&m.id)) {
            let told = format!("the technique {:?} stands twice in the scheme", twice.id);
            return Err(SchemeError::Content(told));
        }
        if scheme.minimum.is_empty() || scheme.minimum.iter().any(|m| m.needs.is_empty()) {
            let told = "the scheme asks for nothing: each [[minimum]] needs a list of categories, and there must be one";
            return Err(SchemeError::Content(told.to_owned()));
        }
        Ok(scheme)
    }

    /// A technique by its name.
    pub fn method(&self, id: &str) -> Option<&Method> {
        self.technique.iter().find(|m| m.id == id)
    }

    /// What lowers a result for this reason.
    pub fn downgrade(&self, why: Lessening) -> Option<&Downgrade> {
        self.downgrade.iter().find(|d| d.id == why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_scheme_has_the_published_categories() {
        let scheme = Scheme::shipped().unwrap();
        let of = |category| -> Vec<&str> {
            let all = scheme.technique.iter().filter(|m| m.category == category);
            all.map(|m| m.id.as_str()).collect()
        };
        // SWGDRUG, Part III B: infrared, mass spectrometry, NMR, Raman, X-ray diffractometry.
        assert_eq!(
            of(Category::A),
            [
                "infrared",
                "raman",
                "ei-ms",
                "ms-ms",
                "nmr",
                "x-ray-diffraction"
            ]
        );
        assert!(of(Category::B).contains(&"thin-layer-chromatography"));
        assert!(of(Category::C).contains(&"color-test"));
        for why in ["set", "mixture", "quality", "principal-ions"] {
            assert!(
                scheme
                    .downgrade
                    .iter()
                    .any(|d| { serde_json::to_value(d.id).unwrap() == serde_json::json!(why) })
            );
        }
    }

    #[test]
    fn results_fall_by_steps_and_not_below_c() {
        assert_eq!(Category::A.lowered(1), Category::B);
        assert_eq!(Category::A.lowered(5), Category::C);
        assert_eq!(Category::C.lowered(1), Category::C);
        assert_eq!(Category::Uncounted.lowered(1), Category::Uncounted);
    }

    #[test]
    fn a_scheme_that_contradicts_itself_is_refused() {
        let twice = format!(
            "{SHIPPED}\n[[technique]]\nid = \"nmr\"\nname = \"n\"\ncategory = \"A\"\nproperty = \"p\"\ntells_apart = []\n"
        );
        assert!(
            Scheme::parse(&twice)
                .unwrap_err()
                .to_string()
                .contains("twice")
        );
        let empty = "name = \"n\"\nedition = \"1\"\nminimum = []\ntechnique = []\n";
        assert!(
            Scheme::parse(empty)
                .unwrap_err()
                .to_string()
                .contains("asks for nothing")
        );
        let unknown = SHIPPED.replace("category = \"A\"", "category = \"D\"");
        assert!(
            Scheme::parse(&unknown)
                .unwrap_err()
                .to_string()
                .contains("line")
        );
    }
}

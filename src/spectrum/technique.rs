//! Measurement techniques (terms of ASTM E131 and IUPAC).

use serde::{Deserialize, Serialize};

/// How an infrared spectrum was taken; modes differ in band shape and must not be mixed unknowingly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InfraredMode {
    /// Through the sample: pellet, film, solution.
    Transmission,
    /// Attenuated total reflection.
    Atr,
    /// Diffuse reflection (DRIFTS).
    Diffuse,
    /// Vapour phase.
    Gas,
    /// The file does not say.
    #[default]
    Unstated,
}

impl InfraredMode {
    /// The mode that a text names in a word of its own: an accessory, a sampling procedure.
    pub fn named_in(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.find_map(|word| match word {
            "atr" | "hatr" | "attenuated" => Some(Self::Atr),
            "drift" | "drifts" | "diffuse" => Some(Self::Diffuse),
            "gas" | "vapor" | "vapour" => Some(Self::Gas),
            "trans" | "transmission" | "kbr" | "pellet" | "film" | "solution" | "mull"
            | "nujol" => Some(Self::Transmission),
            _ => None,
        })
    }
}

/// The measurement technique of a spectrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Technique {
    /// Raman scattering.
    Raman,
    /// Mid-infrared absorption.
    Infrared(InfraredMode),
    /// Near-infrared absorption or reflection.
    NearInfrared,
    /// Electron-ionisation mass spectrum at unit or low resolution.
    EiMs,
    /// Product-ion spectrum of a selected precursor.
    MsMs,
    /// Not stated and not to be inferred.
    Unknown,
}

impl Technique {
    /// What an absorption or reflection spectrum over these wavenumbers, cm-1, is: near-infrared where
    /// nothing of the mid-infrared fingerprint region is in it.
    pub fn absorbing(lowest: f64, mode: InfraredMode) -> Self {
        if lowest >= 3500.0 {
            Self::NearInfrared
        } else {
            Self::Infrared(mode)
        }
    }

    /// Stable name in machine-readable output.
    pub fn id(self) -> &'static str {
        match self {
            Self::Raman => "raman",
            Self::Infrared(_) => "infrared",
            Self::NearInfrared => "near-infrared",
            Self::EiMs => "ei-ms",
            Self::MsMs => "ms-ms",
            Self::Unknown => "unknown",
        }
    }

    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Raman => "Raman",
            Self::Infrared(InfraredMode::Transmission) => "infrared (transmission)",
            Self::Infrared(InfraredMode::Atr) => "infrared (ATR)",
            Self::Infrared(InfraredMode::Diffuse) => "infrared (diffuse reflection)",
            Self::Infrared(InfraredMode::Gas) => "infrared (gas phase)",
            Self::Infrared(InfraredMode::Unstated) => "infrared (mode not stated)",
            Self::NearInfrared => "near-infrared",
            Self::EiMs => "EI mass spectrum",
            Self::MsMs => "MS/MS",
            Self::Unknown => "unknown technique",
        }
    }

    /// Whether this is a mass-spectrometric technique.
    pub fn is_mass(self) -> bool {
        matches!(self, Self::EiMs | Self::MsMs)
    }
}

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
    /// The mode that a text names in a word of its own: an accessory, a sampling procedure. A film on
    /// an ATR crystal is ATR.
    pub fn named_in(text: &str) -> Option<Self> {
        const WORDS: [(InfraredMode, &[&str]); 4] = [
            (InfraredMode::Atr, &["atr", "hatr", "attenuated"]),
            (InfraredMode::Gas, &["gas", "vapor", "vapour"]),
            (InfraredMode::Diffuse, &["drift", "drifts", "diffuse"]),
            (
                InfraredMode::Transmission,
                &[
                    "trans",
                    "transmission",
                    "kbr",
                    "pellet",
                    "film",
                    "solution",
                    "mull",
                    "nujol",
                    "disc",
                    "disk",
                ],
            ),
        ];
        let text = text.to_lowercase();
        let holds = |named: &str| {
            text.split(|c: char| !c.is_alphanumeric())
                .any(|w| w == named)
        };
        let found = WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|w| holds(w)));
        found.map(|(mode, _)| *mode)
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

    /// The technique of a stable name; of infrared without its mode.
    pub fn of_id(id: &str) -> Option<Self> {
        [
            Self::Raman,
            Self::Infrared(InfraredMode::Unstated),
            Self::NearInfrared,
            Self::EiMs,
            Self::MsMs,
            Self::Unknown,
        ]
        .into_iter()
        .find(|technique| technique.id() == id)
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

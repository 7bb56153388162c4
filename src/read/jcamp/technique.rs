//! What a block measures.

use super::labels::Labels;
use crate::read::number;
use crate::spectrum::{InfraredMode, Spectrum, Technique, WarningKind};
use crate::units::XUnit;

/// What a block measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A spectrum, or its companion.
    Spectrum(Measured),
    /// A measurement that is not compared here, by its own name.
    Other(String),
}

/// Technique of a spectrum, and what the file leaves open about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The technique.
    pub technique: Technique,
    /// What it is where it is no spectrum of the sample.
    pub companion: Option<&'static str>,
    /// What was inferred, and from what.
    pub note: Option<String>,
}

impl From<Technique> for Measured {
    fn from(technique: Technique) -> Self {
        Self {
            technique,
            companion: None,
            note: None,
        }
    }
}

/// The technique from DATA TYPE; the units decide where it says nothing.
pub fn kind(labels: &Labels<'_, '_>, x: XUnit) -> Kind {
    let data_type = labels.text("DATATYPE").unwrap_or_default().to_uppercase();
    let has = |words: &[&str]| words.iter().any(|w| data_type.contains(w));
    if has(&["NMR", "FID"]) || labels.record(".OBSERVEFREQUENCY").is_some() {
        let name = if data_type.is_empty() {
            "NMR SPECTRUM"
        } else {
            &data_type
        };
        return Kind::Other(name.to_lowercase());
    }
    let title = labels.text("TITLE").unwrap_or_default();
    let companion = companion(&data_type).or_else(|| spectrasuite(&title));
    if companion.is_some() {
        return Kind::Spectrum(Measured {
            companion,
            ..Technique::Unknown.into()
        });
    }
    let visible = has(&["UV", "VIS"]);
    Kind::Spectrum(if has(&["RAMAN"]) {
        Technique::Raman.into()
    } else if has(&["NEAR INFRARED", "NEAR-INFRARED", "NEARINFRARED"])
        || (has(&["NIR"]) && !visible)
    {
        Technique::NearInfrared.into()
    } else if has(&["INFRARED", "FTIR", "FT-IR", "IR SPECTRUM"]) && !visible {
        Technique::Infrared(infrared_mode(labels)).into()
    } else if has(&["MASS"]) {
        ionisation(labels)
    } else if x == XUnit::MassToCharge {
        ionisation(labels).inferred("its abscissa (m/z)")
    } else if x == XUnit::RamanShift {
        Measured::from(Technique::Raman).inferred("its abscissa (Raman shift)")
    } else if data_type.is_empty() && labels.any(&["IONIZATIONMODE"]).is_some() {
        ionisation(labels).inferred("its ionisation")
    } else {
        Technique::Unknown.into()
    })
}

impl Measured {
    /// The same, with what it was inferred from where it says nothing else.
    fn inferred(mut self, from: &str) -> Self {
        if self.note.is_none() && self.technique != Technique::Unknown {
            self.note = Some(format!(
                "Taken as {} from {from}; the file does not say so.",
                self.technique.label()
            ));
        }
        self
    }
}

/// SpectraSuite writes the parts of a measurement as blocks that only their titles tell apart.
fn spectrasuite(title: &str) -> Option<&'static str> {
    let part = title
        .trim()
        .strip_prefix("SPECTRASUITE EXPORTED SPECTRA: ")?;
    match part {
        "DARK SPECTRUM" => Some("dark spectrum"),
        "REFERENCE SPECTRUM" => Some("reference spectrum of the light source"),
        _ => None,
    }
}

/// What a data type names that is no spectrum of the sample.
fn companion(data_type: &str) -> Option<&'static str> {
    let words: Vec<&str> = data_type
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let at = |word: &str| words.iter().position(|w| w.starts_with(word));
    let after = |i: usize, states: &[&str]| words.get(i + 1).is_some_and(|w| begins(w, states));
    if at("INTERFEROGRAM").is_some() {
        return Some("interferogram");
    }
    // VAPOR PHASE is a state of the sample.
    let states = [
        "VAPO",
        "GAS",
        "LIQUID",
        "SOLID",
        "CONDENSED",
        "SOLUTION",
        "MATRIX",
        "STATIONARY",
        "REVERSE",
        "NORMAL",
    ];
    let phase = at("PHASE").filter(|i| *i == 0 || !begins(words[i - 1], &states));
    if phase.is_some() {
        return Some("phase");
    }
    // A spectrum whose background was taken away is one of the sample.
    let background = at("BACKGROUND").filter(|i| !after(*i, &["SUBTRACT", "CORRECT", "REMOV"]));
    if background.is_some() {
        return Some("background");
    }
    let single = at("SINGLE").filter(|i| after(*i, &["BEAM", "CHANNEL"]));
    single.map(|_| "single-beam spectrum")
}

fn begins(word: &str, with: &[&str]) -> bool {
    with.iter().any(|start| word.starts_with(start))
}

fn infrared_mode(labels: &Labels<'_, '_>) -> InfraredMode {
    let text = [
        "MODE",
        "SAMPLINGPROCEDURE",
        "STATE",
        "ACCESSORY",
        "SAMPLEDESCRIPTION",
    ]
    .iter()
    .filter_map(|label| labels.any(&[label]))
    .collect::<Vec<_>>()
    .join(" ");
    InfraredMode::named_in(&text).unwrap_or_default()
}

/// Words and phrases for ionisations that give other spectra than EI.
const OTHER: [(&str, &[&str]); 9] = [
    ("APPI", &["APPI", "PHOTOIONI"]),
    ("APCI", &["APCI", "ATMOSPHERIC"]),
    (
        "CI",
        &["CI", "NCI", "PCI", "PICI", "NICI", "DCI", "CHEMICAL IONI"],
    ),
    ("ESI", &["ESI", "NESI", "ELECTROSPRAY"]),
    ("FAB", &["FAB", "LSIMS", "SIMS", "FAST ATOM"]),
    ("FD", &["FD", "FIELD DESORPTION"]),
    ("FI", &["FI", "FIELD IONI"]),
    ("MALDI", &["MALDI", "LDI"]),
    ("thermospray", &["TSP", "THERMOSPRAY"]),
];

/// Mass spectra by ionisation and precursor.
fn ionisation(labels: &Labels<'_, '_>) -> Measured {
    let mode = labels
        .any(&[
            "IONIZATIONMODE",
            "IONISATIONMODE",
            "IONIZATION",
            "IONISATION",
            "SPECTROMETERTYPE",
        ])
        .unwrap_or_default()
        .to_uppercase();
    // Abbreviations are whole words; longer names may have other endings.
    let has = |word: &&str| match word.len() > 5 {
        true => mode.contains(*word),
        false => mode.split(|c: char| !c.is_alphabetic()).any(|w| w == *word),
    };
    let electron = ["EI", "ELECTRON IMPACT", "ELECTRON IONI"].iter().any(&has);
    let level = labels
        .any(&["MSLEVEL"])
        .and_then(|l| l.trim().parse::<u32>().ok());
    let precursor = labels
        .any(&["PRECURSORMZ", "PRECURSORMASS"])
        .and_then(|mz| number::parse(&mz, labels.comma()));
    let selected = precursor.is_some_and(|mz| mz > 0.0);
    let other = OTHER.iter().find(|(_, words)| words.iter().any(&has));
    let with_note = |technique: Technique, note: String| Measured {
        note: Some(note),
        ..technique.into()
    };
    match (level, other) {
        (Some(2..), _) => Technique::MsMs.into(),
        _ if electron => Technique::EiMs.into(),
        _ if selected && level.is_none() => {
            Measured::from(Technique::MsMs).inferred("its precursor ion")
        }
        (_, Some((name, _))) => with_note(
            Technique::Unknown,
            format!("Ionised by {name}, not EI: not compared with EI references."),
        ),
        (Some(1), None) if selected => with_note(
            Technique::Unknown,
            "The file says MS level 1: not a product-ion spectrum.".to_owned(),
        ),
        _ => with_note(
            Technique::EiMs,
            "The file does not say how it was ionised; taken as EI.".to_owned(),
        ),
    }
}

/// Files call near-infrared spectra infrared: the range tells, and a warning says so.
pub fn decide_by_range(spectrum: &mut Spectrum) {
    let (Technique::Infrared(mode), Some((low, high))) = (spectrum.technique, spectrum.x_range())
    else {
        return;
    };
    let lowest = match spectrum.x_unit {
        XUnit::Wavenumber => low,
        XUnit::Nanometre if high > 0.0 => 1e7 / high,
        XUnit::Micrometre if high > 0.0 => 1e4 / high,
        _ => return,
    };
    let technique = Technique::absorbing(lowest, mode);
    if technique != spectrum.technique {
        spectrum.technique = technique;
        spectrum.warn(
            WarningKind::Technique,
            format!(
                "The file says infrared, but its range, from {lowest:.0} cm-1 up, is near-infrared; \
                 taken as near-infrared."
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companions_by_name() {
        assert_eq!(companion("INFRARED INTERFEROGRAM"), Some("interferogram"));
        let exported = "SPECTRASUITE EXPORTED SPECTRA: ";
        assert!(spectrasuite(&format!("{exported}DARK SPECTRUM")).is_some());
        assert_eq!(spectrasuite(&format!("{exported}PROCESSED SPECTRUM")), None);
        assert_eq!(spectrasuite("Cocaine REFERENCE SPECTRUM"), None);
        assert_eq!(companion("INFRARED PHASE SPECTRUM"), Some("phase"));
        assert_eq!(companion("BACKGROUND SPECTRUM"), Some("background"));
        assert_eq!(
            companion("SINGLE BEAM SPECTRUM"),
            Some("single-beam spectrum")
        );
        for sample in [
            "INFRARED SPECTRUM",
            "VAPOR PHASE INFRARED SPECTRUM",
            "INFRARED SPECTRUM (BACKGROUND CORRECTED)",
            "",
        ] {
            assert_eq!(companion(sample), None, "{sample}");
        }
    }
}

//! Technique of a record, from what it states of ionisation, MS level and precursor.

use crate::spectrum::{Precursor, Spectrum, Technique, WarningKind};

/// Keys that name the ionisation, or the kind of instrument with the ionisation in it.
const IONISATION: [&str; 7] = [
    "instrumenttype",
    "ionization",
    "ionisation",
    "ionmode",
    "sourceinstrument",
    "msmode",
    "ionizationmode",
];

/// Keys that state the MS level.
const LEVEL: [&str; 4] = ["mslevel", "mstype", "spectrumtype", "msmode"];

/// Takes the technique from what the record states; `tenths` says that all m/z are whole tenths.
pub(super) fn decide_technique(spectrum: &mut Spectrum, tenths: bool) {
    let stated: String = IONISATION
        .iter()
        .filter_map(|label| spectrum.meta(label))
        .chain(spectrum.provenance.instrument.as_deref())
        .collect::<Vec<_>>()
        .join(" ")
        .to_uppercase();
    let has = |word: &&&str| {
        stated
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == **word)
    };
    let selected = spectrum.precursor.as_ref().and_then(|p| p.mz);
    let level = LEVEL
        .iter()
        .filter_map(|label| spectrum.meta(label))
        .find_map(level);
    let electron = has(&&"EI");
    let other = ["CI", "FI", "FD", "FAB", "MALDI"].iter().find(has);
    let spray = ["ESI", "APCI", "LC"].iter().find(has);
    match (level, selected) {
        (Some(2..), _) => spectrum.technique = Technique::MsMs,
        _ if electron => electron_ionised(spectrum, selected),
        (Some(1), Some(_)) => not_compared(
            spectrum,
            "The record says MS level 1: not a product-ion spectrum.",
        ),
        (_, None) if other.is_some() => {
            let word = other.copied().unwrap_or_default();
            let message = format!("Ionised by {word}, not EI: not compared with EI references.");
            not_compared(spectrum, &message);
        }
        (Some(1), None) if spray.is_some() => not_compared(
            spectrum,
            "The record says MS level 1: not a product-ion spectrum.",
        ),
        (_, Some(_)) if spray.is_some() || other.is_some() => spectrum.technique = Technique::MsMs,
        (_, Some(_)) => spectrum.infer_technique(Technique::MsMs, "its precursor ion"),
        (_, None) if has(&&"MS2") => spectrum.technique = Technique::MsMs,
        (_, None) if spray.is_some() => {
            let word = spray.copied().unwrap_or_default();
            spectrum.infer_technique(Technique::MsMs, &format!("its ionisation ({word})"));
        }
        _ if tenths => {
            spectrum.technique = Technique::EiMs;
            spectrum.warn(
                WarningKind::Technique,
                "The record does not say how it was ionised; taken as an EI mass spectrum.",
            );
        }
        _ => not_compared(
            spectrum,
            "The record does not say how it was measured; --technique says it.",
        ),
    }
}

/// The MS level that a value such as `MS1`, `2` or `MS/MS` states.
fn level(value: &str) -> Option<u32> {
    let value = value.trim().to_uppercase();
    if ["MS/MS", "MSMS", "MSN"].iter().any(|w| value.contains(w)) {
        return Some(2);
    }
    value.strip_prefix("MS").unwrap_or(&value).parse().ok()
}

/// EI outranks a precursor: libraries of EI spectra name the molecular ion in that key. What stands
/// there is kept as text.
fn electron_ionised(spectrum: &mut Spectrum, selected: Option<f64>) {
    spectrum.technique = Technique::EiMs;
    let Precursor {
        adduct,
        collision_energy,
        ..
    } = spectrum.precursor.take().unwrap_or_default();
    let kept = [
        ("precursormz", selected.map(|mz| mz.to_string())),
        ("precursortype", adduct),
        ("collisionenergy", collision_energy),
    ];
    let kept = kept
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    spectrum.metadata.extend(kept);
    if let Some(mz) = selected {
        spectrum.warn(
            WarningKind::Technique,
            format!(
                "The record names EI and a precursor ion (m/z {mz}), but no MS/MS; taken as an EI \
                 mass spectrum."
            ),
        );
    }
}

fn not_compared(spectrum: &mut Spectrum, message: &str) {
    spectrum.technique = Technique::Unknown;
    spectrum.warn(WarningKind::Technique, message);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        assert_eq!(level("MS1"), Some(1));
        assert_eq!(level("2"), Some(2));
        assert_eq!(level("MS/MS"), Some(2));
        assert_eq!(level("MSn"), Some(2));
        assert_eq!(level("Centroid"), None);
    }
}

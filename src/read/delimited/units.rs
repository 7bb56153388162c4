//! Units that headings and unit fields name.

use crate::read::words::{has, is, plain};
use crate::units::{XUnit, YUnit};

/// Heading of an axis whose unit is known to be unknown: what this program writes.
pub(super) const ABSCISSA: &str = "abscissa";

/// The unit that a heading of an axis names. A wavelength without a unit counts as nm here;
/// whoever takes it checks [`names_length_unit`].
pub(super) fn x_unit(heading: &str) -> Option<XUnit> {
    let text = heading
        .to_lowercase()
        .replace(['^', '_', '\u{207b}', '\u{2212}'], "-");
    let holds = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let words = plain(heading);
    if holds(&["raman-shift", "rel. 1/cm", "raman (cm"])
        || has(&words, &["raman shift", "ramanshift"])
    {
        return Some(XUnit::RamanShift);
    }
    let reciprocal = [
        "wavenumber",
        "wave number",
        "wellenzahl",
        "cm-1",
        "cm--1",
        "1/cm",
        "cm-\u{b9}",
        "nombre d'onde",
        "cm\u{b9}",
        "\u{6ce2}\u{6570}",
    ];
    if holds(&reciprocal) {
        return Some(XUnit::Wavenumber);
    }
    let length = [
        "nanomet",
        "micromet",
        "(nm)",
        "[nm]",
        "wavelength",
        "wellenl",
        "longueur d'onde",
        "longitud de onda",
        "\u{6ce2}\u{9577}",
    ];
    if holds(&length) || is(&words, &["nm", "lambda"]) || has(&words, &["lambda nm"]) {
        let micro = ["um)", "um]", "\u{b5}m", "\u{3bc}m", "micron", "micromet"];
        return Some(if holds(&micro) {
            XUnit::Micrometre
        } else {
            XUnit::Nanometre
        });
    }
    let mass = has(
        &words,
        &["m z", "thomson", "thomsons", "thompson", "thompsons"],
    ) || has(&words, &["mass charge"])
        || is(&words, &["mz", "mass"]);
    if mass {
        return Some(XUnit::MassToCharge);
    }
    is(&words, &["wave", "shift", "wl", ABSCISSA]).then_some(XUnit::Unknown)
}

/// Whether a heading of a wavelength also says in which unit of length.
pub(super) fn names_length_unit(heading: &str) -> bool {
    let text = heading.to_lowercase();
    let parts = ["nanomet", "micro", "\u{b5}m", "\u{3bc}m", "um)", "um]"];
    has(&plain(heading), &["nm"]) || parts.iter().any(|part| text.contains(part))
}

/// The unit that a heading of an ordinate names.
pub(super) fn y_unit(heading: &str) -> Option<YUnit> {
    let text = heading.trim().to_lowercase();
    let words = plain(heading);
    let holds = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let percent = holds(&["%", "percent"]);
    let exact = matches!(text.trim_end_matches('.'), "abs" | "au" | "od");
    Some(
        if exact || holds(&["absorb", "extinktion", "extinction", "a.u. (abs"]) {
            YUnit::Absorbance
        } else if holds(&["transmi"]) || marks(&text, 't') {
            match percent {
                true => YUnit::PercentTransmittance,
                false => YUnit::Transmittance,
            }
        } else if holds(&["reflect", "reflex"]) || marks(&text, 'r') {
            match percent {
                true => YUnit::PercentReflectance,
                false => YUnit::Reflectance,
            }
        } else if holds(&["kubelka"]) {
            YUnit::KubelkaMunk
        } else if holds(&["log(1/r", "log 1/r"]) {
            YUnit::LogInverseReflectance
        } else if has(
            &words,
            &["dark subtracted", "raw data", "cps", "cts", "scope"],
        ) || has(&words, &["count", "counts"])
        {
            YUnit::Counts
        } else if holds(&["abundance", "relative int"]) {
            YUnit::Abundance
        } else if holds(&["intens", "irradiance", "amplitude", "scattering"])
            || has(&words, &["int", "arb", "arbitrary", "a u", "signal"])
        {
            YUnit::Intensity
        } else {
            return None;
        },
    )
}

/// Whether the text holds the mark `%T` (or `% T`, `T%`, `%TR`) of this letter, and not as part of
/// a word such as `5%tablet`.
fn marks(text: &str, letter: char) -> bool {
    let behind = text.match_indices('%').any(|(at, _)| {
        let word: String = text[at + 1..]
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let rest = word.strip_prefix(letter);
        rest.is_some_and(|rest| rest.is_empty() || letter == 't' && rest == "r")
    });
    behind || text.strip_suffix('%').map(str::trim) == Some(letter.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_axes() {
        assert_eq!(x_unit("Raman shift (cm-1)"), Some(XUnit::RamanShift));
        assert_eq!(x_unit("raman_shift"), Some(XUnit::RamanShift));
        assert_eq!(x_unit("Wellenzahl [cm^-1]"), Some(XUnit::Wavenumber));
        assert_eq!(x_unit("Wavelength (nm)"), Some(XUnit::Nanometre));
        assert_eq!(x_unit("NANOMETERS"), Some(XUnit::Nanometre));
        assert_eq!(x_unit("X(Thompsons)"), Some(XUnit::MassToCharge));
        assert_eq!(x_unit("Lambdacyhalothrin"), None);
        assert_eq!(x_unit("Intensity"), None);
        assert!(names_length_unit("Wavelength nm.") && !names_length_unit("Wavelength"));
    }

    #[test]
    fn units_of_ordinates() {
        for heading in ["Abs", "Abs.", "AU", "OD", "Absorbance (AU)"] {
            assert_eq!(y_unit(heading), Some(YUnit::Absorbance), "{heading}");
        }
        for heading in ["%T", "T%", "% T", "%TR #1", "Transmittance [%]"] {
            let percent = Some(YUnit::PercentTransmittance);
            assert_eq!(y_unit(heading), percent, "{heading}");
        }
        assert_eq!(y_unit("%R"), Some(YUnit::PercentReflectance));
        assert_eq!(y_unit("a.u."), Some(YUnit::Intensity));
        for heading in ["sample 7", "Carbonate", "5%tablet", "Aug"] {
            assert_eq!(y_unit(heading), None, "{heading}");
        }
    }
}

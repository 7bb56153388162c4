//! Checks that hold for a spectrum of any format; what they find becomes a warning.

use super::{Axis, Shape, Spectrum, WarningKind, cas_check_digit_holds, is_inchikey};
use crate::units::YUnit;

/// Looks at identity, units and points as the file states them, and warns of what is odd.
///
/// Two things are changed: the unit of transmittance and reflectance, since whether it is a fraction or
/// per cent is told by the values and files often say the wrong one; and characters in texts that would steer
/// a terminal or turn the order of a line round, which become U+FFFD.
pub fn check(spectrum: &mut Spectrum) {
    let ordinates = Ordinates::of(&spectrum.ordinate);
    check_text(spectrum);
    check_identity(spectrum);
    check_fraction(spectrum, ordinates);
    check_axis(spectrum);
    check_ordinate(spectrum, ordinates);
}

/// What one look at all ordinates tells.
#[derive(Clone, Copy)]
struct Ordinates {
    low: f64,
    high: f64,
    gaps: usize,
}

impl Ordinates {
    fn of(values: &[f64]) -> Self {
        let none = Self {
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            gaps: 0,
        };
        values.iter().fold(none, |seen, value| {
            // Comparisons with not-a-number are false, and infinities are no values.
            let known = value.is_finite();
            Self {
                low: if known && *value < seen.low {
                    *value
                } else {
                    seen.low
                },
                high: if known && *value > seen.high {
                    *value
                } else {
                    seen.high
                },
                gaps: seen.gaps + usize::from(!known),
            }
        })
    }
}

/// Shows what steers a terminal or the order of a line (controls, bidirectional marks) as a replacement character.
fn check_text(spectrum: &mut Spectrum) {
    let (identity, provenance) = (&mut spectrum.identity, &mut spectrum.provenance);
    let stated = [
        &mut identity.cas,
        &mut identity.inchikey,
        &mut identity.formula,
        &mut identity.smiles,
        &mut provenance.id,
        &mut provenance.instrument,
        &mut provenance.date,
        &mut provenance.owner,
        &mut provenance.origin,
        &mut provenance.method,
        &mut provenance.licence,
    ];
    let metadata = spectrum.metadata.iter_mut();
    let texts = [&mut spectrum.title, &mut identity.name]
        .into_iter()
        .chain(&mut identity.synonyms)
        .chain(stated.into_iter().flatten())
        .chain(metadata.flat_map(|(label, value)| [label, value]));
    let mut found = 0;
    for text in texts.filter(|text| text.contains(steers)) {
        found += text.matches(steers).count();
        *text = text.replace(steers, "\u{fffd}");
    }
    if found > 0 {
        spectrum.warn(
            WarningKind::Encoding,
            format!("{found} characters in the record's texts would steer a terminal; they are shown as \u{fffd}."),
        );
    }
}

/// Whether a character moves the cursor, changes colours or turns the order of a line round.
fn steers(c: char) -> bool {
    let line = matches!(c, '\t' | '\n' | '\r');
    (c.is_control() && !line)
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn check_identity(spectrum: &mut Spectrum) {
    let identity = spectrum.identity.clone();
    if let Some(cas) = identity.cas.filter(|c| !cas_check_digit_holds(c)) {
        spectrum.warn(
            WarningKind::Identity,
            format!("The check digit of CAS number {cas:?} does not hold."),
        );
    }
    if let Some(key) = identity.inchikey.filter(|k| !is_inchikey(k)) {
        spectrum.warn(
            WarningKind::Identity,
            format!("{key:?} is not an InChIKey."),
        );
    }
}

/// A fraction is rarely above 1, a percentage rarely stays below 2.
fn check_fraction(spectrum: &mut Spectrum, Ordinates { low, high, .. }: Ordinates) {
    if low > high {
        return;
    }
    let stated = spectrum.y_unit;
    let seen = match stated {
        YUnit::Transmittance if high > 2.0 => YUnit::PercentTransmittance,
        YUnit::PercentTransmittance if high <= 2.0 => YUnit::Transmittance,
        YUnit::Reflectance if high > 2.0 => YUnit::PercentReflectance,
        YUnit::PercentReflectance if high <= 2.0 => YUnit::Reflectance,
        unit => unit,
    };
    if seen != stated {
        spectrum.y_unit = seen;
        spectrum.warn(
            WarningKind::Unit,
            format!(
                "The file says {}, its values look like {}; taken as such.",
                stated.label(),
                seen.label()
            ),
        );
    }
    // Nothing passes or is reflected ten times over: these are counts or a wrong scale.
    if seen
        .fraction_scale()
        .is_some_and(|scale| high * scale > 10.0)
    {
        spectrum.warn(
            WarningKind::Unit,
            format!(
                "The file says {}, but its values go up to {high}: they are no such thing.",
                stated.label()
            ),
        );
    }
    if stated == YUnit::Absorbance && low > 5.0 && high < 110.0 {
        spectrum.warn(
            WarningKind::Unit,
            "The file says absorbance, but its values look like per cent transmittance.",
        );
    }
}

fn check_axis(spectrum: &mut Spectrum) {
    if spectrum.shape == Shape::Sticks {
        return;
    }
    let (ordered, repeated) = match &spectrum.axis {
        Axis::Even {
            first,
            last,
            points,
        } => (
            first.is_finite() && last.is_finite(),
            *points > 1 && first == last,
        ),
        Axis::Explicit(x) => (
            x.is_sorted() || x.is_sorted_by(|a, b| a >= b),
            x.windows(2).any(|w| w[0] == w[1]),
        ),
    };
    if !ordered {
        spectrum.warn(WarningKind::Axis, "The axis is not in order.");
    } else if repeated {
        spectrum.warn(WarningKind::Axis, "Some axis values occur more than once.");
    }
}

fn check_ordinate(spectrum: &mut Spectrum, Ordinates { low, high, gaps }: Ordinates) {
    if gaps > 0 {
        spectrum.warn(
            WarningKind::Ordinate,
            format!("{gaps} points have no ordinate."),
        );
    }
    if low == high && spectrum.len() > 1 && spectrum.shape == Shape::Profile {
        spectrum.warn(
            WarningKind::Ordinate,
            format!("Every value is {low}: this is not a measured spectrum."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{InfraredMode, Technique};

    fn checked(unit: YUnit, x: &[f64], y: &[f64]) -> (YUnit, String) {
        let technique = Technique::Infrared(InfraredMode::Atr);
        let mut spectrum = Spectrum::new(
            technique,
            Shape::Profile,
            Axis::Explicit(x.to_vec()),
            y.to_vec(),
        );
        spectrum.y_unit = unit;
        check(&mut spectrum);
        let found: Vec<String> = spectrum.warnings.iter().map(ToString::to_string).collect();
        (spectrum.y_unit, found.join(" "))
    }

    #[test]
    fn per_cent_and_fractions_are_told_apart() {
        let x = [400.0, 401.0, 402.0];
        assert_eq!(
            checked(YUnit::Transmittance, &x, &[98.0, 12.0, 55.0]).0,
            YUnit::PercentTransmittance
        );
        assert_eq!(
            checked(YUnit::PercentTransmittance, &x, &[0.98, 0.12, 0.55]).0,
            YUnit::Transmittance
        );
        let (unit, said) = checked(YUnit::Transmittance, &x, &[0.98, 0.12, 0.55]);
        assert_eq!((unit, said.as_str()), (YUnit::Transmittance, ""));
        let counts = checked(YUnit::Transmittance, &x, &[1479.0, 34985.0, 9000.0]).1;
        assert!(counts.contains("go up to 34985"), "{counts}");
        assert!(
            checked(YUnit::Absorbance, &x, &[98.0, 12.0, 55.0])
                .1
                .contains("per cent")
        );
    }

    #[test]
    fn axes_and_ordinates() {
        let said = |x: &[f64], y: &[f64]| checked(YUnit::Counts, x, y).1;
        assert!(said(&[1.0, 3.0, 2.0], &[1.0, 2.0, 3.0]).contains("not in order"));
        assert!(said(&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0]).contains("more than once"));
        assert!(said(&[3.0, 2.0, 1.0], &[1.0, f64::NAN, 3.0]).contains("1 points have no"));
        assert!(said(&[1.0, 2.0], &[7.0, 7.0]).contains("Every value is 7"));
        assert_eq!(said(&[3.0, 2.0, 1.0], &[1.0, 2.0, 3.0]), "");
    }
}

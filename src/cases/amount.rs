//! Quantities as manifests state them, in the units of the authorities' forms.

use rust_decimal::Decimal;
use std::fmt;

/// Most digits before and after the decimal point of a quantity in kg, l or tablets: sums of a million of
/// them are still exact.
const WHOLE_DIGITS: u32 = 10;
const DECIMALS: u32 = 12;

/// A unit of the authorities' forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Kilograms.
    Kilogram,
    /// Litres.
    Litre,
    /// Tablets, capsules, blotters and other single pieces.
    Tablet,
}

impl Unit {
    /// As it is written in a form: `kg`, `l`, `tablets`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Kilogram => "kg",
            Self::Litre => "l",
            Self::Tablet => "tablets",
        }
    }
}

/// A quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// How much, exact, without zeros at its end.
    pub value: Decimal,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit.id())
    }
}

/// Names of a unit, in lower case.
type Names = &'static [&'static str];

/// Each unit that is known, by what power of ten it is of the form's unit, and its names.
const UNITS: &[(Unit, i32, Names)] = &[
    (
        Unit::Kilogram,
        -9,
        &[
            "ug",
            "\u{b5}g",
            "\u{3bc}g",
            "mcg",
            "microgram",
            "micrograms",
        ],
    ),
    (
        Unit::Kilogram,
        -6,
        &[
            "mg",
            "milligram",
            "milligrams",
            "milligramme",
            "milligrammes",
        ],
    ),
    (
        Unit::Kilogram,
        -3,
        &["g", "gram", "grams", "gramme", "grammes"],
    ),
    (
        Unit::Kilogram,
        0,
        &[
            "kg",
            "kgs",
            "kilo",
            "kilos",
            "kilogram",
            "kilograms",
            "kilogramme",
            "kilogrammes",
        ],
    ),
    (
        Unit::Kilogram,
        3,
        &[
            "t",
            "tonne",
            "tonnes",
            "metric ton",
            "metric tons",
            "metric tonne",
            "metric tonnes",
        ],
    ),
    (
        Unit::Litre,
        -3,
        &[
            "ml",
            "millilitre",
            "millilitres",
            "milliliter",
            "milliliters",
        ],
    ),
    (
        Unit::Litre,
        0,
        &["l", "litre", "litres", "liter", "liters", "ltr"],
    ),
    (
        Unit::Tablet,
        0,
        &[
            "tablet", "tablets", "tab", "tabs", "pill", "pills", "piece", "pieces", "pc", "pcs",
            "capsule", "capsules", "caps", "blotter", "blotters", "stamp", "stamps",
        ],
    ),
];

/// What the form's unit of this unit is, and by what power of ten it is of that.
fn unit(text: &str) -> Option<(Unit, i32)> {
    let text = text.trim().trim_end_matches('.').trim();
    // A megagram is no milligram.
    if text == "Mg" {
        return None;
    }
    let wanted = text.to_lowercase();
    let found = UNITS
        .iter()
        .find(|(_, _, names)| names.contains(&wanted.as_str()));
    found.map(|(unit, power, _)| (*unit, *power))
}

impl Amount {
    /// The amount of such a quantity in such a unit.
    ///
    /// # Errors
    /// A sentence, where the quantity is no number or below zero, the unit is missing or not known, or the
    /// number has more digits than can be summed exactly.
    pub fn of(quantity: &str, unit_text: Option<&str>) -> Result<Self, String> {
        let quantity = quantity.trim();
        let shown = |text: &str| format!("\"{text}\"");
        let number = number(quantity).ok_or_else(|| {
            format!(
                "the quantity {} is no number such as 12.5, or has too many digits",
                shown(quantity)
            )
        })?;
        if number.is_sign_negative() && !number.is_zero() {
            return Err(format!("the quantity {} is below zero", shown(quantity)));
        }
        let Some(text) = unit_text.filter(|text| !text.trim().is_empty()) else {
            return Err(format!("the quantity {} has no unit", shown(quantity)));
        };
        let (unit, power) = unit(text).ok_or_else(|| {
            format!(
                "the unit {} is not known; there are ug, mg, g, kg, t, ml, l, tablets, capsules, blotters, pieces",
                shown(text)
            )
        })?;
        let value = scaled(number, power).ok_or_else(|| {
            format!(
                "the quantity {} {text} has more digits than can be summed exactly ({WHOLE_DIGITS} before and {DECIMALS} after the point in {})",
                shown(quantity),
                unit.id()
            )
        })?;
        Ok(Self { value, unit })
    }
}

/// A plain decimal number, with or without an exponent; every digit is kept.
fn number(text: &str) -> Option<Decimal> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | 'E');
    if !text.chars().all(plain) || text.starts_with('+') {
        return None;
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mantissa = Decimal::from_str_exact(mantissa).ok()?;
    power(mantissa, exponent.parse().ok()?)
}

/// A number times a power of ten, exact.
fn power(number: Decimal, exponent: i32) -> Option<Decimal> {
    let number = number.normalize();
    let scale = i64::from(number.scale()) - i64::from(exponent);
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (number.mantissa(), scale),
        Err(_) => {
            let more = u32::try_from(-scale).ok()?;
            let factor = 10_i128.checked_pow(more)?;
            (number.mantissa().checked_mul(factor)?, 0)
        }
    };
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

/// The same in the form's unit, where it has no more digits than a quantity may have.
fn scaled(number: Decimal, exponent: i32) -> Option<Decimal> {
    let value = power(number, exponent)?.normalize();
    let limit = Decimal::from(10_u64.pow(WHOLE_DIGITS));
    (value.scale() <= DECIMALS && value < limit).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(quantity: &str, unit: &str) -> String {
        Amount::of(quantity, Some(unit)).unwrap().to_string()
    }

    #[test]
    fn amounts_are_exact_in_the_unit_of_the_form() {
        for (quantity, unit, expected) in [
            ("1", "kg", "1 kg"),
            ("12.50", "g", "0.0125 kg"),
            ("250", "mg", "0.00025 kg"),
            ("7", "\u{b5}g", "0.000000007 kg"),
            ("1.5", "T", "1500 kg"),
            ("0.1", "Kilograms", "0.1 kg"),
            ("1e-3", "kg.", "0.001 kg"),
            ("2.5E3", "g", "2.5 kg"),
            ("1e3", "t", "1000000 kg"),
            ("750", "ml", "0.75 l"),
            ("20", "Litres", "20 l"),
            ("12", "blotters", "12 tablets"),
            ("3", "Pcs.", "3 tablets"),
            ("0", "g", "0 kg"),
            ("9999999999", "kg", "9999999999 kg"),
        ] {
            assert_eq!(told(quantity, unit), expected, "{quantity} {unit}");
        }
        let tenth = Amount::of("0.1", Some("kg")).unwrap().value;
        let fifth = Amount::of("200", Some("g")).unwrap().value;
        assert_eq!(
            (tenth + fifth).to_string(),
            "0.3",
            "not 0.30000000000000004"
        );
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for (quantity, unit, why) in [
            ("5", None, "has no unit"),
            ("5", Some(" "), "has no unit"),
            ("5", Some("lb"), "the unit \"lb\" is not known"),
            ("5", Some("Mg"), "is not known"),
            ("5", Some("ton"), "is not known"),
            ("-1", Some("g"), "below zero"),
            ("ca. 5", Some("g"), "is no number"),
            ("1,234", Some("g"), "is no number"),
            ("5; 6", Some("g"), "is no number"),
            ("", Some("g"), "is no number"),
            (".", Some("g"), "is no number"),
            ("nan", Some("g"), "is no number"),
            ("1e400", Some("g"), "is no number"),
            ("1e10", Some("kg"), "more digits"),
            ("0.0001", Some("ug"), "more digits"),
        ] {
            let said = Amount::of(quantity, unit).unwrap_err();
            assert!(said.contains(why), "{quantity} {unit:?}: {said}");
        }
    }
}

//! Thresholds of concentration and quantity, as a law states them.

use serde::Serialize;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Share of the substance in a preparation.
    Concentration,
    /// Amount.
    Quantity,
}

impl Measure {
    /// The units that are read.
    pub fn units(self) -> &'static [&'static str] {
        match self {
            Self::Concentration => &[
                "%",
                "% w/w",
                "% m/m",
                "% w/v",
                "% m/v",
                "% v/v",
                "g/kg",
                "mg/g",
                "mg/kg",
                "ug/g",
                "\u{b5}g/g",
                "g/l",
                "mg/ml",
                "mg/l",
                "ug/ml",
                "\u{b5}g/ml",
                "mg/dose",
                "ug/dose",
                "\u{b5}g/dose",
            ],
            Self::Quantity => &[
                "ug", "\u{b5}g", "mg", "g", "kg", "t", "ml", "l", "tablets", "capsules", "doses",
                "units", "plants",
            ],
        }
    }
}

/// A threshold: what the file states, and how the program reads it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Threshold {
    /// As written in the file.
    pub stated: String,
    /// `>`, `>=`, `<` or `<=` where the file has one; the law says what a bare number means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<&'static str>,
    /// The number.
    pub value: f64,
    /// The unit.
    pub unit: &'static str,
}

impl Threshold {
    /// Reads such as `>= 2.5 % w/w` or `500 g`; `None` where it is no threshold of this measure.
    pub(super) fn read(text: &str, measure: Measure) -> Option<Self> {
        let (comparison, rest) = comparison(text);
        let rest = rest.trim_start();
        let end = rest
            .find(|c: char| !matches!(c, '0'..='9' | '.' | ','))
            .unwrap_or(rest.len());
        let (number, unit) = rest.split_at_checked(end)?;
        let mut units = measure.units().iter();
        let unit = units.find(|known| same_unit(known, unit.trim()))?;
        let value = decimal(number)?;
        let too_much = unit.starts_with('%') && value > 100.0;
        (!too_much).then(|| Self {
            stated: text.to_owned(),
            comparison,
            value,
            unit,
        })
    }
}

/// `%w/w` and `% w/w` are one unit.
fn same_unit(known: &str, unit: &str) -> bool {
    known == unit || known.replace("% ", "%") == unit
}

fn comparison(text: &str) -> (Option<&'static str>, &str) {
    const SIGNS: [(&str, &str); 6] = [
        (">=", ">="),
        ("<=", "<="),
        ("\u{2265}", ">="),
        ("\u{2264}", "<="),
        (">", ">"),
        ("<", "<"),
    ];
    let found = SIGNS.iter().find_map(|(sign, meaning)| {
        let rest = text.strip_prefix(sign)?;
        Some((Some(*meaning), rest))
    });
    found.unwrap_or((None, text))
}

/// A number with a decimal point or comma. Such as `1,500`, which may mean 1.5 or 1500, is not read.
fn decimal(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.len() <= 15 && t.bytes().all(|b| b.is_ascii_digit());
    let thousands = text.contains(',') && part.len() == 3 && (1..=3).contains(&whole.len());
    if !digits(whole) || !digits(part) || (thousands && !whole.starts_with('0')) {
        return None;
    }
    format!("{whole}.{part}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_that_laws_state() {
        let read = |text, measure| {
            let read = Threshold::read(text, measure)?;
            Some((read.comparison, read.value, read.unit))
        };
        let concentration = |text| read(text, Measure::Concentration);
        let quantity = |text| read(text, Measure::Quantity);
        assert_eq!(concentration("2.5 %"), Some((None, 2.5, "%")));
        assert_eq!(concentration("> 0,1 %w/w"), Some((Some(">"), 0.1, "% w/w")));
        assert_eq!(
            concentration("\u{2265}10 mg/ml"),
            Some((Some(">="), 10.0, "mg/ml"))
        );
        assert_eq!(quantity("<= 500 g"), Some((Some("<="), 500.0, "g")));
        assert_eq!(quantity("0,500 kg"), Some((None, 0.5, "kg")));
        assert_eq!(quantity("1500kg"), Some((None, 1500.0, "kg")));
        for wrong in [
            "",
            "some",
            "101 %",
            "2.5",
            "1,500 mg/g",
            "-1 %",
            "2-5 %",
            "1.2.3 %",
            "5 g",
        ] {
            assert_eq!(concentration(wrong), None, "{wrong}");
        }
        for wrong in ["", "5 %", "1.234,5 g", "g", "5 gg", "1,500 kg", ".5 g"] {
            assert_eq!(quantity(wrong), None, "{wrong}");
        }
    }
}

//! What a measured ion may be of the molecule.

use crate::spectrum::Adduct;

/// An ion type with how usual it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ion {
    /// As it is written.
    pub label: String,
    /// Masses.
    pub adduct: Adduct,
    /// Natural logarithm of how usual it is, 0 where it is stated.
    pub usual: f64,
    /// Whether the molecule is a closed shell; `None` where it may be either.
    pub closed_shell: Option<bool>,
}

/// Ion types where none is stated, with how usual they are.
const POSITIVE: [(&str, f64); 4] = [
    ("[M+H]+", 0.93),
    ("[M+Na]+", 0.03),
    ("[M+NH4]+", 0.02),
    ("[M]+", 0.02),
];
const NEGATIVE: [(&str, f64); 3] = [("[M-H]-", 0.94), ("[M+HCOO]-", 0.04), ("[M+Cl]-", 0.02)];

impl Ion {
    /// The ion type that a record states.
    pub fn stated(label: &str) -> Option<Self> {
        let adduct = Adduct::parse(label)?;
        let label = label.trim();
        let radical = label.ends_with(['*', '.', '•']);
        let bare = label.starts_with("[M]");
        let closed_shell = match (bare, radical) {
            // A salt's cation or the radical of a molecule: records write both so.
            (true, false) => None,
            _ => Some(true),
        };
        Some(Self {
            label: label.to_owned(),
            adduct,
            usual: 0.0,
            closed_shell,
        })
    }

    /// Ion types that are usual where none is stated.
    pub fn usual(positive: bool) -> Vec<Self> {
        let table: &[(&str, f64)] = if positive { &POSITIVE } else { &NEGATIVE };
        let of = |(label, share): &(&str, f64)| {
            let mut ion = Self::stated(label)?;
            ion.usual = share.ln();
            if ion.label == "[M]+" {
                ion.closed_shell = Some(false);
            }
            Some(ion)
        };
        table.iter().filter_map(of).collect()
    }

    /// The molecular ion of electron ionisation.
    pub fn molecular() -> Option<Self> {
        Self::stated("[M]+•")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells() {
        let shell = |label: &str| Ion::stated(label).unwrap().closed_shell;
        assert_eq!(shell("[M+H]+"), Some(true));
        assert_eq!(shell("[M]+*"), Some(true));
        assert_eq!(shell("[M]+"), None);
        assert_eq!(Ion::stated("M+H"), None);
        assert_eq!(Ion::usual(true).len(), 4);
        assert_eq!(Ion::usual(false).len(), 3);
        assert!(Ion::molecular().is_some());
    }
}

//! What a record says the substance is.

use super::normalised;
use serde::{Deserialize, Serialize};

/// Identity of a substance as a record states it. Nothing here is checked or inferred.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Name as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// CAS registry number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cas: Option<String>,
    /// Standard InChIKey, 27 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inchikey: Option<String>,
    /// Molecular formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// SMILES.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smiles: Option<String>,
}

impl Identity {
    /// First block of the InChIKey: the skeleton without stereochemistry, isotopes or charge.
    pub fn skeleton(&self) -> Option<&str> {
        self.inchikey.as_deref().and_then(|k| k.get(..14))
    }

    /// What stereoisomers have in common: the skeleton; none where the formula states a labelled atom (`C18H22D3NO`),
    /// whose spectra are others.
    pub fn stereo_skeleton(&self) -> Option<&str> {
        let formula = self.formula.as_deref().unwrap_or_default();
        let mut atoms = formula.chars().peekable();
        let mut labelled = formula.contains('[');
        while let Some(atom) = atoms.next() {
            let whole = atoms.peek().is_none_or(|next| !next.is_ascii_lowercase());
            labelled |= matches!(atom, 'D' | 'T') && whole;
        }
        self.skeleton().filter(|_| !labelled)
    }

    /// Whether both are the same substance, stereochemistry aside: by skeleton of the InChIKey; where one has
    /// none by CAS number; where one has none of these either, by a name or synonym that both have, read as
    /// [`normalised`] does. Other skeletons are overruled by CAS number and name together: a tautomer has another
    /// InChIKey.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let cas = self.cas.as_ref().zip(other.cas.as_ref());
        match (self.skeleton().zip(other.skeleton()), cas) {
            (Some((a, b)), _) if a == b => true,
            (Some(_), None) => false,
            (Some(_), Some((a, b))) => a == b && self.shares_a_name(other),
            (None, Some((a, b))) => a == b,
            (None, None) => self.shares_a_name(other),
        }
    }

    fn shares_a_name(&self, other: &Self) -> bool {
        let names = |identity: &Self| -> Vec<String> {
            let all = std::iter::once(&identity.name).chain(&identity.synonyms);
            all.map(|name| normalised(name))
                .filter(|name| !name.is_empty())
                .collect()
        };
        let others = names(other);
        names(self).iter().any(|name| others.contains(name))
    }

    /// The first CAS registry number of a value, with its hyphens: files leave them out, put zeros
    /// before it, write several numbers on one line, or 0 for none.
    pub fn cas_number(value: &str) -> Option<String> {
        let joined = value.replace(" -", "-").replace("- ", "-");
        let word = joined
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '[' | ']'))
            .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        word.contains(|c: char| matches!(c, '1'..='9'))
            .then_some(())?;
        if !word.bytes().all(|b| b.is_ascii_digit()) {
            return Some(word.to_owned());
        }
        let digits = word.trim_start_matches('0');
        let (rest, check) = digits.split_at_checked(digits.len().checked_sub(1)?)?;
        let (first, middle) = rest.split_at_checked(rest.len().checked_sub(2)?)?;
        (2..=7)
            .contains(&first.len())
            .then(|| format!("{first}-{middle}-{check}"))
    }
}

/// Whether `text` has the form of an InChIKey: 14, 10 and 1 capital letters.
pub fn is_inchikey(text: &str) -> bool {
    let blocks: Vec<&str> = text.split('-').collect();
    let capital = |s: &&str| s.bytes().all(|b| b.is_ascii_uppercase());
    matches!(blocks.as_slice(), [a, b, c] if a.len() == 14 && b.len() == 10 && c.len() == 1)
        && blocks.iter().all(capital)
}

/// Whether a CAS registry number has the right form and its check digit holds:
/// the digits from right to left, without the last, weighted 1, 2, 3, ..., modulo 10.
pub fn cas_check_digit_holds(cas: &str) -> bool {
    let parts: Vec<&str> = cas.split('-').collect();
    let [a, b, c] = parts.as_slice() else {
        return false;
    };
    if !(2..=7).contains(&a.len()) || b.len() != 2 || c.len() != 1 {
        return false;
    }
    let digits: Option<Vec<u32>> = a.chars().chain(b.chars()).map(|d| d.to_digit(10)).collect();
    let sum = digits.map(|d| (1..).zip(d.iter().rev()).map(|(w, d)| w * d).sum::<u32>());
    matches!((sum, c.parse::<u32>()), (Some(s), Ok(check)) if s % 10 == check)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, inchikey: Option<&str>) -> Identity {
        Identity {
            name: name.to_owned(),
            inchikey: inchikey.map(str::to_owned),
            ..Identity::default()
        }
    }

    #[test]
    fn the_key_decides_before_the_name() {
        let caffeine = identity("caffeine", Some("RYYVLZVUVIJVGH-UHFFFAOYSA-N"));
        assert!(caffeine.is_same_as(&identity("x", Some("RYYVLZVUVIJVGH-UHFFFAOYSA-N"))));
        assert!(!caffeine.is_same_as(&identity("caffeine", Some("ZFXYFBGIUFBOJW-UHFFFAOYSA-N"))));
        assert!(caffeine.is_same_as(&identity(" Caffeine ", None)));
        // Chlordiazepoxide's two tautomers.
        let mut tautomers = ["ANTSCNMPPGJYLG-UHFFFAOYSA-N", "PUMYFTJOWAJIKF-UHFFFAOYSA-N"]
            .map(|key| identity("Chlordiazepoxide", Some(key)));
        assert!(!tautomers[0].is_same_as(&tautomers[1]), "by a name alone");
        for tautomer in &mut tautomers {
            tautomer.cas = Some("58-25-3".to_owned());
        }
        assert!(tautomers[0].is_same_as(&tautomers[1]));
        let ecstasy = Identity {
            synonyms: vec!["Ecstasy (drug)".to_owned(), "M.D.M.A.".to_owned()],
            ..identity("x", None)
        };
        assert!(ecstasy.is_same_as(&identity("MDMA", None)), "by a synonym");
        assert!(!identity("", None).is_same_as(&identity("", None)));
    }

    #[test]
    fn cas_of_water_and_a_wrong_digit() {
        // 7732-18-5: 8*1+1*2+2*3+3*4+7*5+7*6 = 105, 105 mod 10 = 5
        assert!(cas_check_digit_holds("7732-18-5"));
        assert!(!cas_check_digit_holds("7732-18-4"));
        assert!(!cas_check_digit_holds("caffeine"));
        assert!(!cas_check_digit_holds("7732-1x-5"));
    }

    #[test]
    fn cas_with_and_without_hyphens() {
        let cas = |text| Identity::cas_number(text);
        assert_eq!(cas("103797"), Some("103-79-7".into()));
        assert_eq!(cas("99081"), Some("99-08-1".into()));
        assert_eq!(cas("0000099081"), Some("99-08-1".into()));
        assert_eq!(cas("103-79-7; NIST#: 5"), Some("103-79-7".into()));
        assert_eq!(cas("CAS 64-17-5 67-56-1"), Some("64-17-5".into()));
        assert_eq!(cas("64 - 17 - 5"), Some("64-17-5".into()));
        assert_eq!(cas("64-1x-5"), Some("64-1x-5".into()));
        for none in ["0", "", "n/a", "0 - 00 - 0", "12", "123456789012"] {
            assert_eq!(cas(none), None, "{none}");
        }
    }

    #[test]
    fn inchikey_form() {
        assert!(is_inchikey("QCCDLTOVEPVEJK-UHFFFAOYSA-N"));
        assert!(!is_inchikey("QCCDLTOVEPVEJK-UHFFFAOYSA"));
        assert!(!is_inchikey("QCCDLTOVEPVEJk-UHFFFAOYSA-N"));
    }
}

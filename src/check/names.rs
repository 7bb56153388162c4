//! Words in a name that say derivative or isotope label.

use crate::substance::words;

/// A derivative that a name states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Derivative {
    /// What the name says, in full.
    pub label: &'static str,
    /// An element that the derivative must have, and how many atoms of it at least.
    pub needs: Option<(&'static str, u32)>,
    words: &'static [&'static str],
}

/// Derivatives by the words of names, whole words only.
const DERIVATIVES: [Derivative; 8] = [
    Derivative {
        label: "a tert-butyldimethylsilyl derivative",
        needs: Some(("Si", 1)),
        words: &["tbdms", "mtbstfa", "tertbutyldimethylsilyl"],
    },
    Derivative {
        label: "a trimethylsilyl derivative",
        needs: Some(("Si", 1)),
        words: &[
            "tms",
            "ditms",
            "tritms",
            "bistms",
            "2tms",
            "3tms",
            "4tms",
            "bsa",
            "bstfa",
            "mstfa",
            "trimethylsilyl",
            "silylated",
        ],
    },
    Derivative {
        label: "a trifluoroacetyl derivative",
        needs: Some(("F", 3)),
        words: &["tfa", "tfaa", "trifluoroacetyl", "trifluoroacetate"],
    },
    Derivative {
        label: "a pentafluoropropionyl derivative",
        needs: Some(("F", 5)),
        words: &[
            "pfp",
            "pfpa",
            "pentafluoropropionyl",
            "pentafluoropropionate",
        ],
    },
    Derivative {
        label: "a heptafluorobutyryl derivative",
        needs: Some(("F", 7)),
        words: &["hfb", "hfba", "heptafluorobutyryl", "heptafluorobutyrate"],
    },
    Derivative {
        label: "a trifluoroacetylprolyl derivative",
        needs: Some(("F", 3)),
        words: &["tpc"],
    },
    Derivative {
        label: "a derivative or artefact",
        needs: None,
        words: &[
            "derivative",
            "artifact",
            "artefact",
            "derivatized",
            "derivatised",
            "degradant",
        ],
    },
    Derivative {
        label: "an acetyl or methyl derivative",
        needs: None,
        words: &["acetylated", "methylated", "acetyl", "ac", "2ac"],
    },
];

/// Words that only count or join a derivative's name.
const FILLERS: [&str; 9] = [
    "derivative",
    "deriv",
    "di",
    "tri",
    "bis",
    "tris",
    "mono",
    "me",
    "by",
];

/// The derivative that a name states, and the name of what it was made from.
pub(super) fn derivative(name: &str) -> Option<(Derivative, String)> {
    let is = |d: &Derivative, word: &str| d.words.contains(&word);
    let found = *DERIVATIVES
        .iter()
        .find(|d| words(name).any(|w| is(d, &w)))?;
    let drop = |w: &str| DERIVATIVES.iter().any(|d| is(d, w)) || FILLERS.contains(&w);
    let parent: Vec<String> = words(name).filter(|w| !drop(w)).collect();
    Some((found, parent.concat()))
}

/// Whether a name says that atoms were replaced by heavy isotopes: `-d5`, `(D9)`, `(14-CD3)`, `(5D)`,
/// `13C6`, `deuterated`.
pub(super) fn is_labelled(name: &str) -> bool {
    let lower = name.to_lowercase();
    if lower.contains("deuter") {
        return true;
    }
    let all: Vec<String> = words(&lower).collect();
    let bracketed = |word: &str| lower.contains(&format!("({word})"));
    all.iter().enumerate().any(|(i, word)| {
        let follows = i.checked_sub(1).and_then(|i| all.get(i));
        let alone = all.len() == 1 || follows.is_some_and(|w| w == "vitamin");
        heavy_carbon(word) || (!alone && deuterium(word)) || (counted(word) && bracketed(word))
    })
}

/// `13c`, `13c6`.
fn heavy_carbon(word: &str) -> bool {
    let count = word.strip_prefix("13c");
    count.is_some_and(|n| n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `d5`, `cd3`.
fn deuterium(word: &str) -> bool {
    let digits = word.strip_prefix("cd").or_else(|| word.strip_prefix('d'));
    digits.is_some_and(is_count)
}

/// `5d`, which means deuterium in brackets only.
fn counted(word: &str) -> bool {
    word.strip_suffix('d').is_some_and(is_count)
}

fn is_count(digits: &str) -> bool {
    let number: Option<u32> = digits.parse().ok();
    digits.bytes().all(|b| b.is_ascii_digit()) && number.is_some_and(|n| (1..=60).contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_and_their_parents() {
        let of = |name| derivative(name).map(|(d, parent)| (d.label, parent));
        assert_eq!(
            of("Codeine TMS Derivative"),
            Some(("a trimethylsilyl derivative", "codeine".into()))
        );
        assert_eq!(
            of("2C-P-NBOMe-TFA"),
            Some(("a trifluoroacetyl derivative", "2cpnbome".into()))
        );
        assert_eq!(of("Ethylone-HFBA Derivative").unwrap().1, "ethylone");
        assert_eq!(of("Cocaine"), None);
        assert_eq!(of("Acetylcodeine"), None, "a name of its own");
    }

    #[test]
    fn labels() {
        for name in [
            "Cocaine-d3",
            "Heroin-d9 (Not certified by NIST)",
            "HALFORDIN (14-CD3)",
            "PARA-(ALPHA-METHYLBENZYL(5D))PHENOL",
            "ACRIDINE (1,2,3,4,5,6,7,8,9-D9)",
            "Caffeine-13C3",
            "Deuterated benzene",
        ] {
            assert!(is_labelled(name), "{name}");
        }
        for name in [
            "Vitamin D3",
            "25D-NBOMe",
            "D4",
            "2C-D",
            "LSD",
            "JWH-018",
            "2,4-D",
            "Delta-9-THC",
            "d-Amphetamine",
        ] {
            assert!(!is_labelled(name), "{name}");
        }
    }
}

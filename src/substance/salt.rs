//! Salts that a name states.

use crate::spectrum::words;

/// A salt that a name states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt {
    /// The counter-ion's acid, as a name writes it.
    pub label: &'static str,
    /// What the formula of the salt must have at least.
    pub needs: &'static [(&'static str, u32)],
    words: &'static [&'static str],
}

const SALTS: [Salt; 12] = [
    Salt {
        label: "hydrochloride",
        needs: &[("Cl", 1)],
        words: &["hydrochloride", "dihydrochloride", "hcl"],
    },
    Salt {
        label: "hydrobromide",
        needs: &[("Br", 1)],
        words: &["hydrobromide", "hbr"],
    },
    Salt {
        label: "hydroiodide",
        needs: &[("I", 1)],
        words: &["hydroiodide", "hydriodide"],
    },
    Salt {
        label: "sulfate",
        needs: &[("S", 1), ("O", 4)],
        words: &[
            "sulfate",
            "sulphate",
            "hemisulfate",
            "hemisulphate",
            "bisulfate",
        ],
    },
    Salt {
        label: "phosphate",
        needs: &[("P", 1), ("O", 4)],
        words: &["phosphate", "diphosphate"],
    },
    Salt {
        label: "citrate",
        needs: &[("O", 7)],
        words: &["citrate"],
    },
    Salt {
        label: "fumarate",
        needs: &[("O", 4)],
        words: &["fumarate", "hemifumarate"],
    },
    Salt {
        label: "maleate",
        needs: &[("O", 4)],
        words: &["maleate", "hydrogenmaleate"],
    },
    Salt {
        label: "tartrate",
        needs: &[("O", 6)],
        words: &["tartrate", "bitartrate", "hemitartrate"],
    },
    Salt {
        label: "oxalate",
        needs: &[("O", 4)],
        words: &["oxalate"],
    },
    Salt {
        label: "succinate",
        needs: &[("O", 4)],
        words: &["succinate"],
    },
    Salt {
        label: "mesilate",
        needs: &[("S", 1), ("O", 3)],
        words: &["mesylate", "mesilate", "methanesulfonate"],
    },
];

const METALS: [&str; 16] = [
    "sodium",
    "potassium",
    "calcium",
    "magnesium",
    "lithium",
    "ammonium",
    "zinc",
    "iron",
    "copper",
    "barium",
    "aluminium",
    "aluminum",
    "silver",
    "hydrogen",
    "strontium",
    "manganese",
];

/// The salt that the last words of a name state, and the name of the base. Esters (`diethyl maleate`)
/// and salts of metals are none.
pub fn named_salt(name: &str) -> Option<(Salt, String)> {
    let (salt, base) = last_words(name)?;
    let before = base.last()?;
    let ester = before.ends_with("yl") || METALS.contains(&before.as_str());
    (!ester).then(|| (salt, base.concat()))
}

/// The salt of the last words, and the words before.
fn last_words(name: &str) -> Option<(Salt, Vec<String>)> {
    let water = |w: &String| w.ends_with("hydrate") || w == "salt" || w == "anhydrous";
    let mut all: Vec<String> = words(name).collect();
    while all.last().is_some_and(water) {
        all.pop();
    }
    let last = all.pop()?;
    let salt = *SALTS.iter().find(|s| s.words.contains(&last.as_str()))?;
    Some((salt, all))
}

/// The salt that a name states, in words, and the name of its base or acid: `Ephedrine HCl`, `sodium
/// phenylacetate`, `GHB sodium salt`. Salts of hydrochloric and sulphuric acid with a metal are theirs.
/// A name may be that of an ester (`dimethyl sulfate`), whose base nobody knows.
pub fn of(name: &str) -> Option<(&'static str, String)> {
    let is_metal = |w: &String| METALS.contains(&w.as_str()) && w != "hydrogen";
    let of_base = last_words(name).filter(|(_, base)| base.last().is_some_and(|w| !is_metal(w)));
    if let Some((salt, base)) = of_base {
        return Some((salt.label, base.concat()));
    }
    let all: Vec<String> = words(name)
        .filter(|w| w != "salt" && !w.ends_with("hydrate"))
        .collect();
    match all.as_slice() {
        [metal, rest @ ..] if is_metal(metal) && !rest.is_empty() => {
            Some(("metal salt", acid_of(&rest.concat())?))
        }
        [rest @ .., metal] if is_metal(metal) && !rest.is_empty() => {
            Some(("metal salt", rest.concat()))
        }
        _ => None,
    }
}

/// The acid of an anion's name: `phenylacetate` is that of phenylacetic acid.
fn acid_of(anion: &str) -> Option<String> {
    match anion {
        "chloride" => Some("hydrochloricacid".to_owned()),
        "sulfate" | "sulphate" | "bisulfate" | "hydrogensulfate" => {
            Some("sulphuricacid".to_owned())
        }
        "oxybate" => Some("ghb".to_owned()),
        other => other
            .strip_suffix("ate")
            .map(|stem| format!("{stem}icacid")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_and_esters() {
        let of = |name| named_salt(name).map(|(s, base)| (s.label, base));
        assert_eq!(
            of("Cocaine hydrochloride"),
            Some(("hydrochloride", "cocaine".into()))
        );
        assert_eq!(of("Amphetamine sulfate salt").unwrap().1, "amphetamine");
        assert_eq!(of("Diethyl maleate"), None);
        assert_eq!(of("Sodium sulfate"), None);
        assert_eq!(of("Citrate"), None);
    }

    #[test]
    fn salts_of_bases_and_acids() {
        let parent = |name| of(name).map(|(_, parent)| parent);
        let is = |name: &str| Some(name.to_owned());
        assert_eq!(parent("Ephedrine HCl"), is("ephedrine"));
        assert_eq!(parent("Sodium phenylacetate"), is("phenylaceticacid"));
        assert_eq!(
            parent("Phenylacetic acid sodium salt"),
            is("phenylaceticacid")
        );
        assert_eq!(parent("ammonium chloride"), is("hydrochloricacid"));
        assert_eq!(
            parent("Magnesium sulphate heptahydrate"),
            is("sulphuricacid")
        );
        assert_eq!(parent("Norfentanyl HCl"), is("norfentanyl"));
        assert_eq!(parent("Fentanyl citrate"), is("fentanyl"));
        assert_eq!(parent("Sodium"), None);
        assert_eq!(parent("Caffeine"), None);
    }
}

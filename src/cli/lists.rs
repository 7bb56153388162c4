//! Lists of substances that a word names: schedules, tables, and what the register calls a precursor.

use crate::library::{Library, LibraryError};
use crate::prepare::Family;
use crate::spectrum::Identity;
use crate::substance::{Form, Instrument, On, Register, Substance};
use std::collections::BTreeSet;

/// The words, for advice.
pub(super) const WORDS: &str = "table-i, table-ii, 1961, 1971, 1988, issl, unconfirmed, none, or a code such as 1971-Schedule-III, or a class of the register such as nitazenes";
/// Roles of the register that the word `precursors` means, beside the two tables.
const PRECURSORS: [&str; 3] = ["precursor", "pre-precursor", "designer-precursor"];

/// The lists of the conventions that a word means, whatever its capitals; `None` where it means none. What is in
/// Schedule IV of 1961 is in Schedule I, too.
pub(super) fn lists(word: &str) -> Option<Vec<Instrument>> {
    use Instrument::{Narcotic1, Narcotic1And4, Narcotic2, Psychotropic1, Psychotropic4};
    let all = |from: Instrument, to: Instrument| {
        let all = Instrument::ALL.into_iter();
        all.filter(|i| (from..=to).contains(i)).collect()
    };
    let word = word.trim().to_lowercase().replace([' ', '_'], "-");
    Some(match word.as_str() {
        "table-i" => vec![Instrument::Table1],
        "table-ii" => vec![Instrument::Table2],
        "1961" => all(Narcotic1And4, Narcotic2),
        "1961-schedule-i" => vec![Narcotic1And4, Narcotic1],
        "1961-schedule-iv" => vec![Narcotic1And4],
        "1971" => all(Psychotropic1, Psychotropic4),
        "1988" => all(Instrument::Table1, Instrument::Table2),
        "unconfirmed" => vec![Instrument::Unverified],
        code => {
            let mut all = Instrument::ALL.into_iter();
            let is_it = |list: &Instrument| {
                *list != Instrument::Unregistered && list.code().to_lowercase() == code
            };
            vec![all.find(is_it)?]
        }
    })
}

/// Words of a class that only say which part of a family it is: `fentanyls` are the fentanyl analogues, too.
const PARTS: [&str; 6] = [
    "synthetic",
    "semi-synthetic",
    "designer",
    "analogue",
    "derivative",
    "other",
];

/// Classes of the register that words mean: one by its name, or all of a family by its plural, whatever capitals and
/// hyphens. None where the words name a substance.
fn classes(register: &Register, words: &str) -> BTreeSet<String> {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let spelled = |text: &str| -> Vec<String> {
        let text = text.trim().to_lowercase().replace(['-', '_'], " ");
        text.split_whitespace().map(singular).collect()
    };
    let wanted = spelled(words);
    let identity = Identity {
        name: words.trim().to_owned(),
        ..Identity::default()
    };
    if wanted.is_empty() || register.find(&identity).is_some() {
        return BTreeSet::new();
    }
    let all: BTreeSet<&str> = register
        .substances()
        .iter()
        .map(|s| s.class.as_str())
        .collect();
    let family = |class: &str| -> Vec<String> {
        let words = class.split(' ').filter(|word| !PARTS.contains(word));
        words.flat_map(spelled).collect()
    };
    let plural = words.trim().to_lowercase().ends_with('s');
    let is_it = |class: &&&str| spelled(class) == wanted || (plural && family(class) == wanted);
    all.iter().filter(is_it).map(|c| (*c).to_owned()).collect()
}

/// Some of the substances of the register, by a word.
pub(super) struct Group {
    /// The word.
    word: String,
    lists: Vec<Instrument>,
    roles: &'static [&'static str],
    classes: BTreeSet<String>,
}

impl Group {
    /// `None` where the word means none. What is in no list is none.
    pub fn of(register: &Register, word: &str) -> Option<Self> {
        let roles: &[&str] = match word.trim().to_lowercase().as_str() {
            "precursors" => &PRECURSORS,
            _ => &[],
        };
        let lists = match roles {
            [] => lists(word).filter(|lists| !lists.contains(&Instrument::None)),
            _ => lists("1988"),
        };
        let classes = match lists {
            Some(_) => BTreeSet::new(),
            None => classes(register, word),
        };
        if lists.is_none() && classes.is_empty() {
            return None;
        }
        Some(Self {
            word: word.trim().to_owned(),
            lists: lists.unwrap_or_default(),
            roles,
            classes,
        })
    }

    /// Its substances, by the newest law that the register knows.
    pub fn substances<'r>(&self, register: &'r Register) -> impl Iterator<Item = &'r Substance> {
        let is_in = |substance: &&Substance| {
            let status = register.status(&substance.identity, On::Newest, Form::Exact);
            self.lists.contains(&status.strictest().instrument)
                || self.roles.contains(&substance.role.as_str())
                || self.classes.contains(&substance.class)
        };
        register.substances().iter().filter(is_in)
    }

    /// How many substances it stands for, and of how many these libraries have a reference, in a sentence.
    pub fn told(
        &self,
        register: &Register,
        libraries: &[&Library],
    ) -> Result<String, LibraryError> {
        let mut held: BTreeSet<String> = BTreeSet::new();
        for library in libraries {
            let own = Family::ALL
                .into_iter()
                .filter(|f| library.group(*f).is_some());
            for family in own {
                held.extend(library.held(family, register)?.iter().cloned());
            }
        }
        let has = |identity: &Identity| identity.skeleton().is_some_and(|own| held.contains(own));
        let all: Vec<&Substance> = self.substances(register).collect();
        let with = all.iter().filter(|s| has(&s.identity)).count();
        let library = match libraries.len() {
            1 => "the library has",
            _ => "the libraries have",
        };
        // Of the 1988 tables the register has every entry.
        let partly =
            self.lists.iter().any(|list| *list < Instrument::Table1) || !self.classes.is_empty();
        let partly = match partly {
            true => ", which are not all of it",
            false => "",
        };
        Ok(format!(
            "{} stands for the {} substances that the register has there{partly}; {library} references of {with} of them, by any technique",
            self.word,
            all.len()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_lists_whatever_their_capitals() {
        assert_eq!(lists("1988-Table-I"), Some(vec![Instrument::Table1]));
        assert_eq!(
            lists("1971 schedule iv"),
            Some(vec![Instrument::Psychotropic4])
        );
        assert_eq!(lists("1961-schedule-i").map(|l| l.len()), Some(2));
        assert_eq!(lists("1961").map(|l| l.len()), Some(3));
        assert_eq!(lists("ISSL"), Some(vec![Instrument::Surveillance]));
        for none in [
            "1961-Schedule-III",
            "table-iii",
            "unregistered",
            "fentanyl",
            "",
        ] {
            assert_eq!(lists(none), None, "{none}");
        }
        let register = crate::cli::locate::register().unwrap();
        let is_group = |word| Group::of(&register, word).is_some();
        assert!(!is_group("none") && is_group("Precursors"));
    }

    #[test]
    fn classes_of_the_register_are_lists_and_substances_are_not() {
        let register = crate::cli::locate::register().unwrap();
        let of = |words: &str| -> Vec<String> { classes(&register, words).into_iter().collect() };
        assert_eq!(of("fentanyls"), ["fentanyl", "fentanyl analogue"]);
        assert_eq!(of("Fentanyl-Analogues"), ["fentanyl analogue"]);
        assert_eq!(of("synthetic cannabinoid"), ["synthetic cannabinoid"]);
        assert_eq!(of("cathinones"), ["cathinone", "synthetic cathinone"]);
        assert_eq!(of("nitazene"), ["nitazene"]);
        for none in ["fentanyl", "cathinone", "fentanil", "analogues", "s", ""] {
            assert_eq!(of(none), [] as [&str; 0], "{none}");
        }
        let group = Group::of(&register, "fentanyls").unwrap();
        let names: Vec<&str> = group
            .substances(&register)
            .map(|s| s.identity.name.as_str())
            .collect();
        assert!(
            names.contains(&"Fentanyl") && names.contains(&"Carfentanil"),
            "{names:?}"
        );
    }
}

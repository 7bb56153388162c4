//! Lists of substances that a word names: schedules, tables, and what the register calls a precursor.

use crate::library::{Library, LibraryError};
use crate::prepare::Family;
use crate::spectrum::Identity;
use crate::substance::{Form, Instrument, On, Register, Substance};
use std::collections::BTreeSet;

/// The words, for advice.
pub(super) const WORDS: &str = "table-i, table-ii, 1961, 1971, 1988, issl, unconfirmed, none, or a code such as 1971-Schedule-III";
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

/// Some of the substances of the register, by a word.
pub(super) struct Group {
    /// The word.
    word: String,
    lists: Vec<Instrument>,
    roles: &'static [&'static str],
}

impl Group {
    /// `None` where the word means none. What is in no list is none.
    pub fn of(word: &str) -> Option<Self> {
        let roles: &[&str] = match word.trim().to_lowercase().as_str() {
            "precursors" => &PRECURSORS,
            _ => &[],
        };
        let lists = match roles {
            [] => lists(word).filter(|lists| !lists.contains(&Instrument::None))?,
            _ => lists("1988").unwrap_or_default(),
        };
        Some(Self {
            word: word.trim().to_owned(),
            lists,
            roles,
        })
    }

    /// Its substances, by the newest law that the register knows.
    pub fn substances<'r>(&self, register: &'r Register) -> impl Iterator<Item = &'r Substance> {
        let is_in = |substance: &&Substance| {
            let status = register.status(&substance.identity, On::Newest, Form::Exact);
            self.lists.contains(&status.strictest().instrument)
                || self.roles.contains(&substance.role.as_str())
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
        let partly = self.lists.iter().any(|list| *list < Instrument::Table1);
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
        assert!(Group::of("none").is_none() && Group::of("Precursors").is_some());
    }
}

//! What is counted: substances, classes, places, control statuses and groups of unknowns.

use serde::Serialize;
use std::collections::HashMap;

/// What a series of counts is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A substance, or a set of substances of which each may be it.
    Substance,
    /// A class of the register.
    Class,
    /// A place, as the manifest writes it.
    Place,
    /// The strictest control status at the day of the sample.
    Status,
    /// Unknowns whose spectra are alike.
    Unknown,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Kind; 5] = [
        Self::Substance,
        Self::Class,
        Self::Place,
        Self::Status,
        Self::Unknown,
    ];

    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Substance => "substance",
            Self::Class => "class",
            Self::Place => "place",
            Self::Status => "status",
            Self::Unknown => "unknown",
        }
    }
}

/// A substance that findings name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its InChIKey, where it is known.
    pub inchikey: Option<String>,
}

/// One thing that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// What makes it the same in all runs. Of a substance the first blocks of the InChIKeys of all that it
    /// may be, with `+` between them.
    pub key: String,
    /// Its name; of a set, `one of` and its members.
    pub name: String,
    /// Of a substance, all that findings name: forms of it, and what it cannot be told apart from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Member>,
    /// Place among those of its kind; those of one place are ordered by their counts.
    #[serde(skip)]
    pub rank: usize,
}

/// Names of a set before the rest is only counted.
const NAMED: usize = 4;

/// All things that are counted, each once.
#[derive(Debug, Clone, Default)]
pub struct Subjects {
    list: Vec<Subject>,
    by_key: HashMap<(Kind, String), usize>,
}

impl Subjects {
    /// All, in the order in which they came.
    pub fn all(&self) -> &[Subject] {
        &self.list
    }

    /// The number of the subject of a key. Of several spellings of a name the first in the order of the
    /// alphabet is told, so that the order of the samples does not matter.
    pub fn named(&mut self, kind: Kind, key: String, name: &str, rank: usize) -> usize {
        let at = self.at(kind, key);
        let subject = &mut self.list[at];
        subject.rank = rank;
        if subject.name.is_empty() || name < subject.name.as_str() {
            subject.name = name.to_owned();
        }
        at
    }

    /// The number of the substance or set of a key, of which these are forms.
    pub fn substance(&mut self, key: String, forms: impl Iterator<Item = Member>) -> usize {
        let at = self.at(Kind::Substance, key);
        let known = &mut self.list[at].forms;
        for form in forms {
            if let Err(place) = known.binary_search(&form) {
                known.insert(place, form);
            }
        }
        self.list[at].name = set_name(&self.list[at].forms);
        at
    }

    fn at(&mut self, kind: Kind, key: String) -> usize {
        let next = self.list.len();
        let at = *self.by_key.entry((kind, key.clone())).or_insert(next);
        if at == next {
            self.list.push(Subject {
                kind,
                key,
                name: String::new(),
                forms: Vec::new(),
                rank: 0,
            });
        }
        at
    }
}

/// The name of a set: that of its only member, else all of them as alternatives.
fn set_name(forms: &[Member]) -> String {
    let mut names: Vec<&str> = forms.iter().map(|form| form.name.as_str()).collect();
    names.dedup();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        several if several.len() <= NAMED => format!("one of {}", several.join(", ")),
        several => {
            let (shown, more) = several.split_at(NAMED);
            format!("one of {} and {} more", shown.join(", "), more.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, key: &str) -> Member {
        Member {
            name: name.to_owned(),
            inchikey: Some(key.to_owned()),
        }
    }

    #[test]
    fn forms_of_one_skeleton_are_one_of_them() {
        let mut subjects = Subjects::default();
        let key = || "KWGRBVOPPLSCSI".to_owned();
        let pseudo = form("Pseudoephedrine", "KWGRBVOPPLSCSI-WCBMZHEXSA-N");
        let at = subjects.substance(key(), [pseudo.clone()].into_iter());
        assert_eq!(subjects.all()[at].name, "Pseudoephedrine");
        let ephedrine = form("Ephedrine", "KWGRBVOPPLSCSI-WPRPVWTQSA-N");
        let again = subjects.substance(key(), [pseudo, ephedrine].into_iter());
        assert_eq!(again, at);
        let subject = &subjects.all()[at];
        assert_eq!(subject.name, "one of Ephedrine, Pseudoephedrine");
        assert_eq!(subject.forms.len(), 2);
    }

    #[test]
    fn a_long_set_is_counted() {
        let forms: Vec<Member> = ["a", "b", "c", "d", "e", "f"]
            .iter()
            .map(|name| form(name, name))
            .collect();
        assert_eq!(set_name(&forms), "one of a, b, c, d and 2 more");
        assert_eq!(set_name(&forms[..5]), "one of a, b, c, d and 1 more");
        assert_eq!(set_name(&forms[..4]), "one of a, b, c, d");
    }

    #[test]
    fn spellings_do_not_depend_on_the_order() {
        for order in [["Bangkok", "bangkok"], ["bangkok", "Bangkok"]] {
            let mut subjects = Subjects::default();
            for name in order {
                subjects.named(Kind::Place, name.to_lowercase(), name, 0);
            }
            assert_eq!(subjects.all().len(), 1);
            assert_eq!(subjects.all()[0].name, "Bangkok");
        }
    }
}

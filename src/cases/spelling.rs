//! Names that manifests spell in several ways, in capitals and blanks.

use std::collections::HashMap;

/// A text with single spaces between its words.
pub fn spelled(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One spelling for each name, whatever its capitals and blanks: the first in the order of the alphabet, so that
/// the order of the samples does not matter.
#[derive(Debug, Default)]
pub struct Spellings(HashMap<String, String>);

impl Spellings {
    /// The spellings of these names.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut all: HashMap<String, String> = HashMap::new();
        for name in names.map(spelled).filter(|name| !name.is_empty()) {
            let known = all
                .entry(name.to_lowercase())
                .or_insert_with(|| name.clone());
            if name < *known {
                *known = name;
            }
        }
        Self(all)
    }

    /// The one spelling of a name.
    pub fn one(&self, name: &str) -> String {
        let own = spelled(name);
        self.0.get(&own.to_lowercase()).cloned().unwrap_or(own)
    }
}

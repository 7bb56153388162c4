//! Sentences that other layers make in English, in the language of the document.

use super::Texts;
use super::template::Kind;

/// A sentence as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// Its language where that is not the document's.
    pub language: Option<String>,
}

/// Sentences within sentences.
const DEEPEST: usize = 6;
/// Longer ones are no sentences of this program.
const LONGEST: usize = 4000;

impl Texts {
    /// An English sentence in the document's language; where there is no message for it, as it is.
    pub fn sentence(&self, english: &str) -> Sentence {
        if self.templates.is_empty() {
            return Sentence {
                text: english.to_owned(),
                language: None,
            };
        }
        match self.translated(english, DEEPEST) {
            Some(text) => Sentence {
                text,
                language: None,
            },
            None => Sentence {
                text: english.to_owned(),
                language: Some("en".to_owned()),
            },
        }
    }

    /// An English word or phrase in the document's language, else as it is.
    pub fn word(&self, english: &str) -> String {
        self.sentence(english).text
    }

    fn translated(&self, english: &str, depth: usize) -> Option<String> {
        if depth == 0 || english.len() > LONGEST {
            return None;
        }
        let said = |kind: Kind, value: &str| match kind {
            Kind::Number => is_number(value).then(|| self.written(value)),
            Kind::Text => self.translated(value, depth - 1),
            Kind::Name => (!value.is_empty()).then(|| value.to_owned()),
        };
        self.templates.iter().find_map(|template| {
            let values = template.matched(english, &said)?;
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            Some(self.say_with(template.message, &values))
        })
    }
}

fn is_number(text: &str) -> bool {
    let within = |c: char| c.is_ascii_digit() || "+-.e".contains(c);
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(within)
}

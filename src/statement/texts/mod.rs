//! Messages of one language, and the sentences of other layers in it.

mod language;
mod moment;
mod number;
mod sentence;
mod template;
#[cfg(test)]
mod tests;

pub use language::{LANGUAGES, Language};
pub use sentence::Sentence;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use template::Template;
use thiserror::Error;

/// Messages whose names begin with this stand for sentences that other layers make.
const SENTENCE: &str = "s-";

/// Why a catalogue cannot be used.
#[derive(Debug, Error)]
pub enum TextsError {
    /// There is no catalogue of that language.
    #[error("there are no messages in the language {0:?}; there are: {list}", list = tags())]
    Unknown(String),
    /// The catalogue is damaged.
    #[error("the messages of the language {tag:?} are damaged: {message}")]
    Damaged {
        /// The language.
        tag: String,
        /// What is wrong.
        message: String,
    },
}

fn tags() -> String {
    LANGUAGES.map(|language| language.tag).join(", ")
}

/// The messages of one language.
pub struct Texts {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// English sentences of other layers; none where the language is English.
    templates: Vec<Template>,
}

impl Texts {
    /// The messages of a language by its tag: `en`, `id`.
    ///
    /// # Errors
    /// [`TextsError`] where there is no such language, or its catalogue is damaged.
    pub fn of(tag: &str) -> Result<Self, TextsError> {
        let language = Language::of(tag).ok_or_else(|| TextsError::Unknown(tag.to_owned()))?;
        let [first, ..] = LANGUAGES;
        let templates = match language.tag == first.tag {
            true => Vec::new(),
            false => templates(first)?,
        };
        Ok(Self {
            tag: language.tag,
            bundle: bundle(language)?,
            templates,
        })
    }

    /// BCP 47 tag of the language.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// A message.
    pub fn say(&self, name: &str) -> String {
        self.say_with(name, &[])
    }

    /// A message with values in its places.
    pub fn say_with(&self, name: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (place, value) in values {
            args.set(*place, *value);
        }
        formatted(&self.bundle, name, &args).unwrap_or_else(|| name.to_owned())
    }

    /// Whether there is a message of this name.
    pub fn has(&self, name: &str) -> bool {
        self.bundle.has_message(name)
    }
}

/// A message with its values; `None` where there is none of that name.
fn formatted(
    bundle: &FluentBundle<FluentResource>,
    name: &str,
    args: &FluentArgs<'_>,
) -> Option<String> {
    let pattern = bundle.get_message(name)?.value()?;
    // A place without a value stays as `{$place}`, which the reader of the document sees.
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    Some(text.into_owned())
}

fn bundle(language: Language) -> Result<FluentBundle<FluentResource>, TextsError> {
    let damaged = |message: String| TextsError::Damaged {
        tag: language.tag.to_owned(),
        message,
    };
    let resource = FluentResource::try_new(language.source.to_owned());
    let resource = resource.map_err(|(_, errors)| {
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        damaged(said.join("; "))
    })?;
    let tag = language.tag.parse();
    let mut bundle =
        FluentBundle::new(vec![tag.map_err(
            |e: unic_langid::LanguageIdentifierError| damaged(e.to_string()),
        )?]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|errors| {
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        damaged(said.join("; "))
    })?;
    Ok(bundle)
}

/// Names of a catalogue's messages, in the order of the file.
fn names(language: Language) -> Vec<&'static str> {
    let message = |line: &'static str| {
        let (name, _) = line.split_once('=')?;
        let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
        begins.then(|| name.trim_end())
    };
    language.source.lines().filter_map(message).collect()
}

/// The sentences that other layers make, the most particular first.
fn templates(language: Language) -> Result<Vec<Template>, TextsError> {
    let bundle = bundle(language)?;
    let all = names(language).into_iter();
    let mut templates: Vec<Template> = all
        .filter(|name| name.starts_with(SENTENCE))
        .filter_map(|name| {
            let pattern = formatted(&bundle, name, &FluentArgs::new())?;
            Some(Template::of(name, &pattern))
        })
        .collect();
    templates.sort_by_key(|template| std::cmp::Reverse(template.letters()));
    Ok(templates)
}

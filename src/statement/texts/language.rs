//! The languages in which documents are written: one file of messages each.

/// A language and its messages.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its messages, in Fluent's form.
    pub(super) source: &'static str,
}

/// All languages; the first is the one in which the program itself makes its sentences.
pub const LANGUAGES: [Language; 2] = [
    Language {
        tag: "en",
        source: include_str!("en.ftl"),
    },
    Language {
        tag: "id",
        source: include_str!("id.ftl"),
    },
];

impl Language {
    /// The language of a tag; `None` for one that has no messages.
    pub fn of(tag: &str) -> Option<Self> {
        LANGUAGES.into_iter().find(|language| language.tag == tag)
    }
}

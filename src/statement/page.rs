//! A document as it is written, block after block.

use super::texts::{Sentence, Texts};
use crate::document::{Block, Column, Field, Figure, Side, Table, Tone};

/// A document as it is written.
pub(super) struct Page<'a> {
    pub texts: &'a Texts,
    pub blocks: Vec<Block>,
    /// Figures so far.
    figures: usize,
}

/// Names with their values as they are gathered.
pub(super) struct Listing<'a> {
    texts: &'a Texts,
    fields: Vec<Field>,
}

/// A column: name of its heading in the messages, side and weight.
pub(super) type Heading = (&'static str, Side, f32);

impl<'a> Page<'a> {
    pub fn new(texts: &'a Texts) -> Self {
        Self {
            texts,
            blocks: Vec::new(),
            figures: 0,
        }
    }

    /// A heading by its name in the messages.
    pub fn heading(&mut self, level: u8, name: &str) {
        let text = self.texts.say(name);
        self.blocks.push(Block::Heading { level, text });
    }

    /// A paragraph of a message.
    pub fn say(&mut self, tone: Tone, name: &str, values: &[(&str, &str)]) {
        let text = self.texts.say_with(name, values);
        self.write(tone, text);
    }

    /// A paragraph.
    pub fn write(&mut self, tone: Tone, text: String) {
        self.blocks.push(Block::Paragraph {
            tone,
            text,
            language: None,
        });
    }

    /// A sentence that another layer made in English.
    pub fn sentence(&mut self, tone: Tone, english: &str) {
        let Sentence { text, language } = self.texts.sentence(english);
        self.blocks.push(Block::Paragraph {
            tone,
            text,
            language,
        });
    }

    /// Sentences that other layers made in English: a list, and those in another language than the document's
    /// as paragraphs that say so.
    pub fn sentences<'s>(&mut self, english: impl IntoIterator<Item = &'s str>) {
        let mut list: Vec<String> = Vec::new();
        for sentence in english {
            let Sentence { text, language } = self.texts.sentence(sentence);
            match language {
                None => list.push(text),
                Some(_) => {
                    self.list(std::mem::take(&mut list));
                    self.blocks.push(Block::Paragraph {
                        tone: Tone::Normal,
                        text,
                        language,
                    });
                }
            }
        }
        self.list(list);
    }

    /// Points of a list; none where it is empty.
    pub fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    pub fn fields(&mut self, listing: Listing<'_>) {
        if !listing.fields.is_empty() {
            self.blocks.push(Block::Fields(listing.fields));
        }
    }

    /// A table; none where it has no rows.
    pub fn table(&mut self, caption: Option<&str>, headings: &[Heading], rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        let column = |(name, side, weight): &Heading| Column {
            heading: self.texts.say(name),
            side: *side,
            weight: *weight,
        };
        self.blocks.push(Block::Table(Table {
            caption: caption.map(|name| self.texts.say(name)),
            columns: headings.iter().map(column).collect(),
            rows,
        }));
    }

    /// A figure with its number.
    pub fn figure(&mut self, figure: Figure) {
        self.figures += 1;
        let number = self.figures.to_string();
        let values = [("number", number.as_str()), ("caption", &figure.caption)];
        let caption = self.texts.say_with("figure-caption", &values);
        self.blocks
            .push(Block::Figure(Figure { caption, ..figure }));
    }

    pub fn listing(&self) -> Listing<'a> {
        Listing {
            texts: self.texts,
            fields: Vec::new(),
        }
    }
}

impl Listing<'_> {
    /// A field with its value, or that it was not supplied.
    pub fn supplied(&mut self, name: &str, value: Option<String>) {
        self.add(name, value, "not-supplied");
    }

    /// A field with its value, or that it was not recorded.
    pub fn recorded(&mut self, name: &str, value: Option<String>) {
        self.add(name, value, "not-recorded");
    }

    /// A field with a value.
    pub fn given(&mut self, name: &str, value: impl Into<String>) {
        let value: String = value.into();
        self.supplied(name, Some(value));
    }

    /// A field whose name is no message, such as a label of the raw file.
    pub fn foreign(&mut self, name: &str, value: &str) {
        self.fields.push(Field {
            name: name.to_owned(),
            value: value.to_owned(),
            missing: false,
        });
    }

    fn add(&mut self, name: &str, value: Option<String>, without: &str) {
        let value = value.filter(|value| !value.trim().is_empty());
        self.fields.push(Field {
            name: self.texts.say(name),
            missing: value.is_none(),
            value: value.unwrap_or_else(|| self.texts.say(without)),
        });
    }
}

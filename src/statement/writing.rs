//! From results to a document.

use super::input::{Details, Material, Outcome};
use super::page::Page;
use super::sections;
use super::texts::Texts;
use crate::document::{Document, Letterhead, Paper, Phrases};
use crate::record::Validity;
use jiff::Timestamp;

/// A result with what was found of its files.
pub struct Part {
    /// The result, or why there is none.
    pub outcome: Outcome,
    /// Its raw file and library.
    pub material: Material,
    /// What identifies the result: the beginning of the SHA-256 of its JSON form.
    pub id: String,
    /// The file that it was read from.
    pub read_from: String,
    /// Whether it is what its record holds, and still stands.
    pub validity: Validity,
}

/// All that a document is made of.
pub struct Statement {
    /// Results of one sample, at least one.
    pub parts: Vec<Part>,
    /// Name of the sample.
    pub sample: Option<String>,
    /// What people know of the sample.
    pub details: Details,
    /// The laboratory's letterhead.
    pub letterhead: Letterhead,
    /// What the laboratory wants at the foot of every page.
    pub foot: Option<String>,
    /// On what it is printed.
    pub paper: Paper,
    /// Moment of issue, RFC 3339.
    pub issued: String,
}

impl Statement {
    /// The moment of an identification that came after the stated moment of issue; `None` where none did. A day of issue
    /// is its whole day.
    pub fn identified_later(&self) -> Option<&str> {
        const DAY: i64 = 24 * 3600;
        let issued: Timestamp = self.issued.parse().ok()?;
        let is_day = self.issued.get(10..19) == Some("T00:00:00");
        let last = issued.as_second() + if is_day { DAY } else { 0 };
        let recorded = self.parts.iter().filter_map(|part| match &part.outcome {
            Outcome::Ranked(result) => result.recorded.as_ref(),
            Outcome::Run(run) => run.recorded.as_ref(),
            Outcome::Failed(_) | Outcome::Case(_) => None,
        });
        let later = |time: &&str| {
            let moment: Option<Timestamp> = time.parse().ok();
            moment.is_some_and(|moment| moment.as_second() > last)
        };
        recorded.map(|r| r.time.as_str()).find(later)
    }
}

/// Writes the document in the language of `texts`.
pub fn document(statement: &Statement, texts: &Texts) -> Document {
    let mut page = Page::new(texts);
    sections::superseded(&mut page, statement);
    sections::head(&mut page, statement);
    let several = statement.parts.len() > 1;
    for (place, part) in statement.parts.iter().enumerate() {
        if several {
            sections::part_heading(&mut page, statement, place);
        }
        match &part.outcome {
            Outcome::Ranked(result) => sections::ranked(&mut page, result, part),
            Outcome::Run(run) => sections::run(&mut page, run, part),
            Outcome::Failed(failure) => sections::failed(&mut page, failure, part),
            Outcome::Case(case) => sections::case(&mut page, case, part),
        }
    }
    sections::foot(&mut page, statement);
    Document {
        title: texts.say(match statement.parts.first().map(|part| &part.outcome) {
            Some(Outcome::Case(_)) => "title-case",
            _ => "title",
        }),
        language: texts.tag().to_owned(),
        running_head: running_head(statement, texts),
        foot: match &statement.foot {
            Some(own) => format!("{own} {}", texts.say("foot")),
            None => texts.say("foot"),
        },
        letterhead: statement.letterhead.clone(),
        phrases: Phrases {
            // The writers put the numbers in.
            page_of: texts.say_with("page-of", &[("page", "{page}"), ("pages", "{pages}")]),
            figure: texts.say("figure"),
            continued: texts.say("continued"),
        },
        creator: format!("specid {}", crate::program::VERSION),
        issued: statement.issued.clone(),
        paper: statement.paper,
        blocks: page.blocks,
    }
}

/// What identifies the document on every page: the report's number, else the result's id; the sample.
fn running_head(statement: &Statement, texts: &Texts) -> String {
    let own = statement.parts.first().map(|part| part.id.clone());
    let number = statement.details.report.clone().or(own);
    let sample = sections::sample_name(statement);
    let sample = sample.map(|name| texts.say_with("running-sample", &[("sample", &name)]));
    let parts: Vec<String> = number.into_iter().chain(sample).collect();
    parts.join(" \u{00b7} ")
}

//! A notice of an unknown: what a laboratory tells others of it, and nothing of its cases.

use super::points::Points;
use super::{Hypothesis, Observation, Unknown};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

/// Most notices of one letter.
const NOTICES: usize = 200;
/// Most points of one spectrum.
const POINTS: usize = 50_000;
/// Most sentences of a hypothesis.
const SENTENCES: usize = 50;
/// Longest sentence, in characters.
const SENTENCE: usize = 2_000;
/// Largest detail of a hypothesis, bytes of JSON.
const DETAIL: usize = 256 << 10;
/// Shortest text of an observation that is looked for in what a notice says.
const TELLING: usize = 4;

/// What the body of a letter holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// One for each unknown.
    pub notices: Vec<Notice>,
}

/// What is told of one unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its id at the publisher.
    pub unknown: String,
    /// 1 for the first notice of it; a later one replaces it.
    pub serial: u32,
    /// Why the notice no longer holds, where it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// What it was found to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// What it may be.
    pub hypothesis: Hypothesis,
    /// How often it was seen.
    pub observations: usize,
    /// By how many laboratories.
    pub laboratories: usize,
    /// Month in which it was first seen: `2026-03`.
    pub first: String,
    /// Month in which it was last seen.
    pub last: String,
    /// The spectrum that stands for it; `None` where the notice was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spectrum: Option<Points>,
}

/// Why a notice cannot be given or taken.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NoticeError {
    /// It is not what a notice is.
    #[error("the notice is not one that this program understands ({0}); ask its publisher")]
    Form(String),
    /// It would tell what belongs to a case.
    #[error(
        "the notice of {unknown} was not written: it would tell {text:?}, which is of {label}; change the hypothesis, the name or the reason"
    )]
    Tells {
        /// The unknown.
        unknown: String,
        /// What it would tell.
        text: String,
        /// Whose it is.
        label: String,
    },
}

fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn is_month(text: &str) -> bool {
    format!("{text}-01").parse::<Date>().is_ok() && text.len() == 7
}

fn is_plain(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

impl Notice {
    /// The notice of an unknown.
    ///
    /// # Errors
    /// [`NoticeError::Tells`] where hypothesis or name hold a text of one of the observations.
    pub fn of(
        unknown: &Unknown,
        spectrum: Points,
        serial: u32,
        observations: &[&Observation],
    ) -> Result<Self, NoticeError> {
        let notice = Self {
            unknown: unknown.id.clone(),
            serial,
            withdrawn: None,
            named: unknown.named.clone(),
            hypothesis: unknown.hypothesis.clone(),
            observations: unknown.count,
            laboratories: unknown.laboratories,
            first: month(unknown.first),
            last: month(unknown.last),
            spectrum: Some(spectrum),
        };
        notice.check_silence(observations)?;
        Ok(notice)
    }

    /// The notice that an earlier one no longer holds.
    ///
    /// # Errors
    /// [`NoticeError::Tells`] where the reason holds a text of one of the observations.
    pub fn withdrawing(
        self,
        reason: &str,
        observations: &[&Observation],
    ) -> Result<Self, NoticeError> {
        let notice = Self {
            withdrawn: Some(reason.to_owned()),
            spectrum: None,
            ..self
        };
        notice.check_silence(observations)?;
        Ok(notice)
    }

    /// That no text of an observation stands in what is told in words.
    fn check_silence(&self, observations: &[&Observation]) -> Result<(), NoticeError> {
        let mut told = self.hypothesis.sentences.join("\n");
        told.push('\n');
        told.push_str(self.named.as_deref().unwrap_or_default());
        told.push('\n');
        told.push_str(self.withdrawn.as_deref().unwrap_or_default());
        strings(&self.hypothesis.detail, &mut told);
        let told = told.to_lowercase();
        for seen in observations {
            let name = seen.path.rsplit(['/', '\\']).next().unwrap_or_default();
            let texts = [&seen.sample, &seen.place, &seen.record, &seen.laboratory];
            let texts = texts.into_iter().flatten().map(String::as_str);
            let day = seen.day.to_string();
            let all = texts.chain([name, &seen.path, &seen.sha256, &day]);
            for text in all.filter(|text| text.chars().count() >= TELLING) {
                if holds(&told, &text.to_lowercase()) {
                    return Err(NoticeError::Tells {
                        unknown: self.unknown.clone(),
                        text: text.to_owned(),
                        label: seen.label(),
                    });
                }
            }
        }
        Ok(())
    }

    fn fault(&self) -> Option<&'static str> {
        let id = &self.unknown;
        let plain_id = id.len() <= 40
            && id.starts_with("U-")
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let texts = self.hypothesis.sentences.iter();
        let mut texts = texts.chain(&self.withdrawn).chain(&self.named);
        let detail = self.hypothesis.detail.to_string().len();
        let sound = |points: &Points| {
            let finite = points.x.iter().all(|x| x.is_finite());
            points.is_sound() && finite && points.y.len() <= POINTS
        };
        match () {
            () if !plain_id => Some("its id is none"),
            () if self.serial == 0 => Some("its number is 0"),
            () if !is_month(&self.first) || !is_month(&self.last) => Some("a month is none"),
            () if self.hypothesis.sentences.len() > SENTENCES => Some("it has too many sentences"),
            () if !texts.all(|text| is_plain(text, SENTENCE)) => {
                Some("a text is too long or holds control characters")
            }
            () if detail > DETAIL => Some("the detail of its hypothesis is too large"),
            () if self.withdrawn.is_none() && self.spectrum.is_none() => Some("it has no spectrum"),
            () if !self.spectrum.as_ref().is_none_or(sound) => {
                Some("its spectrum is damaged or too large")
            }
            () => None,
        }
    }
}

/// Whether a text stands in another as words of its own.
fn holds(told: &str, text: &str) -> bool {
    let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    told.match_indices(text).any(|(at, _)| {
        let before = told.get(..at).and_then(|t| t.chars().next_back());
        let behind = told.get(at + text.len()..).and_then(|t| t.chars().next());
        apart(before) && apart(behind)
    })
}

/// All texts of a value.
fn strings(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push('\n');
            into.push_str(text);
        }
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, item)| {
            into.push('\n');
            into.push_str(name);
            strings(item, into);
        }),
        _ => {}
    }
}

impl Notices {
    /// Reads the body of a letter.
    ///
    /// # Errors
    /// [`NoticeError::Form`] where it is something else or larger than a notice may be.
    pub fn read(body: Value) -> Result<Self, NoticeError> {
        let notices: Self =
            serde_json::from_value(body).map_err(|e| NoticeError::Form(e.to_string()))?;
        let many = notices.notices.len();
        if !(1..=NOTICES).contains(&many) {
            let message = format!("it holds {many} notices, of 1 to {NOTICES}");
            return Err(NoticeError::Form(message));
        }
        for (place, notice) in notices.notices.iter().enumerate() {
            let earlier = notices.notices.iter().take(place);
            let twice = earlier.into_iter().any(|n| n.unknown == notice.unknown);
            let twice = twice.then_some("an unknown is there twice");
            if let Some(fault) = notice.fault().or(twice) {
                return Err(NoticeError::Form(fault.to_owned()));
            }
        }
        Ok(notices)
    }
}

#[cfg(test)]
mod tests;

//! A letterhead's file: TOML with what stands at the head and foot of a laboratory's documents.

use super::logo::LogoError;
use super::model::{Letterhead, Logo, Paper};
use serde::Deserialize;
use thiserror::Error;

/// All keys, for messages.
const KEYS: [&str; 7] = [
    "laboratory",
    "address",
    "accreditation",
    "logo",
    "logo_alt",
    "foot",
    "paper",
];
/// Most lines of an address.
const LINES: usize = 8;
/// Longest text, in characters.
const LONGEST: usize = 300;

/// What a letterhead's file holds; every key may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LetterheadFile {
    /// Name of the laboratory.
    pub laboratory: Option<String>,
    /// Lines of its address.
    pub address: Vec<String>,
    /// Its accreditation: body, number, scope.
    pub accreditation: Option<String>,
    /// Path of its logo, relative to the letterhead's file.
    pub logo: Option<String>,
    /// What the logo shows, for those who do not see it.
    pub logo_alt: Option<String>,
    /// What stands at the foot of every page.
    pub foot: Option<String>,
    /// On what documents are printed.
    pub paper: Paper,
}

/// Why a letterhead's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LetterheadError {
    /// A line is not what is expected.
    #[error("line {line}: {fault}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it, and what to do.
        fault: String,
    },
    /// A value is not what is expected.
    #[error("{key}: {fault}")]
    Value {
        /// The key.
        key: &'static str,
        /// What is wrong with its value, and what to do.
        fault: String,
    },
    /// The logo cannot be used.
    #[error(transparent)]
    Logo(#[from] LogoError),
}

impl LetterheadFile {
    /// Reads the text of a letterhead's file.
    ///
    /// # Errors
    ///
    /// [`LetterheadError`] with line and advice, where it is no TOML, has an unknown key or a value that
    /// cannot be used.
    pub fn parse(text: &str) -> Result<Self, LetterheadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            LetterheadError::Line {
                line: 1 + text.as_bytes()[..at]
                    .iter()
                    .filter(|&&b| b == b'\n')
                    .count(),
                fault: advice(error.message()),
            }
        })?;
        file.check()?;
        Ok(file)
    }

    /// The letterhead; `logo` holds the bytes of the file that [`LetterheadFile::logo`] names.
    ///
    /// # Errors
    ///
    /// [`LetterheadError::Logo`], where the logo is too large or of a kind that is not taken.
    pub fn letterhead(&self, logo: Option<Vec<u8>>) -> Result<Letterhead, LetterheadError> {
        let path = self.logo.as_deref().unwrap_or("of the letterhead");
        let alt = self.logo_alt.clone().or_else(|| self.laboratory.clone());
        let logo = logo
            .map(|bytes| Logo::from_file(path, bytes, alt.unwrap_or_default()))
            .transpose()?;
        Ok(Letterhead {
            laboratory: self.laboratory.clone(),
            lines: self
                .address
                .iter()
                .chain(&self.accreditation)
                .cloned()
                .collect(),
            logo,
        })
    }

    fn check(&self) -> Result<(), LetterheadError> {
        if self.address.len() > LINES {
            let fault = format!("{} lines; at most {LINES} are taken", self.address.len());
            return Err(LetterheadError::Value {
                key: "address",
                fault,
            });
        }
        let texts = [
            ("laboratory", self.laboratory.as_deref()),
            ("accreditation", self.accreditation.as_deref()),
            ("logo", self.logo.as_deref()),
            ("logo_alt", self.logo_alt.as_deref()),
            ("foot", self.foot.as_deref()),
        ];
        let lines = self
            .address
            .iter()
            .map(|line| ("address", Some(line.as_str())));
        for (key, text) in texts.into_iter().chain(lines) {
            let Some(text) = text else { continue };
            let fault = if text.trim().is_empty() {
                "an empty text; write one, or leave the key out".to_owned()
            } else if text.chars().count() > LONGEST {
                format!(
                    "a text of {} characters; at most {LONGEST} are taken",
                    text.chars().count()
                )
            } else {
                continue;
            };
            return Err(LetterheadError::Value { key, fault });
        }
        if self.logo.is_some() && self.logo_alt.is_none() && self.laboratory.is_none() {
            return Err(LetterheadError::Value {
                key: "logo_alt",
                fault: "missing; say what the logo shows, for those who do not see it".to_owned(),
            });
        }
        Ok(())
    }
}

/// TOML's message with what to do.
fn advice(message: &str) -> String {
    let message = message.trim_end().replace('\n', ", ");
    let Some(unknown) = message
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.split('`').next())
    else {
        return format!("{message}; see the example spectra-library/report/letterhead.toml");
    };
    let nearest = KEYS
        .into_iter()
        .map(|key| (key, strsim::jaro_winkler(key, unknown)))
        .filter(|(_, alike)| *alike > 0.8)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    match nearest {
        Some((key, _)) => format!("there is no key {unknown:?}; did you mean {key:?}?"),
        None => format!("there is no key {unknown:?}; there are {}", KEYS.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        LetterheadFile::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn the_example_is_read() {
        let text = include_str!("../../spectra-library/report/letterhead.toml");
        let file = LetterheadFile::parse(text).unwrap();
        assert_eq!(file.paper, Paper::A4);
        assert!(file.laboratory.is_some() && file.foot.is_some());
        // The lines that are commented out are right, too.
        let all: String = text
            .lines()
            .map(|line| {
                line.strip_prefix("#")
                    .filter(|rest| !rest.starts_with(' '))
                    .unwrap_or(line)
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let file = LetterheadFile::parse(&all).unwrap();
        assert!(file.logo.is_some() && file.logo_alt.is_some());
        let letterhead = file.letterhead(None).unwrap();
        assert_eq!(letterhead.lines.len(), file.address.len() + 1);
    }

    #[test]
    fn faults_are_told_with_line_and_advice() {
        assert_eq!(
            fault("paper = \"a4\"\nlaboratry = \"X\"\n"),
            "line 2: there is no key \"laboratry\"; did you mean \"laboratory\"?"
        );
        assert!(
            fault("zzz = 1\n")
                .starts_with("line 1: there is no key \"zzz\"; there are laboratory,")
        );
        let paper = fault("# paper\n\npaper = \"a3\"\n");
        assert!(
            paper.starts_with("line 3: ") && paper.contains("a4") && paper.contains("letter"),
            "{paper}"
        );
        assert!(fault("address = \"one line\"\n").starts_with("line 1: "));
        assert!(fault("laboratory = ").starts_with("line 1: "));
        assert!(fault("foot = \"  \"").starts_with("foot: an empty text"));
        assert!(fault("logo = \"seal.png\"").starts_with("logo_alt: missing"));
        assert!(fault(&format!("foot = {:?}", "x".repeat(301))).contains("301 characters"));
    }

    #[test]
    fn logos_are_checked_and_described() {
        let file = LetterheadFile::parse("laboratory = \"Lab\"\nlogo = \"seal.png\"").unwrap();
        let logo = file
            .letterhead(Some(b"\x89PNG\r\n\x1a\n".to_vec()))
            .unwrap()
            .logo
            .unwrap();
        assert_eq!(logo.alt, "Lab");
        let error = file
            .letterhead(Some(b"GIF89a".to_vec()))
            .unwrap_err()
            .to_string();
        assert!(error.contains("seal.png is a GIF file"), "{error}");
    }
}

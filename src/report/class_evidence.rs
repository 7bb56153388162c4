//! Class evidence of an unknown in the result's form.

use crate::emerging::class::{ClassEvidence, ClassLine, ClassVerdict};
use crate::library::{Library, LibraryError, Rate};
use serde::Serialize;

/// Share of substances of no class that may score as high for a class that the text tells as the nearest.
const SELDOM: f64 = 0.1;
/// Ions that the text tells of each side.
const TOLD: usize = 3;

/// A member of a class that the spectrum resembles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberView {
    /// Its name.
    pub name: String,
    /// Likeness of the spectra, 0 to 1.
    pub likeness: f64,
}

/// What speaks for and against one class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassLineView {
    /// Name for programs.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// What classes are ordered by.
    pub score: f64,
    /// Mean share of the spectrum's neighbourhood and of its first analogues that belongs to the class.
    pub share: f64,
    /// How many of the library's substances of no class score as high for this one.
    pub false_positive_rate: Rate,
    /// Ions that speak for it.
    #[serde(rename = "for")]
    pub speaking: Vec<String>,
    /// Ions that speak against it.
    #[serde(rename = "against")]
    pub opposing: Vec<String>,
    /// Substances of the library that belong to it.
    pub members: usize,
    /// Its members that the spectrum is most like.
    pub nearest: Vec<MemberView>,
}

/// To which class a spectrum's substance belongs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassView {
    /// The class; `None` where the evidence is too weak.
    pub verdict: Option<ClassVerdict>,
    /// Classes by falling score.
    pub ranked: Vec<ClassLineView>,
    /// How many of the library's own members are given their class when they are left out.
    pub found: Option<Rate>,
    /// What the evidence means and what it lacks, one sentence each.
    pub notes: Vec<String>,
}

impl ClassView {
    /// The view of class evidence from `library`.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn of(evidence: &ClassEvidence, library: &Library) -> Result<Self, LibraryError> {
        let line = |line: &ClassLine| {
            let nearest = line.nearest.iter().map(|alike| {
                Ok(MemberView {
                    name: library.entry(alike.entry)?.identity.name,
                    likeness: alike.likeness,
                })
            });
            Ok(ClassLineView {
                id: line.class.id.clone(),
                title: line.class.title.clone(),
                score: line.score,
                share: line.share,
                false_positive_rate: line.false_positive_rate.clone(),
                speaking: line.speaking.clone(),
                opposing: line.opposing.clone(),
                members: line.members,
                nearest: nearest.collect::<Result<_, LibraryError>>()?,
            })
        };
        let ranked = evidence.ranked.iter().map(line);
        Ok(Self {
            verdict: evidence.verdict.clone(),
            ranked: ranked.collect::<Result<_, LibraryError>>()?,
            found: evidence.found.clone(),
            notes: evidence.notes.clone(),
        })
    }

    /// The class by name, with the part that it is most like; `None` where the evidence is too weak.
    pub fn title(&self) -> Option<String> {
        let verdict = self.verdict.as_ref()?;
        let part = match &verdict.part {
            Some(part) => format!(", most like its part: {}", part.title),
            None => String::new(),
        };
        Some(format!("{}{part}", verdict.class.title))
    }

    /// The same with its false-positive rate, as a table has it.
    pub fn words(&self) -> Option<String> {
        let title = self.title()?;
        let line = self.line().map(|line| {
            let rate = 100.0 * line.false_positive_rate.estimate;
            format!(" (false-positive rate {rate:.1} %)")
        });
        Some(format!("{title}{}", line.unwrap_or_default()))
    }

    /// What speaks for and against the class that is given.
    fn line(&self) -> Option<&ClassLineView> {
        let verdict = self.verdict.as_ref()?;
        self.ranked.iter().find(|line| line.id == verdict.class.id)
    }

    /// The class in words, with its error rate and the ions that speak for and against it.
    pub fn sentences(&self) -> Vec<String> {
        let Some(title) = self.title() else {
            let near = |line: &&ClassLineView| line.false_positive_rate.estimate <= SELDOM;
            let first = self.ranked.first().filter(near).map(|line| {
                format!(
                    "Class: none is certain enough; the nearest is {} ({}).",
                    line.title,
                    rate(&line.false_positive_rate)
                )
            });
            return first.into_iter().collect();
        };
        let line = self.line();
        let mut said = vec![match line {
            Some(line) => format!("Class: {title} ({}).", rate(&line.false_positive_rate)),
            None => format!("Class: {title}."),
        }];
        for (side, ions) in [
            ("For", line.map(|l| &l.speaking)),
            ("Against", line.map(|l| &l.opposing)),
        ] {
            let ions: Vec<&str> = ions
                .into_iter()
                .flatten()
                .take(TOLD)
                .map(|s| s.trim_end_matches('.'))
                .collect();
            if !ions.is_empty() {
                said.push(format!("{side} it: {}.", ions.join("; ")));
            }
        }
        said
    }
}

fn rate(rate: &Rate) -> String {
    format!(
        "{:.1} % of the library's substances of no class score as high for it, 95 % interval {:.1} to {:.1} %, n = {}",
        100.0 * rate.estimate,
        100.0 * rate.low,
        100.0 * rate.high,
        rate.n
    )
}

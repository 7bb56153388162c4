//! A result, or the reason why there is none.

use super::{Case, OfPeak, Program, Ranked, Run, Source};
use crate::evidence;
use crate::report::{SCHEMA, run};
use serde::Deserialize;
use serde_json::Value;

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Failure {
    /// Where the spectrum was looked for.
    pub source: Source,
    /// The peak of a GC-MS run that it is of.
    #[serde(default)]
    pub peak: Option<OfPeak>,
    /// The reason.
    pub error: Reason,
    /// The program.
    #[serde(default)]
    pub program: Program,
}

/// Reason of a failure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Reason {
    /// One sentence.
    pub message: String,
}

/// A result or the reason why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A result.
    Ranked(Box<Ranked>),
    /// The peaks of a run.
    Run(Box<Run>),
    /// None.
    Failed(Box<Failure>),
    /// The results of several techniques on a sample.
    Case(Box<Case>),
}

impl Outcome {
    /// Reads it from its JSON form.
    ///
    /// # Errors
    /// One sentence where it is none, or incomplete.
    pub fn read(value: &Value) -> Result<Self, String> {
        let schema = value.get("schema").and_then(Value::as_str);
        if schema == Some(evidence::SCHEMA) {
            return Case::deserialize(value)
                .map(|mut case| {
                    case.source.path = case.sample.clone().unwrap_or_default();
                    case.source.id = case.sample.clone();
                    Self::Case(Box::new(case))
                })
                .map_err(|e| {
                    format!("the case is incomplete ({e}); make it again with `specid case --format json`")
                });
        }
        if !schema.is_some_and(|schema| [SCHEMA, run::SCHEMA].contains(&schema)) {
            return Err(format!(
                "expected a result of `specid identify` with schema {SCHEMA:?} or {:?}, found schema {:?}",
                run::SCHEMA,
                schema.unwrap_or("none")
            ));
        }
        let incomplete = |e: serde_json::Error| {
            format!(
                "the result is incomplete ({e}); make it again with `specid identify --format json`"
            )
        };
        let is_failure = value.get("error").is_some_and(|e| !e.is_null());
        if !is_failure && schema == Some(run::SCHEMA) {
            return Run::deserialize(value)
                .map(|run| Self::Run(Box::new(run)))
                .map_err(incomplete);
        }
        Ok(match is_failure {
            true => Self::Failed(
                Failure::deserialize(value)
                    .map(Box::new)
                    .map_err(incomplete)?,
            ),
            false => Self::Ranked(
                Ranked::deserialize(value)
                    .map(Box::new)
                    .map_err(incomplete)?,
            ),
        })
    }

    /// Where the spectrum came from.
    pub fn source(&self) -> &Source {
        match self {
            Self::Ranked(result) => &result.source,
            Self::Run(run) => &run.source,
            Self::Failed(failure) => &failure.source,
            Self::Case(case) => &case.source,
        }
    }

    /// The program that made it.
    pub fn program(&self) -> &Program {
        match self {
            Self::Ranked(result) => &result.program,
            Self::Run(run) => &run.program,
            Self::Failed(failure) => &failure.program,
            Self::Case(case) => &case.program,
        }
    }
}

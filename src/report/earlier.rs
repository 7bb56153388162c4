//! Results as the program wrote them earlier, read back to be asked again.

use super::identification::SCHEMA;
use crate::decide::VerdictLevel;
use serde::Deserialize;
use serde_json::Value;

/// An earlier result.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// Path of the raw file as it was given then.
    pub path: String,
    /// Position of the spectrum in it, from 0.
    pub index: usize,
    /// Number (from 1) and retention time (min) of the peak of a GC-MS run that the spectrum is of; `None` for a
    /// spectrum of the file itself.
    pub peak: Option<(usize, f64)>,
    /// The record's own id or title.
    pub id: Option<String>,
    /// SHA-256 of the raw file.
    pub sha256: Option<String>,
    /// The verdict then.
    pub level: VerdictLevel,
    /// The identified set then.
    pub substances: Vec<String>,
    /// Name of the best candidate then.
    pub best: Option<String>,
    /// Generation of the library that was searched.
    pub generation: u64,
    /// Its content hash.
    pub hash: String,
}

#[derive(Deserialize)]
struct Written {
    source: Source,
    #[serde(default)]
    peak: Option<Peak>,
    library: Library,
    verdict: Verdict,
    #[serde(default)]
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Source {
    path: String,
    index: usize,
    id: Option<String>,
    sha256: Option<String>,
}

#[derive(Deserialize)]
struct Peak {
    number: usize,
    retention_min: f64,
}

#[derive(Deserialize)]
struct Library {
    generation: u64,
    hash: String,
}

#[derive(Deserialize)]
struct Verdict {
    level: VerdictLevel,
    #[serde(default)]
    substances: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    name: String,
}

/// What a record of results is.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A result with a verdict.
    Result(Earlier),
    /// A file or spectrum that could not be used then.
    Failure,
}

impl Record {
    /// Reads a result in its JSON form.
    ///
    /// # Errors
    /// One sentence where it is not a result of this program.
    pub fn read(value: Value) -> Result<Self, String> {
        let schema = value.get("schema").and_then(Value::as_str);
        if schema != Some(SCHEMA) {
            return Err(format!(
                "expected a result of `specid identify` with schema {SCHEMA:?}, found schema {:?}",
                schema.unwrap_or("none")
            ));
        }
        if value.get("error").is_some_and(|e| !e.is_null()) {
            return Ok(Self::Failure);
        }
        let written: Written =
            serde_json::from_value(value).map_err(|e| format!("the result is incomplete ({e})"))?;
        Ok(Self::Result(Earlier {
            path: written.source.path,
            index: written.source.index,
            peak: written.peak.map(|p| (p.number, p.retention_min)),
            id: written.source.id,
            sha256: written.source.sha256,
            level: written.verdict.level,
            substances: written
                .verdict
                .substances
                .into_iter()
                .map(|s| s.name)
                .collect(),
            best: written.candidates.into_iter().next().map(|c| c.name),
            generation: written.library.generation,
            hash: written.library.hash,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_result_a_failure_and_what_is_neither() {
        let result = json!({
            "schema": SCHEMA,
            "source": {"path": "a.msp", "index": 2, "id": null, "sha256": "00"},
            "verdict": {"level": "not-in-library", "reasons": []},
            "candidates": [{"name": "Alpha", "score": 0.2}],
            "library": {"name": "l", "generation": 4, "hash": "ab"}
        });
        let Ok(Record::Result(earlier)) = Record::read(result.clone()) else {
            panic!("a result was not read");
        };
        assert_eq!((earlier.index, earlier.generation), (2, 4));
        assert_eq!(earlier.level, VerdictLevel::NotInLibrary);
        assert_eq!(earlier.best.as_deref(), Some("Alpha"));
        let failure = json!({"schema": SCHEMA, "error": {"kind": "io", "message": "x"}});
        assert_eq!(Record::read(failure), Ok(Record::Failure));
        let mut cut = result;
        cut.as_object_mut().unwrap().remove("library");
        assert!(Record::read(cut).unwrap_err().contains("incomplete"));
        assert!(Record::read(json!({"a": 1})).unwrap_err().contains(SCHEMA));
    }
}

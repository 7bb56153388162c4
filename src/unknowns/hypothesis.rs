//! What an unknown may be.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is thought of an unknown: sentences for people, and the same for programs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hypothesis {
    /// One thought each.
    pub sentences: Vec<String>,
    /// The same in the form that the program has for it; may be null.
    #[serde(default)]
    pub detail: Value,
}

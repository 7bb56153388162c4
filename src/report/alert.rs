//! That a spectrum is like an unknown which another laboratory gave notice of.

use serde::{Deserialize, Serialize};

/// An alert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Id of the unknown at its publisher.
    pub notice: String,
    /// Who gave notice of it.
    pub publisher: String,
    /// How alike they are, 1 for equal ones.
    pub similarity: f64,
    /// What its publisher found it to be.
    pub named: Option<String>,
    /// What its publisher thinks that it may be, one sentence each.
    pub hypothesis: Vec<String>,
}

impl Alert {
    /// The alert as sentences.
    pub fn sentence(&self) -> String {
        let mut text = format!(
            "ALERT: this is like the unknown {} that {} gave notice of (similarity {:.2}).",
            self.notice, self.publisher, self.similarity
        );
        if let Some(named) = &self.named {
            text.push_str(&format!(" They found it to be {named}."));
        }
        if let Some(first) = self.hypothesis.first() {
            text.push_str(&format!(" They say: {first}"));
        }
        text
    }
}

//! Control status of a candidate, as a result tells it.

use crate::spectrum::Identity;
use crate::substance::{Form, Instrument, MatchedBy, On, Register, Standing};
use serde::Serialize;

/// The law that statuses are told by: the register's rules on a day.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// Substances and rules.
    pub register: &'a Register,
    /// The day.
    pub on: On,
}

/// Control status of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlView {
    /// The strictest status that is possible, in words.
    pub status: String,
    /// Its list; `None` where the substance is not in the register.
    pub instrument: Option<Instrument>,
    /// Day, month or year since which it stands.
    pub since: Option<String>,
    /// The decision, as the register words it.
    pub decision: Option<String>,
    /// Whether the register's entry was checked against a published list.
    pub checked: bool,
    /// How the substance was found in the register.
    pub matched_by: Option<MatchedBy>,
    /// The day that was asked for (ISO); `None` for the newest law that the register knows.
    pub on: Option<String>,
    /// Every status that it may have, strictest first, each with entry, source and reason.
    pub possible: Vec<Standing>,
    /// What else must be known: entries before or after that day, caveats.
    pub remarks: Vec<String>,
}

impl ControlView {
    /// Every status that is possible, each once, strictest first: `1971 Schedule III or 1988 Table I`.
    pub fn words(&self) -> String {
        let mut words: Vec<&str> = self.possible.iter().map(|s| s.status).collect();
        words.dedup();
        words.join(" or ")
    }

    /// Whether more than one status is possible.
    pub fn is_open(&self) -> bool {
        self.possible.iter().any(|s| s.status != self.status)
    }
}

impl<'a> Law<'a> {
    /// The newest law that the register knows.
    pub fn newest(register: &'a Register) -> Self {
        Self {
            register,
            on: On::Newest,
        }
    }

    /// The status of a substance.
    pub fn status(&self, identity: &Identity, form: Form) -> ControlView {
        let status = self.register.status(identity, self.on, form);
        let strictest = status.strictest();
        let listed = strictest.instrument;
        ControlView {
            status: listed.status().to_owned(),
            instrument: (listed != Instrument::Unregistered).then_some(listed),
            since: strictest.since.clone(),
            decision: strictest.decision.clone(),
            checked: strictest.checked,
            matched_by: self.register.find(identity).map(|(_, by)| by),
            on: self.on.day().map(|day| day.to_string()),
            possible: status.standings().to_vec(),
            remarks: status.remarks,
        }
    }
}

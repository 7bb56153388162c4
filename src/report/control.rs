//! Control status of a candidate, as a result tells it.

use crate::national::NationalStatus;
use crate::spectrum::Identity;
use crate::substance::{Form, Instrument, MatchedBy, On, Register, Standing};
use jiff::civil::Date;
use serde::Serialize;

/// The law that statuses are told by: the register's rules on a day.
#[derive(Clone, Copy)]
pub struct Law<'a> {
    /// Substances and rules.
    pub register: &'a Register,
    /// The day.
    pub on: On,
    /// What a country's own law says of a substance on a day; `None` where no country was asked for.
    pub national: Option<&'a National<'a>>,
}

/// What a country's own law says of a substance on a day.
pub type National<'a> = dyn Fn(&Identity, Option<Date>) -> Option<NationalStatus> + Sync + 'a;

impl std::fmt::Debug for Law<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let national = self.national.is_some();
        f.debug_struct("Law")
            .field("on", &self.on)
            .field("national", &national)
            .finish_non_exhaustive()
    }
}

/// Control status of a candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// What a country's own law says, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national: Option<NationalStatus>,
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
            national: None,
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
            national: self
                .national
                .and_then(|national| national(identity, self.on.day())),
        }
    }
}

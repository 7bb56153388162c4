//! What is said of a status: by what, since when, and what else must be known.

use super::evaluate::{Fit, Question};
use super::{Basis, InForce, Instrument, Kind, Rule, Standing};
use crate::substance::salt;

impl Question<'_> {
    /// By what a rule covers the subject, and that in words.
    pub(super) fn basis(&self, rule: &Rule, fit: Fit) -> (Basis, String) {
        let name = rule.label();
        match (fit, rule.kind) {
            (Fit::Possible, _) if self.is_flat() => (
                Basis::Stereoisomer,
                format!("if it is {name}: which stereoisomer it is is not stated"),
            ),
            (Fit::Possible | Fit::Other, _) => (
                Basis::Stereoisomer,
                format!("if it is {name}: the measurement does not tell stereoisomers"),
            ),
            (Fit::Isomer, _) => (
                Basis::Stereoisomer,
                format!(
                    "a stereoisomer of {name}; {}",
                    self.citation(rule, "covered")
                ),
            ),
            (Fit::Same, Kind::Group) => (
                Basis::GroupMember,
                format!("a named member of the group {:?}", rule.entry),
            ),
            (Fit::Same, Kind::Ester | Kind::Ether) => (
                Basis::EsterOrEther,
                format!(
                    "an ester, ether or derivative of {}; {}",
                    rule.entry,
                    self.citation(rule, "covered")
                ),
            ),
            (Fit::Same, _) => (Basis::Substance, self.named(rule)),
        }
    }

    /// How a list names a substance.
    pub(super) fn named(&self, rule: &Rule) -> String {
        match rule.list {
            Instrument::Surveillance => "in no table; publicly known to be under special surveillance; the list itself goes to authorities only".to_owned(),
            Instrument::Unverified => "a control is reported, and not confirmed".to_owned(),
            _ => format!("entry {:?}", rule.entry),
        }
    }

    pub(super) fn citation(&self, rule: &Rule, what: &str) -> String {
        let scope = self.register.rules().scope(rule.list);
        scope.map_or_else(|| what.to_owned(), |s| format!("{what} ({})", s.citation))
    }

    pub(super) fn perhaps(&self, rule: &Rule) -> String {
        let on = self.on.day().map(|d| d.to_string()).unwrap_or_default();
        let (since, until) = (rule.since().unwrap_or_default(), rule.to);
        match until.filter(|to| self.on.day().is_some_and(|d| d >= to.first())) {
            Some(to) => format!(
                "it ended in {to}, on a day that the register does not know, so it may have ended by {on}"
            ),
            None if rule.from.is_some() => format!(
                "it came into force in {since}, on a day that the register does not know, so it may not have been in force on {on}"
            ),
            None => format!(
                "it was decided in {since}; the register does not know the day in force, so it may not have been in force on {on}"
            ),
        }
    }

    pub(super) fn before_or_after(&self, rule: &Rule) -> Option<String> {
        let list = rule.list.status();
        if rule.kind == Kind::Exclusion {
            return None;
        }
        match (rule.in_force(self.on), rule.to) {
            (InForce::Later, _) => {
                let since = rule.since()?;
                let word = if rule.from.is_some() {
                    "from"
                } else {
                    "decided in"
                };
                Some(format!("{}: {list} {word} {since}.", rule.name))
            }
            (_, Some(to)) => Some(format!("{}: {list} until {to}.", rule.name)),
            _ => None,
        }
    }

    pub(super) fn standing(
        &self,
        rule: &Rule,
        list: Instrument,
        basis: Basis,
        reason: String,
    ) -> Standing {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Standing {
            instrument: list,
            status: list.status(),
            substance: rule.label().to_owned(),
            entry: given(&rule.entry),
            basis,
            since: rule.since(),
            until: rule.to.map(|w| w.to_string()),
            decision: given(&rule.decision),
            source: given(&rule.source),
            checked: rule.checked,
            reason,
        }
    }

    /// The status of what no rule in force covers for certain.
    pub(super) fn unlisted(&self) -> Standing {
        let on = self
            .on
            .day()
            .map(|d| format!(" on {d}"))
            .unwrap_or_default();
        let name = self.subject.substance.identity.name.clone();
        let salt = self.subject.salt.map(|s| format!("{s} of "));
        Standing {
            reason: format!(
                "no entry known to the register covers {}{name}{on}; that does not mean that it is legal",
                salt.unwrap_or_default()
            ),
            substance: name,
            ..plain(Instrument::None, Basis::NotListed)
        }
    }

    /// What is said of a salt of hydrochloric or sulphuric acid that is in no list.
    pub(super) fn salt_of_excluded(&self) -> Option<String> {
        let (label, parent) = salt::of(self.subject.name)?;
        let acid = match (label, parent.as_str()) {
            ("hydrochloride", _) | (_, "hydrochloricacid") => "hydrochloric",
            ("sulfate", _) | (_, "sulphuricacid") => "sulphuric",
            _ => return None,
        };
        Some(format!(
            "Salts of {acid} acid are specifically excluded from 1988 Table II."
        ))
    }

    pub(super) fn later_than_known(&self) -> Option<String> {
        let (day, known) = (self.on.day()?, self.register.rules().complete_to()?);
        (day > known.last()).then(|| {
            format!("The register holds the decisions up to {known}; later ones are not in it, unless an entry says so.")
        })
    }
}

fn plain(instrument: Instrument, basis: Basis) -> Standing {
    Standing {
        instrument,
        status: instrument.status(),
        substance: String::new(),
        entry: None,
        basis,
        since: None,
        until: None,
        decision: None,
        source: None,
        checked: false,
        reason: String::new(),
    }
}

/// The status of what the register does not know.
pub(super) fn unregistered(name: &str) -> Standing {
    Standing {
        substance: name.to_owned(),
        reason: "the register does not know it; it may be listed".to_owned(),
        ..plain(Instrument::Unregistered, Basis::Unregistered)
    }
}

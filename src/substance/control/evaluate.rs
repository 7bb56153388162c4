//! From a substance, a day and a form to every status that it may have.

use super::wording::unregistered;
use super::{Basis, Form, InForce, Instrument, Kind, On, Rule, Salts, Standing, Status, Stereo};
use crate::spectrum::Identity;
use crate::substance::register::{Register, Substance};
use crate::substance::salt;

/// Second block of an InChIKey that states no stereochemistry.
const FLAT: &str = "UHFFFAOYSA";

/// What is asked for: the substance itself, where a name says a salt its base or acid.
pub(super) struct Subject<'a> {
    pub name: &'a str,
    pub substance: &'a Substance,
    pub key: Option<&'a str>,
    pub salt: Option<&'static str>,
}

pub(super) struct Question<'a> {
    pub register: &'a Register,
    pub subject: Subject<'a>,
    pub on: On,
    pub form: Form,
}

/// How a rule concerns the subject.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fit {
    /// It is what the rule draws.
    Same,
    /// Another stereoisomer, which the rule covers.
    Isomer,
    /// Another stereoisomer, or one that is not stated: it may be what the rule draws.
    Possible,
    /// Another stereoisomer, which the rule does not cover.
    Other,
}

impl Register {
    /// Every status that a substance may have, strictest first.
    ///
    /// A salt that the register does not know is found by its name through its base or acid.
    pub fn status(&self, identity: &Identity, on: On, form: Form) -> Status {
        match self.subject(identity) {
            Some(subject) => Question {
                register: self,
                subject,
                on,
                form,
            }
            .answer(),
            None => Status::new(on, unregistered(&identity.name), Vec::new(), Vec::new()),
        }
    }

    /// The substance of the register that an identity is, or whose salt it is.
    pub fn substance_of(&self, identity: &Identity) -> Option<&Substance> {
        let salt = || salt::of(&identity.name).and_then(|(_, parent)| self.named(&parent));
        self.find(identity).map(|(found, _)| found).or_else(salt)
    }

    /// The rules in force on that day that name a mirror image or racemate of which the register has no entry of its
    /// own, other than this identity.
    pub fn listed_isomers(&self, identity: &Identity, on: On) -> Vec<&Rule> {
        let (Some(skeleton), Some(own)) = (identity.skeleton(), identity.inchikey.as_deref())
        else {
            return Vec::new();
        };
        let drawn = |rule: &&Rule| {
            let other = rule.inchikey.as_deref().filter(|key| *key != own);
            let same = other.is_some_and(|key| key.get(..14) == Some(skeleton));
            let force = matches!(rule.in_force(on), InForce::Yes | InForce::Perhaps);
            same && force && rule.kind == Kind::Enantiomer
        };
        let rules = self.rules().of(Some(skeleton), &identity.name);
        rules.filter(drawn).collect()
    }

    fn subject<'a>(&'a self, identity: &'a Identity) -> Option<Subject<'a>> {
        let salt = salt::of(&identity.name);
        let of_salt = salt.and_then(|(label, parent)| Some((label, self.named(&parent)?)));
        match (self.find(identity), of_salt) {
            (Some((substance, _)), of_salt) => Some(Subject {
                name: &identity.name,
                substance,
                key: key(identity, substance),
                salt: of_salt
                    .filter(|(_, parent)| parent.identity == substance.identity)
                    .map(|(label, _)| label),
            }),
            (None, Some((label, substance))) => Some(Subject {
                name: &identity.name,
                substance,
                key: substance.identity.inchikey.as_deref(),
                salt: Some(label),
            }),
            (None, None) => None,
        }
    }
}

/// The InChIKey that rules are asked for: that of the identity, but where it is of another skeleton (a tautomer,
/// found by CAS number and name) or none, that of the substance.
fn key<'a>(identity: &'a Identity, substance: &'a Substance) -> Option<&'a str> {
    let same = identity.skeleton() == substance.identity.skeleton();
    let own = identity.inchikey.as_deref().filter(|_| same);
    own.or(substance.identity.inchikey.as_deref())
}

impl Question<'_> {
    fn answer(&self) -> Status {
        let skeleton = self.subject.key.and_then(|k| k.get(..14));
        let name = &self.subject.substance.identity.name;
        let rules: Vec<(&Rule, Fit)> = self
            .register
            .rules()
            .of(skeleton, name)
            .map(|rule| (rule, self.fit(rule)))
            .collect();
        let excluded = |list| {
            rules.iter().any(|(rule, fit)| {
                let hit = rule.kind == Kind::Exclusion && rule.list == list && *fit == Fit::Same;
                hit && !self.form.leaves_stereo_open()
            })
        };
        let (mut found, mut remarks, mut own) = (Vec::new(), Vec::new(), false);
        for (rule, fit) in &rules {
            if *fit == Fit::Isomer && excluded(rule.list) {
                continue;
            }
            match (fit, rule.in_force(self.on)) {
                (Fit::Other, InForce::Yes | InForce::Perhaps) => {
                    remarks.push(format!(
                        "Its stereoisomer {} is in {}.",
                        rule.label(),
                        rule.list.status()
                    ));
                }
                (Fit::Other, _) => {}
                (_, InForce::Later | InForce::Ended) => remarks.extend(self.before_or_after(rule)),
                (fit, force) => {
                    own |= force == InForce::Yes && (*fit != Fit::Possible || self.is_flat());
                    found.extend(self.standings(rule, *fit, force));
                }
            }
        }
        // Of a transfer from one list to another it is on either.
        let perhaps = |ending| {
            rules.iter().any(|(rule, fit)| {
                let open = rule.in_force(self.on) == InForce::Perhaps;
                open && *fit != Fit::Other && rule.may_have_ended(self.on) == ending
            })
        };
        own |= perhaps(true) && perhaps(false);
        let first = match found.is_empty() || !own {
            true => self.unlisted(),
            false => found.remove(0),
        };
        if found.is_empty() && !first.instrument.is_listing() {
            remarks.extend(self.salt_of_excluded());
        }
        remarks.extend(self.later_than_known());
        Status::new(self.on, first, found, remarks)
    }

    /// Whether the subject's stereochemistry is not stated.
    pub(super) fn is_flat(&self) -> bool {
        let second = self.subject.key.and_then(|k| k.get(15..25));
        second == Some(FLAT)
    }

    fn fit(&self, rule: &Rule) -> Fit {
        let (own, drawn) = (self.subject.key, rule.inchikey.as_deref());
        let same =
            own == drawn && (own.is_some() || rule.name == self.subject.substance.identity.name);
        match rule.stereo {
            _ if same => Fit::Same,
            Stereo::All if rule.kind != Kind::Exclusion => Fit::Isomer,
            _ if self.is_flat() || self.form.leaves_stereo_open() => Fit::Possible,
            _ => Fit::Other,
        }
    }

    /// What a rule in force makes of the subject: mostly one status, two where it may be a salt that is left out.
    fn standings(&self, rule: &Rule, fit: Fit, force: InForce) -> Vec<Standing> {
        let list = rule.list.status();
        if rule.kind == Kind::Exclusion {
            return vec![self.standing(
                rule,
                Instrument::None,
                Basis::Excluded,
                format!("{} is specifically left out: {}.", rule.name, rule.entry),
            )];
        }
        let left_out = || {
            let text = format!(
                "salts of {} are specifically left out of {list}.",
                rule.name
            );
            self.standing(rule, Instrument::None, Basis::Excluded, text)
        };
        let (mut basis, mut reason) = self.basis(rule, fit);
        match (self.subject.salt, rule.salts) {
            (Some(_), Salts::Excluded) => return vec![left_out()],
            (Some(salt), Salts::Impossible) => {
                basis = Basis::Salt;
                reason = format!(
                    "the name says {salt}; to the register {} forms no salts, so look at the name; {reason}",
                    rule.label()
                );
            }
            (Some(salt), Salts::Covered) => {
                let covered = self.citation(rule, "salts are covered");
                basis = Basis::Salt;
                reason = format!("{salt} of {}; {covered}", rule.label());
                if fit == Fit::Possible {
                    reason = format!("{}; {reason}", self.basis(rule, fit).1);
                }
            }
            (None, _) => {}
        }
        if force == InForce::Perhaps {
            reason = format!("{reason}; {}", self.perhaps(rule));
        }
        if self.form == Form::Preparation {
            basis = Basis::Preparation;
            let scope = self.register.rules().scope(rule.list);
            let text = scope.map_or("", |s| s.preparations.as_str());
            reason = format!("{reason}; in a preparation: {text}");
        }
        let standing = self.standing(rule, rule.list, basis, reason);
        let open = self.form.leaves_salt_open() && rule.salts == Salts::Excluded;
        std::iter::once(standing)
            .chain(open.then(left_out))
            .collect()
    }
}

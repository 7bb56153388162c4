//! From a substance, a day and a form to every status that it may have.

use super::{Basis, Form, InForce, Instrument, Kind, On, Rule, Salts, Standing, Status, Stereo};
use crate::spectrum::Identity;
use crate::substance::register::{Register, Substance};
use crate::substance::salt;

/// Second block of an InChIKey that states no stereochemistry.
const FLAT: &str = "UHFFFAOYSA";

/// What is asked for: the substance itself, where a name says a salt its base or acid.
struct Subject<'a> {
    substance: &'a Substance,
    key: Option<&'a str>,
    salt: Option<&'static str>,
}

struct Question<'a> {
    register: &'a Register,
    subject: Subject<'a>,
    on: On,
    form: Form,
}

/// How a rule concerns the subject.
#[derive(Clone, Copy, PartialEq)]
enum Fit {
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

    fn subject<'a>(&'a self, identity: &'a Identity) -> Option<Subject<'a>> {
        let salt = salt::of(&identity.name);
        let of_salt = salt.and_then(|(label, parent)| Some((label, self.named(&parent)?)));
        let key = identity.inchikey.as_deref();
        match (self.find(identity), of_salt) {
            (Some((substance, _)), of_salt) => Some(Subject {
                substance,
                key: key.or(substance.identity.inchikey.as_deref()),
                salt: of_salt
                    .filter(|(_, parent)| parent.identity == substance.identity)
                    .map(|(label, _)| label),
            }),
            (None, Some((label, substance))) => Some(Subject {
                substance,
                key: substance.identity.inchikey.as_deref(),
                salt: Some(label),
            }),
            (None, None) => None,
        }
    }
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
                        rule.name,
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
    fn is_flat(&self) -> bool {
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
        let (basis, mut reason) = match (self.subject.salt, rule.salts) {
            (Some(_), Salts::Excluded) => return vec![left_out()],
            (Some(salt), Salts::Impossible) => (
                Basis::Salt,
                format!(
                    "the name says {salt}; to the register {} forms no salts, so look at the name",
                    rule.name
                ),
            ),
            (Some(salt), Salts::Covered) => (
                Basis::Salt,
                format!(
                    "{salt} of {}; {}",
                    rule.name,
                    self.citation(rule, "salts are covered")
                ),
            ),
            (None, _) => self.basis(rule, fit),
        };
        if force == InForce::Perhaps {
            reason = format!("{reason}; {}", self.perhaps(rule));
        }
        let mut basis = basis;
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

    fn basis(&self, rule: &Rule, fit: Fit) -> (Basis, String) {
        let name = &rule.name;
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
    fn named(&self, rule: &Rule) -> String {
        match rule.list {
            Instrument::Surveillance => "in no table; publicly known to be under special surveillance; the list itself goes to authorities only".to_owned(),
            Instrument::Unverified => "a control is reported, and not confirmed".to_owned(),
            _ => format!("entry {:?}", rule.entry),
        }
    }

    fn citation(&self, rule: &Rule, what: &str) -> String {
        let scope = self.register.rules().scope(rule.list);
        scope.map_or_else(|| what.to_owned(), |s| format!("{what} ({})", s.citation))
    }

    fn perhaps(&self, rule: &Rule) -> String {
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

    fn before_or_after(&self, rule: &Rule) -> Option<String> {
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

    fn standing(&self, rule: &Rule, list: Instrument, basis: Basis, reason: String) -> Standing {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Standing {
            instrument: list,
            status: list.status(),
            substance: rule.name.clone(),
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
    fn unlisted(&self) -> Standing {
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

    /// A hydrochloride or sulfate of something that is in no list.
    fn salt_of_excluded(&self) -> Option<String> {
        let acid = match self.subject.salt? {
            "hydrochloride" => "hydrochloric",
            "sulfate" => "sulphuric",
            _ => return None,
        };
        Some(format!(
            "Salts of {acid} acid are specifically excluded from 1988 Table II."
        ))
    }

    fn later_than_known(&self) -> Option<String> {
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

fn unregistered(name: &str) -> Standing {
    Standing {
        substance: name.to_owned(),
        reason: "the register does not know it; it may be listed".to_owned(),
        ..plain(Instrument::Unregistered, Basis::Unregistered)
    }
}

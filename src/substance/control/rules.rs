//! The rules, read from `spectra-library/lists.tsv` and `spectra-library/control.tsv`.

use super::{Instrument, Kind, Rule, Salts, Scope, Stereo, When};
use crate::spectrum::Identity;
use crate::substance::table::{Column, Fault, Table};
use std::collections::HashMap;
use thiserror::Error;

/// A row that cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}, line {line}: {message}")]
pub struct RulesError {
    /// Name of the file.
    pub file: &'static str,
    /// Line, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

/// All rules, with look-ups by skeleton and by the register's name.
#[derive(Debug, Default)]
pub struct Rules {
    scopes: Vec<Scope>,
    rules: Vec<Rule>,
    complete_to: Option<When>,
    by_skeleton: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Rules {
    /// Reads the lists and their entries from tab-separated text. A comment line
    /// `# complete_to: 2025-03` says up to when decisions are in them.
    ///
    /// # Errors
    /// [`RulesError`] with the line of the first row that breaks the format.
    pub fn parse(lists: &str, control: &str) -> Result<Self, RulesError> {
        let mut rules = Self {
            scopes: rows("lists.tsv", lists, SCOPE, scope)?,
            ..Self::default()
        };
        for rule in rows("control.tsv", control, RULE, rule)? {
            rules.add(rule);
        }
        let comments = control.lines().filter_map(|l| l.strip_prefix('#'));
        let stated = comments.filter_map(|l| l.trim().strip_prefix("complete_to:"));
        let mut dates = stated.filter_map(|text| When::parse(text.split_whitespace().next()?));
        rules.complete_to = dates.next();
        Ok(rules)
    }

    fn add(&mut self, rule: Rule) {
        let index = self.rules.len();
        let skeleton = rule.inchikey.as_deref().and_then(|k| k.get(..14));
        let place = match skeleton {
            Some(skeleton) => self.by_skeleton.entry(skeleton.to_owned()),
            None => self.by_name.entry(rule.name.clone()),
        };
        place.or_default().push(index);
        self.rules.push(rule);
    }

    /// All rules, as they stand in the file.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// What the lists say in general.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// What a list says in general.
    pub fn scope(&self, list: Instrument) -> Option<&Scope> {
        self.scopes.iter().find(|scope| scope.list == list)
    }

    /// Up to when decisions are in the rules.
    pub fn complete_to(&self) -> Option<When> {
        self.complete_to
    }

    /// The rules for all substances that share an identity's skeleton.
    pub fn on_skeleton(&self, identity: &Identity) -> impl Iterator<Item = &Rule> {
        self.of(identity.skeleton(), &identity.name)
    }

    /// The rules for substances of a skeleton, or of this name where they have no structure.
    pub(super) fn of(&self, skeleton: Option<&str>, name: &str) -> impl Iterator<Item = &Rule> {
        let by_skeleton = skeleton.and_then(|s| self.by_skeleton.get(s));
        let indices = by_skeleton.or_else(|| self.by_name.get(name));
        indices.into_iter().flatten().map(|i| &self.rules[*i])
    }
}

/// Rows of a text, each taken from its cells in the order of these headings.
fn rows<const N: usize, T>(
    file: &'static str,
    text: &str,
    headings: [&str; N],
    take: impl Fn([String; N]) -> Result<T, String>,
) -> Result<Vec<T>, RulesError> {
    let wrong = |Fault { line, message }: Fault| RulesError {
        file,
        line: line as u64,
        message,
    };
    let table = Table::of(text);
    let columns: Result<Vec<Column>, Fault> =
        headings.iter().map(|name| table.column(name)).collect();
    let columns = columns.map_err(wrong)?;
    let mut found = Vec::new();
    for row in table {
        let row = row.map_err(wrong)?;
        let taken = take(std::array::from_fn(|at| row.text(columns[at])));
        let line = row.line;
        found.push(taken.map_err(|message| wrong(Fault { line, message }))?);
    }
    Ok(found)
}

fn instrument(code: &str) -> Result<Instrument, String> {
    Instrument::parse(code).ok_or_else(|| format!("unknown list {code:?}"))
}

fn flag(column: &str, text: &str) -> Result<bool, String> {
    match text {
        "yes" | "all" => Ok(true),
        "no" | "stated" => Ok(false),
        other => Err(format!("{column}: expected yes or no, found {other:?}")),
    }
}

fn date(column: &str, text: &str) -> Result<Option<When>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong =
        || format!("{column}: expected a date such as 2024-12-03, 2024-12 or 2024, found {text:?}");
    When::parse(text).map(Some).ok_or_else(wrong)
}

/// Headings of the lists.
const SCOPE: [&str; 7] = [
    "list",
    "title",
    "isomers",
    "esters_ethers",
    "salts",
    "preparations",
    "citation",
];

fn scope(
    [
        list,
        title,
        isomers,
        esters_ethers,
        salts,
        preparations,
        citation,
    ]: [String; 7],
) -> Result<Scope, String> {
    Ok(Scope {
        list: instrument(&list)?,
        title,
        isomers: flag("isomers", &isomers)?,
        esters_ethers: flag("esters_ethers", &esters_ethers)?,
        salts: flag("salts", &salts)?,
        preparations,
        citation,
    })
}

/// Headings of the rules.
const RULE: [&str; 14] = [
    "list", "entry", "kind", "name", "inchikey", "stereo", "salts", "decided", "from", "to",
    "decision", "source", "checked", "notes",
];

fn rule(cells: [String; 14]) -> Result<Rule, String> {
    let [
        list,
        entry,
        kind,
        name,
        inchikey,
        stereo,
        salts,
        decided,
        from,
        to,
        decision,
        source,
        checked,
        notes,
    ] = cells;
    let kind = match kind.as_str() {
        "substance" => Kind::Substance,
        "group" => Kind::Group,
        "ester" => Kind::Ester,
        "ether" => Kind::Ether,
        "exclusion" => Kind::Exclusion,
        "enantiomer" => Kind::Enantiomer,
        other => return Err(format!("unknown kind {other:?}")),
    };
    let stereo = match stereo.as_str() {
        "all" => Stereo::All,
        "this" => Stereo::This,
        other => return Err(format!("stereo: expected all or this, found {other:?}")),
    };
    let salts = match salts.as_str() {
        "yes" => Salts::Covered,
        "none" => Salts::Impossible,
        "excluded" => Salts::Excluded,
        other => {
            return Err(format!(
                "salts: expected yes, none or excluded, found {other:?}"
            ));
        }
    };
    let rule = Rule {
        list: instrument(&list)?,
        entry,
        kind,
        name,
        inchikey: Some(inchikey).filter(|key| !key.is_empty()),
        stereo,
        salts,
        decided: date("decided", &decided)?,
        from: date("from", &from)?,
        to: date("to", &to)?,
        decision,
        source,
        checked: flag("checked", &checked)?,
        notes,
    };
    if let (Some(from), Some(to)) = (rule.from, rule.to)
        && from.first() > to.last()
    {
        return Err(format!("in force from {from}, and no longer from {to}"));
    }
    Ok(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = include_str!("../../../spectra-library/lists.tsv");
    const CONTROL: &str = include_str!("../../../spectra-library/control.tsv");

    #[test]
    fn a_wrong_cell_is_named_with_its_line() {
        for (good, bad, message) in [
            (
                "1988-Table-I\tEphedrine\t",
                "1988-Table-X\tEphedrine\t",
                "unknown list",
            ),
            (
                "\tEphedrine\tsubstance\t",
                "\tEphedrine\tdrug\t",
                "unknown kind",
            ),
            (
                "WPRPVWTQSA-N\tthis\t",
                "WPRPVWTQSA-N\tboth\t",
                "stereo: expected",
            ),
            (
                "WPRPVWTQSA-N\tthis\tyes\t1988-12-20",
                "WPRPVWTQSA-N\tthis\tyes\t20.12.1988",
                "decided: expected a date",
            ),
        ] {
            let line = CONTROL.lines().position(|l| l.contains(good)).unwrap() + 1;
            let error = Rules::parse(LISTS, &CONTROL.replacen(good, bad, 1)).unwrap_err();
            assert_eq!((error.file, error.line), ("control.tsv", line as u64));
            assert!(error.message.contains(message), "{error}");
        }
    }
}

//! Which test would help most.

use super::agreement::Common;
use super::finding::{Finding, Named};
use super::scheme::{Category, Method, Scheme};
use super::separate::{Separation, Separator};
use super::weigh::{Weighed, judge};
use serde::Serialize;

/// What a test of a technique that is not among the results would bring.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextTest {
    /// The technique, as the scheme names it.
    pub technique: String,
    /// Its name in words.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// Whether the scheme's minimum would be met with one positive result of it for one substance.
    pub completes: bool,
    /// Share of the pairs of substances still open that it would tell apart; `None` where one is open, and where it is not
    /// known.
    pub tells_apart: Option<f64>,
    /// By the library's references, where it has any of the technique.
    pub measured: Option<Separation>,
    /// The same in words.
    pub text: String,
}

/// What is asked of the techniques.
pub struct Asked<'a> {
    /// The substance, with what is still open.
    pub common: &'a Common,
    /// All results on the sample; their techniques are not asked again.
    pub findings: &'a [Finding],
    /// What the results on the substance count for.
    pub weighed: &'a [Weighed],
    /// The scheme.
    pub scheme: &'a Scheme,
    /// References to ask.
    pub separator: &'a Separator<'a>,
    /// Techniques at hand; empty for all of the scheme.
    pub at_hand: &'a [String],
}

/// The techniques that would bring something, best first: those that would tell all open substances apart and
/// complete the scheme, then by the share told apart, by what completes, by references at hand and by category.
pub fn next_tests(asked: &Asked<'_>) -> Vec<NextTest> {
    let several = asked.distinct().len() > 1;
    let at_hand = |m: &&Method| asked.at_hand.is_empty() || asked.at_hand.contains(&m.id);
    let is_new = |m: &&Method| asked.findings.iter().all(|f| f.technique != m.id);
    let methods = asked.scheme.technique.iter().filter(at_hand).filter(is_new);
    let mut tests: Vec<NextTest> = methods
        .map(|method| asked.test(method))
        .filter(|t| t.completes || t.tells_apart.map_or(several, |share| share > 0.0))
        .collect();
    let rank = |t: &NextTest| {
        // Where several are open, what is not known comes last.
        let share = t.tells_apart.unwrap_or(if several { 0.0 } else { 1.0 });
        let referenced = t
            .measured
            .as_ref()
            .is_some_and(|m| m.without_reference.is_empty());
        let whole = share >= 1.0 && t.completes;
        (!whole, -share, !t.completes, !referenced, t.category)
    };
    tests.sort_by(|a, b| {
        rank(a)
            .partial_cmp(&rank(b))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    tests
}

impl Asked<'_> {
    fn test(&self, method: &Method) -> NextTest {
        let open: Vec<Named> = self.distinct();
        let with_it = Weighed {
            finding: 0,
            technique: method.id.clone(),
            property: method.property.clone(),
            category: method.category,
            counts_as: method.category,
            because: Vec::new(),
        };
        let all: Vec<Weighed> = self.weighed.iter().cloned().chain([with_it]).collect();
        let completes = !judge(self.weighed, self.scheme).met && judge(&all, self.scheme).met;
        let measured = self.separator.separation(&method.id, &open);
        let several = open.len() > 1;
        let (usual, unknown) = match several && measured.is_none() {
            true => self.usually(method, &open),
            false => (None, Vec::new()),
        };
        let tells_apart = match &measured {
            Some(measured) => several.then(|| measured.share(open.len())),
            None => usual,
        };
        let mut said = Vec::new();
        if several && tells_apart.is_none() {
            said.push("what it tells apart is not known".to_owned());
        }
        if let Some(share) = tells_apart {
            let basis = match measured.is_some() {
                true => "by imagined measurements of the library's references",
                false => "by what it usually tells apart",
            };
            said.push(format!(
                "tells apart {:.0} % of the open pairs {basis}",
                100.0 * share
            ));
        }
        if !unknown.is_empty() {
            said.push(format!(
                "the formula is not known of {}",
                unknown.join(", ")
            ));
        }
        if let Some(measured) = &measured
            && !measured.without_reference.is_empty()
        {
            said.push(format!(
                "the library has no full reference of {} by it",
                measured.without_reference.join(", ")
            ));
        }
        if measured.is_none() {
            said.push("needs a reference material".to_owned());
        }
        if completes {
            said.push("would complete the scheme".to_owned());
        }
        NextTest {
            technique: method.id.clone(),
            name: method.name.clone(),
            category: method.category,
            completes,
            tells_apart,
            measured,
            text: said.join("; "),
        }
    }

    /// The open substances, one for each skeleton.
    fn distinct(&self) -> Vec<Named> {
        let mut open: Vec<Named> = Vec::new();
        for named in &self.common.substances {
            if open.iter().all(|o| o.key() != named.key()) {
                open.push(named.clone());
            }
        }
        open
    }

    /// Share of the pairs that differ by what the technique usually tells apart, of those of which that is known (`None`
    /// where it is of none), and the substances whose formula is not.
    fn usually(&self, method: &Method, open: &[Named]) -> (Option<f64>, Vec<String>) {
        let pairs = open
            .iter()
            .enumerate()
            .flat_map(|(i, a)| open[i + 1..].iter().map(move |b| (a, b)));
        let told: Vec<bool> = pairs
            .filter_map(|(a, b)| self.separator.difference(a, b))
            .map(|difference| method.tells_apart.contains(&difference))
            .collect();
        let apart = told.iter().filter(|t| **t).count();
        let share = (!told.is_empty()).then(|| apart as f64 / told.len() as f64);
        let unknown = open
            .iter()
            .filter(|named| !self.separator.has_formula(named));
        (share, unknown.map(|named| named.name.clone()).collect())
    }
}

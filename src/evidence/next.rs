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
    /// Share of the pairs of substances still open that it would tell apart; `None` where one is open.
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
    let at_hand = |m: &&Method| asked.at_hand.is_empty() || asked.at_hand.contains(&m.id);
    let is_new = |m: &&Method| asked.findings.iter().all(|f| f.technique != m.id);
    let methods = asked.scheme.technique.iter().filter(at_hand).filter(is_new);
    let mut tests: Vec<NextTest> = methods
        .map(|method| asked.test(method))
        .filter(|t| t.completes || t.tells_apart.is_some_and(|share| share > 0.0))
        .collect();
    let rank = |t: &NextTest| {
        let share = t.tells_apart.unwrap_or(1.0);
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
        let usual = || self.usually(method, &open);
        let tells_apart = (open.len() > 1).then(|| match &measured {
            Some(measured) => measured.share(open.len()),
            None => usual(),
        });
        let mut said = Vec::new();
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

    /// Share of the pairs that differ by what the technique usually tells apart.
    fn usually(&self, method: &Method, open: &[Named]) -> f64 {
        let pairs = open
            .iter()
            .enumerate()
            .flat_map(|(i, a)| open[i + 1..].iter().map(move |b| (a, b)));
        let told: Vec<bool> = pairs
            .map(|(a, b)| {
                let difference = self.separator.difference(a, b);
                difference.is_some_and(|d| method.tells_apart.contains(&d))
            })
            .collect();
        let apart = told.iter().filter(|t| **t).count();
        apart as f64 / told.len().max(1) as f64
    }
}

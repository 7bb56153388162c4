//! Which results name the same substance.

use super::finding::{Finding, Named, Outcome};
use std::collections::BTreeSet;

/// What several results have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// The substances that all of them name.
    pub substances: Vec<Named>,
    /// The results, as position among the findings and position among its claims.
    pub by: Vec<(usize, usize)>,
}

/// The substances of a sample, each with the results that name it: the one that most results name first.
///
/// Claims are taken by the number of substances that they leave open, the clearest first, and each joins the first
/// substance that it leaves open. What it does not name falls away. Substances are the same where the first
/// blocks of their InChIKeys are, since few techniques see more; forms of one substance that different results name are all
/// kept.
pub fn common(findings: &[Finding]) -> Vec<Common> {
    let mut claims: Vec<(usize, usize)> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        if finding.outcome == Outcome::Positive {
            claims.extend((0..finding.claims.len()).map(|claim| (at, claim)));
        }
    }
    let of = |at: &(usize, usize)| &findings[at.0].claims[at.1].substances;
    claims.sort_by_key(|at| (keys(of(at)).len(), *at));
    let mut found: Vec<Common> = Vec::new();
    for at in claims {
        let named = of(&at);
        let own = keys(named);
        let joins = found
            .iter_mut()
            .find(|c| c.substances.iter().any(|s| own.contains(s.key())));
        match joins {
            Some(common) => common.join(at, named),
            None => found.push(Common {
                substances: named.clone(),
                by: vec![at],
            }),
        }
    }
    found.sort_by_key(|c| std::cmp::Reverse(c.by.len()));
    found
}

impl Common {
    fn join(&mut self, at: (usize, usize), named: &[Named]) {
        let theirs = keys(named);
        self.substances.retain(|s| theirs.contains(s.key()));
        let mine: BTreeSet<String> = self.substances.iter().map(|s| s.key().to_owned()).collect();
        for other in named.iter().filter(|s| mine.contains(s.key())) {
            let is_it = |s: &Named| {
                s.inchikey == other.inchikey && (s.inchikey.is_some() || s.name == other.name)
            };
            if !self.substances.iter().any(is_it) {
                self.substances.push(other.clone());
            }
        }
        self.by.push(at);
    }

    /// How many substances are left open, stereochemistry aside.
    pub fn open(&self) -> usize {
        keys(&self.substances).len()
    }
}

fn keys(named: &[Named]) -> BTreeSet<&str> {
    named.iter().map(Named::key).collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Claim, Origin};
    use super::*;

    pub(crate) fn finding(technique: &str, claims: &[&[&str]]) -> Finding {
        let named = |name: &&str| Named {
            name: (*name).to_owned(),
            inchikey: None,
            status: String::new(),
        };
        Finding {
            technique: technique.to_owned(),
            origin: Origin::default(),
            outcome: Outcome::Positive,
            claims: claims
                .iter()
                .map(|set| Claim::of(set.iter().map(named).collect(), &[], None))
                .collect(),
            of_whole: true,
            leads: Vec::new(),
            remarks: Vec::new(),
            told: Vec::new(),
        }
    }

    #[test]
    fn what_all_name_is_common_and_the_rest_falls_away() {
        let all = [
            finding("ei-ms", &[&["a", "b", "c"]]),
            finding("raman", &[&["b", "c"]]),
            finding("infrared", &[&["c"]]),
        ];
        let found = common(&all);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].substances[0].name, "c");
        assert_eq!(found[0].by.len(), 3);
        assert_eq!(found[0].open(), 1);
    }

    #[test]
    fn different_substances_stand_apart() {
        let all = [
            finding("raman", &[&["caffeine"], &["mdma", "mda"]]),
            finding("ei-ms", &[&["mdma"]]),
        ];
        let found = common(&all);
        let names: Vec<&str> = found
            .iter()
            .map(|c| c.substances[0].name.as_str())
            .collect();
        assert_eq!(names, ["mdma", "caffeine"]);
        assert_eq!(found[0].by.len(), 2);
    }
}

//! What each result counts for, and whether that is enough.

use super::agreement::Common;
use super::finding::Finding;
use super::scheme::{Category, Minimum, Scheme};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a result counts for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// Position of the result among the findings, from 1.
    pub finding: usize,
    /// Its technique.
    pub technique: String,
    /// The property that it observes.
    pub property: String,
    /// Category of the technique.
    pub category: Category,
    /// Category that the result counts for.
    pub counts_as: Category,
    /// Why it counts for less.
    pub because: Vec<String>,
}

/// Whether the scheme's minimum is met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Whether it is.
    pub met: bool,
    /// By which of the scheme's combinations.
    pub by: Option<String>,
    /// The results of that combination, from 1.
    pub findings: Vec<usize>,
    /// The same in words, or why it is not met.
    pub text: String,
}

/// What the results on a substance count for, best first.
pub fn weigh(common: &Common, findings: &[Finding], scheme: &Scheme) -> Vec<Weighed> {
    let weighed = |(at, claim): &(usize, usize)| {
        let finding = &findings[*at];
        let lessened = &finding.claims[*claim].lessened;
        let downgrades: Vec<_> = lessened
            .iter()
            .filter_map(|l| scheme.downgrade(*l))
            .collect();
        let steps = downgrades
            .iter()
            .fold(0_u8, |sum, d| sum.saturating_add(d.steps));
        let mut because: Vec<String> = downgrades.iter().map(|d| d.text.clone()).collect();
        let method = scheme.method(&finding.technique);
        let category = method.map_or(Category::Uncounted, |m| m.category);
        if category == Category::Uncounted {
            because.insert(0, "the scheme gives the technique no category".to_owned());
        }
        Weighed {
            finding: at + 1,
            technique: finding.technique.clone(),
            property: method.map_or_else(|| finding.technique.clone(), |m| m.property.clone()),
            category,
            counts_as: category.lowered(steps),
            because,
        }
    };
    let mut all: Vec<Weighed> = common.by.iter().map(weighed).collect();
    all.sort_by_key(|w| (w.counts_as, w.finding));
    // Several peaks of one run may name it alike.
    all.dedup();
    all
}

/// Whether results are enough for one substance: of each property only the result that counts most.
pub fn judge(weighed: &[Weighed], scheme: &Scheme) -> Judged {
    let mut best: BTreeMap<&str, &Weighed> = BTreeMap::new();
    for one in weighed
        .iter()
        .filter(|w| w.counts_as != Category::Uncounted)
    {
        let held = best.entry(&one.property).or_insert(one);
        if one.counts_as < held.counts_as {
            *held = one;
        }
    }
    let mut best: Vec<&Weighed> = best.into_values().collect();
    best.sort_by_key(|w| (w.counts_as, w.finding));
    let met = scheme
        .minimum
        .iter()
        .find(|minimum| is_enough(&best, minimum));
    match met {
        Some(minimum) => Judged {
            met: true,
            by: Some(minimum.id.clone()),
            findings: best
                .iter()
                .take(minimum.needs.len())
                .map(|w| w.finding)
                .collect(),
            text: format!("met: {}", minimum.text),
        },
        None => {
            let ways: Vec<&str> = scheme.minimum.iter().map(|m| m.text.as_str()).collect();
            let has = match best.is_empty() {
                true => "there is no result that counts".to_owned(),
                false => {
                    let all = best
                        .iter()
                        .map(|w| format!("{} ({})", w.technique, w.counts_as.id()));
                    format!(
                        "of different properties there is only {}",
                        all.collect::<Vec<_>>().join(", ")
                    )
                }
            };
            Judged {
                met: false,
                by: None,
                findings: Vec::new(),
                text: format!("not met: {has}; needed is {}", ways.join(", or ")),
            }
        }
    }
}

/// Whether results of different properties, best first, reach what is needed.
fn is_enough(best: &[&Weighed], minimum: &Minimum) -> bool {
    let mut needs = minimum.needs.clone();
    needs.sort_unstable();
    let reaches = |(need, has): (&Category, &&Weighed)| has.counts_as <= *need;
    best.len() >= needs.len() && needs.iter().zip(best).all(reaches)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(finding: usize, property: &str, counts_as: Category) -> Weighed {
        Weighed {
            finding,
            technique: property.to_owned(),
            property: property.to_owned(),
            category: counts_as,
            counts_as,
            because: Vec::new(),
        }
    }

    /// The cases are worked out by hand from SWGDRUG, IIIB.3.
    #[test]
    fn the_minimum_is_that_of_the_recommendations() {
        use Category::{A, B, C, Uncounted};
        let scheme = Scheme::shipped().unwrap();
        let cases: [(&[(&str, Category)], bool); 10] = [
            (&[("vibration", A)], false),
            (&[("vibration", A), ("reaction", C)], true),
            (&[("vibration", A), ("vibration", A)], false),
            (&[("vibration", A), ("fragmentation", A)], true),
            (&[("fragmentation", B), ("partition", B)], false),
            (
                &[("fragmentation", B), ("partition", B), ("reaction", C)],
                true,
            ),
            (
                &[("fragmentation", B), ("reaction", C), ("melting", C)],
                false,
            ),
            (&[("a", C), ("b", C), ("c", C), ("d", C)], false),
            (&[("vibration", A), ("reaction", Uncounted)], false),
            (&[], false),
        ];
        for (results, met) in cases {
            let all: Vec<Weighed> = results
                .iter()
                .enumerate()
                .map(|(i, (p, c))| result(i + 1, p, *c))
                .collect();
            let judged = judge(&all, &scheme);
            assert_eq!(judged.met, met, "{results:?}: {}", judged.text);
        }
    }

    #[test]
    fn the_stronger_of_two_results_of_one_property_counts() {
        let scheme = Scheme::shipped().unwrap();
        let all = [
            result(1, "vibration", Category::B),
            result(2, "vibration", Category::A),
            result(3, "reaction", Category::C),
        ];
        assert_eq!(judge(&all, &scheme).findings, [2, 3]);
    }
}

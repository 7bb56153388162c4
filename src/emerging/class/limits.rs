//! How often substances of no class, and members of the classes, would be given a class by this library.

use super::profile::Profile;
use super::regress::{Shares, shares};
use super::rule::{Silence, logit, silence};
use super::teaching::Teaching;
use super::witness::Witness;
use crate::library::ClassLimits;
use rayon::prelude::*;

/// Share of the library's substances of no class that may be given one. What a drug library holds beside
/// the classes is like them more often than other substances are (guide).
pub const FALSE_SHARE: f64 = 0.05;
/// Logit below which no library's limit lies: there the rule expects more wrong classes than right ones.
const LEAST_LOGIT: f64 = 0.0;
/// Spectra of substances of no class that are tried at most.
const MOST_NONE: usize = 1000;
/// Spectra of members that are tried at most.
const MOST_MEMBERS: usize = 200;
/// Fewest of no class from which a limit is set.
pub const FEWEST_NONE: usize = 100;
/// Fewest substances of a class for which it is given.
pub const FEWEST_MEMBERS: usize = 4;

/// What a library's references say of a spectrum.
pub struct Said {
    /// Best class and its logit; `None` where there are no classes, or no class can be given.
    pub best: Option<(usize, f64)>,
    /// Why no class can be given.
    pub silence: Option<Silence>,
    /// What it follows from.
    pub shares: Shares,
}

/// A spectrum whose class is asked for.
pub struct Asked<'a> {
    pub profile: &'a Profile,
    /// What its analogues say.
    pub witness: Option<Witness>,
    /// Rows that are left out.
    pub skip: &'a dyn Fn(usize) -> bool,
}

/// What the references say of a spectrum.
pub fn best(teaching: &Teaching, groups: &[usize], classes: usize, asked: &Asked) -> Said {
    let shares = shares(teaching, classes, asked.profile, asked.skip).and(asked.witness.as_ref());
    let share = |group: &usize| shares.classes[*group];
    let first = groups.iter().max_by(|a, b| share(a).total_cmp(&share(b)));
    let spread = asked.profile.spread;
    let found = first.map(|group| (*group, logit(&shares, groups, *group, spread)));
    let silence = silence(asked.profile, &shares);
    Said {
        best: found.filter(|_| silence.is_none()),
        silence,
        shares,
    }
}

/// Tries the library's own spectra, each without all spectra of its substance; `witness` tells what a row's analogues
/// among the others say.
pub fn limits(
    teaching: &Teaching,
    groups: &[usize],
    classes: usize,
    witness: &(dyn Fn(usize) -> Option<Witness> + Sync),
) -> ClassLimits {
    let none = sample(teaching, MOST_NONE, |own| own.is_empty());
    let members = sample(teaching, MOST_MEMBERS, |own| {
        own.iter().any(|c| groups.contains(c))
    });
    let tried = |row: &usize| {
        let profile = teaching.profile(*row);
        let own = |other: usize| teaching.substance[other] == teaching.substance[*row];
        let asked = Asked {
            profile: &profile,
            witness: witness(*row),
            skip: &own,
        };
        let said = best(teaching, groups, classes, &asked);
        let logits: Vec<f64> = (groups.iter())
            .map(|group| match said.silence {
                None => logit(&said.shares, groups, *group, profile.spread),
                Some(_) => f64::NEG_INFINITY,
            })
            .collect();
        (said.best, logits)
    };
    let of_none: Vec<_> = none.par_iter().map(tried).collect();
    let mut tops: Vec<f64> = (of_none.iter())
        .map(|(best, _)| best.map_or(f64::NEG_INFINITY, |b| b.1))
        .collect();
    tops.sort_by(f64::total_cmp);
    let accept = (none.len() >= FEWEST_NONE).then(|| limit(&tops)).flatten();
    let mut limits = ClassLimits {
        accept,
        none: vec![Vec::new(); classes],
        none_tried: none.len(),
        ..ClassLimits::default()
    };
    for (place, group) in groups.iter().enumerate() {
        let mut reached: Vec<f64> = of_none.iter().map(|(_, l)| l[place]).collect();
        reached.sort_by(|a, b| b.total_cmp(a));
        limits.none[*group] = ranks(&reached);
    }
    if let Some(accept) = accept {
        let of_members: Vec<_> = members.par_iter().map(tried).collect();
        let given = |best: Option<(usize, f64)>| best.filter(|b| b.1 >= accept).map(|b| b.0);
        for (row, (best, _)) in members.iter().zip(of_members) {
            limits.members += 1;
            match given(best) {
                Some(class) if teaching.classes[*row].contains(&class) => limits.found += 1,
                _ => {}
            }
        }
    }
    limits
}

/// Every rank up to 20, then fewer and fewer: `(rank, logit)` of descending logits, of those that have one.
fn ranks(descending: &[f64]) -> Vec<(usize, f64)> {
    let mut found = Vec::new();
    let mut rank = 1;
    let judged = descending.iter().take_while(|l| l.is_finite()).count();
    let descending = &descending[..judged];
    while rank <= descending.len() {
        found.push((rank, descending[rank - 1]));
        rank += (rank / 10).max(1);
    }
    found
}

/// Logit that no more than [`FALSE_SHARE`] reach: just above the first that must not.
fn limit(ascending: &[f64]) -> Option<f64> {
    let may = (FALSE_SHARE * ascending.len() as f64).floor() as usize;
    let refused = ascending.len().checked_sub(may + 1)?;
    let limit = ascending.get(refused).map(|l| l.next_up());
    limit.map(|l| l.max(LEAST_LOGIT))
}

/// Rows of a kind, evenly over the library where there are more than `most`.
fn sample(teaching: &Teaching, most: usize, kind: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    let all: Vec<usize> = (0..teaching.len())
        .filter(|row| kind(&teaching.classes[*row]))
        .collect();
    let taken = all.len().min(most);
    (0..taken).map(|i| all[i * all.len() / taken]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::teaching::{Lesson, tests::spectrum};
    use super::*;

    #[test]
    fn five_in_a_hundred_may_pass() {
        let logits: Vec<f64> = (0..100_u8).map(f64::from).collect();
        let limit = limit(&logits).unwrap();
        assert_eq!(logits.iter().filter(|l| **l >= limit).count(), 5);
        assert!(super::limit(&[]).is_none());
        assert_eq!(super::limit(&[f64::NEG_INFINITY; 200]), Some(LEAST_LOGIT));
    }

    #[test]
    fn ranks_between_those_that_are_kept_count_as_reached() {
        let descending: Vec<f64> = (0..100_u8).rev().map(f64::from).collect();
        let limits = ClassLimits {
            none_tried: 100,
            none: vec![ranks(&descending)],
            ..ClassLimits::default()
        };
        // 99, 98 and 97 reach 97.
        assert_eq!(limits.reaching(0, 97.0), 3);
        assert_eq!(limits.reaching(0, 200.0), 0);
        assert_eq!(limits.reaching(0, -1.0), 100);
        for logit in 0..100_u8 {
            let said = limits.reaching(0, f64::from(logit));
            let true_count = 100 - usize::from(logit);
            assert!(
                said >= true_count && said <= true_count + 12,
                "{logit}: {said}"
            );
        }
    }

    #[test]
    fn a_library_without_others_sets_no_limit() {
        let lesson = |substance: u32| Lesson {
            profile: spectrum(&[(58, 1.0), (91 + substance as usize, 0.3)]),
            substance,
            classes: vec![0],
        };
        let teaching = Teaching::of((0..8).map(lesson));
        let limits = limits(&teaching, &[0], 1, &|_| None);
        assert_eq!((limits.accept, limits.none_tried), (None, 0));
        assert_eq!(limits.reaching(0, 0.0), 0);
    }

    #[test]
    fn members_without_their_substance_are_found() {
        // Members share 58 and 91 beside an ion of their own; the others share nothing.
        let mut lessons: Vec<Lesson> = (0..20)
            .map(|i| Lesson {
                profile: spectrum(&[(58, 1.0), (91, 0.4), (77, 0.2), (120 + i as usize, 0.1)]),
                substance: i,
                classes: vec![0],
            })
            .collect();
        lessons.extend((0..120).map(|i| Lesson {
            profile: spectrum(&[(200 + i as usize, 1.0), (99 + (7 * i as usize) % 60, 0.6)]),
            substance: 100 + i,
            classes: vec![],
        }));
        let limits = limits(&Teaching::of(lessons), &[0], 1, &|_| None);
        assert_eq!((limits.members, limits.found), (20, 20));
        assert!(limits.accept.is_some_and(|a| limits.reaching(0, a) <= 2));
    }
}

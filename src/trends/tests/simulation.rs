//! False alarms and rises that are there, in made-up years with a fixed seed.

use super::{nothing, presumptive, sample, told};
use crate::spectrum::Identity;
use crate::trends::exact::{Shares, holm};
use crate::trends::{
    By, Calendar, Kind, LEVEL, Ledger, Member, Of, Record, Rising, Seizure, Settings, Subjects,
};
use jiff::civil::{Date, date};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SUBSTANCES: usize = 30;
/// Seizures a month.
const SEIZURES: usize = 20;
const MONTHS: usize = 12;
const RECENT: usize = 3;

/// How often a substance is in a seizure: from 1 to 30 of a hundred.
fn prevalence(substance: usize) -> f64 {
    (substance + 1) as f64 / 100.0
}

/// A year of seizures with 1 to 50 samples each, all of the same. The last substance is in a seizure
/// exactly where the one before is: they are not independent. `factor` changes how frequent the first
/// substances are of late.
fn year(rng: &mut ChaCha8Rng, factor: f64) -> (Ledger, Calendar) {
    let mut subjects = Subjects::default();
    let ids: Vec<usize> = (0..SUBSTANCES)
        .map(|n| {
            let name = format!("substance {n}");
            let member = Member {
                name,
                inchikey: None,
            };
            subjects.substance(n.to_string(), std::iter::once(member))
        })
        .collect();
    let place = subjects.named(Kind::Place, String::new(), "anywhere", 0);
    let mut ledger = Ledger {
        subjects,
        ..Ledger::default()
    };
    for month in 0..MONTHS {
        let day: Date = date(2025, month as i8 + 1, 15);
        for _ in 0..SEIZURES {
            let seizure = ledger.seizures.len();
            ledger.seizures.push(Seizure {
                case: Some(seizure.to_string()),
                days: Some((day, day)),
            });
            let more = |n: usize| {
                if n == 1 && month >= MONTHS - RECENT {
                    factor
                } else {
                    1.0
                }
            };
            let mut found: Vec<bool> = (0..SUBSTANCES)
                .map(|n| rng.random_bool((prevalence(n) * more(n)).min(1.0)))
                .collect();
            found[SUBSTANCES - 1] = found[SUBSTANCES - 2];
            let samples = rng.random_range(1..=50);
            let named = found.iter().zip(&ids).filter(|(found, _)| **found);
            let mut named: Vec<Option<usize>> = named.map(|(_, id)| Some(*id)).collect();
            if named.is_empty() {
                named.push(None);
            }
            for substance in named {
                for _ in 0..samples {
                    ledger.records.push(Record {
                        sample: 0,
                        day: Some(day),
                        seizure,
                        certainty: None,
                        of: Of {
                            substance,
                            class: None,
                            place,
                            status: None,
                            unknown: None,
                        },
                    });
                }
            }
        }
    }
    let [first, last] = [1, 12].map(|month| By::Month.of(date(2025, month, 1)));
    let calendar = Calendar {
        by: By::Month,
        periods: first.to(last).collect(),
    };
    (ledger, calendar)
}

/// Whether anything would be called rising if each sample counted.
fn rises_by_sample(ledger: &Ledger) -> bool {
    let recent = |record: &Record| record.day >= Some(date(2025, 10, 1));
    let of = |wanted: Option<usize>, late: bool| {
        let records = ledger.records.iter();
        let matching = records.filter(|r| recent(r) == late);
        matching
            .filter(|r| wanted.is_none() || r.of.substance == wanted)
            .count()
    };
    let (recent_of, before_of) = (of(None, true), of(None, false));
    let p: Vec<f64> = (0..SUBSTANCES)
        .map(|n| {
            let shares = Shares {
                recent: of(Some(n), true),
                recent_of,
                before: of(Some(n), false),
                before_of,
            };
            shares.p()
        })
        .collect();
    holm(&p).iter().any(|p| *p < LEVEL)
}

#[test]
fn without_change_one_year_in_twenty_at_most_has_a_false_alarm() {
    const YEARS: usize = 1000;
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let (mut told, mut unadjusted, mut by_sample, mut looked) = (0, 0, 0, 0);
    for year_number in 0..YEARS {
        let (ledger, calendar) = year(&mut rng, 1.0);
        let rising = Rising::of(&ledger, &calendar, RECENT);
        told += usize::from(rising.rising().count() > 0);
        unadjusted += usize::from(rising.tests.iter().any(|test| test.p < LEVEL));
        if year_number < 100 {
            looked += 1;
            by_sample += usize::from(rises_by_sample(&ledger));
        }
    }
    // Three standard errors of a share of 0.05 in so many years.
    let allowed = LEVEL + 3.0 * (LEVEL * (1.0 - LEVEL) / YEARS as f64).sqrt();
    let share = told as f64 / YEARS as f64;
    assert!(share <= allowed, "{share} of the years have a false alarm");
    // It would not hold without the correction, nor if each sample counted: the simulation can see that.
    assert!(unadjusted as f64 / YEARS as f64 > 0.3, "{unadjusted}");
    assert!(by_sample * 2 > looked, "{by_sample} of {looked}");
}

#[test]
fn a_tenfold_rise_is_found() {
    const YEARS: usize = 200;
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let mut found = 0;
    for _ in 0..YEARS {
        let (ledger, calendar) = year(&mut rng, 10.0);
        let rising = Rising::of(&ledger, &calendar, RECENT);
        // 2 of a hundred before, 20 of late.
        found += usize::from(rising.rising().any(|test| test.key == "1"));
    }
    assert!(found as f64 / YEARS as f64 > 0.8, "{found} of {YEARS}");
}

#[test]
fn fifty_samples_of_one_seizure_are_no_rise_and_of_fifty_are() {
    let identity = Identity {
        name: "Novel substance".to_owned(),
        ..Identity::default()
    };
    let found = || presumptive(vec![identity.clone()]);
    let year = |cases: &dyn Fn(usize) -> String| {
        let mut samples = Vec::new();
        for n in 0..200 {
            let day = format!("2026-0{}-10", 1 + n % 3);
            samples.push(sample(
                &format!("B{n}"),
                &format!("B-{n}"),
                &day,
                nothing("inconclusive"),
            ));
        }
        for n in 0..50 {
            samples.push(sample(&format!("R{n}"), &cases(n), "2026-04-10", found()));
            let other = format!("O-{n}");
            samples.push(sample(
                &format!("O{n}"),
                &other,
                "2026-04-10",
                nothing("inconclusive"),
            ));
        }
        told(
            samples,
            Settings {
                recent: Some(1),
                ..Settings::default()
            },
        )
    };
    let one = year(&|_| "R-1".to_owned());
    let [recent, before] = one.rising.windows.unwrap();
    assert_eq!((recent.seizures, before.seizures), (51, 200));
    // One of 51 recent seizures and none of 200: p = 51 / 251.
    let test = &one.rising.tests[0];
    approx::assert_relative_eq!(test.p, 51.0 / 251.0, epsilon = 1e-12);
    assert!(!test.rising);
    let fifty = year(&|n| format!("R-{n}"));
    assert!(fifty.rising.tests[0].rising);
    // Without case numbers they cannot be told from fifty seizures: that is said.
    let none = year(&|_| String::new());
    assert!(none.rising.tests[0].rising);
    assert_eq!(none.rising.tests[0].recent_without_case, 50);
    assert!(
        none.notes
            .iter()
            .any(|n| n.contains("50 samples without a case number"))
    );
}

//! What is counted where.

use super::{
    at, confirmed, grouped, known, nothing, presumptive, register, sample, told, weighing,
};
use crate::cases::{CaseSample, Cases};
use crate::trends::text::{Paper, text};
use crate::trends::{By, Grouped, Kind, Series, Settings, TrendError, Trends, page};
use serde_json::{Value, json};

/// The series of a kind and name.
fn series<'a>(trends: &'a Trends, kind: Kind, name: &str) -> &'a Series {
    let names: Vec<&str> = trends
        .of_kind(kind)
        .map(|s| s.subject.name.as_str())
        .collect();
    let found = trends.of_kind(kind).find(|s| s.subject.name == name);
    found.unwrap_or_else(|| panic!("{name} is none of {names:?}"))
}

fn json_of(series: &Series) -> Value {
    serde_json::to_value(series).unwrap()
}

/// January: two seizures with ketamine, one of them with two samples, and one with nothing. February: not
/// screened. March: one seizure, nothing named. April: MDMA.
fn year() -> Vec<CaseSample> {
    let ketamine = known("Ketamine");
    vec![
        weighing(
            sample(
                "S1",
                "C-1",
                "2026-01-05",
                presumptive(vec![ketamine.clone()]),
            ),
            "100",
            "g",
        ),
        weighing(
            sample("S2", " c-1 ", "2026-01-05", confirmed(&ketamine)),
            "200",
            "g",
        ),
        weighing(
            sample("S3", "C-2", "2026-01-31", presumptive(vec![ketamine])),
            "12",
            "tablets",
        ),
        sample("S4", "C-3", "2026-01-31", nothing("inconclusive")),
        at(
            sample("S5", "C-4", "2026-03-01", nothing("not-in-library")),
            "  Vientiane ",
        ),
        at(
            sample("S6", "C-5", "2026-04-30", presumptive(vec![known("MDMA")])),
            "vientiane",
        ),
        sample("S7", "C-6", "", presumptive(vec![known("Ketamine")])),
        sample("S8", "C-7", "2026-06-01", nothing("unusable")),
    ]
}

#[test]
fn samples_seizures_and_quantities_by_month() {
    let trends = told(year(), Settings::default());
    let periods: Vec<String> = trends
        .periods
        .iter()
        .map(|p| p.period.to_string())
        .collect();
    assert_eq!(periods, ["2026-01", "2026-02", "2026-03", "2026-04"]);
    let ketamine = json_of(series(&trends, Kind::Substance, "Ketamine"));
    // A month without screening is a gap; one in which it was not found is 0.
    assert_eq!(ketamine["all"]["samples"], json!([3, null, 0, 0]));
    assert_eq!(ketamine["all"]["seizures"], json!([2, null, 0, 0]));
    // 0.1 + 0.2 is 0.3 exactly, and tablets are no kilograms.
    assert_eq!(ketamine["all"]["kg"].to_string(), "[0.3,null,0,0]");
    assert_eq!(ketamine["all"]["tablets"].to_string(), "[12,null,0,0]");
    assert_eq!(ketamine["confirmed"]["samples"], json!([1, null, 0, 0]));
    assert_eq!(ketamine["confirmed"]["kg"].to_string(), "[0.2,null,0,0]");
    assert_eq!(ketamine["presumptive"]["samples"], json!([2, null, 0, 0]));
    // C-1 has a confirmed and a presumptive sample: it is in both, and once in all.
    assert_eq!(ketamine["confirmed"]["total"]["seizures"], 1);
    assert_eq!(ketamine["presumptive"]["total"]["seizures"], 2);
    assert_eq!(ketamine["all"]["total"]["seizures"], 2);

    let judged: Vec<(usize, usize, bool)> = trends
        .periods
        .iter()
        .map(|p| (p.samples, p.seizures, p.gap))
        .collect();
    let expected = [(4, 3, false), (0, 0, true), (1, 1, false), (1, 1, false)];
    assert_eq!(judged, expected);
    // Places count all that was judged, however they are written.
    let vientiane = json_of(series(&trends, Kind::Place, "Vientiane"));
    assert_eq!(vientiane["all"]["samples"], json!([0, null, 1, 1]));
    assert_eq!(vientiane["presumptive"]["samples"], json!([0, null, 0, 1]));
    let class = json_of(series(&trends, Kind::Class, "arylcyclohexylamine"));
    assert_eq!(class["all"]["samples"], json!([3, null, 0, 0]));

    let quarters = told(
        year(),
        Settings {
            by: By::Quarter,
            ..Settings::default()
        },
    );
    let ketamine = json_of(series(&quarters, Kind::Substance, "Ketamine"));
    assert_eq!(ketamine["all"]["samples"], json!([3, 0]));
}

#[test]
fn what_has_no_date_is_put_nowhere_and_told() {
    let trends = told(year(), Settings::default());
    assert_eq!(trends.totals.samples, 8);
    assert_eq!(trends.totals.counted, 6);
    assert_eq!(trends.totals.without_day, 1);
    assert_eq!(trends.undated.len(), 1);
    assert_eq!(trends.undated[0].seen.sample, "S7");
    assert_eq!(trends.undated[0].found, "Ketamine");
    assert_eq!(trends.totals.not_judged["unusable"], 1);
    let first = trends.first.iter().find(|f| f.name == "Ketamine").unwrap();
    assert_eq!(first.without_day, 1, "one of them may be earlier");
    let nothing = told(vec![year().swap_remove(6)], Settings::default());
    assert!(nothing.periods.is_empty() && nothing.series.is_empty());
    assert!(nothing.rising.not_tested.is_some());
}

#[test]
fn first_detections_are_the_earliest_and_the_confirmed_one_is_told() {
    let mdma = known("MDMA");
    let trends = told(
        vec![
            sample("S1", "C-1", "2026-02-01", confirmed(&mdma)),
            sample("S2", "C-2", "2026-01-15", presumptive(vec![mdma.clone()])),
            sample("S3", "C-3", "2026-01-16", confirmed(&mdma)),
            sample("S4", "C-3", "2026-03-16", confirmed(&known("Ketamine"))),
        ],
        Settings::default(),
    );
    let told: Vec<(&str, &str, &str)> = trends
        .first
        .iter()
        .map(|f| {
            let confirmed = f.first_confirmed.as_ref();
            let confirmed = confirmed.map_or("", |seen| seen.sample.as_str());
            (f.name.as_str(), f.seen.sample.as_str(), confirmed)
        })
        .collect();
    assert_eq!(told, [("Ketamine", "S4", ""), ("MDMA", "S2", "S3")]);
    assert_eq!(trends.first[1].period.to_string(), "2026-01");
    // C-3 has samples of two months: one seizure, in the month of its first date.
    let ketamine = json_of(series(&trends, Kind::Substance, "Ketamine"));
    assert_eq!(ketamine["all"]["samples"], json!([0, 0, 1]));
    assert_eq!(ketamine["all"]["seizures"], json!([1, 0, 0]));
    assert!(
        trends
            .notes
            .iter()
            .any(|note| note.contains("several periods"))
    );
}

#[test]
fn forms_of_one_skeleton_are_one_series_and_sets_are_their_own() {
    let [ephedrine, pseudo] = ["Ephedrine", "Pseudoephedrine"].map(known);
    let salt = crate::spectrum::Identity {
        name: "ephedrine HCl".to_owned(),
        ..Default::default()
    };
    let day = "2026-01-01";
    let trends = told(
        vec![
            sample(
                "S1",
                "C-1",
                day,
                presumptive(vec![ephedrine.clone(), pseudo.clone()]),
            ),
            sample("S2", "C-2", day, confirmed(&pseudo)),
            sample("S3", "C-3", day, confirmed(&salt)),
            sample(
                "S4",
                "C-4",
                day,
                presumptive(vec![ephedrine, known("MDMA")]),
            ),
        ],
        Settings::default(),
    );
    let one = series(
        &trends,
        Kind::Substance,
        "one of Ephedrine, Pseudoephedrine",
    );
    assert_eq!(one.subject.key, "KWGRBVOPPLSCSI");
    assert_eq!((one.all.total.samples, one.confirmed.total.samples), (3, 2));
    let set = series(&trends, Kind::Substance, "one of Ephedrine, MDMA");
    assert_eq!(set.subject.key, "KWGRBVOPPLSCSI+SHXWCVYOXRDMCX");
    assert_eq!(set.all.total.samples, 1);
    // Of a set the classes of all, and the strictest status.
    series(&trends, Kind::Class, "ATS or ATS precursor");
    let strict = series(&trends, Kind::Status, "1971 Schedule I");
    assert_eq!(strict.all.total.samples, 1);
}

#[test]
fn the_status_is_that_of_the_day() {
    // INCB: 4-piperidone is in Table I since 3 December 2024.
    let piperidone = known("4-Piperidone");
    let trends = told(
        vec![
            sample(
                "S1",
                "C-1",
                "2024-12-02",
                presumptive(vec![piperidone.clone()]),
            ),
            sample("S2", "C-2", "2024-12-03", presumptive(vec![piperidone])),
        ],
        Settings::default(),
    );
    let told: Vec<(&str, usize)> = trends
        .of_kind(Kind::Status)
        .map(|s| (s.subject.name.as_str(), s.all.total.samples))
        .collect();
    assert_eq!(told, [("1988 Table I", 1), ("no UN listing known", 1)]);
}

#[test]
fn groups_of_unknowns_are_told_with_their_places_and_runs() {
    let mut later = at(
        sample("S2", "C-2", "2026-03-01", nothing("not-in-library")),
        "Hanoi",
    );
    later.origin = "other".into();
    let samples = vec![
        later,
        sample("S1", "C-1", "2026-01-01", nothing("inconclusive")),
        sample("S3", "C-3", "2026-01-01", nothing("not-in-library")),
    ];
    let groups = Grouped::of([(0, 0), (1, 0)].into_iter());
    let trends = grouped(samples, &groups, Settings::default());
    let group = &trends.unknown_groups[0];
    assert_eq!((group.samples, group.seizures), (2, 2));
    assert_eq!(group.first.as_ref().unwrap().sample, "S1");
    assert_eq!(group.last.as_ref().unwrap().sample, "S2");
    assert_eq!(group.places, ["Bangkok", "Hanoi"]);
    assert_eq!(group.runs, ["other", "run"]);
    let counts = json_of(series(&trends, Kind::Unknown, "unknown group 1"));
    assert_eq!(counts["all"]["samples"], json!([1, null, 1]));
    assert_eq!(
        trends.rising.looked_at, 1,
        "a rise is looked for in unknowns, too"
    );
}

#[test]
fn the_order_of_the_samples_does_not_matter() {
    let view = |samples: Vec<CaseSample>| {
        let trends = told(samples, Settings::default());
        json!([trends.series, trends.first, trends.rising, trends.periods]).to_string()
    };
    let mut turned = year();
    turned.reverse();
    assert_eq!(view(year()), view(turned));
}

#[test]
fn the_page_has_what_the_series_have() {
    let samples = year();
    let trends = told(samples.clone(), Settings::default());
    let page = String::from_utf8(page::html(&trends, &samples).unwrap()).unwrap();
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let data: Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
    let subjects = data["subjects"].as_array().unwrap();
    for series in &trends.series {
        let at = subjects
            .iter()
            .position(|s| s[0] == series.subject.kind.id() && s[1] == series.subject.key.as_str());
        let of_kind = 2 + Kind::ALL
            .iter()
            .position(|k| *k == series.subject.kind)
            .unwrap();
        let rows = data["rows"].as_array().unwrap().iter();
        let rows: Vec<&Value> = rows.filter(|row| row[of_kind] == at.unwrap()).collect();
        let sum: u64 = rows.iter().map(|row| row[8].as_u64().unwrap()).sum();
        assert_eq!(
            sum as usize, series.all.total.samples,
            "{}",
            series.subject.name
        );
        let seizures: std::collections::BTreeSet<u64> =
            rows.iter().map(|row| row[1].as_u64().unwrap()).collect();
        assert_eq!(seizures.len(), series.all.total.seizures);
    }
}

#[test]
fn dates_and_windows_that_cannot_be_are_refused_with_advice() {
    let refused = |samples: Vec<CaseSample>, settings| {
        let cases = Cases {
            samples,
            ..Cases::default()
        };
        Trends::of(&cases, &Grouped::default(), &register(), settings).unwrap_err()
    };
    let mut mistyped = year();
    mistyped[0].date = Some("0206-01-05".parse().unwrap());
    let error = refused(mistyped, Settings::default());
    assert!(matches!(error, TrendError::Span { .. }));
    let sentence = error.to_string();
    for part in ["0206-01-05 (S1)", "2026-04-30 (S6)", "mistyped"] {
        assert!(sentence.contains(part), "{sentence}");
    }
    let all = Settings {
        recent: Some(4),
        ..Settings::default()
    };
    assert!(matches!(
        refused(year(), all),
        TrendError::Recent {
            asked: 4,
            periods: 4,
            ..
        }
    ));
}

#[test]
fn a_text_says_which_periods_it_leaves_out() {
    let trends = told(year(), Settings::default());
    let months = ["2026-01", "2026-02", "2026-03", "2026-04"];
    let mut shown = Vec::new();
    for width in [60, 80, 90, 160] {
        let text = text(
            &trends,
            Paper {
                width,
                drawn: false,
            },
        );
        let heading = text
            .lines()
            .find(|line| line.contains("confirmed  seizures"));
        let columns: Vec<&str> = heading.unwrap().split_whitespace().collect();
        let in_numbers: Vec<&str> = months.into_iter().filter(|m| columns.contains(m)).collect();
        let said = text.replace("\n  ", " ");
        match in_numbers.as_slice() {
            [] => assert!(said.contains("no month is told in numbers"), "{text}"),
            [one] => assert!(
                said.contains(&format!(
                    "only the last of 4 months is told in numbers, {one}"
                )),
                "{text}"
            ),
            all if all.len() == 4 => {
                assert!(!said.contains("told in numbers"), "{text}");
                assert!(
                    said.contains("-: nothing was judged in this month"),
                    "{text}"
                );
            }
            [first, .., last] => {
                let sentence = format!(
                    "only the last {} of 4 months are told in numbers, {first} to {last}",
                    in_numbers.len()
                );
                assert!(said.contains(&sentence), "{text}");
            }
        }
        shown.push(in_numbers.len());
    }
    assert!(
        shown.is_sorted() && shown[0] < 4 && shown[3] == 4,
        "{shown:?}"
    );
}

#[test]
fn a_terminal_gets_drawings_and_no_line_is_too_long() {
    let mut samples = year();
    samples[5].fields.place = Some("\u{1b}[31mred\u{202e}".to_owned());
    let trends = told(samples, Settings::default());
    for width in [80, 120] {
        let told = text(&trends, Paper { width, drawn: true });
        let longest = told.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= width, "{longest}: {told}");
        // Three samples, a month that was not screened, twice none.
        let line = told.lines().find(|line| line.contains("Ketamine")).unwrap();
        assert!(line.contains("\u{2588}\u{b7}\u{2581}\u{2581}"), "{line}");
        assert!(line.contains("0.3 kg, 12 tablets"), "{line}");
        assert!(
            !told.contains(['\u{1b}', '\u{202e}']),
            "no text of the data moves the terminal"
        );
    }
}

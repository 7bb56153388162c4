use super::*;
use crate::decide::VerdictLevel;
use crate::unknowns::points::tests::ions;
use crate::unknowns::{DayIs, Said};
use jiff::civil::date;
use serde_json::json;

fn seen(sample: &str) -> Observation {
    Observation {
        path: "/home/x/case-4711.msp".to_owned(),
        index: 0,
        record: Some("peak 7".to_owned()),
        sha256: "ab".repeat(32),
        sample: Some(sample.to_owned()),
        day: date(2026, 3, 14),
        day_is: DayIs::Given,
        place: Some("Harbour North".to_owned()),
        laboratory: None,
        technique: "ei-ms".to_owned(),
        precursor: None,
        then: Said {
            level: VerdictLevel::NotInLibrary,
            substances: Vec::new(),
            library: "lab".to_owned(),
            generation: 1,
            hash: "00".to_owned(),
        },
        now: None,
        hypothesis: Hypothesis::default(),
    }
}

fn notice(sentence: &str) -> Result<Notice, NoticeError> {
    let seen = seen("S-4711");
    let hypothesis = Hypothesis {
        sentences: vec![sentence.to_owned()],
        detail: json!({"verdict": "not-in-library"}),
    };
    let id = "U-2026-0001".to_owned();
    let unknown = Unknown::of(id, hypothesis, None, 0, &[&seen]).unwrap();
    Notice::of(&unknown, ions(&[(58.0, 100.0)]), 1, &[&seen])
}

fn read(change: impl FnOnce(&mut Value)) -> Result<Notices, NoticeError> {
    let good = notice("It is unlike everything in the library.").unwrap();
    let mut body = json!({"notices": [good]});
    change(&mut body);
    Notices::read(body)
}

#[test]
fn a_notice_tells_months_and_numbers_and_no_case() {
    let notice = notice("It is unlike everything in the library.").unwrap();
    let text = serde_json::to_string(&notice).unwrap();
    for word in ["S-4711", "peak 7", "Harbour", "2026-03-14", "case-", "abab"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    assert_eq!((notice.first.as_str(), notice.observations), ("2026-03", 1));
}

#[test]
fn a_hypothesis_that_tells_of_a_case_is_not_sent() {
    let told = notice("As in s-4711.").unwrap_err().to_string();
    assert!(
        told.contains("U-2026-0001") && told.contains("S-4711"),
        "{told}"
    );
    assert!(notice("Found at harbour north.").is_err());
    // A word that only begins like it is none.
    assert!(notice("Found at harbour northwards.").is_ok());
}

#[test]
fn what_is_no_notice_is_refused() {
    assert!(read(|_| {}).is_ok());
    let first = |body: &mut Value, field: &str, value: Value| body["notices"][0][field] = value;
    for (field, value) in [
        ("unknown", json!("../x")),
        ("unknown", json!("U-\u{1b}[2J")),
        ("serial", json!(0)),
        ("serial", json!(-1)),
        ("first", json!("2026-13")),
        ("first", json!("2026-03-14")),
        ("named", json!("a\u{7}b")),
        ("named", json!("a".repeat(3000))),
        ("spectrum", json!(null)),
        ("spectrum", json!({"x": []})),
        ("sample", json!("S-1")),
    ] {
        let refused = read(|body| first(body, field, value.clone()));
        assert!(refused.is_err(), "{field} {value}");
    }
    for (field, value) in [
        ("x", json!([1, 2, 3])),
        ("y", json!([])),
        ("x", json!([null])),
    ] {
        let refused = read(|body| body["notices"][0]["spectrum"][field] = value.clone());
        assert!(refused.is_err(), "{field} {value}");
    }
    assert!(read(|body| body["notices"] = json!([])).is_err());
    assert!(read(|body| *body = json!(7)).is_err());
    let twice = read(|body| {
        let one = body["notices"][0].clone();
        body["notices"] = json!([one, one]);
    });
    assert!(twice.unwrap_err().to_string().contains("twice"));
}

#[test]
fn a_withdrawn_notice_has_no_spectrum() {
    let seen = [&seen("S-4711")];
    let withdrawing = |reason: &str| notice("x").unwrap().withdrawing(reason, &seen);
    let told = withdrawing("sample S-4711 at Harbour North").unwrap_err();
    assert!(told.to_string().contains("S-4711"), "{told}");
    assert!(withdrawing("the day 2026-03-14 is wrong").is_err());
    let notice = withdrawing("a mistake").unwrap();
    assert_eq!(notice.spectrum, None);
    assert!(Notices::read(json!({"notices": [notice]})).is_ok());
}

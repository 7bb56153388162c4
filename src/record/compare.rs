//! What differs between a recorded result and the same asked again.

use serde::Serialize;
use serde_json::Value;

/// Places that tell where things lie and whether their hash was computed, and not what they are: they may differ.
const PLACES: [&str; 6] = [
    "/recorded",
    "/amends",
    "/source/path",
    "/library/location",
    "/library/verified",
    "/program/version",
];
/// Depends on the register of notices, which changes.
const ALERTS: &str = "/alerts";

/// One place at which two results differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// JSON pointer of the place.
    pub at: String,
    /// What the record says; `None` where it says nothing.
    pub before: Option<Value>,
    /// What was found now; `None` where there is nothing.
    pub now: Option<Value>,
    /// Now less before, of numbers.
    pub by: Option<f64>,
}

/// How two results compare.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Every place at which they differ, bit for bit, in order.
    pub differences: Vec<Difference>,
    /// Differences of the alerts, which depend on the register of notices.
    pub alerts: Vec<Difference>,
    /// Numbers that were compared.
    pub numbers: usize,
    /// The largest difference of a candidate's score.
    pub largest_score: Option<Difference>,
    /// Whether the verdicts' levels are the same.
    pub verdict_same: bool,
    /// Whether the verdicts name the same substances.
    pub set_same: bool,
    /// Whether the candidates are the same in the same order.
    pub order_same: bool,
}

impl Comparison {
    /// Whether the results are the same bit for bit, alerts and places aside.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Compares two results. Numbers are the same where their bits are.
pub fn compare(before: &Value, now: &Value) -> Comparison {
    let mut found = Walk::default();
    found.at("", Some(before), Some(now));
    let (alerts, differences): (Vec<_>, Vec<_>) = found
        .differences
        .into_iter()
        .partition(|d| d.at.starts_with(ALERTS));
    let is_score = |d: &&Difference| {
        d.by.is_some() && d.at.contains("/candidates/") && d.at.contains("/score")
    };
    let size = |d: &Difference| d.by.map_or(0.0, f64::abs);
    let largest_score = differences
        .iter()
        .filter(is_score)
        .max_by(|a, b| size(a).total_cmp(&size(b)))
        .cloned();
    Comparison {
        alerts,
        numbers: found.numbers,
        largest_score,
        verdict_same: collected(before, "level") == collected(now, "level"),
        set_same: collected(before, "substances") == collected(now, "substances"),
        order_same: order(before) == order(now),
        differences,
    }
}

/// What holds a verdict and candidates: the result, or the peaks of a run.
fn parts(result: &Value) -> Vec<&Value> {
    match result.get("peaks").and_then(Value::as_array) {
        Some(peaks) => peaks.iter().collect(),
        None => vec![result],
    }
}

fn collected(result: &Value, field: &str) -> Vec<Option<String>> {
    let value = |part: &Value| {
        let verdict = part.get("verdict")?;
        let found = verdict.get(field)?;
        let names = |list: &Vec<Value>| {
            let names = list.iter().filter_map(|s| s.get("name")?.as_str());
            names.collect::<Vec<_>>().join("\n")
        };
        Some(match found {
            Value::Array(list) => names(list),
            other => other.to_string(),
        })
    };
    parts(result).into_iter().map(value).collect()
}

fn order(result: &Value) -> Vec<Vec<String>> {
    let ids = |part: &Value| {
        let list = part.get("candidates").and_then(Value::as_array);
        let all = list.into_iter().flatten();
        all.filter_map(|c| Some(c.get("entry_id")?.as_str()?.to_owned()))
            .collect()
    };
    parts(result).into_iter().map(ids).collect()
}

#[derive(Default)]
struct Walk {
    differences: Vec<Difference>,
    numbers: usize,
}

impl Walk {
    fn at(&mut self, at: &str, before: Option<&Value>, now: Option<&Value>) {
        if PLACES.contains(&at) {
            return;
        }
        match (before, now) {
            (Some(Value::Object(a)), Some(Value::Object(b))) => {
                let added = b.keys().filter(|key| !a.contains_key(*key));
                for key in a.keys().chain(added) {
                    let name = key.replace('~', "~0").replace('/', "~1");
                    self.at(&format!("{at}/{name}"), a.get(key), b.get(key));
                }
            }
            (Some(Value::Array(a)), Some(Value::Array(b))) => {
                for index in 0..a.len().max(b.len()) {
                    self.at(&format!("{at}/{index}"), a.get(index), b.get(index));
                }
            }
            (Some(Value::Number(a)), Some(Value::Number(b))) => {
                self.numbers += 1;
                if !same_number(a, b) {
                    let by = b.as_f64().zip(a.as_f64()).map(|(b, a)| b - a);
                    self.differ(at, before, now, by);
                }
            }
            (a, b) if a == b => {}
            _ => self.differ(at, before, now, None),
        }
    }

    fn differ(&mut self, at: &str, before: Option<&Value>, now: Option<&Value>, by: Option<f64>) {
        self.differences.push(Difference {
            at: at.to_owned(),
            before: before.cloned(),
            now: now.cloned(),
            by,
        });
    }
}

/// Whole numbers by value, others by their bits (so that 0.0 and -0.0 differ).
fn same_number(a: &serde_json::Number, b: &serde_json::Number) -> bool {
    match (a.is_f64(), b.is_f64()) {
        (true, true) => a.as_f64().map(f64::to_bits) == b.as_f64().map(f64::to_bits),
        (false, false) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn result(score: f64) -> Value {
        json!({
            "verdict": {"level": "identified", "substances": [{"name": "MDMA"}]},
            "candidates": [{"entry_id": "a", "score": score}, {"entry_id": "b", "score": 0.5}],
            "alerts": [],
            "source": {"path": "x.jdx", "sha256": "00"},
            "program": {"name": "specid", "version": "1"},
        })
    }

    #[test]
    fn a_last_bit_is_a_difference() {
        let before = result(0.9);
        let same = compare(&before, &result(0.9));
        assert!(same.is_same() && same.verdict_same && same.order_same && same.numbers == 2);
        let next = f64::from_bits(0.9_f64.to_bits() + 1);
        let other = compare(&before, &result(next));
        assert!(!other.is_same() && other.verdict_same && other.set_same && other.order_same);
        let largest = other.largest_score.unwrap();
        assert_eq!(largest.at, "/candidates/0/score");
        assert_eq!(largest.by, Some(next - 0.9));
    }

    #[test]
    fn places_do_not_count_and_alerts_stand_apart() {
        let (before, mut now) = (result(0.9), result(0.9));
        now["source"]["path"] = json!("elsewhere/x.jdx");
        now["program"]["version"] = json!("2");
        now["recorded"] = json!({"entry": 1});
        now["alerts"] = json!([{"notice": "1"}]);
        let found = compare(&before, &now);
        assert!(found.is_same());
        assert_eq!(found.alerts.len(), 1);
        now["source"]["sha256"] = json!("01");
        now["candidates"] = json!([{"entry_id": "b", "score": 0.9}]);
        now["verdict"]["substances"] = json!([]);
        let found = compare(&before, &now);
        let places: Vec<&str> = found.differences.iter().map(|d| d.at.as_str()).collect();
        assert_eq!(
            places,
            [
                "/verdict/substances/0",
                "/candidates/0/entry_id",
                "/candidates/1",
                "/source/sha256"
            ]
        );
        assert!(found.verdict_same && !found.set_same && !found.order_same);
    }
}

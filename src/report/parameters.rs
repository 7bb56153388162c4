//! The settings under which a result was made, by the names of the command's options.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Options by name without dashes, each with its resolved value: `true` or `false` for what is on or off,
/// a list for what may be given several times, `null` where the usual value of the technique is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parameters(pub Map<String, Value>);

impl Parameters {
    /// Adds an option.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// The values of an option that may be given several times.
    pub fn names(&self, name: &str) -> Vec<String> {
        let several = self.0.get(name).and_then(Value::as_array);
        let names = several.into_iter().flatten().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    }

    /// The options as one would type them, so that the same command gives the same settings.
    pub fn arguments(&self) -> Vec<String> {
        let typed = |name: &str, value: &Value| match value {
            Value::Null | Value::Bool(false) => None,
            Value::Bool(true) => Some(format!("--{name}")),
            Value::String(text) => Some(format!("--{name}={text}")),
            other => Some(format!("--{name}={other}")),
        };
        let all = self.0.iter().flat_map(|(name, value)| match value {
            Value::Array(several) => several.iter().filter_map(|v| typed(name, v)).collect(),
            one => Vec::from_iter(typed(name, one)),
        });
        all.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn options_are_typed_as_a_person_would() {
        let mut parameters = Parameters::default();
        parameters.set("top", 10);
        parameters.set("max-shift", Value::Null);
        parameters.set("any-precursor", false);
        parameters.set("targets", json!(["table-i", "Piperonal"]));
        parameters.set("hypotheses", "never");
        parameters.set("plot", true);
        assert_eq!(
            parameters.arguments(),
            [
                "--top=10",
                "--targets=table-i",
                "--targets=Piperonal",
                "--hypotheses=never",
                "--plot"
            ]
        );
    }
}

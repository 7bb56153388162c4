//! How a batch is screened: what is searched, and what needs a second look.

use crate::chromatogram;
use crate::report::Parameters;
use crate::search::Options;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which spectra are of one sample, where the manifest does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SampleBy {
    /// Each spectrum is a sample.
    #[default]
    Spectrum,
    /// All spectra of a file.
    File,
    /// All spectra of the files of a folder or archive.
    Folder,
    /// All spectra whose records have the same title.
    Title,
}

impl SampleBy {
    /// Name as it is given.
    pub fn id(self) -> &'static str {
        match self {
            Self::Spectrum => "spectrum",
            Self::File => "file",
            Self::Folder => "folder",
            Self::Title => "title",
        }
    }
}

/// Of which spectra it is told what they may be of, where the library lacks the substance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hypotheses {
    /// Of none.
    #[default]
    Never,
    /// Of those that are not identified and good enough.
    Unknown,
    /// Of all.
    Always,
}

impl Hypotheses {
    /// Name as it is given.
    pub fn id(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Unknown => "unknown",
            Self::Always => "always",
        }
    }
}

/// A library of a run, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryUse {
    /// The technique that it is used for; `None` for all others.
    pub technique: Option<String>,
    /// Its name.
    pub name: String,
    /// Its generation.
    pub generation: u64,
    /// Its content hash.
    pub hash: String,
    /// File, or `embedded`.
    pub location: String,
}

/// The resolved settings of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What is searched.
    pub libraries: Vec<LibraryUse>,
    /// How it is searched.
    pub options: Options,
    /// Techniques that are looked at; empty for all.
    pub techniques: Vec<String>,
    /// What is said of the files: names and values, such as the technique.
    pub given: Vec<(String, String)>,
    /// Blank, ladder and internal standard of GC-MS runs, each file with its hash.
    pub method: Vec<Listed>,
    /// Substances of which each result says from what share they would have been noticed.
    pub targets: Vec<String>,
    /// Most components of a spectrum that are named; 1 does not look for mixtures.
    pub max_components: usize,
    /// Substances said to be in every sample, as given.
    pub known: Vec<String>,
    /// Of which spectra hypotheses are made.
    pub hypotheses: Hypotheses,
    /// What needs a second look.
    pub look: Look,
}

/// What needs a second look, and which spectra are of one sample. No result of a search depends on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Names of the alert list, as given.
    pub alert_names: Vec<String>,
    /// Keys of the substances of the alert list.
    pub alert: Vec<String>,
    /// Where nothing is named, candidates up to this rank that raise an alert.
    pub alert_rank: usize,
    /// Axis shift above which a result needs a second look, in the unit of the axis.
    pub axis_limit: f64,
    /// Upper end of the false-positive rate above which a result needs a second look.
    pub max_false_rate: f64,
    /// Fields that the manifest must give.
    pub require: Vec<String>,
    /// Which spectra are of one sample.
    pub sample_by: SampleBy,
}

/// A setting by name, as text.
pub type Listed = (String, String);

impl Settings {
    /// What the results of the files depend on. Two runs with the same list give the same results.
    pub fn searching(&self) -> Vec<Listed> {
        let mut list = vec![listed(
            "program",
            format!("specid {}", crate::program::VERSION),
        )];
        for library in &self.libraries {
            let name = match &library.technique {
                Some(technique) => format!("library for {technique}"),
                None => "library".to_owned(),
            };
            list.push((
                name,
                format!(
                    "{}, generation {}, {}",
                    library.name, library.generation, library.hash
                ),
            ));
        }
        let options = &self.options;
        list.push(listed("top", options.top));
        let or_usual = |value: Option<String>| value.unwrap_or_else(|| "usual".to_owned());
        list.push((
            "max-shift".to_owned(),
            or_usual(options.max_shift.map(|x| x.to_string())),
        ));
        list.push(listed("any-precursor", !options.match_precursor));
        let tolerance = options.precursor_tolerance.map(|t| t.to_string());
        list.push(("precursor-tolerance".to_owned(), or_usual(tolerance)));
        list.push(("techniques".to_owned(), joined(&self.techniques, "all")));
        let smallest = chromatogram::Settings::default();
        list.push((
            "peaks of runs".to_owned(),
            format!(
                "signal-to-noise {}, {} % of the area",
                smallest.min_signal_to_noise, smallest.min_area_percent
            ),
        ));
        list.extend(self.method.iter().cloned());
        list.push(("targets".to_owned(), joined(&self.targets, "none")));
        list.push(listed("max-components", self.max_components));
        list.push(("known".to_owned(), joined(&self.known, "none")));
        list.push(listed("hypotheses", self.hypotheses.id()));
        list.extend(self.given.iter().cloned());
        list
    }

    /// The settings that a result depends on, by the names of the options of `identify`.
    pub fn parameters(&self) -> Parameters {
        let options = &self.options;
        let mut all = Parameters::default();
        let text = |value: Option<String>| value.map_or(Value::Null, Value::from);
        all.set("top", options.top);
        all.set(
            "max-shift",
            options.max_shift.map_or(Value::Null, Value::from),
        );
        all.set("targets", self.targets.clone());
        all.set("known", self.known.clone());
        all.set("max-components", self.max_components);
        all.set("hypotheses", self.hypotheses.id());
        all.set("any-precursor", !options.match_precursor);
        let tolerance = options.precursor_tolerance.map(|t| t.to_string());
        all.set("precursor-tolerance", text(tolerance));
        for (name, value) in &self.given {
            all.set(name, value.clone());
        }
        all
    }
}

impl Look {
    /// The settings by name.
    pub fn listed(&self) -> Vec<Listed> {
        vec![
            ("alert".to_owned(), joined(&self.alert_names, "none")),
            listed("alert-rank", self.alert_rank),
            listed("axis-limit", self.axis_limit),
            listed("max-false-rate", self.max_false_rate),
            ("require".to_owned(), joined(&self.require, "none")),
            listed("sample-by", self.sample_by.id()),
        ]
    }
}

fn listed(name: &str, value: impl ToString) -> Listed {
    (name.to_owned(), value.to_string())
}

/// The values, or what stands for none of them.
fn joined(values: &[String], none: &str) -> String {
    match values.is_empty() {
        true => none.to_owned(),
        false => values.join(", "),
    }
}

/// What differs between two lists: name, earlier and present value; `-` where there is none.
pub fn differences(before: &[Listed], now: &[Listed]) -> Vec<(String, String, String)> {
    let value = |list: &[Listed], name: &str| {
        let found = list.iter().find(|(n, _)| n == name);
        found.map_or_else(|| "-".to_owned(), |(_, value)| value.clone())
    };
    let mut names: Vec<&String> = now.iter().map(|(name, _)| name).collect();
    names.extend(
        before
            .iter()
            .map(|(name, _)| name)
            .filter(|name| value(now, name) == "-"),
    );
    names
        .into_iter()
        .map(|name| (name.clone(), value(before, name), value(now, name)))
        .filter(|(_, before, now)| before != now)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_in_both_directions() {
        let list = |pairs: &[(&str, &str)]| -> Vec<Listed> {
            pairs.iter().map(|(n, v)| listed(n, v)).collect()
        };
        let before = list(&[("top", "5"), ("laser", "785"), ("same", "x")]);
        let now = list(&[("top", "10"), ("same", "x"), ("new", "y")]);
        let told = differences(&before, &now);
        let told: Vec<(&str, &str, &str)> = told
            .iter()
            .map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str()))
            .collect();
        assert_eq!(
            told,
            [("top", "5", "10"), ("new", "-", "y"), ("laser", "785", "-")]
        );
    }
}

//! What the runs of a day are measured against: a blank, a ladder of retention indices, an internal standard.

use super::injection::Injection;
use super::settings::Listed;
use crate::chromatogram::{
    Chromatogram, ChromatogramError, Ladder, Peak, Settings, is_measured, mark_blank,
};
use crate::report::run::Standard;
use crate::spectrum::{Warning, WarningKind};

/// Stands between the name of a file and its hash in a list of settings.
const HASH: &str = ", SHA-256 ";

/// What a file holds, with the name that it was given by and its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct OfFile<T> {
    /// Path as given.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What it holds.
    pub content: T,
}

/// How runs are looked at: the same for `identify` and for a batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Method {
    /// Which peaks are told.
    pub settings: Settings,
    /// The peaks of a blank.
    pub blank: Option<OfFile<Chromatogram>>,
    /// Standards of known retention index.
    pub ladder: Option<OfFile<Ladder>>,
    /// Which peak is the internal standard.
    pub standard: Option<Standard>,
}

impl Method {
    /// The peaks of a run, those that the blank has, too, marked.
    ///
    /// # Errors
    /// As [`Chromatogram::of`].
    pub fn chromatogram(
        &self,
        injection: &Injection<'_>,
    ) -> Result<Chromatogram, ChromatogramError> {
        let mut found = injection.chromatogram(&self.settings)?;
        if let Some(blank) = &self.blank {
            mark_blank(&mut found, &blank.content);
        }
        Ok(found)
    }

    /// What of a run the blank and the ladder say nothing of, since they were measured at other times.
    pub fn warnings(&self, found: &Chromatogram) -> Vec<Warning> {
        let minutes = |seconds: f64| seconds / 60.0;
        let mut warnings = Vec::new();
        if let Some(blank) = &self.blank {
            let beyond = |peak: &&Peak| !is_measured(&blank.content, peak.retention_s);
            let beyond = found.peaks.iter().filter(beyond).count();
            let total = &blank.content.total;
            if let (1.., Some((first, _)), Some((last, _))) = (beyond, total.first(), total.last())
            {
                warnings.push(Warning::new(
                    WarningKind::Format,
                    format!(
                        "The blank was measured from {:.2} to {:.2} min: {beyond} peaks at other times were not compared with it.",
                        minutes(*first),
                        minutes(*last)
                    ),
                ));
            }
        }
        let none = !found.peaks.is_empty()
            && found
                .peaks
                .iter()
                .all(|p| self.index(p.retention_s).is_none());
        if let (Some(ladder), true) = (&self.ladder, none) {
            let (first, last) = ladder.content.range();
            warnings.push(Warning::new(
                WarningKind::Format,
                format!(
                    "No peak has a retention index: the ladder goes from {:.2} to {:.2} min (its times are to be in min).",
                    minutes(first),
                    minutes(last)
                ),
            ));
        }
        warnings
    }

    /// Whether a file of this hash is the blank.
    pub fn is_blank(&self, sha256: &str) -> bool {
        let blank = self.blank.as_ref();
        blank.is_some_and(|blank| blank.sha256 == sha256)
    }

    /// Retention index at this time; `None` without a ladder and outside it.
    pub fn index(&self, seconds: f64) -> Option<f64> {
        self.ladder.as_ref()?.content.index(seconds)
    }

    /// What results depend on: files are known by their content, wherever they lie.
    pub fn listed(&self) -> Vec<Listed> {
        let blank = self.blank.as_ref().map(|b| (&b.path, &b.sha256));
        let ladder = self.ladder.as_ref().map(|l| (&l.path, &l.sha256));
        let file = |file: Option<(&String, &String)>| match file {
            Some((path, sha256)) => {
                let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
                format!("{name}{HASH}{sha256}")
            }
            None => "none".to_owned(),
        };
        let standard = self.standard.as_ref().map(Standard::typed);
        vec![
            ("blank".to_owned(), file(blank)),
            ("ri-ladder".to_owned(), file(ladder)),
            (
                "internal-standard".to_owned(),
                standard.unwrap_or_else(|| "none".to_owned()),
            ),
        ]
    }
}

/// The hash of the file that runs were measured against by such a list; `None` where there was none.
pub fn hash_of<'a>(listed: &'a [Listed], name: &str) -> Option<&'a str> {
    let (_, value) = listed.iter().find(|(own, _)| own == name)?;
    Some(value.rsplit_once(HASH)?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_name_and_content_not_by_folder() {
        let method = |path: &str, sha256: &str| Method {
            ladder: Some(OfFile {
                path: path.to_owned(),
                sha256: sha256.to_owned(),
                content: Ladder::read("10,1\n11,2").unwrap(),
            }),
            standard: Some(Standard::Minutes(7.25)),
            ..Method::default()
        };
        let listed = method("C:\\day\\ladder.csv", "aa").listed();
        assert_eq!(listed, method("/mnt/day/ladder.csv", "aa").listed());
        assert_ne!(listed, method("/mnt/day/ladder.csv", "ab").listed());
        assert_eq!(hash_of(&listed, "ri-ladder"), Some("aa"));
        assert_eq!(hash_of(&listed, "blank"), None);
        let values: Vec<&str> = listed.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["none", "ladder.csv, SHA-256 aa", "7.25"]);
        assert!(!method("x", "aa").is_blank("aa"));
    }
}

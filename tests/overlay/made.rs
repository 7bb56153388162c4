//! An overlay made for a test, and a laboratory's settings.

use crate::common::{Home, Ran, text};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

/// Headings as control-status.md of the project lists them.
pub const COLUMNS: [&str; 27] = [
    "country_iso2",
    "law_id",
    "law_title",
    "law_title_local",
    "list_id",
    "list_label",
    "entry_no",
    "match_kind",
    "inchikey",
    "inchikey_skeleton",
    "cas",
    "name_official",
    "name_local",
    "scope_salts",
    "scope_isomers",
    "scope_esters_ethers",
    "generic_rule_text",
    "smarts",
    "category",
    "status",
    "concentration_threshold",
    "quantity_threshold",
    "hs_national",
    "competent_authority",
    "effective_from",
    "effective_to",
    "gazette_ref",
];

/// Header lines, likewise.
pub const HEADER: [&str; 11] = [
    "schema",
    "country",
    "title",
    "issued_by",
    "list_version",
    "as_of",
    "language",
    "default_scope_salts",
    "default_scope_isomers",
    "source_sha256",
    "signature",
];

/// An overlay as lines of cells: 11 header lines, a blank one, the headings on line 13, and three entries
/// on lines 14, 15 and 16.
#[derive(Clone)]
pub struct Made {
    pub header: Vec<(String, String)>,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Made {
    pub fn new(version: &str, as_of: &str) -> Self {
        let value = |name: &str| match name {
            "schema" => "specid-overlay-1",
            "country" => "ZZ",
            "title" => "EXAMPLE, not a law",
            "issued_by" => "EXAMPLE",
            "list_version" => version,
            "as_of" => as_of,
            "language" => "en",
            "default_scope_salts" => "yes",
            "default_scope_isomers" => "no",
            _ => "",
        };
        let mut made = Self {
            header: HEADER.map(|n| (n.to_owned(), value(n).to_owned())).to_vec(),
            headings: COLUMNS.map(str::to_owned).to_vec(),
            rows: vec![vec![String::new(); COLUMNS.len()]; 3],
        };
        for (row, (key, cas)) in [
            ("RYYVLZVUVIJVGH-UHFFFAOYSA-N", "58-08-2"),
            ("FBPFZTCFMRRESA-KVTDHHQDSA-N", "69-65-8"),
            ("CVSVTCORWBXHQV-UHFFFAOYSA-N", "57-00-1"),
        ]
        .into_iter()
        .enumerate()
        {
            for (column, value) in [
                ("country_iso2", "ZZ"),
                ("law_id", "EXAMPLE"),
                ("law_title", "EXAMPLE, not a law"),
                ("list_id", "EXAMPLE"),
                ("list_label", "EXAMPLE list"),
                ("entry_no", &(row + 1).to_string()),
                ("match_kind", "exact"),
                ("inchikey", key),
                ("cas", cas),
                ("name_official", "EXAMPLE"),
                ("category", "precursor"),
                ("status", "controlled"),
                ("effective_from", "2020-01-01"),
                ("gazette_ref", "EXAMPLE"),
            ] {
                made.set(row, column, value);
            }
        }
        made
    }

    pub fn set(&mut self, row: usize, column: &str, value: &str) {
        let at = self.headings.iter().position(|h| h == column).unwrap();
        self.rows[row][at] = value.to_owned();
    }

    pub fn say(&mut self, name: &str, value: &str) {
        let line = self.header.iter_mut().find(|(n, _)| n == name).unwrap();
        line.1 = value.to_owned();
    }

    pub fn text(&self) -> String {
        let line = |cells: Vec<&str>| {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            writer.write_record(cells).unwrap();
            String::from_utf8(writer.into_inner().unwrap()).unwrap()
        };
        let mut text = String::new();
        for (name, value) in &self.header {
            text += &line(vec![name, value]);
        }
        text += "\n";
        for row in std::iter::once(&self.headings).chain(&self.rows) {
            text += &line(row.iter().map(String::as_str).collect());
        }
        text
    }
}

/// A laboratory with settings of its own.
pub struct Lab {
    pub home: Home,
}

impl Lab {
    pub fn new() -> Self {
        Self { home: Home::new() }
    }

    pub fn overlay(&self, arguments: &[&str]) -> Ran {
        self.home.run(&[&["overlay"], arguments].concat())
    }

    /// The folder of overlays that are used.
    pub fn folder(&self) -> PathBuf {
        self.home.path(".config/specid/overlays")
    }

    /// Names of the files in it.
    pub fn files(&self) -> Vec<String> {
        let Ok(items) = fs::read_dir(self.folder()) else {
            return Vec::new();
        };
        let name = |item: fs::DirEntry| item.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = items.map(|item| name(item.unwrap())).collect();
        names.sort();
        names
    }

    /// Makes a key; gives the public key file.
    pub fn key(&self, publisher: &str) -> PathBuf {
        let made = self
            .home
            .run(&["library", "key", "new", "--publisher", publisher]);
        assert_eq!(made.code, 0, "{}", made.err);
        let line = made.out.lines().find_map(|l| l.strip_prefix("public key"));
        PathBuf::from(line.unwrap().trim())
    }

    /// Trusts a public key file with the fingerprint that it states.
    pub fn trust(&self, public: &Path) {
        let content = fs::read_to_string(public).unwrap();
        let line = content.lines().find_map(|l| l.strip_prefix("fingerprint:"));
        let ran = self.home.run(&[
            "library",
            "key",
            "trust",
            text(public),
            "--fingerprint",
            line.unwrap().trim(),
            "--by",
            "T. Ester",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
}

pub fn today() -> Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}

pub fn years_ago(years: i64) -> String {
    today().checked_sub(years.years()).unwrap().to_string()
}

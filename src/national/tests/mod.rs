mod found;
mod standings;
mod status;
mod text;

use super::{EXAMPLE, NationalStanding, Overlay};
use crate::spectrum::Identity;
use jiff::civil::Date;

pub(super) const CAFFEINE: &str = "RYYVLZVUVIJVGH-UHFFFAOYSA-N";
pub(super) const MANNITOL: &str = "FBPFZTCFMRRESA-KVTDHHQDSA-N";
pub(super) const SORBITOL: &str = "FBPFZTCFMRRESA-JGWLITMVSA-N";

/// An overlay of the country ZZ as of 2026-01-01, salts yes, isomers no: the cells of each row that differ
/// from those of a controlled precursor.
pub(super) fn overlay(rows: &[&[(&str, &str)]]) -> Overlay {
    let file = file(rows);
    Overlay::parse(file.as_bytes(), "zz.csv").unwrap_or_else(|errors| panic!("{errors:?}\n{file}"))
}

pub(super) fn file(rows: &[&[(&str, &str)]]) -> String {
    let (front, _) = EXAMPLE.split_once("\nZZ,").unwrap();
    let headings: Vec<&str> = front.lines().last().unwrap().split(',').collect();
    let mut file = format!("{front}\n");
    for row in rows {
        let cell = |heading: &&str| {
            let named = row.iter().find(|(name, _)| name == heading);
            let usual = match *heading {
                "country_iso2" => "ZZ",
                "match_kind" => "exact",
                "category" => "precursor",
                "status" => "controlled",
                "law_title_local"
                | "inchikey"
                | "inchikey_skeleton"
                | "cas"
                | "name_local"
                | "scope_salts"
                | "scope_isomers"
                | "scope_esters_ethers"
                | "generic_rule_text"
                | "smarts"
                | "concentration_threshold"
                | "quantity_threshold"
                | "hs_national"
                | "effective_from"
                | "effective_to" => "",
                _ => "EXAMPLE",
            };
            format!("\"{}\"", named.map_or(usual, |(_, value)| value))
        };
        file.push_str(&headings.iter().map(cell).collect::<Vec<_>>().join(","));
        file.push('\n');
    }
    file
}

pub(super) fn keyed(key: &str) -> Identity {
    Identity {
        inchikey: Some(key.to_owned()),
        ..Identity::default()
    }
}

pub(super) fn numbered(cas: &str) -> Identity {
    Identity {
        cas: Some(cas.to_owned()),
        ..Identity::default()
    }
}

pub(super) fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

/// The only standing on a day.
pub(super) fn one(overlay: &Overlay, identity: &Identity, on: &str) -> NationalStanding {
    let standings = overlay.standings(identity, day(on));
    assert_eq!(standings.len(), 1, "{standings:?}");
    standings.into_iter().next().unwrap()
}

/// Whether a caveat holds these words.
pub(super) fn says(standing: &NationalStanding, words: &str) -> bool {
    standing.caveats.iter().any(|c| c.contains(words))
}

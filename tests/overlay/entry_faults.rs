//! What can be wrong with an entry, one thing at a time.

use crate::fault_table::Make::Cell;
use crate::fault_table::{Fault, fault};

/// Faults of the second entry.
pub const ENTRY: &[Fault] = &[
    fault(
        Cell(&[("country_iso2", "TH")]),
        15,
        "country_iso2",
        "ZZ, as the header's country says",
    ),
    fault(Cell(&[("law_id", "")]), 15, "law_id", "found nothing"),
    fault(Cell(&[("law_title", "")]), 15, "law_title", "found nothing"),
    fault(Cell(&[("list_id", "")]), 15, "list_id", "found nothing"),
    fault(Cell(&[("entry_no", "")]), 15, "entry_no", "found nothing"),
    fault(
        Cell(&[("name_official", "")]),
        15,
        "name_official",
        "found nothing",
    ),
    fault(Cell(&[("category", "")]), 15, "category", "found nothing"),
    fault(
        Cell(&[("match_kind", "exactly")]),
        15,
        "match_kind",
        "exact, group, generic, preparation",
    ),
    fault(
        Cell(&[("status", "forbidden")]),
        15,
        "status",
        "controlled, temporary, monitored, exempt, repealed",
    ),
    fault(
        Cell(&[("inchikey", "FBPFZTCFMRRESA")]),
        15,
        "inchikey",
        "14, 10 and 1 capital letters",
    ),
    fault(
        Cell(&[("inchikey", "fbpfztcfmrresa-KVTDHHQDSA-N")]),
        15,
        "inchikey",
        "14, 10 and 1 capital letters",
    ),
    fault(
        Cell(&[("inchikey_skeleton", "RYYVLZVUVIJVGH")]),
        15,
        "inchikey_skeleton",
        "FBPFZTCFMRRESA, the first block",
    ),
    fault(
        Cell(&[("inchikey_skeleton", "FBPFZ")]),
        15,
        "inchikey_skeleton",
        "14 capital letters",
    ),
    fault(Cell(&[("cas", "69658")]), 15, "cas", "such as 7732-18-5"),
    fault(
        Cell(&[("cas", "08.02.1958")]),
        15,
        "cas",
        "made a date of it",
    ),
    fault(
        Cell(&[("inchikey", ""), ("cas", "69-65-9")]),
        15,
        "cas",
        "check digit",
    ),
    fault(
        Cell(&[("inchikey", ""), ("cas", "")]),
        15,
        "inchikey",
        "since match_kind is exact",
    ),
    fault(
        Cell(&[("match_kind", "group"), ("inchikey", ""), ("cas", "")]),
        15,
        "inchikey",
        "since match_kind is group",
    ),
    fault(
        Cell(&[("match_kind", "generic")]),
        15,
        "generic_rule_text",
        "since match_kind is generic",
    ),
    fault(
        Cell(&[("match_kind", "preparation"), ("inchikey", ""), ("cas", "")]),
        15,
        "generic_rule_text",
        "since match_kind is preparation",
    ),
    fault(
        Cell(&[("scope_salts", "all")]),
        15,
        "scope_salts",
        "yes, no or an empty cell",
    ),
    fault(
        Cell(&[("scope_isomers", "1")]),
        15,
        "scope_isomers",
        "yes, no or an empty cell",
    ),
    fault(
        Cell(&[("scope_esters_ethers", "no!")]),
        15,
        "scope_esters_ethers",
        "yes, no or an empty cell",
    ),
    fault(
        Cell(&[("effective_from", "3/12/2024")]),
        15,
        "effective_from",
        "format the column as text",
    ),
    fault(
        Cell(&[("effective_to", "2024-12")]),
        15,
        "effective_to",
        "YYYY-MM-DD",
    ),
    fault(
        Cell(&[("effective_to", "2019-12-31")]),
        15,
        "effective_to",
        "not before effective_from, which is 2020-01-01",
    ),
    fault(
        Cell(&[("status", "repealed")]),
        15,
        "effective_to",
        "since the status is repealed",
    ),
    fault(
        Cell(&[("concentration_threshold", "much")]),
        15,
        "concentration_threshold",
        ">= 2.5 %",
    ),
    fault(
        Cell(&[("concentration_threshold", "250 %")]),
        15,
        "concentration_threshold",
        "at most 100 %",
    ),
    fault(
        Cell(&[("quantity_threshold", "1,500 g")]),
        15,
        "quantity_threshold",
        "thousands",
    ),
    fault(
        Cell(&[("hs_national", "29,39")]),
        15,
        "hs_national",
        "4 to 12 digits",
    ),
    fault(
        Cell(&[("entry_no", "1")]),
        15,
        "entry_no",
        "on line 14 and here",
    ),
];

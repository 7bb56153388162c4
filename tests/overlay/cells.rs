//! Cell by cell: the schema and the program take and refuse the same.

use crate::common::text;
use crate::made::{Lab, Made};
use serde_json::{Value, json};

pub fn printed(what: &str) -> String {
    let ran = Lab::new().overlay(&[what]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

pub fn schema() -> Value {
    serde_json::from_str(&printed("schema")).unwrap()
}

/// A Frictionless field as a JSON Schema of the cell's text.
fn cell_schema(field: &Value) -> Value {
    let constraints = &field["constraints"];
    let required = constraints["required"] == true;
    let mut text = match field["type"].as_str().unwrap() {
        "boolean" => {
            let values = |list: &str| field[list].as_array().unwrap().clone();
            let both = [values("trueValues"), values("falseValues")].concat();
            json!({"enum": both})
        }
        "date" => json!({"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        "string" => json!({"minLength": 1}),
        other => panic!("{other}"),
    };
    for rule in ["pattern", "enum"] {
        if let Some(value) = constraints.get(rule) {
            text[rule] = value.clone();
        }
    }
    match required {
        true => text,
        false => json!({"anyOf": [{"const": ""}, text]}),
    }
}

pub fn takes(field: &Value, cell: &str) -> bool {
    let schema = cell_schema(field);
    jsonschema::validator_for(&schema)
        .unwrap()
        .is_valid(&json!(cell))
}

/// Values for each column with a rule: those that must pass and those that must not.
const CELLS: &[(&str, &[&str], &[&str])] = &[
    ("country_iso2", &["ZZ"], &["", "zz", "ZZZ"]),
    ("law_id", &["EXAMPLE"], &[""]),
    ("law_title", &["EXAMPLE"], &[""]),
    ("list_id", &["EXAMPLE"], &[""]),
    ("list_label", &["EXAMPLE"], &[""]),
    ("entry_no", &["9"], &[""]),
    (
        "match_kind",
        &["exact", "group", "preparation"],
        &["", "Exact", "any"],
    ),
    (
        "inchikey",
        &["", "FBPFZTCFMRRESA-KVTDHHQDSA-N"],
        &[
            "x",
            "FBPFZTCFMRRESA-KVTDHHQDSA-",
            "FBPFZTCFMRRESA-KVTDHHQDSA-NN",
        ],
    ),
    (
        "inchikey_skeleton",
        &["", "FBPFZTCFMRRESA"],
        &["FBPFZTCFMRRES", "fbpfztcfmrresa"],
    ),
    ("cas", &["", "69-65-8"], &["69658", "69-65-", "69/65/8"]),
    ("name_official", &["EXAMPLE"], &[""]),
    (
        "scope_salts",
        &["", "yes", "no", "Yes", "NO"],
        &["y", "true", "yES"],
    ),
    (
        "scope_isomers",
        &["", "yes", "no", "YES", "No"],
        &["n", "0"],
    ),
    ("scope_esters_ethers", &["", "yes", "no"], &["?"]),
    ("category", &["narcotic", "NPS"], &[""]),
    (
        "status",
        &["controlled", "monitored", "exempt"],
        &["", "CONTROLLED", "banned"],
    ),
    (
        "concentration_threshold",
        &[
            "",
            "2.5 %",
            ">= 2,5 % w/w",
            "≤10%",
            "<0.1 mg/ml",
            "5 µg/dose",
        ],
        &["2.5", "%", "5 g", "=5 %", "5 % x"],
    ),
    (
        "quantity_threshold",
        &["", "500 g", "> 0.5 kg", "100 tablets", "≥ 1 l"],
        &["500", "g", "5 %", "5 G", "5 oz"],
    ),
    (
        "hs_national",
        &["", "2939.30", "2939 30 00", "29393000"],
        &["293", "2939-30", "x"],
    ),
    (
        "effective_from",
        &["", "2020-01-01"],
        &["2020", "01/02/2020", "2020-1-1"],
    ),
    (
        "effective_to",
        &["", "2030-01-01"],
        &["2030-01", "20300101"],
    ),
];

#[test]
fn schema_and_program_take_and_refuse_the_same_cells() {
    let lab = Lab::new();
    let schema = schema();
    let fields = schema["fields"].as_array().unwrap();
    for field in fields {
        let name = field["name"].as_str().unwrap();
        let Some((_, good, bad)) = CELLS.iter().find(|(column, ..)| *column == name) else {
            // Free text that may be empty: there is nothing to break.
            assert!(field.get("constraints").is_none(), "{name} is not tested");
            continue;
        };
        let cells = good
            .iter()
            .map(|c| (c, true))
            .chain(bad.iter().map(|c| (c, false)));
        for (cell, passes) in cells {
            assert_eq!(takes(field, cell), passes, "the schema on {name}: {cell:?}");
            let mut made = Made::new("1", "2026-01-01");
            made.set(1, name, cell);
            let file = lab.home.file("cell.csv", made.text());
            let ran = lab.overlay(&["check", text(&file), "--on", "2026-06-01"]);
            assert_eq!(
                ran.code != 2,
                passes,
                "the program on {name}: {cell:?}: {}",
                ran.out
            );
        }
    }
    let header: &[(&str, &[&str], &[&str])] = &[
        ("country", &["ZZ"], &["", "Z", "zz"]),
        ("title", &["EXAMPLE"], &[""]),
        ("issued_by", &["EXAMPLE"], &[""]),
        (
            "list_version",
            &["1", "2026-01", "a.b_c"],
            &["", "-1", "a b", "a/b"],
        ),
        ("as_of", &["2026-01-01"], &["", "2026"]),
        (
            "language",
            &["th", "th en", "zh-Hant", "zh-Hant  en"],
            &["", "t", "thai", "th,en"],
        ),
        ("default_scope_salts", &["yes", "No"], &["", "y"]),
        ("default_scope_isomers", &["yes", "No"], &["", "y"]),
        (
            "source_sha256",
            &[
                "",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            ],
            &[
                "0123",
                "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
            ],
        ),
    ];
    for (name, good, bad) in header {
        let fields = schema["header"]["fields"].as_array().unwrap();
        let field = fields.iter().find(|f| f["name"] == *name).unwrap();
        let cells = good
            .iter()
            .map(|c| (c, true))
            .chain(bad.iter().map(|c| (c, false)));
        for (cell, passes) in cells {
            assert_eq!(takes(field, cell), passes, "the schema on {name}: {cell:?}");
            let mut made = Made::new("1", "2026-01-01");
            made.say(name, cell);
            let file = lab.home.file("cell.csv", made.text());
            let ran = lab.overlay(&["check", text(&file), "--on", "2026-06-01"]);
            assert_eq!(
                ran.code != 2,
                passes,
                "the program on {name}: {cell:?}: {}",
                ran.out
            );
        }
    }
}

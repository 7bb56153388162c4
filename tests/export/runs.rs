//! What forms make of screening runs.

use super::common::Home;
use super::{FORM_D, cells, get, named, root, run, screened};
use std::fs;

#[test]
fn a_manifest_says_which_files_of_a_run_are_one_sample() {
    let home = screened(&[
        ("a.msp", "Piperonal"),
        ("b.msp", "Piperonal"),
        ("c.msp", "Piperonal"),
        ("d.msp", "Safrole"),
    ]);
    // The quantity of A stands with both of its files; C holds files that contradict each other.
    home.file(
        "cases.csv",
        "file,case,item,sample,date,quantity,unit\n\
         in/a.msp,C-1,1,A,2024-03-01,5,kg\n\
         in/b.msp,C-1,1,A,2024-03-01,5000,g\n\
         in/c.msp,C-2,1,C,2024-03-01,7,kg\n\
         in/d.msp,C-2,1,C,2024-03-01,7,kg\n\
         in/e.msp,C-3,1,E,2024-03-01,7,kg\n",
    );
    let ran = run(&home, &FORM_D);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = named(&home.path("out/form-d-2024.csv"));
    let told = cells(
        &rows,
        &[
            "substance_name",
            "quantity",
            "confidence",
            "method_of_identification",
        ],
    );
    assert_eq!(
        told,
        [[
            "Piperonal",
            "5",
            "presumptive",
            "library search: EI mass spectrum"
        ]]
    );
    let provenance = named(&home.path("out/form-d-2024.provenance.csv"));
    let told = cells(
        &provenance,
        &[
            "sample",
            "file",
            "spectrum",
            "quantity_as_written",
            "quantity",
        ],
    );
    assert_eq!(
        told,
        [
            ["A", "in/a.msp", "1", "5 kg; 5000 g", "5"],
            ["A", "in/b.msp", "1", "5 kg; 5000 g", ""]
        ]
    );
    let listed = named(&home.path("out/form-d-2024.not-counted.csv"));
    let told = cells(&listed, &["sample", "counted"]);
    assert_eq!(told, [["C", "no"], ["E", "no"], ["A", "yes"]]);
    assert!(
        get(&listed[0], "reason").contains("disagree"),
        "{}",
        get(&listed[0], "reason")
    );
    assert!(get(&listed[1], "reason").contains("the file in/e.msp is in none of the runs"));
    // One of C's files has the bytes of A's.
    assert!(get(&listed[2], "reason").contains("stands in sample C of case C-2, too"));
}

#[test]
fn one_file_in_two_runs_counts_once() {
    let home = screened(&[("a.msp", "Piperonal"), ("b.msp", "Piperonal")]);
    let ran = run(
        &home,
        &["screen", "in", "--out", "again", "--library", "starter"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    home.file(
        "cases.csv",
        "file,date,quantity,unit\nin/a.msp,2024-03-01,5,kg\nin/b.msp,2024-03-01,6,kg\n",
    );
    let arguments = [
        "export",
        "pics",
        "run",
        "again",
        "run",
        "--cases",
        "cases.csv",
        "--out",
        "out",
    ];
    let ran = run(&home, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("run is named twice"), "{}", ran.err);
    let rows = named(&home.path("out/pics.csv"));
    // Two samples of the same bytes in one run are two samples.
    assert_eq!(
        cells(&rows, &["substance_name", "quantity"]),
        [["Piperonal", "5"], ["Piperonal", "6"]]
    );
    let listed = named(&home.path("out/pics.not-counted.csv"));
    let told = cells(&listed, &["counted", "input"]);
    assert_eq!(told, [["once", "again"], ["once", "again"]]);
    assert!(
        get(&listed[0], "reason").contains("the same spectra"),
        "{}",
        get(&listed[0], "reason")
    );
}

#[test]
fn a_run_that_was_not_finished_is_no_year() {
    let home = screened(&[("a.msp", "Piperonal")]);
    let store = rusqlite::Connection::open(home.path("run/run.sqlite")).unwrap();
    store
        .execute_batch("DELETE FROM belongs; DELETE FROM sample")
        .unwrap();
    drop(store);
    let ran = run(&home, &["export", "pics", "run", "--out", "out"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("1 spectra of the run run are not judged"),
        "{}",
        ran.err
    );
}

#[test]
fn national_status_stands_beside_that_of_the_un() {
    use specid::authority::{Desk, Header, Period, Value, admr};
    use specid::substance::{On, Register, Rules};
    let data = |name: &str| fs::read_to_string(root().join("spectra-library").join(name)).unwrap();
    let rules = Rules::parse(&data("lists.tsv"), &data("control.tsv")).unwrap();
    let register = Register::parse(&data("substances.tsv"))
        .unwrap()
        .with_rules(rules);
    let home = Home::new();
    let manifest = home.file(
        "cases.csv",
        "sample,date,confirmed_as\nA,2024-06-30,Ketamine\n",
    );
    let cases = specid::cases::read(&[], &[manifest]).unwrap();
    let national = |identity: &specid::spectrum::Identity, on: On| {
        vec![format!(
            "example list: {} on {}",
            identity.name,
            on.day().unwrap()
        )]
    };
    let desk = Desk {
        register: &register,
        national: Some(&national),
        header: Header::default(),
    };
    let export = admr(&cases, &desk, &Period::half_year("2024-H1").unwrap());
    let at = |name: &str| {
        export
            .rows
            .headings
            .iter()
            .position(|h| h.name == name)
            .unwrap()
    };
    let row = &export.rows.rows[0];
    assert_eq!(
        row[at("national_status")],
        Value::text("example list: Ketamine on 2024-06-30")
    );
    assert_eq!(row[at("un_status")], Value::text("no UN listing known"));
}

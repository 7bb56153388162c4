//! What forms make of the rows of manifests.

use super::common::Home;
use super::{FORM_D, cells, get, made, named, run, screened};
use std::fs;

#[test]
fn the_law_of_the_day_decides_the_part() {
    // 4-Piperidone came under Table I on 3 December 2024, MAPA on 3 November 2020.
    let made = made(
        "sample,date,quantity,unit,confirmed_as\n\
         A,2024-12-02,1,kg,4-Piperidone\n\
         B,2024-12-03,2,kg,4-piperidone\n\
         C,2024-12-31,4,kg,41661-47-6\n",
        &["form-d", "--year", "2024"],
    );
    let told = cells(
        &made.rows,
        &[
            "part",
            "table",
            "quantity",
            "unit",
            "n_seizures",
            "seizure_date",
        ],
    );
    assert_eq!(
        told,
        [
            ["scheduled", "I", "6", "kg", "2", "2024-12-03/2024-12-31"],
            ["non-scheduled", "", "1", "kg", "1", "2024-12-02"],
        ]
    );
    assert_eq!(
        get(&made.rows[1], "non_scheduled_reason"),
        "in no table on 2024-12-02; pre-precursor in the register"
    );
    for (year, part) in [("2019", "non-scheduled"), ("2021", "scheduled")] {
        let made = self::made(
            &format!("sample,date,quantity,unit,confirmed_as\nA,{year}-06-30,5,kg,MAPA\n"),
            &["form-d", "--year", year],
        );
        assert_eq!(
            cells(&made.rows, &["part", "quantity"]),
            [[part, "5"]],
            "{year}"
        );
    }
}

#[test]
fn what_the_register_does_not_know_is_in_neither_part() {
    // Alphaprodine is in Schedule I of the 1961 Convention (Yellow List) and not in the register.
    let made = made(
        "sample,date,quantity,unit,confirmed_as\n\
         A,2026-02-01,1,kg,Alphaprodine\n",
        &["form-d", "--year", "2026"],
    );
    let told = cells(
        &made.rows,
        &["part", "table", "substance_name", "non_scheduled_reason"],
    );
    assert_eq!(told, [["undetermined", "not known", "Alphaprodine", ""]]);
    let remarks = get(&made.rows[0], "remarks");
    assert!(
        remarks.contains("status on the day: not in the register of substances"),
        "{remarks}"
    );
    let listed = cells(&made.not_counted, &["sample", "counted"]);
    assert_eq!(listed, [["A", "yes"]]);
    let reason = get(&made.not_counted[0], "reason");
    assert!(
        reason.contains("The register does not know Alphaprodine"),
        "{reason}"
    );
}

#[test]
fn drugs_and_cutting_agents_are_listed_and_not_dropped() {
    let made = made(
        "case,sample,date,quantity,unit,confirmed_as\n\
         C-1,A,2024-03-01,1,kg,Cocaine\n\
         C-1,B,2024-03-01,1,kg,Mephedrone\n\
         C-1,C,2024-03-01,1,kg,Caffeine\n\
         C-1,D,2024-03-01,1,kg,Ketamine\n",
        &["form-d", "--year", "2024"],
    );
    assert_eq!(made.ran.code, 1, "nothing belongs on the form");
    assert!(made.rows.is_empty());
    let told = cells(&made.not_counted, &["sample", "counted"]);
    assert_eq!(told, [["A", "no"], ["B", "no"], ["C", "no"], ["D", "no"]]);
    let reasons: Vec<&str> = made
        .not_counted
        .iter()
        .map(|row| get(row, "reason"))
        .collect();
    for (reason, part) in reasons.iter().zip([
        "1961 Schedule I",
        "1971 Schedule II",
        "cutting agent",
        "NPS",
    ]) {
        assert!(reason.contains(part), "{reason}");
    }
}

#[test]
fn sums_are_exact_and_units_and_forms_stay_apart() {
    let made = made(
        "case,item,sample,date,quantity,unit,form,confirmed_as\n\
         C-1,1,A,2024-03-01,0.1,kg,,P-2-P\n\
         C-1,2,B,2024-03-01,200,g,,phenylacetone\n\
         C-2,1,C,2024-03-01,\"0,000001\",mg,,BMK\n\
         C-3,1,D,2024-03-01,5,l,,P2P\n\
         C-4,1,E,2024-03-01,7,kg,salt,P-2-P\n\
         C-5,1,F,2024-03-01,1,kg,,Ephedrine hydrochloride\n\
         C-5,2,G,2024-03-01,1,kg,,ephedrine HCl\n\
         C-5,3,H,2024-03-01,,,,P-2-P\n",
        &["form-d", "--year", "2024"],
    );
    let told = cells(
        &made.rows,
        &[
            "substance_name",
            "form",
            "quantity",
            "unit",
            "n_seizures",
            "cas",
        ],
    );
    assert_eq!(
        told,
        [
            ["1-Phenyl-2-propanone", "", "", "", "1", "103-79-7"],
            [
                "1-Phenyl-2-propanone",
                "",
                "0.300000000001",
                "kg",
                "2",
                "103-79-7"
            ],
            ["1-Phenyl-2-propanone", "", "5", "l", "1", "103-79-7"],
            ["1-Phenyl-2-propanone", "salt", "7", "kg", "1", "103-79-7"],
            ["Ephedrine, hydrochloride", "salt", "2", "kg", "1", ""],
        ]
    );
    let listed = cells(&made.not_counted, &["sample", "counted", "reason"]);
    assert_eq!(
        listed,
        [["H", "without quantity", "No quantity is stated."]]
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_never_guessed() {
    let made = made(
        "case,item,sample,date,quantity,unit,confirmed_as\n\
         C-1,1,A,2024-03-01,\"1,234\",kg,Piperonal\n\
         C-1,2,B,2024-03-01,5,lb,Piperonal\n\
         C-1,3,C,2024-03-01,-5,kg,Piperonal\n\
         C-1,4,D,02/03/2024,5,kg,Piperonal\n\
         C-1,5,E,2024-03-01,5,kg,Piperonal\n\
         C-1,5,E,2024-03-01,6,kg,Piperonal\n\
         C-1,6,F,2024-03-01,5,kg,Piperonal\n\
         C-1,6,F,2024-03-01,5,kg,Safrole\n\
         C-1,7,G,2024-03-01,8,kg,Piperonal\n\
         C-1,7,G,2024-03-01,8000,g,Piperonal\n\
         C-1,8,H,2024-03-01,9,kg,Piperonal\n\
         C-1,8,I,2024-03-01,9000,g,Piperonal\n",
        &["form-d", "--year", "2024"],
    );
    // G once, H and I each; A, B, C and E without a quantity.
    assert_eq!(
        cells(&made.rows, &["quantity", "unit", "remarks"]),
        [["", "", "samples: 4"], ["26", "kg", "samples: 3"]]
    );
    let told = cells(
        &made.not_counted,
        &["sample", "counted", "quantity_as_written"],
    );
    let mut told: Vec<Vec<&str>> = told;
    told.sort();
    assert_eq!(
        told,
        [
            ["A", "without quantity", "1,234 kg"],
            ["B", "without quantity", "5 lb"],
            ["C", "without quantity", "'-5 kg"],
            ["D", "no", "5 kg"],
            ["E", "without quantity", "5 kg; 6 kg"],
            ["F", "no", "5 kg"],
            ["H", "yes", "9 kg"],
            ["I", "yes", "9000 g"],
        ]
    );
    for (sample, part) in [
        (
            "A",
            "cases.csv, line 2: the quantity \"1,234\" may be read as 1.234 or as 1234",
        ),
        ("B", "the unit \"lb\" is not known"),
        ("C", "below zero"),
        ("D", "with the day or with the month first"),
        ("E", "5 kg (cases.csv, line 6), 6 kg (cases.csv, line 7)"),
        ("F", "different substances"),
        ("I", "possibly the same material; each is counted"),
    ] {
        let row = made
            .not_counted
            .iter()
            .find(|row| get(row, "sample") == sample)
            .unwrap();
        assert!(get(row, "reason").contains(part), "{}", get(row, "reason"));
    }
}

#[test]
fn what_somebody_filled_in_is_not_replaced_unasked() {
    let manifest = "sample,date,quantity,unit,confirmed_as\nA,2024-06-30,5,kg,Piperonal\n";
    let made = made(manifest, &["form-d", "--year", "2024"]);
    let path = made.home.path("out/form-d-2024.csv");
    let ours = fs::read_to_string(&path).unwrap();
    let arguments = [
        "export",
        "form-d",
        "--year",
        "2024",
        "cases.csv",
        "--out",
        "out",
    ];
    assert_eq!(
        run(&made.home, &arguments).code,
        0,
        "the same bytes replace nothing"
    );
    fs::write(&path, format!("{ours}filled in\n")).unwrap();
    let ran = run(&made.home, &arguments);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("form-d-2024.csv") && ran.err.contains("--replace"),
        "{}",
        ran.err
    );
    assert!(fs::read_to_string(&path).unwrap().ends_with("filled in\n"));
    let ran = run(&made.home, &[arguments.as_slice(), &["--replace"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), ours);
    let names = fs::read_dir(made.home.path("out")).unwrap().count();
    assert_eq!(names, 4, "nothing is left beside the files");
}

#[test]
fn a_first_detection_is_one_in_the_data_given() {
    let rows = |more: &str| {
        format!(
            "case,sample,date,place,quantity,unit,confirmed_as\n\
             C-1,A,2024-02-01,Jakarta,1,kg,Piperonal\n\
             C-2,B,2024-08-01,Jakarta,1,kg,Piperonal\n\
             C-3,C,2024-08-02,Jakarta,1,kg,Ketamine\n\
             C-4,D,2024-08-03,Medan,1,kg,Ketamine\n{more}"
        )
    };
    let flags = |manifest: &str| {
        let made = made(manifest, &["admr", "--half-year", "2024-H2"]);
        let told = cells(
            &made.rows,
            &["substance", "place", "first_detection_flag", "nps_flag"],
        );
        told.into_iter()
            .map(|row| row.join(" "))
            .collect::<Vec<String>>()
    };
    assert_eq!(
        flags(&rows("")),
        [
            "Ketamine Jakarta yes yes",
            "Ketamine Medan no yes",
            "Piperonal Jakarta no no"
        ]
    );
    // A sample without date may be earlier.
    assert_eq!(
        flags(&rows("C-5,E,,Medan,1,kg,Ketamine\n"))[0],
        "Ketamine Jakarta open yes"
    );
}

#[test]
fn a_place_is_one_whatever_its_capitals_and_blanks() {
    let made = made(
        "case,sample,date,place,quantity,unit,confirmed_as\n\
         C-1,A,2024-08-01,Harbour North,1,kg,Piperonal\n\
         c-1,B,2024-08-02,harbour  north,2,kg,Piperonal\n\
         C-2,C,2024-08-03,HARBOUR NORTH ,3,kg,Piperonal\n",
        &["admr", "--half-year", "2024-H2"],
    );
    assert_eq!(
        cells(&made.rows, &["place", "quantity", "seizures_count"]),
        [["HARBOUR NORTH", "6", "2"]]
    );
}

#[test]
fn what_a_confirmation_did_not_find_is_not_counted() {
    let made = made(
        "case,sample,date,quantity,unit,confirmed_as\n\
         C-1,A,2024-08-01,1,kg,negative\n\
         C-2,B,2024-08-02,2,kg,no controlled substance\n\
         C-3,C,2024-08-03,3,kg,103-79-8\n",
        &["admr", "--half-year", "2024-H2"],
    );
    assert_eq!(cells(&made.rows, &["substance"]), [["103-79-8"]]);
    let told = |at: usize| get(&made.not_counted[at], "reason");
    assert!(
        told(0).contains("No substance is named (nothing confirmed)"),
        "{}",
        told(0)
    );
    assert!(
        told(1).contains("\"no controlled substance\""),
        "{}",
        told(1)
    );
    assert!(
        told(2).contains("the check digit of the CAS number 103-79-8 is wrong"),
        "{}",
        told(2)
    );
}

#[test]
fn what_is_on_no_form_tells_what_the_screening_names() {
    let home = screened(&[("a.msp", "Piperonal")]);
    home.file(
        "cases.csv",
        "file,case,sample,date,quantity,unit,confirmed_as\nin/a.msp,C-1,A,2024-03-01,5,kg,Heroin\n",
    );
    let ran = run(&home, &FORM_D);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let listed = named(&home.path("out/form-d-2024.not-counted.csv"));
    let reason = get(&listed[0], "reason");
    assert!(reason.contains("It is no precursor: Heroin"), "{reason}");
    assert!(reason.contains("the screening names Piperonal"), "{reason}");
}

#[test]
fn incidents_carry_what_the_manifest_says() {
    let made = made(
        "incident;case;sample;date;country;place;quantity;unit;confirmed as;declared as;HS declared;transit;document refs;restrictions on sharing;agency\n\
         I-7;C-1;A;2024-03-01;Malaysia;Port Klang;\"2,5\";t;Acetic anhydride;acetic acid;2915.21;Singapore;=1+1;authorities only;Customs\n\
         I-7;C-1;B;2024-03-01;Malaysia;Port Klang;1;kg;Zyxocarbin-7;;;;;;\n",
        &["pics", "--from", "2024-03-01", "--to", "2024-03-01"],
    );
    assert_eq!(made.rows.len(), 1);
    for (name, expected) in [
        ("incident_id_local", "I-7"),
        ("country", "Malaysia"),
        ("reporting_agency", "Customs"),
        ("substance_name", "Acetic anhydride"),
        ("cas", "108-24-7"),
        ("inchikey", "WFDIJRYMOXRFFG-UHFFFAOYSA-N"),
        ("scheduled_status", "1988 Table I"),
        ("quantity", "2500"),
        ("unit", "kg"),
        ("labels_declared_as", "acetic acid"),
        ("hs_declared", "2915.21"),
        ("document_refs", "'=1+1"),
        ("identification_confidence", "confirmed"),
        ("restrictions_on_sharing", "authorities only"),
        ("packaging", ""),
    ] {
        assert_eq!(get(&made.rows[0], name), expected, "{name}");
    }
    let unknown = get(&made.not_counted[0], "reason");
    assert!(
        unknown.contains("Whether it is a precursor is not known"),
        "{unknown}"
    );
}

#[test]
fn what_cannot_be_exported_is_said() {
    let home = Home::new();
    home.file("cases.csv", "colour,size\nred,1\n");
    home.file(
        "good.csv",
        "sample,date,confirmed_as\nA,2024-06-30,Piperonal\n",
    );
    fs::create_dir(home.path("empty")).unwrap();
    for (arguments, part) in [
        (
            vec!["form-d", "--year", "2024", "nowhere.csv"],
            "there is no such file",
        ),
        (
            vec!["form-d", "--year", "2024", "cases.csv"],
            "there is no file, case, item or sample column",
        ),
        (
            vec!["form-d", "--year", "2024", "empty"],
            "this folder holds no screening run",
        ),
        (
            vec!["admr", "--half-year", "2024-H3", "good.csv"],
            "write it as 2026-H1",
        ),
        (
            vec![
                "pics",
                "--from",
                "2024-05-01",
                "--to",
                "2024-04-01",
                "good.csv",
            ],
            "is before the first",
        ),
        (vec!["form-d", "good.csv"], "--year"),
    ] {
        let ran = run(
            &home,
            &[&["export"], arguments.as_slice(), &["--out", "out"]].concat(),
        );
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(part), "{arguments:?}: {}", ran.err);
        assert!(!home.path("out").exists(), "{arguments:?}");
    }
}

//! Signed notices of unknowns, and the alerts that they raise elsewhere.

use super::common::made::msp;
use super::common::text;
use super::{Desk, measured};
use serde_json::Value;
use std::fs;

#[test]
fn a_notice_tells_nothing_of_a_case() {
    let desk = Desk::new();
    desk.key("Northern Laboratory");
    let file = desk.file("secret-file.msp", measured(0, 41));
    let flags = [
        "--sample",
        "N-4711",
        "--place",
        "Harbour North",
        "--day",
        "2026-03-14",
    ];
    let told = desk.added(
        &file,
        &[&flags[..], &["--laboratory", "Port Authority"]].concat(),
    );
    let id = told[0]["unknown"].as_str().unwrap().to_owned();
    let notice = fs::read_to_string(desk.export(&id)).unwrap();
    let shown = desk.unknowns(&["show", &id, "--format", "json"]).json();
    let seen = &shown["observations"][0];
    let kept = [
        "path",
        "record",
        "sha256",
        "sample",
        "day",
        "place",
        "laboratory",
    ];
    for field in kept {
        let value = seen[field].as_str().unwrap();
        assert!(!notice.contains(value), "{field}: {value}");
    }
    for word in [
        "secret-file",
        "N-4711",
        "Harbour",
        "Port",
        "seized",
        "exhibit",
        "2026-03-14",
    ] {
        assert!(!notice.contains(word), "{word}");
    }
    let (head, body) = notice.split_once('\n').unwrap();
    assert!(head.starts_with("specid notice 1 "), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["schema"], "specid.notice/1");
    let told = &body["body"]["notices"][0];
    assert_eq!(
        (&told["first"], &told["observations"]),
        (&"2026-03".into(), &1.into())
    );

    // A name that tells of the case is not sent.
    desk.unknowns(&["name", &id, "as in n-4711"]);
    let out = desk.lab.home.path("other.specid");
    let ran = desk.unknowns(&["export", &id, "--out", text(&out)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("would tell \"N-4711\""), "{}", ran.err);
    assert!(!out.exists());
    // Nor is a reason to withdraw it.
    desk.unknowns(&["name", &id, "a mixture"]);
    let withdraw =
        |reason: &str| desk.unknowns(&["withdraw", &id, "--reason", reason, "--out", text(&out)]);
    let ran = withdraw("sample N-4711 at Harbour North 2026-03-14");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("would tell"), "{}", ran.err);
    assert!(!out.exists());
    assert_eq!(withdraw("it was a mixture").code, 0);
    // An output never takes the place of the register.
    let register = desk.lab.home.path("register.sqlite");
    fs::write(&register, b"SQLite format 3\0rest").unwrap();
    let ran = desk.unknowns(&["export", &id, "--out", text(&register)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a register of unknowns"), "{}", ran.err);
}

#[test]
fn a_notice_that_is_not_whole_or_not_trusted_is_refused() {
    let (north, south) = (Desk::new(), Desk::new());
    let public = north.key("Northern Laboratory");
    let file = north.file("case.msp", measured(0, 1));
    let told = north.added(&file, &[]);
    let notice = north.export(told[0]["unknown"].as_str().unwrap());

    let stranger = south.receive(&notice);
    assert_eq!(stranger.code, 2);
    assert!(
        stranger.err.contains("nobody here trusts"),
        "{}",
        stranger.err
    );
    south.trust(&public);
    let whole = fs::read(&notice).unwrap();
    let refused = |bytes: &[u8], what: &str| {
        let ran = south.receive(&south.file("bad.specid", bytes));
        assert_eq!(ran.code, 2, "{what}: {}", ran.out);
        assert!(ran.err.contains("was not received"), "{what}: {}", ran.err);
    };
    for length in [0, 10, 100, 145, whole.len() / 2, whole.len() - 1] {
        refused(&whole[..length], "cut");
    }
    for at in [3, 60, 144, 145, 400, whole.len() / 2, whole.len() - 2] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        refused(&bytes, "flipped");
    }
    refused(&[whole.as_slice(), b" "].concat(), "longer");
    refused(b"PK\x03\x04", "another file");
    let json = south.unknowns(&[
        "receive",
        text(&south.lab.home.path("bad.specid")),
        "--format",
        "json",
    ]);
    assert_eq!(json.json()["refusal"], "not-a-notice");
    assert_eq!(south.unknowns(&["watches"]).code, 1);

    assert_eq!(south.receive(&notice).code, 0);
    let twice = south.receive(&notice);
    assert_eq!(twice.code, 1, "{}", twice.err);
    assert!(twice.out.contains("nothing was changed"), "{}", twice.out);

    // What is withdrawn alerts no more.
    let id = told[0]["unknown"].as_str().unwrap();
    let out = north.lab.home.path("withdrawn.specid");
    let ran = north.unknowns(&[
        "withdraw",
        id,
        "--reason",
        "contaminated",
        "--out",
        text(&out),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = south.receive(&out);
    assert!(ran.out.contains("no longer watched for"), "{}", ran.out);
    assert_eq!(south.unknowns(&["watches"]).code, 1);
    assert!(
        south
            .unknowns(&["watches", "--all"])
            .out
            .contains("contaminated")
    );
}

/// An unknown becomes a notice in one laboratory, a watch in another, and a named reference after an
/// update, with the earlier samples found again.
#[test]
fn from_an_unknown_to_a_name_in_two_laboratories() {
    let (north, south) = (Desk::new(), Desk::new());
    let public = north.key("Northern Laboratory");
    south.trust(&public);
    // In the south it was seen once, and nobody knew.
    let early = south.file("early.msp", measured(0, 5));
    let told = south.added(
        &early,
        &[
            "--sample",
            "S-3",
            "--day",
            "2026-02-10",
            "--place",
            "South Quay",
        ],
    );
    let own = told[0]["unknown"].as_str().unwrap().to_owned();

    // In the north it becomes a notice.
    let case = north.file("case.msp", measured(0, 1) + &measured(0, 2));
    let told = north.added(&case, &["--sample", "N-17", "--day", "2026-03-04"]);
    let id = told[0]["unknown"].as_str().unwrap().to_owned();
    assert_eq!(
        (&told[1]["is"], &told[1]["unknown"]),
        (&"joined".into(), &id.as_str().into())
    );
    let received = south.receive(&north.export(&id));
    assert_eq!(received.code, 0, "{}", received.err);
    assert!(
        received.out.contains("watched for from now on"),
        "{}",
        received.out
    );
    let seen = format!("ALERT: it is like {own} of this register");
    assert!(received.out.contains(&seen), "{}", received.out);
    assert!(
        received.out.contains("seen here once, on 2026-02-10."),
        "{}",
        received.out
    );

    // In the south the next one alerts.
    let next = south.file("next.msp", measured(0, 8));
    let ran = south.identify(&next, "text");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let plain = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let alert =
        format!("ALERT: this is like the unknown {id} that Northern Laboratory gave notice of");
    assert!(plain.contains(&alert), "{}", ran.out);
    let result = south.identify(&next, "jsonl").lines().remove(0);
    let schema = include_str!("../../src/report/identification.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &result), "{result}");
    assert_eq!(result["alerts"][0]["notice"], id.as_str());
    assert!(result["alerts"][0]["similarity"].as_f64().unwrap() > 0.95);
    let other = south.file("other.msp", measured(1, 8));
    let other = south.identify(&other, "jsonl").lines().remove(0);
    assert!(other.get("alerts").is_none(), "{other}");
    let run = south.lab.home.path("run");
    let library = ["--library", south.lab.library.as_str()];
    let screen = [
        "screen",
        text(&next),
        "--out",
        text(&run),
        "--format",
        "json",
    ];
    let screened = south.run(&[screen.as_slice(), &library].concat());
    assert_eq!(
        screened.json()["alerts"][0]["notice"],
        id.as_str(),
        "{}",
        screened.err
    );
    let table = fs::read_to_string(run.join("alerts.csv")).unwrap();
    assert_eq!(table.lines().count(), 2, "{table}");
    // Where the desk looks: in the results, and among what needs a second look.
    let results = fs::read_to_string(run.join("results.jsonl")).unwrap();
    let result: Value = serde_json::from_str(results.lines().next().unwrap()).unwrap();
    let reasons = result["sample"]["second_look"].as_array().unwrap();
    assert!(reasons.contains(&"notice".into()), "{reasons:?}");
    assert_eq!(result["alerts"][0]["notice"], id.as_str());
    assert!(jsonschema::is_valid(&schema, &result), "{result}");
    let page = fs::read_to_string(run.join("summary.html")).unwrap();
    assert!(page.contains(&format!("this is like the unknown {id}")));
    assert_eq!(screened.json()["reasons"]["notice"], 1);
    // Runs that are put together are watched as one is.
    let whole = south.lab.home.path("whole");
    let merge = [
        "merge",
        text(&run),
        "--out",
        text(&whole),
        "--format",
        "json",
    ];
    let merged = south.run(&merge);
    assert_eq!(merged.code, screened.code, "{}{}", merged.out, merged.err);
    for part in ["alerts", "reasons", "second_look"] {
        assert_eq!(merged.json()[part], screened.json()[part], "{part}");
    }
    for name in ["results.jsonl", "alerts.csv"] {
        let [part, whole] = [&run, &whole].map(|run| fs::read_to_string(run.join(name)).unwrap());
        assert_eq!(part, whole, "{name}");
    }
    let document = south.lab.home.path("alerted.html");
    let lib = ["--library", &south.lab.library, "--out", text(&document)];
    let ran = south.run(&[&["report", text(&whole)], lib.as_slice()].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let document = fs::read_to_string(&document).unwrap().replace('\u{ad}', "");
    assert!(document.contains(&id), "{document}");
    assert_eq!(
        south.added(&next, &["--sample", "S-9"])[0]["unknown"],
        own.as_str()
    );
    assert_eq!(
        south
            .unknowns(&["recheck", "--library", &south.lab.library])
            .code,
        1
    );

    // The north learns what it is, and publishes its library.
    north.file("omega.msp", msp("Omega", 1, 99));
    assert_eq!(north.lab.import("omega.msp", &[]).code, 0);
    let ran = north.unknowns(&["recheck", "--library", &north.lab.library]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains(&format!("{id} is now named: Omega-0 (2 of 2 spectra)")),
        "{}",
        ran.out
    );
    let named = north.export(&id);
    let update = north.lab.home.path("update.zip");
    assert_eq!(north.lab.run(&["publish", "--out", text(&update)]).code, 0);

    // The south receives it, and finds its earlier samples again.
    let received = south.lab.run(&["receive", text(&update)]);
    assert_eq!(received.code, 0, "{}", received.err);
    let ran = south.unknowns(&["recheck", "--library", &south.lab.library]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for word in [
        format!("{own} is now named: Omega-0 (2 of 2 spectra)"),
        "found again: 2026-02-10, sample S-3, South Quay".to_owned(),
        format!("{id} of Northern Laboratory is now named: Omega-0"),
    ] {
        assert!(ran.out.contains(&word), "{word}: {}", ran.out);
    }
    assert_eq!(
        south
            .unknowns(&["recheck", "--library", &south.lab.library])
            .code,
        1
    );
    let replaced = south.receive(&named);
    assert!(
        replaced.out.contains("replaces the notice"),
        "{}",
        replaced.out
    );
    let listed = south.unknowns(&["list"]);
    assert!(listed.out.contains("found to be Omega-0"), "{}", listed.out);
    let ended = south.unknowns(&["unwatch", &id, "--reason", "it has a name"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let result = south.identify(&next, "jsonl").lines().remove(0);
    assert!(result.get("alerts").is_none(), "{result}");
    // A table of alerts that was written before tells of them no longer.
    let run = south.lab.home.path("later");
    let screen = ["screen", text(&next), "--out", text(&run)];
    let screen = [screen.as_slice(), &library].concat();
    assert_eq!(south.run(&screen).code, 0);
    assert!(!run.join("alerts.csv").exists());
    fs::write(run.join("alerts.csv"), &table).unwrap();
    assert_eq!(south.run(&screen).code, 0);
    let table = fs::read_to_string(run.join("alerts.csv")).unwrap();
    assert_eq!(table.lines().count(), 1, "{table}");
}

#[test]
fn a_notice_that_was_changed_here_or_lost_its_key_does_not_alert() {
    let (sender, receiver) = (Desk::new(), Desk::new());
    receiver.trust(&sender.key("Lab A"));
    let first = sender.file("first.msp", measured(0, 1));
    let id = sender.added(&first, &["--sample", "S1"])[0]["unknown"]
        .as_str()
        .unwrap()
        .to_owned();
    let notice = sender.export(&id);
    assert_eq!(receiver.receive(&notice).code, 0);
    let seen = receiver.file("seen.msp", measured(0, 2));
    let alerts = || {
        let ran = receiver.identify(&seen, "text");
        (ran.out.contains("ALERT"), ran.err)
    };
    assert_eq!(alerts(), (true, String::new()));

    // What it says is changed in the register.
    let db = rusqlite::Connection::open(
        receiver
            .lab
            .home
            .path(".local/share/specid/unknowns.sqlite"),
    )
    .unwrap();
    let sql = "UPDATE watch SET said = replace(said, '\"serial\":1', '\"serial\":99,\"named\":\"Harmless\"') WHERE instr(said, '\"serial\":1')";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
    let (alert, err) = alerts();
    assert!(
        !alert && err.contains("was changed after it was received"),
        "{err}"
    );
    let listed = receiver.unknowns(&["watches"]);
    assert!(
        listed.out.contains("was changed after it was received"),
        "{}",
        listed.out
    );
    // Received again, it says what was signed.
    assert_eq!(receiver.receive(&notice).code, 0);
    assert_eq!(alerts(), (true, String::new()));

    // The letter itself is changed, or taken out.
    db.execute(
        "UPDATE letter SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Lab A', 'Lab B') AS BLOB)",
        [],
    )
    .unwrap();
    let (alert, err) = alerts();
    assert!(
        !alert && err.contains("was changed after it was received"),
        "{err}"
    );
    db.execute("DELETE FROM letter", []).unwrap();
    let (alert, err) = alerts();
    assert!(
        alert && err.contains("is kept without the letter that it came in"),
        "{err}"
    );
    assert_eq!(receiver.receive(&notice).code, 1);
    assert_eq!(alerts(), (true, String::new()));

    let untrust = ["library", "key", "untrust", "Lab A", "--reason", "stolen"];
    assert_eq!(receiver.run(&untrust).code, 0);
    let (alert, err) = alerts();
    assert!(
        !alert && err.contains("does not alert, since its key is not trusted now"),
        "{err}"
    );
    let listed = receiver.unknowns(&["watches"]);
    assert!(
        listed.out.contains("its key is not trusted now"),
        "{}",
        listed.out
    );
}

//! The register of unknowns, and notices of them from laboratory to laboratory.

mod common;

use common::lab::Lab;
use common::made::msp;
use common::{Ran, shared_data, text};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Spectrum `number` of the substances that no library holds, as another measurement gives it: every
/// abundance a little changed, differently for each `run`.
fn measured(number: usize, run: usize) -> String {
    let all = msp("Omega", 3, 99);
    let record = all.split("\n\n").nth(number).unwrap();
    let mut text = String::new();
    for (place, line) in record.lines().enumerate() {
        let peak = line
            .split_once(' ')
            .and_then(|(mz, y)| Some((mz.parse::<u32>().ok()?, y.parse::<f64>().ok()?)));
        match peak {
            Some((mz, y)) => {
                let step = ((run * 7 + place * 3) % 5) as f64 - 2.0;
                text.push_str(&format!("{mz} {:.2}\n", y * (1.0 + 0.005 * step)));
            }
            None if line.starts_with("Name") => text.push_str(&format!("Name: seized-{run}\n")),
            None if line.starts_with("DB#") => text.push_str(&format!("DB#: exhibit-{run}\n")),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text + "\n"
}

struct Desk {
    lab: Lab,
}

impl Desk {
    fn new() -> Self {
        Self { lab: Lab::new() }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.lab.home.file(name, content)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.lab.home.run(arguments)
    }

    fn unknowns(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["unknowns"], arguments].concat())
    }

    fn add(&self, file: &Path, more: &[&str]) -> Ran {
        let library = ["--library", self.lab.library.as_str()];
        self.unknowns(&[&["add", text(file)], library.as_slice(), more].concat())
    }

    fn added(&self, file: &Path, more: &[&str]) -> Vec<Value> {
        let ran = self.add(file, &[more, &["--format", "json"]].concat());
        assert!(ran.code < 2, "{}", ran.err);
        ran.json()["spectra"].as_array().unwrap().clone()
    }

    /// Makes a key; gives the public key file.
    fn key(&self, publisher: &str) -> PathBuf {
        let made = self.run(&["library", "key", "new", "--publisher", publisher]);
        assert_eq!(made.code, 0, "{}", made.err);
        let line = made.out.lines().find(|l| l.contains("public key")).unwrap();
        let path = line.split_whitespace().find(|w| w.ends_with(".pub"));
        PathBuf::from(path.unwrap())
    }

    fn trust(&self, public: &Path) {
        let content = fs::read_to_string(public).unwrap();
        let line = content.lines().find(|l| l.starts_with("fingerprint:"));
        let told = line.unwrap().trim_start_matches("fingerprint:").trim();
        let arguments = ["library", "key", "trust", text(public), "--by", "T. Ester"];
        let ran = self.run(&[arguments.as_slice(), &["--fingerprint", told]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
    }

    fn export(&self, id: &str) -> PathBuf {
        let out = self.lab.home.path("notice.specid");
        let ran = self.unknowns(&["export", id, "--out", text(&out)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        out
    }

    fn receive(&self, notice: &Path) -> Ran {
        self.unknowns(&["receive", text(notice)])
    }

    fn identify(&self, file: &Path, format: &str) -> Ran {
        let library = ["--library", self.lab.library.as_str()];
        let ask = ["identify", text(file), "--format", format];
        self.run(&[ask.as_slice(), &library].concat())
    }
}

#[test]
fn an_unknown_is_joined_by_its_like_and_what_has_a_name_is_left_out() {
    let desk = Desk::new();
    let list = desk.unknowns(&["list"]);
    assert_eq!(list.code, 2);
    assert!(list.err.contains("specid unknowns add"), "{}", list.err);

    let first = desk.file("first.msp", measured(0, 1));
    let day = [
        "--day",
        "2026-03-04",
        "--sample",
        "N-17",
        "--place",
        "Harbour North",
    ];
    let ran = desk.add(&first, &day);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("began U-"), "{}", ran.out);
    let id = ran.out.split_whitespace().last().unwrap().to_owned();

    let second = desk.file("second.msp", measured(0, 2) + &measured(1, 3));
    let ran = desk.add(&second, &["--day", "2026-04-01", "--laboratory", "Port"]);
    let joined = format!("joined {id} (similarity");
    assert!(ran.out.contains(&joined), "{}", ran.out);
    assert!(
        ran.out.contains("seen before: 2026-03-04, Harbour North"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("began U-"), "{}", ran.out);

    let again = desk.add(&second, &[]);
    assert_eq!(again.code, 1, "{}", again.out);
    assert_eq!(
        again.out.matches("in the register already").count(),
        2,
        "{}",
        again.out
    );

    // What nobody said of it before is added, what is said otherwise stays, and both are told.
    let said = ["--sample", "S-9", "--place", "Here", "--day", "2026-05-01"];
    let ran = desk.add(&second, &said);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let added = "; added to it: sample \"S-9\", place \"Here\"; not taken: day 2026-05-01, since it has 2026-04-01";
    assert_eq!(ran.out.matches(added).count(), 2, "{}", ran.out);
    let shown = desk.unknowns(&["show", &id, "--format", "json"]);
    assert!(
        shown.out.contains("\"S-9\"") && shown.out.contains("\"Here\""),
        "{}",
        shown.out
    );
    let ran = desk.add(&second, &["--sample", "S-8"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let kept = "; not taken: sample \"S-8\", since it has \"S-9\"";
    assert_eq!(ran.out.matches(kept).count(), 2, "{}", ran.out);

    let known = desk.file("known.msp", msp("Alpha", 1, 7));
    let ran = desk.add(&known, &[]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(
        ran.out.contains("not taken: identified as Alpha-0"),
        "{}",
        ran.out
    );
    assert_eq!(desk.added(&known, &["--any"])[0]["is"], "began");

    let listed = desk.unknowns(&["list", "--format", "jsonl", "--min-count", "2"]);
    let unknown = &listed.lines()[0];
    assert_eq!((listed.lines().len(), &unknown["count"]), (1, &2.into()));
    assert_eq!(
        (&unknown["first"], &unknown["last"]),
        (&"2026-03-04".into(), &"2026-04-01".into())
    );
    assert_eq!(
        (&unknown["laboratories"], &unknown["places"][0]),
        (&2.into(), &"Harbour North".into())
    );
    let table = desk.unknowns(&["list", "--format", "csv"]);
    assert_eq!(table.out.lines().count(), 4, "{}", table.out);
    let late = desk.unknowns(&[
        "list",
        "--since",
        "2026-03-05",
        "--technique",
        "ei-ms",
        "--format",
        "json",
    ]);
    assert_eq!(late.json().as_array().unwrap().len(), 3);
    assert_eq!(desk.unknowns(&["list", "--technique", "raman"]).code, 1);

    let shown = desk.unknowns(&["show", &id]);
    for word in [
        "N-17",
        "Harbour North",
        "first.msp [1]",
        "Port",
        "|",
        "stands for it",
    ] {
        assert!(shown.out.contains(word), "{word}: {}", shown.out);
    }
    let missing = desk.unknowns(&["show", "U-2000-0001"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("no unknown U-2000-0001"),
        "{}",
        missing.err
    );

    let clustered = desk.unknowns(&["cluster", "--format", "json"]).json();
    assert_eq!(
        (&clustered["groups"], &clustered["observations"]),
        (&3.into(), &4.into())
    );
    assert_eq!(clustered["changes"].as_array().unwrap().len(), 0);
}

#[test]
fn a_manifest_says_what_is_known_of_each_spectrum() {
    let desk = Desk::new();
    let both = desk.file("both.msp", measured(0, 1) + &measured(1, 2));
    let manifest = "file,spectrum,sample,date,place,laboratory\n\
        both.msp,1,S-1,2026-01-02,Quay,\nboth.msp,2,S-2,2026-01-03,,Port\n";
    let manifest = desk.file("cases.csv", manifest);
    let told = desk.added(&both, &["--manifest", text(&manifest), "--place", "Depot"]);
    let shown = |place: usize| {
        let id = told[place]["unknown"].as_str().unwrap();
        let shown = desk.unknowns(&["show", id, "--format", "json"]).json();
        shown["observations"][0].clone()
    };
    let (first, second) = (shown(0), shown(1));
    assert_eq!(
        (&first["sample"], &first["place"]),
        (&"S-1".into(), &"Quay".into())
    );
    assert_eq!(
        (&first["day"], &first["day_is"]),
        (&"2026-01-02".into(), &"given".into())
    );
    assert_eq!(
        (&second["place"], &second["laboratory"]),
        (&"Depot".into(), &"Port".into())
    );
}

#[test]
fn a_run_gives_what_it_did_not_identify() {
    let desk = Desk::new();
    let folder = desk.lab.home.path("inbox");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.msp"), measured(0, 1)).unwrap();
    fs::write(folder.join("b.msp"), msp("Alpha", 1, 7)).unwrap();
    let run = desk.lab.home.path("run");
    let library = ["--library", desk.lab.library.as_str()];
    let screened = desk.run(
        &[
            &["screen", text(&folder), "--out", text(&run)],
            library.as_slice(),
        ]
        .concat(),
    );
    assert_eq!(screened.code, 0, "{}", screened.err);
    for name in [run.clone(), run.join("run.sqlite")] {
        let told = desk.added(&name, &[]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0]["path"].as_str().unwrap().ends_with("a.msp"));
    }
    fs::remove_file(folder.join("a.msp")).unwrap();
    let gone = desk.add(&run, &[]);
    assert_eq!(gone.code, 2);
    assert!(gone.out.contains("not there any more"), "{}", gone.out);
}

#[test]
fn members_of_an_archive_are_found_again() {
    let desk = Desk::new();
    let zip = desk.lab.home.path("all.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [
        ("deep/a.msp", measured(0, 1)),
        ("b.msp", msp("Alpha", 1, 7)),
        ("c.txt", "no spectrum".to_owned()),
    ] {
        archive.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut archive, content.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let run = desk.lab.home.path("run");
    let library = desk.lab.library.as_str();
    let screen = [
        "screen",
        text(&zip),
        "--out",
        text(&run),
        "--library",
        library,
    ];
    // One member is no spectrum.
    assert_eq!(desk.run(&screen).code, 2);
    let told = desk.added(&run, &[]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0]["path"]
            .as_str()
            .unwrap()
            .ends_with("all.zip/deep/a.msp")
    );
    assert_eq!(told[0]["is"], "began");
    let again = desk.run(&["rehunt", text(&run), "--library", library]);
    assert_eq!(again.code, 1, "{}", again.err);
    assert!(
        again.out.contains("1 earlier results asked again"),
        "{}",
        again.out
    );
    assert!(!again.err.contains("c.txt"), "{}", again.err);
}

#[test]
fn a_date_that_is_none_costs_its_own_row_only() {
    let desk = Desk::new();
    let folder = desk.lab.home.path("inbox");
    fs::create_dir(&folder).unwrap();
    for (name, number) in [("a.msp", 0), ("b.msp", 1)] {
        fs::write(folder.join(name), measured(number, 1)).unwrap();
    }
    let dates = |a: &str, b: &str| {
        let rows = format!("file,case,sample,date\na.msp,C-1,S-1,{a}\nb.msp,C-2,S-2,{b}\n");
        desk.file("inbox/cases.csv", rows)
    };
    let manifest = dates("03/04/2026", "2026-04-03");
    let run = desk.lab.home.path("run");
    let library = desk.lab.library.as_str();
    let screen = [
        "screen",
        text(&folder),
        "--manifest",
        text(&manifest),
        "--out",
        text(&run),
    ];
    let ran = desk.run(&[screen.as_slice(), &["--library", library]].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    let ran = desk.add(&run, &[]);
    assert_eq!(ran.code, 2);
    let told = "case C-1, sample S-1: the date \"03/04/2026\" may be read";
    assert!(ran.out.contains(told), "{}", ran.out);
    assert!(
        ran.out.contains("began U-"),
        "the other is taken: {}",
        ran.out
    );
    // A manifest that is given is refused before anything is taken, with every row that is wrong.
    let manifest = dates("31/31/2026", "yesterday");
    let ran = desk.add(&folder.join("a.msp"), &["--manifest", text(&manifest)]);
    assert_eq!(ran.code, 2);
    for row in ["line 2", "line 3"] {
        assert!(ran.err.contains(row), "{row}: {}", ran.err);
    }
}

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
    let schema = include_str!("../src/report/identification.schema.json");
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
    let page = fs::read_to_string(run.join("summary.html")).unwrap();
    assert!(page.contains(&format!("this is like the unknown {id}")));
    assert_eq!(screened.json()["reasons"]["notice"], 1);
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
fn a_register_that_is_another_file_is_told() {
    let desk = Desk::new();
    let file = desk.file("case.msp", measured(0, 1));
    let wrong = desk.file("wrong.sqlite", "no database at all, ".repeat(100));
    let ran = desk.add(&file, &["--register", text(&wrong)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no register of unknowns"), "{}", ran.err);
    let library = ["--library", desk.lab.library.as_str()];
    let ask = ["identify", text(&file), "--register", text(&wrong)];
    let ran = desk.run(&[ask.as_slice(), &library].concat());
    assert_eq!(ran.code, 2, "{}", ran.out);
}

/// Adjusted Rand index of two groupings (Hubert and Arabie 1985).
fn adjusted_rand(pairs: &[(String, String)]) -> f64 {
    let two = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut one: BTreeMap<&str, usize> = BTreeMap::new();
    let mut other: BTreeMap<&str, usize> = BTreeMap::new();
    for (a, b) in pairs {
        *both.entry((a, b)).or_default() += 1;
        *one.entry(a).or_default() += 1;
        *other.entry(b).or_default() += 1;
    }
    let sum = |counts: &mut dyn Iterator<Item = &usize>| counts.map(|n| two(*n)).sum::<f64>();
    let (a, b) = (sum(&mut one.values()), sum(&mut other.values()));
    let expected = a * b / two(pairs.len());
    (sum(&mut both.values()) - expected) / (f64::midpoint(a, b) - expected)
}

/// Replicate spectra of 61 substances, among them isomers: one group a substance.
#[test]
fn replicates_of_a_substance_are_one_group() {
    let Some(data) = shared_data() else {
        return;
    };
    let file = data.join("ei-ms/queries-replicates.msp");
    let content = fs::read_to_string(&file).unwrap();
    let field = |record: &str, name: &str| {
        let line = record.lines().find_map(|l| l.strip_prefix(name));
        line.map(|l| l.trim().to_owned()).unwrap_or_default()
    };
    let truth: HashMap<String, String> = content
        .split("\n\n")
        .filter(|record| record.contains("InChIKey:"))
        .map(|r| (field(r, "ID:"), field(r, "InChIKey:")[..14].to_owned()))
        .collect();
    let desk = Desk::new();
    let told = desk.added(&file, &["--any"]);
    assert_eq!((told.len(), truth.len()), (620, 620));
    let index = |desk: &Desk| {
        let mut pairs = Vec::new();
        for unknown in desk.unknowns(&["list", "--format", "jsonl"]).lines() {
            let id = unknown["id"].as_str().unwrap().to_owned();
            let shown = desk.unknowns(&["show", &id, "--format", "json"]).json();
            for seen in shown["observations"].as_array().unwrap() {
                let record = seen["record"].as_str().unwrap();
                pairs.push((id.clone(), truth[record].clone()));
            }
        }
        assert_eq!(pairs.len(), 620);
        adjusted_rand(&pairs)
    };
    let one_by_one = index(&desk);
    let clustered = desk.unknowns(&["cluster", "--format", "json"]).json();
    let anew = index(&desk);
    eprintln!(
        "one by one {one_by_one:.4}, anew {anew:.4}, {} groups",
        clustered["groups"]
    );
    assert!(one_by_one >= 0.9 && anew >= 0.95, "{one_by_one} {anew}");
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

//! Two hundred ways of changing a record, of which none passes, and copies that do.

use super::common::{Home, text};
use super::{Chance, recorded, small_library, spectra, verify};
use jiff::civil::date;
use sha2::{Digest, Sha256};
use specid::exchange::{SecretKey, Trust, Voucher};
use specid::record::{Head, SignedHead};
use std::fs;
use std::path::Path;

const TIMES: usize = 200;
const ENTRIES: usize = 24;

fn hash(json: &str) -> String {
    Sha256::digest(json.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// The lines from `from` on (counted from 0) with numbers and hashes that fit again.
fn rechain(lines: &mut [String], from: usize) {
    let mut before = match from {
        0 => "0".repeat(64),
        n => lines[n - 1][..64].to_owned(),
    };
    for line in &mut lines[from..] {
        let json = &line[65..];
        let place = json.find("\"before\":\"").unwrap() + 10;
        let json = format!("{}{before}{}", &json[..place], &json[place + 64..]);
        before = hash(&json);
        *line = format!("{before} {json}");
    }
}

/// One way of tampering: its name and the changed bytes.
fn tampered(whole: &str, kind: u64, chance: &mut Chance) -> (&'static str, Vec<u8>) {
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    let one = chance.below(lines.len() as u64) as usize;
    let joined = |lines: Vec<String>| (lines.join("\n") + "\n").into_bytes();
    match kind {
        0 => {
            let mut bytes = whole.as_bytes().to_vec();
            let place = chance.below(bytes.len() as u64) as usize;
            bytes[place] ^= 1 << chance.below(8);
            ("a bit", bytes)
        }
        1 => {
            // A digit of a score, which changes to another digit.
            let start = lines[one].find("\"score\":").map_or(70, |at| at + 10);
            let digit = lines[one][start..]
                .find(|c: char| c.is_ascii_digit())
                .unwrap()
                + start;
            let old = lines[one].as_bytes()[digit] - b'0';
            let new = (old + 1 + chance.below(9) as u8) % 10;
            lines[one].replace_range(digit..=digit, &new.to_string());
            ("a digit of a score", joined(lines))
        }
        2 => {
            lines.remove(one);
            ("a removed entry", joined(lines))
        }
        3 => {
            let json = lines[one][65..].to_owned();
            lines.insert(one, format!("{} {json}", hash(&json)));
            ("an inserted entry", joined(lines))
        }
        4 => {
            let to = chance.below(lines.len() as u64) as usize;
            lines.insert(to, lines[one].clone());
            ("a repeated entry", joined(lines))
        }
        5 => {
            let other = (one + 1 + chance.below(lines.len() as u64 - 1) as usize) % lines.len();
            lines.swap(one, other);
            ("two entries that changed places", joined(lines))
        }
        6 => {
            lines.truncate(one);
            let bytes = if lines.is_empty() {
                Vec::new()
            } else {
                joined(lines)
            };
            ("entries cut off the end", bytes)
        }
        7 => {
            let mut bytes = whole.as_bytes().to_vec();
            bytes.truncate(1 + chance.below(bytes.len() as u64 - 1) as usize);
            ("an end in mid-line", bytes)
        }
        8 => {
            let json = lines[one][65..].replacen("\"by\":\"root\"", "\"by\":\"else\"", 1);
            let json = json.replacen("Query", "Other", 1);
            lines[one] = format!("{} {json}", hash(&json));
            ("an entry with a new hash", joined(lines))
        }
        9 => {
            lines[one] = lines[one].replacen("Query", "Other", 1);
            rechain(&mut lines, one);
            ("an entry written anew with all that follow", joined(lines))
        }
        _ => {
            let place = chance.below(whole.len() as u64) as usize;
            let mut bytes = whole.as_bytes().to_vec();
            bytes.insert(place, *b"\n 0}".get(chance.below(4) as usize).unwrap());
            ("an inserted byte", bytes)
        }
    }
}

#[test]
fn two_hundred_tamperings_are_found() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    for part in 0..3 {
        let file = home.file("many.msp", spectra(&format!("Query {part}"), ENTRIES / 3));
        recorded(&home, &library, &file, &record);
    }
    let ran = home.run(&[
        "record",
        "head",
        text(&record),
        "--out",
        text(&home.path("kept.head")),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let whole = fs::read_to_string(&record).unwrap();
    assert_eq!(whole.lines().count(), ENTRIES);
    let head = fs::read(home.path("lab.record.head")).unwrap();

    let mut chance = Chance(200);
    let mut missed = Vec::new();
    for time in 0..TIMES {
        let kind = (time % 11) as u64;
        let (name, bytes) = tampered(&whole, kind, &mut chance);
        assert_ne!(bytes, whole.as_bytes(), "{name} changed nothing");
        let copy = home.file("copy.record", &bytes);
        // The head stays, or who tampers makes one that fits; then the exported one must find it.
        fs::write(home.path("copy.record.head"), &head).unwrap();
        if kind == 9 {
            let fitting = fitting_head(&bytes);
            fs::write(home.path("copy.record.head"), fitting).unwrap();
            assert_eq!(
                verify(&home, &copy).code,
                0,
                "the chain alone cannot show this"
            );
        }
        let ran = home.run(&[
            "record",
            "verify",
            text(&copy),
            "--head",
            text(&home.path("kept.head")),
        ]);
        if ran.code != 1 || !ran.out.contains("NOT WHOLE") {
            missed.push((time, name, ran.code, ran.out));
        } else {
            assert!(ran.out.contains("\nentry "), "{name}: {}", ran.out);
        }
        assert_eq!(fs::read(&copy).unwrap(), bytes, "verifying changes nothing");
        // Untouched copies pass.
        if time % 20 == 0 {
            let copy = home.file("copy.record", &whole);
            fs::write(home.path("copy.record.head"), &head).unwrap();
            let ran = home.run(&[
                "record",
                "verify",
                text(&copy),
                "--head",
                text(&home.path("kept.head")),
            ]);
            assert_eq!(ran.code, 0, "{}", ran.out);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

fn fitting_head(record: &[u8]) -> String {
    let text = std::str::from_utf8(record).unwrap();
    let last = text.lines().last().unwrap();
    let entry: serde_json::Value = serde_json::from_str(&last[65..]).unwrap();
    format!(
        "{{\"schema\":\"specid.record-head/1\",\"record\":\"copy.record\",\"entries\":{},\"hash\":\"{}\",\"bytes\":{},\"time\":{}}}\n",
        entry["entry"],
        &last[..64],
        record.len(),
        entry["time"]
    )
}

#[test]
fn what_is_wrong_is_told_in_words() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("many.msp", spectra("Query", 5));
    recorded(&home, &library, &file, &record);
    let whole = fs::read_to_string(&record).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let told = |bytes: &str, words: &[&str]| {
        fs::write(&record, bytes).unwrap();
        let ran = verify(&home, &record);
        assert_eq!(ran.code, 1, "{}", ran.out);
        for word in words {
            assert!(ran.out.contains(word), "expected {word:?}: {}", ran.out);
        }
    };
    told(
        &whole.replacen("Query 3", "Query 4", 1),
        &[
            "entry 3: its content and its hash do not fit",
            "2 entries are good",
        ],
    );
    let joined = |lines: &[&str]| lines.join("\n") + "\n";
    told(
        &joined(&[lines[0], lines[3], lines[4]]),
        &[
            "entry 2: it is entry 4: entries 2 to 3 before it were removed",
            "1 entry is good",
        ],
    );
    told(
        &joined(&[lines[0], lines[1], lines[1], lines[2]]),
        &["entry 3: it is entry 2 again"],
    );
    told(
        &joined(&lines[..3]),
        &[
            "entry 4: ",
            "tells of 5 entries, the record has 3: the last 2 were cut off",
        ],
    );
    told(&whole[..whole.len() - 1], &["entry 5: the line has no end"]);
    let mut anew: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    anew[1] = anew[1].replacen("Query 2", "Query 9", 1);
    let json = anew[1][65..].to_owned();
    anew[1] = format!("{} {json}", hash(&json));
    told(
        &(anew.join("\n") + "\n"),
        &["entry 3: it does not follow the entry before it"],
    );

    // Without a head nothing is known of the end.
    fs::write(&record, &whole).unwrap();
    assert_eq!(verify(&home, &record).code, 0);
    fs::remove_file(home.path("lab.record.head")).unwrap();
    told(&whole, &["lab.record.head is missing"]);
    let ran = home.run(&["record", "verify", text(&record), "--chain-only"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let noted = format!("5:{}", &lines[4][..64]);
    let ran = home.run(&["record", "verify", text(&record), "--against", &noted]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let other = format!("4:{}", &lines[4][..64]);
    let ran = home.run(&[
        "record",
        "verify",
        text(&record),
        "--against",
        &other,
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 1);
    let view = ran.json();
    assert_eq!(
        (&view["whole"], &view["good"], &view["wrong"]["entry"]),
        (&false.into(), &3.into(), &4.into())
    );
    assert_eq!(verify(&home, Path::new("no-such.record")).code, 2);
}

#[test]
fn signed_heads_show_who_vouched_and_what_was_written_anew() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("many.msp", spectra("Query", 4));
    recorded(&home, &library, &file, &record);
    let ran = home.run(&["library", "key", "new", "--publisher", "Lab A"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let head = home.path("signed.head");
    let ran = home.run(&[
        "record",
        "sign",
        text(&record),
        "--key",
        "Lab A",
        "--out",
        text(&head),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    recorded(&home, &library, &file, &record);
    // Whoever signed knows the key.
    let ran = home.run(&["record", "verify", text(&record), "--head", text(&head)]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("your own key"), "{}", ran.out);
    // Somebody else does not trust it yet, and the record is whole all the same.
    let elsewhere = home.path("elsewhere");
    let other = |arguments: &[&str]| {
        let mut command = home.command();
        home.run_command(command.env("SPECID_CONFIG", &elsewhere).args(arguments))
    };
    let check = |head: &Path| other(&["record", "verify", text(&record), "--head", text(head)]);
    let ran = check(&head);
    assert_eq!(ran.code, 1, "{}", ran.out);
    for told in [
        "whole, but a head is not by a trusted key",
        "nobody here trusts the key",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    let keys = home.path(".config/specid/keys");
    let public = fs::read_dir(keys)
        .unwrap()
        .flatten()
        .map(|f| f.path())
        .find(|p| p.extension().is_some_and(|e| e == "pub"))
        .unwrap();
    let shown = fs::read_to_string(&public).unwrap();
    let told = shown
        .lines()
        .find_map(|l| l.strip_prefix("fingerprint:"))
        .unwrap()
        .trim();
    let ran = other(&[
        "library",
        "key",
        "trust",
        text(&public),
        "--fingerprint",
        told,
        "--by",
        "T. Ester",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = check(&head);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("signed by Lab A") && ran.out.contains("holds at entry 4"),
        "{}",
        ran.out
    );

    // A changed head is refused.
    let sealed = fs::read_to_string(&head).unwrap();
    let forged = home.file(
        "forged.head",
        sealed.replacen("\"entries\":4", "\"entries\":3", 1),
    );
    let ran = check(&forged);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("signature does not hold"), "{}", ran.err);

    // Entry 2 and all after it written anew, with a head that fits.
    let whole = fs::read_to_string(&record).unwrap();
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    lines[1] = lines[1].replacen("Query 2", "Query 9", 1);
    rechain(&mut lines, 1);
    let anew = lines.join("\n") + "\n";
    fs::write(&record, &anew).unwrap();
    fs::write(home.path("lab.record.head"), fitting_head(anew.as_bytes())).unwrap();
    assert_eq!(verify(&home, &record).code, 0);
    let ran = check(&head);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("it is not the entry that"), "{}", ran.out);
    // No head is given of a record that is not whole.
    fs::write(&record, &whole.as_bytes()[..whole.len() - 9]).unwrap();
    let ran = home.run(&["record", "sign", text(&record), "--key", "Lab A"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn the_day_of_a_head_by_an_expired_key_is_not_vouched_for() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("many.msp", spectra("Query", 2));
    recorded(&home, &library, &file, &record);
    // A key of 2024, which was trusted here then.
    let (made, expires) = (date(2024, 1, 1), date(2024, 12, 31));
    let key = SecretKey::generate("Lab A", made, expires).unwrap();
    let mut trust = Trust::default();
    let voucher = Voucher {
        by: "T. Ester".to_owned(),
        on: made,
    };
    trust.add(key.key(), voucher).unwrap();
    trust.save(&home.path(".config/specid/trust.toml")).unwrap();
    let head = fs::read_to_string(home.path("lab.record.head")).unwrap();
    let head: Head = serde_json::from_str(&head).unwrap();
    let verified = |signed, form| {
        let sealed = SignedHead::seal(head.clone(), &key, signed);
        let sealed = home.file("signed.head", sealed.line().unwrap());
        let (record, head) = (text(&record), text(&sealed));
        home.run(&["record", "verify", record, "--head", head, "--format", form])
    };
    // Signed today, with the day set back: it may be of 2024, or not.
    let ran = verified(date(2024, 6, 1), "text");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for told in [
        "whole; a head is by a key that has expired since",
        "expired on 2024-12-31",
        "the signer's word alone",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    assert!(!ran.out.contains("which is trusted here"), "{}", ran.out);
    let json = verified(date(2024, 6, 1), "json").json();
    assert_eq!(json["whole"], true);
    assert_eq!(json["expired"].as_array().unwrap().len(), 1, "{json}");
    assert_eq!(json["untrusted"].as_array().unwrap().len(), 0, "{json}");
    // A day after the last is none on which the key counted.
    let ran = verified(date(2025, 6, 1), "text");
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("a head is not by a trusted key"),
        "{}",
        ran.out
    );
}

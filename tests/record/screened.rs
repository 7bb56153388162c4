//! The results of a screening, as its record tells them.

use super::common::{Home, text};
use super::{SAMPLE, entries};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::Connection;
use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

struct Run {
    home: Home,
    folder: PathBuf,
    record: PathBuf,
}

impl Run {
    fn new() -> Self {
        let home = Home::new();
        let (folder, record) = (home.path("run"), home.path("lab.record"));
        let run = Self {
            home,
            folder,
            record,
        };
        let (code, err) = run.screen();
        assert_eq!(code, 0, "{err}");
        run
    }

    fn screen(&self) -> (i32, String) {
        let ran = self.home.run(&[
            "screen",
            SAMPLE,
            "--out",
            text(&self.folder),
            "--record",
            text(&self.record),
        ]);
        (ran.code, ran.err)
    }

    fn report(&self, more: &[&str]) -> (i32, String, String) {
        let out = self.home.path("reports");
        fs::create_dir_all(&out).unwrap();
        let all = ["report", text(&self.folder), "--force", "--out", text(&out)];
        let ran = self.home.run(&[&all[..], more].concat());
        let said = ran
            .out
            .lines()
            .next()
            .map(|file| fs::read_to_string(file).unwrap());
        (
            ran.code,
            said.unwrap_or_default().replace('\u{ad}', ""),
            ran.err,
        )
    }

    fn case(&self) -> (i32, String) {
        let ran = self.home.run(&["case", text(&self.folder)]);
        (ran.code, ran.err)
    }

    /// The name that the run says.
    fn name(&self) -> String {
        let said = &entries(&self.record)[0]["result"]["files"][0]["spectra"][0];
        said["substances"][0].as_str().unwrap().to_owned()
    }

    /// Changes a text in the stored results, or in the short forms beside them.
    fn change(&self, column: &str, from: &str, to: &str) {
        let db = Connection::open(self.folder.join("run.sqlite")).unwrap();
        let sql = format!("SELECT id, {column} FROM spectrum");
        let mut all = db.prepare(&sql).unwrap();
        let rows: Vec<(i64, rusqlite::types::Value)> = all
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for (id, value) in rows {
            let changed: rusqlite::types::Value = match value {
                rusqlite::types::Value::Text(json) => {
                    assert!(json.contains(from));
                    json.replace(from, to).into()
                }
                rusqlite::types::Value::Blob(bytes) => {
                    let mut json = String::new();
                    ZlibDecoder::new(bytes.as_slice())
                        .read_to_string(&mut json)
                        .unwrap();
                    assert!(json.contains(from));
                    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
                    packed.write_all(json.replace(from, to).as_bytes()).unwrap();
                    packed.finish().unwrap().into()
                }
                other => panic!("{other:?}"),
            };
            let sql = format!("UPDATE spectrum SET {column} = ?2 WHERE id = ?1");
            db.execute(&sql, rusqlite::params![id, changed]).unwrap();
        }
    }
}

#[test]
fn what_the_record_tells_of_a_run_is_found_in_it() {
    let run = Run::new();
    let (code, said, err) = run.report(&[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        said.contains("Entry 1 of ") && said.contains("was found to hold it"),
        "{said}"
    );
    assert!(run.case().0 < 2, "{}", run.case().1);
    let (code, err) = run.screen();
    assert_eq!(code, 0, "{err}");
    assert_eq!(entries(&run.record).len(), 2);
    assert!(
        run.report(&["--record", text(&run.record)])
            .1
            .contains("Entry 2 of ")
    );
    // Where the record is not at hand that is said, and one that knows nothing of the run says so.
    let elsewhere = run.home.path("elsewhere.record");
    fs::rename(&run.record, &elsewhere).unwrap();
    let (code, said, _) = run.report(&[]);
    assert!(
        code == 0 && said.contains("The record was not at hand"),
        "{said}"
    );
    let other = run.home.path("other.record");
    let ran = run
        .home
        .run(&["identify", "no-such-file.jdx", "--record", text(&other)]);
    assert_eq!(ran.code, 2);
    let (code, said, _) = run.report(&["--record", text(&other)]);
    assert!(
        code == 0 && said.contains("has none for its file"),
        "{said}"
    );
}

#[test]
fn changed_results_of_a_run_are_refused() {
    let run = Run::new();
    let name = run.name();
    run.change("outcome", &name, "Somethingelse");
    let told = format!("it names Somethingelse here and {name} in the record");
    for more in [&[][..], &["--record", text(&run.record)]] {
        let (code, _, err) = run.report(more);
        assert!(code == 2 && err.contains(&told), "{code} {err}");
    }
    let (code, err) = run.screen();
    assert!(code == 2 && err.contains(&told), "{code} {err}");
    assert!(err.contains("are not what entry 1 of"), "{err}");
    assert_eq!(entries(&run.record).len(), 1);
    let csv = fs::read_to_string(run.folder.join("results.csv")).unwrap();
    assert!(!csv.contains("Somethingelse"), "{csv}");
}

#[test]
fn changes_beside_the_names_are_noticed() {
    let run = Run::new();
    run.change("outcome", "PRESUMPTIVE", "CONFIRMED");
    let (code, _, err) = run.report(&[]);
    assert!(
        code == 2 && err.contains("its hash is another"),
        "{code} {err}"
    );

    let run = Run::new();
    let name = run.name();
    run.change("brief", &name, "Somethingelse");
    let (code, err) = run.screen();
    assert!(code == 2 && err.contains("the short form"), "{code} {err}");

    let run = Run::new();
    let lines = run.folder.join("results.jsonl");
    let written = fs::read_to_string(&lines).unwrap();
    fs::write(&lines, written.replace(&name, "Somethingelse")).unwrap();
    let (code, err) = run.case();
    assert!(
        code == 2 && err.contains("it names Somethingelse here"),
        "{code} {err}"
    );
    let label = written.replace("\"label\":\"", "\"label\":\"X");
    assert_ne!(label, written);
    fs::write(&lines, label).unwrap();
    let (code, err) = run.case();
    assert!(
        code == 2 && err.contains("it is of the sample \"X"),
        "{code} {err}"
    );
}

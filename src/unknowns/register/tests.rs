use super::*;
use crate::decide::VerdictLevel;
use crate::unknowns::points::tests::{ions, product_ions};
use crate::unknowns::{
    Change, DayIs, Hypothesis, Notice, Observation, Points, Said, Taken, Unknown, Watch,
};
use jiff::civil::date;

const PEAKS: [(f64, f64); 5] = [
    (58.0, 100.0),
    (77.0, 12.0),
    (91.0, 40.0),
    (134.0, 9.0),
    (149.0, 3.0),
];

fn seen(number: usize, points: &Points) -> (Observation, Points) {
    let said = Observation {
        path: format!("case-{number}.msp"),
        index: 0,
        record: None,
        sha256: format!("{number:064}"),
        sample: Some(format!("S-{number}")),
        day: date(2026, 3, 1 + number as i8 % 28),
        day_is: DayIs::Given,
        place: Some("North".to_owned()),
        laboratory: None,
        technique: points.technique.id().to_owned(),
        precursor: points.precursor.as_ref().and_then(|p| p.mz),
        then: Said {
            level: VerdictLevel::NotInLibrary,
            substances: Vec::new(),
            library: "lab".to_owned(),
            generation: 1,
            hash: "0".to_owned(),
        },
        now: None,
        hypothesis: Hypothesis::default(),
    };
    (said, points.clone())
}

/// The spectrum with every abundance changed a little, differently for each `number`.
fn replicate(peaks: &[(f64, f64)], number: usize) -> Points {
    let changed = peaks.iter().enumerate().map(|(i, (mz, y))| {
        let step = ((number * 7 + i * 3) % 5) as f64 - 2.0;
        (*mz, y * (1.0 + 0.01 * step))
    });
    ions(&changed.collect::<Vec<_>>())
}

fn other(number: usize) -> Points {
    let peaks = [(44.0, 100.0), (105.0, 60.0), (120.0, 25.0), (176.0, 5.0)];
    replicate(&peaks, number)
}

fn register() -> (tempfile::TempDir, Register) {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(&folder.path().join("new/unknowns.sqlite")).unwrap();
    (folder, register)
}

fn add(register: &Register, all: &[(Observation, Points)]) -> Vec<Placed> {
    let placed = register.at_once::<_, RegisterError>(|r| r.place(all, 2026));
    placed.unwrap()
}

fn ids(register: &Register) -> Vec<String> {
    let kept = register.observations(None).unwrap();
    kept.into_iter().map(|k| k.unknown).collect()
}

#[test]
fn replicates_join_and_others_begin() {
    let (_folder, register) = register();
    let all: Vec<_> = [
        replicate(&PEAKS, 0),
        replicate(&PEAKS, 1),
        other(2),
        replicate(&PEAKS, 3),
        product_ions(Some(300.1), None),
        product_ions(Some(300.2), None),
        product_ions(Some(314.1), None),
    ]
    .iter()
    .enumerate()
    .map(|(n, points)| seen(n, points))
    .collect();
    let placed = add(&register, &all);
    assert!(
        matches!(&placed[3], Placed::Joined { unknown, count: 3, .. } if unknown == "U-2026-0001")
    );
    let expected = [1, 1, 2, 1, 3, 3, 4].map(|n| format!("U-2026-000{n}"));
    assert_eq!(ids(&register), expected);
    let (unknown, members) = register.unknown("U-2026-0001").unwrap();
    assert_eq!((unknown.count, unknown.samples, members.len()), (3, 3, 3));
    assert_eq!(
        (unknown.first, unknown.last),
        (date(2026, 3, 1), date(2026, 3, 4))
    );
    assert_eq!(unknown.places, ["North"]);
    let missing = register.unknown("U-2026-0099").unwrap_err();
    assert!(matches!(missing, RegisterError::NoUnknown(_)));
    assert_eq!(
        register
            .knows(&all[2].0.sha256, 0)
            .unwrap()
            .map(|kept| kept.unknown),
        Some(expected[2].clone())
    );
    assert!(register.knows(&all[2].0.sha256, 1).unwrap().is_none());
}

#[test]
fn two_laboratories_may_differ_by_more_than_replicates() {
    // Many weak ions: a spectrum with little noise, of which replicates differ by little.
    let weak = (150..180).map(|mz| (f64::from(mz), 0.02));
    let with = |peaks: &[(f64, f64)]| {
        let all = peaks.iter().copied().chain(weak.clone());
        ions(&all.collect::<Vec<_>>())
    };
    let other = [
        (58.0, 100.0),
        (77.0, 40.0),
        (91.0, 90.0),
        (134.0, 2.0),
        (149.0, 12.0),
    ];
    for (laboratory, groups) in [(None, 2), (Some("Port".to_owned()), 1)] {
        let (_folder, register) = register();
        let mut second = seen(1, &with(&other));
        second.0.laboratory = laboratory;
        let placed = add(&register, &[seen(0, &with(&PEAKS)), second]);
        let anew = register.at_once::<_, RegisterError>(|r| r.cluster(2026));
        assert_eq!(anew.unwrap().groups, groups, "{placed:?}");
        let like = matches!(&placed[1], Placed::Began { like: Some(_), .. });
        assert_eq!(like, groups == 2, "{placed:?}");
    }
}

#[test]
fn grouping_anew_merges_and_splits_and_never_gives_an_id_twice() {
    let (_folder, register) = register();
    let all = [0, 1, 2].map(|n| seen(n, &replicate(&PEAKS, n)));
    add(&register, &all);
    add(&register, &[seen(3, &other(3))]);
    // As if somebody had put them together in another way.
    let put = |row: i64, id: &str| {
        let sql = "UPDATE observation SET unknown = ?2 WHERE id = ?1";
        register.db.execute(sql, params![row, id]).unwrap();
    };
    put(3, "U-2026-0002");
    let cluster = || {
        register
            .at_once::<_, RegisterError>(|r| r.cluster(2026))
            .unwrap()
    };
    let done = cluster();
    assert_eq!((done.observations, done.groups), (4, 2));
    let split = Change::Split {
        unknown: "U-2026-0002".to_owned(),
        into: "U-2026-0001".to_owned(),
        count: 1,
    };
    assert_eq!(done.changes, [split]);
    assert!(cluster().changes.is_empty());

    let id = register.next_id(2026).unwrap();
    register.begin(&id, &Hypothesis::default()).unwrap();
    put(2, &id);
    put(1, &id);
    let done = cluster();
    let merged = Change::Merged {
        unknown: "U-2026-0001".to_owned(),
        into: id.clone(),
    };
    assert_eq!(done.changes, [merged]);
    let gone = register.unknown("U-2026-0001").unwrap_err().to_string();
    assert!(gone.contains(&id), "{gone}");

    // A group of two substances is parted; the new id is one that was never there.
    put(4, &id);
    let done = cluster();
    assert_eq!(done.groups, 2);
    assert_eq!(ids(&register)[3], "U-2026-0004");
}

#[test]
fn what_is_begun_and_fails_leaves_nothing() {
    let (_folder, register) = register();
    let twice = [seen(0, &other(0)), seen(0, &other(0))];
    let failed = register.at_once::<_, RegisterError>(|r| r.place(&twice, 2026));
    assert!(failed.is_err());
    assert_eq!(ids(&register), [""; 0]);
    add(&register, &[seen(0, &other(0))]);
    assert_eq!(ids(&register), ["U-2026-0001"]);
}

#[test]
fn other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text");
    std::fs::write(
        &text,
        "this is no database, and long enough to be read as one".repeat(40),
    )
    .unwrap();
    assert!(matches!(
        Register::open(&text),
        Err(RegisterError::Foreign { .. })
    ));
    let database = folder.path().join("other");
    let db = Connection::open(&database).unwrap();
    db.execute_batch("CREATE TABLE run (name TEXT)").unwrap();
    drop(db);
    for open in [Register::open, Register::read] {
        assert!(matches!(
            open(&database),
            Err(RegisterError::Foreign { .. })
        ));
    }
    let newer = folder.path().join("newer");
    let register = Register::open(&newer).unwrap();
    register.set_value("version", "specid.unknowns/9").unwrap();
    drop(register);
    let error = Register::open(&newer).err().unwrap().to_string();
    assert!(error.contains("specid.unknowns/9"), "{error}");
    let none = folder.path().join("none");
    assert!(matches!(
        Register::read(&none),
        Err(RegisterError::Missing(_))
    ));
    assert!(!none.exists());
}

fn watch(serial: u32) -> Watch {
    let (said, points) = seen(0, &replicate(&PEAKS, 0));
    let hypothesis = Hypothesis::default();
    let unknown = Unknown::of("U-2026-0007".to_owned(), hypothesis, None, 0, &[&said]).unwrap();
    Watch {
        publisher: "Lab".to_owned(),
        key: "00".to_owned(),
        made: date(2026, 4, 1),
        received: date(2026, 4, 2),
        notice: Notice::of(&unknown, points, serial, &[&said]).unwrap(),
        ended: None,
        now: None,
        letter: None,
    }
}

#[test]
fn a_newer_notice_replaces_and_the_same_changes_nothing() {
    let (_folder, register) = register();
    let take = |watch: &Watch| register.watch(watch).unwrap();
    assert_eq!(take(&watch(2)), Taken::New);
    assert_eq!(take(&watch(2)), Taken::Same);
    assert_eq!(take(&watch(1)), Taken::Older);
    assert_eq!(take(&watch(3)), Taken::Replaced);
    let mut alerting = crate::unknowns::Watches::of(register.watches().unwrap());
    let alerts = alerting.alerts(&replicate(&PEAKS, 4).spectrum());
    assert_eq!(alerts.len(), 1);
    assert!(alerts[0].similarity > 0.99, "{alerts:?}");
    assert!(alerting.alerts(&other(1).spectrum()).is_empty());

    let mut withdrawn = watch(4);
    withdrawn.notice = withdrawn.notice.withdrawing("a mistake", &[]).unwrap();
    assert_eq!(take(&withdrawn), Taken::Withdrawn);
    let held = register.watches().unwrap();
    assert!(held[0].ended.as_ref().unwrap().contains("a mistake"));
    assert!(crate::unknowns::Watches::of(held).is_empty());
}

//! What a crash leaves behind.

use super::{Finished, Place, Seen, Store, StoreError, Stored};
use crate::screen::brief::Brief;
use std::path::PathBuf;

fn seen(name: &str) -> Seen {
    Seen {
        path: name.to_owned(),
        place: Place::File(PathBuf::from(name)),
        name: name.to_owned(),
        stamp: Some((1, 1)),
    }
}

fn part(path: &str) -> Vec<Stored> {
    let brief = Brief {
        path: path.to_owned(),
        ..Brief::default()
    };
    vec![Stored {
        brief,
        ..Stored::default()
    }]
}

fn told(store: &Store) -> Vec<String> {
    let mut paths = Vec::new();
    let sink = |_, brief: Brief| -> Result<(), StoreError> {
        paths.push(brief.path);
        Ok(())
    };
    store.each_brief(sink).unwrap();
    paths
}

#[test]
fn results_of_a_file_count_when_they_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for name in ["a", "b"] {
        store.see(&seen(name), 1).unwrap();
    }
    let [a, b] = store.waiting(None, 9, 1).unwrap().try_into().unwrap();
    let take = |store: &Store, finished| store.take(&finished).unwrap();
    take(&store, Finished::Begun(a.id));
    take(&store, Finished::Part(a.id, 0, part("a")));
    take(&store, Finished::Whole(a.id, Some("hash".to_owned())));
    take(&store, Finished::Begun(b.id));
    take(&store, Finished::Part(b.id, 0, part("b")));
    // The process ends here.
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    store.begin_session().unwrap();
    assert_eq!(told(&store), ["a"]);
    for name in ["a", "b"] {
        store.see(&seen(name), 2).unwrap();
    }
    // Both are looked at again: one is known by its hash, the other is begun anew.
    let waiting = store.waiting(None, 9, 2).unwrap();
    let known: Vec<Option<&str>> = waiting.iter().map(|q| q.known.as_deref()).collect();
    assert_eq!(known, [Some("hash"), None]);
    take(&store, Finished::Unchanged(a.id));
    take(&store, Finished::Begun(b.id));
    take(&store, Finished::Part(b.id, 0, part("b anew")));
    take(&store, Finished::Whole(b.id, None));
    assert_eq!(told(&store), ["a", "b anew"]);
    assert_eq!(store.queue(2).unwrap().waiting, 0);
}

#[test]
fn a_run_is_worked_on_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let other = Store::open(folder.path());
    assert!(matches!(other.err(), Some(StoreError::Busy(_))));
    drop(store);
    assert!(Store::open(folder.path()).is_ok());
}

//! Substances that the user says are in the sample.

use super::references::References;
use crate::spectrum::Identity;

/// The rows of a known substance: by skeleton of the InChIKey, else CAS number, else a name.
pub(super) fn rows(references: &References<'_>, known: &Identity) -> Vec<usize> {
    let is_it = |row: &usize| {
        let entry = references.entry(*row);
        let identity = entry.and_then(|e| references.library.entry(e).ok());
        identity.is_some_and(|entry| is_same(known, &entry.identity))
    };
    (0..references.len()).filter(is_it).collect()
}

fn is_same(known: &Identity, other: &Identity) -> bool {
    if let (Some(a), Some(b)) = (known.skeleton(), other.skeleton()) {
        return a == b;
    }
    if let (Some(a), Some(b)) = (&known.cas, &other.cas) {
        return a == b;
    }
    let names = |identity: &Identity| -> Vec<String> {
        let all = std::iter::once(&identity.name).chain(&identity.synonyms);
        all.map(|name| name.trim().to_lowercase())
            .filter(|name| !name.is_empty())
            .collect()
    };
    let others = names(other);
    names(known).iter().any(|name| others.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, inchikey: Option<&str>) -> Identity {
        Identity {
            name: name.to_owned(),
            inchikey: inchikey.map(str::to_owned),
            ..Identity::default()
        }
    }

    #[test]
    fn the_key_decides_before_the_name() {
        let caffeine = identity("caffeine", Some("RYYVLZVUVIJVGH-UHFFFAOYSA-N"));
        assert!(is_same(
            &caffeine,
            &identity("x", Some("RYYVLZVUVIJVGH-UHFFFAOYSA-N"))
        ));
        assert!(!is_same(
            &caffeine,
            &identity("caffeine", Some("ZFXYFBGIUFBOJW-UHFFFAOYSA-N"))
        ));
        assert!(is_same(&caffeine, &identity(" Caffeine ", None)));
        assert!(!is_same(&identity("", None), &identity("", None)));
    }
}

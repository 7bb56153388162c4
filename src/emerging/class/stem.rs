//! Parts of names by which a class is known.

/// One part of a name: where it must stand, and whether it must be absent.
#[derive(Debug, Clone)]
struct Term {
    absent: bool,
    first: bool,
    last: bool,
    /// `#` stands for any digit.
    text: String,
}

/// Alternatives, each of parts that all must hold.
///
/// Alternatives stand between blanks, their parts between `&`. `^` binds a part to the start of a name, `$`
/// to its end, `!` says that it must be absent, `#` is any digit.
#[derive(Debug, Clone, Default)]
pub struct Stems(Vec<Vec<Term>>);

impl Stems {
    /// Reads alternatives.
    pub fn parse(text: &str) -> Self {
        let alternative = |word: &str| word.split('&').filter_map(Term::parse).collect();
        let all: Vec<Vec<Term>> = text.split_whitespace().map(alternative).collect();
        Self(all.into_iter().filter(|terms| !terms.is_empty()).collect())
    }

    /// Whether a normalised name has one of the alternatives.
    pub fn hit(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|terms| terms.iter().all(|t| t.found(name) != t.absent))
    }
}

impl Term {
    fn parse(part: &str) -> Option<Self> {
        let (absent, part) = strip(part, |p| p.strip_prefix('!'));
        let (first, part) = strip(part, |p| p.strip_prefix('^'));
        let (last, part) = strip(part, |p| p.strip_suffix('$'));
        (!part.is_empty()).then(|| Self {
            absent,
            first,
            last,
            text: part.to_owned(),
        })
    }

    fn found(&self, name: &str) -> bool {
        if self.text.contains('#') {
            return self.found_with_digits(name.as_bytes());
        }
        match (self.first, self.last) {
            (true, true) => name == self.text,
            (true, false) => name.starts_with(&self.text),
            (false, true) => name.ends_with(&self.text),
            (false, false) => name.contains(&self.text),
        }
    }

    fn found_with_digits(&self, name: &[u8]) -> bool {
        let same = |window: &[u8]| {
            let pairs = window.iter().zip(self.text.as_bytes());
            window.len() == self.text.len()
                && pairs
                    .into_iter()
                    .all(|(n, t)| n == t || (*t == b'#' && n.is_ascii_digit()))
        };
        let length = self.text.len();
        match (self.first, self.last) {
            (true, true) => same(name),
            (true, false) => name.get(..length).is_some_and(same),
            (false, true) => (name.len().checked_sub(length))
                .and_then(|from| name.get(from..))
                .is_some_and(same),
            (false, false) => name.windows(length).any(same),
        }
    }
}

/// Whether a mark was there, and the rest.
fn strip(part: &str, by: impl Fn(&str) -> Option<&str>) -> (bool, &str) {
    match by(part) {
        Some(rest) => (true, rest),
        None => (false, part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_by_place() {
        let stems = Stems::parse("fentanyl ^jwh pvp$ ^lsd$");
        for name in ["acetylfentanyl", "jwh018", "alphapvp", "lsd"] {
            assert!(stems.hit(name), "{name}");
        }
        for name in ["xjwh", "pvpx", "lsdx", "", "fentany"] {
            assert!(!stems.hit(name), "{name}");
        }
    }

    #[test]
    fn parts_together_absent_and_digits() {
        let stems = Stems::parse("phenyl&amine&!acid ^am22##$");
        assert!(stems.hit("phenylethylamine") && stems.hit("am2201"));
        assert!(!stems.hit("phenylaminoacid") && !stems.hit("am220") && !stems.hit("am22x1"));
    }
}

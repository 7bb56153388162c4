//! A sentence with places for what changes in it.

/// What may stand in a place, by the first letters of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `n_`: a number.
    Number,
    /// `t_`: a sentence or word that has a template of its own.
    Text,
    /// Anything else: a name, which stays as it is.
    Name,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Letters(String),
    Place { name: String, kind: Kind },
}

/// A sentence with places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// Name of its message.
    pub message: &'static str,
    parts: Vec<Part>,
}

/// What stands in the places of a sentence, by their names, as it is to be said.
pub(super) type Values = Vec<(String, String)>;

/// How the value of a place is said; `None` where it may not stand there.
pub(super) type Said<'a> = &'a dyn Fn(Kind, &str) -> Option<String>;

impl Template {
    /// Reads a pattern whose places are written `{$name}`.
    pub fn of(message: &'static str, pattern: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("{$") {
            let Some((name, behind)) = after.split_once('}') else {
                break;
            };
            if !before.is_empty() {
                parts.push(Part::Letters(before.to_owned()));
            }
            let kind = match name.split_once('_').map(|(first, _)| first) {
                Some("n") => Kind::Number,
                Some("t") => Kind::Text,
                _ => Kind::Name,
            };
            parts.push(Part::Place {
                name: name.to_owned(),
                kind,
            });
            rest = behind;
        }
        if !rest.is_empty() {
            parts.push(Part::Letters(rest.to_owned()));
        }
        Self { message, parts }
    }

    /// Number of letters outside its places.
    pub fn letters(&self) -> usize {
        let of = |part: &Part| match part {
            Part::Letters(letters) => letters.len(),
            Part::Place { .. } => 0,
        };
        self.parts.iter().map(of).sum()
    }

    /// The values of its places where a sentence is of this form.
    pub fn matched(&self, sentence: &str, said: Said<'_>) -> Option<Values> {
        matched(&self.parts, sentence, said)
    }
}

fn matched(parts: &[Part], text: &str, said: Said<'_>) -> Option<Values> {
    match parts {
        [] => text.is_empty().then(Vec::new),
        [Part::Letters(letters), rest @ ..] => matched(rest, text.strip_prefix(letters)?, said),
        [Part::Place { name, kind }] => Some(vec![(name.clone(), said(*kind, text)?)]),
        [Part::Place { name, kind }, rest @ ..] => {
            // Every place where the following letters stand may be the end.
            let ends: Vec<usize> = match rest {
                [Part::Letters(letters), ..] => {
                    text.match_indices(letters).map(|(i, _)| i).collect()
                }
                _ => text.char_indices().map(|(i, _)| i).collect(),
            };
            ends.into_iter().find_map(|end| {
                let (value, behind) = text.split_at_checked(end)?;
                let mut values = matched(rest, behind, said)?;
                values.push((name.clone(), said(*kind, value)?));
                Some(values)
            })
        }
    }
}

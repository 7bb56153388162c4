//! What an unknown may be, by the result of its identification.

use crate::decide::VerdictLevel;
use crate::report::Identification;
use crate::unknowns::Hypothesis;
use serde_json::json;

/// The hypothesis that a result gives. The only place where one is made.
pub(super) fn hypothesis(result: &Identification) -> Hypothesis {
    let verdict = &result.verdict;
    let mut sentences = Vec::new();
    let best = result.candidates.first();
    let class = best.and_then(|c| c.class.clone());
    let said = match (verdict.level, &class) {
        (VerdictLevel::ClassOnly, Some(class)) => Some(format!("It may be of the class {class}.")),
        (VerdictLevel::NotInLibrary, _) => {
            Some("It is unlike everything in the library.".to_owned())
        }
        _ => None,
    };
    sentences.extend(said);
    match &result.emerging {
        Some(emerging) => sentences.extend(emerging.sentences()),
        // Of curves no more is known than why there is no verdict.
        None => sentences.extend(verdict.reasons.iter().cloned()),
    }
    Hypothesis {
        sentences,
        detail: json!({
            "verdict": verdict.level,
            "class": class.filter(|_| verdict.level == VerdictLevel::ClassOnly),
            "emerging": result.emerging,
            "library": result.library.name,
            "generation": result.library.generation,
        }),
    }
}

//! What a row says its substance is: InChIKey, skeleton and CAS number.

use super::columns::Column;
use super::problem::quoted;
use super::reading::Reading;
use crate::spectrum::{cas_check_digit_holds, is_inchikey};

/// What a row says its substance is.
pub(super) struct Named {
    pub inchikey: Option<String>,
    pub skeleton: Option<String>,
    pub cas: Option<String>,
    /// Whether a CAS number is stated, right or wrong.
    pub states_cas: bool,
}

impl Reading<'_, '_> {
    /// The identifiers; `None` where one is wrong.
    pub(super) fn named(&mut self) -> Option<Named> {
        let mut sound = true;
        let key = self.text(Column::Inchikey);
        if !key.is_empty() && !is_inchikey(key) {
            let advice = "copy it again from its source";
            self.refuse(
                Column::Inchikey,
                "an InChIKey of 14, 10 and 1 capital letters",
                advice,
            );
            sound = false;
        } else if !key.is_empty() && key.as_bytes().get(23) != Some(&b'S') {
            let message = "this is not a standard InChIKey, so spectra of other sources do not meet it; replace it".to_owned();
            self.doubt(Column::Inchikey, message);
        }
        let skeleton = self.text(Column::Skeleton);
        let letters = skeleton.len() == 14 && skeleton.bytes().all(|b| b.is_ascii_uppercase());
        let of_key = key.get(..14).filter(|_| is_inchikey(key));
        if !skeleton.is_empty() && !letters {
            let expected = "14 capital letters, the first block of an InChIKey";
            self.refuse(
                Column::Skeleton,
                expected,
                "copy it again, or leave the cell empty",
            );
            sound = false;
        } else if let Some(first) =
            of_key.filter(|first| !skeleton.is_empty() && *first != skeleton)
        {
            let expected = format!("{first}, the first block of the row's InChIKey");
            let advice = "one of the two is another substance's; correct it";
            self.refuse(Column::Skeleton, &expected, advice);
            sound = false;
        }
        let cas = self.cas(!key.is_empty() || !skeleton.is_empty());
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        sound.then_some(())?;
        Some(Named {
            inchikey: some(key),
            skeleton: some(of_key.unwrap_or(skeleton)),
            states_cas: !self.text(Column::Cas).is_empty(),
            cas: cas?,
        })
    }

    /// The CAS number. One whose check digit does not hold is never used, and is an error where the
    /// row has nothing else to go by.
    fn cas(&mut self, has_structure: bool) -> Option<Option<String>> {
        let cas = self.text(Column::Cas);
        if cas.is_empty() {
            return Some(None);
        }
        if cas_check_digit_holds(cas) {
            return Some(Some(cas.to_owned()));
        }
        if !has_cas_form(cas) {
            let expected = "a CAS number such as 7732-18-5";
            let advice = "copy it again; a spreadsheet may have made a date of it, so format the column as text";
            self.refuse(Column::Cas, expected, advice);
            return None;
        }
        if has_structure {
            let cas = quoted(cas);
            let message = format!(
                "the check digit of CAS number {cas} does not hold, so a digit is wrong; it is not used, the InChIKey is"
            );
            self.doubt(Column::Cas, message);
            return Some(None);
        }
        let expected = "a CAS number whose check digit holds";
        self.refuse(
            Column::Cas,
            expected,
            "a digit is wrong or two are swapped: look it up",
        );
        None
    }
}

fn has_cas_form(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [a, b, c] if (2..=7).contains(&a.len()) && b.len() == 2 && c.len() == 1)
        && parts.iter().all(digits)
}

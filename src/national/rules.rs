//! Rules between the cells of a row.

use super::columns::Column;
use super::header;
use super::identifiers::Named;
use super::reading::Reading;
use super::words::{EntryStatus, MatchKind};
use jiff::civil::Date;

impl Reading<'_, '_> {
    /// That a row says what its kind needs.
    pub(super) fn check_kind(&mut self, kind: Option<MatchKind>, named: Option<&Named>) {
        let (Some(kind), Some(named)) = (kind, named) else {
            return;
        };
        let has_rule = !self.text(Column::GenericRule).is_empty();
        let has_name = named.skeleton.is_some() || named.states_cas;
        match kind {
            MatchKind::Exact if named.inchikey.is_none() && !named.states_cas => self.refuse(
                Column::Inchikey,
                "an InChIKey or a CAS number, since match_kind is exact",
                "fill in one of the two, or use another match_kind",
            ),
            MatchKind::Group if !has_name => self.refuse(
                Column::Inchikey,
                "an InChIKey, its first block or a CAS number, since match_kind is group",
                "name the member in a row of its own, or write the rule in words as generic",
            ),
            MatchKind::Generic if !has_rule => self.refuse(
                Column::GenericRule,
                "the rule in words, since match_kind is generic",
                "copy it from the law",
            ),
            MatchKind::Preparation if !has_name && !has_rule => self.refuse(
                Column::GenericRule,
                "an InChIKey, a CAS number or the words of the law, since match_kind is preparation",
                "say which preparations are meant",
            ),
            MatchKind::Generic if has_name => self.doubt(
                Column::MatchKind,
                "a generic rule is not evaluated, so the row's InChIKey or CAS number is not looked up; name members of a group in rows of match_kind group"
                    .to_owned(),
            ),
            _ => {}
        }
        let is_whole_skeleton = named.skeleton.is_some() && named.inchikey.is_none();
        if is_whole_skeleton && header::yes_or_no(self.text(Column::ScopeIsomers)) == Some(false) {
            let message = "the row names a skeleton, which all its stereoisomers share, and covers no isomers; give the InChIKey";
            self.doubt(Column::ScopeIsomers, message.to_owned());
        }
    }

    /// That the days of a row go with each other and with its status.
    pub(super) fn check_period(
        &mut self,
        status: Option<EntryStatus>,
        from: Option<Date>,
        to: Option<Date>,
    ) {
        let states = |this: &Self, column| !this.text(column).is_empty();
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let expected = format!("a day not before effective_from, which is {from}");
            self.refuse(Column::To, &expected, "correct one of the two days");
        }
        match status {
            Some(EntryStatus::Repealed) if !states(self, Column::To) => {
                let expected = "the last day in force, since the status is repealed";
                self.refuse(Column::To, expected, "fill it in");
            }
            Some(EntryStatus::Temporary) if !states(self, Column::To) => {
                let message =
                    "a temporary control without a last day; fill it in where the law states it";
                self.doubt(Column::To, message.to_owned());
            }
            _ => {}
        }
        if !states(self, Column::From) {
            let message =
                "no first day, so the entry is taken as in force on any earlier day; fill it in";
            self.doubt(Column::From, message.to_owned());
        }
    }
}

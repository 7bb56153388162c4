//! From the cells of one row to an entry, with every error on the way.

use super::columns::{Column, Headings};
use super::entry::{Entry, Scope};
use super::header::{self, DAY, Draft};
use super::problem::{Place, Problems, quoted};
use super::rows::Row;
use super::threshold::{Measure, Threshold};
use super::words::{Category, EntryStatus, MatchKind};
use jiff::civil::Date;

/// A row and what is known of the file around it.
pub(super) struct Reading<'a, 'b> {
    pub row: &'a Row<'b>,
    pub headings: &'a Headings,
    pub header: &'a Draft,
    pub problems: &'a mut Problems,
}

impl<'a> Reading<'a, '_> {
    /// The entry; `None` where the row has an error.
    pub fn entry(mut self) -> Option<Entry> {
        let empty = self.check_required();
        self.country();
        let kind = self.word(
            Column::MatchKind,
            &MatchKind::ALL,
            MatchKind::word,
            MatchKind::of,
        );
        let status = self.word(
            Column::Status,
            &EntryStatus::ALL,
            EntryStatus::word,
            EntryStatus::of,
        );
        let category = Category::of(self.text(Column::Category));
        if let Category::Unknown(word) = &category
            && !word.is_empty()
        {
            let known = Category::KNOWN.map(|c| c.word().to_owned()).join(", ");
            let message = format!(
                "the category {} is none of {known}; it is shown as written",
                quoted(word)
            );
            self.doubt(Column::Category, message);
        }
        let named = self.named();
        let scope = self.scope();
        let from = self.day(Column::From);
        let to = self.day(Column::To);
        let concentration = self.threshold(Column::Concentration, Measure::Concentration);
        let quantity = self.threshold(Column::Quantity, Measure::Quantity);
        self.hs();
        self.check_kind(kind, named.as_ref());
        self.check_period(status, from.flatten(), to.flatten());
        if self.text(Column::Gazette).is_empty() {
            self.doubt(
                Column::Gazette,
                "the entry has no source: state where it was published".to_owned(),
            );
        }
        let named = named.filter(|_| !empty)?;
        let own = |column| self.text(column).to_owned();
        Some(Entry {
            line: self.row.line,
            law_id: own(Column::LawId),
            law_title: own(Column::LawTitle),
            law_title_local: own(Column::LawTitleLocal),
            list_id: own(Column::ListId),
            list_label: own(Column::ListLabel),
            entry_no: own(Column::EntryNo),
            kind: kind?,
            inchikey: named.inchikey,
            skeleton: named.skeleton,
            cas: named.cas,
            name_official: own(Column::NameOfficial),
            name_local: own(Column::NameLocal),
            scope: scope?,
            generic_rule_text: own(Column::GenericRule),
            smarts: own(Column::Smarts),
            category,
            status: status?,
            concentration: concentration?,
            quantity: quantity?,
            hs_national: own(Column::HsNational),
            competent_authority: own(Column::Authority),
            from: from?,
            to: to?,
            gazette_ref: own(Column::Gazette),
        })
    }

    pub(super) fn text(&self, column: Column) -> &'a str {
        self.headings.cell(self.row, column)
    }

    pub(super) fn refuse(&mut self, column: Column, expected: &str, advice: &str) {
        let found = quoted(self.text(column));
        let place = Place::cell(self.row.line, column.name());
        self.problems.refuse(place, expected, found, advice);
    }

    pub(super) fn doubt(&mut self, column: Column, message: String) {
        let place = Place::cell(self.row.line, column.name());
        self.problems.doubt(place, message);
    }

    /// Notes empty cells that must not be empty; whether there are any.
    fn check_required(&mut self) -> bool {
        let headings = self.headings;
        let required = Column::ALL
            .iter()
            .filter(|c| c.is_required() && headings.has(**c));
        let mut empty = false;
        for column in required {
            if self.text(*column).is_empty() {
                empty = true;
                self.refuse(
                    *column,
                    "a value",
                    "every entry needs one: fill the cell in",
                );
            }
        }
        empty
    }

    fn country(&mut self) {
        let stated = self.text(Column::Country);
        let Some(country) = self.header.country.filter(|_| !stated.is_empty()) else {
            return;
        };
        if stated != country.to_string() {
            let expected = format!("{country}, as the header's country says");
            let advice = "an overlay holds one country; move the row, or correct the code";
            self.refuse(Column::Country, &expected, advice);
        }
    }

    fn word<T: Copy>(
        &mut self,
        column: Column,
        all: &[T],
        word: fn(T) -> &'static str,
        of: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let stated = self.text(column);
        let found = of(stated);
        if found.is_none() && !stated.is_empty() {
            let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
            let expected = format!("one of {}", words.join(", "));
            self.refuse(
                column,
                &expected,
                "write one of these words, in small letters",
            );
        }
        found
    }

    fn scope(&mut self) -> Option<Scope> {
        let salts = self.covers(Column::ScopeSalts);
        let isomers = self.covers(Column::ScopeIsomers);
        let esters_and_ethers = self.covers(Column::ScopeEstersEthers);
        Some(Scope {
            salts: salts?.or(self.header.salts)?,
            isomers: isomers?.or(self.header.isomers)?,
            esters_and_ethers: esters_and_ethers?,
        })
    }

    fn covers(&mut self, column: Column) -> Option<Option<bool>> {
        let stated = self.text(column);
        let read = header::yes_or_no(stated);
        if read.is_none() && !stated.is_empty() {
            self.refuse(column, "yes, no or an empty cell", "correct it");
            return None;
        }
        Some(read)
    }

    fn day(&mut self, column: Column) -> Option<Option<Date>> {
        let stated = self.text(column);
        let read = header::day(stated);
        if read.is_none() && !stated.is_empty() {
            let advice = "spreadsheets change dates: format the column as text before you type";
            self.refuse(column, DAY, advice);
            return None;
        }
        Some(read)
    }

    fn threshold(&mut self, column: Column, measure: Measure) -> Option<Option<Threshold>> {
        let stated = self.text(column);
        let read = Threshold::read(stated, measure);
        if read.is_none() && !stated.is_empty() {
            let (what, example) = match measure {
                Measure::Concentration => ("a share, at most 100 %", ">= 2.5 %"),
                Measure::Quantity => ("an amount", "> 500 g"),
            };
            let units = measure.units().join(", ");
            let expected = format!("{what}, such as {example}");
            let advice = format!(
                "write a sign (>, >=, <, <=) or none, a number without marks between the thousands, and one of the units {units}"
            );
            self.refuse(column, &expected, &advice);
            return None;
        }
        Some(read)
    }

    fn hs(&mut self) {
        let stated = self.text(Column::HsNational);
        let digits = stated.bytes().filter(u8::is_ascii_digit).count();
        let form = stated
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ' '));
        let is_code = form && (4..=12).contains(&digits);
        if !stated.is_empty() && !is_code {
            let expected = "a customs code of 4 to 12 digits, with points or spaces between";
            self.refuse(
                Column::HsNational,
                expected,
                "correct it, or leave the cell empty",
            );
        }
    }
}

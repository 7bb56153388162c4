//! Pages: which strips stand on which, and how far down.

use super::strip::{Bond, Start, Strip};
use std::rc::Rc;

/// A page: its strips and how far below the top of its text each lies.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) strips: Vec<(f32, Rc<Strip>)>,
}

/// Sets strips on pages whose text is `height` high.
///
/// Bound strips come on one page where one page can hold them.
pub(super) fn paginate(strips: Vec<Strip>, height: f32) -> Vec<Page> {
    let mut sheets = Sheets {
        height,
        pages: vec![Page::default()],
        below: 0.0,
    };
    let mut rest = strips
        .into_iter()
        .map(Rc::new)
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while group
            .last()
            .is_some_and(|strip| strip.bond == Bond::WithNext)
        {
            match rest.next_if(|strip| strip.start == Start::Below) {
                Some(strip) => group.push(strip),
                None => break,
            }
        }
        sheets.place_group(group);
    }
    sheets.pages
}

struct Sheets {
    height: f32,
    pages: Vec<Page>,
    /// How much of the last page is filled.
    below: f32,
}

impl Sheets {
    fn is_empty(&self) -> bool {
        self.pages.last().is_none_or(|page| page.strips.is_empty())
    }

    fn turn(&mut self) {
        if !self.is_empty() {
            self.pages.push(Page::default());
            self.below = 0.0;
        }
    }

    fn place_group(&mut self, group: Vec<Rc<Strip>>) {
        let new_page = group.first().is_some_and(|s| s.start == Start::NewPage);
        let all: f32 = group.iter().map(|s| s.before + s.height).sum();
        if new_page || self.below + all > self.height {
            // A group that no page can hold is torn where this page ends.
            let alone = all - group.first().map_or(0.0, |s| s.before);
            let repeated = group
                .first()
                .and_then(|s| s.repeat.as_ref())
                .map_or(0.0, |r| r.height);
            if new_page || alone + repeated <= self.height || !self.holds_two(&group) {
                self.turn();
            }
        }
        for strip in group {
            self.place(strip);
        }
    }

    /// Whether the first two strips of a group that must be torn still stand on this page.
    fn holds_two(&self, group: &[Rc<Strip>]) -> bool {
        let two: f32 = group.iter().take(2).map(|s| s.before + s.height).sum();
        self.below + two <= self.height
    }

    fn place(&mut self, strip: Rc<Strip>) {
        if self.below + strip.before + strip.height > self.height {
            self.turn();
        }
        if self.is_empty() {
            if let Some(repeated) = strip.repeat.clone() {
                self.put(0.0, repeated);
            }
            self.put(0.0, strip);
        } else {
            self.put(strip.before, strip);
        }
    }

    fn put(&mut self, before: f32, strip: Rc<Strip>) {
        let top = self.below + before;
        self.below = top + strip.height;
        if let Some(page) = self.pages.last_mut() {
            page.strips.push((top, strip));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(height: f32, bond: Bond) -> Strip {
        Strip {
            bond,
            ..Strip::of(0.0, height)
        }
    }

    fn counts(strips: Vec<Strip>, height: f32) -> Vec<usize> {
        let pages = paginate(strips, height);
        for page in &pages {
            let lowest = page.strips.last().map_or(0.0, |(top, s)| top + s.height);
            assert!(lowest <= height + 1e-3);
        }
        pages.iter().map(|page| page.strips.len()).collect()
    }

    #[test]
    fn bound_strips_turn_the_page_together() {
        let mut strips = vec![strip(10.0, Bond::Loose); 8];
        strips[7].bond = Bond::WithNext;
        strips.push(strip(15.0, Bond::WithNext));
        strips.push(strip(10.0, Bond::Loose));
        assert_eq!(counts(strips, 100.0), [7, 3]);
    }

    #[test]
    fn what_no_page_holds_is_torn() {
        let strips = vec![strip(30.0, Bond::WithNext); 7];
        assert_eq!(counts(strips, 100.0), [3, 3, 1]);
    }

    #[test]
    fn room_above_is_dropped_at_the_top_and_new_pages_are_not_empty() {
        let strips = vec![
            Strip {
                start: Start::NewPage,
                ..Strip::of(50.0, 60.0)
            },
            Strip {
                start: Start::NewPage,
                ..Strip::of(50.0, 60.0)
            },
        ];
        let pages = paginate(strips, 100.0);
        assert_eq!(pages.len(), 2);
        assert!(pages.iter().all(|page| page.strips[0].0 == 0.0));
    }

    #[test]
    fn headings_are_repeated() {
        let heading = Rc::new(Strip::of(0.0, 10.0));
        let rows = (0..20).map(|_| Strip {
            repeat: Some(heading.clone()),
            ..Strip::of(0.0, 10.0)
        });
        let pages = paginate(rows.collect(), 100.0);
        assert_eq!(pages.len(), 3);
        assert!(
            pages
                .iter()
                .all(|page| page.strips[0].1.height == 10.0 && page.strips.len() <= 10)
        );
        assert_eq!(pages.iter().map(|p| p.strips.len()).sum::<usize>(), 23);
    }
}

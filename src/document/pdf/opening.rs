//! How a document opens: the laboratory's letterhead.

use super::composer::{Composer, SMALL, first};
use super::face::Weight;
use super::lines::{Style, lines};
use super::strip::{Bond, Ink, Item, Mark, Strip};
use super::structure::Role;
use super::{DocumentError, WIDTH, picture};
use crate::document::Letterhead;
use krilla::geom::Rect;

const NAME: Style = Style::new(13.0, Weight::Bold);
/// Largest width and height of a logo.
const LOGO: [f32; 2] = [150.0, 56.0];
/// Between logo and name.
const GAP: f32 = 14.0;

impl Composer<'_> {
    /// Adds the letterhead, where there is any.
    pub(super) fn letterhead(&mut self, letterhead: &Letterhead) -> Result<(), DocumentError> {
        let mut strip = Strip::default();
        let mut left = 0.0;
        let mut logo_height = 0.0;
        if let Some(logo) = &letterhead.logo {
            let image = picture::read(logo).map_err(|reason| DocumentError::Logo { reason })?;
            let (width, height) = (image.size().0 as f32, image.size().1 as f32);
            let scale = (LOGO[0] / width).min(LOGO[1] / height);
            let area = Rect::from_xywh(0.0, 0.0, width * scale, height * scale);
            if let Some(area) = area {
                let laboratory = letterhead.laboratory.as_deref().unwrap_or_default();
                let alt = self.described([&logo.alt, laboratory]);
                let node = self.structure.add(Role::Figure(alt));
                strip.items.push(Item {
                    mark: Mark::Node(node),
                    ink: Ink::Picture { image, area },
                });
                strip.figure = Some((node, area));
                left = area.width() + GAP;
                logo_height = area.height();
            }
        }
        let mut text = Vec::new();
        let texts = letterhead
            .laboratory
            .iter()
            .map(|name| (name, NAME))
            .chain(letterhead.lines.iter().map(|line| (line, SMALL)));
        for (line, style) in texts {
            let node = self.structure.add(Role::Paragraph);
            let rows = lines(self.faces, line, style, WIDTH - left);
            text.extend(rows.into_iter().map(|row| (node, row, style)));
        }
        let text_height: f32 = text.iter().map(|(_, _, style)| style.line()).sum();
        if text_height == 0.0 && logo_height == 0.0 {
            return Ok(());
        }
        // Beside a logo that is higher, the text stands in the middle.
        let mut top = ((logo_height - text_height) / 2.0).max(0.0);
        for (node, row, style) in text {
            strip
                .items
                .push(Item::letters(Mark::Node(node), row, style, left, top));
            top += style.line();
        }
        strip.height = text_height.max(logo_height);
        strip.bond = Bond::WithNext;
        let mut strips = [strip, Strip::of(0.0, 8.0)];
        strips[1].items.push(Item::rule(0.0, WIDTH, 6.0, 1.0, 0));
        first(&mut strips, 0.0);
        self.push(strips);
        Ok(())
    }
}

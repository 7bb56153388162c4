//! A document as one HTML file: no script, nothing from elsewhere, made for screen and paper alike.

mod escape;
mod style;

pub(super) use escape::{attribute, content};

use super::model::{
    Block, Column, Document, Field, Figure, Letterhead, Logo, LogoKind, Side, Table, Tone,
};
use super::svg::svg;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// A document as the text of an HTML file.
pub fn html(document: &Document) -> String {
    let mut page = String::new();
    put(&mut page, document);
    page
}

/// Writing to a string does not fail.
macro_rules! write_to {
    ($page:expr, $($part:tt)*) => {{ let _ = write!($page, $($part)*); }};
}

fn put(page: &mut String, document: &Document) {
    let title = content(&document.title);
    write_to!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"generator\" content=\"{}\">\n<meta name=\"dcterms.created\" content=\"{}\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        attribute(&document.language),
        attribute(&document.creator),
        attribute(&document.issued),
        style::sheet(document),
    );
    write_to!(
        page,
        "<header>\n<p class=\"head\">{}</p>\n",
        content(&document.running_head)
    );
    put_letterhead(page, &document.letterhead);
    write_to!(page, "</header>\n<main>\n<h1>{title}</h1>\n");
    for (at, block) in document.blocks.iter().enumerate() {
        put_block(page, document, block, at);
    }
    write_to!(
        page,
        "</main>\n<footer>\n<p>{}</p>\n</footer>\n</body>\n</html>\n",
        content(&document.foot)
    );
}

fn put_letterhead(page: &mut String, letterhead: &Letterhead) {
    let Letterhead {
        laboratory,
        lines,
        logo,
    } = letterhead;
    if laboratory.is_none() && lines.is_empty() && logo.is_none() {
        return;
    }
    page.push_str("<div class=\"letterhead\">\n");
    if let Some(Logo { alt, kind, bytes }) = logo {
        let kind = match kind {
            LogoKind::Png => "png",
            LogoKind::Jpeg => "jpeg",
        };
        write_to!(
            page,
            "<img alt=\"{}\" src=\"data:image/{kind};base64,{}\">\n",
            attribute(alt),
            STANDARD.encode(bytes)
        );
    }
    page.push_str("<div>\n");
    if let Some(laboratory) = laboratory {
        write_to!(
            page,
            "<p class=\"laboratory\">{}</p>\n",
            content(laboratory)
        );
    }
    for line in lines {
        write_to!(page, "<p>{}</p>\n", content(line));
    }
    page.push_str("</div>\n</div>\n");
}

fn put_block(page: &mut String, document: &Document, block: &Block, at: usize) {
    match block {
        Block::Heading { level, text } => {
            let level = level.clamp(&1, &3) + 1;
            write_to!(page, "<h{level}>{}</h{level}>\n", content(text));
        }
        Block::Paragraph {
            tone,
            text,
            language,
        } => {
            let class = match tone {
                Tone::Normal => "",
                Tone::Notice => " class=\"notice\"",
                Tone::Verdict => " class=\"verdict\"",
                Tone::Small => " class=\"small\"",
            };
            let language = language
                .as_ref()
                .map(|language| format!(" lang=\"{}\"", attribute(language)))
                .unwrap_or_default();
            write_to!(page, "<p{class}{language}>{}</p>\n", content(text));
        }
        Block::List(points) => {
            page.push_str("<ul>\n");
            for point in points {
                write_to!(page, "<li>{}</li>\n", content(point));
            }
            page.push_str("</ul>\n");
        }
        Block::Fields(fields) => put_fields(page, fields),
        Block::Table(table) => put_table(page, table),
        Block::Figure(figure) => put_figure(page, figure, document, at),
        Block::Signatures(under) => {
            page.push_str("<div class=\"signatures\">\n");
            for text in under {
                write_to!(page, "<p>{}</p>\n", content(text));
            }
            page.push_str("</div>\n");
        }
        Block::NewPage => page.push_str("<hr class=\"new-page\">\n"),
    }
}

fn put_fields(page: &mut String, fields: &[Field]) {
    page.push_str("<dl>\n");
    for Field {
        name,
        value,
        missing,
    } in fields
    {
        let class = if *missing { " class=\"missing\"" } else { "" };
        write_to!(
            page,
            "<div><dt>{}</dt><dd{class}>{}</dd></div>\n",
            content(name),
            content(value)
        );
    }
    page.push_str("</dl>\n");
}

fn put_table(page: &mut String, table: &Table) {
    page.push_str("<table>\n");
    if let Some(caption) = &table.caption {
        write_to!(page, "<caption>{}</caption>\n", content(caption));
    }
    let weights: f32 = table.columns.iter().map(weight).sum();
    page.push_str("<colgroup>");
    for column in &table.columns {
        write_to!(
            page,
            "<col style=\"width:{:.2}%\">",
            100.0 * weight(column) / weights
        );
    }
    page.push_str("</colgroup>\n<thead>\n<tr>");
    for column in &table.columns {
        let class = side(Some(column));
        write_to!(
            page,
            "<th scope=\"col\"{class}>{}</th>",
            content(&column.heading)
        );
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        page.push_str("<tr>");
        let width = table.columns.len().max(row.len());
        for at in 0..width {
            let class = side(table.columns.get(at));
            let text = row.get(at).map(|cell| content(cell)).unwrap_or_default();
            if at == 0 {
                write_to!(page, "<th scope=\"row\"{class}>{text}</th>");
            } else {
                write_to!(page, "<td{class}>{text}</td>");
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// A column's share; one that is none counts as 1.
fn weight(column: &Column) -> f32 {
    if column.weight.is_finite() && column.weight > 0.0 {
        column.weight
    } else {
        1.0
    }
}

fn side(column: Option<&Column>) -> &'static str {
    match column.map(|column| column.side) {
        Some(Side::Right) => " class=\"right\"",
        Some(Side::Left) | None => "",
    }
}

fn put_figure(page: &mut String, figure: &Figure, document: &Document, at: usize) {
    write_to!(
        page,
        "<figure>\n{}\n<figcaption>{}</figcaption>\n</figure>\n",
        svg(&figure.drawing, &document.phrases.figure, &figure.alt, at),
        content(&figure.caption)
    );
}

#[cfg(test)]
mod tests;

//! A page that needs no other file: its frame, its style, its tables.

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.6rem}h2{margin-top:2.2rem;border-bottom:1px solid #999}h3{margin-bottom:.3rem}
table{border-collapse:collapse;font-size:.86rem;margin:.4rem 0 1rem}
th,td{padding:.18rem .6rem;text-align:left;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
th{border-bottom:1px solid #555}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
svg{max-width:100%;height:auto;font:12px system-ui,sans-serif;display:block}
code{font-size:.85rem;overflow-wrap:anywhere}.wide{overflow-x:auto}.small{font-size:.86rem;color:#333}
@media print{body{max-width:none;margin:0;font-size:10pt}h2{break-after:avoid}h3{break-after:avoid}svg,tr{break-inside:avoid}.wide{overflow:visible}}";

/// Text with the characters that mean something in HTML written out, and no control characters.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The whole page around its body.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// A table; `numbers` are the columns to align right.
pub(super) fn table(header: &[&str], rows: &[Vec<String>], numbers: &[usize]) -> String {
    let cell = |tag: &str, column: usize, text: &str| {
        let class = match numbers.contains(&column) {
            true => " class=\"n\"",
            false => "",
        };
        format!("<{tag}{class}>{}</{tag}>", escaped(text))
    };
    let head: String = header
        .iter()
        .enumerate()
        .map(|(i, h)| cell("th", i, h))
        .collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(i, c)| cell("td", i, c));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        })
        .collect();
    format!(
        "<div class=\"wide\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_files_is_never_markup() {
        assert_eq!(escaped("<b>&\"\u{7}"), "&lt;b&gt;&amp;&quot; ");
        let table = table(&["a"], &[vec!["<script>".to_owned()]], &[0]);
        assert!(table.contains("<td class=\"n\">&lt;script&gt;</td>"));
        assert!(page("<t>", "").contains("<title>&lt;t&gt;</title>"));
    }
}

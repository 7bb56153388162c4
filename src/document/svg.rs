//! A drawing as SVG within HTML.

use super::drawing::{Anchor, Drawing, Shape, Stroke};
use super::html::content;
use std::fmt::Write;

/// A drawing with its name and its description; `id` tells it from others of the same page.
pub(super) fn svg(drawing: &Drawing, name: &str, description: &str, id: usize) -> String {
    let Drawing {
        width,
        height,
        shapes,
    } = drawing;
    let mut out = format!(
        "<svg role=\"img\" aria-labelledby=\"name-{id}\" aria-describedby=\"about-{id}\" width=\"{w}pt\" height=\"{h}pt\" viewBox=\"0 0 {w} {h}\" font-family=\"'Noto Sans','Segoe UI',Arial,sans-serif\">\n<title id=\"name-{id}\">{}</title>\n<desc id=\"about-{id}\">{}</desc>\n",
        content(name),
        content(description).replace("<br>", " "),
        w = number(*width),
        h = number(*height),
    );
    for shape in shapes {
        put(&mut out, shape);
    }
    out.push_str("</svg>");
    out
}

fn put(out: &mut String, shape: &Shape) {
    // Writing to a string does not fail.
    let _ = match shape {
        Shape::Line { points, stroke } => {
            let Stroke { width, grey, dash } = stroke;
            let dashes: Vec<String> = dash.iter().map(|&d| number(d)).collect();
            let dashes = if dashes.is_empty() {
                String::new()
            } else {
                format!(" stroke-dasharray=\"{}\"", dashes.join(" "))
            };
            writeln!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dashes}/>",
                pairs(points),
                shade(*grey),
                number(*width),
            )
        }
        Shape::Fill { points, grey } => {
            writeln!(
                out,
                "<polygon points=\"{}\" fill=\"{}\"/>",
                pairs(points),
                shade(*grey)
            )
        }
        Shape::Text {
            at,
            size,
            anchor,
            upwards,
            text,
        } => {
            let [x, y] = at.map(number);
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let turn = if *upwards {
                format!(" transform=\"rotate(-90 {x} {y})\"")
            } else {
                String::new()
            };
            writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" text-anchor=\"{anchor}\"{turn}>{}</text>",
                number(*size),
                content(text).replace("<br>", " "),
            )
        }
    };
}

fn pairs(points: &[[f32; 2]]) -> String {
    let pairs: Vec<String> = points
        .iter()
        .map(|[x, y]| format!("{},{}", number(*x), number(*y)))
        .collect();
    pairs.join(" ")
}

/// Two decimals are less than a printer shows; what is no number is 0.
fn number(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

fn shade(grey: u8) -> String {
    format!("#{grey:02x}{grey:02x}{grey:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_escaped_and_described() {
        let drawing = Drawing {
            width: 100.0,
            height: 50.5,
            shapes: vec![
                Shape::Line {
                    points: vec![[0.0, 1.25], [f32::NAN, -0.001]],
                    stroke: Stroke {
                        width: 0.5,
                        grey: 128,
                        dash: vec![3.0, 1.5],
                    },
                },
                Shape::Text {
                    at: [1.0, 2.0],
                    size: 7.0,
                    anchor: Anchor::End,
                    upwards: true,
                    text: "a<b".to_owned(),
                },
            ],
        };
        let text = svg(&drawing, "Figure", "peaks at <1000> & 1500", 3);
        assert!(text.contains("viewBox=\"0 0 100 50.5\""));
        assert!(text.contains("<polyline points=\"0,1.25 0,0\""));
        assert!(text.contains("stroke=\"#808080\" stroke-width=\"0.5\""));
        assert!(text.contains("stroke-dasharray=\"3 1.5\""));
        assert!(text.contains("text-anchor=\"end\" transform=\"rotate(-90 1 2)\">a&lt;b</text>"));
        assert!(text.contains("<desc id=\"about-3\">peaks at &lt;1000&gt; &amp; 1500</desc>"));
    }
}

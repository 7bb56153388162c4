//! Characters that cannot be written as they are: shown by their number, never dropped in silence.

/// A text for HTML: controls, and marks that turn the direction of what follows, are shown as `[U+202E]`.
pub(super) fn readable(text: &str) -> String {
    shown(text, |_| true)
}

/// A text for faces that hold what `holds` says; other characters are shown as `[U+0E01]`.
///
/// Marks without width (soft hyphen, joiners, byte order mark) are left out, since they show nothing.
pub(super) fn printable(text: &str, holds: impl Fn(char) -> bool) -> String {
    shown(text, |c| c == '\n' || holds(c))
        .chars()
        .filter(|c| !is_without_width(*c))
        .collect()
}

/// Whether a character shows nothing and takes no room.
pub(super) fn is_without_width(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

fn shown(text: &str, holds: impl Fn(char) -> bool) -> String {
    let mut written = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => written.push('\n'),
            '\t' => written.push(' '),
            c if is_without_width(c) => written.push(c),
            c if is_unsafe(c) || !holds(c) => {
                written.push_str(&format!("[U+{:04X}]", u32::from(c)));
            }
            c => written.push(c),
        }
    }
    written
}

/// Controls, marks of direction and numbers that are no characters.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_turning_marks_are_shown() {
        assert_eq!(readable("a\u{7}b\u{202e}c"), "a[U+0007]b[U+202E]c");
        assert_eq!(readable("one\r\ntwo\rthree\tfour"), "one\ntwo\nthree four");
        assert_eq!(readable("\u{fffe}"), "[U+FFFE]");
        assert_eq!(readable("สาร"), "สาร");
    }

    #[test]
    fn what_the_faces_lack_is_shown_by_number() {
        assert_eq!(printable("aกb\nc", |c| c.is_ascii()), "a[U+0E01]b\nc");
        assert_eq!(
            printable("soft\u{ad}hyphen", |c| c.is_ascii()),
            "softhyphen"
        );
    }
}

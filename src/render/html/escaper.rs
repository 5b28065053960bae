//! The one way a text gets into the page: markup harmless, control characters visible.
//!
//! Named in `askama.toml`, so that no template can forget it.

use std::fmt::{self, Write};

use super::super::escape::markup;

/// Escapes for HTML that is XML as well, in content and in quoted attributes.
#[derive(Clone, Copy)]
pub(super) struct Hardened;

impl askama::filters::Escaper for Hardened {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        // Line breaks within a label are spaces to a reader of a page; other controls are shown.
        dest.write_str(&markup(&string.replace(['\r', '\n', '\t'], " ")))
    }
}

#[cfg(test)]
mod tests {
    use askama::filters::Escaper;

    use super::Hardened;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        Hardened.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn markup_is_harmless() {
        assert_eq!(escaped("</script><b a='\"'>&"), "&lt;/script&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }

    #[test]
    fn controls_are_shown_and_letters_stay() {
        assert_eq!(escaped("a\nb\u{0}\u{202e}c"), "a b\\u{0}\\u{202e}c");
        assert_eq!(escaped("\u{ffff}"), "\u{fffd}");
        assert_eq!(escaped("Zürich 東京 תל אביב 👩‍🚀"), "Zürich 東京 תל אביב 👩‍🚀");
    }
}

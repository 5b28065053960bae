//! The style sheet of a page and the hash by which the page's own content policy allows it, and nothing else.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::super::page::Page;
use super::theme;

const SHEET: &str = include_str!("templates/style.css");

/// The style sheet of that page: colours, rules, and what stands in the margins of printed pages.
pub(super) fn sheet(page: &Page) -> String {
    let mut sheet = theme::rules(page.accent.as_deref());
    for line in SHEET.lines().map(str::trim).filter(|line| !line.starts_with("/*")) {
        sheet.push_str(line);
    }
    // Writing to a string cannot fail.
    let _ = write!(
        sheet,
        "@media print{{@page{{@bottom-left{{content:\"{}\"}}@bottom-right{{content:\"{} \" counter(page) \" / \" \
         counter(pages)}}}}}}",
        quoted(&page.title),
        quoted(page.words.page),
    );
    sheet
}

/// The hash of a style sheet, as `style-src` wants it.
pub(super) fn hash(sheet: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(sheet)))
}

/// A text within a CSS string: everything but letters, digits and spaces as an escape, so that it ends neither the
/// string nor the element.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_alphanumeric() || character == ' ' {
            quoted.push(character);
        } else if !character.is_control() {
            let _ = write!(quoted, "\\{:x} ", u32::from(character));
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::{SHEET, hash, quoted};

    #[test]
    fn a_title_cannot_leave_its_string() {
        assert_eq!(quoted("Zürich 2026"), "Zürich 2026");
        assert_eq!(quoted("\"}</style>\\\n"), "\\22 \\7d \\3c \\2f style\\3e \\5c ");
    }

    #[test]
    fn the_sheet_is_xml_text_and_its_comments_stand_alone() {
        assert!(!SHEET.contains(['<', '&']));
        for line in SHEET.lines().filter(|line| line.contains("/*") || line.contains("*/")) {
            let line = line.trim();
            assert!(line.starts_with("/*") && line.ends_with("*/"), "{line}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_standard() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}

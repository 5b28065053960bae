//! How cells look, and the number formats of figures.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::render::page::Tone;

/// The accent where the report has none.
const ACCENT: Color = Color::RGB(0x0015_5AA6);

/// What is said in small.
const GREY: Color = Color::RGB(0x0059_636E);

/// Excel shows no more decimals.
const MOST_DECIMALS: usize = 15;

/// The formats of a workbook.
pub(super) struct Styles {
    /// The report's own colour.
    pub(super) accent: Color,
    /// The title of the report or of a part.
    pub(super) title: Format,
    /// A heading within a part.
    pub(super) heading: Format,
    /// Paragraphs.
    pub(super) text: Format,
    /// What is said in small.
    pub(super) small: Format,
    /// A line that does not wrap.
    pub(super) line: Format,
    /// A line in small that does not wrap.
    pub(super) small_line: Format,
    /// A line in bold that does not wrap.
    pub(super) label_line: Format,
    /// The name of a row, or a label.
    pub(super) label: Format,
    /// The heads of a table.
    pub(super) head: Format,
    /// The heads of columns of numbers.
    pub(super) number_head: Format,
    /// Words in a table.
    pub(super) words: Format,
    /// Numbers in a table.
    pub(super) number: Format,
    /// A link to another sheet.
    pub(super) link: Format,
}

impl Styles {
    /// The formats with the accent `#rrggbb` of a report.
    pub(super) fn new(accent: Option<&str>) -> Self {
        let accent = accent
            .and_then(|text| u32::from_str_radix(text.strip_prefix('#')?, 16).ok())
            .filter(|rgb| *rgb <= 0x00FF_FFFF)
            .map_or(ACCENT, Color::RGB);
        let plain = Format::new().set_align(FormatAlign::Top);
        let wrapped = plain.clone().set_text_wrap();
        let cell = plain.clone().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(Color::Silver);
        let head = wrapped
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(0x00EE_F2F6))
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(accent);
        Self {
            accent,
            title: plain.clone().set_bold().set_font_size(16).set_font_color(accent),
            heading: plain.clone().set_bold().set_font_size(12),
            small: wrapped.clone().set_font_color(GREY),
            small_line: plain.clone().set_font_color(GREY),
            label_line: plain.clone().set_bold(),
            line: plain,
            label: wrapped.clone().set_bold(),
            text: wrapped,
            number_head: head.clone().set_align(FormatAlign::Right),
            head: head.set_align(FormatAlign::Left).set_indent(1),
            words: cell.clone().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            number: cell.set_align(FormatAlign::Right),
            link: Format::new()
                .set_font_color(accent)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }

    /// A format in the colour of good or bad news; the words say it too.
    pub(super) fn toned(format: &Format, tone: Tone) -> Format {
        match tone {
            Tone::Good => format.clone().set_font_color(Color::RGB(0x0011_6329)),
            Tone::Bad => format.clone().set_font_color(Color::RGB(0x00A4_0E26)),
            Tone::Plain => format.clone(),
        }
    }
}

/// The number format that shows a number as its text does.
pub(super) fn number_format(decimals: usize, percent: bool, signed: bool, text: &str) -> String {
    if text.starts_with(['<', '>']) {
        // A bound, such as that of a small p-value: the cell still holds the number.
        return format!("\"{}\"", text.replace('"', ""));
    }
    let mut digits = "#,##0".to_owned();
    if decimals > 0 {
        digits.push('.');
        digits.push_str(&"0".repeat(decimals.min(MOST_DECIMALS)));
    }
    if percent {
        // The number is of a hundred: Excel's own percent sign would multiply it.
        digits.push_str("\" %\"");
    }
    if signed { format!("+{digits};-{digits};{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::number_format;

    #[test]
    fn numbers_are_shown_as_their_texts_are() {
        assert_eq!(number_format(0, false, false, "1,234"), "#,##0");
        assert_eq!(number_format(1, true, false, "65.9 %"), "#,##0.0\" %\"");
        assert_eq!(number_format(2, false, true, "−0.54"), "+#,##0.00;-#,##0.00;#,##0.00");
        assert_eq!(number_format(3, false, false, "< 0.001"), "\"< 0.001\"");
        assert!(number_format(usize::MAX, false, false, "1").len() < 30);
    }
}

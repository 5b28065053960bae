//! The fonts that pictures are drawn with, and nothing else: the same bytes on every machine.
//!
//! Roboto has Latin, Greek and Cyrillic letters and digits of one width, Noto Sans lends Arabic and Hebrew. Other
//! scripts have no glyphs in PNG and PDF; as SVG they are drawn with the fonts of whoever looks. The licences stand
//! in `src/render/fonts/LICENSES.md`.

/// The name of the family that files ask for.
pub(crate) const FAMILY: &str = "Roboto";

/// The font files: regular, bold, then what lends letters to both.
pub(crate) const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Roboto-Regular.ttf"),
    include_bytes!("../fonts/Roboto-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
];

/// The text without the triangles before `above the rest` and the like: the fonts have none, and the words say it.
pub(crate) fn without_triangles(text: &str) -> String {
    text.replace("▲ ", "").replace("▼ ", "")
}

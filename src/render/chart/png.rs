//! Pictures as PNG, with the embedded fonts only: the same bytes on every machine.

use super::font;
use resvg::tiny_skia::{IntSize, Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// More pixels than this are refused rather than held in memory.
const MOST_PIXELS: u64 = 100_000_000;

/// Why a picture has no PNG.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChartError {
    /// The picture cannot be read back.
    #[error("the picture cannot be read: {0}")]
    Unreadable(String),
    /// It would have too many pixels, or none.
    #[error(
        "a picture of {width} by {height} pixels at scale {scale} is too large or empty; choose another scale"
    )]
    Size {
        /// Its width without scaling.
        width: u32,
        /// Its height without scaling.
        height: u32,
        /// How much larger it was to be.
        scale: f32,
    },
    /// The bytes cannot be written.
    #[error("the picture cannot be written as PNG: {0}")]
    Unwritable(String),
}

/// The picture as PNG, `scale` times as large.
///
/// # Errors
///
/// Where the text is no SVG, or the picture would be larger than a hundred million pixels.
pub(crate) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: fonts(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(fallback),
        },
        ..Options::default()
    };
    let svg = font::without_triangles(svg);
    let tree = Tree::from_str(&svg, &options).map_err(|error| ChartError::Unreadable(error.to_string()))?;
    let size = tree.size().to_int_size();
    let refused = || ChartError::Size { width: size.width(), height: size.height(), scale };
    let scaled = size.scale_by(scale).filter(|scaled| pixels(*scaled) <= MOST_PIXELS).ok_or_else(refused)?;
    let mut pixmap = Pixmap::new(scaled.width(), scaled.height()).ok_or_else(refused)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| ChartError::Unwritable(error.to_string()))
}

fn pixels(size: IntSize) -> u64 {
    u64::from(size.width()) * u64::from(size.height())
}

/// The font for a letter that the others lack: one that has it or else any other, since the search for the letters of a
/// text ends at the first one that no font is found for, such as an emoji.
fn fallback(letter: char, used: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>) -> Option<fontdb::ID> {
    FontResolver::default_fallback_selector()(letter, used, fonts)
        .or_else(|| fonts.faces().map(|face| face.id).find(|id| !used.contains(id)))
}

/// The embedded fonts, read once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for file in font::FILES {
            fonts.load_font_data(file.to_vec());
        }
        fonts.set_sans_serif_family(font::FAMILY);
        fonts.set_serif_family(font::FAMILY);
        Arc::new(fonts)
    }))
}

#[cfg(test)]
mod tests {
    use super::super::frame::Theme;
    use super::super::text::Measure;
    use super::{ChartError, Options, Tree, font, fonts, png};

    #[test]
    fn pictures_are_png_and_refused_when_too_large() {
        let svg =
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="15">Aé</text></svg>"#;
        let bytes = png(svg, 2.0).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert_eq!(&bytes[16..24], &[0, 0, 0, 80, 0, 0, 0, 40]);
        assert!(matches!(png(svg, 1e6), Err(ChartError::Size { .. })));
        assert!(matches!(png(svg, f32::NAN), Err(ChartError::Size { .. })));
        assert!(matches!(png("<svg", 1.0), Err(ChartError::Unreadable(_))));
    }

    #[test]
    fn triangles_are_no_empty_boxes() {
        let picture = |text: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"20\"><text y=\"15\">{text}</text></svg>"
            );
            png(&svg, 1.0).unwrap()
        };
        assert_eq!(picture("12 ▲ above"), picture("12 above"));
        assert_eq!(picture("12 ▼ below"), picture("12 below"));
    }

    #[test]
    fn an_emoji_hides_no_letters() {
        let picture = |text: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"20\"><text y=\"15\">{text}</text></svg>"
            );
            png(&svg, 1.0).unwrap()
        };
        assert_ne!(picture("👩‍🚀 א"), picture("👩‍🚀 ב"));
        assert_ne!(picture("👩‍🚀 خ"), picture("👩‍🚀 ش"));
    }

    #[test]
    fn estimated_widths_are_those_of_the_fonts() {
        for (text, bold) in [
            ("Corporate banking 71.7 % (57.5 to 82.7) −0.54", false),
            ("Sehr unzufrieden mit der Öffnungszeit am Samstag", true),
            ("Ελλάδα και Κύπρος", false),
            ("Обслуживание клиентов", false),
        ] {
            let weight = if bold { 600 } else { 400 };
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"50\"><text y=\"30\" \
                 font-size=\"20\" font-weight=\"{weight}\" font-family=\"{}\">{text}</text></svg>",
                font::FAMILY
            );
            let options = Options { fontdb: fonts(), ..Options::default() };
            let tree = Tree::from_str(&svg, &options).unwrap();
            let set = f64::from(tree.root().abs_layer_bounding_box().width());
            let estimated = Measure::new(Theme::Fixed).width(text, 20.0, bold);
            assert!((estimated / set - 1.0).abs() < 0.05, "{text}: {estimated} for {set}");
        }
    }
}

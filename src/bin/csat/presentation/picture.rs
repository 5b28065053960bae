//! Whether a file is a picture that every format can show: its whole structure is looked at, not its first bytes only.

use resvg::tiny_skia::Pixmap;
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// Neither side of a picture is longer, in pixels.
const LONGEST_SIDE: u32 = 10_000;

/// Up to so many pixels a PNG is decoded as a whole.
const DECODED_PIXELS: u64 = 16_000_000;

/// The media type of a PNG, JPEG or SVG picture.
///
/// # Errors
/// What was found instead, as the rest of a sentence.
pub(super) fn media_type(bytes: &[u8]) -> Result<&'static str, String> {
    if bytes.is_empty() {
        return Err("is empty".to_owned());
    }
    if bytes.starts_with(PNG) {
        return png(bytes).map(|()| "image/png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return jpeg(bytes).map(|()| "image/jpeg");
    }
    if bytes.starts_with(b"GIF8") {
        return Err("is a GIF picture".to_owned());
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Err("is a WebP picture".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "is no picture: it is neither PNG, JPEG nor text")?;
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.starts_with("<svg") || start.starts_with("<?xml") || start.starts_with("<!") {
        return svg(text).map(|()| "image/svg+xml");
    }
    Err("is no picture: it is text, and no SVG".to_owned())
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A header, image data and an end, in chunks that fit.
fn png(bytes: &[u8]) -> Result<(), String> {
    let broken = || "begins like a PNG picture and is none: its chunks are broken".to_owned();
    let mut rest = &bytes[PNG.len()..];
    let mut size = None;
    let mut has_data = false;
    loop {
        let (length, kind) = rest.get(..4).zip(rest.get(4..8)).ok_or_else(broken)?;
        let length = usize::try_from(big_endian(length)).map_err(|_| broken())?;
        let data = length.checked_add(8).and_then(|end| rest.get(8..end)).ok_or_else(broken)?;
        match (kind, size) {
            (b"IHDR", None) if length == 13 => size = Some((big_endian(&data[..4]), big_endian(&data[4..8]))),
            (_, None) => return Err(broken()),
            (b"IDAT", _) => has_data |= length > 0,
            (b"IEND", _) => break,
            _ => {}
        }
        // A checksum follows the data.
        rest = rest.get(length + 12..).ok_or_else(broken)?;
    }
    let (width, height) = size.filter(|_| has_data).ok_or_else(broken)?;
    sane("PNG", width, height)?;
    if u64::from(width) * u64::from(height) <= DECODED_PIXELS && Pixmap::decode_png(bytes).is_err() {
        return Err("begins like a PNG picture and is none: it cannot be decoded".to_owned());
    }
    Ok(())
}

/// Segments up to a frame with its size and a scan, and an end.
fn jpeg(bytes: &[u8]) -> Result<(), String> {
    let broken = || "begins like a JPEG picture and is none: its segments are broken".to_owned();
    let mut rest = &bytes[2..];
    let mut size = None;
    loop {
        let [0xff, marker, ..] = *rest else { return Err(broken()) };
        if marker == 0xff {
            rest = &rest[1..];
            continue;
        }
        let length = rest.get(2..4).map(big_endian).ok_or_else(broken)?;
        let length = usize::try_from(length).map_err(|_| broken())?;
        let data = length.checked_add(2).and_then(|end| rest.get(4..end)).ok_or_else(broken)?;
        // All frames but the markers between them: tables, an extension and arithmetic conditions.
        if (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker) {
            let sides = data.get(1..3).zip(data.get(3..5)).ok_or_else(broken)?;
            size = Some((big_endian(sides.1), big_endian(sides.0)));
        }
        rest = &rest[length + 2..];
        if marker == 0xda {
            break;
        }
    }
    let (width, height) = size.ok_or_else(broken)?;
    if !rest.windows(2).any(|end| end == [0xff, 0xd9]) {
        return Err("is a JPEG picture that is cut off".to_owned());
    }
    sane("JPEG", width, height)
}

/// A drawing that can be read, with something in it; nothing that it refers to is opened.
fn svg(text: &str) -> Result<(), String> {
    let image_href_resolver = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options { image_href_resolver, ..Options::default() };
    let tree = Tree::from_str(text, &options).map_err(|error| format!("is no SVG picture: {error}"))?;
    let size = tree.size().to_int_size();
    sane("SVG", size.width(), size.height())?;
    // Letters need fonts and pictures a decoder, which are not here: a drawing of such alone has no shapes.
    let has_more = ["<text", "<image"].iter().any(|element| text.contains(element));
    if !tree.root().has_children() && !has_more {
        return Err("is an SVG picture with nothing in it".to_owned());
    }
    Ok(())
}

fn sane(kind: &str, width: u32, height: u32) -> Result<(), String> {
    let is_sane = |side| (1..=LONGEST_SIDE).contains(&side);
    if is_sane(width) && is_sane(height) {
        return Ok(());
    }
    Err(format!(
        "is a picture ({kind}) of {width} × {height} pixels; neither side may be 0 or more than {LONGEST_SIDE}"
    ))
}

/// A number of at most four bytes, the largest first.
fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::media_type;
    use resvg::tiny_skia::Pixmap;

    fn refused(bytes: &[u8]) -> String {
        media_type(bytes).unwrap_err()
    }

    fn drawing(sides: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {sides}><rect width=\"5\" height=\"5\"/></svg>")
            .into()
    }

    #[test]
    fn a_png_is_whole_and_of_a_sane_size() {
        let png = Pixmap::new(3, 2).unwrap().encode_png().unwrap();
        assert_eq!(media_type(&png), Ok("image/png"));
        assert!(refused(b"\x89PNG\r\n\x1a\njunk and more junk").contains("chunks are broken"));
        assert!(refused(&png[..png.len() - 14]).contains("chunks are broken"));
        let mut huge = png.clone();
        huge[16..20].copy_from_slice(&1_000_000_u32.to_be_bytes());
        assert!(refused(&huge).contains("1000000 × 2 pixels"));
        let mut spoilt = png;
        spoilt[45] ^= 0xff;
        assert!(refused(&spoilt).contains("cannot be decoded"));
    }

    #[test]
    fn a_jpeg_has_a_frame_a_scan_and_an_end() {
        let jpeg = |height: u16, end: &[u8]| {
            let mut bytes = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08".to_vec();
            bytes.extend(height.to_be_bytes());
            bytes.extend(b"\x00\x07\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00data");
            bytes.extend(end);
            bytes
        };
        assert_eq!(media_type(&jpeg(5, b"\xff\xd9")), Ok("image/jpeg"));
        assert!(refused(&jpeg(5, b"")).contains("cut off"));
        assert!(refused(&jpeg(20_000, b"\xff\xd9")).contains("7 × 20000 pixels"));
        assert!(refused(b"\xff\xd8\xff\xe0").contains("segments are broken"));
        assert!(refused(b"\xff\xd8\xff\xe0\x00\x04ab").contains("segments are broken"));
    }

    #[test]
    fn a_drawing_can_be_read_and_is_of_a_sane_size() {
        assert_eq!(media_type(&drawing("width=\"9\" height=\"9\"")), Ok("image/svg+xml"));
        let declared = [b"<?xml version=\"1.0\"?>\n".to_vec(), drawing("width=\"9\" height=\"9\"")].concat();
        assert_eq!(media_type(&declared), Ok("image/svg+xml"));
        assert!(refused(b"<svg").contains("no SVG picture"));
        assert!(refused(b"<!DOCTYPE html><html><svg/></html>").contains("no SVG picture"));
        assert!(
            refused(&drawing("width=\"1000000\" height=\"1000000\"")).contains("1000000 × 1000000 pixels")
        );
        assert!(
            refused(b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")
                .contains("nothing")
        );
    }

    #[test]
    fn what_is_no_picture_is_named() {
        assert_eq!(refused(b""), "is empty");
        assert_eq!(refused(b"GIF89a"), "is a GIF picture");
        assert_eq!(refused(b"RIFF\0\0\0\0WEBPVP8 "), "is a WebP picture");
        assert!(refused(b"MZ\x90").contains("neither PNG, JPEG nor text"));
        assert!(refused(b"hello").contains("it is text"));
    }
}

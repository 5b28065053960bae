//! The logo out of its data URI.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// A picture with the name of its kind, as the typesetter calls it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Logo {
    /// The kind.
    pub(super) format: &'static str,
    /// The picture.
    pub(super) bytes: Vec<u8>,
}

impl Logo {
    /// The picture of a data URI; none where it is something else or of another kind.
    pub(super) fn of(source: &str) -> Option<Self> {
        let (kind, encoded) = source.strip_prefix("data:image/")?.split_once(";base64,")?;
        let format = match kind {
            "png" => "png",
            "jpeg" | "jpg" => "jpg",
            "gif" => "gif",
            "webp" => "webp",
            "svg+xml" => "svg",
            _ => return None,
        };
        Some(Self { format, bytes: BASE64_STANDARD.decode(encoded).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::Logo;

    #[test]
    fn pictures_come_out_of_data_uris_and_nothing_else_does() {
        let logo = Logo::of("data:image/png;base64,iVBORw==").unwrap();
        assert_eq!((logo.format, logo.bytes.as_slice()), ("png", b"\x89PNG".as_slice()));
        for (kind, format) in [("jpeg", "jpg"), ("svg+xml", "svg"), ("gif", "gif"), ("webp", "webp")] {
            assert_eq!(Logo::of(&format!("data:image/{kind};base64,")).unwrap().format, format);
        }
        for wrong in [
            "",
            "https://example.org/logo.png",
            "data:text/html;base64,aGk=",
            "data:image/svg+xml,%3Csvg/%3E",
            "data:image/png;base64,%%%",
            "data:image/tiff;base64,SUkq",
        ] {
            assert_eq!(Logo::of(wrong), None, "{wrong}");
        }
    }
}

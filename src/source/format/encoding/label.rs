//! The names of encodings.

use std::fmt;

use encoding_rs as whatwg;

use crate::survey::did_you_mean;

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, and so ASCII.
    Utf8,
    /// Two bytes a character, the low one first: what Windows calls Unicode.
    Utf16Le,
    /// Two bytes a character, the high one first.
    Utf16Be,
    /// Four bytes a character, the low one first.
    Utf32Le,
    /// Four bytes a character, the high one first.
    Utf32Be,
    /// A code page, as browsers read it: Latin-1 as windows-1252, EUC-KR as CP949, GBK as GB18030.
    CodePage(&'static whatwg::Encoding),
}

/// A name that is no encoding's, or of one that is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownEncoding {
    /// There is no such encoding.
    #[error("`{label}` is no encoding that is known; {}", offer(*suggestion))]
    Unknown {
        /// What was typed.
        label: String,
        /// What was meant, perhaps.
        suggestion: Option<&'static str>,
    },
    /// There is, but no decoder for it.
    #[error("text in {label} is not read; write it as UTF-8: `iconv -f {label} -t UTF-8 FILE`")]
    Unread {
        /// What was typed.
        label: String,
    },
}

fn offer(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(
        || {
            "such are utf-8, utf-16, windows-1252, macroman, cp949, shift_jis, gb18030, windows-1251"
                .to_owned()
        },
        |suggestion| format!("did you mean `{suggestion}`?"),
    )
}

/// Names beside those of the WHATWG standard, without case, hyphens, underscores, dots and blanks; and what they mean
/// there.
const ALIASES: [(&str, &str); 62] = [
    ("utf8bom", "utf-8"),
    ("utf8sig", "utf-8"),
    ("utf8mb4", "utf-8"),
    ("65001", "utf-8"),
    ("ascii", "windows-1252"),
    ("ansi", "windows-1252"),
    ("western", "windows-1252"),
    ("latin1", "windows-1252"),
    ("latin2", "iso-8859-2"),
    ("latin9", "iso-8859-15"),
    ("latin10", "iso-8859-16"),
    ("mac", "macintosh"),
    ("macroman", "macintosh"),
    ("xmacroman", "macintosh"),
    ("applemacintosh", "macintosh"),
    ("10000", "macintosh"),
    ("maccyrillic", "x-mac-cyrillic"),
    ("10007", "x-mac-cyrillic"),
    ("866", "ibm866"),
    ("874", "windows-874"),
    ("932", "shift_jis"),
    ("ms932", "shift_jis"),
    ("windows31j", "shift_jis"),
    ("shiftjis", "shift_jis"),
    ("sjis", "shift_jis"),
    ("936", "gb18030"),
    ("gbk", "gb18030"),
    ("gb2312", "gb18030"),
    ("euccn", "gb18030"),
    ("54936", "gb18030"),
    ("949", "euc-kr"),
    ("ms949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("euckr", "euc-kr"),
    ("51949", "euc-kr"),
    ("950", "big5"),
    ("ms950", "big5"),
    ("big5hkscs", "big5"),
    ("eucjp", "euc-jp"),
    ("51932", "euc-jp"),
    ("iso2022jp", "iso-2022-jp"),
    ("jis", "iso-2022-jp"),
    ("koi8r", "koi8-r"),
    ("20866", "koi8-r"),
    ("koi8u", "koi8-u"),
    ("21866", "koi8-u"),
    ("28591", "windows-1252"),
    ("28592", "iso-8859-2"),
    ("28595", "iso-8859-5"),
    ("28605", "iso-8859-15"),
    ("1250", "windows-1250"),
    ("1251", "windows-1251"),
    ("1252", "windows-1252"),
    ("1253", "windows-1253"),
    ("1254", "windows-1254"),
    ("1255", "windows-1255"),
    ("1256", "windows-1256"),
    ("1257", "windows-1257"),
    ("1258", "windows-1258"),
    ("cyrillic", "windows-1251"),
    ("centraleuropean", "windows-1250"),
    ("turkish", "windows-1254"),
];

const WIDE: [(&str, Encoding); 16] = [
    ("utf16", Encoding::Utf16Le),
    ("utf16le", Encoding::Utf16Le),
    ("unicode", Encoding::Utf16Le),
    ("ucs2", Encoding::Utf16Le),
    ("ucs2le", Encoding::Utf16Le),
    ("1200", Encoding::Utf16Le),
    ("utf16be", Encoding::Utf16Be),
    ("ucs2be", Encoding::Utf16Be),
    ("1201", Encoding::Utf16Be),
    ("utf32", Encoding::Utf32Le),
    ("utf32le", Encoding::Utf32Le),
    ("ucs4", Encoding::Utf32Le),
    ("12000", Encoding::Utf32Le),
    ("utf32be", Encoding::Utf32Be),
    ("ucs4be", Encoding::Utf32Be),
    ("12001", Encoding::Utf32Be),
];

/// Known to analysts, decoded by nobody here.
const UNREAD: [&str; 13] =
    ["437", "850", "852", "855", "858", "860", "861", "863", "865", "utf7", "ebcdic", "037", "500"];

/// What a slip of the hand is compared with.
const KNOWN: [&str; 42] = [
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "utf-32le",
    "utf-32be",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "cp1250",
    "cp1251",
    "cp1252",
    "latin1",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "ansi",
    "ascii",
    "macroman",
    "macintosh",
    "cp949",
    "euc-kr",
    "cp932",
    "shift_jis",
    "sjis",
    "euc-jp",
    "iso-2022-jp",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "unicode",
];

impl Encoding {
    /// windows-1252, what Excel writes as CSV in Western Europe and America.
    pub(super) const WESTERN: Self = Self::CodePage(whatwg::WINDOWS_1252);

    /// MacRoman, what Excel for the Mac writes as CSV.
    pub(super) const MAC_ROMAN: Self = Self::CodePage(whatwg::MACINTOSH);

    /// The encoding of this name, as typed after `--encoding`.
    ///
    /// # Errors
    /// See [`UnknownEncoding`].
    pub fn from_label(label: &str) -> Result<Self, UnknownEncoding> {
        let plain: String = label
            .chars()
            .filter(|character| !matches!(character, '-' | '_' | '.' | ' ' | '\t'))
            .flat_map(char::to_lowercase)
            .collect();
        // `cp1252`, `windows-1252`, `win1252` and `x-cp1252` are `1252`.
        let number = ["xcp", "cp", "windows", "win", "ibm", "codepage", "oem", "dos"]
            .iter()
            .find_map(|prefix| plain.strip_prefix(prefix))
            .filter(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
            .unwrap_or(&plain);
        if let Some((_, wide)) = WIDE.iter().find(|(alias, _)| *alias == number) {
            return Ok(*wide);
        }
        if UNREAD.contains(&number) {
            return Err(UnknownEncoding::Unread { label: label.to_owned() });
        }
        let part_of_8859 = plain.strip_prefix("iso8859").map(|part| format!("iso-8859-{part}"));
        let alias = ALIASES.iter().find(|(alias, _)| *alias == number).map(|(_, name)| *name);
        [
            alias,
            Some(label.trim()),
            part_of_8859.as_deref(),
            Some(&plain),
            Some("utf-8").filter(|_| plain == "utf8"),
        ]
        .into_iter()
        .flatten()
        .find_map(|name| whatwg::Encoding::for_label_no_replacement(name.as_bytes()))
        .and_then(Self::of)
        .ok_or_else(|| UnknownEncoding::Unknown {
            label: label.to_owned(),
            suggestion: did_you_mean(label, KNOWN),
        })
    }

    /// The encoding that the WHATWG standard has.
    pub(super) fn of(encoding: &'static whatwg::Encoding) -> Option<Self> {
        if encoding == whatwg::UTF_8 {
            Some(Self::Utf8)
        } else if encoding == whatwg::UTF_16LE {
            Some(Self::Utf16Le)
        } else if encoding == whatwg::UTF_16BE {
            Some(Self::Utf16Be)
        } else if encoding == whatwg::GBK {
            // The same decoder; the name that names all of it.
            Some(Self::CodePage(whatwg::GB18030))
        } else if encoding == whatwg::X_USER_DEFINED || encoding == whatwg::REPLACEMENT {
            None
        } else {
            Some(Self::CodePage(encoding))
        }
    }

    /// Its name, which [`Self::from_label`] knows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
            Self::CodePage(page) if page == whatwg::MACINTOSH => "MacRoman",
            Self::CodePage(page) if page == whatwg::X_MAC_CYRILLIC => "MacCyrillic",
            Self::CodePage(page) if page == whatwg::EUC_KR => "CP949",
            Self::CodePage(page) if page == whatwg::GB18030 => "GB18030",
            Self::CodePage(page) => page.name(),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(label: &str) -> &'static str {
        Encoding::from_label(label).map_or("none", Encoding::name)
    }

    #[test]
    fn what_analysts_type() {
        for (labels, name) in [
            (&["utf8", "UTF-8", "utf_8", "UTF-8-SIG", "cp65001", "utf8-bom"][..], "UTF-8"),
            (&["utf16", "UTF-16", "utf-16le", "unicode", "UCS-2"], "UTF-16LE"),
            (&["utf-16BE"], "UTF-16BE"),
            (&["utf32", "UTF-32LE"], "UTF-32LE"),
            (&["utf-32be"], "UTF-32BE"),
            (
                &[
                    "cp1252",
                    "CP-1252",
                    "windows-1252",
                    "win1252",
                    "1252",
                    "ansi",
                    "latin1",
                    "Latin-1",
                    "ISO-8859-1",
                    "iso8859-1",
                    "iso_8859_1",
                    "ascii",
                    "us-ascii",
                ],
                "windows-1252",
            ),
            (&["iso-8859-15", "latin9", "latin-9", "iso8859_15"], "ISO-8859-15"),
            (&["macroman", "mac-roman", "Mac Roman", "macintosh", "mac", "x-mac-roman"], "MacRoman"),
            (&["cp949", "euc-kr", "EUC_KR", "uhc", "ms949", "ks_c_5601-1987", "windows-949"], "CP949"),
            (&["shift-jis", "Shift_JIS", "sjis", "cp932", "ms932", "windows-31j"], "Shift_JIS"),
            (&["gb18030", "gbk", "gb2312", "cp936", "GB_2312-80"], "GB18030"),
            (&["big5", "cp950", "Big5-HKSCS"], "Big5"),
            (&["cp1250", "windows-1250"], "windows-1250"),
            (&["cp1251", "cyrillic"], "windows-1251"),
            (&["koi8-r", "koi8r"], "KOI8-R"),
            (&["cp866", "ibm866"], "IBM866"),
            (&["euc-jp", "eucjp"], "EUC-JP"),
        ] {
            for label in labels {
                assert_eq!(named(label), name, "{label}");
            }
        }
    }

    #[test]
    fn every_alias_and_every_offer_is_known_and_names_lead_back() {
        for (alias, _) in ALIASES {
            assert_ne!(named(alias), "none", "{alias}");
        }
        for known in KNOWN {
            let encoding = Encoding::from_label(known).unwrap();
            assert_eq!(Encoding::from_label(encoding.name()), Ok(encoding), "{known}");
        }
    }

    #[test]
    fn slips_unread_and_unknown_names() {
        let complaint = |label| Encoding::from_label(label).unwrap_err().to_string();
        assert_eq!(
            complaint("windws-1252"),
            "`windws-1252` is no encoding that is known; did you mean `windows-1252`?"
        );
        assert_eq!(
            complaint("macromann"),
            "`macromann` is no encoding that is known; did you mean `macroman`?"
        );
        assert!(complaint("banana").ends_with(
            "such are utf-8, utf-16, windows-1252, macroman, cp949, shift_jis, gb18030, windows-1251"
        ));
        assert!(complaint("").starts_with("`` is no encoding"));
        assert_eq!(
            complaint("cp850"),
            "text in cp850 is not read; write it as UTF-8: `iconv -f cp850 -t UTF-8 FILE`"
        );
        for label in ["x-user-defined", "replacement", "hz-gb-2312"] {
            assert!(Encoding::from_label(label).is_err(), "{label}");
        }
    }
}

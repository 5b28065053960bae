//! The page's colours as CSS variables: light, dark, and the author's accent made readable in both.
//!
//! Charts use the same names. Texts have the contrast of WCAG 2.2 AA on paper and panel, which a test holds.

use std::fmt::Write;

use super::super::colour::{Colour, TEXT_CONTRAST};

/// The colours of one scheme by the name of their variable; `accent` and `accent-soft` come besides.
type Scheme = [(&'static str, Colour); 16];

const LIGHT: Scheme = [
    ("paper", Colour::new(0xff, 0xff, 0xff)),
    ("panel", Colour::new(0xf6, 0xf8, 0xfa)),
    ("ink", Colour::new(0x16, 0x1b, 0x22)),
    ("ink-soft", Colour::new(0x57, 0x60, 0x6c)),
    ("line", Colour::new(0xdd, 0xe2, 0xe8)),
    ("good", Colour::new(0x0b, 0x6e, 0x46)),
    ("bad", Colour::new(0xb0, 0x2a, 0x1f)),
    ("warn", Colour::new(0x84, 0x50, 0x00)),
    ("neutral", Colour::new(0x6b, 0x75, 0x82)),
    ("scale-bad-2", Colour::new(0xa8, 0x43, 0x12)),
    ("scale-bad-1", Colour::new(0xe8, 0xb0, 0x8c)),
    ("scale-mid", Colour::new(0xd8, 0xdd, 0xe3)),
    ("scale-good-1", Colour::new(0x98, 0xc1, 0xe8)),
    ("scale-good-2", Colour::new(0x15, 0x5a, 0xa6)),
    ("beside", Colour::new(0xa3, 0xab, 0xb6)),
    ("hot", Colour::new(0xfb, 0xf1, 0xe8)),
];

const DARK: Scheme = [
    ("paper", Colour::new(0x10, 0x14, 0x1a)),
    ("panel", Colour::new(0x18, 0x1e, 0x26)),
    ("ink", Colour::new(0xe8, 0xec, 0xf1)),
    ("ink-soft", Colour::new(0xa2, 0xad, 0xba)),
    ("line", Colour::new(0x2d, 0x35, 0x3f)),
    ("good", Colour::new(0x5c, 0xc7, 0x94)),
    ("bad", Colour::new(0xff, 0x93, 0x87)),
    ("warn", Colour::new(0xee, 0xb4, 0x5c)),
    ("neutral", Colour::new(0x8b, 0x96, 0xa3)),
    ("scale-bad-2", Colour::new(0xe0, 0x7a, 0x45)),
    ("scale-bad-1", Colour::new(0x8c, 0x4c, 0x2e)),
    ("scale-mid", Colour::new(0x45, 0x4e, 0x59)),
    ("scale-good-1", Colour::new(0x2d, 0x5d, 0x91)),
    ("scale-good-2", Colour::new(0x72, 0xb2, 0xf6)),
    ("beside", Colour::new(0x6b, 0x76, 0x84)),
    ("hot", Colour::new(0x2a, 0x22, 0x1a)),
];

/// The accent when the author names none: light and dark.
const ACCENT: (Colour, Colour) = (Colour::new(0x15, 0x5a, 0xa6), Colour::new(0x72, 0xb2, 0xf6));

/// How much of the paper is in the pale accent, that bands and intervals are drawn in, in percent: light and dark.
const PAPER_IN_SOFT: (u8, u8) = (68, 58);

/// The rules that set the variables. Paper is light, also from a dark screen.
pub(super) fn rules(accent: Option<&str>) -> String {
    let (light, dark) = accents(accent);
    format!(
        ":root{{{}}}@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}",
        variables(&LIGHT, light, PAPER_IN_SOFT.0),
        variables(&DARK, dark, PAPER_IN_SOFT.1),
    )
}

/// An accent and its pale form as a picture on white paper has them: readable; none where it is no `#rrggbb`.
pub(crate) fn accent_on_paper(accent: &str) -> Option<(String, String)> {
    Colour::parse(accent)?;
    let (light, _) = accents(Some(accent));
    Some((light.hex(), light.mixed(LIGHT[0].1, PAPER_IN_SOFT.0).hex()))
}

fn accents(accent: Option<&str>) -> (Colour, Colour) {
    let Some(wanted) = accent.and_then(Colour::parse) else {
        return ACCENT;
    };
    let on = |scheme: &Scheme, pole| wanted.readable(&grounds(scheme), pole, TEXT_CONTRAST);
    (on(&LIGHT, Colour::new(0, 0, 0)), on(&DARK, Colour::new(255, 255, 255)))
}

/// What text stands on: paper and panel.
fn grounds(scheme: &Scheme) -> [Colour; 2] {
    [scheme[0].1, scheme[1].1]
}

fn variables(scheme: &Scheme, accent: Colour, paper_in_soft: u8) -> String {
    let soft = accent.mixed(scheme[0].1, paper_in_soft);
    let mut rules = String::new();
    for (name, colour) in scheme.iter().copied().chain([("accent", accent), ("accent-soft", soft)]) {
        // Writing to a string cannot fail.
        let _ = write!(rules, "--{name}:{};", colour.hex());
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::{ACCENT, DARK, LIGHT, Scheme, accent_on_paper, accents, grounds, rules};
    use crate::render::colour::TEXT_CONTRAST;

    fn of(scheme: &Scheme, name: &str) -> super::Colour {
        scheme.iter().find(|(known, _)| *known == name).unwrap().1
    }

    #[test]
    fn texts_can_be_read_in_both_schemes() {
        for (scheme, accent) in [(&LIGHT, ACCENT.0), (&DARK, ACCENT.1)] {
            for ground in grounds(scheme) {
                assert!(accent.contrast(ground) >= TEXT_CONTRAST);
                for name in ["ink", "ink-soft", "good", "bad", "warn"] {
                    assert!(of(scheme, name).contrast(ground) >= TEXT_CONTRAST, "{name}");
                }
                assert!(of(scheme, "neutral").contrast(ground) >= 3.0);
            }
        }
    }

    #[test]
    fn both_schemes_have_the_same_names() {
        assert!(LIGHT.iter().zip(&DARK).all(|(light, dark)| light.0 == dark.0));
        assert_eq!((LIGHT[0].0, LIGHT[1].0), ("paper", "panel"));
    }

    #[test]
    fn an_accent_is_readable_in_both_schemes_or_ignored() {
        for wanted in ["#ffe600", "#000000", "#ffffff", "#7a7a7a", "#e2001a"] {
            let (light, dark) = accents(Some(wanted));
            assert!(
                grounds(&LIGHT).iter().all(|ground| light.contrast(*ground) >= TEXT_CONTRAST),
                "{wanted}"
            );
            assert!(grounds(&DARK).iter().all(|ground| dark.contrast(*ground) >= TEXT_CONTRAST), "{wanted}");
        }
        assert_eq!(rules(Some("red}</style><script>")), rules(None));
        assert_eq!(accent_on_paper("red}</style><script>"), None);
        assert_eq!(accent_on_paper("#0a5cab"), Some(("#0a5cab".to_owned(), "#b1cbe4".to_owned())));
    }
}

//! How checklists are answered in several languages: no, partly, yes, and that an item does not apply.

/// The answers by language, from no to yes; of several of one language the first is shown.
pub(super) const FULFILMENTS: [(&str, [&str; 3]); 13] = [
    ("en-x-short", ["n", "p", "y"]),
    ("en-x-number", ["0", "0.5", "1"]),
    ("en-x-truth", ["False", "Partial", "True"]),
    ("en-x-degree", ["Not met", "Partly met", "Met"]),
    ("en-x-adverb", ["Not fulfilled", "Partially", "Fulfilled"]),
    ("en-x-mark", ["✗", "~", "✓"]),
    ("de", ["Nein", "Teilweise", "Ja"]),
    ("de-x-short", ["nicht erfüllt", "zum Teil", "j"]),
    ("fr", ["Non", "En partie", "Oui"]),
    ("fr-x-short", ["non rempli", "Partiellement", "o"]),
    ("es", ["No", "En parte", "Sí"]),
    ("es-x-short", ["no cumplido", "Parcialmente", "s"]),
    ("es-x-plain", ["no se cumple", "parcial", "si"]),
];

/// What says that an item does not apply.
pub(super) const NOT_APPLICABLE: [&str; 14] = [
    "not applicable",
    "does not apply",
    "n/a",
    "n.a.",
    "na",
    "nicht zutreffend",
    "trifft nicht zu",
    "entfällt",
    "non applicable",
    "sans objet",
    "s.o.",
    "no aplica",
    "no aplicable",
    "no procede",
];

/// What says that nobody knows, which is no answer.
pub(super) const DONT_KNOW: [&str; 6] = ["don't know", "unknown", "weiß nicht", "ne sait pas", "no sé", "?"];

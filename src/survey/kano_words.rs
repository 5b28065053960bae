//! The words of Kano's five answers, in the order like, must be, neutral, live with, dislike, as questionnaires print them.

/// A name of the wording, a language tag with what sets it apart, and its five answers.
pub(super) type KanoWording = (&'static str, [&'static str; 5]);

/// The wordings that are read beside those of the built-in scale itself.
pub(super) const WORDINGS: [KanoWording; 10] = [
    (
        "en-x-spelt",
        [
            "I like it that way",
            "I must be that way",
            "I am neutral",
            "I can live with it that way",
            "I dislike it that way",
        ],
    ),
    ("en-x-expect", ["I like it", "I expect it", "I am neutral", "I can tolerate it", "I dislike it"]),
    ("en-x-live", ["I like it", "It must be that way", "I am neutral", "I can live with it", "I dislike it"]),
    ("en-x-so", ["I like it", "It must be so", "I feel neutral", "I can accept it", "I do not like it"]),
    (
        "en-x-must",
        ["I like it", "It must be", "It is neutral to me", "I could live with it", "I don't like it"],
    ),
    (
        "en-x-enjoy",
        [
            "I enjoy it that way",
            "It is a basic necessity or I expect it that way",
            "I am neutral",
            "I dislike it, but I can live with it that way",
            "I dislike it, and I can't accept it",
        ],
    ),
    (
        "de",
        [
            "Das würde mich sehr freuen",
            "Das setze ich voraus",
            "Das ist mir egal",
            "Das könnte ich in Kauf nehmen",
            "Das würde mich sehr stören",
        ],
    ),
    (
        "fr",
        [
            "Cela me ferait plaisir",
            "C'est un minimum",
            "Cela m'est égal",
            "Je l'accepterais",
            "Cela me dérangerait",
        ],
    ),
    (
        "es",
        [
            "Me gustaría",
            "Debe ser así",
            "Me da igual",
            "No me gustaría, pero lo aceptaría",
            "No me gustaría y no lo aceptaría",
        ],
    ),
    (
        "nl",
        [
            "Dat vind ik leuk",
            "Dat verwacht ik",
            "Dat maakt me niet uit",
            "Daar kan ik mee leven",
            "Dat vind ik vervelend",
        ],
    ),
];

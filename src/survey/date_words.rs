//! Dates with words of other languages as the plain dates that they stand for: `4. Oktober 2026` is `4 Oct 2026`,
//! `2026年10月4日` is `2026-10-4`.
//!
//! Months and days of the week in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish,
//! Japanese, Chinese and Korean, with or without accents, short or long. Refused: a text with any other word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest text that is looked at.
const LONGEST: usize = 96;

/// The names of each month, without accents, short and long.
const MONTHS: [(&str, &[&str]); 12] = [
    (
        "Jan",
        &[
            "jan", "januar", "januari", "janv", "janvier", "ene", "enero", "gen", "genn", "gennaio",
            "janeiro", "sty", "styczen", "stycznia", "january",
        ],
    ),
    (
        "Feb",
        &[
            "feb",
            "februar",
            "februari",
            "fev",
            "fevr",
            "fevrier",
            "febrero",
            "febb",
            "febbraio",
            "fevereiro",
            "lut",
            "luty",
            "lutego",
            "february",
        ],
    ),
    (
        "Mar",
        &[
            "mar", "marz", "maerz", "mrz", "mars", "marzo", "marco", "mrt", "maart", "marzec", "marca",
            "march",
        ],
    ),
    ("Apr", &["apr", "april", "avr", "avril", "abr", "abril", "aprile", "kwi", "kwiecien", "kwietnia"]),
    ("May", &["may", "mai", "mayo", "mag", "magg", "maggio", "maio", "mei", "maj", "maja"]),
    (
        "Jun",
        &["jun", "juni", "juin", "junio", "giu", "giugno", "junho", "cze", "czerwiec", "czerwca", "june"],
    ),
    (
        "Jul",
        &[
            "jul", "juli", "juil", "juill", "juillet", "julio", "lug", "luglio", "julho", "lip", "lipiec",
            "lipca", "july",
        ],
    ),
    (
        "Aug",
        &["aug", "august", "aout", "ago", "agosto", "augustus", "augusti", "sie", "sierpien", "sierpnia"],
    ),
    (
        "Sep",
        &[
            "sep",
            "sept",
            "september",
            "septembre",
            "septiembre",
            "setiembre",
            "set",
            "sett",
            "settembre",
            "setembro",
            "wrz",
            "wrzesien",
            "wrzesnia",
        ],
    ),
    (
        "Oct",
        &[
            "oct",
            "okt",
            "oktober",
            "octobre",
            "octubre",
            "ott",
            "ottobre",
            "out",
            "outubro",
            "paz",
            "pazdziernik",
            "pazdziernika",
            "october",
        ],
    ),
    ("Nov", &["nov", "november", "novembre", "noviembre", "novembro", "lis", "listopad", "listopada"]),
    (
        "Dec",
        &[
            "dec",
            "dez",
            "dezember",
            "decembre",
            "dic",
            "diciembre",
            "dicembre",
            "dezembro",
            "december",
            "gru",
            "grudzien",
            "grudnia",
        ],
    ),
];

/// Days of the week, without accents; they stand before the date or in parentheses.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lun",
    "mar",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "mie",
    "jue",
    "vie",
    "sab",
    "dom",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "gio",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "seg",
    "ter",
    "qua",
    "qui",
    "sex",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "ma",
    "wo",
    "vr",
    "za",
    "zo",
    "mandag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lordag",
    "sondag",
    "man",
    "tis",
    "ons",
    "tors",
    "fre",
    "lor",
    "son",
    "poniedzialek",
    "wtorek",
    "sroda",
    "czwartek",
    "piatek",
    "sobota",
    "niedziela",
    "pon",
    "wt",
    "sr",
    "czw",
    "pt",
    "sob",
    "niedz",
    "nd",
];

/// Words that join the parts of a date, or it and a time of day.
const JOINTS: &[&str] = &[
    "de", "del", "of", "le", "el", "den", "the", "r", "um", "uhr", "kl", "klockan", "om", "a", "as", "alle",
    "ore", "las", "la", "godz", "godzina", "o", "p", "m", "er", "h", "am", "pm", "at",
];

/// The date of a trimmed text without words of a language; `None` where it has none, or one that is not known.
pub fn plain_date(text: &str) -> Option<String> {
    if text.len() > LONGEST
        || !text.contains(|character: char| character.is_ascii_digit() || ('０'..='９').contains(&character))
    {
        return None;
    }
    if !text.contains(|character: char| character.is_alphabetic() || !character.is_ascii()) {
        return None;
    }
    let letters = plain_letters(text);
    let mut plain = String::with_capacity(letters.len());
    let mut months: Vec<(usize, &'static str, bool)> = Vec::new();
    let mut rest = letters.as_str();
    while let Some(first) = rest.chars().next() {
        let is_word = |character: char| character.is_alphabetic();
        if !is_word(first) {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|character: char| !is_word(character)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let is_weekday = WEEKDAYS.contains(&word);
        let before_date = !plain.contains(|character: char| character.is_ascii_digit());
        if let Some((month, _)) = MONTHS.iter().find(|(_, names)| names.contains(&word)) {
            months.push((plain.len(), month, is_weekday));
            plain.push_str(month);
        } else if is_hour_mark(word, &plain, after) {
            plain.truncate(plain.trim_end().len());
            plain.push(':');
            rest = after.trim_start();
            continue;
        } else if !(JOINTS.contains(&word) || (is_weekday && (before_date || plain.ends_with('(')))) {
            // Times of day and zones in English stand as they are: what follows a date is looked at there.
            let is_zone = plain.contains(':') && (plain.len() >= 12);
            if !is_zone {
                return None;
            }
            plain.push_str(word);
            rest = after;
            continue;
        }
        // `Okt.`, `a. m.`: the dot is part of the word.
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    // `mar. 4 oct. 2026`: the first is a day of the week.
    if let [(at, name, true), _] = months[..] {
        plain.replace_range(at..at + name.len(), "");
    }
    let tidy = tidied(&plain);
    (tidy != text).then_some(tidy)
}

/// Lower case, without accents, full-width as plain characters, what stands behind years, months and hours in Japanese,
/// Chinese and Korean as the marks of a plain date.
fn plain_letters(text: &str) -> String {
    let text = super::numeral::plain_marks(text);
    let mut plain = String::with_capacity(text.len());
    // Korean letters come apart in the decomposed form: they are looked at before.
    for character in text.chars() {
        let after_number = plain.ends_with(|last: char| last.is_ascii_digit());
        match character {
            '年' | '년' | '月' | '월' if after_number => plain.push('-'),
            '時' | '时' | '點' | '点' | '시' | '分' | '분' if after_number => plain.push(':'),
            '日' | '일' | '号' | '秒' | '초' if after_number => plain.push(' '),
            // Halves and days of the week: 午前, 上午, 오전; 日曜日, 星期日, 일요일.
            '午' | '前' | '後' | '上' | '下' | '오' | '전' | '후' | '曜' | '星' | '期' | '周' | '週'
            | '요' | '月' | '火' | '水' | '木' | '金' | '土' | '日' | '一' | '二' | '三' | '四' | '五'
            | '六' | '월' | '화' | '수' | '목' | '금' | '토' | '일' => {
                plain.push(' ');
            }
            'º' | 'ª' | '°' => plain.push(' '),
            _ if character.is_ascii() => plain.push(character.to_ascii_lowercase()),
            'ł' | 'Ł' => plain.push('l'),
            'ß' => plain.push_str("ss"),
            _ => plain.extend(
                character.nfd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase),
            ),
        }
    }
    plain
}

/// Whether a word stands for the colon of a time of day: `10h15`, `10 Uhr 15`.
fn is_hour_mark(word: &str, before: &str, after: &str) -> bool {
    let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    matches!(word, "h" | "uhr")
        && digit(before.trim_end().chars().last())
        && digit(after.trim_start().chars().next())
}

/// Without empty parentheses and needless blanks and marks; no blank between the parts of a date in numbers.
fn tidied(plain: &str) -> String {
    let plain = plain.replace("( )", " ").replace("()", " ").replace("(-)", " ");
    let words: Vec<&str> =
        plain.split_whitespace().filter(|word| !matches!(*word, "." | "," | "-")).collect();
    let joined = words.join(" ").replace("- ", "-").replace(": ", ":").replace("' ", " ");
    joined.trim_matches(|end: char| matches!(end, ' ' | ',' | ':' | '-')).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_twelve_languages() {
        for (text, plain) in [
            ("4. Oktober 2026", "4. Oct 2026"),
            ("So., 4. Okt. 2026 um 10:15 Uhr", "4. Oct 2026 10:15"),
            ("4 März 26", "4 Mar 26"),
            ("dim. 4 août 2026 à 10h15", "4 Aug 2026 10:15"),
            ("mar. 6 oct. 2026", "6 Oct 2026"),
            ("1er février 2026", "1 Feb 2026"),
            ("4 de octubre de 2026 a las 10:15 p. m.", "4 Oct 2026 10:15"),
            ("domenica 4 maggio 2026 alle ore 10:15", "4 May 2026 10:15"),
            ("4 de dezembro de 2026 às 10:15", "4 Dec 2026 10:15"),
            ("segunda-feira, 4 de março de 2026", "4 Mar 2026"),
            ("zo 4 mei 2026 om 10:15", "4 May 2026 10:15"),
            ("den 4 maj 2026 kl. 10:15", "4 May 2026 10:15"),
            ("4 października 2026 r.", "4 Oct 2026"),
            ("2026年10月4日(日) 午後3時15分30秒", "2026-10-4 3:15:30"),
            ("２０２６／１０／０４　１０：１５", "2026/10/04 10:15"),
            ("2026年10月4日 星期日 上午10:15", "2026-10-4 10:15"),
            ("2026년 10월 4일 일요일 오전 10:15", "2026-10-4 10:15"),
            ("2026. 10. 4. 오후 3:15:00", "2026. 10. 4. 3:15:00"),
            ("2026年10月", "2026-10"),
        ] {
            assert_eq!(plain_date(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in
            ["", "Oktober", "4 apples", "room 4 in mai 2026", "see you on Oct 4", "2026-10-04", "v 1.2"]
        {
            assert_eq!(plain_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), shaped in "[0-9]{1,4}[ .年]{0,2}[a-zäé月mM]{0,5}[. ]{0,2}[0-9]{0,4}(h|Uhr)?[0-9]{0,2}") {
            let _ = (plain_date(&text), plain_date(&shaped));
        }
    }
}

//! How much a decoded text looks like one, for the choices that chardetng does not make.
//!
//! chardetng knows how often letters meet in the languages of the web, but no MacRoman, which Excel for the Mac
//! writes, and it takes a lone odd byte pair for a Chinese character. Both show in what stands beside a character: a
//! capital or a sign within a word, an ideograph within a Latin word, a quotation mark where one belongs.

/// How plausible a decoded text is; zero says nothing, less is implausible. Only characters beyond ASCII count.
pub(super) fn plausibility(text: &str) -> i64 {
    let (mut total, mut ideographs, mut pairs, mut run) = (0, 0_u64, 0_u64, 0_u64);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if !character.is_ascii() {
            total += points(before, character, after);
            if is_ideograph(character) {
                ideographs += 1;
                pairs += u64::from(is_ideograph(before));
            }
        }
        // No Western word has three accents in a row.
        run = if is_accented(character) { run + 1 } else { 0 };
        total -= i64::from(run > 2);
        before = character;
    }
    // One ideograph in a file is an accident, three are a column of answers.
    let is_accident = ideographs > 0 && ideographs < 3 && pairs == 0;
    total - if is_accident { 4 } else { 0 }
}

/// What a character adds between its neighbours.
fn points(before: char, character: char, after: char) -> i64 {
    match character {
        '\u{80}'..='\u{9F}' | char::REPLACEMENT_CHARACTER => -8,
        '\u{A0}' => 1,
        _ if is_ideograph(character) => ideograph_points(before, after),
        _ if is_accented(character) => accented_points(before, character, after),
        'ª' | 'º' => {
            if before.is_ascii_digit() {
                1
            } else {
                -1
            }
        }
        _ if character.is_alphabetic() => other_letter_points(before, after),
        _ => sign_points(before, character, after),
    }
}

/// Whether any Latin letter beyond ASCII stands in a word, so that it can tell a language.
pub(super) fn tells_a_language(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|character| {
        let is_word = is_accented(character) && before.is_ascii_alphabetic()
            || is_accented(before) && character.is_ascii_alphabetic()
            || character.is_alphabetic() && !character.is_ascii() && !is_accented(character);
        before = character;
        is_word
    })
}

fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Latin letters beyond ASCII, without the ligatures of MacRoman's last bytes.
fn is_accented(character: char) -> bool {
    matches!(character, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
        && !matches!(character, '×' | '÷' | 'ƒ' | 'ı')
}

fn ideograph_points(before: char, after: char) -> i64 {
    let next_to = |neighbour: char| -> i64 {
        if is_ideograph(neighbour) {
            2
        } else if neighbour.is_ascii_lowercase() {
            -2
        } else {
            0
        }
    };
    // An answer of one character: `男`, `女`.
    let is_cell = is_separator(before) && is_separator(after);
    next_to(before) + next_to(after) + if is_cell { 3 } else { 0 }
}

fn is_separator(character: char) -> bool {
    matches!(character, ',' | ';' | '\t' | '|' | '"' | '\n' | '\r')
}

fn other_letter_points(before: char, after: char) -> i64 {
    let next_to = |neighbour: char| -> i64 {
        if neighbour.is_ascii_alphabetic() || is_accented(neighbour) {
            -2
        } else {
            i64::from(neighbour.is_alphabetic())
        }
    };
    next_to(before) + next_to(after)
}

fn accented_points(before: char, character: char, after: char) -> i64 {
    let (is_word_before, is_word_after) = (before.is_alphabetic(), after.is_alphabetic());
    // Frequent in Warsaw, not in Paris; where it is right, the rivals are far behind without its points.
    let is_eastern = character >= '\u{100}';
    if before.is_numeric() || after.is_numeric() {
        return -1;
    }
    if character.is_uppercase() {
        return if before.is_lowercase() || is_word_before && after.is_lowercase() {
            -4
        } else if is_word_before || is_word_after {
            1
        } else {
            -1
        };
    }
    if !is_word_before && !is_word_after {
        return if "àéèáóôåöæ".contains(character) { 0 } else { -1 };
    }
    match character {
        // Fewer words begin with them than hold them.
        _ if !is_word_before => 1,
        'é' | 'è' | 'à' | 'ä' | 'ö' | 'ü' | 'ß' | 'ç' | 'ñ' | 'á' | 'ó' | 'å' | 'ø' | 'æ' | 'ã' | 'í'
        | 'ú' | 'ê' => 2,
        _ => i64::from(!is_eastern || character == 'œ'),
    }
}

fn sign_points(before: char, character: char, after: char) -> i64 {
    let (word_before, word_after) = (before.is_alphabetic(), after.is_alphabetic());
    let is_within = word_before && word_after;
    let opens = !word_before && !before.is_numeric() && (word_after || after.is_numeric());
    let closes = (word_before || before.is_numeric() || before.is_ascii_punctuation()) && !word_after;
    match character {
        '’' if is_within => apostrophe_points(before, after),
        '“' | '‘' | '„' | '‚' if opens => 3,
        '”' | '’' if closes => 3,
        '“' | '‘' if closes => 2,
        '–' | '—' | '…' | '™' | '®' if !word_after => 2,
        '–' | '—' if is_within => -2,
        '€' | '£' if after.is_numeric() || before.is_numeric() || before.is_whitespace() && !word_after => {
            1
        }
        '°' if before.is_numeric() || after == 'C' || after == 'F' => 3,
        '¿' | '¡' if opens => 2,
        '«' if !is_within && !word_before => 1,
        '»' if !is_within && !word_after => 1,
        '•' | '·' | '©' | '§' if !word_before => 1,
        '½' | '¼' | '¾' | '²' | '³' if !word_after => 0,
        '\u{2C6}' | '\u{2DC}' | '\u{2D8}'..='\u{2DD}' | '\u{2C7}' | '¯' | '´' | '¸' | '¨' => -3,
        _ if is_within => -4,
        _ => -1,
    }
}

/// `don’t` and `l’eau`: few letters stand beside an apostrophe.
fn apostrophe_points(before: char, after: char) -> i64 {
    let is_english = matches!(after.to_ascii_lowercase(), 's' | 't' | 'd' | 'm' | 'l' | 'r' | 'v');
    let is_french = "dljnscmtuDLJNSCMTU".contains(before) && "aeiouyhéèêàâîôœAEIOUYHÉÈÊÀÂÎÔŒ".contains(after);
    if is_english {
        3
    } else if is_french {
        2
    } else {
        0
    }
}

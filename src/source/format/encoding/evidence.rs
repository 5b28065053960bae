//! What shows a reader whether an encoding is right: the first characters that it changes.

/// How many characters are shown.
const SHOWN: usize = 5;

/// The first characters beyond ASCII, each once, as in `é, ü …`; empty where there are none.
pub(super) fn characters(text: &str) -> String {
    let mut found: Vec<char> = Vec::new();
    for character in text.chars().filter(|character| !character.is_ascii()) {
        if !found.contains(&character) && character != char::REPLACEMENT_CHARACTER && character != '\u{FEFF}'
        {
            found.push(character);
        }
        if found.len() > SHOWN {
            break;
        }
    }
    let shown: Vec<String> = found.iter().take(SHOWN).map(|character| shown(*character)).collect();
    let more = if found.len() > SHOWN { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// A character that would not be seen is named.
fn shown(character: char) -> String {
    if character.is_control() || character.is_whitespace() {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

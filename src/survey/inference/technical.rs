//! Texts that are no answers by their look: addresses, numbers of telephones, ids.

use super::values::Values;

/// Texts that say by themselves what they are.
pub(super) fn technical_texts(values: &Values) -> Option<&'static str> {
    let most = |test: fn(&str) -> bool| values.texts_percent(test) >= 80;
    if most(|text| text.contains('@') && text.contains('.') && !text.contains(' ')) {
        Some("e-mail addresses")
    } else if most(|text| {
        text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
    }) {
        Some("addresses of pages")
    } else if most(is_ip) {
        Some("IP addresses")
    } else if most(is_phone) {
        Some("phone or reference numbers")
    } else if most(is_uuid) {
        Some("an id")
    } else if most(|text| text.starts_with('{') && text.ends_with('}')) {
        Some("technical, no answer")
    } else {
        None
    }
}

fn is_ip(text: &str) -> bool {
    text.split('.').count() == 4 && text.split('.').all(|part| part.parse::<u8>().is_ok())
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b" +-()/.".contains(&byte));
    plain && (7..=16).contains(&digits) && text.bytes().any(|byte| b" +-()/".contains(&byte))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_of_telephones() {
        assert!(is_ip("192.168.1.20") && !is_ip("1.2.3") && !is_ip("1.2.3.400"));
        assert!(is_phone("+49 (30) 1234-567") && !is_phone("1234567") && !is_phone("12-34"));
        assert!(is_uuid("123e4567-e89b-12d3-a456-426614174000") && !is_uuid("North"));
    }
}

//! Check digits: the Luhn sum of payment cards and the remainder of IBANs.

/// How long the IBANs of a country are (registry of ISO 13616).
const IBAN_LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SC", 31),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

/// Whether digits have a right check digit by Luhn (ISO/IEC 7812-1), and begin and count as those of cards do.
pub(super) fn is_card(digits: &[u8]) -> bool {
    if !(13..=19).contains(&digits.len()) || !digits.first().is_some_and(|first| (2..=6).contains(first)) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            match (place % 2, digit) {
                (0, _) => digit,
                (_, 0..=4) => digit * 2,
                _ => digit * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// How long an IBAN that begins with this country is.
pub(super) fn iban_length(country: &str) -> Option<usize> {
    IBAN_LENGTHS.iter().find(|(known, _)| known.eq_ignore_ascii_case(country)).map(|(_, length)| *length)
}

/// Whether letters and digits without blanks are an IBAN: its country, its length, and 1 as remainder of 97.
pub(super) fn is_iban(text: &str) -> bool {
    let fits = text.is_ascii() && text.get(..2).and_then(iban_length) == Some(text.len());
    if !fits || !text.bytes().skip(2).take(2).all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let turned = text.bytes().skip(4).chain(text.bytes().take(4));
    let remainder = turned.fold(Some(0_u32), |remainder, byte| {
        let value = char::from(byte).to_digit(36)?;
        Some((remainder? * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    remainder == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_have_a_right_last_digit() {
        let digits = |text: &str| -> Vec<u8> { text.bytes().map(|byte| byte - b'0').collect() };
        for card in ["4111111111111111", "5500000000000004", "340000000000009", "6011000000000004"] {
            assert!(is_card(&digits(card)), "{card}");
        }
        for other in ["4111111111111112", "411111111111", "9111111111111111", ""] {
            assert!(!is_card(&digits(other)), "{other}");
        }
    }

    #[test]
    fn ibans_have_a_country_a_length_and_a_remainder() {
        for iban in [
            "DE89370400440532013000",
            "GB82WEST12345698765432",
            "NO9386011117947",
            "fr1420041010050500013M02606",
        ] {
            assert!(is_iban(iban), "{iban}");
        }
        for other in ["DE89370400440532013001", "DE8937040044053201300", "XX89370400440532013000", "", "é9"]
        {
            assert!(!is_iban(other), "{other}");
        }
    }
}

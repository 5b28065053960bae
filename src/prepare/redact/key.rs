//! Pseudonyms: a keyed hash of an id (HMAC with SHA-256, RFC 2104), cut to 64 bits.
//!
//! Without the key nobody can list all customer numbers and compare; with 64 bits two of a million ids meet with a chance
//! of one in thirty million.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::survey::normalize;

/// The fewest bytes of a key.
pub const KEY_BYTES: usize = 16;

/// How many bytes of the hash make a pseudonym.
const KEPT: usize = 8;

/// A key for pseudonyms; never shown.
#[derive(Clone)]
pub struct PseudonymKey(Hmac<Sha256>);

/// A key that can be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key has {bytes} bytes; expected {KEY_BYTES} or more")]
pub struct KeyTooShort {
    /// How many it has.
    pub bytes: usize,
}

impl PseudonymKey {
    /// A key of these bytes, a line end behind them left out.
    ///
    /// # Errors
    /// It is shorter than [`KEY_BYTES`].
    pub fn new(bytes: &[u8]) -> Result<Self, KeyTooShort> {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let too_short = KeyTooShort { bytes: bytes.len() };
        if bytes.len() < KEY_BYTES {
            return Err(too_short);
        }
        // HMAC takes keys of any length.
        Hmac::new_from_slice(bytes).map(Self).map_err(|_| too_short)
    }

    /// The pseudonym of an id: 16 hexadecimal digits; blanks around an id do not count, an empty one has none.
    pub fn pseudonym(&self, id: &str) -> String {
        let id = normalize(id);
        if id.is_empty() {
            return String::new();
        }
        let mut hash = self.0.clone();
        hash.update(id.as_bytes());
        let bytes = hash.finalize().into_bytes();
        bytes.iter().take(KEPT).flat_map(|byte| [byte >> 4, byte & 15]).filter_map(hex).collect()
    }
}

impl fmt::Debug for PseudonymKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PseudonymKey(…)")
    }
}

fn hex(digit: u8) -> Option<char> {
    char::from_digit(u32::from(digit), 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_rfc_4231() {
        // Cases 1, 3 and 6; 2 has a shorter key than is taken, 6 one longer than a block.
        for (key, data, expected) in [
            (vec![0x0b; 20], b"Hi There".to_vec(), "b0344c61d8db3853"),
            (vec![0xaa; 20], vec![0xdd; 50], "773ea91e36800e46"),
            (
                vec![0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
                "60e431591ee0b67f",
            ),
        ] {
            let mut hash = PseudonymKey::new(&key).unwrap().0;
            hash.update(&data);
            let bytes = hash.finalize().into_bytes();
            let shown: String =
                bytes[..KEPT].iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(hex).collect();
            assert_eq!(shown, expected);
        }
        let key = PseudonymKey::new(&[0x0b; 20]).unwrap();
        assert_eq!(key.pseudonym(" Hi There "), "b0344c61d8db3853");
        assert_eq!(key.pseudonym("  "), "");
    }

    #[test]
    fn keys_are_long_and_their_line_end_is_no_part_of_them() {
        assert_eq!(PseudonymKey::new(b"short\n").unwrap_err(), KeyTooShort { bytes: 5 });
        let plain = PseudonymKey::new(b"0123456789abcdef").unwrap();
        let edited = PseudonymKey::new(b"0123456789abcdef\r\n").unwrap();
        let other = PseudonymKey::new(b"0123456789abcdeg").unwrap();
        assert_eq!(plain.pseudonym("K100"), edited.pseudonym("K100"));
        assert_ne!(plain.pseudonym("K100"), other.pseudonym("K100"));
        assert_ne!(plain.pseudonym("K100"), plain.pseudonym("K101"));
        assert!(!format!("{plain:?}").contains("0123"));
    }
}

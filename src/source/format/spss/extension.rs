//! The informational records, taken apart: long names, widths of very long strings, labels and missing values of
//! long strings, response sets.
//!
//! A damaged record of these costs what it would have said, not the answers: what can be read of it is.

/// A part of a record, read from its front.
pub(super) struct Piece<'a> {
    rest: &'a [u8],
    is_big: bool,
}

/// Labels or missing values of a long string, by the name of its variable.
pub(super) struct OfLongString<'a, T> {
    /// The name, as the record writes it.
    pub(super) name: &'a [u8],
    /// What it says.
    pub(super) values: Vec<T>,
}

/// The value and label of a long string.
pub(super) type LongLabel<'a> = (&'a [u8], &'a [u8]);

/// A response set as it is declared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RawSet<'a> {
    /// Its name, with the `$`.
    pub(super) name: &'a [u8],
    /// Its label; may be empty.
    pub(super) label: &'a [u8],
    /// The value that counts, for dichotomies.
    pub(super) counted: Option<&'a [u8]>,
    /// Whether an option is named by the label of the counted value instead of that of the variable.
    pub(super) by_value: bool,
    /// The names of its variables.
    pub(super) members: Vec<&'a [u8]>,
}

impl<'a> Piece<'a> {
    /// The whole of a record.
    pub(super) fn new(bytes: &'a [u8], is_big: bool) -> Self {
        Self { rest: bytes, is_big }
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        let bytes = <[u8; 4]>::try_from(self.bytes(4)?).ok()?;
        let length = if self.is_big { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) };
        usize::try_from(length).ok()
    }

    fn counted_bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.bytes(length)
    }

    /// The next variable of a record of value labels; none at its end, an error where it is damaged.
    pub(super) fn long_labels(&mut self) -> Result<Option<OfLongString<'a, LongLabel<'a>>>, Damaged> {
        self.next_of(|piece| {
            let name = piece.counted_bytes()?;
            piece.length()?;
            let count = piece.length()?;
            let mut values = Vec::new();
            for _ in 0..count {
                values.push((piece.counted_bytes()?, piece.counted_bytes()?));
            }
            Some(OfLongString { name, values })
        })
    }

    /// The next variable of a record of missing values; none at its end, an error where it is damaged.
    pub(super) fn long_missing(&mut self) -> Result<Option<OfLongString<'a, &'a [u8]>>, Damaged> {
        self.next_of(|piece| {
            let name = piece.counted_bytes()?;
            let count = *piece.bytes(1)?.first()?;
            let length = piece.length()?;
            let mut values = Vec::new();
            for position in 0..count {
                // Old versions of PSPP wrote the length before each value.
                let again = Piece { rest: piece.rest, is_big: piece.is_big }.length();
                if position > 0 && again == Some(length) {
                    piece.length()?;
                }
                values.push(piece.bytes(length)?);
            }
            Some(OfLongString { name, values })
        })
    }

    /// The next response set; none at the end, an error where it is damaged.
    pub(super) fn response_set(&mut self) -> Result<Option<RawSet<'a>>, Damaged> {
        while let Some(rest) = self.rest.strip_prefix(b"\n").or_else(|| self.rest.strip_prefix(b"\0")) {
            self.rest = rest;
        }
        self.next_of(|piece| {
            let name = piece.until(b'=')?;
            let kind = *piece.bytes(1)?.first()?;
            let by_value = kind == b'E';
            if by_value {
                piece.space()?;
                piece.digits()?;
                piece.space()?;
            }
            let counted = match kind {
                b'D' | b'E' => {
                    let length = piece.digits()?;
                    piece.space()?;
                    Some(piece.bytes(length)?)
                }
                b'C' => None,
                _ => return None,
            };
            piece.space()?;
            let length = piece.digits()?;
            piece.space()?;
            let label = piece.bytes(length)?;
            let end = piece.rest.iter().position(|byte| *byte == b'\n').unwrap_or(piece.rest.len());
            let members = piece.bytes(end)?;
            let members =
                members.split(|byte| matches!(byte, b' ' | 0)).filter(|name| !name.is_empty()).collect();
            Some(RawSet { name, label, counted, by_value, members })
        })
    }

    fn next_of<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Result<Option<T>, Damaged> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        read(self).map(Some).ok_or(Damaged)
    }

    fn until(&mut self, end: u8) -> Option<&'a [u8]> {
        let length = self.rest.iter().position(|byte| *byte == end)?;
        let taken = self.bytes(length)?;
        self.bytes(1)?;
        Some(taken)
    }

    fn space(&mut self) -> Option<()> {
        (self.bytes(1)? == b" ").then_some(())
    }

    fn digits(&mut self) -> Option<usize> {
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        std::str::from_utf8(self.bytes(length)?).ok()?.parse().ok()
    }
}

/// A record that does not hold what its kind holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damaged;

/// The pairs `NAME=text` of a record of long names or of widths.
pub(super) fn pairs(record: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    record.split(|byte| *byte == b'\t').filter_map(|pair| {
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        Some((&pair[..equals], &pair[equals + 1..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn response_sets_of_every_kind_are_read() {
        let record = b"\n$a=C 10 my mcgroup a b c\n$b=D2 55 0  g e f d\n$c=D3 Yes 10 mdgroup #2 h i j\n\n\
            $d=E 1 2 34 13 third mdgroup k l m\n$e=E 11 6 choice 0  n o p";
        let mut piece = Piece::new(record, false);
        let mut sets = Vec::new();
        while let Some(set) = piece.response_set().unwrap() {
            sets.push(set);
        }
        assert_eq!(sets.len(), 5);
        let first = RawSet {
            name: b"$a",
            label: b"my mcgroup",
            counted: None,
            by_value: false,
            members: vec![b"a", b"b", b"c"],
        };
        assert_eq!(sets[0], first);
        assert_eq!((sets[1].counted, sets[1].label, sets[1].members.len()), (Some(&b"55"[..]), &b""[..], 4));
        assert_eq!((sets[2].counted, sets[2].label), (Some(&b"Yes"[..]), &b"mdgroup #2"[..]));
        assert!(sets[3].by_value && sets[4].by_value && !sets[2].by_value);
        assert_eq!((sets[4].counted, &sets[4].members[2]), (Some(&b"choice"[..]), &&b"p"[..]));
    }

    #[test]
    fn a_damaged_record_is_said_and_gives_no_set() {
        for record in
            ["x", "$a=X 1 b c", "$a=C 99 short", "$a=D 1 0  a", "$a=D99999999999999999999 1", "$a=E1 1 1 0 "]
        {
            assert_eq!(Piece::new(record.as_bytes(), false).response_set(), Err(Damaged), "{record}");
        }
        assert_eq!(Piece::new(b"\n\n", false).response_set(), Ok(None));
    }

    #[test]
    fn missing_values_of_long_strings_may_repeat_their_length() {
        let head = [&5_i32.to_le_bytes()[..], b"CHAIN\x02", &8_i32.to_le_bytes(), b"unknown "].concat();
        let once = [&head[..], b"refused "].concat();
        let twice = [&head[..], &8_i32.to_le_bytes(), b"refused "].concat();
        for record in [once, twice] {
            let mut piece = Piece::new(&record, false);
            let read = piece.long_missing().unwrap().unwrap();
            assert_eq!((read.name, read.values), (&b"CHAIN"[..], vec![&b"unknown "[..], b"refused "]));
            assert!(piece.long_missing().unwrap().is_none());
        }
    }

    #[test]
    fn counts_that_claim_too_much_are_damage() {
        let record =
            [&1_i32.to_le_bytes()[..], b"A", &40_i32.to_le_bytes(), &i32::MAX.to_le_bytes()].concat();
        assert!(Piece::new(&record, false).long_labels().is_err());
        let record = [&(-1_i32).to_le_bytes()[..], b"A"].concat();
        assert!(Piece::new(&record, false).long_labels().is_err());
    }

    #[test]
    fn pairs_are_cut_at_tabs() {
        let found: Vec<_> = pairs(b"Q1=Question_1\tQ2=a=b\tbroken\t=x").collect();
        assert_eq!(found, [(&b"Q1"[..], &b"Question_1"[..]), (b"Q2", b"a=b"), (b"", b"x")]);
    }
}

//! Where a growing buffer can be cut: after its last record end outside quotes.
//!
//! Only quotes are visited, one search apart, for they alone decide what a line end means; between them nothing
//! is looked at until a cut is wanted, and then from the back. The rules are those of `structure`, which the
//! comparison of both with the `csv` crate holds together.

use memchr::{memchr, memchr_iter, memchr3, memrchr2};

use super::lanes::line_feeds;

/// Quotes that hold together by the rules and are still not what a writer of tables means; places in the buffer, each
/// that of the opening quote.
#[derive(Debug, Default)]
pub(crate) struct OddQuotes {
    /// A line end inside and text behind the closing quote, which therefore opens another cell: with where it closes.
    pub(crate) crossing: Option<(usize, usize)>,
    /// Text behind the closing quote, all on one line.
    pub(crate) followed: Vec<usize>,
    /// A line end inside, and nothing else odd: with where it closes.
    pub(crate) broken: Vec<(usize, usize)>,
}

impl OddQuotes {
    fn clear(&mut self) {
        self.crossing = None;
        self.followed.clear();
        self.broken.clear();
    }
}

/// How far a buffer has been looked at. No byte is searched for quotes twice, however often the buffer grows.
pub(crate) struct QuoteWalk {
    delimiter: u8,
    /// Everything before is settled.
    done: usize,
    /// Where the quote opened that is still open.
    opened_at: Option<usize>,
    /// Whether a line has ended since then.
    has_break: bool,
    /// What odd quotes there were.
    odd: OddQuotes,
    /// Where the bytes after the last closing quote start.
    outside_from: usize,
    /// Stretches outside quotes before that.
    outside: Vec<(usize, usize)>,
}

impl QuoteWalk {
    /// A walk that starts at a record.
    pub(crate) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            done: 0,
            opened_at: None,
            has_break: false,
            odd: OddQuotes::default(),
            outside_from: 0,
            outside: Vec::new(),
        }
    }

    /// Forgets the buffer: the next one starts at a record too.
    pub(crate) fn restart(&mut self) {
        self.done = 0;
        self.opened_at = None;
        self.odd.clear();
        self.outside_from = 0;
        self.outside.clear();
    }

    /// Settles the quotes not yet settled. `bytes` has only grown since the last call; `is_whole` says that it
    /// will not grow again, so that a quote at its end has no successor that could double it.
    pub(crate) fn advance(&mut self, bytes: &[u8], is_whole: bool) {
        while let Some(distance) = bytes.get(self.done..).and_then(|rest| self.next(rest)) {
            let at = self.done + distance;
            let Some(opened) = self.opened_at else {
                if at == 0 || self.separates(bytes[at - 1]) {
                    self.outside.push((self.outside_from, at));
                    self.opened_at = Some(at);
                    self.has_break = false;
                }
                self.done = at + 1;
                continue;
            };
            if bytes[at] != b'"' {
                self.has_break = true;
                self.done = at + 1;
            } else if let Some(&next) = bytes.get(at + 1) {
                self.done = at + 2;
                if next != b'"' {
                    if self.has_break || !self.separates(next) {
                        self.look_at(bytes, opened, at);
                    }
                    self.close(at);
                }
            } else {
                self.done = at;
                if is_whole {
                    self.close(at);
                }
                return;
            }
        }
        self.done = bytes.len();
    }

    /// The last record end in the bytes settled, if there is one.
    pub(crate) fn last_end(&self, bytes: &[u8]) -> Option<usize> {
        let last = self.opened_at.is_none().then_some((self.outside_from, self.done));
        last.into_iter().chain(self.outside.iter().rev().copied()).find_map(|(from, to)| {
            let end = memrchr2(b'\r', b'\n', bytes.get(from..to)?)?;
            Some(from + end)
        })
    }

    /// Where the quote opened that is still open.
    pub(crate) fn opened_at(&self) -> Option<usize> {
        self.opened_at
    }

    /// The odd quotes in the bytes settled.
    pub(crate) fn odd(&self) -> &OddQuotes {
        &self.odd
    }

    /// The next byte that matters: a quote, or inside quotes the first end of a line.
    #[inline]
    fn next(&self, rest: &[u8]) -> Option<usize> {
        if self.opened_at.is_some() && !self.has_break {
            memchr3(b'"', b'\n', b'\r', rest)
        } else {
            memchr(b'"', rest)
        }
    }

    /// Judges a quote with a line end inside or something other than a separator behind it.
    #[cold]
    fn look_at(&mut self, bytes: &[u8], opened: usize, closed: usize) {
        let behind = bytes[closed + 1..].iter().find(|byte| **byte != b' ');
        let is_followed = behind.is_some_and(|byte| !self.separates(*byte));
        match (is_followed, self.has_break) {
            (true, true) => {
                self.odd.crossing.get_or_insert((opened, closed));
            }
            (true, false) => self.odd.followed.push(opened),
            (false, true) => self.odd.broken.push((opened, closed)),
            (false, false) => {}
        }
    }

    fn close(&mut self, quote: usize) {
        self.opened_at = None;
        self.outside_from = quote + 1;
        // The byte after may be a separator and the one after that a quote: go on right behind this one.
        self.done = quote + 1;
    }

    fn separates(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }
}

/// How many physical lines (LF, CRLF or CR) end in these bytes.
pub(crate) fn count_lines(bytes: &[u8]) -> u64 {
    let (line_feeds, has_returns) = line_feeds(bytes);
    if !has_returns {
        return line_feeds;
    }
    let lone_returns = memchr_iter(b'\r', bytes).filter(|&at| bytes.get(at + 1) != Some(&b'\n')).count();
    line_feeds + lone_returns as u64
}

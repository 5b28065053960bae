//! A list, read whole: its keys and the cells that they bring.

use std::collections::BTreeSet;

use hashbrown::HashTable;
use xxhash_rust::xxh3::Xxh3;

use super::error::{self, LookupError};
use super::key::{Found, Keys};
use super::texts::Texts;
use crate::source::blocks::BlockReader;
use crate::source::head::{self, Depth, HeadOptions, OpenedSource};
use crate::source::input::{InputName, InputOptions};
use crate::source::records::RecordScanner;
use crate::survey::{Lookup, normalize};

/// The most keys of a list.
pub const MOST_KEYS: usize = 10_000_000;

/// The most bytes of keys and cells that are held of a list.
pub const MOST_BYTES: usize = 1024 * 1024 * 1024;

/// A list of rows by key.
#[derive(Debug)]
pub struct List {
    lookup: Lookup,
    /// The brought columns by the names that they have beside the answers.
    names: Vec<String>,
    keys: Keys,
    rows: Rows,
    account: Account,
}

/// What a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its size in bytes.
    pub bytes: u64,
    /// `xxh3-128:…`
    pub xxh3: String,
    /// Its records below the header.
    pub rows: u64,
    /// Its keys, each once.
    pub keys: u64,
    /// Records without a key.
    pub blank_keys: u64,
    /// Records whose key was there before with the same cells.
    pub repeated: u64,
    /// Keys that stand there again with other cells; the first is taken.
    pub conflicting: u64,
}

impl List {
    /// Reads a list; `missing` are texts that mean blank.
    ///
    /// # Errors
    /// It cannot be read, lacks a column, or is too large to be held.
    pub fn read(lookup: &Lookup, name: &InputName, missing: &[String]) -> Result<Self, LookupError> {
        let input = InputOptions {
            // A list is a table, whatever its columns are called.
            layout: Some("plain".to_owned()),
            sheet: lookup.sheet.clone(),
            ..InputOptions::default()
        };
        let options = HeadOptions { depth: Depth::Light, input };
        let opened = head::open(name, &options).map_err(|fault| error::unreadable(lookup, &fault))?;
        Self::of(lookup, opened, missing)
    }

    fn of(lookup: &Lookup, opened: OpenedSource, missing: &[String]) -> Result<Self, LookupError> {
        let header = &opened.header;
        let find = |column: &str| {
            let wanted = normalize(column);
            if header.duplicates().iter().any(|duplicate| duplicate.name == wanted) {
                return Err(error::twice(&wanted, &lookup.file, lookup));
            }
            let position = header.names().iter().position(|name| *name == wanted);
            position.ok_or_else(|| error::no_column(column, lookup, header.names()))
        };
        let key = find(&lookup.matched)?;
        let (names, positions): (Vec<String>, Vec<usize>) = if let Some(columns) = &lookup.columns {
            let names = columns.keys().map(|name| normalize(name)).collect();
            let found = columns.values().map(|column| find(column));
            (names, found.collect::<Result<_, _>>()?)
        } else {
            let others = header.names().iter().enumerate();
            let others: Vec<(usize, &String)> =
                others.filter(|(at, name)| *at != key && !name.is_empty()).collect();
            for (_, name) in &others {
                find(name)?;
            }
            others.iter().map(|(at, name)| ((*name).clone(), *at)).unzip()
        };
        if names.is_empty() {
            return Err(error::nothing_to_bring(lookup));
        }
        let mut list = Self {
            lookup: lookup.clone(),
            rows: Rows { width: names.len(), ..Rows::default() },
            names,
            keys: Keys::new(lookup.ignores_leading_zeros, missing),
            account: Account::default(),
        };
        list.fill(opened, key, &positions)?;
        Ok(list)
    }

    /// What the definition says of it.
    pub fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    /// The columns that it brings.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What it holds.
    pub fn account(&self) -> &Account {
        &self.account
    }

    pub(super) fn find(&self, key: &[u8]) -> Found {
        self.keys.find(key)
    }

    /// A cell of a row as it is written in a table, in quotes where it must be.
    pub(super) fn cell(&self, row: u32, column: usize) -> &[u8] {
        self.rows.cell(row, column)
    }

    fn fill(&mut self, opened: OpenedSource, key: usize, positions: &[usize]) -> Result<(), LookupError> {
        let mut scanner = RecordScanner::new(opened.source.delimiter);
        let mut reader = BlockReader::new(opened.source.reader, opened.source.delimiter);
        let (mut at_header, mut copy) = (true, Vec::new());
        let mut conflicting = BTreeSet::new();
        let mut cells: Vec<Vec<u8>> = vec![Vec::new(); positions.len()];
        loop {
            let block = reader.next_block().map_err(|fault| error::broken(&self.lookup, &fault))?;
            let Some(block) = block else { break };
            scanner.scan(&block.bytes, |records| {
                for &record in records.all() {
                    if std::mem::take(&mut at_header) {
                        continue;
                    }
                    self.account.rows += 1;
                    let text = self
                        .keys
                        .text(records.field(record, key, &mut copy))
                        .map(std::borrow::Cow::into_owned);
                    let Some(text) = text else {
                        self.account.blank_keys += 1;
                        continue;
                    };
                    for (cell, &position) in cells.iter_mut().zip(positions) {
                        written(records.field(record, position, &mut copy), cell);
                    }
                    let row = self.rows.intern(&cells);
                    match self.keys.insert(&text, row) {
                        None => {}
                        Some((_, known)) if known == row => self.account.repeated += 1,
                        Some((number, _)) => {
                            conflicting.insert(number);
                        }
                    }
                }
            });
            reader.pool().give_back(block.bytes);
            if self.keys.len() > MOST_KEYS || self.keys.size() + self.rows.cells.size() > MOST_BYTES {
                return Err(error::too_large(&self.lookup));
            }
        }
        let digest = reader.digest();
        let hash = || format!("xxh3-128:{:032x}", digest.hash);
        let original = opened.source.original;
        self.account.bytes = original.as_ref().map_or(digest.bytes, |original| original.bytes);
        self.account.xxh3 = original.map_or_else(hash, |original| original.xxh3);
        self.account.keys = self.keys.len() as u64;
        self.account.conflicting = conflicting.len() as u64;
        if self.account.rows == 0 {
            return Err(error::no_rows(&self.lookup));
        }
        Ok(())
    }
}

/// Rows of cells, each once.
#[derive(Debug, Default)]
struct Rows {
    width: usize,
    cells: Texts,
    by_cells: HashTable<u32>,
}

impl Rows {
    /// The number of a row of these cells.
    fn intern(&mut self, cells: &[Vec<u8>]) -> u32 {
        let hash_of = |cells: &mut dyn Iterator<Item = &[u8]>| {
            let mut hasher = Xxh3::new();
            for cell in cells {
                hasher.update(cell);
                hasher.update(b"\n");
            }
            hasher.digest()
        };
        let hash = hash_of(&mut cells.iter().map(Vec::as_slice));
        let is_it = |row: &u32| (0..self.width).all(|column| self.cell(*row, column) == cells[column]);
        if let Some(row) = self.by_cells.find(hash, is_it) {
            return *row;
        }
        let row = u32::try_from(self.cells.len() / self.width).unwrap_or(u32::MAX);
        for cell in cells {
            self.cells.push(cell);
        }
        let (texts, width) = (&self.cells, self.width);
        self.by_cells.insert_unique(hash, row, |row| {
            hash_of(&mut (0..width).map(|column| texts.get(*row as usize * width + column)))
        });
        row
    }

    fn cell(&self, row: u32, column: usize) -> &[u8] {
        self.cells.get(row as usize * self.width + column)
    }
}

/// Writes a cell as it may stand in a table with any separator, on one line.
pub(super) fn written(cell: &[u8], into: &mut Vec<u8>) {
    into.clear();
    let needs_quotes = cell.iter().any(|byte| matches!(byte, b',' | b';' | b'\t' | b'|' | b'"'));
    if needs_quotes {
        into.push(b'"');
    }
    for (at, &byte) in cell.iter().enumerate() {
        match byte {
            b'"' => into.extend_from_slice(b"\"\""),
            b'\n' if at > 0 && cell[at - 1] == b'\r' => {}
            b'\n' | b'\r' => into.push(b' '),
            byte => into.push(byte),
        }
    }
    if needs_quotes {
        into.push(b'"');
    }
}

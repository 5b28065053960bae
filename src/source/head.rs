//! The head of a file: its delimiter, its header and what its first records hold, read once and replayed.
//!
//! A stream cannot be read twice, so the bytes that were looked at are kept and come again before the rest; the
//! whole file is then counted in one pass, standard input too. At most [`HEAD_BYTES`] are held, and they are
//! let go as soon as they have been replayed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use crate::survey::{ColumnProfile, FileFacts, Profile, RowRule, normalize, number_styles};

use super::delimiter::{Delimiter, sniff};
use super::header::Header;
use super::input::{InputError, InputName, InputOptions, MOST_COLUMNS, OpenedInput};
use super::late_encoding;
use super::layout::{AsStood, Edits};
use super::{Again, RepeatedHeader, Source, no_header, repeated_header};

/// The most bytes that are looked at.
pub const HEAD_BYTES: usize = 8 * 1024 * 1024;
/// As far as the end of the first record is looked for.
const LARGEST_HEAD: usize = 128 * 1024 * 1024;
/// The most records that are looked at.
pub const HEAD_RECORDS: u64 = 20_000;
/// The most distinct values of a column that are kept.
pub const HEAD_VALUES: usize = 1_001;
/// How many bytes the delimiter is found from; a header that goes on after them is found all the same.
const SNIFFED_BYTES: usize = 64 * 1024;
/// The most records that are looked at where a definition says what the columns are.
const LIGHT_RECORDS: u64 = 1_000;

/// How much is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// The header and up to a thousand records: enough to bind a definition to the file.
    Light,
    /// [`HEAD_BYTES`] or [`HEAD_RECORDS`], whichever comes first: for inference.
    #[default]
    Full,
}

/// How the head is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadOptions {
    /// How much is looked at.
    pub depth: Depth,
    /// What was said of the input.
    pub input: InputOptions,
}

/// An input whose head was looked at.
#[derive(Debug)]
pub struct OpenedSource {
    /// The input, from its first byte.
    pub source: Source,
    /// The header as it was read: duplicates and names that are not UTF-8.
    pub header: Header,
    /// What the head holds.
    pub profile: Profile,
    /// What stood in the file above the answers; none where that is the header.
    pub as_stood: Option<AsStood>,
}

/// Why the head of an input cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HeadError {
    /// The input cannot be read at all.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The first line tells a spreadsheet program the delimiter.
    #[error("`{name}`: line 1 is `{line}`, a word to a spreadsheet and no header; delete that line")]
    Separator {
        /// The input.
        name: String,
        /// The line.
        line: String,
    },
    /// A name of a column is longer than any: the first line does not end where a header would.
    #[error(
        "`{name}`: the name of column {column} is longer than {LONGEST_NAME} bytes, so line 1 is no header; expected names, a \
         line end, then rows of answers: export it again as CSV with line ends, and see whether a quote is left open"
    )]
    EndlessHeader {
        /// The input.
        name: String,
        /// Which column, from 1.
        column: usize,
    },
    /// What the first record is taken for by mistake.
    #[error(
        "`{name}`: line 1 looks like answers and not like the names of columns; add a line above it with a name for \
         each column, such as id,region,overall"
    )]
    NoHeader {
        /// The input.
        name: String,
    },
}

/// The longest name of a column in bytes: what a spreadsheet holds in a cell, four bytes a character.
const LONGEST_NAME: usize = 4 * 32_767;

/// Opens an input and looks at its head.
///
/// # Errors
/// See [`HeadError`].
pub fn open(name: &InputName, options: &HeadOptions) -> Result<OpenedSource, HeadError> {
    late_encoding::open_by(name, options, |options| open_noting(name, options, None))
}

/// As [`open`]; `edits` is told of every cell that is passed on otherwise than it stands in the file.
///
/// # Errors
/// See [`HeadError`].
pub fn open_noting(
    name: &InputName,
    options: &HeadOptions,
    edits: Option<Box<dyn Edits>>,
) -> Result<OpenedSource, HeadError> {
    read(super::input::open(name, &options.input, edits)?, options)
}

/// Looks at the head of an input that is open already.
///
/// # Errors
/// See [`HeadError`].
pub fn read(input: OpenedInput, options: &HeadOptions) -> Result<OpenedSource, HeadError> {
    let name = input.name().clone();
    let shown = name.to_string();
    let delimiter = delimiter_of(&input, options);
    let mut header = Header::parse(input.sample(), delimiter.byte());
    if header.len() > MOST_COLUMNS {
        return Err(InputError::TooManyColumns { name }.into());
    }
    if let Some(column) = header.names().iter().position(|name| name.len() > LONGEST_NAME) {
        return Err(HeadError::EndlessHeader { name: shown, column: column + 1 });
    }
    // A header as long as the sample may go on after it.
    let light = options.depth == Depth::Light && first_record_ends(input.sample(), delimiter.byte());
    let sample_size = input.sample().len();
    let (mut rest, about) = input.into_parts();
    // A byte order mark is not in the sample, and one byte more shows whether there is more.
    let mut wanted = if light { sample_size.saturating_add(4).min(HEAD_BYTES) } else { HEAD_BYTES };
    let mut bytes = Vec::new();
    let mut at_end = fill(&mut rest, &mut bytes, wanted, &name)?;
    // A column is not without answers because its first record is long.
    while !light && !at_end && wanted < LARGEST_HEAD && !has_record(&bytes, delimiter.byte()) {
        wanted *= 2;
        at_end = fill(&mut rest, &mut bytes, wanted, &name)?;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if !light {
        header = Header::parse(text, delimiter.byte());
    }
    if let Some(line) = separator_line(text) {
        return Err(HeadError::Separator { name: shown, line });
    }
    let most = if options.depth == Depth::Light { LIGHT_RECORDS } else { HEAD_RECORDS };
    let mut repeated = match &about.as_stood {
        Some(stood) => RepeatedHeader::of_layout(stood),
        None => RepeatedHeader::of_table(&first_record(text, delimiter.byte()), about.brought),
    };
    let both = UnfinishedTests::of(&about.file, header.names());
    let mut profile = profile(text, delimiter.byte(), (&header, &repeated, both.as_ref()), most, at_end);
    if about.as_stood.is_none() {
        // A definition knows its columns by their names, whatever these look like.
        if options.depth == Depth::Full && no_header::is_answers(&profile) {
            return Err(HeadError::NoHeader { name: shown });
        }
        if !repeated.is_empty() && !repeated_header::is_told(&profile) {
            repeated = RepeatedHeader::default();
            profile =
                self::profile(text, delimiter.byte(), (&header, &repeated, both.as_ref()), most, at_end);
        }
    }
    profile.input.clone_from(&shown);
    profile.file = FileFacts { not_utf8: profile.file.not_utf8.take(), ..about.file };
    for (column, facts) in profile.columns.iter_mut().zip(about.columns) {
        column.facts = facts;
    }
    let source = Source {
        name: shown,
        delimiter: delimiter.byte(),
        header: header.names().to_vec(),
        repeated: Arc::new(repeated),
        number_styles: number_styles(&profile),
        brought: about.brought,
        reader: Box::new(Replay { head: bytes, at: 0, rest }),
        original: about.original,
        again: again(&name, &options.input),
        losses: about.losses,
    };
    Ok(OpenedSource { source, header, profile, as_stood: about.as_stood })
}

/// How a file is opened once more; a pipe with a name comes once all the same.
fn again(name: &InputName, options: &InputOptions) -> Option<Again> {
    let InputName::Path(path) = name else { return None };
    if !path.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return None;
    }
    let (name, options) = (name.clone(), options.clone());
    Some(Box::new(move || {
        let opened = super::input::open(&name, &options, None).map_err(io::Error::other)?;
        Ok(opened.into_parts().0)
    }))
}

/// What separates the fields of an input.
pub(super) fn delimiter_of(input: &OpenedInput, options: &HeadOptions) -> Delimiter {
    let look = &input.sample()[..input.sample().len().min(SNIFFED_BYTES)];
    input.delimiter().or(options.input.delimiter).unwrap_or_else(|| sniff(look))
}

/// The first line where it is `sep=` and a character, as some spreadsheets write and read it.
pub(super) fn separator_line(text: &[u8]) -> Option<String> {
    let line = text.get(..text.len().min(8))?.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let line = std::str::from_utf8(line).ok()?.trim_matches('"');
    let mark = line.strip_prefix("sep=")?;
    (mark.chars().count() <= 1 && text.len() > line.len()).then(|| line.to_owned())
}

/// Reads on until so many bytes are there, and says whether the input ended before.
fn fill(
    reader: &mut impl Read,
    bytes: &mut Vec<u8>,
    wanted: usize,
    name: &InputName,
) -> Result<bool, InputError> {
    let limit = u64::try_from(wanted.saturating_sub(bytes.len())).unwrap_or(u64::MAX);
    let read = reader.take(limit).read_to_end(bytes);
    read.map_err(|source| InputError::Unreadable { name: name.clone(), source })?;
    Ok(bytes.len() < wanted)
}

fn first_record(bytes: &[u8], delimiter: u8) -> csv::ByteRecord {
    let mut record = csv::ByteRecord::new();
    // Reading from memory does not fail.
    let _ = csv_reader(bytes, delimiter).read_byte_record(&mut record);
    record
}

/// Whether a whole record stands below the header, and bytes behind it that show its end.
fn has_record(bytes: &[u8], delimiter: u8) -> bool {
    let mut reader = csv_reader(bytes, delimiter);
    let mut record = csv::ByteRecord::new();
    (0..3).all(|_| matches!(reader.read_byte_record(&mut record), Ok(true)))
}

/// Whether the first record ends before the sample does.
pub(super) fn first_record_ends(sample: &[u8], delimiter: u8) -> bool {
    let mut reader = csv_reader(sample, delimiter);
    let mut record = csv::ByteRecord::new();
    matches!(reader.read_byte_record(&mut record), Ok(true))
        && usize::try_from(reader.position().byte()).is_ok_and(|end| end < sample.len())
}

fn csv_reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

/// The values of the first records, those left out that are the header once more. Where the bytes stop before the file
/// does, the last record may be cut and is left out.
fn profile(
    bytes: &[u8],
    delimiter: u8,
    (header, repeated, both): (&Header, &RepeatedHeader, Option<&UnfinishedTests>),
    most: u64,
    at_end: bool,
) -> Profile {
    let mut columns: Vec<Column> = header.names().iter().map(|name| Column::new(name)).collect();
    let mut reader = csv_reader(bytes, delimiter);
    let mut record = csv::ByteRecord::new();
    let mut next = csv::ByteRecord::new();
    // The header record itself; reading from memory does not fail.
    let _ = reader.read_byte_record(&mut record);
    let mut records = 0;
    let mut unfinished_tests = 0;
    let (mut fields, mut first_ragged) = (BTreeMap::new(), None);
    // Records with filled fields beyond the header, whose cells as a rule stand in wrong columns.
    let mut overlong: Vec<csv::ByteRecord> = Vec::new();
    let mut more = reader.read_byte_record(&mut record).unwrap_or(false);
    let mut complete = at_end;
    while more {
        more = reader.read_byte_record(&mut next).unwrap_or(false);
        if !more && !at_end {
            break;
        }
        if records == most {
            complete = false;
            break;
        }
        let has = |at, name: &[u8]| RepeatedHeader::is_cell(record.get(at).unwrap_or_default(), name);
        if repeated.is(record.len(), has) {
            std::mem::swap(&mut record, &mut next);
            continue;
        }
        records += 1;
        unfinished_tests += u64::from(both.is_some_and(|both| both.is(&record)));
        let beyond = record.iter().skip(header.len()).rposition(|cell| !cell.trim_ascii().is_empty());
        let width = if record.len() > header.len() {
            header.len() + beyond.map_or(0, |last| last + 1)
        } else {
            record.len()
        };
        *fields.entry(width).or_default() += 1;
        if width != header.len() && first_ragged.is_none() {
            first_ragged = record.position().map(csv::Position::line);
        }
        if width > header.len() {
            overlong.push(record.clone());
        } else {
            add(&mut columns, &record);
        }
        std::mem::swap(&mut record, &mut next);
    }
    // Where they are many, the header is at fault.
    if overlong.len() as u64 > records / FEW {
        for record in &overlong {
            add(&mut columns, record);
        }
    }
    let unread = |at: &usize| header.invalid_utf8().contains(at) || columns[*at].is_not_utf8;
    let not_utf8 = (0..columns.len()).find(unread).map(|at| header.names()[at].clone());
    let columns = columns.into_iter().map(|column| column.profile).collect();
    let file = FileFacts { not_utf8, ..FileFacts::default() };
    Profile {
        columns,
        records,
        complete,
        fields,
        first_ragged,
        unfinished_tests,
        header_fields: header.len(),
        file,
        ..Profile::default()
    }
}

/// One record in so many with filled fields beyond the header is left out of the values.
const FEW: u64 = 4;

fn add(columns: &mut [Column], record: &csv::ByteRecord) {
    for (position, column) in columns.iter_mut().enumerate() {
        column.add(record.get(position).unwrap_or_default());
    }
}

/// What tells the rows that are a test and unfinished, which are counted by neither alone.
struct UnfinishedTests {
    rules: [(usize, Vec<String>); 2],
}

impl UnfinishedTests {
    fn of(file: &FileFacts, names: &[String]) -> Option<Self> {
        let rule = |rule: &Option<RowRule>| {
            let rule = rule.as_ref()?;
            let at = names.iter().position(|name| *name == rule.column)?;
            Some((at, rule.values.iter().map(|value| value.to_lowercase()).collect()))
        };
        Some(Self { rules: [rule(&file.test_rows)?, rule(&file.partial_rows)?] })
    }

    fn is(&self, record: &csv::ByteRecord) -> bool {
        self.rules.iter().all(|(at, values)| {
            let cell = String::from_utf8_lossy(record.get(*at).unwrap_or_default());
            values.contains(&cell.trim().to_lowercase())
        })
    }
}

/// The values of one column so far, found by the bytes of the cell or by the tidied text.
struct Column {
    profile: ColumnProfile,
    by_cell: hashbrown::HashMap<Vec<u8>, usize>,
    by_text: hashbrown::HashMap<String, usize>,
    /// A cell may hold U+FFFD itself, so that its text does not tell.
    is_not_utf8: bool,
}

impl Column {
    fn new(name: &str) -> Self {
        Self {
            profile: ColumnProfile { name: name.to_owned(), ..ColumnProfile::default() },
            by_cell: hashbrown::HashMap::new(),
            by_text: hashbrown::HashMap::new(),
            is_not_utf8: false,
        }
    }

    fn add(&mut self, cell: &[u8]) {
        if let Some(index) = self.by_cell.get(cell) {
            self.profile.filled += 1;
            self.profile.values[*index].1 += 1;
            return;
        }
        let lossy = String::from_utf8_lossy(cell);
        self.is_not_utf8 |= matches!(lossy, Cow::Owned(_));
        let text = normalize(&lossy);
        if text.is_empty() {
            self.profile.empty += 1;
            return;
        }
        self.profile.filled += 1;
        self.profile.longest = self.profile.longest.max(text.chars().count());
        let known = self.by_text.get(&text).copied();
        let index = match known {
            Some(index) => {
                self.profile.values[index].1 += 1;
                index
            }
            None if self.profile.values.len() < HEAD_VALUES => {
                self.profile.values.push((text.clone(), 1));
                self.by_text.insert(text, self.profile.values.len() - 1);
                self.profile.values.len() - 1
            }
            None => {
                self.profile.overflow = true;
                return;
            }
        };
        // Many spellings of one text are not worth remembering.
        if self.by_cell.len() < 2 * HEAD_VALUES {
            self.by_cell.insert(cell.to_vec(), index);
        }
    }
}

/// The head, then the rest; the head's memory is freed once it has been read.
struct Replay {
    head: Vec<u8>,
    at: usize,
    rest: Box<dyn Read + Send>,
}

impl Read for Replay {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let waiting = &self.head[self.at..];
        if waiting.is_empty() {
            return self.rest.read(buffer);
        }
        let length = waiting.len().min(buffer.len());
        buffer[..length].copy_from_slice(&waiting[..length]);
        self.at += length;
        if self.at == self.head.len() {
            self.head = Vec::new();
            self.at = 0;
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::delimiter::Delimiter;
    use std::io::Cursor;

    fn look(bytes: &[u8], depth: Depth) -> OpenedSource {
        let stream = Box::new(Cursor::new(bytes.to_vec()));
        let input = OpenedInput::from_reader(InputName::from_argument("a.csv"), stream).unwrap();
        read(input, &HeadOptions { depth, ..HeadOptions::default() }).unwrap()
    }

    fn replayed(mut opened: OpenedSource) -> Vec<u8> {
        let mut bytes = Vec::new();
        opened.source.reader.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_line_without_an_end_is_no_header() {
        let stream = Box::new(Cursor::new(vec![b'x'; 300_000]));
        let input = OpenedInput::from_reader(InputName::from_argument("a.csv"), stream).unwrap();
        let refused = read(input, &HeadOptions::default()).err().map(|error| error.to_string());
        assert!(refused.is_some_and(|text| text.contains("`a.csv`: the name of column 1 is longer")));
    }

    #[test]
    fn a_line_of_cells_without_an_end_is_no_header() {
        for text in ["1,".repeat(200_000), format!("{}\n1\n", "a,".repeat(70_000))] {
            let stream = Box::new(Cursor::new(text.into_bytes()));
            let opened = OpenedInput::from_reader(InputName::from_argument("a.csv"), stream);
            let refused = opened
                .map_err(HeadError::from)
                .and_then(|input| read(input, &HeadOptions::default()))
                .err()
                .map(|error| error.to_string());
            assert!(refused.is_some_and(|text| text.contains("more than 65536 columns")));
        }
    }

    #[test]
    fn values_are_tidied_and_counted() {
        let text = "\u{feff}region; score \nNorth;5\n  North\u{a0};\nSouth;5\nNorth\n\"No\"\"rth\";4";
        for depth in [Depth::Light, Depth::Full] {
            let opened = look(text.as_bytes(), depth);
            assert_eq!(
                (opened.source.delimiter, opened.source.header.clone()),
                (b';', vec!["region".into(), "score".into()])
            );
            let profile = &opened.profile;
            assert_eq!((profile.records, profile.complete, profile.input.as_str()), (5, true, "a.csv"));
            let region = &profile.columns[0];
            assert_eq!(region.values, [("North".into(), 3), ("South".into(), 1), ("No\"rth".into(), 1)]);
            let score = &profile.columns[1];
            assert_eq!((score.empty, score.filled, score.longest), (2, 3, 1));
            assert_eq!(replayed(opened), text.as_bytes());
        }
    }

    #[test]
    fn few_records_with_filled_fields_beyond_the_header_are_left_out_and_many_are_not() {
        let columns = |odd: usize| {
            let row = |row: usize| if row < odd { "so, so,5\n" } else { "fine,4\n" };
            let text = "comment,score\n".to_owned() + &(0..20).map(row).collect::<String>();
            look(text.as_bytes(), Depth::Full).profile.columns[1].values.clone()
        };
        assert_eq!(columns(5), [("4".into(), 15)]);
        assert_eq!(columns(6), [("4".into(), 14), ("so".into(), 6)]);
    }

    #[test]
    fn bytes_tell_what_is_not_utf8_and_not_the_sign_that_stands_for_them() {
        let column = |bytes: &[u8]| look(bytes, Depth::Full).profile.file.not_utf8;
        assert_eq!(column("a,b\n1,caf\u{FFFD}\n".as_bytes()), None);
        let mut late = b"a,b\n".to_vec();
        // Past what is looked at for the encoding.
        late.extend(b"1,x\n".repeat(100_000));
        late.extend(b"1,caf\xe9\n");
        assert_eq!(column(&late), None, "it is read in part");
        let mut long = b"a,b\n".to_vec();
        long.extend(format!("1,{}\n", "x".repeat(1000)).repeat(400).bytes());
        long.extend(b"1,caf\xe9\n");
        assert_eq!(column(&long).as_deref(), Some("b"));
    }

    #[test]
    fn a_header_alone_and_a_typed_delimiter() {
        let opened = look(b"a,b", Depth::Full);
        assert_eq!(
            (opened.profile.records, opened.profile.complete, opened.profile.columns.len()),
            (0, true, 2)
        );
        let input_options = InputOptions { delimiter: Some(Delimiter::Pipe), ..InputOptions::default() };
        let typed = HeadOptions { depth: Depth::Full, input: input_options };
        let input =
            OpenedInput::from_reader(InputName::Stdin, Box::new(Cursor::new(b"a,b|c\n1,2|3\n".to_vec())))
                .unwrap();
        let opened = read(input, &typed).unwrap();
        assert_eq!(opened.source.header, ["a,b", "c"]);
    }

    #[test]
    fn a_long_file_is_looked_at_in_part_and_replayed_whole() {
        let mut text = b"id,score,word\n".to_vec();
        for row in 0..30_000_u32 {
            text.extend(format!("{row},{},\"a\nb\"\n", row % 5).bytes());
        }
        let opened = look(&text, Depth::Full);
        assert_eq!((opened.profile.records, opened.profile.complete), (HEAD_RECORDS, false));
        let id = &opened.profile.columns[0];
        assert!(id.overflow && id.values.len() == HEAD_VALUES && id.filled == HEAD_RECORDS);
        assert_eq!(
            opened.profile.columns[1].values.iter().map(|(_, count)| count).sum::<u64>(),
            HEAD_RECORDS
        );
        assert!(replayed(opened) == text);
        let opened = look(&text, Depth::Light);
        assert_eq!((opened.profile.records, opened.profile.complete), (LIGHT_RECORDS, false));
        assert!(replayed(opened) == text);
    }

    #[test]
    fn a_record_that_the_head_cuts_is_left_out() {
        let mut text = b"word,score\n".to_vec();
        let row = [vec![b'x'; 4000], b",5\n".to_vec()].concat();
        while text.len() < HEAD_BYTES + 10_000 {
            text.extend(&row);
        }
        let opened = look(&text, Depth::Full);
        assert!(!opened.profile.complete);
        assert_eq!(opened.profile.columns[0].values, [("x".repeat(4000), opened.profile.records)]);
        assert_eq!(opened.profile.columns[1].empty, 0);
        assert!(replayed(opened) == text);
    }

    #[test]
    fn a_header_longer_than_the_sample_is_read_whole() {
        let names: Vec<String> = (0..16_000).map(|index| format!("a_long_name_of_column_{index}")).collect();
        let opened =
            look(format!("{}\n{}\n", names.join(","), vec!["1"; 16_000].join(",")).as_bytes(), Depth::Light);
        assert_eq!(opened.source.header, names);
        assert_eq!(opened.profile.columns[15_999].filled, 1);
    }

    #[test]
    fn a_file_in_another_encoding_is_read_in_it() {
        let bytes = b"Zufriedenheit,Gr\xf6\xdfe,Bemerkung\n1,2,gr\xfcn\n2,3,sch\xf6n\n".to_vec();
        let stream = Box::new(Cursor::new(bytes.clone()));
        let input = OpenedInput::from_reader(InputName::from_argument("k.csv"), stream).unwrap();
        let opened = read(input, &HeadOptions::default()).unwrap();
        assert_eq!(opened.source.header, ["Zufriedenheit", "Größe", "Bemerkung"]);
        assert_eq!(opened.profile.columns[2].values[0].0, "grün");
        assert!(opened.profile.file.reasons[0].starts_with("read as windows-1252, a guess"));
        assert_eq!(opened.source.original.unwrap().bytes, bytes.len() as u64);
    }
}

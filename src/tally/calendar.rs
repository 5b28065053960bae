//! Dates of a row and the waves they give, read day first and month first until the whole file has settled which.
//!
//! A worker keys its counts by the pair of waves that a row's date gives under either order; most dates give the
//! same for both. What the pairs stand for is decided once, from the evidence of every worker.

use std::collections::BTreeMap;

use chrono::Datelike;

use hashbrown::HashMap;

use super::counted::Wave;
use super::error::CountError;
use super::places::Places;
use crate::prepare::{CalendarWave, wave_of};
use crate::source::{CategoryCoder, DateCoder, DateOrder, DateReadings, OrderEvidence, Position, Record};
use crate::survey::{Code, DateColumn, Missing, Period, answer};

/// The most waves that a worker tells apart, both orders counted.
const WAVE_CODES: usize = 60_000;

/// No wave code.
const UNKNOWN: Code = Code::MAX;

/// The first of January 1970, in days since the year 1.
const FIRST_DAY: i32 = 719_163;

/// How many days from then on are found by their number: to the end of the century after next.
const DAYS: usize = 84_000;

/// A cell with its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Example {
    /// Where it stands.
    pub(super) position: Position,
    /// What it says.
    pub(super) text: String,
}

/// What the dates of one column have shown.
#[derive(Clone, Debug, Default)]
pub(super) struct DateFindings {
    /// For which order rows speak.
    pub(super) order: OrderEvidence,
    /// Rows with a date.
    pub(super) readable: u64,
    /// The first text that gives different dates in either order.
    pub(super) open: Option<Example>,
    /// The first text that is no date.
    pub(super) unreadable: Option<Example>,
}

impl DateFindings {
    /// Adds what another worker has found.
    pub(super) fn merge(&mut self, other: &Self) {
        self.order.merge(other.order);
        self.readable += other.readable;
        self.open = first(self.open.take(), other.open.clone());
        self.unreadable = first(self.unreadable.take(), other.unreadable.clone());
    }
}

fn first(left: Option<Example>, right: Option<Example>) -> Option<Example> {
    left.into_iter().chain(right).min()
}

/// The date columns of a batch, each cell decoded at most once.
pub(super) struct Dates {
    coders: Vec<DateCoder>,
    /// By column, then by row of the batch: what was read, once it was asked for.
    read: Vec<Vec<Option<Result<DateReadings, Missing>>>>,
    copy: Vec<u8>,
    /// What each column has shown.
    pub(super) findings: Vec<DateFindings>,
}

impl Dates {
    /// Coders for the date columns of a plan.
    ///
    /// # Errors
    /// A format that cannot give a date.
    pub(super) fn new(columns: &[DateColumn], missing: &[String]) -> Result<Self, CountError> {
        let coder = |date: &DateColumn| {
            DateCoder::new(date.format.as_deref(), missing)
                .map_err(|fault| CountError::InvalidDateFormat { column: date.column.clone(), reason: fault })
        };
        Ok(Self {
            coders: columns.iter().map(coder).collect::<Result<_, _>>()?,
            read: vec![Vec::new(); columns.len()],
            copy: Vec::new(),
            findings: vec![DateFindings::default(); columns.len()],
        })
    }

    /// Forgets the batch for one of so many rows.
    pub(super) fn begin(&mut self, rows: usize) {
        for read in &mut self.read {
            read.clear();
            read.resize(rows, None);
        }
    }

    /// Keeps some of the rows, as the batch does.
    pub(super) fn keep(&mut self, is_kept: impl Fn(usize) -> bool) {
        for read in &mut self.read {
            let mut row = 0;
            read.retain(|_| {
                row += 1;
                is_kept(row - 1)
            });
        }
    }

    /// What the cell of a date column says in a row; a column that the input lacks was not asked.
    pub(super) fn readings(
        &mut self,
        date: usize,
        row: usize,
        record: Record,
        position: Option<usize>,
        places: &Places<'_>,
    ) -> Result<DateReadings, Missing> {
        let read = self.read[date].get_mut(row);
        if let Some(Some(known)) = read {
            return *known;
        }
        let cell = position.map(|position| places.records.field(record, position, &mut self.copy));
        let readings = cell.map_or(Err(Missing::NotAsked), |cell| self.coders[date].readings(cell));
        if let Some(read) = read {
            *read = Some(readings);
        }
        let findings = &mut self.findings[date];
        let example = |text: Option<&[u8]>| {
            let text = String::from_utf8_lossy(text.unwrap_or_default()).trim().to_owned();
            Some(Example { position: places.of(record, position), text })
        };
        match readings {
            Ok(readings) => {
                findings.readable += 1;
                findings.order.add(readings);
                if findings.open.is_none() && readings.day_first != readings.month_first {
                    findings.open = example(cell);
                }
            }
            Err(Missing::Invalid) if findings.unreadable.is_none() => findings.unreadable = example(cell),
            Err(_) => {}
        }
        readings
    }
}

/// Gives each row the worker's code of its wave.
pub(super) enum WaveCoder {
    /// There are no waves; the code is 0.
    None,
    /// The value of a column.
    Column(Box<CategoryCoder>),
    /// A calendar period.
    Calendar(CalendarCoder),
}

/// What a worker's wave codes stand for.
#[derive(Clone, Debug)]
pub(super) enum WaveNames {
    /// There are no waves.
    None,
    /// The values of the column.
    Column(Vec<String>),
    /// The waves read day first and month first.
    Calendar(Vec<WavePair>),
}

/// The waves that a date gives read day first and month first.
pub(super) type WavePair = (Option<CalendarWave>, Option<CalendarWave>);

/// Codes dates to pairs of calendar waves.
pub(super) struct CalendarCoder {
    period: Period,
    fiscal_year_start: u32,
    named_end: bool,
    /// By days since [`FIRST_DAY`], for dates that are the same either way; [`UNKNOWN`] where not yet met.
    by_day: Vec<Code>,
    by_readings: HashMap<DateReadings, Code>,
    by_pair: BTreeMap<WavePair, Code>,
    pairs: Vec<WavePair>,
    overflow: bool,
}

impl CalendarCoder {
    /// A coder of periods.
    pub(super) fn new(period: Period, fiscal_year_start: u32, named_end: bool) -> Self {
        Self {
            period,
            fiscal_year_start,
            named_end,
            by_day: Vec::new(),
            by_readings: HashMap::new(),
            by_pair: BTreeMap::new(),
            pairs: Vec::new(),
            overflow: false,
        }
    }

    /// The code of the pair of waves.
    #[inline]
    pub(super) fn code(&mut self, readings: DateReadings) -> Option<Code> {
        let day = readings.day_first.filter(|_| readings.day_first == readings.month_first);
        let place = day.and_then(|day| usize::try_from(day.num_days_from_ce() - FIRST_DAY).ok());
        let Some(place) = place.filter(|place| *place < DAYS) else {
            if let Some(&code) = self.by_readings.get(&readings) {
                return Some(code);
            }
            let code = self.add(readings)?;
            self.by_readings.insert(readings, code);
            return Some(code);
        };
        if let Some(&code) = self.by_day.get(place)
            && code != UNKNOWN
        {
            return Some(code);
        }
        let code = self.add(readings)?;
        if place >= self.by_day.len() {
            self.by_day.resize(place + 1, UNKNOWN);
        }
        self.by_day[place] = code;
        Some(code)
    }

    #[cold]
    fn add(&mut self, readings: DateReadings) -> Option<Code> {
        let wave = |order: DateOrder| {
            let date = readings.in_order(order)?;
            Some(wave_of(date, self.period, self.fiscal_year_start, self.named_end))
        };
        let pair = (wave(DateOrder::DayFirst), wave(DateOrder::MonthFirst));
        if let Some(&code) = self.by_pair.get(&pair) {
            return Some(code);
        }
        self.overflow |= self.pairs.len() >= WAVE_CODES;
        let code = Code::try_from(self.pairs.len()).ok().filter(|_| !self.overflow)?;
        self.by_pair.insert(pair.clone(), code);
        self.pairs.push(pair);
        Some(code)
    }
}

impl WaveCoder {
    /// Whether there were more waves than codes.
    pub(super) fn overflow(&self) -> bool {
        match self {
            Self::None => false,
            Self::Column(coder) => coder.overflow(),
            Self::Calendar(coder) => coder.overflow,
        }
    }

    /// The code of a value of the wave column.
    #[inline]
    pub(super) fn of_value(coder: &mut CategoryCoder, cell: Option<&[u8]>) -> Option<Code> {
        answer(coder.code(cell?)).and_then(|wave| Code::try_from(wave).ok())
    }

    /// What the codes stand for.
    pub(super) fn into_names(self) -> WaveNames {
        match self {
            Self::None => WaveNames::None,
            Self::Column(coder) => WaveNames::Column(coder.names().to_vec()),
            Self::Calendar(coder) => WaveNames::Calendar(coder.pairs),
        }
    }
}

impl From<&CalendarWave> for Wave {
    fn from(wave: &CalendarWave) -> Self {
        Self { label: wave.label.clone(), last_day: Some(wave.last_day) }
    }
}

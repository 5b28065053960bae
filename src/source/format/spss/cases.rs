//! The cases, one after the other, as bytes: unpacked, each element in its 8.

use super::blocks::Blocks;
use super::bytes::{DataBytes, FileBytes};
use super::error::SpssError;
use super::header::{Compression, Header};

/// Command bytes: nothing, the end of the cases, 8 bytes that follow, 8 blanks, system missing. Others are numbers.
const NOTHING: u8 = 0;
const END: u8 = 252;
const BYTES_FOLLOW: u8 = 253;
const BLANKS: u8 = 254;
const SYSTEM_MISSING: u8 = 255;

/// Reads cases.
pub(super) struct Cases {
    source: Box<dyn CaseSource + Send>,
    claimed: Option<u64>,
    read: u64,
    is_done: bool,
}

/// Where cases come from.
trait CaseSource {
    /// Fills the case; false at the end, in front of a case.
    fn next(&mut self, case: &mut [u8]) -> Result<bool, SpssError>;

    /// Whether nothing that could be a case is left.
    fn is_at_end(&mut self) -> Result<bool, SpssError>;

    /// The place in the file.
    fn offset(&self) -> u64;
}

impl Cases {
    /// The cases after the dictionary; `claimed` are counted by the file, where they are.
    pub(super) fn new(
        bytes: FileBytes,
        header: &Header,
        claimed: Option<u64>,
        is_text: Vec<bool>,
        system_missing: f64,
    ) -> Result<Self, SpssError> {
        let is_big = bytes.is_big;
        let source: Box<dyn CaseSource + Send> = match header.compression {
            Compression::None => Box::new(Plain { bytes, case_length: is_text.len() * 8 }),
            Compression::Bytecode => {
                Box::new(Commands::new(bytes, is_text, header.bias, is_big, system_missing))
            }
            Compression::Zlib => {
                Box::new(Commands::new(Blocks::new(bytes)?, is_text, header.bias, is_big, system_missing))
            }
        };
        Ok(Self { source, claimed, read: 0, is_done: false })
    }

    /// Fills the case; false after the last.
    pub(super) fn next(&mut self, case: &mut [u8]) -> Result<bool, SpssError> {
        if self.is_done {
            return Ok(false);
        }
        if let Some(claimed) = self.claimed
            && self.read >= claimed
        {
            self.is_done = true;
            let offset = self.source.offset();
            return if self.source.is_at_end()? {
                Ok(false)
            } else {
                Err(SpssError::CasesBeyond { offset, claimed })
            };
        }
        if self.source.next(case)? {
            self.read += 1;
            return Ok(true);
        }
        self.is_done = true;
        match self.claimed {
            Some(claimed) => {
                Err(SpssError::CasesMissing { offset: self.source.offset(), read: self.read, claimed })
            }
            None => Ok(false),
        }
    }
}

/// Cases as they are.
struct Plain {
    bytes: FileBytes,
    case_length: usize,
}

impl CaseSource for Plain {
    fn next(&mut self, case: &mut [u8]) -> Result<bool, SpssError> {
        match self.bytes.fill(case)? {
            0 => Ok(false),
            length if length == case.len() => Ok(true),
            _ => Err(SpssError::Cut { offset: self.bytes.offset(), expected: "a case" }),
        }
    }

    fn is_at_end(&mut self) -> Result<bool, SpssError> {
        let mut case = vec![0; self.case_length];
        Ok(self.bytes.fill(&mut case)? < case.len())
    }

    fn offset(&self) -> u64 {
        self.bytes.offset()
    }
}

/// Cases as command bytes, eight of them in front of the bytes that they call for.
struct Commands<B> {
    bytes: B,
    is_text: Vec<bool>,
    bias: f64,
    is_big: bool,
    system_missing: [u8; 8],
    group: [u8; 8],
    used: usize,
    is_ended: bool,
}

impl<B: DataBytes> Commands<B> {
    fn new(bytes: B, is_text: Vec<bool>, bias: f64, is_big: bool, system_missing: f64) -> Self {
        let mut commands = Self {
            bytes,
            is_text,
            bias,
            is_big,
            system_missing: [0; 8],
            group: [0; 8],
            used: 8,
            is_ended: false,
        };
        commands.system_missing = commands.element(system_missing);
        commands
    }

    /// The next command; none where the bytes end in front of it.
    fn command(&mut self) -> Result<Option<u8>, SpssError> {
        if self.used == 8 {
            match self.bytes.fill(&mut self.group)? {
                0 => return Ok(None),
                8 => self.used = 0,
                _ => return Err(SpssError::Cut { offset: self.bytes.offset(), expected: "the cases" }),
            }
        }
        let command = self.group[self.used];
        self.used += 1;
        Ok(Some(command))
    }

    fn element(&self, number: f64) -> [u8; 8] {
        if self.is_big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    /// Reads to the end, so that what is checked there is checked.
    fn drain(&mut self) -> Result<(), SpssError> {
        let mut rest = [0; 4096];
        while self.bytes.fill(&mut rest)? > 0 {}
        Ok(())
    }
}

impl<B: DataBytes> CaseSource for Commands<B> {
    fn next(&mut self, case: &mut [u8]) -> Result<bool, SpssError> {
        let mut at = 0;
        while at < self.is_text.len() && !self.is_ended {
            let Some(command) = self.command()? else { break };
            let element = &mut case[at * 8..at * 8 + 8];
            match (command, self.is_text[at]) {
                (NOTHING, _) => continue,
                (END, _) => {
                    self.is_ended = true;
                    continue;
                }
                (BYTES_FOLLOW, _) => {
                    if self.bytes.fill(element)? < 8 {
                        return Err(SpssError::Cut { offset: self.bytes.offset(), expected: "a value" });
                    }
                }
                (BLANKS, true) => element.fill(b' '),
                (SYSTEM_MISSING, false) => element.copy_from_slice(&self.system_missing),
                (1..END, false) => {
                    let number = f64::from(command) - self.bias;
                    element.copy_from_slice(&self.element(number));
                }
                // Some writers fill strings with zero bytes, which are the number zero.
                (1..END, true) if (f64::from(command) - self.bias).abs() <= 0.0 => element.fill(0),
                (_, is_text) => {
                    let expected = if is_text { "a value of a string" } else { "a value of a number" };
                    let found = format!("command byte {command}");
                    return Err(SpssError::Unexpected { offset: self.bytes.offset(), found, expected });
                }
            }
            at += 1;
        }
        if at == self.is_text.len() {
            return Ok(true);
        }
        if at > 0 {
            return Err(SpssError::Cut { offset: self.bytes.offset(), expected: "a case" });
        }
        if self.is_ended {
            self.drain()?;
        }
        Ok(false)
    }

    fn is_at_end(&mut self) -> Result<bool, SpssError> {
        // What the last eight commands have left over was never written on purpose.
        self.used = 8;
        while let Some(command) = self.command()? {
            match command {
                NOTHING => {}
                END => {
                    self.drain()?;
                    return Ok(true);
                }
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    fn offset(&self) -> u64 {
        self.bytes.offset()
    }
}

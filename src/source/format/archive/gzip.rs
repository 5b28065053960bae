//! gzip, member after member.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::error::ArchiveFormat;
use super::watch::Watched;

/// The content of a gzip archive: all its members, one after the other.
///
/// Zeros behind the last member are padding; anything else there is a fault.
pub(super) struct GzipReader<R> {
    state: State<R>,
}

enum State<R> {
    Member(Box<GzDecoder<BufReader<Watched<R>>>>),
    Ended,
}

impl<R: Read> GzipReader<R> {
    pub(super) fn new(packed: R) -> Self {
        let packed = BufReader::with_capacity(64 * 1024, Watched::new(packed));
        Self { state: State::Member(Box::new(GzDecoder::new(packed))) }
    }

    /// Goes on behind a member that is complete.
    fn next_member(mut packed: BufReader<Watched<R>>) -> io::Result<State<R>> {
        let mut is_padding = false;
        loop {
            let waiting = packed.fill_buf()?;
            let zeros = waiting.iter().take_while(|&&byte| byte == 0).count();
            match waiting.get(zeros) {
                _ if waiting.is_empty() => return Ok(State::Ended),
                None => {
                    is_padding = true;
                    packed.consume(zeros);
                }
                Some(0x1F) if !is_padding && zeros == 0 => {
                    return Ok(State::Member(Box::new(GzDecoder::new(packed))));
                }
                Some(_) => {
                    let reason = "other bytes follow its end";
                    return Err(Watched::new(io::empty()).fault(ArchiveFormat::Gzip, &reason));
                }
            }
        }
    }
}

impl<R: Read> Read for GzipReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while let State::Member(decoder) = &mut self.state {
            match decoder.read(buffer) {
                Ok(0) => {
                    let State::Member(decoder) = std::mem::replace(&mut self.state, State::Ended) else {
                        return Ok(0);
                    };
                    self.state = Self::next_member(decoder.into_inner())?;
                }
                Ok(length) => return Ok(length),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => return Err(decoder.get_mut().get_mut().fault(ArchiveFormat::Gzip, &error)),
            }
        }
        Ok(0)
    }
}

//! Zstandard, frame after frame.

use std::fmt;
use std::io::{self, BufReader, Cursor, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::error::{ArchiveError, ArchiveFormat};
use super::watch::Watched;

/// What a frame may ask for as memory. `zstd -19` asks for 8 MiB; twice this is held while a frame is unpacked, and
/// one archive may be inside another.
const MOST_WINDOW: u64 = 64 * MEBIBYTE;

const MEBIBYTE: u64 = 1024 * 1024;

/// The content of a zstd archive: all its frames, with their checksums verified.
pub(super) struct ZstdReader<R> {
    packed: BufReader<Watched<R>>,
    decoder: FrameDecoder,
    state: State,
    /// Bytes that came out of this frame.
    given: u64,
}

#[derive(PartialEq, Eq)]
enum State {
    BetweenFrames,
    InFrame,
    Ended,
}

impl<R: Read> ZstdReader<R> {
    pub(super) fn new(packed: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MOST_WINDOW);
        let packed = BufReader::with_capacity(64 * 1024, Watched::new(packed));
        Self { packed, decoder, state: State::BetweenFrames, given: 0 }
    }

    fn fault(&mut self, reason: &dyn fmt::Display) -> io::Error {
        self.packed.get_mut().fault(ArchiveFormat::Zstd, reason)
    }

    /// Reads the header of the next frame, or finds the end.
    fn begin_frame(&mut self) -> io::Result<()> {
        let mut sign = Vec::with_capacity(4);
        if self.packed.by_ref().take(4).read_to_end(&mut sign).is_err() {
            return Err(self.fault(&"it cannot be read"));
        }
        if sign.is_empty() {
            self.state = State::Ended;
            return Ok(());
        }
        match self.decoder.reset(Cursor::new(sign).chain(&mut self.packed)) {
            Ok(()) => {
                self.state = State::InFrame;
                self.given = 0;
                Ok(())
            }
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                let length = u64::from(length);
                match io::copy(&mut self.packed.by_ref().take(length), &mut io::sink()) {
                    Ok(skipped) if skipped == length => Ok(()),
                    _ => Err(self.fault(&"a part to be skipped is not complete")),
                }
            }
            Err(FrameDecoderError::WindowSizeTooBig { requested, .. }) => {
                let needed = requested.div_ceil(MEBIBYTE);
                Err(ArchiveError::Window { needed, most: MOST_WINDOW / MEBIBYTE }.into())
            }
            Err(FrameDecoderError::DictNotProvided { .. }) => {
                let reason = "it needs a dictionary that is not in it".to_owned();
                Err(ArchiveError::Damaged { format: ArchiveFormat::Zstd, reason }.into())
            }
            Err(error) => Err(self.fault(&error)),
        }
    }

    /// Verifies what the frame says of itself.
    fn end_frame(&mut self) -> io::Result<()> {
        let declared = self.decoder.content_size();
        let is_wrong = declared != 0 && declared != self.given
            || self
                .decoder
                .get_checksum_from_data()
                .is_some_and(|sum| Some(sum) != self.decoder.get_calculated_checksum());
        if is_wrong {
            let reason = "what comes out is not what went in".to_owned();
            return Err(ArchiveError::Damaged { format: ArchiveFormat::Zstd, reason }.into());
        }
        self.state = State::BetweenFrames;
        Ok(())
    }
}

impl<R: Read> Read for ZstdReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state {
                State::Ended => return Ok(0),
                State::BetweenFrames => self.begin_frame()?,
                State::InFrame => {
                    if self.decoder.can_collect() > 0 {
                        let length = self.decoder.read(buffer)?;
                        self.given += u64::try_from(length).unwrap_or(0);
                        if length > 0 {
                            return Ok(length);
                        }
                    } else if self.decoder.is_finished() {
                        self.end_frame()?;
                    } else if let Err(error) =
                        self.decoder.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1))
                    {
                        return Err(self.fault(&error));
                    }
                }
            }
        }
    }
}

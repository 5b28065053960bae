//! A stream of records as it stands, its quotes judged as it goes by: for readers that write anew what they read, after
//! which an open quote is not to be told from a long answer.

use std::io::{self, Read};

use super::blocks::BlockReader;
use super::format::Losses;

/// The stream; a byte order mark is dropped.
pub(super) struct Judged {
    blocks: BlockReader<Box<dyn Read + Send>>,
    block: Vec<u8>,
    read: usize,
}

impl Judged {
    /// `losses` takes the cells with text behind a closing quote; those that hold rows are seen again by who reads on.
    pub(super) fn new(stream: Box<dyn Read + Send>, delimiter: u8, losses: &Losses) -> Self {
        let noted = Losses { quotes_followed: losses.quotes_followed.clone(), ..Losses::default() };
        Self { blocks: BlockReader::new(stream, delimiter).noting(&noted), block: Vec::new(), read: 0 }
    }
}

impl Read for Judged {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.block.len() {
            let Some(block) = self.blocks.next_block().map_err(io::Error::other)? else { return Ok(0) };
            self.blocks.pool().give_back(std::mem::replace(&mut self.block, block.bytes));
            self.read = 0;
        }
        let rest = &self.block[self.read..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.read += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &'static str, losses: &Losses) -> io::Result<String> {
        let mut read = String::new();
        Judged::new(Box::new(text.as_bytes()), b',', losses).read_to_string(&mut read)?;
        Ok(read)
    }

    #[test]
    fn sound_quotes_pass_and_others_are_told() {
        let losses = Losses::default();
        let text = "a,b\n\"x\ny\",\"\"\"z\"\n\"p\"q,1\n";
        assert_eq!(judged(text, &losses).unwrap(), text);
        assert_eq!(losses.quotes_followed.get(), Some((1, 4)));
        let refusal = |text| judged(text, &losses).unwrap_err().to_string();
        assert!(refusal("a,b\n1,\"x\n2,y\n").starts_with("line 2: the quote opened here is never closed"));
        assert!(refusal("a,b\n1,\"x\n2,\"y\n").starts_with("line 2: the quote opened here closes in line 3"));
    }
}

//! The bytes of an input that is not counted as it stands: an archive, a workbook, another encoding, a tool's export.
//!
//! What is counted then is text made of it, so the account of the input, its length and its hash, is taken from the
//! bytes themselves.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, Write};

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::Xxh3;

/// Length and hashes of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// How many bytes it has.
    pub bytes: u64,
    /// Its hash as `xxh3-128:` and hexadecimal digits.
    pub xxh3: String,
    /// Its hash as `sha256:` and hexadecimal digits.
    pub sha256: String,
}

impl Original {
    /// The account of a file, which is read from its start and left there.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of(file: &mut File) -> io::Result<Self> {
        file.rewind()?;
        let original = copy(file, &mut io::sink())?;
        file.rewind()?;
        Ok(original)
    }

    /// What comes once, written to a temporary file without a name, and its account.
    ///
    /// # Errors
    /// The stream cannot be read, or the file not be written.
    pub fn spooled(stream: &mut dyn Read) -> io::Result<(File, Self)> {
        let mut file = tempfile::tempfile()?;
        let original = copy(stream, &mut file)?;
        file.rewind()?;
        Ok((file, original))
    }
}

fn copy(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<Original> {
    let (mut quick, mut strong, mut bytes) = (Xxh3::new(), Sha256::new(), 0_u64);
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let part = &buffer[..read];
        quick.update(part);
        strong.update(part);
        to.write_all(part)?;
        bytes += read as u64;
    }
    let sha256 = format!("sha256:{}", Hex(&strong.finalize()));
    Ok(Original { bytes, xxh3: format!("xxh3-128:{:032x}", quick.digest128()), sha256 })
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_kept_whole_with_its_published_hashes() {
        let (mut file, original) = Original::spooled(&mut &b"abc"[..]).unwrap();
        assert_eq!(original.bytes, 3);
        // FIPS 180-4, the example of one block.
        assert_eq!(
            original.sha256,
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(original.xxh3, format!("xxh3-128:{:032x}", xxhash_rust::xxh3::xxh3_128(b"abc")));
        assert_eq!(Original::of(&mut file).unwrap(), original);
        let mut kept = String::new();
        file.read_to_string(&mut kept).unwrap();
        assert_eq!(kept, "abc");
    }
}

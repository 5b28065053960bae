//! Archives made by other hands, and by hostile ones.

use std::io::{self, Cursor, Read, Write};

use ::zip::CompressionMethod;
use ::zip::write::{SimpleFileOptions, ZipWriter};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const ANSWERS: &[u8] = b"id,overall,comment\n1,5,good\n2,3,\"so, so\"\n3,1,\n";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zstd(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (number, (name, content)) in files.iter().enumerate() {
        let method = if number % 2 == 0 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Both ways in: a file, and a pipe.
fn streams(bytes: &[u8]) -> [Stream; 2] {
    [
        Stream::Seekable(Box::new(Cursor::new(bytes.to_vec()))),
        Stream::Piped(Box::new(Cursor::new(bytes.to_vec()))),
    ]
}

fn content(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut both = streams(bytes).into_iter().map(|stream| {
        let unpacked = unpack(stream, "answers.zip").map_err(|error| error.to_string())?;
        let mut content = Vec::new();
        unpacked.stream.into_reader().read_to_end(&mut content).map_err(|error| error.to_string())?;
        Ok(content)
    });
    let (file, pipe) = (both.next().unwrap(), both.next().unwrap());
    assert_eq!(file, pipe);
    file
}

fn reasons(bytes: &[u8]) -> Vec<String> {
    let [stream, _] = streams(bytes);
    unpack(stream, "answers.csv.zip").unwrap().reasons
}

#[test]
fn archives_and_plain_files_come_whole() {
    for wrapped in [ANSWERS.to_vec(), gzip(ANSWERS), zstd(ANSWERS), zip(&[("answers.csv", ANSWERS)])] {
        assert_eq!(content(&wrapped).unwrap(), ANSWERS);
    }
    assert_eq!(content(b"").unwrap(), b"");
    assert_eq!(content(b"P").unwrap(), b"P");
    let long = b"12345,6,\"seven, eight\"\n".repeat(30_000);
    for wrapped in [gzip(&long), zstd(&long), zip(&[("a.csv", &long)]), zip(&[("d/", b""), ("a.csv", &long)])]
    {
        assert!(content(&wrapped).unwrap() == long);
    }
    assert_eq!(content(&gzip(b"")).unwrap(), b"");
    assert_eq!(content(&zip(&[("a.csv", b"")])).unwrap(), b"");
}

#[test]
fn members_frames_and_padding_follow_each_other() {
    let (first, second) = ANSWERS.split_at(20);
    assert_eq!(content(&[gzip(first), gzip(b""), gzip(second), vec![0; 1000]].concat()).unwrap(), ANSWERS);
    let skipped = b"\x50\x2A\x4D\x18\x03\0\0\0abc".to_vec();
    assert_eq!(content(&[skipped.clone(), zstd(first), skipped, zstd(second)].concat()).unwrap(), ANSWERS);
    assert_eq!(
        content(&[gzip(first), b"more".to_vec()].concat()).unwrap_err(),
        "is a gzip archive that is damaged: other bytes follow its end; get it again"
    );
    assert!(content(&[zstd(first), b"more".to_vec()].concat()).unwrap_err().contains("damaged"));
}

#[test]
fn what_is_said() {
    assert_eq!(reasons(&zip(&[("answers.csv", ANSWERS)])), ["unpacked from answers.csv.zip: `answers.csv`"]);
    assert_eq!(reasons(&gzip(ANSWERS)), ["unpacked from answers.csv.zip, a gzip archive"]);
    assert_eq!(
        reasons(&zip(&[("a.csv.gz", &gzip(ANSWERS))])),
        ["unpacked from answers.csv.zip: `a.csv.gz`", "unpacked from a.csv.gz, a gzip archive"]
    );
    assert!(reasons(ANSWERS).is_empty());
    for path in ["../../etc/answers.csv", "/etc/answers.csv", "C:\\answers.csv", "a/../../b.csv"] {
        let archive = renamed(path);
        assert_eq!(content(&archive).unwrap(), ANSWERS, "{path}");
        assert!(reasons(&archive)[0].ends_with("which is suspicious, and is not followed"), "{path}");
    }
    let [stream, _] = streams(&renamed("a\n\u{1b}[31m.csv"));
    let named = unpack(stream, "x").unwrap();
    assert_eq!(named.name.unwrap(), "a\u{FFFD}\u{FFFD}[31m.csv");
}

/// A zip with a name that the crate that writes it would not write.
fn renamed(name: &str) -> Vec<u8> {
    let plain = "x".repeat(name.len());
    let mut bytes = zip(&[(&plain, ANSWERS)]);
    while let Some(at) = memchr::memmem::find(&bytes, plain.as_bytes()) {
        bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
    }
    bytes
}

#[test]
fn file_managers_leave_things_beside() {
    let archive = zip(&[
        ("export/", b""),
        ("export/answers.csv", ANSWERS),
        ("__MACOSX/export/._answers.csv", b"\0\x05\x16\x07"),
        ("export/.DS_Store", b"Bud1"),
        ("export/Thumbs.db", b"x"),
    ]);
    assert_eq!(content(&archive).unwrap(), ANSWERS);
}

#[test]
fn several_files_are_named_and_none_is_taken() {
    assert_eq!(
        content(&zip(&[("a.csv", ANSWERS), ("b.csv", ANSWERS)])).unwrap_err(),
        "is a zip archive with 2 files (`a.csv`, `b.csv`); unpack it and name one"
    );
    let names: Vec<String> = (1..=7).map(|number| format!("{number}.csv")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), ANSWERS)).collect();
    assert_eq!(
        content(&zip(&files)).unwrap_err(),
        "is a zip archive with 7 files (`1.csv`, `2.csv`, `3.csv`, `4.csv`, `5.csv`, …); unpack it and name one"
    );
    for empty in [zip(&[]), zip(&[("folder/", b"")])] {
        assert!(content(&empty).unwrap_err().contains("without a file of answers"));
    }
}

#[test]
fn archives_may_be_two_deep() {
    let packed = zip(&[("a.csv.gz", &gzip(ANSWERS))]);
    assert_eq!(content(&packed).unwrap(), ANSWERS);
    assert_eq!(content(&gzip(&zip(&[("a.csv", ANSWERS)]))).unwrap(), ANSWERS);
    assert_eq!(content(&zstd(&gzip(ANSWERS))).unwrap(), ANSWERS);
    for deeper in [zip(&[("b.zip", &packed)]), gzip(&packed), zstd(&zstd(&zstd(ANSWERS)))] {
        assert!(content(&deeper).unwrap_err().starts_with("is an archive in an archive in a"));
    }
}

#[test]
fn workbooks_are_left_to_their_reader_by_their_content() {
    let excel = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b""),
        ("xl/workbook.xml", b"<workbook/>"),
    ]);
    let ods =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")]);
    for workbook in [&excel, &ods] {
        for wrapped in
            [workbook.clone(), gzip(workbook), gzip(&gzip(workbook)), zip(&[("answers.xlsx", workbook)])]
        {
            for stream in streams(&wrapped) {
                let unpacked = unpack(stream, "answers.csv").unwrap();
                assert!(unpacked.is_workbook);
                let Stream::Seekable(mut file) = unpacked.stream else { panic!("it must be sought in") };
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                assert_eq!(&bytes, workbook);
            }
        }
    }
    let word = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"")]);
    assert_eq!(content(&word).unwrap_err(), "is a Word document (.docx); export the answers as CSV");
}

#[test]
fn archives_of_other_kinds_are_named() {
    let tar = [b"answers.csv".to_vec(), vec![0; 246], b"ustar\x0000".to_vec(), vec![0; 248]].concat();
    for (bytes, format) in [
        (&b"BZh91AY&SY\x01\x02"[..], "a bzip2 archive"),
        (b"\xFD7zXZ\0\0", "an xz archive"),
        (b"7z\xBC\xAF\x27\x1C\0", "a 7z archive"),
        (b"Rar!\x1A\x07\x01\0", "a RAR archive"),
        (&tar, "a tar archive"),
        (&gzip(&tar), "a tar archive"),
    ] {
        assert!(content(bytes).unwrap_err().starts_with(&format!("is {format}, which is not read here")));
    }
    assert_eq!(content(b"BZh,b\n1,2\n").unwrap(), b"BZh,b\n1,2\n", "a column may be called that");
}

#[test]
fn encrypted_files_and_odd_methods_are_refused() {
    let patched = |at: usize, value: u8| {
        let mut bytes = zip(&[("a.csv", ANSWERS)]);
        let entry = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        bytes[entry + at] = value;
        content(&bytes).unwrap_err()
    };
    assert!(patched(8, 1).starts_with("is a zip archive, and `a.csv` in it is encrypted"));
    assert!(patched(10, 99).contains("is encrypted"));
    assert!(patched(10, 9).contains("is packed by method 9 (deflate64); unpack it"));
    assert!(patched(10, 14).contains("method 14 (LZMA)"));
    assert!(patched(24, 45).contains("should have 45 bytes and has more"));
    assert!(patched(24, 47).contains("damaged or forged: `a.csv` in it should have 47 bytes and has 46"));
    assert!(patched(16, 0).contains("the checksum of `a.csv` is wrong"));
    assert!(patched(42, 9).contains("is not where its list says"));
}

#[test]
fn a_cut_archive_is_never_half_a_file() {
    let text: Vec<u8> =
        (0..400_u32).flat_map(|row| format!("{row},{},x\n", row * 7919 % 11).into_bytes()).collect();
    for whole in [gzip(&text), zstd(&text), zip(&[("a.csv", &text)]), zip(&[("a.csv.gz", &gzip(&text))])] {
        for length in 4..whole.len() {
            let cut = &whole[..length];
            match content(cut) {
                Err(error) => assert!(error.contains("get it again"), "{length}: {error}"),
                // What a zip loses of a comment or a zstd of nothing is no content.
                Ok(read) => assert!(read == text, "{length} of {} bytes", whole.len()),
            }
        }
    }
}

#[test]
fn a_changed_byte_is_noticed() {
    let text: Vec<u8> =
        (0..100_u32).flat_map(|row| format!("{row},{},x\n", row * 7919 % 11).into_bytes()).collect();
    for whole in [gzip(&text), zip(&[("a.csv", &text)])] {
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x11;
            // A name, a date or the first bytes may change; the content may not.
            if let Ok(read) = content(&changed) {
                assert!(read == text || read == changed, "byte {at}");
            }
        }
    }
}

/// So many zeros.
struct Zeros(u64);

impl Read for Zeros {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = usize::try_from(self.0).unwrap_or(usize::MAX).min(buffer.len());
        buffer[..length].fill(0);
        self.0 -= u64::try_from(length).unwrap();
        Ok(length)
    }
}

#[test]
fn bombs_do_not_go_off() {
    let size = 70 * 1024 * 1024;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    io::copy(&mut Zeros(size), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file("a.csv", options.compression_level(Some(9))).unwrap();
    io::copy(&mut Zeros(size), &mut writer).unwrap();
    let zipped = writer.finish().unwrap().into_inner();
    // Each layer stays below the limit in the second of these.
    for armed in [bomb.clone(), gzip(&gzip(&vec![b'7'; 70 * 1024 * 1024])), zipped] {
        let [stream, _] = streams(&armed);
        let mut reader = unpack(stream, "a.gz").unwrap().stream.into_reader();
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
        assert!(error.to_string().starts_with("inflates to more than 1000 times its size"), "{error}");
    }
}

#[test]
fn a_list_that_claims_too_much_is_refused() {
    let mut bytes = zip(&[("a.csv", ANSWERS)]);
    let end = bytes.len() - 22;
    bytes[end + 8..end + 12].fill(0xFE);
    assert!(content(&bytes).unwrap_err().contains("its list ends after 1 files"));
    let mut bytes = zip(&[("a.csv", ANSWERS)]);
    let end = bytes.len() - 22;
    bytes[end + 12..end + 16].fill(0xEE);
    assert!(content(&bytes).unwrap_err().contains("ends too early"));
    assert!(content(b"PK\x03\x04 is how a zip begins").unwrap_err().contains("ends too early"));
}

#[test]
fn a_zip_behind_something_else_or_with_a_comment() {
    let plain = zip(&[("a.csv", ANSWERS)]);
    let mut commented = plain.clone();
    let at = commented.len() - 2;
    commented[at..].copy_from_slice(&5_u16.to_le_bytes());
    commented.extend(b"hello");
    assert_eq!(content(&commented).unwrap(), ANSWERS);
    // Its offsets count from the archive, as those of a self-unpacking one do.
    let front = [zip(&[]), plain].concat();
    assert_eq!(content(&front).unwrap(), ANSWERS);
}

#[test]
fn large_archives_have_large_fields() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a.csv", SimpleFileOptions::default().large_file(true)).unwrap();
    writer.write_all(ANSWERS).unwrap();
    assert_eq!(content(&writer.finish().unwrap().into_inner()).unwrap(), ANSWERS);
}

#[test]
fn archives_that_were_piped_have_a_large_end_with_small_numbers() {
    let mut bytes = zip(&[("a.csv", ANSWERS)]);
    let end = bytes.split_off(bytes.len() - 22);
    let large_start = u64::try_from(bytes.len()).unwrap();
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [1, 1, u64::from(end[12]), u64::from(end[16])] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(large_start.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(end);
    assert_eq!(content(&bytes).unwrap(), ANSWERS);
}

#[test]
fn a_window_that_takes_the_memory_is_refused() {
    // One frame with a window of 2 GiB.
    let error = content(b"\x28\xB5\x2F\xFD\x00\xA8\x01\x00\x00").unwrap_err();
    assert!(error.contains("needs 2048 MiB to be unpacked, and at most 64 are given"), "{error}");
}

#[test]
fn a_stream_that_fails_says_so_and_not_that_the_archive_is_broken() {
    struct Broken(Cursor<Vec<u8>>);
    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("the disk is gone")),
                length => Ok(length),
            }
        }
    }
    for whole in [gzip(ANSWERS), zstd(ANSWERS), zip(&[("a.csv", ANSWERS)])] {
        let half = whole[..whole.len() / 2].to_vec();
        let stream = Stream::Piped(Box::new(Broken(Cursor::new(half))));
        let error = unpack(stream, "a").and_then(|unpacked| {
            io::copy(&mut unpacked.stream.into_reader(), &mut io::sink()).map_err(ArchiveError::from)
        });
        assert_eq!(error.unwrap_err().to_string(), "cannot be read: the disk is gone");
    }
}

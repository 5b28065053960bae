//! Files that are cut, changed or claim what they do not hold: an error that says where, never a panic.

use std::io::Cursor;

use super::super::sample::{F8, Sample, Value};
use super::super::{SpssError, read};
use super::{sets, survey, whole};

#[test]
fn a_file_cut_anywhere_is_an_error_and_never_a_panic() {
    for compression in 0..3 {
        let bytes = Sample { compression, ..sets() }.bytes();
        for length in 0..bytes.len() {
            assert!(whole(&bytes[..length]).is_err(), "compression {compression}, cut at {length}");
        }
        let bytes = Sample { compression, claimed: Some(-1), ..sets() }.bytes();
        for length in 0..bytes.len() {
            // Without a count, a cut between two cases cannot be seen.
            if let Ok(read) = whole(&bytes[..length]) {
                assert!(
                    compression < 2 && read.rows.len() <= 4,
                    "compression {compression}, cut at {length}"
                );
            }
        }
    }
}

#[test]
fn a_byte_changed_anywhere_is_never_a_panic() {
    for compression in 0..3 {
        let bytes = Sample { compression, ..sets() }.bytes();
        for at in 0..bytes.len() {
            for wrong in [255, bytes[at].wrapping_add(1)] {
                let mut damaged = bytes.clone();
                damaged[at] = wrong;
                let _ = whole(&damaged);
            }
        }
    }
}

fn refused(bytes: &[u8]) -> String {
    whole(bytes).err().unwrap()
}

#[test]
fn what_is_no_system_file_is_named() {
    assert!(refused(b"").contains("begins with ``"));
    assert!(refused(b"PK\x03\x04rest").contains(r"begins with `PK\x03\x04`"));
    assert!(refused(b"ASCII SPSS PORT FILE  ").contains("portable file (.por)"));
    assert!(refused(b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15\0").contains("with a password"));
    assert!(refused(&[0x5b, 0xc6, 0xd3, 0xf2, 0]).contains("mainframe"));
    let error = read(Box::new(Cursor::new(b"$FL2 short".to_vec()))).err().unwrap();
    assert!(matches!(error, SpssError::Cut { offset: 10, .. }), "{error}");
}

#[test]
fn wrong_counts_are_refused_with_their_place() {
    let sample = Sample::default().number("Q1", F8).case(vec![1.0.into()]).case(vec![2.0.into()]);
    for compression in 0..3 {
        let more = Sample { compression, claimed: Some(i32::MAX), ..sample.clone() };
        assert!(refused(&more.bytes()).contains("after 2 of the 2147483647 cases"), "{compression}");
    }
    let fewer = Sample { compression: 0, claimed: Some(1), ..sample.clone() };
    assert!(refused(&fewer.bytes()).contains("more cases follow the 1 that"), "{}", refused(&fewer.bytes()));
    let many: Vec<Vec<Value>> = (0..20).map(|number| vec![f64::from(number).into()]).collect();
    for compression in [1, 2] {
        let fewer = Sample { compression, claimed: Some(3), cases: many.clone(), ..sample.clone() };
        assert!(refused(&fewer.bytes()).contains("more cases follow the 3 that"));
    }
    let mut labels = Sample::default().number("Q1", F8).values(&[(1.0, "one")]).bytes();
    let at = 176 + 32 + 4;
    labels[at..at + 4].copy_from_slice(&i32::MAX.to_le_bytes());
    assert!(refused(&labels).contains("within value labels"), "{}", refused(&labels));
    let mut extension = Sample::default().number("Q1", F8).extension(13, "Q1=a").bytes();
    let at = 176 + 32 + 8;
    extension[at..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f]);
    assert!(refused(&extension).contains("the dictionary is over the limit"), "{}", refused(&extension));
}

#[test]
fn garbage_among_the_commands_is_refused() {
    let mut bytes = Sample::default().text("NAME", 8).case(vec!["abcdefgh".into()]).bytes();
    let at = bytes.len() - 16;
    for command in [17, 255] {
        bytes[at] = command;
        assert!(refused(&bytes).contains(&format!("command byte {command}, expected a value of a string")));
    }
    bytes[at] = 252;
    assert!(refused(&bytes).contains("after 0 of the 1 cases"));
}

#[test]
fn blocks_that_are_not_what_their_list_says_are_refused() {
    let bytes = Sample { compression: 2, ..survey() }.bytes();
    let length = bytes.len();
    let mut other = bytes.clone();
    other[length - 8] ^= 1;
    assert!(refused(&other).contains("a block listed as"), "{}", refused(&other));
    let mut other = bytes.clone();
    // The last byte of the last block's checksum.
    let blocks =
        usize::try_from(i64::from_le_bytes(bytes[trailer_at(&bytes)..][..8].try_into().unwrap())).unwrap();
    other[blocks - 1] ^= 0xff;
    assert!(refused(&other).contains("expected a block of zlib"), "{}", refused(&other));
}

/// Where the header of the blocks names the list.
fn trailer_at(bytes: &[u8]) -> usize {
    let end = [&999_i32.to_le_bytes()[..], &0_i32.to_le_bytes()].concat();
    bytes.windows(8).position(|window| window == end).unwrap() + 16
}

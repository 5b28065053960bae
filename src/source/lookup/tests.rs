use std::io::Read;

use super::*;
use crate::source::head::OpenedSource;
use crate::source::input::InputName;
use crate::survey::Lookup;

fn lookup(key: &str) -> Lookup {
    Lookup {
        file: "list.csv".to_owned(),
        key: key.to_owned(),
        matched: "id".to_owned(),
        columns: None,
        ignores_leading_zeros: false,
        sheet: None,
        place: None,
    }
}

fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> InputName {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    InputName::Path(path)
}

fn list(lookup: &Lookup, text: &str) -> Result<Arc<Brought>, LookupError> {
    let folder = tempfile::tempdir().unwrap();
    let name = file(&folder, "list.csv", text.as_bytes());
    Ok(Arc::new(Brought::new(List::read(lookup, &name, &["NA".to_owned()])?)))
}

fn opened(answers: &[u8], lists: &[Arc<Brought>]) -> Result<OpenedSource, LookupError> {
    let folder = tempfile::tempdir().unwrap();
    open(&file(&folder, "answers.csv", answers), &HeadOptions::default(), lists)
}

fn joined(answers: &[u8], lists: &[Arc<Brought>]) -> String {
    let mut source = opened(answers, lists).unwrap().source;
    let mut text = String::new();
    source.reader.read_to_string(&mut text).unwrap();
    text
}

fn complaint<T>(found: Result<T, LookupError>) -> String {
    found.err().map_or_else(|| "none".to_owned(), |error| error.to_string())
}

const CUSTOMERS: &str = "id,region,note\nc1,North,\"a; \"\"b\"\"\nc\"\nc2,South,\n,East,\nc1,North,\"a; \"\"b\"\"\nc\"\nc2,West,\n";

#[test]
fn cells_stand_before_a_record_that_stays_as_it_is() {
    let list = list(&lookup("customer"), CUSTOMERS).unwrap();
    let answers = b"\xEF\xBB\xBF\ncustomer,overall\r\n\r\nc1,\"5\n\"\n\nc3\nc2,4,9\n,3\nNA,2";
    let text = joined(answers, &[Arc::clone(&list)]);
    let north = "North,\"a; \"\"b\"\" c\",";
    assert_eq!(
        text,
        format!(
            "\nregion,note,customer,overall\r\n\r\n{north}c1,\"5\n\"\n\n,,c3\nSouth,,c2,4,9\n,,,3\n,,NA,2"
        )
    );
    assert_eq!(list.matches(), Matches { matched: 2, unmatched: 1, blank: 2, without_zeros: 0 });
    let account = list.list.account();
    assert_eq!((account.rows, account.keys, account.blank_keys), (5, 2, 1));
    assert_eq!((account.repeated, account.conflicting), (1, 1));
}

#[test]
fn the_account_of_the_answers_is_that_of_their_own_bytes() {
    let list = list(&lookup("id"), "id,region\n1,North\n").unwrap();
    let opened = opened(b"id,q\n1,2\n", &[list]).unwrap();
    assert_eq!(opened.source.header, ["region", "id", "q"]);
    assert_eq!(opened.source.brought, 1);
    assert_eq!(opened.profile.columns[0].values, [("North".to_owned(), 1)]);
    let original = opened.source.original.unwrap();
    assert_eq!(original.bytes, 9);
    assert_eq!(original.xxh3, format!("xxh3-128:{:032x}", xxhash_rust::xxh3::xxh3_128(b"id,q\n1,2\n")));
}

#[test]
fn a_list_can_go_by_what_another_has_brought() {
    let customers = list(&lookup("customer"), "id,account\nc1,a1\nc2,a9\n").unwrap();
    let accounts = list(&lookup("account"), "id;tier\na1;gold\n").unwrap();
    assert_eq!(
        joined(b"q\tcustomer\n1\tc1\n2\tc2\n3\tc3\n", &[customers, Arc::clone(&accounts)]),
        "account\ttier\tq\tcustomer\na1\tgold\t1\tc1\na9\t\t2\tc2\n\t\t3\tc3\n"
    );
    assert_eq!(accounts.matches(), Matches { matched: 1, unmatched: 1, blank: 1, without_zeros: 0 });
}

#[test]
fn columns_are_chosen_and_renamed() {
    let mut lookup = lookup("id");
    lookup.columns = Some([("area".to_owned(), "region".to_owned())].into_iter().collect());
    let list = list(&lookup, "id,region,note\n1,North,x\n").unwrap();
    assert_eq!(joined(b"id,region\n1,2\n", &[list]), "area,id,region\nNorth,1,2\n");
}

#[test]
fn a_long_file_comes_whole() {
    let list = list(&lookup("id"), "id,region\n7,North\n").unwrap();
    let answers = format!("id,q\n{}", "7,5\n8,\"x\ny\"\n".repeat(60_000));
    let expected = format!("region,id,q\n{}", "North,7,5\n,8,\"x\ny\"\n".repeat(60_000));
    assert!(joined(answers.as_bytes(), &[Arc::clone(&list)]) == expected);
    assert_eq!((list.matches().matched, list.matches().unmatched), (60_000, 60_000));
}

#[test]
fn lists_that_cannot_be_used_are_refused() {
    let read = |text: &str| complaint(list(&lookup("id"), text));
    assert!(read("").contains("is empty"));
    assert!(read("id,region\n").contains("a header and no rows"));
    assert!(read("id\n1\n").contains("no column besides the key"));
    assert!(read("ID,region\n1,North\n").contains("no column `id`, which `match` names"));
    assert!(read("id,id,region\n1,2,North\n").contains("`id` stands twice"));
    assert!(read("id,a,a\n1,2,3\n").contains("`a` stands twice"));
    assert!(read("id,a\n1,\"2\n").contains("never closed"));
    let mut lookup = lookup("id");
    lookup.columns = Some([("a".to_owned(), "b".to_owned())].into_iter().collect());
    assert!(complaint(list(&lookup, "id,a\n1,2\n")).contains("no column `b`, which `columns` names"));
}

#[test]
fn names_that_are_there_already_are_refused() {
    let list = || list(&lookup("id"), "id,region\n1,North\n").unwrap();
    assert!(complaint(opened(b"id,region\n1,2\n", &[list()])).contains("has one of that name"));
    assert!(complaint(opened(b"id,q\n1,2\n", &[list(), list()])).contains("so does a list before"));
    assert!(complaint(opened(b"id,id\n1,2\n", &[list()])).contains("stands twice"));
}

#[test]
fn a_header_alone_or_without_the_key_is_let_be() {
    let list = list(&lookup("id"), "id,region\n1,North\n").unwrap();
    assert_eq!(joined(b"id,q", &[Arc::clone(&list)]), "region,id,q");
    assert_eq!(joined(b"q\n4\n", &[list]), "region,q\n,4\n");
}

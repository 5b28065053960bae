//! What may be personal, though nothing proves it: stricter than what is taken for personal everywhere else.
//!
//! A copy that is given away with too little in it is better than one with a name. What is meant for answers is looked
//! at here too, but for scores: who the copy is for can say `personal_not` where this errs.

use super::people::{asks_where_one_lives, of_people};
use super::values::{are_groups, is_handle, is_nearly_unique, is_place_pair, is_postal_address, share};
use super::{PersonalBasis, PersonalKind, personal_kind};
use crate::survey::ColumnProfile;

/// How much of the filled cells must have the look, in percent.
const HALF: u64 = 50;

/// What personal data a column may hold, and what hints at it.
pub fn likely_personal(column: &ColumnProfile) -> Option<(PersonalKind, PersonalBasis)> {
    if let Some(known) = personal_kind(column) {
        return Some(known);
    }
    let half = |test: fn(&str) -> bool| !column.values.is_empty() && share(column, test) >= HALF;
    let by_values = [
        (PersonalKind::Address, is_postal_address as fn(&str) -> bool),
        (PersonalKind::Coordinates, is_place_pair),
        (PersonalKind::Account, is_handle),
    ];
    if let Some((kind, _)) = by_values.into_iter().find(|(_, test)| half(*test)) {
        return Some((kind, PersonalBasis::Values));
    }
    if asks_where_one_lives(&column.name) && !are_groups(column) && !half(is_number) {
        return Some((PersonalKind::Address, PersonalBasis::Header));
    }
    let people = of_people(&column.name)?;
    if half(is_name) && !are_groups(column) {
        return Some((PersonalKind::Name, PersonalBasis::Header));
    }
    // A group of customers is a group; a score is few numbers.
    let is_own = column.values.is_empty() || is_nearly_unique(column);
    let is_id = people.is_numbered || (people.is_bare && is_own);
    (is_id && !are_groups(column)).then_some((PersonalKind::FreeId, PersonalBasis::Header))
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

/// Two to four words that begin with a capital, or without capitals in writings that have none; figures behind a name
/// are part of it.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).collect();
    let is_part = |word: &&str| {
        word.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
            && word.chars().all(|letter| letter.is_alphanumeric() || "-.'’".contains(letter))
    };
    (2..=4).contains(&words.len()) && words.iter().filter(|word| is_part(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, values: &[&str]) -> Option<PersonalKind> {
        let column = ColumnProfile {
            name: name.to_owned(),
            values: values.iter().map(|text| ((*text).to_owned(), 1)).collect(),
            filled: values.len() as u64,
            ..ColumnProfile::default()
        };
        likely_personal(&column).map(|(kind, _)| kind)
    }

    #[test]
    fn what_may_tell_a_person_is_found() {
        use PersonalKind::{Account, Address, Contact, Coordinates, FreeId, Name};
        let numbers = &["7000", "7001", "7002", "7003", "7004"][..];
        let people = &["Klaus Meier0", "Klaus Meier1", "Ann Smith2", "Bo Lee", "Jean Dupont"][..];
        for (name, values, expected) in [
            ("N° client", numbers, FreeId),
            ("Kunden-Nr.", numbers, FreeId),
            ("numer klienta", numbers, FreeId),
            ("Client", people, Name),
            ("Kunde", people, Name),
            ("Klant", people, Name),
            ("Ansprechpartner", people, Name),
            ("Who served you?", people, Name),
            ("顧客", people, Name),
            ("Kunde", &["ACME", "Beta", "Ceta", "Delta", "Epsi"], FreeId),
            ("rid", &["R0", "R1", "R2", "R3", "R4"], FreeId),
            ("Instagram", &["@anna_0", "@bo", "@cy"], Account),
            ("LinkedIn", &["linkedin.com/in/anna0", "https://www.linkedin.com/in/bo"], Account),
            ("profile", &["linkedin.com/in/anna0", "https://www.linkedin.com/in/bo"], Account),
            ("Where", &["52.5,13.40", "52.501,13.41"], Coordinates),
            ("Where do you live?", &["Geheimstr. 0, 10000 Berlin", "Am Markt 3, 20095 Hamburg"], Address),
            ("Wo wohnen Sie?", &["Berlin", "Köln-Ehrenfeld", "Bonn", "Ulm", "Hof"], Address),
            ("q7", &["12 High Street, London SW1A 1AA", "3 rue de la Paix, 75002 Paris"], Address),
            ("Contact", &["+49 170 5551200", "a@b.org", "c@d.org", "+49 170 5551201"], Contact),
        ] {
            assert_eq!(kind(name, values), Some(expected), "{name} {values:?}");
        }
    }

    #[test]
    fn answers_and_groups_may_not() {
        let groups: Vec<&str> = ["private", "business"].repeat(10);
        let column = ColumnProfile {
            name: "customer".to_owned(),
            values: vec![("private".to_owned(), 10), ("business".to_owned(), 10)],
            filled: groups.len() as u64,
            ..ColumnProfile::default()
        };
        assert_eq!(likely_personal(&column), None);
        for (name, values) in [
            ("customer type", &["new", "old", "former", "lost", "none"][..]),
            ("Where do you live?", &["1", "2", "3", "1", "2"]),
            ("overall", &["5", "4", "3", "2", "1"]),
            ("region", &["North West", "South East"]),
            ("rating pair", &["4.5, 3.5", "4.0, 2.5"]),
            ("comment", &["The staff at 3 Main Street were kind", "fine", "good", "bad"]),
        ] {
            assert_eq!(kind(name, values), None, "{name}");
        }
    }
}

//! Personal data: which columns hold it, by declaration, by what the file says, by header and by value.
//!
//! A column is taken as personal where the look of its values says so (addresses of e-mail, telephone numbers, cards
//! with a right check digit), or where its header names such a thing in one of twelve languages and its values do not
//! speak against it. Names of people are known by header alone: no list of names is kept. What stands inside a comment
//! is found by [`mask()`], which knows numbers and addresses and no names.

mod births;
mod checks;
mod header;
mod likely;
mod mails;
mod mask;
mod people;
mod shown;
mod values;

use super::{ColumnProfile, Data, Metadata, Profile, Role};

pub(super) use births::births;
pub use likely::likely_personal;
pub use mask::{Masked, mask};
pub(super) use shown::shown_people;
pub use values::is_date as is_written_date;

/// What kind of personal data a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// The name of a person.
    Name,
    /// An address of e-mail.
    Email,
    /// A telephone number.
    Phone,
    /// A postal address.
    Address,
    /// A postal code.
    Postcode,
    /// A date or year of birth.
    BirthDate,
    /// An internet address.
    Ip,
    /// A place on the map.
    Coordinates,
    /// The number of a payment card.
    Card,
    /// The number of a bank account.
    Iban,
    /// A name or page in a social network.
    Account,
    /// E-mail addresses and telephone numbers, mixed.
    Contact,
    /// Another number of a person: a passport, a customer, a member.
    FreeId,
    /// Declared or said to be personal, of no kind that is known.
    Other,
}

impl PersonalKind {
    /// The kind in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "names",
            Self::Email => "e-mail addresses",
            Self::Phone => "phone numbers",
            Self::Address => "postal addresses",
            Self::Postcode => "postal codes",
            Self::BirthDate => "dates of birth",
            Self::Ip => "IP addresses",
            Self::Coordinates => "coordinates",
            Self::Card => "card numbers",
            Self::Iban => "bank accounts",
            Self::Account => "social media accounts",
            Self::Contact => "mixed contact data",
            Self::FreeId => "ids of people",
            Self::Other => "personal data",
        }
    }

    /// What stands in place of a value in a message.
    pub const fn instead(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::Address => "a postal address",
            Self::Postcode => "a postal code",
            Self::BirthDate => "a date of birth",
            Self::Ip => "an IP address",
            Self::Coordinates => "a place on the map",
            Self::Card => "a card number",
            Self::Iban => "a bank account",
            Self::Account => "a social media account",
            Self::Contact => "an e-mail address or phone number",
            Self::FreeId => "an id of a person",
            Self::Other => "personal data",
        }
    }
}

/// What shows that a column is personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalBasis {
    /// `personal` under `[data]`.
    Declared,
    /// The survey tool's own column for it.
    File,
    /// Its header.
    Header,
    /// Its values.
    Values,
}

impl PersonalBasis {
    /// The basis in words, behind "by".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declared => "the definition",
            Self::File => "the survey tool's layout",
            Self::Header => "its header",
            Self::Values => "its values",
        }
    }
}

/// A column that holds personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalColumn {
    /// The column.
    pub column: String,
    /// What it holds.
    pub kind: PersonalKind,
    /// What shows it.
    pub basis: PersonalBasis,
}

/// The personal columns of a file in its order; `data` declares columns that are, and columns that are not.
pub fn personal_columns(profile: &Profile, data: &Data) -> Vec<PersonalColumn> {
    let named = |list: &[String], column: &ColumnProfile| list.contains(&column.name);
    let is_date = |column: &ColumnProfile| data.date.as_ref().is_some_and(|date| date.column == column.name);
    let births = births(profile);
    let found = profile.columns.iter().enumerate().filter(|(_, column)| !named(&data.personal_not, column));
    found
        .filter_map(|(at, column)| {
            let is_birth = births.contains(&at) && !is_date(column);
            let birth = is_birth.then_some((PersonalKind::BirthDate, PersonalBasis::Values));
            let seen = personal_kind(column).or(birth);
            let (kind, basis) = if named(&data.personal, column) {
                (seen.map_or(PersonalKind::Other, |(kind, _)| kind), PersonalBasis::Declared)
            } else {
                seen?
            };
            Some(PersonalColumn { column: column.name.clone(), kind, basis })
        })
        .collect()
}

/// What personal data a column holds, and what shows it; none where nothing does.
pub fn personal_kind(column: &ColumnProfile) -> Option<(PersonalKind, PersonalBasis)> {
    let by_header = header::kind(&column.name)
        .filter(|kind| values::may_be(*kind, column))
        .or_else(|| header::short_kind(&column.name).filter(|kind| values::must_be(*kind, column)));
    match &column.facts.role {
        Role::Metadata(Metadata::Personal) => {
            let kind = by_header.or_else(|| values::kind(column)).unwrap_or(PersonalKind::Other);
            return Some((kind, PersonalBasis::File));
        }
        Role::Metadata(Metadata::Respondent) => return Some((PersonalKind::FreeId, PersonalBasis::File)),
        // The rest of what a tool writes about the interview is known.
        Role::Metadata(Metadata::Technical) | Role::Unknown | Role::OpenText => {}
        Role::Metadata(_) | Role::Multiple { .. } => return None,
    }
    // The look of numbers is a weaker sign than a header that names something else.
    let is_weak = |kind: &PersonalKind| matches!(kind, PersonalKind::Phone | PersonalKind::FreeId);
    // The numbers of a version look like those of networks and telephones.
    let is_number =
        |kind: &PersonalKind| matches!(kind, PersonalKind::Ip | PersonalKind::Phone | PersonalKind::Contact);
    let by_values = values::kind(column)
        .filter(|kind| by_header.is_none() || !is_weak(kind))
        .filter(|kind| !is_number(kind) || !header::names_a_version(&column.name));
    match by_values {
        Some(kind) => Some((kind, PersonalBasis::Values)),
        None => by_header.map(|kind| (kind, PersonalBasis::Header)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::ColumnFacts;

    fn column(name: &str, values: &[&str]) -> ColumnProfile {
        ColumnProfile {
            name: name.to_owned(),
            values: values.iter().map(|text| ((*text).to_owned(), 1)).collect(),
            filled: values.len() as u64,
            ..ColumnProfile::default()
        }
    }

    fn kind(name: &str, values: &[&str]) -> Option<PersonalKind> {
        personal_kind(&column(name, values)).map(|(kind, _)| kind)
    }

    #[test]
    fn headers_in_twelve_languages_name_personal_data() {
        use PersonalKind::{Address, BirthDate, Coordinates, Email, Ip, Name, Phone, Postcode};
        for (name, expected) in [
            ("E-Mail-Adresse", Email),
            ("RecipientEmail", Email),
            ("courriel", Email),
            ("電子メール", Email),
            ("이메일", Email),
            ("IP-Adresse", Ip),
            ("IPAddress", Ip),
            ("Telefonnummer", Phone),
            ("número de teléfono", Phone),
            ("手机", Phone),
            ("RecipientLastName", Name),
            ("Vorname", Name),
            ("Prénom", Name),
            ("Imię", Name),
            ("氏名", Name),
            ("PLZ", Postcode),
            ("code postal", Postcode),
            ("Geburtsdatum", BirthDate),
            ("Födelsedatum", BirthDate),
            ("birth_year", BirthDate),
            ("Straße", Address),
            ("indirizzo", Address),
            ("endereço", Address),
            ("adres", Address),
            ("LocationLatitude", Coordinates),
            ("Geb.", BirthDate),
            ("Geb.-Datum", BirthDate),
            ("fecha nac.", BirthDate),
            ("Data ur.", BirthDate),
            ("Date naiss.", BirthDate),
            ("생일", BirthDate),
            ("Cod. post.", Postcode),
            ("C.P.", Postcode),
            ("Kod poczt.", Postcode),
            ("Mob.", Phone),
        ] {
            assert_eq!(kind(name, &[]), Some(expected), "{name}");
        }
    }

    #[test]
    fn questions_and_groups_are_not_personal() {
        for (name, values) in [
            ("How satisfied are you with our phone service?", &["5", "4", "3"][..]),
            ("product name", &["Basic", "Plus"]),
            ("nom du produit", &["Basic", "Plus"]),
            ("branch", &["North", "South"]),
            ("phone", &["5", "4", "3", "2", "1"]),
            ("email", &["yes", "no"]),
            ("preferred contact: phone or email", &["phone", "email"]),
            ("overall", &["1", "2", "5"]),
            ("submitted_at", &["2026-07-01 09:05:07", "2026-07-02 10:05:07"]),
            ("visit", &["01.07.2026", "12.07.2026"]),
            ("Browser Version", &["92.0.4515.115", "91.0.4472.124", "14.1.2"]),
            ("app version", &["10.0.19.42", "10.1.0.7"]),
            ("q7", &["92.0.4515.115", "91.0.4472.124", "10.0.19.42"]),
            ("cap", &["1", "2", "3"]),
            ("CP", &["0.5", "12.5"]),
            ("kod", &["North", "South"]),
            ("spend", &["1234567.50", "2345678.10"]),
            ("comment", &["call me at 030 1234567 please", "a@b.org is mine"]),
        ] {
            assert_eq!(kind(name, values), None, "{name}");
        }
    }

    #[test]
    fn short_headers_need_the_look_of_their_kind() {
        for (name, values) in [
            ("CP", &["75001", "75002"][..]),
            ("C.P. client", &["28001", "28002"]),
            ("cap", &["20100", "00118"]),
            ("kod", &["00-950", "31-000"]),
            ("PC", &["1012 AB", "3511 CD"]),
        ] {
            assert_eq!(kind(name, values), Some(PersonalKind::Postcode), "{name}");
        }
    }

    #[test]
    fn long_texts_are_not_read_for_the_look_of_a_number() {
        let long = "1 ".repeat(4_000_000);
        let column = column("q1", &[&long]);
        for _ in 0..20 {
            assert_eq!(personal_kind(&column), None);
        }
    }

    #[test]
    fn values_show_what_headers_do_not() {
        use PersonalKind::{Card, Coordinates, Email, FreeId, Iban, Ip, Phone};
        for (values, expected) in [
            (&["a@b.org", "c.d@e.co.uk", "x+y@z.de"][..], Email),
            (&["+49 30 1234567", "030/1234567", "(555) 123-4567"], Phone),
            (&["192.168.1.20", "2001:db8::1", "10.0.0.1"], Ip),
            (&["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009"], Card),
            (&["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"], Iban),
            (&["52.5200, 13.4050", "48.8566,2.3522"], Coordinates),
            (&["123e4567-e89b-12d3-a456-426614174000"], FreeId),
        ] {
            assert_eq!(kind("q1", values), Some(expected), "{values:?}");
        }
    }

    #[test]
    fn declarations_go_first() {
        let columns = vec![column("code name", &["Fox", "Owl"]), column("vorname", &["Ada", "Bo"])];
        let profile = Profile { columns, ..Profile::default() };
        let mut data = Data::default();
        assert_eq!(personal_columns(&profile, &data).len(), 1);
        data.personal = vec!["code name".to_owned()];
        data.personal_not = vec!["vorname".to_owned()];
        let found = personal_columns(&profile, &data);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].basis), (PersonalKind::Other, PersonalBasis::Declared));
    }

    #[test]
    fn a_tools_own_columns_are_personal_when_empty_too() {
        let facts = ColumnFacts { role: Role::Metadata(Metadata::Personal), ..ColumnFacts::default() };
        let found = personal_kind(&ColumnProfile { name: "Collector".into(), facts, ..column("", &[]) });
        assert_eq!(found, Some((PersonalKind::Other, PersonalBasis::File)));
    }
}

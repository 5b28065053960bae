//! The words of headers that may name a person: who is a client, a contact, a guest; en, de, fr, es, it, pt, nl, sv, pl,
//! ja, ko, zh.

use super::header::plain;
use crate::survey::inference::tokens;

/// Words for those who may be named in a column, without accents.
const PEOPLE: &[&str] = &[
    "client",
    "clients",
    "customer",
    "customers",
    "contact",
    "contacts",
    "person",
    "guest",
    "patient",
    "member",
    "buyer",
    "recipient",
    "respondent",
    "participant",
    "employee",
    "agent",
    "advisor",
    "kunde",
    "kunden",
    "kundin",
    "kd",
    "kontakt",
    "kontaktperson",
    "ansprechpartner",
    "ansprechpartnerin",
    "auftraggeber",
    "gast",
    "mitglied",
    "mitarbeiter",
    "teilnehmer",
    "berater",
    "cliente",
    "clientes",
    "clienta",
    "contacto",
    "persona",
    "huesped",
    "paciente",
    "contatto",
    "ospite",
    "contato",
    "pessoa",
    "klant",
    "contactpersoon",
    "persoon",
    "kund",
    "kunder",
    "klient",
    "klienci",
    "klienta",
    "osoba",
    "acheteur",
    "interlocuteur",
    "personne",
    "invite",
    "adherent",
];
/// The same where words are written without spaces.
const PEOPLE_ANYWHERE: &[&str] =
    &["顧客", "担当者", "お客様", "客户", "客戶", "联系人", "聯絡人", "고객", "담당자"];
/// Words for a number.
const NUMBERS: &[&str] = &[
    "n",
    "no",
    "nr",
    "nº",
    "num",
    "number",
    "numer",
    "nummer",
    "numero",
    "id",
    "ids",
    "code",
    "kod",
    "codigo",
    "codice",
    "ref",
    "reference",
    "key",
];
/// Words that say nothing.
const FILLERS: &[&str] = &[
    "your", "the", "our", "of", "de", "du", "del", "della", "do", "da", "le", "la", "el", "il", "o", "van",
    "der", "die",
];
/// Ids by another name.
const IDS: &[&str] = &[
    "rid",
    "uid",
    "pid",
    "cid",
    "sid",
    "guid",
    "uuid",
    "hash",
    "kundennummer",
    "kdnr",
    "klantnummer",
    "kundnummer",
    "clientid",
    "custid",
    "contactid",
    "memberid",
];
/// Words that ask for a person.
const WHO: &[&str] = &["who", "wer", "quien", "qui", "chi", "quem", "vem", "kto"];
/// Questions for where one lives.
const LIVES: &[&str] = &[
    "where do you live",
    "where you live",
    "place of residence",
    "residence",
    "home town",
    "hometown",
    "wo wohnen",
    "wo wohnst",
    "wohnort",
    "wohnadresse",
    "wohnhaft",
    "ou habitez",
    "lieu de residence",
    "domicile",
    "donde vive",
    "donde vives",
    "domicilio",
    "dove abita",
    "dove vivi",
    "residenza",
    "onde mora",
    "onde vive",
    "residencia",
    "waar woont",
    "woonplaats",
    "woonadres",
    "var bor",
    "bostadsort",
    "hemadress",
    "gdzie mieszka",
    "gdzie pan mieszka",
    "gdzie pani mieszka",
    "miejsce zamieszkania",
];
const LIVES_ANYWHERE: &[&str] = &["お住まい", "居住地", "住在", "居住", "거주", "어디에 사"];
/// A header with more words asks for something else as well.
const MOST: usize = 8;

/// What a header says of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OfPeople {
    /// It names their number.
    pub(super) is_numbered: bool,
    /// It names them and nothing else.
    pub(super) is_bare: bool,
}

/// Whether a header is about people alone, or asks who somebody was.
pub(super) fn of_people(name: &str) -> Option<OfPeople> {
    let tokens = tokens(&plain(name));
    let is = |list: &[&str], token: &String| list.contains(&token.as_str());
    if tokens.is_empty() || tokens.len() > MOST {
        return None;
    }
    let anywhere = PEOPLE_ANYWHERE.iter().any(|word| name.contains(word));
    let numbered = name.contains(['°', '#', '№']) || tokens.iter().any(|token| is(NUMBERS, token));
    if tokens.iter().any(|token| is(IDS, token)) && tokens.len() <= 2 {
        return Some(OfPeople { is_numbered: true, is_bare: false });
    }
    let alone = tokens.iter().all(|token| is(PEOPLE, token) || is(NUMBERS, token) || is(FILLERS, token));
    if anywhere && tokens.len() <= 2 || alone && tokens.iter().any(|token| is(PEOPLE, token)) {
        let is_numbered = numbered || ["番号", "编号", "編號", "번호"].iter().any(|word| name.contains(word));
        return Some(OfPeople { is_numbered, is_bare: true });
    }
    tokens
        .first()
        .is_some_and(|first| is(WHO, first))
        .then_some(OfPeople { is_numbered: false, is_bare: false })
}

/// Whether a header asks where somebody lives.
pub(super) fn asks_where_one_lives(name: &str) -> bool {
    let padded = format!(" {} ", tokens(&plain(name)).join(" "));
    LIVES.iter().any(|words| padded.contains(&format!(" {words} ")))
        || LIVES_ANYWHERE.iter().any(|word| name.contains(word))
}

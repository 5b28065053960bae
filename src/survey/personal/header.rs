//! The words of headers that name personal data: en, de, fr, es, it, pt, nl, sv, pl, ja, ko, zh.
//!
//! A word counts as a whole, or several in a row; in Japanese, Korean and Chinese anywhere in the header. A header that
//! is a long sentence is a question, and says nothing here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::PersonalKind;
use crate::survey::inference::tokens;

/// A header with more words is a question.
const LONGEST: usize = 6;

/// Words without accents, by kind; what is more special stands first (`ip address` before `address`).
const WORDS: &[(PersonalKind, &[&str])] = &[
    (
        PersonalKind::Ip,
        &[
            "ip",
            "ipaddress",
            "ip address",
            "ipaddr",
            "ip adresse",
            "adresse ip",
            "direccion ip",
            "indirizzo ip",
            "endereco ip",
            "ip adres",
            "adres ip",
            "ip adress",
        ],
    ),
    (
        PersonalKind::Email,
        &[
            "email",
            "emails",
            "mail",
            "e mail",
            "emailaddress",
            "mailadresse",
            "emailadresse",
            "courriel",
            "correo electronico",
            "correo",
            "posta elettronica",
            "epost",
            "e post",
            "epostadress",
            "mailadres",
            "emailadres",
            "mejl",
        ],
    ),
    (
        PersonalKind::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "telefon",
            "tel",
            "fax",
            "mobile phone",
            "mobile number",
            "cell phone",
            "cellphone",
            "whatsapp",
            "telefonnummer",
            "telefonnr",
            "handynummer",
            "handy",
            "mobilnummer",
            "mobiltelefon",
            "rufnummer",
            "telefono",
            "movil",
            "celular",
            "cellulare",
            "telefone",
            "telemovel",
            "telefoon",
            "telefoonnummer",
            "telefonu",
            "komorkowy",
            "telef",
            "telf",
            "tlf",
            "mob",
            "mobile",
            "mobil",
            "movil",
            "telnr",
            "rufnr",
            "handynr",
            "natel",
            "gsm",
            "portable",
            "cel",
            "ph no",
        ],
    ),
    (
        PersonalKind::Postcode,
        &[
            "zip",
            "zipcode",
            "zip code",
            "postcode",
            "post code",
            "postal code",
            "postalcode",
            "postal",
            "plz",
            "postleitzahl",
            "code postal",
            "codigo postal",
            "codice postale",
            "cep",
            "postnummer",
            "kod pocztowy",
            "kod poczt",
            "postlz",
            "leitzahl",
            "code post",
            "cod postal",
            "cod post",
            "cod pos",
            "codpostal",
            "codigopostal",
            "cpostal",
            "codice avviamento",
            "postcod",
            "postnr",
            "post nr",
            "pcode",
            "pincode",
            "pin code",
            "eircode",
        ],
    ),
    (
        PersonalKind::BirthDate,
        &[
            "birthdate",
            "birth date",
            "birthday",
            "date of birth",
            "dateofbirth",
            "dob",
            "birth year",
            "birthyear",
            "year of birth",
            "yearofbirth",
            "geburtsdatum",
            "geburtstag",
            "geburtsjahr",
            "naissance",
            "nacimiento",
            "nascita",
            "nascimento",
            "geboortedatum",
            "geboortejaar",
            "fodelsedatum",
            "fodelsedag",
            "fodelsear",
            "urodzenia",
            "born",
            "birth",
            "birth dt",
            "bday",
            "b day",
            "d o b",
            "yob",
            "geb",
            "geb dat",
            "gebdat",
            "gebdatum",
            "gebtag",
            "gebjahr",
            "geboren",
            "geburt",
            "jahrgang",
            "date naiss",
            "naiss",
            "datenaissance",
            "ddn",
            "ne le",
            "nee le",
            "ne e le",
            "fecha nac",
            "fec nac",
            "f nac",
            "fechanacimiento",
            "nacido",
            "nacida",
            "data nasc",
            "nasc",
            "datanascita",
            "datanascimento",
            "nato il",
            "nata il",
            "dt nasc",
            "dtnasc",
            "nascido",
            "nascida",
            "geboorte",
            "fodd",
            "fod dat",
            "fodelse",
            "data ur",
            "rok ur",
            "dat ur",
            "urodz",
            "urodzony",
            "urodzona",
        ],
    ),
    (
        PersonalKind::Coordinates,
        &[
            "latitude",
            "longitude",
            "lat",
            "lon",
            "lng",
            "gps",
            "coordinates",
            "breitengrad",
            "langengrad",
            "koordinaten",
            "coordonnees",
            "latitud",
            "longitud",
            "coordenadas",
            "latitudine",
            "longitudine",
            "coordinate",
            "breedtegraad",
            "lengtegraad",
        ],
    ),
    (
        PersonalKind::Card,
        &[
            "card number",
            "cardnumber",
            "credit card",
            "creditcard",
            "kreditkarte",
            "kreditkartennummer",
            "kartennummer",
            "carte bancaire",
            "carte de credit",
            "tarjeta",
            "carta di credito",
            "cartao",
            "kortnummer",
            "numer karty",
        ],
    ),
    (
        PersonalKind::Iban,
        &[
            "iban",
            "account number",
            "bank account",
            "kontonummer",
            "numero de compte",
            "cuenta bancaria",
            "conto corrente",
            "conta bancaria",
            "rekeningnummer",
            "numer konta",
        ],
    ),
    (
        PersonalKind::FreeId,
        &[
            "ssn",
            "social security",
            "passport",
            "passnummer",
            "ausweis",
            "ausweisnummer",
            "personalausweis",
            "steuernummer",
            "tax id",
            "national id",
            "dni",
            "nif",
            "nie",
            "cpf",
            "codice fiscale",
            "bsn",
            "personnummer",
            "pesel",
            "license plate",
            "licence plate",
            "kennzeichen",
            "member id",
            "member number",
            "membership number",
            "mitgliedsnummer",
            "kundennummer",
            "kundennr",
            "customer number",
            "customer id",
            "customerid",
            "client id",
            "user id",
            "userid",
            "username",
            "user name",
            "login",
            "token",
            "password",
            "account id",
            "policy number",
            "employee id",
            "employee number",
            "personalnummer",
            "patient id",
            "student id",
            "device id",
            "imei",
            "zugangsschlussel",
        ],
    ),
    (
        PersonalKind::Account,
        &[
            "instagram",
            "linkedin",
            "linked in",
            "facebook",
            "twitter",
            "xing",
            "tiktok",
            "snapchat",
            "telegram",
            "skype",
            "discord",
            "wechat",
            "weibo",
            "mastodon",
            "bluesky",
            "threads",
            "handle",
            "social media",
        ],
    ),
    (
        PersonalKind::Address,
        &[
            "address",
            "adresse",
            "street",
            "strasse",
            "hausnummer",
            "anschrift",
            "rue",
            "direccion",
            "calle",
            "indirizzo",
            "endereco",
            "morada",
            "adres",
            "straat",
            "adress",
            "gatuadress",
            "ulica",
            "addr",
            "adr",
            "anschr",
            "hausnr",
            "domicilio",
            "direcc",
        ],
    ),
    (
        PersonalKind::Name,
        &[
            "firstname",
            "first name",
            "lastname",
            "last name",
            "surname",
            "fullname",
            "full name",
            "given name",
            "family name",
            "middle name",
            "forename",
            "your name",
            "vorname",
            "nachname",
            "familienname",
            "prenom",
            "nom de famille",
            "nom complet",
            "votre nom",
            "nombre completo",
            "nombre y apellidos",
            "su nombre",
            "apellido",
            "apellidos",
            "cognome",
            "nome e cognome",
            "sobrenome",
            "nome completo",
            "voornaam",
            "achternaam",
            "fornamn",
            "efternamn",
            "imie",
            "nazwisko",
            "fname",
            "lname",
            "f name",
            "l name",
            "vname",
            "nname",
            "vorn",
            "nachn",
            "zuname",
            "rufname",
            "maiden name",
            "geburtsname",
        ],
    ),
];

/// Short forms that name a kind only alone, where the values have its look.
const SHORT: &[(PersonalKind, &[&str])] = &[
    (PersonalKind::Postcode, &["cp", "c p", "cap", "c a p", "kod", "pc", "np", "pin"]),
    (PersonalKind::BirthDate, &["ur", "nac", "dn"]),
];

/// Words of headers over versions of programs, whose numbers look like those of networks and telephones.
const VERSIONS: &[&str] = &[
    "version", "versions", "versie", "versione", "versao", "wersja", "build", "firmware", "release",
    "browser", "driver", "sdk",
];
const VERSIONS_ANYWHERE: &[&str] = &["バージョン", "版本", "버전"];

/// Words that name a person only alone, or beside a word for a person.
const NAME: &[&str] = &["name", "names", "nom", "nombre", "nome", "naam", "namn"];

/// Words for a person, beside which a name is a person's.
const PEOPLE: &[&str] = &[
    "customer",
    "user",
    "contact",
    "recipient",
    "respondent",
    "guest",
    "client",
    "patient",
    "member",
    "employee",
    "person",
    "kunde",
    "kunden",
    "kontakt",
    "cliente",
    "contacto",
    "klant",
    "kund",
];

/// What is written without spaces between words.
const ANYWHERE: &[(PersonalKind, &[&str])] = &[
    (PersonalKind::Ip, &["IPアドレス", "IP地址", "IP 주소", "IP주소"]),
    (
        PersonalKind::Email,
        &["メール", "이메일", "메일", "邮箱", "郵箱", "邮件", "郵件", "电子邮件", "電子郵件"],
    ),
    (PersonalKind::Phone, &["電話", "携帯", "电话", "手机", "手機", "전화", "휴대폰", "연락처"]),
    (PersonalKind::Postcode, &["郵便番号", "〒", "邮编", "郵編", "邮政编码", "郵遞區號", "우편번호"]),
    (PersonalKind::BirthDate, &["生年", "誕生日", "出生", "生日", "생년", "생일", "출생"]),
    (PersonalKind::Coordinates, &["緯度", "経度", "纬度", "经度", "위도", "경도"]),
    (PersonalKind::Card, &["カード番号", "信用卡", "卡号", "카드번호"]),
    (PersonalKind::Iban, &["口座番号", "银行账号", "계좌"]),
    (
        PersonalKind::FreeId,
        &["会員番号", "顧客番号", "身份证", "身分證", "会员号", "주민등록번호", "회원번호", "고객번호"],
    ),
    (PersonalKind::Account, &["微信", "微博", "インスタグラム", "인스타그램", "카카오톡"]),
    (PersonalKind::Address, &["住所", "地址", "주소"]),
    (PersonalKind::Name, &["氏名", "お名前", "姓名", "성명", "성함", "이름"]),
];

/// The kind that a header names.
pub(super) fn kind(name: &str) -> Option<PersonalKind> {
    let plain = plain(name);
    let tokens = tokens(&plain);
    if tokens.is_empty() || tokens.len() > LONGEST {
        return None;
    }
    let found = ANYWHERE.iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
    if let Some((kind, _)) = found {
        return Some(*kind);
    }
    let padded = format!(" {} ", tokens.join(" "));
    // Files may have thousands of columns: nothing is allocated for a word.
    let has = |word: &str| {
        padded
            .match_indices(word)
            .any(|(at, _)| padded[..at].ends_with(' ') && padded[at + word.len()..].starts_with(' '))
    };
    // A choice between several such things, or the address of a page, is none of them.
    if ["or", "oder", "url", "web", "website"].iter().any(|word| has(word)) {
        return None;
    }
    if let Some((kind, _)) = WORDS.iter().find(|(_, words)| words.iter().any(|word| has(word))) {
        return Some(*kind);
    }
    let is_name = NAME.iter().any(|word| has(word));
    let alone = tokens.len() == 1;
    (is_name && (alone || PEOPLE.iter().any(|word| has(word)))).then_some(PersonalKind::Name)
}

/// The kind that a header is a short form for; its values have to say so too.
pub(super) fn short_kind(name: &str) -> Option<PersonalKind> {
    let tokens: Vec<String> = tokens(&plain(name));
    let (numbers, words): (Vec<&str>, Vec<&str>) = tokens
        .iter()
        .map(String::as_str)
        .filter(|token| !PEOPLE.contains(token))
        .partition(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
    let joined = words.join(" ");
    let is_short = numbers.len() <= 1 && !joined.is_empty();
    let found = SHORT.iter().find(|(_, shorts)| is_short && shorts.contains(&joined.as_str()));
    found.map(|(kind, _)| *kind)
}

/// Whether a header names the version of a program.
pub(super) fn names_a_version(name: &str) -> bool {
    VERSIONS_ANYWHERE.iter().any(|word| name.contains(word))
        || tokens(&plain(name)).iter().any(|token| VERSIONS.contains(&token.as_str()))
}

/// A header without accents; letters that are no letter and an accent written out. Capitals stay, as they part words.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.nfd().filter(|character| !is_combining_mark(*character)) {
        match character {
            'ß' => plain.push_str("ss"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'æ' => plain.push_str("ae"),
            _ => plain.push(character),
        }
    }
    plain
}

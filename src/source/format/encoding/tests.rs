//! Texts of surveys in the encodings that they come in.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;

use super::*;

/// A text as the bytes of an encoding.
fn encoded(text: &str, label: &str) -> Vec<u8> {
    match Encoding::from_label(label).unwrap() {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Utf32Le => text.chars().flat_map(|character| u32::from(character).to_le_bytes()).collect(),
        Encoding::Utf32Be => text.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect(),
        Encoding::CodePage(page) => {
            let (bytes, _, is_lossy) = page.encode(text);
            assert!(!is_lossy, "{text} in {label}");
            bytes.into_owned()
        }
    }
}

/// Gives so many bytes at a time.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.0.len().min(self.1).min(buffer.len());
        let (piece, rest) = self.0.split_at(length);
        buffer[..length].copy_from_slice(piece);
        self.0 = rest;
        Ok(length)
    }
}

fn decoded(bytes: &[u8], encoding: Encoding, size: usize) -> (String, u64) {
    let wrong = Arc::new(AtomicU64::new(0));
    let mut text = String::new();
    Utf8Reader::new(Pieces(bytes, size), encoding, Arc::clone(&wrong)).read_to_string(&mut text).unwrap();
    (text, wrong.load(Ordering::Relaxed))
}

fn named(label: &str) -> Encoding {
    Encoding::from_label(label).unwrap()
}

const WIDE: [&str; 4] = ["utf-16le", "utf-16be", "utf-32le", "utf-32be"];

const LABELS: [&str; 20] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "utf-32le",
    "utf-32be",
    "windows-1252",
    "macroman",
    "cp949",
    "shift_jis",
    "gb18030",
    "big5",
    "euc-jp",
    "iso-2022-jp",
    "windows-1250",
    "windows-1251",
    "koi8-r",
    "koi8-u",
    "iso-8859-15",
    "ibm866",
    "windows-1258",
];

/// The texts, the encodings in which they are met.
const TEXTS: [(&str, &[&str]); 47] = [
    ("Größe,Gesamtzufriedenheit\nüber 50,sehr zufrieden\n", &["windows-1252", "macroman"]),
    (
        "Wie zufrieden sind Sie mit den Öffnungszeiten?,Überprüfung\n5,möglich\n4,Schöne Räume\n",
        &["windows-1252", "macroman"],
    ),
    ("id;Straße;Bewertung\n1;Hauptstraße;gut\n2;Waldstraße;mäßig\n", &["windows-1252", "macroman"]),
    ("id,Geschlecht\n1,männlich\n2,weiblich\n", &["windows-1252", "macroman"]),
    ("id,commentaire\n1,Très satisfait\n2,réponse rapide\n", &["windows-1252", "macroman"]),
    (
        "Êtes-vous satisfait de l’accueil ?,Durée\nPlutôt d’accord,12\nTout à fait d’accord,3\n",
        &["windows-1252", "macroman"],
    ),
    (
        "Évaluez la qualité du service,Prénom\nTrès bien,Hélène\nMédiocre,François\n",
        &["windows-1252", "macroman"],
    ),
    ("id,nota\n1,café\n", &["windows-1252", "macroman"]),
    (
        "¿Cómo calificaría el servicio?,Años\nMuy satisfecho,3\nNi satisfecho ni insatisfecho,10\n",
        &["windows-1252", "macroman"],
    ),
    (
        "Región;Comentario\nAragón;El personal fue muy amable y rápido\nEspaña;¡Excelente atención!\n",
        &["windows-1252", "macroman"],
    ),
    (
        "Qual é o seu nível de satisfação?;Região\nMuito satisfeito;São Paulo\nNão sei;Maranhão\n",
        &["windows-1252", "macroman"],
    ),
    ("Perché è soddisfatto?,Città\nLa qualità è buona,Forlì\n", &["windows-1252", "macroman"]),
    (
        "Hur nöjd är du med besöket?,Ålder\nMycket nöjd,33\nVarken nöjd eller missnöjd,51\n",
        &["windows-1252", "macroman"],
    ),
    ("id,comment\n1,I don’t know – it’s fine\n2,“Great” service…\n", &["windows-1252", "macroman"]),
    ("id,comment\n1,we’re happy\n2,they didn’t answer\n", &["windows-1252", "macroman"]),
    ("How much did you pay?,Price\nUnder 10 €,5\nOver 10 €,6\n", &["windows-1252"]),
    ("Jak oceniasz obsługę?,Płeć\nBardzo dobrze,mężczyzna\nŹle,kobieta\n", &["windows-1250"]),
    (
        "Jak jste spokojeni s našimi službami?,Město\nVelmi spokojen,Plzeň\nNespokojen,Děčín\n",
        &["windows-1250"],
    ),
    (
        "Оцените качество обслуживания,Возраст\nОчень доволен,25-34\nСкорее недоволен,35-44\n",
        &["windows-1251", "koi8-u", "ibm866"],
    ),
    ("id,Пол,Оценка\n1,муж,5\n2,жен,4\n", &["windows-1251"]),
    ("id,Город\n1,Москва\n2,Казань\n", &["windows-1251"]),
    ("Πόσο ικανοποιημένος είστε;,Ηλικία\nΠολύ,30\nΚαθόλου,40\n", &["windows-1253"]),
    (
        "Hizmetimizden ne kadar memnunsunuz?,Şehir\nÇok memnunum,İstanbul\nMemnun değilim,Ağrı\n",
        &["windows-1254"],
    ),
    ("귀하의 성별은 무엇입니까?,연령\n남자,20대\n여자,30대\n", &["cp949"]),
    ("id,만족도\n1,매우 만족\n2,불만족\n", &["cp949"]),
    ("id,score\n1,만족\n2,보통\n", &["cp949"]),
    ("똠방각하,펲시콜라 만족도\n찦차,매우 만족\n", &["cp949"]),
    ("総合満足度,性別\n非常に満足,男性\nやや不満,女性\n", &["shift_jis", "euc-jp"]),
    ("id,コメント\n1,とても良いサービスでした。\n2,ふつう\n", &["shift_jis", "euc-jp"]),
    ("id,性別,score\n1,男,5\n2,女,4\n3,男,3\n4,女,1\n", &["shift_jis"]),
    ("您对我们的服务满意吗？,性别\n非常满意,男\n不满意,女\n", &["gb18030"]),
    ("编号,满意度,评论\n1,满意,服务很好\n2,一般,价格太高\n", &["gb18030"]),
    ("您對我們的服務滿意嗎？,性別\n非常滿意,男\n不滿意,女\n", &["big5"]),
    ("編號,滿意度,意見\n1,滿意,服務很好\n2,普通,價格太高\n", &["big5"]),
    ("name,score\nMüller,5\n", &["windows-1252", "macroman"]),
    ("Abteilung,Note\nKöln,5\nMünchen,4\nDüsseldorf,2\n", &["windows-1252", "macroman"]),
    ("Bewertung;Kommentar\n5;Übersichtlich\n4;Ärgerlich\n3;Öde\n", &["windows-1252", "macroman"]),
    ("L’équipe a été à l’écoute,Où\nNon,là-bas\n", &["windows-1252", "macroman"]),
    ("días,según\n1,2\n", &["windows-1252", "macroman"]),
    ("id,age\n1,18–24\n2,25–34\n", &["windows-1252", "macroman"]),
    ("Which country?\u{a0},What?\u{a0}\nA,B\n", &["windows-1252", "macroman"]),
    ("Kuinka tyytyväinen olet?,Ikä\nErittäin tyytyväinen,30\n", &["windows-1252", "macroman"]),
    ("Kako ste zadovoljni?,Županija\nVrlo zadovoljan,Šibenik\nNe znam,Čakovec\n", &["windows-1250"]),
    ("성별,나이\n남,30\n여,40\n", &["cp949"]),
    ("年齢,評価\n20代,5\n30代,4\n", &["shift_jis", "euc-jp"]),
    ("id,gender\n1,男\n2,女\n3,男\n4,男\n", &["gb18030"]),
    ("評分\n5\n4\n", &["big5"]),
];

#[test]
fn guesses_of_realistic_texts() {
    let mut faults = Vec::new();
    for (text, labels) in TEXTS {
        for label in labels {
            let bytes = encoded(text, label);
            let guess = sniff(&bytes, None);
            if guess.encoding != named(label) || guess.sureness != Sureness::Guessed || guess.wrong != 0 {
                faults.push(format!("{label}: {guess}: {text}"));
            }
        }
        for label in WIDE {
            let guess = sniff(&encoded(text, label), None);
            if guess.encoding != named(label) {
                faults.push(format!("{label}: {guess}: {text}"));
            }
        }
        assert_eq!(sniff(text.as_bytes(), None).sureness, Sureness::Certain);
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_guess_does_not_hang_on_line_ends_or_where_the_head_is_cut() {
    let mut faults = Vec::new();
    for (text, labels) in TEXTS {
        for label in labels {
            let text = text.repeat(3);
            for ends in [text.replace('\n', "\r\n"), text.replace('\n', "\r"), text.clone()] {
                let bytes = encoded(&ends, label);
                for cut in 0..4 {
                    let guess = sniff(&bytes[..bytes.len() - cut], None);
                    if guess.encoding != named(label) || guess.wrong != 0 {
                        faults.push(format!("{label}: {guess}: {ends:?} without {cut}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_text_comes_back_from_every_encoding_that_has_it_in_pieces_of_any_size() {
    for (text, _) in TEXTS {
        for label in LABELS {
            let encoding = named(label);
            if let Encoding::CodePage(page) = encoding
                && page.encode(text).2
            {
                continue;
            }
            let bytes = encoded(text, label);
            for size in 1..=bytes.len() {
                assert_eq!(decoded(&bytes, encoding, size), (text.to_owned(), 0), "{label} by {size}");
            }
        }
    }
}

proptest! {
    #[test]
    fn pieces_are_decoded_as_the_whole(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x80..=0xFF_u8, Just(0x1B), Just(b'$')], 0..60),
        which in 0..LABELS.len(),
    ) {
        let encoding = named(LABELS[which]);
        let whole = decoded(&bytes, encoding, bytes.len().max(1));
        let replaced = u64::try_from(whole.0.matches(char::REPLACEMENT_CHARACTER).count()).unwrap();
        prop_assert!(replaced >= whole.1, "each is written");
        for size in 1..bytes.len() {
            prop_assert_eq!(&decoded(&bytes, encoding, size), &whole);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_sniffed_and_scanned(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let guess = sniff(&bytes, None);
        let _ = guess.sentence();
        let scanned = scan(Cursor::new(&bytes), None).unwrap();
        prop_assert!(scanned.needs_decoding() || std::str::from_utf8(&bytes).is_ok());
    }
}

#[test]
fn corners() {
    for label in LABELS {
        let encoding = named(label);
        assert_eq!(decoded(b"", encoding, 1), (String::new(), 0), "{label}");
        let mark = encoded_mark(encoding);
        assert_eq!(decoded(&mark, encoding, 1), (String::new(), 0), "{label}: a mark alone");
    }
    for bytes in [&b""[..], b"a", b"\n", b"id,score\n1,5\n"] {
        let guess = sniff(bytes, None);
        assert_eq!(
            (guess.encoding, guess.sureness, guess.needs_decoding()),
            (Encoding::Utf8, Sureness::Ascii, false)
        );
        assert_eq!(guess.sentence(), None);
    }
    let lone = sniff(b"\xE9", None);
    assert_eq!((lone.encoding, lone.needs_decoding()), (Encoding::Utf8, false), "the head may be cut here");
    assert_eq!(scan(&b"\xE9"[..], None).unwrap().sureness, Sureness::Guessed);
    assert_eq!(sniff(b"\xFF\xFE", None).encoding, Encoding::Utf16Le);
    assert!(!sniff(b"\xEF\xBB\xBF", None).needs_decoding());
    assert_eq!(sniff(b"a,b\n1,\0\n", None).encoding, Encoding::Utf8, "a lone zero is data");
}

fn encoded_mark(encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::CodePage(page) if page.name() == "gb18030" => b"\x84\x31\x95\x33".to_vec(),
        Encoding::CodePage(_) => Vec::new(),
        wide => encoded("\u{FEFF}", wide.name()),
    }
}

#[test]
fn wrong_bytes_are_written_and_counted() {
    let shown = |bytes: &[u8], label| decoded(bytes, named(label), 1);
    let lone = |units: &[u16]| units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>();
    assert_eq!(shown(&lone(&[0x61, 0xD800, 0x62]), "utf-16"), ("a\u{FFFD}b".into(), 1));
    assert_eq!(shown(&lone(&[0xDC00, 0x62, 0xD83D]), "utf-16"), ("\u{FFFD}b\u{FFFD}".into(), 2));
    assert_eq!(shown(b"a\0b", "utf-16"), ("a\u{FFFD}".into(), 1));
    assert_eq!(shown(b"a\0\0\0\0\xD8\0\0b\0", "utf-32"), ("a\u{FFFD}\u{FFFD}".into(), 2));
    assert_eq!(shown(b"a\xE2\x82", "utf-8"), ("a\u{FFFD}".into(), 1));
    assert_eq!(shown(b"\xE2\x82,\xFF,b", "utf-8"), ("\u{FFFD},\u{FFFD},b".into(), 2));
    assert_eq!(shown(b"a\x81b\x9D", "windows-1252"), ("a\u{FFFD}b\u{FFFD}".into(), 2));
    assert_eq!(shown(b"\xB8\xB8\xC1", "cp949"), ("만\u{FFFD}".into(), 1));
    assert_eq!(shown(b"\xC1,1\n", "cp949"), ("\u{FFFD},1\n".into(), 1), "no separator is lost");
    assert_eq!(shown(b"\x82\n", "shift_jis"), ("\u{FFFD}\n".into(), 1));
}

#[test]
fn what_is_said() {
    let said = |bytes: &[u8]| sniff(bytes, None).sentence().unwrap_or_default();
    assert_eq!(
        said(&encoded(TEXTS[0].0, "cp1252")),
        "read as windows-1252, a guess: ö, ß, ü; --encoding overrides"
    );
    assert_eq!(
        said(&encoded(TEXTS[23].0, "cp949")),
        "read as CP949, a guess: 귀, 하, 의, 성, 별 …; --encoding overrides"
    );
    assert_eq!(said(b"\xFF\xFEa\0,\0b\0"), "read as UTF-16LE, as its first bytes say");
    assert_eq!(said(b"a\0,\0b\0\n\0"), "read as UTF-16LE, a guess; --encoding overrides");
    assert_eq!(said("é".as_bytes()), "");
    let typed = |bytes: &[u8], label| sniff(bytes, Some(&named(label))).sentence().unwrap();
    assert_eq!(typed(b"a,b\n", "ansi"), "read as windows-1252, as asked");
    assert_eq!(typed("é,b\n".as_bytes(), "ansi"), "read as windows-1252, as asked; it is valid UTF-8");
    assert_eq!(
        typed(b"\xEF\xBB\xBFa,b\n", "ansi"),
        "read as UTF-8, as its first bytes say; it begins with the mark of UTF-8, so `--encoding windows-1252` is \
         not used"
    );
    assert_eq!(typed(b"\xFE\xFF\0a", "utf-16"), "read as UTF-16BE, as its first bytes say");
    assert_eq!(typed(b"a\0b\0c\0", "cp949"), "read as CP949, as asked; its zero bytes are those of UTF-16LE");
    assert_eq!(typed(b"a\0b\0c\0", "utf-8"), "read as UTF-8, as asked; its zero bytes are those of UTF-16LE");
    assert_eq!(
        typed(b"\xFF,b\n", "utf-8"),
        "read as UTF-8, as asked; 1 sequence seen is not UTF-8 and becomes U+FFFD: encodings are mixed, or \
         `--encoding` has to name another"
    );
}

#[test]
fn mixed_encodings_are_counted_and_said() {
    let mostly = ["Größe,café,naïve\n".as_bytes(), b"1,caf\xE9,\x93x\x94\n"].concat();
    let guess = sniff(&mostly, None);
    assert_eq!((guess.encoding, guess.sureness, guess.wrong), (Encoding::Utf8, Sureness::Mostly, 3));
    assert!(guess.needs_decoding());
    assert_eq!(decoded(&mostly, guess.encoding, 5).1, 3);
    let hardly = [b"Gr\xF6\xDFe,caf\xE9,na\xEFve\n".repeat(3), "1,café\n".as_bytes().to_vec()].concat();
    let guess = sniff(&hardly, None);
    assert_eq!(guess.encoding, named("windows-1252"));
    assert!(
        guess.sentence().unwrap().ends_with("1 sequence seen looks like UTF-8, so encodings may be mixed")
    );
}

#[test]
fn a_scan_finds_what_comes_after_the_head() {
    let ascii = b"12,34,fine\n".repeat(60_000);
    for (text, label) in [(TEXTS[4].0, "windows-1252"), (TEXTS[24].0, "cp949"), (TEXTS[24].0, "utf-8")] {
        let bytes = [ascii.clone(), encoded(text, label), ascii.clone()].concat();
        assert_eq!(sniff(&bytes[..256 * 1024], None).sureness, Sureness::Ascii);
        let guess = scan(Cursor::new(&bytes), None).unwrap();
        assert_eq!(guess.encoding, named(label));
        assert_eq!(guess.sureness == Sureness::Certain, label == "utf-8");
    }
    let long = [b"x,".repeat(300_000), encoded(TEXTS[4].0, "cp1252")].concat();
    assert_eq!(scan(Cursor::new(&long), None).unwrap().encoding, named("windows-1252"));
    let one_line = [encoded("Größe,", "cp1252").repeat(100_000), b"x".to_vec()].concat();
    assert_eq!(scan(Cursor::new(&one_line), None).unwrap().encoding, named("windows-1252"));
}

//! What the words of a header say: its tokens, and the topics that inference looks for.
//!
//! The words are those of the phrasebook. A word counts as a whole or, where listed so, by its beginning; it never
//! counts inside another word, so that `repaid` is no id, except where words are not divided by spaces.

use crate::survey::phrasebook::{Header, phrasebook};

use super::vocabulary::{GROUP_ENDINGS, NOT_GROUPS, Topic};

/// A header cut into lower-case words: at everything that is not a letter, between letters and digits, and
/// before a capital that follows a small letter (`NetPro`, `Q7ALL`, `overall_sat`).
pub(in crate::survey) fn tokens(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut tokens = Vec::new();
    let mut word = String::new();
    for (index, &character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| characters[index]);
        let cut = match before {
            Some(before) => {
                !character.is_alphanumeric()
                    || before.is_numeric() != character.is_numeric()
                    || (before.is_lowercase() && character.is_uppercase())
            }
            None => false,
        };
        if cut && !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

/// What a header is about.
pub(super) fn topic(tokens: &[String]) -> Topic {
    if tokens.iter().any(|token| token == "name") {
        // A person's name; `product name` is a group.
        let person =
            ["first", "last", "full", "customer", "user", "contact", "middle", "recipient", "respondent"];
        if tokens.len() == 1 || tokens.iter().any(|token| person.contains(&token.as_str())) {
            return Topic::Private;
        }
    }
    let has = |word: &str| tokens.iter().any(|token| token == word);
    if (has("click") && (has("first") || has("last") || has("count"))) || (has("page") && has("submit")) {
        return Topic::Technical;
    }
    if tokens
        .last()
        .is_some_and(|last| matches!(last.as_str(), "other" | "specify" | "sonstiges" | "autre" | "otro"))
    {
        return Topic::Comment;
    }
    // A wording of many words is a question: the measure's words decide before nouns such as "branch".
    let long = tokens.len() > 4;
    let measures = [Topic::Recommend, Topic::Satisfaction, Topic::Effort, Topic::Importance];
    let mut found: Vec<Header> = tokens.iter().flat_map(|token| phrasebook().header(token)).collect();
    found.sort();
    found.dedup();
    let found: Vec<Topic> = found.into_iter().filter_map(Topic::of).collect();
    let measure = measures.into_iter().find(|topic| found.contains(topic));
    let ends_as_group = tokens.last().is_some_and(|token| {
        GROUP_ENDINGS.iter().any(|ending| token.ends_with(ending)) && !NOT_GROUPS.contains(&token.as_str())
    });
    // `customer type` groups customers; it is no number of one.
    let group_of_people = found.first() == Some(&Topic::Id)
        && tokens.len() == 2
        && tokens.last().is_some_and(|last| {
            matches!(
                last.as_str(),
                "type" | "typ" | "group" | "segment" | "category" | "class" | "tier" | "level"
            )
        });
    match (measure, found.first()) {
        _ if group_of_people => Topic::Group,
        (Some(measure), _) if long => measure,
        (_, Some(first)) if *first != Topic::Group && !measures.contains(first) && !long => *first,
        (Some(measure), _) => measure,
        (None, Some(first)) if !long || *first == Topic::Comment => *first,
        _ if ends_as_group && !long => Topic::Group,
        _ => Topic::Other,
    }
}

/// Whether a header names a postal code, which is no mark however few its digits are; `phone` and `mail` may be marks.
pub(super) fn is_postal_code(tokens: &[String]) -> bool {
    tokens.iter().any(|token| matches!(token.as_str(), "zip" | "zipcode" | "plz" | "postcode"))
}

/// Groups that may as well be what a mark is given for: `store`, `service`.
pub(super) fn is_weak_group(tokens: &[String]) -> bool {
    const WEAK: &[&str] = &[
        "store", "shop", "site", "location", "office", "team", "product", "produkt", "produit", "service",
        "agent", "home", "airline", "gate", "terminal", "plan", "city", "platform", "device", "source",
        "agency", "campaign", "level", "method",
    ];
    tokens.iter().any(|token| WEAK.contains(&token.as_str()))
}

/// Whether the header of an id says that it is that of a person who may answer again.
pub(super) fn is_customer(tokens: &[String]) -> bool {
    const PEOPLE: &[&str] =
        &["customer", "client", "user", "member", "patient", "panelist", "person", "subscriber"];
    const NUMBERS: &[&str] = &["id", "ids", "number", "no", "nr", "uid", "key", "code", "identifier"];
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.as_str()));
    (has(PEOPLE) && has(NUMBERS)) || has(&["customerid", "userid", "clientid", "memberid"])
}

/// Whether the header of an id says that it is that of the answer.
pub(super) fn is_response(tokens: &[String]) -> bool {
    const ANSWERS: &[&str] = &[
        "id",
        "uid",
        "uuid",
        "guid",
        "respid",
        "responseid",
        "respondentid",
        "caseid",
        "recordid",
        "uniqueid",
        "identifier",
        "rowid",
        "respnum",
        "response",
        "respondent",
        "resp",
        "case",
        "record",
        "interview",
        "row",
        "survey",
        "answer",
        "submission",
        "unique",
        "participant",
        "number",
        "no",
        "nr",
    ];
    tokens.iter().all(|token| ANSWERS.contains(&token.as_str()))
}

/// Whether a header asks for a school mark, of which 1 is the best: `Schulnote`, `Note (1-6)`, `school mark`.
pub(super) fn is_school_mark(tokens: &[String]) -> bool {
    let has = |word: &str| tokens.iter().any(|token| token == word);
    tokens.iter().any(|token| token.starts_with("schulnote"))
        || (has("school") && (has("mark") || has("grade")))
        || (tokens.len() == 3 && tokens == ["note", "1", "6"])
}

/// Whether a header asks for a mark without saying of what: `rating`, `score`, `quality`.
pub(super) fn is_mark(tokens: &[String]) -> bool {
    const MARKS: &[&str] = &[
        "rating",
        "ratings",
        "rate",
        "rated",
        "score",
        "scores",
        "stars",
        "quality",
        "grade",
        "bewertung",
        "bewerten",
        "qualität",
        "note",
        "qualité",
        "évaluation",
        "evaluation",
        "calidad",
        "puntuación",
        "valoración",
        "nps",
        "csat",
        "ces",
        "happy",
        "happiness",
        "likely",
        "opinion",
    ];
    is_overall(tokens) || tokens.iter().any(|token| MARKS.contains(&token.as_str()))
}

/// Whether a wording begins as a consent does, whatever is agreed to: "I agree that …", "Ich stimme zu, dass …".
pub(super) fn opens_as_consent(tokens: &[String]) -> bool {
    const CONSENTS: [&[&str]; 14] = [
        &["consent"],
        &["informed", "consent"],
        &["i", "agree"],
        &["i", "consent"],
        &["i", "accept"],
        &["i", "confirm"],
        &["i", "have", "read"],
        &["do", "you", "agree", "to"],
        &["do", "you", "consent"],
        &["einwilligung"],
        &["ich", "stimme"],
        &["ich", "willige"],
        &["j", "accepte"],
        &["acepto"],
    ];
    let begins = |words: &[&str]| {
        tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token == word)
    };
    CONSENTS.iter().any(|words| begins(words))
}

/// Whether a header names rounds of a survey.
pub(super) fn is_wave(tokens: &[String]) -> bool {
    tokens.iter().any(|token| {
        matches!(token.as_str(), "wave" | "round" | "quarter" | "quartal" | "welle" | "vague" | "ola")
    })
}

/// Whether a header names an age.
pub(super) fn is_age(tokens: &[String]) -> bool {
    tokens.iter().any(|token| matches!(token.as_str(), "age" | "alter" | "edad"))
}

/// Whether a header names the outcome itself, rather than one aspect of it.
pub(super) fn is_overall(tokens: &[String]) -> bool {
    tokens.iter().any(|token| phrasebook().header(token).contains(&Header::Overall))
}

/// Whether a header names the language of the interview.
pub(super) fn is_language(tokens: &[String]) -> bool {
    tokens.len() <= 3 && tokens.iter().any(|token| phrasebook().header(token).contains(&Header::Language))
}

/// What the header shares with its neighbours: the letters it begins with, and the number when they are few.
pub(super) fn stem(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let letters: String = lower.chars().take_while(|character| character.is_alphabetic()).collect();
    if letters.chars().count() > 2 {
        return letters;
    }
    let digits: String =
        lower.chars().skip(letters.chars().count()).take_while(char::is_ascii_digit).collect();
    let more = lower.chars().count() > letters.chars().count() + digits.chars().count();
    // `q7art` and `q7food` share `q7`; `q7` and `q8` share `q`.
    if more && !digits.is_empty() { letters + &digits } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_fall_into_words() {
        assert_eq!(tokens("NetPro_Score2"), ["net", "pro", "score", "2"]);
        assert_eq!(tokens("Q7ALL"), ["q", "7", "all"]);
        assert_eq!(tokens("  Größe (cm) "), ["größe", "cm"]);
        assert!(tokens("").is_empty() && tokens("--").is_empty());
    }

    #[test]
    fn topics() {
        for (name, expected) in [
            ("response_id", Topic::Id),
            ("RESPNUM", Topic::Id),
            ("e_mail", Topic::Private),
            ("Customer Name", Topic::Private),
            ("LocationLatitude", Topic::Technical),
            ("NETPRO", Topic::Recommend),
            ("LikelyToRecommend", Topic::Recommend),
            ("Weiterempfehlung", Topic::Recommend),
            ("overall_satisfaction", Topic::Satisfaction),
            ("Zufriedenheit", Topic::Satisfaction),
            ("Overall, how satisfied are you with our branch?", Topic::Satisfaction),
            ("How likely are you to recommend our store to a friend?", Topic::Recommend),
            ("wt", Topic::Weight),
            ("submitted_at", Topic::Date),
            ("birth_date", Topic::Date),
            ("branch", Topic::Group),
            ("studage", Topic::Group),
            ("image", Topic::Other),
            ("repaid", Topic::Other),
            ("ces", Topic::Effort),
            ("F1_importance", Topic::Importance),
            ("comment", Topic::Comment),
            ("q1", Topic::Other),
            ("", Topic::Other),
        ] {
            assert_eq!(topic(&tokens(name)), expected, "{name}");
        }
    }

    #[test]
    fn neighbours_share_a_stem() {
        assert_eq!(stem("Q7ART"), "q7");
        assert_eq!(stem("q7"), "q");
        assert_eq!(stem("CUEX1"), "cuex");
        assert_eq!(stem(""), "");
    }
}

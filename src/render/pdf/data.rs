//! The page as the template reads it: the same words, every text as it is set.

use serde_json::{Value, json};

use super::super::colour::{Colour, TEXT_CONTRAST};
use super::super::page::{Block, Card, Figure, Page, Part, Placed, Strip, Tone};
use super::banner::plain;
use super::logo::Logo;
use super::text::shown;
use super::{picture, table};

const PAPER: Colour = Colour::new(0xff, 0xff, 0xff);

const INK: Colour = Colour::new(0, 0, 0);

/// The accent when the author names none.
const ACCENT: Colour = Colour::new(0x15, 0x5a, 0xa6);

/// How much paper is in the pale accent, that bands and intervals are drawn in, in percent.
const PAPER_IN_SOFT: u8 = 68;

/// The page with its logo.
pub(super) fn page(page: &Page, logo: Option<&Logo>) -> Value {
    let accent = page
        .accent
        .as_deref()
        .and_then(Colour::parse)
        .map_or(ACCENT, |accent| accent.readable(&[PAPER], INK, TEXT_CONTRAST));
    let colours = Colours { accent: accent.hex(), soft: accent.mixed(PAPER, PAPER_IN_SOFT).hex() };
    json!({
        "language": page.language,
        "title": shown(&page.title),
        "date": date(&page.as_of),
        "subtitle": texts(&page.subtitle),
        "logo": logo.map(|logo| logo.format),
        "logo_text": page.logo.as_ref().map(|(_, words)| shown(words)),
        "accent": colours.accent,
        "soft": colours.soft,
        "facts": facts(&page.facts),
        "parts": page.parts.iter().map(|part| self::part(part, &colours)).collect::<Vec<_>>(),
        "footer": texts(&page.footer),
        "contents": shown(page.words.contents),
        "page": shown(page.words.page),
    })
}

/// The accent and its pale sister.
struct Colours {
    accent: String,
    soft: String,
}

/// Year, month and day; none where the text is no date.
fn date(text: &str) -> Option<[u16; 3]> {
    let mut pieces = text.splitn(3, '-').map(|piece| piece.parse::<u16>().ok());
    let date = [pieces.next()??, pieces.next()??, pieces.next()??];
    let (month, day) = (u32::from(date[1]), u32::from(date[2]));
    chrono::NaiveDate::from_ymd_opt(i32::from(date[0]), month, day).map(|_| date)
}

fn part(part: &Part, colours: &Colours) -> Value {
    json!({
        "title": shown(&part.title),
        "clause": part.clause.as_deref().map(shown),
        "blocks": Part { blocks: plain(&part.blocks), ..part.clone() }.placed().iter().map(|placed| block(placed, colours)).collect::<Vec<_>>(),
    })
}

fn block(placed: &Placed<'_>, colours: &Colours) -> Value {
    match placed.block {
        Block::Heading(heading) => json!({ "kind": "heading", "text": shown(heading) }),
        Block::Text(paragraphs) => json!({ "kind": "text", "texts": texts(paragraphs) }),
        Block::Cards(cards) => {
            json!({ "kind": "cards", "cards": cards.iter().map(card).collect::<Vec<_>>() })
        }
        Block::Findings(claims) => json!({
            "kind": "findings",
            "claims": claims
                .iter()
                .map(|claim| json!({
                    "verdict": shown(&claim.verdict),
                    "detail": shown(&claim.detail),
                    "tone": tone(claim.tone),
                }))
                .collect::<Vec<_>>(),
        }),
        Block::Figure(figure) => self::figure(figure, placed, colours),
        Block::Table(table) => {
            json!({ "kind": "table", "repeats": placed.repeats, "table": table::table(table) })
        }
        // Plain tables stand for them.
        Block::Banner(_) | Block::Contents(_) => json!({ "kind": "text", "texts": [] }),
        Block::Facts(facts) => json!({ "kind": "facts", "facts": self::facts(facts) }),
        Block::Notes(notes) => json!({
            "kind": "notes",
            "notes": notes
                .iter()
                .map(|(important, text)| json!([shown(text), if *important { "warn" } else { "plain" }]))
                .collect::<Vec<_>>(),
        }),
    }
}

fn figure(figure: &Figure, placed: &Placed<'_>, colours: &Colours) -> Value {
    let pictures = picture::pictures(figure, &colours.accent, &colours.soft);
    json!({
        "kind": "figure",
        "title": shown(&figure.title),
        // The title of the document is no heading, so that of a part is the first.
        "level": placed.level.saturating_sub(1).max(1),
        "repeats": placed.repeats,
        "alt": if figure.description.is_empty() { shown(&figure.title) } else { shown(&figure.description) },
        "note": shown(&figure.note),
        "pictures": pictures
            .iter()
            .map(|picture| json!({ "svg": picture.svg, "ratio": picture.ratio }))
            .collect::<Vec<_>>(),
    })
}

fn card(card: &Card) -> Value {
    let said = |said: &Option<(String, Tone)>| {
        said.as_ref().map(|(text, tone)| json!([shown(text), self::tone(*tone)]))
    };
    let flag = card.flag.as_ref().map(|flag| json!([shown(flag), "warn"]));
    let said: Vec<Value> = [said(&card.change), said(&card.target), flag].into_iter().flatten().collect();
    json!({
        "name": shown(&card.name),
        "definition": shown(&card.definition),
        "value": shown(&card.value),
        "interval": shown(&card.interval),
        "base": shown(&card.base),
        "strip": card.strip.as_ref().map(strip),
        "said": said,
    })
}

/// Positions on the rail; what lies outside of the scale is drawn at its end.
fn strip(strip: &Strip) -> Value {
    let within = |position: f64| if position.is_finite() { position.clamp(0.0, 1.0) } else { 0.0 };
    json!({
        "low": within(strip.low),
        "value": within(strip.value),
        "high": within(strip.high),
        "target": strip.target.map(within),
    })
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Plain => "plain",
    }
}

fn texts(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| shown(text)).collect()
}

fn facts(facts: &[(String, String)]) -> Vec<[String; 2]> {
    facts.iter().map(|(label, text)| [shown(label), shown(text)]).collect()
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!(date("2026-10-05"), Some([2026, 10, 5]));
        for wrong in ["", "2026", "2026-10", "2026-13-01", "2026-02-30", "today", "2026-10-05-1"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }
}

//! The distributions: one bar a row, its parts from worst to best; diverging bars stand about the middle of the scale.
//!
//! What stands beside the scale has a column of its own to the same measure and is never a part of the bar.

use super::canvas::Canvas;
use super::frame::is_wide;
use super::legend;
use super::paint::{Anchor, Ink, LEADING, Paint, SIZE, SMALL, Type};
use super::rows::{RowTexts, Rows};
use super::{BarChart, BarPart, BarRow, Side};

/// How high a bar is.
const BAR: f64 = 22.0;

/// Shares below this many percent have no text inside.
const LEAST_LABELLED: f64 = 6.0;

/// Draws the chart from that height on; returns where it ends. `id` is the picture's.
pub(super) fn draw(canvas: &mut Canvas, chart: &BarChart, top: f64, id: &str) -> f64 {
    let hatch = format!("{id}-h");
    canvas.define_hatch(&hatch);
    let shades = shades(&chart.parts);
    let labels: Vec<&str> = chart.parts.iter().map(|part| part.label.as_str()).collect();
    let mut top = top
        + legend::draw(canvas, &labels, top, |canvas, place, (x, y)| {
            if let Some(shade) = shades.get(place) {
                shade.draw(canvas, (x - 6.0, y - 6.0), (12.0, 12.0), &hatch);
            }
        });
    let texts: Vec<RowTexts<'_>> = chart
        .rows
        .iter()
        .map(|row| RowTexts { label: &row.label, note: &row.note, text: "", bold: false, faint: false })
        .collect();
    let rows = Rows::lay(canvas, &texts, BAR);
    let start = if is_wide(canvas.width) { rows.plot.0 } else { 0.0 };
    let places = Places::of(canvas, chart, start);
    if let (Some(heading), Some(beside)) = (&chart.beside, places.beside) {
        let kind = Type::NOTE;
        let lines = canvas.broken(heading, kind, canvas.width - beside, 2);
        canvas.lines(beside, top + SMALL, &lines, LEADING - 2.0, kind);
        top += (LEADING - 2.0) * lines.lines.len() as f64 + if is_wide(canvas.width) { 4.0 } else { 0.0 };
    }
    let bottom = top + rows.height();
    let middles = rows.draw(canvas, top);
    if chart.diverging {
        let stretches = rows.stretches(&middles, (top, bottom), BAR);
        canvas.verticals(&[places.center], &stretches, Paint::stroke(Ink::Neutral, 1.0));
    }
    for (row, middle) in chart.rows.iter().zip(middles) {
        bar(canvas, chart, row, &shades, &places, middle, &hatch);
    }
    bottom
}

/// Where bars stand.
#[derive(Clone, Copy, Debug)]
struct Places {
    /// Pixels for one percent.
    scale: f64,
    /// Where bars begin, or the middle of diverging ones.
    center: f64,
    /// Where the column beside the scale begins.
    beside: Option<f64>,
}

impl Places {
    fn of(canvas: &Canvas, chart: &BarChart, start: f64) -> Self {
        let room = (canvas.width - start).max(1.0);
        let left = widest(chart, |row| extent(chart, row).0);
        let right = widest(chart, |row| extent(chart, row).1);
        let (left, right) = if chart.diverging { (left, right) } else { (0.0, left.max(right).max(100.0)) };
        let percent = (left + right).max(1.0);
        let Some(heading) = &chart.beside else {
            return Self { scale: room / percent, center: start + left * room / percent, beside: None };
        };
        let small = Type { size: SMALL, ..Type::PLAIN };
        let gap = 20.0;
        let text =
            widest(chart, |row| row.beside.as_ref().map_or(0.0, |(_, text)| canvas.text_width(text, small)))
                .min(room * 0.2);
        let most = widest(chart, |row| row.beside.as_ref().map_or(0.0, |(share, _)| percent_of(*share)));
        let heading = canvas.text_width(heading, Type::NOTE).min(room * 0.22);
        let mut scale = (room - gap - 6.0 - text) / (percent + most);
        if most * scale + 6.0 + text < heading {
            scale = (room - gap - heading) / percent;
        }
        let scale = scale.max(0.01);
        Self { scale, center: start + left * scale, beside: Some(start + percent * scale + gap) }
    }
}

/// How far a bar reaches to both sides of the middle, in percent; from the start if it does not diverge.
fn extent(chart: &BarChart, row: &BarRow) -> (f64, f64) {
    let sum = |side: Side| -> f64 {
        let parts = chart.parts.iter().zip(&row.shares);
        parts.filter(|(part, _)| part.side == side).map(|(_, (share, _))| percent_of(*share)).sum()
    };
    let (bad, neutral, good) = (sum(Side::Bad), sum(Side::Neutral), sum(Side::Good));
    if chart.diverging { (bad + neutral / 2.0, good + neutral / 2.0) } else { (0.0, bad + neutral + good) }
}

fn bar(
    canvas: &mut Canvas,
    chart: &BarChart,
    row: &BarRow,
    shades: &[Shade],
    places: &Places,
    middle: f64,
    hatch: &str,
) {
    let small = Type { size: SMALL, ..Type::PLAIN };
    let (top, baseline) = (middle - BAR / 2.0, middle + SMALL * 0.36);
    let mut x = places.center - extent(chart, row).0 * places.scale;
    for (shade, (share, text)) in shades.iter().zip(&row.shares) {
        let width = percent_of(*share) * places.scale;
        // A hair of the ground separates the parts.
        shade.draw(canvas, (x, top), (width - if width > 2.0 { 1.0 } else { 0.0 }, BAR), hatch);
        if percent_of(*share) >= LEAST_LABELLED && canvas.text_width(text, small) + 4.0 <= width {
            canvas.text(x + width / 2.0 - 0.5, baseline, text, small.ink(shade.text).at(Anchor::Middle));
        }
        x += width;
    }
    if let (Some(start), Some((share, text))) = (places.beside, &row.beside) {
        let width = percent_of(*share) * places.scale;
        canvas.rect(start, middle - BAR / 4.0, width, BAR / 2.0, 0.0, Paint::fill(Ink::Beside));
        let gap = if width > 0.0 { 6.0 } else { 0.0 };
        let start = start + width + gap;
        let text = canvas.broken(text, small, canvas.width - start + 0.5, 1);
        canvas.lines(start, middle + SIZE * 0.33, &text, LEADING, small);
    }
}

/// The look of a part.
#[derive(Clone, Copy, Debug)]
struct Shade {
    base: Ink,
    /// What is mixed in, and how much of it.
    mixed: Option<(Ink, f64)>,
    text: Ink,
    hatched: bool,
}

impl Shade {
    /// A shade between the paler and the darker colour of a side; 1 is the darker one.
    fn between(pale: Ink, dark: Ink, share: f64, hatched: bool) -> Self {
        if share >= 1.0 {
            return Self { base: dark, mixed: None, text: Ink::Paper, hatched };
        }
        // Shades between stay nearer to the pale one, so that texts on them can be read.
        let amount = share * share.sqrt();
        let mixed = (amount > 0.0).then_some((dark, amount));
        Self { base: pale, mixed, text: if amount > 0.55 { Ink::Paper } else { Ink::Text }, hatched }
    }

    /// A shade of grey, for points of which none is good or bad; 1 is the darkest.
    fn grey(share: f64) -> Self {
        if share >= 1.0 {
            return Self { base: Ink::Soft, mixed: None, text: Ink::Paper, hatched: false };
        }
        // Pale enough for texts in the colour of text, in the light and in the dark.
        let amount = share * share.sqrt() / 2.0;
        let mixed = (amount > 0.0).then_some((Ink::Soft, amount));
        Self { base: Ink::ScaleMid, mixed, text: Ink::Text, hatched: false }
    }

    fn draw(self, canvas: &mut Canvas, at: (f64, f64), size: (f64, f64), hatch: &str) {
        canvas.rect(at.0, at.1, size.0, size.1, 0.0, Paint::fill(self.base));
        if let Some((ink, amount)) = self.mixed {
            canvas.rect(at.0, at.1, size.0, size.1, 0.0, Paint::fill(ink).opacity(amount));
        }
        if self.hatched {
            canvas.hatch(hatch, at.0, at.1, size.0, size.1);
        }
    }
}

/// The looks of all parts: the ends of the scale are the darkest; the bad side is hatched too.
fn shades(parts: &[BarPart]) -> Vec<Shade> {
    let count = |side: Side| parts.iter().filter(|part| part.side == side).count();
    let (bad, good) = (count(Side::Bad), count(Side::Good));
    let options = bad == 0 && good == 0;
    let share = |place: usize, of: usize| if of <= 1 { 1.0 } else { place as f64 / (of - 1) as f64 };
    let mut seen = [0, 0, 0];
    parts
        .iter()
        .map(|part| match part.side {
            Side::Bad => {
                seen[0] += 1;
                Shade::between(
                    Ink::ScaleBad1,
                    Ink::ScaleBad2,
                    share(bad - seen[0] + usize::from(bad == 1), bad),
                    true,
                )
            }
            Side::Good => {
                seen[1] += 1;
                Shade::between(Ink::ScaleGood1, Ink::ScaleGood2, share(seen[1] - 1, good), false)
            }
            Side::Neutral if options => {
                seen[2] += 1;
                Shade::grey(share(seen[2] - 1, parts.len()))
            }
            Side::Neutral => Shade { base: Ink::ScaleMid, mixed: None, text: Ink::Text, hatched: false },
        })
        .collect()
}

fn widest(chart: &BarChart, width: impl Fn(&BarRow) -> f64) -> f64 {
    chart.rows.iter().map(width).fold(0.0, f64::max)
}

/// A share that can be drawn.
fn percent_of(share: f64) -> f64 {
    if share.is_finite() { share.clamp(0.0, 100.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{BarPart, Ink, Side, shades};

    #[test]
    fn the_ends_of_the_scale_are_the_darkest() {
        let part = |side| BarPart { label: String::new(), side };
        let looks = shades(&[
            part(Side::Bad),
            part(Side::Bad),
            part(Side::Bad),
            part(Side::Neutral),
            part(Side::Good),
            part(Side::Good),
        ]);
        assert_eq!(looks[0].base, Ink::ScaleBad2);
        assert!(looks[1].mixed.is_some_and(|(_, amount)| amount > 0.3 && amount < 0.4));
        assert_eq!((looks[2].base, looks[2].mixed.is_none()), (Ink::ScaleBad1, true));
        assert_eq!(
            (looks[3].base, looks[4].base, looks[5].base),
            (Ink::ScaleMid, Ink::ScaleGood1, Ink::ScaleGood2)
        );
        assert_eq!(shades(&[part(Side::Bad)])[0].base, Ink::ScaleBad2);
        let neither = shades(&[part(Side::Neutral), part(Side::Neutral)]);
        assert_eq!((neither[0].base, neither[1].base), (Ink::ScaleMid, Ink::Soft));
    }
}

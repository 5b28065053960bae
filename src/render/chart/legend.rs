//! Legends: what shapes and colours mean, in as many lines as they need.

use super::canvas::Canvas;
use super::paint::{SMALL, Type};

/// The room of a sample of the shape, with what follows it.
const SAMPLE: f64 = 18.0;

/// The room between entries.
const GAP: f64 = 16.0;

/// The height of a line.
const LINE: f64 = 18.0;

/// Draws entries from left to right, going on below where there is no room; `sample` draws the shape of an entry
/// with its middle at the position. Returns the height taken.
pub(super) fn draw(
    canvas: &mut Canvas,
    labels: &[&str],
    top: f64,
    mut sample: impl FnMut(&mut Canvas, usize, (f64, f64)),
) -> f64 {
    let kind = Type { size: SMALL, ..Type::PLAIN };
    let (mut x, mut y) = (0.0, top);
    for (place, label) in labels.iter().enumerate() {
        let text = canvas.broken(label, kind, canvas.width - SAMPLE, 1);
        let width = text.lines.iter().map(|line| canvas.text_width(line, kind)).fold(0.0, f64::max);
        if x > 0.0 && x + SAMPLE + width > canvas.width {
            x = 0.0;
            y += LINE;
        }
        sample(canvas, place, (x + 6.0, y + LINE / 2.0));
        canvas.lines(x + SAMPLE, y + LINE / 2.0 + SMALL * 0.36, &text, LINE, kind);
        x += SAMPLE + width + GAP;
    }
    if labels.is_empty() { 0.0 } else { y - top + LINE + 6.0 }
}

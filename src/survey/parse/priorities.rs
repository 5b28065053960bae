//! `[priorities]`: where the lines of importance and performance stand.

use toml::de::DeTable;

use super::complaints::Complaints;
use super::value;
use crate::survey::crosshair::Crosshair;

/// The `[priorities]` table.
pub(super) fn crosshair(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Crosshair {
    let Some(written) = root.get("priorities") else { return Crosshair::default() };
    let Some(table) = written.get_ref().as_table() else { return Crosshair::default() };
    let line = |key: &str| table.get(key).and_then(|value| value::number(value.get_ref()));
    let (performance, importance) = (line("performance"), line("importance"));
    let is_set = performance.is_some() || importance.is_some();
    let named = value::text(table, "crosshair");
    match named.as_deref() {
        Some("target") | None if is_set => Crosshair::Target { performance, importance },
        Some("target") => {
            let span = table.get("crosshair").map_or(written.span(), toml::Spanned::span);
            complaints.error(
                span,
                "target_without_figure",
                "[priorities]: `crosshair = \"target\"` has no figure to stand at",
                "lines at a target stand where somebody has set them",
                "write `performance = 75`, `importance = 60` or both, on the index from 0 to 100",
            );
            Crosshair::default()
        }
        Some(name) if is_set => {
            let span = table.get("crosshair").map_or(written.span(), toml::Spanned::span);
            complaints.error(
                span,
                "lines_twice",
                format!("[priorities]: `crosshair = \"{name}\"` stands beside figures for the lines"),
                "a line stands in one place",
                "write `crosshair = \"target\"`, or take the figures out",
            );
            Crosshair::default()
        }
        Some("medians") => Crosshair::Medians,
        Some("midpoint") => Crosshair::Midpoint,
        _ => Crosshair::Means,
    }
}

//! The sections of one stub, brought together.

use super::lines::{Line, lines};
use super::{Banner, BannerColumn, BannerExtent, BannerTable, legend};
use crate::report::words::{NO_FIGURE, Names, Speech, banner_style, fill};
use crate::report::{
    CrosstabAgainst, CrosstabCell, CrosstabColumn, CrosstabRow, CrosstabRowKind, CrosstabSection, Report,
    Section,
};

/// The sections of one stub with the same rows and the same total.
pub(crate) struct Stub<'a> {
    /// One section a banner, in order.
    pub(crate) sections: Vec<&'a CrosstabSection>,
}

/// The stubs of a report in order.
pub(crate) fn stubs(report: &Report) -> Vec<Stub<'_>> {
    let mut stubs: Vec<Stub> = Vec::new();
    for section in &report.sections {
        let Section::Crosstab(section) = section else { continue };
        match stubs.last_mut() {
            Some(stub) if stub.takes(section) => stub.sections.push(section),
            _ => stubs.push(Stub { sections: vec![section] }),
        }
    }
    stubs
}

impl<'a> Stub<'a> {
    fn takes(&self, other: &CrosstabSection) -> bool {
        let Some(first) = self.sections.first() else { return true };
        let totals = |section: &'a CrosstabSection| total(section).map(|at| cells(section, at));
        first.stub == other.stub
            && first.wave == other.wave
            && first.rows == other.rows
            && column(first, total(first)) == column(other, total(other))
            && totals(first) == total(other).map(|at| cells(other, at))
    }

    /// The wording of the stub, or its label.
    pub(crate) fn wording(&self, names: &Names) -> String {
        let Some(first) = self.sections.first() else { return String::new() };
        let wording = names.summary(&first.stub).map(|question| question.text.as_str());
        let said = [wording.unwrap_or_default(), first.stub_label.as_str(), first.stub.as_str()];
        said.into_iter().find(|text| !text.trim().is_empty()).unwrap_or(NO_FIGURE).to_owned()
    }

    /// Whether weights make a difference to any base.
    pub(crate) fn is_weighted(&self) -> bool {
        let differs = |base: Option<u64>, other: Option<f64>| {
            base.zip(other).is_some_and(|(base, other)| (other - base as f64).abs() > 1e-9 * other.abs())
        };
        self.sections.iter().flat_map(|section| &section.columns).any(|column| {
            differs(column.base, column.base_weighted) || differs(column.base, column.base_effective)
        })
    }

    /// The rows, which all sections share.
    pub(crate) fn rows(&self) -> &'a [CrosstabRow] {
        self.sections.first().map_or(&[], |section| &section.rows)
    }

    /// The table as texts.
    pub(crate) fn table(&self, report: &Report, speech: &Speech, extent: BannerExtent) -> BannerTable {
        let names = Names::new(&report.survey);
        let lines = lines(self, speech, &names, extent.details);
        let mut title = self.wording(&names);
        let first = self.sections.first();
        if let Some(wave) = first.and_then(|section| section.wave.as_ref())
            && report.waves.wave.as_ref() != Some(wave)
        {
            let texts = &speech.phrases().answers;
            title = fill(texts.title_wave, &[("title", &title), ("wave", wave)]);
        }
        let total = first.and_then(|section| {
            let at = total(section)?;
            let mut column = shown(speech, section, at, &lines);
            column.values = vec![speech.phrases().banner.total.to_owned()];
            Some(column)
        });
        let banners: Vec<Banner> =
            self.sections.iter().map(|section| banner(report, speech, section, &lines, extent)).collect();
        let legend = legend::together(speech, &banners);
        let rows = lines.iter().map(|line| line.row.clone()).collect();
        let name = first.map_or_else(String::new, |section| section.stub.clone());
        BannerTable { anchor: String::new(), name, title, rows, total, banners, legend }
    }
}

fn banner(
    report: &Report,
    speech: &Speech,
    section: &CrosstabSection,
    lines: &[Line],
    extent: BannerExtent,
) -> Banner {
    let places: Vec<usize> = (0..section.columns.len()).filter(|at| Some(*at) != total(section)).collect();
    let most = extent.most_columns.unwrap_or(places.len());
    let columns = places.iter().take(most).map(|at| shown(speech, section, *at, lines)).collect();
    let mut legend = legend::of(report, speech, section, extent.details);
    if let Some(more) = places.len().checked_sub(most).filter(|more| *more > 0) {
        legend.push(fill(speech.phrases().banner.more_columns, &[("count", &speech.count(more as u64))]));
    }
    let mut common = legend::common(report, speech, section);
    if extent.details {
        common.extend(legend::reasons(speech, section));
    }
    Banner { label: label(section), columns, legend, common }
}

/// What a banner is called.
pub(super) fn label(section: &CrosstabSection) -> String {
    let labels: Vec<&str> =
        section.banner_labels.iter().map(|label| label.trim()).filter(|label| !label.is_empty()).collect();
    if labels.is_empty() { section.banner.clone() } else { labels.join(" × ") }
}

fn shown(speech: &Speech, section: &CrosstabSection, at: usize, lines: &[Line]) -> BannerColumn {
    let Some(column) = section.columns.get(at) else {
        return BannerColumn { values: Vec::new(), letter: String::new(), cells: Vec::new() };
    };
    let mut values = column.values.clone();
    if values.len() < 2 {
        // A single value is shown by its label; of a nested column only its values tell the levels apart.
        values = vec![column.label.clone()];
    }
    for value in &mut values {
        if value.trim().is_empty() {
            NO_FIGURE.clone_into(value);
        }
    }
    let cells = lines.iter().map(|line| line.cell(speech, section, at)).collect();
    let letter = column.letter.clone().filter(|_| section.testing.against == CrosstabAgainst::EachOther);
    BannerColumn { values, letter: letter.unwrap_or_default(), cells }
}

/// The place of the column of everybody.
pub(crate) fn total(section: &CrosstabSection) -> Option<usize> {
    section.columns.iter().position(|column| column.values.is_empty())
}

fn column(section: &CrosstabSection, at: Option<usize>) -> Option<&CrosstabColumn> {
    section.columns.get(at?)
}

fn cells(section: &CrosstabSection, at: usize) -> Vec<Option<&CrosstabCell>> {
    (0..section.rows.len()).map(|row| cell(section, row, at)).collect()
}

/// The cell of a row and a column. Cells stand by row and then by column, so its place is known; a report that was
/// edited by hand may have another order.
pub(crate) fn cell(section: &CrosstabSection, row: usize, column: usize) -> Option<&CrosstabCell> {
    let (row_key, column_key) = (&section.rows.get(row)?.key, &section.columns.get(column)?.key);
    let fits = |cell: &&CrosstabCell| cell.row == *row_key && cell.column == *column_key;
    let expected = section.cells.get(row * section.columns.len() + column).filter(fits);
    expected.or_else(|| section.cells.iter().find(fits))
}

/// The style of a row's figures in all sections: as coarse as its columns' intervals allow.
pub(super) fn style(stub: &Stub, row: usize) -> crate::report::words::NumberStyle {
    let Some(named) = stub.rows().get(row) else { return crate::report::words::NumberStyle::plain(0) };
    let is_share = matches!(named.kind, CrosstabRowKind::Category | CrosstabRowKind::Net);
    let alike = |other: &usize| {
        // Percentages of one table are written alike.
        *other == row || (is_share && stub.rows().get(*other).is_some_and(|other| other.unit == named.unit))
    };
    let rows: Vec<usize> = (0..stub.rows().len()).filter(alike).collect();
    let mut narrowest: Option<(f64, f64)> = None;
    for section in &stub.sections {
        for column in (0..section.columns.len()).filter(|at| Some(*at) != total(section)) {
            let limits = rows.iter().filter_map(|row| {
                let cell = cell(section, *row, column)?;
                cell.low.zip(cell.high)
            });
            let width = |limits: &(f64, f64)| limits.1 - limits.0;
            let Some(widest) = limits.max_by(|one, two| width(one).total_cmp(&width(two))) else { continue };
            if width(&widest) > 0.0 && narrowest.is_none_or(|narrow| width(&widest) < width(&narrow)) {
                narrowest = Some(widest);
            }
        }
    }
    banner_style(named, narrowest)
}

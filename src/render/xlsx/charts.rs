//! Charts that Excel draws itself, over figures in a hidden sheet.
//!
//! A chart refers to cells for every number and every text: error bars need lengths where the tables have limits, and
//! a text that begins with `=` would be read as a reference. Rows of bars are written from last to first, since Excel
//! draws them upwards.

use rust_xlsxwriter::{
    Chart as Drawing, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells, ChartErrorBars,
    ChartErrorBarsType, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartRange, ChartSolidFill, ChartType, Color, Format, Worksheet, XlsxError,
};

use super::axes::{category, scale, small};
use super::colours::{GREY, RED, part};
use super::names::cut;
use super::sheet::{column, told, write};
use crate::render::chart::{Axis, BarChart, Chart, GapChart, IntervalChart, QuadrantChart, TrendChart};
use crate::render::page::Figure;

/// The width of a chart in pixels.
const WIDTH: u32 = 760;

/// The height of a chart whose rows do not make it.
const HEIGHT: u32 = 360;

/// The greatest height.
const MOST_HEIGHT: u32 = 1400;

/// Excel draws no more series.
const MOST_SERIES: usize = 250;

/// The longest alternative text in UTF-16 units.
const LONGEST_DESCRIPTION: usize = 250;

/// The longest name beside a point in UTF-16 units.
const LONGEST_NAME: usize = 60;

/// The hidden sheet with the figures of all charts.
pub(super) struct ChartSheet {
    name: String,
    sheet: Worksheet,
    row: u32,
    accent: Color,
}

impl ChartSheet {
    pub(super) fn new(name: String, accent: Color) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(&name)?.set_hidden(true);
        Ok(Self { name, sheet, row: 0, accent })
    }

    /// The sheet, where there is a chart.
    pub(super) fn done(self) -> Option<Worksheet> {
        (self.row > 0).then_some(self.sheet)
    }

    /// The chart of a figure with its height in pixels; none where it has no rows.
    pub(super) fn draw(&mut self, figure: &Figure) -> Result<Option<(Drawing, u32)>, XlsxError> {
        let start = self.row;
        let (mut drawing, rows, height) = match &figure.chart {
            Chart::Intervals(chart) if !chart.rows.is_empty() => self.intervals(chart)?,
            Chart::Bars(chart) if !chart.rows.is_empty() => self.bars(chart)?,
            Chart::Trend(chart) if !chart.points.is_empty() => self.trend(chart)?,
            Chart::Gaps(chart) if !chart.rows.is_empty() => self.gaps(chart)?,
            Chart::Quadrants(chart) if !chart.marks.is_empty() => self.quadrants(chart)?,
            _ => return Ok(None),
        };
        self.text(start, 0, &figure.title)?;
        drawing.title().set_name(&self.cell(start, 0)).set_font(ChartFont::new().set_size(11));
        let description = cut(&told(&figure.description), LONGEST_DESCRIPTION);
        drawing.set_alt_text(description).set_name(&figure.id).set_width(WIDTH).set_height(height);
        // A title, the heads, the rows and a gap.
        self.row = start + rows + 3;
        Ok(Some((drawing, height)))
    }

    /// Bars from zero with the interval as a whisker; where the axis does not begin at zero a bar would lie, and only
    /// the interval is drawn, parted at the figure.
    fn intervals(&mut self, chart: &IntervalChart) -> Result<(Drawing, u32, u32), XlsxError> {
        let data = self.data(chart.rows.len());
        let lines = chart.reference.iter().chain(&chart.target).map(|(_, text)| text.as_str());
        let title: Vec<&str> = [chart.axis.title.as_str()].into_iter().chain(lines).collect();
        self.text(data.heads, 1, &title.join(" · "))?;
        for (number, row) in chart.rows.iter().rev().enumerate() {
            let place = data.row(number);
            self.text(place, 0, &row.label)?;
            self.figure(place, row.value, row.limits)?;
            self.number(place, 4, row.limits.map(|(low, _)| low))?;
        }
        let floats = chart.axis.least > 0.0
            && chart.rows.iter().all(|row| row.value.is_some() == row.limits.is_some());
        let mut drawing = if floats { self.floating(data) } else { self.bars_with_whiskers(data) };
        scale(drawing.x_axis(), &chart.axis).set_name(&self.cell(data.heads, 1)).set_name_font(&small());
        category(drawing.y_axis());
        drawing.legend().set_hidden();
        Ok((drawing, data.rows, tall(chart.rows.len(), 1)))
    }

    fn bars_with_whiskers(&self, data: Data) -> Drawing {
        let mut drawing = Drawing::new(ChartType::Bar);
        let fill = ChartSolidFill::new().set_color(self.accent).set_transparency(45).clone();
        drawing
            .add_series()
            .set_name(&self.cell(data.heads, 1))
            .set_categories(&self.column(data, 0))
            .set_values(&self.column(data, 1))
            .set_format(ChartFormat::new().set_solid_fill(&fill))
            .set_gap(60)
            .set_x_error_bars(&self.whiskers(data));
        drawing
    }

    /// Nothing up to the lower limit, then the two halves of the interval.
    fn floating(&self, data: Data) -> Drawing {
        let mut drawing = Drawing::new(ChartType::BarStacked);
        for (column, transparency) in [(4, None), (2, Some(55)), (3, Some(25))] {
            let mut format = ChartFormat::new();
            match transparency {
                None => format.set_no_fill(),
                Some(percent) => format
                    .set_solid_fill(ChartSolidFill::new().set_color(self.accent).set_transparency(percent)),
            };
            drawing
                .add_series()
                .set_name(&self.cell(data.heads, 1))
                .set_categories(&self.column(data, 0))
                .set_values(&self.column(data, column))
                .set_format(&mut format)
                .set_gap(120);
        }
        drawing
    }

    /// Stacked bars of shares.
    fn bars(&mut self, chart: &BarChart) -> Result<(Drawing, u32, u32), XlsxError> {
        let data = self.data(chart.rows.len());
        for (number, row) in chart.rows.iter().rev().enumerate() {
            let place = data.row(number);
            self.text(place, 0, &row.label)?;
            for (part, (share, _)) in row.shares.iter().enumerate().take(MOST_SERIES) {
                self.number(place, column(part + 1), Some(*share))?;
            }
        }
        let mut drawing = Drawing::new(ChartType::BarStacked);
        for (place, shown) in chart.parts.iter().enumerate().take(MOST_SERIES) {
            self.text(data.heads, column(place + 1), &shown.label)?;
            drawing
                .add_series()
                .set_name(&self.cell(data.heads, column(place + 1)))
                .set_categories(&self.column(data, 0))
                .set_values(&self.column(data, column(place + 1)))
                .set_format(
                    ChartFormat::new()
                        .set_solid_fill(ChartSolidFill::new().set_color(part(&chart.parts, place))),
                )
                .set_gap(50);
        }
        drawing.x_axis().set_min(0).set_max(100).set_num_format("0\" %\"").set_font(&small());
        category(drawing.y_axis());
        drawing.legend().set_position(ChartLegendPosition::Bottom);
        Ok((drawing, data.rows, tall(chart.rows.len(), 1) + 40))
    }

    /// A line with whiskers, the control limits, the centre and the target.
    fn trend(&mut self, chart: &TrendChart) -> Result<(Drawing, u32, u32), XlsxError> {
        // Label, value, two lengths, control limits, centre, target; then the values of each unbroken run.
        const CONTROL: [u16; 2] = [4, 5];
        const LINES: [u16; 2] = [6, 7];
        const RUNS: u16 = 8;
        let data = self.data(chart.points.len());
        let mut runs = 0_u16;
        for (number, point) in chart.points.iter().enumerate() {
            let place = data.row(number);
            self.text(place, 0, &point.wave)?;
            self.figure(place, point.value, point.limits)?;
            for (column, limit) in CONTROL.into_iter().zip([0, 1]) {
                let limits = point.control.map(|(low, high)| [low, high][limit]);
                self.number(place, column, limits)?;
            }
            for (column, line) in LINES.into_iter().zip([&chart.center, &chart.target]) {
                self.number(place, column, line.as_ref().map(|(value, _)| *value))?;
            }
            if point.broken && number > 0 && usize::from(runs) < MOST_SERIES {
                runs += 1;
            }
            self.number(place, RUNS + runs, point.value)?;
        }
        self.text(data.heads, 1, &chart.axis.title)?;
        let mut drawing = Drawing::new(ChartType::Line);
        let mut accent =
            ChartFormat::new().set_line(ChartLine::new().set_color(self.accent).set_width(2)).clone();
        let mut fill = ChartFormat::new()
            .set_solid_fill(ChartSolidFill::new().set_color(self.accent))
            .set_border(ChartLine::new().set_color(self.accent))
            .clone();
        for run in 0..=runs {
            drawing
                .add_series()
                .set_name(&self.cell(data.heads, 1))
                .set_categories(&self.column(data, 0))
                .set_values(&self.column(data, RUNS + run))
                .set_format(&mut accent)
                .set_marker(
                    ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(6).set_format(&mut fill),
                )
                .set_y_error_bars(&self.whiskers(data))
                .delete_from_legend(run > 0);
        }
        for (column, line, colour) in [(LINES[0], &chart.center, GREY), (LINES[1], &chart.target, RED)] {
            if let Some((value, text)) = line
                && value.is_finite()
            {
                self.text(data.heads, column, text)?;
                self.dashed(&mut drawing, data, column, colour, ChartLineDashType::Dash);
            }
        }
        if chart.points.iter().any(|point| point.control.is_some()) {
            for column in CONTROL {
                self.dashed(&mut drawing, data, column, GREY, ChartLineDashType::RoundDot);
            }
        }
        scale(drawing.y_axis(), &chart.axis).set_name(&self.cell(data.heads, 1)).set_name_font(&small());
        category(drawing.x_axis());
        drawing.show_empty_cells_as(ChartEmptyCells::Gaps);
        drawing.legend().set_position(ChartLegendPosition::Bottom);
        Ok((drawing, data.rows, HEIGHT))
    }

    /// A level over all waves; one without a name is not in the legend.
    fn dashed(&self, drawing: &mut Drawing, data: Data, column: u16, colour: Color, dash: ChartLineDashType) {
        let line = ChartLine::new().set_color(colour).set_width(1).set_dash_type(dash).clone();
        drawing
            .add_series()
            .set_name(&self.cell(data.heads, column))
            .set_categories(&self.column(data, 0))
            .set_values(&self.column(data, column))
            .set_format(ChartFormat::new().set_line(&line))
            .set_marker(ChartMarker::new().set_none())
            .delete_from_legend(dash == ChartLineDashType::RoundDot);
    }

    /// Two bars a row.
    fn gaps(&mut self, chart: &GapChart) -> Result<(Drawing, u32, u32), XlsxError> {
        let data = self.data(chart.rows.len());
        for (number, row) in chart.rows.iter().rev().enumerate() {
            let place = data.row(number);
            self.text(place, 0, &row.label)?;
            self.number(place, 1, row.expectation)?;
            self.number(place, 2, row.perception)?;
        }
        let mut drawing = Drawing::new(ChartType::Bar);
        for (column, name, colour) in [(1, &chart.expectation, GREY), (2, &chart.perception, self.accent)] {
            self.text(data.heads, column, name)?;
            drawing
                .add_series()
                .set_name(&self.cell(data.heads, column))
                .set_categories(&self.column(data, 0))
                .set_values(&self.column(data, column))
                .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)))
                .set_gap(60);
        }
        self.text(data.heads, 3, &chart.axis.title)?;
        scale(drawing.x_axis(), &chart.axis).set_name(&self.cell(data.heads, 3)).set_name_font(&small());
        category(drawing.y_axis());
        drawing.legend().set_position(ChartLegendPosition::Bottom);
        Ok((drawing, data.rows, tall(chart.rows.len(), 2) + 30))
    }

    /// Points with their names, and the two lines that part the quadrants.
    fn quadrants(&mut self, chart: &QuadrantChart) -> Result<(Drawing, u32, u32), XlsxError> {
        let data = self.data(chart.marks.len());
        let mut labels = Vec::with_capacity(chart.marks.len());
        for (number, mark) in chart.marks.iter().enumerate() {
            let place = data.row(number);
            self.text(place, 0, &mark.label)?;
            self.number(place, 1, Some(mark.performance.0))?;
            self.number(place, 2, Some(mark.importance.0))?;
            labels.push(self.name(place, &mark.label));
        }
        self.text(data.heads, 1, &chart.performance.title)?;
        self.text(data.heads, 2, &chart.importance.title)?;
        let mut drawing = Drawing::new(ChartType::Scatter);
        drawing
            .add_series()
            .set_categories(&self.column(data, 1))
            .set_values(&self.column(data, 2))
            .set_format(ChartFormat::new().set_line(ChartLine::new().set_hidden(true)))
            .set_marker(
                ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(8).set_format(
                    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(self.accent)),
                ),
            )
            .set_data_label(
                ChartDataLabel::new().set_position(ChartDataLabelPosition::Above).set_font(&small()),
            )
            .set_custom_data_labels(&labels);
        let (performance, importance) = chart.crosshair;
        let ends = |axis: &Axis| [axis.least, axis.most];
        let lines =
            [(3, ends(&chart.performance), [importance; 2]), (5, [performance; 2], ends(&chart.importance))];
        for (column, across, up) in lines {
            for (number, (across, up)) in across.into_iter().zip(up).enumerate() {
                self.number(data.row(number), column, Some(across))?;
                self.number(data.row(number), column + 1, Some(up))?;
            }
            let two = Data { rows: 2, ..data };
            drawing
                .add_series()
                .set_categories(&self.column(two, column))
                .set_values(&self.column(two, column + 1))
                .set_format(ChartFormat::new().set_line(
                    ChartLine::new().set_color(GREY).set_width(1).set_dash_type(ChartLineDashType::Dash),
                ))
                .set_marker(ChartMarker::new().set_none());
        }
        scale(drawing.x_axis(), &chart.performance)
            .set_name(&self.cell(data.heads, 1))
            .set_name_font(&small());
        scale(drawing.y_axis(), &chart.importance)
            .set_name(&self.cell(data.heads, 2))
            .set_name_font(&small());
        drawing.legend().set_hidden();
        // The lines need two rows where there is one mark.
        Ok((drawing, data.rows.max(2), 480))
    }

    /// The name of a point. It is written out, since not every program follows the reference of a label; only a text
    /// that would be read as one is referred to.
    fn name(&self, row: u32, name: &str) -> ChartDataLabel {
        let mut label = ChartDataLabel::new();
        label.set_position(ChartDataLabelPosition::Above).set_font(&small());
        let name = told(name);
        if name.is_empty() || name.starts_with('=') || name.contains('!') {
            label.set_value(&self.cell(row, 0));
        } else {
            label.set_value(cut(&name, LONGEST_NAME).as_str());
        }
        label
    }

    /// The rows of the next chart, after its title.
    fn data(&self, rows: usize) -> Data {
        Data { heads: self.row + 1, rows: u32::try_from(rows).unwrap_or(u32::MAX) }
    }

    /// A value with the lengths of its whiskers.
    fn figure(&mut self, row: u32, value: Option<f64>, limits: Option<(f64, f64)>) -> Result<(), XlsxError> {
        self.number(row, 1, value)?;
        let lengths = value.zip(limits).map(|(value, (low, high))| (value - low, high - value));
        self.number(row, 2, lengths.map(|(down, _)| down.max(0.0)))?;
        self.number(row, 3, lengths.map(|(_, up)| up.max(0.0)))
    }

    fn whiskers(&self, data: Data) -> ChartErrorBars {
        let (down, up) = (self.column(data, 2), self.column(data, 3));
        ChartErrorBars::new()
            .set_type(ChartErrorBarsType::Custom(up, down))
            .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(GREY).set_width(1.25)))
            .clone()
    }

    fn number(&mut self, row: u32, column: u16, number: Option<f64>) -> Result<(), XlsxError> {
        if let Some(number) = number.filter(|number| number.is_finite()) {
            self.sheet.write_number(row, column, number)?;
        }
        Ok(())
    }

    fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        write(&mut self.sheet, row, column, text, &Format::new())
    }

    fn cell(&self, row: u32, column: u16) -> ChartRange {
        ChartRange::new_from_range(&self.name, row, column, row, column)
    }

    fn column(&self, data: Data, column: u16) -> ChartRange {
        let last = data.row(usize::try_from(data.rows.saturating_sub(1)).unwrap_or(0));
        ChartRange::new_from_range(&self.name, data.row(0), column, last, column)
    }
}

/// The rows of one chart.
#[derive(Clone, Copy)]
struct Data {
    heads: u32,
    rows: u32,
}

impl Data {
    fn row(self, number: usize) -> u32 {
        (self.heads + 1).saturating_add(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

/// The height of a chart with so many rows of so many bars.
fn tall(rows: usize, bars: u32) -> u32 {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    rows.saturating_mul(14 + 14 * bars).saturating_add(110).clamp(200, MOST_HEIGHT)
}

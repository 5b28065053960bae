//! How headlines moved: one row a headline for the newest tested wave, then wave by wave for the scores that carry the
//! story.

use super::lookup::Lookup;
use super::story::Story;
use super::{Block, Cell, Column, Extent, Interval, Name, Table};
use crate::report::words::{self, NumberStyle, Speech, heading};
use crate::report::{
    ChangeVerdict, DocumentSection, Flag, Report, Section, TrendPoint, TrendSection, Unit, Untested,
    WhySection,
};

/// The tables of every trend and of every explanation in the report.
pub(super) fn blocks(lookup: &Lookup, story: &Story, extent: Extent) -> Vec<Block> {
    let trends: Vec<&TrendSection> = sections(lookup.report);
    if trends.is_empty() {
        return Vec::new();
    }
    let writer = Writer { lookup, speech: Speech::new(&DocumentSection::default()), explain: extent.explain };
    let mut blocks = writer.newest(&trends);
    for trend in &trends {
        if story.tells(&trend.question) {
            blocks.extend(writer.waves(trend));
        }
    }
    for section in &lookup.report.sections {
        if let Section::Why(why) = section {
            blocks.extend(writer.why(why));
        }
    }
    blocks
}

fn sections(report: &Report) -> Vec<&TrendSection> {
    let trends = report.sections.iter().filter_map(|section| match section {
        Section::Trend(trend) => Some(trend),
        _ => None,
    });
    trends.collect()
}

struct Writer<'a> {
    lookup: &'a Lookup<'a>,
    speech: Speech,
    explain: bool,
}

impl Writer<'_> {
    /// One row a headline: the newest wave that was compared.
    fn newest(&self, trends: &[&TrendSection]) -> Vec<Block> {
        let newest = |trend: &TrendSection| trend.points.iter().rposition(|point| point.against.is_some());
        let Some(last) = trends.iter().filter_map(|trend| newest(trend)).max() else {
            return vec![Block::Sentences(vec![heading::NOTHING_TO_COMPARE.to_owned()])];
        };
        let mut rows = Vec::new();
        let mut between = None;
        for trend in trends {
            let Some(point) = trend.points.get(last) else { continue };
            if let Some(against) = &point.against {
                between = Some((point.wave.clone(), against.clone()));
            }
            let mut row = vec![Cell::Name(self.name(&trend.question, &trend.statistic))];
            row.push(self.figure(trend, point));
            row.extend(self.change(trend, point));
            rows.push(row);
        }
        let title = between
            .map_or_else(|| heading::TREND.to_owned(), |(wave, against)| heading::moved(&wave, &against));
        let mut columns = vec![Column::text(heading::SCORE), Column::number(heading::VALUE)];
        columns.extend(self.change_columns());
        let size = trends.iter().flat_map(|trend| &trend.families).find(|family| family.name == "previous");
        let legend = size.map(|family| heading::adjusted_for(family.size)).into_iter().collect();
        vec![Block::Heading(title), Block::Table(Table::new(1, columns, rows)), Block::Legend(legend)]
    }

    /// One headline wave by wave.
    fn waves(&self, trend: &TrendSection) -> Vec<Block> {
        let mut rows = Vec::new();
        for point in &trend.points {
            let mut row = vec![Cell::from(self.wave_name(point))];
            row.push(self.figure(trend, point));
            row.push(self.limits(trend, point));
            row.push(Cell::from(base(point)));
            row.extend(self.change(trend, point));
            if self.explain {
                let difference = |value: Option<f64>| {
                    Cell::from(value.map_or_else(String::new, |value| {
                        self.speech.styled(value, NumberStyle::difference(trend.unit, None))
                    }))
                };
                row.push(difference(point.last_year.as_ref().and_then(|change| change.change)));
                row.extend([difference(point.mix), difference(point.within)]);
                row.push(Cell::from(point.minimum_detectable.map_or_else(String::new, |size| {
                    self.speech.styled(
                        size,
                        NumberStyle { signed: false, ..NumberStyle::difference(trend.unit, None) },
                    )
                })));
            }
            rows.push(row);
        }
        let confidence = self.lookup.report.survey.confidence;
        let mut columns = vec![
            Column::text(heading::WAVE),
            Column::number(heading::VALUE),
            Column::interval(confidence),
            Column::number(heading::BASE),
        ];
        columns.extend(self.change_columns());
        if self.explain {
            let more = [heading::LAST_YEAR, heading::MIX, heading::WITHIN, heading::DETECTABLE];
            columns.extend(more.map(Column::number));
        }
        let mut blocks = vec![
            Block::Heading(self.name(&trend.question, &trend.statistic).in_full()),
            Block::Table(Table::new(1, columns, rows)),
        ];
        let legend = self.legend(trend);
        if !legend.is_empty() {
            blocks.push(Block::Legend(legend));
        }
        blocks
    }

    /// What the chart, the tendency and the breaks say.
    fn legend(&self, trend: &TrendSection) -> Vec<String> {
        let mut lines = Vec::new();
        let style = NumberStyle::figure(trend.unit, &trend.statistic, None);
        if let Some(chart) = &trend.chart {
            let signals: Vec<String> = trend
                .points
                .iter()
                .filter_map(|point| {
                    let rules = words::rule_names(&self.speech, point.signal.as_deref()?);
                    Some(format!("{}: {}", point.wave, rules.join(", ")))
                })
                .collect();
            lines.push(heading::control_chart(
                &self.speech.styled(chart.center, style),
                chart.baseline.len(),
                chart.provisional,
                &signals,
            ));
        }
        if let Some(tendency) = &trend.tendency {
            let slope = self.speech.styled(
                tendency.slope,
                NumberStyle { decimals: style.decimals + 1, signed: true, percent: false },
            );
            lines.push(heading::tendency(&slope, tendency.waves, &self.speech.p(tendency.p_adjusted)));
        }
        for found in &trend.breaks {
            lines.push(heading::changed_question(&found.wave, &found.changed, found.bridged));
        }
        lines
    }

    /// What may explain a move.
    fn why(&self, why: &WhySection) -> Vec<Block> {
        let unit = self.unit(&why.question);
        let style = NumberStyle::difference(unit, None);
        let number = |value: Option<f64>| {
            Cell::from(value.map_or_else(String::new, |value| self.speech.styled(value, style)))
        };
        let share =
            |value: Option<f64>| Cell::from(value.map_or_else(String::new, |share| self.speech.share(share)));
        let title = heading::why(self.lookup.called(&why.question), &why.wave, &why.against);
        let mut blocks = vec![Block::Heading(title)];
        let asking: Vec<Vec<Cell>> = why
            .asking
            .iter()
            .map(|found| {
                let text = |text: &Option<String>| Cell::from(text.clone().unwrap_or_default());
                let p = Cell::from(found.p.map_or_else(String::new, |p| self.speech.p(p)));
                vec![
                    Cell::from(found.what.replace('_', " ")),
                    Cell::from(found.about.as_str()),
                    text(&found.before),
                    text(&found.after),
                    p,
                ]
            })
            .collect();
        blocks.push(if asking.is_empty() {
            Block::Sentences(vec![heading::ASKED_THE_SAME.to_owned()])
        } else {
            let columns = [heading::ASKED, heading::ABOUT, heading::BEFORE, heading::AFTER, heading::P]
                .map(Column::text);
            Block::Table(Table::new(2, columns.into(), asking))
        });
        let rows: Vec<Vec<Cell>> = why
            .contributions
            .iter()
            .map(|part| {
                vec![
                    Cell::from(self.lookup.segment_label(&part.segment)),
                    Cell::from(part.group.as_deref().unwrap_or(heading::NO_VALUE)),
                    share(part.share_before),
                    share(part.share_after),
                    number(part.mix),
                    number(part.within),
                ]
            })
            .collect();
        if !rows.is_empty() {
            let mut columns = vec![Column::text(heading::SEGMENT), Column::text(heading::GROUP)];
            let numbers = [heading::SHARE_BEFORE, heading::SHARE_AFTER, heading::MIX, heading::WITHIN];
            columns.extend(numbers.map(Column::number));
            blocks.push(Block::Heading(heading::CONTRIBUTIONS.to_owned()));
            blocks.push(Block::Table(Table::new(2, columns, rows)));
        }
        let moved: Vec<Vec<Cell>> = why
            .moved
            .iter()
            .map(|rating| {
                let limits = rating.low.zip(rating.high);
                let style = NumberStyle::difference(self.unit(&rating.question), limits);
                vec![
                    Cell::Name(self.name(&rating.question, &rating.statistic)),
                    Cell::from(self.speech.styled(rating.change, style)),
                    limits.map_or_else(|| Cell::from(""), |limits| self.interval(limits, style)),
                    Cell::from(rating.p_adjusted.map_or_else(String::new, |p| self.speech.p(p))),
                ]
            })
            .collect();
        if moved.is_empty() {
            blocks.push(Block::Sentences(vec![heading::NOTHING_ELSE_MOVED.to_owned()]));
        } else {
            let columns = vec![
                Column::text(heading::SCORE),
                Column::number(heading::CHANGE),
                Column::interval(self.lookup.report.survey.confidence),
                Column::text(heading::P),
            ];
            blocks.push(Block::Heading(heading::MOVED_WITH_IT.to_owned()));
            blocks.push(Block::Table(Table::new(1, columns, moved)));
        }
        blocks
    }

    fn change_columns(&self) -> Vec<Column> {
        let mut columns = vec![Column::number(heading::CHANGE), Column::text(heading::VERDICT)];
        if self.explain {
            columns.push(Column::text(heading::ADJUSTED_P));
        }
        columns
    }

    fn figure(&self, trend: &TrendSection, point: &TrendPoint) -> Cell {
        let limits = point.low.zip(point.high);
        let style = NumberStyle::figure(trend.unit, &trend.statistic, limits);
        let text = point.value.map_or_else(
            || {
                point
                    .flag
                    .map_or_else(|| words::NO_FIGURE.to_owned(), |flag| words::flag_short(flag).to_owned())
            },
            |value| self.speech.styled(value, style),
        );
        Cell::from(text)
    }

    fn limits(&self, trend: &TrendSection, point: &TrendPoint) -> Cell {
        let Some(limits) = point.low.zip(point.high) else { return Cell::from("") };
        let style = NumberStyle::figure(trend.unit, &trend.statistic, Some(limits)).bare();
        self.interval(limits, style)
    }

    fn interval(&self, (low, high): (f64, f64), style: NumberStyle) -> Cell {
        let text = |limit| self.speech.styled(limit, style);
        Cell::Interval(Interval { low: text(low), high: text(high), bar: None })
    }

    fn change(&self, trend: &TrendSection, point: &TrendPoint) -> Vec<Cell> {
        let limits = point.change_low.zip(point.change_high);
        let change = point.change.map_or_else(String::new, |change| {
            self.speech.styled(change, NumberStyle::difference(trend.unit, limits))
        });
        let verdict = point.verdict.map_or_else(String::new, |verdict| {
            let open = limits.filter(|_| verdict == ChangeVerdict::NoClearChange);
            let Some((low, high)) = open else {
                let within = point.within_margin.as_ref();
                return words::change_verdict(
                    &self.speech,
                    verdict,
                    trend.unit,
                    limits,
                    within,
                    point.family_size,
                );
            };
            let style = NumberStyle::difference(trend.unit, limits);
            let alone = words::is_clear_alone((low, high));
            heading::no_clear_change(&self.speech.styled(low, style), &self.speech.styled(high, style), alone)
        });
        let verdict = match point.untested {
            Some(Untested::TooFewAnswers) => heading::TOO_FEW.to_owned(),
            None => verdict,
        };
        let mut cells = vec![Cell::from(change), Cell::from(verdict)];
        if self.explain {
            cells.push(Cell::from(point.p_adjusted.map_or_else(String::new, |p| self.speech.p(p))));
        }
        cells
    }

    fn wave_name(&self, point: &TrendPoint) -> String {
        let saved = if point.saved { heading::SAVED_MARK } else { "" };
        let future = self.lookup.report.waves.future.contains(&point.wave);
        let running = match (point.complete, future) {
            (_, true) => heading::FUTURE_MARK,
            (false, false) => heading::RUNNING_MARK,
            (true, false) => "",
        };
        format!("{}{saved}{running}", point.wave)
    }

    fn name(&self, question: &str, statistic: &str) -> Name {
        let measure = self.lookup.question(question).map_or("", |question| question.measure.as_str());
        self.lookup.name(question, measure, statistic)
    }

    fn unit(&self, question: &str) -> Unit {
        let found = sections(self.lookup.report).into_iter().find(|trend| trend.question == question);
        found.map_or(Unit::Points, |trend| trend.unit)
    }
}

fn base(point: &TrendPoint) -> String {
    let mark = if point.flag == Some(Flag::SmallBase) { words::SMALL_BASE_MARK } else { "" };
    point.base.map_or_else(String::new, |base| format!("{}{mark}", words::count(base)))
}

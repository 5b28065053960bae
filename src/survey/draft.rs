//! A definition for a file that has none: what was inferred, written as commented TOML.
//!
//! The draft is the inferred survey exactly: parsing it gives the same. What is uncertain stands in a comment
//! beside the question, what was left out at the end.

use indexmap::IndexMap;

use crate::diagnostic::Diagnostic;

use super::inference::{Finding, Inferred, Taken, infer};
use super::{
    Best, Columns, DateColumn, Measure, Parsed, Profile, Question, Scale, Survey, WaveRule, built_in_scale,
    default_scale, named_columns, parse,
};

/// The definition of an inferred survey.
///
/// A column with a control character in its name other than a line break or a tab is left out, as a definition cannot
/// name it.
pub fn draft(inferred: &Inferred) -> String {
    let findings = inferred.findings.as_slice();
    let survey = &nameable(&inferred.survey);
    let mut out = String::from(
        "# Drafted by csat from the answers: read it, correct it, and keep it beside the file.\n\
         # Lines that begin with # are comments.\n\n\
         [survey]\n\
         # title = \"…\"\n\
         # objective = \"…\"\n\
         # sampling = \"random\"        # or everyone_invited, open_link, everyone_answered\n\
         # population = 1000          # how many there are in all, if known\n",
    );
    data(survey, &mut out);
    for scale in survey.scales.values() {
        write_scale(scale, &mut out);
    }
    let mut blocks = Vec::new();
    let mut rest = survey.questions.as_slice();
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|other| is_alike(first, other)).count().max(1);
        let (these, others) = rest.split_at(alike);
        if alike > 1 {
            block(these, findings, &mut blocks, &mut out);
        } else {
            question(first, findings, &mut out);
        }
        rest = others;
    }
    segments(survey, findings, &mut out);
    left_out(findings, &mut out);
    out
}

/// An existing definition with what is new in the file appended; every byte that was there stays.
///
/// # Errors
/// What is wrong with the existing definition, or why the new tables cannot follow it.
pub fn update(existing: &str, file: &str, profile: &Profile) -> Result<String, Vec<Diagnostic>> {
    let Parsed { survey: old, .. } = parse(existing.as_bytes(), file)?;
    let known = named_columns(&old);
    let mut profile = profile.clone();
    profile.columns.retain(|column| !known.iter().any(|name| *name == column.name));
    let inferred = infer(&profile, &[]);
    let mut new = nameable(&inferred.survey);
    if new.questions.is_empty() && new.segments.is_empty() {
        return Ok(existing.to_owned());
    }
    settle_names(&mut new, &old);
    let mut added = String::from("\n# Added by csat: columns that are new in the file.\n");
    for scale in new.scales.values() {
        write_scale(scale, &mut added);
    }
    for asked in &new.questions {
        question(asked, &inferred.findings, &mut added);
    }
    segments(&new, &inferred.findings, &mut added);
    let line_end = if existing.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if existing.is_empty() || existing.ends_with('\n') { "" } else { line_end };
    let whole = format!("{existing}{gap}{}", added.replace('\n', line_end));
    parse(whole.as_bytes(), file)?;
    Ok(whole)
}

/// The survey without what reads columns that a definition cannot name.
fn nameable(survey: &Survey) -> Survey {
    let mut survey = survey.clone();
    let is_plain = |name: &String| !has_control(name);
    survey.questions.retain(|question| match &question.columns {
        Columns::One(names) => names.iter().all(is_plain),
        Columns::Pair { first, second } => first.iter().chain(second).all(is_plain),
    });
    survey.segments.retain(|segment| segment.columns.iter().all(is_plain));
    let data = &mut survey.data;
    for name in [&mut data.id, &mut data.customer, &mut data.weight] {
        *name = name.take().filter(is_plain);
    }
    data.date = data.date.take().filter(|date| is_plain(&date.column));
    survey
}

fn has_control(name: &str) -> bool {
    name.contains(|character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

/// Gives what is new names that are free; texts that mean blank go to the new scales, as `[data]` is written.
fn settle_names(new: &mut Survey, old: &Survey) {
    let mut names: IndexMap<String, String> = IndexMap::new();
    let mut scales: IndexMap<String, Scale> = IndexMap::new();
    let blanks: Vec<String> =
        new.data.missing.iter().filter(|text| !old.data.missing.contains(text)).cloned().collect();
    for (name, scale) in &new.scales {
        let mut scale = scale.clone();
        // A built-in scale is not written, so it takes no words of its own; 0-10 hardly needs any.
        if built_in_scale(name).as_ref() == Some(&scale) {
            names.insert(name.clone(), name.clone());
            continue;
        }
        scale.missing.extend(blanks.iter().cloned());
        let mut free = name.clone();
        let mut number = 1;
        while old
            .scales
            .get(&free)
            .is_some_and(|other| Scale { name: free.clone(), ..scale.clone() } != *other)
            || scales.contains_key(&free)
        {
            number += 1;
            free = format!("{name}_{number}");
        }
        scale.name.clone_from(&free);
        names.insert(name.clone(), free.clone());
        if !old.scales.contains_key(&free) {
            scales.insert(free, scale);
        }
    }
    new.scales = scales;
    let mut ids: Vec<String> = old.questions.iter().map(|question| question.id.clone()).collect();
    ids.extend(old.segments.iter().map(|segment| segment.id.clone()));
    let mut settle = |id: &mut String| {
        let base = id.clone();
        let mut number = 1;
        while ids.contains(id) {
            number += 1;
            *id = format!("{base}_{number}");
        }
        ids.push(id.clone());
    };
    for question in &mut new.questions {
        // The outcome is declared by hand, or there would be two.
        question.overall = false;
        settle(&mut question.id);
        if let Some(scale) = &mut question.scale
            && let Some(name) = names.get(&scale.name)
        {
            scale.name.clone_from(name);
        }
    }
    for segment in &mut new.segments {
        settle(&mut segment.id);
    }
}

fn named(lines: &mut Vec<String>, key: &str, value: Option<&String>) {
    lines.extend(value.map(|value| format!("{key} = {}", text(value))));
}

fn data(survey: &Survey, out: &mut String) {
    let data = &survey.data;
    let mut lines = Vec::new();
    named(&mut lines, "id", data.id.as_ref());
    named(&mut lines, "customer", data.customer.as_ref());
    match &data.date {
        Some(DateColumn { column, format: Some(format) }) => {
            lines.push(format!("date = {{ column = {}, format = {} }}", text(column), text(format)));
        }
        Some(date) => lines.push(format!("date = {}", text(&date.column))),
        None => {}
    }
    named(&mut lines, "weight", data.weight.as_ref());
    match &data.wave {
        Some(WaveRule::Column { column, .. }) => {
            lines.push(format!("wave = {{ column = {} }}", text(column)));
        }
        _ if data.date.is_some() => {
            lines.push(
                "# wave = { every = \"quarter\" }   # day, week, month, quarter, half or year".to_owned(),
            );
        }
        _ => {}
    }
    if !data.missing.is_empty() {
        lines.push(format!("missing = {}", codes(&data.missing)));
    }
    if !lines.is_empty() {
        add(out, &format!("\n[data]\n{}\n", lines.join("\n")));
    }
}

fn write_scale(scale: &Scale, out: &mut String) {
    if built_in_scale(&scale.name).as_ref() == Some(scale) {
        return;
    }
    let points = if scale.values.is_empty() {
        format!("min = {}\nmax = {}", scale.min, scale.max)
    } else {
        let points = list(scale.values.iter().map(i32::to_string));
        format!("points = {points}           # the numbers that answers have; no other is a point")
    };
    add(out, &format!("\n[scale.{}]\n{points}\ntop = {}", key(&scale.name), scale.top));
    out.push_str("                         # this many of the best points make the top box\n");
    if scale.best == Best::Low {
        add(
            out,
            &format!(
                "best = \"low\"                   # {} is the best answer; write \"high\" if it is the worst\n",
                scale.min
            ),
        );
    } else if scale.labels.is_empty() {
        add(
            out,
            &format!(
                "best = \"high\"                  # {} is the best answer; write \"low\" if it is the worst\n",
                scale.max
            ),
        );
    }
    if !scale.labels.is_empty() {
        add(out, &format!("labels = {}\n", list(scale.labels.iter().map(|label| text(label)))));
    }
    if !scale.translations.is_empty() {
        out.push_str("# Other spellings or languages: labels may not mean the same in each.\n");
    }
    for (language, labels) in &scale.translations {
        add(
            out,
            &format!("translations.{} = {}\n", key(language), list(labels.iter().map(|label| text(label)))),
        );
    }
    for (name, texts) in [
        ("not_applicable", &scale.not_applicable),
        ("dont_know", &scale.dont_know),
        ("missing", &scale.missing),
    ] {
        if !texts.is_empty() {
            add(out, &format!("{name} = {}\n", codes(texts)));
        }
    }
}

/// Whether two questions can stand in one block.
fn is_alike(first: &Question, other: &Question) -> bool {
    let plain = |question: &Question| {
        !question.overall
            && question.columns == Columns::One(vec![question.id.clone()])
            && is_plain_id(&question.id)
    };
    let scale = |question: &Question| question.scale.as_ref().map(|scale| scale.name.clone());
    plain(first)
        && plain(other)
        && first.measure == other.measure
        && first.separator == other.separator
        && first.missing == other.missing
        && first.options == other.options
        && scale(first) == scale(other)
}

fn block(questions: &[Question], findings: &[Finding], names: &mut Vec<String>, out: &mut String) {
    let Some(first) = questions.first() else { return };
    let shared = questions.iter().skip(1).fold(first.id.as_str(), |shared, question| {
        let length = shared
            .char_indices()
            .zip(question.id.chars())
            .find(|((_, left), right)| left != right)
            .map_or(shared.len().min(question.id.len()), |((at, _), _)| at);
        shared.get(..length).unwrap_or_default()
    });
    let shared = shared.trim_end_matches(|character: char| !character.is_alphabetic());
    let base = if shared.chars().count() < 2 { first.measure.name() } else { shared };
    let mut name = base.to_owned();
    let mut number = 1;
    while names.contains(&name) {
        number += 1;
        name = format!("{base}_{number}");
    }
    add(out, &format!("\n[block.{}]\n", key(&name)));
    for question in questions {
        doubt(question, findings, out);
    }
    add(out, &format!("questions = {}\n", list(questions.iter().map(|question| text(&question.id)))));
    add(out, &format!("measure = \"{}\"\n", first.measure.name()));
    separator_of(first, out);
    options_of(first, out);
    scale_of(first, out);
    names.push(name);
    for question in questions.iter().filter(|question| question.text.is_some() || question.label.is_some()) {
        add(out, &format!("\n[question.{}]\n", key(&question.id)));
        wording(question, out);
    }
}

fn question(question: &Question, findings: &[Finding], out: &mut String) {
    add(out, &format!("\n[question.{}]\n", key(&question.id)));
    doubt(question, findings, out);
    add(out, &format!("measure = \"{}\"\n", question.measure.name()));
    wording(question, out);
    let one = |names: &[String]| names.first().map(|name| text(name)).unwrap_or_default();
    match &question.columns {
        Columns::Pair { first, second } => {
            let keys = match question.measure {
                Measure::Kano => ["functional", "dysfunctional"],
                _ => ["expectation", "perception"],
            };
            add(out, &format!("{} = {}\n{} = {}\n", keys[0], one(first), keys[1], one(second)));
        }
        Columns::One(names) if names.first() != Some(&question.id) => {
            add(out, &format!("column = {}\n", one(names)));
        }
        Columns::One(_) => {}
    }
    if question.overall {
        out.push_str("overall = true                 # the outcome that drivers explain\n");
    }
    if question.disconfirmation {
        out.push_str("disconfirmation = true         # asked against what was expected\n");
    }
    separator_of(question, out);
    options_of(question, out);
    scale_of(question, out);
}

/// What was asked, and what tables call it.
fn wording(question: &Question, out: &mut String) {
    for (name, value) in [("text", &question.text), ("label", &question.label)] {
        if let Some(value) = value.as_ref().filter(|value| **value != question.id) {
            add(out, &format!("{name} = {}\n", text(value)));
        }
    }
}

fn separator_of(question: &Question, out: &mut String) {
    if let Some(separator) = question.separator.as_ref().filter(|separator| *separator != ";") {
        add(out, &format!("separator = {}\n", text(separator)));
    }
    if !question.missing.is_empty() {
        let missing = list(question.missing.iter().map(|word| text(word)));
        add(out, &format!("missing = {missing}                 # no answer\n"));
    }
}

/// The options of a question that has several in a cell; other questions find theirs in the file.
fn options_of(question: &Question, out: &mut String) {
    if question.measure == Measure::Multi && !question.options.is_empty() {
        for (code, option) in &question.options {
            add(out, &format!("labels.{} = {}\n", text(code), text(option)));
        }
    }
}

fn scale_of(question: &Question, out: &mut String) {
    if let Some(scale) = &question.scale
        && (default_scale(question.measure, question.version) != Some(scale.name.as_str())
            || question.measure != Measure::Nps)
    {
        add(out, &format!("scale = {}\n", text(&scale.name)));
    }
}

/// What is uncertain about a question, as comments.
fn doubt(question: &Question, findings: &[Finding], out: &mut String) {
    let names: Vec<&String> = match &question.columns {
        Columns::One(names) => names.iter().collect(),
        Columns::Pair { first, second } => first.iter().chain(second).collect(),
    };
    for finding in findings.iter().filter(|finding| names.contains(&&finding.column)) {
        if !finding.sure {
            add(out, &format!("# not sure: {}: {}\n", shown(&finding.column), shown(&finding.why)));
        } else if finding.taken == Taken::Measure(Measure::Number) {
            // The unit stands nowhere else.
            add(out, &format!("# {}: {}\n", shown(&finding.column), shown(&finding.why)));
        }
    }
}

fn segments(survey: &Survey, findings: &[Finding], out: &mut String) {
    for segment in &survey.segments {
        add(out, &format!("\n[segment.{}]\n", key(&segment.id)));
        let column = segment.columns.first().cloned().unwrap_or_default();
        for finding in findings.iter().filter(|finding| !finding.sure && finding.column == column) {
            add(out, &format!("# not sure: {}\n", shown(&finding.why)));
        }
        if column != segment.id {
            add(out, &format!("column = {}\n", text(&column)));
        }
        let labels: Vec<String> =
            segment.labels.iter().map(|(code, label)| format!("{} = {}", text(code), text(label))).collect();
        if !labels.is_empty() {
            add(out, &format!("labels = {{ {} }}\n", labels.join(", ")));
        }
        if let Some(finding) = findings.iter().find(|finding| finding.column == column) {
            words_to_order(finding, &format!("in place of [segment.{}]", key(&segment.id)), out);
        }
    }
}

/// A question that words in some order would make, in comments: the order is its author's to write.
fn words_to_order(finding: &Finding, place: &str, out: &mut String) {
    if finding.words.len() < 2 || has_control(&finding.column) {
        return;
    }
    let labels = list(finding.words.iter().map(|word| text(word))).replace('\n', "\n# ");
    // A name of its own, since the bare one may be that of a built-in scale.
    let scale = format!("{} words", finding.column);
    add(
        out,
        &format!(
            "# As a question, {}: put the words in order, the worst first.\n\
             # [scale.{}]\n# labels = {labels}\n\
             # [question.{}]\n# measure = \"rating\"          # or csat, importance\n# scale = {}\n",
            shown(place),
            key(&scale),
            key(&finding.column),
            text(&scale),
        ),
    );
}

/// The questions of a grid that words in some order would make, in comments.
fn grid_to_order(grid: &[&Finding], out: &mut String) {
    let Some(first) = grid.first() else { return };
    let commented = |items: String| items.replace('\n', "\n# ");
    let scale = format!("{} words", first.column);
    let names: Vec<String> = grid.iter().map(|finding| format!("`{}`", shown(&finding.column))).collect();
    let labels = commented(list(first.words.iter().map(|word| text(word))));
    add(
        out,
        &format!(
            "# As questions, {}: put the words in order, the worst first.\n# [scale.{}]\n# labels = {labels}\n",
            names.join(", "),
            key(&scale),
        ),
    );
    let measure = "measure = \"rating\"          # or csat, importance";
    if grid.iter().all(|finding| is_plain_id(&finding.column)) {
        let questions = commented(list(grid.iter().map(|finding| text(&finding.column))));
        let block = key(&scale);
        add(out, &format!("# [block.{block}]\n# questions = {questions}\n# {measure}\n"));
        add(out, &format!("# scale = {}\n", text(&scale)));
    } else {
        for finding in grid {
            let name = key(&finding.column);
            add(out, &format!("# [question.{name}]\n# {measure}\n# scale = {}\n", text(&scale)));
        }
    }
}

/// Whether a column can be named in the list of a block.
fn is_plain_id(name: &str) -> bool {
    !name.contains("..") && name.trim() == name
}

fn left_out(findings: &[Finding], out: &mut String) {
    let skipped: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.taken == Taken::Skip || has_control(&finding.column))
        .collect();
    if !skipped.is_empty() {
        out.push_str("\n# Left out:\n");
    }
    for finding in skipped {
        let why =
            if has_control(&finding.column) { "its name has a control character" } else { &finding.why };
        add(out, &format!("#   {}: {}\n", shown(&finding.column), shown(why)));
    }
    let mut written: Vec<&[String]> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.taken == Taken::Skip) {
        if finding.in_grid {
            let is_other = |other: &&Finding| other.in_grid && other.words == finding.words;
            let is_named = |other: &&Finding| !has_control(&other.column);
            let grid: Vec<&Finding> = findings.iter().filter(is_other).filter(is_named).collect();
            if !written.contains(&finding.words.as_slice()) && !grid.is_empty() {
                out.push('\n');
                grid_to_order(&grid, out);
            }
            written.push(&finding.words);
            continue;
        }
        out.push_str(if finding.words.is_empty() { "" } else { "\n" });
        words_to_order(finding, &format!("`{}`", finding.column), out);
    }
}

/// Appends to the draft.
fn add(out: &mut String, text: &str) {
    out.push_str(text);
}

/// A text in a comment: one line without control characters, which TOML refuses.
fn shown(value: &str) -> String {
    value.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// A key, in quotes unless it is a bare one.
fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.bytes().all(bare) { name.to_owned() } else { text(name) }
}

/// A basic string of TOML.
fn text(value: &str) -> String {
    let mut quoted = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if character.is_control() => add(&mut quoted, &format!("\\u{:04X}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Codes: whole numbers as numbers, the others as texts.
fn codes(texts: &[String]) -> String {
    list(texts.iter().map(|code| match code.parse::<i64>() {
        Ok(number) if number.to_string() == *code => code.clone(),
        _ => text(code),
    }))
}

/// A list, over several lines when it is long.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let line = format!("[{}]", items.join(", "));
    if line.chars().count() <= 100 { line } else { format!("[\n    {},\n]", items.join(",\n    ")) }
}

//! The flagged rows, one line each.

use crate::render::csv::harmless;
use crate::report::FlaggedRow;

/// CSV of the flagged rows; the column of ids is there where ids were asked for.
pub fn quality_flags(rows: &[FlaggedRow], with_ids: bool) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    let id = with_ids.then_some("id");
    let names = ["file", "row", "line"].into_iter().chain(id);
    write(names.chain(["flags", "checks", "seconds", "longest_run"]).map(str::to_owned).collect());
    for row in rows {
        let mut record =
            vec![harmless(&row.place.input), row.place.row.to_string(), row.place.line.to_string()];
        record.extend(id.map(|_| harmless(row.id.as_deref().unwrap_or_default())));
        record.push(row.flags.to_string());
        record.push(row.checks.join(" "));
        record.push(row.seconds.map_or_else(String::new, |seconds| seconds.to_string()));
        record.push(row.longest_run.map_or_else(String::new, |run| run.to_string()));
        write(record);
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    String::from_utf8(bytes).expect("only text was written")
}

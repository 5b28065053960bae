//! Why a list cannot be brought to the answers, with the place in the definition that names it.

use crate::diagnostic::Diagnostic;
use crate::source::blocks::BlockError;
use crate::source::head::HeadError;
use crate::source::input::{InputError, InputName};
use crate::survey::{Lookup, did_you_mean};

use super::list::{List, MOST_BYTES, MOST_KEYS};

/// Why columns cannot be brought.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LookupError {
    /// The answers cannot be read.
    #[error(transparent)]
    Answers(#[from] HeadError),
    /// The list cannot be used, or does not fit the answers.
    #[error("{}", .0.message)]
    List(Box<Diagnostic>),
}

const WHY: &str = "segments and filters by its columns would be of nobody";

fn list(lookup: &Lookup, code: &'static str, message: &str, why: &str, help: String) -> LookupError {
    let mut complaint = Diagnostic::error(code, format!("[lookup]: {message}")).why(why).help(help);
    complaint.place.clone_from(&lookup.place);
    LookupError::List(Box::new(complaint))
}

pub(super) fn unreadable(lookup: &Lookup, fault: &HeadError) -> LookupError {
    let help = match fault {
        HeadError::Input(InputError::NotFound { .. }) => {
            "the name counts from the folder of the definition; correct it, or take [lookup] out"
        }
        _ => "give the list as a table with one header: CSV, a workbook, SPSS or JSON records",
    };
    list(lookup, "lookup_unreadable", &fault.to_string(), WHY, help.to_owned())
}

pub(super) fn broken(lookup: &Lookup, fault: &BlockError) -> LookupError {
    let message = format!("`{}`: {fault}", lookup.file);
    list(lookup, "lookup_unreadable", &message, WHY, "mend the list at that line".to_owned())
}

pub(super) fn no_rows(lookup: &Lookup) -> LookupError {
    let message = format!("`{}` has a header and no rows", lookup.file);
    list(lookup, "lookup_empty", &message, WHY, "export the list once more, or take [lookup] out".to_owned())
}

pub(super) fn nothing_to_bring(lookup: &Lookup) -> LookupError {
    let message = format!("`{}` has no column besides the key `{}`", lookup.file, lookup.matched);
    list(lookup, "lookup_empty", &message, WHY, "add columns to the list, or take [lookup] out".to_owned())
}

pub(super) fn no_column(column: &str, lookup: &Lookup, names: &[String]) -> LookupError {
    let key = if column == lookup.matched { "match" } else { "columns" };
    let help = match did_you_mean(column, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if key == "match" && lookup.matched == lookup.key => {
            "name the column of the list that holds the key: `match = \"…\"`".to_owned()
        }
        None => format!("its columns are {}", short(names)),
    };
    let message = format!("`{}` has no column `{column}`, which `{key}` names", lookup.file);
    list(lookup, "lookup_column", &message, WHY, help)
}

pub(super) fn twice(column: &str, file: &str, lookup: &Lookup) -> LookupError {
    let message = format!("column `{column}` stands twice in `{file}`");
    let help = "rename one of them, or name the columns that are needed by `columns`".to_owned();
    list(lookup, "lookup_column", &message, "either could be meant", help)
}

pub(super) fn beside_answers(name: &str, input: &InputName, found: &List, header: &[String]) -> LookupError {
    let lookup = found.lookup();
    let message = format!("`{}` brings a column `{name}`, and `{input}` has one of that name", lookup.file);
    let original = lookup.columns.as_ref().and_then(|columns| columns.get(name)).map_or(name, String::as_str);
    let mut other = format!("{name}_in_list");
    while header.contains(&other) {
        other.push('_');
    }
    let help = format!(
        "name the columns to bring by `columns = [\"…\"]` without it, or give it another name: \
         `columns = {{ {other} = \"{original}\" }}`"
    );
    list(lookup, "lookup_name", &message, "either could be meant where the name is used", help)
}

pub(super) fn clash(name: &str, found: &List) -> LookupError {
    let lookup = found.lookup();
    let message = format!("`{}` brings a column `{name}`, and so does a list before", lookup.file);
    let help = format!("give it another name: `columns = {{ {name}_2 = \"{name}\" }}`");
    list(lookup, "lookup_name", &message, "either could be meant where the name is used", help)
}

pub(super) fn long_header(input: &InputName) -> LookupError {
    let complaint = Diagnostic::error(
        "lookup_header",
        format!("[lookup]: the header of `{input}` does not end within its first 256 KiB"),
    );
    let complaint =
        complaint.why("the key is looked for there").help("shorten the header, or join beforehand");
    LookupError::List(Box::new(complaint))
}

pub(super) fn too_large(lookup: &Lookup) -> LookupError {
    let message = format!(
        "`{}` has more than {} million keys or {} MiB of keys and cells",
        lookup.file,
        MOST_KEYS / 1_000_000,
        MOST_BYTES / 1024 / 1024
    );
    let help = "name only the columns that are needed by `columns`, or take the customers who did not answer out of \
                the list";
    list(lookup, "lookup_too_large", &message, "a list is held in memory", help.to_owned())
}

fn short(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(SHOWN);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

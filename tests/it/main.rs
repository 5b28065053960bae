//! The one integration binary: everything that is tested from outside the modules.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::disallowed_methods, missing_docs)]
// Answers and pages are built by hand here: how fast a test writes them is nothing to anybody.
#![allow(clippy::format_push_string, clippy::format_collect, clippy::items_after_statements)]
#![allow(clippy::case_sensitive_file_extension_comparisons)]

mod architecture; // the import table
mod bad_input; // every bad input with its message and exit code
mod cases; // cases without an interview are no answers
mod cells;
mod checklist; // self-assessments: items by clause, in a column or a row each
mod command_line;
mod compare;
mod compare_drawn;
mod complaints;
mod constructs; // reliability, indices and path models of several questions
mod crosstab;
mod definition; // definitions: every complaint, every key, every shipped file
mod disputes;
mod documents; // every block of the README and the docs is run
mod domains; // a condition keeps a domain of a weighted or drawn sample
mod drivers;
mod drivers_asked; // what goes with an outcome, how much of it, how sure
mod exclude; // rows left out: previews, unfinished, repeated, chosen; scores with and without them
mod follow_up; // lists of answers to call back
mod fuzz_seeds; // what the fuzzer kept is counted or refused
mod gap;
mod gap_inferred;
mod gate; // targets and limits: exit codes, formats, the jobs of the documentation
mod hard_to_read; // rows that would be lost, moved or misread without a word
mod help; // help, completions, manual page, schemas
mod import_command; // the plain table, the definition and the log that `csat import` writes; explained; redacted
mod imports; // what survey tools, spreadsheets and archives write, against the same answers as a plain table
mod indicators; // what is recorded anyway: figures, faults, laws, beside the scores
mod inference; // columns taken for questions, segments and dates without a definition
mod invariants; // laws that hold for every answer, weight, level and method
mod kano; // what kind of need each feature is
mod late_encoding; // a head of ASCII above bytes that are not UTF-8
mod lookup; // columns of a list beside the answers
mod methods; // docs/methods.md against the code and the reference cases
mod mutation; // every key of a definition, changed, changes the report
mod none_chosen; // an explicit no to every option is an answer
#[cfg(feature = "pdf")]
mod pdf; // the report as PDF, where it is built in
mod priorities;
mod promises; // same bytes for any threads; order and splits change no figure
mod promises_kept; // `csat promises`: kept, beyond the target, made good, complained about
mod published; // figures of real surveys computed by others
mod quality;
mod quality_page; // how well the answers came in: each check, its corners, whom it is shown to
mod records;
mod reference; // numbers of `stats` against other programs, from tests/reference
mod repeated_headers; // exports put one below the other
mod report; // the report as a user gets it
mod report_formats; // the report as Markdown and as a workbook
mod saved; // saved reports: whom they are shown to, their seal, and that they verify
mod second_look; // what a new user stumbled over
mod support; // a scratch folder and a command builder
mod surveys; // every template and example runs
mod told_rows; // what survey tools say of rows and columns, in any language
mod trend; // waves of files and of saved reports
mod views; // how gaps, drivers and needs read: names, neighbours, sentences
mod weighting;
mod words; // answers in words, of twelve languages, without a definition

//! `csat --help`: the commands in the groups of the standard's own cycle (ISO 10004:2018, 7.1).

use clap::Command;

/// The groups with every command that the design knows; those that do not exist yet are not shown.
const GROUPS: &[(&str, &[&str])] = &[
    ("Plan", &["init", "lint", "sample", "form"]),
    ("Gather", &["import", "quality"]),
    ("Analyse", &["analyze", "crosstab", "compare", "weight", "gap", "drivers", "kano", "comments"]),
    ("Communicate", &["report", "actions"]),
    ("Monitor", &["trend", "gate", "indicators"]),
    ("Siblings", &["promises", "complaints", "disputes"]),
    ("Scale, tools", &["sql", "tally", "verify", "schema", "completions", "man"]),
];

/// The command with a help page that lists its subcommands by group.
pub(crate) fn grouped(command: Command) -> Command {
    let mut listing = String::new();
    for (group, names) in GROUPS {
        let lines: Vec<String> = names
            .iter()
            .filter_map(|name| {
                let about = command.find_subcommand(name)?.get_about()?;
                Some(format!("  {name:<13}{about}\n"))
            })
            .collect();
        if !lines.is_empty() {
            listing.push_str(group);
            listing.push_str(":\n");
            listing.extend(lines);
            listing.push('\n');
        }
    }
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{listing}Options:\n{{options}}\n\n\
         `csat COMMAND --help` explains a command, with examples. Start with: csat analyze responses.csv\n"
    );
    command.help_template(template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_command_stands_in_one_group() {
        for subcommand in Cli::command().get_subcommands() {
            let groups = GROUPS.iter().filter(|(_, names)| names.contains(&subcommand.get_name())).count();
            assert_eq!(groups, 1, "{}", subcommand.get_name());
        }
    }
}

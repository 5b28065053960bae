//! `csat man`: the manual page, all commands on one page.

use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::Cli;
use crate::output::Output;
use crate::status::ExitStatus;

pub(crate) fn run(output: &Output) -> anyhow::Result<ExitStatus> {
    let mut page = Vec::new();
    let command = Cli::command();
    Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands() {
        let name = format!("csat {}", subcommand.get_name());
        page.extend_from_slice(format!(".SH \"CSAT {}\"\n", subcommand.get_name().to_uppercase()).as_bytes());
        let man = Man::new(subcommand.clone().bin_name(name));
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        man.render_extra_section(&mut page)?;
    }
    output.data(&page, None)?;
    Ok(ExitStatus::Done)
}

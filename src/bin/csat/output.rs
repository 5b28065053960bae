//! The only place that writes: data to stdout or whole files, everything else to stderr.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use csat::diagnostic::{self, Diagnostic};
use csat::render::{self, Format, Look, Subject};
use csat::report::Report;

use crate::cli::{ColorChoice, Writing};
use crate::saved;
use crate::staging::{self, File};
use crate::status::Failure;

/// The width assumed where there is no terminal, so that the same input gives the same bytes.
const WIDTH_WITHOUT_TERMINAL: usize = 80;

/// The streams of the program and what they can show.
#[derive(Debug)]
pub(crate) struct Output {
    quiet: bool,
    color: ColorChoice,
    no_color: bool,
}

impl Output {
    pub(crate) fn new(quiet: bool, color: ColorChoice, no_color: bool) -> Self {
        Self { quiet, color, no_color }
    }

    /// The same that says nothing but errors, for what is looked at twice.
    pub(crate) fn silent(&self) -> Self {
        Self { quiet: true, ..*self }
    }

    /// Whether stdout shows colour.
    pub(crate) fn colour(&self) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !self.no_color && io::stdout().is_terminal(),
        }
    }

    /// The width of stdout in columns.
    pub(crate) fn width() -> usize {
        if !io::stdout().is_terminal() {
            return WIDTH_WITHOUT_TERMINAL;
        }
        terminal_size::terminal_size().map_or(WIDTH_WITHOUT_TERMINAL, |(width, _)| usize::from(width.0))
    }

    /// How a table is to look where it goes: never coloured in a file.
    pub(crate) fn look(&self, writing: &Writing) -> Look {
        let to_file = writing.output.as_deref().is_some_and(|file| file.as_os_str() != "-");
        Look {
            width: Self::width(),
            colour: self.colour() && !to_file,
            explain: writing.explain,
            subject: Subject::Scores,
        }
    }

    /// The width of stderr in columns, where it is a terminal.
    pub(crate) fn remark_width() -> Option<u16> {
        terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0)
    }

    /// Whether stderr is a terminal that may show a progress bar.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Writes the result to a file, whole or not at all, or to stdout (`-` too). A closed pipe is not an error.
    pub(crate) fn data(&self, bytes: &[u8], file: Option<&Path>) -> Result<(), Failure> {
        match file {
            Some(path) if path.as_os_str() != "-" => {
                self.files(&[File { path: path.to_owned(), bytes: bytes.to_owned() }])
            }
            _ => write_stdout(bytes),
        }
    }

    /// Seals, renders and writes a report as it is to look.
    pub(crate) fn report(
        &self,
        report: Report,
        look: &Look,
        format: Format,
        file: Option<&Path>,
    ) -> Result<(), Failure> {
        let bytes = render::render(&saved::sealed_as(format, report), format, look)
            .map_err(|error| Failure::usage(error.to_string()))?;
        self.rendered(&bytes, format, file)
    }

    /// Writes a rendered report; a format that is no text is not thrown at a terminal.
    pub(crate) fn rendered(&self, bytes: &[u8], format: Format, file: Option<&Path>) -> Result<(), Failure> {
        self.can_show(format, file)?;
        self.data(bytes, file)
    }

    /// Refuses to throw at a terminal what is no text.
    #[expect(clippy::unused_self, reason = "stdout belongs to this type alone")]
    pub(crate) fn can_show(&self, format: Format, file: Option<&Path>) -> Result<(), Failure> {
        let to_stdout = file.is_none_or(|file| file.as_os_str() == "-");
        if to_stdout && format.is_binary() && io::stdout().is_terminal() {
            return Err(Failure::usage(format!("a terminal cannot show {}", format.name()))
                .help(format!("write it to a file: `-o report.{}`", format.name())));
        }
        Ok(())
    }

    /// Adds to the end of a file that others write to as well.
    #[expect(clippy::unused_self, reason = "what is written belongs to this type alone")]
    pub(crate) fn append(&self, bytes: &[u8], path: &Path) -> Result<(), Failure> {
        let file = fs::OpenOptions::new().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(bytes))
            .map_err(|error| Failure::data(format!("`{}` could not be written: {error}", path.display())))
    }

    /// Writes several files, all of them or none: nothing is put in place before everything could be.
    #[expect(clippy::unused_self, reason = "what is written belongs to this type alone")]
    pub(crate) fn files(&self, files: &[File]) -> Result<(), Failure> {
        staging::write(files)
    }

    /// Says something on stderr, unless asked to be quiet.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            self.warn(text);
        }
    }

    /// Says something on stderr in any case.
    #[expect(clippy::unused_self, reason = "stderr belongs to this type alone")]
    pub(crate) fn warn(&self, text: &str) {
        // Nothing is left to be told when stderr itself is gone.
        // No name of a file or label may command the terminal.
        let _ = writeln!(io::stderr(), "{}", visible(text));
    }

    /// Prints a complaint about a file on stderr.
    pub(crate) fn complain(&self, complaint: &Diagnostic) {
        self.warn(&complaint.render());
    }

    /// Prints a remark about a file on stderr, unless asked to be quiet.
    pub(crate) fn say_complaint(&self, complaint: &Diagnostic) {
        if !self.quiet {
            self.complain(complaint);
        }
    }

    /// Prints a failure on stderr.
    pub(crate) fn fail(&self, failure: &Failure) {
        match failure {
            Failure::Message { message, help, .. } => {
                self.warn(&format!("error: {message}"));
                if let Some(help) = help {
                    self.warn(&format!("help: {help}"));
                }
            }
            Failure::Complaints { complaints, .. } => {
                for complaint in complaints {
                    self.complain(complaint);
                }
            }
        }
    }
}

/// Names from files made visible line by line, so that a terminal does not obey them.
pub(crate) fn visible(text: &str) -> String {
    text.split('\n').map(diagnostic::visible).collect::<Vec<_>>().join("\n")
}

fn write_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::data(format!("standard output could not be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

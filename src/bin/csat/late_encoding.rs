//! Files that turn out not to be UTF-8 while they are counted: counted once more in the encoding that they have, else said.

use csat::source::format::Losses;
use csat::source::head::{Depth, HeadOptions};
use csat::source::input::InputName;
use csat::source::late_encoding;
use csat::source::lookup::{self, Matches};
use csat::source::{Ledger, NotUtf8, Source};
use csat::tally::CountError;

use crate::cli::Asking;
use crate::inputs::{self, Inputs};
use crate::lists::{self, Lists};
use crate::output::{Output, visible};
use crate::progress::Progress;
use crate::settings;
use crate::status::Failure;

/// What it takes to open the inputs of a pass once more.
pub(crate) struct Reopening<'a> {
    asking: &'a Asking,
    lists: &'a Lists,
    /// By input, the names that the columns have been given, and what readers could not pass on.
    headers: Vec<Vec<String>>,
    losses: Vec<(String, Losses)>,
    progress: &'a Progress,
    output: &'a Output,
}

impl<'a> Reopening<'a> {
    /// That of inputs which are about to be counted.
    pub(crate) fn of(
        asking: &'a Asking,
        lists: &'a Lists,
        inputs: &Inputs,
        (progress, output): (&'a Progress, &'a Output),
    ) -> Self {
        let headers = inputs.sources.iter().map(|source| source.header.clone()).collect();
        Self { asking, lists, headers, losses: inputs.losses.clone(), progress, output }
    }

    /// Counts the sources, and once more where their heads have promised another encoding; says so, and what could not
    /// be read.
    pub(crate) fn count<T>(
        mut self,
        sources: Vec<Source>,
        ledger: fn(&T) -> &Ledger,
        refused: impl Fn(CountError) -> Failure,
        count: impl Fn(Vec<Source>) -> Result<T, CountError>,
    ) -> Result<T, Failure> {
        let styles: Vec<_> = sources.iter().map(|source| source.number_styles.clone()).collect();
        let mut counted = count(sources).map_err(&refused)?;
        self.progress.done();
        if let Some(mut sources) = self.reopened(ledger(&counted))? {
            for (source, styles) in sources.iter_mut().zip(styles) {
                source.number_styles = styles;
            }
            counted = count(sources).map_err(&refused)?;
            self.progress.done();
        }
        for (input, cells) in &ledger(&counted).not_utf8 {
            self.say_unread(*input, cells)?;
        }
        inputs::say_losses(&self.losses, self.output);
        Ok(counted)
    }

    /// All sources, in their encodings, where that of one of them is not the one that was taken for it.
    fn reopened(&mut self, ledger: &Ledger) -> Result<Option<Vec<Source>>, Failure> {
        let files = &self.asking.files;
        let input = settings::input_options(&self.asking.reading.shape)?;
        let names: Vec<InputName> = files.iter().cloned().map(InputName::from_argument).collect();
        let is_suspect = |index: usize| {
            ledger.not_utf8.contains_key(&index)
                || self.losses.get(index).is_some_and(|(_, l)| l.undecodable() > 0)
        };
        let guesses: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                is_suspect(index).then(|| late_encoding::of_whole_file(name, &input)).flatten()
            })
            .collect();
        // What comes once is gone.
        let comes_again = files.iter().all(|file| file.metadata().is_ok_and(|metadata| metadata.is_file()));
        if guesses.iter().all(Option::is_none) || !comes_again {
            return Ok(None);
        }
        self.lists.brought.iter().for_each(|brought| brought.set(Matches::default()));
        let (mut sources, mut losses) = (Vec::new(), Vec::new());
        for (index, (name, guess)) in names.iter().zip(&guesses).enumerate() {
            let mut options = HeadOptions { depth: Depth::Light, input: input.clone() };
            if let Some(guess) = guess {
                options.input.encoding = Some(guess.encoding);
                self.say_reread(index, ledger.not_utf8.get(&index), &late_encoding::sentence(guess));
            }
            let opened = lookup::open(name, &options, &self.lists.brought);
            let mut source = opened.map_err(|error| lists::failure(&files[index], error))?.source;
            source.header.clone_from(&self.headers[index]);
            losses.push((source.name.clone(), source.losses.clone()));
            sources.push(source);
        }
        self.losses = losses;
        Ok(Some(sources))
    }

    fn say_reread(&self, input: usize, cells: Option<&NotUtf8>, sentence: &str) {
        let cells = cells.map(|cells| met(cells) + " so the file is ").unwrap_or_default();
        self.output.say(&visible(&format!("caution: {}: {cells}{sentence}", self.losses[input].0)));
    }

    /// Says what was read as UTF-8 and is not, and cannot be read otherwise without a word of the user.
    fn say_unread(&self, input: usize, cells: &NotUtf8) -> Result<(), Failure> {
        let name = InputName::from_argument(self.asking.files[input].clone());
        let options = settings::input_options(&self.asking.reading.shape)?;
        // Where most of a file is UTF-8, another encoding would spoil that.
        let is_mixed = late_encoding::whole_file(&name, &options).is_some();
        let guess = cells.guess().map(|guess| (guess.encoding, guess.evidence));
        let way_out = match guess {
            Some((encoding, letters)) if is_mixed => {
                format!(
                    "most of the file is, and they look like {encoding} ({letters}): correct them where they come from"
                )
            }
            Some((encoding, letters)) => {
                format!("they look like {encoding} ({letters}): --encoding {encoding}")
            }
            None => "--encoding names the encoding of the file".to_owned(),
        };
        let count = if cells.cells() == 1 { "counts" } else { "count" };
        self.output.say(&visible(&format!(
            "caution: {}: {} and {count} as unreadable; {way_out}",
            self.losses[input].0,
            met(cells)
        )));
        Ok(())
    }
}

/// How many, and from where on, up to a comma.
fn met(cells: &NotUtf8) -> String {
    let first = cells.first_line().unwrap_or_default();
    match cells.cells() {
        1 => format!("1 cell is not UTF-8, in line {first},"),
        count => format!("{count} cells are not UTF-8, from line {first} on,"),
    }
}

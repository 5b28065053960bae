//! `csat import --explain`: what was seen in a file and why.

use std::io;

use csat::prepare::import::{EditLog, EncodingSeen, Explanation, ImportAccount, LoggedTexts, clean};

use super::opened::Opened;
use crate::cli::{Import, LintFormat};
use crate::explained;
use crate::output::Output;
use crate::status::{ExitStatus, Failure};

pub(super) fn explain(args: &Import, output: &Output) -> anyhow::Result<ExitStatus> {
    let mut seen = Vec::new();
    for file in &args.files {
        let log = EditLog::new(None, LoggedTexts::None);
        let Opened { source, format, encoding, mut cleaning, known, personal, .. } =
            Opened::of(file, args, &log, output)?;
        let profile = &source.profile;
        let columns = Explanation::columns(
            profile,
            &cleaning.names,
            known.survey(),
            known.inferred(),
            &personal,
            args.with_personal,
        );
        let header = match &source.as_stood {
            Some(stood) => stood.header.clone(),
            None => vec![source.header.names().to_vec()],
        };
        let losses = source.source.losses.clone();
        let mut explanation = Explanation {
            input: profile.input.clone(),
            format,
            encoding: encoding.as_ref().map(EncodingSeen::new),
            delimiter: explained::delimiter(
                source.as_stood.as_ref().map_or(source.source.delimiter, |stood| stood.delimiter),
                format,
            ),
            layout: if profile.file.layout.is_empty() { "plain" } else { profile.file.layout },
            reasons: profile.file.reasons.clone(),
            zone: profile.file.zone.clone(),
            header,
            columns,
            dropped: Explanation::dropped(source.as_stood.as_ref()),
            losses: Vec::new(),
            rows: ImportAccount::default(),
        };
        let rows = clean(source.source, &mut cleaning, &log, io::sink())
            .map_err(|error| Failure::data(error.to_string()))?;
        explanation.rows = rows;
        explanation.losses = losses.sentences();
        seen.push(explanation);
    }
    let text = match args.format {
        LintFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&serde_json::json!({ "files": seen }))?)
        }
        LintFormat::Text => {
            seen.iter().map(|seen| explained::text(seen, Output::width())).collect::<Vec<_>>().join("\n")
        }
    };
    output.data(text.as_bytes(), None)?;
    Ok(ExitStatus::Done)
}

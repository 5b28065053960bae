//! The report page as PDF, set by typst.
//!
//! The layout is one template that never changes, `report.typ`; the page reaches it as data in a file of its own, so
//! no text of a survey is ever read as markup. The typesetter sees these two files, the logo and the embedded fonts:
//! no disk, no network, no clock. The same page gives the same bytes.
//!
//! The document is tagged, and says that it keeps to PDF/UA-1 (ISO 14289-1) wherever it does: a text in a script that
//! the embedded fonts lack is set with empty boxes, which that standard refuses, so then the claim is left out.

mod banner;
mod data;
mod logo;
mod picture;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod world;

use typst::comemo;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::logo::Logo;
use self::world::Desk;
use super::RenderError;
use super::page::Page;

/// The program that the document names as its maker.
const CREATOR: &str = concat!("csat ", env!("CARGO_PKG_VERSION"));

/// The page as a document.
///
/// # Errors
/// Where the typesetter refuses; no page is known that makes it.
pub(crate) fn render(page: &Page) -> Result<Vec<u8>, RenderError> {
    let logo = page.logo.as_ref().and_then(|(source, _)| Logo::of(source));
    let has_logo = logo.is_some();
    let bytes = set(page, logo)
        // A picture that cannot be drawn is said by its words, as in a browser.
        .or_else(|error| if has_logo { set(page, None) } else { Err(error) })
        .and_then(|document| written(&document));
    // What the typesetter remembers would only pile up from report to report.
    comemo::evict(0);
    bytes
}

fn set(page: &Page, logo: Option<Logo>) -> Result<PagedDocument, RenderError> {
    let desk = Desk::new(&data::page(page, logo.as_ref()), logo);
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&desk);
    output.map_err(|errors| refusal(&errors))
}

fn written(document: &PagedDocument) -> Result<Vec<u8>, RenderError> {
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).ok();
    accessible
        .and_then(|standards| typst_pdf::pdf(document, &options(standards)).ok())
        .map_or_else(|| typst_pdf::pdf(document, &options(PdfStandards::default())), Ok)
        .map_err(|errors| refusal(&errors))
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions { creator: Smart::Custom(Some(CREATOR.to_owned())), standards, ..PdfOptions::default() }
}

fn refusal(errors: &[SourceDiagnostic]) -> RenderError {
    let messages: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
    RenderError::Pdf(messages.join("; "))
}

//! Pictures: the files that a document names, and what is said of one that no output can show.

use crate::finding::{Finding, message};
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Span, Visit, walk_document};

/// A picture as the document names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedPicture<'a> {
    /// Path below the document's folder.
    pub file: &'a str,
    /// Where it is named.
    pub span: Span,
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// There is no such file below the document's folder.
    Missing,
    /// Its ending is of a kind that nothing here draws: WMF, EMF, TIFF.
    Kind,
    /// It is larger than so many bytes.
    Larger(u64),
}

/// Every picture, in reading order.
pub fn pictures(document: &Document) -> Vec<NamedPicture<'_>> {
    #[derive(Default)]
    struct Pictures<'a>(Vec<NamedPicture<'a>>);
    impl<'a> Visit<'a> for Pictures<'a> {
        fn block(&mut self, block: &'a Block) {
            if let BlockKind::Figure(figure) = &block.kind {
                let parts = figure.parts.iter().flat_map(|part| &part.images);
                self.0
                    .extend(figure.images.iter().chain(parts).map(|image| NamedPicture {
                        file: &image.file,
                        span: if image.span.is_somewhere() {
                            image.span
                        } else {
                            block.span
                        },
                    }));
            }
        }

        fn inline(&mut self, inline: &'a Inline) {
            if let InlineKind::Picture { file, .. } = &inline.kind {
                self.0.push(NamedPicture {
                    file,
                    span: inline.span,
                });
            }
        }
    }
    let mut found = Pictures::default();
    walk_document(document, &mut found);
    found.0
}

impl NamedPicture<'_> {
    /// What is said of it: an error, since its place stays empty.
    pub fn unshown(&self, fault: PictureFault) -> Finding {
        let message = match fault {
            PictureFault::Missing => message!("doc-picture-missing", file = self.file),
            PictureFault::Kind => message!("doc-picture-kind", file = self.file),
            PictureFault::Larger(bytes) => message!(
                "doc-picture-larger",
                file = self.file,
                megabytes = usize::try_from(bytes / (1024 * 1024)).unwrap_or(usize::MAX)
            ),
        };
        Finding::error("SRC-25", self.span, message)
    }
}

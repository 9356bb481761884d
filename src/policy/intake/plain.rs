//! Plain text: one paragraph a line.

use super::text::{TextBuilder, lines};
use super::{Block, BlockKind};

/// The blocks of plain text.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut builder = TextBuilder::new();
    let mut blocks = Vec::new();
    for (at, line) in lines(source) {
        builder.push_str(line, at);
        if !builder.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, text: builder.finish() });
        }
    }
    blocks
}

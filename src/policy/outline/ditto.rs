//! Cells that repeat others (同上, 同序号9), filled with what they stand for.

use super::Outline;
use crate::policy::words::Words;

/// Fills the cells of every table that say they repeat another.
pub(super) fn fill(outline: &mut Outline, words: &Words) {
    let rows: Vec<usize> = (0..outline.nodes.len()).filter(|&i| outline.nodes[i].row.is_some()).collect();
    for (n, &index) in rows.iter().enumerate() {
        let Some(row) = &outline.nodes[index].row else { continue };
        let (table, repeating) =
            (row.table, (0..row.cells.len()).filter(|&c| words.repeats(row.cells[c].0.folded())).collect::<Vec<_>>());
        for column in repeating {
            // Rows above are filled already.
            let above = rows[..n]
                .last()
                .and_then(|&i| outline.nodes[i].row.as_ref())
                .filter(|r| r.table == table)
                .and_then(|r| r.cells.get(column))
                .map(|(span, _)| span.clone());
            if let (Some(span), Some(row)) = (above, outline.nodes[index].row.as_mut()) {
                row.cells[column] = (span, true);
            }
        }
    }
}

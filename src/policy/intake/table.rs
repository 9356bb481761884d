//! Tables of HTML and Word: rows put together, spans spread over the grid.

use super::{Block, BlockKind, Cell, Text, text::TextBuilder};

/// Columns a span may reach; no policy has a wider table.
const MAX_COLUMNS: usize = 64;

/// Blocks in one cell from which on a table is taken for page layout.
const LAYOUT_BLOCKS: usize = 40;

/// A table while it is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// In `<thead>`.
    pub in_head: bool,
    row_open: bool,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Source>,
    head: bool,
}

/// A cell as written.
#[derive(Debug)]
struct Source {
    blocks: Vec<Block>,
    tag: CellTag,
}

/// What the tags of a cell say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellTag {
    pub columns: usize,
    /// 0: down to the end of the table.
    pub rows: usize,
    /// `<th>`.
    pub head: bool,
    /// Word: the cell above goes on here.
    pub continues: bool,
}

impl Table {
    pub fn start_row(&mut self) {
        self.rows.push(Row { cells: Vec::new(), head: self.in_head });
        self.row_open = true;
    }

    pub fn end_row(&mut self) {
        self.row_open = false;
    }

    /// Adds a finished cell to the row that is open, or to a new one.
    pub fn cell(&mut self, tag: CellTag, blocks: Vec<Block>) {
        if !self.row_open {
            self.start_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Source { blocks, tag });
        }
    }

    /// Makes the row that is open a header row.
    pub fn mark_head(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.head = true;
        }
    }

    /// Whether the table only lays out the page: one column, or cells that hold whole sections or tables.
    fn is_layout(&self) -> bool {
        let words = |cell: &Source| !cell.blocks.is_empty();
        let has_rows = |cell: &Source| cell.blocks.iter().any(|block| matches!(block.kind, BlockKind::Row { .. }));
        self.rows.iter().all(|row| row.cells.iter().filter(|cell| words(cell)).count() <= 1 && row.cells.len() <= 2)
            || self
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .any(|cell| cell.blocks.len() > LAYOUT_BLOCKS || (self.rows.len() < 3 && has_rows(cell)))
    }

    /// The blocks of the table. `budget` bounds the bytes that spanning cells may repeat.
    pub fn finish(self, number: u32, budget: &mut usize) -> Vec<Block> {
        if self.is_layout() {
            return self.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks).collect();
        }
        let mut blocks = Vec::with_capacity(self.rows.len());
        let mut above = Above { spans: Vec::new(), budget };
        for row in self.rows {
            let own = !row.cells.is_empty();
            let header = own && (row.head || row.cells.iter().all(|cell| cell.tag.head));
            let mut cells: Vec<Cell> = Vec::with_capacity(row.cells.len());
            for source in row.cells {
                above.repeat(&mut cells);
                let column = cells.len();
                if source.tag.continues
                    && let Some(Block { kind: BlockKind::Row { cells: before, .. }, .. }) = blocks.last()
                    && let Some(cell) = before.get(column).filter(|cell| spend(above.budget, cell.text.text.len()))
                {
                    cells.push(Cell { text: cell.text.clone(), spanned: true });
                } else {
                    above.place(flatten(&source.blocks), source.tag, &mut cells);
                }
            }
            above.repeat_rest(&mut cells);
            if own && cells.iter().any(|cell| !cell.text.text.is_empty()) {
                blocks.push(Block { kind: BlockKind::Row { table: number, header, cells }, text: Text::default() });
            }
        }
        blocks
    }
}

/// What spans each column from the rows above, and for how many rows more.
#[derive(Debug)]
struct Above<'a> {
    spans: Vec<(usize, Text)>,
    /// Bytes that may still be spent on repeating.
    budget: &'a mut usize,
}

impl Above<'_> {
    /// Adds the cells that span the next columns.
    fn repeat(&mut self, cells: &mut Vec<Cell>) {
        while let Some((rows, text)) = self.spans.get_mut(cells.len()).filter(|(rows, _)| *rows > 0) {
            *rows -= 1;
            if !spend(self.budget, text.text.len()) {
                *rows = 0;
                return;
            }
            cells.push(Cell { text: text.clone(), spanned: true });
        }
    }

    /// Adds all that span further columns, with empty cells where nothing stands between them.
    fn repeat_rest(&mut self, cells: &mut Vec<Cell>) {
        loop {
            self.repeat(cells);
            let further = self.spans.get(cells.len()..).is_some_and(|rest| rest.iter().any(|(rows, _)| *rows > 0));
            if !further || !spend(self.budget, 0) {
                return;
            }
            cells.push(Cell::default());
        }
    }

    /// Adds a cell of the row itself.
    fn place(&mut self, text: Text, tag: CellTag, cells: &mut Vec<Cell>) {
        let rows = if tag.rows == 0 { usize::MAX } else { tag.rows };
        for i in 0..tag.columns.clamp(1, MAX_COLUMNS) {
            let column = cells.len();
            if i > 0 && (column >= MAX_COLUMNS || !spend(self.budget, text.text.len())) {
                break;
            }
            if rows > 1 && column < MAX_COLUMNS && spend(self.budget, text.text.len()) {
                if self.spans.len() <= column {
                    self.spans.resize(column + 1, (0, Text::default()));
                }
                self.spans[column] = (rows - 1, text.clone());
            } else if let Some((rows, _)) = self.spans.get_mut(column) {
                *rows = 0;
            }
            cells.push(Cell { text: text.clone(), spanned: i > 0 });
        }
    }
}

fn spend(budget: &mut usize, bytes: usize) -> bool {
    // Each repetition also costs its structure.
    match budget.checked_sub(bytes + size_of::<Cell>()) {
        Some(left) => {
            *budget = left;
            true
        }
        None => false,
    }
}

/// A cell's blocks as one text, a line each; the cells of a table inside become lines too.
pub(super) fn flatten(blocks: &[Block]) -> Text {
    let mut builder = TextBuilder::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Row { cells, .. } => {
                cells.iter().filter(|cell| !cell.spanned).for_each(|cell| builder.append(&cell.text));
            }
            _ => builder.append(&block.text),
        }
    }
    builder.finish()
}

//! SDK lists, permission lists and data lists laid out as tables.

use super::{Columns, Scanner, Scope, TableKind, company, fields, sentence_around, several, tidy};
use crate::catalogue::Label;
use crate::policy::model::{Platform, Role};
use crate::policy::outline::{Outline, Row, Span, platform_from};
use crate::policy::place::Placer;
use crate::policy::words::Words;

/// Rows among which the head of a table is looked for.
const HEAD_ROWS: usize = 4;
/// Characters of a column head.
const HEAD_LENGTH: usize = 10;

impl Scanner<'_> {
    pub(super) fn tables(&mut self, outline: &Outline, placer: &Placer) {
        let mut at = 0;
        while at < outline.nodes.len() {
            let Some(table) = outline.nodes[at].row.as_ref().map(|r| r.table) else {
                at += 1;
                continue;
            };
            let mut rows = Vec::new();
            let mut end = at;
            while end < outline.nodes.len() {
                match &outline.nodes[end].row {
                    Some(row) if row.table == table => rows.push(end),
                    None if outline.nodes[end].span.normal.is_empty() => {}
                    _ => break,
                }
                end += 1;
            }
            self.table(outline, placer, &rows);
            at = end.max(at + 1);
        }
    }

    fn table(&mut self, outline: &Outline, placer: &Placer, rows: &[usize]) {
        let row = |i: usize| outline.nodes[i].row.as_ref().expect("only rows are collected");
        let head_at = rows.iter().take(HEAD_ROWS).position(|&i| {
            let labelled = row(i)
                .cells
                .iter()
                .filter(|(c, spanned)| !spanned && !self.words.line_label(c.folded()).is_empty())
                .count();
            let first = row(i).cells.first().map(|(c, _)| self.words.label(c.folded())).unwrap_or_default();
            // 权限|拿来做什么|不给会怎样: the first head is enough where every other cell is as short as one.
            let heads = i == rows[0]
                && rows.len() > 2
                && first.iter().any(|l| matches!(l, Label::Permission | Label::Name))
                && row(i).cells.iter().all(|(c, _)| (1..=HEAD_LENGTH).contains(&c.folded().chars().count()));
            labelled >= 2 || (labelled == 1 && (row(i).header || row(i).cells.len() <= 2 || heads))
        });
        let mut columns: Columns = match head_at {
            Some(h) => row(rows[h]).cells.iter().map(|(c, _)| self.words.column(c.folded())).collect(),
            None => Vec::new(),
        };
        let head_words: String = head_at
            .map(|h| row(rows[h]).cells.iter().map(|(c, _)| c.folded()).collect::<Vec<_>>().join("|"))
            .unwrap_or_default();
        let title = rows.iter().take(head_at.unwrap_or(0)).map(|&i| row_text(row(i))).collect::<String>();
        let body: Vec<usize> = rows.iter().skip(head_at.map_or(0, |h| h + 1)).copied().collect();
        let lead = outline.nodes[rows[0]].lead;
        let near: String = [lead, lead.and_then(|l| outline.nodes[l].lead)]
            .into_iter()
            .flatten()
            .map(|i| outline.nodes[i].span.folded())
            .collect();
        let before = rows[0].checked_sub(1).map_or("", |i| outline.nodes[i].span.folded());
        let in_sdk_talk = self.words.says_sdk(&head_words)
            || self.words.says_sdk(&title)
            || self.words.says_sdk(&near)
            || self.words.says_sdk(before)
            || [near.as_str(), before, title.as_str()].iter().any(|t| self.words.announces_components(t))
            || outline.nodes[rows[0]].role == Role::SdkList;
        self.settle_columns(outline, &mut columns, &body, in_sdk_talk);
        if in_sdk_talk && columns.contains(&Some(Label::Name)) {
            self.columns_by_content(outline, &mut columns, &body);
        }
        let by_column = self.column_platforms(head_at.map(|h| row(rows[h])));
        let kind = self.kind_of(&columns, &head_words, in_sdk_talk, outline, &body);
        let mut platform = self.title_platform(outline, rows, head_at);
        for &i in rows.iter().take(head_at.map_or(0, |h| h + 1)) {
            self.scan.scopes.insert(
                (placer.reading, i),
                Scope { table: Some((TableKind::Head, columns.clone())), ..Scope::default() },
            );
        }
        // Where the markup says which cells are merged, an empty one is empty.
        let merged: Vec<bool> = (0..columns.len())
            .map(|c| {
                rows.windows(2).any(|pair| {
                    let cell = |i: usize| row(i).cells.get(c);
                    cell(pair[1]).zip(cell(pair[0])).is_some_and(|((below, spanned), (above, _))| {
                        *spanned && !below.normal.is_empty() && below.folded() == above.folded()
                    })
                })
            })
            .collect();
        let mut entries: Vec<usize> = Vec::new();
        // The last filled cell of each column.
        let mut filled: Vec<Option<usize>> = vec![None; columns.len()];
        let name_column = columns.iter().position(|c| *c == Some(Label::Name)).unwrap_or(0);
        for &i in &body {
            let cells = &row(i).cells;
            // A title row inside the table names the platform of the rows below it.
            let text = row_text(row(i));
            if is_title(row(i), self.words) {
                let named = platform_from(
                    self.words.platforms(&cells[0].0.normal, 0..cells[0].0.folded().len()).into_iter().map(|(p, _)| p),
                );
                if named != Platform::Any {
                    platform = named;
                }
                self.scan.scopes.insert(
                    (placer.reading, i),
                    Scope { table: Some((TableKind::Head, columns.clone())), platform, ..Scope::default() },
                );
                continue;
            }
            // A head row repeated further down.
            if cells.iter().filter(|(c, _)| !self.words.line_label(c.folded()).is_empty()).count() * 2 > cells.len()
                && cells.len() > 1
            {
                self.scan.scopes.insert(
                    (placer.reading, i),
                    Scope { table: Some((TableKind::Head, columns.clone())), platform, ..Scope::default() },
                );
                continue;
            }
            let own = self.row_platform(row(i), &columns, &by_column).unwrap_or(platform);
            // A merged cell is written once: where a named row leaves it empty, the one above holds for it.
            let mut inherits = Vec::new();
            if kind == TableKind::Sdk {
                let named = cells.get(name_column).is_some_and(|(c, _)| !c.normal.is_empty());
                for (column, above) in filled.iter_mut().enumerate() {
                    let shared = matches!(columns[column], Some(Label::Data | Label::Company));
                    match cells.get(column) {
                        Some((cell, _)) if !cell.normal.is_empty() => *above = Some(i),
                        _ if named && shared && !merged[column] => inherits.extend(above.map(|row| (column, row))),
                        _ => {}
                    }
                }
            }
            if kind == TableKind::Sdk {
                let name = cells.get(name_column).map(|(c, _)| c);
                let named = name.filter(|c| !c.normal.is_empty()).map(|c| {
                    // A cell of labelled lines (SDK名称：…, 运营方：…) names what its name line holds.
                    let whole = 0..c.folded().len();
                    let labelled = fields(c, self.words);
                    let named = labelled.iter().find(|f| f.label == Label::Name).map(|f| f.value.clone());
                    let range = match (named, labelled.first()) {
                        (Some(range), _) => range,
                        (None, Some(first)) if first.head.start > 0 => 0..first.head.start,
                        _ => whole,
                    };
                    (c, several::split_names(c, range, self.words, true))
                });
                if let Some((cell, names)) = named {
                    entries = Vec::new();
                    let nested = several::nested_names(cell, 0..cell.folded().len(), self.words);
                    let channels = several::channels(cell, self.words);
                    for (name, range) in channels {
                        let passage = placer.passage(cell, range.clone(), sentence_around(cell.folded(), &range));
                        self.draft(&name, &name, true, own, passage);
                    }
                    for (name, range) in names.into_iter().chain(nested) {
                        if self.words.is_generic(&name) && names_nothing(&name) {
                            continue;
                        }
                        let passage = placer.passage(cell, range.clone(), sentence_around(cell.folded(), &range));
                        entries.push(self.draft(&name, &text, true, own, passage));
                    }
                }
                // As many companies as names: each has its own.
                for (column, (cell, _)) in cells.iter().enumerate() {
                    if columns.get(column).copied().flatten() != Some(Label::Company) {
                        continue;
                    }
                    let companies = company::all(cell, &(0..cell.folded().len()), self.words);
                    if companies.len() == entries.len() && companies.len() > 1 {
                        for (&entry, company) in entries.iter().zip(companies) {
                            self.scan.drafts[entry].set(Label::Company, cell.source(company), self.words);
                        }
                    }
                }
                for &(column, from) in &inherits {
                    if columns[column] == Some(Label::Company)
                        && let Some((cell, _)) = row(from).cells.get(column)
                    {
                        for &entry in &entries {
                            self.scan.drafts[entry].set(Label::Company, cell.text.text.trim(), self.words);
                        }
                    }
                }
                for (column, (cell, _)) in cells.iter().enumerate() {
                    let value = cell.text.text.trim();
                    for &entry in &entries {
                        if let Some(label) = columns.get(column).copied().flatten()
                            && !value.is_empty()
                        {
                            self.scan.drafts[entry].set(label, value, self.words);
                        }
                        if columns.get(column).copied().flatten() == Some(Label::Company) {
                            continue;
                        }
                        for field in fields(cell, self.words) {
                            let value = tidy(cell.source(field.value.clone()));
                            if !value.is_empty() {
                                self.scan.drafts[entry].set(field.label, &value, self.words);
                            }
                        }
                    }
                }
            }
            self.scan.scopes.insert(
                (placer.reading, i),
                Scope {
                    entries: entries.clone(),
                    table: Some((kind, columns.clone())),
                    platform: own,
                    inherits,
                    ..Scope::default()
                },
            );
        }
    }

    /// Heads that can mean a product or its company are settled by the other heads and by what stands below.
    fn settle_columns(&self, outline: &Outline, columns: &mut Columns, body: &[usize], in_sdk_talk: bool) {
        let cell = |i: usize, c: usize| {
            outline.nodes[i].row.as_ref().and_then(|r| r.cells.get(c)).map_or("", |(s, _)| s.folded())
        };
        let companies = |c: usize| {
            let filled: Vec<&str> = body.iter().map(|&i| cell(i, c)).filter(|t| !t.is_empty()).collect();
            !filled.is_empty() && filled.iter().filter(|t| self.words.is_company(t)).count() * 2 > filled.len()
        };
        let names: Vec<usize> = (0..columns.len()).filter(|&c| columns[c] == Some(Label::Name)).collect();
        for &c in &names {
            if companies(c)
                && (names.len() > 1
                    || columns.iter().enumerate().any(|(o, l)| o != c && *l == Some(Label::Company) && !companies(o)))
            {
                columns[c] = Some(Label::Company);
            }
        }
        let mut names: Vec<usize> = (0..columns.len()).filter(|&c| columns[c] == Some(Label::Name)).collect();
        // Of two name columns the one that knows products wins; the other is what the product is for.
        if names.len() > 1 {
            let known = |c: usize| {
                body.iter()
                    .filter(|&&i| self.words.names.holds_known(cell(i, c)) || self.words.says_sdk(cell(i, c)))
                    .count()
            };
            names.sort_by_key(|&c| (std::cmp::Reverse(known(c)), c));
            for &c in &names[1..] {
                columns[c] = Some(Label::Purpose);
            }
        }
        if in_sdk_talk && !columns.contains(&Some(Label::Name)) {
            let score = |c: usize| {
                body.iter()
                    .filter(|&&i| self.words.says_sdk(cell(i, c)) || self.words.names.holds_known(cell(i, c)))
                    .count()
            };
            let width = columns.len().max(
                body.iter().filter_map(|&i| outline.nodes[i].row.as_ref()).map(|r| r.cells.len()).max().unwrap_or(0),
            );
            columns.resize(width, None);
            let free = (0..width)
                .filter(|&c| matches!(columns[c], None | Some(Label::Company)))
                .max_by_key(|&c| (score(c), std::cmp::Reverse(c)));
            if let Some(c) = free
                && score(c) * 2 >= body.len().max(1)
            {
                columns[c] = Some(Label::Name);
            }
        }
    }

    /// Columns of an SDK list whose heads tell nothing are known by what stands in them.
    fn columns_by_content(&self, outline: &Outline, columns: &mut Columns, body: &[usize]) {
        let cells = |c: usize| {
            body.iter()
                .filter_map(|&i| outline.nodes[i].row.as_ref())
                .filter_map(move |r| r.cells.get(c))
                .map(|(s, _)| s)
                .filter(|s| !s.normal.is_empty())
                .collect::<Vec<_>>()
        };
        for c in 0..columns.len() {
            if columns[c].is_some() {
                continue;
            }
            let cells = cells(c);
            let most = |n: usize| n * 2 > cells.len();
            let companies = cells.iter().filter(|s| self.words.names_company(s.folded())).count();
            let holds = |s: &&&Span| {
                self.words.data.find(&s.normal, 0..s.folded().len()).any(|f| f.values.iter().any(|v| !v.weak))
            };
            let data = cells.iter().filter(holds).count();
            let none = cells.iter().filter(|s| self.words.says_none(s.folded())).count();
            if most(companies) && !columns.contains(&Some(Label::Company)) {
                columns[c] = Some(Label::Company);
            } else if data > 0 && most(data + none) && !columns.contains(&Some(Label::Data)) {
                columns[c] = Some(Label::Data);
            }
        }
    }

    fn kind_of(
        &self,
        columns: &Columns,
        head_words: &str,
        in_sdk_talk: bool,
        outline: &Outline,
        body: &[usize],
    ) -> TableKind {
        let has = |label| columns.contains(&Some(label));
        let third_parties = || {
            let at = columns.iter().position(|c| *c == Some(Label::Name)).unwrap_or(0);
            let cells = body.iter().filter_map(|&i| outline.nodes[i].row.as_ref()).filter_map(|r| r.cells.get(at));
            let cells: Vec<&str> = cells.map(|(s, _)| s.folded()).filter(|t| !t.is_empty()).collect();
            let known =
                cells.iter().filter(|t| self.words.names.is_known(t) && !self.words.names.is_everyday(t)).count();
            cells.len() >= 2 && known * 3 >= cells.len() * 2
        };
        if has(Label::Name) && (in_sdk_talk || has(Label::Company) || has(Label::Data) && third_parties()) {
            let cells: Vec<&str> = body
                .iter()
                .filter_map(|&i| outline.nodes[i].row.as_ref())
                .filter_map(|r| r.cells.get(columns.iter().position(|c| *c == Some(Label::Name)).unwrap_or(0)))
                .map(|(s, _)| s.folded())
                .collect();
            let permissions = cells.iter().filter(|t| t.contains('_') || self.words.ends_in_permission(t)).count();
            if permissions * 2 <= cells.len() {
                return TableKind::Sdk;
            }
            return TableKind::Permission;
        }
        if has(Label::Permission) {
            return TableKind::Permission;
        }
        if has(Label::Data) && !self.words.says_sdk(head_words) {
            return TableKind::Data;
        }
        TableKind::Other
    }

    fn title_platform(&self, outline: &Outline, rows: &[usize], head_at: Option<usize>) -> Platform {
        let mut platform = outline.nodes[rows[0]].platform;
        for &i in rows.iter().take(head_at.map_or(0, |h| h + 1)) {
            let Some(row) = &outline.nodes[i].row else { continue };
            if is_title(row, self.words) || head_at.is_some_and(|h| rows[h] == i) {
                let words = row
                    .cells
                    .iter()
                    .flat_map(|(c, _)| self.words.platforms(&c.normal, 0..c.folded().len()))
                    .map(|(p, _)| p);
                let named = platform_from(words);
                if named != Platform::Any {
                    platform = named;
                }
            }
        }
        platform
    }

    /// The platform a row names in a cell of its own.
    /// The platform each column speaks of, by its head (安卓用途, 苹果用途).
    fn column_platforms(&self, head: Option<&Row>) -> Vec<Platform> {
        let named = |cell: &Span| {
            let text = cell.folded();
            let short = text.chars().count() <= HEAD_LENGTH;
            let found = if short { self.words.platforms(&cell.normal, 0..text.len()) } else { Vec::new() };
            platform_from(found.into_iter().map(|(p, _)| p))
        };
        head.map(|row| row.cells.iter().map(|(c, _)| named(c)).collect()).unwrap_or_default()
    }

    fn row_platform(&self, row: &Row, columns: &Columns, by_column: &[Platform]) -> Option<Platform> {
        // Where columns stand for platforms, a row whose Android cell is empty is another platform's.
        let holds = |platform: fn(Platform) -> bool| {
            by_column
                .iter()
                .zip(&row.cells)
                .any(|(p, (cell, _))| platform(*p) && !cell.normal.is_empty() && !self.words.says_none(cell.folded()))
        };
        let android = by_column.contains(&Platform::Android);
        if android
            && !holds(|p| p == Platform::Android)
            && let Some(other) = by_column.iter().zip(&row.cells).find_map(|(p, (cell, _))| {
                let filled = !cell.normal.is_empty() && !self.words.says_none(cell.folded());
                (filled && !matches!(p, Platform::Android | Platform::Any)).then_some(*p)
            })
        {
            return Some(other);
        }
        // 提醒（仅苹果手机）: whichever cell says so.
        let only = row.cells.iter().find_map(|(cell, _)| {
            let text = cell.folded();
            let mut found = self.words.platforms(&cell.normal, 0..text.len()).into_iter();
            found.find(|(_, at)| self.words.only_before(&text[..*at])).map(|(p, _)| p)
        });
        if let Some(platform) = only {
            return Some(platform_from(std::iter::once(platform)));
        }
        row.cells.iter().enumerate().find_map(|(c, (cell, _))| {
            let text = cell.folded();
            let label = columns.get(c).copied().flatten();
            let told = label == Some(Label::Platform);
            // What a component is for may lead to another platform (分享、跳转小程序) from this one.
            let other = matches!(label, Some(Label::Purpose | Label::Data | Label::Company | Label::Link));
            if !told && (other || self.words.length(text) > 14) {
                return None;
            }
            let found = self.words.platforms(&cell.normal, 0..text.len());
            // In a name cell the platform may belong to the name (微信OpenSDK Android).
            if found.is_empty() || (!told && self.words.says_sdk(text)) {
                return None;
            }
            Some(platform_from(found.into_iter().map(|(p, _)| p)))
        })
    }
}

fn row_text(row: &Row) -> String {
    row.cells.iter().map(|(c, _)| c.folded()).collect::<Vec<_>>().join("|")
}

/// One cell over the whole width.
fn is_title(row: &Row, words: &Words) -> bool {
    let Some((first, _)) = row.cells.first() else { return true };
    if row.cells.len() < 2 || first.normal.is_empty() {
        return false;
    }
    row.cells[1..].iter().all(|(c, spanned)| c.folded() == first.folded() && *spanned)
        || (row.cells[1..].iter().all(|(c, _)| c.normal.is_empty())
            && row.cells.len() > 2
            && !words.platforms(&first.normal, 0..first.folded().len()).is_empty()
            && !words.says_sdk(first.folded()))
}

fn names_nothing(name: &str) -> bool {
    let key = crate::policy::names::key(name);
    key.is_empty() || matches!(key.as_str(), "无" | "-" | "/")
}

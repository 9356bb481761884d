//! Sheets as Markdown, for issue trackers and hand-over files.

use std::io::{self, Write};

use super::sheets::{Layout, Sheet};

/// Writes all sheets.
pub fn write(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    for (index, sheet) in sheets.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} {}\n", if index == 0 { "#" } else { "##" }, cell(&sheet.title))?;
        if sheet.rows.is_empty() {
            writeln!(out, "{}", cell(&sheet.empty))?;
            continue;
        }
        match sheet.layout {
            Layout::Records => records(sheet, out)?,
            Layout::Grid | Layout::Pairs => grid(sheet, out)?,
        }
    }
    Ok(())
}

fn grid(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", sheet.columns.iter().map(|c| cell(c)).collect::<Vec<_>>().join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(sheet.columns.len()))?;
    for row in &sheet.rows {
        writeln!(out, "| {} |", row.iter().map(|c| cell(&c.text)).collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

/// One heading a row from its first three cells, then a list of the rest.
fn records(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    for row in &sheet.rows {
        let head: Vec<_> = row.iter().take(sheet.head).map(|c| cell(&c.text)).collect();
        writeln!(out, "### {}\n", head.join(" · "))?;
        for (column, value) in sheet.columns.iter().zip(row).skip(sheet.head).filter(|(_, v)| !v.text.is_empty()) {
            writeln!(out, "- **{}**: {}", cell(column), cell(&value.text))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// One line, with everything that Markdown or HTML would act on escaped.
pub fn cell(text: &str) -> String {
    let text = super::clean(text);
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '~' | '*' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn markup_in_cells_is_escaped() {
        assert_eq!(cell("a|b\n<b>"), "a\\|b<br>&lt;b&gt;");
    }
}

//! Sheets as CSV for spreadsheets: with a byte order mark, and with cells that a spreadsheet would run as formulas disarmed.

use std::io::{self, Write};

use super::sheets::Sheet;

/// Writes one sheet.
pub fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    header(&sheet.columns, out)?;
    rows(sheet, out)
}

/// Writes the byte order mark and the column titles.
pub fn header(columns: &[String], out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(columns.iter().map(|c| disarm(c)))?;
    writer.flush()
}

/// Writes the rows alone.
pub fn rows(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|c| disarm(&c.text)))?;
    }
    writer.flush()
}

/// A leading apostrophe keeps spreadsheets from taking a cell for a formula (CWE-1236).
fn disarm(text: &str) -> String {
    let text = super::clean(text);
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::disarm;

    #[test]
    fn formulas_are_disarmed() {
        assert_eq!(disarm("=1+1"), "'=1+1");
        assert_eq!(disarm("相机"), "相机");
    }
}

// Writes the compact form; its module says what that is. The build script has this file too, so that it can use nothing of the crate.

use toml::{Table, Value};

/// A file in the compact form.
#[derive(Default)]
pub struct Compact {
    /// Every key and string, one behind the other.
    pub text: String,
    /// What stands where.
    pub shape: Vec<u8>,
}

/// The compact form of a TOML file.
///
/// # Errors
///
/// The value that has none: numbers below zero or with a fraction, dates.
pub fn write(file: &Table) -> Result<Compact, String> {
    let mut compact = Compact::default();
    compact.table(file)?;
    Ok(compact)
}

impl Compact {
    fn value(&mut self, value: &Value) -> Result<(), String> {
        match value {
            Value::Boolean(false) => self.shape.push(b'f'),
            Value::Boolean(true) => self.shape.push(b't'),
            Value::Integer(number) => {
                self.shape.push(b'n');
                self.number(u64::try_from(*number).map_err(|_| format!("{number} is below zero"))?);
            }
            Value::String(text) => {
                self.shape.push(b's');
                self.string(text);
            }
            Value::Array(items) => {
                self.shape.push(b'l');
                self.number(items.len() as u64);
                for item in items {
                    self.value(item)?;
                }
            }
            Value::Table(table) => self.table(table)?,
            Value::Float(_) | Value::Datetime(_) => return Err(format!("{value} has no compact form")),
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), String> {
        self.shape.push(b'm');
        self.number(table.len() as u64);
        for (key, value) in table {
            self.string(key);
            self.value(value)?;
        }
        Ok(())
    }

    fn string(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.text.push_str(text);
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.shape.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.shape.push(number as u8);
    }
}

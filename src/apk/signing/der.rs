//! The little of DER that certificates and PKCS#7 need: walking over values, never into more than was asked for.

/// Tags.
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// `[0]`, constructed.
pub(super) const CONTEXT_0: u8 = 0xa0;

/// One value: its tag, its content, and the whole of its encoding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    pub(super) whole: &'a [u8],
}

/// Values one after another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a>(pub(super) &'a [u8]);

impl<'a> Values<'a> {
    /// The next value, if it has this tag; otherwise nothing moves.
    pub(super) fn next_of(&mut self, tag: u8) -> Option<Value<'a>> {
        let mut ahead = *self;
        let value = ahead.next().filter(|v| v.tag == tag)?;
        *self = ahead;
        Some(value)
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Value<'a>;

    /// `None` at the end, and where the encoding breaks: tags of several bytes and indefinite lengths do not occur in DER
    /// of this kind.
    fn next(&mut self) -> Option<Value<'a>> {
        let (&tag, rest) = self.0.split_first()?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (&first, rest) = rest.split_first()?;
        let (len, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                (bytes.iter().fold(0, |len, &b| len << 8 | usize::from(b)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(len)?;
        let whole = &self.0[..self.0.len() - rest.len()];
        self.0 = rest;
        Some(Value { tag, content, whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_values_and_stops_where_they_break() {
        let bytes = [0x02, 0x01, 5, 0x30, 0x81, 2, 0x05, 0, 0x04, 0x05, 1];
        let mut values = Values(&bytes);
        assert!(values.next_of(SEQUENCE).is_none());
        assert_eq!(values.next_of(INTEGER).unwrap().content, [5]);
        let sequence = values.next().unwrap();
        assert_eq!((sequence.tag, sequence.content, sequence.whole.len()), (SEQUENCE, &[0x05, 0][..], 5));
        assert!(values.next().is_none(), "five bytes promised, one there");
        assert!(Values(&[0x30, 0x80, 0, 0]).next().is_none(), "indefinite length");
        assert!(Values(&[0x1f, 0x81, 1, 0]).next().is_none(), "long tag");
        assert!(Values(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).next().is_none());
    }
}

//! Little-endian numbers at checked places.

#[inline]
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

#[inline]
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// An unsigned LEB128 number of at most 32 bits, and the bytes it takes (at most five).
#[inline]
pub(super) fn uleb(data: &[u8]) -> Option<(u32, usize)> {
    let first = *data.first()?;
    if first < 0x80 {
        return Some((u32::from(first), 1));
    }
    let mut value = u32::from(first & 0x7f);
    for (i, &byte) in data.iter().enumerate().take(5).skip(1) {
        value |= u32::from(byte & 0x7f).wrapping_shl(7 * i as u32);
        if byte < 0x80 {
            return Some((value, i + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_leb128() {
        assert_eq!(uleb(&[0x7f]), Some((127, 1)));
        assert_eq!(uleb(&[0x80, 0x01]), Some((128, 2)));
        assert_eq!(uleb(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Some((u32::MAX, 5)));
        assert_eq!(uleb(&[0xff; 6]), None);
        assert_eq!(uleb(&[0x80]), None);
        assert_eq!(uleb(&[]), None);
    }
}

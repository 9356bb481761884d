//! Names with a part that differs from app to app.

/// What stands for the app's own package in a manifest template.
const APPLICATION_ID: &str = "${applicationId}";

/// Whether the name holds a part that stands for any text.
pub(crate) fn is_pattern(name: &str) -> bool {
    name.contains('*') || name.contains(APPLICATION_ID)
}

/// Whether `name` is one that `pattern` stands for. Time is linear in the name for each part of the pattern.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split(APPLICATION_ID).flat_map(|part| part.split('*')).peekable();
    let Some(first) = parts.next() else { return name.is_empty() };
    if parts.peek().is_none() {
        return first == name;
    }
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_any_text() {
        assert!(matches("*.permission.PUSH", "com.a.permission.PUSH"));
        assert!(!matches("*.permission.PUSH", "com.a.permission.PUSHED"));
        assert!(matches("${applicationId}.permission.PUSH", "com.a.permission.PUSH"));
        assert!(matches("*.permission.PUSH*", "com.a.permission.PUSH_1"));
        assert!(matches("a.*", "a.b.c") && !matches("a.*", "b.a."));
        assert!(matches("a*b*c", "a__b__c") && !matches("a*b*c", "ac"));
        assert!(matches("a", "a") && !matches("a", "ab"));
    }
}

//! What the elements of a page mean for its text.

/// The part an element plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of a line: never a break, never a blank.
    Inline,
    /// Begins and ends lines.
    Block,
    /// A paragraph: a block that any other block ends.
    Paragraph,
    Heading(u8),
    List,
    Item,
    /// Keeps its line ends.
    Pre,
    Table,
    /// `<thead>`, and `<tbody>` or `<tfoot>`.
    Section {
        head: bool,
    },
    Row,
    Cell {
        head: bool,
    },
    Anchor,
    Break,
    /// Without content or words.
    Void,
    /// Never shown.
    Hidden,
}

/// The role of an element by its name in lower case. Unknown names are part of a line, as browsers take them; those of
/// components (`van-cell`) are blocks.
pub(super) fn role(name: &str) -> Role {
    match name {
        "p" => Role::Paragraph,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "ul" | "ol" | "menu" | "dir" | "dl" => Role::List,
        "li" => Role::Item,
        "pre" | "listing" => Role::Pre,
        "table" => Role::Table,
        "thead" => Role::Section { head: true },
        "tbody" | "tfoot" => Role::Section { head: false },
        "tr" => Role::Row,
        "td" => Role::Cell { head: false },
        "th" => Role::Cell { head: true },
        "a" => Role::Anchor,
        "br" => Role::Break,
        "area" | "base" | "col" | "colgroup" | "embed" | "frame" | "frameset" | "img" | "image" | "input" | "link"
        | "meta" | "param" | "source" | "track" | "wbr" | "html" | "body" | "head" => Role::Void,
        "template" | "select" | "datalist" | "object" | "audio" | "video" | "canvas" | "applet" => Role::Hidden,
        "address" | "article" | "aside" | "blockquote" | "button" | "caption" | "center" | "dd" | "details"
        | "dialog" | "div" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup"
        | "hr" | "legend" | "main" | "nav" | "option" | "search" | "section" | "summary" | "view" | "block"
        | "page" | "swiper" => Role::Block,
        _ if name.contains('-') => Role::Block,
        _ => Role::Inline,
    }
}

/// Names that are part of a line and yet tags beyond doubt.
const INLINE: &[&str] = &[
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "o:p", "output", "q", "rp", "rt", "ruby", "s", "samp", "script", "small", "span",
    "strike", "strong", "style", "sub", "sup", "text", "time", "tt", "u", "var",
];

/// Whether a name (lower case) is one of an HTML element.
pub(in super::super) fn is_element(name: &str) -> bool {
    (role(name) != Role::Inline && !name.contains('-')) || INLINE.binary_search(&name).is_ok()
}

/// Whether `<name/>` is closed by its slash: in components and XML it is, in HTML the slash means nothing.
pub(super) fn is_component(name: &str) -> bool {
    name.contains(['-', ':']) || matches!(name, "view" | "text" | "block" | "page" | "swiper")
}

/// What an inline style says of showing an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    Default,
    Hidden,
    Block,
    Inline,
}

/// Reads `display`, `visibility` and Word's `mso-hide` off a `style` attribute.
pub(super) fn display(style: &str) -> Display {
    let mut found = Display::Default;
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        let value = value.split('!').next().unwrap_or_default().trim();
        match (property.trim().to_ascii_lowercase().as_str(), value) {
            ("display", "none") | ("visibility", "hidden" | "collapse") | ("mso-hide", "all") => {
                return Display::Hidden;
            }
            ("display", "block" | "flex" | "grid" | "list-item") => found = Display::Block,
            ("display", "inline") => found = Display::Inline,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_names_are_sorted() {
        assert!(INLINE.is_sorted());
        assert!(INLINE.iter().all(|name| matches!(role(name), Role::Inline)));
    }

    #[test]
    fn styles_hide_and_break() {
        assert_eq!(display("color:red; DISPLAY : None !important"), Display::Hidden);
        assert_eq!(display("display:block"), Display::Block);
        assert_eq!(display("font-size:12px"), Display::Default);
    }
}

//! Dates that a page tells of itself beside its words: `<meta>`, `<time>`, and the records for search engines (JSON-LD).

use super::super::beside::Beside;
use super::super::text::Spot;
use super::token::{Attributes, advance};

/// Dates of one kind that are read of a program: a page has one record of itself, with few parts.
const RECORDS: usize = 4;

/// Names of `<meta>` elements that date a page, in lower case: Dublin Core, Open Graph, schema.org, and what site generators
/// and the sites of Chinese authorities use.
const DATES: &[&str] = &[
    "article:modified_time",
    "article:published_time",
    "date",
    "datemodified",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dc.date.modified",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "og:updated_time",
    "pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "revised",
];

/// Reads the start tag of a `<meta>` or `<time>`.
pub(super) fn tag(name: &str, attributes: &Attributes<'_>, at: Spot, beside: &mut Beside) {
    match name {
        "meta" => {
            let names =
                ["name", "property", "itemprop", "http-equiv"].into_iter().filter_map(|key| attributes.get(key));
            let dates = names.map(|n| n.trim().to_ascii_lowercase()).any(|n| DATES.binary_search(&n.as_str()).is_ok());
            if let Some(content) = attributes.get("content").filter(|_| dates) {
                beside.date(at, content);
            }
        }
        "time" => {
            if let Some(value) = attributes.get("datetime") {
                beside.date(at, value);
            }
        }
        _ => {}
    }
}

/// Reads the dates of a record for search engines, out of the programs of a page.
pub(super) fn script(text: &str, at: Spot, beside: &mut Beside) {
    for key in ["\"datePublished\"", "\"dateModified\""] {
        for (found, _) in text.match_indices(key).take(RECORDS) {
            let Some(value) = text[found + key.len()..].trim_start().strip_prefix(':') else { continue };
            let value = value.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            if let Some(value) = value {
                beside.date(advance(at, &text[..found]), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted() {
        assert!(super::DATES.is_sorted());
    }
}

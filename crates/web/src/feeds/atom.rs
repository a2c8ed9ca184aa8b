//! Atom (RFC 4287). Ids are tag URIs (RFC 4151) of the position in the log: they stay when titles and addresses change.

use jiff::Timestamp;
use language::Lang;

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feed {
    /// Address of the platform, without a slash at the end.
    pub(crate) base: String,
    /// Its language.
    pub(crate) lang: Lang,
    /// What it is a feed of.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Its own address, without the base.
    pub(crate) path: String,
    /// Newest first.
    pub(crate) items: Vec<Item>,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Stable.
    pub(crate) id: String,
    /// In the language of the feed.
    pub(crate) title: String,
    /// Where it is shown, without the base.
    pub(crate) path: String,
    /// When it last changed.
    pub(crate) updated: Timestamp,
    /// When it was recorded.
    pub(crate) published: Timestamp,
    /// One line.
    pub(crate) summary: String,
}

/// The host of an address.
pub(crate) fn host(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

/// Text for XML 1.0: escaped, without characters that XML cannot hold.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The feed as XML. The same feed gives the same bytes.
pub(crate) fn write(feed: &Feed) -> String {
    let tag = |id: &str| escaped(&format!("tag:{},2026:{id}", host(&feed.base)));
    let updated = feed
        .items
        .iter()
        .map(|i| i.updated)
        .max()
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let base = escaped(&feed.base);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n<author><name>Biaochi</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{}\"/>\n<link rel=\"alternate\" href=\"{base}{}\"/>\n",
        feed.lang.html_lang(),
        tag(&format!("{}/{}", feed.lang, feed.id)),
        escaped(&feed.title),
        escaped(&feed.path),
        feed.lang.path("/"),
    );
    for item in &feed.items {
        xml.push_str(&format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<published>{}</published>\n<link rel=\"alternate\" href=\"{base}{}\"/>\n<summary>{}</summary>\n</entry>\n",
            tag(&item.id),
            escaped(&item.title),
            item.updated,
            item.published,
            escaped(&item.path),
            escaped(&item.summary),
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_breaks_the_xml() {
        assert_eq!(escaped("a<b>&\"c\"\u{0}\u{8}\n"), "a&lt;b&gt;&amp;&quot;c&quot; ");
        assert_eq!(host("https://biaochi.example:8443/x"), "biaochi.example");
    }
}

//! A definition without its lists, for a table that has their columns already.

use super::parse;

/// The text with every line of `[lookup]` as a comment below `why`; `None` where that is no longer the same definition
/// without its lists.
pub fn without_lookups(text: &str, why: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + why.len());
    let (mut is_top, mut is_list, mut was_said) = (true, false, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        if bare.starts_with('[') {
            is_top = false;
            is_list = is_lookup(bare.trim_start_matches('['));
        }
        let goes =
            (is_list || is_top && is_lookup(bare)) && !bare.trim().is_empty() && !bare.starts_with('#');
        if goes && !was_said {
            was_said = true;
            out.push_str("# ");
            out.push_str(why);
            out.push('\n');
        }
        out.push_str(if goes { "# " } else { "" });
        out.push_str(line);
    }
    let before = parse(text.as_bytes(), "definition").ok()?.survey;
    let after = parse(out.as_bytes(), "definition").ok()?.survey;
    let is_same = after.lookups.is_empty()
        && after.questions.len() == before.questions.len()
        && after.segments == before.segments
        && after.data == before.data;
    is_same.then_some(out)
}

/// Whether the first key of a header or of a line is that of the lists.
fn is_lookup(key: &str) -> bool {
    let key = key.trim_start();
    let rest = ["lookup", "\"lookup\"", "'lookup'"].iter().find_map(|name| key.strip_prefix(name));
    rest.is_some_and(|rest| rest.trim_start().starts_with(['.', ']', '=']))
}

#[cfg(test)]
mod tests {
    use super::without_lookups;

    #[test]
    fn lists_become_comments() {
        let text = "[survey]\ntitle = \"T\"\n\n[[lookup]]\nfile = \"a.csv\"\nkey = \"id\"\n# a remark\ncolumns = [\n  \"tier\",\n]\n\n\
                    [[lookup]]\nfile = \"b.csv\"\nkey = \"id\"\n[lookup.columns]\nx = \"y\"\n\n[segment.tier]\n";
        let found = without_lookups(text, "gone").unwrap();
        assert_eq!(
            found,
            "[survey]\ntitle = \"T\"\n\n# gone\n# [[lookup]]\n# file = \"a.csv\"\n# key = \"id\"\n# a remark\n# columns = [\n#   \
             \"tier\",\n# ]\n\n# [[lookup]]\n# file = \"b.csv\"\n# key = \"id\"\n# [lookup.columns]\n# x = \"y\"\n\n\
             [segment.tier]\n"
        );
        let inline = "lookup = { file = \"a.csv\", key = \"id\" }\n[segment.tier]\n";
        assert!(without_lookups(inline, "gone").unwrap().contains("# lookup = {"));
        assert_eq!(without_lookups("[segment.lookup]\n", "gone").unwrap(), "[segment.lookup]\n");
    }
}

//! From the text of an expression to its tree, by recursive descent.
//!
//! `or` binds least, then `and`, then `not`, then comparisons. Depth and size are bounded, so that no text
//! can exhaust the stack of whoever walks the tree.

#![expect(clippy::result_large_err, reason = "a complaint ends the work, so its size costs nothing")]

use crate::diagnostic::Diagnostic;

use super::token::{Kind, Text, Token, tokens};
use super::{Expression, Literal, Operator};

/// How deep brackets and `not` may nest.
const MOST_DEPTH: usize = 200;
/// How many comparisons there may be.
const MOST_COMPARISONS: usize = 500;

/// Parses an expression.
///
/// # Errors
/// The first fault, with its place in the text (the file is called `--where`).
///
/// ```
/// use csat::survey::expression::parse;
///
/// let expression = parse(r#"region = "North" and not (overall < 3 or ease is missing)"#).unwrap();
/// assert_eq!(expression.names(), ["region", "overall", "ease"]);
/// assert_eq!(parse("region = North").unwrap_err().help.unwrap(), "write the text in quotes: \"North\"");
/// ```
pub fn parse(text: &str) -> Result<Expression, Diagnostic> {
    let text = Text::new(text);
    let tokens = tokens(&text)?;
    let mut parser = Parser { text, tokens, at: 0, depth: 0, comparisons: 0 };
    if parser.peek().kind == Kind::End {
        return Err(parser
            .text
            .error("empty_expression", "the expression is empty", 0, 1)
            .help("for example: region = \"North\" and overall >= 3"));
    }
    let expression = parser.any()?;
    match parser.peek().kind {
        Kind::End => Ok(expression),
        _ => Err(parser.surplus()),
    }
}

struct Parser {
    text: Text,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    comparisons: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        // The last token is `End`, and `advance` never steps over it.
        &self.tokens[self.at]
    }

    fn peek_next(&self) -> &Kind {
        self.tokens.get(self.at + 1).map_or(&Kind::End, |token| &token.kind)
    }

    fn advance(&mut self) -> Token {
        let token = self.tokens[self.at].clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn takes(&mut self, kind: &Kind) -> bool {
        let found = self.peek().kind == *kind;
        if found {
            self.advance();
        }
        found
    }

    fn error(&self, token: &Token, code: &'static str, message: impl Into<String>) -> Diagnostic {
        self.text.error(code, message, token.start, token.end)
    }

    /// A word as it was written, for messages.
    fn written(&self, token: &Token) -> String {
        match token.kind {
            Kind::End => "the end".to_owned(),
            _ => format!("`{}`", self.text.cut(token.start, token.end)),
        }
    }

    fn any(&mut self) -> Result<Expression, Diagnostic> {
        let mut left = self.all()?;
        while self.takes(&Kind::Or) {
            left = Expression::Or(Box::new(left), Box::new(self.all()?));
        }
        Ok(left)
    }

    fn all(&mut self) -> Result<Expression, Diagnostic> {
        let mut left = self.negated()?;
        while self.takes(&Kind::And) {
            left = Expression::And(Box::new(left), Box::new(self.negated()?));
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Expression, Diagnostic> {
        let token = self.peek().clone();
        if !matches!(token.kind, Kind::Not | Kind::Open) {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(self.error(
                &token,
                "too_deep",
                format!("brackets and `not` nest more than {MOST_DEPTH} levels deep"),
            ));
        }
        self.advance();
        let expression = if token.kind == Kind::Not {
            Expression::Not(Box::new(self.negated()?))
        } else {
            let inner = self.any()?;
            let closing = self.peek().clone();
            if !self.takes(&Kind::Close) {
                if closing.kind != Kind::End {
                    return Err(self.surplus());
                }
                return Err(self
                    .error(&token, "unclosed_bracket", "this bracket is not closed")
                    .help("add `)`"));
            }
            inner
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn comparison(&mut self) -> Result<Expression, Diagnostic> {
        let subject = self.peek().clone();
        let Kind::Name(name) = subject.kind.clone() else {
            return Err(self.no_name(&subject));
        };
        self.advance();
        self.comparisons += 1;
        if self.comparisons > MOST_COMPARISONS {
            return Err(self
                .error(
                    &subject,
                    "too_long",
                    format!("an expression has at most {MOST_COMPARISONS} comparisons"),
                )
                .help("use a list: `region in (\"North\", \"South\")`"));
        }
        let token = self.advance();
        match token.kind {
            Kind::Operator(operator) => self.compared(name, operator),
            Kind::In => self.list(name),
            Kind::Not if self.takes(&Kind::In) => Ok(Expression::Not(Box::new(self.list(name)?))),
            Kind::Is => {
                let negated = self.takes(&Kind::Not);
                let word = self.advance();
                if word.kind != Kind::Missing {
                    let found = self.written(&word);
                    return Err(self
                        .error(&word, "expected_missing", format!("expected `missing`, found {found}"))
                        .help("write `is missing`, `is not missing`, or compare with `=`"));
                }
                let missing = Expression::IsMissing(name);
                Ok(if negated { Expression::Not(Box::new(missing)) } else { missing })
            }
            _ => {
                let found = self.written(&token);
                let help = match &token.kind {
                    Kind::Name(word) if word.eq_ignore_ascii_case("between") => {
                        format!("write `{name} >= 1 and {name} <= 5`")
                    }
                    Kind::Name(_) => "put a name of several words in backticks: `how satisfied`".to_owned(),
                    _ => format!("for example: `{name} >= 3`, `{name} = \"…\"`, `{name} is missing`"),
                };
                Err(self
                    .error(
                        &token,
                        "expected_operator",
                        format!("expected =, !=, <, <=, >, >=, `in` or `is` after `{name}`, found {found}"),
                    )
                    .help(help))
            }
        }
    }

    fn compared(&mut self, name: String, operator: Operator) -> Result<Expression, Diagnostic> {
        if self.peek().kind == Kind::Missing {
            let token = self.peek().clone();
            let not = if operator == Operator::NotEqual { "not " } else { "" };
            return Err(self
                .error(&token, "expected_value", "`missing` is not a value")
                .help(format!("write `{name} is {not}missing`")));
        }
        let literal = self.literal()?;
        let next = self.peek().clone();
        if matches!(next.kind, Kind::Operator(_)) {
            return Err(self
                .error(&next, "chained_comparison", "comparisons cannot be chained")
                .help(format!("write `{name} … and {name} …`")));
        }
        if next.kind == Kind::Comma && matches!(self.peek_next(), Kind::Number(_)) {
            return Err(self
                .error(&next, "decimal_comma", "a comma cannot follow here")
                .help("write decimals with a point (0.5), several values as `in (1, 2)`"));
        }
        Ok(Expression::Compare { name, operator, literal })
    }

    fn list(&mut self, name: String) -> Result<Expression, Diagnostic> {
        let open = self.peek().clone();
        if !self.takes(&Kind::Open) {
            let found = self.written(&open);
            return Err(self
                .error(&open, "expected_list", format!("expected a list in round brackets, found {found}"))
                .help(format!("write `{name} in (1, 2)`")));
        }
        let mut literals = Vec::new();
        loop {
            literals.push(self.literal()?);
            let token = self.peek().clone();
            match token.kind {
                Kind::Comma => {
                    self.advance();
                }
                Kind::Close => {
                    self.advance();
                    return Ok(Expression::In { name, literals });
                }
                Kind::End => {
                    return Err(self
                        .error(&open, "unclosed_bracket", "this list is not closed")
                        .help("add `)`"));
                }
                _ => {
                    let found = self.written(&token);
                    return Err(self.error(
                        &token,
                        "expected_comma",
                        format!("expected `,` or `)`, found {found}"),
                    ));
                }
            }
        }
    }

    fn literal(&mut self) -> Result<Literal, Diagnostic> {
        let token = self.advance();
        match &token.kind {
            Kind::Number(number) => Ok(Literal::Number(*number)),
            Kind::Text(text) => Ok(Literal::Text(text.clone())),
            kind => {
                let found = self.written(&token);
                let error = self.error(
                    &token,
                    "expected_value",
                    format!("expected a number or a text in quotes, found {found}"),
                );
                Err(match kind {
                    Kind::Name(name) => error.help(format!("write the text in quotes: \"{name}\"")),
                    _ => error,
                })
            }
        }
    }

    /// A comparison that does not begin with a name.
    fn no_name(&self, token: &Token) -> Diagnostic {
        let found = self.written(token);
        let error = self.error(
            token,
            "expected_name",
            format!("expected the name of a question, segment or column, found {found}"),
        );
        match &token.kind {
            Kind::Number(_) => {
                error.help(format!("write the name first: `overall >= {}`", found.trim_matches('`')))
            }
            Kind::Text(text) => error.help(format!("a name with spaces stands in backticks: `{text}`")),
            Kind::Missing | Kind::In | Kind::Is => {
                error.help(format!("a column called {} is written in backticks", found.trim_matches('`')))
            }
            _ => error,
        }
    }

    /// Something after a complete condition.
    fn surplus(&self) -> Diagnostic {
        let token = self.peek();
        let found = self.written(token);
        let error =
            self.error(token, "expected_end", format!("expected `and`, `or` or the end, found {found}"));
        match &token.kind {
            Kind::Close => error.help("there is no bracket that it closes"),
            Kind::Comma => error.help("join two conditions with `and` or `or`"),
            _ => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fault(text: &str) -> (&'static str, usize, usize, String) {
        let error = parse(text).expect_err(text);
        let place = error.place.unwrap();
        (error.code, place.column, place.length, error.help.unwrap_or_default())
    }

    #[test]
    fn the_sample_of_the_design() {
        let expression = parse("region = \"North\" and overall >= 3").unwrap();
        assert_eq!(expression.to_string(), "region = \"North\" and overall >= 3");
        assert_eq!(expression.names(), ["region", "overall"]);
    }

    #[test]
    fn precedence_and_keywords_in_any_case() {
        let expression = parse("a = 1 OR b = 2 And NOT c In (1, 'x''y') or `d e` IS not MISSING").unwrap();
        assert_eq!(
            expression.to_string(),
            "a = 1 or b = 2 and not c in (1, \"x'y\") or not `d e` is missing"
        );
        assert_eq!(parse("a not in (1)").unwrap(), parse("not a in (1)").unwrap());
        assert_eq!(parse("a == -1.5e0").unwrap(), parse("a = -1.5").unwrap());
        assert_eq!(parse("a <> 1").unwrap(), parse("a != 1").unwrap());
    }

    #[test]
    fn each_trap_has_its_help() {
        assert_eq!(
            fault(""),
            ("empty_expression", 1, 1, "for example: region = \"North\" and overall >= 3".into())
        );
        assert_eq!(fault("a = 1 && b = 2"), ("odd_character", 7, 2, "write `and`".into()));
        assert_eq!(fault("a = 1 || b = 2").3, "write `or`");
        assert_eq!(fault("a =< 1"), ("unknown_operator", 3, 2, "write `<=`".into()));
        assert_eq!(fault("!a = 1").3, "write `not`, or `!=` for unequal");
        assert_eq!(
            fault("region = North"),
            ("expected_value", 10, 5, "write the text in quotes: \"North\"".into())
        );
        assert_eq!(fault("a = “x”").3, "use straight quotes: \"…\" or '…'");
        assert_eq!(fault("a = 0,5").0, "decimal_comma");
        assert_eq!(fault("d >= 2026-09-14").1, 6);
        assert_eq!(fault("q1.a = 3"), fault("q1.a"));
        assert_eq!(fault("3 <= a").3, "write the name first: `overall >= 3`");
        assert_eq!(fault("a > 1 < 3").0, "chained_comparison");
        assert_eq!(fault("(a = 1"), ("unclosed_bracket", 1, 1, "add `)`".into()));
        assert_eq!(fault("a = 1)").0, "expected_end");
        assert_eq!(fault("a in 1").0, "expected_list");
        assert_eq!(fault("a in (1").0, "unclosed_bracket");
        assert_eq!(fault("a in (1 2)").0, "expected_comma");
        assert_eq!(fault("a in ()").0, "expected_value");
        assert_eq!(fault("a = \"x").0, "unclosed_text");
        assert_eq!(fault("a is null").0, "expected_missing");
        assert_eq!(fault("a != missing").3, "write `a is not missing`");
        assert_eq!(fault("a between 1 and 2").0, "expected_operator");
        assert_eq!(fault("a = 1e999").0, "not_a_number");
    }

    #[test]
    fn places_count_lines_and_characters() {
        let place = parse("größe = 1 and\n  b = ?").unwrap_err().place.unwrap();
        assert_eq!((place.line, place.column, place.source.as_str()), (2, 7, "  b = ?"));
        assert_eq!(place.file, "--where");
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let deep = format!("{}a = 1{}", "(".repeat(200), ")".repeat(200));
        assert!(parse(&deep).is_ok());
        assert_eq!(fault(&format!("({deep})")).0, "too_deep");
        assert_eq!(fault(&format!("{}a = 1", "not ".repeat(100_000))).0, "too_deep");
        let side_by_side = vec!["(a = 1)"; 400].join(" and ");
        assert!(parse(&side_by_side).is_ok());
        assert_eq!(fault(&vec!["a = 1"; 501].join(" or ")).0, "too_long");
    }

    fn literals() -> impl Strategy<Value = Literal> {
        prop_oneof![
            any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Literal::Number),
            "[a-z\"'` é]{0,5}".prop_map(Literal::Text),
        ]
    }

    fn operators() -> impl Strategy<Value = Operator> {
        prop::sample::select(vec![
            Operator::Equal,
            Operator::NotEqual,
            Operator::Less,
            Operator::LessEqual,
            Operator::Greater,
            Operator::GreaterEqual,
        ])
    }

    fn expressions() -> impl Strategy<Value = Expression> {
        let name = "[a-z_][a-z0-9_]{0,4}|[a-z .`\"]{1,6}|and|Missing|1a";
        let leaf = prop_oneof![
            (name, operators(), literals()).prop_map(|(name, operator, literal)| Expression::Compare {
                name,
                operator,
                literal
            }),
            (name, prop::collection::vec(literals(), 1..4))
                .prop_map(|(name, literals)| Expression::In { name, literals }),
            name.prop_map(Expression::IsMissing),
        ];
        leaf.prop_recursive(6, 40, 2, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| Expression::And(Box::new(a), Box::new(b))),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| Expression::Or(Box::new(a), Box::new(b))),
                inner.prop_map(|inner| Expression::Not(Box::new(inner))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(expression in expressions()) {
            prop_assert_eq!(parse(&expression.to_string()).unwrap(), expression);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = parse(&text);
        }

        #[test]
        fn no_words_panic(words in prop::collection::vec(prop::sample::select(vec![
            "a", "`b c`", "and", "or", "not", "in", "is", "missing", "(", ")", ",", "=", "<", "==", "1", "-2.5", "\"x\"", "'", "\n", "&&", "é", "1e", "."
        ]), 0..20)) {
            if let Err(error) = parse(&words.join(" ")) {
                let place = error.place.unwrap();
                prop_assert!(place.column <= place.source.chars().count() + 1);
                prop_assert!(place.length >= 1);
            }
        }
    }
}

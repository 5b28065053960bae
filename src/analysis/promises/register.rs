//! The promises by id, each with its versions in order of time.

use std::ops::Range;

use chrono::NaiveDate;

use crate::source::cases::Categories;
use crate::survey::Promise;

/// What is promised.
#[derive(Debug)]
pub(super) struct Register {
    /// Whether anybody wrote it down; else the promises are those that events name.
    pub(super) declared: bool,
    /// The promises in the order of their first version in the register.
    pub(super) promises: Vec<Listed>,
    /// All versions: by promise, then from the earliest to the latest.
    pub(super) versions: Vec<Promise>,
}

/// One promise.
#[derive(Debug)]
pub(super) struct Listed {
    /// Its id.
    pub(super) id: String,
    key: String,
    /// Its versions.
    pub(super) versions: Range<usize>,
}

impl Register {
    /// The register of these promises; where there are none, of those that events name.
    pub(super) fn new(declared: &[Promise], named: &Categories) -> Self {
        let is_declared = !declared.is_empty();
        let of_events: Vec<Promise>;
        let source = if is_declared {
            declared
        } else {
            let named = named.names().iter();
            of_events = named.map(|name| Promise { id: name.clone(), ..Promise::default() }).collect();
            &of_events
        };
        let mut promises: Vec<(String, Vec<&Promise>)> = Vec::new();
        for promise in source {
            let key = promise.key();
            match promises.iter_mut().find(|(known, _)| *known == key) {
                Some((_, versions)) => versions.push(promise),
                None => promises.push((key, vec![promise])),
            }
        }
        let mut register = Self { declared: is_declared, promises: Vec::new(), versions: Vec::new() };
        for (key, mut versions) in promises {
            let id = versions.first().map(|first| first.id.clone()).unwrap_or_default();
            versions.sort_by_key(|version| version.from);
            let start = register.versions.len();
            register.versions.extend(versions.into_iter().cloned());
            register.promises.push(Listed { id, key, versions: start..register.versions.len() });
        }
        register
    }

    /// By code of a category the place of the promise that it names.
    pub(super) fn of_codes(&self, named: &Categories) -> Vec<Option<usize>> {
        let key_of = |name: &String| Promise { id: name.clone(), ..Promise::default() }.key();
        let place = |key: String| self.promises.iter().position(|promise| promise.key == key);
        named.names().iter().map(|name| place(key_of(name))).collect()
    }

    /// The versions of a promise with their places.
    pub(super) fn versions_of(&self, promise: usize) -> impl Iterator<Item = (usize, &Promise)> {
        let range = self.promises.get(promise).map_or(0..0, |listed| listed.versions.clone());
        range.filter_map(|place| Some((place, self.versions.get(place)?)))
    }

    /// The version of a promise that holds on a day.
    pub(super) fn version_on(&self, promise: usize, day: NaiveDate) -> Option<usize> {
        self.versions_of(promise).find(|(_, version)| version.holds_on(day)).map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(id: &str, from: Option<&str>) -> Promise {
        Promise { id: id.to_owned(), from: from.map(|day| day.parse().unwrap()), ..Promise::default() }
    }

    #[test]
    fn versions_of_a_promise_stand_together() {
        let written = [
            version("b", Some("2026-01-01")),
            version("a", None),
            Promise { to: "2025-12-31".parse().ok(), ..version("B ", None) },
        ];
        let register = Register::new(&written, &Categories::default());
        let ids: Vec<&str> = register.promises.iter().map(|promise| promise.id.as_str()).collect();
        assert_eq!((ids, register.declared), (vec!["b", "a"], true));
        assert_eq!(register.promises[0].versions, 0..2);
        let on = |promise, day: &str| register.version_on(promise, day.parse().unwrap());
        assert_eq!(
            (on(0, "2025-06-01"), on(0, "2026-06-01"), on(1, "1999-01-01")),
            (Some(0), Some(1), Some(2))
        );
        assert_eq!(register.versions[0].to, "2025-12-31".parse().ok());
        assert_eq!(on(7, "2026-01-01"), None);
    }
}

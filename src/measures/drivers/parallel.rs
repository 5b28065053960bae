//! Work in parts whose results stand in the order of the parts, whoever did them.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// Rows are walked in so many parts, whatever the number of threads, so that sums are the same.
pub(super) const PARTS: usize = 8;

/// The results of parts of the work in order, whoever did them.
pub(super) fn in_parallel<T: Send>(
    parts: usize,
    threads: usize,
    work: &(dyn Fn(usize) -> T + Sync),
) -> Vec<T> {
    let next = AtomicU32::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let part = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or(usize::MAX);
            if part >= parts {
                return done;
            }
            done.push((part, work(part)));
        }
    };
    let mut all: Vec<(usize, T)> = if threads <= 1 || parts <= 1 {
        worker()
    } else {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads.min(parts)).map(|_| scope.spawn(worker)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        })
    };
    all.sort_by_key(|(part, _)| *part);
    all.into_iter().map(|(_, found)| found).collect()
}

/// The bounds of a part of so many things.
pub(super) fn part_of(all: usize, part: usize) -> std::ops::Range<usize> {
    all * part / PARTS..all * (part + 1) / PARTS
}

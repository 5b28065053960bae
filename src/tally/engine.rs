//! One pass over the inputs: a reader cuts blocks at record ends, workers count them, the end merges.
//!
//! The calling thread reads; each of `threads` workers scans, codes and counts whole blocks into counters of its
//! own. With one thread nothing is spawned. Memory is what the counters need and a few blocks in flight, however
//! long the inputs. The result does not depend on which worker took which block. Where one of several rows with an id
//! stays, the inputs are read once more before, for the ids.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{panic, thread};

use super::cell::Cell;
use super::counted::{Counted, InputRead};
use super::error::CountError;
use super::exact::ExactCount;
use super::exclusion::ExcludedRows;
use super::inputs::BoundInput;
use super::layout::Layout;
use super::merge::{merge, unexcluded};
use super::plan::Plan;
use super::repeated::{IdTable, Repeated};
use super::rows::{AnswerRows, Keeping, RowsTooLarge, Wanted, join};
use super::settle::settle_dates;
use super::worker::{Layouts, Pass, Worked, Worker};
use crate::source::blocks::Digest;
use crate::source::{Block, BlockError, BlockReader, BufferPool, Source};
use crate::survey::KeptRow;

/// Blocks that wait for each worker.
const BLOCKS_WAITING: usize = 2;

/// How a pass is run; nothing here changes what is counted.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// How many threads count, at least 1; with 1 the calling thread does everything.
    pub threads: usize,
    /// Called by the calling thread after each block with the bytes read so far.
    pub progress: Option<&'a dyn Fn(u64)>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { threads: 1, progress: None }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Options").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// Counts a plan over inputs, one after the other.
///
/// # Errors
/// See [`CountError`]; what is wrong with headers and plan is said before anything is read.
pub fn count(plan: &Plan, sources: Vec<Source>, options: &Options<'_>) -> Result<Counted, CountError> {
    let layout = Layout::new(plan)?;
    let inputs = BoundInput::bind_all(plan, &layout, &sources)?;
    let unkept = layout.of_unkept(plan);
    let layouts = Layouts { kept: &layout, unkept: unkept.as_ref() };
    let setup = Setup { plan, layouts, inputs: &inputs, keeping: None };
    setup.passes(sources, options).map(|(counted, _)| counted)
}

/// Counts a plan over inputs as [`count`] does, and keeps of every row that is counted what is wanted.
///
/// # Errors
/// As for [`count`]; a wanted column may be missing everywhere, but must not stand twice in a header.
pub fn collect(
    plan: &Plan,
    wanted: &Wanted,
    sources: Vec<Source>,
    options: &Options<'_>,
) -> Result<Collected, CountError> {
    let mut layout = Layout::new(plan)?;
    for &variable in &wanted.variables {
        // Its categories have to be known at the end.
        layout.filter_only[variable] = false;
    }
    let inputs = BoundInput::bind_all(plan, &layout, &sources)?;
    let keeping = Keeping::new(wanted, &sources)?;
    let unkept = layout.of_unkept(plan);
    let layouts = Layouts { kept: &layout, unkept: unkept.as_ref() };
    let setup = Setup { plan, layouts, inputs: &inputs, keeping: Some(&keeping) };
    let (counted, rows) = setup.passes(sources, options)?;
    let rows = rows.unwrap_or(Err(RowsTooLarge { most_bytes: wanted.most_bytes }));
    Ok(Collected { counted, rows })
}

/// The result of a pass that keeps rows.
#[derive(Debug)]
pub struct Collected {
    /// The counts.
    pub counted: Counted,
    /// The rows that were counted, unless they take more room than they may.
    pub rows: Result<AnswerRows, RowsTooLarge>,
}

/// The rows that a pass has kept, where it was to keep any.
type KeptRows = Option<Result<AnswerRows, RowsTooLarge>>;

/// What all passes of a plan over its inputs have in common.
#[derive(Clone, Copy)]
struct Setup<'a> {
    plan: &'a Plan,
    layouts: Layouts<'a>,
    inputs: &'a [BoundInput],
    keeping: Option<&'a Keeping<'a>>,
}

impl Setup<'_> {
    /// Counts, after a pass for the ids where repeated ones are left out.
    fn passes(
        &self,
        mut sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Counted, KeptRows), CountError> {
        let rule = self.layouts.kept.repeated.and_then(|rule| self.plan.exclusions.get(rule));
        let Some(ExcludedRows::Repeated { keep, .. }) = rule.map(|rule| &rule.rows) else {
            return self.count(None, sources, options).map(|(counted, rows, _)| (counted, rows));
        };
        // Both times the inputs go by, half of the way is done.
        let first = |bytes: u64| options.progress.iter().for_each(|progress| progress(bytes / 2));
        let (repeated, before) =
            self.repeated(*keep, &mut sources, &Options { progress: Some(&first), ..*options })?;
        let half = before.iter().map(|digest| digest.bytes).sum::<u64>() / 2;
        let second = |bytes: u64| options.progress.iter().for_each(|progress| progress(half + bytes / 2));
        let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
        let (counted, rows, after) =
            self.count(Some(&repeated), sources, &Options { progress: Some(&second), ..*options })?;
        match names.into_iter().zip(before.iter().zip(&after)).find(|(_, (before, after))| before != after) {
            Some((input, _)) => Err(CountError::Changed { input }),
            None => Ok((counted, rows)),
        }
    }

    /// The ids that stand in several rows.
    fn repeated(
        &self,
        keep: KeptRow,
        sources: &mut [Source],
        options: &Options<'_>,
    ) -> Result<(Repeated, Vec<Digest>), CountError> {
        let open = |source: &mut Source| {
            source.first_reading().map_err(|error| CountError::Input {
                input: source.name.clone(),
                reason: BlockError::Read { bytes: 0, source: error },
            })
        };
        let first = sources.iter_mut().map(open).collect::<Result<_, CountError>>()?;
        let (reads, worked) = self.run::<u64>(Pass::Ids(keep), first, options)?;
        let tables = worked.into_iter().filter_map(|worked| worked.ids);
        let table = tables.reduce(IdTable::merge).unwrap_or_else(|| IdTable::new(keep));
        Ok((table.into_repeated(), reads.digests))
    }

    fn count(
        &self,
        repeated: Option<&Repeated>,
        sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Counted, KeptRows, Vec<Digest>), CountError> {
        if self.plan.weight.is_some() {
            self.count_in::<ExactCount>(repeated, sources, options)
        } else {
            self.count_in::<u64>(repeated, sources, options)
        }
    }

    fn count_in<C: Cell>(
        &self,
        repeated: Option<&Repeated>,
        sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Counted, KeptRows, Vec<Digest>), CountError> {
        let (reads, worked) = self.run::<C>(Pass::Count(repeated, self.keeping), sources, options)?;
        let layout = self.layouts.kept;
        let compared = worked.iter().all(|worked| worked.left_out.is_some());
        let (mut findings, mut unkept) = (Vec::with_capacity(worked.len()), Vec::new());
        let mut left_out = Vec::new();
        for worked in worked {
            findings.push(worked.rows.kept);
            unkept.extend(worked.rows.unkept);
            left_out
                .extend(worked.left_out.into_iter().flat_map(|of| std::iter::once(of.kept).chain(of.unkept)));
        }
        findings.append(&mut unkept);
        let orders = settle_dates(layout, &findings)?;
        let mut counted = merge(self.plan, layout, self.inputs, reads.inputs, &findings, &orders)?;
        let rows = self
            .keeping
            .map(|keeping| join(self.plan, layout, keeping, &mut findings, &orders))
            .transpose()?;
        if compared {
            // The rows left out are merged like those of further workers, so that the sums stay exact.
            findings.extend(left_out);
            let names = &mut counted.design_names;
            counted.unexcluded = unexcluded(self.plan, layout, &findings, &orders, names).map(Box::new);
        }
        Ok((counted, rows, reads.digests))
    }

    /// One pass over the sources.
    fn run<C: Cell>(
        &self,
        pass: Pass<'_>,
        sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Reads, Vec<Worked<C>>), CountError> {
        if options.threads > 1 {
            return self.run_threads::<C>(pass, sources, options);
        }
        let mut worker = self.worker::<C>(pass)?;
        let reads = read(sources, options, |job| {
            let counted = worker.count(job.input, &job.block, job.has_header);
            job.pool.give_back(job.block.bytes);
            counted.map(|()| true)
        })?;
        Ok((reads, vec![worker.finish()]))
    }

    fn worker<'s, C: Cell>(&'s self, pass: Pass<'s>) -> Result<Worker<'s, C>, CountError> {
        Worker::new(self.plan, self.layouts, self.inputs, pass)
    }

    fn run_threads<C: Cell>(
        &self,
        pass: Pass<'_>,
        sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Reads, Vec<Worked<C>>), CountError> {
        let (sender, receiver) = sync_channel::<Job>(options.threads * BLOCKS_WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        let failed = AtomicBool::new(false);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..options.threads)
                .map(|_| {
                    // Owned by the workers alone, so that sending fails when none of them is left.
                    let receiver = Arc::clone(&receiver);
                    let failed = &failed;
                    scope.spawn(move || self.work::<C>(pass, &receiver, failed))
                })
                .collect();
            drop(receiver);
            let reads =
                read(sources, options, |job| Ok(!failed.load(Ordering::Relaxed) && sender.send(job).is_ok()));
            drop(sender);
            let mut worked = Vec::with_capacity(workers.len());
            for worker in workers {
                worked.push(worker.join().unwrap_or_else(|reason| panic::resume_unwind(reason))?);
            }
            Ok((reads?, worked))
        })
    }

    /// One worker: counts blocks until there are no more, or until its counters cannot hold them.
    fn work<C: Cell>(
        &self,
        pass: Pass<'_>,
        receiver: &Mutex<Receiver<Job>>,
        failed: &AtomicBool,
    ) -> Result<Worked<C>, CountError> {
        let mut worker = self.worker::<C>(pass)?;
        loop {
            let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = next else { return Ok(worker.finish()) };
            let counted = worker.count(job.input, &job.block, job.has_header);
            job.pool.give_back(job.block.bytes);
            if let Err(error) = counted {
                failed.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
    }
}

/// A block on its way to a worker.
struct Job {
    input: usize,
    block: Block,
    has_header: bool,
    pool: BufferPool,
}

/// What was read in one pass.
struct Reads {
    inputs: Vec<InputRead>,
    /// By input, of the bytes as they were counted.
    digests: Vec<Digest>,
}

/// Reads every input and hands each block to `take`, which says whether more is wanted.
fn read(
    sources: Vec<Source>,
    options: &Options<'_>,
    mut take: impl FnMut(Job) -> Result<bool, CountError>,
) -> Result<Reads, CountError> {
    let mut reads = Reads { inputs: Vec::with_capacity(sources.len()), digests: Vec::new() };
    let mut bytes_before = 0;
    for (input, source) in sources.into_iter().enumerate() {
        let mut reader = BlockReader::new(source.reader, source.delimiter).noting(&source.losses);
        let pool = reader.pool();
        let mut header_seen = false;
        let failed = |error| CountError::Input { input: source.name.clone(), reason: error };
        while let Some(block) = reader.next_block().map_err(failed)? {
            // Blank lines may stand before the header, more than a block of them.
            let has_header = !header_seen && block.bytes.iter().any(|byte| !matches!(byte, b'\r' | b'\n'));
            header_seen |= has_header;
            let more = take(Job { input, block, has_header, pool: pool.clone() })?;
            if let Some(progress) = options.progress {
                progress(bytes_before + reader.digest().bytes);
            }
            if !more {
                return Ok(reads);
            }
        }
        let digest = reader.digest();
        bytes_before += digest.bytes;
        let (bytes, hash) = match source.original {
            Some(original) => (original.bytes, original.xxh3),
            None => (digest.bytes, format!("xxh3-128:{:032x}", digest.hash)),
        };
        reads.digests.push(digest);
        reads.inputs.push(InputRead {
            name: source.name,
            bytes,
            rows: 0,
            hash,
            delimiter: source.delimiter,
            unused_columns: Vec::new(),
            absent_columns: Vec::new(),
        });
    }
    Ok(reads)
}

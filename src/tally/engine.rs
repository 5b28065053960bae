//! One pass over the inputs: a reader cuts blocks at record ends, workers count them, the end merges.
//!
//! The calling thread reads; each of `threads` workers scans, codes and counts whole blocks into counters of its
//! own. With one thread nothing is spawned. Memory is what the counters need and a few blocks in flight, however
//! long the inputs. The result does not depend on which worker took which block.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{panic, thread};

use super::cell::Cell;
use super::counted::{Counted, InputRead};
use super::error::CountError;
use super::exact::ExactCount;
use super::inputs::BoundInput;
use super::layout::Layout;
use super::merge::merge;
use super::plan::Plan;
use super::rows::{AnswerRows, Keeping, RowsTooLarge, Wanted, join};
use super::worker::{Findings, Worker};
use crate::source::{Block, BlockReader, BufferPool, Source};

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
    let pass = Pass { plan, layout: &layout, inputs: &inputs, keeping: None };
    let (counted, _) = if plan.weight.is_some() {
        pass.run::<ExactCount>(sources, options)
    } else {
        pass.run::<u64>(sources, options)
    }?;
    Ok(counted)
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
    let pass = Pass { plan, layout: &layout, inputs: &inputs, keeping: Some(&keeping) };
    let (counted, rows) = if plan.weight.is_some() {
        pass.run::<ExactCount>(sources, options)
    } else {
        pass.run::<u64>(sources, options)
    }?;
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

/// What one pass does with every row.
#[derive(Clone, Copy)]
struct Pass<'a> {
    plan: &'a Plan,
    layout: &'a Layout,
    inputs: &'a [BoundInput],
    keeping: Option<&'a Keeping<'a>>,
}

/// The rows that a pass has kept, where it was to keep any.
type KeptRows = Option<Result<AnswerRows, RowsTooLarge>>;

/// A block on its way to a worker.
struct Job {
    input: usize,
    block: Block,
    has_header: bool,
    pool: BufferPool,
}

impl<'a> Pass<'a> {
    fn run<C: Cell>(
        self,
        sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Counted, KeptRows), CountError> {
        let (reads, findings) = if options.threads <= 1 {
            let mut worker = self.worker::<C>()?;
            let reads = read(sources, options, |job| {
                let counted = worker.count(job.input, &job.block, job.has_header);
                job.pool.give_back(job.block.bytes);
                counted.map(|()| true)
            })?;
            (reads, vec![worker.finish()])
        } else {
            self.run_threads::<C>(sources, options)?
        };
        let counted = merge(self.plan, self.layout, self.inputs, reads, &findings)?;
        let rows = self.keeping.map(|keeping| join(self.plan, self.layout, keeping, findings)).transpose()?;
        Ok((counted, rows))
    }

    fn worker<C: Cell>(self) -> Result<Worker<'a, C>, CountError> {
        Worker::new(self.plan, self.layout, self.inputs, self.keeping)
    }

    fn run_threads<C: Cell>(
        self,
        sources: Vec<Source>,
        options: &Options<'_>,
    ) -> Result<(Vec<InputRead>, Vec<Findings<C>>), CountError> {
        let (sender, receiver) = sync_channel::<Job>(options.threads * BLOCKS_WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        let failed = AtomicBool::new(false);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..options.threads)
                .map(|_| {
                    // Owned by the workers alone, so that sending fails when none of them is left.
                    let receiver = Arc::clone(&receiver);
                    let failed = &failed;
                    scope.spawn(move || self.work::<C>(&receiver, failed))
                })
                .collect();
            drop(receiver);
            let reads =
                read(sources, options, |job| Ok(!failed.load(Ordering::Relaxed) && sender.send(job).is_ok()));
            drop(sender);
            let mut findings = Vec::with_capacity(workers.len());
            for worker in workers {
                findings.push(worker.join().unwrap_or_else(|reason| panic::resume_unwind(reason))?);
            }
            Ok((reads?, findings))
        })
    }

    /// One worker: counts blocks until there are no more, or until its counters cannot hold them.
    fn work<C: Cell>(
        self,
        receiver: &Mutex<Receiver<Job>>,
        failed: &AtomicBool,
    ) -> Result<Findings<C>, CountError> {
        let mut worker = self.worker::<C>()?;
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

/// Reads every input and hands each block to `take`, which says whether more is wanted.
fn read(
    sources: Vec<Source>,
    options: &Options<'_>,
    mut take: impl FnMut(Job) -> Result<bool, CountError>,
) -> Result<Vec<InputRead>, CountError> {
    let mut reads = Vec::with_capacity(sources.len());
    let mut bytes_before = 0;
    for (input, source) in sources.into_iter().enumerate() {
        let mut reader = BlockReader::new(source.reader, source.delimiter);
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
        reads.push(InputRead {
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

//! Files put in place together: every target is checked and every byte written under a temporary name before the first
//! is renamed, so that nobody ever sees half a report, or half of several.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::status::Failure;

/// A file that is to be written.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// A file that is written bit by bit under another name, and put in place when it is whole.
pub(crate) struct Stream {
    /// None for a device or a pipe, which is written in place.
    temporary: Option<NamedTempFile>,
    file: fs::File,
    path: PathBuf,
}

impl Stream {
    /// Begins a file; nothing is at its place before [`Self::put`].
    pub(crate) fn begin(path: &Path) -> Result<Self, Failure> {
        check(path)?;
        let fail = |error: io::Error| failure(path, &error);
        if is_device(path) {
            let file = fs::OpenOptions::new().write(true).open(path).map_err(fail)?;
            return Ok(Self { temporary: None, file, path: path.to_owned() });
        }
        let temporary = temporary(path).map_err(fail)?;
        let file = temporary.as_file().try_clone().map_err(fail)?;
        Ok(Self { temporary: Some(temporary), file, path: path.to_owned() })
    }

    /// What writes to it.
    pub(crate) fn writer(&self) -> Result<io::BufWriter<fs::File>, Failure> {
        self.file.try_clone().map(io::BufWriter::new).map_err(|error| failure(&self.path, &error))
    }

    /// Puts several files in place, when all are whole.
    pub(crate) fn put_all(streams: Vec<Self>) -> Result<(), Failure> {
        for stream in streams.iter().filter(|stream| stream.temporary.is_some()) {
            stream.file.sync_all().map_err(|error| failure(&stream.path, &error))?;
        }
        for Self { temporary, path, .. } in streams {
            if let Some(temporary) = temporary {
                temporary.persist(&path).map_err(|error| failure(&path, &error.error))?;
            }
        }
        Ok(())
    }
}

/// Writes all files or none.
pub(crate) fn write(files: &[File]) -> Result<(), Failure> {
    files.iter().try_for_each(|file| check(&file.path))?;
    let staged = files.iter().map(stage).collect::<Result<Vec<_>, _>>()?;
    staged.into_iter().try_for_each(Staged::put)
}

/// Makes folders that are not there; they go away again unless they are kept, so that a failure leaves none.
pub(crate) fn folders(wanted: &[PathBuf]) -> Result<Folders, Failure> {
    let mut made = Folders { made: Vec::new() };
    for folder in wanted {
        let fail = |error: io::Error| {
            Failure::data(format!("the folder `{}` could not be made: {error}", folder.display()))
        };
        let missing: Vec<&Path> = folder.ancestors().take_while(|path| !is_there(path)).collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path).map_err(fail)?;
            made.made.push(path.to_owned());
        }
        if !folder.is_dir() {
            return Err(fail(io::Error::from(ErrorKind::NotADirectory)));
        }
    }
    Ok(made)
}

/// Folders that were made for files.
#[derive(Debug)]
pub(crate) struct Folders {
    made: Vec<PathBuf>,
}

impl Folders {
    /// The files are there.
    pub(crate) fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.made.iter().rev() {
            // One that somebody put something into meanwhile stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A file whose bytes are on the disk under another name, or that has to be written in place.
enum Staged<'a> {
    Temporary(NamedTempFile, &'a Path),
    InPlace(&'a File),
}

impl Staged<'_> {
    fn put(self) -> Result<(), Failure> {
        match self {
            Self::Temporary(temporary, path) => {
                temporary.persist(path).map(drop).map_err(|error| failure(path, &error.error))
            }
            Self::InPlace(File { path, bytes }) => {
                let file = fs::OpenOptions::new().write(true).open(path);
                match file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.flush())) {
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                    other => other.map_err(|error| failure(path, &error)),
                }
            }
        }
    }
}

/// What can be told of a target before anything is written.
fn check(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::data(format!("`{}` is a directory, not a file to write to", path.display())));
    }
    let folder = folder(path);
    if !folder.exists() {
        return Err(Failure::data(format!("`{}` could not be written", path.display()))
            .help(format!("there is no folder `{}`; create it first", folder.display())));
    }
    Ok(())
}

fn stage(file: &File) -> Result<Staged<'_>, Failure> {
    let File { path, bytes } = file;
    if is_device(path) {
        return Ok(Staged::InPlace(file));
    }
    let written = temporary(path).and_then(|mut temporary| {
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        Ok(temporary)
    });
    written.map(|temporary| Staged::Temporary(temporary, path)).map_err(|error| failure(path, &error))
}

/// A device or a pipe cannot be renamed onto; it is written in place.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// An empty file beside the one that it will become.
fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".csat-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // tempfile's own default is 0600; a report is written as any other program would write it.
        let existing = fs::metadata(path).ok().map(|metadata| metadata.permissions());
        builder.permissions(existing.unwrap_or_else(|| fs::Permissions::from_mode(0o666)));
    }
    // The name of the temporary file differs each time and tells nobody anything.
    builder.tempfile_in(folder(path)).map_err(|error| io::Error::from(error.kind()))
}

fn failure(path: &Path, error: &io::Error) -> Failure {
    Failure::data(format!("`{}` could not be written: {error}", path.display()))
        .help("nothing was written; check the folder, its permissions and the space on the disk")
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| is_named(folder)).unwrap_or_else(|| Path::new("."))
}

/// The parent of a bare name is empty.
fn is_named(folder: &Path) -> bool {
    !folder.as_os_str().is_empty()
}

fn is_there(path: &Path) -> bool {
    !is_named(path) || path.exists()
}

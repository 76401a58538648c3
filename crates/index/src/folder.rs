//! The folder of an index, which may be one that can only be read: a corpus on a share or a mounted
//! disc is searched as any other.
//!
//! tantivy takes a lock for the moment in which it opens its files, so that no writer clears them
//! away, and takes it by writing. Where nothing can be written there is no writer to fear.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

/// A folder of files that are mapped into memory.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    files: MmapDirectory,
    root: PathBuf,
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// Where it is none or cannot be read.
    pub(crate) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { files: MmapDirectory::open(path)?, root: path.to_path_buf() })
    }
}

impl Directory for Folder {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let is_for_reading = lock.filepath == META_LOCK.filepath;
        let cannot_be_written = |e: &io::Error| {
            matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
        };
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(e)) if is_for_reading && cannot_be_written(&e) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            taken => taken,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    /// With the permissions of every other file: tantivy's own writing leaves one that only its owner
    /// reads.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let written = corpus::write_atomically(&self.root.join(path), |file| file.write_all(data));
        written.map_err(io::Error::other)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

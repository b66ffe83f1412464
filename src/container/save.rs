//! Atomic replacement of a file.
//!
//! A file is written in the folder of its target under a temporary name, and then renamed. The
//! writer holds an advisory lock of the temporary file until the rename. The system releases the
//! lock when a process ends in any way, so a temporary file that can be locked has no living
//! writer: it is a leftover of a process that was killed, and the next save in the folder removes it.

use crate::error::Error;
use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A temporary name is this prefix, [`RANDOM`] letters and digits, and the suffix.
const PREFIX: &str = ".policygraph-";
const SUFFIX: &str = ".tmp";
/// Number of random characters of a temporary name.
const RANDOM: usize = 12;

/// Maximum number of symbolic links from a path to its file, as on Linux.
const LINKS: usize = 40;

/// Writes a file atomically: an existing file of this name is replaced only when the new one is
/// complete and on the disk.
///
/// * A symbolic link is followed: its target is replaced or created, and the link stays.
/// * On Unix the new file gets the mode of the replaced one. It belongs to the user who saves.
/// * A folder, device, pipe or socket at `path` is an error and stays.
/// * Several savers of one file do not disturb each other: the last one to finish replaces the others.
/// * Leftovers of killed savers in the folder are removed.
pub(crate) fn save(
    path: &Path,
    write: impl FnOnce(BufWriter<&File>) -> io::Result<()>,
) -> Result<(), Error> {
    let fail = |doing: &str, cause| Error::io(path.display().to_string(), doing, cause);
    let (target, permissions) = target(path).map_err(|error| fail("not saved", error))?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    remove_leftovers(folder);
    let file = create(folder, permissions.is_some()).map_err(|error| {
        let doing = format!("not saved, as no file can be created in {}", folder.display());
        fail(&doing, error)
    })?;
    let replace = || {
        write(BufWriter::new(file.as_file()))?;
        if let Some(permissions) = permissions.filter(|_| cfg!(unix)) {
            file.as_file().set_permissions(permissions)?;
        }
        file.as_file().sync_all()?;
        file.persist(&target)?;
        Ok(())
    };
    replace().map_err(|error| fail("not saved", error))
}

/// Returns the file that `path` names after its symbolic links, and its permissions if it exists.
fn target(path: &Path) -> io::Result<(PathBuf, Option<Permissions>)> {
    let permissions = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
        Ok(metadata) => {
            let what = if metadata.is_dir() { "a folder" } else { "a device, pipe or socket" };
            let message = format!("the path is {what}; give the path of a file, or use write_to");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let mut target = path.to_owned();
    for _ in 0..=LINKS {
        match fs::read_link(&target) {
            // A relative link starts at the folder that contains it.
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok((target, permissions)),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Creates a locked temporary file.
///
/// * `private`: on Unix only the owner can open it, as the replaced file may be private.
fn create(folder: &Path, private: bool) -> io::Result<NamedTempFile<File>> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut names = tempfile::Builder::new();
    names.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    names.make_in(folder, |path| {
        let file = options.open(path)?;
        // Before the lock another saver can take the new file for a leftover and remove it; then
        // the next name is tried. After the lock none can.
        let is_taken = match file.try_lock() {
            Ok(()) => !path.try_exists()?,
            Err(TryLockError::WouldBlock) => true,
            // Without locks nobody removes temporary files.
            Err(TryLockError::Error(_)) => false,
        };
        if is_taken { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(file) }
    })
}

/// Removes temporary files without a living writer, as far as that is possible.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        // A pipe or link with such a name is not opened.
        let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
        if name.to_str().is_some_and(is_temporary) && is_file() {
            let _ = remove_if_unlocked(&entry.path());
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn remove_if_unlocked(path: &Path) -> io::Result<()> {
    // Some network file systems lock only files that are open for writing.
    let writable = OpenOptions::new().read(true).write(true).open(path);
    let file = writable.or_else(|_| File::open(path))?;
    file.try_lock()?;
    // The lock is held until the file is removed, so that its writer notices the removal.
    fs::remove_file(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn save_text(path: &Path, text: &str) -> Result<(), Error> {
        save(path, |mut out| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }

    /// Returns the names in a folder, sorted.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_failed_save_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph");
        save_text(&path, "old").unwrap();
        let error = save(&path, |mut out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full"))
        });
        assert_eq!(
            error.unwrap_err().to_string(),
            format!("{}: not saved: disk full", path.display())
        );
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["graph"]);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = save_text(&folder.path().join("none/graph"), "new").unwrap_err().to_string();
        let none = folder.path().join("none");
        let start =
            format!("{0}/graph: not saved, as no file can be created in {0}: ", none.display());
        assert!(error.starts_with(&start), "{error}");
    }

    #[test]
    fn leftovers_of_killed_savers_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        // A file in another format of names, and a folder, are not leftovers.
        let others = [".policygraph-123.tmp", ".policygraph-a1b2c3d4e5f6.tmp.txt", "x.tmp"];
        others.iter().for_each(|name| fs::write(root.join(name), "x").unwrap());
        fs::create_dir(root.join(".policygraph-folderfolder.tmp")).unwrap();
        for n in 0..3 {
            // A killed process closes its files without removing them.
            let (file, _path) = create(root, n == 0).unwrap().keep().unwrap();
            (&file).write_all(b"half").unwrap();
        }
        assert_eq!(names(root).len(), 7);
        save_text(&root.join("graph"), "new").unwrap();
        let mut left = others.map(str::to_owned).to_vec();
        left.extend([".policygraph-folderfolder.tmp".to_owned(), "graph".to_owned()]);
        left.sort();
        assert_eq!(names(root), left);
    }

    #[test]
    fn the_file_of_a_living_saver_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph");
        save(&path, |mut first| {
            first.write_all(b"first")?;
            save_text(&path, "second").unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"second");
            assert_eq!(names(folder.path()).len(), 2, "the first file is still there");
            first.flush()
        })
        .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(names(folder.path()), ["graph"]);
    }

    #[test]
    fn savers_at_once_leave_one_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph");
        let text = |n: usize| n.to_string().repeat(50_000);
        std::thread::scope(|scope| {
            for n in 0..4 {
                let path = &path;
                scope.spawn(move || (0..50).for_each(|_| save_text(path, &text(n)).unwrap()));
            }
        });
        let last = fs::read_to_string(&path).unwrap();
        assert!((0..4).any(|n| last == text(n)));
        assert_eq!(names(folder.path()), ["graph"]);
    }

    /// Environment variable with the path that [`saver`] writes.
    const SAVED_PATH: &str = "POLICYGRAPH_TEST_SAVED_PATH";
    /// Length of the text that [`saver`] writes, in bytes.
    const SAVED_LENGTH: usize = 300_000;

    #[test]
    #[ignore = "a_killed_saver_leaves_a_whole_file runs and kills it"]
    fn saver() {
        let Some(path) = std::env::var_os(SAVED_PATH) else { return };
        loop {
            save(Path::new(&path), |mut out| {
                (0..SAVED_LENGTH).try_for_each(|_| out.write_all(b"n"))?;
                out.flush()
            })
            .unwrap();
        }
    }

    #[test]
    fn a_killed_saver_leaves_a_whole_file() {
        use std::process::{Command, Stdio};
        use std::thread::sleep;
        use std::time::Duration;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph");
        for n in 0..20 {
            save_text(&path, "old").unwrap();
            let mut saver = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "--ignored", "container::save::tests::saver"])
                .env(SAVED_PATH, &path)
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            // The file is replaced for the first time; on a busy machine the saver is killed before.
            let is_old = || fs::read(&path).unwrap() == b"old";
            (0..1_000).take_while(|_| is_old()).for_each(|_| sleep(Duration::from_millis(2)));
            sleep(Duration::from_micros(n * 730));
            saver.kill().unwrap();
            saver.wait().unwrap();
            let now = fs::read(&path).unwrap();
            let is_new = now.len() == SAVED_LENGTH && now.iter().all(|byte| *byte == b'n');
            assert!(is_new || now == b"old", "{} bytes", now.len());
            assert!(names(folder.path()).len() <= 2, "each save removed the leftover before it");
        }
        save_text(&path, "last").unwrap();
        assert_eq!(names(folder.path()), ["graph"]);
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let error = save_text(folder.path(), "new").unwrap_err().to_string();
        assert!(error.contains("the path is a folder; give the path of a file"), "{error}");
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
        use std::os::unix::net::UnixListener;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o7777
        }

        #[test]
        fn the_mode_of_the_replaced_file_is_kept() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("graph");
            save_text(&path, "new").unwrap();
            let plain = folder.path().join("plain");
            fs::write(&plain, "plain").unwrap();
            assert_eq!(mode(&path), mode(&plain), "a new file has the usual mode");
            for wanted in [0o600, 0o640, 0o444, 0o755] {
                fs::set_permissions(&path, Permissions::from_mode(wanted)).unwrap();
                save_text(&path, "again").unwrap();
                assert_eq!(mode(&path), wanted);
            }
        }

        #[test]
        fn the_file_that_replaces_a_private_one_is_private_while_it_is_written() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("graph");
            save_text(&path, "old").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            save(&path, |out| {
                assert_eq!(out.get_ref().metadata()?.permissions().mode() & 0o077, 0);
                Ok(())
            })
            .unwrap();
        }

        #[test]
        fn a_link_is_followed_and_stays() {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            fs::create_dir(root.join("far")).unwrap();
            fs::write(root.join("far/graph"), "old").unwrap();
            fs::set_permissions(root.join("far/graph"), Permissions::from_mode(0o640)).unwrap();
            symlink("far/graph", root.join("near")).unwrap();
            symlink(root.join("near"), root.join("far/back")).unwrap();
            symlink("far", root.join("folder")).unwrap();
            for (n, link) in ["near", "far/back", "folder/back", "folder/graph"].iter().enumerate()
            {
                save_text(&root.join(link), &n.to_string()).unwrap();
                assert_eq!(fs::read_to_string(root.join("far/graph")).unwrap(), n.to_string());
                assert_eq!(mode(&root.join("far/graph")), 0o640);
            }
            assert!(root.join("near").is_symlink() && root.join("far/back").is_symlink());
            assert_eq!(names(root), ["far", "folder", "near"]);
            assert_eq!(names(&root.join("far")), ["back", "graph"]);
        }

        #[test]
        fn the_target_of_a_dangling_link_is_created() {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            fs::create_dir(root.join("far")).unwrap();
            symlink("far/graph", root.join("near")).unwrap();
            save_text(&root.join("near"), "new").unwrap();
            assert!(root.join("near").is_symlink());
            assert_eq!(fs::read(root.join("far/graph")).unwrap(), b"new");

            symlink("none/graph", root.join("lost")).unwrap();
            let error = save_text(&root.join("lost"), "new").unwrap_err().to_string();
            assert!(error.contains("no file can be created in"), "{error}");
        }

        #[test]
        fn a_loop_of_links_is_an_error() {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            symlink("b", root.join("a")).unwrap();
            symlink("a", root.join("b")).unwrap();
            assert!(save_text(&root.join("a"), "new").is_err());
            assert!(root.join("a").is_symlink() && root.join("b").is_symlink());
        }

        #[test]
        fn a_socket_and_a_device_stay() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("socket");
            let _listener = UnixListener::bind(&path).unwrap();
            symlink("/dev/null", folder.path().join("null")).unwrap();
            for name in ["socket", "null"] {
                let error = save_text(&folder.path().join(name), "new").unwrap_err().to_string();
                assert!(error.contains("a device, pipe or socket"), "{error}");
            }
            assert!(fs::metadata(&path).unwrap().file_type().is_socket());
            assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        }

        #[test]
        fn a_folder_that_is_read_only_is_named() {
            let folder = tempfile::tempdir().unwrap();
            fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
            if fs::write(folder.path().join("probe"), "").is_ok() {
                // The superuser writes anywhere.
                return;
            }
            let error = save_text(&folder.path().join("graph"), "new").unwrap_err().to_string();
            assert!(error.contains("no file can be created in"), "{error}");
            assert!(error.contains("denied"), "{error}");
        }
    }
}

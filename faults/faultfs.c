/* Stands before libc (LD_PRELOAD) and numbers the operations by which a process changes files below one folder.
 *
 *   FAULTFS_FOLDER   the folder, absolute and without links in it
 *   FAULTFS_LOG      a file to which each operation is added as "number name path"
 *   FAULTFS_BEFORE   the process kills itself before the operation of this number,
 *   FAULTFS_WITHIN   when half of what it writes is written,
 *   FAULTFS_AFTER    or when it is done
 *   FAULTFS_FROM     from this number on, operations fail
 *   FAULTFS_ERROR    with ENOSPC, which what frees space is spared, or with EIO
 *   FAULTFS_SHORT    the first write that fails is cut short instead, as on a disk that becomes full
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Room for a folder and a name in it. */
#define MOST_PATH (2 * PATH_MAX)

enum need { FREES, NEEDS_SPACE };

static char folder[PATH_MAX];
static size_t folder_length;
static int log_file = -1, error, cut_short;
static long before, within, after, from;
static long counted;

/* The function of libc that ours hides. */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
    real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static long number_of(const char *variable) {
    const char *value = getenv(variable);
    return value ? atol(value) : 0;
}

__attribute__((constructor)) static void begin(void) {
    const char *value = getenv("FAULTFS_FOLDER");
    if (!value)
        return;
    snprintf(folder, sizeof folder, "%s", value);
    folder_length = strlen(folder);
    before = number_of("FAULTFS_BEFORE");
    within = number_of("FAULTFS_WITHIN");
    after = number_of("FAULTFS_AFTER");
    from = number_of("FAULTFS_FROM");
    cut_short = number_of("FAULTFS_SHORT");
    value = getenv("FAULTFS_ERROR");
    error = value && !strcmp(value, "EIO") ? EIO : ENOSPC;
    value = getenv("FAULTFS_LOG");
    if (value)
        log_file = open(value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static void end(void) {
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static void path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
}

static void absolute(int at, const char *name, char *path) {
    char base[PATH_MAX];
    if (name[0] == '/') {
        snprintf(path, MOST_PATH, "%s", name);
        return;
    }
    if (at != AT_FDCWD)
        path_of(at, base);
    else if (!getcwd(base, sizeof base))
        base[0] = 0;
    snprintf(path, MOST_PATH, "%s/%s", base, name);
}

static int is_inside(const char *path) {
    return folder_length && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

/* The number of an operation, or 0 for one elsewhere; -1 with errno if it is to fail. */
static long numbered(const char *name, const char *path, enum need need) {
    if (!is_inside(path))
        return 0;
    int kept = errno;
    long number = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
    if (log_file >= 0)
        dprintf(log_file, "%ld %s %s\n", number, name, path + folder_length);
    if (number == before)
        end();
    errno = kept;
    if (!from || number < from || (error == ENOSPC && need == FREES))
        return number;
    errno = error;
    return -1;
}

static long numbered_at(const char *name, int at, const char *relative, enum need need) {
    char path[MOST_PATH];
    absolute(at, relative, path);
    return numbered(name, path, need);
}

static long numbered_fd(const char *name, int fd, enum need need) {
    char path[PATH_MAX];
    if (!folder_length || fd == log_file)
        return 0;
    path_of(fd, path);
    return numbered(name, path, need);
}

static void done(long number) {
    if (number && number == after)
        end();
}

/* Calls libc between the two, with what is named and what is given. */
#define AROUND(type, name, number, ...) \
    REAL(name); \
    long n = number; \
    if (n < 0) \
        return -1; \
    type result = real(__VA_ARGS__); \
    done(n); \
    return result

/* How many bytes of a write are let through: half of it where the process ends within, or the disk becomes full. */
static size_t let_through(long *number, size_t size) {
    if (*number > 0 && *number == within)
        return size / 2;
    if (*number < 0 && cut_short && size > 1 && __atomic_exchange_n(&cut_short, 0, __ATOMIC_SEQ_CST)) {
        *number = 0;
        return size / 2;
    }
    return size;
}

#define WRITING(name, ...) \
    REAL(name); \
    long n = numbered_fd("write", fd, NEEDS_SPACE); \
    size = let_through(&n, size); \
    if (n < 0) \
        return -1; \
    ssize_t result = real(__VA_ARGS__); \
    if (n && n == within) \
        end(); \
    done(n); \
    return result

ssize_t write(int fd, const void *bytes, size_t size) {
    WRITING(write, fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
    WRITING(pwrite, fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    WRITING(pwrite64, fd, bytes, size, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    AROUND(ssize_t, writev, numbered_fd("write", fd, NEEDS_SPACE), fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    AROUND(ssize_t, pwritev, numbered_fd("write", fd, NEEDS_SPACE), fd, parts, count, at);
}

ssize_t sendfile(int to, int source, off_t *at, size_t size) {
    AROUND(ssize_t, sendfile, numbered_fd("sendfile", to, NEEDS_SPACE), to, source, at, size);
}

ssize_t sendfile64(int to, int source, off64_t *at, size_t size) {
    AROUND(ssize_t, sendfile64, numbered_fd("sendfile", to, NEEDS_SPACE), to, source, at, size);
}

ssize_t copy_file_range(int source, off64_t *read_at, int to, off64_t *at, size_t size, unsigned flags) {
    AROUND(
        ssize_t, copy_file_range, numbered_fd("copy_file_range", to, NEEDS_SPACE), source, read_at, to, at, size, flags);
}

/* Opening to write is counted; it needs space where the file is not there. */
static long opening(int at, const char *name, int flags) {
    if (!(flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) || !folder_length)
        return 0;
    int kept = errno;
    enum need need = (flags & O_CREAT) && faccessat(at, name, F_OK, 0) ? NEEDS_SPACE : FREES;
    errno = kept;
    return numbered_at(need == FREES ? "open" : "create", at, name, need);
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *name, int flags, ...) {
    MODE(flags)
    AROUND(int, open, opening(AT_FDCWD, name, flags), name, flags, mode);
}

int open64(const char *name, int flags, ...) {
    MODE(flags)
    AROUND(int, open64, opening(AT_FDCWD, name, flags), name, flags, mode);
}

int openat(int at, const char *name, int flags, ...) {
    MODE(flags)
    AROUND(int, openat, opening(at, name, flags), at, name, flags, mode);
}

int openat64(int at, const char *name, int flags, ...) {
    MODE(flags)
    AROUND(int, openat64, opening(at, name, flags), at, name, flags, mode);
}

int creat(const char *name, mode_t mode) {
    AROUND(int, creat, opening(AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC), name, mode);
}

int rename(const char *name, const char *to) {
    AROUND(int, rename, numbered_at("rename", AT_FDCWD, to, FREES), name, to);
}

int renameat(int at, const char *name, int to_at, const char *to) {
    AROUND(int, renameat, numbered_at("rename", to_at, to, FREES), at, name, to_at, to);
}

int renameat2(int at, const char *name, int to_at, const char *to, unsigned flags) {
    AROUND(int, renameat2, numbered_at("rename", to_at, to, FREES), at, name, to_at, to, flags);
}

int unlink(const char *name) {
    AROUND(int, unlink, numbered_at("unlink", AT_FDCWD, name, FREES), name);
}

int unlinkat(int at, const char *name, int flags) {
    AROUND(int, unlinkat, numbered_at("unlink", at, name, FREES), at, name, flags);
}

int remove(const char *name) {
    AROUND(int, remove, numbered_at("unlink", AT_FDCWD, name, FREES), name);
}

int mkdir(const char *name, mode_t mode) {
    AROUND(int, mkdir, numbered_at("mkdir", AT_FDCWD, name, NEEDS_SPACE), name, mode);
}

int mkdirat(int at, const char *name, mode_t mode) {
    AROUND(int, mkdirat, numbered_at("mkdir", at, name, NEEDS_SPACE), at, name, mode);
}

int rmdir(const char *name) {
    AROUND(int, rmdir, numbered_at("rmdir", AT_FDCWD, name, FREES), name);
}

int fsync(int fd) {
    AROUND(int, fsync, numbered_fd("fsync", fd, FREES), fd);
}

int fdatasync(int fd) {
    AROUND(int, fdatasync, numbered_fd("fsync", fd, FREES), fd);
}

int ftruncate(int fd, off_t size) {
    AROUND(int, ftruncate, numbered_fd("ftruncate", fd, FREES), fd, size);
}

int ftruncate64(int fd, off64_t size) {
    AROUND(int, ftruncate64, numbered_fd("ftruncate", fd, FREES), fd, size);
}

int link(const char *name, const char *to) {
    AROUND(int, link, numbered_at("link", AT_FDCWD, to, NEEDS_SPACE), name, to);
}

int linkat(int at, const char *name, int to_at, const char *to, int flags) {
    AROUND(int, linkat, numbered_at("link", to_at, to, NEEDS_SPACE), at, name, to_at, to, flags);
}

int symlink(const char *target, const char *name) {
    AROUND(int, symlink, numbered_at("symlink", AT_FDCWD, name, NEEDS_SPACE), target, name);
}

int symlinkat(const char *target, int at, const char *name) {
    AROUND(int, symlinkat, numbered_at("symlink", at, name, NEEDS_SPACE), target, at, name);
}

int fallocate(int fd, int mode, off_t at, off_t size) {
    AROUND(int, fallocate, numbered_fd("fallocate", fd, NEEDS_SPACE), fd, mode, at, size);
}

int posix_fallocate(int fd, off_t at, off_t size) {
    AROUND(int, posix_fallocate, numbered_fd("fallocate", fd, NEEDS_SPACE), fd, at, size);
}

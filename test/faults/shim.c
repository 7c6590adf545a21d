/*
 * Loaded before the C library: writes a line for each write and sync of a database's files, in the order in which they
 * happen, and plays a full disk.
 *
 * SHIM_DATABASE  real path of the database; DATABASE-wal, -journal and -shm belong to it, and what is in papers/ beside it
 * SHIM_LOG       where the lines go: "write wal" before the write, "fsync wal" once it is on the disk, "full wal" when refused
 * SHIM_FULL      while this file is there, the disk has room for as many more writes as it says, and for half of one
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* "db", "wal", "journal", "shm" or "paper"; NULL for a file that is none of the database's. */
static const char *part_of_database(int fd) {
  static __thread char path[4096];
  char link[64];
  const char *database = getenv("SHIM_DATABASE");
  if (!database) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  size_t folder = strrchr(database, '/') + 1 - database;
  if (strncmp(path, database, folder) == 0 && strncmp(path + folder, "papers/", 7) == 0) return "paper";
  size_t stem = strlen(database);
  if (strncmp(path, database, stem) != 0) return NULL;
  if (path[stem] == 0) return "db";
  return path[stem] == '-' ? path + stem + 1 : NULL;
}

static void tell(const char *event, const char *part) {
  static int log = -1;
  char line[64];
  if (log < 0) log = open(getenv("SHIM_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  int length = snprintf(line, sizeof line, "%s %s\n", event, part);
  if (REAL(write)(log, line, length) != length) abort();
}

/* How much of a write the disk has room for. */
static size_t room_for(size_t count) {
  static int taken;
  char digits[16] = "";
  int flag = open(getenv("SHIM_FULL"), O_RDONLY | O_CLOEXEC);
  if (flag < 0) {
    taken = 0;
    return count;
  }
  ssize_t length = read(flag, digits, sizeof digits - 1);
  close(flag);
  int room = length > 0 ? atoi(digits) : 0;
  if (taken < room) return taken++, count;
  return taken++ == room ? count / 2 : 0;
}

#define WRITE(call, count)                          \
  const char *part = part_of_database(fd);          \
  size_t room = part ? room_for(count) : (count);   \
  if (part) tell(room > 0 ? "write" : "full", part); \
  if ((count) > 0 && room == 0) {                   \
    errno = ENOSPC;                                 \
    return -1;                                      \
  }                                                 \
  return call;

ssize_t write(int fd, const void *bytes, size_t count) { WRITE(REAL(write)(fd, bytes, room), count) }

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { WRITE(REAL(pwrite)(fd, bytes, room, at), count) }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { WRITE(REAL(pwrite64)(fd, bytes, room, at), count) }

#define SYNC(call)                         \
  const char *part = part_of_database(fd); \
  int result = call;                       \
  if (part && result == 0) tell("fsync", part); \
  return result;

int fsync(int fd) { SYNC(REAL(fsync)(fd)) }

int fdatasync(int fd) { SYNC(REAL(fdatasync)(fd)) }

/*
 * Loaded before the C library: a disk on which each sync takes some milliseconds longer, as many as SLOW_DISK_MS says.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void wait_for_disk(void) {
  const char *given = getenv("SLOW_DISK_MS");
  long milliseconds = given ? atol(given) : 0;
  struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  while (nanosleep(&left, &left) == -1 && errno == EINTR) continue;
}

int fsync(int fd) {
  wait_for_disk();
  return REAL(fsync)(fd);
}

int fdatasync(int fd) {
  wait_for_disk();
  return REAL(fdatasync)(fd);
}

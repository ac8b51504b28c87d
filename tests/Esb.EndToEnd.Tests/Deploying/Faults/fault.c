// Runs a program, and makes the N-th system call that changes something below a folder fail, or kills the program just
// before that call.
//   fault FOLDER N kill|ERRNO LOG PROGRAM ARGUMENT...
// Works from outside with ptrace, on the published binary. LOG gets one line for each such call. Exits as the program did.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum where { PATH0, PATH1, HANDLE0 };
static const struct { long number; const char *name; enum where where; } calls[] = {
#ifdef SYS_rename
    { SYS_rename, "rename", PATH0 }, { SYS_link, "link", PATH0 }, { SYS_unlink, "unlink", PATH0 }, { SYS_mkdir, "mkdir", PATH0 }, { SYS_creat, "creat", PATH0 },
#endif
#ifdef SYS_renameat
    { SYS_renameat, "renameat", PATH1 },
#endif
    { SYS_renameat2, "renameat2", PATH1 }, { SYS_linkat, "linkat", PATH1 }, { SYS_unlinkat, "unlinkat", PATH1 }, { SYS_mkdirat, "mkdirat", PATH1 },
    { SYS_openat, "openat", PATH1 }, { SYS_write, "write", HANDLE0 }, { SYS_pwrite64, "pwrite64", HANDLE0 }, { SYS_pwritev, "pwritev", HANDLE0 },
    { SYS_ftruncate, "ftruncate", HANDLE0 }, { SYS_fsync, "fsync", HANDLE0 }, { SYS_fdatasync, "fdatasync", HANDLE0 }, { SYS_fchmod, "fchmod", HANDLE0 },
    { SYS_fchown, "fchown", HANDLE0 }, { SYS_flock, "flock", HANDLE0 },
};

static const char *folder;

static int path_of(pid_t thread, enum where where, const __uint64_t *arguments, char *path) {
    if (where == HANDLE0) {
        char link[64];
        snprintf(link, sizeof link, "/proc/%d/fd/%d", thread, (int)arguments[0]);
        ssize_t length = readlink(link, path, PATH_MAX - 1);
        if (length < 0) return 0;
        path[length] = 0;
        return 1;
    }
    struct iovec here = { path, PATH_MAX - 1 }, there = { (void *)arguments[where == PATH1], PATH_MAX - 1 };
    ssize_t length = process_vm_readv(thread, &here, 1, &there, 1, 0);
    if (length <= 0) { // The text may end right before a page that is not there.
        there.iov_len = here.iov_len = 4096 - ((unsigned long)there.iov_base & 4095);
        length = process_vm_readv(thread, &here, 1, &there, 1, 0);
    }
    if (length <= 0) return 0;
    path[length] = 0;
    return 1;
}

static const char *event_of(pid_t thread, const struct __ptrace_syscall_info *info, char *path) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if ((long)info->entry.nr != calls[i].number || !path_of(thread, calls[i].where, info->entry.args, path)) continue;
        if (strncmp(path, folder, strlen(folder)) != 0) return NULL;
        if (calls[i].number == SYS_openat && !(info->entry.args[2] & (O_CREAT | O_TRUNC))) return NULL;
        return calls[i].name;
    }
    return NULL;
}

static void skip_call(pid_t thread) {
#ifdef __x86_64__
    struct user_regs_struct registers;
    struct iovec vector = { &registers, sizeof registers };
    ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &vector);
    registers.orig_rax = -1;
    ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &vector);
#else
    int none = -1;
    struct iovec vector = { &none, sizeof none };
    ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &vector);
#endif
}

static void answer(pid_t thread, int error) {
    struct user_regs_struct registers;
    struct iovec vector = { &registers, sizeof registers };
    ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &vector);
#ifdef __x86_64__
    registers.rax = -error;
#else
    registers.regs[0] = -error;
#endif
    ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &vector);
}

int main(int count, char **argument) {
    if (count < 6) return 125;
    folder = argument[1];
    int at = atoi(argument[2]), error = atoi(argument[3]), seen = 0;
    FILE *log = fopen(argument[4], "w");
    pid_t program = fork();
    if (program == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        execv(argument[5], argument + 5);
        _exit(126);
    }
    int status, killed = 0;
    pid_t failing = 0;
    waitpid(program, &status, 0);
    if (ptrace(PTRACE_SETOPTIONS, program, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL) != 0) return 124;
    ptrace(PTRACE_SYSCALL, program, 0, 0);
    for (;;) {
        pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0) return 123;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (thread != program) continue;
            fclose(log);
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        int signal = WSTOPSIG(status), deliver = 0;
        if (signal == (SIGTRAP | 0x80) && !killed) {
            struct __ptrace_syscall_info info;
            char path[PATH_MAX];
            memset(&info, 0, sizeof info);
            ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info);
            const char *event = info.op == PTRACE_SYSCALL_INFO_ENTRY ? event_of(thread, &info, path) : NULL;
            if (event != NULL) {
                fprintf(log, "%d %s %s\n", ++seen, event, path);
                if (seen == at && error == 0) { kill(program, SIGKILL); killed = 1; }
                else if (seen == at) { skip_call(thread); failing = thread; }
            } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && failing == thread) {
                answer(thread, error);
                failing = 0;
            }
        } else if (signal != SIGSTOP && signal != (SIGTRAP | 0x80) && status >> 16 == 0) {
            deliver = signal;
        }
        ptrace(PTRACE_SYSCALL, thread, 0, deliver);
    }
}

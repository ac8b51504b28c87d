using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>The system calls that .NET does not expose. Constants are those of Linux on x64 and arm64.</summary>
internal static unsafe partial class Native
{
    private const string C = "libc";

    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int LastStandardSignal = 31;

    public const int AllProcesses = 0; // P_ALL
    public const int OneProcess = 1; // P_PID
    public const int Exited = 4; // WEXITED
    public const int LeaveWaitable = 0x01000000; // WNOWAIT

    public const int ReadOnly = 0; // O_RDONLY
    public const int WriteOnly = 1; // O_WRONLY
    public const int NonBlocking = 0x800; // O_NONBLOCK
    public const int CloseOnExec = 0x80000; // O_CLOEXEC
    public const uint MemoryFileCloseOnExec = 1; // MFD_CLOEXEC
    public const int SetDescriptorFlags = 2; // F_SETFD
    public const int DescriptorCloseOnExec = 1; // FD_CLOEXEC
    public const uint CloseRangeCloseOnExec = 4; // CLOSE_RANGE_CLOEXEC

    public const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    public const int SetNoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS

    public const int LimitData = 2; // RLIMIT_DATA
    public const int LimitCore = 4; // RLIMIT_CORE
    public const int LimitDescriptors = 7; // RLIMIT_NOFILE

    public const short SpawnSetSignalDefaults = 4; // POSIX_SPAWN_SETSIGDEF
    public const short SpawnSetSignalMask = 8; // POSIX_SPAWN_SETSIGMASK
    public const short SpawnNewSession = 0x80; // POSIX_SPAWN_SETSID

    /// <summary>
    /// Larger than posix_spawnattr_t, posix_spawn_file_actions_t, sigset_t and siginfo_t of glibc and musl.
    /// </summary>
    public const int OpaqueBytes = 512;

    /// <summary>The beginning of <c>siginfo_t</c>, as waitid fills it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    public struct ChildInformation
    {
        [FieldOffset(8)]
        public int Code;

        [FieldOffset(16)]
        public int ProcessId;

        [FieldOffset(24)]
        public int Status;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int processId, int signal);

    [LibraryImport(C, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int idType, int id, ref ChildInformation information, int options);

    [LibraryImport(C, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(C, EntryPoint = "umask")]
    public static partial void UserMask(uint mask);

    [LibraryImport(C, EntryPoint = "getppid")]
    public static partial int ParentProcessId();

    [LibraryImport(C, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(C, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport(C, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport(C, EntryPoint = "signal")]
    public static partial nint Signal(int signal, nint handler);

    [LibraryImport(C, EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeFolder(string folder);

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(C, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakePipe(string path, uint mode);

    [LibraryImport(C, EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int from, int to);

    [LibraryImport(C, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int DescriptorControl(int descriptor, int command, int value);

    // Through syscall, because close_range exists in glibc only since 2.34.
    [LibraryImport(C, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint a, nint b, nint c);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport(C, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MemoryFile(string name, uint flags);

    [LibraryImport(C, EntryPoint = "execve", SetLastError = true)]
    public static partial int Execute(byte* program, byte** arguments, byte** environment);

    [LibraryImport(C, EntryPoint = "posix_spawn")]
    public static partial int Spawn(
        int* processId,
        byte* program,
        void* actions,
        void* attributes,
        byte** arguments,
        byte** environment);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeActions(void* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial void DestroyActions(void* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeAttributes(void* attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_destroy")]
    public static partial void DestroyAttributes(void* attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetAttributeFlags(void* attributes, short flags);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(void* attributes, void* signals);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetSignalDefaults(void* attributes, void* signals);

    [LibraryImport(C, EntryPoint = "sigemptyset")]
    public static partial void EmptySignals(void* signals);

    [LibraryImport(C, EntryPoint = "sigfillset")]
    public static partial void FillSignals(void* signals);

    [LibraryImport(C, EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetAttribute(string path, string name, byte* value, nuint size);
}

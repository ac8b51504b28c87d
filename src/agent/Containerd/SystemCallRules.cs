using Esb.Agent.Containers;

namespace Esb.Agent.Containerd;

/// <summary>
/// System calls that no function needs and that kernel exploits begin with. Most need capabilities that workers do not
/// have; a user namespace would give them back, so creating one is refused.
/// </summary>
internal static class SystemCallRules
{
    private const string Error = "SCMP_ACT_ERRNO";
    private const uint NotPermitted = 1; // EPERM
    private const uint NotThere = 38; // ENOSYS
    private const ulong NewUserNamespace = 0x10000000; // CLONE_NEWUSER

    private static readonly string[] Refused =
    [
        "acct", "add_key", "bpf", "delete_module", "finit_module", "fsconfig", "fsmount", "fsopen", "fspick",
        "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "kexec_file_load", "kexec_load",
        "keyctl", "lookup_dcookie", "mount", "mount_setattr", "move_mount", "name_to_handle_at", "open_by_handle_at",
        "open_tree", "perf_event_open", "pivot_root", "process_vm_readv", "process_vm_writev", "ptrace", "quotactl",
        "reboot", "request_key", "setns", "swapoff", "swapon", "umount2", "unshare", "userfaultfd", "vhangup",
    ];

    public static OciSeccomp Build() => new(
        "SCMP_ACT_ALLOW",
        ImageArchitecture.OfThisMachine == "arm64"
            ? ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]
            : ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        [
            new(Refused, Error, NotPermitted, null),
            new(["clone"], Error, NotPermitted, [
                new OciArgument(0, NewUserNamespace, NewUserNamespace, "SCMP_CMP_MASKED_EQ"),
            ]),
            // The flags are in memory, where seccomp rules cannot see them; C libraries fall back to clone.
            new(["clone3"], Error, NotThere, null),
        ]);
}

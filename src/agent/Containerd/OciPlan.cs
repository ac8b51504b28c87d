using System.Globalization;
using System.Text.Json;
using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Images;
using Esb.AgentProtocol;

namespace Esb.Agent.Containerd;

/// <summary>
/// Converts a specification and an image to the container that runc creates. It makes all decisions and has no side
/// effects.
/// </summary>
internal static class OciPlan
{
    private const ulong Period = 100_000;
    private const int HookSeconds = 10;

    private static readonly string[] Safe = ["nosuid", "noexec", "nodev"];

    /// <exception cref="CannotStartException">The specification cannot be run as a container.</exception>
    public static OciContainer Build(
        StartWorkerRequest request,
        ContainerImage image,
        ContainerLimits limits,
        Place place)
    {
        var hook = new OciHook(place.NetworkHook, [place.NetworkHook], [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            $"CNI_CONFIG={JsonSerializer.Serialize(place.Network, CniJson.Default.CniNetwork)}",
        ], HookSeconds);
        return new OciContainer(
            "1.0.2",
            Process(request, image, place),
            new OciRoot("rootfs", Readonly: true),
            place.Id[..Math.Min(place.Id.Length, 63)],
            Mounts(limits, place),
            new OciHooks([hook]),
            new OciLinux(
                $"/esb/{place.Id}",
                new OciResources(
                    new OciMemory(limits.MemoryBytes, limits.MemoryBytes),
                    new OciProcessors((ulong)limits.Shares, (long)(limits.Processors * Period), Period),
                    new OciProcesses(ContainerLimits.Processes)),
                // The network namespace has no path: runc creates it, with a working loopback, and the hook attaches
                // it.
                [new("pid"), new("ipc"), new("uts"), new("mount"), new("network")])
            {
                MaskedPaths =
                [
                    "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
                    "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
                ],
                ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
                Seccomp = SystemCallRules.Build(),
            });
    }

    // Docker's rules: an ENTRYPOINT of the function discards the image's CMD; a CMD of the function replaces only the
    // CMD.
    private static IReadOnlyList<string> Program(StartWorkerRequest request, ImageDefaults defaults)
    {
        var entryPoint = request.EntryPoint.Count > 0 ? request.EntryPoint : defaults.Entrypoint ?? [];
        var command = ContainerCommand.Command(request);
        if (command.Count == 0 && request.EntryPoint.Count == 0)
            command = defaults.Cmd ?? [];
        return [.. entryPoint, .. command];
    }

    private static OciProcess Process(StartWorkerRequest request, ContainerImage image, Place place)
    {
        var defaults = image.Defaults;
        if (Program(request, defaults) is not { Count: > 0 } program)
            throw new CannotStartException(
                $"the image {image.Name} has neither ENTRYPOINT nor CMD; give it one, or the function a handler");
        var environment =
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };
        foreach (var variable in defaults.Env ?? [])
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                environment[variable[..equals]] = variable[(equals + 1)..];
        }

        foreach (var (name, value) in ContainerEnvironment.Build(request, place.RuntimeApi, place.Now))
            environment[name] = value;
        var folder = request.WorkingDirectory.Length > 0 ? request.WorkingDirectory : defaults.WorkingDir;
        return new OciProcess(
            User(image.Name, defaults.User ?? ""),
            program,
            [.. environment.Select(variable => $"{variable.Key}={variable.Value}")],
            string.IsNullOrEmpty(folder) ? "/" : folder)
        {
            Rlimits =
                [new("RLIMIT_NOFILE", ContainerLimits.OpenFiles, ContainerLimits.OpenFiles), new("RLIMIT_CORE", 0, 0)],
            OomScoreAdj = ContainerLimits.OutOfMemoryScore,
        };
    }

    private static OciUser User(string image, string user)
    {
        if (user is "" or "root")
            return new OciUser(0, 0);
        var parts = user.Split(':');
        var numbers =
            parts.Select(part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : part == "root" ? 0 : (uint?)null).ToArray();
        return numbers.Length <= 2 && Array.TrueForAll(numbers, number => number is not null)
            ? new OciUser(numbers[0]!.Value, numbers.Length > 1 ? numbers[1]!.Value : 0)
            : throw new CannotStartException(
                $"the image {image} has USER {user}; containerd mode needs numbers there, such as USER 1000:1000");
    }

    private static IReadOnlyList<OciMount> Mounts(ContainerLimits limits, Place place) =>
    [
        new("/proc", "proc", "proc", Safe),
        new("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        new("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]),
        new("/dev/shm", "tmpfs", "shm", [.. Safe, "mode=1777", "size=65536k"]),
        new("/dev/mqueue", "mqueue", "mqueue", Safe),
        new("/sys", "sysfs", "sysfs", [.. Safe, "ro"]),
        new("/tmp", "tmpfs", "tmpfs", ["nosuid", "nodev", "mode=1777", string.Create(
            CultureInfo.InvariantCulture, $"size={limits.TemporaryBytes}")]),
        new("/etc/resolv.conf", "bind", place.ResolverFile, ["bind", "ro", .. Safe]),
        new("/etc/hosts", "bind", place.HostsFile, ["bind", "ro", .. Safe]),
    ];

    /// <summary>The parts of a container that come neither from the function nor from the image.</summary>
    internal sealed record Place
    {
        public required string Id { get; init; }

        public required RuntimeApiAddress RuntimeApi { get; init; }

        public required CniNetwork Network { get; init; }

        public required string NetworkHook { get; init; }

        public required string ResolverFile { get; init; }

        public required string HostsFile { get; init; }

        public required DateTimeOffset Now { get; init; }
    }
}

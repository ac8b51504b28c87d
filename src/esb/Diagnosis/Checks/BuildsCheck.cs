using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One binary of ESB.</summary>
/// <param name="Name">The file name of the binary or of the running part.</param>
/// <param name="Version">The version with the commit; null when it is not known.</param>
/// <param name="Problem">Why the version is not known.</param>
internal sealed record BuildReading(string Name, string? Version, string? Problem = null);

/// <summary>The builds of all binaries and running parts.</summary>
/// <param name="Own">The version of this esb.</param>
/// <param name="Folder">The folder of the other binaries; null when this machine needs none.</param>
/// <param name="Beside">The other binaries.</param>
/// <param name="Running">The running parts, which may be older than their files.</param>
internal sealed record BuildsReading(
    string Own, string? Folder, IReadOnlyList<BuildReading> Beside, IReadOnlyList<BuildReading> Running);

/// <summary>Checks that all binaries and running parts are of the same build.</summary>
internal static class BuildsCheck
{
    private const string Name = "builds";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, CancellationToken cancellationToken) =>
        Of(await new Reader(platform).ReadAsync(cancellationToken));

    public static IEnumerable<Finding> Of(BuildsReading builds)
    {
        var missing = builds.Beside.Where(build => build.Version is null).ToList();
        foreach (var build in missing)
            yield return Finding.Fail(
                Name,
                $"{build.Name}: {build.Problem}",
                "unpack all of one release into one folder, or set ESB_BIN_DIR to it");
        foreach (var other in builds.Beside.Where(build => build.Version is { } version && version != builds.Own)
            .GroupBy(build => build.Version!))
            yield return Finding.Warn(
                Name,
                $"{Names(other)} {Are(other)} {Short(other.Key)}, esb is {Short(builds.Own)}",
                "unpack all of one release into one folder");
        foreach (var older in builds.Running.Where(build => build.Version is { } version
            && version != Expected(build, builds)).GroupBy(build => build.Version!))
            yield return Finding.Warn(
                Name,
                $"the running {Names(older)} {Are(older)} {Short(older.Key)}, "
                    + $"not {Short(Expected(older.First(), builds))}",
                builds.Folder is null
                    ? "build or pull the images of this release, then docker compose up -d"
                    : "esb down and esb up start the new one");
        foreach (var build in builds.Running.Where(build => build.Version is null))
            yield return Finding.Warn(
                Name,
                $"the running {build.Name} does not report its version: {build.Problem}",
                "it may be older than this esb; start it again from this release");
        yield return Finding.Ok(Name, Summary(builds));
    }

    // The version that a start would run: that of the binary next to esb or, in containers, that of esb itself.
    private static string Expected(BuildReading running, BuildsReading builds) =>
        builds.Beside.FirstOrDefault(build => build.Name == running.Name)?.Version ?? builds.Own;

    private static string Names(IEnumerable<BuildReading> builds) =>
        string.Join(", ", builds.Select(build => build.Name));

    private static string Are(IEnumerable<BuildReading> builds) => builds.Count() == 1 ? "is" : "are";

    // Shortens the commit.
    private static string Short(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var at && version.Length > at + 13
            ? version[..(at + 13)]
            : version;

    private static string Summary(BuildsReading builds)
    {
        var same = builds.Beside.Count(build => build.Version == builds.Own);
        var running = builds.Running.Count(build => build.Version == Expected(build, builds));
        var parts = new[]
        {
            $"esb {Short(builds.Own)}",
            same > 0 ? $"{same} of {builds.Beside.Count} binaries in {builds.Folder} are the same build" : "",
            running > 0 ? $"{running} of {builds.Running.Count} running parts are what a start would run" : "",
        };
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Asks each binary and each process for its version.</summary>
    private sealed class Reader(DiagnosedPlatform platform)
    {
        private static readonly string[] Names =
            [Binaries.Gateway, Binaries.Agent, Binaries.Provisioner, Binaries.Stores];

        public async Task<BuildsReading> ReadAsync(CancellationToken cancellationToken)
        {
            if (platform.Settings.IsInContainers)
            {
                var parts = await Task.WhenAll(
                    InContainerAsync("gateway", cancellationToken), InContainerAsync("agent", cancellationToken));
                return new BuildsReading(platform.Version, null, [], [.. parts.OfType<BuildReading>()]);
            }

            var folder = platform.Settings.BinaryFolder;
            var beside = Task.WhenAll(
                Names.Select(name => BesideAsync(name, Path.Combine(folder, name), cancellationToken)));

            // The link points to the running program, even if its file was replaced.
            var running = Task.WhenAll(platform.Alive.Where(component => !ComponentNames.IsEarlier(component.Kind))
                .Select(component => AskAsync(
                    Binaries.Of(component.Kind), $"/proc/{component.Process.Pid}/exe", cancellationToken)));
            return new BuildsReading(platform.Version, folder, await beside, await running);
        }

        private static Task<BuildReading> BesideAsync(string name, string path, CancellationToken cancellationToken) =>
            !File.Exists(path) ? Missing(name, $"is not in {Path.GetDirectoryName(path)}")
            : !Executables.IsExecutable(path) ? Missing(name, $"{path} is not executable")
            : AskAsync(name, path, cancellationToken);

        private static Task<BuildReading> Missing(string name, string problem) =>
            Task.FromResult(new BuildReading(name, null, problem));

        private static async Task<BuildReading> AskAsync(
            string name, string program, CancellationToken cancellationToken)
        {
            // An older agent would start instead of printing its version; this setting makes it refuse.
            var answer = await Answer.OfAsync(
                program,
                ["version"],
                cancellationToken,
                new Dictionary<string, string?> { ["AGENT_BACKEND"] = "none" });
            return answer.Succeeded && answer.First.Length > 0
                ? new BuildReading(name, answer.First)
                : new BuildReading(name, null, answer.Reason);
        }

        private async Task<BuildReading?> InContainerAsync(string service, CancellationToken cancellationToken)
        {
            try
            {
                var project = ComposeProject.Of(platform.Settings, platform.Settings.Mode);
                var command = project.Command("exec", "--no-TTY", service, $"/esb-{service}", "version");
                var call = new DockerCall(command) { Environment = project.Environment };
                var result = await new DockerEngine().RunAsync(call, cancellationToken);
                return result.Succeeded ? new BuildReading($"esb-{service}", result.First) : null;
            }
            catch (CommandFailure)
            {
                return null; // No docker or no Compose file: the engine's check reports it.
            }
        }
    }
}

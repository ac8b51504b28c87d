using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One binary of ESB.</summary>
/// <param name="Name">Its file name, or that of the part that runs.</param>
/// <param name="Version">With the commit it was built from; null when it did not say.</param>
/// <param name="Problem">Why not.</param>
internal sealed record BuildReading(string Name, string? Version, string? Problem = null);

/// <summary>All that was found of ESB.</summary>
/// <param name="Own">The version of this esb.</param>
/// <param name="Folder">Where the other binaries are; null where none are needed on this machine.</param>
/// <param name="Beside">The other binaries.</param>
/// <param name="Running">What runs, which may be older than the file.</param>
internal sealed record BuildsReading(string Own, string? Folder, IReadOnlyList<BuildReading> Beside, IReadOnlyList<BuildReading> Running);

/// <summary>All binaries of one installation are of one build, and so is what runs.</summary>
internal static class BuildsCheck
{
    private const string Name = "builds";

    /// <summary>Looks, and judges what it sees.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(Patient patient, CancellationToken cancellationToken) =>
        Of(await new Reader(patient).ReadAsync(cancellationToken));

    public static IEnumerable<Finding> Of(BuildsReading builds)
    {
        var missing = builds.Beside.Where(build => build.Version is null).ToList();
        foreach (var build in missing)
            yield return Finding.Fail(Name, $"{build.Name}: {build.Problem}", "unpack all of one release into one folder, or set ESB_BIN_DIR to it");
        foreach (var other in builds.Beside.Where(build => build.Version is { } version && version != builds.Own).GroupBy(build => build.Version!))
            yield return Finding.Warn(Name, $"{Names(other)} {Are(other)} {Short(other.Key)}, esb is {Short(builds.Own)}", "unpack all of one release into one folder");
        foreach (var older in builds.Running.Where(build => build.Version is { } version && version != Expected(build, builds)).GroupBy(build => build.Version!))
            yield return Finding.Warn(Name, $"the running {Names(older)} {Are(older)} {Short(older.Key)}, not {Short(Expected(older.First(), builds))}", builds.Folder is null ? "build or pull the images of this release, then docker compose up -d" : "esb down and esb up start the new one");
        foreach (var build in builds.Running.Where(build => build.Version is null))
            yield return Finding.Warn(Name, $"the running {build.Name} does not tell its version: {build.Problem}", "it may be older than this esb; start it again from this release");
        yield return Finding.Ok(Name, Sum(builds));
    }

    // What a start would run: the file beside esb; in containers, images of the same release.
    private static string Expected(BuildReading running, BuildsReading builds) =>
        builds.Beside.FirstOrDefault(build => build.Name == running.Name)?.Version ?? builds.Own;

    private static string Names(IEnumerable<BuildReading> builds) => string.Join(", ", builds.Select(build => build.Name));

    private static string Are(IEnumerable<BuildReading> builds) => builds.Count() == 1 ? "is" : "are";

    // As many digits of a commit as people write.
    private static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var at && version.Length > at + 13 ? version[..(at + 13)] : version;

    private static string Sum(BuildsReading builds)
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

    /// <summary>Asks each binary, and each process, what build it is.</summary>
    private sealed class Reader(Patient patient)
    {
        private static readonly string[] Names = [Binaries.Gateway, Binaries.Agent, Binaries.Provisioner, Binaries.ObjectStore];

        public async Task<BuildsReading> ReadAsync(CancellationToken cancellationToken)
        {
            if (patient.Settings.IsInContainers)
                return new BuildsReading(patient.Version, null, [], await Task.WhenAll(InContainerAsync("gateway", cancellationToken), InContainerAsync("agent", cancellationToken)) is var parts ? [.. parts.OfType<BuildReading>()] : []);
            var folder = patient.Settings.BinaryFolder;
            var beside = Task.WhenAll(Names.Select(name => BesideAsync(name, Path.Combine(folder, name), cancellationToken)));

            // The link leads to the program that runs, also when another file has its name by now.
            var running = Task.WhenAll(patient.Alive.Where(component => component.Kind != ComponentKind.Database)
                .Select(component => AskAsync(Binaries.Of(component.Kind), $"/proc/{component.Process.Pid}/exe", cancellationToken)));
            return new BuildsReading(patient.Version, folder, await beside, await running);
        }

        private static Task<BuildReading> BesideAsync(string name, string path, CancellationToken cancellationToken) =>
            !File.Exists(path) ? Task.FromResult(new BuildReading(name, null, $"is not in {Path.GetDirectoryName(path)}"))
            : !Executables.IsExecutable(path) ? Task.FromResult(new BuildReading(name, null, $"{path} is not executable"))
            : AskAsync(name, path, cancellationToken);

        private static async Task<BuildReading> AskAsync(string name, string program, CancellationToken cancellationToken)
        {
            // An agent that does not know the question would start to serve; with this it refuses to.
            var answer = await Answer.OfAsync(program, ["version"], cancellationToken, new Dictionary<string, string?> { ["AGENT_BACKEND"] = "none" });
            return answer.Succeeded && answer.First.Length > 0 ? new BuildReading(name, answer.First) : new BuildReading(name, null, answer.Reason);
        }

        private async Task<BuildReading?> InContainerAsync(string service, CancellationToken cancellationToken)
        {
            try
            {
                var project = ComposeProject.Of(patient.Settings, patient.Settings.Mode);
                var call = new DockerCall(project.Command("exec", "--no-TTY", service, $"/esb-{service}", "version")) { Environment = project.Environment };
                var result = await new DockerEngine().RunAsync(call, cancellationToken);
                return result.Succeeded ? new BuildReading($"esb-{service}", result.First) : null;
            }
            catch (CommandFailure)
            {
                return null; // No docker, or no Compose file here: the engine's check says it.
            }
        }
    }
}

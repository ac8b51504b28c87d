using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Staging.Runtimes;
using Esb.Interpreters;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>A runtime of functions.</summary>
/// <param name="Runtime">For example <c>python3.12</c>.</param>
/// <param name="Functions">The number of functions with this runtime.</param>
/// <param name="Found">The interpreter for it; null when none is on the PATH.</param>
internal sealed record RuntimeReading(string Runtime, int Functions, Interpreter? Found);

/// <summary>The programs that process mode needs.</summary>
/// <param name="Runtimes">The runtimes of deployed functions.</param>
/// <param name="HasSetsid">Whether setsid exists, which starts parts in the background.</param>
internal sealed record InterpretersReading(IReadOnlyList<RuntimeReading> Runtimes, bool HasSetsid);

/// <summary>Checks that the interpreters of functions are on the PATH.</summary>
internal static class InterpretersCheck
{
    private const string Name = "interpreters";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, CancellationToken cancellationToken) =>
        Of(await new Reader(platform).ReadAsync(cancellationToken));

    public static IEnumerable<Finding> Of(InterpretersReading reading)
    {
        if (!reading.HasSetsid)
            yield return Finding.Fail(
                Name, "setsid is not on the PATH; esb up starts parts with it", "install util-linux");
        foreach (var runtime in reading.Runtimes)
            yield return Of(runtime);
    }

    private static Finding Of(RuntimeReading runtime)
    {
        var who = runtime.Functions == 1 ? "1 function" : $"{runtime.Functions} functions";
        if (new LambdaRuntime(runtime.Runtime).Family is RuntimeFamily.Provided)
            return Finding.Ok(Name, $"{runtime.Runtime} ({who}): has its own program");
        if (new LambdaRuntime(runtime.Runtime).Family is RuntimeFamily.Other)
            return Finding.Fail(
                Name, $"{runtime.Runtime} ({who}): {LambdaRuntime.Served}", "use --mode docker or containerd for it");
        return runtime.Found switch
        {
            null => Finding.Fail(
                Name,
                $"{runtime.Runtime} ({who}): no interpreter for it is on the PATH, so they cannot start",
                $"install {Program(runtime.Runtime)}, or put it on the PATH of esb-agent (esb down, esb up)"),
            var found when WantedInterpreter.Of(runtime.Runtime) is { } wanted && wanted.IsMetBy(found) =>
                Finding.Ok(Name, $"{runtime.Runtime} ({who}): {found.Path} ({found.Version})"),
            var other => Finding.Warn(
                Name,
                $"{runtime.Runtime} ({who}) is not on the PATH; they run on {other.Path} ({other.Version})",
                $"install {Program(runtime.Runtime)}, or name {other.Version}'s runtime in the template"),
        };
    }

    private static string Program(string runtime) =>
        new LambdaRuntime(runtime).Family == RuntimeFamily.Python
            ? runtime
            : $"Node.js {Major(runtime["nodejs".Length..])}";

    private static int Major(string version) => int.TryParse(version.Split('.')[0], out var major) ? major : 0;

    /// <summary>Finds the interpreters of deployed functions.</summary>
    private sealed class Reader(DiagnosedPlatform platform)
    {
        public async Task<InterpretersReading> ReadAsync(CancellationToken cancellationToken)
        {
            var interpreters = new MachineInterpreters(platform.State, cancellationToken);
            var runtimes = await Task.WhenAll(ConfigurationCheck.Reader.Runtimes(platform)
                .OrderBy(r => r.Key, StringComparer.Ordinal)
                .Select(async r => new RuntimeReading(
                    r.Key,
                    r.Value,
                    WantedInterpreter.Of(r.Key) is { } wanted ? await interpreters.FindAsync(wanted) : null)));
            return new InterpretersReading(runtimes, Executables.Find("setsid") is not null);
        }
    }
}

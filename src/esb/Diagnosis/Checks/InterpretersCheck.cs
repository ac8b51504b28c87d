using Esb.Cli.Platform.Stores;
using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Staging.Runtimes;
using Esb.Interpreters;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One runtime that functions name.</summary>
/// <param name="Runtime">For example <c>python3.12</c>.</param>
/// <param name="Functions">How many functions name it.</param>
/// <param name="Found">What runs it; null: nothing on the PATH does.</param>
internal sealed record RuntimeReading(string Runtime, int Functions, Interpreter? Found);

/// <summary>Programs of the machine that process mode runs.</summary>
/// <param name="Runtimes">Of the functions that are deployed.</param>
/// <param name="Node">For the database; null: none is on the PATH.</param>
/// <param name="NeedsNode">The database is ours.</param>
/// <param name="NeedsNpm">It is not installed yet, and there is no npm to do so.</param>
/// <param name="HasSetsid">What starts parts in the background is there.</param>
internal sealed record InterpretersReading(IReadOnlyList<RuntimeReading> Runtimes, Interpreter? Node, bool NeedsNode, bool NeedsNpm, bool HasSetsid);

/// <summary>Which functions can start, by what is on the PATH.</summary>
internal static class InterpretersCheck
{
    private const string Name = "interpreters";
    private const int OldestNode = 20;
    private const string Database = "install Node.js 20 or later with npm, or set AWS_ENDPOINT_URL_DYNAMODB to a database of your own";

    /// <summary>Looks, and judges what it sees.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(Patient patient, CancellationToken cancellationToken) =>
        Of(await new Reader(patient).ReadAsync(cancellationToken));

    public static IEnumerable<Finding> Of(InterpretersReading reading)
    {
        if (!reading.HasSetsid)
            yield return Finding.Fail(Name, "setsid is not on the PATH; esb up starts parts with it", "install util-linux");
        if (reading.NeedsNode)
            yield return OfDatabase(reading);
        foreach (var runtime in reading.Runtimes)
            yield return Of(runtime);
    }

    private static Finding OfDatabase(InterpretersReading reading) => reading switch
    {
        { Node: null } => Finding.Fail(Name, "the local database needs node, which is not on the PATH", Database),
        { Node: var node } when Major(node.Version) < OldestNode => Finding.Fail(Name, $"the local database needs Node.js {OldestNode} or later, {node.Path} is {node.Version}", Database),
        { NeedsNpm: true } => Finding.Fail(Name, "the local database is not installed, and npm is not on the PATH", Database),
        _ => Finding.Ok(Name, $"local database: {reading.Node.Path} ({reading.Node.Version})"),
    };

    private static Finding Of(RuntimeReading runtime)
    {
        var who = runtime.Functions == 1 ? "1 function" : $"{runtime.Functions} functions";
        if (new LambdaRuntime(runtime.Runtime).Family is RuntimeFamily.Provided)
            return Finding.Ok(Name, $"{runtime.Runtime} ({who}): brings its own program");
        if (new LambdaRuntime(runtime.Runtime).Family is RuntimeFamily.Other)
            return Finding.Fail(Name, $"{runtime.Runtime} ({who}): {LambdaRuntime.Served}", "use --mode docker or containerd for it");
        return runtime.Found switch
        {
            null => Finding.Fail(Name, $"{runtime.Runtime} ({who}): there is none on the PATH, they cannot start", $"install {Program(runtime.Runtime)}, or put it on the PATH of esb-agent (esb down, esb up)"),
            var found when WantedInterpreter.Of(runtime.Runtime) is { } wanted && wanted.IsMetBy(found) => Finding.Ok(Name, $"{runtime.Runtime} ({who}): {found.Path} ({found.Version})"),
            var other => Finding.Warn(Name, $"{runtime.Runtime} ({who}) is not on the PATH; they run on {other.Path} ({other.Version})", $"install {Program(runtime.Runtime)}, or name {other.Version}'s runtime in the template"),
        };
    }

    private static string Program(string runtime) =>
        new LambdaRuntime(runtime).Family == RuntimeFamily.Python ? runtime : $"Node.js {Major(runtime["nodejs".Length..])}";

    private static int Major(string version) => int.TryParse(version.Split('.')[0], out var major) ? major : 0;

    /// <summary>Looks for the interpreters of deployed functions, and for what the database needs.</summary>
    private sealed class Reader(Patient patient)
    {
        public async Task<InterpretersReading> ReadAsync(CancellationToken cancellationToken)
        {
            var interpreters = new MachineInterpreters(patient.State, cancellationToken);
            var runtimes = await Task.WhenAll(ConfigurationCheck.Reader.Runtimes(patient).OrderBy(r => r.Key, StringComparer.Ordinal).Select(async r =>
                new RuntimeReading(r.Key, r.Value, WantedInterpreter.Of(r.Key) is { } wanted ? await interpreters.FindAsync(wanted) : null)));
            var needsNode = patient.Settings.DatabaseEndpoint is null;
            var node = needsNode && Executables.Find("node") is { } program ? await MachineInterpreters.AskAsync(Language.Node, program, null, cancellationToken) : null;
            var needsNpm = needsNode && !new DatabaseInstallation(patient.Settings.State).IsInstalled && Executables.Find("npm") is null;
            return new InterpretersReading(runtimes, node, needsNode, needsNpm, Executables.Find("setsid") is not null);
        }
    }
}

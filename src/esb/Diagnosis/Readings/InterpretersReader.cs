using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Processes;
using Esb.Interpreters;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Looks for the interpreters of deployed functions, and for what the database needs.</summary>
internal sealed class InterpretersReader(Patient patient)
{
    public async Task<InterpretersReading> ReadAsync(CancellationToken cancellationToken)
    {
        var interpreters = new MachineInterpreters(patient.State, cancellationToken);
        var runtimes = await Task.WhenAll(ConfigurationReader.Runtimes(patient).OrderBy(r => r.Key, StringComparer.Ordinal).Select(async r =>
            new RuntimeReading(r.Key, r.Value, WantedInterpreter.Of(r.Key) is { } wanted ? await interpreters.FindAsync(wanted) : null)));
        var needsNode = patient.Settings.DatabaseEndpoint is null;
        var node = needsNode && Executables.Find("node") is { } program ? await MachineInterpreters.AskAsync(Language.Node, program, null, cancellationToken) : null;
        var needsNpm = needsNode && !new DatabaseInstallation(patient.Settings.State).IsInstalled && Executables.Find("npm") is null;
        return new InterpretersReading(runtimes, node, needsNode, needsNpm, Executables.Find("setsid") is not null);
    }
}

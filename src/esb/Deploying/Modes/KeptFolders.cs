using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Functions;

namespace Esb.Cli.Deploying.Modes;

/// <summary>Staged folders of process mode.</summary>
internal sealed class KeptFolders(DeployTarget target) : IKeptCode
{
    public DeployTarget Target => target;

    public Task<IReadOnlyList<MissingCode>> RequireAsync(IReadOnlyDictionary<string, FunctionDefinition> functions, bool lookOnly, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MissingCode>>([.. functions.Values.SelectMany(Missing)]);

    private static IEnumerable<MissingCode> Missing(FunctionDefinition function)
    {
        // A path that is not absolute means what it means to the agent.
        if (function.Code is { } code && Path.IsPathRooted(code) && !Directory.Exists(code))
            yield return new MissingCode(function.Name, $"its code {code} is gone");
        foreach (var layer in function.Layers.Where(l => Path.IsPathRooted(l) && !Path.Exists(l)))
            yield return new MissingCode(function.Name, $"its layer {layer} is gone");
    }
}

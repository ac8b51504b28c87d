using Esb.Cli.Deploying.Transaction;
using Esb.Host.Files;
using Esb.Schema.Files;
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
        if (function.Code is { } code && Path.IsPathRooted(code) && Gone(code, Presence.IsFolder) is { } noCode)
            yield return new MissingCode(function.Name, $"its code {code} {noCode}");
        foreach (var layer in function.Layers.Where(Path.IsPathRooted))
        {
            if (Gone(layer, Presence.IsAny) is { } noLayer)
                yield return new MissingCode(function.Name, $"its layer {layer} {noLayer}");
        }
    }

    private static string? Gone(string path, Func<string, bool> isThere)
    {
        try
        {
            return isThere(path) ? null : "is gone";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be looked for: {e.Message}";
        }
    }
}

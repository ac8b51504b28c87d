using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Staging;
using Esb.Host.Files;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Modes;

/// <summary>Staged folders of process mode.</summary>
internal sealed class FolderAvailability(DeployTarget target) : ICodeAvailability
{
    private const string Changed = "was changed after it was staged";

    public DeployTarget Target => target;

    public Task<IReadOnlyList<UnusableCode>> FindUnusableAsync(
        IReadOnlyDictionary<string, FunctionDefinition> functions,
        bool lookOnly,
        CancellationToken cancellationToken) =>
        Task.FromResult(Of(functions));

    /// <summary>Finds code of functions that is missing or was changed.</summary>
    public static IReadOnlyList<UnusableCode> Of(IReadOnlyDictionary<string, FunctionDefinition> functions)
    {
        // Each path is checked once, since many functions can share a layer.
        var reasons = new Dictionary<string, string?>(StringComparer.Ordinal);
        return [.. functions.Values.SelectMany(f => Of(f, reasons))];
    }

    /// <summary>The functions whose code was changed after it was staged, in the order of their names.</summary>
    public static IReadOnlyList<string> Altered(IReadOnlyDictionary<string, FunctionDefinition> functions) =>
        [
            .. Of(functions).Where(u => u.Changed is not null).Select(u => u.Function).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The folders and archives that a function names. Relative paths are left out, since the agent resolves them.
    /// </summary>
    public static IEnumerable<string> Named(FunctionDefinition function) =>
        new[] { function.Code }.OfType<string>().Concat(function.Layers).Where(Path.IsPathRooted);

    private static IEnumerable<UnusableCode> Of(FunctionDefinition function, Dictionary<string, string?> reasons)
    {
        foreach (var path in Named(function))
        {
            var isCode = path == function.Code;
            if (!reasons.TryGetValue(path, out var reason))
                reasons[path] = reason = Gone(path, isCode ? ExistenceCheck.IsFolder : ExistenceCheck.IsAny);
            var what = $"its {(isCode ? "code" : "layer")} {path}";
            if (reason is not null)
                yield return new UnusableCode(function.Name, $"{what} {reason}")
                {
                    Changed = reason == Changed ? path : null,
                };
        }
    }

    private static string? Gone(string path, Func<string, bool> isThere)
    {
        try
        {
            return !isThere(path) ? "is gone" : StagedContent.IsUnchanged(path) ? null : Changed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be checked: {e.Message}";
        }
    }
}

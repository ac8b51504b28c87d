using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Checks that the file that a handler names is in the staged code or in one of the layers, which runtimes search too.
/// </summary>
internal static class HandlerCheck
{
    /// <param name="runtime">The runtime of the function.</param>
    /// <param name="handler">The handler as in the template.</param>
    /// <param name="code">The code; null when its content is not known yet.</param>
    /// <param name="layers">The layers of the function, likewise.</param>
    /// <param name="origin">Receives the errors.</param>
    public static bool Passes(
        LambdaRuntime runtime,
        string? handler,
        CodeLook? code,
        IReadOnlyList<CodeLook?> layers,
        Origin origin)
    {
        if (handler is null && runtime.Family != RuntimeFamily.Provided)
        {
            origin.Error(
                DiagnosticCodes.MissingKey, "'Handler' is missing", $"expected is {HandlerFile.Form(runtime.Family)}");
            return false;
        }

        var candidates = HandlerFile.Candidates(runtime.Family, handler ?? "");
        if (candidates.Count == 0)
        {
            origin.Error(
                DiagnosticCodes.WrongValue,
                $"'{handler}' is not a handler of {runtime.Name}",
                $"expected is {HandlerFile.Form(runtime.Family)}");
            return false;
        }

        var places = Places(runtime, code, layers).ToList();
        var (found, path) = places.SelectMany(place => candidates.Select(c => (place.Look, Path: place.Folder + c)))
            .FirstOrDefault(p => p.Look?.Has(p.Path) == true);
        if (found is null && places.Exists(place => place.Look is null))
            return true; // The build tool may create it.
        if (found is null)
            origin.Error(
                DiagnosticCodes.FileAccess, Missing(runtime, handler, candidates), Expected(runtime, candidates));
        else if (runtime.Family == RuntimeFamily.Provided && !found.IsExecutable(path))
            origin.Error(DiagnosticCodes.WrongValue, "the code's 'bootstrap' is not executable", "chmod +x bootstrap");
        else
            return true;
        return false;
    }

    // Lambda unpacks layers into /opt; these are the folders below /opt that its runtimes search.
    private static IEnumerable<(CodeLook? Look, string Folder)> Places(
        LambdaRuntime runtime,
        CodeLook? code,
        IReadOnlyList<CodeLook?> layers)
    {
        string[] below = runtime.Family switch
        {
            RuntimeFamily.Python => ["python/", $"python/lib/{runtime.Name}/site-packages/"],
            RuntimeFamily.Node => ["", "nodejs/node_modules/"],
            _ => [""],
        };
        return layers.SelectMany(layer => below.Select(folder => (layer, folder))).Prepend((code, ""));
    }

    private static string Missing(LambdaRuntime runtime, string? handler, IReadOnlyList<string> candidates) =>
        runtime.Family == RuntimeFamily.Provided
            ? $"the code has no file 'bootstrap', which {runtime.Name} starts"
            : $"handler '{handler}' needs the file '{candidates[0]}', which is not in the code";

    private static string Expected(LambdaRuntime runtime, IReadOnlyList<string> candidates) =>
        runtime.Family == RuntimeFamily.Provided
            ? "expected: an executable file of that name at the top of the code"
            : $"expected: {string.Join(" or ", candidates)} below CodeUri";
}

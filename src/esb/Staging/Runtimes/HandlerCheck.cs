using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>Whether the file that a handler names is in the staged code or in one of the layers, where runtimes look too.</summary>
internal static class HandlerCheck
{
    public static bool Passes(LambdaRuntime runtime, string? handler, string code, IReadOnlyList<string> layers, Origin origin)
    {
        if (handler is null && runtime.Family != RuntimeFamily.Provided)
        {
            origin.Error(DiagnosticCodes.MissingKey, "'Handler' is missing", $"expected is {HandlerFile.Form(runtime.Family)}");
            return false;
        }

        var candidates = HandlerFile.Candidates(runtime.Family, handler ?? "");
        if (candidates.Count == 0)
        {
            origin.Error(DiagnosticCodes.WrongValue, $"'{handler}' is no handler of {runtime.Name}", $"expected is {HandlerFile.Form(runtime.Family)}");
            return false;
        }

        var found = Places(runtime, code, layers).SelectMany(folder => candidates.Select(c => Path.Combine(folder, c))).FirstOrDefault(File.Exists);
        if (found is null)
            origin.Error(DiagnosticCodes.FileAccess, Missing(runtime, handler, candidates), Expected(runtime, candidates));
        else if (runtime.Family == RuntimeFamily.Provided && !IsExecutable(found))
            origin.Error(DiagnosticCodes.WrongValue, "the code's 'bootstrap' is not executable", "chmod +x bootstrap");
        else
            return true;
        return false;
    }

    // Lambda unpacks layers into /opt; these are the folders below it that its runtimes search.
    private static IEnumerable<string> Places(LambdaRuntime runtime, string code, IReadOnlyList<string> layers) => runtime.Family switch
    {
        RuntimeFamily.Python => [code, .. layers.Select(l => Path.Combine(l, "python")), .. layers.Select(l => Path.Combine(l, "python", "lib", runtime.Name, "site-packages"))],
        RuntimeFamily.Node => [code, .. layers, .. layers.Select(l => Path.Combine(l, "nodejs", "node_modules"))],
        _ => [code, .. layers],
    };

    private static string Missing(LambdaRuntime runtime, string? handler, IReadOnlyList<string> candidates) =>
        runtime.Family == RuntimeFamily.Provided
            ? $"the code has no file 'bootstrap', which {runtime.Name} starts"
            : $"handler '{handler}' needs the file '{candidates[0]}', which is not in the code";

    private static string Expected(LambdaRuntime runtime, IReadOnlyList<string> candidates) =>
        runtime.Family == RuntimeFamily.Provided
            ? "expected is an executable file of that name at the top of the code"
            : $"expected is {string.Join(" or ", candidates)} below CodeUri";

    private static bool IsExecutable(string path) => (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
}

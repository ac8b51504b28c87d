using Esb.Interpreters;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// A function of process mode that no call can start, because its code lacks the file that its runtime starts. Code
/// from a template was checked when it was staged; this also checks functions that are written by hand.
/// </summary>
/// <param name="Function">The function.</param>
/// <param name="Reason">What is missing.</param>
internal sealed record UnstartableFunction(FunctionDefinition Function, string Reason)
{
    /// <summary>
    /// The functions that cannot be started. Those whose folders are missing are left out: other checks name them.
    /// </summary>
    public static IEnumerable<UnstartableFunction> Of(IReadOnlyDictionary<string, FunctionDefinition> functions) =>
        functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => Problem(f) is { } reason ? new UnstartableFunction(f, reason) : null)
            .OfType<UnstartableFunction>();

    /// <summary>A warning about each of them.</summary>
    public static IEnumerable<Diagnostic> Warnings(IReadOnlyDictionary<string, FunctionDefinition> functions) =>
        Of(functions).Select(u => new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.FileAccess,
            $"{u.Function.Name}: each call fails: {u.Reason}",
            u.Function.Place.File,
            u.Function.Place.Line,
            u.Function.Place.Column,
            "add the file to the code, or correct the function"));

    private static string? Problem(FunctionDefinition function)
    {
        if (function is not { Image: null, Code: { } code, Runtime: { } runtime }
            || !function.Layers.Prepend(code).All(f => Path.IsPathFullyQualified(f) && Directory.Exists(f)))
            return null;
        try
        {
            return EntryFile.IsOwnProgram(runtime) ? OwnProgram(code, function.Layers) : Handler(function, code);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Only the agent's user may look into the folder.
        }
    }

    private static string? OwnProgram(string code, IReadOnlyList<string> layers) =>
        EntryFile.Program(code, layers) is not { } program ? $"{code} has no executable file named bootstrap"
        : EntryFile.IsExecutable(program) ? null
        : $"{program} is not executable";

    // A handler of another form has a warning of its own.
    private static string? Handler(FunctionDefinition function, string code) =>
        WantedInterpreter.Of(function.Runtime!) is { Language: var language }
            && function.Handler is { } handler
            && EntryFile.Dot(language, handler) is var dot and > 0
            && dot < handler.Length - 1
            && EntryFile.Missing(language, handler, code, function.Layers) is { } missing
            ? $"the handler '{handler}' needs {missing}, which does not exist"
            : null;
}

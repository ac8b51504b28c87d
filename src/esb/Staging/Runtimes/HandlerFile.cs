namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Finds the file that a handler names, by the rules of AWS's runtimes. Python: the module is everything before the
/// last dot, with dots or slashes between packages. Node: the file is everything before the first dot of the last path
/// segment.
/// </summary>
internal static class HandlerFile
{
    /// <summary>
    /// The possible files, relative to the code, of which one must exist; empty when the handler has another form.
    /// </summary>
    public static IReadOnlyList<string> Candidates(RuntimeFamily family, string handler) => family switch
    {
        RuntimeFamily.Python => PythonModule(handler) is { } module ? [$"{module}.py", $"{module}/__init__.py"] : [],
        RuntimeFamily.Node =>
            NodeModule(handler) is { } module ? [$"{module}.js", $"{module}.mjs", $"{module}.cjs"] : [],
        _ => ["bootstrap"],
    };

    /// <summary>The form of a handler, for messages.</summary>
    public static string Form(RuntimeFamily family) => family == RuntimeFamily.Python
        ? "MODULE.FUNCTION, for example app.handler for the function 'handler' in app.py"
        : "FILE.FUNCTION, for example index.handler for the export 'handler' of index.js";

    private static string? PythonModule(string handler)
    {
        var dot = handler.LastIndexOf('.');
        return dot > 0 && dot < handler.Length - 1 ? Inside(handler[..dot].Replace('.', '/')) : null;
    }

    private static string? NodeModule(string handler)
    {
        var name = handler.LastIndexOf('/') + 1;
        var dot = handler.IndexOf('.', name);
        return dot > name && dot < handler.Length - 1 ? Inside(handler[..dot]) : null;
    }

    private static string? Inside(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".").ToList();
        return segments.Count == 0 || segments.Contains("..") || path.Contains('\0')
            ? null
            : string.Join('/', segments);
    }
}

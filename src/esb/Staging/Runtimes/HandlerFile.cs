namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Which file a handler names. Python: all before the last dot is the module, with dots or slashes between packages.
/// Node: in the last path segment all before the first dot is the file. As the runtimes of AWS read it.
/// </summary>
internal static class HandlerFile
{
    /// <summary>
    /// Any one of these must be in the code, relative to it; empty when the handler has no such form.
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

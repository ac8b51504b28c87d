using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Runtimes;

/// <summary>
/// Checks before a worker is started that the file of its handler exists, so that the error can name the file.
/// </summary>
internal static class HandlerFile
{
    /// <exception cref="CannotStartException">The file does not exist, or the handler is malformed.</exception>
    public static void Check(RuntimeFamily family, StartWorkerRequest request, IReadOnlyList<string> layers)
    {
        var dot = family == RuntimeFamily.Python ? request.Handler.LastIndexOf('.') : FirstDotOfName(request.Handler);
        if (dot <= 0 || dot == request.Handler.Length - 1)
            throw new CannotStartException(
                $"the handler '{request.Handler}' of {request.Function} is not of the form file.function");
        var module = request.Handler[..dot];
        // /opt is where AWS puts layers; here only the runtime can resolve such a path.
        if (Path.IsPathRooted(module))
            return;
        var path = family == RuntimeFamily.Python ? module.Replace('.', '/') : module;
        var expected = family == RuntimeFamily.Python ? path + ".py" : path + ".js";
        if (!Roots(family, request.Code, layers).Any(root => IsModule(Path.Combine(root, path))))
            throw new CannotStartException($"the handler '{request.Handler}' of {request.Function} needs "
                + $"{Path.Combine(request.Code, expected)}, which does not exist");
    }

    // In src/v1.2/app.handler the function comes after the first dot of the last segment.
    private static int FirstDotOfName(string handler) => handler.IndexOf('.', handler.LastIndexOf('/') + 1);

    private static IEnumerable<string> Roots(RuntimeFamily family, string code, IReadOnlyList<string> layers) =>
        family == RuntimeFamily.Python
            ? layers.SelectMany(layer => PythonRoots(Path.Combine(layer, "python"))).Prepend(code)
            : layers.Select(layer => Path.Combine(layer, "nodejs", "node_modules"))
                .Prepend(Path.Combine(code, "node_modules"))
                .Prepend(code);

    private static IEnumerable<string> PythonRoots(string folder)
    {
        var library = Path.Combine(folder, "lib");
        return (Directory.Exists(library)
            ? Directory.GetDirectories(library).Select(release => Path.Combine(release, "site-packages"))
            : []).Prepend(folder);
    }

    // A folder is also a module, and so is app.cpython-312-x86_64-linux-gnu.so for Python.
    private static bool IsModule(string path) =>
        File.Exists(path)
        || Directory.Exists(path)
        || (Path.GetDirectoryName(path) is { } folder
            && Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".*").Any());
}

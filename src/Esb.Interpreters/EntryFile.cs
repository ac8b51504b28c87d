namespace Esb.Interpreters;

/// <summary>
/// The file with which a runtime starts a function in process mode, searched for as runtimes search: in the code, then
/// in the layers.
/// </summary>
public static class EntryFile
{
    private const string Bootstrap = "bootstrap";

    /// <summary>Whether functions of a runtime are started by their own program.</summary>
    public static bool IsOwnProgram(string runtime) => runtime is "provided"
        || runtime.StartsWith("provided.", StringComparison.Ordinal);

    /// <summary>The position of the dot between file and function in a handler; not positive without a file.</summary>
    public static int Dot(Language language, string handler) => language == Language.Python
        ? handler.LastIndexOf('.')
        // In src/v1.2/app.handler the function comes after the first dot of the last segment.
        : handler.IndexOf('.', handler.LastIndexOf('/') + 1);

    /// <summary>
    /// The file that a handler needs and that is neither in the code nor in a layer; null when it is there, and when
    /// only the runtime can look for it.
    /// </summary>
    /// <param name="language">The language of the runtime.</param>
    /// <param name="handler">A handler of the form <c>file.function</c>.</param>
    /// <param name="code">The folder of the code.</param>
    /// <param name="layers">The folders of the layers.</param>
    public static string? Missing(Language language, string handler, string code, IReadOnlyList<string> layers)
    {
        var module = handler[..Dot(language, handler)];
        // /opt is where AWS puts layers; here only the runtime can resolve such a path.
        if (Path.IsPathRooted(module))
            return null;
        var path = language == Language.Python ? module.Replace('.', '/') : module;
        return Roots(language, code, layers).Any(root => IsModule(Path.Combine(root, path)))
            ? null
            : Path.Combine(code, path + (language == Language.Python ? ".py" : ".js"));
    }

    /// <summary>
    /// The program of a function of a <c>provided</c> runtime: its own, or else that of a layer; null when it has none.
    /// Source: AWS, "Building a custom runtime".
    /// </summary>
    public static string? Program(string code, IEnumerable<string> layers) =>
        layers.Prepend(code).Select(folder => Path.Combine(folder, Bootstrap)).FirstOrDefault(File.Exists);

    /// <summary>Whether anybody may run a file.</summary>
    public static bool IsExecutable(string program) => (File.GetUnixFileMode(program)
        & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    private static IEnumerable<string> Roots(Language language, string code, IReadOnlyList<string> layers) =>
        language == Language.Python
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

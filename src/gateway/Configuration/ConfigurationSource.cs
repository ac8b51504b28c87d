using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Gateway.Configuration;

/// <summary>
/// The two files in the first folder that has one of them. Says cheaply whether anything changed, and parses only what did.
/// </summary>
internal sealed class ConfigurationSource(IReadOnlyList<string> folders)
{
    private readonly ParsedFile<FunctionsFile> _functions = new(FunctionsFile.Read);
    private readonly ParsedFile<RoutingFile> _routing = new(RoutingFile.Read);
    private (string Folder, FileStamp Functions, FileStamp Routing) _seen;

    /// <summary>True when the files differ from those that <see cref="Read"/> saw last.</summary>
    public bool HasChanged() => Look() != _seen;

    /// <summary>Reads and validates what is there now. Null when it cannot be used; the reasons are in <paramref name="diagnostics"/>.</summary>
    public WrittenConfiguration? Read(DiagnosticBag diagnostics)
    {
        // Stamps before content: what is written in between is seen as one more change, never missed.
        _seen = Look();
        var functions = _functions.Read(Path.Combine(_seen.Folder, ConfigurationFiles.Functions), diagnostics);
        var routing = _routing.Read(Path.Combine(_seen.Folder, ConfigurationFiles.Routing), diagnostics);
        return functions is null || routing is null
            ? null
            : new WrittenConfiguration(ConfigurationHash.Of(_functions.Bytes, _routing.Bytes), functions, routing);
    }

    private (string Folder, FileStamp Functions, FileStamp Routing) Look()
    {
        foreach (var folder in folders)
        {
            var functions = FileStamp.Of(Path.Combine(folder, ConfigurationFiles.Functions));
            var routing = FileStamp.Of(Path.Combine(folder, ConfigurationFiles.Routing));
            if (functions.Exists || routing.Exists)
                return (folder, functions, routing);
        }

        return (folders[0], default, default);
    }

    private sealed class ParsedFile<T>(Func<YamlMapping, DiagnosticBag, T> bind)
        where T : class
    {
        private string? _path;
        private T? _parsed;

        public byte[] Bytes { get; private set; } = [];

        public T? Read(string path, DiagnosticBag diagnostics)
        {
            var found = new DiagnosticBag();
            var document = ReadDocument(path, found);
            if (document is not null && !found.HasErrors)
                _parsed ??= bind(document, found);
            foreach (var diagnostic in found)
                diagnostics.Add(diagnostic);
            if (!found.HasErrors)
                return _parsed;
            _path = null;
            return _parsed = null;
        }

        // The same bytes under the same path need no second parse.
        private YamlMapping? ReadDocument(string path, DiagnosticBag diagnostics)
        {
            byte[] bytes;
            try
            {
                bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, $"cannot be read: {e.Message}", path));
                return null;
            }

            if (_parsed is not null && _path == path && bytes.AsSpan().SequenceEqual(Bytes))
                return YamlMapping.Empty;
            (_path, Bytes, _parsed) = (path, bytes, null);
            return ConfigurationDocument.Parse(bytes, path, diagnostics);
        }
    }
}

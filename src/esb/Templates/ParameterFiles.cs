using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Templates;

/// <summary>
/// The parameter files that one command reads, including those that other files name. A path on the command line comes
/// from the user and may lead anywhere. A path in a file comes from its author, and must stay in the project of that
/// file.
/// </summary>
internal sealed class ParameterFiles
{
    private const int Most = 100;

    private readonly List<string> _all = [];
    private readonly Stack<string> _open = new();

    /// <summary>All that were read. They may hold secrets.</summary>
    public IReadOnlyList<string> All => _all;

    /// <param name="file">Its path.</param>
    /// <param name="namedBy">The file that names it; null for the command line.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <exception cref="CommandFailure">The file cannot be read.</exception>
    public IReadOnlyList<(string Name, string Value)> Read(string file, string? namedBy, DiagnosticBag diagnostics)
    {
        if (Objection(file, namedBy) is var (message, help))
        {
            diagnostics.Add(new Diagnostic(
                Severity.Error, DiagnosticCodes.FileAccess, message, namedBy ?? file, Help: help));
            return [];
        }

        _all.Add(file);
        _open.Push(Path.GetFullPath(file));
        var values = ParameterFile.Read(file, this, diagnostics);
        _open.Pop();
        return values;
    }

    private (string Message, string Help)? Objection(string file, string? namedBy)
    {
        if (namedBy is not null && ProjectFiles.Of(namedBy) is var project && !project.Holds(file))
            return (
                $"'{ParameterFile.Prefix}{file}' is outside of the project",
                $"the project is {project.Root}; name the file with --parameter-overrides if it is meant");
        if (_open.Contains(Path.GetFullPath(file)))
            return (
                $"'{ParameterFile.Prefix}{file}' names itself, directly or through other files", "remove that line");
        return _all.Count == Most
            ? ($"more than {Most} files of parameters are named", "put the parameters into fewer files")
            : null;
    }
}

using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests;

/// <summary>A folder with templates and the files that they name, removed when the test ends.</summary>
internal sealed class Project : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-sam-").FullName;

    public Project(params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(At(".git"));
        foreach (var (path, text) in files)
            Write(path, text);
    }

    public string At(string path) => Path.Combine(_root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public SamTemplate Read(string template = "template.yaml", SamOptions? options = null)
    {
        var (model, messages) = Try(template, options);
        return model ?? throw new ArgumentException(string.Join('\n', messages));
    }

    /// <summary>The messages without the name of the folder.</summary>
    public List<string> Messages(string template = "template.yaml", SamOptions? options = null) =>
        Try(template, options).Messages;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private (SamTemplate? Model, List<string> Messages) Try(string template, SamOptions? options)
    {
        var diagnostics = new DiagnosticBag();
        foreach (var file in options?.Strict == true
            ? Directory.GetFiles(_root, "*.yaml", SearchOption.AllDirectories)
            : [])
            File.WriteAllText(file, Templates.Whole(File.ReadAllText(file), options));
        var model = SamTemplate.Read(
            File.ReadAllText(At(template)), At(template), options ?? new SamOptions(), diagnostics);
        return (model, [.. diagnostics.Select(d => d.ToString().Replace(_root + "/", "", StringComparison.Ordinal))]);
    }
}

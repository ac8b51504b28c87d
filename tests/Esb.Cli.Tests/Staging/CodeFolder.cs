using System.IO.Compression;
using System.Text;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Staging;

/// <summary>A real folder of code and a real state folder, both removed at the end.</summary>
internal sealed class CodeFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-staging-").FullName;

    public CodeFolder() => Directory.CreateDirectory(Code);

    public string Root => _root;

    public string Code => Path.Combine(_root, "code");

    public string Staged => Path.Combine(_root, "staged");

    public DiagnosticBag Diagnostics { get; } = [];

    /// <summary>Whether the root is a project whose files the code may use.</summary>
    public bool IsProject { get; init; }

    /// <summary>Files with settings that ESB reads.</summary>
    public IReadOnlyList<string> Settings { get; set; } = [];

    /// <summary>Files that are named in ESB's settings.</summary>
    public IReadOnlyList<string> Named { get; set; } = [];

    /// <summary>Folders that ESB writes.</summary>
    public IReadOnlyList<string> Platform { get; set; } = [];

    public Origin Origin => new("Orders", new Place("template.yaml", 9, 7), Diagnostics)
    {
        Project = IsProject ? ProjectFiles.Of(Path.Combine(Root, "template.yaml"), Settings, Platform, Named) : null,
    };

    public string Messages => string.Join('\n', Diagnostics);

    public CodeFolder With(string path, string text, bool executable = false)
    {
        var file = Path.Combine(Code, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (executable)
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
        return this;
    }

    public CodeFolder WithLink(string path, string target)
    {
        var link = Path.Combine(Code, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
        return this;
    }

    public CodeTree? Tree() => CodeTreeReader.Read(Code, Origin, CancellationToken.None);

    public string Hash() => ContentHash.Of(Tree()!, CancellationToken.None);

    public Task<StagedCode?> StageAsync(
        string runtime = "provided.al2023",
        bool again = false,
        CodeSource? source = null) =>
        Staging(again).StageAsync("orders", source
            ?? new FolderSource(Code), new LambdaRuntime(runtime), Origin, null, CancellationToken.None);

    public Task<StagedCode?> StageAsync(CodeStaging staging, string name) =>
        staging.StageAsync(
            name, new FolderSource(Code), new LambdaRuntime("provided.al2023"), Origin, null, CancellationToken.None);

    public CodeStaging Staging(bool again = false) =>
        new(
            new StagedFolders(Staged),
            new HashCache(Path.Combine(_root, "cache"), TimeProvider.System),
            again ? StagingMode.Again : StagingMode.Reuse);

    /// <summary>An archive as other tools could have made it, with any names and Unix modes.</summary>
    public ArchiveSource Archive(params (string Name, string Text, int Mode)[] entries)
    {
        var path = Path.Combine(_root, "code.zip");
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, text, mode) in entries)
        {
            var entry = zip.CreateEntry(name);
            entry.ExternalAttributes = mode << 16;
            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(text));
        }

        return new ArchiveSource(path);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

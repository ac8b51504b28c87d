using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Esb.Cli.Settings;
using Esb.Cli.Staging.Contents;
using Esb.Cli.SupportBundles;
using Esb.Cli.Tests.Bundles;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Staging;

/// <summary>Files that ESB itself wrote are not part of any code, wherever they were written.</summary>
internal sealed class PlatformContentTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Three = ["functions.yml", "routing.yml", "resources.yml"];

    [Test]
    public async Task A_configuration_folder_is_not_code_whether_it_is_that_of_this_platform_or_a_copy()
    {
        using var folder = Project();
        Configuration(folder, "copy");
        folder.With("config/functions.yml", "functions: {}").With("config/functions.yml~", "PASSWORD");
        folder.Platform = [Path.Combine(folder.Code, "config"), Path.Combine(folder.Code, "not-there-yet")];
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap"]).Because(folder.Messages);
        await Assert.That(folder.Messages)
            .Contains("Orders: the folder 'config' is left out of its code, since esb itself wrote it")
            .And.Contains("Orders: the folder 'copy' is left out of its code, since esb itself wrote it");
        await Assert.That(folder.Diagnostics.Select(d => d.Severity).Distinct()).IsEquivalentTo([Severity.Information]);
    }

    [Test]
    public async Task A_deploy_that_changes_the_configuration_does_not_change_the_code()
    {
        using var folder = Project();
        var before = folder.Hash();
        Configuration(folder, "config");
        await Assert.That(folder.Hash()).IsEqualTo(before);
    }

    [Test]
    public async Task A_code_folder_that_is_the_configuration_folder_keeps_its_code()
    {
        using var folder = Project().With("own.yml", "");
        Configuration(folder, ".");
        folder.With(".functions.yml.7-1.esb-tmp", "PASSWORD");
        folder.Platform = [folder.Code];
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap", "own.yml"]).Because(folder.Messages);
        await Assert.That(folder.Messages).Contains("the file 'functions.yml'").And.Contains("the folder '.revisions'");
    }

    [Test]
    public async Task Files_that_a_killed_command_generated_are_not_code()
    {
        using var folder = Project().With("out/app.py", "").With("out/resources.yml", "x")
            .With("out/functions.yml", "PASSWORD").With("out/.routing.yml.7-1.esb-tmp", "KEY");
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap", "out/app.py"]).Because(folder.Messages);
    }

    [Test]
    public async Task Generated_files_and_revisions_are_not_code_and_files_next_to_them_are()
    {
        using var folder = Project().With("out/app.py", "").With("out/receipt.json", "{}")
            .With("saved/7/functions.yml", "x").With("saved/7/revision.json", "{}");
        foreach (var name in Three)
            folder.With($"out/{name}", "x");
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap", "out/app.py"]).Because(folder.Messages);
        await Assert.That(folder.Messages).Contains("the file 'out/receipt.json'")
            .And.Contains("the file 'saved/7/revision.json'");
    }

    [Test]
    public async Task Files_that_have_the_name_of_only_one_of_the_three_are_code()
    {
        using var folder = new CodeFolder();
        string[] names = ["functions.yml", "resources.yml", "receipt.json", ".environment", "logs/format"];
        foreach (var name in names)
            folder.With(name, "");
        await Assert.That(Paths(folder)).IsEquivalentTo(names);
        await Assert.That(folder.Messages).IsEmpty();
    }

    [Test]
    public async Task The_state_of_a_platform_is_not_code()
    {
        using var folder = Project();
        var state = new StateFolder(Path.Combine(folder.Code, "state/default"));
        Directory.CreateDirectory(Path.GetDirectoryName(state.Path)!);
        state.Create();
        await File.WriteAllTextAsync(state.CredentialsFile, "PASSWORD");
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap"]);
        await Assert.That(CodeSource.At(state.Path, folder.Origin)).IsNull();
        await Assert.That(CodeSource.At(state.Logs, folder.Origin)).IsNull();
        await Assert.That(folder.Messages).Contains($"the code at '{state.Logs}' was written by esb itself");
    }

    [Test]
    public async Task Files_of_a_configuration_folder_behind_links_are_not_code_either()
    {
        using var folder = Project().WithLink("linked", "../config").WithLink("one.yml", "../config/functions.yml")
            .WithLink("other.txt", "../config/notes.txt").WithLink("own.txt", "../own.txt");
        Configuration(folder, "../config");
        folder.With("../config/notes.txt", "").With("../own.txt", "");
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap", "own.txt"]).Because(folder.Messages);
        await Assert.That(folder.Messages)
            .Contains("the folder 'linked'").And.Contains("the file 'one.yml'").And.Contains("the file 'other.txt'");
    }

    [Test]
    public async Task A_single_file_of_a_configuration_folder_is_not_code()
    {
        using var folder = new CodeFolder();
        Configuration(folder, "config");
        await Assert.That(CodeSource.At(Path.Combine(folder.Code, "config/functions.yml"), folder.Origin)).IsNull();
        await Assert.That(folder.Messages).Contains("was written by esb itself");
    }

    [Test]
    public async Task Bundles_support_bundles_and_snapshots_are_not_code_whatever_their_names()
    {
        using var folder = Project();
        var bundle = At(folder, "site.bin");
        await File.WriteAllBytesAsync(bundle, BundleBytes.Write());
        await BundleArchive.WriteAsync(
            At(folder, "help.tar.gz"), "esb-support-20261130-101500", [new BundleEntry("README.txt", "x")],
            DateTimeOffset.UnixEpoch, CancellationToken.None);
        await TarAsync(At(folder, "saved"), "tables/orders/000001.jsonl");
        File.SetUnixFileMode(bundle, OwnerOnly);
        File.SetUnixFileMode(At(folder, "saved"), OwnerOnly);
        folder.With(".site.esb.0123456789abcdef0123456789abcdef.unfinished/bundle", "");
        await TarAsync(At(folder, "own.tar.gz"), "manifest.json");
        await Assert.That(Paths(folder)).IsEquivalentTo(["bootstrap", "own.tar.gz"]).Because(folder.Messages);
        await Assert.That(folder.Messages).Contains("the bundle 'site.bin'")
            .And.Contains("the support bundle 'help.tar.gz'").And.Contains("the snapshot 'saved'");
        await Assert.That(CodeSource.At(bundle, folder.Origin)).IsNull();
    }

    [Test]
    public async Task A_configuration_folder_in_an_archive_is_not_code()
    {
        using var folder = new CodeFolder();
        string[] kept = ["bootstrap", "functions.yml", "out/app.py"];
        string[] own =
        [
            "config/functions.yml", "config/.deploy.lock", "config/.revisions/1/functions.yml", "config/notes",
            "out/functions.yml", "out/routing.yml", "out/resources.yml",
        ];
        var source = folder.Archive([.. kept.Concat(own).Select(name => (name, "x", 0x81ED))]);
        var staged = (await folder.StageAsync(source: source))!.Folder;
        var files = Directory.GetFiles(staged, "*", SearchOption.AllDirectories);
        await Assert.That(files.Select(f => Path.GetRelativePath(staged, f))).IsEquivalentTo(kept)
            .Because(folder.Messages);
        await Assert.That(folder.Messages).Contains("'out/routing.yml' of")
            .And.Contains($"Orders: 'config' of '{source.Path}' is left out of its code, since esb itself wrote it");
    }

    private static CodeFolder Project() => new CodeFolder { IsProject = true }.With("bootstrap", "", executable: true);

    private static string At(CodeFolder folder, string name) => Path.Combine(folder.Code, name);

    private static IReadOnlyList<string> Paths(CodeFolder folder) => [.. folder.Tree()!.Entries.Select(e => e.Path)];

    private static void Configuration(CodeFolder folder, string at)
    {
        foreach (var name in Three)
            folder.With($"{at}/{name}", "PASSWORD").With($"{at}/.revisions/1/{name}", "PASSWORD");
        folder.With($"{at}/.revisions/1/revision.json", "{}")
            .With($"{at}/.deploy.lock", "1").With($"{at}/.environment", "dev\n");
    }

    private static async Task TarAsync(string path, string entry)
    {
        await using var gzip = new GZipStream(File.Create(path), CompressionMode.Compress);
        await using var tar = new TarWriter(gzip);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("{\"layers\": []}"));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = content });
    }
}

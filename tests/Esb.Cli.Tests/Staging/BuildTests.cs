using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Staging;

/// <summary>Code that is built: the result is staged, not the sources.</summary>
internal sealed class BuildTests
{
    private const string Makefile = "build-Orders:\n\tcp bootstrap.sh $(ARTIFACTS_DIR)/bootstrap\n\tchmod +x "
        + "$(ARTIFACTS_DIR)/bootstrap\n\techo built >> log\n";

    [Test]
    public async Task A_makefile_builds_into_the_staged_folder_and_is_not_run_a_second_time()
    {
        using var folder = new CodeFolder().With("Makefile", Makefile).With("bootstrap.sh", "#!/bin/sh\n");
        var first = await MakeAsync(folder);
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(Directory.GetFileSystemEntries(first!.Folder).Select(p => Path.GetFileName(p)!))
            .IsEquivalentTo(["bootstrap"]);
        await Assert.That(File.GetUnixFileMode(Path.Combine(first.Folder, "bootstrap")) & UnixFileMode.UserExecute)
            .IsEqualTo(UnixFileMode.UserExecute);
        await Assert.That((await MakeAsync(folder))!.Reused).IsTrue();
        await Assert.That(Directory.GetFileSystemEntries(folder.Code).Length).IsEqualTo(2);
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(1);
    }

    [Test]
    public async Task A_build_that_fails_is_an_error_with_its_last_lines_and_leaves_nothing()
    {
        using var folder = new CodeFolder().With("Makefile", "build-Orders:\n\t@echo this is why\n\t@false\n");
        await Assert.That(await MakeAsync(folder)).IsNull();
        await Assert.That(folder.Messages).Contains("'make build-Orders' ended with exit code 2")
            .And.Contains("this is why");
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);
    }

    [Test]
    [Arguments("hello.csproj", Installer.Dotnet)]
    [Arguments("go.mod", Installer.Go)]
    [Arguments("bootstrap", Installer.None)]
    [Arguments("README.md", Installer.None)]
    public async Task The_build_tool_for_a_provided_runtime_is_found_by_files(string file, Installer expected)
    {
        using var folder = new CodeFolder().With(file, "");
        await Assert.That(DependencyManifest.Of(folder.Tree()!, new LambdaRuntime("provided.al2023"), folder.Origin))
            .IsEqualTo(expected);
    }

    [Test]
    public async Task A_bootstrap_next_to_its_project_is_used_unchanged()
    {
        using var folder = new CodeFolder().With("hello.csproj", "").With("bootstrap", "", executable: true);
        await Assert.That(DependencyManifest.Of(folder.Tree()!, new LambdaRuntime("provided.al2023"), folder.Origin))
            .IsEqualTo(Installer.None);
    }

    [Test]
    [Arguments("*.log", "a/b.log", false, true)]
    [Arguments("*.log", "a/b.txt", false, false)]
    [Arguments("/top", "top", false, true)]
    [Arguments("/top", "a/top", false, false)]
    [Arguments("docs/", "docs", true, true)]
    [Arguments("docs/", "docs", false, false)]
    [Arguments("a/**/z", "a/b/c/z", false, true)]
    [Arguments("a/**/z", "a/z", false, true)]
    [Arguments("?.md", "x.md", false, true)]
    [Arguments("*.log\n!keep.log", "keep.log", false, false)]
    [Arguments("# *.log\n\n", "b.log", false, false)]
    [Arguments("", ".samignore", false, true)]
    [Arguments("a.c", "abc", false, false)]
    [Arguments("*", "a/b", false, true)]
    [Arguments("/*", "a/b", false, false)]
    [Arguments("/a/*", "a/b", false, true)]
    [Arguments("/a/*", "a/b/c", false, false)]
    [Arguments("/a/**", "a/b/c", false, true)]
    [Arguments("**/z", "z", false, true)]
    [Arguments("**/z", "a/b/z", false, true)]
    [Arguments("**/z", "a/bz", false, false)]
    [Arguments("a/**/b/*.py", "a/x/b/y/b/c.py", false, true)]
    [Arguments("a*b*c", "x/aXbYc", false, true)]
    [Arguments("a*b*c", "aX/bYc", false, false)]
    [Arguments("**x", "a/b/cx", false, true)]
    [Arguments("\uFEFF*.log", "b.log", false, true)]
    public async Task An_ignore_file_excludes_what_its_rules_match(
        string rules,
        string path,
        bool isFolder,
        bool expected) =>
        await Assert.That(IgnoreFile.Parse(rules).Excludes(path, isFolder)).IsEqualTo(expected);

    [Test]
    public async Task An_ignore_file_with_many_rules_is_read_quickly_and_one_with_too_many_is_refused()
    {
        var rules = string.Join('\n', Enumerable.Range(0, IgnoreFile.MaxRules).Select(i => $"a*{i}"));
        await Assert.That(IgnoreFile.Parse(rules).Excludes("b/ab77", false)).IsTrue();
        await Assert.That(() => IgnoreFile.Parse(rules + "\nb")).Throws<IOException>()
            .WithMessageContaining("more than 10,000 rules");
        await Assert.That(() => IgnoreFile.Parse(new string('a', IgnoreFile.MaxRuleLength + 1))).Throws<IOException>();
    }

    [Test]
    public async Task An_ignore_file_that_is_a_link_out_of_the_project_is_refused_and_one_inside_it_is_used()
    {
        using var folder = new CodeFolder { IsProject = true }.With("bootstrap", "").With("zz", "")
            .WithLink(".samignore", "../shared");
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "shared"), "zz\n");
        await Assert.That(folder.Tree()!.Entries.Select(e => e.Path)).IsEquivalentTo(["bootstrap"]);
        using var outside = new CodeFolder();
        await File.WriteAllTextAsync(Path.Combine(outside.Root, "shared"), "zz\n");
        File.Delete(Path.Combine(folder.Code, ".samignore"));
        folder.WithLink(".samignore", Path.Combine(outside.Root, "shared"));
        await Assert.That(folder.Tree()).IsNull();
        await Assert.That(folder.Messages)
            .Contains("the code's .samignore cannot be read: it is a link that leads out of the project");
    }

    [Test]
    public async Task Files_that_the_ignore_file_names_are_not_staged()
    {
        using var folder = new CodeFolder().With("bootstrap", "", executable: true).With("notes/a.md", "").With(
            "b.log", "").With(".samignore", "*.log\nnotes/\n");
        await Assert.That(folder.Tree()!.Entries.Select(e => e.Path)).IsEquivalentTo(["bootstrap"]);
    }

    [Test]
    public async Task Files_with_settings_or_secrets_of_esb_are_not_code()
    {
        using var folder = new CodeFolder { IsProject = true }
            .With("bootstrap", "", executable: true)
            .With(".env", "A=1")
            .With("own/.env", "B=2")
            .With("own/prod.values", "")
            .With("esb-values.yaml", "")
            .With("own/esb-values.yaml", "")
            .WithLink("linked", "../secrets.env");
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "secrets.env"), "C=3");
        folder.Settings =
        [
            Path.Combine(folder.Code, ".env"), Path.Combine(folder.Code, "own/prod.values"),
            Path.Combine(folder.Root, "secrets.env"),
        ];
        await Assert.That(folder.Tree()!.Entries.Select(e => e.Path)).IsEquivalentTo(["bootstrap", "own/.env"]);
        await Assert.That(folder.Diagnostics.Select(d => d.Severity).Distinct()).IsEquivalentTo([Severity.Information]);
        await Assert.That(folder.Messages)
            .Contains("Orders: '.env' is left out of its code, since esb reads its own settings from it")
            .And.Contains("'own/prod.values'")
            .And.Contains("'linked'")
            .And.DoesNotContain("own/.env");
        folder.Tree();
        await Assert.That(folder.Diagnostics).Count().IsEqualTo(3);
    }

    [Test]
    public async Task A_second_name_of_a_settings_file_is_not_code_either()
    {
        using var folder = new CodeFolder { IsProject = true }.With("bootstrap", "", executable: true);
        var settings = Path.Combine(folder.Root, "prod.env");
        await File.WriteAllTextAsync(settings, "PASSWORD=1");
        LinkHard(settings, Path.Combine(folder.Code, "notes.txt"));
        LinkHard(Path.Combine(folder.Code, "bootstrap"), Path.Combine(folder.Code, "second"));
        folder.Settings = [settings];
        await Assert.That(folder.Tree()!.Entries.Select(e => e.Path)).IsEquivalentTo(["bootstrap", "second"]);
        await Assert.That(folder.Messages)
            .Contains("Orders: 'notes.txt' is left out of its code, since esb reads its own settings from it");
    }

    [Test]
    public async Task Files_with_settings_or_secrets_of_esb_are_not_code_in_an_archive_either()
    {
        using var folder = new CodeFolder { IsProject = true }.With(".env", "A=1").With("prod.values", "x: y\n");
        folder.Settings = [Path.Combine(folder.Code, ".env"), Path.Combine(folder.Code, "prod.values")];
        var source = folder.Archive(
            ("bootstrap", "#!/bin/sh", 0x81ED),
            (".env", "A=1", 0x81A4),
            ("renamed", "x: y\n", 0x81A4),
            ("own/esb-values.yaml", "secrets: {}", 0x81A4),
            ("own/.env", "B=2", 0x81A4));
        var staged = await folder.StageAsync(source: source);
        await Assert.That(Directory.GetFiles(staged!.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(staged.Folder, f))).IsEquivalentTo(["bootstrap", "own/.env"])
            .Because(folder.Messages);
        await Assert.That(folder.Diagnostics.Where(d => d.Severity == Severity.Information)
            .Select(d => d.Message)).IsEquivalentTo(
            new[] { ".env", "renamed", "own/esb-values.yaml" }.Select(path => $"Orders: '{path}' of '{source.Path}' is "
                + "left out of its code, since esb reads its own settings from it"));
        await Assert.That(folder.Diagnostics.Single(d => d.Severity == Severity.Warning).Message).IsEqualTo(
            $"Orders: 'own/.env' of '{source.Path}' has the name of a file that esb reads its own settings from, "
                + "but other content; it stays in the code");
    }

    [Test]
    public async Task An_archive_that_was_staged_with_a_settings_file_is_staged_again_without_it()
    {
        using var folder = new CodeFolder { IsProject = true }.With(".env", "A=1");
        var source = folder.Archive(("bootstrap", "#!/bin/sh", 0x81ED), (".env", "A=1", 0x81A4));
        var with = await folder.StageAsync(source: source);
        await Assert.That(File.Exists(Path.Combine(with!.Folder, ".env"))).IsTrue();
        folder.Settings = [Path.Combine(folder.Code, ".env")];
        var without = await folder.StageAsync(source: source);
        await Assert.That(without!.Folder).IsNotEqualTo(with.Folder);
        await Assert.That(File.Exists(Path.Combine(without.Folder, ".env"))).IsFalse();
    }

    [Test]
    [Arguments(".env")]
    [Arguments("esb-values.yaml")]
    public async Task A_single_settings_file_is_not_code_either(string name)
    {
        using var folder = new CodeFolder { IsProject = true }.With(name, "A=1");
        folder.Settings = [Path.Combine(folder.Code, ".env")];
        await Assert.That(CodeSource.At(Path.Combine(folder.Code, name), folder.Origin)).IsNull();
        await Assert.That(folder.Messages).Contains("is a file that esb reads its own settings from");
    }

    private static void LinkHard(string file, string name)
    {
        using var link = System.Diagnostics.Process.Start("ln", [file, name]);
        link.WaitForExit();
    }

    private static Task<Esb.Cli.Staging.StagedCode?> MakeAsync(CodeFolder folder) =>
        folder.Staging().StageAsync(
            "orders",
            new FolderSource(folder.Code),
            new LambdaRuntime("provided.al2023") { BuildMethod = "makefile", Target = "Orders" },
            folder.Origin,
            null,
            CancellationToken.None);
}

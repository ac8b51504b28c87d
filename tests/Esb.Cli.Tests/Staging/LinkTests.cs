namespace Esb.Cli.Tests.Staging;

/// <summary>Links from a code folder to other folders of its project, which <c>sam build</c> copies.</summary>
internal sealed class LinkTests
{
    [Test]
    [Arguments("../common")]
    [Arguments("../code/../common")]
    [Arguments("../alias")]
    [Arguments("PROJECT/common")]
    public async Task A_link_to_a_folder_of_the_project_is_replaced_by_its_content(string target)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").With("../common/money.py", "euro = 1").With("../common/deep/rates.txt", "7")
            .WithLink("../alias", "common")
            .WithLink("../common/latest", "deep/rates.txt").WithLink(
                "shared", target.Replace("PROJECT", project.Root, StringComparison.Ordinal));
        var staged = await project.StageAsync();
        await Assert.That(project.Messages).IsEqualTo("");
        var copy = new DirectoryInfo(Path.Combine(staged!.Folder, "shared"));
        await Assert.That(copy.LinkTarget).IsNull();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(copy.FullName, "money.py"))).IsEqualTo("euro = 1");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(copy.FullName, "latest"))).IsEqualTo("7");
    }

    [Test]
    public async Task A_link_to_a_file_of_the_project_is_replaced_by_the_file_and_an_edit_of_it_is_detected()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").With("../common.py", "one").WithLink("common.py", "../common.py");
        var first = await project.StageAsync();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(first!.Folder, "common.py"))).IsEqualTo("one");
        await Assert.That((await project.StageAsync())!.Reused).IsTrue();
        project.With("../common.py", "two");
        var second = await project.StageAsync();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(second!.Folder, "common.py"))).IsEqualTo("two");
    }

    [Test]
    public async Task Links_in_a_followed_folder_are_resolved_from_its_real_place()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").With("other/file", "the function's").With(
            "../other/file", "the project's").WithLink("../common/up", "../other/file").WithLink("shared", "../common");
        var staged = await project.StageAsync();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged!.Folder, "shared/up")))
            .IsEqualTo("the project's");
    }

    [Test]
    [Arguments("/etc/hostname")]
    [Arguments("../../esb-outside")]
    [Arguments("../way/passwd")]
    [Arguments("../second")]
    [Arguments("../common")]
    public async Task A_link_that_ends_outside_of_the_project_is_refused_whatever_its_path(string target)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").WithLink("../way", "/etc").WithLink("../second", "way/passwd").WithLink(
            "../common/passwd", "/etc/passwd").WithLink("sub/link", "../" + target.TrimStart('/'));
        if (target.StartsWith('/'))
            project.WithLink("absolute", target);
        await Assert.That(await project.StageAsync()).IsNull();
        await Assert.That(project.Messages).Contains("template.yaml:9:7: error: Orders: the link")
            .And.Contains(project.Root);
    }

    [Test]
    [Arguments("..")]
    [Arguments("../code")]
    [Arguments("../code/sub")]
    [Arguments("../round")]
    public async Task A_link_to_a_folder_that_contains_it_is_an_error_and_not_an_endless_loop(string target)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").With("sub/y", "").WithLink("../round/back", "../code")
            .WithLink("sub/link", "../" + target);
        await Assert.That(await project.StageAsync()).IsNull();
        await Assert.That(project.Messages).Contains("points to a folder that contains it");
    }

    [Test]
    public async Task Links_that_multiply_are_refused_soon()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").WithLink("start", "../d0");
        for (var i = 0; i < 30; i++)
            project.WithLink($"../d{i}/a", $"../d{i + 1}").WithLink($"../d{i}/b", $"../d{i + 1}");
        Directory.CreateDirectory(Path.Combine(project.Root, "d30"));
        await Assert.That(await project.StageAsync()).IsNull();
        await Assert.That(project.Messages).Contains("more than 1,000 links");
    }

    [Test]
    public async Task A_broken_link_and_one_to_a_virtual_environment_are_distinguished()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "x").With("../venv/pyvenv.cfg", "").WithLink("venv", "../venv");
        await Assert.That(Directory.GetFileSystemEntries((await project.StageAsync())!.Folder)
            .Select(p => Path.GetFileName(p)!)).IsEquivalentTo(["app.py"]);
        project.WithLink("gone", "../none");
        await Assert.That(await project.StageAsync()).IsNull();
        await Assert.That(project.Messages).Contains("which does not exist");
    }
}

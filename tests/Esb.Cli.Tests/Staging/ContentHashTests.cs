using System.Diagnostics;

namespace Esb.Cli.Tests.Staging;

internal sealed class ContentHashTests
{
    [Test]
    public async Task The_same_content_in_another_folder_has_the_same_hash()
    {
        using var one = new CodeFolder().With("b/util.py", "x = 1").With("app.py", "import b.util")
            .WithLink("link.py", "app.py");
        using var other = new CodeFolder().WithLink("link.py", "app.py").With("app.py", "import b.util")
            .With("b/util.py", "x = 1");
        File.SetLastWriteTimeUtc(Path.Combine(other.Code, "app.py"), DateTime.UnixEpoch);
        await Assert.That(other.Hash()).IsEqualTo(one.Hash());
    }

    [Test]
    [Arguments("content")]
    [Arguments("name")]
    [Arguments("executable bit")]
    [Arguments("link target")]
    [Arguments("another file")]
    [Arguments("border between name and content")]
    public async Task Everything_that_a_worker_could_notice_changes_the_hash(string what)
    {
        using var before = new CodeFolder().With("app.py", "x").With("b", "y").WithLink("link", "app.py");
        using var after = what switch
        {
            "content" => new CodeFolder().With("app.py", "X").With("b", "y").WithLink("link", "app.py"),
            "name" => new CodeFolder().With("App.py", "x").With("b", "y").WithLink("link", "app.py"),
            "executable bit" =>
                new CodeFolder().With("app.py", "x", executable: true).With("b", "y").WithLink("link", "app.py"),
            "link target" => new CodeFolder().With("app.py", "x").With("b", "y").WithLink("link", "b"),
            "another file" =>
                new CodeFolder().With("app.py", "x").With("b", "y").WithLink("link", "app.py").With("c", ""),
            _ => new CodeFolder().With("app.p", "yx").With("b", "y").WithLink("link", "app.py"),
        };
        await Assert.That(after.Hash()).IsNotEqualTo(before.Hash());
    }

    [Test]
    [Arguments(".git/HEAD")]
    [Arguments("__pycache__/app.cpython-311.pyc")]
    [Arguments("lib/__pycache__/x")]
    [Arguments("app.pyc")]
    [Arguments("node_modules/.cache/x")]
    [Arguments(".aws-sam/build/x")]
    [Arguments(".esb/dev/functions.yml")]
    public async Task Files_that_are_not_part_of_the_function_do_not_change_the_hash(string path)
    {
        using var folder = new CodeFolder().With("app.py", "x");
        var before = folder.Hash();
        folder.With(path, "anything");
        await Assert.That(folder.Hash()).IsEqualTo(before);
    }

    [Test]
    public async Task A_virtual_environment_is_left_out_whatever_its_name()
    {
        using var folder = new CodeFolder().With("app.py", "x").With("myenv/pyvenv.cfg", "")
            .WithLink("myenv/bin/python", "/usr/bin/python3");
        await Assert.That(folder.Tree()!.Entries.Select(e => e.Path)).IsEquivalentTo((string[])["app.py"]);
    }

    [Test]
    public async Task A_pipe_in_the_code_is_refused_and_not_opened()
    {
        using var folder = new CodeFolder().With("app.py", "x");
        using (var mkfifo = Process.Start("mkfifo", Path.Combine(folder.Code, "pipe")))
            await mkfifo.WaitForExitAsync();
        await Assert.That(folder.Tree()).IsNull();
        await Assert.That(folder.Messages).Contains("template.yaml:9:7: error: Orders:").And.Contains("pipe");
    }

    [Test]
    [Arguments("/etc/passwd", false)]
    [Arguments("../../outside", false)]
    [Arguments("..", true)]
    [Arguments("../app.py", true)]
    [Arguments("other/../../app.py", false)]
    [Arguments("./x/y", true)]
    public async Task A_link_may_only_stay_inside_the_code(string target, bool allowed)
    {
        using var folder = new CodeFolder().With("app.py", "x").WithLink("sub/link", target);
        await Assert.That(folder.Tree() is not null).IsEqualTo(allowed);
        if (!allowed)
            await Assert.That(folder.Messages).Contains(target).And.Contains("leads out of the code folder");
    }
}

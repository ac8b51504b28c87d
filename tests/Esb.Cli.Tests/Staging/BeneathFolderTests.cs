using Esb.Host.Files;

namespace Esb.Cli.Tests.Staging;

/// <summary>What is true whatever the names are: nothing is written through a link, or above the folder.</summary>
internal sealed class BeneathFolderTests
{
    [Test]
    [Arguments("link/file")]
    [Arguments("inner/link/file")]
    [Arguments("link/sub/file")]
    [Arguments("../file")]
    [Arguments("inner/../../file")]
    [Arguments("link")]
    [Arguments("there")]
    public async Task Nothing_is_written_through_a_link_over_a_file_or_above_the_folder(string path)
    {
        using var folder = new CodeFolder().With("there", "old").With("inner/x", "").WithLink("link", "../outside")
            .WithLink("inner/link", "../../outside");
        var outside = Directory.CreateDirectory(Path.Combine(folder.Root, "outside")).FullName;
        using var below = new BeneathFolder(folder.Code);
        Assert.Throws<IOException>(() => below.CreateFile(path, executable: false).Dispose());
        Assert.Throws<IOException>(() => below.CreateLink(path, "x"));
        if (path.Contains("link/", StringComparison.Ordinal) || path.StartsWith("..", StringComparison.Ordinal))
            Assert.Throws<IOException>(() => below.CreateFolder(path));
        await Assert.That(Directory.GetFileSystemEntries(outside).Length).IsEqualTo(0);
        await Assert.That(File.Exists(Path.Combine(folder.Root, "file"))).IsFalse();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Code, "there"))).IsEqualTo("old");
    }

    [Test]
    public async Task Files_folders_and_links_are_created_at_their_paths_in_any_order()
    {
        using var folder = new CodeFolder();
        using (var below = new BeneathFolder(folder.Code))
        {
            foreach (var path in (string[])["a/b/one", "two", "a/three", "a/b/four"])
            {
                using var file = below.CreateFile(path, executable: path == "two");
                file.Write("x"u8);
            }

            below.CreateFolder("a/b/empty");
            below.CreateLink("a/link", "b/one");
        }

        await Assert.That(Directory.GetFiles(folder.Code, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder.Code, f)))
            .IsEquivalentTo(["a/b/one", "two", "a/three", "a/b/four", "a/link"]);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Code, "a/link"))).IsEqualTo("x");
        await Assert.That(File.GetUnixFileMode(Path.Combine(folder.Code, "two")).HasFlag(UnixFileMode.UserExecute))
            .IsTrue();
        await Assert.That(Directory.Exists(Path.Combine(folder.Code, "a/b/empty"))).IsTrue();
    }
}

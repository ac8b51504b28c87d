using Esb.Host.Files;

namespace Esb.Schema.Tests.Files;

/// <summary>Folders of files that are being created, and their leftovers after a command was killed.</summary>
public sealed class UnfinishedFolderTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly string _root = Directory.CreateTempSubdirectory("esb-unfinished-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task An_unfinished_folder_is_readable_for_its_owner_only_and_removed_at_the_end()
    {
        using (var made = UnfinishedFolder.Create(At("site.esb")))
        {
            await Assert.That(UnfinishedFolder.IsName(Path.GetFileName(made.Path))).IsTrue();
            await Assert.That(Path.GetDirectoryName(made.Path)).IsEqualTo(_root);
            await Assert.That(File.GetUnixFileMode(made.Path)).IsEqualTo(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await File.WriteAllTextAsync(Path.Combine(made.Path, "bundle"), "half");
        }

        await Assert.That(Directory.GetFileSystemEntries(_root)).IsEmpty();
    }

    [Test]
    [Arguments("lock")]
    [Arguments("bundle")]
    public async Task Leftovers_of_a_killed_command_are_removed_by_the_next_one(string locked)
    {
        var left = At($".other.esb.{Id}.unfinished");
        Directory.CreateDirectory(Path.Combine(left, "code"));
        await File.WriteAllTextAsync(Path.Combine(left, locked), "");
        await File.WriteAllTextAsync(Path.Combine(left, "code/secret"), "s");

        using var made = UnfinishedFolder.Create(At("site.esb"));

        await Assert.That(Directory.GetFileSystemEntries(_root)).IsEquivalentTo([made.Path]);
    }

    [Test]
    public async Task The_folder_of_a_running_command_stays()
    {
        using var running = UnfinishedFolder.Create(At("site.esb"));

        using var next = UnfinishedFolder.Create(At("site.esb"));

        await Assert.That(Directory.GetFileSystemEntries(_root)).IsEquivalentTo([running.Path, next.Path]);
    }

    [Test]
    public async Task Folders_that_are_not_leftovers_of_a_command_stay()
    {
        string[] others = [$".a.{Id}.unfinished-not", ".a.unfinished", $"a.{Id}.unfinished", $".new.{Id}.unfinished"];
        foreach (var other in others)
            Directory.CreateDirectory(At(other));
        foreach (var other in others.SkipLast(1))
            await File.WriteAllTextAsync(Path.Combine(At(other), "lock"), "");
        var elsewhere = Directory.CreateDirectory(Path.Combine(At(".a.unfinished"), "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "lock"), "");
        Directory.CreateSymbolicLink(At($".link.{Id}.unfinished"), elsewhere);

        using (UnfinishedFolder.Create(At("site.esb")))
        {
        }

        await Assert.That(Directory.GetFileSystemEntries(_root).Select(f => Path.GetFileName(f)))
            .IsEquivalentTo([.. others, $".link.{Id}.unfinished"]);
        await Assert.That(File.Exists(Path.Combine(elsewhere, "lock"))).IsTrue();
    }

    [Test]
    public async Task Temporary_files_of_writers_that_have_ended_are_removed_and_those_of_others_stay()
    {
        var file = At("functions.yml");
        // No process has this id, because the kernel assigns only lower ones.
        var ended = At(".functions.yml.99999999-a.esb-tmp");
        string[] others =
        [
            At($".functions.yml.{Environment.ProcessId}-a.esb-tmp"), At(".routing.yml.99999999-a.esb-tmp"),
            At(".functions.yml.own.esb-tmp"),
        ];
        foreach (var path in others.Append(ended))
            await File.WriteAllTextAsync(path, "secret");

        FileReplacement.RemoveLeftoversOfEnded(file);

        await Assert.That(Directory.GetFiles(_root)).IsEquivalentTo(others);
    }

    private string At(string name) => Path.Combine(_root, name);
}

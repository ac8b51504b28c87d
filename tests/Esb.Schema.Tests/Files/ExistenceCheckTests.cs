using Esb.Host.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class ExistenceCheckTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-presence-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Files_folders_and_nothing_are_distinguished()
    {
        var file = Path.Combine(_root, "file");
        await File.WriteAllTextAsync(file, "");
        await Assert.That((ExistenceCheck.IsFile(file), ExistenceCheck.IsFolder(file), ExistenceCheck.IsAny(file)))
            .IsEqualTo((true, false, true));
        await Assert.That((ExistenceCheck.IsFile(_root), ExistenceCheck.IsFolder(_root), ExistenceCheck.IsAny(_root)))
            .IsEqualTo((false, true, true));
        foreach (var absent in new[]
        {
            Path.Combine(_root, "absent"), Path.Combine(_root, "absent", "below"), Path.Combine(file, "below"),
        })
            await Assert.That(
                (ExistenceCheck.IsFile(absent), ExistenceCheck.IsFolder(absent), ExistenceCheck.IsAny(absent)))
                .IsEqualTo((false, false, false));
    }

    // A cycle of links is an error for root as well, whom file modes do not stop.
    [Test]
    public async Task An_inaccessible_path_is_an_error_and_does_not_count_as_missing()
    {
        var circle = Path.Combine(_root, "one");
        File.CreateSymbolicLink(circle, Path.Combine(_root, "two"));
        File.CreateSymbolicLink(Path.Combine(_root, "two"), circle);
        var behind = Path.Combine(circle, "functions.yml");
        await Assert.That(File.Exists(behind)).IsFalse();
        await Assert.That(() => ExistenceCheck.IsFile(behind)).Throws<IOException>();
        await Assert.That(() => ExistenceCheck.IsFolder(behind)).Throws<IOException>();
    }

    [Test]
    public async Task A_folder_has_one_identity_whatever_its_path()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "folder")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), folder);
        await Assert.That(FolderIdentity.Of(Path.Combine(_root, "link"))).IsEqualTo(FolderIdentity.Of(folder)!);
        await Assert.That(FolderIdentity.Of(_root)).IsNotEqualTo(FolderIdentity.Of(folder)!);
        await Assert.That(FolderIdentity.Of(Path.Combine(_root, "absent"))).IsNull();
    }
}

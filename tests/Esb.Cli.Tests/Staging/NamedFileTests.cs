using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Tests.Staging;

/// <summary>Keys and other files that settings name, in the folder of code.</summary>
internal sealed class NamedFileTests
{
    [Test]
    public async Task A_key_file_that_a_setting_names_is_not_code_in_folders_and_archives()
    {
        using var folder = new CodeFolder { IsProject = true }
            .With("bootstrap", "", executable: true)
            .With("tls/key.pem", "secret key")
            .WithLink("linked.pem", "../key.pem");
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "key.pem"), "another");
        folder.Named = [Path.Combine(folder.Code, "tls/key.pem"), Path.Combine(folder.Root, "key.pem")];
        var source = folder.Archive(
            ("bootstrap", "#!/bin/sh", 0x81ED), ("renamed", "secret key", 0x81A4), ("own/key.pem", "own", 0x81A4));

        await Assert.That(folder.Tree()!.Entries.Select(e => e.Path)).IsEquivalentTo(["bootstrap"]);
        await Assert.That(folder.Messages)
            .Contains("Orders: 'tls/key.pem' is left out of its code, since a setting of esb names it")
            .And.Contains("'linked.pem' is left out");
        var staged = await folder.StageAsync(source: source);
        await Assert.That(Directory.GetFiles(staged!.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(staged.Folder, f))).IsEquivalentTo(["bootstrap", "own/key.pem"])
            .Because(folder.Messages);
        await Assert.That(folder.Messages).Contains($"'renamed' of '{source.Path}' is left out of its code")
            .And.DoesNotContain("own/key.pem");
        await Assert.That(CodeSource.At(Path.Combine(folder.Code, "tls/key.pem"), folder.Origin)).IsNull();
        await Assert.That(folder.Messages).Contains("is a file that a setting of esb names");
    }
}

using System.Formats.Tar;
using Esb.Cli.Containers;

namespace Esb.Cli.Tests.Images;

/// <summary>The context that is sent to a build.</summary>
internal sealed class BuildContextTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-context-").FullName;

    public BuildContextTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "code/below"));
        File.WriteAllText(Path.Combine(_root, "code/below/app.py"), "x");
        File.WriteAllText(Path.Combine(_root, "code/run"), "y");
        File.SetUnixFileMode(Path.Combine(_root, "code/run"), (UnixFileMode)0b101_000_000);
        File.CreateSymbolicLink(Path.Combine(_root, "code/link"), "below/app.py");
    }

    [Test]
    public async Task The_same_content_is_the_same_stream_whoever_wrote_it_at_whatever_time()
    {
        var first = await WriteAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_root, "code/run"), DateTime.UnixEpoch);
        File.SetUnixFileMode(Path.Combine(_root, "code/below/app.py"), (UnixFileMode)0b100_000_000);
        await Assert.That((await WriteAsync()).AsSpan().SequenceEqual(first)).IsTrue();
        File.SetUnixFileMode(Path.Combine(_root, "code/run"), (UnixFileMode)0b100_000_000);
        await Assert.That((await WriteAsync()).AsSpan().SequenceEqual(first)).IsFalse();
    }

    [Test]
    public async Task Files_can_be_read_by_everyone_and_links_stay_links()
    {
        using var stream = new MemoryStream(await WriteAsync());
        using var tar = new TarReader(stream);
        var entries = new Dictionary<string, TarEntry>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
            entries[entry.Name] = entry;
        await Assert.That(entries.Keys.Order(StringComparer.Ordinal)).IsEquivalentTo((string[])[
            "Dockerfile", "code", "code/below", "code/below/app.py", "code/link", "code/run", "runtime/bootstrap",
        ]);
        await Assert.That((int)entries["code/run"].Mode).IsEqualTo(0b111_101_101);
        await Assert.That((int)entries["code/below/app.py"].Mode).IsEqualTo(0b110_100_100);
        await Assert.That(entries["code/link"].LinkName).IsEqualTo("below/app.py");
        await Assert.That(entries["runtime/bootstrap"].LinkName).IsEqualTo("/var/task/bootstrap");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<byte[]> WriteAsync()
    {
        using var stream = new MemoryStream();
        await new BuildContext(
            [("code", Path.Combine(_root, "code"))], [], [("runtime/bootstrap", "/var/task/bootstrap")])
            .WriteAsync("FROM scratch\n", stream, CancellationToken.None);
        return stream.ToArray();
    }
}

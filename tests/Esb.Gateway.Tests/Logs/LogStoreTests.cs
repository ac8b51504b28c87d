using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Gateway.Logs;
using Esb.Host.Logs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Logs;

/// <summary>Lines of functions in memory, in files, and for followers.</summary>
internal sealed class LogStoreTests : IDisposable
{
    private const int Lines = 5_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-logs-").FullName;

    [Test]
    public async Task A_follower_misses_no_line_and_sees_none_twice_while_the_files_rotate()
    {
        var store = Store(new LogBounds(8 * 1024, 3));
        using var stop = new CancellationTokenSource();
        var writing = store.RunAsync(stop.Token);
        using var follower = store.Follow()!;
        for (var i = 0; i < Lines; i++)
            store.Add(Line(i));
        for (var i = 0; i < Lines; i++)
            await Assert.That((await follower.Lines.ReadAsync()).Text).IsEqualTo($"{i}");
        await EndAsync(stop, writing);
        var kept = LogRotation.Files(Path.Combine(_folder, "f.jsonl")).ToList();
        await Assert.That(kept.Count).IsEqualTo(3);
        await Assert.That(kept.Sum(file => new FileInfo(file).Length)).IsLessThanOrEqualTo(3 * 8 * 1024);
        await Assert.That(Texts(kept).Last()).IsEqualTo($"{Lines - 1}");
    }

    [Test]
    public async Task Every_line_that_was_added_before_the_end_is_in_the_files_after_it()
    {
        var store = Store(new LogBounds(64 * 1024, 100));
        using var stop = new CancellationTokenSource();
        var writing = store.RunAsync(stop.Token);
        for (var i = 0; i < Lines; i++)
            store.Add(Line(i));
        await EndAsync(stop, writing);
        await Assert.That(Texts(LogRotation.Files(Path.Combine(_folder, "f.jsonl"))))
            .IsEquivalentTo(Enumerable.Range(0, Lines).Select(i => $"{i}"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LogStore Store(LogBounds bounds) => new(new LogStore.Files(_folder, bounds), NullLogger<LogStore>.Instance);

    private static LogRecord Line(int i) => new(DateTimeOffset.UnixEpoch, "f", "r", "", "w", "stdout", $"{i}");

    private static IEnumerable<string> Texts(IEnumerable<string> files) =>
        files.SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!);

    private static async Task EndAsync(CancellationTokenSource stop, Task writing)
    {
        await stop.CancelAsync();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

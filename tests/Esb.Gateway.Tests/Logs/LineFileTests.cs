using System.Text;
using CsCheck;
using Esb.Host.Logs;
using Esb.Host.Settings;

namespace Esb.Gateway.Tests.Logs;

/// <summary>The lines that a log keeps, for any content.</summary>
internal sealed class LineFileTests : IDisposable
{
    private const int MaxBytes = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-lines-").FullName;

    [Test]
    public void Nothing_is_lost_split_or_reordered_and_no_file_exceeds_its_limit_unless_one_line_does()
    {
        var number = 0;
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 300].List[0, 20].List[0, 20], Gen.Int[1, 5]).Sample(
            (batches, files) =>
            {
                var path = Path.Combine(_folder, $"{Interlocked.Increment(ref number)}.log");
                foreach (var batch in batches)
                    LineFile.Append(
                        path,
                        Encoding.UTF8.GetBytes(string.Concat(batch.Select(line => line + "\n"))),
                        new LogBounds(MaxBytes, files));
                var kept = LogRotation.Files(path).Select(File.ReadAllText).ToList();
                return kept.Count <= files
                    && string.Concat(batches.SelectMany(b => b).Select(line => line + "\n"))
                        .EndsWith(string.Concat(kept), StringComparison.Ordinal)
                    && kept.All(text => text.EndsWith('\n')
                        && (text.Length <= MaxBytes || text.Count(c => c == '\n') == 1))
                    && (kept.Count == files
                        || string.Concat(kept).Length == batches.Sum(b => b.Sum(line => line.Length + 1)));
            },
            iter: 300);
    }

    [Test]
    public async Task Files_beyond_a_lowered_limit_are_removed()
    {
        var path = Path.Combine(_folder, "a.log");
        for (var i = 0; i < 20; i++)
            LineFile.Append(path, Encoding.UTF8.GetBytes($"{new string('x', 150)}{i}\n"), new LogBounds(MaxBytes, 10));
        await Assert.That(LogRotation.Files(path).Count()).IsEqualTo(10);
        LineFile.Append(path, Encoding.UTF8.GetBytes($"{new string('x', 150)}\n"), new LogBounds(MaxBytes, 2));
        await Assert.That(LogRotation.Files(path).Count()).IsEqualTo(2);
        await Assert.That(Directory.GetFiles(_folder, "a.log*").Length).IsEqualTo(2);
    }

    [Test]
    public async Task A_log_is_readable_for_its_owner_only()
    {
        var path = Path.Combine(_folder, "own.log");
        LineFile.Append(path, "a\n"u8, LogBounds.Default);
        await Assert.That(File.GetUnixFileMode(path)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    [Arguments("10m", "3", 10L * 1024 * 1024, 3)]
    [Arguments("4096", "1", 4096L, 1)]
    [Arguments("1G", null, 1024L * 1024 * 1024, 3)]
    [Arguments(null, null, 10L * 1024 * 1024, 3)]
    public async Task Limits_are_read_as_Docker_writes_them(string? size, string? files, long bytes, int count)
    {
        var bounds = LogBounds.Read(name => name == LogBounds.SizeVariable ? size : files);
        await Assert.That(bounds).IsEqualTo(new LogBounds(bytes, count));
        var again = bounds.Settings().ToDictionary(s => s.Name, s => s.Value);
        await Assert.That(LogBounds.Read(again.GetValueOrDefault)).IsEqualTo(bounds);
    }

    [Test]
    [Arguments("10", "3", "LOG_MAX_SIZE is '10'; allowed: a size of at least 4k, such as 500k, 10m or 1g")]
    [Arguments(
        "9999999999g", "3", "LOG_MAX_SIZE is '9999999999g'; allowed: a size of at least 4k, such as 500k, 10m or 1g")]
    [Arguments("-1m", "3", "LOG_MAX_SIZE is '-1m'; allowed: a size of at least 4k, such as 500k, 10m or 1g")]
    [Arguments("10m", "0", "LOG_MAX_FILES is '0'; allowed: a number of files from 1 to 100")]
    public async Task An_invalid_limit_is_reported_with_valid_ones(string size, string files, string message)
    {
        var failure = Assert.Throws<SettingException>(
            () => LogBounds.Read(name => name == LogBounds.SizeVariable ? size : files));
        await Assert.That(failure!.Message).IsEqualTo(message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

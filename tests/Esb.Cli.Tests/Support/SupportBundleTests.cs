using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using Esb.Cli.Commands;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.SupportBundles;
using Esb.Cli.Terminal;
using Esb.Cli.Tests.Platform;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Support;

/// <summary>The whole command, from files to the archive.</summary>
internal sealed class SupportBundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-bundle-").FullName;

    private static readonly Gen<string> Secret = Gen.Select(
        Gen.String[Gen.Char["abcdefgXYZ0189+/=\"'\\\n<>&é€:.#$ "], 6, 30],
        Gen.String[Gen.Char.AlphaNumeric, 8, 8]).Select((text, more) => text + more);

    [Test]
    public async Task A_bundle_of_a_running_platform_contains_what_it_lists_and_only_its_owner_may_read_it()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        WriteFunctions(platform, "s3cret-of-orders");
        await File.AppendAllTextAsync(
            Path.Combine(platform.Settings.State.Logs, "agent.log"), "started with s3cret-of-orders\n");
        var file = Path.Combine(_folder, "b.tar.gz");
        var run = await platform.AskAsync("support-bundle", "-o", file);
        await Assert.That(run.Error).IsEqualTo("");
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(File.GetUnixFileMode(file)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var entries = Read(file);
        foreach (var name in new[]
        {
            "README.txt",
            "doctor.txt",
            "doctor.json",
            "status.json",
            "metrics.txt",
            "config/functions.yml",
            "config/env.txt",
            "state/platform.json",
            "machine/summary.txt",
            "logs/agent.log",
        })
            await Assert.That(entries.Keys).Contains(name);
        await Assert.That(entries["logs/agent.log"]).IsEqualTo("started with ***\n");
        await Assert.That(entries["README.txt"]).Contains("  + functions.yml functions orders environment.TOKEN\n");
        await Assert.That(entries["config/env.txt"]).Contains("ADMIN_PORT=***\n");
        await Assert.That(run.Output).Contains("\nremoved     ");
        var again = await platform.AskAsync("support-bundle", "-o", file);
        await Assert.That((again.ExitCode, again.Error))
            .IsEqualTo((ExitCode.Usage, $"error: {file} already exists; name another file with -o, or remove it\n"));
    }

    [Test]
    public async Task Unavailable_parts_are_reported_and_logs_are_left_out_if_a_file_cannot_be_read()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        await File.WriteAllTextAsync(Path.Combine(platform.Settings.State.Logs, "gateway.log"), "a line\n");
        Directory.CreateDirectory(platform.Settings.ConfigFolder);
        await File.WriteAllTextAsync(
            Path.Combine(platform.Settings.ConfigFolder, "functions.yml"), "functions: [ s3cret\n");
        var file = Path.Combine(_folder, "c.tar.gz");
        await Assert.That((await platform.AskAsync("support-bundle", "-o", file)).ExitCode).IsEqualTo(ExitCode.Done);
        var entries = Read(file);
        await Assert.That(entries.Keys.Where(name => name.StartsWith("logs/", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(entries["README.txt"]).Contains("status.json: no platform is running");
        await Assert.That(entries["README.txt"]).Contains("config/functions.yml: it cannot be read");
        await Assert.That(entries["README.txt"]).Contains("logs: the secrets of functions are not known");
        await Assert.That(entries.Values.Any(text => text.Contains("s3cret", StringComparison.Ordinal))).IsFalse();
    }

    [Test]
    public async Task A_secret_of_an_earlier_revision_is_removed_from_logs_too()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        Directory.CreateDirectory(platform.Settings.ConfigFolder);
        WriteFunctions(platform, "s3cret-of-yesterday");
        var revision = Directory.CreateDirectory(Path.Combine(platform.Settings.ConfigFolder, ".revisions", "1"));
        File.Copy(
            Path.Combine(platform.Settings.ConfigFolder, "functions.yml"),
            Path.Combine(revision.FullName, "functions.yml"));
        WriteFunctions(platform, "s3cret-of-today");
        await File.WriteAllTextAsync(
            Path.Combine(platform.Settings.State.Logs, "agent.log"), "s3cret-of-yesterday, s3cret-of-today\n");
        var file = Path.Combine(_folder, "d.tar.gz");

        await Assert.That((await platform.AskAsync("support-bundle", "-o", file)).ExitCode).IsEqualTo(ExitCode.Done);

        var entries = Read(file);
        await Assert.That(entries["logs/agent.log"]).IsEqualTo("***, ***\n");
        await Assert.That(entries["README.txt"])
            .Contains("  + .revisions/1/functions.yml functions orders environment.TOKEN\n");
    }

    [Test]
    public async Task No_secret_of_any_configuration_is_anywhere_in_its_bundle()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        Directory.CreateDirectory(platform.Settings.ConfigFolder);
        var number = 0;
        await Secret.Array[6].SampleAsync(
            async secrets =>
            {
                WriteFunctions(platform, secrets[0], secrets[1]);
                var key = YamlMapping.Of(("name", YamlScalar.Text("partner")), ("value", YamlScalar.Text(secrets[2])));
                Write(platform, "routing.yml", YamlMapping.Of(("api_keys", new YamlSequence([key]))));
                Credentials.ForStart(platform.With(SettingNames.SecretAccessKey, secrets[3]).With(
                    "ANOTHER_TOKEN", secrets[4]).With("SOMETHING", secrets[5]).Settings);
                WriteLogs(platform, secrets);
                var file = Path.Combine(_folder, $"{number++}.tar.gz");
                var run = await platform.AskAsync("support-bundle", "-o", file);
                var text = string.Join('\n', Read(file).Select(entry => $"{entry.Key}\n{entry.Value}"))
                    + run.Output
                    + run.Error;
                foreach (var spelling in secrets.SelectMany(Spellings.Of).Where(spelling => spelling.Length >= 6))
                {
                    if (text.Contains(spelling, StringComparison.Ordinal))
                        throw new InvalidOperationException($"{spelling} is left in "
                            + $"{text[Math.Max(0, text.IndexOf(spelling, StringComparison.Ordinal) - 80)..][..160]}");
                }

                return run.ExitCode == ExitCode.Done
                    && text.Contains("logs/functions/orders.jsonl", StringComparison.Ordinal);
            },
            iter: 12,
            threads: 1);
    }

    [Test]
    public async Task A_command_that_is_cancelled_while_it_searches_a_large_log_ends_at_once_and_leaves_nothing()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        var log = Path.Combine(platform.Settings.State.Logs, "gateway.log");
        await using (var writer = new StreamWriter(log))
        {
            for (var i = 0; i < 2_000_000; i++)
                await writer.WriteLineAsync("one of very many lines that somebody's function has written to its log");
        }

        using var stop = new CancellationTokenSource();
        var (output, error) = (new StringWriter(), new StringWriter());
        string[] args =
        [
            "support-bundle", "-o", Path.Combine(_folder, "d.tar.gz"), "--logs", "2000", "--env-file", platform.EnvFile,
        ];
        var run = Task.Run(() => CommandLine.RunAsync(args, new Screen(output, error, ScreenTraits.Plain), stop.Token));
        await Eventually.TrueAsync(bool () => IsOpen(log) || run.IsCompleted);
        await stop.CancelAsync();
        await Assert.That(await run).IsEqualTo(ExitCode.Interrupted);
        await Assert.That(Directory.GetFiles(_folder)).IsEmpty();
    }

    [Test]
    public async Task A_command_that_is_cancelled_while_it_writes_leaves_no_archive()
    {
        using var stop = new CancellationTokenSource();
        var file = Path.Combine(_folder, "e.tar.gz");
        await Assert.That(
            () => BundleArchive.WriteAsync(file, "e", new EndsInTheMiddle(stop), DateTimeOffset.UnixEpoch, stop.Token))
            .Throws<OperationCanceledException>();
        await Assert.That(Directory.GetFiles(_folder)).IsEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void WriteFunctions(
        LocalPlatform platform,
        string token,
        string inherited = "INFO") => Write(platform, "functions.yml", YamlMapping.Of(
        ("defaults", YamlMapping.Of(("environment", YamlMapping.Of(("LOG_LEVEL", YamlScalar.Text(inherited)))))),
        ("functions", YamlMapping.Of(("orders", YamlMapping.Of(
            ("code", YamlScalar.Text("/nowhere")),
            ("runtime", YamlScalar.Text("python3.12")),
            ("environment", YamlMapping.Of(("TOKEN", YamlScalar.Text(token))))))))));

    private static void Write(LocalPlatform platform, string name, YamlMapping document) =>
        File.WriteAllText(Path.Combine(platform.Settings.ConfigFolder, name), YamlTextWriter.Write(document));

    private static void WriteLogs(LocalPlatform platform, string[] secrets)
    {
        var logs = platform.Settings.State.Logs;
        File.WriteAllLines(
            Path.Combine(logs, "gateway.log"),
            secrets.Select(secret => $"error: it said {secret} and https://x/?q={Uri.EscapeDataString(secret)}"));
        File.WriteAllLines(
            Path.Combine(platform.Settings.State.FunctionLogs, "orders.jsonl"),
            secrets.SelectMany(secret => new[]
            {
                secret, JsonSerializer.Serialize(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
            }).Select(text => JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text })));
    }

    private static Dictionary<string, string> Read(string file)
    {
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
            entries[entry.Name.Split('/', 2)[1]] = reader.ReadToEnd();
        }

        return entries;
    }

    private static bool IsOpen(string file) =>
        Directory.EnumerateFiles("/proc/self/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == file);

    // Two entries; reading the second one cancels the command.
    private sealed class EndsInTheMiddle(CancellationTokenSource stop) : IReadOnlyList<BundleEntry>
    {
        public int Count => 2;

        public BundleEntry this[int index] => new($"{index}.txt", "text");

        public IEnumerator<BundleEntry> GetEnumerator()
        {
            yield return this[0];
            stop.Cancel();
            yield return this[1];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Operating;

/// <summary>esb doctor, the support bundle and the log limits of a real platform.</summary>
internal sealed class DoctorTests
{
    private const string Template =
        """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Talker:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: talker
              CodeUri: src
              Handler: app.handler
              Runtime: python3.11
              Environment: { Variables: { TOKEN: s3cret-of-the-talker } }
              Events: { Get: { Type: HttpApi, Properties: { Path: /talk, Method: GET } } }
        """;

    private const string Code =
        """
        import os
        def handler(event, context):
            for i in range(int((event.get('queryStringParameters') or {}).get('lines', 1))):
                print(f"line {i} {os.environ['TOKEN']}")
            return 'ok'
        """;

    [Test]
    public async Task Doctor_reports_no_problem_while_everything_runs_and_one_after_the_agent_was_killed()
    {
        await using var platform = new Platform();
        var before = await platform.EsbAsync("doctor");
        await Assert.That(before.ExitCode).IsEqualTo(0).Because($"{before}");
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write("talker", Template, ("src/app.py", Code)));
        var up = await platform.EsbAsync("doctor", "--json");
        await Assert.That(up.ExitCode).IsEqualTo(0).Because($"{up}");
        using var document = JsonDocument.Parse(up.Output);
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().Select(
            f => $"{f.GetProperty("verdict").GetString()} {f.GetProperty("check").GetString()} "
                + $"{f.GetProperty("message").GetString()}").ToList();
        await Assert.That(findings.Any(f => f.StartsWith("ok gateway ", StringComparison.Ordinal)
            && f.Contains("serves configuration", StringComparison.Ordinal))).IsTrue();
        await Assert.That(findings.Any(
            f => f.StartsWith("ok configuration 1 functions, 1 routes", StringComparison.Ordinal))).IsTrue();
        await Assert.That(findings.Any(
            f => f.StartsWith("ok interpreters python3.11 (1 function): /", StringComparison.Ordinal))).IsTrue();
        await Assert.That(findings.Any(f => f.StartsWith("ok ports ", StringComparison.Ordinal)
            && f.EndsWith(" ours", StringComparison.Ordinal))).IsTrue();

        await PlatformProcesses.KillAsync(platform, "esb-agent");
        var down = await platform.EsbAsync("doctor");
        await Assert.That(down.ExitCode).IsEqualTo(1);
        await Assert.That(down.Output).Contains("fail  platform       the agent has ended\n");
    }

    [Test]
    public async Task Logs_of_a_function_stay_within_their_limit_and_its_secret_is_in_no_file_of_the_bundle()
    {
        await using var platform = new Platform(("LOG_MAX_SIZE", "16k"), ("LOG_MAX_FILES", "2"));
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write("talker", Template, ("src/app.py", Code)));
        (await platform.Client.GetAsync(new Uri("/talk?lines=1000", UriKind.Relative))).EnsureSuccessStatusCode()
            .Dispose();
        var logs = Path.Combine(platform.StateFolder, "default", "logs", "functions");
        await Eventually.TrueAsync(() => Directory.Exists(logs)
            && Directory.GetFiles(logs).Any(file => TextOf(file).Contains("line 999 ", StringComparison.Ordinal)));
        await Assert.That(Directory.GetFiles(logs).Select(file => Path.GetFileName(file)))
            .IsEquivalentTo(["talker.jsonl", "talker.jsonl.1"]);
        await Assert.That(Directory.GetFiles(logs).Max(file => new FileInfo(file).Length))
            .IsLessThanOrEqualTo(16 * 1024);

        var bundle = Path.Combine(platform.StateFolder, "bundle.tar.gz");
        var run = await platform.EsbAsync("support-bundle", "-o", bundle);
        await Assert.That(run.ExitCode).IsEqualTo(0).Because($"{run}");
        await using var gzip = new GZipStream(File.OpenRead(bundle), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
            names.Add(entry.Name.Split('/', 2)[1]);
            await Assert.That(await reader.ReadToEndAsync()).DoesNotContain("s3cret-of-the-talker");
        }

        foreach (var name in new[]
        {
            "status.json", "metrics.txt", "logs/functions/talker.jsonl", "logs/gateway.log", "config/functions.yml",
        })
            await Assert.That(names).Contains(name);
    }

    // A log file is renamed when it is full.
    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}

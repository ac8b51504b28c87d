using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Applications;

/// <summary>A removal with its data that is stopped, or killed, while the data is being deleted.</summary>
internal sealed class InterruptedDeletionTests
{
    private const int Objects = 1_500;

    private const string Stores = """
          Files:
            Type: AWS::S3::Bucket
            Properties: { BucketName: note-files }
        """;

    private static readonly string[] Remove =
        ["remove", "notes", "--delete-data", "note-files", "--yes", "--confirm", "note-files"];

    private static readonly string Handler = Templates.Handler(
        "import boto3",
        "from concurrent.futures import ThreadPoolExecutor",
        "files = boto3.client('s3')",
        "if event['httpMethod'] == 'PUT':",
        "    with ThreadPoolExecutor(16) as pool:",
        "        list(pool.map(lambda n: files.put_object(Bucket='note-files', Key=str(n), Body=b'x'), "
            + $"range({Objects})))",
        "pages = files.get_paginator('list_objects_v2').paginate(Bucket='note-files')",
        "return {'statusCode': 200, 'body': str(sum(page['KeyCount'] for page in pages))}");

    [Test]
    public async Task A_killed_removal_leaves_no_process_that_continues_to_delete()
    {
        await using var platform = await StartAsync();
        var removing = platform.EsbAsync(Remove);
        await DeletingAsync(platform, removing);

        await PlatformProcesses.KillAsync(platform, "esb");

        await removing;
        await Eventually.TrueAsync(() => PlatformProcesses.Of(platform).TrueForAll(p => p.Name != "esb-provisioner"));
        await platform.EsbAsync("rollback");
        await Assert.That(await CountAsync(platform)).IsPositive();
    }

    [Test]
    public async Task A_removal_that_is_stopped_says_that_data_may_be_gone_and_where_it_is_saved()
    {
        await using var platform = await StartAsync();
        var removing = platform.EsbAsync(Remove);
        await DeletingAsync(platform, removing);

        await PlatformProcesses.SignalAsync(PlatformProcesses.Of(platform).Single(p => p.Name == "esb").Pid, "TERM");

        var stopped = await removing;
        await Assert.That(stopped.ExitCode).IsEqualTo(130).Because(stopped.ToString());
        await Assert.That(stopped.Error)
            .Contains("Interrupted while data was being deleted: part of bucket note-files may be gone");
        await Assert.That(stopped.Error).DoesNotContain("nothing was changed");
        var snapshot = Directory.GetFiles(
            platform.StateFolder, "*note-files.tar.gz", SearchOption.AllDirectories).Single();
        await Assert.That(stopped.Error).Contains(snapshot);
        await platform.EsbAsync("rollback");
        await Assert.That((await platform.EsbAsync("restore", snapshot)).ExitCode).IsEqualTo(0);
        await Assert.That(await CountAsync(platform)).IsEqualTo(Objects);
    }

    private static async Task<Platform> StartAsync()
    {
        var platform = await Platform.StartAsync();
        var text = Templates.Function("notes", "/notes", timeout: 300, more: Stores);
        await platform.DeployAsync(platform.Write("notes", text, ("src/app.py", Handler)), "--stack", "notes");
        (await platform.Client.PutAsync("/notes", null)).EnsureSuccessStatusCode();
        return platform;
    }

    private static Task DeletingAsync(Platform platform, Task<CommandResult> removing) => Eventually.TrueAsync(() =>
    {
        if (removing.IsCompleted)
            throw new InvalidOperationException($"it ended before it could be stopped: {removing.Result}");
        return PlatformProcesses.Of(platform).Exists(p => p.Name == "esb-provisioner" && IsDeleting(p.Pid));
    });

    private static bool IsDeleting(int pid)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return arguments.Contains("delete") && !arguments.Contains("--dry-run");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<int> CountAsync(Platform platform) =>
        int.Parse(await platform.Client.GetStringAsync("/notes"), CultureInfo.InvariantCulture);
}

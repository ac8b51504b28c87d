using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Stores;

/// <summary><c>esb backup</c> and <c>esb restore</c> with a platform that serves functions, and without one.</summary>
internal sealed class BackupTests
{
    private const string Stores =
        """
          Kept:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: kept
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
              KeySchema: [{ AttributeName: id, KeyType: HASH }]
          Files:
            Type: AWS::S3::Bucket
            Properties: { BucketName: files }

        """;

    private static readonly string Code = Templates.Handler(
        "import boto3",
        "table, bucket = boto3.resource('dynamodb').Table('kept'), boto3.resource('s3').Bucket('files')",
        "if event.get('put'):",
        "    table.put_item(Item={'id': '7', 'what': event['put']})",
        "    bucket.put_object(Key='7', Body=event['put'].encode())",
        "item = table.get_item(Key={'id': '7'})['Item']['what']",
        "return item + ' and ' + bucket.Object('7').get()['Body'].read().decode()");

    [Test]
    public async Task A_restore_replaces_everything_and_functions_go_on()
    {
        await using var platform = await StartAsync();
        await InvokeAsync(platform, """{"put":"old"}""");
        var saved = await platform.EsbAsync("backup", "esb.tar", "--json");
        await Assert.That(saved.ExitCode).IsEqualTo(0).Because(saved.ToString());
        var document = JsonNode.Parse(saved.Output)!;
        await Assert.That(document["contents"]!.ToJsonString())
            .IsEqualTo("""{"tables":1,"items":1,"buckets":1,"objects":1}""");
        var path = document["path"]!.GetValue<string>();
        await Assert.That(File.GetUnixFileMode(path)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await InvokeAsync(platform, """{"put":"new"}""");

        await Assert.That((await platform.EsbAsync("restore", "esb.tar")).Error)
            .Contains("(1 table with 1 item, 1 bucket with 1 object)");
        await Assert.That((await platform.EsbAsync("restore", "esb.tar", "--yes")).ExitCode).IsEqualTo(2);
        var other = await platform.EsbAsync("restore", "esb.tar", "--yes", "--confirm", "dev");
        await Assert.That(other.Error).Contains("--confirm dev confirms nothing");
        await Assert.That(await InvokeAsync(platform, "{}")).Contains("new and new");
        var restored = await platform.EsbAsync("restore", "esb.tar", "--yes", "--confirm", "default");
        await Assert.That(restored.ExitCode).IsEqualTo(0).Because(restored.ToString());

        await Assert.That(await InvokeAsync(platform, "{}")).Contains("old and old");
        await Assert.That(await InvokeAsync(platform, """{"put":"later"}""")).Contains("later and later");
    }

    [Test]
    public async Task Both_work_while_the_platform_is_down()
    {
        await using var platform = await StartAsync();
        await InvokeAsync(platform, """{"put":"old"}""");
        await platform.EsbAsync("down");
        var saved = await platform.EsbAsync("backup", "esb.tar");
        await Assert.That(saved.ExitCode).IsEqualTo(0).Because(saved.ToString());
        await Assert.That(saved.Output).Contains("1 table with 1 item, 1 bucket with 1 object");
        await platform.EsbAsync("up");
        await InvokeAsync(platform, """{"put":"new"}""");
        await platform.EsbAsync("down");

        var restored = await platform.EsbAsync(
            "restore", "esb.tar", "--yes", "--confirm", "default", "--json");

        await Assert.That(restored.ExitCode).IsEqualTo(0).Because(restored.ToString());
        await platform.EsbAsync("up");
        await Assert.That(await InvokeAsync(platform, "{}")).Contains("old and old");
    }

    [Test]
    public async Task What_cannot_be_saved_or_restored_is_one_line_and_leaves_nothing()
    {
        await using var platform = await StartAsync();
        await InvokeAsync(platform, """{"put":"old"}""");
        await platform.EsbAsync("backup", "esb.tar");
        var folder = Path.GetDirectoryName(platform.StateFolder)!;
        var archive = await File.ReadAllBytesAsync(Path.Combine(folder, "esb.tar"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "part.tar"), archive[..(archive.Length / 2)]);
        await File.WriteAllTextAsync(Path.Combine(folder, "text.tar"), "text");

        await Assert.That((await platform.EsbAsync("backup", "esb.tar")).Error).Contains("already exists");
        await Assert.That((await platform.EsbAsync("backup", "absent/esb.tar")).Error).Contains("there is no folder");
        var full = await platform.EsbAsync("backup", "/dev/full");
        await Assert.That(full.ExitCode).IsEqualTo(2);
        await Assert.That((await platform.EsbAsync("restore", "absent.tar")).Error).Contains("there is no file");
        await Assert.That((await platform.EsbAsync("restore", "text.tar")).Error).Contains("is not a backup");
        var part = await platform.EsbAsync("restore", "part.tar", "--yes", "--confirm", "default");
        await Assert.That(part.Error).Contains("was not restored: it is not whole");
        await Assert.That(await InvokeAsync(platform, "{}")).Contains("old and old");
        await Assert.That(Directory.EnumerateFileSystemEntries(folder, ".*unfinished")).IsEmpty();
    }

    private static async Task<Platform> StartAsync()
    {
        var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "kept", Templates.Function("kept", "/kept", timeout: 20, more: Stores), ("src/app.py", Code)));
        return platform;
    }

    private static async Task<string> InvokeAsync(Platform platform, string payload)
    {
        var result = await platform.EsbAsync("invoke", "kept", "--event", payload);
        return result.ToString();
    }
}

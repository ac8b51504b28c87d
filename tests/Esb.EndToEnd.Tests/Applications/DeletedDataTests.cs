using System.Net;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Applications;

/// <summary>An application that is removed with its data, and restored with it.</summary>
internal sealed class DeletedDataTests
{
    private const string Stores = """
          Notes:
            Type: AWS::Serverless::SimpleTable
            Properties: { TableName: notes }
          Files:
            Type: AWS::S3::Bucket
            Properties: { BucketName: note-files }
        """;

    private static readonly string Handler = Templates.Handler(
        "import boto3",
        "table = boto3.resource('dynamodb').Table('notes')",
        "files = boto3.client('s3')",
        "if event['httpMethod'] == 'PUT':",
        "    table.put_item(Item={'id': '1', 'text': 'kept'})",
        "    files.put_object(Bucket='note-files', Key='a/1.txt', Body=b'bytes', ContentType='text/x-note')",
        "file = files.get_object(Bucket='note-files', Key='a/1.txt')",
        "text = table.get_item(Key={'id': '1'})['Item']['text']",
        "return {'statusCode': 200, 'body': f\"{text} {file['Body'].read().decode()} {file['ContentType']}\"}");

    [Test]
    public async Task Data_that_was_named_twice_is_deleted_with_its_application_and_a_snapshot_restores_it()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var template = platform.Write(
            "notes", Templates.Function("notes", "/notes", more: Stores), ("src/app.py", Handler));
        await platform.DeployAsync(template, "--stack", "notes");
        await Assert.That((await platform.Client.PutAsync("/notes", null)).StatusCode).IsEqualTo(HttpStatusCode.OK);

        string[] remove = ["remove", "notes", "--delete-data", "notes", "--delete-data", "note-files"];
        var dry = await platform.EsbAsync([.. remove, "--dry-run"]);
        await Assert.That(dry.Output).Contains("table notes deleted with everything in it, after a snapshot")
            .Because(dry.ToString());
        var half = await platform.EsbAsync([.. remove, "--yes", "--confirm", "notes"]);
        await Assert.That(half.ExitCode).IsEqualTo(2).Because(half.ToString());
        await Assert.That(half.Error)
            .Contains("--delete-data note-files deletes all data in it, and --yes does not confirm that");
        await Assert.That(await platform.Client.GetStringAsync("/notes")).IsEqualTo("kept bytes text/x-note");

        var removed = await platform.EsbAsync(
            [.. remove, "--yes", "--confirm", "notes", "--confirm", "note-files", "--json"]);
        await Assert.That(removed.ExitCode).IsEqualTo(0).Because(removed.ToString());
        var snapshot = JsonDocument.Parse(removed.Output).RootElement.GetProperty("snapshot").GetString()!;
        await Assert.That(File.GetUnixFileMode(snapshot)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Assert.That((await platform.Client.GetAsync("/notes")).StatusCode).IsNotEqualTo(HttpStatusCode.OK);
        var early = await platform.EsbAsync("restore", snapshot);
        await Assert.That(early.ExitCode).IsEqualTo(1);
        await Assert.That(early.Error).Contains("nothing was changed").And.Contains("there is no table notes");

        await Assert.That((await platform.EsbAsync("rollback")).ExitCode).IsEqualTo(0);
        await Assert.That((await platform.Client.GetAsync("/notes")).StatusCode).IsEqualTo(HttpStatusCode.BadGateway)
            .Because("the table is empty");
        var restored = await platform.EsbAsync("restore", snapshot);
        await Assert.That(restored.ExitCode).IsEqualTo(0).Because(restored.ToString());
        await Assert.That(restored.Output).Contains("table notes: 1 item restored")
            .And.Contains("bucket note-files: 1 object restored");
        await Assert.That(await platform.Client.GetStringAsync("/notes")).IsEqualTo("kept bytes text/x-note");
    }

    [Test]
    public async Task Data_can_be_deleted_later_but_not_while_an_application_names_it_and_not_if_it_does_not_exist()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var template = platform.Write(
            "notes", Templates.Function("notes", "/notes", more: Stores), ("src/app.py", Handler));
        await platform.DeployAsync(template, "--stack", "notes");
        await platform.Client.PutAsync("/notes", null);

        var named = await platform.EsbAsync(
            "remove", "--function", "notes", "--delete-data", "notes", "--yes", "--confirm", "notes");
        await Assert.That(named.ExitCode).IsEqualTo(2).Because(named.ToString());
        await Assert.That(named.Error).Contains("table notes is named by application 'notes', which stays")
            .And.Contains("esb remove notes --delete-data notes removes both");
        await Assert.That(await platform.Client.GetStringAsync("/notes")).StartsWith("kept");

        await platform.EsbAsync("remove", "notes", "--yes");
        var unknown = await platform.EsbAsync(
            "remove", "--delete-data", "table nots", "--yes", "--confirm", "table nots");
        await Assert.That(unknown.ExitCode).IsEqualTo(1).Because(unknown.ToString());
        await Assert.That(unknown.Error).Contains("nothing was changed").And.Contains("there is no table nots");
        var later = await platform.EsbAsync(
            "remove", "--delete-data", "table notes", "--yes", "--confirm", "table notes");
        await Assert.That(later.ExitCode).IsEqualTo(0).Because(later.ToString());
        await Assert.That(later.Output).Contains("deleted      table notes; saved in ");

        await platform.EsbAsync("rollback");
        await Assert.That((await platform.Client.GetAsync("/notes")).StatusCode).IsEqualTo(HttpStatusCode.BadGateway)
            .Because("the table is empty");
    }
}

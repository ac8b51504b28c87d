using System.Net;
using System.Text.Json;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Applications;

/// <summary>
/// Several applications on one platform, and their removal. It has its own platform, because revisions are of the whole
/// configuration folder.
/// </summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerClass)]
[NotInParallel(nameof(ApplicationTests))]
internal sealed class ApplicationTests(ContainerPlatform platform)
{
    private const string Table =
        "  Notes:\n    Type: AWS::Serverless::SimpleTable\n    Properties: { TableName: notes }\n";
    private const string Bucket = "  Files:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: note-files }\n";

    private static readonly string Notes = Templates.Handler(
        "import boto3",
        "table = boto3.resource('dynamodb').Table('notes')",
        "files = boto3.client('s3')",
        "if event['httpMethod'] == 'PUT':",
        "    table.put_item(Item={'id': '1', 'text': 'kept'})",
        "    files.put_object(Bucket='note-files', Key='a/1.txt', Body=b'bytes')",
        "text = table.get_item(Key={'id': '1'})['Item']['text']",
        "return {'statusCode': 200, 'body': text + files.get_object(Bucket='note-files', "
            + "Key='a/1.txt')['Body'].read().decode()}");

    [Test]
    public async Task One_application_is_removed_the_other_stays_and_a_restore_brings_back_its_data()
    {
        await platform.DeployAsync(
            platform.Write("blog", Templates.Function("post", "/post"), ("src/app.py", Templates.Answer("post"))),
            "--stack",
            "blog");
        await platform.DeployAsync(
            platform.Write("notes", Templates.Function("notes", "/notes", more: Table + Bucket), ("src/app.py", Notes)),
            "--stack",
            "notes");
        await Assert.That((await platform.Client.PutAsync("/notes", null)).StatusCode).IsEqualTo(HttpStatusCode.OK);

        await SucceedAsync("remove", "notes", "--yes");
        await Assert.That((await platform.Client.GetAsync("/notes")).StatusCode).IsNotEqualTo(HttpStatusCode.OK);
        await Assert.That(await platform.Client.GetStringAsync("/post")).IsEqualTo("post");
        await SucceedAsync("rollback");
        await Assert.That(await platform.Client.GetStringAsync("/notes")).IsEqualTo("keptbytes");

        var removed = await SucceedAsync(
            "remove",
            "notes",
            "--delete-data",
            "notes",
            "--delete-data",
            "note-files",
            "--yes",
            "--confirm",
            "notes",
            "--confirm",
            "note-files",
            "--json");
        var snapshot = JsonDocument.Parse(removed.Output).RootElement.GetProperty("snapshot").GetString()!;
        var stored = await platform.AskStoresAsync("print('notes' in d.list_tables()['TableNames'], "
            + "'note-files' in [b['Name'] for b in s.list_buckets()['Buckets']])");
        await Assert.That(stored).IsEqualTo("False False");
        await SucceedAsync("rollback");
        await Assert.That((await platform.Client.GetAsync("/notes")).StatusCode).IsEqualTo(HttpStatusCode.BadGateway)
            .Because("the table is empty");
        await SucceedAsync("restore", snapshot);
        await Assert.That(await platform.Client.GetStringAsync("/notes")).IsEqualTo("keptbytes");
        await Assert.That(await platform.Client.GetStringAsync("/post")).IsEqualTo("post");
    }

    [Test]
    public async Task A_second_environment_runs_next_to_the_first_and_neither_accepts_a_deploy_for_the_other()
    {
        await using var other = new ContainerPlatform();
        await other.InitializeAsync();
        var here = platform.Write(
            "both", Templates.Function("both", "/both"), ("src/app.py", Templates.Answer("here")));
        var there = other.Write("both", Templates.Function("both", "/both"), ("src/app.py", Templates.Answer("there")));
        await platform.DeployAsync(here);
        var deployed = await other.EsbAsync("deploy", "-t", there, "--env", "other", "--mode", Mode.Name);
        await Assert.That(deployed.ExitCode).IsEqualTo(0).Because(deployed.ToString());
        await Assert.That(await platform.Client.GetStringAsync("/both")).IsEqualTo("here");
        await Assert.That(await other.Client.GetStringAsync("/both")).IsEqualTo("there");

        var before = await File.ReadAllTextAsync(Path.Combine(platform.ConfigurationFolder, "functions.yml"));
        var wrong = await platform.EsbAsync("deploy", "-t", here, "--env", "other", "--mode", Mode.Name);
        await Assert.That(wrong.ExitCode).IsNotEqualTo(0).Because(wrong.ToString());
        await Assert.That(wrong.Error).Contains($"'{Mode.Run}'").And.Contains("'other'");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(platform.ConfigurationFolder, "functions.yml")))
            .IsEqualTo(before);

        await other.DockerAsync("compose", "--profile", "*", "down", "--volumes", "--timeout", "15");
        await Assert.That(await platform.Client.GetStringAsync("/both")).IsEqualTo("here");
    }

    private async Task<CommandResult> SucceedAsync(params string[] arguments)
    {
        var result = await platform.EsbAsync([.. arguments, "--mode", Mode.Name]);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"esb {string.Join(' ', arguments)}: {result}");
    }
}

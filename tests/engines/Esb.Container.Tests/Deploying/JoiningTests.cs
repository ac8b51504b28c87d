using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Deploying;

/// <summary>Template A is deployed, then B is merged into it, while the platform runs.</summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class JoiningTests(ContainerPlatform platform)
{
    // One test deletes resources that the next deploy of any template creates again. The others expect a deploy to
    // change nothing.
    private const string StoresContent = nameof(StoresContent);

    private const string Shared =
        "        Shared:\n          Type: Api\n          Properties: { Path: /join/shared, Method: GET }\n";

    [Test]
    public async Task Two_templates_are_merged_the_later_one_takes_precedence_and_no_part_of_the_platform_restarts()
    {
        var started = await StartTimesAsync();
        await platform.DeployAsync(platform.Write(
            "join-a", Templates.Function("join-a", "/join/a", more: Shared), ("src/app.py", Templates.Answer("A"))));
        await Assert.That(await platform.Client.GetStringAsync("/join/shared")).IsEqualTo("A");
        var b = platform.Write(
            "join-b", Templates.Function("join-b", "/join/b", more: Shared), ("src/app.py", Templates.Answer("B")));
        await platform.DeployAsync(b);
        await Assert.That(await platform.Client.GetStringAsync("/join/a")).IsEqualTo("A");
        await Assert.That(await platform.Client.GetStringAsync("/join/b")).IsEqualTo("B");
        await Assert.That(await platform.Client.GetStringAsync("/join/shared")).IsEqualTo("B");
        for (var i = 0; i < 8; i++)
        {
            platform.Write(
                "join-b",
                Templates.Function("join-b", "/join/b", more: Shared),
                ("src/app.py", Templates.Answer($"B{i}")));
            await platform.DeployAsync(b);
            await Assert.That(await platform.Client.GetStringAsync("/join/b")).IsEqualTo($"B{i}");
        }

        await Assert.That(await StartTimesAsync()).IsEqualTo(started);
    }

    [Test]
    [NotInParallel(StoresContent)]
    public async Task A_deploy_with_nothing_changed_builds_nothing_and_starts_no_worker()
    {
        var template = platform.Write(
            "same", Templates.Function("same", "/same"), ("src/app.py", Templates.Answer("same")));
        await platform.DeployAsync(template);
        await platform.Client.GetStringAsync("/same");
        var workers = await platform.WorkersAsync("same");
        await Assert.That(workers.Count).IsEqualTo(1);
        var image = await platform.AskDockerAsync("image", "ls", "--quiet", "--filter", "label=esb.function=same");

        var again = await platform.DeployAsync(template);
        await Assert.That(again.Output).Contains("Nothing to do");
        await platform.Client.GetStringAsync("/same");
        await Assert.That(await platform.WorkersAsync("same")).IsEquivalentTo(workers);
        await Assert.That(await platform.AskDockerAsync(
            "image", "ls", "--quiet", "--filter", "label=esb.function=same")).IsEqualTo(image);
    }

    [Test]
    public async Task The_base_image_of_a_runtime_is_built_once_and_later_deploys_leave_it_unchanged()
    {
        await platform.DeployAsync(platform.Write(
            "base-one", Templates.Function("base-one", "/base/one"), ("src/app.py", Templates.Answer("1"))));
        var before = await platform.AskDockerAsync(
            "image", "inspect", "esb-lambda-base:python3.11", "--format", "{{.Id}} {{.Created}}");
        await platform.DeployAsync(
            platform.Write(
                "base-two", Templates.Function("base-two", "/base/two"), ("src/app.py", Templates.Answer("2"))),
            "--no-cache");
        await Assert.That(await platform.AskDockerAsync(
            "image", "inspect", "esb-lambda-base:python3.11", "--format", "{{.Id}} {{.Created}}")).IsEqualTo(before);
        await Assert.That(await platform.Client.GetStringAsync("/base/two")).IsEqualTo("2");
    }

    [Test]
    [NotInParallel(StoresContent)]
    public async Task Without_the_cache_an_unchanged_function_is_built_again_and_gets_new_workers()
    {
        var template = platform.Write(
            "anew",
            Templates.Function("anew", "/anew"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': os.uname().nodename}")));
        await platform.DeployAsync(template);
        var before = await platform.Client.GetStringAsync("/anew");
        await platform.DeployAsync(template, "--no-cache");
        await Assert.That(await platform.Client.GetStringAsync("/anew")).IsNotEqualTo(before);
        await Assert.That((await platform.DeployAsync(template)).Output).Contains("Nothing to do");
    }

    [Test]
    [NotInParallel(StoresContent)]
    public async Task The_provisioner_runs_with_each_deploy_and_creates_removed_resources_again()
    {
        const string Resources = "  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: "
            + "comes-back\n      BillingMode: PAY_PER_REQUEST\n      AttributeDefinitions: [{ AttributeName: id, "
            + "AttributeType: S }]\n      KeySchema: [{ AttributeName: id, KeyType: HASH }]\n  Bucket:\n    Type: "
            + "AWS::S3::Bucket\n    Properties: { BucketName: comes-back }\n";
        var template = platform.Write(
            "provision",
            "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n" + Resources);
        await platform.DeployAsync(template);
        await Assert.That(await platform.AskStoresAsync(
            "print(d.list_tables()['TableNames'], [b['Name'] for b in s.list_buckets()['Buckets']])"))
            .Contains("comes-back");
        await platform.AskStoresAsync("d.delete_table(TableName='comes-back'); s.delete_bucket(Bucket='comes-back')");
        await platform.DeployAsync(template);
        await Assert.That(await platform.AskStoresAsync("print('comes-back' in d.list_tables()['TableNames'] and "
            + "'comes-back' in [b['Name'] for b in s.list_buckets()['Buckets']])")).IsEqualTo("True");
        await Assert.That(await platform.AskDockerAsync(
            "ps",
            "--all",
            "--quiet",
            "--filter",
            $"label=com.docker.compose.project={platform.Project}",
            "--filter",
            "label=com.docker.compose.service=provisioner",
            "--filter",
            "status=exited")).IsEmpty();
    }

    [Test]
    public async Task Concurrent_deploys_lose_no_changes_of_each_other()
    {
        var templates = Enumerable.Range(0, 4)
            .Select(i => platform.Write(
                $"many-{i}", Templates.Function($"many-{i}", $"/many/{i}"), ("src/app.py", Templates.Answer($"{i}"))))
            .ToList();
        await Task.WhenAll(templates.Select(t => platform.DeployAsync(t)));
        for (var i = 0; i < templates.Count; i++)
            await Assert.That(await platform.Client.GetStringAsync($"/many/{i}")).IsEqualTo($"{i}");
    }

    private async Task<string> StartTimesAsync() =>
        string.Join('\n', await Task.WhenAll(Mode.Services.Select(StartTimeAsync)));

    private async Task<string> StartTimeAsync(string service)
    {
        var container = await platform.ContainerAsync(service);
        const string Format = "{{.State.StartedAt}} {{.RestartCount}}";
        return $"{service} {await platform.AskDockerAsync("inspect", "--format", Format, container)}";
    }
}

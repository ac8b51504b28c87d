using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Healing;

/// <summary>The object store stops and starts again while functions that use it are warm.</summary>
internal sealed class StoreTests
{
    [Test]
    public async Task A_warm_function_finds_the_object_store_again_whatever_other_containers_started_meanwhile()
    {
        await using var platform = new ContainerPlatform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write("keeper", Templates.Function(
            "keeper",
            "/keeper",
            timeout: 60,
            more: "      ReservedConcurrentExecutions: 1\n"), ("src/app.py", Templates.Handler(
            "import boto3",
            "from botocore.config import Config",
            "s = boto3.client('s3', config=Config(connect_timeout=2, read_timeout=5, retries={'max_attempts': 1}))",
            "s.create_bucket(Bucket='kept')",
            "s.put_object(Bucket='kept', Key='name', Body=os.uname().nodename.encode())",
            "return {'statusCode': 200, 'body': s.get_object(Bucket='kept', Key='name')['Body'].read().decode()}"))));
        var before = await platform.Client.GetStringAsync("/keeper");

        await platform.AskDockerAsync("compose", "rm", "--stop", "--force", "s3-storage");
        // Other containers take the free addresses of the network.
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.AskDockerAsync(
            "run",
            "--detach",
            "--network",
            $"{platform.Project}_workers",
            "--label",
            $"com.docker.compose.project={platform.Project}",
            "esb-e2e/debian:1",
            "sleep",
            "600")));
        await platform.AskDockerAsync("compose", "up", "-d", "s3-storage");

        await Eventually.TrueAsync(
            async () => (await platform.Client.GetAsync("/keeper")).IsSuccessStatusCode,
            () => "the function does not reach the object store any more");
        await Assert.That(await platform.Client.GetStringAsync("/keeper")).IsEqualTo(before);
        await platform.AskDockerAsync(["rm", "--force", .. others]);
    }

    [Test]
    public async Task A_function_that_starts_while_the_object_store_is_down_finds_it_when_it_starts()
    {
        await using var platform = new ContainerPlatform();
        await platform.InitializeAsync();
        await platform.AskDockerAsync("compose", "rm", "--stop", "--force", "s3-storage");
        await platform.DeployAsync(platform.Write("early", Templates.Function(
            "early",
            "/early",
            timeout: 60,
            more: "      ReservedConcurrentExecutions: 1\n"), ("src/app.py", Templates.Handler(
            "import boto3",
            "from botocore.config import Config",
            "if event['httpMethod'] == 'POST':",
            "    return {'statusCode': 200, 'body': os.uname().nodename}",
            "s = boto3.client('s3', config=Config(connect_timeout=2, read_timeout=5, retries={'max_attempts': 1}))",
            "s.create_bucket(Bucket='early')",
            "return {'statusCode': 200, 'body': os.uname().nodename}"))));
        var name = await (await platform.Client.PostAsync("/early", null)).Content.ReadAsStringAsync();
        await platform.AskDockerAsync("compose", "up", "-d", "s3-storage");
        await Eventually.TrueAsync(
            async () => (await platform.Client.GetAsync("/early")).IsSuccessStatusCode,
            () => "the function does not reach the object store");
        await Assert.That(await platform.Client.GetStringAsync("/early")).IsEqualTo(name);
    }
}
